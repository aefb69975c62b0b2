"""Whose words are erased from the ledger, and when a roster that lost people keeps them. By value."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from by_value import NO, PAUSED, address, on, pairing, people, person, seen
from peerpact.programme.commitments import ERASED, Commitment
from peerpact.programme.memory import Memo, absent, says_no
from peerpact.programme.requests import Request, Wish
from peerpact.programme.retention import (
    ArchivedWords,
    EraseWords,
    looks_through_all,
    retention_problems,
    to_be_erased,
)
from peerpact.programme.seen import ProgrammeSeen


def promise(
    letter: str, pairing_id: str = "p1", made_on: str = "2026-02-01", text: str = "Call."
) -> Commitment:
    return Commitment(
        id=letter,
        person=address(letter),
        pairing=pairing_id,
        text=text,
        made_on=on(made_on),
        due=on("2026-03-01"),
    )


def programme(
    moment: str = "2026-03-10", letters: str = "ab", *who: Any, others: str = "", **more: Any
) -> ProgrammeSeen:
    """Return a programme in which a and b are paired, and ``others`` are."""
    pairings = [pairing("ab", id="p1"), pairing("ab", 2, id="p2"), pairing(others, id="p3")]
    return seen(moment, [*people(letters), *who], *pairings[: 3 if others else 2], **more)


def since(key: Callable[[str], str], letters: str, day: str) -> dict[str, Memo]:
    return {key(address(x)): Memo(key=key(address(x)), since=on(day)) for x in letters}


def asked(letter: str, wish: Wish, day: str = "2026-03-05") -> Request:
    return Request(id=f"{letter}{day}", person=address(letter), kind=wish, asked_on=on(day))


CASES: dict[str, tuple[ProgrammeSeen, list[Commitment], str, int]] = {
    # situation, commitments, whose words are erased, how many are reported missing
    "nothing to erase": (programme(), [promise("a"), promise("b")], "", 0),
    "the day before their time is over": (programme("2026-09-30T23:59"), [promise("a")], "", 0),
    "their time is over: six months after the round's end": (
        programme("2026-10-01T00:00"),
        [promise("a")],
        "a",
        0,
    ),
    "the second round ends later": (
        programme("2026-10-01"),
        [promise("a"), promise("b", "p2")],
        "a",
        0,
    ),
    "the second round's time is over": (programme("2027-01-01T00:00"), [promise("b", "p2")], "b", 0),
    "the day before, at the turn of the year": (programme("2026-12-31T23:59"), [promise("b", "p2")], "", 0),
    "another retention": (programme("2026-05-01T00:00", retention_months=1), [promise("a")], "a", 0),
    "rounds of one month": (programme("2026-08-01", round_months=1), [promise("a")], "a", 0),
    "a pairing that is unknown: from the day it was made, as long as a round": (
        programme("2026-11-01T00:00"),
        [promise("a", "gone"), promise("b", "gone", "2026-02-02")],
        "a",
        0,
    ),
    "a month that has no such day": (
        programme("2027-02-28", first_round=None),
        [promise("a", "gone", "2026-05-31")],
        "a",
        0,
    ),
    "no first round": (
        programme("2026-11-01", first_round=None),
        [promise("a"), promise("b", made_on="2026-02-02")],
        "a",
        0,
    ),
    "somebody takes no part since less than the days of grace": (
        programme("2026-03-10", "b", person("a", taking_part=NO), memory=since(says_no, "a", "2026-03-04")),
        [promise("a"), promise("b")],
        "",
        0,
    ),
    "somebody takes no part since the days of grace": (
        programme("2026-03-10", "b", person("a", taking_part=NO), memory=since(says_no, "a", "2026-03-03")),
        [promise("a"), promise("b")],
        "a",
        0,
    ),
    "somebody asked for it themselves, as many days ago": (
        programme("2026-03-10", "ab", requests=(asked("a", Wish.STOP, "2026-03-03"),)),
        [promise("a"), promise("b")],
        "a",
        0,
    ),
    "somebody asked for it themselves, one day less": (
        programme("2026-03-10", "ab", requests=(asked("a", Wish.STOP, "2026-03-04"),)),
        [promise("a"), promise("b")],
        "",
        0,
    ),
    "somebody asked for it themselves and came back": (
        programme("2026-03-10", "ab", requests=(asked("a", Wish.STOP), asked("a", Wish.BACK, "2026-03-06"))),
        [promise("a"), promise("b")],
        "",
        0,
    ),
    "somebody pauses": (programme("2026-03-10", "b", person("a", taking_part=PAUSED)), [promise("a")], "", 0),
    "somebody whose row can't be read": (
        programme("2026-03-10", "b", person("a", held="their taking part can't be read")),
        [promise("a")],
        "",
        0,
    ),
    "somebody is missing, and nobody noticed before": (programme("2026-03-10", "b"), [promise("a")], "", 1),
    "somebody is missing since less than the days of grace": (
        programme("2026-03-10", "b", memory=since(absent, "a", "2026-03-04")),
        [promise("a")],
        "",
        1,
    ),
    "somebody is missing since the days of grace": (
        programme("2026-03-10", "b", memory=since(absent, "a", "2026-03-03")),
        [promise("a"), promise("b")],
        "a",
        0,
    ),
    "of ten, two left": (
        programme("2026-03-10", "cdefghij", others="cdefghij", memory=since(absent, "ab", "2026-03-03")),
        [promise(p) for p in "abcdefghij"],
        "ab",
        0,
    ),
    "of ten, three left": (
        programme("2026-03-10", "defghij", others="cdefghij", memory=since(absent, "abc", "2026-03-03")),
        [promise(p) for p in "abcdefghij"],
        "",
        3,
    ),
    "everybody left, and one asked for it themselves": (
        programme(
            "2026-03-10",
            "",
            others="c",
            memory=since(absent, "abc", "2026-03-03"),
            requests=(asked("a", Wish.STOP, "2026-03-01"),),
        ),
        [promise(p) for p in "abc"],
        "a",
        2,
    ),
    "of two promises of somebody who left one is erased already": (
        programme("2026-03-10", "b", memory=since(absent, "a", "2026-03-03")),
        [promise("a", text=ERASED), promise("a", "p2"), promise("c", text="")],
        "a",
        0,
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_erases_just_whose_time_is_over_or_who_left_for_certain(case: str) -> None:
    situation, commitments, erased, missing = CASES[case]
    actions = to_be_erased(commitments, situation)
    assert "".join(c.id for action in actions for c in action.commitments) == erased
    found = [p.what.split(" ")[0] for p in retention_problems(situation)]
    assert found == ([str(missing)] if missing else [])


def test_erases_the_words_of_many_once_an_admin_says_yes() -> None:
    missing = programme("2026-03-10", "z", others="cdef", memory=since(absent, "abcdef", "2026-03-03"))
    promises = [promise(p) for p in "abcdef"]
    [question] = retention_problems(missing)
    assert "6 of 6 people" in question.what
    assert "put yes into the column Answer" in question.remedy
    allowed = replace(missing, answered=frozenset({(question.row_key, question.what)}))
    assert to_be_erased(promises, missing) == []
    [action] = to_be_erased(promises, allowed)
    assert action.commitments == tuple(promises)
    assert retention_problems(allowed) == []


@pytest.mark.parametrize(
    ("many", "rest"), [(10, " and X9"), (11, ", X9 and 1 more"), (12, ", X9 and 2 more")]
)
def test_names_ten_of_those_who_left_at_most(many: int, rest: str) -> None:
    who = [
        replace(person("a", taking_part=NO), email=f"x{n:02}@example.com", name=f"X{n}") for n in range(many)
    ]
    gone = {says_no(p.email): Memo(key=says_no(p.email), since=on("2026-01-03")) for p in who}
    paired = replace(pairing("ab"), people=tuple(p.email for p in who))
    [question] = retention_problems(seen("2026-03-10", who, paired, memory=gone))
    assert (question.tab, question.row_key) == ("Roster", "send_follow_ups")
    assert f"{many} of {many} people who were paired" in question.what
    assert f"X8{rest}. Whatever they promised is kept" in question.what


def test_tells_of_who_is_missing_on_the_roster_s_line() -> None:
    [missing] = retention_problems(programme("2026-03-10", "b"))
    assert (missing.tab, missing.row_key) == ("Roster", "send_follow_ups")
    assert missing.what.startswith("1 person who was paired is no longer on the roster")


def test_asks_about_nobody_whose_pairing_was_never_approved() -> None:
    proposed = replace(pairing("ab"), approved_on=None)
    assert retention_problems(seen("2026-03-10", people("b"), proposed)) == []


def test_tells_of_an_erasure_neither_whose_words_they_are_nor_how_many_nor_where() -> None:
    still_open, moved = promise("a"), ArchivedWords(row=2, pairing="p1", person=address("a"))
    asked_for = programme("2026-03-10", "ab", requests=(asked("a", Wish.STOP, "2026-03-03"),))
    [one] = to_be_erased([still_open], asked_for)
    [other] = to_be_erased([still_open, replace(still_open, id="a2")], asked_for, archived=[moved])
    assert (
        one.sentence()
        == other.sentence()
        == "Erase what people promised who have left, or whose time is over"
    )
    assert address("a") in other.sentence(show_texts=True)
    assert address("a") not in repr(other)


def test_keeps_archived_words_where_nobody_can_tell_when_their_round_was() -> None:
    words = ArchivedWords(row=2, pairing="", person=address("a"))
    assert to_be_erased([], seen("2036-01-01", people("a")), archived=[words]) == []


def test_erases_in_one_action_what_is_on_the_tab_and_what_is_in_the_archive() -> None:
    archived = ArchivedWords(row=4, pairing="p1", person=address("b"))
    action = EraseWords(words=(promise("a"), archived, promise("b")))
    assert action.commitments == (promise("a"), promise("b"))
    assert action.archived == (archived,)
    assert action.key == f"erase:3:commitment b of {address('b')}"


def test_looks_through_all_of_the_archive_on_a_month_s_first_monday() -> None:
    days = (date(2026, 6, 1) + timedelta(days=n) for n in range(92))
    assert [day for day in days if looks_through_all(day)] == [
        date(2026, 6, 1),
        date(2026, 7, 6),
        date(2026, 8, 3),
    ]
