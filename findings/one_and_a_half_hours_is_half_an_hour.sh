#!/usr/bin/env bash
# GUESS: `timelength` ("a flexible Python duration parser", which reads "half an hour" and "three quarters of an hour") reads "one
#        and a half hours" as 90 minutes, or says with `success` that it could not.
# SEEN:  the number before "and a half" is set aside as an invalid part, and what remains is the answer, with `success` True: one
#        and a half hours is half an hour, two and a half weeks half a week, "an hour and a half" one hour; "1.5 hours" is right.
# HURTS: whoever lets people say for how long, and looks at `success`: a pause of two and a half weeks ends after four days.
set -euo pipefail
. "$(dirname "$0")/common.sh"

actual=$(python_with timelength==3.0.4 <<'PY' 2>/dev/null
from datetime import timedelta
from importlib.metadata import version

from timelength import TimeLength

print("timelength", version("timelength"))
for words in (
    "half an hour", "three quarters of an hour", "1.5 hours", "one and a half hours", "an hour and a half",
    "two and a half weeks", "one hour thirty", "a couple of weeks",
):
    result = TimeLength(words).result
    print(f"{words}: {result.success}, {timedelta(seconds=result.seconds)}")
PY
)
as_seen "timelength 3.0.4
half an hour: True, 0:30:00
three quarters of an hour: True, 0:45:00
1.5 hours: True, 1:30:00
one and a half hours: True, 0:30:00
an hour and a half: True, 1:00:00
two and a half weeks: True, 3 days, 12:00:00
one hour thirty: True, 1:00:00
a couple of weeks: False, 0:00:00" "$actual"
