"""Reading and checking many synthetic documents, and counting what was right."""

import hashlib
import pickle
import resource
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import process_time

from bench.evidence import contents, people, tampering
from bench.evidence.tampering import PDF, PHOTOGRAPH, SCAN, WAYS, Made
from tideover.app.files import SeenDocuments
from tideover.evidence import Examined, Facts, Weight, signature_of
from tideover.evidence.examination import examined_from
from tideover.evidence.kinds import sniff
from tideover.evidence.readout import readout_of
from tideover.evidence.sandbox import DEFAULT_LIMITS, reading


@dataclass
class Score:
    fields: Counter[tuple[str, bool]] = field(default_factory=Counter)
    """By medium, whether right."""
    kinds: Counter[bool] = field(default_factory=Counter)
    ways: Counter[tuple[str, bool]] = field(default_factory=Counter)
    honest: Counter[bool] = field(default_factory=Counter)
    copies: Counter[bool] = field(default_factory=Counter)
    apart: Counter[bool] = field(default_factory=Counter)
    misses: list[str] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)


def measure(*, count: int, seed: int, cache: Path | None = None) -> Score:
    """Make `count` documents, half of them tampered with, and read and check each.

    `cache` keeps what was read, so that an end in the middle or another check costs no reading.
    """
    reading.warm_up()
    score = Score()
    with TemporaryDirectory() as folder:
        seen = SeenDocuments(Path(folder))
        for at in range(count):
            made, figures, seconds = _kept(
                cache and cache / f"first-{seed}-{at}.pkl",
                lambda at=at: _made(at, Random(seed * 100_003 + at)),
            )
            examined = _checked(made, figures)
            score.seconds.append(seconds)
            _count_fields(score, made, examined, at)
            _count_tampering(score, made, examined, at)
            if not made.way:
                again = cache and cache / f"first-{seed}-{at}-again.pkl"
                _count_copies(score, seen, made, examined, at, Random(seed + at), again)
    return score


_Kept = tuple[Made, dict[str, object], float]


def _kept(place: Path | None, make: Callable[[], Made]) -> _Kept:
    """Return a document, what was read from it, and the processor seconds that took."""
    if place is not None and place.exists():
        kept: _Kept = pickle.loads(place.read_bytes())
        return kept
    made = make()
    began = process_time()
    figures = _read(made)
    read = made, figures, process_time() - began
    if place is not None:
        place.write_bytes(pickle.dumps(read))
    return read


def _made(at: int, seed: Random) -> Made:
    kind = contents.KINDS[at % 8]
    medium = (PHOTOGRAPH, SCAN, PDF)[(at // 8) % 3]
    if at % 2 == 0:
        return tampering.honest(contents.content(kind, seed), seed, medium)
    names = list(WAYS)
    for step in range(200):
        name = names[(at // 2 + step) % len(names)]
        make, media = WAYS[name]
        kind = contents.KINDS[(at // 2 + at // 28 + step) % 8]
        made = make(contents.content(kind, seed), seed, media[at % len(media)])
        if made is not None:
            made.way = name
            return made
    raise LookupError(f"no way fits document {at}")


def look(made: Made) -> Examined:
    """Read and check one file as `tideover evidence inspect` does, without a process for each."""
    return _checked(made, _read(made))


def _read(made: Made) -> dict[str, object]:
    kind = sniff(made.content).kind
    assert kind is not None
    return reading.read(made.content, kind=kind.value, limits=DEFAULT_LIMITS)


def _checked(made: Made, figures: dict[str, object]) -> Examined:
    facts = Facts(
        as_of=people.TODAY,
        case="HC",
        date_from=people.TODAY - timedelta(days=180),
        date_to=people.TODAY,
        name=made.facts.get("name", made.made.name) or None,
        id_number=made.facts.get("id_number", made.made.person.id_number) or None,
    )
    return examined_from(readout_of(figures), facts=facts)


def _count_fields(score: Score, made: Made, examined: Examined, at: int) -> None:
    score.kinds[examined.document.kind == made.made.kind] += 1
    if made.way:
        return
    for name, value in made.truth.items():
        read = examined.document.value(name) or ""
        right = "".join(read.split()).lower() == "".join(value.split()).lower()
        score.fields[made.medium, right] += 1
        if not right:
            score.misses.append(f"{at} {made.medium} {made.made.kind} {name}: {value} read {read}")


def _count_tampering(score: Score, made: Made, examined: Examined, at: int) -> None:
    if made.way:
        score.ways[made.way, examined.is_suspicious] += 1
        if not examined.is_suspicious:
            codes = [finding.code for finding in examined.findings]
            score.misses.append(f"{at} {made.medium} {made.made.kind} {made.way} missed {codes}")
        return
    score.honest[examined.is_suspicious] += 1
    for finding in examined.findings:
        if finding.weight in {Weight.EDITED, Weight.CONTRADICTION}:
            score.misses.append(
                f"{at} {made.medium} {made.made.kind} false alarm {finding.code}: {finding.why.en}"
            )


def _count_copies(
    score: Score,
    seen: SeenDocuments,
    made: Made,
    examined: Examined,
    at: int,
    seed: Random,
    cached: Path | None,
) -> None:
    """Hand every honest document in once, and every third again from another case."""
    own = signature_of(examined.document, digest=hashlib.sha256(made.content).hexdigest())
    before = seen.like(own, case=f"HC-{at}")
    score.apart[bool(before)] += 1
    if before:
        score.misses.append(f"{at} {made.made.kind} taken for a copy of {before[0]}")
    seen.remember(own, case=f"HC-{at}")
    if at % 6:
        return
    again, figures, _ = _kept(cached, lambda: _again(made, seed))
    other = _checked(again, figures)
    sign = signature_of(other.document, digest=hashlib.sha256(again.content).hexdigest())
    found = bool(seen.like(sign, case=f"HC-other-{at}"))
    score.copies[found] += 1
    if not found:
        score.misses.append(f"{at} {made.medium} {made.made.kind} copy missed")


def _again(made: Made, seed: Random) -> Made:
    """The same document: the same file, taken again, or with another person's name in it."""
    from io import BytesIO

    from PIL import Image

    from bench.evidence import camera

    if made.medium == PDF:
        return made
    image = Image.open(BytesIO(made.content)).convert("RGB")
    turned = image.rotate(seed.uniform(-2, 2), Image.Resampling.BICUBIC, fillcolor="gray")
    small = turned.resize([round(side * seed.uniform(0.8, 0.95)) for side in turned.size])
    return Made(camera.jpeg(small, seed.randrange(60, 85)), made.truth, made.made, made.medium)


def memory() -> int:
    """The most memory the process used so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def today() -> date:
    return people.TODAY
