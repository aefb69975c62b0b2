#!/usr/bin/env bash
# GUESS: rustworkx's max_weight_matching weighs edges by the numbers that they were added with, as networkx does by “weight”.
# SEEN:  without weight_fn every edge weighs 1, whatever it holds: it takes the two light edges instead of the heavy one. With
#        weight_fn a fraction is refused: only whole numbers are weights.
# HURTS: whoever moves pairing code from networkx for its speed: the matching is valid, silent, and of the wrong weight.
set -euo pipefail
. "$(dirname "$0")/common.sh"

actual=$(python_with rustworkx==0.18.1 networkx==3.6.1 <<'PY'
import networkx as nx
import rustworkx as rx

print("rustworkx", rx.__version__, "networkx", nx.__version__)
edges = [(0, 1, 4), (1, 2, 9), (2, 3, 4)]
ours = rx.PyGraph()
ours.add_nodes_from(range(4))
ours.add_edges_from(edges)
theirs = nx.Graph()
theirs.add_weighted_edges_from(edges)


def told(pairs):
    return sorted(tuple(sorted(pair)) for pair in pairs)


print("networkx", told(nx.max_weight_matching(theirs)))
print("rustworkx", told(rx.max_weight_matching(ours)))
print("rustworkx, weight_fn=int", told(rx.max_weight_matching(ours, weight_fn=int)))
try:
    print(told(rx.max_weight_matching(ours, weight_fn=lambda w: w / 10)))
except TypeError as error:
    print("rustworkx, a fraction:", error)
PY
)
as_seen "rustworkx 0.18.1 networkx 3.6.1
networkx [(1, 2)]
rustworkx [(0, 1), (2, 3)]
rustworkx, weight_fn=int [(1, 2)]
rustworkx, a fraction: 'float' object cannot be interpreted as an integer" "$actual"
