"""Every word of the desk is there in Chinese."""

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.extract import extract
from babel.messages.pofile import read_po
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation.template import templatize

import tideover.app.workbench

ROOM = Path(tideover.app.workbench.__file__).parent
CATALOGUE = ROOM / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"
PLACE = re.compile(r"%\((\w+)\)s")


def asked_for() -> Iterator[str | tuple[str, str]]:
    for path in sorted(ROOM.rglob("*.html")):
        code = templatize(path.read_text(encoding="utf-8"), origin=str(path))
        yield from words_of(code.encode())
    for path in sorted(ROOM.rglob("*.py")):
        yield from words_of(path.read_bytes())


def words_of(code: bytes) -> Iterator[str | tuple[str, str]]:
    keywords = {"gettext": None, "_": None, "ngettext": (1, 2)}
    for _line, found, _comments, _context in extract("python", BytesIO(code), keywords=keywords):
        yield found[:2] if isinstance(found, tuple) else found


@pytest.fixture(scope="module")
def chinese() -> dict[str | tuple[str, str], str]:
    with CATALOGUE.open("rb") as stream:
        catalogue = read_po(stream)
    return {
        message.id: message.string[0] if isinstance(message.string, tuple) else message.string
        for message in catalogue
        if message.id and not message.fuzzy
    }


class TestCatalogue:
    def test_finds_words_at_all(self):
        # A reader of templates that has gone blind must not pass for a complete catalogue.
        assert {"Queue", "Choose the reason."} <= set(asked_for())

    def test_translates_every_word(self, chinese):
        missing = sorted({str(words) for words in asked_for() if not chinese.get(words)})

        assert not missing

    def test_is_read_before_the_words_of_libraries(self, chinese):
        with translation.override("zh-hans"):
            taken = [
                words
                for words, meant in chinese.items()
                if isinstance(words, str) and gettext(words) != meant
            ]

        assert not taken

    def test_holds_no_word_that_nobody_asks_for(self, chinese):
        assert not sorted(str(words) for words in set(chinese) - set(asked_for()))

    def test_keeps_every_place_for_a_figure(self, chinese):
        broken = [
            words
            for words, translated in chinese.items()
            if set(PLACE.findall(words if isinstance(words, str) else words[0]))
            != set(PLACE.findall(translated))
        ]

        assert not broken

    def test_agrees_with_every_other_room(self, chinese):
        # Django joins the catalogues of all rooms: of two translations of one sentence one is lost.
        clashes = [
            (path.parts[-5], message.id, message.string, chinese[message.id])
            for path in ROOM.parent.rglob("django.po")
            if path != CATALOGUE
            for message in read_po(BytesIO(path.read_bytes()))
            if message.id and not message.context and message.id in chinese
            if message.string != chinese[message.id]
        ]

        assert not clashes
