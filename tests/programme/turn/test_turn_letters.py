"""When a round's last letters are due, to whom, and what the closing word says of what two people achieved."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from by_value import NO, PAUSED, address, at, ended, on, pairing, person, seen
from peerpact.programme.commitments import Commitment, Outcome
from peerpact.programme.correspondence import LetterRecord, LetterState, planned
from peerpact.programme.follow_ups.decision import SendLetter, decide, noted
from peerpact.programme.follow_ups.seen import CommitmentsSeen
from peerpact.programme.pairings import ROUND_IS_OVER, Pairing
from peerpact.programme.people import Person
from peerpact.programme.turn.achieved import MOST_TOLD, achieved_in, achieved_so_far, unknown_action

PAIR = pairing("ab", id="ab", meeting_start=at("2026-01-14"), meeting_state="held")
OVER = ended("ab", id="ab", meeting_start=at("2026-01-14"), meeting_state="held", notes=ROUND_IS_OVER)
A, B = person("a"), person("b")


def letters(
    moment: str, pair: Pairing, *known: LetterRecord, who: tuple[Person, ...] = (A, B), **more: Any
) -> list[SendLetter]:
    """Return what is written at an hour of a day of which its round ends on 1 April."""
    commitments = {c.id: c for c in more.pop("commitments", ())}
    plan = decide(
        CommitmentsSeen(
            programme=seen(f"{moment}T10:00", who, pair, **more),
            letters={letter.key: letter for letter in known},
            commitments=commitments,
        )
    )
    return [a for a in plan.actions if isinstance(a, SendLetter)]


def kinds(found: list[SendLetter]) -> list[tuple[str, str]]:
    return [(a.record.kind, a.person.name) for a in found]


def promise(letter: str, name: str, outcome: Outcome | None = None, **more: Any) -> Commitment:
    other = "b" if letter == "a" else "a"
    usual = {"pairing": "ab", "made_on": on("2026-01-20"), "due": on("2026-02-20")}
    return Commitment(
        **{"id": name, "person": address(letter), "text": f"Do {name}.", "audience": (address(other),)}
        | usual
        | more,
        outcome=outcome,
    )


def sent(kind: str, who: str, day: str, number: str = "") -> LetterRecord:
    key = f"{kind}:ab:{address(who)}{number}"
    record = planned(kind, key, address(who), at=at(day), pairing="ab")
    return replace(record, state=LetterState.SENT, sent=at(day))


@pytest.mark.parametrize(
    ("day", "leaves"),
    [("2026-03-24", False), ("2026-03-25", True), ("2026-03-31", True), ("2026-04-01", False)],
)
def test_asks_everybody_in_the_last_week_of_their_round(day: str, leaves: bool) -> None:
    found = [a for a in letters(day, PAIR) if a.record.kind == "turn"]
    assert kinds(found) == ([("turn", "A"), ("turn", "B")] if leaves else [])
    assert all(a.record.number == 0 for a in found)


def test_takes_a_pairings_id_and_person_for_its_key() -> None:
    turn = letters("2026-03-25", PAIR)[0]
    assert turn.record.key == "turn:ab:a@example.com"
    assert turn.record.reference.startswith("TU-")
    assert kinds(letters("2026-03-26", PAIR, turn.record)) == [("turn", "A"), ("turn", "B")]
    left = replace(turn.record, state=LetterState.SENT)
    assert kinds(letters("2026-03-26", PAIR, left)) == [("turn", "B")]


def test_asks_nobody_who_does_not_take_part_or_waits() -> None:
    out = (replace(A, taking_part=NO), replace(B, taking_part=PAUSED))
    assert letters("2026-03-25", PAIR, who=out) == []
    assert letters("2026-03-25", PAIR, who=(replace(A, held="unread"), B)) == []


def test_lets_the_turn_take_the_place_of_what_falls_together_with_it() -> None:
    known = [sent("commitment-request", who, "2026-01-15") for who in "ab"]
    known += [sent("follow-up", who, "2026-02-16", ":1") for who in "ab"]
    assert letters("2026-03-16", PAIR, *known) == []
    assert set(kinds(letters("2026-03-25", PAIR, *known))) == {("turn", "A"), ("turn", "B")}
    asked = [sent("turn", who, "2026-03-25") for who in "ab"]
    assert letters("2026-03-31", PAIR, *known, *asked) == []


@pytest.mark.parametrize(
    ("sent_on", "today", "reminds"), [("02-10", "02-17", True), ("02-11", "02-18", False)]
)
def test_lets_the_turn_take_the_place_of_a_reminder_five_weeks_before(
    sent_on: str, today: str, *, reminds: bool
) -> None:
    slow = replace(
        PAIR, meetings="2026-01-14 12:00 held", meeting_start=at("2026-03-31"), meeting_state="accepted"
    )
    known = [sent("commitment-request", who, "2026-01-15") for who in "ab"]
    known += [sent("follow-up", who, f"2026-{sent_on}", f":{number}") for who in "ab" for number in (1, 2)]
    answered = [replace(x, answered=x.sent) if x.key.endswith(":1") else x for x in known]
    assert kinds(letters(f"2026-{today}", slow, *answered)) == (
        [("reminder", "A"), ("reminder", "B")] if reminds else []
    )


def test_asks_about_what_is_open_and_notes_that_it_did() -> None:
    promises = (promise("a", "c1"), promise("a", "c2", Outcome.KEPT), promise("b", "c3", Outcome.DROPPED))
    turn = next(a for a in letters("2026-03-25", PAIR, commitments=promises) if a.person == A)
    assert ([c.id for c in turn.mine], [c.id for c in turn.news]) == (["c1"], ["c3"])
    changed = {c.id: c.history for c in noted([turn], on("2026-03-25"))}
    assert changed["c1"] == f"2026-03-25 asked {turn.record.reference}"


def test_asks_before_the_last_meeting_only_about_what_is_due_and_tells_the_rest() -> None:
    pair = replace(
        PAIR, meetings="2026-02-16 10:00 held", meeting_start=at("2026-03-16"), meeting_state="accepted"
    )
    promises = (promise("a", "c1"), promise("a", "c2", due=on("2026-03-27")), promise("b", "c3"))
    turn = next(a for a in letters("2026-03-12", pair, commitments=promises) if a.person == A)
    assert (turn.record.kind, turn.record.number) == ("turn", 0)
    assert [[c.id for c in some] for some in (turn.mine, turn.ahead, turn.theirs)] == [["c1"], ["c2"], ["c3"]]
    asked = [replace(c, history=f"2026-03-12 asked {turn.record.reference}") for c in promises[:1]]
    known = [sent("turn", who, "2026-03-12") for who in "ab"]
    assert letters("2026-03-17", pair, *known, commitments=(*asked, *promises[1:2])) == []
    [own] = letters("2026-03-30", pair, *known, commitments=(*asked, *promises[1:2]))
    assert ([c.id for c in own.mine], own.key) == (["c1", "c2"], "follow-up:ab:a@example.com:2026-03-27")


def test_asks_in_the_word_that_closes_a_pairing_about_what_is_due_and_no_more_that_day() -> None:
    promises = (promise("a", "c1", due=on("2026-03-31")), promise("a", "c2", due=on("2026-04-20")))
    closing = next(a for a in letters("2026-04-01", OVER, commitments=promises) if a.person == A)
    assert [[c.id for c in some] for some in (closing.mine, closing.ahead)] == [["c1"], ["c2"]]
    told = {c.id: c for c in noted([closing], on("2026-04-01"))}
    assert told["c1"].history.endswith(f"asked {closing.record.reference}")
    left = replace(closing.record, state=LetterState.SENT, sent=at("2026-04-01"))
    after = [
        a for a in letters("2026-04-01", OVER, left, commitments=(told["c1"], promises[1])) if a.person == A
    ]
    assert after == []


def test_closes_a_pairing_when_its_round_is_over_for_whom_no_turn_has_reached() -> None:
    assert kinds(letters("2026-04-01", OVER)) == [("closing", "A"), ("closing", "B")]
    assert kinds(letters("2026-04-20", OVER)) == [("closing", "A"), ("closing", "B")]
    assert letters("2026-04-30", OVER) == []
    assert letters("2026-04-02", OVER, *(sent("closing", who, "2026-04-01") for who in "ab")) == []
    assert kinds(letters("2026-04-01", OVER, sent("turn", "a", "2026-03-25"))) == [("closing", "B")]
    kept = replace(sent("turn", "a", "2026-03-25"), state=LetterState.NEEDS_REVIEW)
    assert kinds(letters("2026-04-01", OVER, kept)) == [("closing", "A"), ("closing", "B")]


def test_closes_it_also_for_those_who_pause_from_then_on_but_for_nobody_who_left() -> None:
    out = (replace(A, taking_part=PAUSED), replace(B, taking_part=NO))
    assert kinds(letters("2026-04-01", OVER, who=out)) == [("closing", "A")]


def test_closes_nothing_that_never_began_or_ended_before() -> None:
    assert letters("2026-04-01", replace(OVER, approved_on=None)) == []
    assert letters("2026-04-01", replace(OVER, notes="Somebody of them left or pauses.")) == []


@pytest.mark.parametrize(
    ("made_on", "meetings", "state", "asks"),
    [
        ("2026-01-20", "", "held", None),
        ("2026-01-14", "", "held", None),
        ("2026-01-13", "", "held", "2026-01-14"),
        ("2026-01-13", "", "not known", "2026-01-14"),
        ("2026-01-13", "", "not met", None),
        ("2026-01-13", "2026-01-07 12:00 held", "not met", None),
        ("2026-01-02", "2026-01-07 12:00 held", "cancelled", "2026-01-07"),
    ],
)
def test_asks_what_they_took_from_the_last_meeting_where_nothing_is_known_of_it(
    made_on: str, meetings: str, state: str, asks: str | None
) -> None:
    pair = replace(PAIR, meetings=meetings, meeting_state=state)
    own = [promise("a", "own", made_on=on(made_on))]
    assert unknown_action(pair, A, own, at("2026-03-25")) == (on(asks) if asks else None)
    assert unknown_action(replace(pair, meeting_start=at("2026-03-27")), A, [], at("2026-03-25")) == (
        on("2026-01-07") if meetings else None
    )
    assert unknown_action(None, A, own, at("2026-03-25")) is None


def test_asks_of_the_last_of_several_meetings_as_soon_as_it_begins() -> None:
    several = replace(PAIR, meetings="2026-01-07 12:00 held", meeting_start=at("2026-01-14T12:00"))
    asked = [unknown_action(several, A, [], at(f"2026-01-14T{time}")) for time in ("11:59", "12:00")]
    assert asked == [on("2026-01-07"), on("2026-01-14")]


@pytest.mark.parametrize(("day", "pair"), [("2026-03-25", PAIR), ("2026-04-01", OVER)])
def test_tells_each_of_the_two_what_they_did_and_may_know_of(day: str, pair: Pairing) -> None:
    promises = (
        promise("a", "c1", Outcome.KEPT),
        promise("a", "c2"),
        promise("b", "c3", Outcome.KEPT),
        promise("b", "c4", Outcome.KEPT, audience=(address("z"),)),
        promise("a", "c5", Outcome.KEPT, pairing="before"),
    )
    last = next(a for a in letters(day, pair, commitments=promises) if a.person == A)
    achieved = achieved_in("ab", last.own, last.theirs)
    assert (achieved.promised, achieved.done) == (3, 2)
    assert ([c.id for c in achieved.kept], [c.id for c in achieved.partner_kept]) == (["c1"], ["c3"])
    assert [c.id for c in last.mine] == ["c2"]
    assert kinds(letters(day, pair, last.record, commitments=promises))[0] == (last.record.kind, "A")


def test_tells_one_of_the_two_by_a_day_what_was_said_back_and_made_for_them() -> None:
    said = (
        promise("a", "c1", Outcome.KEPT, audience=(address("b"),)),
        promise("a", "c2", audience=(address("b"),)),
        promise("b", "c3", Outcome.KEPT, audience=(address("a"),)),
        promise("b", "c4", Outcome.KEPT, audience=(address("z"),)),
        promise("b", "c5", Outcome.KEPT, audience=()),
        replace(
            promise("b", "c6", Outcome.KEPT, audience=(address("a"),)), history="2026-03-30 answered kept"
        ),
        replace(promise("b", "c7", Outcome.KEPT, audience=(address("a"),)), text=""),
        promise("a", "c8", Outcome.KEPT, pairing="before", audience=(address("b"),)),
    )
    found = achieved_so_far("ab", address("a"), said, on("2026-03-30"))
    assert (found.promised, found.done) == (3, 2)
    assert ([c.id for c in found.kept], [c.id for c in found.partner_kept]) == (["c1"], ["c3"])
    later = achieved_so_far("ab", address("a"), said, on("2026-03-31"))
    assert [c.id for c in later.partner_kept] == ["c3", "c6"]
    assert achieved_so_far("ab", address("b"), said, on("2026-03-31")).partner_kept == found.kept


def test_counts_more_than_it_tells() -> None:
    many = [promise("a", f"c{n}", Outcome.KEPT) for n in range(MOST_TOLD + 5)]
    achieved = achieved_in("ab", many, [])
    assert (achieved.done, len(achieved.kept)) == (MOST_TOLD + 5, MOST_TOLD)


def test_asks_in_the_next_round_about_what_stayed_open_and_shows_it_to_nobody_new() -> None:
    later = pairing("ac", 2, id="ac", approved_on=at("2026-04-04"), meeting_start=at("2026-04-10"))
    who = (A, person("c"))
    found = letters("2026-05-11", later, who=who, commitments=(promise("a", "c1"),))
    assert [(a.person.name, [c.id for c in a.mine], a.theirs) for a in found] == [
        ("A", ["c1"], ()),
        ("C", [], ()),
    ]


def test_shows_those_who_stay_together_what_they_heard_in_the_round_before() -> None:
    again = pairing("ab", 2, id="ab2", approved_on=at("2026-04-04"), meeting_start=at("2026-04-10"))
    found = letters("2026-05-11", again, commitments=(promise("a", "c1"),))
    assert [(a.person.name, [c.id for c in a.theirs]) for a in found] == [("A", []), ("B", ["c1"])]


def test_asks_those_without_a_partner_about_their_promises_and_shows_them_nobody_elses() -> None:
    who = (A, person("b", taking_part=NO))
    heard = promise("b", "c9")
    promises = (promise("a", "c1", due=on("2026-04-06")), heard)
    left = [sent("closing", "a", "2026-04-01")]
    assert letters("2026-04-06", OVER, *left, who=who, commitments=promises) == []
    [found] = letters("2026-04-07", OVER, *left, who=who, commitments=promises)
    assert (found.key, [c.id for c in found.mine]) == ("follow-up:ab:a@example.com:2026-04-06", ["c1"])
    assert (found.theirs, found.partners) == ((), ())


def test_lets_no_promise_wait_for_the_turn_more_than_three_working_days() -> None:
    known = [sent("commitment-request", who, "2026-01-15") for who in "ab"]
    known += [sent("follow-up", who, "2026-02-16", ":1") for who in "ab"]
    for due, asked in (("2026-03-19", "2026-03-20"), ("2026-03-22", "2026-03-25")):
        mine = promise("a", "c1", due=on(due))
        days = [f"2026-03-{n}" for n in range(int(due[-2:]) + 1, 28)]
        first = next(
            day
            for day in days
            if any("c1" in [c.id for c in a.mine] for a in letters(day, PAIR, *known, commitments=(mine,)))
        )
        assert first == asked
