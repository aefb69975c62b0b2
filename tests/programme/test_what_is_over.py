"""What is over, and what stays. By value."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from by_value import address, at, on, pairing, people, seen
from peerpact.programme.archive import (
    Ends,
    MoveToArchive,
    OverRow,
    commitments_over,
    cut,
    letters_over,
    pairing_in,
    pairings_over,
    replies_over,
    requests_over,
    round_of,
    runs_over,
)
from peerpact.programme.commitments import Commitment, Outcome
from peerpact.programme.correspondence import LetterState, ReplyRecord, planned
from peerpact.programme.pairings import Decision, PairingState, pairing_id
from peerpact.programme.requests import Request, Wish, who_stopped, with_requests
from peerpact.programme.seen import ProgrammeSeen

ONE = pairing_id(1, [address("a"), address("b")])
TWO = pairing_id(2, [address("a"), address("b")])
"""Rounds of three months from New Year: the second opens on 1 April."""


def programme(moment: str, **first: Any) -> ProgrammeSeen:
    ended = {"state": PairingState.ENDED, "approved_on": at("2026-01-08")} | first
    rounds = (pairing("ab", id=ONE, **ended), pairing("ab", 2, id=TWO))
    return seen(moment, people("ab"), *rounds)


def promise(**more: Any) -> Commitment:
    plain: dict[str, Any] = {"text": "Call.", "made_on": on("2026-01-20"), "due": on("2026-02-20")}
    return Commitment(**{"id": "c1", "person": address("a"), "pairing": ONE, **plain, **more})


PAIRINGS: dict[str, tuple[str, dict[str, Any], bool]] = {
    "some weeks after its round": ("2026-04-22", {}, True),
    "in the turn": ("2026-04-21", {}, False),
    "never approved": ("2026-04-22", {"state": PairingState.REJECTED, "approved_on": None}, True),
    "approved still": ("2026-04-22", {"state": PairingState.APPROVED}, False),
    "locked for the next round": ("2026-04-22", {"decision": Decision.LOCK}, False),
    "locked, a round later": ("2026-07-27", {"decision": Decision.LOCK}, True),
    "with a meeting ahead": ("2026-04-22", {"meeting_start": at("2026-05-01")}, False),
}


@pytest.mark.parametrize("case", PAIRINGS)
def test_tells_which_pairings_are_over(case: str) -> None:
    moment, first, is_over = PAIRINGS[case]
    there = programme(moment, **first)
    remembered = {(1, (address("a"), address("b")))}
    both = (address("a"), address("b"))
    assert (
        pairings_over(there, remembered)
        == [OverRow(title="Pairings", key=(ONE,), of=ONE, people=both)] * is_over
    )


@pytest.mark.parametrize("first_round", [None, on("2026-06-01"), on("2026-05-20")])
def test_holds_no_round_for_over_that_no_setting_counts_any_more(first_round: date | None) -> None:
    there = seen("2026-05-20", people("ab"), *programme("2026-05-20").pairings, first_round=first_round)
    assert pairings_over(there, {(1, (address("a"), address("b")))}) == []


@pytest.mark.parametrize(
    ("moment", "first", "months", "month", "is_over"),
    [
        ("2026-04-22", "2026-01-01", 3, "2026-03-01", True),
        ("2026-04-21", "2026-01-01", 3, "2026-03-01", False),
        ("2026-04-22", "2026-01-01", 3, "2026-04-01", False),
        ("2026-04-22", "2026-01-01", 3, "2025-12-01", False),
        ("2026-04-22", "2026-01-31", 2, "2026-02-01", True),
        ("2026-04-22", "2026-01-31", 2, "2026-03-01", False),  # on its last day the next round opens
    ],
)
def test_says_of_which_month_pairings_may_be_in_the_archive(
    moment: str, first: str, months: int, month: str, is_over: bool
) -> None:
    there = seen(moment, first_round=on(first), round_months=months)
    assert Ends.of(there).month_is(on(month)) is is_over


def test_moves_rows_under_a_key_of_their_own() -> None:
    titles = ("Pairings", "History", "History")
    rows = [OverRow(title=title, key=(title[0], f"x{n}"), of=ONE) for n, title in enumerate(titles, 1)]
    move = MoveToArchive(rows=tuple(rows))
    assert move.key == "archive-3-History-H-x3"
    assert move.summary == "Move to the archive what is over: 1 rows of Pairings, 2 rows of History"


@pytest.mark.parametrize("typed", ["False", "x", "", "46034.5"])
def test_keeps_a_pairing_whose_id_was_typed_over(typed: str) -> None:
    there = programme("2026-04-22")
    first, second = there.pairings
    odd = replace(there, pairings=(replace(first, id=typed), second))
    assert pairings_over(odd, {(1, (address("a"), address("b")))}) == []


@pytest.mark.parametrize(
    ("unread", "are_over"),
    [((), "12"), ((ONE,), "2"), (("r1",), "2"), (("r2",), "1"), (("r3", "r3-xyz"), "12"), (("",), "")],
)
def test_lets_only_what_an_odd_row_may_be_about_wait(unread: tuple[str, ...], are_over: str) -> None:
    """Neither pairing is on a row that can be read."""
    there = replace(programme("2026-12-01"), pairings=(), unread=frozenset(unread))
    ends = Ends.of(there)
    assert [ends.pairing_is(ONE), ends.pairing_is(TWO)] == ["1" in are_over, "2" in are_over]


def test_moves_what_is_on_rows_that_can_be_read_whatever_cannot() -> None:
    there = replace(programme("2026-04-22"), unread=frozenset({""}))
    assert [row.key for row in pairings_over(there, {(1, (address("a"), address("b")))})] == [(ONE,)]
    assert Ends.of(there).pairing_is(ONE)


@pytest.mark.parametrize(
    ("key", "moves"),
    [(f"follow-up:{ONE}:a:1", True), ("x", False), ("46034.5", False), ("x:y", False), ("follow-up:", False)],
)
def test_leaves_a_letter_whose_key_was_typed_over_where_it_is(key: str, moves: bool) -> None:
    letter = planned("follow-up", f"follow-up:{ONE}:a:1", address("a"), at=at("2026-01-20"), pairing=ONE)
    there = replace(letter, key=key, state=LetterState.SENT, sent=at("2026-01-20"))
    assert (letters_over([there], programme("2026-05-20")) != []) is moves


def test_keeps_a_pairing_that_would_be_forgotten() -> None:
    assert pairings_over(programme("2026-04-22"), set()) == []


COMMITMENTS: dict[str, tuple[str, Commitment, bool]] = {
    "kept long ago": ("2026-05-01", promise(outcome=Outcome.KEPT, answered_on=on("2026-02-21")), True),
    "kept lately": ("2026-05-01", promise(outcome=Outcome.KEPT, answered_on=on("2026-03-01")), False),
    "open, a round later": ("2026-06-30", promise(), False),
    "open, two rounds later": ("2026-07-27", promise(), True),
    "erased": ("2026-05-01", promise(text="(erased)"), True),
    "due lately": ("2026-05-01", promise(due=on("2026-03-02"), outcome=Outcome.KEPT), False),
    "of the round that is on": (
        "2026-09-30",
        promise(pairing=TWO, made_on=on("2026-05-01"), outcome=Outcome.KEPT),
        True,
    ),
    "of a pairing without a round": ("2027-05-01", promise(pairing="p1", outcome=Outcome.KEPT), False),
}


@pytest.mark.parametrize("case", COMMITMENTS)
def test_tells_which_commitments_are_over(case: str) -> None:
    moment, commitment, is_over = COMMITMENTS[case]
    there = programme(moment)
    if is_over and commitment.pairing == TWO:
        there = replace(there, pairings=())
    assert (commitments_over([commitment], there) == [commitment]) is is_over


def test_moves_letters_and_replies_by_whole_months() -> None:
    there = programme("2026-05-20")
    letters = {}
    for sent, of in (("2026-02-28", ONE), ("2026-03-01", ONE), ("2026-02-28", ""), ("2026-02-28", TWO)):
        letter = planned(
            "follow-up", f"follow-up:{of}:{address('a')}:{sent}", address("a"), at=at(sent), pairing=of
        )
        letters[letter.key] = replace(letter, state=LetterState.SENT, sent=at(sent))
    drafted = replace(next(iter(letters.values())), key="drafted", state=LetterState.DRAFTED)
    over = letters_over([*letters.values(), drafted], there)
    assert [row.of for row in over] == [ONE, "2026-02"]
    replies = [
        ReplyRecord(message_id=key, received=at("2026-02-28"), kind="answer", letter=key) for key in letters
    ]
    assert [row.of for row in replies_over(replies, letters, there)] == [ONE, ONE, "2026-02"]


@pytest.mark.parametrize("kind", ["announcement", "welcome", "left-over"])
@pytest.mark.parametrize(
    ("number", "moment", "is_over"),
    [
        (1, "2026-03-31", False),
        (1, "2026-04-21", False),
        (1, "2026-04-22", True),
        (2, "2026-04-22", False),
    ],
)
def test_keeps_a_letter_about_a_round_until_that_is_over(
    kind: str, number: int, moment: str, is_over: bool
) -> None:
    letter = planned(kind, f"{kind}:r{number}:{address('a')}", address("a"), at=at("2025-12-24"))
    sent = replace(letter, state=LetterState.SENT, sent=at("2025-12-24"))
    assert [row.of for row in letters_over([sent], programme(moment))] == ["2025-12"] * is_over


@pytest.mark.parametrize(
    ("said_by", "people"), [(address("a"), (address("a"),)), ("(unknown)", ()), ("", ())]
)
def test_knows_of_a_reply_whose_it_is_and_of_which_pairing_by_its_letter(
    said_by: str, people: tuple[str, ...]
) -> None:
    letter = planned("follow-up", "follow-up:x", address("a"), at=at("2026-02-01"), pairing=ONE)
    reply = ReplyRecord(
        message_id="m", received=at("2026-02-28"), kind="answer", letter=letter.key, person=said_by
    )
    [row] = replies_over([reply], {letter.key: letter}, programme("2026-05-20"))
    assert row == OverRow(title="Replies", key=("m",), of=ONE, people=people)


OLD = Request(id="q1", person=address("a"), kind=Wish.BACK, asked_on=on("2026-01-10"))
STOP = Request(id="q2", person=address("a"), kind=Wish.STOP, asked_on=on("2026-06-30"))


@pytest.mark.parametrize(
    ("moment", "asked", "over"),
    [
        ("2026-06-30", (OLD, STOP), []),  # until the stop begins the word before it holds
        ("2026-07-01", (OLD, STOP), ["q1"]),
        ("2026-07-01", (OLD,), ["q1"]),
        ("2026-07-01", (replace(OLD, kind=Wish.STOP),), []),
        ("2026-07-01", (replace(OLD, kind=Wish.STOP, decision="ignore"),), ["q1"]),
        ("2026-07-01", (replace(OLD, kind=Wish.PAUSE),), []),
        ("2026-07-01", (replace(OLD, kind=Wish.PAUSE, until=on("2026-07-01")),), ["q1"]),
        ("2026-07-01", (replace(OLD, kind=Wish.PAUSE, until=on("2026-07-02")),), []),
        ("2026-07-01", (replace(OLD, kind=Wish.QUESTION),), []),
        ("2026-07-01", (replace(OLD, kind=Wish.QUESTION, decision="done"),), ["q1"]),
        ("2026-07-01", (replace(OLD, kind=Wish.STATUS),), ["q1"]),
        ("2026-07-01", (replace(OLD, kind=Wish.STATUS, asked_on=on("2026-05-01")),), []),
        ("2026-07-01", (replace(OLD, kind=Wish.FORGET_ME),), []),
        ("2028-07-01", (replace(OLD, kind=Wish.TALK_ABOUT, words="tea"),), []),
        ("2028-07-01", (replace(OLD, kind=Wish.CAN_OFFER, words="tea", decision="ignore"),), []),
    ],
)
def test_takes_away_requests_that_have_passed(
    moment: str, asked: tuple[Request, ...], over: list[str]
) -> None:
    assert [row.key[0] for row in requests_over(asked, programme(moment))] == over


def test_moves_runs_by_whole_months() -> None:
    runs = [("a", at("2026-03-31")), ("b", at("2026-04-01"))]
    assert [row.key for row in runs_over(runs, on("2026-05-31"))] == [("a",)]


@given(
    st.lists(
        st.tuples(
            st.sampled_from([Wish.PAUSE, Wish.STOP, Wish.BACK]),
            st.dates(date(2026, 1, 5), date(2027, 3, 1)),
            st.none() | st.dates(date(2026, 1, 5), date(2027, 6, 1)),
            st.none() | st.dates(date(2026, 1, 5), date(2027, 6, 1)),
            st.sampled_from([None, "ignore", "done"]),
        ),
        max_size=6,
    ),
    st.dates(date(2026, 4, 1), date(2027, 4, 1)),
)
def test_takes_no_request_away_that_makes_a_difference(words: list[Any], day: date) -> None:
    asked = [
        Request(
            id=f"q{n}",
            person=address("a"),
            kind=kind,
            asked_on=on_,
            since=since,
            until=until,
            decision=decision,
        )
        for n, (kind, on_, since, until, decision) in enumerate(words)
        if on_ <= day
    ]
    there = replace(programme(f"{day}"), requests=tuple(asked))
    over = {row.key[0] for row in requests_over(asked, there)}
    left = [r for r in asked if r.id not in over]
    takes_part = [
        [p.is_taking_part(later) for p in with_requests(people("a"), some, later)]
        for some in (asked, left)
        for later in (day, date(2028, 1, 1))
    ]
    assert takes_part[:2] == takes_part[2:]
    assert who_stopped(asked) == who_stopped(left)


@given(st.integers(1, 99), st.lists(st.emails(), min_size=2, max_size=3, unique=True))
def test_reads_a_pairing_out_of_every_key(number: int, addresses: list[str]) -> None:
    pairing = pairing_id(number, addresses)
    assert round_of(pairing) == number
    assert pairing_in(f"reminder:follow-up:{pairing}:{addresses[0]}:1") == pairing
    assert pairing_in(f"follow-up:{pairing}-2:{addresses[0]}:1") == f"{pairing}-2"
    assert pairing_in(f"digest:2026-W03:{addresses[0]}") == ""


def test_cuts_at_the_first_of_a_month() -> None:
    assert [cut(on(d)) for d in ("2026-01-31", "2026-03-01", "2026-02-28")] == [
        on("2025-11-01"),
        on("2026-01-01"),
        on("2025-12-01"),
    ]
