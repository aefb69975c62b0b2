#!/usr/bin/env bash
# GUESS: `quotequail` (2026) takes sender and date out of Gmail's line above a quotation alike in English, German, French and Spanish.
# SEEN:  English is the one that fails, in Gmail's own form of today: the line is cut at its first comma but one, so that the year and
#        the hour begin the sender's name and the date has neither. The others are right.
# HURTS: whoever keeps who wrote when: a new “person” for each mail, and dates that are read as this year's.
set -euo pipefail
. "$(dirname "$0")/common.sh"

actual=$(python_with quotequail==0.5.4 <<'PY'
from importlib.metadata import version

import quotequail

print("quotequail", version("quotequail"))
for line in (
    "On Mon, Nov 30, 2026 at 9:00 AM Ada King <ada@example.org> wrote:",
    "Am Mo., 30. Nov. 2026 um 09:00 Uhr schrieb Ada King <ada@example.org>:",
    "Le lun. 30 nov. 2026 à 09:00, Ada King <ada@example.org> a écrit :",
    "El lun, 30 nov 2026 a las 9:00, Ada King (<ada@example.org>) escribió:",
):
    found = quotequail.unwrap(f"OK.\n\n{line}\n\n> Have you met?\n")
    print(line)
    print("  date:", found["date"], "| from:", found["from"])
PY
)
as_seen "quotequail 0.5.4
On Mon, Nov 30, 2026 at 9:00 AM Ada King <ada@example.org> wrote:
  date: Mon, Nov 30 | from: 2026 at 9:00 AM Ada King <ada@example.org>
Am Mo., 30. Nov. 2026 um 09:00 Uhr schrieb Ada King <ada@example.org>:
  date: Mo., 30. Nov. 2026 um 09:00 Uhr | from: Ada King <ada@example.org>
Le lun. 30 nov. 2026 à 09:00, Ada King <ada@example.org> a écrit :
  date: lun. 30 nov. 2026 à 09:00 | from: Ada King <ada@example.org>
El lun, 30 nov 2026 a las 9:00, Ada King (<ada@example.org>) escribió:
  date: lun, 30 nov 2026 a las 9:00 | from: Ada King (<ada@example.org>)" "$actual"
