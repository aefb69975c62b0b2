#!/usr/bin/env bash
# GUESS: from Monday 9:00 to Wednesday 17:00, at opening hours of 9 to 17, business-duration counts three days: it is told when
#        a working day begins and ends, and asked for days.
# SEEN:  1.0. The 24 hours of these three working days are one day of 24 hours; one whole working day is a third of a day.
#        Without opening hours the same span is 2.0 days from midnight to midnight, so the two ways of asking can't be compared.
# HURTS: whoever promises an answer “within two working days” by it: those are six days of work.
set -euo pipefail
. "$(dirname "$0")/common.sh"

actual=$(python_with business-duration==0.68 holidays==0.109 pandas==3.1.1 <<'PY'
from datetime import time
from importlib.metadata import version

import pandas as pd
from business_duration import businessDuration

print("business-duration", version("business-duration"))
monday, evening, wednesday = map(pd.Timestamp, ("2026-11-30 09:00", "2026-11-30 17:00", "2026-12-02 17:00"))
hours = {"starttime": time(9), "endtime": time(17)}
print("one working day:", round(businessDuration(monday, evening, **hours, unit="day"), 2), "days")
print("three of them:", businessDuration(monday, wednesday, **hours, unit="hour"), "hours")
print("three of them:", businessDuration(monday, wednesday, **hours, unit="day"), "days")
PY
)
as_seen "business-duration 0.68
one working day: 0.33 days
three of them: 24.0 hours
three of them: 1.0 days" "$actual"
