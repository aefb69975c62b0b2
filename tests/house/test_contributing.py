"""What CONTRIBUTING says of a new job and a new letter is done here as it says, in a copy of the sources, and works."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from peerpact.jobs.catalogue import JOBS

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / ".github" / "CONTRIBUTING.md").read_text("utf-8")

DECISION = '''"""Greets."""

from __future__ import annotations

from dataclasses import dataclass

from peerpact.programme.plan import Action, Plan
from peerpact.programme.sentences import Sentence, counted


@dataclass(frozen=True, slots=True, kw_only=True)
class Greet(Action):
    name: str

    @property
    def key(self) -> str:
        return f"greet:{self.name}"

    @staticmethod
    def in_number(many: int) -> Sentence:
        return counted(many, "1 greeting", "{many} greetings")

    @property
    def summary(self) -> str:
        return f"Greet {self.name}"


def decide(seen: tuple[str, ...]) -> Plan:
    return Plan(actions=tuple(Greet(name=name) for name in seen), problems=None)
'''
JOB = '''"""The job ``say_hello``."""

from __future__ import annotations

from datetime import datetime

from peerpact.google.access import Access
from peerpact.jobs.job import Done, Run, Steps
from peerpact.programme.plan import Plan
from peerpact.programme.say_hello.decision import decide


def gather(access: Access, now: datetime) -> tuple[str, ...]:
    return ("Ada",)


def act(plan: Plan, seen: tuple[str, ...], access: Access, run: Run) -> Done:
    return Done()


STEPS = Steps(gather=gather, decide=decide, act=act)
'''
LETTER = '''@dataclass(frozen=True, slots=True, kw_only=True)
class WarmWelcome(Letter):
    """A kind word."""

    topic: str


'''
LISTED = """    Job(
        name="say_hello",
        summary="Says hello.",
        schedule="0 9 * * 1",
        longest_silence=timedelta(hours=170),
    ),
"""


def steps(title: str) -> list[str]:
    """Return the numbered lines of a section."""
    section = TEXT.partition(f"## {title}\n")[2].partition("\n## ")[0]
    return re.findall(r"^\d\. .*(?:\n   .*)*", section, re.M)


def named(step: str, name: str) -> str:
    """Return the first file or folder that a step names, for something of this name."""
    path = next(w for w in re.findall(r"`([^`]+)`", step) if "/" in w)
    return path.replace("NAME", name).replace("snake_case", name)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    for part in ("functions/peerpact", "templates", "sheets_schema", "infra"):
        shutil.copytree(
            ROOT / part, tmp_path / part, ignore=shutil.ignore_patterns("__pycache__", ".terraform")
        )
    for part in ("functions/main.py", "pyproject.toml"):
        shutil.copy(ROOT / part, tmp_path / part)
    return tmp_path


def run(copy: Path, *words: str) -> str:
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PEERPACT_")}
    environment["PYTHONPATH"] = str(copy / "functions")
    answer = subprocess.run(
        [sys.executable, *words], cwd=copy, env=environment, capture_output=True, text=True, check=False
    )
    assert answer.returncode == 0, answer.stderr
    return answer.stdout


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    for folder in (path.parent, *path.parent.parents):
        if folder.name == "programme":
            break
        if folder.parent.name == "programme":
            (folder / "__init__.py").touch()
    path.write_text(text, encoding="utf-8")


def test_names_each_job_wherever_the_recipe_says() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    [apart] = [c["modules"] for c in contracts if c["name"] == "Jobs don't import one another"]
    assert apart == [f"peerpact.jobs.{name}" for name in JOBS]
    parts = (ROOT / "README.md").read_text("utf-8").partition("## How the parts fit")[2]
    assert re.findall(r"^ {14}(\w+)  ", parts, re.M) == list(JOBS)


def test_has_an_init_in_every_folder_of_code() -> None:
    """Without one, neither the contracts nor what looks through the programme sees a folder."""
    folders = {path.parent for path in (ROOT / "functions" / "peerpact").rglob("*.py")}
    assert [folder.name for folder in sorted(folders) if not (folder / "__init__.py").exists()] == []


def test_adds_a_job_as_it_says(copy: Path) -> None:
    decide, gather_and_act, listed, contract = steps("Add a job")
    write(copy / named(decide, "say_hello"), DECISION)
    assert "STEPS = Steps(gather=gather, decide=decide, act=act)" in gather_and_act
    write(copy / named(gather_and_act, "say_hello"), JOB)
    catalogue = copy / next(w for w in re.findall(r"`([^`]+)`", listed) if w.endswith(".py"))
    before = catalogue.read_text("utf-8")
    last = before.rindex("    Job(\n")
    catalogue.write_text(before[:last] + LISTED + before[last:], encoding="utf-8")
    assert '"peerpact.jobs.report",' in (copy / "pyproject.toml").read_text("utf-8")
    assert "pyproject.toml" in contract
    assert "make jobs-map" in contract
    run(copy, "infra/jobs_map.py")
    assert '"say_hello": {' in (copy / "infra" / "jobs.json").read_text("utf-8")
    assert "preview NAME" in listed
    assert "say_hello" in run(copy, "-m", "peerpact", "preview", "--help")
    assert (
        run(
            copy,
            "-c",
            "import sys; sys.path.insert(0, 'functions'); import main; print(main.say_hello.__doc__)",
        )
        == "Says hello.\n"
    )
    planned = "from peerpact.jobs.catalogue import JOBS; decide = JOBS['say_hello'].steps.decide; "
    planned += "print(decide(('Ada',)).actions[0].summary)"
    assert run(copy, "-c", planned) == "Greet Ada\n"


def test_adds_a_letter_as_it_says(copy: Path) -> None:
    value, words, translated, planned = steps("Add a letter")
    kinds = copy / named(value, "")
    assert "extends `Letter`" in value
    assert "`LETTERS`" in value
    source = kinds.read_text("utf-8").replace("    Digest,\n)\n", "    Digest,\n    WarmWelcome,\n)\n")
    new = LETTER
    at = source.index("@dataclass(frozen=True, slots=True, kw_only=True)\nclass Reminder(Letter)")
    kinds.write_text(source[:at] + new + source[at:], encoding="utf-8")
    table = copy / re.findall(r"`([^`]+correspondence\.py)`", value)[0]
    said = table.read_text("utf-8")
    line = '    "warm-welcome": Kind("WW", is_private=True),\n'
    table.write_text(said.replace("KINDS = {\n", f"KINDS = {{\n{line}"), encoding="utf-8")
    folder = copy / named(words, "warm_welcome")
    bodies = {
        "subject.txt": "{% trans %}A kind word{% endtrans %}",
        "text.txt": "{% trans name=to.first_name %}Hello {{ name }},{% endtrans %} {{ topic }}",
        "html.html": "<p>{{ topic }}</p>",
    }
    assert [file for file in bodies if f"`{file}`" not in words] == []
    for file, body in bodies.items():
        write(folder / file, "{# Words: to, topic. #}\n" + body + "\n")
    examples = [w for w in re.findall(r"`([^`]+\.py)`", translated) if (ROOT / w).is_file()]
    assert examples == ["tests/letters/test_letters.py", "functions/peerpact/letters/examples.py"]
    assert {"letters.po" in translated, "words.py" in planned} == {True}
    code = (
        "from peerpact.letters.kinds import LETTERS, Sender, WarmWelcome;"
        "from peerpact.letters.rendering import render;"
        "from peerpact.programme.people import Person;"
        "to = Person(email='ada@example.com', name='Ada Lovelace', team='Maths');"
        "by = Sender(programme_name='Mentoring', mailbox='m@example.com', contact='p@example.com');"
        "letter = WarmWelcome(to=to, sender=by, reference='R', topic='Tea & cake');"
        "from peerpact.programme.correspondence import INITIALS, PRIVATE;"
        "assert LETTERS[-1] is WarmWelcome;"
        "assert INITIALS['warm-welcome'] == 'WW' and 'warm-welcome' in PRIVATE;"
        "made = render(letter, language='en'); print(made.subject, '|', made.text.strip(), '|', made.html.strip())"
    )
    assert run(copy, "-c", code) == "A kind word | Hello Ada Lovelace, Tea & cake | <p>Tea &amp; cake</p>\n"
