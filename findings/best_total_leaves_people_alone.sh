#!/usr/bin/env bash
# GUESS: mentor-match, which pairs mentors and mentees by the Hungarian method, matches everybody where everybody can be matched:
#        the method gives a complete assignment, and only a pair that is disqualified is none.
# SEEN:  a disqualified pair scores 0 like a poor one and may be part of the assignment; then it is passed over, and both are left
#        without anybody though an allowed partner was there for each.
# HURTS: whoever forbids pairs of one department: the higher somebody else's score, the likelier two people get nobody, silently.
set -euo pipefail
. "$(dirname "$0")/common.sh"

actual=$(python_with mentor-match==7.0.1 munkres==1.1.4 <<'PY'
from importlib.metadata import version

from matching.mentee import Mentee
from matching.mentor import Mentor
from matching.process import process_data
from matching.rules.rule import Disqualify, Generic

print("mentor-match", version("mentor-match"))


def matched(of_the_best):
    mentors = [Mentor(**{"email": e, "organisation": o, "grade": 3}) for e, o in (("ada", "sales"), ("ben", "legal"))]
    mentees = [Mentee(**{"email": e, "organisation": o, "grade": 1}) for e, o in (("eva", "ops"), ("dan", "legal"))]
    rules = [
        Disqualify(lambda match: match.mentor.organisation == match.mentee.organisation),
        Generic({True: of_the_best, False: 4}, lambda match: (match.mentor.email, match.mentee.email) == ("ada", "eva")),
    ]
    process_data(mentors, mentees, [rules])
    return {m.email: [c.email for c in m.connections] for m in mentors}


for score in (7, 9):
    print(f"ada and eva score {score}, all others 4:", matched(score))
PY
)
as_seen "mentor-match 7.0.1
ada and eva score 7, all others 4: {'ada': ['dan'], 'ben': ['eva']}
ada and eva score 9, all others 4: {'ada': ['eva'], 'ben': []}" "$actual"
