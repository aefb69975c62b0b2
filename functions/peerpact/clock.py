"""What an entry takes of the machine's time: what time it is, and where the world's time zones are looked up."""

from __future__ import annotations

import zoneinfo
from collections.abc import Mapping
from datetime import UTC, datetime

GIVEN = "PEERPACT_TIME"


def now(environment: Mapping[str, str]) -> datetime:
    """Return the time, or the one that is given so that a laptop may play another day on a local Workspace."""
    given = environment.get(GIVEN, "")
    return datetime.fromisoformat(given).astimezone(UTC) if given else datetime.now(UTC)


def pin_time_zones() -> None:
    """Look zones up in the pinned tzdata wheel alone: a machine's own files may be years older, and differ."""
    zoneinfo.reset_tzpath(to=())
    zoneinfo.ZoneInfo.clear_cache()
