"""Loans and their schedules. What happened to a loan is in the log, stream `loan:<reference>`."""

from django.db import models

from tideover.app.db.models.accounts import Borrower


class Loan(models.Model):
    """One loan account: whose it is, which product, and its contract terms as a record."""

    reference = models.CharField(max_length=40, unique=True)
    borrower = models.ForeignKey(Borrower, on_delete=models.PROTECT, related_name="loans")
    product = models.CharField(max_length=40)
    terms = models.JSONField()
    currency = models.CharField(max_length=3)
    account_last4 = models.CharField(max_length=4, blank=True, default="")
    created_at = models.DateTimeField(auto_now_add=True)

    objects: models.Manager["Loan"] = models.Manager()

    class Meta:
        indexes = [models.Index(fields=["account_last4"], name="loan_by_last_digits")]

    def __str__(self) -> str:
        return self.reference

    @property
    def stream(self) -> str:
        """The name of this loan's part of the log."""
        return f"loan:{self.reference}"


class LoanSchedule(models.Model):
    """A schedule a loan has or had. Its lines never change; exactly one per loan is active."""

    loan = models.ForeignKey(Loan, on_delete=models.PROTECT, related_name="schedules")
    version = models.PositiveIntegerField()
    record = models.JSONField()
    digest = models.CharField(max_length=64)
    event_reference = models.CharField(max_length=80)
    is_active = models.BooleanField(default=True)
    made_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True)

    objects: models.Manager["LoanSchedule"] = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["loan", "version"], name="schedule_version_once"),
            models.UniqueConstraint(
                fields=["loan"],
                condition=models.Q(is_active=True),
                name="schedule_one_active_per_loan",
            ),
            models.CheckConstraint(
                condition=models.Q(is_active=True, replaced_at__isnull=True)
                | models.Q(is_active=False, replaced_at__isnull=False),
                name="schedule_active_or_replaced",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.loan.reference} schedule {self.version}"
