"""Automatic replies tell leave: the last day of it where they say it for certain, and nothing else."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from by_value import person
from peerpact.programme.replies.away import absence_in
from peerpact.programme.requests import Request, Wish, leave_in, with_requests

ON = date(2026, 7, 1)
with (Path(__file__).parent / "leave.tsv").open(encoding="utf-8") as file:
    NOTES = [(row["note"], row["last day"]) for row in csv.DictReader(file, delimiter="\t")]


@pytest.mark.parametrize(("note", "last"), NOTES)
def test_reads_the_last_day_of_leave_or_nothing(note: str, last: str) -> None:
    found = absence_in(f"Hello,\n{note}\nBest\nAda", "Automatic reply: Your month", ON)
    assert (str(found.last) if found else "") == last


def test_reads_the_first_day_where_leave_begins_later() -> None:
    found = absence_in("I am away from 10 July until 20 July.", "Automatic reply", ON)
    assert found
    assert (found.first, found.last) == (date(2026, 7, 10), date(2026, 7, 20))


@pytest.mark.parametrize(
    ("note", "days"),
    [
        ("I am out of office between 20 and 28 July.", "2026-07-20 2026-07-28"),
        ("I am on leave from 20 to 28 July.", "2026-07-20 2026-07-28"),
        ("I'm on leave 1 - 15 August.", "2026-08-01 2026-08-15"),
        ("I'm on leave from 13 July for two weeks.", "2026-07-13 2026-07-26"),
        ("I'm away for two weeks.", "2026-07-01 2026-07-14"),
        ("I am on holiday this week.", "2026-07-01 2026-07-03"),
        ("Ich bin vom 20. bis 28. Juli im Urlaub.", "2026-07-20 2026-07-28"),
        ("Ich bin diese Woche nicht da.", "2026-07-01 2026-07-03"),
        ("Je suis absent entre le 20 et le 28 juillet.", "2026-07-20 2026-07-28"),
        ("Je suis en congé pendant deux semaines.", "2026-07-01 2026-07-14"),
        ("Estaré fuera del 20 al 28 de julio.", "2026-07-20 2026-07-28"),
        ("La semana que viene estoy de vacaciones.", "2026-07-06 2026-07-10"),
    ],
)
def test_reads_both_ends_of_a_span_and_what_is_counted(note: str, days: str) -> None:
    found = absence_in(note, "Automatic reply", ON)
    assert found
    assert f"{found.first} {found.last}" == days


def test_reads_the_days_of_a_subject_too() -> None:
    found = absence_in("", "Out of office until 14 July: Your month", ON)
    assert found
    assert found.last == date(2026, 7, 14)


def away(
    on: str, until: str, *, since: str = "", kind: Wish = Wish.AWAY, decision: str | None = None
) -> Request:
    return Request(
        id=f"{on}{kind}",
        person="ada@example.com",
        kind=kind,
        asked_on=date.fromisoformat(on),
        since=date.fromisoformat(since) if since else None,
        until=date.fromisoformat(until) if until else None,
        decision=decision,
    )


@pytest.mark.parametrize(
    ("requests", "days"),
    [
        ([away("2026-07-01", "2026-07-15")], ["2026-07-01/2026-07-14"]),
        ([away("2026-07-01", "2026-07-15", since="2026-07-10")], ["2026-07-10/2026-07-14"]),
        ([away("2026-07-01", "2026-07-15"), away("2026-07-03", "2026-07-20")], ["2026-07-03/2026-07-19"]),
        (
            [away("2026-07-01", "2026-07-15"), away("2026-09-01", "2026-09-08")],
            ["2026-07-01/2026-07-14", "2026-09-01/2026-09-07"],
        ),
        (
            [away("2026-07-01", "2026-07-15"), away("2026-07-06", "", kind=Wish.BACK)],
            ["2026-07-01/2026-07-05"],
        ),
        ([away("2026-07-01", "2026-07-15", decision="ignore")], []),
    ],
)
def test_takes_what_was_said_last_of_the_same_days(requests: list[Request], days: list[str]) -> None:
    found = leave_in(requests).get("ada@example.com", ())
    assert [f"{a.first}/{a.last}" for a in found] == days


def test_lets_nobody_on_leave_count_as_paused() -> None:
    ada = with_requests(
        [person("a")], [replace(away("2026-07-01", "2026-07-15"), person="a@example.com")], ON
    )[0]
    assert ada.is_taking_part(ON + timedelta(days=3))
    assert not ada.works_on(ON + timedelta(days=5))
    assert ada.works_on(date(2026, 7, 15))
