"""How alike two documents are: their figures and their wording, whoever they speak of.

A forger changes the name and little else, so the name and the identity number are left out.
Two honest documents of one office share its wording but not their figures, so both count.
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
_LONG_NUMBER = re.compile(r"[A-Za-z]{0,4}\d{6,}")
#: Alike in wording, or in figures, or in both a little less.
_WORDING_ALIKE = 800
_FIGURES_ALIKE = 600
_BOTH_ALIKE = (600, 600)
_FIGURES_MIN = 4
#: So many figures tell a paper; fewer alike than this share of them, and only the form is one.
_FIGURES_TOLD = 3
_FIGURES_OTHER = 250
_BOTH_FIGURES_MIN = 2
_SHINGLES_MIN = 30


@dataclass(frozen=True, slots=True)
class Signature:
    """A short stand-in for a document, to compare and to look up by."""

    digest: str
    """SHA-256 of the file."""
    sketch: tuple[int, ...]
    """The wording, as the least hash in each of 64 bins; empty when there is too little of it."""
    figures: tuple[int, ...]
    """Hashes of the dates, amounts and long numbers."""
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
    least_figures: int = 0
    """How many figures the one with fewer of them has."""

    @property
    def is_duplicate(self) -> bool:
        """Whether one is nearly certainly a copy of the other.

        Two honest papers on one long form share nearly all of its words; their figures differ.
        """
        if self.same_file:
            return True
        if self.wording >= _WORDING_ALIKE:
            return self.least_figures < _FIGURES_TOLD or self.figures >= _FIGURES_OTHER
        if self.shared_figures >= _FIGURES_MIN and self.figures >= _FIGURES_ALIKE:
            return True
        wording, figures = _BOTH_ALIKE
        enough = self.shared_figures >= _BOTH_FIGURES_MIN
        return enough and self.wording >= wording and self.figures >= figures

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
    return Signature(digest, sketch, tuple(sorted(_figures(document, text))), picture)


def likeness(one: Signature, other: Signature) -> Likeness:
    """Return how alike the documents of two signatures are."""
    shared = len(set(one.figures) & set(other.figures))
    either = len(set(one.figures) | set(other.figures))
    same = sum(a == b for a, b in zip(one.sketch, other.sketch, strict=False))
    wording = 1000 * same // _BINS if one.sketch and other.sketch else 0
    looks = 64 - (one.picture ^ other.picture).bit_count() if one.picture else 0
    return Likeness(
        same_file=one.digest == other.digest,
        wording=wording,
        figures=1000 * shared // either if either else 0,
        shared_figures=shared,
        looks=looks,
        least_figures=min(len(one.figures), len(other.figures)),
    )


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
    fields = (document.fields.get(name) for name in ("number", "issue_date", "start_date"))
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
