"""Finding case files and giving each case to the reader of its class."""

import json
from collections.abc import Iterable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any, ClassVar, Final

from tideover.cli.conformance.readers import check
from tideover.cli.conformance.results import Case, Outcome
from tideover.money import Refusal

#: Groups of a vectors file that are not cases of a loan engine.
_NOT_CASES: Final = frozenset({"note", "holidays_2026"})
_SUFFIXES: Final = (".jsonl", ".json", ".csv")


class NoCases(Refusal):
    """There is nothing to run at a path."""

    code: ClassVar[str] = "no-cases"

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{path} holds no loan cases: give a .jsonl, .json or .csv file of cases, or a folder "
            f"of them",
            f"{path} 中没有可运行的案例：请指定 .jsonl、.json 或 .csv 文件，或包含它们的文件夹",
        )


class UnreadableCases(Refusal):
    """A case file is not what its name says."""

    code: ClassVar[str] = "unreadable-cases"

    def __init__(self, path: Path, line: int, why: str) -> None:
        super().__init__(
            f"{path}, line {line}: {why}; every line must be one JSON object",
            f"{path} 第 {line} 行：{why}；每行必须是一个 JSON 对象",
        )


def outcomes_of(paths: Iterable[Path]) -> tuple[Outcome, ...]:
    """Return what became of every case in files or folders.

    Raises:
        NoCases: a path does not exist or holds none.
        UnreadableCases: a file is not made of JSON.
    """
    return tuple(
        Outcome(case_class, case_id, check(case_class, case))
        for case_class, case_id, case in cases_of(paths)
    )


def cases_of(paths: Iterable[Path]) -> Iterator[tuple[str, str, Case]]:
    """Yield class, id and record of every case in files or folders.

    Raises:
        NoCases: a path does not exist or holds none.
        UnreadableCases: a file is not made of JSON.
    """
    for path in paths:
        for file in _files(path):
            yield from _cases(file)


def _files(path: Path) -> list[Path]:
    if path.is_dir():
        files = sorted(file for file in path.iterdir() if file.suffix in _SUFFIXES)
    else:
        files = [path] if path.is_file() and path.suffix in _SUFFIXES else []
    if not files:
        raise NoCases(path)
    return files


def _cases(file: Path) -> Iterator[tuple[str, str, Case]]:
    if file.suffix == ".csv":
        from tideover.cli.conformance.tape import tape_cases

        return tape_cases(file)
    if file.suffix == ".json":
        return _vector_cases(file)
    return _line_cases(file)


def _line_cases(file: Path) -> Iterator[tuple[str, str, Case]]:
    with file.open(encoding="utf-8") as lines:
        header = _object(file, 1, next(lines, ""))
        name = str(header.get("class", file.stem))
        for number, line in enumerate(lines, start=2):
            if line.strip():
                case = _object(file, number, line)
                yield name, str(case.get("id", f"{name}/{number - 2}")), case


def _vector_cases(file: Path) -> Iterator[tuple[str, str, Case]]:
    groups = _object(file, 1, file.read_text(encoding="utf-8"))
    for group, cases in groups.items():
        if group in _NOT_CASES:
            continue
        for place, case in enumerate(cases):
            yield group, str(case.get("id", f"{group}/{place}")), case


def _object(file: Path, line: int, text: str) -> dict[str, Any]:
    try:
        found = json.loads(text, parse_float=Decimal)
    except ValueError as wrong:
        raise UnreadableCases(file, line, str(wrong)) from None
    if not isinstance(found, dict):
        raise UnreadableCases(file, line, "not a JSON object")
    return found
