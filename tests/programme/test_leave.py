"""Leave that people's mails tell of, and who asked to be out or forgotten. By value."""

from __future__ import annotations

from typing import Any

import pytest

from by_value import address, on
from peerpact.programme.days_off import Absence
from peerpact.programme.requests import (
    Request,
    Wish,
    leave_in,
    to_be_forgotten,
    who_asked_to_be_forgotten,
    who_asked_to_be_out,
    who_stopped,
)


def away(asked: str, since: str = "", until: str = "", **more: Any) -> Request:
    days = {"since": on(since) if since else None, "until": on(until) if until else None}
    return Request(
        **{"id": asked, "person": address("a"), "kind": Wish.AWAY, "asked_on": on(asked)} | days | more
    )


FIRST = away("2026-03-01", "2026-03-02", "2026-03-10")
"""Back on the 10th: away until the 9th."""
UNTIL_9TH = ("2026-03-02", "2026-03-09")


@pytest.mark.parametrize(
    ("requests", "spans"),
    [
        ([FIRST], [UNTIL_9TH]),
        ([away("2026-03-03", "", "2026-03-10")], [("2026-03-03", "2026-03-09")]),
        ([away("2026-03-03", "2026-03-09", "2026-03-10")], [("2026-03-09", "2026-03-09")]),
        ([away("2026-03-03", "2026-03-10", "2026-03-10")], []),
        ([away("2026-03-03")], []),
        ([away("2026-03-01", "2026-03-02", "2026-03-10", decision="ignore")], []),
        ([away("2026-02-01"), FIRST], [UNTIL_9TH]),
        ([away("2026-02-01", until="2026-02-05", decision="ignore"), FIRST], [UNTIL_9TH]),
        ([FIRST, away("2026-03-20", "2026-03-10", "2026-03-12")], [UNTIL_9TH, ("2026-03-10", "2026-03-11")]),
        ([FIRST, away("2026-03-20", "2026-03-09", "2026-03-12")], [("2026-03-09", "2026-03-11")]),
        ([FIRST, away("2026-03-20", "2026-02-20", "2026-03-02")], [UNTIL_9TH, ("2026-02-20", "2026-03-01")]),
        ([FIRST, away("2026-03-20", "2026-02-20", "2026-03-03")], [("2026-02-20", "2026-03-02")]),
        ([FIRST, away("2026-03-05", kind=Wish.BACK)], [("2026-03-02", "2026-03-04")]),
        ([FIRST, away("2026-03-02", kind=Wish.BACK)], []),
        ([FIRST, away("2026-03-03", kind=Wish.BACK)], [("2026-03-02", "2026-03-02")]),
        ([FIRST, away("2026-03-10", kind=Wish.BACK)], [UNTIL_9TH]),
        ([FIRST, away("2026-03-01", kind=Wish.BACK)], [UNTIL_9TH]),
        ([FIRST, away("2026-03-05", kind=Wish.PAUSE, until="2026-03-07")], [UNTIL_9TH]),
    ],
)
def test_knows_when_somebody_is_away(requests: list[Request], spans: list[tuple[str, str]]) -> None:
    found = leave_in(requests).get(address("a"), ())
    assert found == tuple(Absence(first=on(first), last=on(last)) for first, last in spans)


def asked(kind: Wish, day: str, who: str) -> Request:
    return Request(id=f"{kind}{day}", person=address(who), kind=kind, asked_on=on(day))


WORDS = (
    asked(Wish.STOP, "2026-03-01", "a"),
    asked(Wish.PAUSE, "2026-03-01", "b"),
    asked(Wish.BACK, "2026-03-02", "b"),
    asked(Wish.PAUSE, "2026-03-01", "c"),
    asked(Wish.FORGET_ME, "2026-03-01", "d"),
    asked(Wish.STATUS, "2026-03-01", "e"),
)


def letters(people: frozenset[str]) -> str:
    return "".join(sorted(p[0] for p in people))


def test_knows_who_asked_to_be_out_and_who_to_be_forgotten() -> None:
    assert letters(who_asked_to_be_forgotten(WORDS)) == "d"
    assert "a" in letters(who_asked_to_be_out(WORDS))
    assert "c" in letters(who_asked_to_be_out(WORDS))
    assert not {"b", "e"} & set(letters(who_asked_to_be_out(WORDS)))
    assert "a" in letters(who_stopped(WORDS, today=on("2026-03-01")))


@pytest.mark.parametrize(("today", "who"), [("2026-03-02", ""), ("2026-03-03", "d"), ("2026-03-04", "d")])
def test_forgets_and_parts_only_after_the_days_in_which_it_can_be_taken_back(today: str, who: str) -> None:
    assert letters(frozenset(to_be_forgotten(WORDS, 2, on(today)))) == who
    assert letters(who_stopped(WORDS, 2, on(today))) == who.replace("d", "a")
