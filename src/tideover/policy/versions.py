"""The versions of a lender's book: each day on which numbers begin, and what they were before."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from tideover.policy.library import COMMON_PACKS, PRODUCTS, PolicyBook
from tideover.policy.parameters import DatedParameter, Value


@dataclass(frozen=True, slots=True)
class PolicyChange:
    """One number that begins on a day; `before` is None where there was none."""

    parameter: DatedParameter
    before: Value | None
    after: Value


@dataclass(frozen=True, slots=True)
class PolicyVersion:
    """Everything that begins on `first_day`, by pack and name."""

    first_day: date
    changes: tuple[PolicyChange, ...]


def policy_versions(
    book: PolicyBook, *, products: Iterable[str] = PRODUCTS
) -> tuple[PolicyVersion, ...]:
    """Return the versions of law, lender and `products` together, the newest first."""
    begins: dict[date, list[PolicyChange]] = defaultdict(list)
    for pack in (*COMMON_PACKS, *(f"product/{product}" for product in products)):
        for parameter in book.packs.get(pack, {}).values():
            before: Value | None = None
            for first_day, after in parameter.values:
                begins[first_day].append(PolicyChange(parameter, before, after))
                before = after
    return tuple(
        PolicyVersion(first_day, tuple(sorted(begins[first_day], key=_by_place)))
        for first_day in sorted(begins, reverse=True)
    )


def _by_place(change: PolicyChange) -> tuple[str, str]:
    return change.parameter.pack, change.parameter.name
