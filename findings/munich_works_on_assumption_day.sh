#!/usr/bin/env bash
# GUESS: two well-kept libraries agree on the public holidays of one German state, 15 August (Mariä Himmelfahrt) in Bavaria
#        among them: most of its people, Munich's too, have the day off.
# SEEN:  workalendar gives all of Bavaria the day, holidays gives it to nobody: there it is in a category “catholic” that has
#        to be asked for. In the Netherlands workalendar has Liberation Day each year, holidays only every five years.
# HURTS: whoever plans meetings and mails around holidays by state: either Munich is invited on its day off, or Protestant
#        Franconia is thought to be away. No state-wide answer is right.
set -euo pipefail
. "$(dirname "$0")/common.sh"

actual=$(python_with holidays==0.109 workalendar==17.0.0 <<'PY'
from datetime import date
from importlib.metadata import version

import holidays
from workalendar.europe import Bavaria, Netherlands

print("holidays", version("holidays"), "workalendar", version("workalendar"))
assumption, liberation = date(2026, 8, 15), date(2026, 5, 5)
print("Bavaria, 15 August:", assumption in holidays.country_holidays("DE", subdiv="BY"), Bavaria().is_holiday(assumption))
asked = holidays.country_holidays("DE", subdiv="BY", categories=("public", "catholic"), years=2026)
print("asked for catholic ones:", assumption in asked)
print("Netherlands, 5 May 2026:", liberation in holidays.country_holidays("NL"), Netherlands().is_holiday(liberation))
print("Netherlands, 5 May 2025:", date(2025, 5, 5) in holidays.country_holidays("NL"))
PY
)
as_seen "holidays 0.109 workalendar 17.0.0
Bavaria, 15 August: False True
asked for catholic ones: True
Netherlands, 5 May 2026: False True
Netherlands, 5 May 2025: True" "$actual"
