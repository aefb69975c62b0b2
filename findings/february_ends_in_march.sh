#!/usr/bin/env bash
# GUESS: `aika` (2026) reads the notations of its README as it says: “2026M02” and “2026-02” are February, “Sat - Tue” is Saturday to
#        Tuesday; and two days as ISO 8601 has them are these days, or an error.
# SEEN:  every month has 31 days and a bit: February ends on the 4th of March, April on the 2nd of May. Where today is a Sunday,
#        “Fri - Mon” is Monday to Friday. 2026-12-01/2026-12-03 begins at 20:26 in a zone of 11:57 behind.
# HURTS: whoever counts what happened in a month, or asks when somebody is away: days are counted twice, and a weekend is a week.
set -euo pipefail
. "$(dirname "$0")/common.sh"

actual=$(python_with aika==0.3.2 dateparser==1.4.3 daterangeparser==1.3.2 freezegun==1.5.5 <<'PY'
from importlib.metadata import version

from aika import TimeIntervalParser
from freezegun import freeze_time

print("aika", version("aika"))
for today, text in (
    ("2026-11-26", "2026M02"),
    ("2026-11-26", "2026-04"),
    ("2026-11-26", "2026M12"),
    ("2026-11-26", "Fri - Mon"),
    ("2026-11-29", "Fri - Mon"),
    ("2026-11-29", "Sat - Tue"),
    ("2026-11-29", "2026-12-01/2026-12-03"),
):
    with freeze_time(today):
        span = TimeIntervalParser().parse(text)
    print(f"{today}, {text}: {span.start:%a %Y-%m-%d %H:%M%z} to {span.end:%a %Y-%m-%d}")
PY
)
as_seen "aika 0.3.2
2026-11-26, 2026M02: Sun 2026-02-01 00:00 to Wed 2026-03-04
2026-11-26, 2026-04: Wed 2026-04-01 00:00 to Sat 2026-05-02
2026-11-26, 2026M12: Tue 2026-12-01 00:00 to Fri 2027-01-01
2026-11-26, Fri - Mon: Fri 2026-11-27 00:00 to Mon 2026-11-30
2026-11-29, Fri - Mon: Mon 2026-11-30 00:00 to Fri 2026-12-04
2026-11-29, Sat - Tue: Tue 2026-12-01 00:00 to Sat 2026-12-05
2026-11-29, 2026-12-01/2026-12-03: Tue 2026-12-01 20:26-1157 to Sun 2026-11-29" "$actual"
