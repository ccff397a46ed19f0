"""Who may do what: the one place where roles are turned into rights.

Every page and every verb asks for a right and names no role. `docs/reference/roles.md` is made from
this table and from the addresses of the service, and a test walks all of them.
"""

from collections.abc import Mapping
from enum import StrEnum

from tideover.app.db.models import PORTAL_ROLES, Account, Role
from tideover.app.verbs.refusals import NotFound


class Right(StrEnum):
    """Something that staff may be allowed to do."""

    SIGN_IN = "sign in at the desk"
    READ_CASES = "read cases, their evidence and their messages"
    WORK_CASES = "claim cases, look at evidence, send offers, answer, decline"
    NOTE = "write notes for colleagues"
    ASSIGN = "give cases to agents and take them back"
    GIVE_BACK = "give a case back to the queue"
    AUDIT = "search the log, take away the file of a case"
    REVIEW_QUALITY = "look at decided cases a second time"
    SUPERVISE = "see how the work goes, by stage, agent and group"
    CLOSE_FLAGS = "close a warning about a message"
    APPROVE = "decide what is over an agent's limit"
    BOOK_PAYMENTS = "book bank files"
    IMPORT_LOANS = "import tapes of loans and take them back"
    VERIFY = "check the books and the chain of events"
    EXPORT = "export the queue"
    CHECK_MANDATES = "look at a mandate that a colleague kept from paper"
    END_MANDATES = "end a mandate on the borrower's word"
    READ_POLICY = "see the versions of the policy book"
    READ_CHANNELS = "see the register of official channels"
    KEEP_CHANNELS = "enter, verify and end official channels"
    READ_STAFF = "see who works here and in which role"


_CASE_WORKERS = frozenset({Role.AGENT, Role.SENIOR_AGENT})
_STAFF = frozenset(Role) - PORTAL_ROLES

ROLES_WITH: Mapping[Right, frozenset[Role]] = {
    Right.SIGN_IN: _STAFF,
    Right.READ_CASES: _CASE_WORKERS | {Role.APPROVER, Role.SUPERVISOR, Role.AUDITOR},
    Right.WORK_CASES: _CASE_WORKERS,
    Right.NOTE: _CASE_WORKERS | {Role.APPROVER, Role.SUPERVISOR},
    Right.ASSIGN: frozenset({Role.SUPERVISOR}),
    Right.GIVE_BACK: _CASE_WORKERS | {Role.SUPERVISOR},
    Right.AUDIT: frozenset({Role.AUDITOR}),
    Right.REVIEW_QUALITY: frozenset({Role.SUPERVISOR}),
    Right.SUPERVISE: frozenset({Role.SUPERVISOR, Role.AUDITOR}),
    Right.CLOSE_FLAGS: _CASE_WORKERS | {Role.SUPERVISOR},
    Right.APPROVE: frozenset({Role.APPROVER}),
    Right.BOOK_PAYMENTS: frozenset({Role.FINANCE}),
    Right.IMPORT_LOANS: frozenset({Role.FINANCE, Role.ADMINISTRATOR}),
    Right.VERIFY: frozenset(
        {Role.FINANCE, Role.APPROVER, Role.SUPERVISOR, Role.AUDITOR, Role.ADMINISTRATOR}
    ),
    Right.EXPORT: frozenset({Role.SUPERVISOR, Role.AUDITOR}),
    Right.CHECK_MANDATES: _CASE_WORKERS | {Role.APPROVER, Role.SUPERVISOR},
    Right.END_MANDATES: _CASE_WORKERS | {Role.APPROVER, Role.SUPERVISOR},
    Right.READ_POLICY: _STAFF - {Role.FINANCE},
    Right.READ_CHANNELS: _STAFF - {Role.FINANCE},
    Right.KEEP_CHANNELS: frozenset({Role.SUPERVISOR, Role.ADMINISTRATOR}),
    Right.READ_STAFF: frozenset({Role.ADMINISTRATOR, Role.SUPERVISOR, Role.AUDITOR}),
}
"""Every right and the roles that have it; an auditor has only those that change nothing."""


def roles_with(right: Right) -> tuple[Role, ...]:
    """The roles that have a right, in the order of `Role`."""
    return tuple(role for role in Role if role in ROLES_WITH[right])


def may(account: Account, right: Right) -> bool:
    """Whether the account works here and its role has the right, read at this moment."""
    return account.is_active and account.role in ROLES_WITH[right]


def demand(account: Account, right: Right) -> None:
    """Raise NotFound unless the account has the right: who may not, sees no such page."""
    if not may(account, right):
        raise NotFound("page")
