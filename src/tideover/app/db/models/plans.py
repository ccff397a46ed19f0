"""How a signed plan is kept, day by day. What happened to it is in the log of its case."""

from django.db import models

from tideover.app.db.models.agreements import Agreement


class PlanKeeping(models.Model):
    """One agreement from its effective date to its end.

    `judged_on` is the last day it was looked at, `look_on` the next on which anything can come of
    it by itself; empty after something was booked on the loan.
    """

    class Standing(models.TextChoices):
        """How the plan stands."""

        KEPT = "kept"
        LATE = "late"
        BREACHED = "breached"
        ENDED = "ended"
        COMPLETED = "completed"

    agreement = models.OneToOneField(
        Agreement, on_delete=models.PROTECT, primary_key=True, related_name="keeping"
    )
    standing = models.CharField(max_length=12, choices=Standing.choices, default=Standing.KEPT)
    effective_on = models.DateField(null=True)
    judged_on = models.DateField(null=True)
    look_on = models.DateField(null=True)
    breached_on = models.DateField(null=True)
    cure_until = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    completed_on = models.DateField(null=True)
    letter_digest = models.CharField(max_length=64, blank=True, default="")

    objects: models.Manager["PlanKeeping"] = models.Manager()

    def __str__(self) -> str:
        return f"{self.agreement_id} {self.standing}"


class PlanReview(models.Model):
    """A day on which a plan and its borrower's income are looked at again.

    `word` is what the borrower said of it, `closed_on` when nothing was left to do.
    """

    class Word(models.TextChoices):
        """How the borrower says things are."""

        SAME = "same"
        BETTER = "better"
        HARDER = "harder"

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="reviews")
    due_on = models.DateField()
    word = models.CharField(max_length=8, choices=Word.choices, blank=True, default="")
    said_at = models.DateTimeField(null=True)
    closed_on = models.DateField(null=True)
    closed_by = models.CharField(max_length=64, blank=True, default="")

    objects: models.Manager["PlanReview"] = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agreement"],
                condition=models.Q(closed_on__isnull=True),
                name="review_one_open_per_plan",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_on"],
                condition=models.Q(closed_on__isnull=True),
                name="review_open_by_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agreement_id} {self.due_on}"
