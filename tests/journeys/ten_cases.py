"""Ten people ask for help at a demo lender: run beside a server, in its environment.

`python ten_cases.py COUNT` prints the numbers of the cases, one a line. Everything goes through the
verbs that the pages call.
"""

import sys
from datetime import timedelta
from fractions import Fraction

from tideover.cli.service import start_service

start_service(demo=True)

from tideover.app import clock  # noqa: E402 - the service stands first
from tideover.app.db.atomic import atomic  # noqa: E402
from tideover.app.verbs import application, evidence_files  # noqa: E402
from tideover.app.verbs.books.opening import add_borrower, open_loan  # noqa: E402
from tideover.loan import DailyRate, LoanTerms, Method, Paid, build_schedule  # noqa: E402
from tideover.money import CNY, Money  # noqa: E402

PAGE = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj\n"
    b"trailer<</Root 1 0 R>>\n% "
)
CAUSES = ("job_loss", "illness", "income_drop", "job_loss", "family_illness")
SURNAMES = "赵钱孙李周吴郑王冯陈"


def ask(place: int) -> str:
    """One borrower with one loan, two instalments paid and the third late, hands a case in."""
    today = clock.today()
    reference = f"TEN-{place:04d}"
    terms = LoanTerms(
        principal=Money(1_000_000, CNY),
        rate=DailyRate.parse("0.0004"),
        method=Method.EQUAL_PRINCIPAL,
        instalments=10,
        disbursed_on=today - timedelta(days=112),
        penalty_uplift=Fraction(1, 2),
        grace_days=1,
    )
    with atomic():
        borrower = add_borrower(
            name=f"演示·{SURNAMES[place % 10]}十{place}",
            phone=f"1088{place:07d}",
            id_number=f"000000199002{place:05d}X",
        )
        paid = tuple(
            Paid(line.due_date, f"{reference}-{line.number}", line.instalment)
            for line in build_schedule(terms).lines[:2]
        )
        open_loan(
            borrower, terms, reference=reference, product="weilidai", account_last4=f"{place:04d}",
            events=paid, actor="tape", at=clock.now(), until=today,
        )  # fmt: skip
    cause = CAUSES[place % len(CAUSES)]
    number = application.open_case(borrower, reference, key="open").number
    for section, answers in sections(place, cause).items():
        application.save_section(borrower, number, section, answers, key=section)
    asked = [need.code for need in application.draft(borrower, number).needs]
    evidence_files.attach(
        borrower, number, need=asked[0], name="材料.pdf",
        content=PAGE + number.encode(), key="file",
    )  # fmt: skip
    application.submit(borrower, number, key="submit")
    return number


def sections(place: int, cause: str) -> dict[str, dict[str, object]]:
    since = (clock.today() - timedelta(days=50)).isoformat()
    return {
        "consent": {"accounts": "yes", "sensitive": "yes"},
        "cause": {"cause": cause, "since": since, "expects_recovery_on": "", "note": ""},
        "income": {
            "items": [
                {"name": "零工", "kind": "self_employed", "monthly": f"{3700 + 20 * place}.56"}
            ]
        },
        "outgoings": {
            "adults": "1",
            "children": "0",
            "items": [{"category": "housing", "monthly": "3000"}],
            "debts": [],
        },
        "wish": {"kind": "pay-less", "monthly": "680", "pause_months": "", "note": ""},
    }


if __name__ == "__main__":
    for place in range(int(sys.argv[1])):
        sys.stdout.write(f"{ask(place)}\n")
