"""Ways to reach a borrower besides the phone, and what came in by them."""

from django.db import models

from tideover.app.db.fields import EncryptedRecord, EncryptedText, SealedRow
from tideover.app.db.models.accounts import Account, Borrower
from tideover.app.db.models.cases import CallBack, Case


class Channel(models.TextChoices):
    """By which way words come in or go out; `portal` and `phone` need no address of their own."""

    PORTAL = "portal"
    PHONE = "phone"
    SMS = "sms"
    WECHAT = "wechat"
    EMAIL = "email"


class ContactAddress(SealedRow):
    """A mailbox, or a follower of the official account; a borrower's once shown to be theirs.

    `borrower` is None while a follower has only asked to be connected. `confirmed_at` is when the
    borrower, signed in, opened the link; `closed_at` when it was taken away. WeChat takes free
    words only until `window_until`, two days after the follower last did something.
    """

    channel = models.CharField(max_length=16, choices=Channel.choices)
    borrower = models.ForeignKey(
        Borrower, null=True, on_delete=models.CASCADE, related_name="addresses"
    )
    address = EncryptedText()
    address_index = models.CharField(max_length=64, db_index=True)
    asked_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    window_until = models.DateTimeField(null=True)
    failure = models.CharField(max_length=200, null=True)

    objects: models.Manager["ContactAddress"] = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["channel", "address_index"],
                condition=models.Q(confirmed_at__isnull=False, closed_at__isnull=True),
                name="address_one_owner",
            ),
            models.UniqueConstraint(
                fields=["channel", "borrower"],
                condition=models.Q(confirmed_at__isnull=False, closed_at__isnull=True),
                name="address_one_a_channel",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.channel} address {self.id}"


class Arrival(SealedRow):
    """Something that came in from outside, kept before anything is done with it.

    `reference` is the platform's own number of the message: the same one is taken once. `files`
    lists what came with it; their bytes are in the file store, bound to this row.
    """

    class State(models.TextChoices):
        """What became of it."""

        PLACED = "placed"
        MEDIA = "media"  # a picture still to be fetched from the platform
        UNKNOWN = "unknown"  # nobody here has that address
        WAITING = "waiting"  # a borrower without a case that it could go to
        CLOSED = "closed"  # a person looked at it
        IGNORED = "ignored"  # a machine's answer, or an event that says nothing

    channel = models.CharField(max_length=16, choices=Channel.choices)
    reference = models.CharField(max_length=200)
    kind = models.CharField(max_length=32)
    sender = EncryptedText()
    sender_index = models.CharField(max_length=64, db_index=True)
    text = EncryptedText(default="")
    files = EncryptedRecord()
    state = models.CharField(max_length=16, choices=State.choices)
    why = models.CharField(max_length=200, default="", blank=True)
    borrower = models.ForeignKey(Borrower, null=True, on_delete=models.CASCADE)
    case = models.ForeignKey(Case, null=True, on_delete=models.PROTECT, related_name="arrivals")
    arrived_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    note = EncryptedText(null=True)

    objects: models.Manager["Arrival"] = models.Manager()

    class Meta:
        ordering = ["arrived_at"]
        constraints = [
            models.UniqueConstraint(fields=["channel", "reference"], name="arrival_once"),
        ]
        indexes = [
            models.Index(
                fields=["arrived_at"],
                condition=models.Q(state__in=["media", "unknown", "waiting"]),
                name="arrival_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.channel} arrival {self.id}"


class SeenCallback(models.Model):
    """A signed request of a platform that was taken: its signature belongs to one body only."""

    key = models.CharField(max_length=64, unique=True)
    digest = models.CharField(max_length=64)
    at = models.DateTimeField(db_index=True)

    objects: models.Manager["SeenCallback"] = models.Manager()

    def __str__(self) -> str:
        return f"callback {self.pk}"


class VoiceContact(SealedRow):
    """A call to a borrower that somebody began: a few a day are allowed, all people together."""

    borrower = models.ForeignKey(Borrower, on_delete=models.CASCADE)
    call_back = models.ForeignKey(CallBack, null=True, on_delete=models.PROTECT)
    by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="voice_contacts")
    day = models.DateField()
    at = models.DateTimeField()

    objects: models.Manager["VoiceContact"] = models.Manager()

    class Meta:
        indexes = [models.Index(fields=["borrower", "day"], name="voice_of_a_day")]

    def __str__(self) -> str:
        return f"voice contact {self.id}"


class OfficialChannel(SealedRow):
    """One way to reach the lender, as somebody here entered and somebody else verified it.

    Borrowers see it from `verified_at` to `ended_at`. What the policy book says stands where there
    is no such row for the kind.
    """

    class Kind(models.TextChoices):
        """What sort of way it is."""

        HOTLINE = "hotline"
        WECHAT = "wechat"
        SITE = "site"
        EMAIL = "email"
        ADDRESS = "address"

    kind = models.CharField(max_length=16, choices=Kind.choices)
    value = models.CharField(max_length=200)
    source = models.CharField(max_length=200)
    entered_at = models.DateTimeField()
    entered_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    verified_at = models.DateTimeField(null=True)
    verified_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")

    objects: models.Manager["OfficialChannel"] = models.Manager()

    class Meta:
        ordering = ["kind", "entered_at"]

    def __str__(self) -> str:
        return f"{self.kind} {self.value}"
