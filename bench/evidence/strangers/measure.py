"""Reading and checking papers of the second hand, and the tables of what came out."""

import pickle
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from random import Random

from bench.evidence import people
from bench.evidence.strangers import files, forgeries, papers, tools
from bench.evidence.strangers.files import File
from tideover.evidence import Examined, Facts
from tideover.evidence.examination import examined_from
from tideover.evidence.kinds import sniff
from tideover.evidence.readout import readout_of
from tideover.evidence.sandbox import DEFAULT_LIMITS, reading

_TRIES = 60


@dataclass
class Tally:
    """What was right, by medium and by way."""

    fields: Counter[tuple[str, bool]] = field(default_factory=Counter)
    kinds: Counter[bool] = field(default_factory=Counter)
    alarms: Counter[bool] = field(default_factory=Counter)
    ways: dict[str, Counter[bool]] = field(default_factory=lambda: defaultdict(Counter))
    misses: list[str] = field(default_factory=list)


def measured(
    family: str, *, seed: int, honest: int, forged: int, cache: Path | None, medium: str | None
) -> Tally:
    """Make, read and check the papers of a family; `cache` keeps what was read for another time.

    With a `medium` all honest papers are of it.
    """
    tally = Tally()
    part = f"honest {medium}" if medium else "honest"
    for at in range(honest):
        file, examined = _examined(family, part, at, seed=seed, cache=cache, medium=medium)
        _count_fields(tally, file, examined, at)
    for at in range(forged):
        file, examined = _examined(family, "forged", at, seed=seed, cache=cache)
        tally.ways[file.way][examined.is_suspicious] += 1
        if not examined.is_suspicious:
            tally.misses.append(f"{at} {file.medium} {file.paper.kind} {file.way} missed")
    return tally


def measured_tools(
    family: str, *, seed: int, each: int, cache: Path | None
) -> dict[bool, dict[str, Counter[bool]]]:
    """Return by way how many raise an alarm: of forged papers (True), and of honest ones."""
    counted: dict[bool, dict[str, Counter[bool]]] = {True: {}, False: {}}
    for is_forged, ways in ((False, tools.HONEST), (True, tools.FORGED)):
        for name, way in ways.items():
            counter = counted[is_forged][name] = Counter()
            for at in range(each):
                kept = cache / f"tool-{family}-{name}-{seed}-{at}.pkl" if cache else None
                _, examined = _read(kept, lambda way=way, at=at: _by_tool(family, way, at, seed))
                counter[examined.is_suspicious] += 1
    return counted


def _by_tool(family: str, way: tools.Way, at: int, seed: int) -> File:
    forms = papers.forms(family)
    for step in range(_TRIES):
        chance = Random(f"{seed}-{family}-tool-{at}-{step}")
        file = way(papers.paper(forms[(at * 7 + step * 5) % len(forms)], chance), chance)
        if file is not None:
            return file
    raise LookupError(f"no paper of the {family} family fits")


def _read(kept: Path | None, make: Callable[[], File]) -> tuple[File, Examined]:
    if kept is not None and kept.exists():
        file, figures = pickle.loads(kept.read_bytes())
    else:
        file = make()
        kind = sniff(file.content).kind
        assert kind is not None
        figures = reading.read(file.content, kind=kind.value, limits=DEFAULT_LIMITS)
        if kept is not None:
            kept.write_bytes(pickle.dumps((file, figures)))
    return file, examined_from(readout_of(figures), facts=_facts(file))


def _examined(
    family: str, part: str, at: int, *, seed: int, cache: Path | None, medium: str | None = None
) -> tuple[File, Examined]:
    kept = cache / f"{family}-{part}-{seed}-{at}.pkl" if cache else None
    return _read(kept, lambda: _made(family, part, at, seed=seed, medium=medium))


def _made(family: str, part: str, at: int, *, seed: int, medium: str | None) -> File:
    forms = papers.forms(family)
    if part != "forged":
        chance = Random(f"{seed}-{family}-{at}")
        usual = files.MEDIA[(at + at // len(forms)) % 6] if at % 3 else files.PHOTO
        medium = medium or usual
        return files.honest(papers.paper(forms[at % len(forms)], chance), chance, medium)
    names = list(forgeries.WAYS)
    name = names[at % len(names)]
    way, media = forgeries.WAYS[name]
    for step in range(_TRIES):
        chance = Random(f"{seed}-{family}-f-{at}-{step}")
        form = forms[(at * 7 + step * 5 + at // 20) % len(forms)]
        file = way(papers.paper(form, chance), chance, media[(at // 20 + step) % len(media)])
        if file is not None:
            file.way = name
            return file
    raise LookupError(f"no paper fits {name}")


def _facts(file: File) -> Facts:
    told = file.paper.told
    assert told is not None
    return Facts(
        as_of=people.TODAY,
        case="HC",
        date_from=people.TODAY - timedelta(days=180),
        date_to=people.TODAY,
        name=file.facts.get("name", file.paper.truth.get("name", "")) or None,
        id_number=file.facts.get("id_number", told.truth["id_number"]) or None,
    )


def _count_fields(tally: Tally, file: File, examined: Examined, at: int) -> None:
    tally.kinds[examined.document.kind == file.paper.kind] += 1
    tally.alarms[examined.is_suspicious] += 1
    if examined.is_suspicious:
        codes = [finding.code for finding in examined.findings]
        tally.misses.append(f"{at} {file.medium} {file.paper.kind} false alarm {codes}")
    for name, value in file.truth.items():
        read = examined.document.value(name) or ""
        right = "".join(read.split()).lower() == "".join(value.split()).lower()
        tally.fields[file.medium, right] += 1
        if not right:
            tally.misses.append(f"{at} {file.medium} {file.paper.kind} {name}: {value} not {read}")


def tables(tally: Tally) -> Iterator[str]:
    """Yield the lines of the tables."""
    yield "| fields read | right | of | share |"
    yield "|---|---:|---:|---:|"
    media = [medium for medium in files.MEDIA if any(key[0] == medium for key in tally.fields)]
    for medium in media:
        yield _row(medium, tally.fields[medium, True], tally.fields[medium, False])
    right, wrong = (sum(n for key, n in tally.fields.items() if key[1] is is_right)
                    for is_right in (True, False))  # fmt: skip
    yield _row("**all**", right, wrong)
    yield _row("kind told", tally.kinds[True], tally.kinds[False])
    yield _row("honest papers that raise an alarm", tally.alarms[True], tally.alarms[False])
    if tally.ways:
        yield from ("", "| way | found | of | recall |", "|---|---:|---:|---:|")
        for name, counted in tally.ways.items():
            yield _row(name, counted[True], counted[False])
        found = sum(counted[True] for counted in tally.ways.values())
        yield _row("**all**", found, sum(counted[False] for counted in tally.ways.values()))


def tool_tables(counted: dict[bool, dict[str, Counter[bool]]]) -> Iterator[str]:
    """Yield the lines of the tables of what tools do."""
    for is_forged, heading in ((True, "forged by a tool | found"), (False, "honest | alarms")):
        yield f"| {heading} | of | share |"
        yield "|---|---:|---:|---:|"
        for name, counter in counted[is_forged].items():
            yield _row(name, counter[True], counter[False])
        total = sum(counted[is_forged].values(), Counter[bool]())
        yield from (_row("**all**", total[True], total[False]), "")


def _row(name: str, one: int, other: int) -> str:
    return f"| {name} | {one} | {one + other} | {one / max(1, one + other):.1%} |"
