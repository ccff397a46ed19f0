"""Every document that was handed in, by what it says, to tell when one comes back elsewhere.

An index in SQLite: each document leaves some twenty marks, and two documents that are alike
share at least one, so a look-up touches a few rows however many documents there are. It keeps
hashes only: no name, no text.
"""

import sqlite3
from array import array
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tideover.evidence import Likeness, Signature, likeness

_TABLES = """
CREATE TABLE IF NOT EXISTS document (
    id INTEGER PRIMARY KEY, in_case TEXT NOT NULL, digest TEXT NOT NULL,
    sketch BLOB NOT NULL, figures BLOB NOT NULL, picture INTEGER NOT NULL,
    UNIQUE (in_case, digest));
CREATE TABLE IF NOT EXISTS mark (
    mark INTEGER NOT NULL, document INTEGER NOT NULL, PRIMARY KEY (mark, document)) WITHOUT ROWID;
"""
_FILE = "documents.sqlite3"
#: A mark that more documents share says nothing about any of them.
_SHARED_MAX = 100
_SIGN = 1 << 63


@dataclass(frozen=True, slots=True)
class SeenBefore:
    """A document of another case that is nearly certainly the same one."""

    case: str
    likeness: Likeness


class SeenDocuments:
    """The documents that were seen so far, kept in a folder."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._file = folder / _FILE

    def like(self, signature: Signature, *, case: str) -> tuple[SeenBefore, ...]:
        """Return the duplicates of a document in cases other than `case`, the likest first."""
        with self._open() as index:
            rows = [row for row in _candidates(index, signature) if row[0] != case]
        alike = [SeenBefore(row[0], likeness(signature, _signature(row))) for row in rows]
        duplicates = [one for one in alike if one.likeness.is_duplicate]
        return tuple(sorted(duplicates, key=lambda one: (-one.likeness.sure, one.case)))

    def remember(self, signature: Signature, *, case: str) -> None:
        """Remember a document of `case`; the same file of the same case is kept once."""
        self.remember_all(((signature, case),))

    def remember_all(self, documents: Iterable[tuple[Signature, str]]) -> None:
        """Remember documents with their cases, all of them or, when it is cut short, none."""
        with self._open() as index, index:
            for signature, case in documents:
                _add(index, signature, case)

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(self._file, timeout=20)) as index:
            index.execute("PRAGMA journal_mode=WAL")
            index.executescript(_TABLES)
            yield index


def _add(index: sqlite3.Connection, signature: Signature, case: str) -> None:
    added = index.execute(
        "INSERT INTO document (in_case, digest, sketch, figures, picture)"
        " VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING RETURNING id",
        (
            case,
            signature.digest,
            array("Q", signature.sketch).tobytes(),
            array("Q", signature.figures).tobytes(),
            signature.picture - _SIGN,
        ),
    ).fetchone()
    if added is not None:
        marks = [(mark, added[0]) for mark in set(signature.marks())]
        index.executemany("INSERT INTO mark VALUES (?, ?)", marks)


_Row = tuple[str, str, bytes, bytes, int]


def _candidates(index: sqlite3.Connection, signature: Signature) -> list[_Row]:
    found: set[int] = set()
    for mark in signature.marks():
        sharing = index.execute(
            "SELECT document FROM mark WHERE mark = ? LIMIT ?", (mark, _SHARED_MAX)
        )
        found |= {row[0] for row in sharing}
    rows: list[_Row] = []
    for document in found:
        rows += index.execute(
            "SELECT in_case, digest, sketch, figures, picture FROM document WHERE id = ?",
            (document,),
        ).fetchall()
    return rows


def _signature(row: _Row) -> Signature:
    _, digest, sketch, figures, picture = row
    return Signature(digest, tuple(array("Q", sketch)), tuple(array("Q", figures)), picture + _SIGN)
