"""What ends the letters is said back before it counts: a pause, leaving, being away."""

from __future__ import annotations

import pytest

from cast import Cast

BEN = "ben@example.com"


@pytest.fixture
def asked(met: Cast) -> Cast:
    """Ben, who reads English."""
    met.enter("Roster", "H3", "English")
    return met


def words(cast: Cast) -> str:
    body = cast.mails(BEN)[-1].get_body(("plain",))
    return " ".join(body.get_content().split())  # type: ignore[union-attr]


def partners(cast: Cast) -> list[str]:
    """Return the pairings of Ben that go on."""
    cast.run("pair_people")
    return [
        p["Addresses"]
        for p in cast.tab("Pairings")
        if p["State"] in {"Approved", "Proposed"} and BEN in p["Addresses"]
    ]


def test_says_a_pause_back_with_its_days_and_begins_it_a_day_later(asked: Cast) -> None:
    asked.reply(BEN, "Please pause me until 2026-03-01.", to="commitment-request")
    asked.run("collect_replies")
    assert "until 1 March 2026" in words(asked)
    assert partners(asked)
    asked.wait(days=1)
    assert partners(asked) == []


def test_says_both_ends_of_a_span_back_and_begins_it_on_its_first_day(asked: Cast) -> None:
    asked.reply(BEN, "I'm away between 9 and 20 March, please pause me.", to="commitment-request")
    asked.run("collect_replies")
    assert "from 9 March 2026 until 20 March 2026" in words(asked)
    assert [(r["From"], r["Until"]) for r in asked.tab("Requests")] == [("2026-03-09", "2026-03-20")]
    asked.wait(days=1)
    assert partners(asked)


def test_takes_a_pause_back_before_it_has_begun(asked: Cast) -> None:
    asked.reply(BEN, "pause", to="commitment-request")
    asked.run("collect_replies")
    asked.reply(BEN, "back", to="acknowledgement")
    asked.run("collect_replies")
    asked.wait(days=1)
    assert partners(asked)


def test_says_a_pause_back_however_much_was_said_that_day(asked: Cast) -> None:
    asked.reply(BEN, "I will ask Dina for feedback", to="commitment-request")
    asked.run("collect_replies")
    asked.reply(BEN, "pause", to="acknowledgement")
    asked.run("collect_replies")
    assert "You pause from" in words(asked)


def test_erases_nothing_at_once_of_somebody_who_stops_and_says_when(asked: Cast) -> None:
    asked.reply(BEN, "I will ask Dina for feedback", to="commitment-request")
    asked.run("collect_replies")
    asked.wait(days=1)
    asked.reply(BEN, "stop", to="acknowledgement")
    asked.run("collect_replies")
    assert "you no longer take part" in words(asked)
    assert "what you promised is erased" in words(asked)
    asked.run("send_follow_ups")
    assert asked.ledger("Commitments")[0]["Text"] == "I will ask Dina for feedback"


@pytest.mark.parametrize(
    ("text", "button"),
    [
        ("I'm away until 1 March", "pause until 1 March 2026"),
        ("Yes, but not in February", "pause from 1 February 2026 until 1 March 2026"),
    ],
)
def test_asks_whoever_is_away_whether_they_pause_and_takes_the_button(
    asked: Cast, text: str, button: str
) -> None:
    asked.reply(BEN, text, to="introduction")
    asked.run("collect_replies")
    assert asked.tab("Requests") == []
    assert button in words(asked)
    asked.reply(BEN, button, to="acknowledgement")
    asked.run("collect_replies")
    assert [(r["Asked for"], r["Until"]) for r in asked.tab("Requests")] == [("pause", "2026-03-01")]


def test_says_back_that_they_met_also_when_it_asks_again(asked: Cast) -> None:
    asked.reply(BEN, "We met yesterday.", to="commitment-request")
    asked.run("collect_replies")
    assert [r["Asked for"] for r in asked.tab("Requests")] == ["met"]
    assert "You have met." in words(asked)
