#!/usr/bin/env bash
# GUESS: OR-Tools' assignment, which wants whole costs, refuses an array of fractions as it refuses a single one (TypeError).
# SEEN:  `add_arc_with_cost(0, 0, 0.9)` is a TypeError; `add_arcs_with_cost` with an array or a list of fractions takes them and
#        drops what is behind the point: every cost between 0 and 1 is 0, the worst plan is called OPTIMAL, its cost 0.
# HURTS: whoever pairs people by scores between 0 and 1: everybody gets anybody, and the solver says that it can't be better.
set -euo pipefail
. "$(dirname "$0")/common.sh"

actual=$(python_with ortools==9.15.6755 <<'PY' 2>/dev/null
from importlib.metadata import version

from ortools.graph.python.linear_sum_assignment import SimpleLinearSumAssignment as Assignment

print("ortools", version("ortools"))
people, partners, costs = [0, 0, 1, 1], [0, 1, 0, 1], [0.9, 0.1, 0.2, 0.8]
try:
    Assignment().add_arc_with_cost(0, 0, 0.9)
except TypeError:
    print("one fraction: TypeError")
for what, given in (("fractions", costs), ("the same, ten times", [round(10 * cost) for cost in costs])):
    plan = Assignment()
    plan.add_arcs_with_cost(people, partners, given)
    print(f"{what}: {plan.solve().name}, cost {plan.optimal_cost()}, partners {[plan.right_mate(one) for one in (0, 1)]}")
PY
)
as_seen "ortools 9.15.6755
one fraction: TypeError
fractions: OPTIMAL, cost 0, partners [0, 1]
the same, ten times: OPTIMAL, cost 3, partners [1, 0]" "$actual"
