"""The generator of synthetic documents, in small; all of it is behind `make soak`."""

import sys
from pathlib import Path
from random import Random

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from bench.evidence import contents, measure, tampering


def made(at, way=None):
    for step in range(50):
        seed = Random(1_000 * at + step)
        kind = contents.KINDS[(at + step) % 8 if way else at % 8]
        content = contents.content(kind, seed)
        if way is None:
            return tampering.honest(content, seed, tampering.PDF)
        found = tampering.WAYS[way][0](content, seed, tampering.PDF)
        if found is not None:
            return found
    raise LookupError(way)


class TestHonest:
    @pytest.mark.parametrize("kind", range(8), ids=contents.KINDS)
    def test_documents_are_read_and_left_alone(self, kind):
        document = made(kind)

        examined = measure.look(document)

        fields = {name: examined.document.value(name) for name in document.truth}
        assert fields == document.truth
        assert not examined.is_suspicious


class TestTampered:
    @pytest.mark.parametrize(
        "way", [way for way, (_, media) in tampering.WAYS.items() if tampering.PDF in media]
    )
    def test_documents_are_told(self, way):
        assert measure.look(made(3, way)).is_suspicious


@pytest.mark.soak
class TestGoals:
    def test_are_met_on_a_fresh_seed(self):
        score = measure.measure(count=520, seed=41)

        right = dict.fromkeys(("pdf", "scan", "photograph"), 0)
        for (medium, is_right), count in score.fields.items():
            right[medium] += count if is_right else 0
        of = {
            medium: sum(count for (other, _), count in score.fields.items() if other == medium)
            for medium in right
        }
        found = sum(count for (_, told), count in score.ways.items() if told)
        assert right["pdf"] >= 0.95 * of["pdf"]
        assert right["scan"] >= 0.95 * of["scan"]
        assert right["photograph"] >= 0.85 * of["photograph"]
        assert found >= 0.80 * score.ways.total()
        assert score.honest[True] <= 0.05 * score.honest.total()
        assert score.copies[True] >= 0.98 * score.copies.total()
