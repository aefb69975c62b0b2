"""The demo's guided minute, by value: which pair it is about, and who of the two comes first."""

from __future__ import annotations

from typing import Any

import pytest

from peerpact.demo.guide import best_pair

ROSTER = [
    {"E-mail": "ada@example.com", "Languages": "German, English"},
    {"E-mail": "ben@example.com", "Languages": "English"},
    {"E-mail": "cy@example.com", "Languages": "French"},
    {"E-mail": "dee@example.com", "Languages": "Portuguese"},
    {"E-mail": "eva@example.com", "Languages": "Portuguese, Spanish"},
]


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
    found = best_pair(pairings, ROSTER)
    assert found is not None
    assert found.names == expected


def test_is_about_two_of_whom_nobody_is_off_that_day() -> None:
    waiting = [pairing(people, state="Proposed") for people in ("Ben & Eva", "Ada & Dee")]
    for off, expected in (("eva@example.com", ("Dee", "Ada")), ("dee@example.com", ("Ben", "Eva"))):
        found = best_pair(waiting, ROSTER, {off})
        assert found is not None
        assert found.names == expected


def test_shows_no_pair_where_nobody_is_together() -> None:
    assert best_pair([pairing("Ada & Ben", state="Rejected"), pairing("Ada & Ben & Cy")], ROSTER) is None
