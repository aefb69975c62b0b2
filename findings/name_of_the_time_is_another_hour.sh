#!/usr/bin/env bash
# GUESS: where a zone keeps one time for good from 2026 on (Vancouver at -7 and Edmonton at -6 in tzdata 2026f), babel's name of
#        the time in winter is that of the offset beside it: whoever reads "9:00 Pacific ..." can reckon with it.
# SEEN:  the names come from CLDR's metazones, which know nothing of it, and the variant from `dst()`, which is zero now. So
#        -7 is called "Pacific Standard Time" (-8) and -6 "Mountain Standard Time" (-7), short forms too, in every language
#        tried; `tzname()` of the same moment says MST and CST.
# HURTS: a mail or page that shows a time with its zone's name: a colleague in Seattle comes an hour late, from November on.
set -euo pipefail
. "$(dirname "$0")/common.sh"

actual=$(python_with babel==2.19.0 tzdata==2026.6 <<'PY' 2>/dev/null
import zoneinfo
from datetime import UTC, datetime
from importlib.metadata import version

from babel.dates import format_datetime

zoneinfo.reset_tzpath(())  # the package's data, not this machine's
print("babel", version("babel"), "tzdata", version("tzdata"))
for city in ("Vancouver", "Los_Angeles", "Edmonton", "Denver"):
    moment = datetime(2026, 12, 1, 17, tzinfo=UTC).astimezone(zoneinfo.ZoneInfo(f"America/{city}"))
    names = [format_datetime(moment, "z | zzzz", locale="en_CA"), format_datetime(moment, "zzzz", locale="de")]
    print(f"{city} {moment:%H:%M %z} {moment.tzname()} |", " | ".join(names))
PY
)
as_seen "babel 2.19.0 tzdata 2026.6
Vancouver 10:00 -0700 MST | PST | Pacific Standard Time | Nordamerikanische Westküsten-Normalzeit
Los_Angeles 09:00 -0800 PST | PST | Pacific Standard Time | Nordamerikanische Westküsten-Normalzeit
Edmonton 11:00 -0600 CST | MST | Mountain Standard Time | Rocky-Mountains-Normalzeit
Denver 10:00 -0700 MST | MST | Mountain Standard Time | Rocky-Mountains-Normalzeit" "$actual"
