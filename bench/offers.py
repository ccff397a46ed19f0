"""A whole offer set in process: one loan, and all loans of a household, from capacity to cards.

Wall time is what somebody waits; the processor time beside it is the work alone, whatever else the
machine is doing. A goal counts for the latter.
"""

import gc
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path

from bench._table import Measured, print_measured

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "examples"))

import find_offers

from tideover.loan import Disbursed, LoanTerms, Method
from tideover.offers import find_offers as offers_of
from tideover.offers.joint import JointRequest, PlanDebt, find_plans
from tideover.offers.joint.frontier import search
from tideover.offers.joint.standing import standing_of
from tideover.offers.searched import search_of
from tideover.offers.situation import situation_of
from tideover.policy import load_book

#: Ten of them are above the 99th percentile: two were at the mercy of one interrupt.
ROUNDS = 1000
GOAL_MS = 5


def run() -> bool:
    """Time the example household's offers, alone and with a card beside, and print the table."""
    one, loan = find_offers.request(), _household()
    both = replace(loan, debts=(*loan.debts, _card()))
    situation = situation_of(one)
    rows = [
        *_timed("one loan, its offers", lambda: offers_of(one), goal=GOAL_MS),
        Measured(
            "combinations priced and judged for it",
            offers_of(one).combinations,
            "",
            goal=500,
            is_floor=True,
        ),
        *_timed("one loan, the search alone", lambda: search_of(situation)),
        *_timed("one loan, search, values, frontier", lambda: _looked_at(loan), goal=GOAL_MS),
        Measured("combinations of that search", _looked_at(loan), "", goal=500, is_floor=True),
        *_timed("one loan, everything tideover plan says", lambda: find_plans(loan)),
        *_timed("loan and card together, search, frontier", lambda: _looked_at(both)),
        Measured("combinations of that search", _looked_at(both), "", goal=500, is_floor=True),
        *_timed("loan and card, everything", lambda: find_plans(both)),
    ]
    return print_measured("offers, in process", rows)


def _timed(name: str, work: Callable[[], object], *, goal: float | None = None) -> list[Measured]:
    for _ in range(10):
        work()
    wall, cpu = [], []
    gc.collect()
    gc.freeze()
    for _ in range(ROUNDS):
        started, worked = time.perf_counter(), time.process_time()
        work()
        cpu.append((time.process_time() - worked) * 1000)
        wall.append((time.perf_counter() - started) * 1000)
    gc.unfreeze()
    return [
        Measured(f"{name}: p50", _at(cpu, 50), "ms cpu"),
        Measured(f"{name}: p99", _at(cpu, 99), "ms cpu", goal=goal),
        Measured(f"{name}: p99, waited", _at(wall, 99), "ms"),
    ]


def _at(times: list[float], percent: int) -> float:
    return sorted(times)[len(times) * percent // 100]


def _looked_at(request: JointRequest) -> int:
    return search(standing_of(request)).looked_at


def _household() -> JointRequest:
    one = find_offers.request()
    debt = PlanDebt(name="loan", terms=one.terms, events=one.events, parameters=one.parameters)
    return JointRequest(
        on=one.on, household=one.household, debts=(debt,), parameters=one.parameters
    )


def _card() -> PlanDebt:
    amount = find_offers.yuan("3000")
    terms = LoanTerms(
        principal=amount,
        rate=None,
        method=Method.FLAT,
        fee_rate=Fraction(6, 1000),
        instalments=12,
        disbursed_on=date(2026, 9, 11),
    )
    return PlanDebt(
        name="card",
        terms=terms,
        events=(Disbursed(terms.disbursed_on, "out", amount),),
        parameters=load_book().on(find_offers.ON, product="card-instalment"),
    )
