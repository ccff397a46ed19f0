"""Change the engine in small wrong ways and count how many of them the tests notice.

    python tools/mutate.py money dates            every mutant of these rooms
    python tools/mutate.py loan --sample 100      one hundred of them, chosen by --seed

Nothing in the checkout is touched: the package is copied into a temporary folder, one expression
is changed there, and the room's own tests run against the copy until one fails. What survives is
printed with its line; it is either a test that is missing or a change that changes nothing.
"""

import argparse
import ast
import copy
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SECONDS_MAX = 240

COMPARISONS = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}
OPERATORS = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.FloorDiv: ast.Mult,
    ast.Div: ast.Mult,
    ast.Mod: ast.FloorDiv,
    ast.Pow: ast.Mult,
}


@dataclass(frozen=True, slots=True)
class Mutant:
    """One wrong change: where, what it was, and the whole changed module."""

    path: Path
    line: int
    what: str
    source: str


def mutants(path: Path) -> Iterator[Mutant]:
    """Every mutant of a module."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for place, node in enumerate(ast.walk(tree)):
        for what in changes(node):
            changed = copy.deepcopy(tree)
            target = next(n for at, n in enumerate(ast.walk(changed)) if at == place)
            apply(target, what)
            line = getattr(node, "lineno", 0)
            yield Mutant(path, line, what, ast.unparse(ast.fix_missing_locations(changed)))


def changes(node: ast.AST) -> Iterator[str]:
    """What can be done to a node, by name."""
    match node:
        case ast.Compare(ops=[one]) if type(one) in COMPARISONS:
            yield "comparison"
        case ast.BinOp(op=one, right=right) if type(one) in OPERATORS and not _is_text(right):
            yield "operator"
        case ast.BoolOp():
            yield "and/or"
        case ast.UnaryOp(op=ast.Not()):
            yield "not"
        case ast.Constant(value=bool()):
            yield "truth"
        case ast.Constant(value=int()):
            yield "number"
        case ast.If() | ast.IfExp():
            yield "always"


def apply(node: ast.AST, what: str) -> None:
    """Do it, in place."""
    match node, what:
        case ast.Compare(), "comparison":
            node.ops = [COMPARISONS[type(node.ops[0])]()]
        case ast.BinOp(), "operator":
            node.op = OPERATORS[type(node.op)]()
        case ast.BoolOp(), "and/or":
            node.op = ast.Or() if isinstance(node.op, ast.And) else ast.And()
        case ast.UnaryOp(), "not":
            node.op = ast.UAdd()
            node.operand = ast.Call(ast.Name("bool", ast.Load()), [node.operand], [])
        case ast.Constant(), "truth":
            node.value = not node.value
        case ast.Constant(), "number":
            node.value = int(node.value) + 1  # type: ignore[call-overload]
        case ((ast.If() | ast.IfExp()), "always"):
            node.test = ast.Constant(value=True)


def _is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant | ast.JoinedStr) and not isinstance(
        getattr(node, "value", None), int
    )


def survives(mutant: Mutant, room: str, home: Path) -> bool:
    """Whether the room's tests pass on the mutant."""
    inside = home / mutant.path.relative_to(ROOT / "src")
    kept = inside.read_text(encoding="utf-8")
    inside.write_text(mutant.source, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", str(ROOT / "tests" / room), "-x", "-q"]
    quiet = ["-p", "no:cacheprovider", "-p", "no:django", "--hypothesis-seed=1"]
    skipped = ["--deselect", "tests/loan/test_machine.py"]
    try:
        done = subprocess.run(
            [*command, *quiet, *skipped],
            cwd=ROOT,
            env=os.environ | {"PYTHONPATH": str(home), "PYTHONDONTWRITEBYTECODE": "1"},
            capture_output=True,
            timeout=SECONDS_MAX,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return False
    finally:
        inside.write_text(kept, encoding="utf-8")
    return done.returncode == 0


def main() -> int:
    """Run the mutants asked for and return 1 when too many survive."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("rooms", nargs="+")
    parser.add_argument("--sample", type=int, help="so many mutants, chosen at random")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--killed-min", type=int, default=90, help="percent")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="tideover-mutants-") as folder:
        home = Path(folder)
        package = ROOT / "src" / "tideover"
        shutil.copytree(package, home / "tideover", ignore=shutil.ignore_patterns("__pycache__"))
        results = [_room(room, home, given) for room in given.rooms]
    return 0 if all(results) else 1


def _room(room: str, home: Path, given: argparse.Namespace) -> bool:
    paths = sorted((ROOT / "src" / "tideover" / room).rglob("*.py"))
    found = [mutant for path in paths for mutant in mutants(path)]
    if given.sample and given.sample < len(found):
        found = random.Random(given.seed).sample(found, given.sample)  # noqa: S311
    alive = []
    for mutant in found:
        if survives(mutant, room, home):
            alive.append(mutant)
            where = mutant.path.relative_to(ROOT)
            print(f"  survived: {where}:{mutant.line} {mutant.what}", flush=True)
    killed = 100 - 100 * len(alive) / max(len(found), 1)
    print(f"{room}: {len(found) - len(alive)}/{len(found)} killed, {killed:.0f} %", flush=True)
    return killed >= given.killed_min


if __name__ == "__main__":
    sys.exit(main())
