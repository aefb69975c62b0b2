#!/usr/bin/env bash
# GUESS: a series with until=the start of its last meeting, given with its time zone, has that meeting; so has one with until=its day.
# SEEN:  gcsa writes the clock's hour with a Z behind it, whatever zone it was in, and a day as its midnight in UTC: west of Greenwich
#        the last meeting is missing, and with a day it is missing nearly everywhere.
# HURTS: whoever books the meetings of a round as one series that ends with it: the last one, with the promises, never was.
set -euo pipefail
. "$(dirname "$0")/common.sh"

actual=$(python_with gcsa==2.7.0 python-dateutil==2.9.0.post0 <<'PY'
from datetime import datetime
from importlib.metadata import version
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr
from gcsa.recurrence import WEEKLY, Recurrence

print("gcsa", version("gcsa"))
for zone in ("America/Los_Angeles", "Asia/Tokyo"):
    first = datetime(2027, 1, 4, 17, tzinfo=ZoneInfo(zone))
    last = datetime(2027, 3, 1, 17, tzinfo=ZoneInfo(zone))
    for until in (last, last.date()):
        rule = Recurrence.rule(freq=WEEKLY, interval=4, until=until)
        met = [f"{day:%d %b}" for day in rrulestr(rule, dtstart=first)]
        print(f"{zone}, until={type(until).__name__}: {rule.split(';')[2]}, meetings {', '.join(met)}")
PY
)
as_seen "gcsa 2.7.0
America/Los_Angeles, until=datetime: UNTIL=20270301T170000Z, meetings 04 Jan, 01 Feb
America/Los_Angeles, until=date: UNTIL=20270301T000000Z, meetings 04 Jan, 01 Feb
Asia/Tokyo, until=datetime: UNTIL=20270301T170000Z, meetings 04 Jan, 01 Feb, 01 Mar
Asia/Tokyo, until=date: UNTIL=20270301T000000Z, meetings 04 Jan, 01 Feb" "$actual"
