"""Above the first words that the archive still has no run looks for any, but once a month."""

from __future__ import annotations

from datetime import UTC, datetime

import gspread
import pytest
from test_archive import promises_of_three_pairings

from cast import Cast
from everything import everything, workbooks
from peerpact.google import beginnings
from peerpact.google.sheets import Upsert
from peerpact.jobs.archive import move
from peerpact.jobs.catalogue import JOBS
from peerpact.programme.archive import MoveToArchive, row_of
from peerpact.programme.commitments import Commitment
from peerpact.tables.archive import ARCHIVE
from peerpact.tables.records import as_row


def later_words(cast: Cast) -> None:
    """Have words in the archive that stay after the others' time is over, below all of them."""
    day = cast.clock.now().date()
    promise = Commitment(
        id="c9", person="emil@example.com", pairing="r20-9", text="An owl.", made_on=day, due=day
    )
    ledger = workbooks(cast)["ledger"]
    ledger.commit([Upsert("Commitments", [as_row(promise)])])
    move([MoveToArchive(rows=(row_of(promise),))], ledger, cast.clock.now, lambda: True)


def archive_tab(cast: Cast) -> gspread.Worksheet:
    config = cast.company.config
    client = gspread.Client(auth=None, session=cast.company.session(config.mailbox))  # type: ignore[arg-type]
    return client.open_by_key(config.ledger_spreadsheet).worksheet(ARCHIVE)


def row_with(tab: gspread.Worksheet, words: str) -> int:
    return next(n for n, row in enumerate(tab.get_values(), start=1) if words in str(row))


def erase(cast: Cast) -> None:
    """Have words erased whose time has come: the second run does those that the first one moved."""
    for _ in range(2):
        cast.run("send_follow_ups")


def looked_at(cast: Cast) -> list[tuple[int, str]]:
    """Return whose words a run finds in the archive, on which rows."""
    access = cast.company.access(JOBS["send_follow_ups"])
    seen = JOBS["send_follow_ups"].steps.gather(access, cast.clock.now())
    return [(words.row, words.person) for words in seen.archived]


@pytest.fixture
def erased(later: Cast, monkeypatch: pytest.MonkeyPatch) -> Cast:
    """A company whose oldest words are erased, and some stay."""
    monkeypatch.setattr(beginnings, "_AHEAD", 0)
    promises_of_three_pairings(later)
    later_words(later)
    erase(later)
    assert "otter" not in str(everything(later))
    return later


def test_looks_no_more_above_the_words_that_stay_but_on_a_month_s_first_monday(erased: Cast) -> None:
    tab = archive_tab(erased)
    last = row_with(tab, "An owl.")
    of = tab.row_values(1).index("Words of") + 1
    erased.go_to(datetime(2028, 7, 4, 9, 5, tzinfo=UTC))
    assert looked_at(erased) == [(last, "emil@example.com")]
    tab.update_cell(2, of, "fay@example.com")
    assert looked_at(erased) == [(last, "emil@example.com")]
    erased.go_to(datetime(2028, 8, 7, 9, 5, tzinfo=UTC))
    assert looked_at(erased) == [(2, "fay@example.com"), (last, "emil@example.com")]
    erased.go_to(datetime(2028, 8, 14, 9, 5, tzinfo=UTC))
    assert looked_at(erased) == [(last, "emil@example.com")]


def test_notes_it_once_and_not_while_words_stay_that_nobody_can_read(
    later: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(beginnings, "_AHEAD", 0)
    promises_of_three_pairings(later)
    later_words(later)
    tab = archive_tab(later)
    place = tab.row_values(1).index("Rows") + 1
    spoilt = row_with(tab, "otter")
    held = tab.cell(spoilt, place).value
    tab.update_cell(spoilt, place, f"x{held}")
    erase(later)
    last = row_with(tab, "An owl.")
    later.go_to(datetime(2028, 7, 4, 9, 5, tzinfo=UTC))
    assert [row for row, _ in looked_at(later)] == [spoilt, last]
    tab.update_cell(spoilt, place, held)
    later.run("send_follow_ups")
    assert "otter" not in str(everything(later))
    assert [row for row, _ in looked_at(later)] == [last]
    later.writes()
    later.run("send_follow_ups")
    assert later.writes() == 0


def test_notes_the_last_row_where_no_words_are_left(later: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(beginnings, "_AHEAD", 0)
    promises_of_three_pairings(later)
    erase(later)
    later.go_to(datetime(2028, 7, 4, 9, 5, tzinfo=UTC))
    assert looked_at(later) == []
    later_words(later)
    assert [person for _, person in looked_at(later)] == ["emil@example.com"]
