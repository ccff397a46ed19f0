"""A lender's own tape, CSV, Parquet or Arrow, as a book: bad rows are named, none is guessed."""

import csv
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, islice
from math import ceil, log, log1p
from pathlib import Path
from typing import ClassVar, Final

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from tideover.kernels import MILLIONTHS_OF_YEAR
from tideover.money import Refusal
from tideover.portfolio.book import NO_CAUSE, NUMBERS, Book, Labels
from tideover.portfolio.mapping import REQUIRED, BadCell, TapeMapping
from tideover.portfolio.parts import BookUnreadable, write_part

__all__ = ["BadTape", "Imported", "ImpossibleLoan", "import_tape"]

SHOWN: Final = 20
ROWS: Final = 10_000
#: Arrow files are called both ways.
COLUMNAR: Final = (".parquet", ".arrow", ".feather")
TERM_MAX: Final = 480
RATE_MAX: Final = 1_000_000
UNKNOWN: Final = -1
Row = Mapping[str, object]


class ImpossibleLoan(Refusal):
    """A row's figures cannot be those of a loan in level instalments."""

    code: ClassVar[str] = "impossible-loan"

    def __init__(self, why: str, zh: str) -> None:
        super().__init__(why, zh)


class BadTape(Refusal):
    """Rows of a tape are not loans that can be looked at. Nothing was written."""

    code: ClassVar[str] = "bad-tape"

    def __init__(self, bad: tuple[str, ...], *, rows: int) -> None:
        listed = "\n  ".join(bad[:SHOWN])
        more = f"\n  … {len(bad) - SHOWN} more" if len(bad) > SHOWN else ""
        super().__init__(
            f"{len(bad)} of {rows} rows cannot be used:\n  {listed}{more}\n"
            "Correct them, or take the others with --skip-bad",
            f"{rows} 行中有 {len(bad)} 行无法使用：\n  {listed}{more}\n"
            "请更正，或加 --skip-bad 只导入其余各行",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What became of the rows of a tape; `bad` are lines with their reasons."""

    rows: int
    loans: int
    left_out: int
    bad: tuple[str, ...]


def import_tape(
    tape: Path,
    mapping: TapeMapping,
    *,
    out: Path,
    shard: int,
    skips_bad: bool,
    told: Callable[[int], None],
) -> Imported:
    """Write a tape as the parts of a book, in the order of its rows.

    Raises:
        BadTape: rows cannot be used, and `skips_bad` is not set; then nothing is written.
        BookUnreadable: there is no tape, or the folder holds a book already.
    """
    if out.exists() and any(out.glob("*.parquet")):
        raise BookUnreadable(out, "the folder holds a book already")
    bad: list[str] = []
    left_out, rows = 0, 0
    lines = _rows(tape)
    parts: list[Path] = []
    out.mkdir(parents=True, exist_ok=True)
    while batch := list(islice(lines, shard)):
        made: list[_Loan] = []
        for number, row in batch:
            try:
                if mapping.is_left_out(row):
                    left_out += 1
                else:
                    made.append(_loan(row, mapping, number=number))
            except (BadCell, ImpossibleLoan) as problem:
                bad.append(f"{tape.name}:{number}: {problem}")
        rows += len(batch)
        told(len(batch))
        if made:
            parts.append(out / f"part-{len(parts):06d}.hidden")
            write_part(parts[-1], _book(made, mapping), currency=mapping.currency)
    if bad and not skips_bad:
        for part in parts:
            part.unlink()
        raise BadTape(tuple(bad), rows=rows)
    for part in parts:
        part.rename(part.with_suffix(".parquet"))
    return Imported(rows=rows, loans=rows - left_out - len(bad), left_out=left_out, bad=tuple(bad))


def _rows(tape: Path) -> Iterator[tuple[int, Row]]:
    """Yield the rows with the line each stands on; the heads are line 1."""
    if not tape.is_file():
        raise BookUnreadable(tape, "there is no such tape")
    if tape.suffix in COLUMNAR:
        rows = chain.from_iterable(batch.to_pylist() for batch in _batches(tape))
        yield from enumerate(rows, start=2)
        return
    with tape.open(encoding="utf-8-sig", newline="") as stream:
        reader = csv.DictReader(stream)
        for row in reader:
            yield reader.line_num, row


def _batches(tape: Path) -> Iterator[pa.RecordBatch]:
    """The rows of a file of columns, some thousands at a time."""
    try:
        if tape.suffix == ".parquet":
            with pq.ParquetFile(tape) as file:
                yield from file.iter_batches(batch_size=ROWS)
            return
        with pa.memory_map(str(tape)) as source, pa.ipc.open_file(source) as file:
            for place in range(file.num_record_batches):
                yield file.get_batch(place)
    except pa.ArrowInvalid as error:
        raise BookUnreadable(tape, f"it is not a file of columns ({error})") from None


@dataclass(frozen=True, slots=True)
class _Loan:
    numbers: tuple[int, ...]
    cause: str
    groups: tuple[str, ...]


def _loan(row: Row, mapping: TapeMapping, *, number: int) -> _Loan:
    found = {name: mapping.value(name, row) for name in NUMBERS}
    principal, term, rate, instalment, balance = (found[name] or 0 for name in REQUIRED)
    _refuse_impossible(principal, term, rate=rate, instalment=instalment, balance=balance)
    late = found["months_past_due"] or 0
    interest = (balance * rate + MILLIONTHS_OF_YEAR // 2) // MILLIONTHS_OF_YEAR
    overdue = found["overdue_principal"]
    if overdue is None:
        overdue = min(balance, late * max(instalment - interest, 0))
        balance -= overdue
    remaining = found["remaining"]
    if remaining is None:
        remaining = min(_left(balance, rate, instalment=instalment), TERM_MAX)
    unpaid = found["overdue_interest"]
    derived = {
        "loan": number if found["loan"] is None else found["loan"],
        "fallen_due": max(term - remaining, late),
        "balance": balance,
        "remaining": remaining,
        "overdue_principal": overdue,
        "overdue_interest": late * interest if unpaid is None else unpaid,
        "penalty": found["penalty"] or 0,
        "months_past_due": late,
        "income": UNKNOWN if not found["income"] else found["income"],
        "outgoings": UNKNOWN if found["outgoings"] is None else found["outgoings"],
    }
    whole = tuple(int(derived.get(name, found[name]) or 0) for name in NUMBERS)
    groups = tuple(str(row.get(theirs) or "") for theirs in mapping.groups.values())
    return _Loan(whole, _cause(row, mapping), groups)


def _cause(row: Row, mapping: TapeMapping) -> str:
    spec = mapping.columns.get("cause")
    if spec is None:
        return NO_CAUSE
    said = str(row.get(str(spec["column"])) or "")
    return str(spec.get("words", {}).get(said, said) or NO_CAUSE)


def _refuse_impossible(
    principal: int, term: int, *, rate: int, instalment: int, balance: int
) -> None:
    if principal <= 0:
        raise ImpossibleLoan(f"principal {principal} is not above zero", "放款金额须大于零")
    if not 1 <= term <= TERM_MAX:
        raise ImpossibleLoan(
            f"term {term} is not from 1 to {TERM_MAX} months", f"期限须在 1 到 {TERM_MAX} 月之间"
        )
    if not 0 <= rate < RATE_MAX:
        raise ImpossibleLoan(f"rate {rate} is not below {RATE_MAX} millionths", "利率超出范围")
    if balance <= 0:
        raise ImpossibleLoan("nothing is owed: leave such rows out", "余额为零：请在映射中排除")
    if balance > principal:
        raise ImpossibleLoan(
            f"balance {balance} is above the principal {principal}", "余额高于放款金额"
        )
    if instalment * MILLIONTHS_OF_YEAR <= balance * rate:
        raise ImpossibleLoan(
            f"instalment {instalment} does not pay the interest on {balance}", "月供不足以付利息"
        )


def _left(balance: int, rate: int, *, instalment: int) -> int:
    """How many instalments clear the balance; one that is short by less than a cent a line does."""
    if not rate:
        return -(-balance // instalment)
    monthly = rate / MILLIONTHS_OF_YEAR
    return max(1, ceil(-log1p(-balance * monthly / instalment) / log(1 + monthly) - 0.02))


def _book(loans: list[_Loan], mapping: TapeMapping) -> Book:
    columns = np.array([one.numbers for one in loans], dtype=np.int64).T
    return Book(
        **dict(zip(NUMBERS, columns, strict=True)),
        cause=_labels([one.cause for one in loans]),
        groups={
            name: _labels([one.groups[at] for one in loans])
            for at, name in enumerate(mapping.groups)
        },
    )


def _labels(words: list[str]) -> Labels:
    names, codes = np.unique(np.array(words), return_inverse=True)
    return Labels(tuple(str(name) for name in names), codes.astype(np.int64))
