"""Hostile files and words over HTTP: no server error, and no byte outside the store."""

import re
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import lender as story
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tideover.app.home import home
from tideover.app.verbs import application

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "hostile"))
sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "journeys"))

from hostile_words import WORDS
from names import NAMES
from test_corpus import CORPUS

#: What the store may hold: digests and numbers, whatever a file was called.
STORED = re.compile(r"files/[0-9a-f]{2}/[0-9a-f]{64}\.[0-9a-f]{16}|parts/[0-9a-f]{32}/.*")
SCRIPT = {"Accept": "application/json"}
SAMPLED = 16


@pytest.fixture
def number(lender) -> str:
    return story.applied(lender)


@pytest.fixture
def client(lender) -> Client:
    """The borrower, with server errors answered as a server answers them."""
    client = Client(raise_request_exception=False)
    client.force_login(lender.borrower.account)
    return client


class Watched:
    """Where bytes could get to: the home, the folder it runs in, and that of files on their way."""

    def __init__(self, folder: Path) -> None:
        self.folders = (home(), folder)
        self.before = set(self._files())

    def _files(self) -> Iterator[Path]:
        return (path for folder in self.folders for path in folder.rglob("*") if path.is_file())

    def odd(self) -> list[str]:
        """What is new and not the store's: neither by its place nor by its name."""
        new = set(self._files()) - self.before
        return [
            str(path)
            for path in new
            if not path.is_relative_to(home())
            or not STORED.fullmatch(path.relative_to(home()).as_posix())
        ]


@pytest.fixture
def watched(number: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Watched:
    """The disk before anything hostile came."""
    folder = tmp_path / "on-the-way"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    monkeypatch.chdir(folder)
    return Watched(folder)


def send(client: Client, number: str, content: bytes, *, name: str, key: str, whole: bool) -> int:
    fields = {"key": key, "need": "termination_letter"}
    if not whole:
        fields |= {"size": str(len(content)), "at": "0"}
    fields["file"] = SimpleUploadedFile("x", content)
    # As a client sends it, not as Django would tidy it; half of a pair cannot be sent at all.
    fields["file"]._name = name.encode("utf-8", "replace").decode()
    answer = client.post(f"/apply/{number}/evidence/", fields, headers=SCRIPT)
    return answer.status_code


def put(client: Client, number: str, files, *, ways=(True,)) -> set[int]:
    return {
        send(client, number, content, name=name, key=f"{place}-{whole}", whole=whole)
        for place, (name, content) in enumerate(files)
        for whole in ways
    }


def speak(client: Client, number: str, words) -> set[int]:
    """Type every text into an answer, a message, and the search of an address.

    An address with a NUL, which no page of ours has, is a bad request and nothing else.
    """
    found = set()
    for place, text in enumerate(words):
        fields = {"key": f"w{place}", "cause": "other", "note": text, "since-year": text}
        found.add(client.post(f"/apply/{number}/cause/", fields).status_code)
        fields = {"key": f"m{place}", "message": text, "case": text}
        found.add(client.post("/talk/", fields).status_code)
        asked = {
            client.get("/loans/", {"q": text, "page": text}).status_code,
            client.get(f"/cases/{number}/explore/", {"n": text}).status_code,
        }
        if "\x00" in text:
            assert asked == {400}
        else:
            found |= asked
    return found


class TestFiles:
    def test_some_of_the_corpus_ends_in_an_answer_and_in_the_store(self, client, number, watched):
        files = [(hostile.name, hostile.make()) for hostile in CORPUS[::SAMPLED]]

        assert put(client, number, files) <= {200, 413, 422}
        assert watched.odd() == []

    def test_a_name_is_never_a_path(self, client, number, watched):
        photograph = story.PDF
        files = [(name, photograph + str(at).encode()) for at, name in enumerate(NAMES[:14])]

        assert put(client, number, files) <= {200, 422}
        assert watched.odd() == []

    @pytest.mark.soak
    def test_all_of_the_corpus_and_every_name_in_both_ways(self, client, number, watched):
        files = [(hostile.name, hostile.make()) for hostile in CORPUS]
        files += [(name, story.PDF + str(at).encode()) for at, name in enumerate(NAMES)]

        assert len(files) >= 330
        # 400: a name of ten thousand letters is no head of a part that Django reads.
        assert put(client, number, files, ways=(True, False)) <= {200, 400, 409, 413, 422}
        assert watched.odd() == []


class TestWords:
    def test_some_are_kept_as_words(self, client, number):
        some = (*WORDS[:: len(WORDS) // 12], next(text for text in WORDS if "\x00" in text))

        assert speak(client, number, some) <= {200, 302, 404, 422}

    @pytest.mark.soak
    def test_all_of_them_are_kept_as_words(self, lender, client, number):
        assert len(WORDS) >= 500
        assert speak(client, number, WORDS) <= {200, 302, 404, 422}
        assert application.draft(lender.borrower, number).case.number == number
