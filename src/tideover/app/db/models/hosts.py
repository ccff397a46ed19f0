"""What is on its way to other systems of the lender: changes to its core, and news of events."""

from django.db import models

from tideover.app.db.fields import EncryptedText, SealedRow
from tideover.app.db.models.agreements import Agreement


class HostBooking(models.Model):
    """A signed change that the core banking system is to book, operation by operation.

    `done` counts the operations that are booked there. `differences` holds the instalments that
    the core made otherwise than the agreement says, once they were compared.
    """

    agreement = models.OneToOneField(
        Agreement, on_delete=models.PROTECT, primary_key=True, related_name="host_booking"
    )
    core = models.CharField(max_length=40)
    operations = models.JSONField()
    done = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField()
    tries = models.PositiveIntegerField(default=0)
    next_try_at = models.DateTimeField()
    failure = models.CharField(max_length=300, blank=True, default="")
    booked_at = models.DateTimeField(null=True)
    differences = models.JSONField(default=list)

    objects: models.Manager["HostBooking"] = models.Manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["next_try_at"],
                condition=models.Q(booked_at__isnull=True),
                name="host_booking_waiting",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agreement_id} in {self.core}"


class WebhookSubscription(SealedRow):
    """An address of the lender's that is told of events, in order and at least once each.

    `position` is that of the last event of the log it has taken; `kinds` are beginnings of kinds.
    """

    name = models.CharField(max_length=40, unique=True)
    url = models.CharField(max_length=500)
    secret = EncryptedText()
    kinds = models.JSONField()
    position = models.PositiveBigIntegerField()
    created_at = models.DateTimeField()
    tries = models.PositiveIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True)
    failing_since = models.DateTimeField(null=True)
    failure = models.CharField(max_length=300, blank=True, default="")
    paused_at = models.DateTimeField(null=True)

    objects: models.Manager["WebhookSubscription"] = models.Manager()

    def __str__(self) -> str:
        return self.name
