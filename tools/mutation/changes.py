"""The small wrong changes that can be made to a module, each as an edit of its syntax tree.

Changed: comparisons, arithmetic, logic, conditions, numbers, truth values, fields given to
`replace`, calls made for their effect, the choice of least and greatest, the cases of a match, and
what a refusal is told. Not changed: annotations, docstrings and other texts, `__all__`, the sizes
of caches, and the guards `strict=`, `frozen=`, `slots=` and `kw_only=`: mypy minds those, and the
tests of each room that its records cannot be changed.
"""

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

COMPARISONS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
OPERATORS: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.FloorDiv: ast.Mult,
    ast.Div: ast.Mult,
    ast.Mod: ast.FloorDiv,
    ast.Pow: ast.Mult,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
    ast.LShift: ast.RShift,
    ast.RShift: ast.LShift,
}
OPPOSITES = {"min": "max", "max": "min", "any": "all", "all": "any"}
CACHES = {"cache", "lru_cache"}
#: Arguments that say nothing of a result: mypy and the memory mind them.
GUARDS = {"strict", "frozen", "slots", "kw_only", "maxsize"}


@dataclass(frozen=True, slots=True, eq=False)
class Change:
    """One wrong change: where it is, how it reads, and how it is made and taken back."""

    line: int
    lines: range
    function: str | None
    what: str
    make: Callable[[], None]
    undo: Callable[[], None]


@dataclass
class _Walk:
    """The walk over a module: the statement and the outermost function one is in."""

    found: list[Change] = field(default_factory=list)
    lines: range = range(0)
    function: str | None = None

    def visit(self, node: ast.AST, parent: ast.AST | None = None) -> None:
        if isinstance(node, ast.stmt):
            self.lines = _own_lines(node)
        for change in _changes(node, parent):
            self._add(node, change)
        for name, child in _children(node):
            kept = self.lines, self.function
            # Defaults and decorators of a function are evaluated where it stands.
            if isinstance(node, ast.FunctionDef) and name == "body" and self.function is None:
                self.function = f"{node.name}:{node.lineno}"
            self.visit(child, node)
            self.lines, self.function = kept

    def _add(self, node: ast.AST, change: "_Edit") -> None:
        before = _short(node)
        change.make()
        after = _short(node)
        change.undo()
        what = change.name or f"{before} → {after}"
        line = getattr(node, "lineno", self.lines.start)
        self.found.append(Change(line, self.lines, self.function, what, change.make, change.undo))


@dataclass(frozen=True, slots=True, eq=False)
class _Edit:
    """Set one attribute of a node, or one place of a list it holds."""

    node: ast.AST
    attribute: str
    value: object
    name: str = ""

    def make(self) -> None:
        _KEPT.append(getattr(self.node, self.attribute))
        setattr(self.node, self.attribute, self.value)

    def undo(self) -> None:
        setattr(self.node, self.attribute, _KEPT.pop())


#: What the changes made at this moment have replaced, the last on top.
_KEPT: list[object] = []


def changes(tree: ast.Module) -> list[Change]:
    """Return every change of a module, in the order of its text."""
    walk = _Walk()
    walk.visit(tree)
    return walk.found


def _children(node: ast.AST) -> Iterator[tuple[str, ast.AST]]:
    for name, value in ast.iter_fields(node):
        if name in {"annotation", "returns"} or _is_guard(node, name):
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST) and not _is_text_or_cache(child):
                yield name, child


def _is_guard(node: ast.AST, name: str) -> bool:
    is_guard = isinstance(node, ast.keyword) and node.arg in GUARDS and name == "value"
    is_all = isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__"
    return is_guard or is_all


def _is_text_or_cache(node: ast.AST) -> bool:
    is_text = isinstance(node, ast.Constant) and isinstance(node.value, str)
    is_cache = isinstance(node, ast.Call) and _called(node) in CACHES
    return is_text or is_cache


def _own_lines(node: ast.stmt) -> range:
    """The lines of a statement without the statements inside it."""
    end = node.end_lineno or node.lineno
    for name in ("body", "cases", "handlers", "orelse", "finalbody"):
        for inside in getattr(node, name, [])[:1]:
            end = min(end, getattr(inside, "lineno", end + 1) - 1)
    return range(node.lineno, max(end, node.lineno) + 1)


def _called(node: ast.Call) -> str:
    match node.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


def _short(node: ast.AST) -> str:
    match node:
        case ast.If() | ast.While():
            return f"{type(node).__name__.lower()} {ast.unparse(node.test)}"
        case ast.Match():
            return f"match {ast.unparse(node.subject)}"
        case ast.comprehension():
            return " if ".join(["", *map(ast.unparse, node.ifs)]).strip() or "all"
    return ast.unparse(node)


def _changes(node: ast.AST, parent: ast.AST | None) -> Iterator[_Edit]:
    yield from _of_operators(node)
    yield from _of_conditions(node)
    yield from _of_calls(node)
    match node:
        case ast.Constant(value=bool() as truth):
            yield _Edit(node, "value", not truth)
        case ast.Constant(value=int() as number):
            yield _Edit(node, "value", number + 1)
        case ast.Continue() | ast.Break():
            body = _siblings(parent, node)
            other = ast.Break() if isinstance(node, ast.Continue) else ast.Continue()
            yield _replaced(body, node, ast.copy_location(other, node), parent)
        case ast.Expr(value=ast.Call()):
            body = _siblings(parent, node)
            gone = ast.copy_location(ast.Pass(), node)
            yield _replaced(body, node, gone, parent, name=f"no {ast.unparse(node)}")
        case ast.Raise(exc=ast.Call() as call):
            for place in range(len(call.args)):
                yield _Edit(call, "args", _with_none(call.args, place), _told(call, place))


def _of_operators(node: ast.AST) -> Iterator[_Edit]:
    match node:
        case ast.Compare():
            for place, operator in enumerate(node.ops):
                for other in COMPARISONS[type(operator)]:
                    ops = [*node.ops[:place], other(), *node.ops[place + 1 :]]
                    yield _Edit(node, "ops", ops)
        case ast.BinOp(op=op) if type(op) in OPERATORS and not _is_of_types_or_text(node):
            yield _Edit(node, "op", OPERATORS[type(op)]())
        case ast.AugAssign(op=op) if type(op) in OPERATORS:
            yield _Edit(node, "op", OPERATORS[type(op)]())
        case ast.BoolOp():
            yield _Edit(node, "op", ast.Or() if isinstance(node.op, ast.And) else ast.And())
        case ast.UnaryOp(op=ast.USub()):
            yield _Edit(node, "op", ast.UAdd())


def _of_conditions(node: ast.AST) -> Iterator[_Edit]:
    match node:
        case ast.If() | ast.IfExp():
            yield _Edit(node, "test", _constant(node.test, value=True))
            yield _Edit(node, "test", _constant(node.test, value=False))
        case ast.While():
            yield _Edit(node, "test", _constant(node.test, value=False))
        case ast.UnaryOp(op=ast.Not()):
            truth = ast.Call(ast.Name("bool", ast.Load()), [node.operand], [])
            # An operator cannot become another node in place: not x is read as x twice turned.
            turned = ast.UnaryOp(ast.Not(), truth)
            yield _Edit(node, "operand", _located(turned, node), f"no not: {ast.unparse(node)}")
        case ast.comprehension(ifs=[_, *_]):
            yield _Edit(node, "ifs", [])
        case ast.Match() if len(node.cases) > 1:
            for place, case in enumerate(node.cases):
                rest = node.cases[:place] + node.cases[place + 1 :]
                yield _Edit(node, "cases", rest, f"no case {ast.unparse(case.pattern)}")


def _of_calls(node: ast.AST) -> Iterator[_Edit]:
    if not isinstance(node, ast.Call):
        return
    match node.func:
        case ast.Name(id="sorted") if not node.keywords:
            yield _Edit(node, "func", _name("list", node))
        case ast.Name(id="abs"):
            yield _Edit(node, "func", _name("int", node), f"no {ast.unparse(node)}")
        case ast.Name(id=name) if name in OPPOSITES:
            yield _Edit(node, "func", _name(OPPOSITES[name], node))
    for place, word in enumerate(node.keywords):
        is_told = _called(node) == "replace" or word.arg in {"key", "default", "reverse"}
        if word.arg and is_told:
            rest = node.keywords[:place] + node.keywords[place + 1 :]
            yield _Edit(node, "keywords", rest, f"no {word.arg}= in {_called(node)}")


def _name(name: str, beside: ast.AST) -> ast.AST:
    return ast.copy_location(ast.Name(name, ast.Load()), beside)


def _told(call: ast.Call, place: int) -> str:
    return f"{_called(call)} is told None for {ast.unparse(call.args[place])}"


def _with_none(arguments: list[ast.expr], place: int) -> list[ast.expr]:
    nothing = ast.copy_location(ast.Constant(None), arguments[place])
    return [*arguments[:place], nothing, *arguments[place + 1 :]]


def _constant(node: ast.expr, *, value: bool) -> ast.expr:
    return ast.copy_location(ast.Constant(value), node)


def _located(node: ast.AST, beside: ast.AST) -> ast.AST:
    for inside in ast.walk(node):
        if isinstance(inside, ast.expr) and not hasattr(inside, "lineno"):
            ast.copy_location(inside, beside)
    return node


def _siblings(parent: ast.AST | None, node: ast.AST) -> str:
    return next(
        name
        for name, value in ast.iter_fields(parent or node)
        if isinstance(value, list) and any(one is node for one in value)
    )


def _replaced(
    body: str, node: ast.AST, other: ast.AST, parent: ast.AST | None, *, name: str = ""
) -> _Edit:
    inside = [other if one is node else one for one in getattr(parent, body)]
    shown = name or f"{_short(node)} → {_short(other)}"
    return _Edit(parent or node, body, inside, shown)


def _is_of_types_or_text(node: ast.BinOp) -> bool:
    sides = (node.left, node.right)
    texts = any(
        isinstance(side, ast.JoinedStr)
        or (isinstance(side, ast.Constant) and isinstance(side.value, str | None))
        for side in sides
    )
    return texts or (
        isinstance(node.op, ast.BitOr)
        and any(isinstance(side, ast.Name) and side.id[:1].isupper() for side in sides)
    )
