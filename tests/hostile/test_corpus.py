"""Every hostile file ends in the right named refusal, or harmless, with memory bounded."""

import json
import resource
import unicodedata
from io import BytesIO

import pypdfium2
import pytest
from corpus import MARKER, SCRIPT
from crossings import CROSSINGS
from documents import DOCUMENTS
from names import NAMES
from pictures import PICTURES
from PIL import Image

from papers import picture
from tideover import evidence
from tideover.cli import evidence as command
from tideover.evidence import FileKind
from tideover.evidence.sandbox import DEFAULT_LIMITS
from tideover.money import Refusal

CORPUS = PICTURES + DOCUMENTS + CROSSINGS
HARMLESS = [hostile for hostile in CORPUS if hostile.ends_in is None]
UPLOAD_MAX = 20 * 1024 * 1024


def inspected(hostile):
    return evidence.inspect(hostile.make(), name=hostile.name, bytes_max=UPLOAD_MAX)


def test_the_corpus_is_large_enough():
    assert len(CORPUS) >= 300
    assert len({(hostile.name, hostile.make) for hostile in CORPUS}) == len(CORPUS)


class TestInspect:
    @pytest.mark.parametrize("hostile", [h for h in CORPUS if h.ends_in is not None], ids=str)
    def test_refuses_it_by_name(self, hostile):
        with pytest.raises(hostile.ends_in) as refused:
            inspected(hostile)

        assert refused.value.code.startswith("file-")
        assert refused.value.zh

    @pytest.mark.parametrize("hostile", HARMLESS, ids=str)
    def test_takes_it_and_serves_nothing_of_what_it_carried(self, hostile):
        content = hostile.make()
        found = evidence.inspect(content, name=hostile.name, bytes_max=UPLOAD_MAX)

        copy = evidence.served_copy(content, kind=found.kind)

        assert MARKER not in copy.content
        assert SCRIPT not in copy.content
        assert opens(copy.content, found.kind)

    @pytest.mark.parametrize("name", NAMES, ids=lambda name: ascii(name)[:30])
    def test_shows_a_name_as_one_plain_line(self, name):
        found = evidence.inspect(picture(size=(8, 8)), name=name, bytes_max=UPLOAD_MAX)

        assert 1 <= len(found.name) <= 80
        assert not set(found.name) & set("/\\")
        assert {unicodedata.category(c) for c in found.name}.isdisjoint({"Cc", "Cf", "Cs", "Zl"})
        assert found.name.encode()  # it can be written down: no half of a pair is left

    def test_keeps_the_memory_of_the_child_bounded(self):
        heavy = [
            hostile for hostile in CORPUS if hostile.name.startswith(("bomb", "large", "words"))
        ]
        for hostile in heavy:
            answer_of(hostile)

        # The limit is on address space, so what is resident is below it.
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
        own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
        assert peak <= max(DEFAULT_LIMITS.memory_max, own)


def opens(content, kind):
    if kind is FileKind.PDF:
        return len(pypdfium2.PdfDocument(content)) > 0
    Image.open(BytesIO(content)).load()
    return True


def answer_of(hostile):
    """What becomes of the file: accepted, or the code of its refusal."""
    try:
        inspected(hostile)
    except evidence.FileRefused as refused:
        return refused.code
    return "accepted"


class TestCommand:
    """`tideover evidence inspect FILE --json` ends in JSON, whatever it is given."""

    def test_names_the_refusal_of_every_crossing(self, tmp_path, capsys):
        for at, hostile in enumerate(CROSSINGS):
            file = tmp_path / f"{at}{hostile.name}"
            file.write_bytes(hostile.make())

            ended = command.run(["inspect", str(file), "--json"])

            told = json.loads(capsys.readouterr().out)
            assert ended == 1
            assert told["refused"].startswith("file-")
            assert told["zh"]

    @pytest.mark.parametrize(
        "content",
        [b"", b"[]", b"{", b'{"as_of": "31.02.2026"}', b'{"as_of": [1]}', b"\xff\xfe", b"null"],
    )
    def test_refuses_facts_that_are_none_by_name(self, tmp_path, content):
        facts, file = tmp_path / "facts.json", tmp_path / "photo.png"
        facts.write_bytes(content)
        file.write_bytes(picture("PNG"))

        with pytest.raises(Refusal):
            command.run(["inspect", str(file), "--json", "--facts", str(facts)])
