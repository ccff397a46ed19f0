"""Messages waiting to leave. They are written in the transaction of what they tell about."""

from django.db import models

from tideover.app.db.fields import EncryptedText, SealedRow
from tideover.app.db.models.accounts import Borrower


class OutboxMessage(SealedRow):
    """One message, with its own key: written once, sent at least once, shown to the borrower.

    `chase_on` is the business date of a message that asks for money that is late: a borrower gets
    one a day at most. `handed_at` is when it was last given to the provider, `given_up_at` when
    that said for good that it cannot arrive there, or that it came back; `provider_id` is its name
    for the message.
    """

    key = models.CharField(max_length=160, unique=True)
    borrower = models.ForeignKey(Borrower, null=True, on_delete=models.CASCADE)
    kind = models.CharField(max_length=40)
    channel = models.CharField(max_length=16, default="sms")
    to = EncryptedText()
    text = EncryptedText()
    created_at = models.DateTimeField(db_index=True)
    sent_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    chase_on = models.DateField(null=True)
    handed_at = models.DateTimeField(null=True)
    given_up_at = models.DateTimeField(null=True)
    provider_id = models.CharField(max_length=200, null=True, db_index=True)
    failure = models.CharField(max_length=200, null=True)

    objects: models.Manager["OutboxMessage"] = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["borrower", "chase_on"],
                condition=models.Q(chase_on__isnull=False),
                name="message_one_chase_a_day",
            ),
        ]
        indexes = [
            models.Index(
                fields=["created_at"],
                condition=models.Q(sent_at__isnull=True),
                name="message_waiting",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} message {self.id}"
