"""What the people at the desk leave behind while they work: where they are, what they began."""

from django.db import models

from tideover.app.db.fields import EncryptedText, SealedRow
from tideover.app.db.models.accounts import Account
from tideover.app.db.models.cases import Case


class CaseVisit(models.Model):
    """When a member of staff last had a case open: colleagues see who else is here."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="visits")
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    seen_at = models.DateTimeField()

    objects: models.Manager["CaseVisit"] = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "account"], name="visit_once"),
        ]

    def __str__(self) -> str:
        return f"visit of {self.case_id}"


class DeskDraft(SealedRow):
    """Words that somebody at the desk began to write about a case and has not sent yet."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="desk_drafts")
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    place = models.CharField(max_length=40)
    text = EncryptedText()
    saved_at = models.DateTimeField()

    objects: models.Manager["DeskDraft"] = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "account", "place"], name="draft_once"),
        ]

    def __str__(self) -> str:
        return f"draft for {self.case_id}"


class BudgetFinding(SealedRow):
    """What an agent found a line of a budget to be, and why; the newest of a line counts.

    It speaks of the answers of `answers_digest` only: when those change it is history.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="findings")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    line = models.CharField(max_length=60)
    answers_digest = models.CharField(max_length=64)
    proven_minor = models.BigIntegerField()
    reason = EncryptedText()
    at = models.DateTimeField()

    objects: models.Manager["BudgetFinding"] = models.Manager()

    class Meta:
        ordering = ["at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(proven_minor__gte=0), name="finding_not_below_zero"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.line} of {self.case_id}"


class QualityReview(SealedRow):
    """What a second pair of eyes found in a decided case that was drawn for it."""

    class Outcome(models.TextChoices):
        """What was found."""

        GOOD = "good"
        COACH = "coach"
        WRONG = "wrong"

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="quality_review")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=8, choices=Outcome.choices)
    note = EncryptedText()
    at = models.DateTimeField()

    objects: models.Manager["QualityReview"] = models.Manager()

    def __str__(self) -> str:
        return f"review of {self.case_id}"
