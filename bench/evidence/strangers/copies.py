"""Copies of papers in the ways that people make them, and papers that only share their form."""

import hashlib
import pickle
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from io import BytesIO
from itertools import combinations
from pathlib import Path
from random import Random

import numpy as np
import pypdfium2
from PIL import Image

from bench.evidence import people
from bench.evidence.contents import KINDS
from bench.evidence.strangers import drawing, files, papers, photos
from bench.evidence.strangers.files import Setting
from bench.evidence.strangers.values import Story, story
from tideover.evidence import Likeness, Signature, likeness, signature_of
from tideover.evidence.kinds import sniff
from tideover.evidence.reading import document_of
from tideover.evidence.readout import readout_of
from tideover.evidence.sandbox import DEFAULT_LIMITS, reading

_TRIES = 40
_FORMS_OF_A_KIND, _PAPERS_OF_A_FORM = 3, 6
_KEPT_MEDIA = (files.PDF, files.SCAN, files.PHOTO)


@dataclass
class Original:
    """A paper as it lies on its pages, and the file that was handed in first."""

    put: Setting
    told: Story
    content: bytes
    medium: str

    def picture(self) -> Image.Image:
        """The file as pixels; a PDF as somebody prints it."""
        if self.medium == files.PDF:
            drawn: Image.Image = pypdfium2.PdfDocument(self.content)[0].render(scale=2.1).to_pil()
            return drawn.convert("RGB")
        return Image.open(BytesIO(self.content)).convert("RGB")


def _jpeg(image: Image.Image, seed: Random) -> bytes:
    return photos.saved(image, seed.randrange(60, 90))


def same_file(one: Original, _: Random) -> bytes:
    return one.content


def other_quality(one: Original, seed: Random) -> bytes:
    return photos.saved(one.picture(), seed.randrange(45, 75))


def smaller(one: Original, seed: Random) -> bytes:
    image, share = one.picture(), seed.uniform(0.6, 0.9)
    return _jpeg(image.resize([round(side * share) for side in image.size]), seed)


def margins_cut(one: Original, seed: Random) -> bytes:
    image = one.picture()
    wide, high = image.size
    cut = [seed.uniform(0.01, 0.05) for _ in range(4)]
    left, top = round(cut[0] * wide), round(cut[1] * high)
    right, bottom = round((1 - cut[2]) * wide), round((1 - cut[3]) * high)
    return _jpeg(image.crop((left, top, right, bottom)), seed)


def foot_cut(one: Original, seed: Random) -> bytes:
    """Without its lower end, and with it often the date and the seal."""
    image = one.picture()
    ends = max(mark.y for mark in one.put.pages[0].marks) / one.put.pages[0].high
    return _jpeg(image.crop((0, 0, image.width, round(image.height * ends * 0.85))), seed)


def leaning(one: Original, seed: Random) -> bytes:
    turn = seed.choice((-1, 1)) * seed.uniform(1, 5)
    return _jpeg(one.picture().rotate(turn, Image.Resampling.BICUBIC, fillcolor="gray"), seed)


def photographed(one: Original, seed: Random) -> bytes:
    return _jpeg(photos.photo(one.put.picture(), seed), seed)


def photographed_off(one: Original, seed: Random) -> bytes:
    """A photograph of the file, as of a screen or a print of it."""
    return _jpeg(photos.photo(one.picture(), seed), seed)


def scanned(one: Original, seed: Random) -> bytes:
    return _jpeg(photos.flatbed(one.put.picture(), seed), seed)


def bound(one: Original, seed: Random) -> bytes:
    """A PDF around a scan."""
    return drawing.bound([photos.flatbed(one.put.picture(), seed)], seed)


def printed(one: Original, seed: Random) -> bytes:
    """As a PDF by another program."""
    content = drawing.printed(one.put.pages, seed)
    again = pypdfium2.PdfDocument.new()
    again.import_pages(pypdfium2.PdfDocument(content))
    out = BytesIO()
    again.save(out)
    return out.getvalue()


def sealed(one: Original, seed: Random) -> bytes:
    """With a seal that was not on it, over the text."""
    page = one.put.pages[0]
    marks = [mark for mark in page.marks if mark.field] or page.marks
    place = seed.choice(marks)
    seal = (place.x + seed.uniform(20, 120), place.y, one.told.texts["issuer"])
    put = replace(one.put, pages=[replace(page, seals=[*page.seals, seal])])
    return files.content_of(put, seed, seed.choice((files.SCAN, files.PHOTO)))


def for_another(one: Original, seed: Random) -> bytes:
    """With another person in it and nothing else changed."""
    other = people.person(seed)
    put = {
        one.told.texts["name"]: other.latin if one.told.texts["name"].isascii() else other.name,
        one.told.texts["id_number"]: other.id_number,
        one.told.texts["account"]: other.account,
    }

    def renamed(text: str) -> str:
        for old, new in put.items():
            text = text.replace(old, new)
        return text

    pages = [
        replace(page, marks=[replace(mark, text=renamed(mark.text)) for mark in page.marks])
        for page in one.put.pages
    ]
    medium = seed.choice((files.PDF, files.SCAN, files.PHOTO))
    return files.content_of(replace(one.put, pages=pages), seed, medium)


WAYS: dict[str, Callable[[Original, Random], bytes]] = {
    "the same file": same_file,
    "saved at another quality": other_quality,
    "made smaller": smaller,
    "margins cut": margins_cut,
    "lower end cut": foot_cut,
    "turned a little": leaning,
    "photographed again": photographed,
    "photographed off a screen": photographed_off,
    "scanned": scanned,
    "scanned into a PDF": bound,
    "printed by another program": printed,
    "a seal added": sealed,
    "for another person": for_another,
}


@dataclass
class Copies:
    """How many copies were found, by way, and how many papers of one form were taken for one."""

    ways: dict[str, Counter[bool]] = field(default_factory=lambda: defaultdict(Counter))
    apart: dict[str, Counter[bool]] = field(default_factory=lambda: defaultdict(Counter))
    misses: list[str] = field(default_factory=list)


def measured(*, pairs: int, seed: int, cache: Path | None, medium: str | None = None) -> Copies:
    """Make some `pairs` of an original and a copy, and papers of one office on one form.

    With a `medium` all originals and all papers that share their form are of it.
    """
    media = (medium,) if medium else _KEPT_MEDIA
    part = f"{medium} " if medium else ""
    counted = Copies()
    for number in range(-(-pairs // len(WAYS))):
        kind, of = KINDS[number % len(KINDS)], media[number // len(KINDS) % len(media)]
        place = cache and cache / f"copies-{part}{seed}-{number}.pkl"
        one, *others = _kept(
            place, lambda kind=kind, of=of, number=number: _all(kind, of, number, seed)
        )
        for way, other in zip(WAYS, others, strict=True):
            found = _alike(one, other)
            counted.ways[way][found is not None and found.is_duplicate] += 1
            if found is None or not found.is_duplicate:
                counted.misses.append(f"copy {number} {kind} {of} {way} missed: {found}")
    for kind in KINDS:
        for number in range(_FORMS_OF_A_KIND):
            place = cache and cache / f"apart-{part}{seed}-{kind}-{number}.pkl"
            group = _kept(place, lambda kind=kind, number=number: _group(kind, number, seed, media))
            for one, other in combinations(group, 2):
                found = _alike(one, other)
                taken = found is not None and found.is_duplicate
                counted.apart[kind][taken] += 1
                if taken:
                    counted.misses.append(f"apart {kind} {number} taken for a copy: {found}")
    return counted


_Read = tuple[dict[str, object], str]


def _kept(place: Path | None, make: Callable[[], list[_Read]]) -> list[_Read]:
    if place is not None and place.exists():
        kept: list[_Read] = pickle.loads(place.read_bytes())
        return kept
    made = make()
    if place is not None:
        place.write_bytes(pickle.dumps(made))
    return made


def _all(kind: str, medium: str, number: int, seed: int) -> list[_Read]:
    """An original, and its copy in every way."""
    chance = Random(f"copies-{seed}-{number}")
    one = _original(chance.choice(_forms(kind)), chance, medium)
    first = _read(one.content)
    copies = [make(one, chance) for make in WAYS.values()]
    return [first, *(first if copy == one.content else _read(copy) for copy in copies)]


def _forms(kind: str) -> list[dict[str, object]]:
    families = (
        "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
    )  # fmt: skip
    return [form for family in families for form in papers.forms(family) if form["kind"] == kind]


def _original(form: dict[str, object], chance: Random, medium: str) -> Original:
    for _ in range(_TRIES):
        made = papers.paper(form, chance)
        put = files.setting(made, chance)
        if len(put.pages) == 1 and made.told is not None:
            return Original(put, made.told, files.content_of(put, chance, medium), medium)
    raise LookupError(f"no paper of {form['title']} fits one page")


def _group(kind: str, number: int, seed: int, media: tuple[str, ...]) -> list[_Read]:
    """Papers of several people on one form of one office, half of them of the same days."""
    chance = Random(f"apart-{seed}-{kind}-{number}")
    form = chance.choice(_forms(kind))
    first = story(kind, chance, english=form.get("lang") == "en", odd=bool(form.get("odd")))
    look = chance.randrange(2**32)
    group: list[_Read] = []
    while len(group) < _PAPERS_OF_A_FORM:
        told = story(kind, chance, english=form.get("lang") == "en", odd=bool(form.get("odd")))
        shared = {"issuer"} if len(group) % 2 else {"issuer", *_SAME_DAYS.get(kind, ())}
        texts = dict(told.texts) | {name: first.texts[name] for name in shared}
        made = papers.filled(form, replace(told, texts=texts), Random(look))
        put = files.setting(made, Random(look))
        medium = media[len(group) % len(media)]
        if len(put.pages) == 1 or medium == files.PDF:
            group.append(_read(files.content_of(put, chance, medium)))
    return group


#: What colleagues laid off together, neighbours of one flood or patients of one day share.
_SAME_DAYS = {
    "diagnosis_certificate": ("issue_date",),
    "discharge_record": ("issue_date",),
    "invoice": ("issue_date",),
    "termination_certificate": ("issue_date", "end_date"),
    "bank_statement": ("issue_date",),
    "wage_slip": ("issue_date", "month"),
    "unemployment_registration": ("issue_date",),
    "disaster_receipt": ("issue_date", "start_date", "event"),
}


def _read(content: bytes) -> _Read:
    kind = sniff(content).kind
    assert kind is not None
    figures = reading.read(content, kind=kind.value, limits=DEFAULT_LIMITS)
    return figures, hashlib.sha256(content).hexdigest()


def _alike(one: _Read, other: _Read) -> Likeness | None:
    """Return how alike two files are; None when an index would not lead from one to the other."""
    a, b = _signature(one), _signature(other)
    return likeness(a, b) if set(a.marks()) & set(b.marks()) else None


def _signature(read: _Read) -> Signature:
    out = readout_of(read[0])
    picture = int(np.uint64(out.traces.get("picture", 0)))
    return signature_of(document_of(out.lines), digest=read[1], picture=picture)


def tables(counted: Copies) -> Iterator[str]:
    """Yield the lines of the tables."""
    yield "| copy | found | of | recall |"
    yield "|---|---:|---:|---:|"
    yield from _rows(counted.ways)
    yield from ("", "| two papers of one office on one form | taken for a copy | of | share |")
    yield "|---|---:|---:|---:|"
    yield from _rows(counted.apart)


def _rows(counters: dict[str, Counter[bool]]) -> Iterator[str]:
    total: Counter[bool] = sum(counters.values(), Counter())
    for name, counted in (*counters.items(), ("**all**", total)):
        share = counted[True] / max(1, counted.total())
        yield f"| {name} | {counted[True]} | {counted.total()} | {share:.1%} |"
