#!/usr/bin/env bash
# GUESS: `scim2-filter-parser` ("transpiler for SCIM 2.0 filters") reads `and` before `or`, as RFC 7644 has it (section 3.4.2.2).
# SEEN:  they are taken from left to right: "a or b and c" is "(a or b) and c", so that Ada, who has no title, isn't found;
#        with the same conditions the other way round she is.
# HURTS: whoever asks a directory for people: who is found depends on which condition was written first.
set -euo pipefail
. "$(dirname "$0")/common.sh"

actual=$(python_with scim2-filter-parser==0.7.0 <<'PY' 2>/dev/null
import sqlite3
from importlib.metadata import version

from scim2_filter_parser.queries import SQLQuery

table = sqlite3.connect(":memory:")
table.execute("create table people (name, title)")
table.executemany("insert into people values (?, ?)", [("Ada", None), ("Ben", "Lead"), ("Cy", None)])
places = {("userName", None, None): "people.name", ("title", None, None): "people.title"}
print("scim2-filter-parser", version("scim2-filter-parser"))
for words in (
    'userName eq "Ada" or userName eq "Ben" and title pr',
    'title pr and userName eq "Ben" or userName eq "Ada"',
    'userName eq "Ada" or (userName eq "Ben" and title pr)',
):
    query = SQLQuery(words, "people", places)
    rows = table.execute(query.sql.replace("%s", "?"), [value for value in query.params if value is not None])
    print(f"{words}:", ", ".join(sorted(name for name, _ in rows)))
PY
)
as_seen "scim2-filter-parser 0.7.0
userName eq \"Ada\" or userName eq \"Ben\" and title pr: Ben
title pr and userName eq \"Ben\" or userName eq \"Ada\": Ada, Ben
userName eq \"Ada\" or (userName eq \"Ben\" and title pr): Ada, Ben" "$actual"
