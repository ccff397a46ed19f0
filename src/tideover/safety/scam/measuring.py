"""How often the scan is right, counted over messages whose verdict a person has written down."""

from collections.abc import Iterable
from dataclasses import dataclass

from tideover.safety.scam.judging import Direction, ScamVerdict, scan


@dataclass(frozen=True, slots=True)
class LabelledMessage:
    """A message and what a person takes it for."""

    identifier: str
    language: str
    direction: Direction
    text: str
    verdict: ScamVerdict


@dataclass(frozen=True, slots=True)
class Measured:
    """Right and wrong verdicts over a set of labelled messages."""

    scams_found: int
    scams_missed: tuple[str, ...]
    false_alarms: tuple[str, ...]
    left_alone: int

    @property
    def count(self) -> int:
        """How many messages were judged."""
        return self.scams_found + len(self.scams_missed) + len(self.false_alarms) + self.left_alone

    @property
    def precision_percent(self) -> str:
        """Of those called scams, how many are: per cent with one decimal, or a dash."""
        return _percent(self.scams_found, self.scams_found + len(self.false_alarms))

    @property
    def recall_percent(self) -> str:
        """Of the scams, how many were called so: per cent with one decimal, or a dash."""
        return _percent(self.scams_found, self.scams_found + len(self.scams_missed))


def measure(messages: Iterable[LabelledMessage], *, hotline: str) -> Measured:
    """Return how the scan does on `messages`; the ids of the wrong ones are in order."""
    found, missed, alarms, alone = 0, [], [], 0
    for message in messages:
        verdict = scan(message.text, hotline=hotline, direction=message.direction).verdict
        if verdict is ScamVerdict.SCAM and message.verdict is ScamVerdict.SCAM:
            found += 1
        elif verdict is ScamVerdict.SCAM:
            alarms.append(message.identifier)
        elif message.verdict is ScamVerdict.SCAM:
            missed.append(message.identifier)
        else:
            alone += 1
    return Measured(found, tuple(missed), tuple(alarms), alone)


def _percent(part: int, whole: int) -> str:
    if whole == 0:
        return "–"
    tenths = (part * 1000 * 2 + whole) // (whole * 2)
    return f"{tenths // 10}.{tenths % 10}"
