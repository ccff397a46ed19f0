"""Cases of steps: what was done to a loan, day by day, and the tables in between."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from tideover.cli.conformance.cells import differs
from tideover.cli.conformance.fineract_events import UnknownStep, event_of
from tideover.cli.conformance.fineract_rules import rules_of
from tideover.cli.conformance.fineract_tables import first_difference, total_difference
from tideover.cli.conformance.fineract_terms import not_followed, terms_of
from tideover.cli.conformance.results import Case, Checked
from tideover.loan import Disbursed, Paid, Reversed
from tideover.loan.progressive import ChargeDue, ProjectedEvent, ProjectedState, projected_state
from tideover.money import Currency, Money

#: Settings that change how the host books accruals and when its day ends, and no row of a schedule;
#: principal past due bears no interest on interest here in any case.
_WITHOUT_ROWS: Final = frozenset(
    {
        "charge-accrual-date",
        "enable-business-date",
        "enable-immediate-charge-accrual-post-maturity",
        "is-principal-compounding-disabled-for-overdue-loans",
    }
)


@dataclass(slots=True)
class Told:
    """A case as far as it was told: events so far, the day it is, and when rows last moved."""

    case: Case
    previewed: ProjectedEvent | None = None
    dropped: Money | None = None
    events: list[ProjectedEvent] = field(default_factory=list)
    overrides: dict[str, str] = field(default_factory=dict)
    today: date = date.min
    moved_on: date = date.min
    expected_on: date = field(init=False)
    approved: Money = field(init=False)
    done: list[tuple[str, str, date, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        terms = self.case["terms"]
        self.expected_on = date.fromisoformat(terms["submitted"])
        self.approved = Money.parse(str(terms["principal"]), self.currency)

    @property
    def currency(self) -> Currency:
        """The currency of the loan."""
        terms = self.case["terms"]
        return Currency(terms["currency"], terms["decimals"])

    def _gives_back(self) -> bool:
        """Whether the product gives interest back, which only its transactions tell."""
        return any(
            row["Transaction Type"] == "Interest Refund"
            for step in self.case["steps"]
            if step["op"] == "expect_transactions"
            for row in step["rows"]
        )

    def unknown_settings(self) -> list[str]:
        """Settings of the host that the case changes and nobody here knows to leave rows alone."""
        settings = {str(step["key"]) for step in self.case["steps"] if step["op"] == "config"}
        return sorted(settings - _WITHOUT_ROWS)

    def reference(self) -> str:
        """A reference for the next event; references of one day sort as the steps do."""
        return f"{len(self.events):04d}"

    def add(self, event: ProjectedEvent, *, name: str = "") -> None:
        """Add what was done today; a transaction moves the table."""
        self.events.append(event)
        self.done.append((type(event).__name__, name, event.on, event.reference))
        if not isinstance(event, ChargeDue):
            self.moved_on = self.today

    def taken_back(self) -> set[str]:
        """References of events that were undone."""
        return {event.of for event in self.events if isinstance(event, Reversed)}

    def state(self, on: date | None = None) -> ProjectedState:
        """The state on a day: by default when the table moved last."""
        stated, gone = self.case["terms"], self.taken_back()
        paid_out = [e for e in self.events if isinstance(e, Disbursed) and e.reference not in gone]
        on = on or self.moved_on
        # A case may turn the clock back: what it was told by then is known all the same.
        events = [
            replace(event, on=min(event.on, on)) if isinstance(event, ChargeDue) else event
            for event in self.events
        ]
        if not paid_out:
            # Before anything is paid out, the table shows what was approved.
            paid_out = [Disbursed(self.expected_on, "expected", self.approved)]
            events, on = list(paid_out), self.expected_on
        terms = terms_of(stated, disbursed_on=paid_out[0].on, amount=paid_out[0].amount.text)
        rules = rules_of(stated, overrides=self.overrides, gives_back=self._gives_back())
        state = projected_state(terms, events, rules=rules, on=on)
        self.dropped = state.dropped or self.dropped
        return state


def checked(case: Case) -> Checked:
    """Return the earliest cell of any table of a case that differs, and what the host drops."""
    told = Told(case)
    projects = rules_of(case["terms"]).projects
    found = not_followed(case["terms"], is_projected=projects) or _difference(told)
    passed_over = told.unknown_settings()
    if found and passed_over:
        found = f"{found}; not followed: {', '.join(passed_over)}"
    return Checked(found, told.dropped)


def _difference(told: Told) -> str | None:
    case = told.case
    for number, step in enumerate(case["steps"]):
        act = _ACTS.get(step["op"])
        if act is None:
            return f"step {number}: cannot do {step['op']}"
        try:
            found = act(told, step)
        except UnknownStep as unknown:
            return f"step {number}: {unknown}"
        if found:
            return f"step {number}, {found}"
    return None


def _new_day(told: Told, step: Case) -> None:
    told.today = date.fromisoformat(step["date"])


def _approve(told: Told, step: Case) -> None:
    told.expected_on = date.fromisoformat(step["expected"])
    told.approved = Money.parse(str(step["amount"]), told.currency)


def _override(told: Told, step: Case) -> None:
    told.overrides[step["type"]] = step["future"]


def _batch(told: Told, _step: Case) -> None:
    told.moved_on = told.today


def _do(told: Told, step: Case) -> None:
    told.add(
        event_of(step, reference=told.reference(), today=told.today, currency=told.currency),
        name=str(step.get("kind", "REPAYMENT")),
    )


def _pay_off(told: Told, step: Case) -> None:
    on = date.fromisoformat(step["date"])
    amount = told.state(on).payoff
    told.add(Paid(on=on, reference=told.reference(), amount=amount), name="REPAYMENT")


def _undo_pay(told: Told, step: Case) -> None:
    on = date.fromisoformat(step["date"])
    kind = str(step.get("kind", "")).upper().replace(" ", "_")
    found = [
        reference
        for name, what, day, reference in told.done
        if name in ("Paid", "Credited") and day == on and (not kind or what == kind)
    ]
    place = int(step.get("nth", 1)) - 1
    if not found or (kind and place >= len(found)):
        raise UnknownStep(f"nothing of {on} to undo")
    # Without a kind the host counts its own accruals of the day too.
    place = min(place, len(found) - 1)
    told.add(Reversed(on=told.today, reference=told.reference(), of=found[place]))


def _undo_latest(name: str) -> Callable[[Told, Case], None]:
    def undo(told: Told, _step: Case) -> None:
        taken_back = told.taken_back()
        standing = [d[3] for d in told.done if d[0] == name and d[3] not in taken_back]
        if not standing:
            raise UnknownStep(f"no {name} to undo")
        told.add(Reversed(on=told.today, reference=told.reference(), of=standing[-1]))

    return undo


def _nothing(_told: Told, _step: Case) -> None:
    return


def _preview(told: Told, step: Case) -> None:
    asked = {**step, "op": step["op"].removeprefix("preview_")}
    told.previewed = event_of(
        asked, reference=told.reference(), today=told.today, currency=told.currency
    )


def _expect_schedule(told: Told, step: Case) -> str | None:
    """The table after the steps so far; after a preview, as it would be."""
    if told.previewed is None:
        return first_difference(told.state(), step["rows"])
    events, told.previewed = [*told.events, told.previewed], None
    return first_difference(replace(told, events=events).state(told.today), step["rows"])


def _expect_totals(told: Told, step: Case) -> str | None:
    return total_difference(told.state(), step)


def _expect_outstanding(told: Told, step: Case) -> str | None:
    return differs("outstanding", told.state().outstanding.total, step["amount"])


def _expect_overpaid(told: Told, step: Case) -> str | None:
    return differs(
        "overpaid", told.state().overpaid, Money.parse(step["amount"], told.currency).text
    )


_ACTS: Final[dict[str, Callable[[Told, Case], str | None]]] = {
    "business_date": _new_day,
    "approve": _approve,
    "product_override": _override,
    "cob": _batch,
    "preview_reage": _preview,
    "preview_reamortize": _preview,
    "payoff": _pay_off,
    "undo_pay": _undo_pay,
    "undo_disburse": _undo_latest("Disbursed"),
    "undo_reage": _undo_latest("ReAged"),
    "undo_reamortize": _undo_latest("ReAmortised"),
    "undo_contract_termination": _undo_latest("ContractEnded"),
    "expect_schedule": _expect_schedule,
    "expect_totals": _expect_totals,
    "expect_outstanding": _expect_outstanding,
    "expect_overpaid": _expect_overpaid,
    **dict.fromkeys(("config", "expect_transactions", "expect_status", "expect_charges"), _nothing),
    **dict.fromkeys(
        (
            "disburse",
            "pay",
            "charge",
            "credit_balance_refund",
            "interest_pause",
            "reschedule",
            "reage",
            "reamortize",
            "contract_termination",
        ),
        _do,
    ),
}
