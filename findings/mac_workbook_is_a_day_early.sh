#!/usr/bin/env bash
# GUESS: openexcel reads a day from a workbook that counts from 1904, as Excel for the Mac made them, and one that is written out as
#        ISO has it (`t="d"`, ECMA-376, 18.18.11): 30 November 2026 is that day in both.
# SEEN:  from the one it is the 29th, from the other 18 July 1905: of “2026-11-30” the number 2026 is read, and counted in days. In a
#        workbook that counts from 1900 it is the 30th; openpyxl reads the 30th from all three.
# HURTS: whoever takes days from workbooks of many hands: days of birth, of joining, of leave are a day early for some of the files,
#        and the name of the program that made them is nowhere in the table.
set -euo pipefail
. "$(dirname "$0")/common.sh"

actual=$(python_with openexcel-c==1.0.0 openpyxl==3.1.5 <<'PY'
from datetime import date
from importlib.metadata import version

import openexcel
import openpyxl
from openpyxl.utils.datetime import CALENDAR_MAC_1904

for name in ("1900", "1904", "ISO"):
    book = openpyxl.Workbook()
    book.iso_dates = name == "ISO"
    if name == "1904":
        book.epoch = CALENDAR_MAC_1904
    book.active.append([date(2026, 11, 30)])
    book.save(f"{name}.xlsx")
print("openexcel-c", version("openexcel-c"), "openpyxl", version("openpyxl"))
for name in ("1900", "1904", "ISO"):
    read, other = (library.load_workbook(f"{name}.xlsx").active["A1"].value for library in (openexcel, openpyxl))
    print(f"{name}: {read}, openpyxl {other:%Y-%m-%d}")
PY
)
as_seen "openexcel-c 1.0.0 openpyxl 3.1.5
1900: 2026-11-30, openpyxl 2026-11-30
1904: 2026-11-29, openpyxl 2026-11-30
ISO: 1905-07-18, openpyxl 2026-11-30" "$actual"
