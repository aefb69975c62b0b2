"""The turn's rules at their limits, each alone: the first and last day, what is skipped and what comes after it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from by_value import address, at, ended, on, pairing, person, seen, waiting
from peerpact.programme.commitments import Commitment, Outcome
from peerpact.programme.correspondence import LetterRecord, LetterState, planned
from peerpact.programme.follow_ups.decision import SendLetter, decide
from peerpact.programme.follow_ups.due import STALE, DueLetter, Kind
from peerpact.programme.follow_ups.seen import CommitmentsSeen
from peerpact.programme.pairings import ROUND_IS_OVER, Pairing
from peerpact.programme.people import Person
from peerpact.programme.requests import Request, Wish
from peerpact.programme.settings import Settings
from peerpact.programme.turn.achieved import achieved_in
from peerpact.programme.turn.due import _last_meeting, between_rounds, gives_way, last_words, turn_for
from peerpact.programme.turn.same_partners import staying

SETTINGS = Settings(first_round=on("2026-01-01"))
"""Its first round ends on 1 April; letters of its turn leave from 25 March on."""
NO_ROUNDS = Settings(first_round=None)
PAIR = pairing("ab", id="ab")
OVER = ended("ab", id="ab", notes=ROUND_IS_OVER)


def known(letters: str, **more: object) -> dict[str, Person]:
    return {address(x): person(x, **more) for x in letters}


def promise(letter: str, name: str, **more: object) -> Commitment:
    usual = {"pairing": "ab", "made_on": on("2026-01-20"), "due": on("2026-04-06"), "audience": ()}
    return Commitment(**{"id": name, "person": address(letter), "text": f"Do {name}."} | usual | more)  # type: ignore[arg-type]


def last(
    moment: str, *pairings: Pairing, who: str = "abcd", letters: Iterable[LetterRecord] = (), **more: object
) -> list[DueLetter]:
    programme = seen(f"{moment}T10:00", known(who).values(), *pairings, **more)
    return last_words(programme, {x.key: x for x in letters})


def test_goes_on_after_a_pairing_that_waits_and_after_somebody_who_is_gone() -> None:
    found = last("2026-03-25", waiting("ab"), pairing("cd", id="cd"))
    assert [(x.kind, x.person, x.due) for x in found] == [
        (Kind.TURN, address(x), on("2026-03-25")) for x in "cd"
    ]
    assert [x.person for x in last("2026-04-01", OVER, who="b")] == [address("b")]


@pytest.mark.parametrize(
    ("day", "asks"), [("03-24", False), ("03-25", True), ("03-31", True), ("04-01", False)]
)
def test_asks_in_the_last_seven_days(day: str, asks: bool) -> None:
    assert bool(last(f"2026-{day}", PAIR)) == asks


def test_asks_nobody_while_no_round_is_known() -> None:
    assert last("2026-03-25", PAIR, first_round=None) == []


@pytest.mark.parametrize(
    ("days", "closes"), [(-1, False), (0, True), (STALE.days, True), (STALE.days + 1, False)]
)
def test_closes_until_it_would_be_stale_and_after_a_pairing_that_never_began(days: int, closes: bool) -> None:
    never = ended("cd", id="cd", notes=ROUND_IS_OVER, approved_on=None)
    day = on("2026-04-01") + timedelta(days=days)
    found = [(x.kind, x.person, x.due) for x in last(f"{day}", never, OVER)]
    assert found == ([(Kind.CLOSING, address(x), on("2026-04-01")) for x in "ab"] if closes else [])


def test_closes_for_whom_no_turn_has_reached_whatever_was_planned() -> None:
    def turn(who: str, state: LetterState) -> LetterRecord:
        record = planned("turn", f"turn:ab:{address(who)}", address(who), at=at("2026-03-25"), pairing="ab")
        return replace(record, state=state)

    letters = [turn("a", LetterState.SENT), turn("b", LetterState.PLANNED)]
    assert [x.person for x in last("2026-04-01", OVER, letters=letters)] == [address("b")]


def alone(
    promises: dict[str, Commitment], who: dict[str, Person], letters: Collection[str] = ()
) -> list[DueLetter]:
    return between_rounds([OVER], who, promises, letters, settings=SETTINGS, now=at("2026-04-07T10:00"))


def test_asks_those_alone_briefly_whoever_comes_before_them() -> None:
    promises = {
        address("a"): promise("a", "later", due=on("2026-04-07")),
        address("b"): promise("b", "later", due=on("2026-04-08")),
        address("c"): promise("c", "due"),
    }
    [found] = alone(promises, known("abc"))
    assert (found.person, found.due, found.day, found.is_short) == (
        address("c"),
        on("2026-04-06"),
        on("2026-04-06"),
        True,
    )


def test_asks_who_sat_a_round_out_about_a_promise_of_a_pairing_in_the_archive() -> None:
    """On their first working day back, before they have a partner again."""
    before = promise("a", "c1", pairing="r1-archiv")
    now = seen("2026-07-01T10:00", [person("a")], pairing("bc", 2))
    plan = decide(CommitmentsSeen(programme=now, commitments={before.id: before}))
    [found] = [a for a in plan.actions if isinstance(a, SendLetter) and a.mine]
    assert (found.key, found.mine) == ("follow-up:r1-archiv:a@example.com:2026-04-06", (before,))
    assert (found.partners, found.theirs, found.pairing) == ((), (), None)


def test_asks_nobody_alone_twice_or_whose_row_can_t_be_read() -> None:
    promises = {address("a"): promise("a", "due")}
    [found] = alone(promises, known("a"))
    assert alone(promises, known("a"), [found.key]) == []
    assert alone(promises, known("a", held="unread")) == []


def of(kind: Kind, **more: object) -> DueLetter:
    return DueLetter(kind=kind, person=address("a"), pairing=PAIR, due=on("2026-03-01"), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("letter", "day", "gives"),
    [
        (of(Kind.FOLLOW_UP), "2026-03-14", False),
        (of(Kind.FOLLOW_UP), "2026-03-15", True),
        (of(Kind.FOLLOW_UP), "2026-03-31", True),
        (of(Kind.FOLLOW_UP), "2026-04-01", False),
        (of(Kind.FOLLOW_UP, day=on("2026-03-19")), "2026-03-20", False),
        (of(Kind.FOLLOW_UP, day=on("2026-03-20")), "2026-03-23", True),
        (of(Kind.FOLLOW_UP, day=on("2026-03-19")), "2026-03-25", True),
        (of(Kind.FOLLOW_UP, day=on("2026-03-19")), "2026-04-01", False),
        (of(Kind.REMINDER), "2026-02-17", False),
        (of(Kind.REMINDER), "2026-02-18", True),
        (of(Kind.COMMITMENT_REQUEST), "2026-03-24", False),
        (of(Kind.COMMITMENT_REQUEST), "2026-03-25", True),
        (of(Kind.TURN), "2026-03-27", False),
        (of(Kind.CLOSING), "2026-03-27", False),
    ],
)
def test_lets_the_turn_take_a_place_from_day_to_day(letter: DueLetter, day: str, gives: bool) -> None:
    assert gives_way(letter, person("a"), seen(f"{day}T10:00"), {}) == gives


def test_lets_nothing_wait_while_no_round_is_known() -> None:
    without = replace(seen("2026-03-27T10:00"), settings=NO_ROUNDS)
    assert not gives_way(of(Kind.FOLLOW_UP), person("a"), without, {})


TURN = planned("turn", f"turn:ab:{address('a')}", address("a"), at=at("2026-03-16"), pairing="ab")


@pytest.mark.parametrize(
    ("letter", "day", "gives"),
    [
        (of(Kind.FOLLOW_UP), "2026-03-17", True),
        (of(Kind.REMINDER), "2026-03-17", True),
        (of(Kind.FOLLOW_UP), "2026-03-31", True),
        (of(Kind.FOLLOW_UP), "2026-04-01", False),
        (of(Kind.FOLLOW_UP, day=on("2026-03-20")), "2026-03-23", False),
        (of(Kind.FOLLOW_UP, day=on("2026-03-26")), "2026-03-27", False),
    ],
)
def test_leaves_a_promise_its_day_once_the_turn_has_left(letter: DueLetter, day: str, gives: bool) -> None:
    assert gives_way(letter, person("a"), seen(f"{day}T10:00"), {TURN.key: TURN}) == gives


def with_last(day: str, state: str = "invited", *, weeks: int = 4) -> tuple[date, date] | None:
    """Return the days of the turn of two whose second meeting is then."""
    pair = replace(
        PAIR, meetings="2026-02-16 10:00 held", meeting_start=at(f"{day}T10:00"), meeting_state=state
    )
    return turn_for(person("a"), pair, seen("2026-03-02T10:00", [person("a")], pair, meeting_weeks=weeks))


@pytest.mark.parametrize(
    ("day", "state", "weeks", "leaves"),
    [
        ("2026-03-06", "invited", 4, "2026-03-25"),
        ("2026-03-09", "accepted", 4, "2026-03-05"),
        ("2026-03-16", "held", 4, "2026-03-12"),
        ("2026-03-30", "invited", 4, "2026-03-25"),
        ("2026-04-02", "moved", 4, "2026-03-25"),
        ("2026-03-16", "declined", 4, "2026-03-25"),
        ("2026-03-16", "not met", 4, "2026-03-25"),
        ("2026-03-16", "invited", 2, "2026-03-25"),
        ("2026-03-19", "invited", 2, "2026-03-17"),
        ("2026-03-16", "invited", 0, "2026-03-25"),
    ],
)
def test_has_the_turn_be_the_letter_before_the_last_meeting_of_a_round(
    day: str, state: str, weeks: int, leaves: str
) -> None:
    assert with_last(day, state, weeks=weeks) == (on(leaves), on("2026-04-01"))


def test_tells_of_one_pairing_and_of_what_was_kept() -> None:
    kept = Outcome.KEPT
    mine = [promise("a", "1", outcome=kept), promise("a", "2", outcome=kept, pairing="before")]
    theirs = [promise("b", "3", outcome=Outcome.DROPPED), promise("b", "4", outcome=kept)]
    achieved = achieved_in("ab", mine, theirs)
    assert (achieved.promised, achieved.done) == (3, 2)
    assert ([c.id for c in achieved.kept], [c.id for c in achieved.partner_kept]) == (["1"], ["4"])


def test_hears_what_is_said_on_the_day_a_round_opens() -> None:
    said = [
        Request(id=x, person=address(x), kind=Wish.STAY, asked_on=on(day))
        for x, day in (("a", "2026-01-01"), ("b", "2026-03-31"))
    ]
    pair = replace(PAIR, approved_on=at("2026-01-01"))
    assert staying([pair], said, 1, SETTINGS) == [(address("a"), address("b"))]


@pytest.mark.parametrize(
    ("moment", "is_last"),
    [
        ("2026-03-06T23:59", False),
        ("2026-03-07T00:00", True),
        ("2026-03-31T23:59", True),
        ("2026-04-01T00:00", False),
    ],
)
def test_takes_for_the_last_meeting_one_of_a_rounds_last_25_days(moment: str, *, is_last: bool) -> None:
    pair = replace(PAIR, meetings="2026-02-16 10:00 held", meeting_start=at(moment), meeting_state="invited")
    programme = seen("2026-03-02T10:00", [person("a")], pair, meeting_weeks=5)
    assert _last_meeting(pair, programme) == (at(moment) if is_last else None)


def test_passes_over_a_meeting_that_has_no_time_yet() -> None:
    held = "2026-02-16 10:00 held\n2026-03-16 10:00 held"
    pair = replace(PAIR, meetings=held, meeting_start=None, meeting_state="invited")
    programme = seen("2026-03-20T10:00", [person("a")], pair, meeting_weeks=4)
    assert _last_meeting(pair, programme) == at("2026-03-16T10:00")
