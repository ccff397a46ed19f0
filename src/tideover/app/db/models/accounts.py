"""Who may sign in: staff with a login and a password, borrowers with their phone and a code."""

import uuid
from datetime import date
from typing import Any, ClassVar, Protocol

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from tideover.app.db.fields import EncryptedText, SealedRow


class Role(models.TextChoices):
    """What somebody may do here."""

    BORROWER = "borrower"
    REPRESENTATIVE = "representative"
    AGENT = "agent"
    SENIOR_AGENT = "senior-agent"
    APPROVER = "approver"
    SUPERVISOR = "supervisor"
    AUDITOR = "auditor"
    FINANCE = "finance"
    ADMINISTRATOR = "administrator"


#: Those who come by the portal; all others work for the lender.
PORTAL_ROLES = frozenset({Role.BORROWER, Role.REPRESENTATIVE})


class AccountManager(BaseUserManager["Account"]):
    """Makes accounts."""

    def create_staff(
        self, login: str, *, password: str, role: Role, display_name: str = ""
    ) -> "Account":
        """A member of staff; the password is hashed with argon2."""
        account = self.model(login=login, role=role, display_name=display_name)
        account.set_password(password)
        account.save()
        return account

    def create_borrower(self) -> "Account":
        """A borrower's account: no password, and a login that says nothing about the person."""
        account = self.model(login=f"b-{uuid.uuid4().hex}", role=Role.BORROWER)
        account.set_unusable_password()
        account.save()
        return account

    def create_representative(self) -> "Account":
        """An account of somebody without a loan here who acts for a borrower; as bare as theirs."""
        account = self.model(login=f"r-{uuid.uuid4().hex}", role=Role.REPRESENTATIVE)
        account.set_unusable_password()
        account.save()
        return account


class Account(AbstractBaseUser):
    """Somebody who can sign in. `login` is the actor written to the audit log."""

    login = models.CharField(max_length=64, unique=True)
    role = models.CharField(max_length=16, choices=Role.choices)
    display_name = models.CharField(max_length=64, blank=True, default="")
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "login"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = AccountManager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(role__in=Role.values), name="account_role_known"
            )
        ]

    def __str__(self) -> str:
        return self.login

    @property
    def is_staff_member(self) -> bool:
        """Whether this account works for the lender."""
        return self.role not in PORTAL_ROLES


class ActsFor(Protocol):
    """A mandate as a borrower's row carries it through one request."""

    id: uuid.UUID
    scopes: list[str]
    name: str
    last_day: date

    @property
    def holder(self) -> Account:
        """Whoever acts."""


class Borrower(SealedRow):
    """A person with loans here. What identifies the person is encrypted.

    `notify_by` is the channel they like to be told by; codes go to the phone all the same.
    `mandate` is never stored: it is there on the one request by which somebody else acts for this
    borrower, so that every verb can see whose hand it is.
    """

    mandate: ActsFor | None = None

    account = models.OneToOneField(Account, on_delete=models.PROTECT, related_name="borrower")
    name = EncryptedText()
    phone = EncryptedText()
    phone_index = models.CharField(max_length=64, unique=True)
    id_number = EncryptedText()
    id_number_index = models.CharField(max_length=64, unique=True)
    language = models.CharField(max_length=8, default="zh-hans")
    notify_by = models.CharField(max_length=16, default="sms")
    created_at = models.DateTimeField(auto_now_add=True)

    objects: models.Manager["Borrower"] = models.Manager()

    def __str__(self) -> str:
        return str(self.id)

    @property
    def hand(self) -> Account:
        """Whoever acts: the borrower, or the holder of the mandate."""
        return self.account if self.mandate is None else self.mandate.holder

    @property
    def actor(self) -> str:
        """The name written to the log for what is done here."""
        return self.hand.login


class SignInCode(models.Model):
    """A one-time code sent to a phone, kept as a keyed digest; also what requests are counted by.

    A row is made for an unknown phone too (nobody in it, nothing sent), so that neither the
    answer nor the limit tells who is a borrower.
    """

    borrower = models.ForeignKey(Borrower, null=True, on_delete=models.CASCADE)
    representative = models.ForeignKey(Account, null=True, on_delete=models.CASCADE)
    phone_index = models.CharField(max_length=64, db_index=True)
    address_index = models.CharField(max_length=64, db_index=True, blank=True, default="")
    digest = models.CharField(max_length=64)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)

    objects: models.Manager["SignInCode"] = models.Manager()

    def __str__(self) -> str:
        return f"sign-in code {self.pk}"


class FailedSignIn(models.Model):
    """A password that was wrong, for a login that may not even exist; rows are only counted."""

    login_index = models.CharField(max_length=64, db_index=True)
    address_index = models.CharField(max_length=64, db_index=True, blank=True, default="")
    at = models.DateTimeField()

    objects: models.Manager["FailedSignIn"] = models.Manager()

    def __str__(self) -> str:
        return f"failed sign-in {self.pk}"


def actor_of(account: Any) -> str:
    """The name written to the log for an account, or `anonymous`."""
    return account.login if isinstance(account, Account) else "anonymous"
