"""Telling a scam from an honest message by what it asks for, sells and presses with."""

from tideover.safety.scam.judging import (
    Direction,
    ScamFinding,
    ScamReport,
    ScamVerdict,
    scan,
)
from tideover.safety.scam.measuring import LabelledMessage, Measured, measure
from tideover.safety.scam.sign import Sign, Strength, known_signs

__all__ = [
    "Direction",
    "LabelledMessage",
    "Measured",
    "ScamFinding",
    "ScamReport",
    "ScamVerdict",
    "Sign",
    "Strength",
    "known_signs",
    "measure",
    "scan",
]
