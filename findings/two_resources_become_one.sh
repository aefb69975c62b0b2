#!/usr/bin/env bash
# GUESS: an event that icalendar reads and writes again says the same: CATEGORIES, RESOURCES and REQUEST-STATUS are lists and
#        structures in RFC 5545 alike, and a comma or semicolon that parts them stays one.
# SEEN:  only CATEGORIES does. Two resources come back as one whose name has a comma in it, and the parts of a request status as
#        one text: the file has escapes that were not there. In the JSON form the status has its parts, the resources are one.
# HURTS: whatever sits between two calendars (a filter, a merger, a gateway): the room and its projector are one thing that
#        nobody has, and a guest's "2.8" or "3.7" has no code any more.
set -euo pipefail
. "$(dirname "$0")/common.sh"

actual=$(python_with icalendar==7.3.2 <<'PY' 2>/dev/null
import json
from importlib.metadata import version

import icalendar

LINES = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//example//EN
BEGIN:VEVENT
UID:1@example.com
DTSTAMP:20261201T080000Z
DTSTART:20261207T090000Z
CATEGORIES:Mentoring,First meeting
RESOURCES:Room 4,Projector
REQUEST-STATUS:3.7;Invalid calendar user;ATTENDEE:mailto:ben@example.com
END:VEVENT
END:VCALENDAR"""
print("icalendar", version("icalendar"))
calendar = icalendar.Calendar.from_ical(LINES.replace("\n", "\r\n") + "\r\n")
again = calendar.to_ical().decode()
print("\n".join(line for line in again.splitlines() if line.startswith(("CATEGORIES", "RESOURCES", "REQUEST"))))
event = calendar.to_jcal()[2][0]
print("\n".join(json.dumps(entry) for entry in event[1] if entry[0] in {"categories", "resources", "request-status"}))
PY
)
as_seen 'icalendar 7.3.2
CATEGORIES:Mentoring,First meeting
REQUEST-STATUS:3.7\;Invalid calendar user\;ATTENDEE:mailto:ben@example.com
RESOURCES:Room 4\,Projector
["categories", {}, "text", "Mentoring", "First meeting"]
["resources", {}, "text", "Room 4,Projector"]
["request-status", {}, "text", ["3.7", "Invalid calendar user", "ATTENDEE:mailto:ben@example.com"]]' "$actual"
