"""The small changes that a module can suffer: one at a time, each in a function or in a constant of the module's."""

from __future__ import annotations

import ast
import hashlib
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace

COMPARED = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
RECKONED = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv, ast.Div: ast.Mult, ast.FloorDiv: ast.Mult,
    ast.Mod: ast.FloorDiv, ast.BitOr: ast.BitAnd, ast.BitAnd: ast.BitOr,
}  # fmt: skip
CALLED = {"min": "max", "max": "min", "any": "all", "all": "any"}
UNCHANGED = {"annotation", "returns", "decorator_list", "format_spec"}
LONGEST_WORD = 24
"""Longer strings, and those with spaces, are sentences: what they say is not decided by their letters."""

Reasons = Mapping[str, tuple[str, str]]
"""Why a change makes nothing different, by its name, after the lines for which this was thought of."""

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutant:
    """One change: where it is, what was there and what is there now."""

    module: str
    owner: str
    """The function (``Class.method``) or the constant that has it."""
    number: int
    """Its place among the changes of its owner."""
    first: int
    last: int
    """Lines of what is changed."""
    used: tuple[int, ...]
    """All lines of its owner; of a constant, those that name it."""
    is_kept: bool
    """Whether the owner's result is kept for whoever asks again."""
    before: str
    after: str
    lines: str
    """Those lines themselves, as one."""
    turn: int = 1
    """Which one it is of those in its owner that look the same."""

    @property
    def name(self) -> str:
        which = f" ({self.turn})" if self.turn > 1 else ""
        return f"{self.module}:{self.owner}: {self.before} -> {self.after}{which}"

    def harmless_by(self, reasons: Reasons) -> str:
        """Return why nothing becomes different; nothing where nobody said so of these lines."""
        lines, why = reasons.get(self.name, ("", ""))
        return why if lines == self.lines else ""


@dataclass(slots=True)
class _Change:
    node: ast.AST
    """What is shown, before and after."""
    make: Callable[[], None]
    new: ast.AST | None = None
    """What is shown after, where another node takes the place."""


def mutants_of(module: str, source: str) -> list[Mutant]:
    """Return every change that the module can suffer, in the order of its lines."""
    found = []
    alike: Counter[str] = Counter()
    tree = ast.parse(source)
    for owner, node in owners(tree).items():
        for mutant in _of_owner(module, owner, source, node, _used(tree, node)):
            alike[mutant.name] += 1
            found.append(replace(mutant, turn=alike[mutant.name]))
    return sorted(found, key=lambda m: m.first)


def _used(tree: ast.Module, node: ast.stmt) -> tuple[int, ...]:
    """Return the lines of a function; of a constant those of its module that name it."""
    if not isinstance(node, ast.Assign):
        return tuple(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    name = ast.unparse(node.targets[0])
    return tuple(sorted({n.lineno for n in ast.walk(tree) if isinstance(n, ast.Name) and n.id == name}))


def _of_owner(
    module: str, owner: str, source: str, unchanged: ast.stmt, used: tuple[int, ...]
) -> Iterator[Mutant]:
    text = source.splitlines()
    for number in range(len(list(_changes(unchanged)))):
        node = deepcopy(unchanged)
        change = list(_changes(node))[number]
        before, lines = _shown(change.node), (change.node.lineno, change.node.end_lineno)  # type: ignore[attr-defined]
        change.make()
        yield Mutant(
            module=module,
            owner=owner,
            number=number,
            first=lines[0],
            last=lines[1],
            used=used,
            is_kept=any("cache" in ast.unparse(d) for d in getattr(node, "decorator_list", ())),
            before=before,
            after=_shown(change.new or change.node),
            lines=" ".join(" ".join(text[lines[0] - 1 : lines[1]]).split()),
        )


def read_reasons(text: str) -> Reasons:
    return {name: (entry["lines"], entry["why"]) for name, entry in tomllib.loads(text).items()}


def sampled(every: Sequence[Mutant], reasons: Reasons, *, seed: int, size: int) -> list[Mutant]:
    """Return so many changes that make a difference, and those without one that came up on the way.

    Which ones come up, and in which order, hangs on their names alone: a change elsewhere in the module leaves the
    others in the sample.
    """
    found: list[Mutant] = []
    count = 0
    for mutant in sorted(every, key=lambda m: hashlib.sha256(f"{seed} {m.name} {m.lines}".encode()).digest()):
        if count == size:
            break
        found.append(mutant)
        count += not mutant.harmless_by(reasons)
    return found


def stale_reasons(module: str, every: Sequence[Mutant], reasons: Reasons) -> list[str]:
    """Return the changes of a module with a reason that was said of other lines than there are."""
    valid = {m.name for m in every if m.harmless_by(reasons)}
    return [name for name in reasons if name.startswith(f"{module}:") and name not in valid]


def changed(mutant: Mutant, source: str) -> ast.stmt:
    """Return the owner's statement with the change made."""
    node = owners(ast.parse(source))[mutant.owner]
    list(_changes(node))[mutant.number].make()
    return node


def owners(tree: ast.Module) -> dict[str, ast.stmt]:
    """Return what can be exchanged while a program runs: functions, methods, and constants of plain values."""
    found: dict[str, ast.stmt] = {}
    for node in tree.body:
        if isinstance(node, Function):
            found[node.name] = node
        elif isinstance(node, ast.Assign) and isinstance(name := node.targets[0], ast.Name):
            if _is_plain(node.value) and not name.id.startswith("__"):
                found[name.id] = node
        elif isinstance(node, ast.ClassDef):
            found |= {f"{node.name}.{f.name}": f for f in node.body if isinstance(f, Function)}
    return found


def _is_plain(value: ast.expr) -> bool:
    return not any(isinstance(n, ast.Name | ast.Attribute | ast.Lambda) for n in ast.walk(value))


def _shown(node: ast.AST) -> str:
    text = " ".join(ast.unparse(node).split())
    return text if len(text) <= 160 else text[:157] + "..."


def _changes(owner: ast.stmt) -> Iterator[_Change]:
    """Yield the changes in the order of the source; each closure changes the tree that it was made from."""
    for parent in _inside(owner):
        for field, value in ast.iter_fields(parent):
            if field in UNCHANGED or isinstance(parent, ast.Raise | ast.JoinedStr):
                continue
            children = value if isinstance(value, list) else [value]
            for place, child in enumerate(children):
                if isinstance(child, ast.AST):
                    where = (parent, field, place if isinstance(value, list) else None)
                    yield from _changes_at(child, where, owner)


def _inside(owner: ast.stmt) -> Iterator[ast.AST]:
    """Yield every node whose parts may be changed: no annotation, no sentence, nothing that is raised."""
    todo: list[ast.AST] = [owner]
    while todo:
        node = todo.pop()
        yield node
        if isinstance(node, ast.JoinedStr):
            todo += reversed([v for v in node.values if isinstance(v, ast.FormattedValue)])
        elif not isinstance(node, ast.Raise):
            parts = (value for field, value in ast.iter_fields(node) if field not in UNCHANGED)
            children = [c for value in parts for c in (value if isinstance(value, list) else [value])]
            todo += reversed([c for c in children if isinstance(c, ast.AST)])


Place = tuple[ast.AST, str, int | None]


def _changes_at(node: ast.AST, where: Place, owner: ast.stmt) -> Iterator[_Change]:
    parent = where[0]
    if isinstance(node, ast.Compare):
        for place, operator in enumerate(node.ops):
            yield _Change(node, _put((node, "ops", place), COMPARED[type(operator)]()))
    elif isinstance(node, ast.BoolOp):
        other = ast.Or() if isinstance(node.op, ast.And) else ast.And()
        yield _Change(node, _put((node, "op", None), other))
    elif isinstance(node, ast.BinOp) and type(node.op) in RECKONED and not _joins_text(node):
        yield _Change(node, _put((node, "op", None), RECKONED[type(node.op)]()))
    elif isinstance(node, ast.Constant) and not isinstance(parent, ast.Expr | ast.JoinedStr):
        if (value := _other(node.value)) is not None:
            yield _Change(_shown_around(node, parent), _put((node, "value", None), value))
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CALLED:
        yield _Change(node, _put((node.func, "id", None), CALLED[node.func.id]))
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield _Change(node, _put(where, node.operand), node.operand)
    yield from _changes_of_flow(node, where, owner)


def _changes_of_flow(node: ast.AST, where: Place, owner: ast.stmt) -> Iterator[_Change]:
    if isinstance(node, ast.If | ast.IfExp | ast.While) and not isinstance(
        node.test, ast.Compare | ast.BoolOp | ast.UnaryOp
    ):
        test = ast.UnaryOp(ast.Not(), node.test)
        yield _Change(node.test, _put((node, "test", None), test), test)
    elif isinstance(node, ast.comprehension):
        for place, test in enumerate(node.ifs):
            yield _Change(test, _put((node, "ifs", place), ast.Constant(True)), ast.Constant(True))
    elif isinstance(node, ast.Continue | ast.Break):
        other = ast.Break() if isinstance(node, ast.Continue) else ast.Continue()
        yield _Change(node, _put(where, other), other)
    elif _does_something(node) and node is not owner:
        yield _Change(node, _put(where, ast.Pass()), ast.Pass())


def _does_something(node: ast.AST) -> bool:
    return isinstance(node, ast.AugAssign) or (
        isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)
    )


def _put(where: Place, new: object) -> Callable[[], None]:
    parent, field, place = where

    def make() -> None:
        if place is None:
            setattr(parent, field, new)
        else:
            getattr(parent, field)[place] = new

    return make


def _shown_around(node: ast.AST, parent: ast.AST) -> ast.AST:
    return parent if isinstance(parent, ast.expr) and len(ast.unparse(parent)) < 80 else node


def _other(value: object) -> object:
    if isinstance(value, bool):
        return not value
    if isinstance(value, int | float):
        return value + 1
    if isinstance(value, str) and value and " " not in value and len(value) <= LONGEST_WORD:
        return value + "~"
    return None


def _joins_text(node: ast.BinOp) -> bool:
    return any(
        isinstance(side, ast.JoinedStr | ast.Tuple | ast.List)
        or (isinstance(side, ast.Constant) and isinstance(side.value, str))
        for side in (node.left, node.right)
    )
