"""A small Fineract on loopback: the published addresses and fields that our adapter uses.

It keeps loans by external id, does an Idempotency-Key once, refuses an external id of a
transaction that is there already, and can be told to fail, or to work and lose its answer.
"""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

ROOT = "/fineract-provider/api/v1"
USER, PASSWORD, TENANT = "tideover", "demo-only", "default"


@dataclass
class Loan:
    """One loan there. `reaged` gives the instalments of a re-age: (due date, amount) pairs."""

    number: int
    reference: str
    principal: str
    disbursed: str
    lines: list[tuple[str, str]]
    reaged: dict[int, list[tuple[str, str]]] = field(default_factory=dict)
    transactions: list[dict[str, Any]] = field(default_factory=list)
    charges: list[dict[str, Any]] = field(default_factory=list)
    pauses: list[dict[str, Any]] = field(default_factory=list)
    rate: str = "18.25"


class StandIn:
    """The loans, the requests so far, and the faults that are armed."""

    def __init__(self) -> None:
        self.loans: dict[str, Loan] = {}
        self.reschedules: list[dict[str, Any]] = []
        self.asked: list[tuple[str, str]] = []
        #: Answers to give before anything works again: a status, or "lose" to work and hang up.
        self.faults: list[int | str] = []
        self._answers: dict[str, tuple[int, Any]] = {}
        self._next = 1000

    def number(self) -> int:
        self._next += 1
        return self._next

    def pay(self, reference: str, on: str, amount: str) -> dict[str, Any]:
        paid = {"id": self.number(), "date": on, "amount": amount, "type": {"repayment": True}}
        self.loans[reference].transactions.append(paid)
        return paid

    # ---- what it answers ------------------------------------------------------------------

    def answer(
        self, method: str, path: str, query: dict[str, str], body: Any, key: str
    ) -> tuple[int, Any]:
        if key and key in self._answers:
            return self._answers[key]
        told = self._route(method, path.strip("/").split("/"), query, body)
        if key and told[0] == 200:
            self._answers[key] = told
        return told

    def _route(
        self, method: str, parts: list[str], query: dict[str, str], body: Any
    ) -> tuple[int, Any]:
        match (method, *parts):
            case ("GET", "rescheduleloans"):
                wanted = [one for one in self.reschedules if str(one["loanId"]) == query["loanId"]]
                return 200, wanted
            case ("POST", "rescheduleloans"):
                made = body | {"id": self.number(), "statusEnum": {"id": 100}}
                self.reschedules.append(made)
                return 200, {"resourceId": made["id"]}
            case ("POST", "rescheduleloans", number):
                return self._approve(int(number), query)
            case (_, "loans", "external-id", reference, *rest):
                loan = self.loans.get(reference)
                if loan is None:
                    return 404, {"developerMessage": "no such loan"}
                return self._loan(method, loan, rest, query, body)
        return 404, {"developerMessage": "no such address"}

    def _approve(self, number: int, query: dict[str, str]) -> tuple[int, Any]:
        one = next(one for one in self.reschedules if one["id"] == number)
        if query != {"command": "approve"} or one["statusEnum"]["id"] != 100:
            return 403, {"errors": [{"developerMessage": "not pending"}]}
        one["statusEnum"] = {"id": 200}
        for loan in self.loans.values():
            if str(loan.number) == one["loanId"]:
                loan.rate = one["newInterestRate"]
        return 200, {"resourceId": number}

    def _loan(
        self, method: str, loan: Loan, rest: list[str], query: dict[str, str], body: Any
    ) -> tuple[int, Any]:
        match (method, *rest):
            case ("GET",):
                return 200, self._told(loan)
            case ("GET", "transactions", "reage-preview"):
                lines = loan.reaged.get(int(query["numberOfInstallments"]))
                if lines is None:
                    return 403, {"errors": [{"developerMessage": "loan cannot be re-aged"}]}
                return 200, {"currency": {"code": "CNY"}, "periods": _periods(lines)}
            case ("POST", "transactions"):
                return self._transact(loan, query["command"], body)
            case ("POST", "interest-pauses"):
                loan.pauses.append(body)
                return 200, {"resourceId": self.number()}
            case ("POST", "charges", number):
                charge = next(one for one in loan.charges if one["id"] == int(number))
                charge["amountWaived"], charge["amountOutstanding"] = charge["amount"], "0"
                return 200, {"resourceId": charge["id"]}
        return 404, {"developerMessage": "no such address"}

    def _transact(self, loan: Loan, command: str, body: dict[str, Any]) -> tuple[int, Any]:
        if any(one.get("externalId") == body["externalId"] for one in loan.transactions):
            return 403, {"errors": [{"developerMessage": "external id exists"}]}
        made = {"id": self.number(), "type": {"repayment": False}, "command": command} | body
        loan.transactions.append(made)
        if command == "reAge":
            start = body["startDate"]
            kept = [line for line in loan.lines if line[0] < start]
            loan.lines = kept + loan.reaged[body["numberOfInstallments"]]
        return 200, {"resourceId": made["id"]}

    def _told(self, loan: Loan) -> dict[str, Any]:
        return {
            "id": loan.number,
            "externalId": loan.reference,
            "currency": {"code": "CNY", "decimalPlaces": 2},
            "principal": float(loan.principal),
            "timeline": {"actualDisbursementDate": _list(loan.disbursed)},
            "summary": {"principalOutstanding": float(loan.principal)},
            "repaymentSchedule": {
                "periods": [{"dueDate": _list(loan.disbursed)}, *_periods(loan.lines)]
            },
            "transactions": [one | {"date": _list(one["date"])} if "date" in one else one
                             for one in loan.transactions],
            "charges": loan.charges,
        }  # fmt: skip


def _periods(lines: list[tuple[str, str]]) -> list[dict[str, Any]]:
    # Amounts are JSON numbers with six decimals, dates lists of three, as the real one writes.
    return [
        {"period": place, "dueDate": _list(due), "totalDueForPeriod": float(amount)}
        for place, (due, amount) in enumerate(lines, start=1)
    ]


def _list(day: str) -> list[int]:
    read = date.fromisoformat(day)
    return [read.year, read.month, read.day]


@contextmanager
def running(stand_in: StandIn) -> Iterator[str]:
    """Serve it on a free port; the address of its API."""

    class Handler(BaseHTTPRequestHandler):
        def _do(self) -> None:
            parts = urlsplit(self.path)
            length = int(self.headers.get("Content-Length") or 0)
            body = json.loads(self.rfile.read(length)) if length else None
            stand_in.asked.append((self.command, parts.path.removeprefix(ROOT)))
            fault = stand_in.faults.pop(0) if stand_in.faults else None
            if isinstance(fault, int):
                self._write(fault, {"developerMessage": "out of order"})
                return
            if self.headers.get("Fineract-Platform-TenantId") != TENANT:
                self._write(400, {"developerMessage": "no tenant"})
                return
            query = dict(parse_qsl(parts.query))
            key = self.headers.get("Idempotency-Key", "")
            status, told = stand_in.answer(
                self.command, parts.path.removeprefix(ROOT), query, body, key
            )
            if fault == "lose":
                self.close_connection = True
                return
            self._write(status, told)

        do_GET = do_POST = _do  # noqa: N815

        def _write(self, status: int, told: Any) -> None:
            sent = json.dumps(told).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(sent)))
            self.end_headers()
            self.wfile.write(sent)

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}{ROOT}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
