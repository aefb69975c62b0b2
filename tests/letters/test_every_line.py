"""The examples of letters show all cases: each branch, each optional line and both numbers of every template."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from jinja2 import Environment, nodes
from jinja2.compiler import CodeGenerator
from jinja2.defaults import DEFAULT_NAMESPACE

from peerpact.letters import render
from peerpact.letters.examples import examples
from peerpact.letters.rendering import _environment
from peerpact.programme import languages
from peerpact.resources import folder


class Drawn:
    """Which parts the templates have, and which of them the examples drew."""

    def __init__(self) -> None:
        self.templates: set[str] = set()
        self.parts: set[str] = set()
        self.drawn: set[str] = set()

    def draw(self, part: str, value: object = "") -> object:
        self.drawn.add(part)
        return value

    def count(self, part: str, count: int) -> int:
        self.drawn.add(f"{part}, {'one' if count == 1 else 'several'}")
        return count


def told(name: str, *words: object) -> nodes.Call:
    arguments = [word if isinstance(word, nodes.Expr) else nodes.Const(word) for word in words]
    return nodes.Call(nodes.Name(name, "load"), arguments, [], None, None)


def watch(tree: nodes.Template, name: str, drawn: Drawn) -> None:
    """Have each branch, each loop, each choice and each counted sentence of a template tell that it is drawn."""
    for number, node in enumerate([*tree.find_all((nodes.If, nodes.For, nodes.CondExpr, nodes.Call))]):
        part = f"{name}: line {node.lineno}, {type(node).__name__} {number}"
        if isinstance(node, nodes.If | nodes.For):
            for side, body in (("then", node.body), ("else", node.else_)):
                if body:
                    drawn.parts.add(f"{part}, {side}")
                    body.insert(0, nodes.ExprStmt(told("draw", f"{part}, {side}")))
        elif isinstance(node, nodes.CondExpr):
            drawn.parts.add(f"{part}, then")
            node.expr1 = told("draw", f"{part}, then", node.expr1)
            if node.expr2 is not None:
                drawn.parts.add(f"{part}, else")
                node.expr2 = told("draw", f"{part}, else", node.expr2)
        elif isinstance(node, nodes.Call) and node.node == nodes.Name("ngettext", "load"):
            drawn.parts |= {f"{part}, one", f"{part}, several"}
            node.args[2] = told("count", part, node.args[2])


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> Iterator[Drawn]:
    """Watch all templates while they are drawn anew."""
    seen = Drawn()

    class Watching(CodeGenerator):
        def visit_Template(self, node: nodes.Template, frame: Any = None) -> None:  # noqa: N802 - jinja2's name
            seen.templates.add(str(self.name))
            watch(node, str(self.name), seen)
            super().visit_Template(node, frame)

    with monkeypatch.context() as patch:
        patch.setattr(Environment, "code_generator_class", Watching)
        patch.setitem(DEFAULT_NAMESPACE, "draw", seen.draw)
        patch.setitem(DEFAULT_NAMESPACE, "count", seen.count)
        _environment.cache_clear()
        yield seen
    _environment.cache_clear()


def test_draws_every_optional_line_and_branch_of_every_template(drawn: Drawn) -> None:
    for language in languages.codes():
        for example in examples(language=language):
            render(example.letter, language=language)
    root = folder("templates")
    assert drawn.templates == {str(p.relative_to(root)) for p in root.rglob("*.*") if p.is_file()}
    assert len(drawn.parts) > 300
    assert sorted(drawn.parts - drawn.drawn) == []
