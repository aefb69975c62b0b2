#!/usr/bin/env bash
# GUESS: csvkit's csvjson leaves an hour of the day in a roster as it stands, or makes it 09:00:00; a country of two letters is a text.
# SEEN:  “9:00” is nine minutes, 0:09:00, and “17:00” seventeen; where all of them work in Norway, “NO” is false. One Dane among them,
#        and the countries are texts, so that a try with mixed people never shows it.
# HURTS: whoever plans meetings in working hours behind such a step, and the one branch that loses its country.
set -euo pipefail
. "$(dirname "$0")/common.sh"

printed=$(python_with csvkit==2.2.0 agate==1.14.2 pytimeparse==1.1.8 <<'EOF'
import importlib.metadata
import io
from pathlib import Path

from csvkit.utilities.csvjson import CSVJSON

def as_json(*rows):
    out = io.StringIO()
    Path("roster.csv").write_text("\n".join(rows), encoding="utf-8")
    CSVJSON(["roster.csv"], out).run()
    return out.getvalue().strip()

print("csvkit", importlib.metadata.version("csvkit"))
print(as_json("Name,Starts at,Ends at,Country", "Ada,9:00,17:00,NO", "Ben,8:30,16:30,NO"))
print(as_json("Name,Country", "Ada,NO", "Ben,DK"))
EOF
)
as_seen 'csvkit 2.2.0
[{"Name": "Ada", "Starts at": "0:09:00", "Ends at": "0:17:00", "Country": false}, {"Name": "Ben", "Starts at": "0:08:30", "Ends at": "0:16:30", "Country": false}]
[{"Name": "Ada", "Country": "NO"}, {"Name": "Ben", "Country": "DK"}]' "$printed"
