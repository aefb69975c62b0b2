#!/usr/bin/env bash
# GUESS: babel lists names as ICU does, both having CLDR's patterns: in Spanish "Ana e Inés", since "y" becomes "e" before the sound
#        of i, and "siete u ocho".
# SEEN:  babel has the patterns alone, "Ana y Inés", "siete o ocho"; ICU has the rule in its code, with "agua y hierba" left as it is.
#        The same in Hebrew: ICU puts a hyphen between the prefix and a name in other letters, babel doesn't.
# HURTS: whoever writes mails with names in Spanish: the data say that the language is done.
set -euo pipefail
. "$(dirname "$0")/common.sh"

actual=$(python_with babel==2.19.0 PyICU-binary==2.7.4 <<'PY' 2>/dev/null
from importlib.metadata import version

import icu
from babel.lists import format_list

print("babel", version("babel"), "PyICU-binary", version("PyICU-binary"))
for language, names in (("es", ["Ana", "Inés"]), ("es", ["Ana", "Ivo", "Hilario"]), ("es", ["agua", "hierba"]), ("he", ["אבי", "Ada"])):
    by_icu = icu.ListFormatter.createInstance(icu.Locale(language)).format(names)
    print(f"{language}: {by_icu} | babel: {format_list(names, locale=language)}")
print(f"es: babel: {format_list(['siete', 'ocho'], 'or', locale='es')}")
PY
)
as_seen "babel 2.19.0 PyICU-binary 2.7.4
es: Ana e Inés | babel: Ana y Inés
es: Ana, Ivo e Hilario | babel: Ana, Ivo y Hilario
es: agua y hierba | babel: agua y hierba
he: אבי ו-Ada | babel: אבי וAda
es: babel: siete o ocho" "$actual"
