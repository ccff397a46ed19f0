"""Made-up contracts with payments: most on time, some early, some late, some stopped."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Final

import numpy as np

from tideover.kernels import Cohorts, Int, Serviced, due_days, month_of, totals, uniform
from tideover.loan import Method
from tideover.policy import Parameters, PolicyBook
from tideover.portfolio.generating import generated
from tideover.portfolio.making import BLOCK, Making, settle_manifest
from tideover.portfolio.servicing.parts import write_serviced

__all__ = ["make_serviced", "serviced"]

EPOCH: Final = date(1970, 1, 1)
DAY_OF_MONTH, HABIT, PAYS = 300, 301, 1_000
#: Millionths a year become thousand-millionths.
FINER: Final = 1_000
MONTH_DAYS: Final = 31


def make_serviced(
    what: Making, *, out: Path, policy: PolicyBook, threads: int, told: Callable[[int], None]
) -> int:
    """Write the parts that are not there yet and return how many loans the book holds.

    Raises:
        AnotherRun: the folder holds a book made with other arguments.
    """
    made = policy.pack_on(what.on, pack="portfolio/demo-book")
    behaviour = policy.pack_on(what.on, pack="portfolio/behaviour")
    common = policy.on(what.on, product="consumer-level")
    out.mkdir(parents=True, exist_ok=True)
    manifest = {**asdict(what), "on": what.on.isoformat(), "holds": "contracts with payments"}
    settle_manifest(out / "book.json", manifest | {"made": made.digest, "law": common.digest})

    def write(first: int) -> None:
        path = out / f"part-{first // what.shard:06d}.parquet"
        last = min(first + what.shard, what.loans)
        if not path.exists():
            blocks = [
                serviced(
                    np.arange(start, min(start + BLOCK, last)), seed=what.seed, on=what.on,
                    made=made, behaviour=behaviour, common=common,
                )
                for start in range(first, last, BLOCK)
            ]  # fmt: skip
            write_serviced(path, _joined(blocks))
        told(last - first)

    with ThreadPoolExecutor(threads) as pool:
        try:
            list(pool.map(write, range(0, what.loans, what.shard)))
        except KeyboardInterrupt:
            pool.shutdown(cancel_futures=True)
            raise
    return what.loans


def _joined(blocks: list[Serviced]) -> Serviced:
    """Return contracts one after the other, with the payments of each."""
    names = [name for name in Serviced.__slots__ if name not in ("offsets", "grace_days")]
    paid = np.concatenate([np.diff(block.offsets) for block in blocks])
    return Serviced(
        offsets=np.concatenate([[0], np.cumsum(paid)]),
        grace_days=blocks[0].grace_days,
        **{name: np.concatenate([getattr(block, name) for block in blocks]) for name in names},
    )


def serviced(
    loans: Int, *, seed: int, on: date, made: Parameters, behaviour: Parameters, common: Parameters
) -> Serviced:
    """Return the contracts of these numbers with their payments up to a day."""
    book = generated(loans, seed=seed, made=made, behaviour=behaviour)
    today = np.full(len(loans), (on - EPOCH).days)
    day_of_month = 1 + np.floor(MONTH_DAYS * uniform(loans, seed=seed, stream=DAY_OF_MONTH)).astype(
        np.int64
    )
    # Whose day of the month is still to come were paid out a month earlier.
    month = month_of(today) - book.fallen_due - (day_of_month > on.day)
    due = _due(month, day_of_month, lines=int(book.term.max()))
    rate = book.rate * FINER
    cohorts = Cohorts.by_days(
        book.principal, book.term, rate=rate, method=Method.LEVEL, disbursed=due[0],
        earliest=due[1], day_of_month=day_of_month,
    )  # fmt: skip
    found = totals(cohorts)
    level, last = cohorts.restored(found.level), cohorts.restored(found.last)
    paid_on, paid, offsets = _payments(
        loans, due[1:], level=level, last=last, counts=book.term, late=book.months_past_due,
        today=today, seed=seed, made=made,
    )  # fmt: skip
    return Serviced(
        loan=loans, principal=book.principal, counts=book.term, rate=rate,
        penalty_rate=_penalty_rate(rate, common), disbursed=due[0], earliest=due[1],
        day_of_month=day_of_month, offsets=offsets, paid_on=paid_on, paid=paid,
        grace_days=common.integer("grace.days"),
    )  # fmt: skip


def _due(month: Int, day_of_month: Int, *, lines: int) -> Int:
    """The day of disbursement, then the due days, all on one day of the month."""
    begin = month.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
    days = due_days(begin, day_of_month, lines=lines + 2)
    # The first entry is as given; the month before tells where the day of the month falls.
    days[0] = due_days(begin - 1, day_of_month, lines=2)[1]
    return days[: lines + 1]


def _penalty_rate(rate: Int, common: Parameters) -> Int:
    """The product's uplift, less what would lift the whole above the cap of the day."""
    uplift = common.ratio("penalty.uplift")
    late = rate * uplift.numerator // uplift.denominator
    if "cost.all_in_max" in common:
        cap = int(common.ratio("cost.all_in_max") * Fraction(10**9))
        late = np.minimum(late, np.maximum(cap - rate, 0))
    return np.asarray(late, dtype=np.int64)


def _payments(
    loans: Int, due: Int, *, level: Int, last: Int, counts: Int, late: Int, today: Int, seed: int,
    made: Parameters,
) -> tuple[Int, Int, Int]:  # fmt: skip
    """Days and amounts loan by loan, and where those of each loan begin.

    Some pay early and some are now and then late and then pay a little more, as often as the pack
    says; those past due have not paid their last instalments.
    """
    chance, extra = float(made.ratio("payments.late_chance")), made.ratio("payments.late_extra")
    line = np.arange(len(due))[:, None]
    habit = uniform(loans, seed=seed, stream=HABIT)
    tempted = np.stack([uniform(loans, seed=seed, stream=PAYS + at) for at in range(len(due))])
    is_late = (habit < float(made.ratio("payments.late_share"))) & (tempted < chance)
    delay = np.floor(tempted / chance * made.integer("payments.late_days_max")).astype(np.int64)
    shift = np.where(is_late, delay, 0)
    is_early = habit > 1 - float(made.ratio("payments.early_share"))
    shift -= made.integer("payments.early_days") * is_early
    day = np.maximum(due + shift, due - MONTH_DAYS // 2)
    fallen = (due <= today).sum(axis=0)
    pays = (day <= today) & (line < counts) & (line < np.maximum(fallen - late, 0))
    amount = np.where(line == counts - 1, last, level)
    amount += np.where(is_late, amount * extra.numerator // extra.denominator, 0)
    offsets = np.concatenate([[0], np.cumsum(pays.sum(axis=0))])
    chosen = pays.T
    return day.T[chosen], amount.T[chosen], offsets.astype(np.int64)
