#!/usr/bin/env bash
# GUESS: `recurrent`, which makes a rule of "every six weeks on Wednesday" and of "every four weeks", says that it doesn't
#        understand a number word that it doesn't know (as it does for "fortnightly": nothing comes back), or reads it.
# SEEN:  number words end at ten. "Every twelve weeks" is every week and "every fifteen days" daily, without a word; "every 12
#        weeks" is right. "Every day except Friday" leaves out one Friday, the next, and keeps all later ones.
# HURTS: whoever lets people say a rhythm: two who meet four times a year get 52 invitations.
set -euo pipefail
. "$(dirname "$0")/common.sh"

actual=$(python_with recurrent==0.4.1 <<'PY' 2>/dev/null
from datetime import datetime
from importlib.metadata import version

from recurrent.event_parser import RecurringEvent

print("recurrent", version("recurrent"))
for words in (
    "every six weeks on Wednesday", "every ten weeks", "every eleven weeks", "every twelve weeks", "every 12 weeks",
    "every fifteen days", "every day except Friday", "fortnightly",
):
    rule = RecurringEvent(now_date=datetime(2026, 12, 1)).parse(words)
    parts = [";".join(sorted(line.removeprefix("RRULE:").split(";"))) for line in (rule or "None").splitlines()]
    print(f"{words}:", " + ".join(parts))
PY
)
as_seen "recurrent 0.4.1
every six weeks on Wednesday: BYDAY=WE;FREQ=WEEKLY;INTERVAL=6
every ten weeks: FREQ=WEEKLY;INTERVAL=10
every eleven weeks: FREQ=WEEKLY;INTERVAL=1
every twelve weeks: FREQ=WEEKLY;INTERVAL=1
every 12 weeks: FREQ=WEEKLY;INTERVAL=12
every fifteen days: FREQ=DAILY;INTERVAL=1
every day except Friday: FREQ=DAILY;INTERVAL=1 + EXDATE:20261204T000000
fortnightly: None" "$actual"
