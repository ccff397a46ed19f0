"""The child process, and the readers inside it: `documents`, `pictures`, `answers`."""

import json

import pytest

from papers import pdf, picture
from tideover.evidence import Limits
from tideover.evidence.sandbox import DEFAULT_LIMITS, ChildFailed, ask, documents, pictures
from tideover.evidence.sandbox.answers import Refused

INSPECT_PDF = ("inspect", "pdf", "1")


class TestAsk:
    def test_answers_with_figures(self):
        assert ask(INSPECT_PDF, pdf(pages=2), limits=DEFAULT_LIMITS).figures == {"pages": 2}

    def test_answers_with_a_refusal_and_its_figures(self):
        answer = ask(INSPECT_PDF, pdf(pages=4), limits=Limits(pages_max=3))

        assert answer.figures == {"refused": "too-many-pages", "pages": 4}

    def test_fails_when_the_child_has_no_memory_to_live_in(self):
        heavy = pdf() + bytes(60 * 1024 * 1024)

        with pytest.raises(ChildFailed):
            ask(INSPECT_PDF, heavy, limits=Limits(memory_max=30 * 1024 * 1024))

    def test_fails_when_the_task_means_nothing(self):
        with pytest.raises(ChildFailed, match="it ended with"):
            ask(("inspect",), b"", limits=DEFAULT_LIMITS)

    def test_gives_the_child_no_secret(self, monkeypatch):
        monkeypatch.setenv("TIDEOVER_FILE_KEYS", "secret")

        answer = ask(INSPECT_PDF, pdf(), limits=DEFAULT_LIMITS)

        assert "secret" not in json.dumps(answer.figures)


class TestDocuments:
    def test_refuses_a_file_without_pages(self):
        with pytest.raises(Refused, match="unreadable"):
            documents.inspect(pdf(pages=0), limits=DEFAULT_LIMITS)

    def test_looks_for_a_lock_before_anything_else(self):
        locked = pdf(trailer=b"/Encrypt 9 0 R", catalog=b"/OpenAction<</S/JavaScript/JS(x)>>")

        with pytest.raises(Refused, match="encrypted"):
            documents.inspect(locked, limits=DEFAULT_LIMITS)


class TestPictures:
    def test_reads_width_and_height(self):
        found = pictures.inspect(picture(size=(31, 17)), limits=DEFAULT_LIMITS)

        assert found == {"pages": 1, "width": 31, "height": 17}

    def test_refuses_a_format_that_was_not_asked_for(self):
        with pytest.raises(Refused, match="unreadable"):
            pictures.inspect(picture("GIF"), limits=DEFAULT_LIMITS)
