#!/usr/bin/env bash
# GUESS: a name parser that takes “Dr. med.” for a title takes “Dr. h.c.” (doctor honoris causa) for one, too.
# SEEN:  nameparser's first name of “Prof. Dr. h.c. Eva Lind” is “h.c.”, and Eva is her second.
# HURTS: whoever greets people by their first name: “Hello h.c.,” goes to the most senior person of the programme.
set -euo pipefail
. "$(dirname "$0")/common.sh"

actual=$(python_with nameparser==2.6.0 <<'PY'
from importlib.metadata import version

from nameparser import HumanName

print("nameparser", version("nameparser"))
for name in ("Dr. med. Jörg Lind", "Prof. Dr. h.c. Eva Lind"):
    parts = HumanName(name)
    print(f"{name}: title {parts.title}, first {parts.first}, middle {parts.middle or '-'}, last {parts.last}")
PY
)
as_seen "nameparser 2.6.0
Dr. med. Jörg Lind: title Dr. med., first Jörg, middle -, last Lind
Prof. Dr. h.c. Eva Lind: title Prof. Dr., first h.c., middle Eva, last Lind" "$actual"
