#!/usr/bin/env bash
# GUESS: babel's `format_interval` with a skeleton of hours ("Hm") says on which days it begins and ends where these differ, as the
#        same data's other reader, ICU, does ("28.12.2026, 09:00 – 8.1.2027, 11:00").
# SEEN:  it looks for the largest field that differs among those of the skeleton alone: eleven days are "09:00–11:00 Uhr", and
#        "MMMd" from December to January has no years. In every language tried.
# HURTS: whoever writes an absence or a meeting over midnight with it: the reader sees two hours of one day.
set -euo pipefail
. "$(dirname "$0")/common.sh"

actual=$(python_with babel==2.19.0 PyICU-binary==2.7.4 <<'PY' 2>/dev/null
from datetime import UTC, datetime
from importlib.metadata import version

import icu
from babel.dates import format_interval

print("babel", version("babel"), "PyICU-binary", version("PyICU-binary"))
icu.TimeZone.setDefault(icu.TimeZone.createTimeZone("UTC"))
begins, ends = datetime(2026, 12, 28, 9, tzinfo=UTC), datetime(2027, 1, 8, 11, tzinfo=UTC)
span = icu.DateInterval(begins.timestamp(), ends.timestamp())
for language in ("de", "fr", "en"):
    for skeleton in ("Hm", "MMMd"):
        by_icu = icu.DateIntervalFormat.createInstance(skeleton, icu.Locale(language)).format(span)
        by_babel = format_interval(begins, ends, skeleton, locale=language)
        plain = (" ".join(text.replace("\u2009", " ").split()) for text in (by_icu, by_babel))
        print(f"{language} {skeleton}:", " | babel: ".join(plain))
PY
)
as_seen "babel 2.19.0 PyICU-binary 2.7.4
de Hm: 28.12.2026, 09:00 – 8.1.2027, 11:00 | babel: 09:00–11:00 Uhr
de MMMd: 28. Dez. 2026 – 8. Jan. 2027 | babel: 28. Dez. – 8. Jan.
fr Hm: 28/12/2026 09:00 – 08/01/2027 11:00 | babel: 09:00 – 11:00
fr MMMd: 28 déc. 2026 – 8 janv. 2027 | babel: 28 déc. – 8 janv.
en Hm: 12/28/2026, 09:00 – 1/8/2027, 11:00 | babel: 09:00 – 11:00
en MMMd: Dec 28, 2026 – Jan 8, 2027 | babel: Dec 28 – Jan 8" "$actual"
