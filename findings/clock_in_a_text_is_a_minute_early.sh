#!/usr/bin/env bash
# GUESS: ironcalc writes a time of day as it was given: TEXT(TIME(9,5,0),"h:mm") is 9:05, in every spreadsheet there is.
# SEEN:  it is 9:04, and with seconds 09:04:60; MINUTE of the same time is 5. Of a day's 1440 minutes 646 are shown a minute early,
#        half past nine among those that aren't: what has no end in binary is cut off there instead of rounded.
# HURTS: whoever writes “We meet at 9:05” in a column by a formula, or compares the texts of two times: about every second one is
#        off by a minute, and the cell beside it that only has a format may be right.
set -euo pipefail
. "$(dirname "$0")/common.sh"

actual=$(python_with ironcalc==0.9.1 <<'PY'
import ironcalc

print("ironcalc", ironcalc.__version__)
model = ironcalc.create("times", "en", "UTC", "en")
day = [divmod(minute, 60) for minute in range(24 * 60)]
for row, (hour, minute) in enumerate(day, 1):
    model.set_user_input(0, row, 1, f'=TEXT(TIME({hour},{minute},0),"h:mm")')
asked = ('TEXT(TIME(9,5,0),"h:mm")', 'TEXT(TIME(9,5,0),"hh:mm:ss")', "MINUTE(TIME(9,5,0))", 'TEXT(TIME(9,30,0),"h:mm")')
for row, formula in enumerate(asked, 1):
    model.set_user_input(0, row, 2, f"={formula}")
model.evaluate()
for row, formula in enumerate(asked, 1):
    print(formula, "is", model.get_formatted_cell_value(0, row, 2))
shown = [model.get_formatted_cell_value(0, row, 1) for row in range(1, len(day) + 1)]
print("other than typed:", sum(text != f"{hour}:{minute:02}" for text, (hour, minute) in zip(shown, day)), "of", len(day))
PY
)
as_seen "ironcalc 0.9.1
TEXT(TIME(9,5,0),\"h:mm\") is 9:04
TEXT(TIME(9,5,0),\"hh:mm:ss\") is 09:04:60
MINUTE(TIME(9,5,0)) is 5
TEXT(TIME(9,30,0),\"h:mm\") is 9:30
other than typed: 646 of 1440" "$actual"
