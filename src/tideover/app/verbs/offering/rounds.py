"""The rounds of a case as its pages show them: who proposed what, the answer, the difference."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from tideover.app import clock
from tideover.app.db.models import Borrower, Case
from tideover.app.verbs.case.rows import events_of, parameters_of, theirs
from tideover.app.verbs.reading import fields
from tideover.app.verbs.refusals import NotFound
from tideover.cases import Case as CaseFold
from tideover.cases import RoundOutcome, Terms, fold
from tideover.cases.events import CaseEvent, TermsAnswered, TermsProposed
from tideover.cases.states import ON_THE_TABLE
from tideover.money import Currency, Money, Refusal, currency
from tideover.policy import Words

INSTALMENTS_MAX: Final = 600
PAUSE_MONTHS_MAX: Final = 60


class NothingProposed(Refusal):
    """A proposal names neither a payment nor a number of instalments nor a pause."""

    code = "nothing-proposed"

    def __init__(self) -> None:
        super().__init__(
            "a proposal needs at least one figure: an amount a month, a number of instalments, "
            "or months of pause",
            "请至少填写一项：每月金额、期数，或先停几个月",
        )


@dataclass(frozen=True, slots=True)
class ReasonShown:
    """A coded reason and what would change it."""

    code: str
    words: Words
    would_change: Words


@dataclass(frozen=True, slots=True)
class Figures:
    """Proposed or answered: an amount a month, instalments, months of pause; None is open."""

    monthly: Money | None
    instalments: int | None
    pause_months: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundView:
    """One round. `plan` is what was found, `offer_key` its offer while that is on the table."""

    number: int
    at: datetime
    asked: Figures
    outcome: RoundOutcome
    plan: Figures | None
    offer_key: str | None
    difference: Words | None
    reasons: tuple[ReasonShown, ...]
    next_steps: tuple[Words, ...]
    because: tuple[Words, ...]
    is_open: bool
    is_withdrawn: bool
    is_reviewed: bool
    is_latest: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Negotiation:
    """The rounds of a case, and what is left. `set_digest` is "" when nothing is on the table."""

    rounds: tuple[RoundView, ...]
    rounds_max: int
    rounds_left: int
    set_digest: str
    is_open: bool
    answer_by: date | None


def negotiation(borrower: Borrower, number: str) -> Negotiation:
    """Return the rounds of the borrower's own case. Raises NotFound."""
    return negotiation_of(theirs(borrower, number))


def negotiation_of(case: Case) -> Negotiation:
    """Return the rounds of a case."""
    events = events_of(case)
    told = fold(events)
    if told is None:
        raise NotFound("case")
    most = parameters_of(case).integer("negotiation.rounds_max")
    return Negotiation(
        rounds=rounds_of(events, told, unit=currency(case.loan.currency)),
        rounds_max=most,
        rounds_left=max(0, most - len(told.rounds)),
        set_digest=told.table.set_digest if told.table else "",
        is_open=told.state in ON_THE_TABLE and not told.has_lapsed(clock.now()),
        answer_by=told.answer_by,
    )


def rounds_of(
    events: tuple[CaseEvent, ...], told: CaseFold, *, unit: Currency
) -> tuple[RoundView, ...]:
    """Return every round that the events tell, the oldest first."""
    # A renegotiation begins its rounds anew, so the latest of the log are those of the case.
    proposed = [one for one in events if isinstance(one, TermsProposed)]
    answers = [one for one in events if isinstance(one, TermsAnswered)]
    rounds = tuple(zip(proposed, answers, strict=True))
    earlier = len(rounds) - len(told.rounds)
    return tuple(_round(asked, answer, told, unit=unit) for asked, answer in rounds[earlier:])


def read_terms(
    typed: Mapping[str, Any], *, unit: Currency
) -> tuple[Terms, tuple[tuple[str, Refusal], ...]]:
    """Return what was typed as terms, and beside it every problem with the name of its field."""
    values: dict[str, int | None] = {}
    problems: list[tuple[str, Refusal]] = []
    for name in ("monthly", "instalments", "pause_months"):
        try:
            values[name] = _read(typed, name, unit) if fields.typed(typed, name) else None
        except Refusal as refusal:
            problems.append((name, refusal))
            values[name] = None
    if not problems and not any(values.values()):
        problems.append(("monthly", NothingProposed()))
    return Terms(values["monthly"], values["instalments"], values["pause_months"]), tuple(problems)


def _read(typed: Mapping[str, Any], name: str, unit: Currency) -> int:
    if name == "monthly":
        return fields.money(typed, name, unit=unit, label=("the amount", "金额")).minor
    most, least = (INSTALMENTS_MAX, 1) if name == "instalments" else (PAUSE_MONTHS_MAX, 0)
    return fields.count(typed, name, least=least, most=most, label=("the number", "数字"))


def _round(
    proposed: TermsProposed, answer: TermsAnswered, told: CaseFold, *, unit: Currency
) -> RoundView:
    kept, record = told.rounds[proposed.round - 1], answer.record
    terms, plan = proposed.terms, record.get("plan")
    on_table = told.table.offer_keys if told.table else ()
    return RoundView(
        number=proposed.round,
        at=proposed.at,
        asked=_figures(terms.monthly_minor, terms.instalments, terms.pause_months, unit=unit),
        outcome=answer.outcome,
        plan=_planned(plan, unit) if plan else None,
        offer_key=answer.offer_key if answer.offer_key in on_table else None,
        difference=_words(record.get("difference")),
        reasons=tuple(_reason(one) for one in record.get("refused", ())),
        next_steps=tuple(Words.from_record(one) for one in record.get("next_steps", ())),
        because=tuple(Words.from_record(one) for one in plan["because"]) if plan else (),
        is_open=kept.is_open,
        is_withdrawn=kept.is_withdrawn,
        is_reviewed=kept.is_reviewed,
        is_latest=proposed.round == len(told.rounds),
    )


def _figures(
    monthly_minor: int | None,
    instalments: int | None,
    pause_months: int | None,
    *,
    unit: Currency,
) -> Figures:
    monthly = Money(monthly_minor, unit) if monthly_minor is not None else None
    return Figures(monthly, instalments, pause_months)


def _planned(plan: Mapping[str, Any], unit: Currency) -> Figures:
    return _figures(plan["monthly_minor"], plan["instalments"], plan["pause_months"], unit=unit)


def _reason(record: Mapping[str, Any]) -> ReasonShown:
    words, change = record["words"], record["would_change"]
    return ReasonShown(record["code"], Words.from_record(words), Words.from_record(change))


def _words(record: Mapping[str, str] | None) -> Words | None:
    return Words.from_record(record) if record else None
