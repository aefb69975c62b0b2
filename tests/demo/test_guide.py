"""The demo's guided minute, by value: which pair it is about, and who of the two comes first."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from peerpact.demo.guide import best_pair
from peerpact.programme.days_off import DaysOff
from peerpact.programme.people import Person
from peerpact.tables.public_holidays import PublicHolidays

NOW = datetime(2026, 4, 6, 8, tzinfo=UTC)  # Easter Monday


def person(name: str, *languages: str) -> Person:
    return Person(email=f"{name}@example.com", name=name, languages=languages, time_zone="UTC")


SPOKEN = {"ada": ("de", "en"), "ben": ("en",), "cy": ("fr",), "dee": ("pt",), "eva": ("pt", "es")}
PEOPLE = {p.email: p for p in (person(name, *spoken) for name, spoken in SPOKEN.items())}


def pairing(people: str, *, state: str = "Approved", round_number: int = 1) -> dict[str, Any]:
    addresses = ", ".join(f"{name.lower()}@example.com" for name in people.split(" & "))
    return {
        "People": people,
        "Addresses": addresses,
        "State": state,
        "Round": round_number,
        "Meeting state": "held",
    }


@pytest.mark.parametrize(
    ("pairings", "expected"),
    [
        ([pairing("Ada & Ben")], ("Ben", "Ada")),
        ([pairing("Ada & Dee")], ("Dee", "Ada")),
        ([pairing("Ada & Eva")], ("Ada", "Eva")),
        ([pairing("Ada & Cy", round_number=2), pairing("Ben & Eva")], ("Ben", "Eva")),
        ([pairing("Ada & Cy"), pairing("Dee & Eva", state="Proposed")], ("Dee", "Eva")),
        ([pairing("Ben & Eva"), pairing("Ben & Dee", state="Proposed")], ("Ben", "Eva")),
        ([pairing("Ben & Eva"), pairing("Ben & Dee")], ("Ben", "Dee")),
    ],
)
def test_begins_with_somebody_whose_mails_a_newcomer_reads(
    pairings: list[dict[str, Any]], expected: tuple[str, str]
) -> None:
    found = best_pair(pairings, PEOPLE, NOW)
    assert found is not None
    assert found.names == expected


def test_is_about_two_of_whom_nobody_is_off_that_day() -> None:
    waiting = [pairing(people, state="Proposed") for people in ("Ben & Eva", "Ada & Dee")]
    for off, expected in (("eva@example.com", ("Dee", "Ada")), ("dee@example.com", ("Ben", "Eva"))):
        at_home = replace(PEOPLE[off], days_off=DaysOff(holidays=PublicHolidays(place="GB-ENG")))
        found = best_pair(waiting, PEOPLE | {off: at_home}, NOW)
        assert found is not None
        assert found.names == expected


def test_shows_no_pair_where_nobody_is_together() -> None:
    assert best_pair([pairing("Ada & Ben", state="Rejected"), pairing("Ada & Ben & Cy")], PEOPLE, NOW) is None
