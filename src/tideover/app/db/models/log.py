"""The insert-only, hash-chained log, its end, and the receipts of commands."""

from django.db import models


class LogEvent(models.Model):
    """Something that happened. `body` holds all of it, as the bytes the chain covers.

    `position` counts over the whole log, `number` within the stream. The other columns repeat what
    the body says, to find rows by; the body is the truth.
    """

    position = models.PositiveBigIntegerField(unique=True)
    stream = models.CharField(max_length=80)
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=60, db_index=True)
    actor = models.CharField(max_length=64)
    recorded_at = models.DateTimeField()
    body = models.BinaryField()
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    objects: models.Manager["LogEvent"] = models.Manager()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["stream", "number"], name="log_number_once"),
        ]

    def __str__(self) -> str:
        return f"{self.stream} {self.number} {self.kind}"


class ChainEnd(models.Model):
    """The last position and digest of the log; one row, locked by whoever appends."""

    position = models.PositiveBigIntegerField(default=0)
    digest = models.CharField(max_length=64)

    objects: models.Manager["ChainEnd"] = models.Manager()

    def __str__(self) -> str:
        return f"end of log at {self.position}"


class CommandReceipt(models.Model):
    """A command that took effect: the same key answers the same, and does nothing again."""

    actor = models.CharField(max_length=64)
    command = models.CharField(max_length=60)
    key = models.CharField(max_length=120)
    digest = models.CharField(max_length=64)
    answer = models.JSONField(null=True)
    made_at = models.DateTimeField()

    objects: models.Manager["CommandReceipt"] = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["actor", "command", "key"], name="receipt_key_once"),
        ]

    def __str__(self) -> str:
        return f"{self.command} by {self.actor}"
