"""Learn safety/scam/wording.json from labelled.jsonl: `python tools/scam_wording.py`.

A logistic regression over what is weighed of each message (words, concepts, how it is told), by
accelerated gradient steps from zero, so that it comes out the same each time. What Tideover itself
says to borrowers and agents is taken as honest. Messages of heldout.jsonl are never read here.
"""

import ast
import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tideover.cli.scam import own_messages
from tideover.safety import Direction, LabelledMessage, ScamVerdict
from tideover.safety.scam.judging import weighed_in
from tideover.safety.scam.wording import FEW, MARK_SHARE, Weighed

_SOURCE = Path(__file__).parents[1] / "src/tideover"
_PLACE = _SOURCE / "safety/scam/wording.json"
_QUOTED = re.compile(r'^msg(?:id|str)(?:\[\d\])? ((?:".*"\n?)+)', re.MULTILINE)
#: Shorter ones are labels of buttons and columns, not something said.
_SAID_LENGTH_LEAST = 24
#: Our own sentences are many and alike: together they weigh as so many messages.
_SAID_SHARE = 0.05
_STEPS = 150
_SHRINKING = 0.1
_OFTEN_ENOUGH = 2
#: Weights below this many thousandths change no verdict and are left out.
_LEAST = 12

Numbers = NDArray[np.float64]


def learned(messages: Sequence[LabelledMessage], said: Sequence[LabelledMessage]) -> dict[str, int]:
    """Return the weight of each piece in whole thousandths, `<all>` being the offset."""
    whole = [*messages, *said]
    found = [weighed_in(message.text, direction=message.direction) for message in whole]
    names = _often(found)
    table = _table(found, names)
    is_scam = np.array([m.verdict is ScamVerdict.SCAM for m in whole], dtype=np.float64)
    share = np.array([1.0] * len(messages) + [_SAID_SHARE] * len(said))
    weights, offset = _regression(table, is_scam, share)
    told = {name: round(weight * 1000) for name, weight in zip(names, weights, strict=True)}
    return {"<all>": round(offset * 1000)} | {
        name: weight for name, weight in told.items() if abs(weight) >= _LEAST
    }


def _often(found: Iterable[Weighed]) -> list[str]:
    seen = Counter(name for one in found for name in (*one.words, *one.concepts, *one.marks))
    return sorted(name for name, times in seen.items() if times >= _OFTEN_ENOUGH)


def _table(found: Sequence[Weighed], names: Sequence[str]) -> Numbers:
    place = {name: at for at, name in enumerate(names)}
    table = np.zeros((len(found), len(names)))
    for row, one in enumerate(found):
        for group in (one.words, one.concepts):
            known = [place[name] for name in group if name in place]
            table[row, known] = 1 / max(len(known), FEW) ** 0.5
        table[row, [place[name] for name in one.marks if name in place]] = 1 / MARK_SHARE
    return table


def _regression(table: Numbers, is_scam: Numbers, share: Numbers) -> tuple[Numbers, float]:
    """Nesterov's steps, as long as the curvature lets them be."""
    step = 1 / (0.25 * _curvature(table) + _SHRINKING)
    weights = ahead = np.zeros(table.shape[1])
    offset = offset_ahead = 0.0
    pace = 1.0
    for _ in range(_STEPS):
        wrong = (1 / (1 + np.exp(-(table @ ahead + offset_ahead))) - is_scam) * share
        further = ahead - step * (table.T @ wrong + _SHRINKING * ahead)
        offset_further = offset_ahead - step * float(wrong.sum())
        faster = (1 + (1 + 4 * pace * pace) ** 0.5) / 2
        ahead = further + (pace - 1) / faster * (further - weights)
        offset_ahead = offset_further + (pace - 1) / faster * (offset_further - offset)
        weights, offset, pace = further, offset_further, faster
    return weights, offset


def _curvature(table: Numbers) -> float:
    """The largest square of a singular value, by power iteration, with room for the offset."""
    direction = np.ones(table.shape[1])
    for _ in range(15):
        direction = table.T @ (table @ direction)
        direction /= np.linalg.norm(direction)
    return float(np.linalg.norm(table @ direction) ** 2) + table.shape[0]


def said_by_tideover() -> tuple[LabelledMessage, ...]:
    """Return the sentences of the translations, in both languages, as honest messages."""
    catalogues = sorted(_SOURCE.glob("app/**/*.po"))
    whole = "\n\n".join(catalogue.read_text(encoding="utf-8") for catalogue in catalogues)
    texts = {
        "".join(ast.literal_eval(line) for line in quoted.strip().splitlines())
        for quoted in _QUOTED.findall(whole)
    }
    said = {
        text
        for text in texts
        if len(text) >= _SAID_LENGTH_LEAST and not text.startswith("Project-Id")
    }
    return tuple(
        LabelledMessage(f"said-{number}", "", Direction.OUTBOUND, text, ScamVerdict.OK)
        for number, text in enumerate(sorted(said))
    )


def main() -> int:
    """Write the weights file anew."""
    weights = learned(own_messages(), said_by_tideover())
    _PLACE.write_text(
        json.dumps(weights, ensure_ascii=False, separators=(",", ":"), indent=0) + "\n",
        encoding="utf-8",
    )
    print(f"{len(weights)} weights")
    return 0


if __name__ == "__main__":
    sys.exit(main())
