"""Which cases decide each convention of a host? Take one away at a time and see what breaks.

    .venv/bin/python tools/leave_out.py ../shared/conformance/fineract_*.jsonl

A convention that one or two cases decide may be those cases and no rule: they are named, so that
a reader sees it. Conventions that no case decides are there for shapes that nobody has published.
"""

import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final
from unittest.mock import patch

from tideover.cli.conformance import fineract_rules, fineract_steps, fineract_terms
from tideover.cli.conformance.files import cases_of
from tideover.cli.conformance.readers import check
from tideover.cli.conformance.results import Case
from tideover.dates import DayCount
from tideover.loan.progressive import (
    HOST_PRODUCTS,
    Allocation,
    Future,
    HostRules,
    Kind,
    Remainder,
    changing,
    charging,
    folding,
)
from tideover.loan.progressive import restarting as rows_restarting
from tideover.loan.projection import asof, closing, levelling, paying
from tideover.loan.projection import restarting as windows_restarting

_DAY_COUNT_OF: Final = fineract_terms.day_count_of
#: A convention that so many cases decide is a rule.
_ENOUGH: Final = 3


@dataclass(frozen=True, slots=True)
class Without:
    """A convention taken away: what it is, where it lives, and what stands in for it."""

    name: str
    where: Any
    attribute: str
    instead: Any


def _products(change: Callable[[HostRules], HostRules]) -> dict[str, HostRules]:
    return {name: change(rules) for name, rules in HOST_PRODUCTS.items()}


def _allocated(
    change: Callable[[HostRules, Kind, Allocation], Allocation],
) -> dict[str, HostRules]:
    return _products(
        lambda rules: replace(
            rules,
            allocations={kind: change(rules, kind, one) for kind, one in rules.allocations.items()},
        )
    )


def _as_next(kind: Kind) -> dict[str, HostRules]:
    return _allocated(
        lambda _rules, one, found: replace(found, future=Future.NEXT) if one is kind else found
    )


def _rules_without(**terms: Any) -> Callable[..., HostRules]:
    plain = fineract_rules.rules_of
    return lambda *given, **named: replace(plain(*given, **named), **terms)


def _products_are(products: Mapping[str, HostRules], name: str) -> Without:
    return Without(name, fineract_rules, "HOST_PRODUCTS", products)


def _same(projection: Any, *_given: Any, **_named: Any) -> Any:
    return projection


def _days_of_the_year(stated: Case) -> DayCount:
    plain = {**stated, "schedule_type": "PROGRESSIVE"}
    return _DAY_COUNT_OF(plain)


def _nothing(*_given: Any, **_named: Any) -> None:
    return None


CONVENTIONS: Final = (
    _products_are(_as_next(Kind.MERCHANT_REFUND), "a merchant's refund goes its own way"),
    _products_are(_as_next(Kind.GOODWILL), "goodwill goes to the last instalments"),
    _products_are(
        _allocated(
            lambda rules, _kind, one: replace(one, order=rules.allocation(Kind.PAYMENT).order)
        ),
        "a refund pays principal before interest",
    ),
    _products_are(
        _products(lambda rules: replace(rules, gives_interest_back=frozenset())),
        "interest comes back with a refund",
    ),
    _products_are(
        _products(lambda rules: replace(rules, remainder=Remainder.LAST_ROW)),
        "remainders of split interest are dropped",
    ),
    _products_are(
        _products(lambda rules: replace(rules, waives_on_re_age=True)),
        "a re-age that waives interest keeps it",
    ),
    Without(
        "a cumulative schedule counted again levels by its opening window",
        fineract_steps,
        "rules_of",
        _rules_without(levels_by_opening=False),
    ),
    Without(
        "excess stays with the row due that day",
        fineract_steps,
        "rules_of",
        _rules_without(keeps_excess_with_row=False),
    ),
    Without(
        "a cumulative schedule takes every year for 365 days",
        fineract_terms,
        "day_count_of",
        _days_of_the_year,
    ),
    Without(
        "counted again, principal is paid in advance before interest",
        fineract_rules,
        "_principal_first",
        _same,
    ),
    Without("the level instalment is equalised", levelling, "_EQUALISATIONS_MAX", 0),
    Without("interest of paid windows is asked early", closing, "advanced", _same),
    Without("a late payment asks interest of later windows", paying, "_latest_open_by", _nothing),
    Without("a window paid early asks what was paid", paying, "_asking_what_was_paid", _same),
    Without(
        "a row not begun asks its agreed instalment",
        asof,
        "_with_agreed_level",
        _same,
    ),
    Without("stubs that follow each other are one", windows_restarting, "_collapsed", _same),
    Without("overpaid money pays later charges", charging, "_use_overpaid", _nothing),
    Without("charges are placed again with new rows", changing, "place_again", _nothing),
    Without(
        "a re-age moves charges to their days", rows_restarting, "_ask_charges_again", _nothing
    ),
    Without("an ended contract keeps later charges", rows_restarting, "_keep_charges", _nothing),
    Without("rows are numbered again after a re-age", rows_restarting, "number_again", _nothing),
    Without(
        "a closing payment asks interest to its due date",
        changing,
        "note_interest_of_closed_window",
        _nothing,
    ),
    Without("the fold keeps excess", folding, "_keep_excess", lambda _book, left, *_: left),
)


def _passing(cases: Sequence[tuple[str, str, Case]]) -> set[tuple[str, str]]:
    return {(name, number) for name, number, case in cases if not check(name, case).difference}


def main(paths: Sequence[str]) -> int:
    """Print every convention with the number of cases it decides, and their ids when few."""
    cases = list(cases_of(Path(path) for path in paths))
    usual = _passing(cases)
    for one in CONVENTIONS:
        with patch.object(one.where, one.attribute, one.instead):
            found = _passing(cases)
        lost, won = sorted(usual - found), sorted(found - usual)
        few = f": {', '.join(number for _, number in lost)}" if 0 < len(lost) < _ENOUGH else ""
        more = f"; without it pass {', '.join(number for _, number in won)}" if won else ""
        print(f"{len(lost):4} {one.name}{few}{more}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
