"""Messages waiting to leave. They are written in the transaction of what they tell about."""

from django.db import models

from tideover.app.db.fields import EncryptedText, SealedRow
from tideover.app.db.models.accounts import Borrower


class OutboxMessage(SealedRow):
    """One text message, with its own key: written once, sent at least once, shown in the demo."""

    key = models.CharField(max_length=160, unique=True)
    borrower = models.ForeignKey(Borrower, null=True, on_delete=models.CASCADE)
    kind = models.CharField(max_length=40)
    channel = models.CharField(max_length=16, default="sms")
    to = EncryptedText()
    text = EncryptedText()
    created_at = models.DateTimeField(db_index=True)
    sent_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)

    objects: models.Manager["OutboxMessage"] = models.Manager()

    def __str__(self) -> str:
        return f"{self.kind} message {self.id}"
