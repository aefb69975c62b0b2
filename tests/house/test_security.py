"""What .github/SECURITY.md promises has a test behind each line, and that test is there."""

from __future__ import annotations

import re
from fnmatch import fnmatch
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / ".github" / "SECURITY.md").read_text(encoding="utf-8")
NAMED = sorted(set(re.findall(r"`([\w/]+/test_\w+\.py)(?:::(\w+))?`", PAGE)))


def lines_of(heading: str) -> list[list[str]]:
    """Return the cells of a table's lines."""
    section = PAGE.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    rows = [line.strip("|").split(" | ") for line in section.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in row] for row in rows[2:]]


@pytest.mark.parametrize(("file", "test"), NAMED, ids=["::".join(filter(None, named)) for named in NAMED])
def test_names_tests_that_are_there(file: str, test: str) -> None:
    text = (ROOT / "tests" / file).read_text(encoding="utf-8")
    assert not test or f"def {test}(" in text


def test_has_a_test_for_each_of_the_twelve_points() -> None:
    points = lines_of("Twelve points")
    assert [point[0] for point in points] == [str(number) for number in range(1, 13)]
    assert [point[0] for point in points if "test_" not in point[2]] == []


def test_says_of_each_threat_what_stops_it_and_what_remains() -> None:
    threats = lines_of("Who may try what")
    assert len(threats) > 12
    assert [t[:2] for t in threats if len(t) != 4 or "test_" not in t[2] or not t[3]] == []


@pytest.mark.parametrize("written", ["peerpact.env", "demo.env", "terraform.tfvars"])
def test_keeps_out_of_git_what_init_writes_beside_the_code(written: str) -> None:
    patterns = (ROOT / ".gitignore").read_text(encoding="utf-8").split()
    assert any(fnmatch(written, pattern) for pattern in patterns)
