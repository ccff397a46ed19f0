"""The mail provider's webhooks, read by Anymail: mail that came in, and mail that came back.

Without a provider, or without the key that proves its webhooks, there is no such address.
"""

from collections.abc import Iterator
from html import unescape
from importlib import import_module
from typing import Any

from anymail.exceptions import AnymailError, AnymailWebhookValidationFailure
from anymail.signals import EventType
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.html import strip_tags
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from tideover.app.db.models import Channel
from tideover.app.verbs import arriving
from tideover.app.verbs.arriving.mail import Attached, Mail

#: After these nothing more will come of a message.
_LOST = frozenset({EventType.BOUNCED, EventType.REJECTED, EventType.FAILED, EventType.COMPLAINED})
_AUTOMATIC_SENDERS = ("mailer-daemon@", "postmaster@", "noreply@", "no-reply@", "donotreply@")
_BULK = frozenset({"bulk", "junk", "list", "auto_reply"})


@csrf_exempt
@never_cache
@require_http_methods(["HEAD", "POST"])
def arrived(request: HttpRequest) -> HttpResponse:
    """Take the mail of one webhook call; the provider sends it again until it is taken."""
    for event in _events(request, kind="Inbound"):
        arriving.mail.take(_mail(event.message))
    return HttpResponse()


@csrf_exempt
@never_cache
@require_http_methods(["HEAD", "POST"])
def told(request: HttpRequest) -> HttpResponse:
    """Keep which of our messages came back."""
    for event in _events(request, kind="Tracking"):
        if event.event_type in _LOST:
            arriving.mail.came_back(
                provider_id=str(event.message_id or ""),
                outbox_id=str((event.metadata or {}).get("message", "")),
                why=f"{event.event_type}: {event.reject_reason or 'the mailbox did not take it'}",
            )
    return HttpResponse()


def _events(request: HttpRequest, *, kind: str) -> Iterator[Any]:
    view = _view(kind)
    if request.method == "HEAD":
        return
    view.setup(request)
    try:
        view.run_validators(request)
        yield from view.parse_events(request)
    except AnymailWebhookValidationFailure:
        arriving.note_refused(Channel.EMAIL, "forged signature")
        raise
    except (AnymailError, KeyError, ValueError, TypeError) as error:
        arriving.note_refused(Channel.EMAIL, "not readable")
        raise AnymailWebhookValidationFailure("not readable") from error


def _view(kind: str) -> Any:
    """The provider's reader of webhooks; a 404 where nothing proves who calls."""
    provider = settings.MAIL_PROVIDER
    if not provider or not settings.MAIL_HOOK:
        raise Http404
    module = import_module(f"anymail.webhooks.{provider}")
    own = f"{provider}{kind}WebhookView".replace("_", "").lower()
    found = next((one for one in dir(module) if one.lower() == own), None)
    if found is None:
        raise Http404
    return getattr(module, found)()


def _mail(message: Any) -> Mail:
    sender = message.from_email
    stripped = message.stripped_text or message.text or ""
    files = [*message.attachments, *message.inlines]
    return Mail(
        message_id=str(message.get("Message-ID", "") or ""),
        sender=sender.addr_spec if sender is not None else "",
        subject=str(message.subject or ""),
        text=stripped or _text_of(message.html or ""),
        files=tuple(
            Attached(name=one.get_filename() or "附件", content=one.get_content_bytes() or b"")
            for one in files
        ),
        is_automatic=_is_automatic(message),
        is_doubtful=_is_doubtful(message),
    )


def _is_automatic(message: Any) -> bool:
    """Whether a machine wrote it: an answer to our own notice, a bounce, a list."""
    said = str(message.get("Auto-Submitted", "no") or "no").split(";")[0].strip().lower()
    sender = message.from_email.addr_spec.lower() if message.from_email else ""
    own = settings.DEFAULT_FROM_EMAIL.lower()
    return (
        said != "no"
        or str(message.get("Precedence", "")).strip().lower() in _BULK
        or any(name in message for name in ("X-Autoreply", "X-Autorespond", "List-Id"))
        or sender.startswith(_AUTOMATIC_SENDERS)
        or (bool(sender) and sender in own)
        or message.envelope_sender == "<>"
        or message.get_content_type() == "multipart/report"
    )


def _is_doubtful(message: Any) -> bool:
    """Whether the provider says that the sender was not who it says."""
    checked = " ".join(str(one).lower() for one in message.get_all("Authentication-Results", []))
    failed = any(f"{check}=fail" in checked for check in ("dmarc", "dkim", "spf"))
    return failed or bool(message.spam_detected)


def _text_of(html: str) -> str:
    """The words of a mail that has only HTML; no mark-up is kept."""
    return unescape(strip_tags(html)).strip()
