"""The sums of a block: everything the report says is worked out from these whole numbers."""

from typing import Final

import numpy as np

from tideover.kernels import Int, Mask
from tideover.portfolio.book import Labels
from tideover.portfolio.simulating import Asked, Outcome
from tideover.portfolio.state import State
from tideover.portfolio.tallies import ARMS, Tally, counted, squares, total
from tideover.portfolio.terms import CLASSES, Terms

__all__ = ["summarised"]

SUMMED: Final = (
    "got_principal", "got_interest", "got_penalty", "recovered", "lost",
)  # fmt: skip


def summarised(outcome: Outcome, *, terms: Terms, months: int) -> Tally:
    """Return the sums of a block of loans."""
    start, asked = outcome.start, outcome.asked
    tally: Tally = {
        "loans": len(outcome.book),
        "asked": len(asked.places),
        "owed": total(start.balance + start.overdue_principal),
        "late_at_start": total(start.late > 0),
    }
    tally |= {
        f"asks/{month}": total(outcome.lives.asks[asked.places] == month) for month in range(months)
    }
    values, costs = [], []
    for arm, name in enumerate(ARMS):
        end = outcome.ends[arm]
        value, cost, sums = _ended(end, terms=terms, months=months)
        values.append(value)
        costs.append(cost)
        sums |= _granted(asked, arm=arm) | _failures(end, months=months)
        sums |= _by_groups(outcome, end, arm=arm)
        tally |= {f"{name}/{key}": one for key, one in sums.items()}
    tally |= _paired("value", values[1] - values[0]) | _paired("cost", costs[1] - costs[0])
    helped = [chosen >= 0 for chosen in asked.chosen]
    tally |= _paired("approved", helped[1].astype(np.int64) - helped[0])
    return tally | _menu(asked)


def _ended(end: State, *, terms: Terms, months: int) -> tuple[Int, Int, Tally]:
    """What each loan was worth to the lender and cost the borrower, and the sums of an arm."""
    left = end.balance + end.overdue_principal
    classes = _classes(end, terms=terms, months=months)
    provision = np.zeros_like(left)
    for place, share in enumerate(terms.provisions):
        here = classes == place
        provision[here] = left[here] * share.numerator // share.denominator
    discount = (1 + terms.curve.discount / 12) ** -months
    value = end.worth + np.rint((left - provision) * discount).astype(np.int64)
    ahead = np.maximum(end.remaining * end.instalment - end.balance, 0) + end.carried
    cost = end.got_interest + end.got_penalty + end.overdue_interest + end.penalty + ahead
    is_written_off = end.written_off >= 0
    sums = {name: total(getattr(end, name)) for name in SUMMED}
    sums |= {
        "value": total(value),
        "cost": total(cost),
        "left": total(left),
        "provision": total(provision),
        "written_off": total(is_written_off),
        "in_default": total((end.late >= terms.default) & ~is_written_off),
        "still_late": total((end.late > 0) & ~is_written_off),
    }
    for place, name in enumerate(CLASSES):
        here = (classes == place) & (left > 0)
        sums |= {f"class/{name}": total(here), f"class_left/{name}": total(left[here])}
    return value, cost, sums


def _classes(end: State, *, terms: Terms, months: int) -> Int:
    """The asset class by months late and by observation (商业银行金融资产风险分类办法（2023）).

    A plan under observation is special mention at least, and substandard once it failed.
    """
    classes = np.searchsorted(np.array(terms.class_months), end.late, side="right")
    is_observed = (end.plan_month >= 0) & (months - end.plan_month <= terms.observed)
    classes = np.where(is_observed, np.maximum(classes, 1), classes)
    has_failed = is_observed & (end.failed_after >= 0)
    return np.asarray(np.where(has_failed, np.maximum(classes, 2), classes), dtype=np.int64)


def _granted(asked: Asked, *, arm: int) -> Tally:
    chosen = asked.chosen[arm]
    columns = np.flatnonzero(chosen >= 0)
    rows = chosen[columns]
    return {
        "approved": len(columns),
        "before": total(asked.before[columns]),
        "after": total(asked.plans.due[rows, columns]),
        "plan_interest": total(asked.plans.interest[rows, columns]),
        **{
            f"chosen/{row}": int(many)
            for row, many in enumerate(np.bincount(rows, minlength=len(asked.plans.due)))
        },
    }


def _failures(end: State, *, months: int) -> Tally:
    """Plans seen for at least so many months, and how many of those had failed by then."""
    has_plan = end.plan_month >= 0
    seen = np.where(has_plan, months - end.plan_month, 0)
    failed = end.failed_after
    sums: Tally = {}
    for age in range(1, months + 1):
        is_seen = seen >= age
        has_failed = is_seen & (failed >= 0) & (failed <= age)
        sums |= {f"seen/{age}": total(is_seen), f"failed/{age}": total(has_failed)}
    when = end.plan_month + failed - 1
    for month in range(months):
        sums[f"fails/{month}"] = total((failed >= 0) & (when == month))
    return sums


def _by_groups(outcome: Outcome, end: State, *, arm: int) -> Tally:
    asked = outcome.asked
    chosen = asked.chosen[arm]
    is_helped = chosen >= 0
    row = np.maximum(chosen, 0)
    due = asked.plans.due[row, np.arange(len(row))]
    relief = np.where(is_helped, asked.before - due, 0)
    failed = end.failed_after[asked.places] >= 0
    kept = {
        "asked": np.ones(len(row), dtype=np.bool_), "approved": is_helped, "relief": relief,
        "broke": is_helped & failed,
    }  # fmt: skip
    columns: dict[str, Labels] = {"cause": outcome.lives.cause, **outcome.book.groups}
    sums: Tally = {}
    for name, labels in columns.items():
        places = labels.codes[asked.places]
        for what, weight in kept.items():
            sums |= counted(f"by/{name}/{what}", places, names=labels.names, weight=weight)
    return sums


def _menu(asked: Asked) -> Tally:
    """Every plan of the menu over all who asked, whether granted or not."""
    sums: Tally = {"menu/before": total(asked.before)}
    for row in range(len(asked.plans.due)):
        sums |= {
            f"menu/{row}/due": total(asked.plans.due[row]),
            f"menu/{row}/worth": total(asked.plans.worth[row]),
            f"menu/{row}/can_pay": total(asked.can_pay[row]),
        }
    return sums


def _paired(name: str, differences: Int | Mask) -> Tally:
    """What confidence intervals need: the policies meet the same fortunes, loan by loan."""
    whole = np.asarray(differences, dtype=np.int64)
    return {f"paired/{name}": total(whole), f"paired_squares/{name}": squares(whole)}
