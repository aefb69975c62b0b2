"""Where Google refuses everything alike, the run stops and says once, on Problems, what is wrong with the whole."""

from __future__ import annotations

import pytest

import states
from cast import Cast
from peerpact.errors import GoogleError
from workspace_emulator import Effect, Fault

DISABLED = "Google Calendar API has not been used in project 123 before or it is disabled."


@pytest.mark.parametrize(
    ("reason", "message", "says"),
    [
        ("accessNotConfigured", DISABLED, "is not switched on"),
        ("insufficientPermissions", "Request had insufficient authentication scopes.", "A scope is missing"),
        ("quotaExceeded", "Calendar usage limits exceeded.", "limit of use"),
        ("forbidden", "Forbidden", "is shared with the account"),
    ],
)
def test_says_once_what_is_wrong_and_goes_on_when_it_is_not(
    cast: Cast, reason: str, message: str, says: str
) -> None:
    cast.bring_to(states.approved)
    faults = cast.company.workspace.faults
    faults.add(
        Fault(
            effect=Effect.REFUSE, method="calendar.events.insert", status=403, reason=reason, message=message
        )
    )
    for _ in range(2):
        with pytest.raises(GoogleError, match=says):
            cast.run("book_first_meetings")
    told = [p for p in cast.tab("Problems") if p["Found by"] == "book_first_meetings"]
    assert [says in p["What is wrong"] for p in told] == [True]
    assert ("has to look at it" in told[0]["What to do"]) == (
        "nothing needs to be done" not in told[0]["What is wrong"]
    )
    assert [r["Meeting state"] for r in cast.tab("Pairings")] == ["", "", ""]

    faults.clear()
    cast.run("book_first_meetings")
    assert [p for p in cast.tab("Problems") if p["Found by"] == "book_first_meetings"] == []
    assert {r["Meeting state"] for r in cast.tab("Pairings")} == {"invited"}
    assert cast.checker().faults() == []
