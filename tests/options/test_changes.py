"""What the single options leave to the builder, and where each begins."""

from datetime import date, timedelta

from factories import TODAY, in_arrears, weilidai
from tideover.options import reamortise, remaining_count


class TestRemainingCount:
    def test_leaves_out_the_instalment_due_on_the_day(self):
        # Due on the 3rd of September to June: on 3 November seven are still to come.
        assert remaining_count(in_arrears(on=date(2026, 11, 3))) == 7
        assert remaining_count(in_arrears(on=date(2026, 11, 2))) == 8

    def test_is_one_when_one_is_left_and_when_none_is(self):
        last = in_arrears().schedule.maturity_date

        assert remaining_count(in_arrears(on=last - timedelta(days=1))) == 1
        assert remaining_count(in_arrears(on=last + timedelta(days=40))) == 1


class TestReamortise:
    def test_begins_on_the_loan_s_next_due_date(self):
        proposal = reamortise(weilidai(), in_arrears(), on=TODAY)

        assert proposal.schedule.lines[0].due_date == date(2026, 12, 3)
        assert proposal.pause_months == 0
