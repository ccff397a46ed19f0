"""The models, by subject. Import them from here: `from tideover.app.db.models import Case`."""

from tideover.app.db.models.accounts import (
    PORTAL_ROLES,
    Account,
    Borrower,
    FailedSignIn,
    Role,
    SignInCode,
)
from tideover.app.db.models.agreements import Agreement, SigningCode
from tideover.app.db.models.cases import (
    Answer,
    CallBack,
    Case,
    CaseFlag,
    CaseNote,
    CaseNumber,
    EvidenceFile,
    OfferRound,
)
from tideover.app.db.models.channels import (
    Arrival,
    Channel,
    ContactAddress,
    OfficialChannel,
    SeenCallback,
    VoiceContact,
)
from tideover.app.db.models.days import BusinessDay, DayDifference, JobLease, LoanFold
from tideover.app.db.models.desk import BudgetFinding, CaseVisit, DeskDraft, QualityReview
from tideover.app.db.models.evidence import (
    DocumentMark,
    DocumentSignature,
    EvidenceReading,
    FigureLink,
    IssuerCheck,
)
from tideover.app.db.models.hosts import HostBooking, WebhookSubscription
from tideover.app.db.models.ledger import JournalEntry, Posting
from tideover.app.db.models.loans import Loan, LoanSchedule, Tape
from tideover.app.db.models.log import ChainEnd, CommandReceipt, LogEvent
from tideover.app.db.models.mandates import Mandate, Scope
from tideover.app.db.models.messages import OutboxMessage
from tideover.app.db.models.payments import BankFile, BankLine
from tideover.app.db.models.plans import PlanKeeping, PlanReview
from tideover.app.db.models.positions import BookPosition

__all__ = [
    "PORTAL_ROLES",
    "Account",
    "Agreement",
    "Answer",
    "Arrival",
    "BankFile",
    "BankLine",
    "BookPosition",
    "Borrower",
    "BudgetFinding",
    "BusinessDay",
    "CallBack",
    "Case",
    "CaseFlag",
    "CaseNote",
    "CaseNumber",
    "CaseVisit",
    "ChainEnd",
    "Channel",
    "CommandReceipt",
    "ContactAddress",
    "DayDifference",
    "DeskDraft",
    "DocumentMark",
    "DocumentSignature",
    "EvidenceFile",
    "EvidenceReading",
    "FailedSignIn",
    "FigureLink",
    "HostBooking",
    "IssuerCheck",
    "JobLease",
    "JournalEntry",
    "Loan",
    "LoanFold",
    "LoanSchedule",
    "LogEvent",
    "Mandate",
    "OfferRound",
    "OfficialChannel",
    "OutboxMessage",
    "PlanKeeping",
    "PlanReview",
    "Posting",
    "QualityReview",
    "Role",
    "Scope",
    "SeenCallback",
    "SignInCode",
    "SigningCode",
    "Tape",
    "VoiceContact",
    "WebhookSubscription",
]
