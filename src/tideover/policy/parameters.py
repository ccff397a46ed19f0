"""A policy number: dated, sourced and never guessed; and all that hold on one day.

A value holds from its first day until the next one. Asking for a day before the first is a
refusal: nobody may be judged by a number that did not exist yet.
"""

import hashlib
import json
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import ClassVar

from tideover.money import Refusal
from tideover.policy.words import Words

__all__ = [
    "DatedParameter", "NoValueYet", "Parameter", "ParameterUnknown", "Parameters", "Value",
    "WrongUnit", "value_text",
]  # fmt: skip

Value = int | Fraction | str | bool | tuple[str, ...]


class ParameterUnknown(Refusal):
    """No pack in force holds a parameter of this name."""

    code: ClassVar[str] = "policy-parameter-unknown"

    def __init__(self, name: str, *, near: tuple[str, ...] = ()) -> None:
        self.name = name
        hint = f" Near it: {', '.join(near)}." if near else ""
        super().__init__(
            f"policy parameter {name!r} is in none of the packs in force.{hint} "
            "`tideover policy show` lists every name.",
            f"现行政策中没有名为“{name}”的参数。可用 tideover policy show 查看全部名称。",
        )


class NoValueYet(Refusal):
    """The parameter was asked for a day before its first value."""

    code: ClassVar[str] = "policy-no-value-yet"

    def __init__(self, name: str, *, on: date, first_day: date) -> None:
        self.name, self.on, self.first_day = name, on, first_day
        super().__init__(
            f"policy parameter {name!r} has no value on {on}: its first value starts on "
            f"{first_day}. Use a decision date from {first_day}, or add an earlier value to "
            "policy/book.",
            f"政策参数“{name}”在 {on} 还没有取值，最早自 {first_day} 起有效。"
            f"请使用 {first_day} 及以后的日期，或在 policy/book 补充更早的取值。",
        )


class WrongUnit(Refusal):
    """The parameter was read as something it is not, a ratio as a whole number for example."""

    code: ClassVar[str] = "policy-wrong-unit"

    def __init__(self, name: str, *, unit: str, asked: str) -> None:
        self.name = name
        super().__init__(
            f"policy parameter {name!r} is measured in {unit!r} and was read as {asked}; "
            "read it by its own unit",
            f"政策参数“{name}”的单位是 {unit}，不能当作其他类型读取。",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """One number of law or policy as it holds on one day.

    `confidence` says how well the source was checked: H (read in a text that reproduces it),
    M (several secondary pages agree), L (one weak page), K (general knowledge), or D (this
    lender's own decision, which needs no outside source).
    """

    name: str
    label: Words
    unit: str
    value: Value
    reference: str
    confidence: str
    first_day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedParameter:
    """A policy number with every value it has had, first days ascending."""

    name: str
    label: Words
    unit: str
    reference: str
    confidence: str
    pack: str
    values: tuple[tuple[date, Value], ...]

    def on(self, day: date) -> Parameter:
        """Return the parameter as it holds on `day`.

        Raises:
            NoValueYet: `day` is before the first value.
        """
        position = bisect_right(self.values, day, key=lambda dated: dated[0])
        if position == 0:
            raise NoValueYet(self.name, on=day, first_day=self.values[0][0])
        first_day, value = self.values[position - 1]
        return Parameter(
            name=self.name, label=self.label, unit=self.unit, value=value,
            reference=self.reference, confidence=self.confidence, first_day=first_day,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Parameters:
    """Every policy number as it holds on the day `on`, for one product.

    A parameter that has no value yet on `on` refuses only when it is read: a book may know
    rules that start later.
    """

    on: date
    product: str
    dated: Mapping[str, DatedParameter]
    digest: str
    # What was read before: the day is one, so the value is.
    _read: dict[str, Parameter] = field(default_factory=dict, init=False, compare=False, repr=False)

    @classmethod
    def gather(cls, dated: Mapping[str, DatedParameter], *, on: date, product: str) -> "Parameters":
        """Return the parameters of `dated` on a day, with the digest over all values in force."""
        return cls(on, product, dated, _digest(dated, on=on, product=product))

    def __getitem__(self, name: str) -> Parameter:
        """Return the parameter called `name`.

        Raises:
            ParameterUnknown: no pack in force holds it.
            NoValueYet: it starts after `on`.
        """
        if (known := self._read.get(name)) is not None:
            return known
        if name not in self.dated:
            head = name.partition(".")[0]
            near = tuple(known for known in sorted(self.dated) if known.startswith(head))
            raise ParameterUnknown(name, near=near[:5])
        value = self._read[name] = self.dated[name].on(self.on)
        return value

    def __contains__(self, name: object) -> bool:
        """Whether `name` is known and has a value on this day."""
        known = self.dated.get(name) if isinstance(name, str) else None
        return known is not None and known.values[0][0] <= self.on

    def __iter__(self) -> Iterator[Parameter]:
        """Return every parameter in force on this day, by name."""
        return (self[name] for name in sorted(self.dated) if name in self)

    def integer(self, name: str) -> int:
        """Return a whole number: months, days, counts, minor units.

        Raises:
            WrongUnit: the parameter is not a whole number.
        """
        parameter = self[name]
        if isinstance(parameter.value, bool) or not isinstance(parameter.value, int):
            raise WrongUnit(name, unit=parameter.unit, asked="a whole number")
        return parameter.value

    def ratio(self, name: str) -> Fraction:
        """Return an exact ratio, 24 % being 6/25.

        Raises:
            WrongUnit: the parameter is not a ratio.
        """
        parameter = self[name]
        if not isinstance(parameter.value, Fraction):
            raise WrongUnit(name, unit=parameter.unit, asked="a ratio")
        return parameter.value

    def text(self, name: str) -> str:
        """Return a text.

        Raises:
            WrongUnit: the parameter is not text.
        """
        parameter = self[name]
        if not isinstance(parameter.value, str):
            raise WrongUnit(name, unit=parameter.unit, asked="text")
        return parameter.value

    def flag(self, name: str) -> bool:
        """Return yes or no.

        Raises:
            WrongUnit: the parameter is not a yes-or-no.
        """
        parameter = self[name]
        if not isinstance(parameter.value, bool):
            raise WrongUnit(name, unit=parameter.unit, asked="yes or no")
        return parameter.value

    def names(self, name: str) -> tuple[str, ...]:
        """Return a list of names.

        Raises:
            WrongUnit: the parameter is not a list.
        """
        parameter = self[name]
        if not isinstance(parameter.value, tuple):
            raise WrongUnit(name, unit=parameter.unit, asked="a list")
        return parameter.value


def value_text(value: Value) -> str:
    """Return a value as the canonical text that digests and listings use."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ", ".join(value) if isinstance(value, tuple) else str(value)


def _digest(dated: Mapping[str, DatedParameter], *, on: date, product: str) -> str:
    in_force = {
        name: [parameter.unit, value_text(parameter.on(on).value)]
        for name, parameter in dated.items()
        if parameter.values[0][0] <= on
    }
    canonical = json.dumps(
        {"product": product, "values": in_force}, sort_keys=True, ensure_ascii=False
    )
    return hashlib.sha256(canonical.encode()).hexdigest()
