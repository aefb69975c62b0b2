#!/usr/bin/env bash
# GUESS: a parser of replies that cuts off Gmail's line “... wrote:” in German where a program wrapped it, does so in the other languages
#        that it names, too.
# SEEN:  mail-parser-reply 1.36 cuts German wrapped or not, French only where it stands on one line, Spanish Gmail's not at all.
# HURTS: whoever tries it with two languages and trusts it with four: our own words, quoted, count as the writer's.
set -euo pipefail
. "$(dirname "$0")/common.sh"

actual=$(python_with mail-parser-reply==1.36 <<'PY'
from importlib.metadata import version

from mailparser_reply import EmailReplyParser

print("mail-parser-reply", version("mail-parser-reply"))
LINES = {
    "de": ("Am Mo., 30. Nov. 2026 um 09:12 Uhr schrieb Peer Mentoring <", "mentoring@example.com>:"),
    "fr": ("Le lun. 30 nov. 2026 à 09:12, Peer Mentoring <", "mentoring@example.com> a écrit :"),
    "es": ("El lun, 30 nov 2026 a las 9:12, Peer Mentoring (<", "mentoring@example.com>) escribió:"),
}
parser = EmailReplyParser(languages=list(LINES))
for language, parts in LINES.items():
    for name, between in (("one line", ""), ("wrapped", "\n")):
        mail = f"12 - ok\n\n{between.join(parts)}\n\n> Hello Ada,\n"
        print(f"{language}, {name}: {'cut' if parser.parse_reply(text=mail) == '12 - ok' else 'left'}")
PY
)
as_seen "mail-parser-reply 1.36
de, one line: cut
de, wrapped: cut
fr, one line: cut
fr, wrapped: left
es, one line: left
es, wrapped: left" "$actual"
