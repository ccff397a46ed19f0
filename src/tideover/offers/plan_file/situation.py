"""The household's file: structure and meaning, all problems in one answer."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final, NoReturn

from tideover.affordability import (
    Household,
    Income,
    IncomeKind,
    OtherDebt,
    Outgoing,
    OutgoingCategory,
)
from tideover.money import CNY, Currency, currency
from tideover.offers.joint import JointRequest, JointWish
from tideover.offers.plan_file.assets import read_assets
from tideover.offers.plan_file.debts import read_debts
from tideover.offers.plan_file.nodes import BadFile, Problem, parse
from tideover.offers.plan_file.reader import Fields, Reader
from tideover.policy import NoValueYet, Words, load_book

__all__ = ["Cause", "PlanFile", "read_plan"]

TOP: Final = (
    "as_of", "currency", "household", "hardship", "income", "outgoings", "debts", "assets", "wish",
)  # fmt: skip
HOUSEHOLD_PRODUCT: Final = "consumer-level"


class Cause(StrEnum):
    """Why a household is in trouble."""

    JOB_LOSS = "job_loss"
    INCOME_DROP = "income_drop"
    ILLNESS = "illness"
    FAMILY_ILLNESS = "family_illness"
    DEATH = "death"
    DISASTER = "disaster"
    DIVORCE = "divorce"
    BUSINESS_FAILURE = "business_failure"
    FRAUD = "fraud"
    DISABILITY = "disability"
    OVER_INDEBTED = "over_indebted"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanFile:
    """A file that was understood."""

    request: JointRequest
    cause: Cause | None
    names: tuple[str, ...]


def read_plan(text: str, *, name: str) -> PlanFile:
    """Return the household a file describes.

    Raises:
        BadFile: with every problem of structure and meaning, each with its line.
    """
    reader = Reader()
    node = parse(text, reader.problems)
    if node is None:
        _refuse(reader.problems or [_empty()], name)
    top = reader.fields(node, "", known=TOP, needed=("as_of", "debts"))
    as_of = _within_policy(top, top.day("as_of"))
    unit = top.read("currency", currency, zh="", en="") if "currency" in top else CNY
    cause = _hardship(top, as_of)
    incomes = tuple(_incomes(top, unit or CNY))
    outgoings = tuple(_outgoings(top, unit or CNY))
    people = _people(top)
    wish = _wish(top, unit or CNY)
    savings = read_assets(top, unit or CNY)
    debts = read_debts(top, as_of=as_of, unit=unit or CNY)
    if reader.problems or as_of is None or unit is None:
        _refuse(reader.problems, name)
    household = Household(
        adults=people[0],
        children=people[1],
        incomes=incomes,
        outgoings=outgoings,
        other_debts=tuple(one for one in debts if isinstance(one, OtherDebt)),
        currency=unit,
        savings=savings,
    )
    request = JointRequest(
        on=as_of,
        household=household,
        debts=tuple(one for one in debts if not isinstance(one, OtherDebt)),
        parameters=load_book().on(as_of, product=HOUSEHOLD_PRODUCT),
        wish=wish,
    )
    return PlanFile(request=request, cause=cause, names=tuple(one.name for one in request.debts))


def _empty() -> Problem:
    return Problem(1, "file", Words("文件是空的", "is empty"))


def _within_policy(top: Fields, as_of: date | None) -> date | None:
    """Return the day; None, and noted, where the policy book does not reach back to it."""
    try:
        if as_of:
            load_book().on(as_of, product=HOUSEHOLD_PRODUCT).integer("capacity.months_min")
    except NoValueYet as early:
        top.note(
            "as_of", zh=f"早于政策库的第一天（{early.first_day}）",
            en=f"is before the first day of the policy book, {early.first_day}",
        )  # fmt: skip
        return None
    return as_of


def _people(top: Fields) -> tuple[int, int]:
    if "household" not in top:
        return 1, 0
    home = top.reader.fields(top.child("household"), "household", known=("adults", "children"))
    adults = home.whole("adults", least=1, most=30) if "adults" in home else 1
    children = home.whole("children", most=30) if "children" in home else 0
    return adults or 1, children or 0


def _hardship(top: Fields, as_of: date | None) -> Cause | None:
    if "hardship" not in top:
        return None
    known = ("cause", "since", "expected_recovery")
    hardship = top.reader.fields(top.child("hardship"), "hardship", known=known)
    since, recovery = hardship.day("since"), hardship.day("expected_recovery")
    if since and as_of and since > as_of:
        hardship.note("since", zh=f"晚于 as_of（{as_of}）", en=f"is after as_of, {as_of}")
    if since and recovery and recovery < since:
        hardship.note(
            "expected_recovery", zh=f"早于 since（{since}）", en=f"is before since, {since}"
        )
    return hardship.choice("cause", Cause)


def _incomes(top: Fields, unit: Currency) -> Iterator[Income]:
    known = ("name", "monthly", "from", "until", "verified")
    for where, node in top.entries("income"):
        one = top.reader.fields(node, where, known=known, needed=("name", "monthly"))
        name, monthly = one.text("name"), one.money("monthly", unit)
        since, until = one.day("from"), one.day("until")
        one.flag("verified")
        if since and until and until < since:
            one.note(
                "until",
                zh=f"早于 from（{since}）",
                en=f"is before from, {since}: income ends first",
            )
        elif name and monthly is not None:
            yield Income(
                name=name, kind=IncomeKind.OTHER, monthly=monthly, since=since, until=until
            )


def _outgoings(top: Fields, unit: Currency) -> Iterator[Outgoing]:
    known = ("name", "category", "monthly")
    for where, node in top.entries("outgoings"):
        one = top.reader.fields(node, where, known=known, needed=("category", "monthly"))
        one.text("name")
        category = one.choice("category", OutgoingCategory)
        monthly = one.money("monthly", unit)
        if category is not None and monthly is not None:
            yield Outgoing(category=category, monthly=monthly)


def _wish(top: Fields, unit: Currency) -> JointWish:
    if "wish" not in top:
        return JointWish()
    known = ("monthly", "instalments", "pause_months")
    wish = top.reader.fields(top.child("wish"), "wish", known=known)
    return JointWish(
        monthly=wish.money("monthly", unit),
        instalments=wish.whole("instalments", least=1),
        pause_months=wish.whole("pause_months"),
    )


def _refuse(problems: list[Problem], name: str) -> NoReturn:
    raise BadFile(name, tuple(problems))
