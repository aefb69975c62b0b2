#!/usr/bin/env bash
# GUESS: icalendar reads each file by the description of the zone that the file itself brings. Outlook calls every zone of its own
#        making "Customized Time Zone", so the name says nothing from one file to the next.
# SEEN:  the first description of a name is kept for as long as the process lives, and every later file with that name is read
#        by it: nine o'clock in Pune is half past three (UTC) when its file comes first, and eight when Berlin's did.
# HURTS: a service that reads many people's invitations: an hour depends on whose came first since its start, and no test with
#        one file shows it.
set -euo pipefail
. "$(dirname "$0")/common.sh"

actual=$(python_with icalendar==7.3.2 <<'PY' 2>/dev/null
import subprocess
import sys
from importlib.metadata import version

READ = '''
import sys
from datetime import UTC

import icalendar

FILE = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//example//EN
BEGIN:VTIMEZONE
TZID:Customized Time Zone
BEGIN:STANDARD
DTSTART:16010101T000000
TZOFFSETFROM:{0}
TZOFFSETTO:{0}
END:STANDARD
END:VTIMEZONE
BEGIN:VEVENT
UID:meeting@example.com
DTSTAMP:20261130T080000Z
DTSTART;TZID=Customized Time Zone:20261207T090000
END:VEVENT
END:VCALENDAR
"""
for offset in sys.argv[1:]:
    meeting = icalendar.Calendar.from_ical(FILE.format(offset).replace("\\n", "\\r\\n")).events[0]
    print(f"  09:00 at {offset} is read as {meeting.start.astimezone(UTC):%H:%M} UTC")
'''
print("icalendar", version("icalendar"))
for offsets in (["+0100"], ["+0530"], ["+0100", "+0530"], ["+0530", "+0100"]):
    print(" then ".join(offsets))
    print(subprocess.run([sys.executable, "-c", READ, *offsets], capture_output=True, text=True, check=True).stdout, end="")
PY
)
as_seen "icalendar 7.3.2
+0100
  09:00 at +0100 is read as 08:00 UTC
+0530
  09:00 at +0530 is read as 03:30 UTC
+0100 then +0530
  09:00 at +0100 is read as 08:00 UTC
  09:00 at +0530 is read as 08:00 UTC
+0530 then +0100
  09:00 at +0530 is read as 03:30 UTC
  09:00 at +0100 is read as 03:30 UTC" "$actual"
