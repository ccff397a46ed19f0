"""What survives each kind of change: days past due, the worst of them, and the explanation."""

from datetime import date, timedelta

import pytest

from operations import BY_DAY, LOANS, OPERATIONS, disbursements
from tideover.loan import Disbursed, Paid, Reversed, build_schedule, explain_state, loan_state

#: Twenty days after the first instalment fell due and was not paid.
DAY = date(2024, 3, 20)
KEEP_ARREARS = ("tranche", "pause", "rate", "move-due-date", "add-terms", "grace", "accelerate")
TAKE_ARREARS_IN = ("re-age", "re-amortise", "capitalise", "agree")


def after(name: str, *, on: date = DAY, terms=BY_DAY):
    event = OPERATIONS[name](terms, DAY, "change")
    return loan_state(terms, (*disbursements(terms), event), on)


@pytest.mark.parametrize("loan", LOANS)
class TestArrears:
    @pytest.mark.parametrize("name", KEEP_ARREARS)
    def test_go_on_counting_where_the_change_leaves_them(self, name, loan):
        found = after(name, terms=LOANS[loan])
        later = after(name, on=DAY + timedelta(days=7), terms=LOANS[loan])

        assert (found.days_past_due, found.worst_days_past_due) == (20, 20)
        assert later.days_past_due == later.worst_days_past_due == 27

    @pytest.mark.parametrize("name", TAKE_ARREARS_IN)
    def test_end_where_the_change_takes_them_in_and_are_remembered(self, name, loan):
        found = after(name, terms=LOANS[loan])

        assert found.days_past_due == 0
        assert found.days_past_due_before_restructure == 20
        assert found.worst_days_past_due == 20
        assert found.restructured_on == DAY
        assert found.closed_lines[0].days_past_due == 20

    def test_come_back_with_the_change_undone(self, loan):
        terms = LOANS[loan]
        events = (
            *disbursements(terms),
            OPERATIONS["re-age"](terms, DAY, "change"),
            Reversed(DAY, "undo", of="change"),
        )

        found = loan_state(terms, events, DAY)

        assert (found.days_past_due, found.restructured_on) == (20, None)

    def test_of_an_ended_contract_end_with_its_going_on(self, loan):
        terms = LOANS[loan]
        ended = OPERATIONS["accelerate"](terms, DAY, "end")
        resumed = OPERATIONS["reinstate"](terms, DAY + timedelta(days=10), "resume")

        found = loan_state(terms, (*disbursements(terms), ended, resumed), resumed.on)

        # The line that was late before the contract ended is late still, and since its own day.
        assert found.days_past_due == 30
        assert [line.due_date for line in found.lines][1:] == list(terms.due_dates())[1:]


class TestTranches:
    def test_of_one_day_are_one_disbursement(self):
        half = Disbursed(BY_DAY.disbursed_on, "a", BY_DAY.principal.split(2)[0])
        rest = Disbursed(BY_DAY.disbursed_on, "b", BY_DAY.principal.split(2)[1])

        found = loan_state(BY_DAY, (half, rest), DAY)

        assert found.schedule == build_schedule(BY_DAY)


class TestWithoutEffect:
    @pytest.mark.parametrize("name", ["rate", "add-terms", "grace", "capitalise", "settle"])
    def test_a_change_to_a_closed_loan_is_named(self, name):
        paid = Paid(DAY, "all", OPERATIONS["pay-all"](BY_DAY, DAY, "x").amount)
        change = OPERATIONS[name](BY_DAY, DAY + timedelta(days=1), "change")
        events = (*disbursements(BY_DAY), paid)

        found = loan_state(BY_DAY, (*events, change), change.on)
        without = loan_state(BY_DAY, events, change.on)

        assert found.without_effect == ("change",)
        assert (found.lines, found.payoff) == (without.lines, without.payoff)

    def test_a_payment_that_bounces_gives_it_one(self):
        paid = OPERATIONS["pay-all"](BY_DAY, DAY, "all")
        change = OPERATIONS["add-terms"](BY_DAY, DAY + timedelta(days=1), "change")
        bounced = Reversed(change.on, "bounced", of="all")

        found = loan_state(BY_DAY, (*disbursements(BY_DAY), paid, change, bounced), change.on)

        assert not found.without_effect
        assert len(found.lines) == BY_DAY.instalments + 3


class TestExplanations:
    @pytest.mark.parametrize("name", OPERATIONS)
    def test_say_which_event_made_a_line_and_end_in_what_is_left(self, name):
        end = OPERATIONS["accelerate"](BY_DAY, DAY - timedelta(days=1), "end")
        before = (end,) if name == "reinstate" else ()
        event = OPERATIONS[name](BY_DAY, DAY, "change")
        events = (*disbursements(BY_DAY), *before, event)

        accounts = explain_state(BY_DAY, events, on=DAY)
        state = loan_state(BY_DAY, events, DAY)
        left = {line.number for line in state.lines}

        said = " ".join(reason.en for account in accounts for reason in account.reasons)
        assert "'change'" in said or state.without_effect == ("change",)
        assert all(reason.zh for account in accounts for reason in account.reasons)
        assert {account.number for account in accounts} == left

    def test_say_what_was_earned_before_and_what_lies_in_a_pause(self):
        accounts = explain_state(
            BY_DAY, (*disbursements(BY_DAY), OPERATIONS["pause"](BY_DAY, DAY, "p")), on=DAY
        )

        said = [reason.en for reason in accounts[1].reasons]
        # 8,000.00 of 10,000.00 is out; 6,666.67 of it is not yet due: × 0.0005 × 20 days = 66.67.
        assert said[:4] == [
            "made anew by 'p' of 2024-03-20: no interest until 2024-04-29",
            "the schedule asks on 2024-03-31 for principal 1333.33, interest 66.67",
            "in it 66.67 of interest earned before 2024-03-20, which bears none itself",
            "11 days of its period lie in a pause and bear no interest",
        ]
