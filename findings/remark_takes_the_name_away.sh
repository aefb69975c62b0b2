#!/usr/bin/env bash
# GUESS: fast-ods gives a cell's text. A remark pinned to the cell is something else, and is left out, as every spreadsheet shows it
#        beside the cell; of two lines in a cell both are read.
# SEEN:  a cell with a remark holds the remark, and what was typed into it is nowhere. Of two lines the first is read.
# HURTS: whoever imports a roster that somebody has worked with: the one person about whom there was something to remark is called
#        “On leave until May”, and “Product” is all that is left of a department that has its place in a second line.
set -euo pipefail
. "$(dirname "$0")/common.sh"

actual=$(python_with fast-ods==0.3.2 odfpy==1.4.1 <<'PY'
from importlib.metadata import version

from fast_ods import ODSParser
from odf.office import Annotation
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P


def cell(*lines, remark=""):
    made = TableCell(valuetype="string")
    if remark:
        made.addElement(Annotation())
        made.firstChild.addElement(P(text=remark))
    for line in lines:
        made.addElement(P(text=line))
    return made


file = OpenDocumentSpreadsheet()
table = Table(name="People")
for cells in ((cell("Ben Roy"), cell("Legal")), (cell("Ada Lind", remark="On leave until May"), cell("Product", "Lyon"))):
    row = TableRow()
    for made in cells:
        row.addElement(made)
    table.addElement(row)
file.spreadsheet.addElement(table)
file.save("people.ods")
print("fast-ods", version("fast-ods"))
for row in ODSParser().parse("people.ods"):
    print(row)
PY
)
as_seen "fast-ods 0.3.2
('Ben Roy', 'Legal')
('On leave until May', 'Product')" "$actual"
