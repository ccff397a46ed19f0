"""What in a PDF could act when the file is opened, found without trusting the file's own index.

An index (xref) can lie, so the whole file is searched, old revisions included, and so is what
is packed in object streams. Names may be written with `#4A`-style escapes; both forms count.
"""

import re
import zlib
from collections.abc import Iterator

from tideover.evidence.sandbox.answers import Refused

_AFTER_NAME = rb"(?=[\x00\t\n\f\r ()<>\[\]{}/%]|$)"
#: Long enough that they do not turn up by chance inside packed bytes.
_LONG = re.compile(
    rb"/(JavaScript|Launch|EmbeddedFile|RichMedia|SubmitForm|ImportData|FileAttachment)s?"
    + _AFTER_NAME
)
#: So short that they are only looked for outside streams.
_SHORT = re.compile(rb"/(JS|XFA|GoToE)" + _AFTER_NAME)
_OPEN_ACTION = re.compile(rb"/OpenAction\s*(\[|<<|\d+\s+\d+\s+R)")
_REMOTE = re.compile(rb"/S\s*/(?!GoTo" + _AFTER_NAME + rb")\w+")
_ENCRYPT = re.compile(rb"/Encrypt\s*(<<|\d+\s+\d+\s+R)")
_STREAM = re.compile(rb"stream\r?\n")
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
_DICTIONARY_MAX = 4096
_UNPACKED_MAX = 64 * 1024 * 1024


def is_encrypted(content: bytes) -> bool:
    """Return whether the trailer, or the cross-reference stream, asks for a key."""
    return any(_ENCRYPT.search(part) for part in _plain_parts(content))


def active_parts(content: bytes) -> tuple[str, ...]:
    """Return the names of what could act or is carried along, in alphabetical order.

    A page to show first (`/OpenAction` with a place in the document) does nothing and is left
    alone; any other opening action counts.

    Raises:
        Refused: `unreadable` when objects are packed in a way that cannot be looked into.
    """
    found = {match[1].decode() for match in _LONG.finditer(_unescaped(content))}
    parts = [*_plain_parts(content), *_packed_objects(content)]
    for part in parts:
        text = _unescaped(part)
        found |= {match[1].decode() for match in _LONG.finditer(text)}
        found |= {match[1].decode() for match in _SHORT.finditer(text)}
        if _opens_with_an_action(text, everywhere=parts):
            found.add("OpenAction")
    return tuple(sorted(found))


def _opens_with_an_action(text: bytes, *, everywhere: list[bytes]) -> bool:
    for match in _OPEN_ACTION.finditer(text):
        target = match[1]
        if target.startswith(b"["):
            continue
        body: bytes | None
        if target.startswith(b"<<"):
            body = text[match.end() : match.end() + _DICTIONARY_MAX].split(b">>")[0]
        else:
            body = _body_of(target, everywhere)
        if body is None or _REMOTE.search(body):
            return True
    return False


def _body_of(reference: bytes, everywhere: list[bytes]) -> bytes | None:
    """Return the text of the object a reference means, or None if it is not in plain sight."""
    number, generation, _ = reference.split()
    head = re.compile(rb"(?<!\d)" + number + rb"\s+" + generation + rb"\s+obj")
    bodies = [
        part[match.end() : match.end() + _DICTIONARY_MAX].split(b"endobj")[0]
        for part in everywhere
        for match in head.finditer(part)
    ]
    return b" ".join(bodies) if bodies else None


def _plain_parts(content: bytes) -> list[bytes]:
    """Return everything that is not the body of a stream."""
    parts, at = [], 0
    for start, end in _stream_bodies(content):
        parts.append(content[at:start])
        at = end
    parts.append(content[at:])
    return [b"".join(parts)]


def _stream_bodies(content: bytes) -> Iterator[tuple[int, int]]:
    at = 0
    while match := _STREAM.search(content, at):
        end = content.find(b"endstream", match.end())
        end = len(content) if end < 0 else end
        yield match.end(), end
        at = end + len(b"endstream")


def _packed_objects(content: bytes) -> Iterator[bytes]:
    """Yield the unpacked text of every object stream."""
    left = _UNPACKED_MAX
    for start, end in _stream_bodies(content):
        head = _unescaped(content[max(0, start - _DICTIONARY_MAX) : start].rpartition(b"obj")[2])
        if b"/ObjStm" not in head:
            continue
        text = _unpacked(head, content[start:end], limit=left)
        left -= len(text)
        yield _as_objects(head, text)


def _as_objects(head: bytes, text: bytes) -> bytes:
    """Return packed objects as they would read unpacked, so that a reference finds its object."""
    first = re.search(rb"/First\s+(\d+)", head)
    if first is None:
        return text
    begin = int(first[1])
    figures = re.findall(rb"\d+", text[:begin])
    pairs = list(zip(figures[::2], map(int, figures[1::2]), strict=False))
    ends = [*(at for _, at in pairs[1:]), len(text)]
    return b"\n".join(
        number + b" 0 obj " + text[begin + at : begin + end] + b" endobj"
        for (number, at), end in zip(pairs, ends, strict=False)
    )


def _unpacked(head: bytes, body: bytes, *, limit: int) -> bytes:
    if b"/Filter" not in head:
        return body
    filters = re.findall(rb"/(\w+Decode|Fl|AHx|A85|LZW|RL)\b", head)
    if filters not in ([b"FlateDecode"], [b"Fl"]) or b"/Predictor" in head:
        raise Refused("unreadable")
    unpacker = zlib.decompressobj()
    try:
        text = unpacker.decompress(body, limit)
    except zlib.error:
        raise Refused("unreadable") from None
    if unpacker.unconsumed_tail and len(text) >= limit:
        raise Refused("too-much")
    return text


def _unescaped(text: bytes) -> bytes:
    """Return `text` with every `#4A` written out; only for looking, since it undoes more."""
    if b"#" not in text:
        return text
    return _ESCAPED.sub(lambda match: bytes([int(match[1], 16)]), text)
