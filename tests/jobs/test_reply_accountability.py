"""A partner who knows: what each hears of the other's promises, and what silence leads to."""

from __future__ import annotations

import pytest

from cast import Cast

CLEO = "cleo@example.com"
THEIRS, HERS = "Ask Dina about the canary report", "Read the chapter on listening"


@pytest.fixture
def pair(met: Cast) -> Cast:
    """Cleo and her partner have each promised something; days ago both have got their first follow-up.

    Their round is a long one.
    """
    return met.bring_to(both_promised)


def both_promised(cast: Cast, days: int = 23) -> None:
    cast.lengthen_rounds(6)
    cast.reply(partner(cast), THEIRS, to="commitment-request")
    cast.reply(CLEO, HERS, to="commitment-request")
    cast.run("collect_replies")
    a_month_passes(cast, days)


def partner(cast: Cast) -> str:
    pairing = next(p for p in cast.tab("Pairings") if CLEO in p["Addresses"])
    return next(a for a in pairing["Addresses"].split(", ") if a != CLEO)


def a_month_passes(cast: Cast, days: int = 32) -> None:
    """Let days pass, with a run each morning."""
    for _ in range(days):
        cast.wait(days=1)
        cast.run("send_follow_ups")


def letters(cast: Cast, kind: str, person: str = CLEO) -> list[str]:
    bodies = [
        m.get_body(("plain",)) for m in cast.mails(person) if (m["X-Peerpact"] or "").startswith(kind + ":")
    ]
    return [" ".join(b.get_content().split()) for b in bodies]  # type: ignore[union-attr]


def test_shows_the_partners_open_promise_in_each_follow_up(pair: Cast) -> None:
    assert f": {THEIRS}" in letters(pair, "follow-up")[-1]
    pair.reply(partner(pair), "1 not yet", to="follow-up")
    pair.reply(CLEO, "1 done", to="follow-up")
    pair.run("collect_replies")
    a_month_passes(pair)
    assert f": {THEIRS} (still ahead)" in letters(pair, "follow-up")[-1]


def test_gives_one_question_to_ask_in_each_follow_up(pair: Cast) -> None:
    questions = {g["Text"] for g in pair.tab("Guidance") if g["Kind"] == "monthly question"}
    a_month_passes(pair)
    asked = [[q for q in questions if q in letter] for letter in letters(pair, "follow-up")]
    assert [len(q) for q in asked] == [1, 1]
    assert asked[0] != asked[1]


def test_tells_the_partner_once_and_in_the_next_letter_what_was_kept(pair: Cast) -> None:
    pair.reply(CLEO, "1 not yet", to="follow-up")
    pair.reply(partner(pair), "1 done", to="follow-up")
    pair.run("collect_replies")
    a_month_passes(pair)
    pair.reply(CLEO, "1 done", to="follow-up")
    pair.run("collect_replies")
    a_month_passes(pair)
    told = [f"did it: {THEIRS}" in letter for letter in letters(pair, "follow-up")]
    assert told == [False, True, False]


def test_tells_the_partner_in_a_reminder_if_that_is_the_next_letter(met: Cast) -> None:
    """The follow-up comes before the meeting of 9 February, its reminder after it."""
    both_promised(met, 15)
    met.reply(partner(met), "1 done", to="follow-up")
    met.run("collect_replies")
    a_month_passes(met, 14)
    assert f"did it: {THEIRS}" in letters(met, "reminder")[-1]
    assert f"did it: {THEIRS}" not in letters(met, "follow-up")[-1]


def test_tells_nobody_but_the_partner_what_was_kept(pair: Cast) -> None:
    pair.reply(partner(pair), "1 done", to="follow-up")
    pair.run("collect_replies")
    a_month_passes(pair)
    assert pair.checker().faults() == []


def test_writes_shorter_letters_when_two_follow_ups_were_left_unanswered(pair: Cast) -> None:
    for _ in range(4):
        a_month_passes(pair, 30)
    first, second, fourth = letters(pair, "follow-up")
    assert THEIRS in first
    assert THEIRS in second
    assert THEIRS not in fourth
    assert HERS in fourth
    assert len(fourth) < len(first) / 2


def test_writes_rarer_letters_when_two_follow_ups_were_left_unanswered(pair: Cast) -> None:
    for _ in range(4):
        a_month_passes(pair, 30)
    numbers = [k.rpartition(":")[2] for k in pair.letters(CLEO) if k.startswith("follow-up:")]
    assert numbers == ["1", "2", "4"]
    assert len(letters(pair, "reminder")) == 1


def test_shows_admins_how_many_have_gone_quiet(pair: Cast) -> None:
    a_month_passes(pair)
    assert [row["Gone quiet"] for row in pair.tab("Overview")] == ["", "", ""]
    a_month_passes(pair, 28)
    pair.run("report")
    assert [row["Gone quiet"] for row in pair.tab("Overview")] == ["", "", "5", ""]
    said = pair.mails("people.team@example.com")[-1].get_body(("plain",)).get_content()  # type: ignore[union-attr]
    assert "People who left two follow-ups unanswered: 5" in said


def test_makes_a_promise_due_at_the_next_meeting_that_is_booked(met: Cast) -> None:
    met.reply(CLEO, HERS, to="commitment-request")
    met.run("collect_replies")
    promise = met.ledger("Commitments")[0]
    [pairing] = [p for p in met.tab("Pairings") if CLEO in p["Addresses"]]
    assert pairing["Next meeting"].startswith("2026-02-09")
    assert promise["Due"] - promise["Made on"] == 18
