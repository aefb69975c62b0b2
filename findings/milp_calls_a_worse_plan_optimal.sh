#!/usr/bin/env bash
# GUESS: scipy's milp says “Optimal” (status 0, success) only of the optimum; a tie apart, no feasible plan is better.
# SEEN:  it stops at a relative gap of 1e-4 and says “HiGHS Status 7: Optimal” all the same. With values of eight digits the
#        plan is worth 9,732 less than the best one, which mip_rel_gap=0 finds.
# HURTS: whoever ranks goals by magnitude (a repeat weighs 20,000,000, an hour 15): the small goals are inside the gap, and a
#        test that compares with “the exact solver” blames the better plan.
set -euo pipefail
. "$(dirname "$0")/common.sh"

actual=$(python_with scipy==1.17.1 numpy==2.4.6 <<'PY' | grep -v '^Highs'
import numpy as np
import scipy
from scipy.optimize import Bounds, LinearConstraint, milp

print("scipy", scipy.__version__)
weights = np.random.default_rng(0).integers(10_000_000, 99_999_999, 16)
room = LinearConstraint(weights.astype(float)[None], -np.inf, int(weights.sum() // 2))


def fill(**options):
    found = milp(
        -weights.astype(float), constraints=room, integrality=np.ones(16), bounds=Bounds(0, 1), options=options
    )
    return found.status, found.success, found.message, int((weights * np.round(found.x).astype(int)).sum())


print(*fill())
print(*fill(mip_rel_gap=0))
PY
)
as_seen "scipy 1.17.1
0 True Optimization terminated successfully. (HiGHS Status 7: Optimal) 443151963
0 True Optimization terminated successfully. (HiGHS Status 7: Optimal) 443161695" "$actual"
