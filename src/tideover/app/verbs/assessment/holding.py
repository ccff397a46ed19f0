"""Who holds a case: claimed by an agent, given to one, given back to the queue.

A claim is a lease: whoever does nothing with the case for its length loses it to the next who asks.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from tideover.app import clock
from tideover.app.db.atomic import atomic, lock_case
from tideover.app.db.models import Account, Case
from tideover.app.verbs.assessment.case_file import CaseFile, case_file
from tideover.app.verbs.case import notices
from tideover.app.verbs.case.rows import carry_out, demand_version, folded, lock_for_staff
from tideover.app.verbs.receipts import run_once
from tideover.app.verbs.refusals import NotFound
from tideover.app.verbs.rights import ROLES_WITH, Right, demand, may
from tideover.cases import BY_POLICY
from tideover.cases import Case as CaseFold
from tideover.cases.commands import Assign, Claim, Release
from tideover.cases.refusals import NotTheAgent
from tideover.money import Refusal
from tideover.policy import Words

ASSIGNED_AT_ONCE_MAX = 50


class NotAnAgent(Refusal):
    """Somebody who works on no cases was to be given one."""

    code: ClassVar[str] = "not-an-agent"

    def __init__(self, login: str) -> None:
        super().__init__(
            f"{login!r} works on no cases; choose an agent from the list",
            f"{login!r} 不处理案件；请从列表中选择一位专员",
        )


@dataclass(frozen=True, slots=True)
class Assignment:
    """What came of giving out one case; `why_not` where it could not be given."""

    number: str
    why_not: Words | None = None


def claim(agent: Account, number: str, *, version: int, key: str) -> CaseFile:
    """Take a case on. Of two agents one gets it; the same agent again keeps it.

    A case whose agent has let the lease run out is taken over.

    Raises:
        AlreadyClaimed: another agent has it, by name.
        ReviewByAnother: this agent refused it before.
        StaleVersion: it moved since the form was shown, other than by this agent's own claim.
        CommandNotAllowed, NotFound.
    """

    def effect() -> dict[str, Any]:
        case = lock_for_staff(agent, number, right=Right.WORK_CASES)
        told = folded(case)
        is_free = told.agent is None or _has_lapsed(case, told)
        if is_free and told.agent != agent.login:
            demand_version(case, told, version)
            told = _let_go(case, told, actor=BY_POLICY)
        carry_out(case, Claim(at=clock.now(), actor=agent.login), before=told)
        if told.agent != agent.login:
            notices.with_person(case, key=agent.login)
        return {}

    run_once(
        effect,
        actor=agent.login,
        command="assessment.claim",
        key=key,
        request={"case": number, "version": version},
    )
    return case_file(agent, number)


def release(account: Account, number: str, *, key: str) -> None:
    """Give a case back to the queue: its agent, or a supervisor.

    Raises NotTheAgent, CommandNotAllowed and NotFound.
    """

    def effect() -> dict[str, Any]:
        is_supervisor = may(account, Right.ASSIGN)
        right = Right.ASSIGN if is_supervisor else Right.WORK_CASES
        case = lock_for_staff(account, number, right=right)
        told = folded(case)
        if told.agent != account.login and not is_supervisor:
            raise NotTheAgent(told, account.login)
        carry_out(case, Release(at=clock.now(), actor=account.login), before=told)
        return {}

    run_once(
        effect, actor=account.login, command="assessment.release", key=key, request={"case": number}
    )


def assign(
    supervisor: Account, numbers: Sequence[str], *, agent: str, key: str
) -> tuple[Assignment, ...]:
    """Give cases to an agent, each on its own; what could not be given says why.

    At most `ASSIGNED_AT_ONCE_MAX` are given. Raises NotAnAgent and NotFound.
    """
    demand(supervisor, Right.ASSIGN)
    if agent not in {one.login for one in agents()}:
        raise NotAnAgent(agent)
    wanted = tuple(dict.fromkeys(numbers))[:ASSIGNED_AT_ONCE_MAX]
    return tuple(_assigned(supervisor, number, agent=agent, key=key) for number in wanted)


def agents() -> tuple[Account, ...]:
    """Everybody who works on cases now, by name."""
    roles = [role.value for role in ROLES_WITH[Right.WORK_CASES]]
    found = Account.objects.filter(role__in=roles, is_active=True)
    return tuple(found.order_by("display_name", "login"))


def lapse(*, count_max: int = 200) -> int:
    """Give back every case whose lease has run out; how many. The worker calls it."""
    over = Case.objects.filter(lease_until__lte=clock.now(), is_open=True)
    numbers = tuple(over.order_by("lease_until").values_list("number", flat=True)[:count_max])
    return sum(_lapsed(number) for number in numbers)


def _assigned(supervisor: Account, number: str, *, agent: str, key: str) -> Assignment:
    def effect() -> dict[str, Any]:
        case = lock_for_staff(supervisor, number, right=Right.ASSIGN)
        carry_out(case, Assign(agent, at=clock.now(), actor=supervisor.login))
        return {}

    try:
        run_once(
            effect,
            actor=supervisor.login,
            command="assessment.assign",
            key=f"{key}:{number}"[:120],
            request={"case": number, "agent": agent},
        )
    except NotFound:
        return Assignment(number, Words("没有这个案件", "there is no such case"))
    except Refusal as refusal:
        return Assignment(number, Words(refusal.zh, str(refusal)))
    return Assignment(number)


def _lapsed(number: str) -> bool:
    with atomic():
        case = lock_case(number)
        if case is None:
            return False
        told = folded(case)
        if not _has_lapsed(case, told):
            return False
        _let_go(case, told, actor=BY_POLICY)
        return True


def _has_lapsed(case: Case, told: CaseFold) -> bool:
    is_over = case.lease_until is not None and clock.now() >= case.lease_until
    return told.agent is not None and is_over


def _let_go(case: Case, told: CaseFold, *, actor: str) -> CaseFold:
    if told.agent is None:
        return told
    return carry_out(case, Release(at=clock.now(), actor=actor), before=told)
