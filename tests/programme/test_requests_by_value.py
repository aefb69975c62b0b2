"""What people's own requests make of them: yes and no, what they want to talk about. By value."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from by_value import NO, on, person
from peerpact.programme.people import Person
from peerpact.programme.requests import Request, Wish, with_requests

DAY = on("2026-02-01")
ADA = person("a", has_said_yes=False, topics="chess", offers="maths")


def asked(kind: Wish, day: str = "2026-01-20", **more: Any) -> Request:
    return Request(**{"id": f"{kind} {day}", "person": ADA.email, "kind": kind, "asked_on": on(day), **more})


def made(*requests: Request) -> Person:
    [found] = with_requests([ADA], requests, DAY)
    return found


@pytest.mark.parametrize("kind", [Wish.BACK, Wish.STAY, Wish.NEW_PARTNER])
def test_has_said_yes_by_what_says_it_where_no_admin_set_it_aside(kind: Wish) -> None:
    assert made(asked(kind)).has_said_yes is True
    assert made(asked(kind, decision="approve")).has_said_yes is True
    assert made(asked(kind, decision="ignore")) == ADA
    assert made(asked(kind, person="b@example.com")) == ADA


@pytest.mark.parametrize("kind", [Wish.PAUSE, Wish.TALK_ABOUT, Wish.AWAY])
def test_has_not_said_yes_by_anything_else(kind: Wish) -> None:
    assert not made(asked(kind)).has_said_yes


def test_stays_as_they_are_who_have_said_yes_on_the_roster() -> None:
    willing = replace(ADA, has_said_yes=True)
    [found] = with_requests([willing], [asked(Wish.STAY)], DAY)
    assert found is willing


@pytest.mark.parametrize(
    ("requests", "topics", "offers"),
    [
        ((), "chess", "maths"),
        ((asked(Wish.TALK_ABOUT, words="Go"),), "Go", "maths"),
        ((asked(Wish.CAN_OFFER, words="Rust"),), "chess", "Rust"),
        ((asked(Wish.TALK_ABOUT, words="Go"), asked(Wish.CAN_OFFER, words="Rust")), "Go", "Rust"),
        (
            (asked(Wish.TALK_ABOUT, "2026-01-21", words="Go"), asked(Wish.TALK_ABOUT, words="tea")),
            "Go",
            "maths",
        ),
        ((asked(Wish.TALK_ABOUT, words="Go", decision="ignore"),), "chess", "maths"),
        ((asked(Wish.TALK_ABOUT, words="Go", decision="approve"),), "Go", "maths"),
        ((asked(Wish.TALK_ABOUT),), "chess", "maths"),
        ((asked(Wish.STOP, words="Go"),), "chess", "maths"),
    ],
)
def test_talks_about_what_was_said_last(requests: tuple[Request, ...], topics: str, offers: str) -> None:
    assert (made(*requests).topics, made(*requests).offers) == (topics, offers)


def test_takes_part_no_more_from_the_day_after_it_was_said() -> None:
    stop = asked(Wish.STOP, "2026-02-01")
    assert made(stop) == ADA
    assert made(replace(stop, asked_on=on("2026-01-31"))).taking_part is NO
