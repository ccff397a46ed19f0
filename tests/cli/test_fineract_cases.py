"""Readers of the host's cases (cli/conformance/fineract*.py): how many of each class agree."""

import json
from pathlib import Path

import pytest

from tideover.cli.conformance.fineract_rules import rules_of
from tideover.cli.main import main
from tideover.loan import Component
from tideover.loan.progressive import Allocation, Due, Future, Kind, Remainder

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared" / "conformance"
MISSES = ROOT / "docs" / "reference" / "conformance.md"

#: How many of each class agree, of how many. What is missed, and why, is in
#: docs/reference/conformance.md.
PINNED = {
    "fineract_alloc_triples": (124, 124),
    "fineract_charges": (38, 41),
    "fineract_contract_termination": (18, 18),
    "fineract_interest_pause": (12, 12),
    "fineract_origination": (102, 103),
    "fineract_reage": (102, 106),
    "fineract_reage_triples": (39, 41),
    "fineract_reamortize": (26, 27),
    "fineract_repayment": (72, 77),
    "fineract_reschedule_adjustedDueDate": (8, 8),
    "fineract_reschedule_extraTerms": (5, 5),
    "fineract_reschedule_graceOnInterest": (1, 1),
    "fineract_reschedule_newInterestRate": (18, 19),
    "fineract_steps_triples": (78, 79),
    "fineract_undo_reprocess": (9, 9),
}
#: Classes in which the host drops remainders of split interest, and in how many cases.
NOT_CONSERVED = {"fineract_reamortize": 11, "fineract_reage_triples": 4}


@pytest.mark.skipif(not SHARED.exists(), reason="the shared cases are not beside this clone")
class TestSharedCases:
    @pytest.mark.parametrize("case_class", sorted(PINNED))
    def test_agree_exactly_as_often_as_the_docs_say(self, capsys, case_class: str):
        main(["conformance", "--json", str(SHARED / f"{case_class}.jsonl")])

        found = json.loads(capsys.readouterr().out)
        passed, total = PINNED[case_class]
        assert found["total"] == {"passed": passed, "total": total}
        assert len(found["not_conserved"]) == NOT_CONSERVED.get(case_class, 0)
        page = MISSES.read_text(encoding="utf-8")
        assert [miss["id"] for miss in found["failures"] if miss["id"] not in page] == []


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

    def test_send_a_merchants_refund_where_its_product_does(self):
        shared = rules_of(stated_rule(["PAST_DUE_PENALTY"]))
        spread = rules_of(stated_rule(["PAST_DUE_PENALTY"]), gives_back=True)
        last = rules_of(stated_rule(["PAST_DUE_INTEREST"]))

        found = [rules.allocation(Kind.MERCHANT_REFUND) for rules in (shared, spread, last)]
        assert [one.future for one in found] == [Future.SHARED, Future.NEXT, Future.LAST]
        assert {one.order for one in found} == {Allocation().order}

    def test_drop_remainders_as_their_host_does_unless_its_schedule_is_built_once(self):
        built = {**STATED, "schedule_type": "CUMULATIVE"}

        assert rules_of(STATED).remainder is Remainder.DROPPED
        assert rules_of(built).remainder is Remainder.LAST_ROW

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
