#!/usr/bin/env bash
# GUESS: `ts-ics` puts quotation marks around an attendee's name that has a comma, semicolon or colon, as directories show people
#        (“Roy, Ben”; RFC 5545, 3.1 and 3.2), and any library reads name, answer and address back.
# SEEN:  names are written bare. A comma makes two names in icalendar. After a semicolon ts-ics has half a name, and icalendar leaves
#        the person out. After a colon the rest of the line, the answer with it, is the address, for ts-ics itself, too.
# HURTS: whoever counts answers to invitations: how people are called decides whether theirs arrives.
set -euo pipefail
. "$(dirname "$0")/common.sh"

written=$(node_with ts-ics@2.4.6 <<'JS'
import { generateIcsCalendar } from "ts-ics";

const at = (hour) => ({ date: new Date(`2026-11-30T${hour}:00:00Z`) });
const named = (name) => ({ name, email: "ben@example.org", partstat: "DECLINED" });
const event = { summary: "Ada, Ben", uid: "1", stamp: at("08"), start: at("09"), end: at("10") };
const attendees = ["Ben Roy", "Roy, Ben", "Ben Roy; HR", "HR: Ben Roy"].map(named);
console.log(generateIcsCalendar({ version: "2.0", prodId: "-//a//b//EN", method: "REPLY", events: [{ ...event, attendees }] }));
JS
)
actual=$(FILE=$written node_with ts-ics@2.4.6 <<'JS'
import { readFileSync } from "node:fs";
import { convertIcsCalendar } from "ts-ics";

console.log("ts-ics", JSON.parse(readFileSync("node_modules/ts-ics/package.json")).version);
console.log(process.env.FILE.match(/^ATTENDEE.*$/gm).map((line) => line.trim()).join("\n"));
for (const person of convertIcsCalendar(undefined, process.env.FILE).events[0].attendees) {
    console.log(" ", [person.name, person.partstat ?? "no answer", person.email].join(" | "));
}
JS
FILE=$written python_with icalendar==7.3.0 <<'PY'
import os
from importlib.metadata import version

from icalendar import Calendar

print("icalendar", version("icalendar"))
[event] = Calendar.from_ical(os.environ["FILE"]).walk("VEVENT")
for person in event["ATTENDEE"]:
    print(" ", person.params["CN"], "|", person.params.get("PARTSTAT", "no answer"), "|", person)
PY
)
as_seen "ts-ics 2.4.6
ATTENDEE;CN=Ben Roy;PARTSTAT=DECLINED:MAILTO:ben@example.org
ATTENDEE;CN=Roy, Ben;PARTSTAT=DECLINED:MAILTO:ben@example.org
ATTENDEE;CN=Ben Roy; HR;PARTSTAT=DECLINED:MAILTO:ben@example.org
ATTENDEE;CN=HR: Ben Roy;PARTSTAT=DECLINED:MAILTO:ben@example.org
  Ben Roy | DECLINED | ben@example.org
  Roy, Ben | DECLINED | ben@example.org
  Ben Roy | DECLINED | ben@example.org
  HR | no answer |  Ben Roy;PARTSTAT=DECLINED:ben@example.org
icalendar 7.3.0
  Ben Roy | DECLINED | MAILTO:ben@example.org
  ['Roy', ' Ben'] | DECLINED | MAILTO:ben@example.org
  HR | no answer |  Ben Roy;PARTSTAT=DECLINED:MAILTO:ben@example.org" "$actual"
