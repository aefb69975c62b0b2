"""What the entry points do: one run of a job from the environment's configuration, its HTTP answer and its log lines.

Each run writes one line of JSON to standard output, which Cloud Logging takes apart; alerts look at these lines
(infra/monitoring.tf). They hold names of jobs, counts and our own sentences, never what people wrote.
"""

from __future__ import annotations

import os
import sys
import traceback
from datetime import datetime, timedelta
from pathlib import Path

from peerpact import clock, logs
from peerpact.config import Config, from_environment
from peerpact.errors import GoogleError, OutOfTime, PeerpactError
from peerpact.google.access import Access
from peerpact.google.leases import Leases
from peerpact.jobs.catalogue import JOBS, units
from peerpact.jobs.job import LONGEST_RUN, run

HEARTBEAT = "check_roster"
"""The job that runs hourly and then says of each job how long ago it succeeded."""
NEVER = 8760
"""Hours that stand for a job that has never succeeded."""

_OURS = Path(__file__).resolve().parent

Answer = tuple[dict[str, object], int]


def serve(name: str) -> Answer:
    """Run one job now. Permanent faults answer 200: they are told to the admins, and a retry can't help.

    A bug answers 500, and says where it is, not what it was about: that could be somebody's words.
    """
    logs.to_stream()
    clock.pin_time_zones()
    unit = os.environ.get("PEERPACT_UNIT", "") or name
    try:
        config = from_environment(os.environ)
        logs.key_secret.set(config.secret("log_key"))
        answer, status = _run(name, config)
    except OutOfTime as later:
        answer, status = {"job": unit, "state": "continue", "why": str(later)}, 503
    except GoogleError as error:
        # Too fast, too much, or overtaken: as where our own pace ends a run. The alarm for hours without success tells
        # if it lasts.
        goes_on = error.passes or not (error.permanent or error.ambiguous)
        state, status = "continue" if goes_on else "failed", 200 if error.permanent else 503
        answer = {"job": unit, "state": state, "why": str(error)}
    except PeerpactError as error:
        answer, status = {"job": unit, "state": "failed", "why": str(error)}, 200
    except Exception as bug:
        answer, status = {"job": unit, "state": "failed", "why": _where(bug)}, 500
    _log("ERROR" if answer["state"] == "failed" else "INFO", answer)
    return {k: logs.without_addresses(v) for k, v in answer.items()}, status


def _where(bug: Exception) -> str:
    """Say what kind of bug it is and which of our lines led there."""
    frames = traceback.extract_tb(bug.__traceback__)
    ours = [f"{Path(f.filename).name}:{f.lineno}" for f in frames if Path(f.filename).is_relative_to(_OURS)]
    return (
        f"A bug in Peerpact: {type(bug).__name__} at {' > '.join(ours)}. The next run tries again; please tell "
        "Peerpact's makers this line."
    )


def _run(name: str, config: Config) -> Answer:
    job = JOBS[name]
    for secret in job.secrets:
        config.secret(secret)
    outcome = run(job, lambda: Access(config, scopes=job.mailbox_scopes), _now, deadline=_deadline())
    leases = Access(config, scopes=()).leases
    if leases:
        leases.note_success(config.unit or name, _now())
    if leases and name == HEARTBEAT:
        _say_who_is_alive(leases, config)
    answer: dict[str, object] = {
        "job": config.unit or name,
        "state": "done",
        "actions": len(outcome.plan.actions),
    }
    if outcome.needs_a_person is not None:
        answer["needs_a_person"] = outcome.needs_a_person
    return answer, 200


def _say_who_is_alive(leases: Leases, config: Config) -> None:
    now = _now()
    for job in units(place.unit for place in config.mailboxes):
        last = leases.last_success(job)
        hours = round((now - last) / timedelta(hours=1), 1) if last else NEVER
        _log("INFO", {"job": job, "state": "heartbeat", "hours_since_success": hours})


def _log(severity: str, what: dict[str, object]) -> None:
    message = " ".join(str(what[k]) for k in ("job", "state", "why") if k in what)
    sys.stdout.write(logs.line(severity, what, message) + "\n")
    sys.stdout.flush()


def _now() -> datetime:
    return clock.now(os.environ)


def _deadline() -> timedelta:
    seconds = os.environ.get("CLOUD_RUN_TIMEOUT_SECONDS", "")
    return timedelta(seconds=int(seconds)) if seconds.isdecimal() else LONGEST_RUN
