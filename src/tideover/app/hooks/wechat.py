"""WeChat's callback: the echo that proves the address, and messages in plain and in secure mode.

The first of these that holds is the answer: 404 no account, 405 other than GET and POST, 403 not
signed, stale or replayed, 400 not readable, 403 not for this account, 200.
"""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from tideover.app import clock
from tideover.app.db.models import Channel, ContactAddress
from tideover.app.verbs import arriving
from tideover.app.wechat import (
    Envelope,
    EnvelopeNotOurs,
    NotReadable,
    OfficialAccount,
    account_from_environment,
    fields_of,
    incoming,
    is_fresh,
    is_signed,
    passive_reply,
)

_BODY_BYTES_MAX = 64 * 1024
_SUCCESS = b"success"


class Refused(Exception):
    """A request that is not taken: its status, and why in our words."""

    def __init__(self, status: int, why: str) -> None:
        self.status = status
        self.why = why
        super().__init__(why)


@dataclass(frozen=True, slots=True)
class _Signed:
    """What the address of a request says of itself."""

    timestamp: str
    nonce: str
    signature: str
    message_signature: str

    @classmethod
    def of(cls, request: HttpRequest) -> "_Signed":
        names = ("timestamp", "nonce", "signature", "msg_signature")
        return cls(*(request.GET.get(name, "")[:128] for name in names))


@csrf_exempt
@never_cache
@require_http_methods(["GET", "POST"])
def callback(request: HttpRequest) -> HttpResponse:
    """Answer the platform within its five seconds: the echo, a reply, or `success`."""
    account = account_from_environment()
    if account is None:
        raise Http404
    try:
        if request.method == "GET":
            return _echo(request, account)
        return _message(request, account)
    except Refused as refused:
        arriving.note_refused(Channel.WECHAT, refused.why)
        return HttpResponse(status=refused.status, content_type="text/plain")


def _echo(request: HttpRequest, account: OfficialAccount) -> HttpResponse:
    signed = _Signed.of(request)
    _demand_signed(signed, account)
    echo = request.GET.get("echostr", "")[:128]
    return HttpResponse(echo, content_type="text/plain; charset=utf-8")


def _message(request: HttpRequest, account: OfficialAccount) -> HttpResponse:
    signed = _Signed.of(request)
    body = request.body[: _BODY_BYTES_MAX + 1]
    envelope = Envelope(account.aes_key, app_id=account.app_id) if account.aes_key else None
    if envelope is None:
        _demand_signed(signed, account)
        used = signed.signature
    else:
        used = signed.message_signature
    try:
        fields = fields_of(body)
        if envelope is not None:
            # In secure mode a body in plain, or one that only the weaker signature covers, is
            # nobody we know.
            sealed = fields.get("Encrypt", "").strip()
            _demand_message_signed(signed, sealed, account)
            fields = fields_of(envelope.open(sealed))
        if arriving.is_replay(Channel.WECHAT, signed=f"{signed.nonce}{used}", body=body):
            raise Refused(403, "replayed")
        message = incoming(fields)
    except NotReadable as refusal:
        raise Refused(400, "not readable") from refusal
    except EnvelopeNotOurs as refusal:
        raise Refused(403, "sealed for another account") from refusal
    answer = arriving.wechat.take(message, link=lambda row: _link(request, row))
    if not answer:
        return HttpResponse(_SUCCESS, content_type="text/plain")
    reply = passive_reply(
        answer,
        to=message,
        token=account.token,
        timestamp=str(int(clock.now().timestamp())),
        nonce=signed.nonce,
        envelope=envelope,
    )
    return HttpResponse(reply, content_type="application/xml; charset=utf-8")


def _demand_signed(signed: _Signed, account: OfficialAccount) -> None:
    parts = (signed.timestamp, signed.nonce)
    if not is_signed(signed.signature, token=account.token, parts=parts):
        raise Refused(403, "forged signature")
    _demand_fresh(signed)


def _demand_message_signed(signed: _Signed, sealed: str, account: OfficialAccount) -> None:
    parts = (signed.timestamp, signed.nonce, sealed)
    if not sealed or not is_signed(signed.message_signature, token=account.token, parts=parts):
        raise Refused(403, "forged message signature")
    _demand_fresh(signed)


def _demand_fresh(signed: _Signed) -> None:
    if not is_fresh(signed.timestamp, at=clock.now()):
        raise Refused(403, "stale timestamp")


def _link(request: HttpRequest, row: ContactAddress | None) -> str:
    if row is None:
        return request.build_absolute_uri(reverse("portal:loans"))
    page = request.build_absolute_uri(reverse("portal:connect"))
    return f"{page}?t={arriving.link_token(row)}"
