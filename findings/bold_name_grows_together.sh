#!/usr/bin/env bash
# GUESS: oxlsx, which reads workbooks “with an openpyxl-style API”, reads the text of a cell as openpyxl does: some of it in bold is a
#        matter of looks, and spaces that the file marks as to be kept (xml:space="preserve") are kept.
# SEEN:  “Ben Roy” with Roy in bold is “BenRoy”: each run of type loses the spaces at its ends, and one between two others is joined to
#        both.
# HURTS: whoever reads names from a workbook made by hand, where last names or nicknames are set off: they are one word, found by no
#        search, greeted as such, and nobody else's row shows it.
set -euo pipefail
. "$(dirname "$0")/common.sh"

actual=$(python_with oxlsx==0.2.0 openpyxl==3.1.5 <<'PY'
from importlib.metadata import version

import openpyxl
import oxlsx
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

bold = InlineFont(b=True)
book = openpyxl.Workbook()
book.active.append(["Ben Roy"])
book.active.append([CellRichText("Ben ", TextBlock(bold, "Roy"))])
book.active.append([CellRichText("Ada ", TextBlock(bold, "Maria"), " Lind")])
book.save("names.xlsx")
print("oxlsx", version("oxlsx"), "openpyxl", version("openpyxl"))
for library in (openpyxl, oxlsx):
    print(library.__name__, [row[0] for row in library.load_workbook("names.xlsx").active.iter_rows(values_only=True)])
PY
)
as_seen "oxlsx 0.2.0 openpyxl 3.1.5
openpyxl ['Ben Roy', 'Ben Roy', 'Ada Maria Lind']
oxlsx ['Ben Roy', 'BenRoy', 'AdaMariaLind']" "$actual"
