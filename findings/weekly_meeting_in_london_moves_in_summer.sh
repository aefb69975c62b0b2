#!/usr/bin/env bash
# GUESS: `ical` (the library under Home Assistant's calendars) writes a weekly meeting with the zone of its start, whatever the
#        zone: nine o'clock in London stays nine o'clock, as it does for Berlin.
# SEEN:  a start whose offset from UTC is zero at that moment is written as UTC, and its zone is lost. A series begun in a London
#        or Lisbon winter is an hour later from the end of March on for whoever reads the file; before writing, the same object
#        gives the right hours.
# HURTS: a programme that hands out a year's meetings as a file: right when tried, wrong in spring, and in two countries only.
set -euo pipefail
. "$(dirname "$0")/common.sh"

actual=$(python_with ical==14.3.1 tzdata==2026.6 <<'PY' 2>/dev/null
from datetime import datetime
from importlib.metadata import version
from zoneinfo import ZoneInfo

from ical.calendar import Calendar
from ical.calendar_stream import IcsCalendarStream
from ical.event import Event
from ical.types.recur import Recur

print("ical", version("ical"))
for name in ("Europe/London", "Europe/Lisbon", "Europe/Berlin"):
    zone = ZoneInfo(name)
    first = {"dtstart": datetime(2027, 3, 15, 9, tzinfo=zone), "dtend": datetime(2027, 3, 15, 10, tzinfo=zone)}
    written = Calendar(events=[Event(summary="Meeting", rrule=Recur.from_rrule("FREQ=WEEKLY;COUNT=3"), **first)])
    text = IcsCalendarStream.calendar_to_ics(written)
    read = IcsCalendarStream.calendar_from_ics(text)
    print(next(line for line in text.splitlines() if line.startswith("DTSTART")))
    for what, calendar in (("before", written), ("after", read)):
        found = calendar.timeline.included(datetime(2027, 3, 1, tzinfo=zone), datetime(2027, 5, 1, tzinfo=zone))
        print(f"  {what}:", ", ".join(f"{e.dtstart.astimezone(zone):%d %b %H:%M}" for e in found))
PY
)
as_seen "ical 14.3.1
DTSTART:20270315T090000Z
  before: 15 Mar 09:00, 22 Mar 09:00, 29 Mar 09:00
  after: 15 Mar 09:00, 22 Mar 09:00, 29 Mar 10:00
DTSTART:20270315T090000Z
  before: 15 Mar 09:00, 22 Mar 09:00, 29 Mar 09:00
  after: 15 Mar 09:00, 22 Mar 09:00, 29 Mar 10:00
DTSTART;TZID=Europe/Berlin:20270315T090000
  before: 15 Mar 09:00, 22 Mar 09:00, 29 Mar 09:00
  after: 15 Mar 09:00, 22 Mar 09:00, 29 Mar 09:00" "$actual"
