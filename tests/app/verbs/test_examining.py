"""Reading evidence after upload, comparing it across cases, asking who issued it."""

import lender as story
import pytest
from slips import wage_slip

from tideover.app.db.models import (
    Case,
    DocumentMark,
    EvidenceFile,
    EvidenceReading,
    FigureLink,
    IssuerCheck,
    LogEvent,
)
from tideover.app.verbs import application, assessment, evidence_files, examining
from tideover.app.verbs.reading.fields import FieldMissing, NotAChoice
from tideover.app.verbs.refusals import NotFound

pytestmark = pytest.mark.django_db


@pytest.fixture
def number(lender) -> str:
    return story.applied(lender)


def attached(lender, number: str, content: bytes) -> EvidenceFile:
    return story.attach(lender, number, content=content, key="slip")


def reading_of(file: EvidenceFile) -> EvidenceReading:
    return EvidenceReading.objects.get(evidence=file)


class TestReadWaiting:
    def test_reads_each_file_once_and_keeps_what_it_says(self, lender, number):
        file = attached(lender, number, wage_slip())

        read = [examining.read_waiting(), examining.read_waiting()]

        report = examining.report_of(Case.objects.get(number=number), file.pk)
        assert read[0] >= 1
        assert read[1] == 0
        assert report is not None
        assert report.kind == "wage_slip"
        assert report.value("net") == "5000.00"
        # 6,000.00 less 1,000.00 is 5,000.00: the sums agree; the name is not the case's.
        assert [one.code for one in report.findings if one.weight == "contradiction"] == [
            "name-differs"
        ]
        row = EvidenceReading.objects.filter(evidence=file).values().get()
        assert b"6000" not in bytes(row["record"].envelope)  # no word of it lies in the open
        assert DocumentMark.objects.exists()

    def test_finds_a_sum_that_does_not_come_out_and_says_where(self, lender, number):
        file = attached(lender, number, wage_slip(net="5200.00"))
        examining.read_waiting()

        report = examining.report_of(Case.objects.get(number=number), file.pk)

        assert report is not None
        odd = next(one for one in report.findings if one.code == "net-does-not-follow")
        assert odd.where is not None
        assert odd.where.page == 1
        assert report.is_suspicious

    def test_finds_the_same_paper_in_another_borrowers_case(self, lender, number):
        attached(lender, number, wage_slip(name="Anna Sample"))
        examining.read_waiting()
        other = of_the_stranger(lender, wage_slip(name="Otto Sample"))
        examining.read_waiting()

        assert "nearly-the-same-elsewhere" in {
            one["code"] for one in reading_of(other).record["findings"]
        }

    def test_gives_up_on_a_file_that_its_reader_dies_over(self, lender, number):
        file = attached(lender, number, wage_slip())
        EvidenceReading.objects.create(evidence=file, tries=3)

        others = EvidenceFile.objects.exclude(pk=file.pk).count()

        assert examining.read_waiting() == others

    def test_leaves_a_file_alone_that_was_taken_away(self, lender, number):
        file = attached(lender, number, wage_slip())
        evidence_files.remove(lender.borrower, number, file.pk, key="r")

        examining.read_waiting()

        assert not EvidenceReading.objects.filter(evidence=file).exists()


class TestLinkFigure:
    def test_ties_a_figure_to_an_answer_and_tells_the_log(self, lender):
        number, file = claimed_with_slip(lender)

        for _ in range(2):
            examining.link_figure(
                lender.agent, number, file.pk, field="net", answer="income.items.0", key="k"
            )

        link = FigureLink.objects.get()
        assert (link.answer, link.value, link.page) == ("income.items.0", "5000.00", 1)
        assert LogEvent.objects.filter(kind="evidence.figure.linked").count() == 1

    def test_refuses_what_is_no_figure_no_answer_and_no_agent(self, lender):
        number, file = claimed_with_slip(lender)

        for field, answer in (("name", "income.items.0"), ("net", "income.items.9"), ("", "")):
            with pytest.raises((NotAChoice, FieldMissing)):
                examining.link_figure(
                    lender.agent, number, file.pk, field=field, answer=answer, key="k"
                )
        with pytest.raises(NotFound):
            examining.link_figure(
                lender.borrower.account, number, file.pk, field="net", answer="x", key="k"
            )


class TestRecordAnswer:
    def test_keeps_what_was_said_and_only_adds(self, lender):
        number, file = claimed_with_slip(lender, is_read=False)

        for answer in ("not-reached", "confirmed"):
            examining.record_answer(
                lender.agent, number, file.pk, answer=answer, asked_through="12345 转人工",
                note="张女士", key=answer,
            )  # fmt: skip

        told = examining.issuer_answers(Case.objects.get(number=number), file.pk)
        assert [one.answer for one in told] == ["not-reached", "confirmed"]
        assert LogEvent.objects.filter(kind="evidence.issuer.answered").count() == 2
        assert not LogEvent.objects.filter(body__contains="张女士".encode()).exists()

    def test_needs_to_know_who_was_asked(self, lender):
        number, file = claimed_with_slip(lender, is_read=False)

        with pytest.raises(FieldMissing):
            examining.record_answer(
                lender.agent, number, file.pk, answer="confirmed", asked_through=" ", note="",
                key="k",
            )  # fmt: skip
        assert not IssuerCheck.objects.exists()


def claimed_with_slip(lender, *, is_read: bool = True) -> tuple[str, EvidenceFile]:
    number = story.applied(lender)
    file = attached(lender, number, wage_slip())
    application.submit(lender.borrower, number, key="submit")
    version = story.version(lender, number)
    assessment.claim(lender.agent, number, version=version, key="claim")
    if is_read:
        examining.read_waiting()
    return number, file


def of_the_stranger(lender, content: bytes) -> EvidenceFile:
    case = application.open_case(lender.stranger, "WLD-0002", key="open")
    cause = story.SECTIONS["cause"]
    application.save_section(lender.stranger, case.number, "cause", cause, key="cause")
    return evidence_files.attach(
        lender.stranger, case.number, need="termination_letter", name="slip", content=content,
        key="slip",
    )  # fmt: skip
