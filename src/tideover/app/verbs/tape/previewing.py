"""What importing a tape would do, line by line."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from tideover.app.db.models import Tape as TapeRow
from tideover.app.verbs.reading.tables import Problem, Row
from tideover.app.verbs.tape import TapeReport, report_of
from tideover.app.verbs.tape.reading import Tape, TapeFiles
from tideover.app.verbs.tape.rows import LOAN_COLUMNS, PAYMENT_COLUMNS, LoanCells
from tideover.money import Money
from tideover.policy import Words
from tideover.safety import mask_name

NEW, KNOWN, REFUSED = "new", "known", "refused"
#: The two files of a tape, whatever they are called.
_LOANS, _PAYMENTS = "loans", "payments"


@dataclass(frozen=True, slots=True, kw_only=True)
class TapeLine:
    """A line of a tape: what it says as far as it can be read, and what will become of it.

    `because` are the reasons why it is refused, each with the column it speaks of.
    """

    file: str
    number: int
    reference: str
    borrower_masked: str
    principal: Money | None
    disbursed_on: date | None
    payments: int
    status: str
    because: tuple[Words, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TapePreview:
    """What importing a tape would do: its lines, those that are refused first, and its sums."""

    digest: str
    lines: tuple[TapeLine, ...]
    report: TapeReport
    refused: int
    already_imported: bool


def previewed(tape: Tape, files: TapeFiles) -> TapePreview:
    """Say what importing a tape that was read from `files` would do. Writes nothing."""
    lines = tuple(_lines(tape, files))
    return TapePreview(
        digest=files.digest,
        lines=tuple(sorted(lines, key=lambda line: line.status != REFUSED)),
        report=report_of(tape),
        refused=sum(line.status == REFUSED for line in lines),
        already_imported=TapeRow.objects.filter(
            digest=files.digest, undone_at__isnull=True
        ).exists(),
    )


def _lines(tape: Tape, files: TapeFiles) -> Iterator[TapeLine]:
    wrong: dict[tuple[str, int], list[Problem]] = defaultdict(list)
    for problem in tape.problems:
        is_loans = problem.file == files.loans_name
        wrong[_LOANS if is_loans else _PAYMENTS, problem.line].append(problem)
    readable = {loan.row.line: loan for loan in tape.loans}
    paid = {reference: len(some) for reference, some in tape.payments_by_loan.items()}
    for row in tape.rows:
        problems = wrong.get((_LOANS, row.line), [])
        loan = readable.get(row.line)
        if problems or loan is None:
            yield _refused(files.loans_name, row.line, problems, row=row)
        else:
            yield _sound(files.loans_name, loan, tape, payments=paid.get(loan.reference, 0))
    for (kind, line), problems in sorted(wrong.items()):
        if kind == _PAYMENTS:
            yield _refused(files.payments_name, line, problems, row=None)


def _refused(file: str, line: int, problems: Sequence[Problem], *, row: Row | None) -> TapeLine:
    cells = row.cells if row else {}
    return TapeLine(
        file=file,
        number=line,
        reference=cells.get("reference", "")[:40],
        borrower_masked=mask_name(cells.get("borrower_name", "")),
        principal=None,
        disbursed_on=None,
        payments=0,
        status=REFUSED,
        because=tuple(_told(problem) for problem in problems),
    )


_COLUMNS = {one.name: one.zh for one in (*LOAN_COLUMNS, *PAYMENT_COLUMNS)} | {"terms": "合同条款"}


def _told(problem: Problem) -> Words:
    words, field = problem.words, problem.field
    if not field:
        return words
    return Words(zh=f"{_COLUMNS[field]}：{words.zh}", en=f"{field}: {words.en}")


def _sound(file: str, loan: LoanCells, tape: Tape, *, payments: int) -> TapeLine:
    return TapeLine(
        file=file,
        number=loan.row.line,
        reference=loan.reference,
        borrower_masked=mask_name(loan.borrower_name),
        principal=loan.principal,
        disbursed_on=loan.disbursed_on,
        payments=payments,
        status=KNOWN if loan.reference in tape.known else NEW,
        because=(),
    )
