#!/usr/bin/env bash
# GUESS: bigtree, given who reports to whom, either builds the tree of all people or says why it can't: it refuses two heads, and
#        somebody with two managers, by name.
# SEEN:  two people who are down as each other's manager, and all who report to them, are in no tree, without an error, as long as
#        one other person has no manager: the root is found, and what can't be reached from it is passed over.
# HURTS: whoever draws an organisation, or counts a department, from an export of a staff directory: such pairs are common after a
#        change of managers, and the chart lacks a whole team that nobody asked about.
set -euo pipefail
. "$(dirname "$0")/common.sh"

actual=$(python_with bigtree==1.5.3 pandas==2.3.3 <<'PY' 2>&1
from importlib.metadata import version

import pandas as pd
from bigtree import dataframe_to_tree_by_relation, list_to_tree_by_relation

print("bigtree", version("bigtree"))
staff = [("Ceo", None), ("Ana", "Ceo"), ("Ben", "Cem"), ("Cem", "Ben"), ("Dora", "Ben"), ("Eli", "Dora")]
in_frame = dataframe_to_tree_by_relation(pd.DataFrame(staff, columns=["person", "manager"]))
in_list = list_to_tree_by_relation([(manager, person) for person, manager in staff if manager])
for name, tree in (("frame", in_frame), ("list", in_list)):
    print(f"{name}: {len(staff)} people, {1 + len(list(tree.descendants))} in the tree:", [node.name for node in (tree, *tree.descendants)])
try:
    dataframe_to_tree_by_relation(pd.DataFrame([*staff, ("Ben", "Ana")], columns=["person", "manager"]))
except ValueError as error:
    print("two managers:", type(error).__name__)
PY
)
as_seen "bigtree 1.5.3
frame: 6 people, 2 in the tree: ['Ceo', 'Ana']
list: 6 people, 2 in the tree: ['Ceo', 'Ana']
two managers: ValueError" "$actual"
