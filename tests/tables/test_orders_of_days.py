"""Days as figures of which either may be the month: the others of the column tell, or nobody can."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peerpact.tables.cells.dates import EPOCH
from peerpact.tables.schema import tab
from peerpact.tables.tab_contents import TabContents, read_tab

DAYS = st.dates(date(2000, 1, 1), date(2030, 12, 31))


def roster(days: list[Any], locale: str) -> TabContents:
    rows = [[f"P{n}", f"p{n}@example.com", day] for n, day in enumerate(days)]
    header = ["Name", "E-mail", "Joined"]
    rest = [c.name for c in tab("Roster").columns if c.name not in header and not c.optional]
    return read_tab(tab("Roster"), [[*header, *rest], *rows], locale=locale)


def joined(days: list[Any], locale: str = "en_GB") -> list[date | None]:
    contents = roster(days, locale)
    rows = sorted((*contents.rows, *contents.unusable), key=lambda row: row.number)
    return [row["joined"] for row in rows]


def serial(day: date) -> int:
    return (day - EPOCH.date()).days


@given(days=st.lists(DAYS, max_size=6), locale=st.sampled_from(["en_GB", "en_US", "de", "fr"]))
def test_reads_a_whole_column_in_the_order_that_its_certain_days_show(days: list[date], locale: str) -> None:
    certain = [date(2026, 2, 14), *days]
    assert joined([f"{d:%m/%d/%Y}" for d in certain], locale) == certain
    assert joined([f"{d:%d/%m/%Y}" for d in certain], locale) == certain


@given(days=st.lists(DAYS, max_size=6), locale=st.sampled_from(["en_GB", "en_US", "de"]))
def test_believes_no_day_that_may_be_two_in_a_column_that_shows_both_orders(
    days: list[date], locale: str
) -> None:
    typed = ["02/14/2026", "14/02/2026", *(f"{d:%d/%m/%Y}" for d in days)]
    wanted = [None if d.day <= 12 and d.day != d.month else d for d in days]
    assert joined(typed, locale) == [date(2026, 2, 14)] * 2 + wanted
    told = [p for p in roster(typed, locale).problems if "may be" in p.what]
    assert len(told) == wanted.count(None)


@pytest.mark.parametrize(
    ("days", "locale", "rows"),
    [
        (["02/14/2026", serial(date(2026, 2, 3)), serial(date(2026, 2, 14))], "en_GB", "Check row 3;"),
        (["14/02/2026", serial(date(2026, 2, 3)), serial(date(2026, 4, 5))], "en_US", "Check rows 3 and 4;"),
        (["14/02/2026", serial(date(2026, 2, 3))], "en_GB", None),
        (["14.02.2026", serial(date(2026, 2, 3))], "en_US", None),
        (["2026-02-14", serial(date(2026, 2, 3))], "en_GB", None),
        (["02/14/2026", serial(date(2026, 2, 2)), serial(date(2026, 2, 28))], "en_GB", None),
        (["02/14/2026", 4915112345678], "en_GB", None),
    ],
)
def test_tells_of_days_that_sheets_may_have_turned_round(
    days: list[Any], locale: str, rows: str | None
) -> None:
    told = [p for p in roster(days, locale).problems if "exchanged" in p.what]
    assert [p.remedy.startswith(rows or "-") for p in told] == ([True] if rows else [])
