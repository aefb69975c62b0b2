#!/usr/bin/env bash
# GUESS: a meeting on Sundays at nine in the evening in New York stays on Sundays when a young library unfolds its rule (`ts-ics`, whose
#        events keep the zone beside the moment), or brings it to Microsoft 365 and back (`vdirsyncer-graph` of 2026, `graphpim`).
# SEEN:  both bring the start to UTC, where it is Monday already, and then look for Sundays there: all later ones are on Saturday
#        evening, and the first one is none of them.
# HURTS: whoever meets in an evening in America, or in a morning in Asia: half of them sit there a day early, alone.
set -euo pipefail
. "$(dirname "$0")/common.sh"

actual=$(node_with ts-ics@2.4.6 <<'JS'
import { readFileSync } from "node:fs";
import { convertIcsCalendar, extendByRecurrenceRule } from "ts-ics";

console.log("ts-ics", JSON.parse(readFileSync("node_modules/ts-ics/package.json")).version);
const file = `BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//a//b//EN
BEGIN:VEVENT
UID:1
DTSTAMP:20261101T000000Z
DTSTART;TZID=America/New_York:20261129T210000
DURATION:PT1H
RRULE:FREQ=WEEKLY;BYDAY=SU;COUNT=4
SUMMARY:Ada and Ben
END:VEVENT
END:VCALENDAR
`.replaceAll("\n", "\r\n");
const [event] = convertIcsCalendar(undefined, file).events;
const span = { start: event.start.date, end: new Date("2027-02-01") };
const shown = new Intl.DateTimeFormat("en-GB", { timeZone: "America/New_York", weekday: "short", day: "2-digit", month: "short", hour: "2-digit", minute: "2-digit" });
for (const moment of extendByRecurrenceRule(event.recurrenceRule, span)) console.log(" ", shown.format(moment));
JS
python_with vdirsyncer-graph==0.1.0 icalendar==7.3.0 python-dateutil==2.9.0.post0 <<'PY'
from importlib.metadata import version
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr
from graphpim.events import graph_to_ical, ical_to_graph

print("vdirsyncer-graph", version("vdirsyncer-graph"))
FILE = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//a//b//EN
BEGIN:VEVENT
UID:1
DTSTAMP:20261101T000000Z
DTSTART;TZID=America/New_York:20261129T210000
DURATION:PT1H
RRULE:FREQ=WEEKLY;BYDAY=SU;COUNT=4
SUMMARY:Ada and Ben
END:VEVENT
END:VCALENDAR
""".replace("\n", "\r\n")
event = ical_to_graph(FILE)
print(" ", event["start"], event["recurrence"]["pattern"])
back = graph_to_ical(event | {"id": "1", "iCalUId": "1"})
lines = [line for line in back.splitlines() if line.startswith(("DTSTART", "RRULE"))]
print(" ", *lines)
for moment in rrulestr("\n".join(lines)):
    print(" ", f"{moment.astimezone(ZoneInfo('America/New_York')):%a %d %b, %H:%M}")
PY
)
as_seen "ts-ics 2.4.6
  Sat 05 Dec, 21:00
  Sat 12 Dec, 21:00
  Sat 19 Dec, 21:00
  Sat 26 Dec, 21:00
vdirsyncer-graph 0.1.0
  {'dateTime': '2026-11-30T02:00:00.0000000', 'timeZone': 'UTC'} {'interval': 1, 'type': 'weekly', 'daysOfWeek': ['sunday']}
  DTSTART:20261130T020000Z RRULE:FREQ=WEEKLY;COUNT=4;BYDAY=SU
  Sat 05 Dec, 21:00
  Sat 12 Dec, 21:00
  Sat 19 Dec, 21:00
  Sat 26 Dec, 21:00" "$actual"
