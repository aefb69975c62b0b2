"""What the roster leaves in doubt: pairings wait for days of grace or a yes; a slip taken back changed nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from itertools import combinations_with_replacement

import pytest
from hypothesis import given
from hypothesis import strategies as st

from by_value import address, pairing, people, person, seen
from peerpact.programme.memory import Memory
from peerpact.programme.pairing.decision import ChangePairing, ProposePairing, RoundSeen, decide
from peerpact.programme.people import Person, TakingPart
from peerpact.programme.plan import Plan
from peerpact.programme.requests import Request, Wish
from peerpact.programme.roster.doubtful import with_doubts
from peerpact.programme.roster.emptied import Filled
from peerpact.programme.seen import ProgrammeSeen

OUT = {
    "no": {"taking_part": TakingPart.NO},
    "paused": {"taking_part": TakingPart.PAUSED},
    "later": {"joined": date(2026, 6, 1)},
}
STANDING = ("ab", "cd", "ef", "gh", "ij")


def on(
    day: str,
    who: Iterable[Person],
    before: Memory | None = None,
    *,
    filled: Iterable[Filled] = (),
    **more: object,
) -> ProgrammeSeen:
    closed = more.pop("closed", None)
    programme = seen(day, who, *map(pairing, STANDING), memory=before or {}, **more)
    return with_doubts(programme, closed=closed, filled=tuple(filled))  # type: ignore[arg-type]


def kept(programme: ProgrammeSeen) -> Memory:
    return {memo.key: memo for memo in programme.remembered or ()}


def changes(programme: ProgrammeSeen) -> list[str]:
    plan: Plan = decide(RoundSeen(programme=programme))
    return [a.summary for a in plan.actions if isinstance(a, ChangePairing | ProposePairing)]


def questions(programme: ProgrammeSeen) -> list[tuple[str, str]]:
    return [(p.row_key, p.what) for p in programme.problems]


def company(**one: object) -> list[Person]:
    """Return everybody who is paired, A with what is said of them."""
    return [person("a", **one), *people("bcdefghij")]


@pytest.mark.parametrize("out", OUT.values(), ids=OUT)
def test_lets_a_pairing_stand_for_the_days_of_grace(out: dict[str, object]) -> None:
    first = on("2026-01-10", company(**out))
    assert "At once they get no new mail, and nothing is booked for them" in questions(first)[0][1]
    assert "until then nothing is ended or erased" in questions(first)[0][1]
    assert changes(first) == []
    last = on("2026-01-16", company(**out), kept(first))
    assert (changes(last), kept(last)) == ([], kept(first))
    over = on("2026-01-17", company(**out), kept(last))
    assert (len(changes(over)), questions(over)) == (2, [])


@pytest.mark.parametrize("out", OUT.values(), ids=OUT)
def test_is_as_before_once_a_slip_is_taken_back(out: dict[str, object]) -> None:
    before = on("2026-01-09", company())
    slip = on("2026-01-10", company(**out), kept(before))
    after = on("2026-01-30", company(), kept(slip))
    assert (changes(after), questions(after)) == ([], [])
    assert kept(after) == kept(before)


def test_ends_at_once_at_an_admins_yes_and_never_by_itself_after_a_no() -> None:
    no = company(taking_part=TakingPart.NO)
    first = on("2026-01-10", no)
    answer = frozenset(questions(first))
    agreed = on("2026-01-11", no, kept(first), answered=answer)
    assert (len(changes(agreed)), questions(agreed)) == (2, [])
    later = on("2026-01-11", no, kept(agreed))
    assert changes(later) == changes(agreed)
    assert changes(on("2026-02-20", no, kept(first), denied=answer)) == []


def test_waits_for_nothing_when_they_asked_for_it_themselves() -> None:
    stop = Request(id="1", person=address("a"), kind=Wish.STOP, asked_on=date(2026, 1, 10))
    programme = on("2026-01-10", company(taking_part=TakingPart.NO), requests=(stop,))
    assert (len(changes(programme)), questions(programme)) == (2, [])


@pytest.mark.parametrize("who", [company(), company()[1:]], ids=["on the roster", "no longer on it"])
def test_ends_at_once_what_a_closed_account_leaves_and_remembers_it(who: list[Person]) -> None:
    asked = on("2026-01-10", who, closed=frozenset({address("a"), "stranger@example.com"}))
    assert len(changes(asked)) == 2
    assert changes(on("2026-01-11", who, kept(asked))) == changes(asked)
    restored = on("2026-01-11", company(), kept(asked), closed=frozenset())
    assert changes(restored) == []


def test_tells_of_a_closed_account_only_who_would_take_part() -> None:
    def told(programme: ProgrammeSeen) -> list[str]:
        return [p.what for p in programme.problems if "suspended or deleted" in p.what]

    assert len(told(on("2026-01-10", company(), closed=frozenset({address("a")})))) == 1
    assert told(on("2026-01-10", company(taking_part=TakingPart.NO), closed=frozenset({address("a")}))) == []


def test_lets_partners_stand_whom_a_changed_manager_puts_into_one_line() -> None:
    who = company(managers="c")
    who = [replace(p, managers=(address("b"),)) if p.email == address("c") else p for p in who]
    first = on("2026-01-10", who)
    assert "one reporting line now" in questions(first)[0][1]
    assert changes(first) == []
    assert any("in one reporting line" in c for c in changes(on("2026-01-17", who, kept(first))))


def test_asks_once_and_waits_for_a_yes_when_managers_change_for_many() -> None:
    under = {"a": "b", "c": "d", "e": "f"}
    who = [person(x, managers=under.get(x, "")) for x in "abcdefghij"]
    first = on("2026-01-10", who)
    [question] = questions(first)
    assert question[1].startswith("By what the roster says now, 3 of 5 pairings end once you say so: ")
    assert changes(on("2026-03-01", who, kept(first))) == []
    agreed = on("2026-01-11", who, kept(first), answered=frozenset({question}))
    plan = decide(RoundSeen(programme=agreed))
    assert plan.too_much == ""
    assert sum("one reporting line" in c for c in changes(agreed)) == 3


COLUMN = Filled(tab="Roster", column="Manager", cells=40, rows=50)


@pytest.mark.parametrize(
    ("cells", "rows", "is_asked"),
    [
        (0, 50, True),
        (31, 50, True),
        (33, 50, False),
        (4, 5, False),
        (40, 90, False),
        (0, 0, False),
        (50, 50, False),
    ],
)
def test_asks_about_a_column_whose_cells_were_emptied_and_not_about_rows_that_come_or_go(
    cells: int, rows: int, is_asked: bool
) -> None:
    before = on("2026-01-10", company(), filled=[COLUMN])
    now = on("2026-01-11", company(), kept(before), filled=[replace(COLUMN, cells=cells, rows=rows)])
    assert (now.is_emptied, len(questions(now))) == (is_asked, is_asked)


def test_pairs_nobody_anew_while_a_column_is_emptied() -> None:
    before = on("2026-01-10", company(), filled=[COLUMN])
    lost = replace(COLUMN, cells=0)
    gone = company(taking_part=TakingPart.NO)
    now = on("2026-01-20", gone, kept(before), filled=[lost])
    assert changes(now) == []
    still = on("2026-02-20", gone, kept(now), filled=[lost])
    assert (changes(still), questions(still)[-1]) == ([], questions(now)[-1])
    agreed = on("2026-02-20", gone, kept(still), filled=[lost], answered=frozenset(questions(still)))
    assert (agreed.is_emptied, len(changes(agreed))) == (False, 2)
    assert not on("2026-02-21", gone, kept(agreed), filled=[lost]).is_emptied


def test_opens_no_round_while_a_column_is_emptied() -> None:
    programme = replace(seen("2026-01-10", people("abcd")), is_emptied=True)
    assert changes(programme) == []


@given(st.lists(st.integers(0, 60).filter(lambda rows: rows != 1), min_size=1, max_size=6))
def test_is_not_deceived_by_rows_that_came_and_went_before_a_column_was_emptied(sizes: list[int]) -> None:
    memory: Memory = kept(on("2026-01-10", company(), filled=[replace(COLUMN, cells=5, rows=5)]))
    for rows in sizes:
        programme = on("2026-01-10", company(), memory, filled=[replace(COLUMN, cells=rows, rows=rows)])
        assert not programme.is_emptied
        memory = kept(programme)
    assert on("2026-01-11", company(), memory, filled=[replace(COLUMN, cells=0, rows=50)]).is_emptied


CAUSES: dict[str, Callable[[list[Person], str], list[Person]]] = {
    "no": lambda who, x: [replace(p, taking_part=TakingPart.NO) if p.email == address(x) else p for p in who],
    "paused": lambda who, x: [
        replace(p, taking_part=TakingPart.PAUSED) if p.email == address(x) else p for p in who
    ],
    "line": lambda who, x: [
        replace(p, managers=(address(chr(ord(x) + 1)),)) if p.email == address(x) else p for p in who
    ],
    "missing": lambda who, x: [p for p in who if p.email != address(x)],
}


@pytest.mark.parametrize(("one", "other"), list(combinations_with_replacement(CAUSES, 2)))
def test_counts_endings_of_any_cause_together_and_ends_none_before_a_yes(one: str, other: str) -> None:
    who = CAUSES[other](CAUSES[one](company(), "a"), "c")
    first = on("2026-01-10", who)
    last = on("2026-02-20", who, kept(first))
    [question] = [q for q in questions(last) if "pairings end once you say so" in q[1]]
    assert "2 of 5" in question[1]
    assert (changes(last), [x for x in "ac" if last.has_left(address(x))]) == ([], [])
    agreed = on("2026-01-11", who, kept(first), answered=frozenset([question]))
    assert len([c for c in changes(agreed) if "Ended" in c]) == 2
    assert not any(agreed.has_left(address(x)) for x in "ac")


def test_lets_one_who_is_missing_be_gone_after_the_days_for_which_they_are_held() -> None:
    who = CAUSES["missing"](company(), "c")
    first = on("2026-01-10", who)
    assert (questions(first), changes(on("2026-01-14", who, kept(first)))) == ([], [])
    assert changes(on("2026-01-15", who, kept(first)))


def test_ends_nothing_for_an_address_that_may_be_somebody_s_old_one_while_admins_are_asked() -> None:
    who = CAUSES["missing"](company(), "c")
    first = on("2026-01-10", who, asked_about=frozenset([address("c")]))
    later = on("2026-03-10", who, kept(first), asked_about=frozenset([address("c")]))
    assert (changes(later), later.has_left(address("c"))) == ([], False)
    assert not any("count as gone" in p.what for p in decide(RoundSeen(programme=first)).problems or ())
