from dataclasses import replace
from datetime import date
from fractions import Fraction

from factories import TODAY, in_arrears, weilidai, yuan
from tideover.loan import Components, DailyRate
from tideover.options import (
    LegalForm,
    Proposal,
    capitalise_arrears,
    defer,
    extend,
    reamortise,
    restructure,
    waive_penalty,
)


def kinds(proposal: Proposal) -> list[str]:
    return [one.kind for one in proposal.concessions]


def at_rate(rate: DailyRate | None) -> Proposal:
    """The eight instalments of the loan from January on, at another rate or at its own."""
    return restructure(
        weilidai(), in_arrears(), starts_on=TODAY, instalments=8,
        earliest_due=date(2027, 1, 3), rate=rate,
    )  # fmt: skip


def one_line(legal_form: LegalForm, *, waive: Components | None = None) -> Proposal:
    """Everything in one line on 3 December, without interest."""
    return restructure(
        weilidai(), in_arrears(), starts_on=TODAY, instalments=1, earliest_due=date(2026, 12, 3),
        legal_form=legal_form, waive=waive, rate=DailyRate.parse("0"),
    )  # fmt: skip


class TestForms:
    def test_say_how_many_instalments(self):
        one, eight = one_line(LegalForm.RESTRUCTURE), at_rate(None)

        assert one.words.en.startswith("Restructured agreement: 1 instalment from ")
        assert eight.words.en.startswith("Restructured agreement: 8 instalments from ")

    def test_settlement_tells_what_settles_everything(self):
        settled = one_line(LegalForm.SETTLEMENT)

        assert kinds(settled)[0] == "settlement"
        owed = settled.restructured.schedule.opening_balance + settled.restructured.carried.total
        assert settled.concessions[0].amount == owed
        assert settled.restructured.carried.total
        cheaper = settled.concessions[-1]
        assert (cheaper.kind, cheaper.words.en) == (
            "rate_reduction",
            "No interest until it is paid",
        )

    def test_settlement_is_no_longer_loan_though_it_ends_later(self):
        later = restructure(
            weilidai(), in_arrears(), starts_on=TODAY, instalments=1,
            earliest_due=date(2028, 12, 3), legal_form=LegalForm.SETTLEMENT,
        )  # fmt: skip

        assert "term_extension" not in kinds(later)

    def test_renewal_tells_what_is_lent_anew_and_how_much_longer(self):
        renewed = restructure(
            weilidai(), in_arrears(), starts_on=TODAY, instalments=12,
            earliest_due=date(2027, 1, 3), legal_form=LegalForm.RENEWAL,
        )  # fmt: skip

        (renewal,) = [one for one in renewed.concessions if one.kind == "renewal"]
        assert renewal.amount == renewed.restructured.schedule.opening_balance
        assert renewal.months
        assert "term_extension" not in kinds(renewed)

    def test_principal_given_up_is_told_apart_from_other_waivers(self):
        nothing = in_arrears().outstanding - in_arrears().outstanding
        waive = replace(nothing, principal=yuan("100.00"), penalty=yuan("1.50"))

        given = {
            one.kind: one.amount for one in one_line(LegalForm.SETTLEMENT, waive=waive).concessions
        }

        assert given["principal_forgiveness"] == yuan("100.00")
        assert given["waiver"] == yuan("1.50")


class TestConcessions:
    def test_of_the_same_end_are_only_the_even_lines_and_the_interest_that_rests(self):
        same = reamortise(weilidai(), in_arrears(), on=TODAY)

        assert kinds(same) == ["reamortisation", "interest_freeze"]
        assert same.schedule.maturity_date == in_arrears().schedule.maturity_date

    def test_of_one_month_more_name_it(self):
        longer = extend(weilidai(), in_arrears(), on=TODAY, months=1)

        assert kinds(longer) == ["reamortisation", "term_extension", "interest_freeze"]
        assert longer.concessions[1].months == 1
        assert longer.concessions[1].words.en == "The loan ends 1 months later"

    def test_of_an_earlier_end_name_no_extension(self):
        state = in_arrears()
        sooner = restructure(
            weilidai(), state, starts_on=TODAY, instalments=3, earliest_due=date(2026, 12, 3)
        )

        assert sooner.schedule.maturity_date < state.schedule.maturity_date
        assert kinds(sooner) == ["reamortisation", "interest_freeze"]

    def test_of_a_pause_tell_its_months(self):
        paused = defer(weilidai(), in_arrears(), on=TODAY, months=2)

        (pause,) = [one for one in paused.concessions if one.kind == "deferral"]
        assert pause.months == 2

    def test_of_a_waiver_tell_its_amount(self):
        # Half of 8.00: the interest of 1,000.00 over the twenty days it was late.
        (waived,) = [
            one
            for one in waive_penalty(weilidai(), in_arrears(), on=TODAY).concessions
            if one.kind == "waiver"
        ]

        assert waived.amount == yuan("4.00")
        assert waived.words.zh == "减免 ¥4.00"

    def test_of_arrears_made_principal_tell_their_amount(self):
        joined = capitalise_arrears(weilidai(), in_arrears(), on=TODAY)

        assert kinds(joined) == ["reamortisation", "capitalisation"]
        assert joined.concessions[1].amount == yuan("167.20")

    def test_of_a_lower_rate_tell_both(self):
        # 0.00031 x 365 = 11.315 % a year, which is rounded half up; 0.0004 x 365 = 14.6 %.
        (cheaper,) = at_rate(DailyRate.parse("0.00031")).concessions[-1:]

        assert (cheaper.kind, cheaper.rate) == ("rate_reduction", Fraction("0.11315"))
        assert cheaper.words.en == "The yearly rate falls from 14.60% to 11.32%"

    def test_of_the_contract_rate_say_nothing_of_it(self):
        assert "rate_reduction" not in kinds(at_rate(weilidai().rate))
        assert "rate_reduction" not in kinds(at_rate(None))

    def test_come_back_from_their_records(self):
        proposal = at_rate(DailyRate.parse("0.0002"))
        no_amount = replace(proposal.concessions[0], months=0)

        for one in (*proposal.concessions, no_amount):
            assert type(one).from_record(one.to_record()) == one
