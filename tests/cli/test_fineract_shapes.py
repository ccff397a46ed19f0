"""Readers of the host's cases (cli/conformance/fineract*.py) on shapes that nobody published.

The cases of this repository are recombined: another frequency, day count, strategy, order, rate,
down payment or multiple, and steps of other cases. Whatever comes out, a reader says a difference
or refuses by name: anything else is a fault of ours.
"""

import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any, Final

import pytest

from tideover.cli.conformance.readers import READERS
from tideover.money import Refusal

OWN: Final = Path(__file__).resolve().parents[1] / "conformance"
SHAPES: Final[dict[str, list[Any]]] = {
    "every": [1, 2, 3, 7, 15, 30],
    "every_unit": ["DAYS", "WEEKS", "MONTHS", "YEARS"],
    "n": [1, 2, 5, 12],
    "rate_pct": ["0", "7", "36", "0.01"],
    "rate_per": ["YEAR", "MONTH", "3"],
    "interest_type": ["DECLINING_BALANCE", "FLAT"],
    "interest_period": ["DAILY", "SAME_AS_REPAYMENT_PERIOD"],
    "amortization": ["EQUAL_INSTALLMENTS", "EQUAL_PRINCIPAL"],
    "days_in_year": ["DAYS360", "DAYS364", "DAYS365", "ACTUAL"],
    "days_in_month": ["DAYS30", "ACTUAL"],
    "days_in_year_custom": [None, "FEB_29_PERIOD_ONLY"],
    "interest_recognition_on_disbursement_date": [True, False],
    "schedule_type": ["PROGRESSIVE", "CUMULATIVE"],
    "schedule_processing": ["HORIZONTAL", "VERTICAL"],
    "decimals": [0, 2, 3],
    "emi_multiple_of": ["0", "1", "10"],
    "down_payment": [None, {"pct": "25", "auto": True}, {"pct": "33.3", "auto": False}],
    "full_term_tranche": [True, False],
    "allow_partial_period_interest": [True, False],
    "repayment_start": ["DISBURSEMENT_DATE", "SUBMITTED_ON_DATE"],
    "strategy": [
        "ADVANCED_PAYMENT_ALLOCATION",
        "PENALTIES_FEES_INTEREST_PRINCIPAL_ORDER",
        "INTEREST_PRINCIPAL_PENALTIES_FEES_ORDER",
        "PRINCIPAL_INTEREST_PENALTIES_FEES_ORDER",
        "DUE_PENALTY_FEE_INTEREST_PRINCIPAL_IN_ADVANCE_PRINCIPAL_PENALTY_FEE_INTEREST",
        "DUE_PENALTY_INTEREST_PRINCIPAL_FEE_IN_ADVANCE_PENALTY_INTEREST_PRINCIPAL_FEE",
    ],
    "recalculation": [
        None,
        {"rest": "DAILY", "preclose": "TILL_PRE_CLOSE_DATE"},
        {"rest": "SAME_AS_REPAYMENT", "preclose": "TILL_REST_FREQUENCY_DATE"},
        {"rest": "DAILY", "preclose": "TILL_REST_FREQUENCY_DATE", "no_interest_on_past_due": True},
    ],
}
_PARTS: Final = ["PENALTY", "FEE", "PRINCIPAL", "INTEREST"]


def own_cases(*, named: str) -> Iterator[tuple[str, dict[str, Any]]]:
    for file in sorted(OWN.glob(f"fineract_{named}.jsonl")):
        for line in file.read_text(encoding="utf-8").splitlines()[1:]:
            yield file.stem, json.loads(line, parse_float=Decimal)


STEPS: Final = [case for case in own_cases(named="*") if "steps" in case[1]]
OTHERS: Final = [case for case in own_cases(named="*") if "steps" not in case[1]]


def reshaped(case: dict[str, Any], random: Random) -> dict[str, Any]:
    """The case with up to four of its terms exchanged, and an order of allocation of its own."""
    terms = dict(case["terms"])
    for name in random.sample(sorted(SHAPES), random.randint(0, 4)):
        terms[name] = random.choice(SHAPES[name])
    if terms.get("allocation") and random.random() < 0.5:
        parts = random.sample(_PARTS, 4)
        order = [f"{due}_{part}" for due in ("PAST_DUE", "DUE", "IN_ADVANCE") for part in parts]
        future = random.choice(["NEXT", "LAST", "NEXT_LAST"]) + "_INSTALLMENT"
        future = random.choice([future, "REAMORTIZATION"])
        terms["allocation"] = [{"type": "DEFAULT", "future": future, "order": order}]
    return {**case, "terms": terms}


def recombined(random: Random) -> tuple[str, dict[str, Any]]:
    """A case with some steps left out, and some of another put in."""
    name, case = random.choice(STEPS)
    steps = [step for step in case["steps"] if random.random() > 0.1]
    _, other = random.choice(STEPS)
    done = [step for step in other["steps"] if not step["op"].startswith("expect")]
    for step in random.sample(done, min(3, len(done))):
        steps.insert(random.randint(1, len(steps)), step)
    tables = [step for step in steps if step["op"] == "expect_schedule"][-1:]
    kept = [step for step in steps if not step["op"].startswith("expect")]
    return name, reshaped({**case, "steps": [*kept, *tables]}, random)


def faults(seed: int, count: int) -> list[str]:
    """What went wrong other than by name."""
    random, found = Random(seed), []
    for number in range(count):
        name, case = recombined(random) if number % 3 else random.choice(OTHERS)
        case = case if number % 3 else reshaped(case, random)
        try:
            READERS[name](case)
        except Refusal:
            continue
        except Exception as fault:  # noqa: BLE001 - whatever it is, it is what we look for
            found.append(f"{name} {case['id']} (seed {seed}, number {number}): {fault!r}")
    return found


class TestRecombinedCases:
    def test_differ_or_are_refused_by_name(self):
        assert faults(1, 150) == []

    @pytest.mark.soak
    @pytest.mark.parametrize("seed", range(2, 42))
    def test_differ_or_are_refused_by_name_for_a_long_time(self, seed: int):
        assert faults(seed, 500) == []


class TestWhatNobodyHereKnows:
    """Neither a step, nor a term, nor a setting is passed over in silence."""

    @pytest.mark.parametrize(
        ("step", "words"),
        [
            ({"op": "write_off", "date": "2024-02-01"}, "cannot do write_off"),
            ({"op": "charge", "kind": "LOAN_TIP", "date": "2024-02-01"}, "cannot charge LOAN_TIP"),
            (
                {"op": "pay", "kind": "BARTER", "amount": "1", "date": "2024-02-01"},
                "cannot pay BARTER",
            ),
            ({"op": "reschedule", "rescheduleFromDate": "2024-02-01"}, "cannot reschedule"),
            ({"op": "undo_reage"}, "no ReAged to undo"),
            ({"op": "undo_pay", "date": "1999-01-01"}, "nothing of 1999-01-01 to undo"),
        ],
    )
    def test_a_step_is_named(self, step, words):
        name, case = STEPS[0]

        found = READERS[name]({**case, "steps": [*case["steps"][:1], step]})

        assert words in found.difference

    @pytest.mark.parametrize(
        ("terms", "words"),
        [
            ({"grace_principal": 2}, "terms: cannot follow grace_principal 2"),
            ({"grace_interest": 1}, "terms: cannot follow grace_interest 1"),
            ({"interest_free": 3}, "terms: cannot follow interest_free 3"),
            (
                {"recalculation": {"compounding": "INTEREST", "rest": "DAILY"}},
                "terms: cannot follow compounding INTEREST",
            ),
        ],
    )
    @pytest.mark.parametrize("kind", ["steps", "triples"])
    def test_a_term_is_named(self, kind, terms, words):
        cases = STEPS if kind == "steps" else list(own_cases(named="steps_triples"))
        name, case = next(one for one in cases if one[1]["terms"]["schedule_type"] == "PROGRESSIVE")

        found = READERS[name]({**case, "terms": {**case["terms"], **terms}})

        assert found.difference == words

    def test_a_term_of_a_schedule_built_once_is_named_where_it_is_not_followed(self):
        name, case = next(own_cases(named="origination"))

        found = READERS[name]({**case, "terms": {**case["terms"], "interest_free": 1}})

        assert found == "terms: cannot follow interest_free 1"

    def test_a_setting_is_named_where_the_figures_differ(self):
        name, case = next(one for one in STEPS if one[1]["steps"][-1]["op"].startswith("expect"))
        setting = {"op": "config", "key": "rounds-like-nobody", "value": "enabled"}
        wrong = {"op": "expect_outstanding", "amount": "0.007"}

        agrees = READERS[name]({**case, "steps": [setting, *case["steps"]]})
        differs = READERS[name]({**case, "steps": [setting, *case["steps"], wrong]})

        assert agrees.difference == READERS[name](case).difference
        assert differs.difference.endswith("; not followed: rounds-like-nobody")

    def test_a_rule_for_payments_that_nobody_makes_is_no_matter(self):
        name, case = next(one for one in STEPS if one[1]["terms"].get("allocation"))
        rule = {**case["terms"]["allocation"][0], "type": "CHARGE_ADJUSTMENT"}
        terms = {**case["terms"], "allocation": [*case["terms"]["allocation"], rule]}

        assert READERS[name]({**case, "terms": terms}) == READERS[name](case)
