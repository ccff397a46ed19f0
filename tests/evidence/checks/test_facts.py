from datetime import date

import pytest

from pieces import read
from tideover.evidence import Facts, Weight
from tideover.evidence.checks import disagreements, outcome_of
from tideover.evidence.checks.findings import Outcome

AS_OF = date(2026, 3, 20)
FACTS = Facts(
    as_of=AS_OF,
    date_from=date(2026, 1, 1),
    date_to=AS_OF,
    name="演示·张三",
    id_number="99010119900307231X",
)


def certificate(*, name="演示·张三", number="99010119900307231X", day="2026-03-05", sure=1000):
    return read(
        "诊断证明书",
        f"姓名：{name}",
        f"身份证号：{number}",
        "诊断：肺炎",
        f"日期：{day}",
        sure=sure,
    )


def found(document, facts=FACTS):
    return [(finding.code, finding.weight) for finding in disagreements(document, facts)]


class TestDisagreements:
    def test_are_none_when_all_agrees(self):
        assert found(certificate()) == []
        assert found(certificate(name="演示张三")) == []

    @pytest.mark.parametrize(
        ("changed", "code"),
        [
            ({"name": "演示·李四"}, "name-differs"),
            ({"number": "990101198003072315"}, "id-differs"),
            ({"day": "2026-04-05"}, "issued-in-the-future"),
            ({"day": "2025-12-31"}, "issued-too-early"),
        ],
    )
    def test_name_what_differs(self, changed, code):
        assert found(certificate(**changed)) == [(code, Weight.CONTRADICTION)]

    def test_a_number_that_fails_its_own_check_is_one_without_any_facts(self):
        document = certificate(number="990101199003072316")

        assert found(document, Facts(as_of=AS_OF)) == [("id-check-fails", Weight.CONTRADICTION)]

    def test_one_unsure_letter_is_a_question_and_no_contradiction(self):
        document = certificate(number="990101199003072316", sure=900)

        assert found(document) == [("id-unclear", Weight.UNREAD)]

    def test_say_where_and_what_would_settle_it(self):
        finding = next(disagreements(certificate(name="演示·李四"), FACTS))

        assert finding.where is not None
        assert "演示·李四" in finding.why.en
        assert finding.settles.zh


class TestOutcomes:
    """`findings`: what they come to, never a verdict."""

    def test_nothing_found_is_verified(self):
        assert outcome_of(()) is Outcome.VERIFIED

    def test_a_contradiction_is_contradicted(self):
        findings = tuple(disagreements(certificate(day="2027-01-01"), FACTS))

        assert outcome_of(findings) is Outcome.CONTRADICTED

    def test_what_could_not_be_read_is_unverifiable(self):
        findings = tuple(disagreements(certificate(name="演示·张主", sure=800), FACTS))

        assert outcome_of(findings) is Outcome.UNVERIFIABLE
