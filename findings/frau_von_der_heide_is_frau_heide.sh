#!/usr/bin/env bash
# GUESS: `cnice` (2026: “salutations for every covered locale”, by the norms of letters) greets people by their surname with all that is
#        part of it, and leaves degrees after a comma out, as it does “Jr.”.
# SEEN:  the last word is the surname: “von der”, “van den”, “Le”, “de La” and “De” are gone, in all of its languages; a degree after a
#        comma is greeted instead of the person; of “Herr und Frau Müller” only he is.
# HURTS: whoever writes letters from a list: it is right for most, and just those are greeted wrongly who hear it often.
set -euo pipefail
. "$(dirname "$0")/common.sh"

actual=$(python_with cnice==0.1.2 <<'PY' 2>/dev/null
from importlib.metadata import version

from cnice import greet

print("cnice", version("cnice"))
for locale, name in (
    ("de", "Frau Dr. Müller"),
    ("de", "Frau Anna von der Heide"),
    ("de", "Herr van den Berg"),
    ("fr", "Monsieur Le Goff"),
    ("it", "Signora De Luca"),
    ("en", "Mr King Jr."),
    ("de", "Frau Müller, MBA"),
    ("de", "Herr und Frau Müller"),
):
    print(f"{locale}, {name}:", greet.salutation(locale, name))
PY
)
as_seen "cnice 0.1.2
de, Frau Dr. Müller: Sehr geehrte Frau Dr. Müller,
de, Frau Anna von der Heide: Sehr geehrte Frau Heide,
de, Herr van den Berg: Sehr geehrter Herr Berg,
fr, Monsieur Le Goff: Monsieur Goff,
it, Signora De Luca: Gentile Sig.ra Luca,
en, Mr King Jr.: Dear Mr King,
de, Frau Müller, MBA: Sehr geehrte Frau MBA,
de, Herr und Frau Müller: Sehr geehrter Herr Müller," "$actual"
