"""What became of one person's promise is told to no admin, whatever they edit: programmes that differ in it look alike.

The short form: two looks before any figure is due. ``make outcome-test`` plays months, with every tick.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from one_outcome import OUTCOMES, WHO, Look, asked, differences, look, played

import states
from cast import Cast

SEED = 2
"""With it the admin takes everybody in and answers all that is asked."""
DAYS = (9, 1)
"""After each look."""
PROMISE = "I will read the guide by 30 January 2026."


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


def takes_their_row_away(cast: Cast) -> None:
    roster = cast.company.sheet().worksheet("Roster")
    roster.delete_rows(roster.col_values(2).index(WHO) + 1)


def lets_everybody_go(cast: Cast) -> None:
    cast.leave(*(r["E-mail"] for r in cast.tab("Roster")))
    cast.setting("Days of grace", 1)


@pytest.mark.parametrize("act", [takes_their_row_away, lets_everybody_go])
def test_looks_the_same_to_an_admin_whether_one_person_has_promised_something(
    cast: Cast, act: Callable[[Cast], None]
) -> None:
    cast.bring_to(states.met)
    start, now = cast.company.workspace.store.snapshot(), cast.clock.now()
    looks: dict[str, list[Look]] = {}
    for words in (PROMISE, ""):
        cast.company.workspace.store.restore(start)
        cast.go_to(now)
        for row in cast.tab("Roster"):
            if (words or row["E-mail"] != WHO) and "commitment-request" in str(cast.letters(row["E-mail"])):
                cast.reply(row["E-mail"], PROMISE, to="commitment-request")
        cast.run("collect_replies")
        assert (WHO in {c["Person"] for c in cast.ledger("Commitments")}) == bool(words)
        act(cast)
        looks[words] = []
        for days in (1, 1, 20):
            cast.wait(days=days)
            for name in ("check_roster", "pair_people", "book_first_meetings", "send_follow_ups", "report"):
                cast.run(name)
            looks[words].append(look(cast, act.__name__))
    told = [where for one, other in zip(*looks.values(), strict=True) for where in differences(one, other)]
    assert told == []
