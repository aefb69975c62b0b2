#!/usr/bin/env bash
# GUESS: docx-mailmerge2 fills a date into a letter as Word's field says (ECMA-376, 17.16.4.1): what is in single quotation marks is
#        written as it stands, without the marks, and `h` with `am/pm` is an hour from 1 to 12.
# SEEN:  letters within the quoted words are filled in, too, and the marks stay: “um 9:05 Uhr” is “'u5' 9:05 'U9r'”. Five past noon is
#        0:05 PM, five past midnight 0:05 AM.
# HURTS: whoever sends invitations from a Word template: each German one is broken, as nobody writes an hour there without “Uhr”, and
#        of the English ones those for lunch, on which a test at nine o'clock shows nothing.
set -euo pipefail
. "$(dirname "$0")/common.sh"

actual=$(python_with docx-mailmerge2==1.0.3 python-docx==1.2.0 <<'PY'
from datetime import datetime
from importlib.metadata import version

import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from mailmerge import MailMerge

FORMATS = ("h:mm am/pm", "d. MMMM yyyy 'um' H:mm 'Uhr'")


def mark(run, kind):
    made = OxmlElement("w:fldChar")
    made.set(qn("w:fldCharType"), kind)
    run._r.append(made)


letter = docx.Document()
for shown in FORMATS:
    line = letter.add_paragraph()
    mark(line.add_run(), "begin")
    field = OxmlElement("w:instrText")
    field.text = f'MERGEFIELD when \\@ "{shown}"'
    line.add_run()._r.append(field)
    mark(line.add_run(), "separate")
    line.add_run("when")
    mark(line.add_run(), "end")
letter.save("letter.docx")
print("docx-mailmerge2", version("docx-mailmerge2"))
for hour in (9, 12, 0):
    when = datetime(2026, 12, 7, hour, 5)
    with MailMerge("letter.docx") as merged:
        merged.merge(when=when)
        merged.write("filled.docx")
    print(f"{when:%H:%M} is", " | ".join(line.text for line in docx.Document("filled.docx").paragraphs))
PY
)
as_seen "docx-mailmerge2 1.0.3
09:05 is 9:05 AM | 7. December 2026 'u5' 9:05 'U9r'
12:05 is 0:05 PM | 7. December 2026 'u5' 12:05 'U0r'
00:05 is 0:05 AM | 7. December 2026 'u5' 0:05 'U0r'" "$actual"
