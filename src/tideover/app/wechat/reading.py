"""Reading the platform's XML: one flat element, no document type, no entities of its own."""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import ClassVar
from xml.parsers import expat

from tideover.money import Refusal

BYTES_MAX = 64 * 1024
"""The platform's own messages are below 8 kB."""

_DEPTH_MAX = 4


class NotReadable(Refusal):
    """A body is not a message of the platform."""

    code: ClassVar[str] = "wechat-not-readable"

    def __init__(self, why: str) -> None:
        super().__init__(f"the body is no message of the platform: {why}", f"消息格式不正确：{why}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """One message or event of a follower (`sender`, an OpenID) to the account."""

    kind: str
    """`text`, `image`, `voice` …, or `event:` and its name in small letters, as `event:click`."""
    sender: str
    to: str
    created: str
    reference: str
    """The platform's number of a message; for an event the digest of who, when and which."""
    text: str = ""
    """What was written, or what the platform heard in a voice message."""
    media_id: str = ""
    event_key: str = ""


def fields_of(body: bytes) -> Mapping[str, str]:
    """Return the texts of the flat element in `body` by name; deeper ones are left out.

    Raises:
        NotReadable: it is too large, no XML, nested too deep, or declares a document type.
    """
    if len(body) > BYTES_MAX:
        raise NotReadable(f"it has {len(body)} bytes, more than {BYTES_MAX}")
    reader = _Reader()
    try:
        reader.parser.Parse(body, True)
    except (expat.ExpatError, ValueError) as error:
        raise NotReadable("it is no well-formed XML") from error
    return reader.found


class _Reader:
    """Collects the texts of the children of the one element."""

    def __init__(self) -> None:
        self.found: dict[str, str] = {}
        self._path: list[str] = []
        self.parser = expat.ParserCreate()
        self.parser.StartDoctypeDeclHandler = self._refuse
        self.parser.EntityDeclHandler = self._refuse
        self.parser.ExternalEntityRefHandler = self._refuse
        self.parser.StartElementHandler = self._begin
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._take

    def _refuse(self, *_declared: object) -> int:
        raise NotReadable("it declares a document type or an entity")

    def _begin(self, name: str, _attributes: object) -> None:
        self._path.append(name)
        if len(self._path) > _DEPTH_MAX:
            raise NotReadable("it is nested too deep")
        if len(self._path) == 2:
            if name in self.found:
                raise NotReadable(f"it says {name[:40]} twice")
            self.found[name] = ""

    def _end(self, _name: str) -> None:
        self._path.pop()

    def _take(self, text: str) -> None:
        if len(self._path) == 2:
            self.found[self._path[1]] += text


def incoming(fields: Mapping[str, str]) -> Incoming:
    """Return the message that the fields tell of.

    Raises:
        NotReadable: it does not say from whom, to whom, or what it is.
    """
    for name in ("FromUserName", "ToUserName", "MsgType"):
        if not fields.get(name, "").strip():
            raise NotReadable(f"{name} is missing")
    sender, kind = fields["FromUserName"].strip(), fields["MsgType"].strip().lower()
    created, key = fields.get("CreateTime", "").strip(), fields.get("EventKey", "").strip()
    if kind == "event":
        name = fields.get("Event", "").strip().lower()
        if not name:
            raise NotReadable("Event is missing")
        kind = f"event:{name}"[:32]
        told = "\x00".join((sender, created, kind, key))
        reference = f"event-{sha256(told.encode()).hexdigest()}"
    else:
        reference = fields.get("MsgId", "").strip()[:64]
        if not reference:
            raise NotReadable("MsgId is missing")
    return Incoming(
        kind=kind[:32],
        sender=sender[:128],
        to=fields["ToUserName"].strip()[:128],
        created=created[:16],
        reference=reference,
        text=fields.get("Content", "") or fields.get("Recognition", ""),
        media_id=fields.get("MediaId", "").strip()[:256],
        event_key=key[:128],
    )
