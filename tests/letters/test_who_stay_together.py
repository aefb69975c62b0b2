"""Whom the introduction tells of a first meeting, of the next one, and of none beside their own."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from by_value import address, at, pairing, people, seen
from peerpact.jobs.book_first_meetings.invitation import letter
from peerpact.letters.examples import examples
from peerpact.letters.rendering import render
from peerpact.programme.correspondence import planned
from peerpact.programme.guidance import Guidance
from peerpact.programme.meetings.actions import SendLetter
from peerpact.programme.meetings.event import EventSeen, Guest
from peerpact.programme.pairings import Pairing, PairingState
from peerpact.programme.seen import ProgrammeSeen

NOW = datetime(2026, 4, 7, 8, tzinfo=UTC)
ROW = pairing("ab", 2, approved_on=at("2026-04-06"), meeting_state="asked to pick")
BEFORE = replace(pairing("ab"), state=PairingState.ENDED, meetings="2026-01-12 10:00 held")
STRANGERS = replace(BEFORE, meetings="2026-01-12 10:00 cancelled")
OTHERS = replace(pairing("ac"), state=PairingState.ENDED, meetings="2026-01-12 10:00 held")
SERIES = EventSeen(
    id="theirs",
    is_ours=False,
    organiser=address("a"),
    start=NOW - timedelta(days=20),
    end=NOW - timedelta(days=20, hours=-1),
    guests=(Guest(email=address("b"), answer="accepted"),),
    is_series=True,
)
OVER = replace(SERIES, is_series=False)
FIRST, NEXT, OWN = (
    "find a time for your first meeting",
    "find a time for your next meeting",
    "Your own meetings",
)
TEXTS = {"first": FIRST, "next": NEXT, "own": OWN}


def _told(row: Pairing, *earlier: Pairing, theirs: tuple[EventSeen, ...] = ()) -> str:
    programme: ProgrammeSeen = seen("2026-04-07", people("abc"), *earlier, row)
    config = SimpleNamespace(mailbox="mentoring@example.com", secret=lambda _: b"k" * 32)
    material: Any = SimpleNamespace(
        programme=programme, config=config, guidance=Guidance(()), events={}, theirs=theirs, id_secret=b"k"
    )
    record = planned("introduction", f"introduction:{row.id}:a", address("a"), pairing=row.id, at=NOW)
    action = SendLetter(record=record, person=programme.people[address("a")], pairing=row)
    plain = letter(action, {row.id: row}, material).message().get_body(("plain",))
    assert plain is not None
    return str(plain.get_content())


@pytest.mark.parametrize(
    ("earlier", "theirs", "told"),
    [
        ((), (), "first"),
        ((BEFORE,), (), "next"),
        ((STRANGERS,), (), "first"),
        ((OTHERS,), (), "first"),
        ((BEFORE,), (SERIES,), "own"),
        ((), (SERIES,), "own"),
        ((BEFORE,), (OVER,), "next"),
    ],
)
def test_speaks_of_the_meeting_that_it_is(
    earlier: tuple[Pairing, ...], theirs: tuple[EventSeen, ...], told: str
) -> None:
    text = " ".join(_told(ROW, *earlier, theirs=theirs).split())
    assert [name for name, words in TEXTS.items() if words in text] == [told]
    assert ("fills an invitation" in text or "opens an invitation" in text) is (told != "own")


@pytest.mark.parametrize("language", ["en", "de", "fr", "es"])
def test_says_first_to_nobody_who_has_met_before(language: str) -> None:
    first = {"en": "first", "de": "erstes", "fr": "première", "es": "primera"}[language]
    found = [
        render(e.letter, language=language)
        for e in examples()
        if "stay together" in e.case and "own" in e.case
    ]
    found += [render(e.letter, language=language) for e in examples() if e.case == "who stay together"]
    assert len(found) == 2
    assert not [x for x in found if first in x.text or first in x.html]
