from dataclasses import fields, replace
from itertools import product

import pytest
import story as s

from tideover.cases import COMMANDS, DECISIONS, CaseState, allowed, decide, diagram
from tideover.cases.commands import OpenCase
from tideover.cases.refusals import CommandNotAllowed

STATES = (None, *CaseState)
ABSENT = [pair for pair in product(STATES, COMMANDS) if pair not in DECISIONS]


def blank(command):
    own = [field for field in fields(command) if field.name not in {"at", "actor"}]
    return command(*[None for _ in own], at=s.NOW, actor=s.BORROWER)


class TestDecisions:
    @pytest.mark.parametrize(("state", "command"), ABSENT)
    def test_refuse_every_pair_not_in_the_table(self, state, command):
        case = None if state is None else replace(s.opened(), state=state)

        with pytest.raises(CommandNotAllowed) as refusal:
            decide(case, blank(command))

        where = "no case is open yet" if state is None else f"case HC-1001 is {state.value} "
        assert where in str(refusal.value)
        assert f"cannot take {command.__name__}" in str(refusal.value)
        assert refusal.value.allowed == allowed(state)

    @pytest.mark.parametrize("state", [state for state in CaseState if allowed(state)])
    def test_list_what_is_allowed_in_the_refusal(self, state):
        with pytest.raises(CommandNotAllowed) as refusal:
            decide(replace(s.opened(), state=state), blank(OpenCase))

        for command in allowed(state):
            assert command.__name__ in str(refusal.value)
            assert command.__name__ in refusal.value.zh

    @pytest.mark.parametrize("state", [CaseState.WITHDRAWN, CaseState.SETTLED])
    def test_say_so_when_nothing_is_allowed_any_more(self, state):
        with pytest.raises(CommandNotAllowed, match="it can take: nothing more"):
            decide(replace(s.opened(), state=state), blank(OpenCase))

    def test_name_only_commands_that_exist(self):
        assert {command for _, command in DECISIONS} == set(COMMANDS)

    def test_reach_every_state_from_the_beginning(self):
        reached, frontier = set(), {None}
        while frontier:
            state = frontier.pop()
            reached.add(state)
            for (begin, _), decision in DECISIONS.items():
                frontier |= set(decision.then) - reached if begin is state else set()

        assert reached == set(STATES)


class TestDiagram:
    def test_draws_every_move_of_the_table(self):
        drawn = diagram()

        assert drawn.startswith("stateDiagram-v2\n    [*] --> draft: OpenCase\n")
        assert "    awaiting_signature --> active: Sign\n" in drawn
        for _, command in DECISIONS:
            assert command.__name__ in drawn

    def test_ends_where_a_case_ends(self):
        ends = [line.split()[0] for line in diagram().splitlines() if line.endswith("--> [*]")]

        assert ends == ["settled", "withdrawn"]
