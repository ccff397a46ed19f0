"""One step of an explanation, in both languages."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a figure is what it is: a sentence with its numbers inside."""

    en: str
    zh: str
