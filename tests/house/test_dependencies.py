"""What is imported is declared and what is declared is imported: by the functions, on a laptop, in the tests."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path, PurePath

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
PEERPACT = ROOT / "functions" / "peerpact"
LAPTOP = [path for name in ("demo", "operating", "cli", "__main__") for path in PEERPACT.glob(f"{name}*")]
OURS = {"peerpact", "workspace_emulator", "main"}
NOT_IMPORTED = {
    "functions-framework": "the command that serves main.py; it brings flask",
    "tzdata": "data, which zoneinfo reads",
    "build": "a command: builds the wheels that tests look into",
    "coverage": "a command",
    "hatchling": "what builds the wheel",
    "import-linter": "a command",
    "mypy": "a command",
    "pytest-cov": "a plugin of pytest's",
    "pytest-timeout": "a plugin of pytest's",
    "pytest-xdist": "a plugin of pytest's",
    "ruff": "a command",
    "types-httplib2": "types, for mypy",
    "types-python-dateutil": "types, for mypy",
    "types-requests": "types, for mypy",
}
EMULATOR = tomllib.loads((ROOT / "functions" / "emulator" / "pyproject.toml").read_text("utf-8"))
"""What the local Workspace needs is in the extra ``local`` too: no requirement can name the Workspace itself."""


def names(requirements: Iterable[str]) -> set[str]:
    return {re.split(r"[\[<>=~!; ]", line, maxsplit=1)[0].lower().replace("_", "-") for line in requirements}


DECLARED = {
    "the functions": names(PROJECT["project"]["dependencies"]),
    "a laptop": names(PROJECT["project"]["optional-dependencies"]["local"]),
    "the tests": names(PROJECT["dependency-groups"]["dev"]),
}
WORKSPACE = names(
    [
        *EMULATOR["project"].get("dependencies", ()),
        *(r for more in EMULATOR["project"].get("optional-dependencies", {}).values() for r in more),
    ]
)


def modules_of(package: str) -> set[str]:
    """Return what a distribution lets one import: its packages below any shared namespace, and its modules."""
    try:
        files = {PurePath(f) for f in distribution(package).files or ()}
    except PackageNotFoundError:
        return set()
    packages = {f.parent for f in files if f.name == "__init__.py"}
    tops = {p for p in packages if not any(above in packages for above in p.parents)}
    single = {f.with_suffix("") for f in files if f.suffix in {".py", ".so"} and len(f.parts) == 1}
    return {".".join(p.parts).split(".cpython")[0] for p in tops | single}


def imported(paths: Iterable[Path]) -> set[str]:
    """Return every module that some source imports, its own project's and the standard library's left out."""
    found: set[str] = set()
    for path in paths:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                found |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return {m for m in found if m.partition(".")[0] not in OURS | set(sys.stdlib_module_names)}


def sources(place: str) -> list[Path]:
    laptop = [p for path in LAPTOP for p in ([path] if path.is_file() else path.rglob("*.py"))]
    if place == "a laptop":
        return laptop
    if place == "the functions":
        return [ROOT / "functions" / "main.py", *({*PEERPACT.rglob("*.py")} - {*laptop})]
    return [
        *(ROOT / "tests").rglob("*.py"),
        *(ROOT / "infra").rglob("*.py"),
        *(ROOT / "functions" / "emulator" / "tests").rglob("*.py"),
    ]


def provider(module: str, packages: Mapping[str, set[str]]) -> str | None:
    """Return which package gives a module: the one that has the longest name of its parents."""
    having = [
        (len(top), name)
        for name, tops in packages.items()
        for top in tops
        if module == top or module.startswith(f"{top}.")
    ]
    return max(having)[1] if having else None


@cache
def packages() -> dict[str, set[str]]:
    """Return what each declared package lets one import; nothing is read where only other tests run."""
    return {name: modules_of(name) for declared in (*DECLARED.values(), WORKSPACE) for name in declared}


@pytest.mark.parametrize("place", DECLARED)
def test_imports_what_it_declares(place: str) -> None:
    used = {provider(module, packages()) for module in imported(sources(place))}
    elsewhere = WORKSPACE if place == "a laptop" else set()
    assert sorted(DECLARED[place] - used - elsewhere - NOT_IMPORTED.keys()) == []


@pytest.mark.parametrize(
    ("place", "may_use"),
    [
        ("the functions", ["the functions"]),
        ("a laptop", ["the functions", "a laptop"]),
        ("the tests", list(DECLARED)),
    ],
)
def test_declares_what_it_imports(place: str, may_use: list[str]) -> None:
    local = {p.stem for p in [*(ROOT / "tests").rglob("*"), *(ROOT / "infra").rglob("*.py")]}
    for folder in ("tests", "live"):
        local |= {p.stem for p in (ROOT / "functions" / "emulator" / folder).rglob("*")}
    declared = {name: packages()[name] for p in may_use for name in DECLARED[p]} | {
        name: packages()[name] for name in (WORKSPACE if place == "the tests" else ())
    }
    declared.setdefault("functions-framework", set()).add("flask")
    strangers = {m for m in imported(sources(place)) if provider(m, declared) is None}
    assert sorted(m for m in strangers if m.partition(".")[0] not in local) == []


def test_has_a_reason_for_each_that_nobody_imports() -> None:
    assert NOT_IMPORTED.keys() <= set().union(*DECLARED.values())


def test_replaces_no_module_and_leaves_the_collector_alone() -> None:
    """A program of which we are a part keeps its own modules, and its own way with what is no longer used."""
    used = re.compile(r"\bsys\.modules\b|\bgc\.\w|^import gc\b|^from gc\b", re.MULTILINE)
    assert [str(p) for p in (ROOT / "functions").rglob("*.py") if used.search(p.read_text("utf-8"))] == []
