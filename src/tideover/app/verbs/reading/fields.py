"""Reading one typed field: the value, or a refusal that says what to write instead.

What was typed is never changed here and never lost: the caller keeps it beside the value.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, ClassVar

from tideover.money import Currency, Money, Refusal

TEXT_LENGTH_MAX = 2_000
NAME_LENGTH_MAX = 60
ROWS_MAX = 30
YEARS_APART_MAX = 60
PEOPLE_MAX = 30
AMOUNT_MINOR_MAX = 10**14
"""A million million in major units: above it a key was stuck, and no ledger column holds it."""

_DATE = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
_YES = frozenset({"1", "true", "yes", "on"})


class FieldMissing(Refusal):
    """A field that is needed was left empty."""

    code: ClassVar[str] = "field-missing"

    def __init__(self, label: str, label_zh: str) -> None:
        super().__init__(f"{label} is missing: fill it in", f"请填写{label_zh}")


class NotADate(Refusal):
    """The text is no day of the calendar."""

    code: ClassVar[str] = "not-a-date"

    def __init__(self, text: str) -> None:
        shown = text[:20]
        super().__init__(
            f"{shown!r} is not a date: write year, month and day, for example 2026-10-05",
            f"“{shown}”不是有效的日期：请写年、月、日，例如 2026年10月5日",
        )


class DateTooFar(Refusal):
    """The day is so far from today that it must be a slip of the pen."""

    code: ClassVar[str] = "date-too-far"

    def __init__(self, day: date, today: date) -> None:
        super().__init__(
            f"{day} is more than {YEARS_APART_MAX} years from today, {today}: check the year",
            f"{day} 与今天 {today} 相差超过 {YEARS_APART_MAX} 年：请检查年份",
        )


class DatesOutOfOrder(Refusal):
    """The later of two days comes before the earlier one."""

    code: ClassVar[str] = "dates-out-of-order"

    def __init__(self, earlier: date, later: date) -> None:
        super().__init__(
            f"the end, {later}, is before the beginning, {earlier}: correct one of the two",
            f"结束日期 {later} 早于开始日期 {earlier}：请更正其中一个",
        )


class NotAChoice(Refusal):
    """The value is none of those that can be chosen."""

    code: ClassVar[str] = "not-a-choice"

    def __init__(self, value: str, choices: Sequence[str]) -> None:
        super().__init__(
            f"{value[:40]!r} cannot be chosen; choose one of: {', '.join(choices)}",
            f"“{value[:40]}”不在可选范围内，请重新选择",
        )


class NotACount(Refusal):
    """The text is not a whole number within its limits."""

    code: ClassVar[str] = "not-a-count"

    def __init__(self, text: str, *, least: int, most: int) -> None:
        super().__init__(
            f"{text[:20]!r} is not a whole number from {least} to {most}: write digits",
            f"“{text[:20]}”不是 {least} 到 {most} 之间的整数：请填写数字",
        )


class AmountTooLarge(Refusal):
    """The amount is so large that it must be a slip of the pen."""

    code: ClassVar[str] = "amount-too-large"

    def __init__(self, amount: Money) -> None:
        most = Money(AMOUNT_MINOR_MAX, amount.currency).display
        super().__init__(
            f"{amount.display} is above {most}: check the number of digits",
            f"{amount.display} 超过 {most}：请检查位数",
        )


class TextTooLong(Refusal):
    """More was typed than is kept."""

    code: ClassVar[str] = "text-too-long"

    def __init__(self, length: int, length_max: int) -> None:
        super().__init__(
            f"the text has {length} characters and up to {length_max} are kept: shorten it by "
            f"{length - length_max}",
            f"共 {length} 个字，最多 {length_max} 个字：请删去 {length - length_max} 个字",
        )


class TooManyRows(Refusal):
    """A list has more rows than is kept."""

    code: ClassVar[str] = "too-many-rows"

    def __init__(self, count: int) -> None:
        super().__init__(
            f"there are {count} rows and up to {ROWS_MAX} are kept: put small ones together",
            f"共 {count} 行，最多 {ROWS_MAX} 行：请合并较小的项目",
        )


def typed(raw: Mapping[str, Any], name: str) -> str:
    """The text of a field as it was typed, without blanks around it; "" when absent."""
    value = raw.get(name)
    if value is None or isinstance(value, Mapping | list | tuple):
        return ""
    return str(value).replace("\x00", "").strip()


def storable(typed_in: Any, *, depth: int = 6) -> Any:
    """What was typed as JSON that UTF-8 can hold: half a character becomes “?”, a deep nest text.

    Everything else stays as it was typed.
    """
    if isinstance(typed_in, Mapping) and depth:
        return {
            storable(str(name)): storable(each, depth=depth - 1) for name, each in typed_in.items()
        }
    if isinstance(typed_in, list | tuple) and depth:
        return [storable(each, depth=depth - 1) for each in typed_in]
    if typed_in is None or isinstance(typed_in, bool | int):
        return typed_in
    return str(typed_in).encode("utf-8", errors="replace").decode("utf-8")


def text(raw: Mapping[str, Any], name: str, *, length_max: int = TEXT_LENGTH_MAX) -> str:
    """A text. Raises TextTooLong."""
    value = typed(raw, name)
    if len(value) > length_max:
        raise TextTooLong(len(value), length_max)
    return value


def needed_text(
    raw: Mapping[str, Any], name: str, *, label: tuple[str, str], length_max: int = NAME_LENGTH_MAX
) -> str:
    """A text that is not empty. Raises FieldMissing and TextTooLong."""
    value = text(raw, name, length_max=length_max)
    if not value:
        raise FieldMissing(*label)
    return value


def day(raw: Mapping[str, Any], name: str, *, today: date) -> date | None:
    """A day, or None when the field is empty. Raises NotADate and DateTooFar."""
    written = unicodedata.normalize("NFKC", typed(raw, name))
    if not written:
        return None
    parts = _DATE.fullmatch(written)
    try:
        found = date(*(int(part) for part in parts.groups())) if parts else None
    except ValueError:
        found = None
    if found is None:
        raise NotADate(written)
    if abs(found.year - today.year) > YEARS_APART_MAX:
        raise DateTooFar(found, today)
    return found


def in_order(earlier: date | None, later: date | None) -> None:
    """Raise DatesOutOfOrder when both days are known and the later one is earlier."""
    if earlier is not None and later is not None and later < earlier:
        raise DatesOutOfOrder(earlier, later)


def money(raw: Mapping[str, Any], name: str, *, unit: Currency, label: tuple[str, str]) -> Money:
    """An amount of zero or more.

    Raises FieldMissing, NotAnAmount, NegativeAmount and AmountTooLarge.
    """
    written = typed(raw, name)
    if not written:
        raise FieldMissing(*label)
    amount = Money.parse_not_negative(written.removeprefix("¥").removeprefix("￥"), unit)
    if amount.minor > AMOUNT_MINOR_MAX:
        raise AmountTooLarge(amount)
    return amount


def count(
    raw: Mapping[str, Any], name: str, *, least: int, most: int, label: tuple[str, str]
) -> int:
    """A whole number within limits. Raises FieldMissing and NotACount."""
    written = unicodedata.normalize("NFKC", typed(raw, name))
    if not written:
        raise FieldMissing(*label)
    if not written.isdecimal() or len(written) > 6 or not least <= int(written) <= most:
        raise NotACount(written, least=least, most=most)
    return int(written)


def choice(
    raw: Mapping[str, Any], name: str, *, choices: Sequence[str], label: tuple[str, str]
) -> str:
    """One of the choices. Raises FieldMissing and NotAChoice."""
    value = typed(raw, name)
    if not value:
        raise FieldMissing(*label)
    if value not in choices:
        raise NotAChoice(value, choices)
    return value


def yes(raw: Mapping[str, Any], name: str) -> bool:
    """Whether a box was ticked."""
    return typed(raw, name).lower() in _YES


def rows(raw: Mapping[str, Any], name: str) -> tuple[Mapping[str, Any], ...]:
    """The rows of a list that have anything in them. Raises TooManyRows."""
    found = raw.get(name)
    listed = found if isinstance(found, list | tuple) else ()
    kept = tuple(row for row in listed if isinstance(row, Mapping))
    if len(kept) > ROWS_MAX:
        raise TooManyRows(len(kept))
    return kept
