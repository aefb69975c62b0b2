"""What happens to rosters in a year: reorganised, renamed, titled, emptied, pasted over; each to the last mail."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from cast import Cast
from peerpact.errors import PeerpactError, SheetError
from peerpact.jobs.catalogue import JOBS

BEN = "ben@example.com"


def live(cast: Cast, days: int, step: int = 1) -> None:
    """Let days pass; every job runs on each, or says why it can't."""
    for _ in range(0, days, step):
        for job in JOBS:
            try:
                cast.run(job)
            except PeerpactError:
                continue
        cast.wait(days=step)


def standing(cast: Cast) -> list[str]:
    return sorted(p["Addresses"] for p in cast.tab("Pairings") if p["State"] in {"Approved", "Proposed"})


def goodbyes(cast: Cast) -> list[str]:
    people = [u.email for u in cast.company.workspace.users()]
    return sorted(p for p in people if any(k.startswith("partner-left") for k in cast.letters(p)))


def is_told(cast: Cast, words: str) -> bool:
    return any(words in p["What is wrong"] for p in cast.tab("Problems"))


def column(cast: Cast, name: str) -> str:
    return chr(65 + cast.company.sheet().worksheet("Roster").row_values(1).index(name))


def asked_next(cast: Cast) -> set[str]:
    """Return who gets a follow-up in the weeks to come."""
    before = {u.email: set(cast.letters(u.email)) for u in cast.company.workspace.users()}
    live(cast, 44, step=2)  # the letter before a meeting has two working mornings before it
    return {p for p, old in before.items() if any(k not in old for k in cast.letters(p))}


def test_asks_about_a_reorganisation_and_ends_what_it_must_at_a_yes(met: Cast) -> None:
    before = standing(met)
    roster = met.company.sheet().worksheet("Roster")
    rows = {address: number for number, address in enumerate(roster.col_values(2), start=1)}
    managers = {b: a for a, b in (pair.split(", ") for pair in before[:2])}
    for person, manager in managers.items():
        met.enter("Roster", f"{column(met, 'Manager')}{rows[person]}", manager)
    live(met, 10)
    assert (standing(met), goodbyes(met)) == (before, [])
    assert is_told(met, "By what the roster says now, 2 of 3 pairings end once you say so")
    met.answer_doubts()
    live(met, 3)
    assert not set(before[:2]) & set(standing(met))
    assert not is_told(met, "end once you say so")
    met.wait(days=2)  # every fourth day from here on is one of the two before the next meetings
    assert asked_next(met) >= {p for pair in standing(met) for p in pair.split(", ")}


def _says(met: Cast, word: str) -> None:
    met.enter("Roster", f"{column(met, 'Taking part')}3", word)


def _of_two(met: Cast) -> dict[str, Any]:
    """Return what the two have whose pairing is in doubt: letters, the pairing with its meetings, and words."""
    [pairing] = [p for p in met.tab("Pairings") if BEN in p["Addresses"]]
    return {
        "letters": [met.letters(person) for person in pairing["Addresses"].split(", ")],
        "pairing": [pairing[c] for c in ("State", "First meeting", "Next meeting", "Meeting state")],
        "words": [c["Text"] for c in met.ledger("Commitments")],
    }


@pytest.fixture
def promised(met: Cast) -> Cast:
    """Ben has promised something for the fourth day from now."""
    due = met.clock.now() + timedelta(days=4)
    met.reply(BEN, f"I will write the guide by {due:%d %B %Y}.", to="commitment-request")
    met.run("collect_replies")
    return met


@pytest.mark.parametrize("word", ["no", "paused"])
def test_stops_at_once_what_is_to_come_and_goes_on_as_before_when_a_no_is_taken_back(
    promised: Cast, word: str
) -> None:
    before = _of_two(promised)
    _says(promised, word)
    live(promised, 6)
    assert _of_two(promised) == before
    assert is_told(promised, "At once they get no new mail, and nothing is booked for them")
    [line] = [row["In words"] for row in promised.tab("Start here") if row["Topic"] == "Problems"]
    assert line.endswith(
        "1 pairing would end by what the roster says now; until then nobody in it gets a new mail."
    )
    _says(promised, "yes")
    live(promised, 2)
    after = _of_two(promised)
    [asked] = [key for key in promised.letters(BEN) if key not in before["letters"][0]]
    assert asked.startswith("follow-up:")
    assert (after["pairing"], after["words"], goodbyes(promised)) == (before["pairing"], before["words"], [])


def test_ends_and_erases_what_a_no_says_once_the_days_of_grace_are_over(promised: Cast) -> None:
    _says(promised, "no")
    live(promised, 12, step=3)
    after = _of_two(promised)
    assert (after["pairing"][0], after["words"]) == ("Ended", ["(erased)"])
    assert (goodbyes(promised), is_told(promised, "would end")) == (["dina@example.com"], False)


def test_stands_still_while_a_column_is_renamed_and_goes_on_as_before(met: Cast) -> None:
    before, cell = standing(met), f"{column(met, 'Manager')}1"
    met.enter("Roster", cell, "Crew chief")
    for job in JOBS:
        with pytest.raises(SheetError, match="Manager"):
            met.run(job)
    met.wait(days=2)  # every fourth day from here on is one of the two before the next meetings
    met.enter("Roster", cell, "Manager")
    assert asked_next(met) >= {p for pair in before for p in pair.split(", ")}
    assert (standing(met), goodbyes(met)) == (before, [])


def _titled(cast: Cast) -> None:
    cast.company.sheet().worksheet("Roster").insert_rows([["People of Example Ltd"], []], 1)


def _pasted(cast: Cast) -> None:
    """Managers and names come as an HR system writes them, columns that we don't know beside them."""
    roster = cast.company.sheet().worksheet("Roster")
    people = {r["E-mail"]: r["Name"] for r in cast.tab("Roster")}
    turned = {e: ", ".join(reversed(n.rsplit(" ", 1))) for e, n in people.items()}
    managers = [[turned.get(r["Manager"], "")] for r in cast.tab("Roster")]
    roster.update([[n] for n in turned.values()], f"{column(cast, 'Name')}2")
    roster.update([[f"{e.upper()} "] for e in people], f"{column(cast, 'E-mail')}2")
    roster.update(managers, f"{column(cast, 'Manager')}2")


def _emptied_for_two_days(cast: Cast) -> None:
    roster = cast.company.sheet().worksheet("Roster")
    rows = roster.get("A2:L20", value_render_option="FORMULA")
    roster.batch_clear(["A2:L20"])
    live(cast, 2)
    roster.update(rows, "A2", raw=False)


def _without_managers_for_two_days(cast: Cast) -> None:
    roster, letter = cast.company.sheet().worksheet("Roster"), column(cast, "Manager")
    cells = roster.get(f"{letter}2:{letter}20")
    live(cast, 1)
    roster.batch_clear([f"{letter}2:{letter}20"])
    live(cast, 2)
    assert is_told(cast, "cells of the column Manager were filled")
    roster.update(cells, f"{letter}2")


def _without_exceptions_for_two_days(cast: Cast) -> None:
    never = cast.company.sheet().worksheet("Never pair")
    rows = [["ada@example.com", "ben@example.com"], ["cleo@example.com", "dan@example.com"]]
    never.update(rows, "A2")
    live(cast, 1)
    never.batch_clear(["A2:B3"])
    live(cast, 2)
    assert is_told(cast, "2 rows of the tab Never pair were filled, and now 0 are.")
    never.update(rows, "A2")


@pytest.mark.parametrize(
    "happens",
    [
        _titled,
        _pasted,
        _emptied_for_two_days,
        _without_managers_for_two_days,
        _without_exceptions_for_two_days,
    ],
)
def test_goes_on_to_the_last_mail_as_if_nothing_had_happened(
    met: Cast, happens: Callable[[Cast], None]
) -> None:
    before = standing(met)
    happens(met)
    assert asked_next(met) >= {p for pair in before for p in pair.split(", ")}
    assert (standing(met), goodbyes(met)) == (before, [])
    assert not is_told(met, "filled")


EVE, MAL = "eve@elsewhere.example", "mal@elsewhere.example"


@pytest.mark.parametrize("home", ["example.com", ""])
def test_sends_nothing_to_people_and_admins_of_another_domain_until_it_is_allowed(
    cast: Cast, home: str
) -> None:
    """Where Settings name no domain, the mailbox's own counts."""

    def written_to() -> set[str]:
        outside = cast.company.workspace.store.collection("gmail/outside").values()
        invited = {
            g["email"] for e in cast.events(cast.company.config.mailbox) for g in e.get("attendees", ())
        }
        return {str(mail["recipient"]) for mail in outside} | (invited & {EVE, MAL})

    cast.setting("Company domains", home)
    cast.enter("Roster", f"{column(cast, 'E-mail')}8", EVE)
    cast.setting("Admins", f"{cast.company.admin}, {MAL}")
    live(cast, 15)
    assert written_to() == set()
    assert is_told(cast, "is not of example.com: nothing is sent there.")
    assert is_told(cast, f"The address of {MAL} is not of example.com")
    cast.setting("Company domains", "example.com, elsewhere.example")
    live(cast, 15)
    assert written_to() == {EVE, MAL}
