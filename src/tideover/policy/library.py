"""The policy book: packs of dated parameters in YAML, read once and checked as they are read."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import ClassVar

from tideover.money import Refusal
from tideover.policy.parameters import DatedParameter, Parameters, Value
from tideover.policy.words import Words
from tideover.policy.yaml_once import read_once

__all__ = ["PRODUCTS", "BookFault", "PolicyBook", "ProductUnknown", "load_book"]

BOOK = Path(__file__).parent / "book"

#: The products that the demo lender keeps on its books.
PRODUCTS = ("weilidai", "card-instalment")

#: Packs that hold for every product of this lender.
COMMON_PACKS = ("law/cn", "lender/demo")
#: A page asks for the same few days again and again: gathering one hashes the whole book.
GATHERED_MAX = 64

WHOLE_NUMBERS = frozenset(
    {"month", "day", "working_day", "hour", "minute", "count", "byte", "minor"}
)
CONFIDENCES = frozenset("HMLKD")


class BookFault(Refusal):
    """A pack does not say what a pack must say. Every problem found is listed."""

    code: ClassVar[str] = "policy-book-fault"

    def __init__(self, problems: tuple[str, ...]) -> None:
        self.problems = problems
        listed = "\n  ".join(problems)
        super().__init__(
            f"the policy book has {len(problems)} problem(s):\n  {listed}",
            f"政策手册有 {len(problems)} 处问题：\n  {listed}",
        )


class ProductUnknown(Refusal):
    """No product pack has this name."""

    code: ClassVar[str] = "policy-product-unknown"

    def __init__(self, product: str, *, known: tuple[str, ...]) -> None:
        self.product = product
        self.known = known
        super().__init__(
            f"there is no policy pack for the product {product!r}; known: {', '.join(known)}",
            f"没有产品“{product}”的政策；已有：{'、'.join(known)}。",
        )


@dataclass(frozen=True, slots=True)
class PolicyBook:
    """All packs, by their path in the book, `law/cn` or `product/weilidai`."""

    packs: Mapping[str, Mapping[str, DatedParameter]]
    _gathered: dict[tuple[str, date], Parameters] = field(
        default_factory=dict, init=False, compare=False, repr=False
    )

    @property
    def products(self) -> tuple[str, ...]:
        """The products that have a pack."""
        return tuple(
            sorted(name.partition("/")[2] for name in self.packs if name.startswith("product/"))
        )

    def on(self, day: date, *, product: str) -> Parameters:
        """Return what holds on `day` for `product`: law, the product and the lender together.

        Raises:
            ProductUnknown: the product has no pack.
        """
        pack = f"product/{product}"
        if pack not in self.packs:
            raise ProductUnknown(product, known=self.products)
        if (product, day) not in self._gathered:
            dated = {
                name: parameter
                for packed in (*COMMON_PACKS, pack)
                for name, parameter in self.packs[packed].items()
            }
            if len(self._gathered) >= GATHERED_MAX:
                self._gathered.clear()
            self._gathered[product, day] = Parameters.gather(dated, on=day, product=product)
        return self._gathered[product, day]

    def pack_on(self, day: date, *, pack: str) -> Parameters:
        """Return one pack alone as it holds on `day`, of another country for example.

        Raises:
            ProductUnknown: there is no such pack.
        """
        if pack not in self.packs:
            raise ProductUnknown(pack, known=tuple(sorted(self.packs)))
        return Parameters.gather(self.packs[pack], on=day, product=pack)

    @classmethod
    def of_file(cls, path: Path) -> "PolicyBook":
        """Return a book of the one pack in a file, called as the file is, without its ending.

        Raises:
            BookFault: with every problem of the pack.
        """
        tree, faults = read_once(path.read_text(encoding="utf-8"))
        problems = [f"{path.stem}: {fault}" for fault in faults]
        packs = {path.stem: _read_pack(tree, pack=path.stem, problems=problems)}
        if problems:
            raise BookFault(tuple(problems))
        return cls(packs)


@cache
def load_book(folder: Path = BOOK) -> PolicyBook:
    """Return the book in `folder`, read once in the life of the program.

    Raises:
        BookFault: with every problem of every pack.
    """
    problems: list[str] = []
    packs: dict[str, dict[str, DatedParameter]] = {}
    for path in sorted(folder.rglob("*.yaml")):
        pack = path.relative_to(folder).with_suffix("").as_posix()
        tree, twice = read_once(path.read_text(encoding="utf-8"))
        problems += [f"{pack}: {fault}" for fault in twice]
        packs[pack] = _read_pack(tree, pack=pack, problems=problems)
    problems += _told_twice(packs)
    if problems:
        raise BookFault(tuple(problems))
    return PolicyBook(packs)


def _read_pack(tree: object, *, pack: str, problems: list[str]) -> dict[str, DatedParameter]:
    if not isinstance(tree, dict):
        problems.append(f"{pack}: is empty or not a mapping")
        return {}
    read: dict[str, DatedParameter] = {}
    for name, leaf in _leaves(tree, prefix=""):
        faults = _faults(leaf)
        problems += [f"{pack}: {name}: {fault}" for fault in faults]
        if not faults:
            read[name] = _parameter(name, leaf, pack=pack)
    return read


def _leaves(tree: Mapping[str, object], *, prefix: str) -> Iterator[tuple[str, dict[str, object]]]:
    """Return every parameter below `tree`; a mapping without values is a folder of more."""
    for key, below in tree.items():
        name = f"{prefix}{key}"
        if isinstance(below, dict) and "values" not in below and "unit" not in below:
            yield from _leaves(below, prefix=f"{name}.")
        else:
            yield name, below if isinstance(below, dict) else {"values": below}


def _faults(leaf: Mapping[str, object]) -> list[str]:
    wanted = ("label", "label_zh", "unit", "reference", "confidence", "values")
    faults = [f"says no {key}" for key in wanted if leaf.get(key) in (None, "")]
    faults += [f"{key!r} is not a key of a parameter" for key in leaf if key not in wanted]
    if faults:
        return faults
    values = leaf["values"]
    if str(leaf["confidence"]) not in CONFIDENCES:
        faults.append(f"confidence {leaf['confidence']!r} is none of H, M, L, K, D")
    if not isinstance(values, dict):
        return [*faults, "values must be a mapping of first day to value"]
    for day, raw in values.items():
        if not isinstance(day, date):
            faults.append(f"first day {day!r} is not a date like 2026-01-01")
        if _value(raw, unit=str(leaf["unit"])) is None:
            faults.append(f"value {raw!r} is not a {leaf['unit']}")
    days = [day for day in values if isinstance(day, date)]
    if days != sorted(days):
        faults.append("first days are not in order")
    return faults


def _parameter(name: str, leaf: Mapping[str, object], *, pack: str) -> DatedParameter:
    unit = str(leaf["unit"])
    raw_values = leaf["values"]
    pairs = raw_values.items() if isinstance(raw_values, dict) else ()
    read = ((day, _value(raw, unit=unit)) for day, raw in pairs)
    return DatedParameter(
        name=name,
        label=Words(zh=str(leaf["label_zh"]), en=str(leaf["label"])),
        unit=unit,
        reference=str(leaf["reference"]),
        confidence=str(leaf["confidence"]),
        pack=pack,
        values=tuple((day, value) for day, value in read if value is not None),
    )


def _value(raw: object, *, unit: str) -> Value | None:
    """Return a value in its own type, or None when it is not of its unit."""
    if unit in WHOLE_NUMBERS:
        return raw if isinstance(raw, int) and not isinstance(raw, bool) else None
    if unit == "ratio":
        return _ratio(raw)
    if unit == "flag":
        return raw if isinstance(raw, bool) else None
    if unit == "list":
        return tuple(str(entry) for entry in raw) if isinstance(raw, list) else None
    return (
        raw if unit in {"text", "day_of_calendar", "time_of_day"} and isinstance(raw, str) else None
    )


def _ratio(raw: object) -> Fraction | None:
    # A ratio is text in the book, so that 0.1 is a tenth and not the nearest binary number.
    if not isinstance(raw, str):
        return None
    try:
        return Fraction(raw)
    except (ValueError, ZeroDivisionError):
        return None


def _told_twice(packs: Mapping[str, Mapping[str, DatedParameter]]) -> list[str]:
    """Return names that hold at once in two packs; the second would silently win."""
    common = {name: pack for pack in COMMON_PACKS for name in packs.get(pack, {})}
    twice = [
        f"{pack}: {name}: is already told by {common[name]}"
        for pack, parameters in packs.items()
        for name in parameters
        if pack.startswith("product/") and name in common
    ]
    law = packs.get("law/cn", {})
    return twice + [
        f"lender/demo: {name}: is already told by law/cn"
        for name in packs.get("lender/demo", {})
        if name in law
    ]
