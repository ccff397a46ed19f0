"""A chain of digests over stored bytes, and where it is broken.

Each row of a log keeps the digest of the row before it. Its own digest covers that value and the
bytes of its body exactly as they are stored, never a fresh serialisation of them. So a body has to
hold everything about the row that matters (stream, number, kind, who, when).

A chain cannot know that its own tail was cut off. Whoever keeps a `ChainHead` outside the database
can: `verify_chain(rows, head=…)`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256

GENESIS = "0" * 64
"""What the first row of a chain gives as the digest before it."""


def digest(previous: str, body: bytes) -> str:
    """Return the digest of a row, as 64 hexadecimal characters.

    Args:
        previous: the digest of the row before, or `GENESIS`.
        body: the bytes of the row as they are stored.
    """
    return sha256(bytes.fromhex(previous) + body).hexdigest()


@dataclass(frozen=True, slots=True)
class ChainRow:
    """One row as it was read: its number counts from 1 within its chain."""

    number: int
    previous: str
    body: bytes
    digest: str

    @property
    def is_whole(self) -> bool:
        """Whether the digest belongs to the body and to the digest before."""
        try:
            return digest(self.previous, self.body) == self.digest
        except ValueError:
            return False


@dataclass(frozen=True, slots=True)
class ChainHead:
    """How long a chain was, and the digest of its last row; kept outside the database."""

    count: int
    digest: str


class Damage(StrEnum):
    """What was done to a chain."""

    EDITED = "edited"
    DELETED = "deleted"
    INSERTED = "inserted"
    REORDERED = "reordered"
    CUT_OFF = "cut-off"


@dataclass(frozen=True, slots=True)
class ChainFault:
    """One place where a chain is broken, by the number of the row at fault.

    For rows that are missing, `number` is the first of them.
    """

    number: int
    damage: Damage

    def __str__(self) -> str:
        return f"row {self.number} was {self.damage.value}"


def head(rows: Sequence[ChainRow]) -> ChainHead:
    """Return what to keep outside the database about a chain that verifies."""
    return ChainHead(len(rows), rows[-1].digest if rows else GENESIS)


def verify_chain(
    rows: Sequence[ChainRow], *, head: ChainHead | None = None
) -> tuple[ChainFault, ...]:
    """Return every fault of a chain, in the order of its rows; empty when it holds.

    A row rewritten together with its own digest shows in the row after it and is reported as
    edited at its own number. Where rows are missing and the rest was numbered again, the last row
    before the hole is reported, because nothing in the chain tells the two apart.

    Args:
        rows: the rows in the order in which they are stored (by number).
        head: what is known from outside about the chain. Rows after it are allowed; fewer rows,
            or another digest at that place, are not.
    """
    faults = [ChainFault(row.number, Damage.EDITED) for row in rows if not row.is_whole]
    inserted = _inserted(rows)
    faults.extend(ChainFault(rows[index].number, Damage.INSERTED) for index in inserted)
    faults.extend(_broken_links(rows, inserted))
    faults.extend(_tail_faults(rows, head))
    return tuple(sorted(set(faults), key=lambda fault: (fault.number, fault.damage)))


def _parents(rows: Sequence[ChainRow]) -> list[str]:
    # A row that does not fit its own digest says nothing reliable about the row before it.
    stored_before = [GENESIS, *(row.digest for row in rows)]
    return [
        row.previous if row.is_whole else before
        for row, before in zip(rows, stored_before, strict=False)
    ]


def _inserted(rows: Sequence[ChainRow]) -> frozenset[int]:
    """Return the places of rows that the chain goes round."""
    parents = _parents(rows)
    children: dict[str, list[int]] = {}
    for index, parent in enumerate(parents):
        children.setdefault(parent, []).append(index)
    known = {GENESIS, *(row.digest for row in rows)}
    found = {
        index
        for index, row in enumerate(rows[:-1])
        if parents[index] not in known and row.digest not in children
    }
    for forks in children.values():
        if len(forks) > 1 and parents[forks[0]] in known:
            true = max(forks, key=lambda index: _length(rows, index, children))
            found.update(index for index in forks if index != true)
    return frozenset(found)


def _length(rows: Sequence[ChainRow], index: int, children: dict[str, list[int]]) -> int:
    length = 1
    following = children.get(rows[index].digest, [])
    # Never longer than the log: a circle is possible in rows that somebody made up.
    while following and length <= len(rows):
        length += 1
        following = children.get(rows[following[0]].digest, [])
    return length


def _broken_links(rows: Sequence[ChainRow], inserted: frozenset[int]) -> tuple[ChainFault, ...]:
    parents = _parents(rows)
    later = {row.digest: index for index, row in enumerate(rows)}
    faults: list[ChainFault] = []
    before, number_before = GENESIS, 0
    for index, row in enumerate(rows):
        if index not in inserted:
            if parents[index] == before:
                if row.number != number_before + 1:
                    faults.append(ChainFault(row.number, Damage.EDITED))
            elif later.get(parents[index], -1) > index:
                faults.append(ChainFault(row.number, Damage.REORDERED))
            elif parents[index] not in later and parents[index] != GENESIS:
                faults.append(_hole(row, number_before))
            before = row.digest
        number_before = row.number
    return tuple(faults)


def _hole(row: ChainRow, number_before: int) -> ChainFault:
    if row.number > number_before + 1:
        return ChainFault(number_before + 1, Damage.DELETED)
    if number_before == 0:
        return ChainFault(row.number, Damage.DELETED)
    return ChainFault(number_before, Damage.EDITED)


def _tail_faults(rows: Sequence[ChainRow], known: ChainHead | None) -> tuple[ChainFault, ...]:
    if known is None or known.count == 0:
        return ()
    if len(rows) < known.count:
        return (ChainFault(rows[-1].number + 1 if rows else 1, Damage.CUT_OFF),)
    if rows[known.count - 1].digest != known.digest:
        return (ChainFault(known.count, Damage.CUT_OFF),)
    return ()
