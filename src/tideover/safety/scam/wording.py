"""How like known scams a message is, as a sum of weights learned from labelled messages.

Signs name what a scam says; those who write scams say it in other words. Weighed are the words
themselves (one, pairs, runs of up to three Chinese characters), what the message speaks of
(`concepts`: one, and which stand together) and how it is told (by the one it happened to, among
family). The weights of wording.json are whole thousandths, learned by tools/scam_wording.py from
labelled.jsonl. What weighs most is quoted.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from math import isqrt

from tideover.safety.scam.concepts import concept_pieces

_READ_MAX = 4_000
_QUOTED = 3
#: A message with fewer known pieces is weighed as if it had so many: little was said.
FEW = 20
MARK_SHARE = 2
"""What says how a message is told counts as one over so much: it is one thing, not many."""

_HAN = re.compile(r"[\u4e00-\u9fff]+")
_WORD = re.compile(r"[a-z0']+|[$£€¥?!]")
_FIGURES = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Likeness:
    """How like a scam a message is, in thousandths; above zero is more like than not."""

    thousandths: int
    heaviest: tuple[str, ...]
    """The words that speak most for a scam, the heaviest first."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """What of a message is weighed: its words, what it speaks of, and how it is told."""

    words: frozenset[str]
    concepts: frozenset[str]
    marks: frozenset[str]


def weighed(
    seen: str, sentences: Sequence[str], *, marks: frozenset[str], is_outbound: bool
) -> Weighed:
    """Return what of the plain text `seen` is weighed; `marks` say how it is told.

    What the lender's own people speak of is weighed once more by itself: “my account” is a
    borrower's word and never theirs.
    """
    concepts = concept_pieces(sentences)
    if is_outbound:
        concepts |= {f">{name}" for name in concepts}
    return Weighed(pieces(seen), concepts, marks)


def pieces(seen: str) -> frozenset[str]:
    """Return the words of a plain text: single, in pairs, one to three Chinese characters."""
    text = _FIGURES.sub("0", seen[:_READ_MAX])
    words = _WORD.findall(text)
    found = {
        *words,
        *(f"{first} {second}" for first, second in pairwise(words)),
    }
    for run in _HAN.findall(text):
        for length in (1, 2, 3):
            found.update(run[at : at + length] for at in range(len(run) - length + 1))
    return frozenset(found)


def likeness(message: Weighed) -> Likeness:
    """Return how like known scams a message is; with nothing known in it, its offset alone."""
    weights = _weights()
    words = {piece: weights[piece] for piece in message.words if piece in weights}
    concepts = [weights[name] for name in message.concepts if name in weights]
    marks = sum(weights.get(mark, 0) for mark in message.marks)
    whole = _scaled(list(words.values())) + _scaled(concepts) + marks // MARK_SHARE
    heaviest = sorted((piece for piece in words if words[piece] > 0), key=lambda p: (-words[p], p))
    return Likeness(whole + weights["<all>"], tuple(heaviest[:_QUOTED]))


def _scaled(found: Sequence[int]) -> int:
    """The sum over a root: a long message has more of everything and must not outweigh all."""
    return sum(found) * 1000 // isqrt(max(len(found), FEW) * 1_000_000)


@cache
def _weights() -> Mapping[str, int]:
    text = (files("tideover.safety.scam") / "wording.json").read_text(encoding="utf-8")
    return {str(piece): int(weight) for piece, weight in json.loads(text).items()}
