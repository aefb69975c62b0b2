#!/usr/bin/env bash
# GUESS: ICU's MessageFormat, here by `icu4py`, rounds or cuts the seconds of "{spent, duration}", so that 59.6 is "59 sec." or "1:00";
#        and writes 3661 in German, too, as 1:01:01.
# SEEN:  the last half second before each full minute is written as nothing at all, that before an hour as ":". Only English has them:
#        in German, French and Spanish 3661 is a number of four digits, without a unit, and an hour and a minute are not seen.
# HURTS: whoever says how long something took, which is a fraction whenever a clock measured it: now and then the place is empty.
set -euo pipefail
. "$(dirname "$0")/common.sh"

actual=$(python_with icu4py==1.2.0 <<'PY' 2>/dev/null
from importlib.metadata import version

from icu4py.messageformat import MessageFormat

print("icu4py", version("icu4py"))
for seconds in (59, 59.4, 59.6, 60, 119.6, 3599.6, 3661):
    print(f"{seconds} s:", repr(MessageFormat("{spent, duration}", "en").format({"spent": seconds})))
for language in ("de", "fr", "es"):
    print(f"3661 s in {language}:", MessageFormat("{spent, duration}", language).format({"spent": 3661}).replace("\u202f", " "))
PY
)
as_seen "icu4py 1.2.0
59 s: '59 sec.'
59.4 s: '59 sec.'
59.6 s: ''
60 s: '1:00'
119.6 s: ''
3599.6 s: ':'
3661 s: '1:01:01'
3661 s in de: 3.661
3661 s in fr: 3 661
3661 s in es: 3.661" "$actual"
