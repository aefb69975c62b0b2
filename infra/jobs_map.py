"""Writes infra/jobs.json and delegates.json anew from the code's list of jobs; a function's size in them is kept.

    python infra/jobs_map.py

A test compares both with the code.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

from peerpact.google.scopes import SCOPES
from peerpact.jobs.catalogue import JOBS, Job

HERE = Path(__file__).resolve().parent
USUAL = {"timeout_seconds": 540, "memory": "512Mi"}


def jobs_map(before: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    """Return what Terraform reads of each job; its time-out and memory as they were, or the usual ones."""
    return {name: _described(job, before.get(name, {})) for name, job in JOBS.items()}


def _described(job: Job, before: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "schedule": job.schedule,
        **{part: before.get(part, usual) for part, usual in USUAL.items()},
        "longest_silence_hours": round(job.longest_silence / timedelta(hours=1)),
        "is_of_mailbox": job.is_of_mailbox,
        "reads_other_mailboxes": job.reads_other_mailboxes,
        "opens_ledger": job.opens_ledger,
        "opens_wishes": job.opens_wishes,
        "mailbox_scopes": list(job.mailbox_scopes),
        "optional_scopes": list(job.optional_scopes),
        "secrets": list(job.secrets),
    }


def written(value: object) -> str:
    return json.dumps(value, indent=2) + "\n"


def main() -> None:
    jobs, delegates = HERE / "jobs.json", HERE / "delegates.json"
    jobs.write_text(written(jobs_map(json.loads(jobs.read_text(encoding="utf-8")))), encoding="utf-8")
    delegates.write_text(written({k: list(scopes) for k, scopes in SCOPES.items()}), encoding="utf-8")
    sys.stdout.write(f"{jobs.name} and {delegates.name}: {len(JOBS)} jobs\n")


if __name__ == "__main__":
    main()
