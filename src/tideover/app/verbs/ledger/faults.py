"""One thing in the books that is not right, and how it is said."""

from dataclasses import dataclass

from tideover.app.db.models import Loan
from tideover.policy import Words


@dataclass(frozen=True, slots=True)
class LedgerFault:
    """One thing that is not right: where, which check, and the numbers."""

    where: str
    check: str
    words: Words

    def __str__(self) -> str:
        return f"{self.where}: {self.check}: {self.words.en}"


def differs(loan: Loan, check: str, what: str, found: int, expected: int) -> LedgerFault:
    """Two amounts of a loan that should be the same, in minor units."""
    return fault(
        loan,
        check,
        zh=f"{what}：账上 {found}，应为 {expected}（最小货币单位）",
        en=f"{what}: the ledger has {found}, the events make {expected} (minor units)",
    )


def fault(loan: Loan, check: str, *, zh: str, en: str) -> LedgerFault:
    """Something that does not hold for a loan."""
    return LedgerFault(loan.reference, check, Words(zh=zh, en=en))
