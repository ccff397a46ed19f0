"""Reading arguments: every mistake becomes one clear sentence."""

import argparse
from collections.abc import Callable
from datetime import date
from typing import ClassVar, NoReturn, TypeVar

from tideover.money import Refusal

_Value = TypeVar("_Value")


class BadArguments(Refusal):
    """The command line cannot be understood."""

    code: ClassVar[str] = "bad-arguments"

    def __init__(self, command: str, problem: str) -> None:
        super().__init__(
            f"{problem}; see {command} --help", f"参数有误（{problem}）；请看 {command} --help"
        )


class NotADate(Refusal):
    """The text is not a calendar day."""

    code: ClassVar[str] = "not-a-date"

    def __init__(self, text: str) -> None:
        super().__init__(
            f"{text!r} is not a date: write year-month-day, for example 2026-01-31",
            f"“{text}”不是有效的日期：请按 年-月-日 填写，例如 2026-01-31",
        )


class Arguments(argparse.ArgumentParser):
    """A parser that refuses in one sentence instead of printing its usage and leaving."""

    def error(self, message: str) -> NoReturn:
        """Refuse with what is wrong and where help is."""
        raise BadArguments(self.prog, message)


def parse_day(text: str) -> date:
    """Return the day written as 2026-01-31.

    Raises:
        NotADate: it is not one.
    """
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise NotADate(text) from None


def optional(read: Callable[[str], _Value], text: str | None) -> _Value | None:
    """Return what `read` makes of `text`, or None when there is none."""
    return None if text is None else read(text)
