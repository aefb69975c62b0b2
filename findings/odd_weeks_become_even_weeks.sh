#!/usr/bin/env bash
# GUESS: yaml2ical's `biweekly-odd` is “on odd weeks” of ISO's count, as its page says, whenever the file was made: two teams of one
#        room, one in odd weeks and one in even ones, never meet in it at once, and its check for conflicts is right to find none.
# SEEN:  a first day is looked for in an odd week, and from there it is every second week. 2026 has 53 weeks: a series from December
#        is in the even weeks of 2027. Made in January, the same lines give all the other Mondays; and “odd” of December is in the
#        room with “even” of January, each time, all year.
# HURTS: whoever plans fortnightly meetings by odd and even: all is well until a year of 53 weeks, which comes every five or six.
set -euo pipefail
. "$(dirname "$0")/common.sh"

actual=$(python_with yaml2ical==0.15.0 icalendar==7.3.0 recurring-ical-events==3.8.2 pytz==2026.6 PyYAML==6.0.3 <<'PY' 2>/dev/null
from datetime import date
from importlib.metadata import version

import recurring_ical_events
from icalendar import Calendar
from yaml2ical.ical import Yaml2IcalCalendar
from yaml2ical.meeting import Meeting


def made(frequency, first):
    lines = f"project: pairs\nchair: Ada\ndescription: we meet\nschedule:\n- {{time: '0900', day: Monday, irc: room, start_date: {first}, frequency: {frequency}}}"
    return Meeting.fromstring(lines)


def days(meeting):
    calendar = Yaml2IcalCalendar()
    calendar.add_meeting(meeting)
    found = recurring_ical_events.of(Calendar.from_ical(calendar.to_ical())).between(date(2026, 12, 20), date(2027, 1, 27))
    return " ".join(f"{event.start:%d.%m.(week} {event.start.isocalendar().week})" for event in found)


print("yaml2ical", version("yaml2ical"))
for name, first in (("biweekly-odd", 20261201), ("biweekly-odd", 20270101), ("biweekly-even", 20270101)):
    print(name, "from", first, "is on", days(made(name, first)))
odd, even = made("biweekly-odd", 20261201), made("biweekly-even", 20270101)
print("conflict:", odd.schedules[0].conflicts(even.schedules[0]))
PY
)
as_seen "yaml2ical 0.15.0
biweekly-odd from 20261201 is on 28.12.(week 53) 11.01.(week 2) 25.01.(week 4)
biweekly-odd from 20270101 is on 04.01.(week 1) 18.01.(week 3)
biweekly-even from 20270101 is on 11.01.(week 2) 25.01.(week 4)
conflict: False" "$actual"
