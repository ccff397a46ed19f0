"""What was read from evidence, what it resembles, and what people found out about it."""

from django.db import models

from tideover.app.db.fields import EncryptedRecord, EncryptedText, SealedRow
from tideover.app.db.models.accounts import Account
from tideover.app.db.models.cases import Case, EvidenceFile


class EvidenceReading(SealedRow):
    """What the worker read from a file and found in it; a new reading takes its place."""

    evidence = models.OneToOneField(EvidenceFile, on_delete=models.CASCADE, related_name="reading")
    kind = models.CharField(max_length=40, default="")
    outcome = models.CharField(max_length=16, default="")
    is_suspicious = models.BooleanField(default=False)
    refused = models.CharField(max_length=60, default="")
    """The code of the refusal when the file could not be read at all."""
    record = EncryptedRecord(null=True)
    """Fields and findings, as `tideover evidence inspect --json` prints them."""
    tries = models.PositiveSmallIntegerField(default=0)
    read_at = models.DateTimeField(null=True)

    objects: models.Manager["EvidenceReading"] = models.Manager()

    def __str__(self) -> str:
        return f"reading of evidence {self.evidence_id}"


class DocumentSignature(models.Model):
    """What a document resembles: hashes of its wording and figures, and no word of it."""

    evidence = models.OneToOneField(
        EvidenceFile, on_delete=models.CASCADE, related_name="signature"
    )
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64)
    sketch = models.BinaryField()
    figures = models.BinaryField()
    picture = models.BigIntegerField(default=0)

    objects: models.Manager["DocumentSignature"] = models.Manager()

    def __str__(self) -> str:
        return f"signature of evidence {self.evidence_id}"


class DocumentMark(models.Model):
    """One mark of a signature; two documents that are alike share at least one."""

    mark = models.BigIntegerField(db_index=True)
    signature = models.ForeignKey(DocumentSignature, on_delete=models.CASCADE, related_name="marks")

    objects: models.Manager["DocumentMark"] = models.Manager()

    def __str__(self) -> str:
        return f"mark {self.mark}"


class FigureLink(SealedRow):
    """That a figure on a page bears an answer of the borrower out."""

    evidence = models.ForeignKey(EvidenceFile, on_delete=models.CASCADE, related_name="links")
    answer = models.CharField(max_length=60)
    """Section and place of the answer, such as `income.0`."""
    field = models.CharField(max_length=40)
    value = EncryptedText()
    page = models.PositiveIntegerField()
    box = models.JSONField()
    """Left, top, right, bottom in thousandths of the page."""
    linked_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    linked_at = models.DateTimeField()

    objects: models.Manager["FigureLink"] = models.Manager()

    class Meta:
        ordering = ["linked_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["evidence", "answer", "field"], name="figure_linked_once"
            ),
        ]

    def __str__(self) -> str:
        return f"figure of evidence {self.evidence_id} for {self.answer}"


class IssuerCheck(SealedRow):
    """A call to whoever issued a document, and what they said."""

    class Answer(models.TextChoices):
        """What the issuer said."""

        CONFIRMED = "confirmed"
        NOT_ISSUED = "not-issued"
        DIFFERS = "differs"
        CANNOT_SAY = "cannot-say"
        NOT_REACHED = "not-reached"

    evidence = models.ForeignKey(
        EvidenceFile, on_delete=models.CASCADE, related_name="issuer_checks"
    )
    answer = models.CharField(max_length=16, choices=Answer.choices)
    asked_through = EncryptedText()
    """The number or counter that was asked, and where it was looked up."""
    note = EncryptedText()
    asked_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()

    objects: models.Manager["IssuerCheck"] = models.Manager()

    class Meta:
        ordering = ["asked_at"]

    def __str__(self) -> str:
        return f"issuer check of evidence {self.evidence_id}"
