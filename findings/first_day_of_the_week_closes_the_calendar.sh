#!/usr/bin/env bash
# GUESS: ical.js reads an iCalendar file into jCal (RFC 7265), and icalendar reads that jCal. A series that names the day on which weeks
#        begin, as Google Calendar writes it (WKST=SU), has `"wkst": "SU"` there (3.6.10: the rule's own two letters).
# SEEN:  ical.js makes it `"wkst": 1`. icalendar wants a text and takes nothing of the calendar. The other way all is well: icalendar's
#        "SU" is read by ical.js, whose own `toJSON` of the rule writes "SU", too.
# HURTS: whoever hands calendars from a page to a server as jCal, which is there for that: one series with WKST, and no event arrives.
set -euo pipefail
. "$(dirname "$0")/common.sh"

written=$(node_with ical.js@2.2.1 <<'JS'
import { readFileSync } from "node:fs";
import ICAL from "ical.js";

const event = (uid, rule) => ["BEGIN:VEVENT", `UID:${uid}`, "DTSTAMP:20261130T080000Z", "DTSTART:20261201T080000Z", `RRULE:${rule}`, "END:VEVENT"];
const file = (...events) => ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//a//b//EN", ...events.flat(), "END:VCALENDAR"].join("\r\n");
const [weekly, sunday] = [event("1", "FREQ=WEEKLY;BYDAY=TU"), event("2", "FREQ=WEEKLY;WKST=SU;BYDAY=TU")];
const version = JSON.parse(readFileSync("node_modules/ical.js/package.json")).version;
const own = ICAL.Recur.fromString("FREQ=WEEKLY;WKST=SU;BYDAY=TU").toJSON();
console.log(JSON.stringify({ version, own, calendars: [file(weekly), file(weekly, sunday)].map((text) => ICAL.parse(text)) }));
JS
)
actual=$(WRITTEN=$written python_with icalendar==7.3.2 <<'PY'
import json
import os
from importlib.metadata import version

from icalendar import Calendar

written = json.loads(os.environ["WRITTEN"])
print("ical.js", written["version"], "icalendar", version("icalendar"))
print("toJSON:", json.dumps(written["own"]))
for calendar in written["calendars"]:
    print("parsed:", *(json.dumps(part[3]) for event in calendar[2] for part in event[1] if part[0] == "rrule"))
    try:
        print(" events:", len(Calendar.from_jcal(calendar).events))
    except ValueError as error:
        print(" ", type(error).__name__, str(error).partition(" in ")[2])
PY
)
as_seen "ical.js 2.2.1 icalendar 7.3.2
toJSON: {\"freq\": \"WEEKLY\", \"byday\": \"TU\", \"wkst\": \"SU\"}
parsed: {\"freq\": \"WEEKLY\", \"byday\": \"TU\"}
 events: 1
parsed: {\"freq\": \"WEEKLY\", \"byday\": \"TU\"} {\"freq\": \"WEEKLY\", \"wkst\": 1, \"byday\": \"TU\"}
  JCalParsingError vWeekday: The value must be a string. Got value: 1" "$actual"
