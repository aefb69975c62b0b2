#!/usr/bin/env bash
# GUESS: an iCalendar file that describes its time zone itself (VTIMEZONE), under the name that Outlook gives it, is read by that
#        description, whatever the name.
# SEEN:  ics knows zones by IANA's names only; any other name is UTC without a word, so nine in Berlin is nine in Greenwich.
# HURTS: whoever takes answers to invitations from Outlook: a meeting that wasn't moved seems moved by an hour or two.
set -euo pipefail
. "$(dirname "$0")/common.sh"

actual=$(python_with ics==0.7.3 icalendar==7.3.2 <<'PY'
from datetime import UTC
from importlib.metadata import version

import icalendar
import ics

print("ics", version("ics"))
WRITTEN = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//example//EN
BEGIN:VTIMEZONE
TZID:{zone}
BEGIN:STANDARD
DTSTART:19961027T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:19960331T020000
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
END:DAYLIGHT
END:VTIMEZONE
BEGIN:VEVENT
UID:1
DTSTAMP:20260101T000000Z
DTSTART;TZID={zone}:20260701T090000
DTEND;TZID={zone}:20260701T094500
SUMMARY:First meeting
END:VEVENT
END:VCALENDAR
"""
for zone in ("Europe/Berlin", "W. Europe Standard Time"):
    text = WRITTEN.format(zone=zone).replace("\n", "\r\n")
    [event] = ics.Calendar(text).events
    [other] = icalendar.Calendar.from_ical(text).events
    print(f"{zone}: ics {event.begin.to('utc'):HH:mm}, icalendar {other.start.astimezone(UTC):%H:%M} UTC")
PY
)
as_seen "ics 0.7.3
Europe/Berlin: ics 07:00, icalendar 07:00 UTC
W. Europe Standard Time: ics 09:00, icalendar 07:00 UTC" "$actual"
