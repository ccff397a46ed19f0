from pathlib import Path

from tideover.app.files import SeenDocuments
from tideover.evidence import Signature

PAPER = Signature("1" * 64, tuple(range(64)), (11, 22, 33, 44, 55), 7)
RETAKEN = Signature("2" * 64, tuple(range(60)) + (900,) * 4, (11, 22, 33, 44, 66), 7)
OTHER = Signature("3" * 64, tuple(range(1_000, 1_064)), (71, 72, 73, 74), 7)


class TestSeenDocuments:
    def test_tell_when_a_document_comes_back_in_another_case(self, tmp_path: Path):
        seen = SeenDocuments(tmp_path / "store")
        seen.remember(PAPER, case="HC-1")

        found = seen.like(RETAKEN, case="HC-2")

        assert [(one.case, one.likeness.same_file) for one in found] == [("HC-1", False)]

    def test_say_nothing_about_the_same_case(self, tmp_path: Path):
        seen = SeenDocuments(tmp_path)
        seen.remember(PAPER, case="HC-1")

        assert seen.like(PAPER, case="HC-1") == ()

    def test_say_nothing_about_another_document(self, tmp_path: Path):
        seen = SeenDocuments(tmp_path)
        seen.remember(PAPER, case="HC-1")

        assert seen.like(OTHER, case="HC-2") == ()

    def test_keep_the_same_file_of_a_case_once(self, tmp_path: Path):
        seen = SeenDocuments(tmp_path)
        seen.remember(PAPER, case="HC-1")
        seen.remember(PAPER, case="HC-1")

        assert len(SeenDocuments(tmp_path).like(PAPER, case="HC-2")) == 1
