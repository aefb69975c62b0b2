#!/usr/bin/env bash
# GUESS: pystreamxl takes a number for a day if its format shows a day. A word in quotation marks in the format is shown as it stands
#        (ECMA-376, 18.8.31), whatever letters it has; and five past nine is five past nine.
# SEEN:  a quoted word with a d, an h or a y makes a day of the number: 3 in the format `0 "hours"` is 3 January 1900, and in `0 "euro"`
#        it is 3. Five past nine is half a second later, so that it equals no other library's.
# HURTS: whoever reads a roster with “3 hours” or “5 days” in it, typed as numbers so that they add up: how much somebody can give is
#        a date, or an error, by which word stands behind it; and a meeting is found by nobody who looks for its time.
set -euo pipefail
. "$(dirname "$0")/common.sh"

actual=$(python_with pystreamxl==6.2.0 openpyxl==3.1.5 <<'PY'
from datetime import datetime
from importlib.metadata import version

import openpyxl
import pystreamxl

book = openpyxl.Workbook()
formats = ('0 "hours"', '0 "Tage"', '0 "days"', '0 "euro"', "yyyy-mm-dd hh:mm")
for number_format in formats:
    book.active.append([datetime(2026, 11, 30, 9, 5) if "yyyy" in number_format else 3])
    book.active.cell(book.active.max_row, 1).number_format = number_format
book.save("numbers.xlsx")
print("pystreamxl", version("pystreamxl"), "openpyxl", version("openpyxl"))
told = zip(formats, pystreamxl.read("numbers.xlsx"), openpyxl.load_workbook("numbers.xlsx").active.iter_rows(values_only=True))
for number_format, (read,), (other,) in told:
    print(f"{number_format}: {read!r}, openpyxl {other!r}")
PY
)
as_seen "pystreamxl 6.2.0 openpyxl 3.1.5
0 \"hours\": datetime.datetime(1900, 1, 3, 0, 0, 0, 500000), openpyxl 3
0 \"Tage\": 3.0, openpyxl 3
0 \"days\": datetime.date(1900, 1, 3), openpyxl 3
0 \"euro\": 3.0, openpyxl 3
yyyy-mm-dd hh:mm: datetime.datetime(2026, 11, 30, 9, 5, 0, 499999), openpyxl datetime.datetime(2026, 11, 30, 9, 5)" "$actual"
