"""Bank files and their lines, as they were booked."""

from django.db import models

from tideover.app.db.fields import EncryptedText, SealedRow
from tideover.app.db.models.accounts import Account
from tideover.app.db.models.loans import Loan


class BankFile(models.Model):
    """A file finance booked. The same bytes are booked once, whatever the file is called."""

    digest = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=200)
    booked_by = models.ForeignKey(Account, on_delete=models.PROTECT)
    booked_at = models.DateTimeField()

    objects: models.Manager["BankFile"] = models.Manager()

    def __str__(self) -> str:
        return self.name


class BankLine(SealedRow):
    """One line of a bank file: booked to a loan, or kept in suspense until somebody knows whose."""

    class Status(models.TextChoices):
        """Where the money of a line went."""

        BOOKED = "booked"
        SUSPENSE = "suspense"

    file = models.ForeignKey(BankFile, on_delete=models.PROTECT, related_name="lines")
    number = models.PositiveIntegerField()
    bank_reference = models.CharField(max_length=80, unique=True)
    paid_on = models.DateField()
    amount_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    loan_reference = models.CharField(max_length=80)
    payer = EncryptedText(null=True)
    status = models.CharField(max_length=16, choices=Status.choices)
    loan = models.ForeignKey(Loan, null=True, on_delete=models.PROTECT, related_name="bank_lines")

    objects: models.Manager["BankLine"] = models.Manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(amount_minor__gt=0), name="bank_line_amount_positive"
            ),
            models.CheckConstraint(
                condition=models.Q(status="booked", loan__isnull=False)
                | models.Q(status="suspense", loan__isnull=True),
                name="bank_line_booked_to_a_loan",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.bank_reference} {self.amount_minor}"
