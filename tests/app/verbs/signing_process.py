"""A process of its own that prepares, signs until it is struck down, or tells what there is.

python signing_process.py prepare | sign CODE MILLISECONDS | tell
"""

import json
import os
import signal
import sys
from typing import Any

import django


def prepare() -> dict[str, Any]:
    """Bring a fresh database to a code that can sign."""
    from django.core.management import call_command
    from lender import code_sent, open_lender

    call_command("migrate", verbosity=0)
    # A minute before the others, so that the agreement has been read by then.
    os.environ["TIDEOVER_NOW"] = "2026-11-23T10:29:00+08:00"
    number, code = code_sent(open_lender())
    return {"number": number, "code": code}


def sign(code: str, milliseconds: str) -> dict[str, Any]:
    """Sign; the alarm ends the process at once, with nothing cleaned up, as a kill does."""
    from tideover.app.db.models import Borrower, Case
    from tideover.app.verbs import signing

    borrower = Borrower.objects.get(account__borrower__cases__isnull=False)
    number = Case.objects.get().number
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, int(milliseconds) / 1000)
    signature = signing.sign(borrower, number, code=code, key="sign")
    signal.setitimer(signal.ITIMER_REAL, 0)
    return {"sealed": signature.sealed_digest}


def tell() -> dict[str, Any]:
    """Count everything that a signature makes."""
    from tideover.app.db.models import (
        Agreement,
        Case,
        JournalEntry,
        LoanSchedule,
        OutboxMessage,
    )
    from tideover.app.verbs import audit, ledger, signing

    case = Case.objects.get()
    signed = Agreement.objects.filter(is_in_force=True)
    pages = signing.pdf(case.borrower.account, case.number)
    return {
        "state": case.state,
        "signatures": signed.count(),
        "restructures": JournalEntry.objects.filter(kind="loan.restructured").count(),
        "active_schedules": LoanSchedule.objects.filter(loan=case.loan, is_active=True).count(),
        "notices": OutboxMessage.objects.filter(kind="signed").count(),
        "is_sealed": b"/LenderSeal" in pages or b"LenderSeal" in pages,
        "faults": [str(fault) for fault in ledger.verify().faults],
        "chain_holds": audit.verify().holds,
    }


if __name__ == "__main__":
    django.setup()
    step = {"prepare": prepare, "sign": sign, "tell": tell}[sys.argv[1]]
    sys.stdout.write(json.dumps(step(*sys.argv[2:])))
