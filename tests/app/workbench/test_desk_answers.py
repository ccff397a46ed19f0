"""The borrower's answers as an agent reads them."""

import pytest
from django.utils import translation

from tideover.app.workbench.pages.answers import Row, answer_groups

SECTIONS = {
    "cause": {
        "cause": "job_loss",
        "since": "2026-10-09",
        "expects_recovery_on": None,
        "note": "裁员",
    },
    "income": {
        "items": [
            {"name": "", "kind": "benefit", "monthly": "900.00", "until": "2027-03-31"},
            {"name": "超市", "kind": "wage", "monthly": "4200.00", "until": None},
        ]
    },
    "outgoings": {
        "adults": 2,
        "children": 1,
        "items": [{"category": "housing", "monthly": "1800.00"}],
        "debts": [{"creditor": "房东", "monthly": "200.00", "is_priority": True}],
    },
    "wish": {"kind": "pause", "monthly": None, "pause_months": 3, "note": ""},
}


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def rows(section: str) -> dict[str, str]:
    (group,) = answer_groups(SECTIONS, only=(section,))
    return {row.label: row.value.replace("\u00a0", " ") for row in group.rows}


class TestAnswerGroups:
    def test_leave_out_what_was_not_answered(self):
        assert "Expects better times from" not in rows("cause")

    def test_name_an_income_by_its_kind_when_it_has_no_name(self):
        assert rows("income") == {
            "Benefits": "¥900.00, until 31 Mar 2027",
            "超市": "¥4,200.00",
        }

    def test_say_that_there_is_no_income_rather_than_nothing(self):
        (group,) = answer_groups({"income": {"items": []}, "wish": {}}, only=("income", "wish"))

        assert group.rows == (Row("Income", "none"),)

    def test_tell_priority_debts_apart(self):
        assert rows("outgoings")["Debt: 房东"] == "¥200.00, priority"

    def test_follow_the_reader(self):
        with translation.override("zh-hans"):
            (group,) = answer_groups(SECTIONS, only=("wish",))

        assert group.rows[0] == Row("想法", "先停一停")

    def test_show_a_code_that_nobody_knows_as_it_is(self):
        (group,) = answer_groups({"cause": {"cause": "meteor"}}, only=("cause",))

        assert group.rows == (Row("Cause", "meteor"),)
