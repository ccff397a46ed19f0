"""Refusals that more than one verb gives."""

from typing import ClassVar

from tideover.money import Refusal


class NotFound(Refusal):
    """There is no such thing, or it is not theirs: the answer is the same for both (404)."""

    code: ClassVar[str] = "not-found"

    def __init__(self, what: str) -> None:
        self.what = what
        super().__init__(
            f"There is no {what} here. Check the address, or start from your loans.",
            "这里没有您要找的内容。请检查网址，或从“我的贷款”重新进入。",
        )


class StaleVersion(Refusal):
    """Somebody else changed the case since the form was shown."""

    code: ClassVar[str] = "stale-version"

    def __init__(self, *, case_number: str, shown: int, current: int) -> None:
        self.case_number = case_number
        self.shown = shown
        self.current = current
        super().__init__(
            f"Case {case_number} has changed since you opened it "
            f"(you saw version {shown}, it is now {current}). Reload it and look again.",
            (
                f"案件 {self.case_number} 在您打开之后已有变动"
                f"（您看到的是第 {self.shown} 版，现在是第 {self.current} 版）。请刷新后再处理。"
            ),
        )
