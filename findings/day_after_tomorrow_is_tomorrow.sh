#!/usr/bin/env bash
# GUESS: philiprehberger-timeago says “tomorrow” of the next day of the calendar and “yesterday” of the one before, as people do: what
#        it says instead of “in 1 day” has no other meaning.
# SEEN:  the words go by the hours between: from 24 to 48 it is “tomorrow”. On Monday at 23:00 a meeting on Wednesday at 1:00 is tomorrow,
#        and so is one on Wednesday at 22:00; one on Tuesday at 9:00 is “in 10 hours”. A bare day is its midnight: of Tuesday it says “in
#        1 hour”, of Wednesday “tomorrow”.
# HURTS: whoever puts such words into a reminder: people come a day early, above all to what was written in the evening.
set -euo pipefail
. "$(dirname "$0")/common.sh"

actual=$(python_with philiprehberger-timeago==0.2.0 <<'PY'
from datetime import UTC, date, datetime
from importlib.metadata import version

from philiprehberger_timeago import timeago

print("philiprehberger-timeago", version("philiprehberger-timeago"))
now = datetime(2026, 11, 30, 23, tzinfo=UTC)
for moment in (datetime(2026, 12, 1, 9, tzinfo=UTC), datetime(2026, 12, 2, 1, tzinfo=UTC), datetime(2026, 12, 2, 22, tzinfo=UTC)):
    print(f"on {now:%A at %H:%M}, {moment:%A at %H:%M} is {timeago(moment, now=now)}")
for day in (date(2026, 12, 1), date(2026, 12, 2)):
    print(f"on {now:%A at %H:%M}, {day:%A} is {timeago(day, now=now)}")
early = datetime(2026, 11, 30, 1, tzinfo=UTC)
moment = datetime(2026, 11, 28, 23, tzinfo=UTC)
print(f"on {early:%A at %H:%M}, {moment:%A at %H:%M} is {timeago(moment, now=early)}")
PY
)
as_seen "philiprehberger-timeago 0.2.0
on Monday at 23:00, Tuesday at 09:00 is in 10 hours
on Monday at 23:00, Wednesday at 01:00 is tomorrow
on Monday at 23:00, Wednesday at 22:00 is tomorrow
on Monday at 23:00, Tuesday is in 1 hour
on Monday at 23:00, Wednesday is tomorrow
on Monday at 01:00, Saturday at 23:00 is yesterday" "$actual"
