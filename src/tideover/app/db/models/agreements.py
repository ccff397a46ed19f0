"""Agreements and the codes they are signed with."""

from django.db import models

from tideover.app.db.fields import EncryptedRecord, SealedRow
from tideover.app.db.models.cases import Case
from tideover.app.db.models.loans import Loan


class Agreement(SealedRow):
    """A repayment agreement: its document as a record, and the digest that is signed."""

    number = models.CharField(max_length=30, unique=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="agreements")
    loan = models.ForeignKey(Loan, on_delete=models.PROTECT, related_name="agreements")
    offer_key = models.CharField(max_length=40)
    offer = models.JSONField()
    document = EncryptedRecord()
    document_digest = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    disclosure_shown_at = models.DateTimeField(null=True)
    signed_at = models.DateTimeField(null=True)
    sealed_digest = models.CharField(max_length=64, blank=True, default="")
    is_in_force = models.BooleanField(default=False)

    objects: models.Manager["Agreement"] = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["loan"],
                condition=models.Q(is_in_force=True),
                name="agreement_one_in_force_per_loan",
            ),
            models.CheckConstraint(
                condition=models.Q(is_in_force=False)
                | (models.Q(signed_at__isnull=False) & ~models.Q(sealed_digest="")),
                name="agreement_in_force_is_signed",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class SigningCode(models.Model):
    """A one-time code for one text: it signs the document of that digest and no other."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="codes")
    document_digest = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)

    objects: models.Manager["SigningCode"] = models.Manager()

    def __str__(self) -> str:
        return f"signing code {self.pk}"
