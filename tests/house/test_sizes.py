"""Nothing is so long that it can't be read at one go; what is usual stays short; no test hides another by its name."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[2]
EVERYTHING = [p for top in ("functions", "tests", "infra") for p in (ROOT / top).rglob("*.py")]
SOURCES = [
    p for p in EVERYTHING if "tests" not in p.relative_to(ROOT).parts
]  # what is usual is counted in these
MOST_IN_A_FILE, USUAL_IN_A_FILE = 500, 110
MOST_IN_A_FUNCTION, USUAL_IN_A_FUNCTION = 40, 6


def lines_of_files(paths: list[Path]) -> dict[str, int]:
    return {str(p.relative_to(ROOT)): len(p.read_text("utf-8").splitlines()) for p in paths}


def lines_of_functions(paths: list[Path]) -> Iterator[tuple[str, int]]:
    """Yield each function's place and its lines, from ``def`` on."""
    for path in paths:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                where = f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
                yield where, (node.end_lineno or node.lineno) - node.lineno + 1


def test_has_no_file_that_is_too_long() -> None:
    assert {p: n for p, n in lines_of_files(EVERYTHING).items() if n > MOST_IN_A_FILE} == {}


def test_has_no_function_that_is_too_long() -> None:
    assert {p: n for p, n in lines_of_functions(EVERYTHING) if n > MOST_IN_A_FUNCTION} == {}


def test_is_short_as_a_rule() -> None:
    assert median(lines_of_files(SOURCES).values()) <= USUAL_IN_A_FILE
    assert median(n for _, n in lines_of_functions(SOURCES)) <= USUAL_IN_A_FUNCTION


def test_names_no_two_test_modules_alike() -> None:
    names = Counter(p.name for p in EVERYTHING if p.name.startswith("test_"))
    assert [name for name, many in names.items() if many > 1] == [], "pytest runs only the first of them"


def test_has_no_leftover_of_a_merge() -> None:
    tops = ("functions", "templates", "sheets_schema", "tests", "infra", "findings", ".github", ".ci")
    every = (p for top in tops for p in (ROOT / top).rglob("*"))
    assert [str(p.relative_to(ROOT)) for p in every if p.suffix in {".orig", ".rej", ".bak"}] == []
