"""What the causes of hardship are called."""

from collections.abc import Mapping
from typing import Any

from tideover.policy import Words

CAUSE_WORDS: Mapping[str, Words] = {
    "job_loss": Words("失业", "Lost a job"),
    "income_drop": Words("收入减少", "Less income"),
    "illness": Words("本人生病或受伤", "Illness or injury"),
    "family_illness": Words("家人生病", "Illness in the family"),
    "death": Words("亲人去世", "A death in the family"),
    "disaster": Words("灾害或事故", "Disaster or accident"),
    "divorce": Words("离婚或家庭变故", "Divorce or change at home"),
    "business_failure": Words("经营失败", "A business failed"),
    "fraud": Words("被骗", "Deceived by fraud"),
    "disability": Words("残疾", "Disability"),
    "over_indebted": Words("负债过多", "Too many debts"),
    "other": Words("其他", "Something else"),
}
"""A name for every cause that the policy book asks evidence for."""


#: Told of these, somebody may need more time, another way to talk, or a word of help first.
_CARE = frozenset({"illness", "family_illness", "death", "disaster", "divorce", "disability"})


def needs_care(sections: Mapping[str, Mapping[str, Any]]) -> bool:
    """Whether the answers tell of illness, loss or upheaval, or of a need for support."""
    told = sections.get("contact", {}).get("needs")
    return bool(told) or sections.get("cause", {}).get("cause") in _CARE


def cause_words(cause: str) -> Words | None:
    """What a cause is called, None before one was given; an unknown code speaks for itself."""
    return CAUSE_WORDS.get(cause, Words(cause, cause)) if cause else None
