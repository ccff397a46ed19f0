"""Days for the phone's own calendar, as iCalendar (RFC 5545).

A calendar is seen by others, so an entry says neither an amount nor what the money is for.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

_OCTETS_MAX = 75


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A whole day; `key` names it for ever, so that a second file changes it and adds none."""

    key: str
    on: date
    words: str
    remind_days: int = 3


def calendar_file(entries: Iterable[Entry], *, at: datetime) -> bytes:
    """Return the entries as an iCalendar file, each with a reminder some days before."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Tideover//Tideover//ZH", "METHOD:PUBLISH"]
    for entry in entries:
        lines += _event(entry, stamp=at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ"))
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line)).encode()


def _event(entry: Entry, *, stamp: str) -> Iterator[str]:
    words = _escaped(entry.words)
    yield from (
        "BEGIN:VEVENT",
        f"UID:{entry.key}@tideover",
        f"DTSTAMP:{stamp}",
        f"DTSTART;VALUE=DATE:{entry.on:%Y%m%d}",
        f"DTEND;VALUE=DATE:{entry.on + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{words}",
        "TRANSP:TRANSPARENT",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        f"DESCRIPTION:{words}",
        f"TRIGGER:-P{entry.remind_days}D",
        "END:VALARM",
        "END:VEVENT",
    )


def _escaped(text: str) -> str:
    for mark in "\\;,":
        text = text.replace(mark, f"\\{mark}")
    return text.replace("\n", "\\n")


def _folded(line: str) -> Iterator[str]:
    """Break a line after 75 octets, never within a character; what follows begins with a blank."""
    part = ""
    for letter in line:
        if len((part + letter).encode()) > _OCTETS_MAX:
            yield part
            part = " "
        part += letter
    yield part
