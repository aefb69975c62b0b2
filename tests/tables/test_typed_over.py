"""Cells that we write and take apart again: whatever is typed over one gives a value, or an oddity with a name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from by_value import pairing, person
from peerpact.programme.announcements.due import RoundLetter
from peerpact.programme.announcements.due import round_of as round_of_letter
from peerpact.programme.archive import round_of as round_in_archive
from peerpact.programme.correspondence import INITIALS, LetterRecord, begun_answers
from peerpact.programme.figures.counted import of_mailbox
from peerpact.programme.figures.overview import months_until
from peerpact.programme.figures.published import Told, commitment_figures
from peerpact.programme.figures.summed import summed
from peerpact.programme.follow_ups.decision import SendLetter
from peerpact.programme.mailboxes import unreadable_homes, who_hears
from peerpact.programme.meetings.booking import as_read_before, booking_of
from peerpact.programme.meetings.examples import examples_asked
from peerpact.programme.meetings.history import all_meetings
from peerpact.programme.meetings.rhythm import has_rhythm
from peerpact.programme.memory import COUNTED, MAILBOXES, Memo, in_force, setting
from peerpact.programme.pairings import round_numbered, round_on
from peerpact.programme.pairings import round_of as round_of_pairing
from peerpact.programme.settings import Settings
from peerpact.tables.archive import contents_of, unpacked, unreadable
from peerpact.tables.records import read_figures
from peerpact.tables.rows import Row
from peerpact.tables.schema import tab
from peerpact.tables.tab_contents import TabContents, read_tab

TYPED = (
    "",
    "x",
    " ",
    "²",
    "٣",
    "0",
    "-1",
    "13",
    "9" * 5000,
    "1e15",
    ":",
    "|",
    "::::",
    "[" * 100_000,
    "{}",
    '{"number": 1}',
    "2026-13",
    "2026-00",
    "0000-00-00",
    "0001-01-01",
    "9999-12-31",
    "2026-13-45 25:61 held",
    "0000-00-00 00:00 held; 9999-12-31 23:59 held",
    "r99999-abc123",
    "r0-abc123",
    "r1:²",
    "a@example.com|zzzzzzzz b@example.com",
    "a@example.com|ffffffff b@example.com|00000000 c@example.com",
    "a@example.com|" + "f" * 5000,
)
"""What somebody may have made of a cell of ours, or of a part of it."""


def _of_memory(typed: str) -> object:
    since, settings = date(2026, 1, 5), Settings(first_round=date(2026, 1, 5), round_months=3)
    memory = {
        key: Memo(key=key, since=since, value=typed) for key in map(setting, ("first_round", "round_months"))
    }
    held, _ = in_force(settings, memory, [pairing("ab", 3)], ())
    return [round_on(since, held), round_numbered(3, held), months_until(since, held)[:3]]


def _of_mailboxes(typed: str) -> object:
    memory = {f"{MAILBOXES}1": Memo(key=f"{MAILBOXES}1", since=date(2026, 1, 5), value=typed)}
    hears = who_hears("a@example.com", memory)("p@example.com", 1)
    return hears, len(unreadable_homes(memory))


def _of_booking(typed: str) -> object:
    noted = [
        replace(pairing("ab"), booking=words)
        for words in (typed, f'{{"start": "{typed}"}}', f'{{"weeks": {typed}}}')
    ]
    settings, now = Settings(first_round=date(2026, 1, 5)), datetime(2026, 1, 6, tzinfo=UTC)
    return [(has_rhythm(p, (), settings, now), as_read_before(p.booking)) for p in noted]


def _of_meetings(typed: str) -> object:
    return all_meetings(replace(pairing("ab"), meetings=typed))


def _of_keys(typed: str) -> object:
    keys = [
        typed,
        *(f"{kind}:{typed}" for kind in (*INITIALS, *RoundLetter)),
        f"follow-up:r1-abc123:a@b.c:{typed}",
    ]
    letters = [LetterRecord(key=key, kind=kind, person="a@b.c") for key in keys for kind in INITIALS]
    settings = Settings(first_round=date(2026, 1, 5))
    rounds = [
        n for key in keys for n in (round_of_pairing(key), round_of_letter(key), round_in_archive(key)) if n
    ]
    examples = [e.kind for e in examples_asked(letters)]
    of_nobody = {"person": person("a"), "partners": (), "mine": (), "theirs": (), "news": ()}
    numbers = [SendLetter(record=letter, **of_nobody).number for letter in letters]
    return (
        [round_numbered(n, settings) for n in rounds],
        examples,
        numbers,
        begun_answers(letters, but_for=()),
    )


def _overview(month: object) -> TabContents:
    described = tab("Overview")
    header, row = [c.name for c in described.columns], [month] + [3] * (len(described.columns) - 1)
    return read_tab(described, [header, row])  # type: ignore[list-item]


def _of_figures(typed: str) -> object:
    there = read_figures(_overview(typed))
    settings, today = Settings(first_round=date(2026, 1, 5)), date(2026, 9, 1)
    told = Told(pairings=(), letters=(), commitments=(), taking_part=(), published=there)
    mailbox = of_mailbox(there, {f"{COUNTED}2026-01": Memo(key="c", since=today, value=f"{typed} {typed}")})
    return commitment_figures(told, settings, today), summed([mailbox], there, settings, today)


def _of_archive(typed: str) -> object:
    row = {"of": None, "moved": None, "part": None, "rows": typed}
    return contents_of(
        unpacked([Row(2, row), Row(3, row | {"of": "r1-a", "moved": datetime(2026, 1, 5, tzinfo=UTC)})])
    )


@pytest.mark.parametrize(
    "read", [_of_memory, _of_mailboxes, _of_booking, _of_meetings, _of_keys, _of_figures, _of_archive]
)
@pytest.mark.parametrize("typed", TYPED)
def test_goes_on_whatever_stands_in_a_cell_of_ours(read: Callable[[str], object], typed: str) -> None:
    read(typed)


@pytest.mark.parametrize("month", ["2026-13", "2026-1", 46023, True, "Jan 2026", "#N/A"])
def test_names_a_month_that_is_none_and_counts_its_line_nowhere(month: object) -> None:
    found = _overview(month)
    assert (read_figures(found), [p.column for p in found.problems]) == ({}, ["Month"])
    assert [*read_figures(_overview("2026-01"))] == ["2026-01"]


def test_names_a_round_of_which_nobody_can_tell_who_hears_from_where() -> None:
    memo = Memo(key=f"{MAILBOXES}2", since=date(2026, 1, 5), value="a@example.com|80000000 b@example.com")
    spoilt = replace(memo, key=f"{MAILBOXES}3", value="a@example.com|8000000z b@example.com")
    memory = {m.key: m for m in (memo, spoilt)}
    assert [p.row_key for p in unreadable_homes(memory)] == ["mailboxes: r3"]
    assert [who_hears(m, memory)("p@example.com", 2) for m in ("a@example.com", "b@example.com")].count(
        True
    ) == 1
    assert not any(who_hears(m, memory)("p@example.com", 3) for m in ("a@example.com", "b@example.com"))


def test_passes_over_what_nobody_can_read_in_the_archive_and_names_it() -> None:
    at = datetime(2026, 1, 5, tzinfo=UTC)
    whole = '[["Replies",["Message","Kind"],["m1","answer"]]]'
    rows = [
        Row(2, {"of": "r1-a", "moved": at, "part": 1, "rows": whole[:9]}),
        Row(3, {"of": "r1-a", "moved": at, "part": 2, "rows": whole[9:]}),
        Row(4, {"of": "r1-b", "moved": at, "part": 1, "rows": whole[:-1]}),
        Row(5, {"of": "r1-c", "moved": at, "part": 1, "rows": None}),
    ]
    assert unpacked(rows) == [("Replies", {"Message": "m1", "Kind": "answer"})]
    assert unreadable(rows) == [4]


def test_takes_no_number_from_a_meeting_s_note_that_was_never_noted() -> None:
    noted = [replace(pairing("ab"), booking=f'{{"weeks": {weeks}}}') for weeks in ("4", "-1", "10000", "[4]")]
    assert [booking and booking.weeks for booking in map(booking_of, noted)] == [4, None, None, None]
