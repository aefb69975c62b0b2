#!/usr/bin/env bash
# GUESS: `formualizer` ("evaluate Excel workbooks") leaves a holiday out of NETWORKDAYS and WORKDAY however it is given: as a range, a
#        single cell, or a date, as Excel does.
# SEEN:  a range or an array counts, a single cell or a date is passed over without a word, in all four functions; the same cell
#        written as a range of one, A1:A1, counts.
# HURTS: whoever reckons a deadline over a company's one day off: it falls on that day.
set -euo pipefail
. "$(dirname "$0")/common.sh"

actual=$(python_with formualizer==0.13.0 <<'PY' 2>/dev/null
import datetime
from importlib.metadata import version

import formualizer

book = formualizer.Workbook()
book.add_sheet("S")
book.set_value("S", 1, 1, datetime.date(2026, 12, 25))
book.set_value("S", 2, 1, datetime.date(2026, 12, 31))
print("formualizer", version("formualizer"))
SPAN, AFTER = "DATE(2026,12,21),DATE(2027,1,3)", "DATE(2026,12,24),1"
for row, formula in enumerate((
    f"=NETWORKDAYS({SPAN})", f"=NETWORKDAYS({SPAN},A1:A2)", f"=NETWORKDAYS({SPAN},A1:A1)", f"=NETWORKDAYS({SPAN},A1)",
    f"=NETWORKDAYS({SPAN},DATE(2026,12,25))", f"=NETWORKDAYS.INTL({SPAN},1,A1)",
    f"=TEXT(WORKDAY({AFTER},A1:A1),\"ddd d\")", f"=TEXT(WORKDAY({AFTER},A1),\"ddd d\")",
    f"=TEXT(WORKDAY.INTL({AFTER},1,A1),\"ddd d\")",
), start=1):
    book.set_formula("S", row, 2, formula)
    print(formula, "gives", book.evaluate_cell("S", row, 2))
PY
)
as_seen "formualizer 0.13.0
=NETWORKDAYS(DATE(2026,12,21),DATE(2027,1,3)) gives 10.0
=NETWORKDAYS(DATE(2026,12,21),DATE(2027,1,3),A1:A2) gives 8.0
=NETWORKDAYS(DATE(2026,12,21),DATE(2027,1,3),A1:A1) gives 9.0
=NETWORKDAYS(DATE(2026,12,21),DATE(2027,1,3),A1) gives 10.0
=NETWORKDAYS(DATE(2026,12,21),DATE(2027,1,3),DATE(2026,12,25)) gives 10.0
=NETWORKDAYS.INTL(DATE(2026,12,21),DATE(2027,1,3),1,A1) gives 10.0
=TEXT(WORKDAY(DATE(2026,12,24),1,A1:A1),\"ddd d\") gives Mon 28
=TEXT(WORKDAY(DATE(2026,12,24),1,A1),\"ddd d\") gives Fri 25
=TEXT(WORKDAY.INTL(DATE(2026,12,24),1,1,A1),\"ddd d\") gives Fri 25" "$actual"
