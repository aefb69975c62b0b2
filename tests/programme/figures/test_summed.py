"""Several mailboxes' figures come together once, when all had the time, and say no more than each has published."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as some

from peerpact.programme.figures.published import PUBLISHED, is_published
from peerpact.programme.figures.summed import OfMailbox, summed
from peerpact.programme.settings import Settings

SETTINGS = Settings(first_round=date(2026, 1, 5))
JANUARY, FEBRUARY, MARCH = "2026-01", "2026-02", "2026-03"
READY = date(2026, 2, 22)
"""Three weeks after January."""
ONE = {
    JANUARY: {
        "made": 20,
        "due": 10,
        "kept": 6,
        "follow_through": 0.6,
        "answered": 0.5,
        "quiet": 2,
        "worth": 4.0,
        "worth_answered": 0.5,
    },
    FEBRUARY: {"due": 16, "kept": 9},
    MARCH: {},
}
OTHER = {
    JANUARY: {"made": 10, "due": 5, "kept": 4, "answered": 0.8, "worth": 3.0, "worth_answered": 1.0},
    FEBRUARY: {},
    MARCH: {},
}


def of(rows: dict[str, dict[str, Any]], **asked: tuple[int, int]) -> OfMailbox:
    return OfMailbox(rows=rows, asked={f"2026-{m[1:]}": counts for m, counts in asked.items()})


BOTH = (of(ONE, m01=(30, 20), m02=(30, 20)), of(OTHER, m01=(10, 10)))


def test_adds_up_what_all_have_published() -> None:
    january, *_ = summed(BOTH, {}, SETTINGS, READY)
    assert january == {
        "month": JANUARY,
        "quoted": 0.8,
        "made": 30,
        "due": 15,
        "kept": 10,
        "follow_through": 0.6667,
        "answered": 0.575,
        "quiet": 2,
        "worth": 3.5,
        "worth_answered": 0.6667,
    }


def test_adds_what_a_month_adds_to_what_was_published_before_also_of_one_that_has_gone() -> None:
    there = {JANUARY: {"due": 100, "kept": 70, "made": 80, "quoted": 0.8}}
    february = next(r for r in summed(BOTH, there, SETTINGS, date(2026, 3, 25)) if r["month"] == FEBRUARY)
    assert (february["due"], february["kept"], february["made"]) == (106, 73, None)


def of_month(name: str, each: Any, there: dict[str, dict[str, Any]], today: date) -> dict[str, Any]:
    return next(r for r in summed(each, there, SETTINGS, today) if r["month"] == name)


def test_adds_to_the_last_month_with_something_due_and_never_less_than_that() -> None:
    april, without = date(2026, 4, 22), {JANUARY: {"due": 100, "kept": 70}, FEBRUARY: {"made": 5}}
    alone = (of({**ONE, "2026-04": {}}),)
    march = of_month(MARCH, alone, without, april)
    assert (march["due"], march["kept"]) == (106, 73)
    restored = (of({**ONE, FEBRUARY: {"due": 8, "kept": 5}}),)
    february = of_month(FEBRUARY, restored, {}, date(2026, 3, 25))
    assert (february["due"], february["kept"]) == (10, 6)


def test_leaves_out_of_the_average_what_says_not_how_many_answered() -> None:
    unweighed = of({JANUARY: {"worth": 5.0}, FEBRUARY: {}}, m01=(10, 20))
    assert of_month(JANUARY, (*BOTH, unweighed), {}, READY)["worth"] == 3.5


def test_waits_until_every_mailbox_has_had_the_time() -> None:
    assert not any(is_published(r) for r in summed(BOTH, {}, SETTINGS, date(2026, 2, 21)))
    late = (BOTH[0], of({JANUARY: OTHER[JANUARY]}))
    assert not any(is_published(r) for r in summed(late, {}, SETTINGS, READY))


def test_leaves_a_month_as_it_was_published_and_publishes_none_before_it() -> None:
    there = {FEBRUARY: {"made": 1, "quoted": 0.8}, JANUARY: {"quoted": 0.8}}
    assert not any(is_published(r) for r in summed(BOTH, there, SETTINGS, date(2026, 3, 25)))


figures = some.dictionaries(some.sampled_from(PUBLISHED), some.integers(1, 40), max_size=8)
mailboxes = some.lists(some.tuples(figures, figures, some.integers(0, 50), some.integers(0, 50)), max_size=4)


@given(mailboxes)
def test_hangs_on_nothing_but_what_was_published(each: Any) -> None:
    """Where no mailbox gives a figure there is none: one that is held back can't be told from a sum."""
    of_each = [
        of({JANUARY: first, FEBRUARY: second, MARCH: {}}, m01=(f, n), m02=(f, n))
        for first, second, f, n in each
    ]
    for row in summed(of_each, {}, SETTINGS, date(2026, 3, 25)):
        given_in = [m.rows[month] for m in of_each for month in m.rows if month <= row["month"]]
        for name in PUBLISHED:
            basis = {"follow_through": "due", "kept": "due"}.get(name, name)
            if row.get(name) is not None:
                assert any(r.get(basis) for r in given_in), name
