"""The tab Person: a name is entered, and the rest is looked up."""

from __future__ import annotations

import states
from cast import Cast


def test_looks_up_partner_state_meeting_and_earlier_partners_by_name(cast: Cast) -> None:
    cast.bring_to(states.booked).run("pair_people")
    [pairing] = [p for p in cast.tab("Pairings") if "ben@example.com" in p["Addresses"]]
    partner = next(name for name in pairing["People"].split(" & ") if name != "Ben Berg")
    cast.enter("Person", "A2", "Ben Berg")
    cast.enter("Person", "A3", "Nobody Here")
    ben, nobody = cast.tab("Person")
    assert (ben["Partner"], ben["State"]) == (partner, "Approved")
    assert ben["First meeting"] == pairing["First meeting"] != ""
    assert set(nobody.values()) == {"Nobody Here", ""}


def test_tells_partners_of_earlier_rounds_the_newest_first(cast: Cast) -> None:
    cast.bring_to(states.approved).wait(days=91)
    cast.run("pair_people")
    cast.wait(days=3, hours=3)
    cast.run("pair_people")
    cast.enter("Person", "A2", "Ben Berg")
    [ben] = cast.tab("Person")
    rounds = [part.partition(": ")[0] for part in ben["Partners so far"].split("; ")]
    assert rounds == ["Round 2", "Round 1"]
