"""Every sentence of the portal is there in Chinese, and no other room says it otherwise."""

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.extract import extract
from babel.messages.pofile import read_po
from django.utils.translation.template import templatize

import tideover.app.portal

ROOM = Path(tideover.app.portal.__file__).parent
CATALOGUE = ROOM / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"
PLACE = re.compile(r"%\((\w+)\)[sd]")
KEYWORDS = {
    "gettext": None,
    "gettext_lazy": None,
    "_": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
}
Said = tuple[str | None, str]


def asked_for() -> Iterator[Said]:
    for path in sorted(ROOM.rglob("*.html")):
        code = templatize(path.read_text(encoding="utf-8"), origin=str(path))
        yield from words_of(code.encode())
    for path in sorted(ROOM.rglob("*.py")):
        yield from words_of(path.read_bytes())


def words_of(code: bytes) -> Iterator[Said]:
    for _line, found, _notes, context in extract("python", BytesIO(code), keywords=KEYWORDS):
        yield context, found[0] if isinstance(found, tuple) else found


@pytest.fixture(scope="module")
def chinese() -> dict[Said, str]:
    with CATALOGUE.open("rb") as stream:
        catalogue = read_po(stream)
    return {
        (message.context, one_of(message.id)): one_of(message.string)
        for message in catalogue
        if message.id and not message.fuzzy
    }


def one_of(text: str | tuple[str, ...] | list[str]) -> str:
    return text if isinstance(text, str) else text[0]


class TestCatalogue:
    def test_finds_sentences_at_all(self):
        # A reader of templates that has gone blind must not pass for a complete catalogue.
        assert {
            (None, "I lost my job"),
            (None, "Agree and sign"),
            ("box of a date", "Year"),
        } <= set(asked_for())

    def test_translates_every_sentence(self, chinese):
        missing = sorted(str(words) for words in set(asked_for()) if not chinese.get(words))

        assert not missing

    def test_holds_no_sentence_that_nobody_asks_for(self, chinese):
        assert not sorted(str(words) for words in set(chinese) - set(asked_for()))

    def test_keeps_every_place_for_a_figure(self, chinese):
        broken = [
            words
            for words, translated in chinese.items()
            if set(PLACE.findall(words[1])) != set(PLACE.findall(translated))
        ]

        assert not broken

    def test_speaks_kindly(self, chinese):
        harsh = re.compile("失信|恶意|必须立即|老赖|违约户|逾期户")

        assert not [translated for translated in chinese.values() if harsh.search(translated)]
