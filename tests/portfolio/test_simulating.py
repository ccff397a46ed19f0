"""The months ahead: equal to the scalar engine, to itself in any cut, and moved by policy alone."""

import json
from dataclasses import replace
from datetime import date
from fractions import Fraction
from random import Random

import numpy as np
import pytest

from tideover.dates import DayCount
from tideover.kernels import BreakOff, Debts, expected_value, level_by_month, option_grid
from tideover.loan import AnnualRate, LoanTerms, Method
from tideover.loan.building import schedule_parts
from tideover.money import CNY, Money
from tideover.policy import load_book
from tideover.portfolio import (
    AnotherRun,
    Making,
    PolicyNotFound,
    Running,
    added,
    generated,
    grant_of,
    load_run,
    make_book,
    on_threads,
    simulate_book,
)  # fmt: skip
from tideover.portfolio.simulating import simulated
from tideover.portfolio.summarising import summarised
from tideover.portfolio.terms import terms_of

ON = date(2026, 12, 1)
MONTHS = 14
POLICY = load_book()
TERMS = terms_of(POLICY, on=ON)
GRANTS = tuple(grant_of(name, on=ON, book=POLICY) for name in ("baseline", "relief"))


def ignore(loans: int) -> None:
    """Nobody looks."""


def some_book(first: int, last: int):
    made = POLICY.pack_on(ON, pack="portfolio/demo-book")
    behaviour = POLICY.pack_on(ON, pack="portfolio/behaviour")
    return generated(np.arange(first, last), seed=7, made=made, behaviour=behaviour)


def tally_of(book, *, grants=GRANTS, seed=7):
    outcome = simulated(book, grants, terms=TERMS, months=MONTHS, seed=seed)
    return summarised(outcome, terms=TERMS, months=MONTHS)


def lines_of(principal: int, count: int, *, millionths: int) -> list[tuple[int, int]]:
    terms = LoanTerms(
        principal=Money(principal, CNY),
        rate=AnnualRate(Fraction(millionths, 10**6), DayCount.MONTHLY),
        method=Method.LEVEL,
        instalments=count,
        disbursed_on=date(2024, 1, 1),
    )
    return [(principal, interest) for principal, interest, *_ in schedule_parts(terms)]


def differing(loans: int, *, seed: int) -> list[int]:
    """The random loans of which a line of the arrays is not the scalar engine's."""
    draw = Random(seed)
    counts = np.array(sorted((draw.randrange(1, 85) for _ in range(loans)), reverse=True))
    principal = np.array([draw.randrange(100, 10**8) for _ in range(loans)])
    rate = np.array([draw.choice([0, draw.randrange(1, 360_000)]) for _ in range(loans)])
    built = level_by_month(principal, counts, rate=rate)
    found = []
    for at in range(loans):
        many = int(counts[at])
        exact = lines_of(int(principal[at]), many, millionths=int(rate[at]))
        mine = zip(built.principal[:many, at], built.interest[:many, at], strict=True)
        if [(int(a), int(b)) for a, b in mine] != exact:
            found.append(at)
    return found


class TestParity:
    def test_schedules_are_those_of_the_scalar_engine_to_the_fen(self):
        assert differing(400, seed=1) == []

    @pytest.mark.soak
    def test_schedules_of_a_million_loans_are(self):
        for seed in range(100):
            assert differing(10_000, seed=seed) == [], seed

    def test_a_book_that_always_pays_pays_its_schedules_to_the_fen(self):
        faithful = replace(TERMS, miss_base=0.0, miss_slope=0.0, miss_max=0.0)
        book = some_book(0, 300)
        calm = book.picked(np.flatnonzero((book.months_past_due == 0) & (book.cause.codes == 0)))
        outcome = simulated(calm, GRANTS, terms=faithful, months=MONTHS, seed=7)
        end, sorted_book = outcome.ends[0], outcome.book
        never_asked = np.setdiff1d(np.arange(len(calm)), outcome.asked.places)

        assert len(never_asked) > 200
        for at in never_asked.tolist():
            terms = int(sorted_book.term[at])
            lines = lines_of(
                int(sorted_book.principal[at]), terms, millionths=int(sorted_book.rate[at])
            )
            due = int(sorted_book.fallen_due[at])
            paid = lines[due : due + MONTHS]
            assert end.got_principal[at] == sum(line[0] for line in paid)
            assert end.got_interest[at] == sum(line[1] for line in paid)
            assert end.balance[at] == sum(line[0] for line in lines[due + MONTHS :])


class TestPlans:
    def test_are_worth_what_the_search_for_one_household_says(self):
        # No pause, nothing carried: then both reckon the same sum.
        debts = Debts(
            principal=np.array([5_000_000]), counts=np.array([24]), rate=np.array([120_000]),
            interest=np.array([0]), penalty=np.array([0]),
        )  # fmt: skip
        capacity = np.full((len(TERMS.menu), 1), 300_000)
        plans = option_grid(debts, TERMS.menu, capacity=capacity, curve=TERMS.curve)
        built = level_by_month(debts.principal, debts.counts, rate=debts.rate)
        month_later = np.zeros((1, 1), dtype=np.int64)
        dues = np.concatenate([month_later, built.instalment])
        principal = np.concatenate([month_later, built.principal])
        worth = expected_value(
            dues, principal, limits=np.full(25, 300_000), curve=BreakOff.of(common())
        )

        # The last instalment is a few fen lower than the others, and so its chance to break off.
        assert plans.worth[0, 0] == pytest.approx(worth[0], abs=2)

    def test_carry_what_is_overdue_and_paused_without_interest(self):
        # 10,000.00 at 12 %: a month is 100.00. Two paused months and 50.00 owed make 350.00 with
        # three; 24 instalments of it are 14.59 and the last one less.
        debts = Debts(
            principal=np.array([1_000_000]), counts=np.array([24]), rate=np.array([120_000]),
            interest=np.array([5_000]), penalty=np.array([700]),
        )  # fmt: skip
        plans = option_grid(
            debts, TERMS.menu, capacity=np.full((len(TERMS.menu), 1), 10**6), curve=TERMS.curve
        )
        menu = TERMS.menu
        row = int(
            np.flatnonzero((menu.extension == 0) & (menu.cut == 0) & (menu.pause == 3)
                           & menu.waives)[0]
        )  # fmt: skip

        assert plans.carried[row, 0] == 35_000
        assert plans.due[row, 0] == plans.level[row, 0] + 1_459
        assert plans.carried[row - 1, 0] == 35_700


def common():
    return POLICY.on(ON, product="consumer-level")


class TestGrant:
    def test_keeps_a_short_contract_to_twice_its_term_and_a_long_one_to_five_years(self):
        book = some_book(0, 2_000)
        outcome = simulated(book, GRANTS, terms=TERMS, months=MONTHS, seed=7)
        places = outcome.asked.places
        rows = outcome.asked.chosen[1]
        granted = rows >= 0
        later = (TERMS.menu.extension + TERMS.menu.pause)[rows[granted]]
        term = outcome.book.term[places][granted]

        assert granted.sum() > 30
        assert (term + later <= np.where(term <= 12, 2 * term, 60)).all()

    def test_waives_penalty_for_the_named_causes_only(self):
        outcome = simulated(some_book(0, 2_000), GRANTS, terms=TERMS, months=MONTHS, seed=7)
        asked, cause = outcome.asked, outcome.lives.cause
        words = [cause.names[code] for code in cause.codes[asked.places]]

        for row, word in zip(asked.chosen[1], words, strict=True):
            assert row < 0 or TERMS.menu.waives[row] == (word in GRANTS[1].waived_for)

    def test_fits_what_the_household_can_pay(self):
        outcome = simulated(some_book(0, 2_000), GRANTS, terms=TERMS, months=MONTHS, seed=7)
        for chosen in outcome.asked.chosen:
            columns = np.flatnonzero(chosen >= 0)
            assert outcome.asked.can_pay[chosen[columns], columns].all()

    def test_is_refused_by_a_name_nobody_knows(self):
        with pytest.raises(PolicyNotFound, match="known are baseline, relief"):
            grant_of("generous", on=ON, book=POLICY)


class TestSummaries:
    def test_of_two_books_add_to_that_of_both(self):
        parts = [tally_of(some_book(0, 700)), tally_of(some_book(700, 1_500))]

        assert added(parts) == tally_of(some_book(0, 1_500))

    def test_of_a_policy_against_itself_differ_in_nothing(self):
        tally = tally_of(some_book(0, 1_000), grants=(GRANTS[1], GRANTS[1]))

        assert tally["paired_squares/value"] == tally["paired_squares/cost"] == 0
        for name, value in tally.items():
            if name.startswith("A/"):
                assert tally["B/" + name.removeprefix("A/")] == value

    def test_account_for_every_fen_that_was_owed(self):
        tally = tally_of(some_book(0, 1_000))

        for arm in "AB":
            went = ("got_principal", "recovered", "lost", "left")
            assert sum(tally[f"{arm}/{name}"] for name in went) == tally["owed"]

    def test_count_plans_that_broke_up_and_never_down(self):
        tally = tally_of(some_book(0, 2_000))
        broke = [tally[f"B/failed/{age}"] / tally[f"B/seen/{age}"] for age in range(1, MONTHS)]

        assert broke[0] <= broke[2] <= broke[-1] + 0.1
        assert tally["B/seen/1"] == tally["B/approved"]


def running(book) -> Running:
    return Running(book=book, policy="baseline", against="relief", months=6, seed=7, on=ON)


@pytest.fixture(scope="module")
def books(tmp_path_factory):
    folder = tmp_path_factory.mktemp("books")
    for shards in (1, 2, 7):
        what = Making(loans=1_400, seed=7, shard=1_400 // shards, on=ON)
        make_book(what, out=folder / str(shards), policy=POLICY, threads=1, told=ignore)
    return folder


class TestSimulateBook:
    def test_is_the_same_for_one_two_and_seven_shards_and_any_threads(self, books, tmp_path):
        tallies = [
            simulate_book(running(books / str(shards)), out=tmp_path / str(shards), policy=POLICY,
                          runner=on_threads(threads), told=ignore).tally
            for shards, threads in ((1, 1), (2, 2), (7, 3))
        ]  # fmt: skip

        assert tallies[0] == tallies[1] == tallies[2]
        assert tallies[0]["loans"] == 1_400

    def test_goes_on_where_it_stopped(self, books, tmp_path):
        told = []

        def stop(loans: int) -> None:
            told.append(loans)
            if len(told) >= 4:
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            simulate_book(
                running(books / "7"), out=tmp_path, policy=POLICY, runner=on_threads(1), told=stop
            )
        finished = sorted((tmp_path / "parts").glob("*.json"))
        kept = [path.stat().st_mtime_ns for path in finished]
        done = simulate_book(
            running(books / "7"), out=tmp_path, policy=POLICY, runner=on_threads(2), told=ignore
        )

        assert len(finished) == 3
        assert kept == [path.stat().st_mtime_ns for path in finished]
        assert done.tally == load_run(tmp_path).tally
        whole = simulate_book(running(books / "1"), out=tmp_path / "whole", policy=POLICY,
                              runner=on_threads(1), told=ignore)  # fmt: skip
        assert done.tally == whole.tally

    def test_refuses_a_folder_of_another_book(self, books, tmp_path):
        simulate_book(
            running(books / "2"), out=tmp_path, policy=POLICY, runner=on_threads(1), told=ignore
        )

        with pytest.raises(AnotherRun, match="another parts:"):
            simulate_book(running(books / "7"), out=tmp_path, policy=POLICY, runner=on_threads(1),
                          told=ignore)  # fmt: skip

    def test_names_what_it_was_made_of(self, books, tmp_path):
        simulate_book(
            running(books / "1"), out=tmp_path, policy=POLICY, runner=on_threads(1), told=ignore
        )
        made_of = json.loads((tmp_path / "run.json").read_text())

        assert made_of["seed"] == 7
        assert made_of["against_digest"] == GRANTS[1].pack.digest
        assert list(made_of["parts"]) == ["part-000000.parquet"]


class TestPolicyFile:
    def test_a_file_says_what_a_pack_of_the_book_says(self, tmp_path):
        path = tmp_path / "mine.yaml"
        packs = POLICY.packs["portfolio/relief"]
        rows = [
            f"  {name.removeprefix('grant.')}: {{label: a, label_zh: b, unit: {one.unit}, "
            f"reference: c, confidence: D, values: {{2025-01-01: {as_yaml(one.values[-1][1])}}}}}"
            for name, one in packs.items()
        ]
        path.write_text("grant:\n" + "\n".join(rows) + "\n", encoding="utf-8")

        mine = grant_of(str(path), on=ON, book=POLICY)

        assert replace(mine, pack=GRANTS[1].pack, common=GRANTS[1].common) == GRANTS[1]


def as_yaml(value: object) -> str:
    if isinstance(value, Fraction):
        return f'"{value}"'
    return json.dumps(value, ensure_ascii=False)
