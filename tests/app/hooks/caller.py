"""WeChat calling us: signed requests in the recorded format."""

import itertools
import re
from dataclasses import dataclass, field
from datetime import timedelta
from xml.sax.saxutils import escape

from django.test import Client

from tideover.app import clock
from tideover.app.wechat import Envelope, fields_of, signature

TOKEN = "the-token"
_numbers = itertools.count(1)


@dataclass
class Caller:
    """The platform, in plain or in secure mode."""

    envelope: Envelope | None = None
    client: Client = field(default_factory=Client)

    def says(self, text: str, *, sender: str = "oZhang", number: int | None = None) -> str:
        """A follower writes; what is shown to them at once."""
        return self.posts(message("text", sender, number, Content=text))

    def sends_picture(self, *, sender: str = "oZhang", media: str = "M1") -> str:
        return self.posts(message("image", sender, None, PicUrl="http://x/", MediaId=media))

    def tells(self, event: str, *, sender: str = "oZhang", key: str = "") -> str:
        return self.posts(message("event", sender, None, Event=event, EventKey=key))

    def posts(self, body: str) -> str:
        answer = self.post(body)
        assert answer.status_code == 200, answer.content
        if answer.content == b"success":
            return ""
        told = fields_of(answer.content)
        if self.envelope is not None:
            told = fields_of(self.envelope.open(told["Encrypt"]))
        return told["Content"]

    def post(self, body: str, **other):
        """The answer to a request; `other` changes the parameters of its address."""
        content = body.encode()
        query = self.query(**{name: other.pop(name) for name in ("nonce", "off") if name in other})
        if self.envelope is not None:
            sealed = self.envelope.seal(content)
            query["msg_signature"] = signature(TOKEN, query["timestamp"], query["nonce"], sealed)
            content = f"<xml><ToUserName>gh</ToUserName><Encrypt>{sealed}</Encrypt></xml>".encode()
        query |= other
        address = "/hooks/wechat/?" + "&".join(f"{name}={told}" for name, told in query.items())
        return self.client.post(address, content, content_type="text/xml")

    def query(self, *, nonce: str = "", off: int = 0) -> dict[str, str]:
        at = clock.now() + timedelta(seconds=off)
        timestamp, nonce = str(int(at.timestamp())), nonce or f"n{next(_numbers)}"
        signed = signature(TOKEN, timestamp, nonce)
        return {"timestamp": timestamp, "nonce": nonce, "signature": signed}


def message(kind: str, sender: str, number: int | None, **more: str) -> str:
    fields = {
        "ToUserName": "gh_official",
        "FromUserName": sender,
        "CreateTime": str(1_795_401_000 + next(_numbers)),
        "MsgType": kind,
        **more,
    }
    if kind != "event":
        fields["MsgId"] = str(number or 10_000 + next(_numbers))
    inner = "".join(f"<{name}>{escape(told)}</{name}>" for name, told in fields.items())
    return f"<xml>{inner}</xml>"


def link_in(words: str) -> str:
    found = re.search(r"https?://[^/]+(/connect/\S+)", words)
    assert found, words
    return found[1]
