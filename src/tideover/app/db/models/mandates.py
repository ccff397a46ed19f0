"""Who may act for a borrower, what for and until when."""

from django.db import models

from tideover.app.db.fields import EncryptedText, SealedRow
from tideover.app.db.models.accounts import Account, Borrower


class Scope(models.TextChoices):
    """What a mandate may allow. Signing, the phone, the bank and consent are never among it."""

    READ = "read"
    UPLOAD = "upload"
    ANSWER = "answer"
    NEGOTIATE = "negotiate"


class Mandate(SealedRow):
    """That somebody may act for a borrower, with the document it rests on.

    One that the borrower gave here rests on the words that were confirmed (`words`); one on paper
    on a file in the file store (`digest`), and counts only once somebody else than `given_by` has
    looked at it. `holder` is the account that acts, found by the telephone number.
    """

    class Relation(models.TextChoices):
        """Who the holder is to the borrower."""

        FAMILY = "family"
        FRIEND = "friend"
        GUARDIAN = "guardian"
        SOCIAL_WORKER = "social-worker"
        LAWYER = "lawyer"
        OTHER = "other"

    class Source(models.TextChoices):
        """Where it was given."""

        PORTAL = "portal"
        PAPER = "paper"

    borrower = models.ForeignKey(Borrower, on_delete=models.PROTECT, related_name="mandates")
    holder = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="mandates_held")
    name = EncryptedText()
    phone = EncryptedText()
    phone_index = models.CharField(max_length=64, db_index=True)
    relation = models.CharField(max_length=16, choices=Relation.choices)
    scopes = models.JSONField()
    first_day = models.DateField()
    last_day = models.DateField()
    source = models.CharField(max_length=8, choices=Source.choices)
    words = EncryptedText(null=True)
    digest = models.CharField(max_length=64, blank=True, default="")
    media_type = models.CharField(max_length=60, blank=True, default="")
    given_at = models.DateTimeField()
    given_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    checked_at = models.DateTimeField(null=True)
    checked_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    why_ended = EncryptedText(null=True)

    objects: models.Manager["Mandate"] = models.Manager()

    class Meta:
        ordering = ["given_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["borrower", "phone_index"],
                condition=models.Q(ended_at__isnull=True),
                name="mandate_one_a_person",
            ),
            models.CheckConstraint(
                condition=models.Q(checked_by__isnull=True)
                | ~models.Q(checked_by=models.F("given_by"))
                | models.Q(source="portal"),
                name="mandate_checked_by_another",
            ),
            models.CheckConstraint(
                condition=models.Q(last_day__gte=models.F("first_day")),
                name="mandate_days_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"mandate {self.id}"
