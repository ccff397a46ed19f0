"""Loans, the tapes they came on, and their schedules.

What happened to a loan is in the log, stream `loan:<reference>`.
"""

from django.db import models

from tideover.app.db.models.accounts import Account, Borrower


class Tape(models.Model):
    """A tape of loans that was imported. The same bytes are imported once, whatever their names.

    One that was undone stays as it was; its bytes and its loans may then be imported anew.
    `log_position` is where the log stood when all of it was in; nobody is `imported_by` at the
    command line.
    """

    digest = models.CharField(max_length=64)
    name = models.CharField(max_length=200)
    payments_name = models.CharField(max_length=200, blank=True, default="")
    payments_count = models.PositiveIntegerField()
    imported_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT)
    imported_at = models.DateTimeField()
    log_position = models.PositiveBigIntegerField(default=0)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")

    objects: models.Manager["Tape"] = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["digest"],
                condition=models.Q(undone_at__isnull=True),
                name="tape_once",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class _StandingLoans(models.Manager["Loan"]):
    """The loans of the book, without those whose tape was undone."""

    def get_queryset(self) -> models.QuerySet["Loan"]:
        """The rows that every page, job and file is made from."""
        return super().get_queryset().filter(taken_back_at__isnull=True)


class Loan(models.Model):
    """One loan account: whose it is, which product, and its contract terms as a record.

    A loan whose tape was undone is taken back: its books stand at nought, and only `every` finds
    it. Its reference may come again, as the next `edition` with a stream of its own.
    """

    reference = models.CharField(max_length=40)
    edition = models.PositiveSmallIntegerField(default=1)
    borrower = models.ForeignKey(Borrower, on_delete=models.PROTECT, related_name="loans")
    product = models.CharField(max_length=40)
    terms = models.JSONField()
    currency = models.CharField(max_length=3)
    account_last4 = models.CharField(max_length=4, blank=True, default="")
    created_at = models.DateTimeField(auto_now_add=True)
    tape = models.ForeignKey(Tape, null=True, on_delete=models.PROTECT, related_name="loans")
    taken_back_at = models.DateTimeField(null=True)

    objects = _StandingLoans()
    every: models.Manager["Loan"] = models.Manager()

    class Meta:
        indexes = [models.Index(fields=["account_last4"], name="loan_by_last_digits")]
        constraints = [
            models.UniqueConstraint(fields=["reference", "edition"], name="loan_edition_once"),
            models.UniqueConstraint(
                fields=["reference"],
                condition=models.Q(taken_back_at__isnull=True),
                name="loan_reference_once",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def stream(self) -> str:
        """The name of this loan's part of the log."""
        return f"loan:{self.book_name}"

    @property
    def book_name(self) -> str:
        """What log and journal know this loan by; no reference has a slash."""
        return self.reference if self.edition == 1 else f"{self.reference}/{self.edition}"


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
