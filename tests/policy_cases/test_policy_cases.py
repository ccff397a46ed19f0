"""Runs every case of the YAML files beside it: one test a case, named by its sentence."""

from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import yaml

from factories import card, paid_until, weilidai, yuan
from tideover.affordability import (
    Household,
    Income,
    IncomeKind,
    OtherDebt,
    Outgoing,
    OutgoingCategory,
)
from tideover.loan import DailyRate, LoanTerms
from tideover.money import Money
from tideover.offers import Offer, OfferRequest, OfferSet, Wish, find_offers
from tideover.policy import load_book

FOLDER = Path(__file__).parent
CASES = [
    case
    for path in sorted(FOLDER.glob("*.yaml"))
    for case in yaml.safe_load(path.read_text(encoding="utf-8"))
]
CASE_KEYS = {"name", "day", "loan", "household", "wish", "expect"}
EXPECT_KEYS = {"capacity", "codes", "offers"}


def loan_of(loan: Mapping[str, Any]) -> LoanTerms:
    shared = {
        "principal": yuan(loan["principal"]),
        "instalments": loan["instalments"],
        "disbursed_on": loan["disbursed"],
    }
    if loan["product"] == "card-instalment":
        return card(fee_rate=Fraction(loan["fee_rate"]), **shared)
    return weilidai(rate=DailyRate.parse(loan["daily_rate"]), **shared)


def household_of(home: Mapping[str, Any]) -> Household:
    return Household(
        incomes=tuple(
            Income(
                name=one.get("name", "收入"), kind=IncomeKind.WAGE, monthly=yuan(one["monthly"]),
                since=one.get("from"), until=one.get("until"),
            )
            for one in home["income"]
        ),
        outgoings=tuple(
            Outgoing(category=OutgoingCategory(category), monthly=yuan(monthly))
            for category, monthly in home["outgoings"].items()
        ),
        other_debts=tuple(
            OtherDebt(
                creditor=one["creditor"], monthly=yuan(one["monthly"]),
                is_priority=one.get("priority", False),
            )
            for one in home.get("debts", ())
        ),
    )  # fmt: skip


def answer(case: Mapping[str, Any]) -> OfferSet:
    loan, wish = case["loan"], case.get("wish", {})
    terms = loan_of(loan)
    return find_offers(
        OfferRequest(
            loan_reference="CASE",
            terms=terms,
            events=paid_until(terms, instalments=loan["paid"]),
            on=case["day"],
            household=household_of(case["household"]),
            parameters=load_book().on(case["day"], product=loan["product"]),
            wish=Wish(
                monthly=yuan(wish["monthly"]) if "monthly" in wish else None,
                pause_months=wish.get("pause_months"),
            ),
        )
    )


def shown(offer: Offer, field: str) -> Any:
    """A figure of an offer as a case writes it."""
    value = {
        "legal_form": offer.proposal.legal_form.value,
        "waived": offer.waived.total,
    }.get(field, getattr(offer, field, None))
    return value.text if isinstance(value, Money) else value


def check_offer(offer: Offer, expected: Mapping[str, Any]) -> None:
    for field, value in expected.items():
        if field == "rules":
            said = {one.rule: "passed" if one.passed else "stopped" for one in offer.verdicts}
            assert {name: said[name] for name in value} == value
        else:
            assert (field, shown(offer, field)) == (field, value)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
class TestPolicyCases:
    def test_is_answered_as_policy_says(self, case):
        found = answer(case)
        expect = case["expect"]

        if "capacity" in expect:
            assert found.capacity[0].capacity.text == expect["capacity"]
        if "codes" in expect:
            assert [refused.code for refused in found.refused] == expect["codes"]
        for key, expected in expect.get("offers", {}).items():
            offer = found.offer(key)
            if expected == "none":
                assert offer is None, f"{key} was offered"
            else:
                assert offer is not None, f"{key} was not offered"
                check_offer(offer, expected)

    def test_says_nothing_that_would_not_be_checked(self, case):
        assert set(case) <= CASE_KEYS
        assert set(case["expect"]) <= EXPECT_KEYS


class TestReadMe:
    def test_names_every_key_a_case_may_have(self):
        text = (FOLDER / "README.md").read_text(encoding="utf-8")

        assert all(f"`{key}`" in text for key in CASE_KEYS | EXPECT_KEYS)
