"""The sums of a block: everything the report says is worked out from these whole numbers."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from tideover.kernels import Int, Mask
from tideover.portfolio.book import Labels
from tideover.portfolio.simulating import Asked, Outcome
from tideover.portfolio.state import State
from tideover.portfolio.tallies import AGES, ARMS, Tally, counted, squares, total
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
    by_loan: list[dict[str, Int]] = []
    for arm, name in enumerate(ARMS):
        end = outcome.ends[arm]
        each, sums = _ended(end, terms=terms, months=months)
        by_loan.append(each | {"approved": _helped(asked, arm), "relief": _relief(asked, arm)})
        sums |= _granted(asked, arm=arm) | _failures(end, months=months)
        sums |= _by_groups(outcome, end, arm=arm)
        tally |= {f"{name}/{key}": one for key, one in sums.items()}
    for name in by_loan[0]:
        tally |= _paired(name, by_loan[1][name] - by_loan[0][name])
    for age in AGES:
        if age <= months:
            tally |= _both(outcome.ends, age=age, months=months)
    return tally | _menu(asked)


def _helped(asked: Asked, arm: int) -> Int:
    return np.asarray(asked.chosen[arm] >= 0, dtype=np.int64)


def _relief(asked: Asked, arm: int) -> Int:
    """How much less a month each household that asked has to pay."""
    chosen = asked.chosen[arm]
    due = asked.plans.due[np.maximum(chosen, 0), np.arange(len(chosen))]
    return np.asarray(np.where(chosen >= 0, asked.before - due, 0))


def _both(ends: Sequence[State], *, age: int, months: int) -> Tally:
    """Plans of an age under both policies, and which of them failed under one or the other."""
    seen, failed = zip(*(_aged(end, age=age, months=months) for end in ends), strict=True)
    return {
        f"both/failed_failed/{age}": total(failed[0] & failed[1]),
        f"both/failed_seen/{age}": total(failed[0] & seen[1]),
        f"both/seen_failed/{age}": total(seen[0] & failed[1]),
        f"both/seen_seen/{age}": total(seen[0] & seen[1]),
    }


def _aged(end: State, *, age: int, months: int) -> tuple[Mask, Mask]:
    """Which plans were seen for so many months, and which of them had failed by then."""
    is_seen = (end.plan_month >= 0) & (months - end.plan_month >= age)
    return is_seen, is_seen & (end.failed_after >= 0) & (end.failed_after <= age)


def _ended(end: State, *, terms: Terms, months: int) -> tuple[dict[str, Int], Tally]:
    """Loan by loan what differs between the policies, and the sums of an arm."""
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
    each: dict[str, Int] = {
        "value": value,
        "cost": cost,
        "provision": provision,
        "lost": end.lost,
        "written_off": is_written_off.astype(np.int64),
        "in_default": ((end.late >= terms.default) & ~is_written_off).astype(np.int64),
    }
    sums |= {
        **{name: total(values) for name, values in each.items()},
        "left": total(left),
        "still_late": total((end.late > 0) & ~is_written_off),
    }
    for place, name in enumerate(CLASSES):
        here = (classes == place) & (left > 0)
        sums |= {f"class/{name}": total(here), f"class_left/{name}": total(left[here])}
        each[f"class/{name}"] = here.astype(np.int64)
    return each, sums


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
    failed = end.failed_after
    sums: Tally = {}
    for age in range(1, months + 1):
        is_seen, has_failed = _aged(end, age=age, months=months)
        sums |= {f"seen/{age}": total(is_seen), f"failed/{age}": total(has_failed)}
    when = end.plan_month + failed - 1
    for month in range(months):
        sums[f"fails/{month}"] = total((failed >= 0) & (when == month))
    return sums


def _by_groups(outcome: Outcome, end: State, *, arm: int) -> Tally:
    asked = outcome.asked
    is_helped, relief = asked.chosen[arm] >= 0, _relief(asked, arm)
    failed = end.failed_after[asked.places] >= 0
    kept: dict[str, Int | Mask] = {
        "asked": np.ones(len(relief), dtype=np.bool_), "approved": is_helped, "relief": relief,
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
