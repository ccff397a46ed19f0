"""Bank files and their lines, as they were booked."""

from django.db import models

from tideover.app.db.fields import EncryptedText, SealedRow
from tideover.app.db.models.accounts import Account
from tideover.app.db.models.loans import Loan


class BankFile(models.Model):
    """A file finance booked. The same bytes are booked once, whatever the file is called.

    One that was undone stays as it was; its bytes and its lines may then be booked anew.
    """

    digest = models.CharField(max_length=64)
    name = models.CharField(max_length=200)
    booked_by = models.ForeignKey(Account, on_delete=models.PROTECT)
    booked_at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")

    objects: models.Manager["BankFile"] = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["digest"],
                condition=models.Q(undone_at__isnull=True),
                name="bank_file_once",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class BankLine(SealedRow):
    """One line of a bank file: booked to a loan, or kept in suspense until somebody knows whose.

    `event_reference` is the reference of its payment among the loan's events: the bank's own
    number, unless a line of that number was undone before.
    """

    class Status(models.TextChoices):
        """Where the money of a line went."""

        BOOKED = "booked"
        SUSPENSE = "suspense"
        UNDONE = "undone"

    file = models.ForeignKey(BankFile, on_delete=models.PROTECT, related_name="lines")
    number = models.PositiveIntegerField()
    bank_reference = models.CharField(max_length=80)
    event_reference = models.CharField(max_length=80)
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
            models.UniqueConstraint(
                fields=["bank_reference"],
                condition=~models.Q(status="undone"),
                name="bank_line_once",
            ),
            models.CheckConstraint(
                condition=models.Q(amount_minor__gt=0), name="bank_line_amount_positive"
            ),
            models.CheckConstraint(
                condition=models.Q(status="booked", loan__isnull=False)
                | models.Q(status="suspense", loan__isnull=True)
                | models.Q(status="undone"),
                name="bank_line_booked_to_a_loan",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.bank_reference} {self.amount_minor}"
