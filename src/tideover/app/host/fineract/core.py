"""The core: what it can do, what it holds, and operations carried out once each."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final

from tideover.app.host.fineract.client import NAME, FineractClient
from tideover.app.host.fineract.expressing import express
from tideover.app.host.fineract.reading import day_of, loan_of, money_of, preview_lines
from tideover.app.host.interface import Expression, HostLine, HostLoan, HostRefused
from tideover.app.host.operations import (
    ChangeRate,
    ForgivePrincipal,
    Operation,
    PauseInterest,
    Reage,
    UnpaidInterest,
    WaiveCharges,
    WaiveInterest,
)
from tideover.money import Money, total
from tideover.options import Proposal

#: How dates and numbers are written in every request.
_WRITTEN: Final = {"dateFormat": "yyyy-MM-dd", "locale": "en"}
_HANDLING: Final = {UnpaidInterest.KEEP: "DEFAULT", UnpaidInterest.WAIVE: "WAIVE_INTEREST"}
_APPROVED, _PENDING = 200, 100


class FineractCore:
    """Apache Fineract with progressive loans. `reason_id` is its code value of a reschedule."""

    name = NAME
    is_elsewhere = True

    def __init__(self, client: FineractClient, *, reason_id: int) -> None:
        self._client = client
        self._reason_id = reason_id

    def express(self, proposal: Proposal) -> Expression:
        """Say a change in operations of the core. Asks nobody."""
        return express(proposal)

    def read_loan(self, reference: str) -> HostLoan:
        """The loan, its instalments and payments. Raises NotInHost, HostUnreachable."""
        return loan_of(self._loan(reference), reference)

    def preview(
        self, reference: str, operations: Sequence[Operation]
    ) -> tuple[HostLine, ...] | None:
        """The new instalments of a re-age alone; None for several operations, which it cannot tell.

        Raises NotInHost, HostRefused, HostUnreachable.
        """
        if len(operations) != 1 or not isinstance(operations[0], Reage):
            return None
        told = self._client.get(
            f"{_loan_path(reference)}/transactions/reage-preview",
            reference=reference,
            query={name: str(value) for name, value in _reage(operations[0]).items()},
        )
        return preview_lines(told, since=operations[0].earliest_due)

    def book(self, reference: str, operation: Operation, *, key: str) -> None:
        """Carry one operation out; where its key is in the core already, do nothing.

        Raises NotInHost, HostRefused, HostUnreachable.
        """
        match operation:
            case ChangeRate():
                self._reschedule(reference, operation, key=key)
            case PauseInterest(start=start, end=end):
                body = _WRITTEN | {"startDate": start.isoformat(), "endDate": end.isoformat()}
                self._post(f"{_loan_path(reference)}/interest-pauses", body, reference, key=key)
            case WaiveCharges():
                self._waive_charges(reference, operation, key=key)
            case _:
                self._transact(reference, operation, key=key)

    def _transact(self, reference: str, operation: Operation, *, key: str) -> None:
        if any(one.get("externalId") == key for one in self._loan(reference)["transactions"]):
            return
        command, body = _transaction(operation)
        self._post(
            f"{_loan_path(reference)}/transactions",
            body | _WRITTEN | {"externalId": key},
            reference,
            key=key,
            query={"command": command},
        )

    def _reschedule(self, reference: str, change: ChangeRate, *, key: str) -> None:
        """Ask for the other rate and approve it; a request that waits from before is taken up."""
        number = str(self._loan(reference)["id"])
        request = self._request_of(number, reference, key=key)
        if request is None:
            body = {
                "loanId": number,
                "submittedOnDate": change.on.isoformat(),
                "rescheduleFromDate": change.on.isoformat(),
                "rescheduleReasonId": self._reason_id,
                "rescheduleReasonComment": key,
                "newInterestRate": str(change.percent),
            }
            made = self._post("/rescheduleloans", body | _WRITTEN, reference, key=key)
            request = {"id": made["resourceId"], "statusEnum": {"id": _PENDING}}
        if request["statusEnum"]["id"] == _APPROVED:
            return
        self._post(
            f"/rescheduleloans/{request['id']}",
            _WRITTEN | {"approvedOnDate": change.on.isoformat()},
            reference,
            key=f"{key}/approve",
            query={"command": "approve"},
        )

    def _request_of(self, number: str, reference: str, *, key: str) -> Mapping[str, Any] | None:
        known: Iterable[Mapping[str, Any]] = self._client.get(
            "/rescheduleloans", reference=reference, query={"loanId": number}
        )
        return next((one for one in known if one.get("rescheduleReasonComment") == key), None)

    def _waive_charges(self, reference: str, waived: WaiveCharges, *, key: str) -> None:
        """Waive every open charge that is due by then: the core waives whole charges only.

        Raises HostRefused when they are more than the agreement gives up.
        """
        day = waived.on.isoformat()
        charges = [
            (one["id"], money_of(one["amountOutstanding"], waived.amount.currency))
            for one in self._loan(reference)["charges"]
            if day_of(one["dueDate"]).isoformat() <= day
        ]
        still_open = total((amount for _, amount in charges), waived.amount.currency)
        if still_open.minor > waived.amount.minor:
            raise HostRefused(
                NAME,
                f"charges of {still_open.display} are open where the agreement gives up "
                f"{waived.amount.display}",
            )
        for number, amount in charges:
            if amount:
                self._post(
                    f"{_loan_path(reference)}/charges/{number}",
                    dict(_WRITTEN),
                    reference,
                    key=f"{key}/{number}",
                    query={"command": "waive"},
                )

    def _loan(self, reference: str) -> Mapping[str, Any]:
        told: Mapping[str, Any] = self._client.get(
            _loan_path(reference), reference=reference, query={"associations": "all"}
        )
        return {"transactions": [], "charges": []} | dict(told)

    def _post(
        self,
        path: str,
        body: Mapping[str, Any],
        reference: str,
        *,
        key: str,
        query: Mapping[str, str] | None = None,
    ) -> Mapping[str, Any]:
        told: Mapping[str, Any] = self._client.post(
            path, body, reference=reference, key=key, query=query
        )
        return told


def _loan_path(reference: str) -> str:
    return f"/loans/external-id/{reference}"


def _transaction(operation: Operation) -> tuple[str, dict[str, Any]]:
    """The command of a transaction and its body."""
    match operation:
        case Reage():
            return "reAge", _reage(operation)
        case WaiveInterest(on=on, amount=amount):
            return "waiveinterest", _amount(on, amount)
        case ForgivePrincipal(on=on, amount=amount):
            return "goodwillCredit", _amount(on, amount)
    raise TypeError(f"{type(operation).__name__} is no transaction")


def _amount(on: date, amount: Money) -> dict[str, Any]:
    return {"transactionDate": on.isoformat(), "transactionAmount": amount.text}


def _reage(operation: Reage) -> dict[str, Any]:
    return _WRITTEN | {
        "frequencyType": "MONTHS",
        "frequencyNumber": 1,
        "startDate": operation.earliest_due.isoformat(),
        "numberOfInstallments": operation.instalments,
        "reAgeInterestHandling": _HANDLING[operation.unpaid_interest],
    }
