"""Documents that lead a newcomer name what is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from peerpact.jobs.catalogue import JOBS

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = {
    "README.md": ROOT,
    "CHANGELOG.md": ROOT,
    "functions/README.md": ROOT / "functions",
    ".github/CONTRIBUTING.md": ROOT,
    ".github/DECISIONS.md": ROOT,
    "findings/README.md": ROOT / "findings",
}
"""Each document, and where its file names begin; names from the root are understood everywhere."""
TOP = (
    "functions/",
    "peerpact/",
    "templates/",
    "sheets_schema/",
    "tests/",
    "infra/",
    "findings/",
    ".github/",
    ".ci/",
)
MADE_UP = re.compile(r"NAME|CODE|snake_case|[*{]")


def text_of(document: str) -> str:
    return (ROOT / document).read_text("utf-8")


def named_files(document: str) -> list[str]:
    """Return every name in backticks that looks like a file or a folder of ours."""
    words = re.findall(r"`([^`\s]+)`", text_of(document))
    paths = [w for w in words if w.startswith(TOP) or re.fullmatch(r"\w+\.(py|toml|po|csv)", w)]
    return [p for p in paths if not MADE_UP.search(p)]


def linked_files(document: str) -> list[Path]:
    links = re.findall(r"\]\(([^)#\s]+)[^)]*\)", text_of(document))
    return [(ROOT / document).parent / link for link in links if "://" not in link]


@pytest.mark.parametrize("document", DOCUMENTS)
def test_names_only_what_is_there(document: str) -> None:
    places = (DOCUMENTS[document], ROOT, ROOT / "functions")
    anywhere = {
        p.name for top in ("functions", "templates", "tests", "infra") for p in (ROOT / top).rglob("*")
    }
    missing = [
        name
        for name in named_files(document)
        if not any((place / name).exists() for place in places) and ("/" in name or name not in anywhere)
    ]
    assert missing == []


@pytest.mark.parametrize("document", [*DOCUMENTS, ".github/SECURITY.md", "infra/README.md"])
def test_links_only_to_what_is_there(document: str) -> None:
    assert [str(path) for path in linked_files(document) if not path.exists()] == []


def test_walks_through_enough_of_the_house_to_be_a_tour() -> None:
    walks = text_of("functions/README.md").partition("## Three walks")[2].partition("## Words")[0]
    parts = re.split(r"\*\*From ", walks)[1:]
    assert len(parts) == 3
    for walk in parts:
        rooms = set(re.findall(r"`peerpact/(\w+)/", walk))
        assert {"jobs", "google", "programme"} <= rooms


def test_names_where_each_job_decides() -> None:
    table = re.findall(r"^\| `(\w+)` \| `([^`]+)` \| `([^`]+)` \|$", text_of("functions/README.md"), re.M)
    assert [job for job, _, _ in table] == list(JOBS)
    for job, _, decision in table:
        module = decision.removesuffix(".py").replace("/", ".")
        assert JOBS[job].steps.decide.__module__ == module


def rules() -> list[tuple[str, list[str]]]:
    """Return each module of the programme that the tour's table of questions ends at, and the tests beside it."""
    table = re.findall(
        r"^\| .+? \| `peerpact/programme/(\S+)\.py` \| (.+) \|$", text_of("functions/README.md"), re.M
    )
    return [(module, re.findall(r"`([^`]+)`", tests)) for module, tests in table]


def imports(test: str, module: str) -> bool:
    """Tell whether a test imports a module, or something out of it."""
    package, _, name = f"peerpact.programme.{module.replace('/', '.')}".rpartition(".")
    text = (ROOT / test).read_text("utf-8")
    return bool(re.search(rf"^from {package}(\.{name} import| import (.*\b)?{name}\b)", text, re.M))


def test_leads_in_one_step_to_a_rule_and_to_a_test_that_calls_it() -> None:
    astray = [module for module, tests in rules() if not any(imports(test, module) for test in tests)]
    assert astray == []


def test_leads_to_a_rule_in_each_room() -> None:
    programme = ROOT / "functions" / "peerpact" / "programme"
    rooms = {p.parent.name for p in programme.glob("*/__init__.py")} - {"languages"}
    assert rooms - {module.partition("/")[0] for module, _ in rules()} == set()


def test_explains_each_way_of_adding_in_five_lines_at_most() -> None:
    sections = re.split(r"^## ", text_of(".github/CONTRIBUTING.md"), flags=re.M)
    adding = {
        s.splitlines()[0]: re.findall(r"^\d\. .*(?:\n   .*)*", s, re.M)
        for s in sections
        if s.startswith("Add a ")
    }
    assert {"Add a job", "Add a letter", "Add a setting", "Add a column", "Add a language"} <= adding.keys()
    assert {title: steps for title, steps in adding.items() if len("\n".join(steps).splitlines()) > 5} == {}


def test_has_fourteen_decisions_each_with_what_was_rejected_and_when_to_think_again() -> None:
    decisions = re.split(r"^## \d+\. ", text_of(".github/DECISIONS.md"), flags=re.M)[1:]
    assert len(decisions) == 14
    assert [
        d.splitlines()[0]
        for d in decisions
        if "*Rejected:*" not in d or not re.search(r"\*Think\s+again\*", d)
    ] == []


def test_lists_every_finding() -> None:
    scripts = {p.name for p in (ROOT / "findings").glob("*.sh")} - {"common.sh"}
    assert set(re.findall(r"^\| `(\w+\.sh)` \|", text_of("findings/README.md"), re.M)) == scripts
    begun = {p.name: p.read_text("utf-8").partition("set -euo")[0] for p in (ROOT / "findings").glob("*.sh")}
    told = {
        name for name, text in begun.items() if all(f"# {w}:" in text for w in ("GUESS", "SEEN", "HURTS"))
    }
    assert told == scripts
