"""Who gets what of a month: joint/sharing.py."""

import pytest

from tideover.offers.joint import find_plans
from tideover.offers.plan_file import read_plan

FILE = """\
as_of: 2026-11-23
income: [{{name: wage, monthly: {income}}}]
outgoings: [{{category: housing, monthly: 3000}}]
debts:
  - {{name: landlord, balance: 900, monthly_payment: 300, priority: true}}
  - {{name: bank, balance: 20000, monthly_payment: 600}}
  - name: loan
    product: weilidai
    daily_rate: 0.0004
    principal: 10000
    disbursed: 2026-08-03
    instalments: 10
    payments: [{{on: 2026-09-03, amount: 1124.00}}, {{on: 2026-10-03, amount: 1108.00}}]
"""


def shares(income):
    answer = find_plans(read_plan(FILE.format(income=income), name="home.yaml").request)
    return {one.name: (one.amount.text, one.is_token) for one in answer.shares}


class TestCreditorShares:
    @pytest.mark.parametrize(
        ("income", "expected"),
        [
            # 6,000 − 3,000 − 300 = 2,700, 200 kept: 2,500 pay 600 and 1,099.20 in full.
            ("6000", {"landlord": "300.00", "bank": "600.00", "loan": "1099.20"}),
            # 4,300 − 3,300 = 1,000, 100 kept: 900 × 600 ÷ 1,699.20 = 317.80, the rest 582.20.
            ("4300", {"landlord": "300.00", "bank": "317.80", "loan": "582.20"}),
        ],
    )
    def test_pay_priority_first_and_lenders_in_proportion(self, income, expected):
        found = shares(income)

        assert {name: amount for name, (amount, _) in found.items()} == expected
        assert not any(is_token for _, is_token in found.values())

    def test_offer_every_lender_a_token_when_nothing_is_left(self):
        assert shares("3200") == {
            # 200 are left for the landlord, who comes first.
            "landlord": ("200.00", False), "bank": ("1.00", True), "loan": ("1.00", True),
        }  # fmt: skip

    def test_offer_no_token_to_a_priority_creditor(self):
        assert shares("2900")["landlord"] == ("0.00", False)
