#!/usr/bin/env bash
# GUESS: icalendar's `Timezone.from_tzid`, which `add_missing_timezones` uses, writes every change of the clock between two dates
#        into the VTIMEZONE: whoever reads the file without a database of zones has the same times.
# SEEN:  Morocco leaves its summer time for Ramadan, about five weeks a year; in 2027 (2024, 2032 ... too) neither the change nor the
#        way back is in the file, while 2025, 2026 and 2028 are there. Of the zones with longer spans none differs.
# HURTS: a meeting with a colleague in Casablanca, sent as a file, is an hour off for a whole Ramadan at whoever believes the file.
set -euo pipefail
. "$(dirname "$0")/common.sh"

actual=$(python_with icalendar==7.3.2 python-dateutil==2.9.0.post0 tzdata==2025.3 <<'PY' 2>/dev/null
from datetime import date, datetime
from importlib.metadata import version
from io import StringIO
from zoneinfo import ZoneInfo

from dateutil.tz import tzical
from icalendar import Timezone

print("icalendar", version("icalendar"))
zone = "Africa/Casablanca"
written = Timezone.from_tzid(zone, first_date=date(2025, 1, 1), last_date=date(2029, 1, 1)).to_ical().decode()
read = tzical(StringIO(written.replace("\r\n", "\n"))).get()
for noon in (datetime(2025, 3, 10, 12), datetime(2026, 3, 1, 12), datetime(2027, 2, 15, 12), datetime(2028, 2, 10, 12)):
    in_file, true = (noon.replace(tzinfo=where).strftime("%z") for where in (read, ZoneInfo(zone)))
    print(f"{noon:%d %B %Y}: {true}, by the file {in_file}")
PY
)
as_seen "icalendar 7.3.2
10 March 2025: +0000, by the file +0000
01 March 2026: +0000, by the file +0000
15 February 2027: +0000, by the file +0100
10 February 2028: +0000, by the file +0000" "$actual"
