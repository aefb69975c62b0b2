#!/usr/bin/env bash
# GUESS: pycanon, asked how anonymous a table is, counts everybody in it: one person with no team, in a table of teams of five, is
#        alone in that, so that the table is 1-anonymous.
# SEEN:  whoever lacks a value is in no group at all: the table is called 5-anonymous and 5-diverse. With "none" typed into the empty
#        cell it is 1-anonymous and 1-diverse.
# HURTS: whoever publishes figures by department once a check says that nobody can be found: the one person whom HR has not put
#        anywhere is in the table for everybody to see, and the check has not looked at them.
set -euo pipefail
. "$(dirname "$0")/common.sh"

actual=$(python_with pycanon==1.3.6 pandas==2.3.3 <<'PY' 2>/dev/null
from importlib.metadata import version

import pandas as pd
from pycanon import anonymity

print("pycanon", version("pycanon"))
table = pd.DataFrame({"team": [*["Sales"] * 5, *["Legal"] * 5, None], "answer": [1, 2, 3, 4, 5, 1, 2, 3, 4, 5, 2]})
for name, told in (("empty", table), ("none", table.fillna("none"))):
    print(f"{name}: k {anonymity.k_anonymity(told, ['team'])}, l {anonymity.l_diversity(told, ['team'], ['answer'])}")
PY
)
as_seen "pycanon 1.3.6
empty: k 5, l 5
none: k 1, l 1" "$actual"
