"""tideover.loan.progressive: an agreement about rows moves nothing of what would pay a loan off.

1,000.00 in six months, interest by days. Whatever was paid before, and however the host allocates
payments, more terms, a re-age that carries interest and a re-amortisation leave the payoff of their
day as it was. What a host drops when it splits interest is told, and counted with it.
"""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from host_histories import History, paid_by
from host_machine import CENTS, GAPS, RATES, host_rules, paying_ahead
from host_operations import OPERATIONS, TERMS, yuan
from tideover.loan import Paid
from tideover.loan.progressive import (
    Future,
    ProjectedEvent,
    ProjectedState,
)

JANUARY, MATURITY = date(2026, 1, 1), date(2026, 7, 1)
BY_DAYS, BY_360 = (
    replace(TERMS, rate=rate, disbursed_on=JANUARY) for rate in RATES[1:]
)  # 26, 12 %
NAMES = ("terms", "re-age, default", "re-age, payable", "re-amortise", "re-amortise, split")


def paid(on: date, cents: int) -> ProjectedEvent:
    return Paid(on, f"paid {on} {cents}", yuan(cents))


def operation(name: str, on: date) -> ProjectedEvent:
    return OPERATIONS[name](on, f"{name} {on}")


def agreed(life: History, name: str, on: date) -> ProjectedState:
    return replace(life, events=(*life.events, operation(name, on))).on(on)


@settings(max_examples=60)
@given(
    rules=host_rules,
    rate=st.sampled_from(RATES[1:]),
    payments=st.lists(st.tuples(GAPS, CENTS), max_size=4),
    passed=GAPS,
    name=st.sampled_from(NAMES),
)
def test_an_agreement_about_rows_moves_no_payoff(rules, rate, payments, passed, name):
    # Where what closes a loan bears to the due date, what is late does not, until it is agreed.
    follows = replace(rules, recalculates=True, closes_at_rest=False)
    terms = replace(TERMS, rate=rate, disbursed_on=JANUARY)
    life, on = paid_by(terms, follows, payments, passed=passed)
    assume(on < MATURITY or not name.startswith("re-amortise"))
    before = life.on(on)

    after = agreed(life, name, on)

    assert after.payoff + after.dropped == before.payoff
    assert after.overpaid == before.overpaid


#: Lives whose payoff was moved by the agreement, each for a reason of its own.
LIVES: dict[str, tuple[History, str, date]] = {
    # All principal is paid, and instalments of nothing had no room for the interest left.
    "re-aged when nothing but interest is left": (
        History(BY_360, paying_ahead(Future.SHARED), (paid(date(2026, 1, 3), 100_000),)),
        "re-age, default",
        date(2026, 2, 3),
    ),
    # The rows were levelled again, and asked interest that a later row had paid.
    "terms added to a loan that is paid off": (
        History(
            replace(BY_DAYS, disbursed_on=TERMS.disbursed_on),
            paying_ahead(Future.NEXT_LAST, by_component=True, overdue_bears_interest=True),
            (paid(date(2026, 5, 3), 60_000), paid(date(2026, 5, 4), 100_000)),
        ),
        "terms",
        date(2026, 5, 14),
    ),
    # The interest a row paid as principal left to the next was given up with the row.
    "split after a row that was paid ahead as principal": (
        History(
            BY_360,
            paying_ahead(Future.NEXT_LAST, order=1),
            (paid(JANUARY, 17_151), paid(date(2026, 2, 1), 17_151)),
        ),
        "re-amortise, split",
        date(2026, 3, 1),
    ),
    # What is late bore interest for the days since it was due, though the host asks none.
    "split where what is late bears nothing": (
        History(BY_360, paying_ahead(overdue_bears_interest=False), ()),
        "re-amortise, split",
        date(2026, 3, 18),
    ),
    # Interest asked early with the last open row was split, and borne by its own days again.
    "split where interest is asked early": (
        History(
            BY_DAYS,
            paying_ahead(Future.LAST, order=1, overdue_bears_interest=True),
            (paid(date(2026, 2, 8), 34_302),),
        ),
        "re-amortise, split",
        date(2026, 6, 13),
    ),
    # What is late bears to the due date of the row that runs, and from the day of the agreement.
    "re-amortised where what is late bears to the due date": (
        History(BY_360, paying_ahead(rests_by_period=True, closes_at_rest=True), ()),
        "re-amortise",
        date(2026, 3, 18),
    ),
    # Interest split before is paid in advance of its rows, and was asked again.
    "re-aged after interest that was split is paid": (
        History(
            replace(BY_DAYS, disbursed_on=TERMS.disbursed_on),
            paying_ahead(Future.LAST, order=2, by_component=True, overdue_bears_interest=True),
            (operation("re-amortise, split", date(2026, 3, 31)), paid(date(2026, 5, 8), 34_302)),
        ),
        "re-age, default",
        date(2026, 5, 9),
    ),
    # Some of the interest asked early was paid, and borne once more by its own days.
    "re-amortised after interest was asked early and paid": (
        History(
            replace(BY_360, disbursed_on=TERMS.disbursed_on),
            paying_ahead(Future.LAST, order=1, by_component=True, overdue_bears_interest=True),
            (paid(date(2026, 2, 10), 34_302), paid(date(2026, 6, 13), 17_152)),
        ),
        "re-amortise",
        date(2026, 7, 16),
    ),
    # A row of one day joined the rows before it, whose interest had been waived.
    "re-aged the day after interest was waived": (
        History(BY_DAYS, paying_ahead(), (operation("re-age, waived", date(2026, 2, 3)),)),
        "re-age, default",
        date(2026, 2, 4),
    ),
    # Rows paid in full had no room for the interest that was split.
    "split when nothing but interest is left": (
        History(
            replace(BY_DAYS, disbursed_on=TERMS.disbursed_on),
            paying_ahead(Future.LAST),
            (paid(date(2026, 2, 5), 100_000),),
        ),
        "re-amortise, split",
        date(2026, 3, 8),
    ),
    # The first row of a re-age, with the interest agreed for it, was joined with the row before.
    "re-aged again on the first due date": (
        History(
            replace(BY_360, disbursed_on=TERMS.disbursed_on),
            paying_ahead(Future.NEXT_LAST),
            (operation("re-age, payable", date(2026, 3, 2)),),
        ),
        "re-age, default",
        date(2026, 3, 12),
    ),
}


@pytest.mark.parametrize("name", LIVES)
def test_lives_keep_their_payoff(name: str):
    life, agreement, on = LIVES[name]
    before = life.on(on)

    after = agreed(life, agreement, on)

    assert before.payoff + before.overpaid > yuan(0)
    assert (after.payoff + after.dropped, after.overpaid) == (before.payoff, before.overpaid)


class TestReAgedWhereRowsStand:
    """1,000.00 at 12 % by 360 days; nothing that is paid moves a row."""

    LIFE = History(
        BY_360,
        replace(paying_ahead(), recalculates=False),
        # 1000.00 × 0.12 × 31/360 = 10.33 by 1 February, and 162.24 of principal.
        (paid(date(2026, 2, 1), 17_257),),
    )

    @pytest.mark.parametrize(("day", "interest"), [(1, 0), (11, 279)])
    def test_asks_the_interest_that_has_accrued_and_is_not_paid(self, day: int, interest: int):
        # (1000.00 - 162.24) × 0.12 × 10/360 = 2.79 by the 11th.
        found = agreed(self.LIFE, "re-age, payable", date(2026, 2, day)).outstanding

        assert (found.principal, found.interest) == (yuan(100_000 - 16_224), yuan(interest))

    @pytest.mark.parametrize("day", [1, 11])
    def test_asks_the_interest_that_an_ended_contract_owes(self, day: int):
        on = date(2026, 2, day)
        ended = replace(self.LIFE, events=(*self.LIFE.events, operation("end", on)))

        assert agreed(ended, "re-age, payable", on).payoff == ended.on(on).payoff
