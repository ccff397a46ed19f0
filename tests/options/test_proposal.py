import pytest

from factories import TODAY, in_arrears, weilidai, yuan
from tideover.loan import Paid, event_to_record
from tideover.options import Proposal, reamortise


class TestDueLine:
    def test_counts_what_is_carried_as_interest_of_its_day(self):
        proposal = reamortise(weilidai(), in_arrears(), on=TODAY)

        interest = [due.interest.minor for due in proposal.due_lines]

        # 163.20 carried over seven lines: 23.32 each but the last, which takes 23.28.
        own = [line.interest.minor for line in proposal.schedule.lines]
        assert [all_ - of_line for all_, of_line in zip(interest, own, strict=True)] == [
            *[2332] * 6,
            2328,
        ]


class TestFromRecord:
    def test_refuses_a_record_that_holds_another_event(self):
        record = reamortise(weilidai(), in_arrears(), on=TODAY).to_record()
        paid = event_to_record(Paid(TODAY, "paid", yuan("5")))

        with pytest.raises(TypeError, match="this one a Paid"):
            Proposal.from_record({**record, "restructured": paid})
