"""The span of an absence by what a note says of days: each rule by a note or two, on 1 July 2026, a Wednesday."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from test_reply_decision import ADA, NOW, PAIRING, PEOPLE, Seen, mail

from peerpact.programme.keys import short_key
from peerpact.programme.people import Person
from peerpact.programme.replies.away import absence_in, leave_told
from peerpact.programme.replies.kinds import MailKind
from peerpact.programme.replies.seen import Aliases
from peerpact.programme.replies.sender import Verdict
from peerpact.programme.requests import Request, Wish

ON = date(2026, 7, 1)


def _days(note: str, subject: str = "") -> str:
    found = absence_in(note, subject, ON)
    return f"{found.first:%d.%m.} {found.last:%d.%m.}" if found else ""


@pytest.mark.parametrize(
    ("note", "days"),
    [
        ("I'm away until 10 July.", "01.07. 10.07."),
        ("I'm away by 10 July.", "01.07. 10.07."),
        ("I am back on 14 July.", "01.07. 13.07."),
        ("I'm away until Monday, 13 July.", "01.07. 13.07."),
        ("I work on 10 July.", ""),
        ("I'm away from 10 July.", ""),
        ("I'm away until later.", ""),
        ("I'm on leave until soon and back on 14 July.", ""),
        ("Until 10 July I'm away. Until 17 July I'm away.", ""),
        ("I'm away until 10 July and back on Monday, 13 July.", "01.07. 12.07."),
        ("I'm away until 10 July and back on Tuesday, 14 July.", ""),
        ("I'm away until Monday, 13 July, and back on 14 July.", "01.07. 13.07."),
        ("I'm away until Monday, 13 July, and back on 20 July.", ""),
        ("Bin bis 10. Juli weg.\nI'm away until 10 July.", "01.07. 10.07."),
        ("Bin bis 10. Juli weg.\nI'm away until 13 July.", ""),
        ("Bin bis bald weg.\nI'm away until 13 July.", ""),
    ],
)
def test_reads_the_one_end_that_all_days_come_to(note: str, days: str) -> None:
    assert _days(note) == days


@pytest.mark.parametrize(
    ("note", "days"),
    [
        ("I'm away from 20 June until 10 July.", "01.07. 10.07."),
        ("I'm away from 1 July until 10 July.", "01.07. 10.07."),
        ("I'm away from 2 July until 10 July.", "02.07. 10.07."),
        ("I'm away from 2 July. I'm away until 10 July.", "02.07. 10.07."),
        ("I'm away from 2 July. I'm away from 3 July. I'm away until 10 July.", "01.07. 10.07."),
        ("From 20 July I work from home.\nI'm away until 10 July.", ""),
        ("I'm away from 10 July until 10 July.", "10.07. 10.07."),
        ("As of today I'm away from 6 to 24 July.", "06.07. 24.07."),
        ("I'm away from 6 to 24 July, back on 25 July.", "06.07. 24.07."),
        ("I'm away from 6 to 24 July, back on 30 July.", ""),
        ("I'm on parental leave from August - October.", "01.08. 31.10."),
        ("I'm on parental leave from August – October.", "01.08. 31.10."),
        ("I'm on leave until August - October.", ""),
        ("I'm working less from August see - October.", ""),
        ("I'm working less from August and October.", ""),
    ],
)
def test_reads_the_first_day_that_is_named_alone(note: str, days: str) -> None:
    assert _days(note) == days


@pytest.mark.parametrize(
    ("note", "days"),
    [
        ("I'm away for two weeks.", "01.07. 14.07."),
        ("I'm away for two weeks from 13 July.", "13.07. 26.07."),
        ("I'm on leave in August.", "01.08. 31.08."),
        ("I'm on leave for this week.", "01.07. 03.07."),
        ("I'm on leave this week.", "01.07. 03.07."),
        ("I'm on leave next week.", "06.07. 10.07."),
        ("This week I will be slow to respond.", ""),
        ("I will read mails for two weeks.", ""),
    ],
)
def test_counts_days_only_beside_a_word_of_absence(note: str, days: str) -> None:
    assert _days(note) == days


@pytest.mark.parametrize(
    ("note", "days"),
    [
        ("Back in the office: 14 July", "01.07. 13.07."),
        ("I'll be back at my desk, 14 July", "01.07. 13.07."),
        ("At my desk, 14 July", ""),
        ("Ab 14. Juli bin ich wieder erreichbar.", "01.07. 13.07."),
        ("I am back on 1 July.", ""),
        ("I am back on 2 July.", "01.07. 01.07."),
        ("I'm away until 30 June.", ""),
        ("I'm away until 1 July.", "01.07. 01.07."),
        ("I'm away until 2 July 2027.", "01.07. 02.07."),
        ("I'm away until 3 July 2027.", ""),
    ],
)
def test_takes_the_last_day_of_a_line_about_coming_back_and_none_that_is_past_or_far_off(
    note: str, days: str
) -> None:
    assert _days(note) == days


def test_reads_the_subject_and_40_lines() -> None:
    assert _days("", "Away until 10 July") == "01.07. 10.07."
    assert _days("\n" * 39 + "I'm away until 10 July.") == "01.07. 10.07."
    assert _days("\n" * 40 + "I'm away until 10 July.") == ""


ALIAS = Aliases(people={"ada@home.example": ADA.email})


def _told(note: str, *, seen: Seen | None = None, **rest: object) -> tuple[Request, ...]:
    told = {"kind": MailKind.OUT_OF_OFFICE, "subject": "Away", **rest}
    return leave_told(mail(note, None, **told), (seen or Seen(pairing=PAIRING)).values)  # type: ignore[arg-type]


def test_asks_for_the_leave_of_whoever_wrote_the_note() -> None:
    leave = Request(
        id=f"q-{short_key('request', 'm1', Wish.AWAY)}",
        person=ADA.email,
        kind=Wish.AWAY,
        asked_on=NOW.date(),
        until=date(2026, 2, 21),
    )
    assert _told("I'm away until 20 February.") == (leave,)
    assert _told("I'm away from 17 February until 20 February.") == (leave,)
    later = replace(leave, since=date(2026, 2, 18))
    assert _told("I'm away from 18 February until 20 February.") == (later,)


@pytest.mark.parametrize(
    ("rest", "is_told"),
    [
        ({}, True),
        ({"sender": "ada@home.example"}, False),
        ({"sender": "ada@home.example", "seen": Seen(aliases=ALIAS)}, True),
        ({"sender": "eve@example.com"}, False),
        ({"verdict": Verdict.SILENT}, False),
        ({"verdict": Verdict.REFUSED}, False),
    ],
)
def test_believes_only_a_sender_whom_the_server_vouches_for(
    rest: dict[str, object], *, is_told: bool
) -> None:
    assert bool(_told("I'm away until 20 February.", **rest)) is is_told  # type: ignore[arg-type]


def test_believes_a_letter_s_own_address_too() -> None:
    note = mail("I'm away until 20 February.", by="token", verdict=Verdict.SILENT)
    assert [r.person for r in leave_told(note, Seen().values)] == [ADA.email]
    assert leave_told(mail("I'm away until soon.", by="token"), Seen().values) == ()


def test_tells_no_leave_twice() -> None:
    note = mail("I'm away until 20 February.", None)
    known = leave_told(note, Seen().values)
    seen = Seen().values
    again = replace(seen, programme=replace(seen.programme, requests=known))
    assert leave_told(note, again) == ()
    other: Person = PEOPLE["ben@example.com"]
    theirs = tuple(replace(r, person=other.email) for r in known)
    assert leave_told(note, replace(seen, programme=replace(seen.programme, requests=theirs))) == known
