"""A tape at the desk: looked at first, then imported once, by whoever may."""

from typing import Any, ClassVar

from tideover.app import clock
from tideover.app.db.models import Account
from tideover.app.verbs.receipts import run_once
from tideover.app.verbs.rights import Right, demand
from tideover.app.verbs.tape import TapeFiles, load_files
from tideover.app.verbs.tape.previewing import TapePreview, previewed
from tideover.app.verbs.tape.reading import LOANS_AT_ONCE, Tape, read_tape
from tideover.money import Refusal


class TooManyLoans(Refusal):
    """A tape has more loans than the desk takes in one command."""

    code: ClassVar[str] = "too-many-loans"

    def __init__(self, count: int) -> None:
        self.count = count
        super().__init__(
            f"the tape has {count:,} loans and the desk imports up to {LOANS_AT_ONCE:,} at once: "
            "split the file, or load it with `tideover tape load`",
            f"文件里有 {count:,} 笔贷款，页面一次最多导入 {LOANS_AT_ONCE:,} 笔："
            "请拆分文件，或在服务器上运行 tideover tape load",
        )


def preview(account: Account, files: TapeFiles) -> TapePreview:
    """Say what importing the tape would do. Writes nothing.

    Raises NotFound for whoever may not, FileUnreadable when a file is no table, TooManyLoans.
    """
    demand(account, Right.IMPORT_LOANS)
    tape = read_tape(files, today=clock.today())
    _demand_few(tape)
    return previewed(tape, files)


def import_tape(account: Account, files: TapeFiles, *, key: str) -> dict[str, int]:
    """Import the tape; return how many `loans` and `payments` came in and how many were `known`.

    Raises what `preview` raises, TapeProblems with every line that is wrong (then nothing is
    imported), KeyReused.
    """
    demand(account, Right.IMPORT_LOANS)
    today = clock.today()
    _demand_few(read_tape(files, today=today))

    def effect() -> dict[str, Any]:
        report = load_files(files, today=today, actor=account.login, by=account)
        return {"loans": report.loans, "payments": report.payments, "known": report.known}

    return run_once(
        effect,
        actor=account.login,
        command="tape.import",
        key=key,
        request={"digest": files.digest},
    )


def _demand_few(tape: Tape) -> None:
    if len(tape.rows) > LOANS_AT_ONCE:
        raise TooManyLoans(len(tape.rows))
