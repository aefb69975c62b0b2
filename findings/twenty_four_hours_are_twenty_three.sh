#!/usr/bin/env bash
# GUESS: icalendar tells an event's end as RFC 5545 (3.8.2.5) defines durations: P1D ends at the same hour of the next day,
#        PT24H after exactly 24 hours, an hour of the clock later when summer time begins in between.
# SEEN:  both end at 10:00, and so PT24H lasts 23 hours.
# HURTS: whoever reads out-of-office events and long meetings around the two weekends a year: free time is taken for busy,
#        and a reminder for “24 hours later” is an hour early.
set -euo pipefail
. "$(dirname "$0")/common.sh"

actual=$(python_with icalendar==7.3.2 tzdata==2026.6 <<'PY'
from datetime import timezone

import icalendar

print("icalendar", icalendar.__version__)
EVENT = (
    "BEGIN:VEVENT\r\nUID:{0}\r\nDTSTAMP:20260101T000000Z\r\n"
    "DTSTART;TZID=Europe/Berlin:20260328T100000\r\nDURATION:{0}\r\nEND:VEVENT\r\n"
)
both = "".join(map(EVENT.format, ("P1D", "PT24H")))
calendar = icalendar.Calendar.from_ical(
    f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//findings//EN\r\n{both}END:VCALENDAR\r\n"
)
for event in calendar.walk("VEVENT"):
    lasts = event.end.astimezone(timezone.utc) - event.start.astimezone(timezone.utc)
    print(event["UID"], event.end.isoformat(), lasts)
PY
)
as_seen "icalendar 7.3.2
P1D 2026-03-29T10:00:00+02:00 23:00:00
PT24H 2026-03-29T10:00:00+02:00 23:00:00" "$actual"
