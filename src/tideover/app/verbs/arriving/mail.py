"""E-mail that came in, and what a mail provider tells of messages that went out.

The sender of a mail is easily forged: a mailbox counts as a borrower's only when the borrower
connected it and the provider did not find the mail doubtful. What a machine wrote is kept and
nothing is done with it, and nothing here ever answers by mail, so that no two machines talk.
"""

import re
from dataclasses import dataclass, field
from email.utils import parseaddr
from hashlib import sha256

from tideover.app.db.atomic import atomic
from tideover.app.db.models import Arrival, Channel, ContactAddress, OutboxMessage
from tideover.app.messages import give_up
from tideover.app.verbs.arriving.addresses import address_of, index_of
from tideover.app.verbs.arriving.placing import keep_file, place, taken

_QUOTE = re.compile(
    r"^(?:>|-{2,}\s*(?:Original Message|原始邮件|原邮件|转发邮件)|发件人[:：]|From:\s.*@"
    r"|On .{6,120} wrote:\s*$|在.{4,80}写道[:：]?\s*$|_{20,}\s*$)",
    re.IGNORECASE,
)
_ANSWER = re.compile(r"(?:re|回复|答复)\s*[:：]", re.IGNORECASE)
_FILES_MAX = 10
_FILE_BYTES_MAX = 20 * 1024 * 1024
State = Arrival.State


@dataclass(frozen=True, slots=True, kw_only=True)
class Attached:
    """A file of a mail."""

    name: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """A mail as it came in. `is_doubtful`: the provider says that the sender may be forged."""

    message_id: str
    sender: str
    subject: str
    text: str
    files: tuple[Attached, ...] = ()
    is_automatic: bool = False
    is_doubtful: bool = False


def take(mail: Mail) -> Arrival:
    """Take a mail once: into the borrower's case, or before a person when nobody is known by it."""
    sender = parseaddr(mail.sender)[1].lower() or mail.sender.strip()[:200]
    owner = None if mail.is_doubtful else address_of(Channel.EMAIL, sender)
    borrower = owner.borrower if owner else None
    to_do = State.WAITING if borrower else State.UNKNOWN
    state = State.IGNORED if mail.is_automatic else to_do
    arrival, is_new = taken(
        Channel.EMAIL, reference=_reference(mail, sender), kind="mail", sender=sender,
        borrower=borrower, state=state, text=_words(mail),
    )  # fmt: skip
    if not is_new or mail.is_automatic:
        return arrival
    for file in mail.files[:_FILES_MAX]:
        if 0 < len(file.content) <= _FILE_BYTES_MAX:
            keep_file(arrival, name=file.name, content=file.content)
    if mail.is_doubtful:
        Arrival.objects.filter(pk=arrival.pk).update(why="the sender may be forged")
    return place(arrival) if borrower else arrival


def came_back(*, provider_id: str, outbox_id: str, why: str) -> bool:
    """Keep that a message to a mailbox came back; the phone gets it instead. Whether it was ours.

    The mailbox is not written to again, and the agent of the case sees it.
    """
    found = OutboxMessage.objects.filter(channel=Channel.EMAIL)
    message = found.filter(provider_id=provider_id).first() if provider_id else None
    if message is None and re.fullmatch(r"[0-9a-f-]{36}", outbox_id):
        message = found.filter(pk=outbox_id).first()
    if message is None:
        return False
    with atomic():
        give_up(message, why=why)
        mailbox = ContactAddress.objects.filter(
            channel=Channel.EMAIL, address_index=index_of(Channel.EMAIL, str(message.to))
        )
        mailbox.filter(closed_at__isnull=True).update(failure=why[:200])
    return True


def without_quotes(text: str) -> str:
    """The words of an answer without what it quotes: that is ours and stands in the thread."""
    lines: list[str] = []
    for line in text.replace("\r\n", "\n").split("\n"):
        if _QUOTE.match(line.strip()):
            break
        lines.append(line)
    return "\n".join(lines).strip() or text.strip()


def _words(mail: Mail) -> str:
    """What was written; the subject too, unless it is that of an answer."""
    words, subject = without_quotes(mail.text), mail.subject.strip()
    if not subject or subject in words or _ANSWER.match(subject):
        return words
    return f"{subject}\n{words}".strip()


def _reference(mail: Mail, sender: str) -> str:
    """The number of a mail; mail without one is known by what it says."""
    if mail.message_id.strip():
        return mail.message_id.strip()[:200]
    told = "\x00".join((sender, mail.subject, mail.text))
    return f"said-{sha256(told.encode()).hexdigest()}"
