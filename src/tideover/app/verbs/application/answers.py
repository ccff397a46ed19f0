"""Reading the answers of a section: a clean record, or every problem at once, field by field.

What was typed is kept beside the clean record, so a refusal loses nothing. Field names of rows
count from zero: `items.0.monthly`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar, TypeVar

from tideover.affordability import (
    INCOME_WORDS,
    Household,
    IncomeKind,
    OutgoingCategory,
    PayFrequency,
    a_month,
    household_from_record,
)
from tideover.app.verbs.application.knowing import CHANNELS, HOURS, NEEDS, OUTLOOKS
from tideover.app.verbs.reading import fields
from tideover.money import Currency, Refusal
from tideover.policy import Words

SECTIONS = ("consent", "cause", "contact", "income", "outgoings", "wish", "evidence")
"""The sections that take answers. "contact" may be left out, and "consent" by telephone."""

WISHES = ("pay-less", "pause", "longer", "move-date", "settle", "advice")
"""What a borrower can wish for."""

MONTHS_MAX = 600
T = TypeVar("T")


class ConsentNeeded(Refusal):
    """Without this consent the figures of a household may not be worked on here."""

    code: ClassVar[str] = "consent-needed"

    def __init__(self) -> None:
        super().__init__(
            "we may only work on your figures here when you agree to it; without this tick, call "
            "the hotline and a person helps you by telephone",
            "没有你的同意，我们不能在线处理你的收支信息；不想勾选也没关系，请打电话，由真人帮你办理",
        )


class UnknownSection(Refusal):
    """There is no section of this name."""

    code: ClassVar[str] = "unknown-section"

    def __init__(self, section: str) -> None:
        super().__init__(
            f"there is no section {section[:40]!r}; the sections are {', '.join(SECTIONS)}",
            f"没有“{section[:40]}”这一部分，请从申请首页重新进入",
        )


class AnswerProblems(Refusal):
    """Answers that cannot be used yet: what to put right, by field. They were kept as typed."""

    code: ClassVar[str] = "answer-problems"

    def __init__(self, section: str, problems: Mapping[str, Refusal]) -> None:
        self.section = section
        self.problems = dict(problems)
        listed = "; ".join(f"{name}: {problem}" for name, problem in problems.items())
        super().__init__(
            f"{len(problems)} answers need another look, all was kept as typed: {listed}",
            f"有 {len(problems)} 处需要再看一下，已填写的内容都已保存："
            + "；".join(problem.zh for problem in problems.values()),
        )


@dataclass(frozen=True, slots=True)
class Asked:
    """What a section is read against: today, the loan's currency, and the causes and needs."""

    today: date
    unit: Currency
    causes: Sequence[str]
    needs: Sequence[str]


@dataclass(frozen=True, slots=True)
class _Reading:
    """One pass over what was typed; a field that refuses is noted and the pass goes on."""

    raw: Mapping[str, Any]
    asked: Asked
    problems: dict[str, Refusal] = field(default_factory=dict)
    prefix: str = ""

    def take(self, name: str, read: Callable[..., T], **more: Any) -> T | None:
        """The value of a field, or None with its problem noted."""
        try:
            return read(self.raw, name, **more)
        except Refusal as problem:
            self.problems[f"{self.prefix}{name}"] = problem
            return None

    def each(self, name: str) -> tuple["_Reading", ...]:
        """A reading of each row of a list."""
        rows = self.take(name, fields.rows) or ()
        return tuple(
            _Reading(row, self.asked, self.problems, f"{name}.{number}.")
            for number, row in enumerate(rows)
        )

    def day(self, name: str) -> date | None:
        """A day that may be left out."""
        return self.take(name, fields.day, today=self.asked.today)

    def ordered(self, earlier: date | None, later: date | None, *, name: str) -> None:
        """Note when two days come in the wrong order."""
        try:
            fields.in_order(earlier, later)
        except Refusal as problem:
            self.problems[f"{self.prefix}{name}"] = problem

    def money(self, name: str, *, label: tuple[str, str]) -> str | None:
        """An amount as text."""
        amount = self.take(name, fields.money, unit=self.asked.unit, label=label)
        return None if amount is None else amount.text

    def amount_a_month(self, *, label: tuple[str, str]) -> dict[str, Any]:
        """An amount as it comes or goes, how often, and what that is in a month.

        One that says nothing of how often is for a month: so the record of an earlier version.
        """
        name = "amount" if "amount" in self.raw else "monthly"
        amount = self.take(name, fields.money, unit=self.asked.unit, label=label)
        often = PayFrequency.MONTHLY
        if fields.typed(self.raw, "frequency"):
            words = ("how often", "多久一次")
            choices = list(PayFrequency)
            taken = self.take("frequency", fields.choice, choices=choices, label=words)
            often = PayFrequency(taken) if taken else often
        return {
            "amount": None if amount is None else amount.text,
            "frequency": often.value,
            "monthly": None if amount is None else a_month(amount, often).text,
        }


def parse_section(section: str, raw: Mapping[str, Any], *, asked: Asked) -> dict[str, Any]:
    """The clean record of a section.

    Raises:
        UnknownSection: there is none of that name.
        AnswerProblems: with a refusal for every field that needs another look.
    """
    if section not in _READERS:
        raise UnknownSection(section)
    reading = _Reading(raw, asked)
    record = _READERS[section](reading)
    if reading.problems:
        raise AnswerProblems(section, reading.problems)
    return record


def household_of(
    income: Mapping[str, Any], outgoings: Mapping[str, Any], unit: Currency
) -> Household:
    """The household that two clean sections describe."""
    return household_from_record(
        {
            "currency": unit.code,
            "adults": outgoings["adults"],
            "children": outgoings["children"],
            "incomes": income["items"],
            "outgoings": outgoings["items"],
            "other_debts": outgoings["debts"],
        }
    )


def _consent(reading: _Reading) -> dict[str, Any]:
    accounts = fields.yes(reading.raw, "accounts")
    if not accounts:
        reading.problems["accounts"] = ConsentNeeded()
    return {"accounts": accounts, "sensitive": fields.yes(reading.raw, "sensitive")}


def _cause(reading: _Reading) -> dict[str, Any]:
    since = reading.take("since", _needed_day, today=reading.asked.today)
    recovery = reading.day("expects_recovery_on")
    reading.ordered(since, recovery, name="expects_recovery_on")
    label = ("what happened", "发生了什么")
    return {
        "cause": reading.take("cause", fields.choice, choices=reading.asked.causes, label=label),
        "since": _iso(since),
        "expects_recovery_on": _iso(recovery),
        "outlook": _one_of(reading, "outlook", OUTLOOKS, label=("how long", "持续多久")),
        "note": reading.take("note", fields.text),
    }


def _income(reading: _Reading) -> dict[str, Any]:
    return {"items": [_income_row(row) for row in reading.each("items")]}


def _income_row(row: _Reading) -> dict[str, Any]:
    kinds = [kind.value for kind in IncomeKind]
    label = ("the kind of income", "收入类型")
    kind = row.take("kind", fields.choice, choices=kinds, label=label)
    since, until = row.day("since"), row.day("until")
    row.ordered(since, until, name="until")
    name = row.take("name", fields.text, length_max=fields.NAME_LENGTH_MAX)
    return {
        "name": name or (INCOME_WORDS[IncomeKind(kind)].zh if kind else ""),
        "kind": kind,
        **row.amount_a_month(label=("the amount", "金额")),
        "since": _iso(since),
        "until": _iso(until),
    }


def _outgoings(reading: _Reading) -> dict[str, Any]:
    most = fields.PEOPLE_MAX
    adults, children = ("the number of adults", "成人人数"), ("the number of children", "子女人数")
    return {
        "adults": reading.take("adults", fields.count, least=1, most=most, label=adults),
        "children": reading.take("children", fields.count, least=0, most=most, label=children),
        "items": [_outgoing_row(row) for row in reading.each("items")],
        "debts": [_debt_row(row) for row in reading.each("debts")],
        "note": reading.take("note", fields.text),
    }


def _outgoing_row(row: _Reading) -> dict[str, Any]:
    categories = [category.value for category in OutgoingCategory]
    label = ("what it is for", "支出类别")
    return {
        "category": row.take("category", fields.choice, choices=categories, label=label),
        **row.amount_a_month(label=("the amount", "金额")),
    }


def _debt_row(row: _Reading) -> dict[str, Any]:
    label = ("who it is owed to", "债权人")
    return {
        "creditor": row.take("creditor", fields.needed_text, label=label),
        "monthly": row.money("monthly", label=("the monthly payment", "每月还款额")),
        "is_priority": fields.yes(row.raw, "is_priority"),
    }


def _wish(reading: _Reading) -> dict[str, Any]:
    label = ("what would help", "你的想法")
    monthly, months = ("the monthly amount", "每月金额"), ("the months of pause", "暂停的月数")
    at_once = ("the amount at once", "一次能付的金额")
    has_lump_sum = fields.typed(reading.raw, "lump_sum") != ""
    has_months = fields.typed(reading.raw, "pause_months") != ""
    has_monthly = fields.typed(reading.raw, "monthly") != ""
    return {
        "kind": reading.take("kind", fields.choice, choices=WISHES, label=label),
        "monthly": reading.money("monthly", label=monthly) if has_monthly else None,
        "pause_months": reading.take(
            "pause_months", fields.count, least=0, most=MONTHS_MAX, label=months
        )
        if has_months
        else None,
        "lump_sum": reading.money("lump_sum", label=at_once) if has_lump_sum else None,
        "note": reading.take("note", fields.text),
    }


def _evidence(reading: _Reading) -> dict[str, Any]:
    rows = [_missing_row(row) for row in reading.each("missing")]
    if not rows:
        problem = fields.FieldMissing("which evidence cannot be had", "哪一份材料没有")
        reading.problems.setdefault("missing", problem)
    return {"missing": rows}


def _missing_row(row: _Reading) -> dict[str, Any]:
    need, reason = ("which evidence", "哪一份材料"), ("why it cannot be had", "没有这份材料的原因")
    return {
        "need": row.take("need", fields.choice, choices=row.asked.needs, label=need),
        "reason": row.take(
            "reason", fields.needed_text, label=reason, length_max=fields.TEXT_LENGTH_MAX
        ),
    }


def _contact(reading: _Reading) -> dict[str, Any]:
    known = reading.raw.get("needs")
    needs = [one for one in NEEDS if one in known] if isinstance(known, list | tuple) else []
    return {
        "needs": needs,
        "channel": _one_of(reading, "channel", CHANNELS, label=("the channel", "联系方式")),
        "time": _one_of(reading, "time", HOURS, label=("the time of day", "联系时间")),
        "support": reading.take("support", fields.text, length_max=fields.NAME_LENGTH_MAX),
        "note": reading.take("note", fields.text),
    }


def _one_of(
    reading: _Reading, name: str, choices: Mapping[str, Words], *, label: tuple[str, str]
) -> str:
    """One of the choices, "" where it was left open."""
    if not fields.typed(reading.raw, name):
        return ""
    return reading.take(name, fields.choice, choices=tuple(choices), label=label) or ""


def _needed_day(raw: Mapping[str, Any], name: str, *, today: date) -> date:
    found = fields.day(raw, name, today=today)
    if found is None:
        raise fields.FieldMissing("the day since when", "从什么时候开始")
    return found


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


_READERS: Mapping[str, Callable[[_Reading], dict[str, Any]]] = {
    "consent": _consent,
    "cause": _cause,
    "income": _income,
    "outgoings": _outgoings,
    "wish": _wish,
    "evidence": _evidence,
    "contact": _contact,
}
