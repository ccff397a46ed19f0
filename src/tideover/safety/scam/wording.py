"""How like known scams a message is worded, as a sum of weights learned from labelled messages.

Signs name what a scam says; those who write scams say it in other words. The weights of
wording.json were learned by tools/scam_wording.py from labelled.jsonl: whole thousandths, one for
each word, pair of words or run of up to three Chinese characters. What weighs most is quoted.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from math import isqrt

_READ_MAX = 4_000
_QUOTED = 3
#: With fewer known pieces there is nothing to go by; a word is worth two of characters.
_LEAST_KNOWN = 15
#: Far below any likeness.
_NOTHING_KNOWN = -100_000
#: A message with fewer known pieces is weighed as if it had so many: little was said.
FEW = 20
_HAN = re.compile(r"[\u4e00-\u9fff]+")
_WORD = re.compile(r"[a-z0']+|[$£€¥?!]")
_FIGURES = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Likeness:
    """How like a scam a message is worded, in thousandths; above zero is more like than not."""

    thousandths: int
    heaviest: tuple[str, ...]
    """What speaks most for a scam, the heaviest first."""


def pieces(seen: str) -> frozenset[str]:
    """Return what of a plain text is weighed: words and pairs, one to three Chinese characters."""
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


def likeness(seen: str, *, direction: str) -> Likeness:
    """Return how like known scams the plain text `seen` is worded, going in `direction`."""
    weights = _weights()
    known = {piece: weights[piece] for piece in pieces(seen) if piece in weights}
    if sum(1 + piece.isascii() for piece in known) < _LEAST_KNOWN:
        return Likeness(_NOTHING_KNOWN, ())
    whole = sum(known.values()) + weights.get(f"<{direction}>", 0)
    # Long messages have more of everything; the root keeps one long letter from outweighing all.
    scaled = whole * 1000 // isqrt(max(len(known), FEW) * 1_000_000)
    heaviest = sorted((piece for piece in known if known[piece] > 0), key=lambda p: (-known[p], p))
    return Likeness(scaled + weights["<all>"], tuple(heaviest[:_QUOTED]))


@cache
def _weights() -> Mapping[str, int]:
    text = (files("tideover.safety.scam") / "wording.json").read_text(encoding="utf-8")
    return {str(piece): int(weight) for piece, weight in json.loads(text).items()}
