"""The turn of a round: asked in its last week, answered by a tap or in words, closed when it is over."""

from __future__ import annotations

from datetime import UTC, datetime
from email.message import EmailMessage
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from test_reply_buttons import buttons

import states
from cast import Cast

BEN = "ben@example.com"
LAST_WEEK = datetime(2026, 3, 30, 10, tzinfo=UTC)
OVER = datetime(2026, 4, 7, 6, tzinfo=UTC)
"""The first working day after it: the day before is Easter Monday."""
PROMISE = "Ask Dina about the canary report"


def partner_of(cast: Cast, person: str, number: str = "1") -> str:
    [people] = [
        p["Addresses"] for p in cast.tab("Pairings") if person in p["Addresses"] and p["Round"] == number
    ]
    return next(a for a in people.split(", ") if a != person)


def words(mail: EmailMessage) -> str:
    return " ".join(mail.get_body(("plain",)).get_content().split())  # type: ignore[union-attr]


def kinds(cast: Cast, person: str = BEN) -> list[str]:
    return [key.partition(":")[0] for key in cast.letters(person)]


def run(cast: Cast, *jobs: str) -> None:
    for job in jobs:
        cast.run(job)


def tap(cast: Cast, person: str, label: str) -> None:
    """Send, as it is, what a button on the turn's letter fills in."""
    letter = [m for m in cast.mails(person) if (m["X-Peerpact"] or "").startswith("turn:")][-1]
    link = urlsplit(buttons(letter)[label])
    fields = parse_qs(link.query)
    cast.write(person, fields["body"][0], to=unquote(link.path), subject=fields["subject"][0])


@pytest.fixture
def turning(cast: Cast) -> Cast:
    return cast.bring_to(_turning)


def _turning(cast: Cast) -> None:
    """The last week of the first round; Ben has promised something."""
    cast.bring_to(states.met)
    for row in range(2, 8):
        cast.enter("Roster", f"H{row}", "English")
    cast.reply(BEN, PROMISE, to="commitment-request")
    cast.run("collect_replies")
    cast.go_to(LAST_WEEK)
    run(cast, "book_first_meetings", "send_follow_ups")


def test_asks_everybody_once_about_promises_worth_and_what_comes_next(turning: Cast) -> None:
    turning.wait(days=1)
    turning.run("send_follow_ups")
    for person in ("ben", "cleo", "dina", "emil", "fay", "gus"):
        assert kinds(turning, f"{person}@example.com").count("turn") == 1
    text = words(turning.mails(BEN)[-1])
    assert PROMISE in text
    assert "5 April 2026" in text
    assert turning.checker().faults() == []


def test_takes_a_whole_answer_in_ones_own_words(turning: Cast) -> None:
    turning.reply(BEN, "1 done\n\n4/5\n\nStay together, please.", to="turn")
    turning.run("collect_replies")
    assert [c["Outcome"] for c in turning.ledger("Commitments")] == ["kept"]
    [row] = [x for x in turning.ledger("Letters") if x["Kind"] == "turn" and x["Person"] == BEN]
    assert int(row["Number"]) == 4
    assert [(r["Person"], r["Asked for"]) for r in turning.tab("Requests")] == [(BEN, "stay with my partner")]
    said = words(turning.mails(BEN)[-1])
    for part in (PROMISE, "from 1 to 5: 4", "stay with your partner"):
        assert part in said
    assert {(x["Kind"], x["Number"]) for x in turning.tab("Letters")} == {("introduction", "")}


@pytest.mark.parametrize(
    ("label", "kept"),
    [
        ("Stay with my partner", {"Asked for": "stay with my partner", "From": "", "Until": ""}),
        ("Somebody new", {"Asked for": "a new partner next round", "From": "", "Until": ""}),
        ("Skip one round", {"Asked for": "pause", "From": "2026-04-05", "Until": "2026-07-05"}),
        ("Pause", {"Asked for": "pause", "From": "2026-04-05", "Until": ""}),
        ("3", {}),
    ],
)
def test_takes_each_button_for_what_it_says(turning: Cast, label: str, kept: dict[str, str]) -> None:
    tap(turning, BEN, label)
    run(turning, "collect_replies", "pair_people")
    assert [{k: r[k] for k in kept} for r in turning.tab("Requests")] == ([kept] if kept else [])
    standing = [p["Addresses"] for p in turning.tab("Pairings") if p["State"] == "Approved"]
    assert BEN in " ".join(standing)


def test_keeps_two_together_who_both_say_so_and_writes_to_nobody_twice_at_the_end(turning: Cast) -> None:
    partner = partner_of(turning, BEN)
    tap(turning, BEN, "Stay with my partner")
    tap(turning, partner, "Stay with my partner")
    turning.reply(BEN, "1 done", to="turn")
    turning.run("collect_replies")
    turning.go_to(OVER)
    turning.run("pair_people")
    assert partner_of(turning, BEN, "2") == partner
    assert turning.tab("Locked pairs") == []
    turning.wait(hours=4)
    turning.run("send_follow_ups")
    turning.run("send_follow_ups")
    for person in ("ben", "cleo", "dina", "emil", "fay", "gus"):
        assert [k for k in kinds(turning, f"{person}@example.com") if k in {"turn", "closing"}] == ["turn"]
    assert turning.checker().faults() == []


def test_tells_each_of_the_two_what_came_of_it_and_nobody_else(met: Cast) -> None:
    partner = partner_of(met, BEN)
    for row in range(2, 8):
        met.enter("Roster", f"H{row}", "English")
    met.reply(BEN, PROMISE, to="commitment-request")
    met.run("collect_replies")
    met.wait(days=28)
    run(met, "book_first_meetings", "send_follow_ups")
    met.reply(BEN, "1 done", to="follow-up")
    met.run("collect_replies")
    met.go_to(LAST_WEEK)
    run(met, "book_first_meetings", "send_follow_ups")
    told = {
        p: words(met.mails(f"{p}@example.com")[-1]) for p in ("ben", "cleo", "dina", "emil", "fay", "gus")
    }
    assert {p for p, text in told.items() if PROMISE in text} == {"ben", partner.partition("@")[0]}
    for text in (told["ben"], told[partner.partition("@")[0]]):
        assert text.count(PROMISE) == 1
        assert "Between you, you took on one thing and did it." in text


def test_tells_with_the_answer_to_the_turn_what_came_of_the_round_and_each_of_it_alone(turning: Cast) -> None:
    partner = partner_of(turning, BEN)
    turning.reply(BEN, "1 done\n\n4/5\n\nNext: Ask Emil for his notes", to="turn")
    turning.run("collect_replies")
    turning.wait(days=1)
    turning.reply(partner, "5/5", to="turn")
    turning.reply("fay@example.com", "5/5", to="turn")
    turning.run("collect_replies")
    told = {p: words(turning.mails(p)[-1]) for p in (BEN, partner, "fay@example.com")}
    for person, mine in ((BEN, f"You: {PROMISE}"), (partner, f"Ben: {PROMISE}")):
        assert mine in told[person]
        assert "so far: Between you, you took on 2 things and did 1 of them." in told[person]
    assert PROMISE not in told["fay@example.com"]
    assert "so far" not in told["fay@example.com"]


def test_closes_the_round_of_whoever_no_turn_has_reached(met: Cast) -> None:
    met.go_to(OVER)
    met.run("pair_people")
    met.wait(hours=4)
    met.run("send_follow_ups")
    met.run("send_follow_ups")
    for person in ("ben", "cleo", "dina", "emil", "fay", "gus"):
        assert kinds(met, f"{person}@example.com").count("closing") == 1
    assert met.checker().faults() == []


def test_parts_two_of_whom_only_one_wants_to_stay(turning: Cast) -> None:
    partner = partner_of(turning, BEN)
    tap(turning, BEN, "Stay with my partner")
    turning.run("collect_replies")
    turning.go_to(OVER)
    turning.run("pair_people")
    assert partner_of(turning, BEN, "2") != partner


def test_carries_what_is_open_into_the_next_round_unseen_by_the_new_partner(turning: Cast) -> None:
    turning.go_to(OVER)
    turning.run("pair_people")
    turning.wait(days=3, hours=3)
    run(turning, "pair_people", "book_first_meetings")
    turning.wait(days=14)
    run(turning, "book_first_meetings", "send_follow_ups")
    turning.wait(days=32)
    run(turning, "send_follow_ups")
    new = partner_of(turning, BEN, "2")
    assert PROMISE in words(turning.mails(BEN)[-1])
    assert not any(PROMISE in words(m) for m in turning.mails(new) if "r2-" in (m["X-Peerpact"] or ""))
    assert turning.checker().faults() == []
