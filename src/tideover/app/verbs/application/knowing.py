"""What a borrower may want us to know: needs, the best way and time to be reached.

It only serves to help in a way that suits, and no rule that decides about an offer reads it.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from tideover.policy import Words

#: "harm" stops the form: help first (see `tideover.app.verbs.conversation.distress`).
HARM: Final = "harm"

NEEDS: Final[Mapping[str, Words]] = MappingProxyType(
    {
        "eyes": Words("看不清小字", "I do not see small print well"),
        "ears": Words("听电话不方便", "I do not hear well on the telephone"),
        "reading": Words("看长文字吃力，希望有人讲给我听", "Long texts are hard, please explain"),
        "language": Words("普通话或文字不熟练", "I am not at home in this language"),
        "caring": Words("要照顾家人，时间不固定", "I care for somebody, my time is not my own"),
        "nerves": Words("情绪低落，睡不好，怕接电话", "I am low, sleep badly, or dread the phone"),
        HARM: Words("有时会有伤害自己的念头", "I sometimes think of harming myself"),
    }
)

CHANNELS: Final[Mapping[str, Words]] = MappingProxyType(
    {
        "any": Words("都可以", "Any way is fine"),
        "write": Words("给我留言，先不要打电话", "Write to me, please do not call"),
        "call": Words("给我打电话", "Call me"),
        "helper": Words("请先联系帮我的人", "Speak to the person who helps me"),
    }
)

HOURS: Final[Mapping[str, Words]] = MappingProxyType(
    {
        "any": Words("都可以", "Any time is fine"),
        "morning": Words("上午", "In the morning"),
        "afternoon": Words("下午", "In the afternoon"),
        "evening": Words("傍晚（20:00 前）", "Early evening, before 20:00"),
    }
)

OUTLOOKS: Final[Mapping[str, Words]] = MappingProxyType(
    {
        "for-now": Words("暂时的，会慢慢恢复", "For now, it should get better"),
        "lasting": Words("可能长期这样", "It may stay like this"),
        "unsure": Words("暂时说不准", "I cannot say yet"),
    }
)

#: Papers about health, family or an offence: they want a consent of their own (PIPL art. 28-29).
SENSITIVE_PAPERS: Final = frozenset(
    {
        "diagnosis",
        "medical_bills",
        "hospital_record",
        "disability_certificate",
        "death_certificate",
        "relation_proof",
        "court_document",
        "police_receipt",
    }
)
