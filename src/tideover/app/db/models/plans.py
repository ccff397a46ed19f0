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
