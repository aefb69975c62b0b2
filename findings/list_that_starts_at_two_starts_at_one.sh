#!/usr/bin/env bash
# GUESS: `inscriptis`, made to lay HTML out as text as a browser does, numbers a list from its `start`, as it does from an item's
#        `value`; and puts a cell beside one of two rows' height into its own column.
# SEEN:  `value` counts, `start` does not: a list that is interrupted by a paragraph and goes on begins at one again. `rowspan` is
#        passed over, so that in the second row an hour stands under the day and a name under the hour.
# HURTS: whoever makes the plain text of a mail: "reply with the number" names two things at once.
set -euo pipefail
. "$(dirname "$0")/common.sh"

actual=$(python_with inscriptis==2.7.6 <<'PY' 2>/dev/null
from importlib.metadata import version

from inscriptis import get_text

print("inscriptis", version("inscriptis"))
for html in (
    "<ol><li>Read</li></ol><p>later:</p><ol start=\"2\"><li>Ask Bo</li></ol>",
    "<ol><li>Read</li></ol><p>later:</p><ol><li value=\"2\">Ask Bo</li></ol>",
    "<table><tr><td rowspan=\"2\">Mon</td><td>9:00</td><td>Ada</td></tr><tr><td>10:00</td><td>Ben</td></tr></table>",
):
    print("\n".join(line.rstrip() for line in get_text(html).splitlines() if line.strip()))
PY
)
as_seen "inscriptis 2.7.6
 1. Read
later:
 1. Ask Bo
 1. Read
later:
 2. Ask Bo
Mon    9:00  Ada
10:00  Ben" "$actual"
