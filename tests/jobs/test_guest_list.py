"""Outside production only the people on the guest list hear of Peerpact; the others once the list is gone."""

from __future__ import annotations

from dataclasses import replace

import pytest

import states
from cast import Cast

BEN = "ben@example.com"
EVERYBODY = {f"{name}@example.com" for name in ("ben", "cleo", "dina", "emil", "fay", "gus")}


def with_guests(cast: Cast, *guests: str) -> Cast:
    return Cast(replace(cast.company, config=replace(cast.company.config, guests=guests)))


def approve(cast: Cast) -> None:
    cast.bring_to(states.approved)


def reached(cast: Cast) -> set[str]:
    return {p for p in EVERYBODY if cast.mails(p) or cast.events(p)}


@pytest.fixture
def pair_of_ben(cast: Cast) -> tuple[str, ...]:
    approve(cast)
    row = next(p for p in cast.tab("Pairings") if BEN in p["Addresses"])
    return tuple(row["Addresses"].split(", "))


def test_invites_and_introduces_only_pairs_that_are_on_it(cast: Cast, pair_of_ben: tuple[str, ...]) -> None:
    with_guests(cast, *pair_of_ben).run("book_first_meetings")
    assert reached(cast) == set(pair_of_ben)


def test_introduces_nobody_to_somebody_who_is_not_on_it(cast: Cast, pair_of_ben: tuple[str, ...]) -> None:
    with_guests(cast, BEN).run("book_first_meetings")
    assert reached(cast) == set(), pair_of_ben


def test_says_in_problems_and_plan_how_many_were_skipped(cast: Cast, pair_of_ben: tuple[str, ...]) -> None:
    trial = with_guests(cast, *pair_of_ben)
    assert trial.run("book_first_meetings").plan.note == "Not on the guest list: 4 people."
    said = [p["What is wrong"] for p in cast.tab("Problems") if "guest list" in p["What is wrong"]]
    assert len(said) == 1
    assert said[0].startswith("4 people are not on")


def test_writes_what_was_skipped_once_when_the_list_is_lifted(
    cast: Cast, pair_of_ben: tuple[str, ...]
) -> None:
    trial = with_guests(cast, *pair_of_ben)
    trial.run("book_first_meetings")
    trial.run("book_first_meetings")
    cast.run("book_first_meetings")
    cast.run("book_first_meetings")
    assert {len(cast.letters(p)) for p in EVERYBODY} == {1}
    assert {len(cast.events(p)) for p in EVERYBODY} == {1}
    assert not [p for p in cast.tab("Problems") if "guest list" in p["What is wrong"]]


def test_asks_only_guests_for_commitments_and_digests_only_to_admins_on_it(cast: Cast) -> None:
    approve(cast)
    cast.run("book_first_meetings")
    cast.wait(days=14)
    cast.run("book_first_meetings")
    trial = with_guests(cast, BEN)
    trial.run("send_follow_ups")
    trial.run("report")
    asked = {p for p in EVERYBODY if any(k.startswith("commitment-request") for k in cast.letters(p))}
    assert asked == {BEN}
    assert cast.letters(cast.company.admin) == []


def test_leaves_a_reply_of_somebody_not_on_it_until_the_list_is_lifted(met: Cast) -> None:
    met.reply(BEN, "I will talk to Dina about the budget by Friday.", to="commitment-request")
    with_guests(met, "cleo@example.com").run("collect_replies")
    assert met.ledger("Commitments") == []
    assert not any(k.startswith("acknowledgement") for k in met.letters(BEN))
    met.run("collect_replies")
    assert len(met.ledger("Commitments")) == 1
    assert any(k.startswith("acknowledgement") for k in met.letters(BEN))
