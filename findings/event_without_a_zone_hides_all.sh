#!/usr/bin/env bash
# GUESS: icalendar-events-cli lists a calendar's events of a span; an event without a zone (a floating time, as phones write "nine
#        o'clock wherever I am") is among them, by some clock or other.
# SEEN:  alone it is listed, and so are the others without it. Together no event is: the list ends with an error about comparing
#        dates, which names neither the event nor what to do.
# HURTS: whoever shows a team's calendar from feeds of others: one floating reminder, and the page is empty. (What goes into the
#        program is fixed, so that the day doesn't matter.)
set -euo pipefail
. "$(dirname "$0")/common.sh"

actual=$(python_with icalendar-events-cli==2.0.2 icalendar==7.3.0 recurring-ical-events==3.8.2 x-wr-timezone==2.0.1 <<'PY' 2>&1
import pathlib
import subprocess
import sys
from importlib.metadata import version

ZONED = "BEGIN:VEVENT\r\nUID:1\r\nDTSTAMP:20260301T080000Z\r\nDTSTART:20260311T090000Z\r\nDTEND:20260311T100000Z\r\nSUMMARY:first meeting\r\nEND:VEVENT\r\n"
FLOATING = "BEGIN:VEVENT\r\nUID:2\r\nDTSTAMP:20260301T080000Z\r\nDTSTART:20260312T100000\r\nDTEND:20260312T110000\r\nSUMMARY:reminder\r\nEND:VEVENT\r\n"


def listed(events):
    path = pathlib.Path("calendar.ics").resolve()
    path.write_bytes(f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//y//EN\r\n{events}END:VCALENDAR\r\n".encode())
    command = [pathlib.Path(sys.executable).parent / "icalendar-events-cli", "--calendar.url", path.as_uri()]
    span = ["-s", "2026-03-01T00:00:00+00:00", "-e", "2026-03-31T00:00:00+00:00"]
    done = subprocess.run([*command, *span], capture_output=True, text=True, check=False)
    found = [line.rsplit("| ")[-1] for line in done.stdout.splitlines() if "->" in line]
    errors = [line for line in (done.stdout + done.stderr).splitlines() if line.startswith("Exception")]
    return found, errors


print("icalendar-events-cli", version("icalendar-events-cli"))
for name, events in (("zoned", ZONED), ("floating", FLOATING), ("both", ZONED + FLOATING)):
    print(f"{name}:", *listed(events))
PY
)
as_seen "icalendar-events-cli 2.0.2
zoned: ['first meeting'] []
floating: ['reminder'] []
both: [] [\"Exception: can't compare offset-naive and offset-aware datetimes\"]" "$actual"
