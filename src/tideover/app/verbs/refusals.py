"""Refusals that more than one verb gives."""

from datetime import datetime
from typing import ClassVar

from tideover.app import clock
from tideover.money import Refusal
from tideover.policy import Words


class NotFound(Refusal):
    """There is no such thing, or it is not theirs: the answer is the same for both (404)."""

    code: ClassVar[str] = "not-found"

    def __init__(self, what: str) -> None:
        self.what = what
        super().__init__(
            f"There is no {what} here. Check the address, or start from your loans.",
            "这里没有你要找的内容。请检查网址，或从“我的贷款”重新进入。",
        )


class StaleVersion(Refusal):
    """Somebody else changed the case since the form was shown: who, when, and what they did."""

    code: ClassVar[str] = "stale-version"

    def __init__(self, *, case_number: str, by: str, who: Words, at: datetime, did: Words) -> None:
        self.case_number = case_number
        self.by = by
        self.who = who
        self.at = at
        self.did = did
        when = at.astimezone(clock.BUSINESS_ZONE)
        super().__init__(
            f"Case {case_number} has changed since you opened it: {who.en} {did.en} on "
            f"{when:%Y-%m-%d at %H:%M}. Nothing you typed was lost; look again, then decide.",
            f"案件 {case_number} 在你打开之后已有变动：{who.zh} 于 {when:%m月%d日 %H:%M} {did.zh}。"
            "你填写的内容还在，请重新查看后再决定。",
        )
