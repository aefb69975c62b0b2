"""What the entry points do: one run of a job from the environment's configuration, and its HTTP answer."""

from __future__ import annotations

import logging
import os
from datetime import UTC, datetime, timedelta

from peerpact.config import from_environment
from peerpact.errors import GoogleError, OutOfTime, PeerpactError
from peerpact.google.doors import Doors
from peerpact.jobs.job import LONGEST_RUN, run
from peerpact.jobs.table import JOBS

log = logging.getLogger(__name__)

Answer = tuple[dict[str, object], int]


def serve(name: str) -> Answer:
    """Run one job now. Permanent faults answer 200: they are told to the admins, and a retry can't help."""
    job = JOBS[name]
    try:
        config = from_environment(os.environ)
        outcome = run(job, lambda: Doors(config, scopes=job.mailbox_scopes), _now, deadline=_deadline())
    except OutOfTime as later:
        return {"job": name, "state": "continue", "why": str(later)}, 503
    except GoogleError as error:
        log.error("%s", error, extra={"job": name})
        return {"job": name, "state": "failed", "why": str(error)}, 200 if error.permanent else 503
    except PeerpactError as error:
        log.error("%s", error, extra={"job": name})
        return {"job": name, "state": "failed", "why": str(error)}, 200
    return {"job": name, "state": "done", "actions": len(outcome.plan.actions)}, 200


def _now() -> datetime:
    """The edge's clock; a local Workspace's time can be given, so that a laptop may play another day."""
    given = os.environ.get("PEERPACT_TIME", "")
    return datetime.fromisoformat(given).astimezone(UTC) if given else datetime.now(UTC)


def _deadline() -> timedelta:
    seconds = os.environ.get("CLOUD_RUN_TIMEOUT_SECONDS", "")
    return timedelta(seconds=int(seconds)) if seconds.isdigit() else LONGEST_RUN
