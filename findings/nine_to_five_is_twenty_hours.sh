#!/usr/bin/env bash
# GUESS: `timefhuman`, which reads "3-4pm" as an hour in the afternoon (pm counts for both), reads "9-5pm" as nine to five by day,
#        and "the day after tomorrow" as that day, or finds nothing where it can't tell.
# SEEN:  pm goes to the first hour whatever comes of it, and the end moves on by a day: "9-5pm" is from nine in the evening to five
#        the next afternoon, "11-1pm" 14 hours, "10-12pm" too. "The day after tomorrow" is tomorrow, "Friday next week" this
#        week's, "an hour and a half" an hour: of what it doesn't know it keeps the rest, and says nothing.
# HURTS: whoever reads hours or leave out of a mail: a meeting of two hours fills an evening, a night and a morning.
set -euo pipefail
. "$(dirname "$0")/common.sh"

actual=$(python_with timefhuman==0.1.5 <<'PY' 2>/dev/null
from datetime import datetime
from importlib.metadata import version

from timefhuman import tfhConfig, timefhuman

NOW = datetime(2026, 11, 30, 8)
print("timefhuman", version("timefhuman"), f"on {NOW:%A, %d %b, %H:%M}")
for words in (
    "3-4pm", "9am-5pm", "9-5pm", "11-1pm", "10-12pm", "tomorrow", "the day after tomorrow", "Friday next week",
    "1 hour 30 minutes", "an hour and a half", "two and a half hours",
):
    found = timefhuman(words, tfhConfig(now=NOW))
    parts = [p if isinstance(p, tuple) else (p,) for p in found]
    print(f"{words}:", "; ".join(" to ".join(f"{t:%a %d, %H:%M}" for t in p) for p in parts) or "nothing")
PY
)
as_seen "timefhuman 0.1.5 on Monday, 30 Nov, 08:00
3-4pm: Mon 30, 15:00 to Mon 30, 16:00
9am-5pm: Mon 30, 09:00 to Mon 30, 17:00
9-5pm: Mon 30, 21:00 to Tue 01, 17:00
11-1pm: Mon 30, 23:00 to Tue 01, 13:00
10-12pm: Mon 30, 22:00 to Tue 01, 12:00
tomorrow: Tue 01, 00:00
the day after tomorrow: Tue 01, 00:00
Friday next week: Fri 04, 00:00
1 hour 30 minutes: Mon 30, 09:30
an hour and a half: Mon 30, 09:00
two and a half hours: nothing" "$actual"
