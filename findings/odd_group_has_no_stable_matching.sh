#!/usr/bin/env bash
# GUESS: among five people of whom four are each other's first choice, algmatch finds those two pairs and leaves the fifth over:
#        nobody would rather be with somebody who would rather be with them. Its matchings of residents to hospitals leave
#        people over, too, and lists may be incomplete.
# SEEN:  None, “no stable matching”, whenever somebody must stay alone: with an odd number of people always, and with an even
#        number if one of them is on nobody's list. The library `matching` finds the pairs and leaves the fifth over.
# HURTS: whoever pairs a group by wishes: one person more, and everybody is told that there is no answer.
set -euo pipefail
. "$(dirname "$0")/common.sh"

actual=$(python_with algmatch==1.5.2 matching==1.4.3 <<'PY' 2>/dev/null
import warnings
from importlib.metadata import version

from algmatch import StableRoommatesProblem
from matching.games import StableRoommates

warnings.simplefilter("ignore")
print("algmatch", version("algmatch"), "matching", version("matching"))
four = {1: [2, 3, 4], 2: [1, 3, 4], 3: [4, 1, 2], 4: [3, 1, 2]}
five = {person: [*choices, 5] for person, choices in four.items()} | {5: [1, 2, 3, 4]}
print("four:", StableRoommatesProblem(dictionary=four).get_stable_matching())
print("five:", StableRoommatesProblem(dictionary=five).get_stable_matching())
print("two, and two whom nobody lists:", StableRoommatesProblem(dictionary={1: [2], 2: [1], 3: [], 4: []}).get_stable_matching())
print("five, by matching:", dict(StableRoommates.create_from_dictionary(five).solve()))
PY
)
as_seen "algmatch 1.5.2 matching 1.4.3
four: {'r1': 'r2', 'r2': 'r1', 'r3': 'r4', 'r4': 'r3'}
five: None
two, and two whom nobody lists: None
five, by matching: {1: 2, 2: 1, 3: 4, 4: 3, 5: None}" "$actual"
