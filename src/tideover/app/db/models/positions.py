"""The last closed figures of loans that are kept in a book of columns, not in the log."""

from django.db import models


class BookPosition(models.Model):
    """One loan of a columnar book at the end of `day`, minor units. Each close overwrites it."""

    loan = models.BigIntegerField(primary_key=True)
    day = models.DateField()
    principal = models.BigIntegerField()
    interest = models.BigIntegerField()
    penalty = models.BigIntegerField()
    fee = models.BigIntegerField()
    past_due = models.BigIntegerField()
    due_today = models.BigIntegerField()
    credit = models.BigIntegerField()
    days_past_due = models.IntegerField()
    asset_class = models.CharField(max_length=16)

    objects: models.Manager["BookPosition"] = models.Manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["days_past_due"],
                condition=models.Q(days_past_due__gt=0),
                name="position_past_due",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.loan} on {self.day}"
