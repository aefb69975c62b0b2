"""What a reply wishes in private about a partner, and which earlier wishes it settles: by value."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from by_value import address, at, on, pairing, people, seen
from peerpact.programme.correspondence import LetterRecord
from peerpact.programme.pairings import PairingState
from peerpact.programme.replies import private as private_module
from peerpact.programme.replies.phrases import folded
from peerpact.programme.replies.private import (
    NOTHING_PRIVATE,
    STILL_THERE,
    InPrivate,
    in_private,
    standing_of,
)
from peerpact.programme.replies.seen import RepliesSeen
from peerpact.programme.replies.wishes import Requested
from peerpact.programme.requests import Request, Wish
from peerpact.programme.wishes import PrivateWish, Settled

A, B, C, D, E = people("abcde")
NAMED = {
    p.email: replace(p, name=name)
    for p, name in zip(
        (A, B, C, D, E), ("Ada Zuse", "Ben Berg", "Ben Clark", "Dora Zuse", "Dora Éluard"), strict=True
    )
}
NOW_AB = pairing("ab", id="now", round=2, approved_on=at("2026-02-02"))
PAST = pairing("ad", id="past", round=1, state=PairingState.ENDED)
THREE = pairing("abc", id="three", round=2)
DAY = on("2026-02-20")


def given(
    *pairings: Any, wishes: tuple[PrivateWish, ...] | None = (), requests: tuple[Request, ...] = ()
) -> RepliesSeen:
    programme = seen("2026-02-20", [*NAMED.values()], *(pairings or (NOW_AB, PAST)), requests=requests)
    return replace(RepliesSeen(programme=programme), wishes=wishes)


def letter(kind: str = "follow-up", of: str = "now") -> LetterRecord:
    return LetterRecord(key=f"{kind}:{of}", kind=kind, person=A.email, reference="R", pairing=of)


def request(kind: Wish, who: str = "a", day: str = "2026-02-20") -> Request:
    return Request(id=f"q-{kind}-{day}", person=address(who), kind=kind, asked_on=on(day))


def private(
    *kinds: Wish,
    name: str = "",
    of: LetterRecord | None = None,
    by: RepliesSeen | None = None,
    who: str = "a",
) -> InPrivate:
    said = [Requested(kind=kind, name=name) for kind in kinds]
    person = NAMED[address(who)]
    return in_private([request(k, who) for k in kinds], said, person, of or letter(), by or given())


ANOTHER, NEVER, NO_ANSWER, NOT_MET, STAY = (
    Wish.ANOTHER_PARTNER, Wish.NEVER_WITH, Wish.NO_ANSWER, Wish.NOT_MET, Wish.STAY,
)  # fmt: skip


@pytest.mark.parametrize(
    ("kinds", "others"),
    [
        ([ANOTHER], [("another partner", "b")]),
        ([NO_ANSWER], [("no answer", "b")]),
        ([ANOTHER, NO_ANSWER], [("another partner", "b"), ("no answer", "b")]),
        ([NOT_MET], []),
        ([Wish.PAUSE, ANOTHER], [("another partner", "b")]),
        ([Wish.PAUSE], []),
    ],
)
def test_wishes_to_be_apart_from_the_partner_of_now(kinds: list[Wish], others: list[tuple[str, str]]) -> None:
    wishes = private(*kinds).wishes
    assert [(str(w.kind), "".join(o[0] for o in w.others)) for w in wishes] == others
    assert {(w.person, w.pairing, w.asked_on, w.settled) for w in wishes} <= {(A.email, "now", DAY, None)}
    assert len({w.id for w in wishes}) == len(others)


def test_wishes_to_be_apart_from_both_partners_of_a_three() -> None:
    [wish] = private(ANOTHER, of=letter(of="three"), by=given(THREE)).wishes
    assert wish.others == (B.email, C.email)


@pytest.mark.parametrize(
    ("of", "pairings", "expected"),
    [
        ("now", (NOW_AB, PAST), NOW_AB),
        ("", (NOW_AB, PAST), NOW_AB),
        ("past", (NOW_AB, PAST), None),
        ("past", (PAST,), None),
        ("", (pairing("bc", id="theirs", round=2),), None),
        ("", (replace(NOW_AB, round=3, id="next"), NOW_AB), replace(NOW_AB, round=3, id="next")),
        ("now", (replace(NOW_AB, round=3, id="next"), NOW_AB), None),
    ],
)
def test_is_about_the_pairing_of_now_only(of: str, pairings: Any, expected: object) -> None:
    assert standing_of(A, letter(of=of), given(*pairings)) == expected
    assert bool(private(ANOTHER, of=letter(of=of), by=given(*pairings)).wishes) is bool(expected)


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("ben", "b"),
        ("Ben Berg", "b"),
        ("BEN CLARK", "c"),
        ("clark", "c"),
        ("eluard", "e"),
        ("zuse", "d"),
        ("dora", "d"),
        ("Dora Eluard", "e"),
        (address("c"), "c"),
        (address("a"), None),
        ("ada", None),
        ("nobody", None),
        ("", None),
    ],
)
def test_knows_whom_never_with_names_partners_of_now_or_before_first(name: str, other: str | None) -> None:
    """Ben is a partner, and so was Dora Zuse; of the others only a name counts that just one of them has."""
    found = private(NEVER, name=name)
    assert [w.others for w in found.wishes] == ([(address(other),)] if other else [])
    assert found.is_somebody_unknown is (other is None)


def test_asks_who_is_meant_where_two_may_be() -> None:
    both = given(NOW_AB, pairing("ac", id="past", round=1, state=PairingState.ENDED))
    assert private(NEVER, name="ben", by=both).is_somebody_unknown
    assert [w.others for w in private(NEVER, name="ben berg", by=both).wishes] == [(B.email,)]
    alone = private(NEVER, name="ben", by=given(pairing("ad", id="now", round=2)), who="a")
    assert (alone.wishes, alone.is_somebody_unknown) == ((), True)


def test_keeps_never_with_where_somebody_has_no_partner() -> None:
    [wish] = private(NEVER, name="clark", by=given(PAST)).wishes
    assert (wish.others, wish.pairing) == ((C.email,), "")


def test_says_of_nobody_that_they_are_unknown_where_nobody_is_named() -> None:
    assert not private(ANOTHER).is_somebody_unknown
    assert not private(Wish.PAUSE).is_somebody_unknown
    assert private(Wish.PAUSE, NEVER).is_somebody_unknown


@pytest.mark.parametrize(
    ("before", "counts"),
    [
        ([], False),
        ([request(NOT_MET, day="2026-02-17")], True),
        ([request(NOT_MET, day="2026-02-18")], False),
        ([request(NOT_MET, day="2026-02-02")], True),
        ([request(NOT_MET, day="2026-02-01")], False),
        ([request(NOT_MET, "b", day="2026-02-10")], False),
        ([request(Wish.QUESTION, day="2026-02-10")], False),
    ],
)
def test_takes_a_second_not_met_of_the_same_pairing_for_a_wish(
    before: list[Request], *, counts: bool
) -> None:
    """Said again at least three days later; the pairing is of 2 February."""
    found = private(NOT_MET, by=given(requests=(*before, request(NOT_MET))))
    assert [w.others for w in found.wishes] == [(B.email,)] * counts


def wish(kind: Wish, who: str, *others: str, of: str = "now", settled: Settled | None = None) -> PrivateWish:
    return PrivateWish(
        id=f"w-{who}", person=address(who), kind=kind, others=tuple(map(address, others)), pairing=of, asked_on=DAY,
        settled=settled,
    )  # fmt: skip


def settled(
    *kinds: Wish, of: LetterRecord | None = None, wishes: tuple[PrivateWish, ...]
) -> list[tuple[str, str]]:
    found = private(*kinds, of=of, by=given(wishes=wishes))
    return [(w.id, str(w.settled)) for w in found.settled]


MINE, THEIRS = wish(ANOTHER, "a", "b"), wish(NO_ANSWER, "b", "a")


@pytest.mark.parametrize(
    ("kinds", "before", "expected"),
    [
        ([STAY], MINE, "taken back"),
        ([STAY], wish(NO_ANSWER, "a", "b"), "taken back"),
        ([STAY], THEIRS, ""),
        ([STAY], wish(ANOTHER, "a", "d", of="past"), ""),
        ([STAY], wish(ANOTHER, "a", "b", settled=Settled.ANSWERED), ""),
        ([Wish.BACK], MINE, ""),
        ([], MINE, ""),
    ],
)
def test_takes_back_what_they_wished_of_the_partner_of_now(
    kinds: list[Wish], before: PrivateWish, expected: str
) -> None:
    assert settled(*kinds, wishes=(before,)) == ([("w-a", expected)] if expected else [])


@pytest.mark.parametrize(
    ("kinds", "before", "answers"),
    [
        ([], THEIRS, True),
        ([Wish.BACK], THEIRS, True),
        ([], wish(NOT_MET, "b", "a"), True),
        ([], wish(NO_ANSWER, "b", "a", settled=Settled.ANSWERED), True),
        ([], wish(NO_ANSWER, "b", "a", settled=Settled.TAKEN_BACK), False),
        ([], wish(ANOTHER, "b", "a"), False),
        ([], wish(NO_ANSWER, "b", "c"), False),
        ([], wish(NO_ANSWER, "b", "a", of="past"), False),
        ([Wish.PAUSE], THEIRS, False),
        ([Wish.STOP], THEIRS, False),
        ([ANOTHER], THEIRS, False),
    ],
)
def test_answers_whoever_asked_whether_they_are_still_there(
    kinds: list[Wish], before: PrivateWish, *, answers: bool
) -> None:
    asked = letter(STILL_THERE)
    assert settled(*kinds, of=asked, wishes=(MINE, before)) == ([(before.id, "answered")] if answers else [])
    assert private(*kinds, of=asked, by=given(wishes=(before,))).goes_on is answers
    assert settled(*kinds, wishes=(before,)) == []


def test_goes_on_where_one_of_several_wishes_is_answered() -> None:
    of = letter(STILL_THERE)
    found = private(STAY, of=of, by=given(wishes=(MINE, THEIRS)))
    assert [w.settled for w in found.settled] == [Settled.TAKEN_BACK, Settled.ANSWERED]
    assert found.goes_on
    assert not private(STAY, by=given(wishes=(MINE,))).goes_on


def test_keeps_nothing_where_there_is_no_place_for_it() -> None:
    assert private(ANOTHER, NEVER, name="ben", by=given(wishes=None)) is NOTHING_PRIVATE


def test_looks_at_nobodys_name_where_none_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    looked_at: list[str] = []
    monkeypatch.setattr(private_module, "folded", lambda text: looked_at.append(text) or folded(text))
    private(NOT_MET)
    assert looked_at == []
    private(NEVER, name="Ben Clark")
    assert len(looked_at) > len(NAMED)
