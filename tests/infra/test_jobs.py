"""Terraform's map of jobs beside the code's table: the same names, schedules and rights."""

from __future__ import annotations

import ast
import json
import re
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from cronsim import CronSim

import main
from peerpact.config import ELSEWHERE, OPTIONAL, REQUIRED, SECRETS
from peerpact.google.scopes import DIRECTORY, HOURS, SCOPES
from peerpact.jobs.catalogue import JOBS
from peerpact.jobs.job import LONGEST_RUN
from peerpact.serving import HEARTBEAT

ROOT = Path(__file__).resolve().parents[2]
INFRA = ROOT / "infra"
MAP: dict[str, dict[str, Any]] = json.loads((INFRA / "jobs.json").read_text(encoding="utf-8"))
WHOLE_CONFIGURATION = "\n".join(path.read_text(encoding="utf-8") for path in sorted(INFRA.glob("*.tf")))


def longest_gap(schedule: str) -> timedelta:
    """Return the longest time between two ticks, looked at over five weeks without a change of clocks."""
    ticks, found = CronSim(schedule, datetime(2026, 1, 5, tzinfo=UTC)), []
    while not found or found[-1] < datetime(2026, 2, 9, tzinfo=UTC):
        found.append(next(ticks))
    return max(later - earlier for earlier, later in pairwise(found))


def test_maps_the_same_jobs_as_the_code() -> None:
    assert list(MAP) == list(JOBS)
    assert all(callable(getattr(main, name)) for name in MAP)


@pytest.mark.parametrize("job", list(JOBS))
def test_gives_each_job_the_schedule_and_rights_of_the_code(job: str) -> None:
    described = {
        key: MAP[job][key]
        for key in (
            "schedule",
            "mailbox_scopes",
            "optional_scopes",
            "opens_ledger",
            "opens_wishes",
            "secrets",
        )
    }
    assert described == {
        "schedule": JOBS[job].schedule,
        "mailbox_scopes": list(JOBS[job].mailbox_scopes),
        "optional_scopes": list(JOBS[job].optional_scopes),
        "opens_ledger": JOBS[job].opens_ledger,
        "opens_wishes": JOBS[job].opens_wishes,
        "secrets": list(JOBS[job].secrets),
    }


def test_gives_each_delegate_the_scopes_of_the_code() -> None:
    delegates = json.loads((INFRA / "delegates.json").read_text(encoding="utf-8"))
    assert delegates == {kind: list(scopes) for kind, scopes in SCOPES.items()}


def test_lets_the_delegate_for_replies_alone_read_mail() -> None:
    assert [kind for kind, scopes in SCOPES.items() if any("gmail.modify" in s for s in scopes)] == [
        "replies"
    ]
    assert [name for name, job in JOBS.items() if "replies" in job.delegates] == ["collect_replies"]
    assert [name for name, job in JOBS.items() if "event_key" in job.secrets] == ["book_first_meetings"]
    assert [job.delegates for job in JOBS.values() if DIRECTORY in job.optional_scopes] == [
        ("directory",),
        ("replies", "directory"),
    ]


@pytest.mark.parametrize("job", list(JOBS))
def test_alarms_after_a_missed_period_and_not_before(job: str) -> None:
    gap, alarm = longest_gap(JOBS[job].schedule), JOBS[job].longest_silence
    assert alarm == timedelta(hours=MAP[job]["longest_silence_hours"])
    assert gap < alarm <= gap + timedelta(hours=4)


def test_beats_the_heart_with_a_job_that_runs_hourly() -> None:
    assert longest_gap(JOBS[HEARTBEAT].schedule) == timedelta(hours=1)


@pytest.mark.parametrize("job", list(JOBS))
def test_lets_no_function_end_before_a_run_ends_itself(job: str) -> None:
    assert timedelta(seconds=MAP[job]["timeout_seconds"]) >= LONGEST_RUN


def opened(job: str) -> set[str]:
    """Return what a job's modules open of Google, by reading their source."""
    found: set[str] = set()
    todo, seen = [f"peerpact.jobs.{job}"], set()
    while todo:
        name = todo.pop()
        if name in seen:
            continue
        seen.add(name)
        place = ROOT / "functions" / Path(*name.split("."))
        path = place / "__init__.py" if place.is_dir() else place.with_suffix(".py")
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if (
                isinstance(node, ast.Attribute)
                and isinstance(node.value, ast.Name)
                and node.value.id == "access"
            ):
                found.add(node.attr)
            if isinstance(node, ast.ImportFrom) and node.module == "peerpact.jobs":
                todo += [f"peerpact.jobs.{alias.name}" for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("peerpact.jobs."):
                todo.append(node.module or "")
    return found


@pytest.mark.parametrize("job", list(JOBS))
def test_opens_only_what_it_has_rights_for(job: str) -> None:
    access = opened(job)
    assert ("ledger" in access) == JOBS[job].opens_ledger
    assert ("wishes" in access) == bool(JOBS[job].opens_wishes)
    assert ("directory" in access) == (DIRECTORY in JOBS[job].optional_scopes)
    assert ("hours" in access) == (HOURS in JOBS[job].optional_scopes)
    assert bool(access & {"mailbox", "calendar", "outbox"}) == bool(JOBS[job].mailbox_scopes)
    assert ("calendar" in access) == any("/auth/calendar." in scope for scope in JOBS[job].mailbox_scopes)


@pytest.mark.parametrize(
    "never", ["allUsers", "allAuthenticatedUsers", "google_service_account_key", "latest"]
)
def test_never_says_what_would_open_a_door(never: str) -> None:
    assert not re.search(rf'["./]{never}\b|resource "{never}"', WHOLE_CONFIGURATION)


def test_sets_variables_that_the_configuration_knows_and_all_that_it_needs() -> None:
    functions = (INFRA / "functions.tf").read_text(encoding="utf-8")
    given = set(re.findall(r"PEERPACT_\w+", functions)) - {"PEERPACT_"}
    delegates = json.loads((INFRA / "delegates.json").read_text(encoding="utf-8"))
    given |= {f"PEERPACT_{kind.upper()}_DELEGATE" for kind in delegates}
    given |= {f"PEERPACT_{name.upper()}" for job in MAP.values() for name in job["secrets"]}
    assert given <= {*REQUIRED.values(), *OPTIONAL.values(), *ELSEWHERE}
    assert given >= {*REQUIRED.values(), *SECRETS, "PEERPACT_SETUP_DELEGATE", "PEERPACT_REFRESH_TOKEN"}


def test_looks_at_every_right_that_is_given_for_whether_it_is_an_account_of_ours() -> None:
    given = set(
        re.findall(r'resource "(google_\w+_iam_(?:member|binding|policy))" "(\w+)"', WHOLE_CONFIGURATION)
    )
    checked = (INFRA / "tests" / "installation.tftest.hcl").read_text(encoding="utf-8")
    first_run = checked.partition('run "nobody_outside_is_given_anything"')[2].partition("\nrun ")[0]
    assert len(given) == 10
    assert [
        f"{kind}.{name}" for kind, name in given if not re.search(rf"in {kind}\.{name}(\[\*\])? :", first_run)
    ] == []


def test_makes_no_key_and_opens_no_function_to_the_internet() -> None:
    kinds = set(re.findall(r'^(?:resource|data) "(\w+)"', WHOLE_CONFIGURATION, re.MULTILINE))
    assert not {kind for kind in kinds if kind.endswith(("_key", "_account_id_token", "_access_token"))}
    assert re.findall(r"ingress_settings += (.*)", WHOLE_CONFIGURATION) == ['"ALLOW_INTERNAL_ONLY"']
