"""tideover.loan.progressive: allocating, book, changing, charging, disbursing, events, folding,
products, refunding, restarting, rows, rules, spreading and state.
"""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tideover.dates import MONTHLY, DayCount
from tideover.loan import (
    AnnualRate,
    Component,
    Conventions,
    Disbursed,
    LevelRule,
    LoanTerms,
    Method,
    NotDisbursed,
    Paid,
    Reversed,
)
from tideover.loan.progressive import (
    Allocation,
    ChargeDue,
    ContractEnded,
    Credited,
    DueDateMoved,
    Future,
    HostRules,
    InterestPaused,
    Kind,
    PaidBack,
    ProjectedEvent,
    ProjectedState,
    RateChanged,
    ReAged,
    ReAgeInterest,
    ReAmortised,
    Remainder,
    TermsAdded,
    projected_state,
    spread_over,
)
from tideover.money import CNY, Money, Rounding

START = date(2026, 1, 31)
LAST = date(2027, 6, 30)
TERMS = LoanTerms(
    principal=Money(100_000, CNY),
    rate=AnnualRate.percent("9.9", DayCount.MONTHLY),
    method=Method.LEVEL,
    instalments=6,
    disbursed_on=START,
    rounding=Rounding.HALF_EVEN,
    conventions=Conventions(level=LevelRule.ROUNDED, payment_rounding=Rounding.HALF_EVEN),
)
FOLLOWS = HostRules(recalculates=True)
STANDS = HostRules(recalculates=False)
OUT = Disbursed(START, "00", TERMS.principal)


def yuan(cents: int) -> Money:
    return Money(cents, CNY)


def state(*events: ProjectedEvent, on: date = LAST, rules: HostRules = FOLLOWS) -> ProjectedState:
    return projected_state(TERMS, (OUT, *events), rules=rules, on=on)


few = settings(max_examples=20, deadline=None)

days = st.integers(0, 200).map(lambda count: START + timedelta(days=count))
futures = st.sampled_from(Future)


@st.composite
def histories(draw) -> tuple[ProjectedEvent, ...]:
    """Payments, charges and a few changes, each with a reference that sorts as it was made."""
    events: list[ProjectedEvent] = []
    for number in range(draw(st.integers(0, 5))):
        on, reference = draw(days), f"{number + 1:02d}"
        cents = draw(st.integers(1, 30_000))
        made = draw(st.integers(0, 9))
        if made == 0:
            events.append(ChargeDue(on, reference, Component.FEE, yuan(cents // 10 + 1), on))
        elif made == 1:
            events.append(RateChanged(on, reference, on, Fraction(draw(st.integers(0, 24)), 100)))
        elif made == 2:
            end = on + timedelta(days=draw(st.integers(1, 40)))
            events.append(InterestPaused(on, reference, on, end))
        else:
            events.append(Paid(on, reference, yuan(cents)))
    return tuple(events)


def by_component(found: ProjectedState) -> list[tuple[int, int, int]]:
    return [
        (r.charged.total.minor, r.paid.total.minor, r.closing_balance.minor) for r in found.rows
    ]


class TestPrincipal:
    @few
    @given(histories(), futures)
    def test_of_the_rows_adds_up_to_what_was_paid_out(self, events, future):
        rules = replace(FOLLOWS, allocations={Kind.PAYMENT: Allocation(future=future)})

        found = state(*events, rules=rules)

        assert found.charged.principal == TERMS.principal

    @few
    @given(histories(), st.sampled_from(list(ReAgeInterest)), st.integers(1, 9))
    def test_survives_a_re_age(self, events, interest, count):
        aged = ReAged(START + timedelta(days=45), "90", date(2026, 4, 1), MONTHLY, count, interest)

        assert state(*events, aged).charged.principal == TERMS.principal

    @few
    @given(histories(), st.booleans())
    def test_survives_a_re_amortisation(self, events, splits):
        spread = ReAmortised(START + timedelta(days=70), "90", splits_interest=splits)

        assert state(*events, spread).charged.principal == TERMS.principal

    @few
    @given(st.lists(st.integers(1, 20_000), max_size=3))
    def test_survives_the_end_of_the_contract(self, payments):
        paid = [
            Paid(START + timedelta(days=10 * place), f"{place + 1:02d}", yuan(cents))
            for place, cents in enumerate(payments)
        ]
        ended = ContractEnded(START + timedelta(days=75), "90")

        assert state(*paid, ended).charged.principal == TERMS.principal


class TestPayments:
    @few
    @given(histories(), futures, st.booleans())
    def test_are_allocated_to_the_last_cent(self, events, future, recalculates):
        rules = HostRules(
            recalculates=recalculates,
            allocations={Kind.PAYMENT: Allocation(future=future)},
        )

        found = state(*events, rules=rules)

        received = sum(event.amount.minor for event in events if isinstance(event, Paid))
        assert found.paid.total.minor + found.overpaid.minor == received

    @few
    @given(histories())
    def test_never_leave_something_owed_and_something_overpaid(self, events):
        found = state(*events)

        assert not (found.outstanding.total and found.overpaid)

    @few
    @given(histories())
    def test_never_pay_a_row_above_what_it_asks(self, events):
        for row in state(*events).rows:
            assert all(row.outstanding.get(part).minor >= 0 for part in Component)

    @few
    @given(st.lists(st.integers(1, 9_000), max_size=3), days)
    def test_of_the_payoff_close_the_loan(self, payments, on):
        paid = [Paid(START, f"{n + 1:02d}", yuan(cents)) for n, cents in enumerate(payments)]
        owed = state(*paid, on=on).payoff

        closed = state(*paid, Paid(on, "90", owed), on=on)

        assert not closed.outstanding.total
        assert not closed.overpaid


class TestReplay:
    @few
    @given(histories(), days)
    def test_equals_the_state_of_what_was_known_then(self, events, on):
        known = [event for event in events if event.on <= on]

        assert state(*events, on=on) == state(*known, on=on)

    @few
    @given(histories(), st.randoms(use_true_random=False))
    def test_does_not_mind_the_order_of_arrival(self, events, random):
        # On one day payments go by reference; changes and charges in the order they were made.
        one_a_day = {event.on: event for event in events if isinstance(event, Paid)}.values()
        shuffled = list(one_a_day)
        random.shuffle(shuffled)

        assert state(*shuffled) == state(*one_a_day)

    @few
    @given(histories())
    def test_undoing_and_doing_again_is_identity(self, events):
        paid = Paid(START + timedelta(days=40), "80", yuan(12_345))
        undone = Reversed(LAST, "81", "80")
        again = replace(paid, reference="82")

        assert state(*events, paid, undone) == state(*events)
        assert state(*events, paid, undone, again) == state(*events, paid)

    def test_undoing_a_re_age_brings_the_old_rows_back(self):
        aged = ReAged(date(2026, 3, 15), "01", date(2026, 4, 1), MONTHLY, 6)

        assert state(aged, Reversed(LAST, "02", "01")) == state()


class TestDueDates:
    def test_of_the_31st_never_drift(self):
        dues = [row.due_date for row in state(TermsAdded(START, "01", START, 2)).rows]

        assert dues == [MONTHLY.after(START, step) for step in range(1, 9)]

    def test_moved_to_the_31st_never_drift(self):
        moved = DueDateMoved(START, "01", date(2026, 3, 31), date(2026, 5, 31))

        dues = [row.due_date for row in state(moved).rows][1:]

        assert dues == [MONTHLY.after(date(2026, 5, 31), step) for step in range(5)]


class TestRows:
    def test_that_stand_do_not_mind_late_payment(self):
        assert by_component(state(rules=STANDS)) == by_component(state(on=START, rules=STANDS))

    def test_take_overdue_principal_at_its_rate(self):
        # 1,000.00 at 9.9 %: 171.52 a month, of which 163.27 principal on 28 February. It is not
        # paid. March had 836.73 x 0.099/12 = 690.30 cents; by the 15th, 15 of 31 days on, the
        # overdue 163.27 has borne 163.27 x 0.099/12 x 15/31 = 65.18 cents more: 755.48.
        fresh, late = state(on=START).rows[1], state(on=date(2026, 3, 15)).rows[1]

        assert fresh.charged.interest == yuan(690)
        assert late.charged.interest == yuan(755)

    def test_ask_a_charge_with_the_row_of_its_day_and_after_maturity_alone(self):
        within = ChargeDue(START, "01", Component.FEE, yuan(1000), date(2026, 3, 1))
        after = ChargeDue(START, "02", Component.PENALTY, yuan(500), date(2026, 9, 9))

        rows = state(within, after, on=START).rows

        assert rows[1].charged.fee == yuan(1000)
        assert (rows[-1].due_date, rows[-1].charged.total) == (date(2026, 9, 9), yuan(500))

    @few
    @given(st.integers(10_000, 90_000), st.sampled_from([1, 2, 3, 4]), st.sampled_from(Remainder))
    def test_spread_overdue_interest_and_name_every_cent_dropped(self, cents, month, remainder):
        # Some host systems round the share and drop what is left of it: then the state says so.
        rules = replace(FOLLOWS, remainder=remainder)
        on = MONTHLY.after(START, month)
        terms = replace(TERMS, principal=yuan(cents))
        known: list[ProjectedEvent] = [Disbursed(START, "00", terms.principal)]
        plain = projected_state(terms, known, rules=FOLLOWS, on=on)
        overdue = sum(row.charged.interest.minor for row in plain.rows[:month])

        split = ReAmortised(on, "01", splits_interest=True)
        found = projected_state(terms, [*known, split], rules=rules, on=on)

        later = found.rows[month:]
        own = _interest_of(cents, [row.charged.principal.minor for row in later])
        asked = sum(row.charged.interest.minor for row in later)
        assert asked + found.dropped.minor == own + overdue
        assert found.charged.principal.minor == cents
        assert remainder is Remainder.DROPPED or not found.dropped
        assert 2 * abs(found.dropped.minor) <= len(later)

    def test_drop_only_what_rounding_leaves_of_a_split(self):
        # 1,000.00 at 9.9 %, two instalments of 171.52 missed: 8.25 and 6.90 of interest overdue,
        # and 163.27 overdue for the whole of March more: 163.27 x 0.099/12 = 134.70 cents, so
        # 8.25 + 8.25 = 16.50 in all, in four parts: 412.5 -> 412 (half-even). Two cents are left.
        split = ReAmortised(date(2026, 3, 31), "01", splits_interest=True)
        drops = replace(FOLLOWS, remainder=Remainder.DROPPED)

        assert state(split, on=split.on, rules=drops).dropped == yuan(2)
        assert state(split, on=split.on).dropped == yuan(0)


def _interest_of(balance: int, principals: list[int]) -> int:
    """Interest of each month on what is left, rounded; principal only, nothing overdue."""
    total = 0
    for principal in principals:
        total += Rounding.HALF_EVEN(balance * Fraction(99, 12_000))
        balance -= principal
    return total


class TestOverpayment:
    def test_is_kept_and_can_be_paid_back(self):
        paid = Paid(START, "01", yuan(100_500))
        back = PaidBack(START, "02", yuan(500))

        assert state(paid, on=START).overpaid == yuan(500)
        assert not state(paid, back, on=START).overpaid

    def test_goes_to_a_charge_that_comes_later(self):
        paid = Paid(START, "01", yuan(100_500))
        charge = ChargeDue(START, "02", Component.FEE, yuan(300), date(2026, 3, 1))

        found = state(paid, charge, on=START)

        assert (found.overpaid, found.paid.fee) == (yuan(200), yuan(300))


class TestRefunds:
    RULES = replace(FOLLOWS, gives_interest_back=frozenset({Kind.MERCHANT_REFUND}))

    def test_bring_back_the_interest_that_the_refunded_part_has_borne(self):
        # 500.00 of 1,000.00 come back after 14 of 28 days: 500 x 0.099/12 x 14/28 = 206.25 cents.
        on = START + timedelta(days=14)
        refund = Credited(on, "01", yuan(50_000), Kind.MERCHANT_REFUND)

        plain, refunded = state(refund, on=on), state(refund, on=on, rules=self.RULES)

        assert plain.paid.total == yuan(50_000)
        assert abs(refunded.paid.total.minor - 50_206) <= 1

    def test_of_a_part_not_yet_lent_a_day_bring_nothing_back(self):
        refund = Credited(START, "01", yuan(50_000), Kind.MERCHANT_REFUND)

        assert state(refund, on=START, rules=self.RULES).paid.total == yuan(50_000)


class TestSpreadOver:
    @few
    @given(st.integers(1, 200_000), futures, st.booleans(), days)
    def test_gives_every_cent_a_place(self, cents, future, by_component, on):
        rows = state(on=START, rules=STANDS).rows

        spread = spread_over(
            rows, yuan(cents), rule=Allocation(future=future), on=on, by_component=by_component
        )

        taken = sum(row.paid.total.minor for row in spread.rows)
        assert taken + spread.left.minor == cents

    @pytest.mark.parametrize(
        ("cents", "future", "paid"),
        [
            (100, Future.NEXT, [100, 0, 0, 0, 0, 0]),
            (100, Future.LAST, [0, 0, 0, 0, 0, 100]),
            (100, Future.NEXT_LAST, [100, 0, 0, 0, 0, 0]),
            (100, Future.SHARED, [17, 17, 17, 17, 17, 15]),
            # A sixth is nearer to one cent than to none, but six cents are more than there are.
            (4, Future.SHARED, [0, 0, 0, 0, 0, 4]),
            (2, Future.SHARED, [0, 0, 0, 0, 0, 2]),
            # Five cents in five rows are what there is: nothing is left for the last one.
            (5, Future.SHARED, [1, 1, 1, 1, 1, 0]),
        ],
    )
    def test_sends_payment_in_advance_where_the_rule_says(self, cents, future, paid):
        rows = state(on=START, rules=STANDS).rows

        spread = spread_over(rows, yuan(cents), rule=Allocation(future=future), on=START)

        assert [row.paid.total.minor for row in spread.rows] == paid

    def test_says_what_came_late_and_what_came_ahead(self):
        rows = state(on=START, rules=STANDS).rows
        whole = [row.charged.total.minor for row in rows]

        spread = spread_over(
            rows, yuan(sum(whole[:3])), rule=Allocation(), on=rows[1].due_date
        ).rows

        # The first row is late, the second on time, the third ahead.
        assert [row.paid_late.minor for row in spread[:3]] == [whole[0], 0, 0]
        assert [row.paid_in_advance.minor for row in spread[:3]] == [0, 0, whole[2]]


class TestRefusals:
    def test_a_loan_that_was_not_paid_out(self):
        with pytest.raises(NotDisbursed):
            projected_state(TERMS, (), rules=FOLLOWS, on=START)
