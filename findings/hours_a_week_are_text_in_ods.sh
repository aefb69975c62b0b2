#!/usr/bin/env bash
# GUESS: a library that reads XLSX and ODS alike gives the hours a week (38:30) as the same kind of value from both.
# SEEN:  python-calamine gives a timedelta from XLSX and the text “PT38H30M00S” from ODS; times of day and dates are alike.
# HURTS: whoever reads rosters that HR people save now as the one and now as the other, and tests with one of them.
set -euo pipefail
. "$(dirname "$0")/common.sh"

actual=$(python_with python-calamine==0.9.1 openpyxl==3.1.5 pyexcel-ods3==0.6.1 <<'PY'
from datetime import date, time, timedelta
from importlib.metadata import version

import openpyxl
import python_calamine
from pyexcel_ods3 import save_data

print("python-calamine", version("python-calamine"))
row = [timedelta(hours=38, minutes=30), time(9, 30), date(2026, 11, 30)]
book = openpyxl.Workbook()
book.active.append(row)
book.save("roster.xlsx")
save_data("roster.ods", {"Roster": [row]})
for name in ("roster.xlsx", "roster.ods"):
    [cells] = python_calamine.load_workbook(name).get_sheet_by_index(0).to_python()
    print(name, [f"{type(cell).__name__} {cell}" for cell in cells])
PY
)
as_seen "python-calamine 0.9.1
roster.xlsx ['timedelta 1 day, 14:30:00', 'time 09:30:00', 'date 2026-11-30']
roster.ods ['str PT38H30M00S', 'time 09:30:00', 'date 2026-11-30']" "$actual"
