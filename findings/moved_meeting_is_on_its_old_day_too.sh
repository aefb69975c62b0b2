#!/usr/bin/env bash
# GUESS: whether a meeting of a series that was moved still is on its old day doesn't depend on how long a span is asked for.
# SEEN:  icalevents, asked for the month, has it on the new day alone; asked for the old day, it has it there, too, as if it had never
#        been moved: what replaces an occurrence counts only where it lies in the span itself. recurring-ical-events has it once.
# HURTS: whoever looks for free time a day or a week at a time: a time that was given up stays taken, and a reminder goes out for it.
set -euo pipefail
. "$(dirname "$0")/common.sh"

actual=$(python_with icalevents==0.3.1 recurring-ical-events==3.8.2 icalendar==7.3.2 <<'PY'
from datetime import UTC, datetime
from importlib.metadata import version

import icalendar
import recurring_ical_events
from icalevents.icalparser import parse_events

print("icalevents", version("icalevents"), "recurring-ical-events", version("recurring-ical-events"))
CALENDAR = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//example//calendar//EN
BEGIN:VEVENT
UID:series@example.com
DTSTAMP:20261001T080000Z
DTSTART:20261102T090000Z
DTEND:20261102T100000Z
RRULE:FREQ=WEEKLY;COUNT=3
SUMMARY:Mentoring
END:VEVENT
BEGIN:VEVENT
UID:series@example.com
DTSTAMP:20261001T080000Z
RECURRENCE-ID:20261109T090000Z
DTSTART:20261112T090000Z
DTEND:20261112T100000Z
SUMMARY:Mentoring, moved
END:VEVENT
END:VCALENDAR
""".replace("\n", "\r\n")
parsed = icalendar.Calendar.from_ical(CALENDAR)
for words, first, last in (("month", 1, 30), ("9th", 9, 10), ("12th", 12, 13)):
    span = datetime(2026, 11, first, tzinfo=UTC), datetime(2026, 11, last, tzinfo=UTC)
    one = sorted(e.start.day for e in parse_events(CALENDAR, start=span[0], end=span[1]))
    other = sorted(e.start.day for e in recurring_ical_events.of(parsed).between(*span))
    print(f"{words}: icalevents {one}, recurring-ical-events {other}")
PY
)
as_seen "icalevents 0.3.1 recurring-ical-events 3.8.2
month: icalevents [2, 12, 16], recurring-ical-events [2, 12, 16]
9th: icalevents [9], recurring-ical-events []
12th: icalevents [12], recurring-ical-events [12]" "$actual"
