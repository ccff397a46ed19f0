"""A sign: something in a message that the lender would never write, and how much it says."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from typing import Any

from tideover.policy import Words
from tideover.safety.scam.phrases import any_of, read_phrases


class Strength(IntEnum):
    """How much a sign says; three or more together make a scam."""

    SLIGHT = 1
    STRONG = 2
    DECISIVE = 3


@dataclass(frozen=True, slots=True)
class Sign:
    """Phrases of one kind, why they are a warning, and how much one of them says alone."""

    code: str
    pattern: re.Pattern[str]
    because: Words
    strength: Strength
    is_turned_by_never: bool = True
    """Whether a “never” before it makes it honest; a threat stays one."""
    unless: re.Pattern[str] | None = None
    """What in the same sentence makes it honest: “tell nobody” is right of a code."""
    is_open_to_questions: bool = False
    """Whether asking about it or telling of it is honest, as with what agencies sell."""


@cache
def known_signs() -> tuple[Sign, ...]:
    """Return every sign of signs.yaml, in its order: what it asks, sells and presses with."""
    content = read_phrases("signs.yaml")
    return tuple(_sign(record, content["words"]) for record in content["signs"])


def _sign(record: Mapping[str, Any], words: Mapping[str, list[str]]) -> Sign:
    unless = record.get("unless")
    return Sign(
        code=record["code"],
        pattern=any_of(record["phrases"], words=words),
        because=Words(record["zh"], record["en"]),
        strength=Strength[record["strength"].upper()],
        is_turned_by_never=record.get("turned_by_never", True),
        unless=None if unless is None else any_of(unless, words=words),
        is_open_to_questions=record.get("open_to_questions", False),
    )
