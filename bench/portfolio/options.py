"""All 24 plans for every loan: numba against C, with and without rates, on one core and two."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import numpy as np

from bench._table import Measured, print_measured
from bench.portfolio._reference import as_c, reference
from bench.portfolio.schedules import cpu_seconds
from tideover.kernels import Debts, Engine, Int, Menu, Plans, due_days, option_grid, plan_rates
from tideover.kernels.option_grid import discounts
from tideover.policy import load_book
from tideover.portfolio import generated
from tideover.portfolio.terms import Terms, terms_of

ON = date(2026, 12, 1)
CHUNK = 8_192
CHUNKS = 8
RATED = 1
DUE = due_days(np.array([31]), np.array([1]), lines=120)[:, 0]


def run() -> bool:
    """Print loan-options a second; goals are ratios of this run."""
    policy = load_book()
    terms = terms_of(policy, on=ON)
    made = policy.pack_on(ON, pack="portfolio/demo-book")
    behaviour = terms.behaviour.pack
    book = generated(np.arange(CHUNK * CHUNKS), seed=7, made=made, behaviour=behaviour)
    book = book.picked(np.argsort(-book.remaining, kind="stable"))
    real = Debts(
        principal=book.balance + book.overdue_principal, counts=book.remaining, rate=book.rate,
        interest=book.overdue_interest, penalty=book.penalty,
    )  # fmt: skip
    same = Debts(
        principal=real.principal, counts=np.full_like(real.counts, 24), rate=real.rate,
        interest=real.interest, penalty=real.penalty,
    )  # fmt: skip
    capacity = book.income - book.outgoings
    return all(
        [
            print_measured("plans: all loans have 24 instalments left", _of(same, capacity, terms)),
            print_measured("plans: a made-up book as it is", _of(real, capacity, terms)),
        ]
    )


def _chunked(debts: Debts, capacity: Int, menu: Menu) -> list[tuple[Debts, Int]]:
    found = []
    for first in range(0, len(debts), CHUNK):
        part = slice(first, first + CHUNK)
        some = Debts(**{name: getattr(debts, name)[part] for name in Debts.__slots__})
        wide = np.broadcast_to(capacity[part], (len(menu), len(some)))
        found.append((some, np.ascontiguousarray(wide)))
    return found


def _of(debts: Debts, capacity: Int, terms: Terms) -> list[Measured]:
    menu, curve = terms.menu, terms.curve
    chunks = _chunked(debts, capacity, menu)
    plans = [
        option_grid(some, menu, capacity=can, curve=curve, engine=Engine.NUMBA)
        for some, can in chunks
    ]

    def grid(place: int) -> None:
        some, can = chunks[place]
        option_grid(some, menu, capacity=can, curve=curve, engine=Engine.NUMBA)

    def rated(place: int) -> None:
        grid(place)
        plan_rates(chunks[place][0], plans[place], menu=menu, due=DUE, engine=Engine.NUMBA)

    def many(work, chosen: range) -> float:  # type: ignore[no-untyped-def]
        seconds = cpu_seconds(lambda: [work(place) for place in chosen], repeats=5)
        return len(chosen) * CHUNK * len(menu) / seconds / 1e6

    everything, one = range(CHUNKS), range(RATED)
    rated(0)
    plain, with_rates = many(grid, everything), many(rated, one)
    numpy = many(
        lambda place: option_grid(
            chunks[place][0], menu, capacity=chunks[place][1], curve=curve, engine=Engine.NUMPY
        ),
        one,
    )
    rows = [
        Measured("numba", plain, "M/s"),
        Measured("numba with rates", with_rates, "M/s"),
        Measured("numpy", numpy, "M/s"),
        Measured("two threads over one, waited", _two_threads(grid), "times", 1.6, is_floor=True),
    ]
    library = reference()
    if library is None:
        return rows
    c = many(lambda place: _in_c(library, *chunks[place], terms), everything)
    c_rates = many(lambda place: _rates_in_c(library, *chunks[place], terms), one)
    return [
        *rows,
        Measured("C -O3 -march=native, the same arithmetic", c, "M/s"),
        Measured("C with rates", c_rates, "M/s"),
        Measured("numba over C", plain / c, "times", 0.7, is_floor=True),
        Measured("numba over C, with rates", with_rates / c_rates, "times", 0.6, is_floor=True),
    ]


def _two_threads(work) -> float:  # type: ignore[no-untyped-def]
    best = 0.0
    for _ in range(5):
        started = time.perf_counter()
        for place in range(CHUNKS):
            work(place)
        alone = time.perf_counter() - started
        started = time.perf_counter()
        with ThreadPoolExecutor(2) as pool:
            list(pool.map(work, range(CHUNKS)))
        best = max(best, alone / (time.perf_counter() - started))
    return best


def _in_c(library: object, debts: Debts, capacity: Int, terms: Terms) -> Plans:
    menu = terms.menu
    month, later, first = discounts(terms.curve, menu.pause)
    pairs = menu.schedules
    out = Plans.empty(len(menu), len(debts))
    curve = terms.curve
    numbers = np.array([month, later, curve.base, curve.slope, curve.most, curve.comfortable])
    library.option_grid(*(as_c(one) for one in (  # type: ignore[attr-defined]
        len(debts), debts.principal, debts.counts, debts.rate, debts.interest, debts.penalty,
        len(pairs), np.array([(extension, cut) for extension, cut, _ in pairs]),
        np.concatenate([rows for _, _, rows in pairs]),
        np.cumsum([0, *(len(rows) for _, _, rows in pairs)]), menu.pause,
        menu.waives.astype(np.uint8), first, capacity, numbers,
        *(getattr(out, name) for name in Plans.__slots__),
    )))  # fmt: skip
    return out


def _rates_in_c(library: object, debts: Debts, capacity: Int, terms: Terms) -> None:
    found = _in_c(library, debts, capacity, terms)
    owed = debts.principal + debts.interest + debts.penalty
    rates = np.zeros(found.due.shape)
    library.plan_rates(*(as_c(one) for one in (  # type: ignore[attr-defined]
        len(owed), owed, len(terms.menu), found.counts, found.rate, found.level, found.last,
        found.carried, terms.menu.pause, DUE, rates,
    )))  # fmt: skip
    ours = plan_rates(debts, found, menu=terms.menu, due=DUE, engine=Engine.NUMBA)
    if np.abs(rates - ours).max() > 1e-9:
        raise AssertionError("C and numba do not do the same")
