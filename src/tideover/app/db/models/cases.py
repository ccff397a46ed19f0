"""A hardship case and what hangs on it. What happened to it is in the log, `case:<number>`."""

from django.db import models

from tideover.app.db.fields import EncryptedRecord, EncryptedText, SealedRow
from tideover.app.db.models.accounts import Account, Borrower
from tideover.app.db.models.loans import Loan


class CaseNumber(models.Model):
    """One row for each case number ever given: two openings at once can never draw the same."""

    objects: models.Manager["CaseNumber"] = models.Manager()

    def __str__(self) -> str:
        return str(self.pk)


#: Handed in and not over: what the queue shows, and its indexes cover.
_IN_QUEUE = models.Q(is_open=True, submitted_at__isnull=False)


class Case(SealedRow):
    """One request for help with one loan. `version` rises with every change, for the forms.

    `cause` may be an illness, so it is sealed like a name. `waits_since` is when the borrower wrote
    the oldest message that nobody has answered, `flags_open` how many warnings nobody has closed.
    `lease_until` is there while the agent has claimed it and done nothing yet: from then on anybody
    may claim it. `needs_care` says that the borrower told of illness, loss, or a need for support.
    `asked_with` is the case whose answers this one shares, where several loans are in one request.
    """

    number = models.CharField(max_length=20, unique=True)
    borrower = models.ForeignKey(Borrower, on_delete=models.PROTECT, related_name="cases")
    loan = models.ForeignKey(Loan, on_delete=models.PROTECT, related_name="cases")
    state = models.CharField(max_length=24, db_index=True)
    is_open = models.BooleanField(default=True)
    version = models.PositiveIntegerField(default=0)
    agent = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="cases")
    cause = EncryptedText(default="")
    opened_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)
    answer_by = models.DateField(null=True)
    changed_at = models.DateTimeField()
    waits_since = models.DateTimeField(null=True)
    flags_open = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True)
    needs_care = models.BooleanField(default=False)
    asked_with = models.ForeignKey(
        "self", null=True, on_delete=models.SET_NULL, related_name="followers"
    )

    objects: models.Manager["Case"] = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["loan"], condition=models.Q(is_open=True), name="case_one_open_per_loan"
            ),
        ]
        indexes = [
            models.Index(
                fields=["answer_by", "submitted_at", "number"],
                condition=_IN_QUEUE,
                name="case_queue",
            ),
            models.Index(
                fields=["agent", "answer_by", "submitted_at", "number"],
                condition=_IN_QUEUE,
                name="case_queue_of_agent",
            ),
            models.Index(
                fields=["state", "answer_by", "submitted_at", "number"],
                condition=_IN_QUEUE,
                name="case_queue_in_state",
            ),
            models.Index(
                fields=["answer_by", "submitted_at", "number"],
                condition=_IN_QUEUE & models.Q(needs_care=True),
                name="case_queue_needs_care",
            ),
            models.Index(
                fields=["lease_until"],
                condition=models.Q(lease_until__isnull=False),
                name="case_lease",
            ),
            models.Index(
                fields=["waits_since"],
                condition=models.Q(waits_since__isnull=False),
                name="case_message_waits",
            ),
            models.Index(
                fields=["flags_open"], condition=models.Q(flags_open__gt=0), name="case_flagged"
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def stream(self) -> str:
        """The name of this case's part of the log."""
        return f"case:{self.number}"


class Answer(SealedRow):
    """The borrower's answers of one section, as typed and cleaned."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="answers")
    section = models.CharField(max_length=20)
    record = EncryptedRecord()
    saved_at = models.DateTimeField()

    objects: models.Manager["Answer"] = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "section"], name="answer_section_once"),
        ]

    def __str__(self) -> str:
        return f"{self.section} of {self.case.number}"


class EvidenceFile(SealedRow):
    """A file the borrower added; its bytes are in the file store under `digest`."""

    class Status(models.TextChoices):
        """What an agent found."""

        RECEIVED = "received"
        CLEAR = "clear"
        UNCLEAR = "unclear"
        UNREADABLE = "unreadable"
        REMOVED = "removed"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="evidence")
    need = models.CharField(max_length=60)
    digest = models.CharField(max_length=64)
    name = EncryptedText()
    media_type = models.CharField(max_length=60)
    size_bytes = models.PositiveIntegerField()
    pages = models.PositiveIntegerField(default=1)
    status = models.CharField(max_length=16, choices=Status.choices, default=Status.RECEIVED)
    note = EncryptedText(null=True)
    added_at = models.DateTimeField()
    marked_at = models.DateTimeField(null=True)
    marked_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT)
    removed_at = models.DateTimeField(null=True)

    objects: models.Manager["EvidenceFile"] = models.Manager()

    def __str__(self) -> str:
        return f"evidence {self.id}"


class CaseNote(SealedRow):
    """Words about a case that may name people: a borrower's message, an agent's reason.

    `digest` is keyed: by it the same words are found again, in this case and in others.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="notes")
    author = models.ForeignKey(Account, on_delete=models.PROTECT)
    kind = models.CharField(max_length=40)
    text = EncryptedText()
    at = models.DateTimeField()
    channel = models.CharField(max_length=16, default="portal")
    digest = models.CharField(max_length=64, db_index=True, default="")

    objects: models.Manager["CaseNote"] = models.Manager()

    class Meta:
        ordering = ["at"]

    def __str__(self) -> str:
        return f"{self.kind} on {self.case.number}"


class CaseFlag(SealedRow):
    """A warning about a message on a case, open until somebody closes it with a note.

    `codes` are the signs that were found, and `quote` the words they were found in.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="flags")
    note = models.ForeignKey(CaseNote, on_delete=models.PROTECT, related_name="flags")
    verdict = models.CharField(max_length=16)
    codes = models.JSONField(default=list)
    quote = EncryptedText()
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT)
    closing = EncryptedText(null=True)

    objects: models.Manager["CaseFlag"] = models.Manager()

    class Meta:
        ordering = ["opened_at"]

    def __str__(self) -> str:
        return f"flag on {self.case.number}"


class CallBack(SealedRow):
    """Somebody wants to be called: at the next moment when the lender may call and a person is in.

    `borrower` is None for a number that is no borrower's; the call is then to find out who it is.
    """

    borrower = models.ForeignKey(Borrower, null=True, on_delete=models.PROTECT)
    phone = EncryptedText()
    note = EncryptedText()
    call_at = models.DateTimeField(db_index=True)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="call_backs")
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")

    objects: models.Manager["CallBack"] = models.Manager()

    class Meta:
        ordering = ["call_at"]

    def __str__(self) -> str:
        return f"call back {self.id}"


class OfferRound(SealedRow):
    """One set of offers generated for a case, as a record; the newest one counts.

    The record holds the budget that the offers were judged on, so it is sealed.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="rounds")
    number = models.PositiveIntegerField()
    record = EncryptedRecord()
    policy_digest = models.CharField(max_length=64)
    generated_at = models.DateTimeField()
    generated_by = models.ForeignKey(
        Account, null=True, on_delete=models.PROTECT, related_name="rounds_generated"
    )
    selected_keys = models.JSONField(default=list)
    sent_at = models.DateTimeField(null=True)
    open_until = models.DateField(null=True)
    approved_by = models.ForeignKey(
        Account, null=True, on_delete=models.PROTECT, related_name="rounds_approved"
    )
    approved_at = models.DateTimeField(null=True)
    accepted_key = models.CharField(max_length=40, blank=True, default="")

    objects: models.Manager["OfferRound"] = models.Manager()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="offer_round_once"),
        ]

    def __str__(self) -> str:
        return f"offers {self.number} of {self.case.number}"
