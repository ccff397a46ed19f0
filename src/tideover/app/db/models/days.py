"""The business day: which days are closed, how far each loan has come, and what was different.

`LoanFold` is the stored fold of a loan: the figures of the ledger's day and of the days ahead of it
while nothing happens, as the fold of its events gives them. A fresh fold must equal it.
"""

from django.db import models

from tideover.app.db.models.ledger import JournalEntry
from tideover.app.db.models.loans import Loan


class BusinessDay(models.Model):
    """A day that was closed, or is being closed. `report` is what the close did."""

    day = models.DateField(unique=True)
    began_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    report = models.JSONField(default=dict)

    objects: models.Manager["BusinessDay"] = models.Manager()

    def __str__(self) -> str:
        return self.day.isoformat()


class LoanFold(models.Model):
    """How far the ledger of a loan counts, and what the fold says of the days from `start` on.

    `ahead` holds a row of whole numbers for each day, the order is that of `DayFigures`. `events`
    is how many events of the loan are in it; the days ahead end before an event of a later day.
    `is_open` is False once nothing is owed and nothing more is known: such a loan waits for no day.
    """

    loan = models.OneToOneField(
        Loan, on_delete=models.PROTECT, primary_key=True, related_name="fold"
    )
    as_of = models.DateField()
    start = models.DateField()
    ahead = models.JSONField()
    events = models.PositiveIntegerField()
    is_open = models.BooleanField(default=True)

    objects: models.Manager["LoanFold"] = models.Manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["as_of"], condition=models.Q(is_open=True), name="fold_open_as_of"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.loan_id} as of {self.as_of}"


class DayDifference(models.Model):
    """Why days that were closed came out otherwise: an event that arrived after its own day.

    `before` and `after` are the figures of `closed_through` without and with the event.
    """

    entry = models.OneToOneField(JournalEntry, on_delete=models.PROTECT, related_name="difference")
    loan = models.ForeignKey(Loan, on_delete=models.PROTECT, related_name="differences")
    event_reference = models.CharField(max_length=80)
    effective_on = models.DateField()
    closed_through = models.DateField()
    before = models.JSONField()
    after = models.JSONField()
    found_at = models.DateTimeField()

    objects: models.Manager["DayDifference"] = models.Manager()

    def __str__(self) -> str:
        return f"{self.event_reference} of {self.effective_on}"


class JobLease(models.Model):
    """Who runs a job now, and until when nobody else may; how its last run went."""

    name = models.CharField(max_length=40, primary_key=True)
    owner = models.CharField(max_length=80, blank=True, default="")
    until = models.DateTimeField(null=True)
    began_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    failure = models.CharField(max_length=300, blank=True, default="")

    objects: models.Manager["JobLease"] = models.Manager()

    def __str__(self) -> str:
        return self.name
