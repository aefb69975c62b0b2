#!/usr/bin/env bash
# GUESS: two events, one in Chicago and one in Shanghai, keep their moments in one iCalendar file, as each zone has a name of its own.
# SEEN:  vobject names a zone by its abbreviation; both are CST, the second zone isn't written, and Shanghai's nine o'clock is fourteen
#        hours late for every program that reads the file.
# HURTS: whoever sends the meetings of a company with people in America and Asia as one calendar.
set -euo pipefail
. "$(dirname "$0")/common.sh"

actual=$(python_with vobject==0.9.9 icalendar==7.3.2 <<'PY'
from datetime import UTC, datetime
from importlib.metadata import version
from zoneinfo import ZoneInfo

import icalendar
import vobject

print("vobject", version("vobject"))
calendar = vobject.iCalendar()
for zone in ("America/Chicago", "Asia/Shanghai"):
    event = calendar.add("vevent")
    event.add("uid").value = event.add("summary").value = zone
    event.add("dtstart").value = datetime(2026, 12, 1, 9, tzinfo=ZoneInfo(zone))
written = calendar.serialize()
print("zones written:", [line for line in written.splitlines() if line.startswith("TZID")])
for event in icalendar.Calendar.from_ical(written).events:
    meant = datetime(2026, 12, 1, 9, tzinfo=ZoneInfo(event["SUMMARY"])).astimezone(UTC)
    print(f"{event['SUMMARY']}: meant {meant:%d %H:%M}, read {event.start.astimezone(UTC):%d %H:%M} UTC")
PY
)
as_seen "vobject 0.9.9
zones written: ['TZID:CST']
America/Chicago: meant 01 15:00, read 01 15:00 UTC
Asia/Shanghai: meant 01 01:00, read 01 15:00 UTC" "$actual"
