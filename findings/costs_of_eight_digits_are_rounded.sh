#!/usr/bin/env bash
# GUESS: lapjv, given a matrix of float64, finds the cheapest assignment of these costs.
# SEEN:  it computes with 32 bits unless force_doubles=True: whole numbers above 2^24 are rounded, and in 21 of 50 small
#        matrices the answer is dearer than scipy's; with force_doubles=True in none.
# HURTS: whoever puts hard goals above soft ones by large numbers; the dtype that was handed over says nothing.
set -euo pipefail
. "$(dirname "$0")/common.sh"

actual=$(python_with lapjv==1.3.29 scipy==1.17.1 numpy==2.4.6 <<'PY'
from importlib.metadata import version

import lapjv
import numpy as np
from scipy.optimize import linear_sum_assignment

print("lapjv", version("lapjv"))
dice, dearer, with_doubles = np.random.default_rng(0), 0, 0
for _ in range(50):
    costs = 20_000_200 + dice.integers(0, 9, (6, 6)).astype(np.float64)
    best = costs[linear_sum_assignment(costs)].sum()
    dearer += costs[range(6), lapjv.lapjv(costs)[0]].sum() > best
    with_doubles += costs[range(6), lapjv.lapjv(costs, force_doubles=True)[0]].sum() > best
print("dearer than the optimum:", dearer, "of 50; with force_doubles:", with_doubles)
PY
)
as_seen "lapjv 1.3.29
dearer than the optimum: 21 of 50; with force_doubles: 0" "$actual"
