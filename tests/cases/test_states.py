from tideover.cases.states import CLOSED, ON_THE_TABLE, OPEN, UNDECIDED, CaseState
from tideover.cases.table import allowed


class TestStates:
    def test_are_open_or_closed_and_never_both(self):
        assert set(CaseState) == OPEN | CLOSED
        assert not OPEN & CLOSED

    def test_that_are_undecided_are_open(self):
        assert UNDECIDED < OPEN

    def test_with_offers_on_the_table_wait_for_the_borrower(self):
        taken = {command.__name__ for state in ON_THE_TABLE for command in allowed(state)}

        assert {"AcceptOffer", "AskToTalk", "Withdraw"} <= taken

    def test_that_are_closed_take_a_wish_for_review_or_the_last_payment(self):
        taken = {command.__name__ for state in CLOSED for command in allowed(state)}

        assert taken == {"AskForReview", "RecordSettlement"}
