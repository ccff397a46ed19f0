"""How alike two documents are: their figures and their wording, whoever they speak of.

A forger changes the name and little else, so the name and the identity number are left out.
Two honest documents of one office share its wording but not their figures, so both count. Of the
person only a few bits are kept: enough to say that two papers are not of one person, and far too
few to say whose they are.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b
from itertools import combinations

from tideover.evidence.reading import Document, Field
from tideover.evidence.reading.values import amounts_in, dates_in, yuan

_SHINGLE = 4
_BINS = 64
_BAND_ROWS = 5
_SAMPLED_TOKENS = 6
#: Fields that tell one paper from another on the same form.
_TELLING = ("number", "issue_date", "start_date", "end_date", "diagnosis")
_LONG_NUMBER = re.compile(r"[A-Za-z]{0,4}\d{6,}")
_SHINGLES_MIN = 30
_Alike = tuple[tuple[int, int, int], ...]
#: How alike in wording and in figures, per mille, and how many figures must be shared at least.
_OF_TWO_PEOPLE: _Alike = ((0, 600, 4), (0, 750, 3), (600, 600, 3), (800, 700, 2), (600, 990, 2))
#: A paper under one name in two cases needs less to be the same one.
_OF_ONE_PERSON: _Alike = (*_OF_TWO_PEOPLE, (500, 600, 2), (600, 450, 2), (600, 990, 1))
#: The same of a paper whose lower end was cut off: all its figures stand in the whole one.
_PART_OF_ANOTHERS: _Alike = ((500, 990, 3), (300, 990, 5))
_PART_OF_ONE_PERSONS: _Alike = ((450, 990, 1), (400, 990, 2), (400, 750, 3), (200, 990, 4))
_PERSON_BITS = 10
_PERSON_SHIFT = 50


@dataclass(frozen=True, slots=True)
class Signature:
    """A short stand-in for a document, to compare and to look up by."""

    digest: str
    """SHA-256 of the file."""
    sketch: tuple[int, ...]
    """The wording, as the least hash in each of 64 bins; empty when there is too little of it."""
    figures: tuple[int, ...]
    """Hashes of the dates, amounts, long numbers and illnesses, and ten bits of the person."""
    picture: int
    """64 bits of what the first page looks like, or 0."""

    def marks(self) -> tuple[int, ...]:
        """Return what an index keeps: two documents that are alike share at least one."""
        found = [_hashed(f"file {self.digest}")]
        found.extend(
            _hashed(f"band {at} {self.sketch[at : at + _BAND_ROWS]}")
            for at in range(0, len(self.sketch) - _BAND_ROWS + 1, _BAND_ROWS)
        )
        sampled = sorted(self.figures)[:_SAMPLED_TOKENS]
        found.extend(_hashed(f"pair {one} {other}") for one, other in combinations(sampled, 2))
        if not self.sketch and self.picture:
            found.extend(
                _hashed(f"look {part} {self.picture >> part & 0xFFFF}") for part in (0, 16, 32, 48)
            )
        return tuple(found)


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two documents are, per mille."""

    same_file: bool
    wording: int
    figures: int
    shared_figures: int
    looks: int
    """How many of 64 bits of the picture agree."""
    contained: int = 0
    """How many of the figures of the one with fewer the other has as well, per mille."""
    same_person: bool = False
    """Whether both have the same few bits of a person; of another person one in 1024 has."""

    @property
    def is_duplicate(self) -> bool:
        """Whether one is nearly certainly a copy of the other.

        Two honest papers on one long form share nearly all of its words; their figures differ.
        Colleagues who leave on one day, and neighbours of one flood, share a date or two besides.
        """
        if self.same_file:
            return True
        one, two = (_OF_ONE_PERSON, _PART_OF_ONE_PERSONS), (_OF_TWO_PEOPLE, _PART_OF_ANOTHERS)
        alike, part = one if self.same_person else two
        return self._is_like(alike, self.figures) or self._is_like(part, self.contained)

    def _is_like(self, least: _Alike, figures: int) -> bool:
        return any(
            self.wording >= wording and figures >= shared_out and self.shared_figures >= shared
            for wording, shared_out, shared in least
        )

    @property
    def sure(self) -> int:
        """How sure, per mille."""
        return 1000 if self.same_file else min(990, max(self.wording, self.figures))


def signature_of(document: Document, *, digest: str, picture: int = 0) -> Signature:
    """Return the signature of a document whose file has the SHA-256 `digest`."""
    text = _without_person(document)
    letters = re.sub(r"[\W_]+", "", text.lower())
    shingles = {letters[at : at + _SHINGLE] for at in range(len(letters) - _SHINGLE + 1)}
    sketch = _sketch(shingles) if len(shingles) >= _SHINGLES_MIN else ()
    figures = _figures(document, text) | _person(document)
    return Signature(digest, sketch, tuple(sorted(figures)), picture)


def likeness(one: Signature, other: Signature) -> Likeness:
    """Return how alike the documents of two signatures are."""
    (mine, me), (theirs, them) = _parted(one), _parted(other)
    shared, either = len(mine & theirs), len(mine | theirs)
    same = sum(a == b for a, b in zip(one.sketch, other.sketch, strict=False))
    wording = 1000 * same // _BINS if one.sketch and other.sketch else 0
    looks = 64 - (one.picture ^ other.picture).bit_count() if one.picture else 0
    return Likeness(
        same_file=one.digest == other.digest,
        wording=wording,
        figures=1000 * shared // either if either else 0,
        shared_figures=shared,
        looks=looks,
        contained=1000 * shared // max(1, min(len(mine), len(theirs))),
        same_person=bool(me & them),
    )


def _parted(signature: Signature) -> tuple[set[int], set[int]]:
    """Return the figures, and the few bits of the person."""
    person = {one for one in signature.figures if one & ((1 << _PERSON_SHIFT) - 1) == 0}
    return set(signature.figures) - person, person


def _person(document: Document) -> set[int]:
    value = document.value("id_number") or document.value("name")
    if value is None:
        return set()
    bits = _hashed(f"person {value}") & ((1 << _PERSON_BITS) - 1)
    return {(bits + 1) << _PERSON_SHIFT}


def _without_person(document: Document) -> str:
    text = document.text
    for name in ("name", "id_number", "account"):
        value = document.value(name)
        if value:
            text = text.replace(value, "")
    return text


def _figures(document: Document, text: str) -> set[int]:
    tokens: set[str] = set()
    for line in text.split("\n"):
        tokens |= {day.isoformat() for day, _ in dates_in(line)}
        tokens |= {
            yuan(fen)
            for fen, (start, end) in amounts_in(line)
            if "." in line[start:end] and fen >= 100
        }
        tokens |= set(_LONG_NUMBER.findall(line))
    fields = (document.fields.get(name) for name in _TELLING)
    tokens |= {field.value for field in fields if isinstance(field, Field)}
    return {_hashed(token) for token in tokens}


def _sketch(shingles: Iterable[str]) -> tuple[int, ...]:
    """Return the least hash in each bin; an empty bin borrows from the next that is not."""
    least: list[int | None] = [None] * _BINS
    for shingle in shingles:
        hashed = _hashed(shingle)
        at, rest = hashed % _BINS, hashed // _BINS
        known = least[at]
        least[at] = rest if known is None else min(known, rest)
    filled = []
    for at in range(_BINS):
        step = next(step for step in range(_BINS) if least[(at + step) % _BINS] is not None)
        filled.append((least[(at + step) % _BINS] or 0) + step & 0x7FFFFFFF)
    return tuple(filled)


def _hashed(text: str) -> int:
    """Return 62 bits that stand for `text`, the same on every machine."""
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest()) >> 2
