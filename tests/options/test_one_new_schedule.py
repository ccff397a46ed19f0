"""Every option is one restructuring that conserves value: proposal, changes, describing, grid."""

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from factories import TODAY, card, in_arrears, paid_until, steady, weilidai, yuan
from tideover.loan import (
    Components,
    Event,
    LoanState,
    LoanTerms,
    Method,
    Paid,
    build_schedule,
    loan_state,
)
from tideover.money import CNY, Money, total
from tideover.options import (
    ArrearsTreatment,
    LegalForm,
    NeverAmortises,
    NothingOwed,
    Proposal,
    StateOfAnotherDay,
    WaivesMoreThanOwed,
    capitalise_arrears,
    defer,
    due_date_after,
    extend,
    months_between,
    penalty_of,
    plan_terms,
    reamortise,
    remaining_count,
    restructure,
    waive_penalty,
)

late = st.integers(0, 200)
counts = st.integers(1, 48)
terms_of = st.builds(
    weilidai,
    principal=st.integers(50_000, 3_000_000).map(lambda minor: Money(minor, CNY)),
    instalments=st.sampled_from([5, 10, 20]),
    method=st.sampled_from([Method.EQUAL_PRINCIPAL, Method.LEVEL]),
) | st.builds(card, principal=st.integers(50_000, 3_000_000).map(lambda minor: Money(minor, CNY)))


@st.composite
def proposals(draw: st.DrawFn) -> tuple[Proposal, LoanTerms, LoanState, tuple[Event, ...]]:
    """A loan some time in arrears, any restructure of it, and what had happened before."""
    terms = draw(terms_of)
    paid = draw(st.integers(0, 4))
    day = build_schedule(terms).lines[paid].due_date + timedelta(days=draw(late))
    events = paid_until(terms, instalments=paid)
    state = loan_state(terms, events, day)
    waive = penalty_of(state) if draw(st.booleans()) else None
    try:
        proposal = restructure(
            terms,
            state,
            starts_on=day,
            earliest_due=due_date_after(terms, day, pause_months=draw(st.integers(0, 3))),
            instalments=draw(counts),
            arrears=draw(st.sampled_from(ArrearsTreatment)),
            waive=waive,
        )
    except NeverAmortises:
        assume(False)
    return proposal, terms, state, events


def _kept(left: Components, capitalised: Components) -> Components:
    """What is left to pay once `capitalised` has become principal."""
    rest = left - capitalised
    return replace(rest, principal=rest.principal + capitalised.total)


class TestValue:
    @steady
    @given(proposals())
    def test_is_conserved_to_the_cent_component_by_component(self, drawn):
        proposal, _, state, _ = drawn
        event, owed = proposal.restructured, state.outstanding

        principal = event.schedule.opening_balance - event.capitalised.total
        zero = Money.zero(CNY)
        kept = Components(principal=principal, interest=zero, penalty=zero, fee=zero)
        assert owed - event.waived == kept + event.capitalised + event.carried
        assert proposal.owed == owed

    @steady
    @given(proposals())
    def test_is_all_asked_for_by_the_lines(self, drawn):
        proposal = drawn[0]
        schedule = proposal.schedule

        asked = total((due.amount for due in proposal.due_lines), CNY)

        assert asked == schedule.total + proposal.restructured.carried.total
        assert total((line.principal for line in schedule.lines), CNY) == schedule.opening_balance

    @steady
    @given(proposals())
    def test_is_what_the_loan_owes_once_the_event_is_booked(self, drawn):
        proposal, terms, state, before = drawn
        event = proposal.restructured

        after = loan_state(terms, [*before, event], event.on)

        assert after.outstanding == _kept(state.outstanding - event.waived, event.capitalised)
        assert after.schedule == proposal.schedule

    @steady
    @given(proposals())
    def test_asks_for_no_more_on_any_day_than_on_the_earliest(self, drawn):
        proposal, terms, _, _ = drawn
        amounts = [due.amount for due in proposal.due_lines]

        # A flat fee splits principal by rounding, and its last line may take some fen more.
        slack = len(amounts) if terms.method is Method.FLAT else 0
        assert all(amount.minor <= amounts[0].minor + slack for amount in amounts)


class TestRestructure:
    def test_waives_carries_and_keeps_by_hand(self):
        state = in_arrears()

        event = waive_penalty(weilidai(), state, on=TODAY).restructured

        # 3 November: 1,000 principal and 8,000 × 0.0004 × 31 = 99.20 fell due. Twenty days later
        # the 8,000 have earned 7,000 × 0.0004 × 20 = 56.00 and 1,000 × 0.0004 × 20 = 8.00 more,
        # and the penalty is half of the latter: 4.00.
        assert state.outstanding.interest == yuan("163.20")
        assert event.waived.penalty == yuan("4.00")
        assert event.carried.interest == yuan("163.20")
        assert event.schedule.opening_balance == yuan("8000")

    def test_refuses_a_state_of_another_day(self):
        with pytest.raises(StateOfAnotherDay):
            reamortise(weilidai(), in_arrears(), on=TODAY + timedelta(days=1))

    def test_refuses_a_loan_without_principal(self):
        terms = weilidai()
        everything = Paid(TODAY, "all", yuan("20000"))
        settled = loan_state(terms, [*paid_until(terms, instalments=2), everything], TODAY)

        with pytest.raises(NothingOwed, match="to close the loan"):
            reamortise(terms, settled, on=TODAY)

    def test_refuses_to_waive_more_than_is_owed(self):
        state = in_arrears()

        with pytest.raises(WaivesMoreThanOwed, match="cannot be waived"):
            restructure(
                weilidai(), state, starts_on=TODAY, instalments=8,
                earliest_due=date(2027, 1, 3), waive=penalty_of(state, minor=401),
            )  # fmt: skip

    def test_refuses_a_plan_whose_instalment_does_not_exceed_its_interest(self):
        with pytest.raises(NeverAmortises, match="principal would never fall"):
            restructure(
                weilidai(), in_arrears(), starts_on=TODAY, instalments=60,
                earliest_due=date(2028, 1, 3),
            )  # fmt: skip

    def test_keeps_the_rate_the_day_of_the_month_and_the_flat_fee(self):
        terms = card()
        again = plan_terms(
            terms, principal=yuan("9000"), starts_on=TODAY, earliest_due=date(2026, 12, 11),
            instalments=18,
        )  # fmt: skip

        assert again.fee_rate == terms.fee_rate
        assert {due.day for due in again.due_dates()} == {11}


class TestChanges:
    def test_keep_extend_or_defer_the_instalments_left(self):
        terms, state = weilidai(), in_arrears()

        assert remaining_count(state) == 7
        assert len(reamortise(terms, state, on=TODAY).schedule.lines) == 7
        assert len(extend(terms, state, on=TODAY, months=5).schedule.lines) == 12
        deferred = defer(terms, state, on=TODAY, months=3)
        assert deferred.legal_form is LegalForm.DEFERRAL
        assert deferred.schedule.lines[0].due_date == date(2027, 3, 3)

    def test_capitalise_only_when_asked_to(self):
        event = capitalise_arrears(weilidai(), in_arrears(), on=TODAY).restructured

        assert event.capitalised.total == yuan("167.20")
        assert not event.carried
        assert event.schedule.opening_balance == yuan("8167.20")

    def test_say_what_is_conceded_in_glossary_words(self):
        paused = defer(weilidai(), in_arrears(), on=TODAY, months=3)

        assert [one.kind for one in paused.concessions] == [
            "reamortisation", "term_extension", "deferral", "interest_freeze",
        ]  # fmt: skip
        assert "展期" not in paused.words.zh
        assert paused.words.zh.startswith("延期还款：自2027年3月3日")

    def test_come_back_from_their_record(self):
        for proposal in (
            waive_penalty(weilidai(), in_arrears(), on=TODAY),
            capitalise_arrears(weilidai(), in_arrears(), on=TODAY),
        ):
            assert Proposal.from_record(json.loads(json.dumps(proposal.to_record()))) == proposal


class TestGrid:
    def test_keeps_the_31st_over_short_months(self):
        terms = weilidai(disbursed_on=date(2026, 1, 31))

        assert due_date_after(terms, date(2026, 2, 1)) == date(2026, 2, 28)
        assert due_date_after(terms, date(2026, 2, 28)) == date(2026, 3, 31)
        assert due_date_after(terms, date(2026, 2, 28), pause_months=1) == date(2026, 4, 30)

    @pytest.mark.parametrize(
        ("start", "end", "months"),
        [
            (date(2026, 1, 31), date(2026, 2, 28), 1),
            (date(2026, 2, 28), date(2026, 3, 31), 1),
            (date(2026, 1, 15), date(2026, 2, 15), 1),
            (date(2026, 1, 15), date(2026, 2, 16), 2),
            (date(2026, 1, 15), date(2026, 1, 16), 1),
            (date(2026, 1, 15), date(2026, 1, 15), 0),
            (date(2026, 1, 15), date(2025, 12, 1), 0),
        ],
    )
    def test_counts_a_month_begun_as_whole(self, start, end, months):
        assert months_between(start, end) == months


class TestLegalForm:
    def test_has_words_for_every_form(self):
        words = {"展期", "个性化分期", "重组", "续贷", "延期还款", "减免结清"}
        assert {form.words.zh for form in LegalForm} == words

    def test_is_a_field_and_not_a_guess(self):
        state = in_arrears()
        built = restructure(
            weilidai(), state, starts_on=TODAY, instalments=8, earliest_due=date(2027, 1, 3),
            legal_form=LegalForm.TERM_EXTENSION,
        )  # fmt: skip

        assert built.restructured.legal_form == "term_extension"
        assert replace(built.restructured, legal_form="restructure") != built.restructured
