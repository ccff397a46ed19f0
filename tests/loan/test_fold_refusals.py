"""What the fold refuses, and that each refusal names its event, its days and the next step."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from folded import DISBURSED, DUE, OUT, TERMS, state, yuan
from tideover.loan import (
    DailyRate,
    Disbursed,
    DueDateMoved,
    GraceGiven,
    InterestPaused,
    Method,
    RateChanged,
    ReAged,
    Reinstated,
    Reversed,
    TermsAdded,
    loan_state,
)
from tideover.money import Refusal

ON = date(2018, 9, 20)
FEES = replace(TERMS, method=Method.FLAT, rate=None, fee_rate=Fraction("0.0041"))
LOWER = DailyRate.parse("0.0001")

CASES = {
    "duplicate-reference": (
        [replace(DISBURSED)],
        ["'out' is used by two events of this loan", "流水号 'out' 重复"],
    ),
    "disbursed-twice": (
        [Disbursed(ON, "more", yuan("0.01"))],
        [
            "event 'more' pays the loan out again on 2018-09-20, beyond the principal agreed",
            "业务 'more' 于 2018-09-20 再次放款，超过约定本金",
        ],
    ),
    "pause-ends-too-early": (
        [InterestPaused(ON, "p", ON)],
        [
            (
                "the pause 'p' starts on 2018-09-20 and ends on 2018-09-20: give the day after "
                "2018-09-20 or later"
            ),
            "停息 'p' 自 2018-09-20 起、至 2018-09-20 止：恢复计息日须晚于 2018-09-20",
        ],
    ),
    "nothing-due-then": (
        [DueDateMoved(ON, "d", date(2018, 10, 12), date(2018, 10, 20))],
        [
            (
                "event 'd' of 2018-09-20 moves the instalment due on 2018-10-12, and none still to "
                "come falls due then: give a due date of the schedule after 2018-09-20"
            ),
            "业务 'd'（2018-09-20）调整 2018-10-12 的应还日",
        ],
    ),
    "due-date-too-early": (
        [DueDateMoved(ON, "d", date(2018, 11, 11), DUE)],
        [
            (
                "event 'd' of 2018-09-20 lets an instalment fall due on 2018-10-11: give a "
                "day after 2018-10-11"
            ),
            "业务 'd'（2018-09-20）的应还日 2018-10-11 过早：请填写 2018-10-11 之后的日期",
        ],
    ),
    "not-ended": (
        [Reinstated(ON, "on")],
        [
            "event 'on' of 2018-09-20 lets the contract go on, but it was not ended before",
            "业务 'on'（2018-09-20）恢复合同，但此前并未提前到期",
        ],
    ),
    "nothing-to-reverse": (
        [Reversed(ON, "r", of="gone")],
        [
            (
                "reversal 'r' on 2018-09-20 cannot take back 'gone': no such event by then; "
                "check the reference"
            ),
            "冲正 'r'（2018-09-20）无法冲正 'gone'：当时没有这笔业务；请核对流水号",
        ],
    ),
    "no-instalments": (
        [TermsAdded(ON, "t", 0)],
        ["a loan cannot have 0 instalments", "分期数不能是 0"],
    ),
    "grace-too-long": (
        [GraceGiven(ON, "g", grace_on_principal=5)],
        ["a grace of 5 lines leaves nothing of 5 instalments", "宽限 5 期后，5 期中没有剩余期数"],
    ),
}


class TestRefusals:
    @pytest.mark.parametrize("code", CASES)
    def test_name_the_event_the_days_and_the_next_step_in_both_languages(self, code):
        events, (en, zh) = CASES[code]

        with pytest.raises(Refusal) as refused:
            state(*events, on="2019-03-01")

        assert refused.value.code == code
        assert en in str(refused.value)
        assert zh in refused.value.zh

    def test_of_a_tranche_after_the_last_due_date_name_the_amount_and_the_day(self):
        half = Disbursed(OUT, "half", yuan("5000"))
        late = Disbursed(date(2019, 2, 11), "late", yuan("5000"))

        with pytest.raises(Refusal) as refused:
            loan_state(TERMS, (half, late), date(2019, 3, 1))

        assert refused.value.code == "disbursed-too-late"
        assert "event 'late' pays out ¥5,000.00 on 2019-02-11" in str(refused.value)
        assert "业务 'late' 于 2019-02-11 放款 ¥5,000.00" in refused.value.zh

    def test_of_a_reversal_of_itself_say_there_is_nothing_to_take_back(self):
        with pytest.raises(Refusal, match="reversal 'r' on 2018-09-20 cannot take back 'r'"):
            state(Reversed(ON, "r", of="r"), on="2018-10-01")

    def test_of_a_rate_where_there_is_none_name_the_event(self):
        with pytest.raises(Refusal) as refused:
            state(RateChanged(ON, "r", LOWER), on="2018-10-01", terms=FEES)

        assert refused.value.code == "no-rate-to-change"
        assert "event 'r' changes the rate on 2018-09-20" in str(refused.value)
        assert "业务 'r' 于 2018-09-20 调整利率" in refused.value.zh

    def test_of_what_lies_before_any_disbursement_name_it(self):
        early = TermsAdded(date(2018, 9, 1), "t", 1)

        with pytest.raises(Refusal) as refused:
            state(early, on="2018-10-01")

        assert refused.value.code == "not-disbursed"
        assert "event 't' on 2018-09-01 lies before any disbursement" in str(refused.value)
        assert "业务 't'（2018-09-01）早于放款日" in refused.value.zh

    def test_of_a_re_age_name_the_day_it_starts_from(self):
        with pytest.raises(Refusal) as refused:
            state(ReAged(ON, "again", 3, ON), on="2018-10-01")

        assert "event 'again' of 2018-09-20 lets an instalment fall due on 2018-09-20" in str(
            refused.value
        )


class TestTranches:
    THIRD = yuan("2500")

    def out(self, *days):
        first = Disbursed(OUT, "out", yuan("5000"))
        rest = [Disbursed(day, f"t{day}", self.THIRD) for day in days]
        return loan_state(TERMS, (first, *rest), date(2019, 2, 1))

    def test_may_come_until_all_is_paid_out_and_no_further(self):
        days = [date(2018, 10, 1), date(2018, 10, 20)]

        assert self.out(*days).outstanding.principal.text == "10000.00"
        with pytest.raises(Refusal) as refused:
            self.out(*days, date(2018, 11, 1))
        assert refused.value.code == "disbursed-twice"

    def test_on_another_day_than_agreed_start_the_schedule_then(self):
        late = Disbursed(date(2018, 9, 15), "out", TERMS.principal)

        found = loan_state(TERMS, (late,), date(2018, 9, 20))

        assert found.schedule.start == date(2018, 9, 15)
        assert found.lines[0].due_date == date(2018, 10, 15)
        assert found.payoff.text == "10025.00"

    def test_may_be_above_what_was_agreed_only_at_first(self):
        more = Disbursed(OUT, "out", yuan("12000"))
        again = Disbursed(ON, "again", yuan("0"))
        cent = Disbursed(ON, "again", yuan("0.01"))

        owed = loan_state(TERMS, (more, again), ON).outstanding
        assert owed.principal.text == "12000.00"
        with pytest.raises(Refusal):
            loan_state(TERMS, (more, cent), ON)
