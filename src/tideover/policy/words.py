"""Text for people, always in both languages."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Self

__all__ = ["Words", "counted", "percent_text"]


@dataclass(frozen=True, slots=True)
class Words:
    """One sentence or label in Chinese and in English; neither is ever empty.

    >>> Words("展期", "Term extension").in_language("zh-hans")
    '展期'
    """

    zh: str
    en: str

    def in_language(self, language: str) -> str:
        """Return the Chinese text for every `zh…` language code, the English one for all others."""
        return self.zh if language.lower().startswith("zh") else self.en

    def to_record(self) -> dict[str, str]:
        """Return the words as a JSON-ready record."""
        return {"zh": self.zh, "en": self.en}

    @classmethod
    def from_record(cls, record: Mapping[str, str]) -> Self:
        """Return the words that `to_record` wrote down."""
        return cls(zh=record["zh"], en=record["en"])


def counted(number: int, noun: str) -> str:
    """Return an English noun with its number, in the plural unless there is one.

    >>> counted(1, "day"), counted(3, "day")
    ('1 day', '3 days')
    """
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def percent_text(share: Fraction, *, digits: int = 1) -> str:
    """Return `share` as a percentage, rounded half up to `digits` decimals and always signed once.

    >>> percent_text(Fraction("0.14596"))
    '14.6%'
    """
    scale = 10**digits
    over, under = abs(share.numerator), share.denominator
    scaled = (200 * scale * over + under) // (2 * under)
    sign = "-" if share < 0 and scaled else ""
    whole, part = divmod(scaled, scale)
    return f"{sign}{whole}.{part:0{digits}d}%" if digits else f"{sign}{whole}%"
