import sys
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import lender as story
import pytest
from PIL import Image

from tideover.app import files
from tideover.app.db.models import Case, EvidenceFile
from tideover.app.verbs import application, assessment, evidence_files
from tideover.app.verbs.case.rows import evidence_context
from tideover.app.verbs.reading.fields import NotAChoice
from tideover.app.verbs.refusals import NotFound
from tideover.cases import CommandNotAllowed
from tideover.evidence import EmptyFile, FileRefused, NoRoomLeft, NotWhatItSays, TooLarge

# The files that must not pass are made beside their own tests.
sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "hostile"))
from crossings import CROSSINGS


def photo(colour: str = "white") -> bytes:
    stream = BytesIO()
    Image.new("RGB", (40, 30), colour).save(stream, "JPEG")
    return stream.getvalue()


@pytest.fixture
def number(lender):
    return application.open_case(lender.borrower, story.REFERENCE, key="open").number


class TestAttach:
    def test_keeps_what_the_file_is_not_what_it_is_called(self, lender, number):
        kept = evidence_files.attach(
            lender.borrower,
            number,
            need="termination_letter",
            name="../照片.png",
            content=photo(),
            key="photo",
        )

        assert (kept.media_type, kept.name, kept.status) == ("image/jpeg", "照片.png", "received")
        assert evidence_files.content(lender.borrower.account, number, kept.pk) == (
            "image/jpeg",
            photo(),
        )

    def test_takes_the_same_bytes_once(self, lender, number):
        one = story.attach(lender, number, content=photo(), key="one")
        two = story.attach(lender, number, content=photo(), key="two")

        assert one == two
        assert EvidenceFile.objects.count() == 1

    @pytest.mark.parametrize(
        ("name", "content", "refusal"),
        [
            ("empty.jpg", b"", EmptyFile),
            ("page.pdf", b"<html><script>alert(1)</script></html>", NotWhatItSays),
            ("large.jpg", b"\xff\xd8\xff" + b"0" * 20_971_520, TooLarge),
        ],
    )
    def test_refuses_by_name_and_keeps_nothing(self, lender, number, name, content, refusal):
        with pytest.raises(refusal):
            evidence_files.attach(
                lender.borrower,
                number,
                need="termination_letter",
                name=name,
                content=content,
                key="bad",
            )

        assert not EvidenceFile.objects.exists()

    def test_refuses_a_need_nobody_asked_for(self, lender, number):
        with pytest.raises(NotAChoice):
            story.attach(lender, number, need="passport")

    def test_finds_no_case_of_another(self, lender, number):
        with pytest.raises(NotFound):
            evidence_files.attach(
                lender.stranger, number, need="termination_letter", name="a.jpg",
                content=photo(), key="x",
            )  # fmt: skip

    def test_is_closed_when_the_offers_are_out(self, lender):
        offered = story.offered(lender)

        with pytest.raises(CommandNotAllowed):
            story.attach(lender, offered, content=photo(), key="late")

    def test_of_what_was_asked_for_gives_the_turn_back(self, lender):
        claimed = story.claimed(lender)
        file = assessment.case_file(lender.agent, claimed).evidence[0]
        assessment.mark_evidence(
            lender.agent, claimed, file.id, outcome="unreadable", note="太暗", key="mark"
        )
        asked = application.progress(lender.borrower, claimed)

        story.attach(lender, claimed, content=photo(), key="again")

        answered = application.progress(lender.borrower, claimed)
        assert [need.code for need in asked.asked_for] == ["termination_letter"]
        assert (asked.waiting_on, asked.answer_by) == ("borrower", None)
        assert (answered.waiting_on, answered.answer_by.isoformat()) == ("lender", "2026-11-26")


class TestRemove:
    def test_takes_the_bytes_away_too(self, lender, number, django_capture_on_commit_callbacks):
        kept = story.attach(lender, number, content=photo())
        context = evidence_context(kept.case)

        with django_capture_on_commit_callbacks(execute=True):
            evidence_files.remove(lender.borrower, number, kept.pk, key="remove")

        assert not files.holds(kept.digest, context=context)
        with pytest.raises(NotFound):
            evidence_files.content(lender.borrower.account, number, kept.pk)

    def test_is_closed_once_the_application_is_in(self, lender):
        submitted = story.submitted(lender)
        kept = EvidenceFile.objects.get()

        with pytest.raises(CommandNotAllowed):
            evidence_files.remove(lender.borrower, submitted, kept.pk, key="remove")


class TestContent:
    def test_is_for_the_borrower_and_the_staff_who_read_cases(self, lender):
        submitted = story.submitted(lender)
        kept = EvidenceFile.objects.get()

        for account in (lender.borrower.account, lender.agent, lender.approver):
            assert evidence_files.content(account, submitted, kept.pk)[1] == story.PDF

    def test_is_not_there_for_anybody_else(self, lender):
        submitted = story.submitted(lender)
        kept = EvidenceFile.objects.get()

        for account in (lender.stranger.account, lender.finance):
            with pytest.raises(NotFound):
                evidence_files.content(account, submitted, kept.pk)

    def test_of_a_draft_is_not_there_for_staff(self, lender):
        number = story.applied(lender)

        with pytest.raises(NotFound):
            evidence_files.content(lender.agent, number, EvidenceFile.objects.get().pk)

    def test_does_not_choke_on_what_is_no_number(self, lender):
        with pytest.raises(NotFound):
            evidence_files.content(lender.agent, story.submitted(lender), "../../etc/passwd")


class TestHostile:
    def test_nothing_of_a_refused_file_is_kept(self, lender, number):
        kept = set(files.kept())
        for at, hostile in enumerate(CROSSINGS):
            with pytest.raises(FileRefused):
                evidence_files.attach(
                    lender.borrower,
                    number,
                    need="termination_letter",
                    name=hostile.name,
                    content=hostile.make(),
                    key=str(at),
                )

        assert set(files.kept()) == kept
        assert not EvidenceFile.objects.exists()


class TestRoom:
    def test_is_refused_to_one_who_has_used_it_up(self, lender):
        number = story.applied(lender)
        EvidenceFile.objects.filter(case__number=number).update(size_bytes=209_715_190)

        with pytest.raises(NoRoomLeft, match="200"):
            story.attach(lender, number, content=photo(), key="more")
        assert EvidenceFile.objects.filter(case__number=number).count() == 1


class TestSweep:
    def test_forgets_only_old_evidence_that_no_row_points_to(self, lender):
        case = Case.objects.get(number=story.applied(lender))
        context = evidence_context(case)
        orphan = files.store(b"of a crash", context=context)
        other = files.store(b"of a crash", context="settled:AG-1")
        mine = EvidenceFile.objects.get(case=case)

        # The clock of the story and that of the disk are far apart, so the age is set wide.
        young = evidence_files.sweep(older_than=timedelta(days=36_500))
        swept = evidence_files.sweep(older_than=timedelta(days=-36_500))

        assert (young, swept) == (0, 1)
        assert not files.holds(orphan, context=context)
        assert files.holds(other, context="settled:AG-1")
        assert files.holds(mine.digest, context=context)
