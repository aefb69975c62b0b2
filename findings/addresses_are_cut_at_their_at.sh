#!/usr/bin/env bash
# GUESS: `clevercsv`, which finds a dialect by how many cells are of a known type (e-mail address, date, time and URL are among its
#        types), leaves a file of one column of addresses, days or hours as it is: all cells are of a type.
# SEEN:  a row with more cells counts for more than a cell with a type: addresses are cut at "@", days at "-", hours at ":", so that
#        two columns come of one. A column of URLs, of numbers or of German dates stays whole.
# HURTS: whoever takes a list of people that somebody sends (one address a line): it holds no address any more.
set -euo pipefail
. "$(dirname "$0")/common.sh"

actual=$(python_with clevercsv==0.8.5 <<'PY' 2>/dev/null
from importlib.metadata import version

import clevercsv

print("clevercsv", version("clevercsv"))
for column in (
    ["E-mail", "ada.ode@example.com", "ben.berg@example.com", "cleo.clark@example.com"],
    ["Day off", "2026-12-24", "2026-12-25", "2026-12-31"],
    ["Begins", "09:00", "09:30", "10:00"],
    ["Feiertag", "24.12.2026", "25.12.2026", "31.12.2026"],
    ["Link", "https://a.example/x", "https://b.example/y", "https://c.example/z"],
    ["Hours", "38.5", "40.0", "20.0"],
):
    dialect = clevercsv.Sniffer().sniff("\n".join(column) + "\n")
    rows = list(clevercsv.reader(column, dialect))
    print(f"{column[0]}: delimiter {dialect.delimiter!r}, {rows[1]}")
PY
)
as_seen "clevercsv 0.8.5
E-mail: delimiter '@', ['ada.ode', 'example.com']
Day off: delimiter '-', ['2026', '12', '24']
Begins: delimiter ':', ['09', '00']
Feiertag: delimiter '', ['24.12.2026']
Link: delimiter '', ['https://a.example/x']
Hours: delimiter '', ['38.5']" "$actual"
