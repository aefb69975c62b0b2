#!/usr/bin/env bash
# GUESS: xlsx2csv writes a day in Excel's own “Long Date” ([$-F800]dddd, mmmm dd, yyyy) as Excel shows it, or at least so that the
#        day can be read back, as it does with yyyy-mm-dd and d. mmmm yyyy.
# SEEN:  the weekday becomes the day of the month once more: “30, November 30, 2026”. Letters in quotation marks (2026年) keep
#        their marks, too.
# HURTS: whoever turns HR's workbooks into CSV before reading them: a column of days that no reader of dates takes, or takes wrongly.
set -euo pipefail
. "$(dirname "$0")/common.sh"

actual=$(python_with xlsx2csv==0.8.6 openpyxl==3.1.5 <<'PY'
import io
from datetime import date
from importlib.metadata import version

import openpyxl
from xlsx2csv import Xlsx2csv

print("xlsx2csv", version("xlsx2csv"))
FORMATS = ("yyyy-mm-dd", "d. mmmm yyyy", "[$-F800]dddd, mmmm dd, yyyy", 'yyyy"年"m"月"d"日"')
book = openpyxl.Workbook()
for row, shown in enumerate(FORMATS, start=1):
    cell = book.active.cell(row, 1, date(2026, 11, 30))
    cell.number_format = shown
book.save("days.xlsx")
out = io.StringIO()
Xlsx2csv("days.xlsx", delimiter=";").convert(out)
for shown, line in zip(FORMATS, out.getvalue().splitlines()):
    print(shown, "->", line)
PY
)
as_seen 'xlsx2csv 0.8.6
yyyy-mm-dd -> 2026-11-30
d. mmmm yyyy -> 30. November 2026
[$-F800]dddd, mmmm dd, yyyy -> 30, November 30, 2026
yyyy"年"m"月"d"日" -> "2026""年""11""月""30""日"""' "$actual"
