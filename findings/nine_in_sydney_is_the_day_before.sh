#!/usr/bin/env bash
# GUESS: `icu4py` (2026's bindings to ICU) formats a datetime that carries a zone by the clock of that zone, as str and strftime do.
# SEEN:  the zone is dropped: the moment is shown by the clock of the machine, named after it, and no argument says another. Monday,
#        9:00 in Sydney is Sunday evening on a server in UTC. A datetime without a zone is shown as it is.
# HURTS: whoever writes to people in several zones: each is invited for the hour, and the day, that the server has.
set -euo pipefail
. "$(dirname "$0")/common.sh"

actual=$(python_with icu4py==1.2.0 <<'PY' 2>/dev/null
import os
import time

os.environ["TZ"] = "UTC"
time.tzset()

from datetime import datetime
from importlib.metadata import version
from zoneinfo import ZoneInfo

from icu4py.messageformat import MessageFormat

print("icu4py", version("icu4py"))
PATTERN = "{start, date, ::EEEMMMd}, {start, time, ::jmz}"
for place in ("Australia/Sydney", "Europe/Berlin", "America/New_York"):
    start = datetime(2026, 11, 30, 9, 0, tzinfo=ZoneInfo(place))
    shown = MessageFormat(PATTERN, "en").format({"start": start}).replace("\u202f", " ")
    print(f"{start:%a %d, %H:%M %Z} is shown as {shown}")
shown = MessageFormat(PATTERN, "en").format({"start": datetime(2026, 11, 30, 9, 0)}).replace("\u202f", " ")
print(f"the same without a zone as {shown}")
PY
)
as_seen "icu4py 1.2.0
Mon 30, 09:00 AEDT is shown as Sun, Nov 29, 10:00 PM UTC
Mon 30, 09:00 CET is shown as Mon, Nov 30, 8:00 AM UTC
Mon 30, 09:00 EST is shown as Mon, Nov 30, 2:00 PM UTC
the same without a zone as Mon, Nov 30, 9:00 AM UTC" "$actual"
