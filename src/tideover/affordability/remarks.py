"""Questions for an agent about a household's figures. Never refusals, never blame."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from tideover.affordability.capacity import income_in_month
from tideover.affordability.household import (
    CATEGORY_WORDS,
    Household,
    OutgoingCategory,
)
from tideover.dates import format_date_en, format_date_zh
from tideover.money import Money, total
from tideover.policy import Parameters, Words, percent_text

__all__ = ["Remark", "allowance", "remarks"]

ESSENTIAL: Final = (OutgoingCategory.HOUSING, OutgoingCategory.FOOD)


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """Something in the figures that an agent asks about before deciding."""

    code: str
    words: Words


def remarks(household: Household, parameters: Parameters) -> tuple[Remark, ...]:
    """Return what to ask about, for the month of the decision day."""
    month = parameters.on.replace(day=1)
    return (
        *_no_income(household, month=month),
        *_deficit(household, month=month),
        *_ending_income(household, on=parameters.on),
        *_nothing_spent(household),
        *_above_allowance(household, parameters=parameters),
        *_heavy_debts(household, month=month, parameters=parameters),
    )


def allowance(
    category: OutgoingCategory, *, household: Household, parameters: Parameters
) -> Money | None:
    """Return what such a household usually spends on `category`, None where no figure is kept."""
    adults, children = household.adults, household.children
    amounts = {
        OutgoingCategory.FOOD: ("allowance.food.adult_minor", 1),
        OutgoingCategory.UTILITIES: ("allowance.utilities.household_minor", 1),
        OutgoingCategory.TRANSPORT: ("allowance.transport.adult_minor", adults),
        OutgoingCategory.COMMUNICATION: ("allowance.communication.adult_minor", adults),
        OutgoingCategory.CHILDCARE: ("allowance.childcare.child_minor", children),
    }
    if category not in amounts:
        return None
    name, count = amounts[category]
    minor = parameters.integer(name) * count
    if category is OutgoingCategory.FOOD:
        minor += parameters.integer("allowance.food.person_minor") * (adults + children - 1)
    return Money(minor, household.currency)


def _income(household: Household, month: date) -> Money:
    return total((income_in_month(one, month) for one in household.incomes), household.currency)


def _no_income(household: Household, *, month: date) -> Iterator[Remark]:
    if not _income(household, month):
        yield Remark(
            code="no-income",
            words=Words(
                "本月没有收入，请问生活费从哪里来？是否可以申领失业金或低保？",
                "no income this month: what does the household live on, and is a benefit due?",
            ),
        )


def _deficit(household: Household, *, month: date) -> Iterator[Remark]:
    spent = total((one.monthly for one in household.outgoings), household.currency)
    lacking = spent - _income(household, month)
    if lacking.minor > 0:
        yield Remark(
            code="deficit",
            words=Words(
                f"必要支出比收入多 {lacking.display}，先看暂停还款或减免，并介绍免费咨询",
                f"necessary spending is {lacking.display} above income: look at a pause or a "
                "waiver first, and tell of free advice",
            ),
        )


def _ending_income(household: Household, *, on: date) -> Iterator[Remark]:
    for income in household.incomes:
        if income.until is not None and income.until >= on:
            yield Remark(
                code="income-ends",
                words=Words(
                    f"“{income.name}”在{format_date_zh(income.until)}停止，之后靠什么收入？",
                    f"{income.name!r} ends on {format_date_en(income.until)}: what comes after it?",
                ),
            )


def _nothing_spent(household: Household) -> Iterator[Remark]:
    spent_on = {one.category for one in household.outgoings if one.monthly}
    for category in ESSENTIAL:
        if category not in spent_on:
            words = CATEGORY_WORDS[category]
            yield Remark(
                code=f"nothing-for-{category.value}",
                words=Words(
                    f"“{words.zh}”没有填写，是忘了，还是家人承担？",
                    f"nothing is given for {words.en.lower()}: forgotten, or paid by family?",
                ),
            )


def _above_allowance(household: Household, *, parameters: Parameters) -> Iterator[Remark]:
    room = 1 + parameters.ratio("remark.allowance_tolerance")
    for category in OutgoingCategory:
        usual = allowance(category, household=household, parameters=parameters)
        spent = total(
            (one.monthly for one in household.outgoings if one.category is category),
            household.currency,
        )
        if usual is None or spent.minor <= usual.minor * room:
            continue
        words = CATEGORY_WORDS[category]
        yield Remark(
            code=f"above-usual-{category.value}",
            words=Words(
                f"“{words.zh}”{spent.display}，同类家庭常见 {usual.display}，请说明一句即可",
                f"{words.en} is {spent.display}; households like this one usually spend "
                f"{usual.display}. A line of explanation is enough",
            ),
        )


def _heavy_debts(household: Household, *, month: date, parameters: Parameters) -> Iterator[Remark]:
    owed = total((debt.monthly for debt in household.other_debts), household.currency)
    income = _income(household, month)
    high = parameters.ratio("remark.debt_share_high")
    if income and owed.minor > income.minor * high:
        yield Remark(
            code="heavy-debts",
            words=Words(
                f"其他债务每月 {owed.display}，超过收入的 {percent_text(high, digits=0)}，"
                "建议一起商量",
                f"other debts take {owed.display} a month, more than "
                f"{percent_text(high, digits=0)} of income: better dealt with together",
            ),
        )
