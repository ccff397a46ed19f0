"""Events as records for the log, and back; and the bytes that a digest is made of.

A record holds text, whole numbers, truth values, lists and mappings only. Dates are ISO 8601,
moments too, with their offset. Reading a record back gives an equal event.
"""

import json
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from enum import Enum
from functools import cache
from hashlib import sha256
from types import UnionType
from typing import Any, ClassVar, Union, cast, get_args, get_origin, get_type_hints

from tideover.cases.events import EVENTS, CaseEvent
from tideover.money import Refusal

_BY_KIND: Mapping[str, type[CaseEvent]] = {event.kind: event for event in EVENTS}


class UnknownEventKind(Refusal):
    """A record of a kind that this version does not know."""

    code: ClassVar[str] = "unknown-event-kind"

    def __init__(self, kind: object) -> None:
        super().__init__(
            f"no case event is called {kind!r}; this version knows {', '.join(_BY_KIND)}",
            f"没有名为 {kind!r} 的案件事件；当前版本支持：{'、'.join(_BY_KIND)}",
        )


def event_to_record(event: CaseEvent) -> dict[str, Any]:
    """Return the event as a record, with its kind."""
    return {"kind": event.kind, **_plain_fields(event)}


def event_from_record(record: Mapping[str, Any]) -> CaseEvent:
    """Return the event of a record. What a field was added for later has its default.

    Raises:
        UnknownEventKind: the kind is not one of a case.
    """
    event: Any = _BY_KIND.get(record.get("kind", ""))
    if event is None:
        raise UnknownEventKind(record.get("kind"))
    known = {field.name for field in fields(event) if field.default is not MISSING}
    values = {
        name: _typed(hint, record[name])
        for name, hint in _hints(event).items()
        if name in record or name not in known
    }
    return cast("CaseEvent", event(**values))


def canonical_bytes(record: Mapping[str, Any]) -> bytes:
    """Return a record as UTF-8 JSON in one form only: sorted keys, no spaces, no escapes."""
    text = json.dumps(record, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode("utf-8")


def record_digest(record: Mapping[str, Any]) -> str:
    """Return the SHA-256 of the canonical bytes of a record, as 64 hexadecimal characters."""
    return sha256(canonical_bytes(record)).hexdigest()


def _plain_fields(value: Any) -> dict[str, Any]:
    return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if is_dataclass(value):
        return _plain_fields(value)
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    return dict(value) if isinstance(value, Mapping) else value


@cache
def _hints(record_type: Any) -> dict[str, Any]:
    hints = get_type_hints(record_type)
    return {field.name: hints[field.name] for field in fields(record_type)}


def _typed(hint: Any, value: Any) -> Any:
    if value is None:
        return None
    origin = get_origin(hint)
    if origin in (Union, UnionType):
        (inner,) = (each for each in get_args(hint) if each is not type(None))
        return _typed(inner, value)
    if origin is tuple:
        return tuple(_typed(get_args(hint)[0], each) for each in value)
    return _scalar(hint, value) if isinstance(hint, type) else value


def _scalar(hint: type, value: Any) -> Any:
    if issubclass(hint, date):
        return hint.fromisoformat(value)
    if issubclass(hint, Enum):
        return hint(value)
    if is_dataclass(hint):
        return hint(**{name: _typed(each, value[name]) for name, each in _hints(hint).items()})
    return value
