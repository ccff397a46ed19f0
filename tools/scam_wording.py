"""Learn safety/scam/wording.json from labelled.jsonl: `python tools/scam_wording.py`.

A logistic regression over the pieces of each message, by stochastic gradient steps in an order
that is always the same. What Tideover itself says to borrowers and agents is taken as honest.
Messages of heldout.jsonl are never read here.
"""

import ast
import json
import math
import re
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from hashlib import sha256
from pathlib import Path

from tideover.cli.scam import own_messages
from tideover.safety import Direction, LabelledMessage, ScamVerdict
from tideover.safety.scam.reading import plain
from tideover.safety.scam.wording import FEW, pieces

_SOURCE = Path(__file__).parents[1] / "src/tideover"
_PLACE = _SOURCE / "safety/scam/wording.json"
_QUOTED = re.compile(r'^msg(?:id|str)(?:\[\d\])? ((?:".*"\n?)+)', re.MULTILINE)
#: Shorter ones are labels of buttons and columns, not something said.
_SAID_LENGTH_LEAST = 24
_ROUNDS = 30
_STEP = 0.3
_FORGETTING = 5e-4
_OFTEN_ENOUGH = 2
#: Weights below this many thousandths change no verdict and are left out.
_LEAST = 15

Example = tuple[list[str], int]


def learned(messages: Sequence[LabelledMessage]) -> dict[str, int]:
    """Return the weight of each piece in whole thousandths, `<all>` being the offset."""
    examples = _examples(messages)
    weights: dict[str, float] = {}
    offset = 0.0
    for turn in range(_ROUNDS):
        for known, is_scam in _shuffled(examples, turn=turn):
            scale = 1 / math.sqrt(max(len(known), FEW))
            total = offset + scale * sum(weights.get(piece, 0.0) for piece in known)
            wrong = is_scam - 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))
            offset += _STEP * wrong / 30
            for piece in known:
                kept = weights.get(piece, 0.0) * (1 - _FORGETTING)
                weights[piece] = kept + _STEP * wrong * scale
    whole = {piece: round(weight * 1000) for piece, weight in sorted(weights.items())}
    return {"<all>": round(offset * 1000)} | {
        piece: weight for piece, weight in whole.items() if abs(weight) >= _LEAST
    }


def _shuffled(examples: Sequence[Example], *, turn: int) -> list[Example]:
    """Return the examples in an order that looks like chance and is the same on every machine."""

    def place(number: int) -> str:
        return sha256(f"{turn}/{number}".encode()).hexdigest()

    return [examples[number] for number in sorted(range(len(examples)), key=place)]


def _examples(messages: Iterable[LabelledMessage]) -> list[Example]:
    read = [
        ({*pieces(plain(m.text)), f"<{m.direction.value}>"}, int(m.verdict is ScamVerdict.SCAM))
        for m in messages
    ]
    seen = Counter(piece for found, _ in read for piece in found)
    return [
        (sorted(piece for piece in found if seen[piece] >= _OFTEN_ENOUGH), is_scam)
        for found, is_scam in read
    ]


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
    weights = learned([*own_messages(), *said_by_tideover()])
    _PLACE.write_text(
        json.dumps(weights, ensure_ascii=False, separators=(",", ":"), indent=0) + "\n",
        encoding="utf-8",
    )
    print(f"{len(weights)} weights")
    return 0


if __name__ == "__main__":
    sys.exit(main())
