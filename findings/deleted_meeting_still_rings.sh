#!/usr/bin/env bash
# GUESS: `kcal delete` takes one event out of a calendar file: what belongs to it, its alarm above all, goes with it, and the rest of the
#        file stays as it was.
# SEEN:  the alarm stays behind, in no event. All that is within another is put beside it as well: the alarm of the meeting that stays
#        is there twice, and the zone's summer and winter stand in the calendar by themselves, where RFC 5545 (3.6) has none of these.
# HURTS: whoever lets a script tidy a calendar: of the meeting that was called off the reminder is left, and what takes a file at its
#        word no longer takes this one.
set -euo pipefail
. "$(dirname "$0")/common.sh"

actual=$(python_with kcal-cli==0.2.0 icalendar==7.3.0 <<'PY'
import pathlib
import subprocess
import sys
from importlib.metadata import version

from icalendar import Calendar

ALARM = "BEGIN:VALARM\nACTION:DISPLAY\nTRIGGER:-PT15M\nDESCRIPTION:{0} meet soon\nEND:VALARM\n"
EVENT = "BEGIN:VEVENT\nUID:{0}\nDTSTAMP:20261101T080000Z\nDTSTART;TZID=Lyon:20261201T090000\nSUMMARY:{0}\n" + ALARM + "END:VEVENT\n"
HALF = "BEGIN:{0}\nDTSTART:{1}T030000\nRRULE:FREQ=YEARLY;BYMONTH={2};BYDAY=-1SU\nTZOFFSETFROM:{3}\nTZOFFSETTO:{4}\nEND:{0}\n"
SUMMER = HALF.format("DAYLIGHT", 19700329, 3, "+0100", "+0200")
WINTER = HALF.format("STANDARD", 19701025, 10, "+0200", "+0100")
ZONE = f"BEGIN:VTIMEZONE\nTZID:Lyon\n{SUMMER}{WINTER}END:VTIMEZONE\n"


def shown(part):
    inner = [shown(each) for each in part.subcomponents]
    return " ".join([part.name, *filter(None, [part.get("SUMMARY") or part.get("DESCRIPTION")])]) + (f" ({', '.join(inner)})" if inner else "")


path = pathlib.Path("calendar.ics")
events = EVENT.format("Ada and Ben") + EVENT.format("Eva and Roy")
path.write_bytes(f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//a//b//EN\n{ZONE}{events}END:VCALENDAR\n".replace("\n", "\r\n").encode())
print("kcal-cli", version("kcal-cli"))
print("before:", *(shown(part) for part in Calendar.from_ical(path.read_bytes()).subcomponents), sep="\n  ")
kcal = pathlib.Path(sys.executable).parent / "kcal"
subprocess.run([kcal, "--file", path, "delete", "Eva and Roy"], check=True, capture_output=True)
print("after:", *(shown(part) for part in Calendar.from_ical(path.read_bytes()).subcomponents), sep="\n  ")
PY
)
as_seen "kcal-cli 0.2.0
before:
  VTIMEZONE (DAYLIGHT, STANDARD)
  VEVENT Ada and Ben (VALARM Ada and Ben meet soon)
  VEVENT Eva and Roy (VALARM Eva and Roy meet soon)
after:
  VTIMEZONE (DAYLIGHT, STANDARD)
  DAYLIGHT
  STANDARD
  VEVENT Ada and Ben (VALARM Ada and Ben meet soon)
  VALARM Ada and Ben meet soon
  VALARM Eva and Roy meet soon" "$actual"
