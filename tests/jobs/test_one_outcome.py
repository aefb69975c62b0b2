"""What became of one person's promise is told to no admin, whatever they edit: programmes that differ in it look alike.

The short form: two looks before any figure is due. ``make outcome-test`` plays months, with every tick.
"""

from __future__ import annotations

from one_outcome import OUTCOMES, WHO, asked, differences, played

from cast import Cast

SEED = 2
"""With it the admin takes everybody in and answers all that is asked."""
DAYS = (9, 1)
"""After each look."""


def test_looks_the_same_to_an_admin_whatever_became_of_one_person_s_promise(cast: Cast) -> None:
    """Whole jobs and four programmes, which take some seconds."""
    cast.bring_to(asked)
    start, now = cast.company.workspace.store.snapshot(), cast.clock.now()
    looks, became = {}, {}
    for outcome in OUTCOMES:
        cast.go_to(now)
        looks[outcome] = list(played(cast, start, outcome, SEED, DAYS))
        became[outcome] = next(c["Outcome"] for c in cast.ledger("Commitments") if c["Person"] == WHO)
    assert became == {outcome: outcome if OUTCOMES[outcome] else "" for outcome in OUTCOMES}
    told = [
        (outcome, one.after, where)
        for outcome in OUTCOMES
        for one, other in zip(looks["kept"], looks[outcome], strict=True)
        for where in differences(one, other)
    ]
    assert told == []
