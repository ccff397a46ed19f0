import json

import pytest
from evidence_page import certificate

from tideover.cli.main import main

FACTS = {"as_of": "2026-03-20", "date_from": "2026-01-01", "date_to": "2026-03-20"}


@pytest.fixture
def inspected(tmp_path, capsys):
    """The record that the command prints for a file and the facts of a case."""

    def run(content, name="letter.pdf", *, facts=(), store=None):
        file, told = tmp_path / name, tmp_path / "facts.json"
        file.write_bytes(content)
        told.write_text(json.dumps(FACTS | dict(facts)), encoding="utf-8")
        more = ["--store", str(tmp_path / store)] if store else []
        code = main(["evidence", "inspect", str(file), "--json", "--facts", str(told), *more])
        return code, json.loads(capsys.readouterr().out)

    return run


class TestInspect:
    def test_prints_what_a_document_says_and_where(self, inspected):
        code, record = inspected(certificate())

        assert code == 0
        assert record["kind"] == "diagnosis_certificate"
        assert (record["outcome"], record["suspicious"]) == ("verified", False)
        assert record["fields"]["name"]["value"] == "Anna Demo"
        assert record["fields"]["issue_date"]["value"] == "2026-03-05"
        assert record["fields"]["name"]["where"]["page"] == 1
        assert record["findings"] == []

    def test_prints_where_why_and_what_would_settle_a_finding(self, inspected):
        _, record = inspected(certificate(), facts={"name": "Berta Demo"})

        assert (record["outcome"], record["suspicious"]) == ("contradicted", True)
        finding = record["findings"][0]
        assert finding["code"] == "name-differs"
        assert {"where", "why", "sure", "settles"} <= finding.keys()

    def test_remembers_documents_across_calls_by_case(self, inspected):
        _, first = inspected(certificate(), facts={"case": "HC-1"}, store="seen")
        _, again = inspected(certificate(), facts={"case": "HC-1"}, store="seen")
        _, other = inspected(certificate(), facts={"case": "HC-2"}, store="seen")

        assert [record["suspicious"] for record in (first, again, other)] == [False, False, True]
        assert [finding["code"] for finding in other["findings"]] == ["same-file-elsewhere"]

    def test_refuses_by_name_what_it_cannot_read(self, inspected):
        code, record = inspected(b"", "empty.jpg")

        assert (code, record["refused"]) == (1, "file-empty")

    def test_refuses_facts_that_are_none(self, tmp_path, capsys):
        file, told = tmp_path / "a.pdf", tmp_path / "facts.json"
        file.write_bytes(certificate())
        told.write_text("[1]", encoding="utf-8")

        assert main(["evidence", "inspect", str(file), "--facts", str(told)]) != 0
        assert "the facts in" in "".join(capsys.readouterr())
