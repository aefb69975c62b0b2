#!/usr/bin/env bash
# GUESS: anonypy, asked for groups of at least five people (k=5), says no or gives nothing where there are four; asked for at
#        least two different outcomes in a group (l=2), it gives no group in which all have the same.
# SEEN:  it only declines to divide further. The whole is given as it is, however small and however alike: four people as one
#        group of four, all of them "kept", which tells the outcome of each; no warning, no empty answer.
# HURTS: a report by team that relies on k: the smallest teams, which it is for, are the ones shown.
set -euo pipefail
. "$(dirname "$0")/common.sh"

actual=$(python_with anonypy==0.2.1 pandas==2.3.3 <<'PY' 2>/dev/null
from importlib.metadata import version

import anonypy
import pandas as pd

print("anonypy", version("anonypy"))
people = pd.DataFrame({"years": [1, 2, 3, 4], "team": ["Sales"] * 4, "outcome": ["kept"] * 4})
people["team"] = people["team"].astype("category")
of_four = anonypy.Preserver(people, ["years", "team"], "outcome")
print("k=5:", of_four.anonymize_k_anonymity(k=5))
print("k=2, l=2:", of_four.anonymize_l_diversity(k=2, l=2))
PY
)
as_seen "anonypy 0.2.1
k=5: [{'years': ['1-4'], 'team': ['Sales'], 'outcome': 'kept', 'count': 4}]
k=2, l=2: [{'years': ['1-4'], 'team': ['Sales'], 'outcome': 'kept', 'count': 4}]" "$actual"
