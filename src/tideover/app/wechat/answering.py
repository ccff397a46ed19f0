"""The answer in the same breath: the XML the platform shows to the follower, sealed if need be."""

from xml.sax.saxutils import escape

from tideover.app.wechat.envelope import Envelope
from tideover.app.wechat.reading import Incoming
from tideover.app.wechat.signature import signature

#: The platform cuts a text after 2,048 bytes.
_BYTES_MAX = 2_048


def passive_reply(
    text: str,
    *,
    to: Incoming,
    token: str,
    timestamp: str,
    nonce: str,
    envelope: Envelope | None = None,
) -> bytes:
    """Return the reply to a message as the platform reads it; sealed and signed in secure mode."""
    plain = (
        "<xml>"
        f"<ToUserName>{escape(to.sender)}</ToUserName>"
        f"<FromUserName>{escape(to.to)}</FromUserName>"
        f"<CreateTime>{escape(timestamp)}</CreateTime>"
        "<MsgType>text</MsgType>"
        f"<Content>{escape(shortened(text))}</Content>"
        "</xml>"
    ).encode()
    if envelope is None:
        return plain
    sealed = envelope.seal(plain)
    signed = signature(token, timestamp, nonce, sealed)
    return (
        f"<xml><Encrypt>{sealed}</Encrypt><MsgSignature>{signed}</MsgSignature>"
        f"<TimeStamp>{escape(timestamp)}</TimeStamp><Nonce>{escape(nonce)}</Nonce></xml>"
    ).encode()


def shortened(text: str) -> str:
    """Return as much of the text as the platform shows, no character cut in half."""
    return text.encode()[:_BYTES_MAX].decode(errors="ignore")
