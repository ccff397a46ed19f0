"""Readers of the host's cases (cli/conformance/fineract*.py): how many of each class agree."""

import json
from pathlib import Path

import pytest

from tideover.cli.conformance.fineract_rules import rules_of
from tideover.cli.conformance.fineract_tables import DROPPED
from tideover.cli.main import main
from tideover.loan import Component
from tideover.loan.progressive import Due, Future, Kind

SHARED = Path(__file__).resolve().parents[3] / "shared" / "conformance"

#: What must agree of each class, in percent; expected misses (`DROPPED`) agree.
AT_LEAST = {
    "fineract_alloc_triples": 100,
    "fineract_charges": 90,
    "fineract_contract_termination": 85,
    "fineract_interest_pause": 100,
    "fineract_reage": 85,
    "fineract_reage_triples": 90,
    "fineract_reamortize": 95,
    "fineract_repayment": 93,
    "fineract_reschedule_adjustedDueDate": 100,
    "fineract_reschedule_extraTerms": 100,
    "fineract_reschedule_graceOnInterest": 100,
    "fineract_reschedule_newInterestRate": 89,
    "fineract_steps_triples": 97,
    "fineract_undo_reprocess": 100,
}


@pytest.mark.skipif(not SHARED.exists(), reason="the shared cases are not beside this clone")
class TestSharedCases:
    @pytest.mark.parametrize("case_class", sorted(AT_LEAST))
    def test_agree_as_far_as_they_ever_did(self, capsys, case_class: str):
        main(["conformance", "--json", str(SHARED / f"{case_class}.jsonl")])

        found = json.loads(capsys.readouterr().out)
        expected = [miss for miss in found["failures"] if miss["difference"].endswith(DROPPED)]
        agreed = found["total"]["passed"] + len(expected)
        assert 100 * agreed >= AT_LEAST[case_class] * found["total"]["total"]


STATED = {
    "schedule_type": "PROGRESSIVE",
    "interest_type": "DECLINING_BALANCE",
    "interest_period": "DAILY",
    "rate_pct": "7",
    "strategy": "ADVANCED_PAYMENT_ALLOCATION",
    "allow_partial_period_interest": False,
}


def stated_rule(order: list[str]) -> dict[str, object]:
    rule = {"type": "DEFAULT", "future": "NEXT_INSTALLMENT", "order": order}
    return {**STATED, "allocation": [rule]}


class TestRulesOf:
    def test_read_when_a_payment_falls_and_what_it_pays(self):
        rules = rules_of(stated_rule(["PAST_DUE_PENALTY", "DUE_FEE", "IN_ADVANCE_INTEREST"]))

        assert rules.allocation(Kind.PAYMENT).order == (
            (Due.PAST_DUE, Component.PENALTY),
            (Due.DUE, Component.FEE),
            (Due.IN_ADVANCE, Component.INTEREST),
        )

    def test_share_a_merchants_refund_unless_interest_comes_first(self):
        shared = rules_of(stated_rule(["PAST_DUE_PENALTY"]))
        last = rules_of(stated_rule(["PAST_DUE_INTEREST"]))

        assert shared.allocation(Kind.MERCHANT_REFUND).future is Future.SHARED
        assert last.allocation(Kind.MERCHANT_REFUND).future is Future.LAST

    def test_change_where_payments_in_advance_go_and_keep_the_order(self):
        stated = stated_rule(["PAST_DUE_PENALTY"])

        rules = rules_of(stated, overrides={"DEFAULT": "LAST_INSTALLMENT"})

        assert rules.allocation(Kind.PAYMENT).future is Future.LAST
        assert rules.allocation(Kind.PAYMENT).order == ((Due.PAST_DUE, Component.PENALTY),)

    def test_spell_an_older_strategy_out(self):
        stated = {**STATED, "schedule_type": "CUMULATIVE"}
        stated["strategy"] = "DUE_PENALTY_INTEREST_IN_ADVANCE_PRINCIPAL_FEE"

        order = rules_of(stated).allocation(Kind.PAYMENT).order

        assert order == (
            (Due.PAST_DUE, Component.PENALTY),
            (Due.PAST_DUE, Component.INTEREST),
            (Due.DUE, Component.PENALTY),
            (Due.DUE, Component.INTEREST),
            (Due.IN_ADVANCE, Component.PRINCIPAL),
            (Due.IN_ADVANCE, Component.FEE),
        )
