"""What loans ask for in all: the first instalment, the interest, the last line; no lines kept."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final

import numpy as np

from tideover.kernels.arrays import Int, Mask, order_by_count
from tideover.kernels.cohorts import Cohorts
from tideover.kernels.engines import Engine, engine_for
from tideover.kernels.factors import rounding_bias
from tideover.kernels.schedules import NotAsArrays, equal_shares, schedules
from tideover.kernels.stepping import Group
from tideover.loan import LevelRule, Method
from tideover.money import Rounding

__all__ = ["Totals", "totals"]

#: Loans that numpy works on at once: their lines stay in a processor's second cache.
CHUNK: Final = 8_192
TURNS: Final = {Rounding.UP: 1, Rounding.DOWN: 2}


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """Minor units, one entry a loan, fees not included.

    `level` is what the first line of a level loan asks for, or the share of principal on the lines
    of the others; `interest` is that of all lines, `last` what the last line asks for.
    """

    level: Int
    interest: Int
    last: Int

    @classmethod
    def empty(cls, loans: int) -> "Totals":
        """Return room for so many loans."""
        return cls(
            level=np.zeros(loans, dtype=np.int64),
            interest=np.zeros(loans, dtype=np.int64),
            last=np.zeros(loans, dtype=np.int64),
        )


def totals(cohorts: Cohorts, *, engine: Engine | None = None, threads: int = 1) -> Totals:
    """Return the totals of every loan, in the order of the cohorts (see `Cohorts.restored`).

    `engine` is chosen by what is installed and the number of loans unless it is given; every engine
    gives the same whole numbers.

    Raises:
        NotAsArrays: the method is not one of the four that arrays know.
    """
    if cohorts.method is Method.BULLET:
        raise NotAsArrays(cohorts.method)
    found = Totals.empty(len(cohorts))
    work = _compiled if (engine or engine_for(len(cohorts))) is Engine.NUMBA else _stepped
    open_ = np.flatnonzero(~work(cohorts, found, threads=threads))
    chunks = [open_[first : first + CHUNK] for first in range(0, len(open_), CHUNK)]
    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(lambda places: _by_lines(cohorts, places, found=found), chunks))
    return found


def _by_lines(cohorts: Cohorts, places: Int, *, found: Totals) -> None:
    """Work loans out line by line in numpy and add the lines up."""
    places = places[order_by_count(cohorts.counts[places])]
    lines = schedules(cohorts.loans(places))
    found.interest[places] = lines.total_interest
    at_last = lines.counts - 1
    column = np.arange(len(places))
    found.last[places] = (lines.principal + lines.interest)[at_last, column]
    found.level[places] = (
        lines.instalment[0] if cohorts.method is Method.LEVEL else _shares(cohorts)[places]
    )


def _shares(cohorts: Cohorts) -> Int:
    if cohorts.method is Method.INTEREST_ONLY:
        return np.zeros_like(cohorts.principal)
    return equal_shares(cohorts.principal, cohorts.counts, rounding=cohorts.rounding)


def _stepped(cohorts: Cohorts, found: Totals, *, threads: int) -> Mask:
    """Fill what numpy decides a line at a time, and return for which loans that is."""
    is_sure = np.ones(len(cohorts), dtype=np.bool_)
    shares = None if cohorts.method is Method.LEVEL else _shares(cohorts)

    def work(here: Int) -> None:
        group = Group.of(cohorts, here)
        if shares is None:
            figures = group.level(cohorts.level, cohorts.payment_rounding)
            found.level[here], found.interest[here], found.last[here], is_sure[here] = figures
        else:
            found.level[here] = shares[here]
            sums = group.shared(cohorts.method, shares[here])
            found.interest[here], found.last[here] = sums

    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(work, _chunks(cohorts)))
    return is_sure


def _chunks(cohorts: Cohorts) -> list[Int]:
    """Places to step through together: of one calendar where it is large, else of one length."""
    calendars = len(cohorts.starts) - 1
    if len(cohorts) >= calendars * CHUNK // 2:
        return [np.arange(start, stop) for start, stop, _ in cohorts.blocks_of(CHUNK).tolist()]
    order = order_by_count(cohorts.counts)
    return [order[first : first + CHUNK] for first in range(0, len(order), CHUNK)]


def _compiled(cohorts: Cohorts, found: Totals, *, threads: int) -> Mask:
    """Fill what compiled code decides, and return for which loans that is."""
    from tideover.kernels.compiled import totals as code

    blocks = cohorts.blocks
    is_sure = np.ones(len(cohorts), dtype=np.bool_)
    half_even = cohorts.rounding is Rounding.HALF_EVEN and cohorts.denominator % 2 == 0
    columns = (cohorts.principal, cohorts.rate, cohorts.counts, cohorts.first, cohorts.days)
    bias = int(rounding_bias(np.array([cohorts.denominator]), cohorts.rounding)[0])
    exact = (cohorts.denominator, bias, -1 if half_even else 0)
    if cohorts.method is Method.LEVEL:
        is_clearing = cohorts.level is LevelRule.SMALLEST_CLEARING
        turn = 0 if is_clearing else TURNS.get(cohorts.payment_rounding, code.NEAREST)

        def work(some: Int) -> None:
            code.level_totals(some, *columns, *exact, is_clearing, turn, found.level,
                              found.interest, found.last, is_sure)  # fmt: skip
    else:
        is_flat = cohorts.method is not Method.EQUAL_PRINCIPAL
        share = _shares(cohorts)
        found.level[:] = share

        def work(some: Int) -> None:
            code.shared_totals(some, *columns, *exact, is_flat, share, found.interest,
                               found.last)  # fmt: skip

    if threads == 1:
        work(blocks)
    else:
        with ThreadPoolExecutor(threads) as pool:
            list(pool.map(work, np.array_split(blocks, 8 * threads)))
    if cohorts.method is Method.LEVEL:
        np.copyto(found.level, found.last, where=cohorts.counts == 1)
    return is_sure
