"""tideover portfolio: books of many loans, and what a policy would do to them.

generate   make a book of loans that looks like a real one
import     bring in a lender's own tape by a mapping of its columns
simulate   hold two policies against each other, months ahead
report     write what a simulation found as a page and as a paper
calibrate  count what the history of a book tells of behaviour
close      take a book of contracts and payments to the end of a day

Each action has its own --help.
"""

import json
import sys
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from threading import Lock
from typing import Final

from tideover.cli.arguments import Arguments, parse_day
from tideover.cli.calibration_output import calibration_lines
from tideover.cli.closing_output import closing_lines
from tideover.cli.language import LANGUAGES, chosen_language
from tideover.cli.portfolio_paper import paper
from tideover.cli.service import start_service

#: The day whose policy is read unless another is given. It is not today's, so that one command
#: makes the same bytes whenever it runs, and goes on from where it stopped the day before.
DAY: Final = "2026-12-05"
STOPPED: Final = 130


def run(arguments: Sequence[str]) -> int:
    """Run one action on books of loans."""
    parser = Arguments(prog="tideover portfolio", description=__doc__)
    actions = parser.add_subparsers(dest="action", required=True, parser_class=Arguments)
    for name, (add, _) in ACTIONS.items():
        add(_common(actions.add_parser(name)))
    given = parser.parse_args(list(arguments))
    given.is_chinese = chosen_language(arguments) == "zh"
    try:
        return ACTIONS[given.action][1](given)
    except KeyboardInterrupt:
        said = ("已停止；再次运行同一命令即可续跑", "stopped; the same command goes on from here")
        print(f"\n{said[0] if given.is_chinese else said[1]}", file=sys.stderr)
        return STOPPED


def _common(parser: ArgumentParser) -> ArgumentParser:
    parser.add_argument("--lang", choices=LANGUAGES)
    return parser


def _working(parser: ArgumentParser) -> None:
    parser.add_argument("--on", type=parse_day, default=parse_day(DAY), metavar="DATE",
                        help=f"the day whose policy book holds ({DAY})")  # fmt: skip
    parser.add_argument("--threads", type=int, default=2, metavar="N")


def _generate_arguments(parser: ArgumentParser) -> None:
    _working(parser)
    parser.add_argument("--loans", type=int, required=True, metavar="N")
    parser.add_argument("--seed", type=int, required=True, metavar="S")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR")
    parser.add_argument("--shard", type=int, default=65_536, metavar="N", help="loans in a part")
    parser.add_argument("--with-payments", action="store_true",
                        help="contracts by actual days with their payments, for close")  # fmt: skip


def _generate(given: Namespace) -> int:
    from tideover.policy import load_book
    from tideover.portfolio import Making, make_book
    from tideover.portfolio.servicing import make_serviced

    what = Making(loans=given.loans, seed=given.seed, shard=given.shard, on=given.on)
    progress = Progress(given.loans, is_chinese=given.is_chinese)
    made = (make_serviced if given.with_payments else make_book)(
        what, out=given.out, policy=load_book(), threads=given.threads, told=progress.add
    )
    progress.end()
    print(f"{given.out}：{made:,} 笔贷款" if given.is_chinese else f"{given.out}: {made:,} loans")
    return 0


def _import_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--tape", type=Path, required=True, metavar="FILE", help="CSV, Parquet or Arrow"
    )
    parser.add_argument("--mapping", required=True, metavar="NAME|FILE",
                        help="which column is what; lending-club is shipped")  # fmt: skip
    parser.add_argument("--out", type=Path, required=True, metavar="DIR")
    parser.add_argument("--shard", type=int, default=65_536, metavar="N", help="rows to a part")
    parser.add_argument("--skip-bad", action="store_true", help="leave bad rows out and go on")


def _import(given: Namespace) -> int:
    from tideover.portfolio.mapping import read_mapping
    from tideover.portfolio.tape import import_tape

    done = import_tape(
        given.tape, read_mapping(given.mapping), out=given.out, shard=given.shard,
        skips_bad=given.skip_bad, told=lambda _: None,
    )  # fmt: skip
    for problem in done.bad:
        print(problem, file=sys.stderr)
    if given.is_chinese:
        print(f"{given.out}：{done.rows:,} 行，{done.loans:,} 笔贷款，按映射排除 "
              f"{done.left_out:,} 行，无法使用 {len(done.bad):,} 行")  # fmt: skip
    else:
        print(f"{given.out}: {done.rows:,} rows, {done.loans:,} loans, {done.left_out:,} left out "
              f"by the mapping, {len(done.bad):,} bad")  # fmt: skip
    return 0


def _simulate_arguments(parser: ArgumentParser) -> None:
    _working(parser)
    parser.add_argument("--book", type=Path, required=True, metavar="DIR|FILE")
    parser.add_argument("--policy", required=True, metavar="NAME|FILE", help="what is granted now")
    parser.add_argument("--against", required=True, metavar="NAME|FILE", help="what might be")
    parser.add_argument("--months", type=int, required=True, metavar="M")
    parser.add_argument("--seed", type=int, required=True, metavar="S")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR")
    parser.add_argument("--behaviour", type=Path, metavar="FILE",
                        help="numbers of your own history, as calibrate writes them")  # fmt: skip
    parser.add_argument("--engine", choices=("threads", "dask"), default="threads",
                        help="threads of this machine, or a Dask cluster")  # fmt: skip
    parser.add_argument("--scheduler", metavar="ADDRESS",
                        help="of the cluster; workers of this machine unless given")  # fmt: skip


def _simulate(given: Namespace) -> int:
    from tideover.policy import load_book
    from tideover.portfolio import (
        Running,
        on_dask,
        on_threads,
        part_paths,
        rows_of,
        simulate_book,
    )
    from tideover.portfolio.findings import findings

    what = Running(
        book=given.book, policy=given.policy, against=given.against, months=given.months,
        seed=given.seed, on=given.on, behaviour=given.behaviour,
    )  # fmt: skip
    loans = sum(rows_of(path) for path in part_paths(given.book))
    progress = Progress(loans, is_chinese=given.is_chinese)
    runner = (
        on_dask(given.scheduler, workers=given.threads)
        if given.engine == "dask"
        else on_threads(given.threads)
    )
    done = simulate_book(what, out=given.out, policy=load_book(), runner=runner, told=progress.add)
    progress.end()
    print("\n".join(findings(done, is_chinese=given.is_chinese)))
    return 0


def _report_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--run", type=Path, required=True, metavar="DIR",
                        help="the folder that simulate wrote")  # fmt: skip
    parser.add_argument("--out", type=Path, metavar="FILE.html|.pdf", action="append",
                        help="report.html and report.pdf in the folder unless given")  # fmt: skip


def _report(given: Namespace) -> int:
    from tideover.portfolio import load_run
    from tideover.portfolio.report import report_of, report_page

    run, language = load_run(given.run), "zh" if given.is_chinese else "en"
    for out in given.out or [given.run / "report.html", given.run / "report.pdf"]:
        if out.suffix == ".pdf":
            made_on = date.fromisoformat(str(run.made_of["on"]))
            out.write_bytes(paper(report_of(run, language=language), on=made_on))
        else:
            out.write_text(report_page(run, language=language), encoding="utf-8")
        print(out)
    return 0


def _close_arguments(parser: ArgumentParser) -> None:
    _working(parser)
    parser.add_argument("--book", type=Path, required=True, metavar="DIR|FILE")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR")
    parser.add_argument("--after", type=Path, metavar="DIR",
                        help="go on from the finished close of an earlier day")  # fmt: skip
    parser.add_argument("--merge", action="store_true",
                        help="bring the figures into the database of the service")  # fmt: skip
    parser.add_argument("--json", action="store_true", help="print the sums as JSON")


def _close(given: Namespace) -> int:
    from tideover.policy import load_book
    from tideover.portfolio import part_paths, rows_of
    from tideover.portfolio.servicing import Closing, close_book

    loans = sum(rows_of(path) for path in part_paths(given.book))
    progress = Progress(loans, is_chinese=given.is_chinese)
    closed = close_book(
        Closing(book=given.book, on=given.on, after=given.after), out=given.out, policy=load_book(),
        threads=given.threads, told=progress.add,
    )  # fmt: skip
    progress.end()
    if given.json:
        print(json.dumps({"on": closed.on.isoformat(), **closed.sums}, indent=1))
    else:
        print("\n".join(closing_lines(closed, is_chinese=given.is_chinese)))
    if given.merge:
        start_service()
        from tideover.app.verbs import positions

        merged = positions.merge(given.out)
        said = (f"已写入数据库：{merged:,} 笔", f"in the database: {merged:,} loans")
        print(said[0] if given.is_chinese else said[1], file=sys.stderr)
    return 0


def _calibrate_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--on", type=parse_day, default=parse_day(DAY), metavar="DATE",
                        help=f"the last day of the history ({DAY})")  # fmt: skip
    parser.add_argument("--book", type=Path, required=True, metavar="DIR|FILE")
    parser.add_argument("--out", type=Path, metavar="FILE.yaml",
                        help="write the numbers for simulate --behaviour")  # fmt: skip


def _calibrate(given: Namespace) -> int:
    from tideover.policy import load_book
    from tideover.portfolio.calibrating import calibrated, yaml_of

    base = load_book().pack_on(given.on, pack="portfolio/behaviour")
    found = calibrated(given.book, on=given.on)
    print("\n".join(calibration_lines(found, base, is_chinese=given.is_chinese)))
    if given.out:
        given.out.write_text(
            yaml_of(found, book=given.book, on=given.on, base=base), encoding="utf-8"
        )
        print(given.out)
    return 0


class Progress:
    """Loans done, the rate, and the time left, on one line of a terminal."""

    def __init__(self, loans: int, *, is_chinese: bool) -> None:
        self.loans, self.is_chinese = loans, is_chinese
        self.done, self.started, self.lock = 0, time.monotonic(), Lock()

    def add(self, loans: int) -> None:
        """Count loans as done and show how far it is."""
        with self.lock:
            self.done += loans
            if sys.stderr.isatty():
                print(f"\r{self._line()}", end="", file=sys.stderr, flush=True)

    def end(self) -> None:
        """Leave the line."""
        if sys.stderr.isatty():
            print(file=sys.stderr)

    def _line(self) -> str:
        rate = self.done / max(time.monotonic() - self.started, 1e-3)
        left = (self.loans - self.done) / max(rate, 1)
        share = 100 * self.done // max(self.loans, 1)
        if self.is_chinese:
            return f"{share:3d}%  {self.done:,} 笔  每秒 {rate:,.0f} 笔  还需 {left:.0f} 秒   "
        return f"{share:3d}%  {self.done:,} loans  {rate:,.0f} a second  {left:.0f} s left   "


ACTIONS: Final[dict[str, tuple[Callable[[ArgumentParser], None], Callable[[Namespace], int]]]] = {
    "generate": (_generate_arguments, _generate),
    "import": (_import_arguments, _import),
    "simulate": (_simulate_arguments, _simulate),
    "report": (_report_arguments, _report),
    "close": (_close_arguments, _close),
    "calibrate": (_calibrate_arguments, _calibrate),
}
