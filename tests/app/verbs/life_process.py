"""A process of its own that prepares a lender, does one thing until it is killed, or tells.

python life_process.py prepare | pay | close | sign CODE | tell
"""

import json
import os
import sys
from typing import Any

import django

_FILE = (
    "bank_reference,paid_on,amount,loan_reference\n"
    "K-1,2026-11-23,300.00,WLD-0001\n"
    "K-2,2026-11-23,200.00,WLD-0002\n"
)


def prepare() -> dict[str, Any]:
    """Bring a fresh database to a code that can sign."""
    from django.core.management import call_command
    from lender import code_sent, open_lender

    call_command("migrate", verbosity=0)
    # A minute before the others, so that the agreement has been read by then.
    os.environ["TIDEOVER_NOW"] = "2026-11-23T10:29:00+08:00"
    number, code = code_sent(open_lender())
    return {"number": number, "code": code}


def pay() -> dict[str, Any]:
    """Book a bank file of two lines."""
    from tideover.app.db.models import Account
    from tideover.app.verbs import payments

    finance = Account.objects.get(login="finance-sun")
    result = payments.book(finance, _FILE.encode(), "bank.csv", key="file")
    return {"booked": result.booked}


def close() -> dict[str, Any]:
    """Close today, one loan in a transaction."""
    from tideover.app.verbs import closing
    from tideover.app.verbs.closing import advancing

    advancing.CHUNK = 1
    return {"closed": [one.day.isoformat() for one in closing.close()]}


def sign(code: str) -> dict[str, Any]:
    """Sign the agreement."""
    from tideover.app.db.models import Borrower, Case
    from tideover.app.verbs import signing

    borrower = Borrower.objects.get(account__borrower__cases__isnull=False)
    signed = signing.sign(borrower, Case.objects.get().number, code=code, key="sign")
    return {"sealed": signed.sealed_digest}


def tell() -> dict[str, Any]:
    """Count everything that the three make; what must never be twice or half is named."""
    from tideover.app.db.models import (
        Agreement,
        BankLine,
        BusinessDay,
        JournalEntry,
        LoanFold,
        LoanSchedule,
        OutboxMessage,
        PlanKeeping,
    )
    from tideover.app.verbs import audit, ledger

    return {
        "payments": JournalEntry.objects.filter(
            kind="loan.paid", reference__contains=":K-"
        ).count(),
        "lines": BankLine.objects.count(),
        "signatures": Agreement.objects.filter(is_in_force=True).count(),
        "plans": PlanKeeping.objects.count(),
        "active_schedules": LoanSchedule.objects.filter(is_active=True).count(),
        "notices": OutboxMessage.objects.filter(kind="signed").count(),
        "days": BusinessDay.objects.filter(finished_at__isnull=False).count(),
        "closed_to": sorted({str(day) for day in LoanFold.objects.values_list("as_of", flat=True)}),
        "faults": [str(fault) for fault in ledger.verify().faults],
        "chain_holds": audit.verify().holds,
    }


if __name__ == "__main__":
    django.setup()
    steps = {"prepare": prepare, "pay": pay, "close": close, "sign": sign, "tell": tell}
    sys.stdout.write(json.dumps(steps[sys.argv[1]](*sys.argv[2:])))
