"""The double-entry ledger: insert-only, in whole minor units.

A posting moves an amount from one account to another, so an entry that does not balance cannot be
written down. The accounts of a loan are `receivable.*` (what the borrower owes), `credit` (what the
borrower overpaid); the lender's are `cash`, `suspense`, `income.*` and `waived.*`.
"""

from django.db import models

from tideover.app.db.models.loans import Loan


class JournalEntry(models.Model):
    """One booked change. A correction is another entry.

    `effective_on` is the day it counts for, `posted_at` when it was written, `as_of` the day up to
    which interest and penalty had been recognised once it was written.
    """

    loan = models.ForeignKey(Loan, null=True, on_delete=models.PROTECT, related_name="entries")
    kind = models.CharField(max_length=40)
    reference = models.CharField(max_length=120, unique=True)
    currency = models.CharField(max_length=3)
    effective_on = models.DateField()
    as_of = models.DateField()
    posted_at = models.DateTimeField()
    log_position = models.PositiveBigIntegerField(null=True)

    objects: models.Manager["JournalEntry"] = models.Manager()

    class Meta:
        indexes = [models.Index(fields=["loan", "as_of"], name="entry_loan_as_of")]
        constraints = [
            models.UniqueConstraint(
                fields=["loan", "effective_on"],
                condition=models.Q(kind="loan.accrued"),
                name="entry_accrued_once_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.reference}"


class Posting(models.Model):
    """An amount moved within an entry: `debit` receives it, `credit` gives it."""

    entry = models.ForeignKey(JournalEntry, on_delete=models.PROTECT, related_name="postings")
    debit = models.CharField(max_length=40)
    credit = models.CharField(max_length=40)
    amount_minor = models.BigIntegerField()

    objects: models.Manager["Posting"] = models.Manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(amount_minor__gt=0), name="posting_amount_positive"
            ),
            models.CheckConstraint(
                condition=~models.Q(debit=models.F("credit")), name="posting_two_accounts"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.debit} <- {self.credit} {self.amount_minor}"
