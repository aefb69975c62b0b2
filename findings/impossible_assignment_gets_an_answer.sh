#!/usr/bin/env bash
# GUESS: an assignment in which somebody has nobody allowed (all their costs are infinite) is an error, as in scipy; or the
#        person is answered with -1, as lapx does where rows are left over.
# SEEN:  lapx pairs them with a forbidden one and answers a total of inf; the pairs themselves look like any others.
# HURTS: whoever writes “never together” as inf and reads the pairs: two who must not meet are assigned to each other.
set -euo pipefail
. "$(dirname "$0")/common.sh"

actual=$(python_with lapx==0.11.1 scipy==1.17.1 numpy==2.4.6 <<'PY'
import lap
import numpy as np
from scipy.optimize import linear_sum_assignment

print("lapx", lap.__version__)
costs = np.array([[np.inf, np.inf], [1.0, np.inf]])
try:
    print("scipy", linear_sum_assignment(costs))
except ValueError as error:
    print("scipy:", error)
total, of_rows, of_columns = lap.lapjv(costs)
print("lapx:", total, of_rows.tolist(), of_columns.tolist())
PY
)
as_seen "lapx 0.11.1
scipy: cost matrix is infeasible
lapx: inf [1, 0] [1, 0]" "$actual"
