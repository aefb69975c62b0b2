"""Any content in any cell of any tab: every job goes on, nobody meets their own line, and nobody else notices.

    python tests/slips/any_cell.py [--tab WORD] [--each NUMBER]

plays a number of contents in each column of each tab of all three spreadsheets, prints what went wrong, and ends with
status 1 if anything did.
"""

from __future__ import annotations

import logging
import random
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations
from pathlib import Path
from typing import Any

import gspread

TESTS = Path(__file__).resolve().parents[1]
if __name__ == "__main__":
    sys.path[:0] = [str(TESTS), str(TESTS.parent / "functions"), str(TESTS / "slips")]

from running import running_programme  # noqa: E402 - found by the line above

from cast import Cast  # noqa: E402
from peerpact.jobs.catalogue import JOBS  # noqa: E402
from peerpact.tables.cells import Unusable, read_cell  # noqa: E402
from peerpact.tables.schema import Tab, all_tabs  # noqa: E402
from waiting import try_again_at_once  # noqa: E402
from workspace_emulator import Snapshot  # noqa: E402

CONTENTS: tuple[str | int | float | bool, ...] = (
    "#N/A",
    "Loading...",
    "山田太郎",
    "مرحبا 🙂",
    "x" * 40_000,
    "=1+1",
    "a@b",
    "-",
    "tbd",
    "please ask Ada about this one",
    0,
    -1,
    1e300,
    46150,
    20261130,
    4915112345678,
    True,
)
ABOVE = {"cleo": "ben", "emil": "dina", "fay": "dina", "gus": "fay"}
"""Who reports to whom on the unspoilt roster; those who report to Ada and have nobody below are left out."""
FOR_ALL = {"Settings", "Days off", "Guidance", "Memory", "Archive"}
"""Tabs whose rows are about everybody."""
HOLDING = {"Never pair", "Locked pairs"}
"""Tabs of which a row that can't be read holds people back, so that they can't be moved for others either."""


@dataclass(frozen=True, slots=True)
class Begun:
    """A programme in which letters are due within days, and what its people have after them when no cell is spoilt."""

    cast: Cast
    state: Snapshot
    now: datetime
    undisturbed: dict[str, Any]

    def back(self) -> Cast:
        self.cast.company.workspace.store.restore(self.state)
        self.cast.go_to(self.now)
        return self.cast


def begun() -> Begun:
    cast = running_programme()
    admin = cast.company.sheet()
    admin.worksheet("Never pair").update([["ben@example.com", "emil@example.com"]], "A2")
    admin.worksheet("Locked pairs").update([["ben@example.com", "gus@example.com"]], "A2")
    admin.worksheet("Days off").update([["2026-06-01", "", "Works outing"]], "A2")
    cast.reply("emil@example.com", "I would like another partner, please.", to="introduction")
    cast.wait(days=12)
    for name in JOBS:
        cast.run(name)
    state, now = cast.company.workspace.store.snapshot(), cast.clock.now()
    live(cast)
    return Begun(cast, state, now, outcome(cast))


def live(cast: Cast) -> None:
    """Let three days pass on which every job runs.

    Raises:
        AssertionError: one did not finish.
    """
    for _ in range(3):
        for name in JOBS:
            assert cast.run(name).finished, name
        cast.wait(days=1)


def outcome(cast: Cast) -> dict[str, Any]:
    people = [u.email for u in cast.company.workspace.users()]
    return {
        "letters": {p: sorted(k for k in cast.letters(p) if not k.startswith("digest")) for p in people},
        "pairings": {p["Addresses"]: (p["State"], p["First meeting"]) for p in cast.tab("Pairings")},
    }


def columns(word: str = "") -> list[tuple[str, str, str]]:
    """Return the columns of all tabs whose titles have a word: the spreadsheet, the tab and the header."""
    return [
        (book, t.title, c.name)
        for t in all_tabs()
        for book in t.spreadsheets
        for c in t.columns
        if c.type != "formula" and word.casefold() in t.title.casefold()
    ]


def spoil(cast: Cast, book: str, title: str, column: str, content: object) -> list[str]:
    """Put something into a cell of a tab's first row; return what was in that row."""
    config = cast.company.config
    client = gspread.Client(auth=None, session=cast.company.session(config.mailbox))  # type: ignore[arg-type]
    tab = client.open_by_key(getattr(config, f"{book}_spreadsheet")).worksheet(title)
    header, *rows = tab.get_all_values()
    tab.update_cell(2, header.index(column) + 1, content)  # type: ignore[arg-type]
    return rows[0] if rows else []


def wrong(of: Begun, book: str, title: str, column: str, content: object) -> Iterator[str]:
    """Play a content in a cell, and yield what it led to that it must not."""
    cast = of.back()
    row = spoil(cast, book, title, column, content)
    try:
        live(cast)
    except Exception as error:
        yield f"{type(error).__name__}: {str(error)[:300]}"
        return
    after = outcome(cast)
    yield from _breaches(cast)
    yield from _changes(of.undisturbed, after, _concerned(row, of.undisturbed, title))
    described = next(t for t in all_tabs() if t.title == title)
    is_read = title != "Handbook"  # a page for people, by which nothing is decided
    if is_read and _is_unreadable(described, column, content, row) and not _is_named(cast, title, column):
        yield "no line of Problems names the cell"


def _breaches(cast: Cast) -> Iterator[str]:
    for pairing in cast.tab("Pairings"):
        for one, other in combinations([a.partition("@")[0] for a in pairing["Addresses"].split(", ")], 2):
            if other in _line(one) or one in _line(other):
                yield f"{one} and {other} are of one line"


def _line(person: str) -> set[str]:
    above = ABOVE.get(person, "")
    return {above} | _line(above) if above else set()


def _concerned(row: list[str], undisturbed: dict[str, Any], title: str) -> set[str]:
    """Return whom a row is about, and their partners."""
    if title in FOR_ALL:
        return set(undisturbed["letters"])
    words = " ".join(row)
    named = {p for p in undisturbed["letters"] if p in words or p.partition("@")[0].title() in words}
    concerned = _with_partners(named, undisturbed)
    return _with_partners(concerned, undisturbed) if title in HOLDING else concerned


def _with_partners(named: set[str], undisturbed: dict[str, Any]) -> set[str]:
    pairs = [set(pair.split(", ")) for pair in undisturbed["pairings"]]
    return named.union(*(pair for pair in pairs if named & pair))


def _changes(before: dict[str, Any], after: dict[str, Any], concerned: set[str]) -> Iterator[str]:
    for person, keys in before["letters"].items():
        if person not in concerned and keys != after["letters"][person]:
            yield f"{person} got {after['letters'][person]} instead of {keys}"
    for pair, state in before["pairings"].items():
        if not set(pair.split(", ")) & concerned and after["pairings"].get(pair) != state:
            yield f"{pair} is {after['pairings'].get(pair)} instead of {state}"
    for person, keys in after["letters"].items():
        if any("partner-left" in k and k not in before["letters"][person] for k in keys):
            yield f"{person} got a goodbye"
        twice = sorted(k for k in set(keys) if keys.count(k) > max(1, before["letters"][person].count(k)))
        if twice:
            yield f"{person} got {twice} twice"


def _is_unreadable(described: Tab, column: str, content: object, row: list[str]) -> bool:
    """Tell whether an admin could not have meant what is in a cell of theirs."""
    content = 2 if content == "=1+1" else content
    found = next(c for c in described.columns if c.name == column)
    if (found.writer or described.writer) != "admins" or not any(row):
        return False
    setting = next((s for s in described.settings if s.name == row[0]), None)
    kind, choices = (
        (setting.type, setting.choices) if setting and found.field == "value" else (found.type, found.choices)
    )
    try:
        read_cell(content, kind, choices)  # type: ignore[arg-type]
    except Unusable:
        return True
    return False


def _is_named(cast: Cast, title: str, column: str) -> bool:
    rows = [p for p in cast.tab("Problems") if p["Tab"] == title]
    return any(p["Row"] == "2" and p["Column"] == column for p in rows) or any(
        column in p["What is wrong"] for p in rows
    )


def _played(place: tuple[str, str, str], each: int) -> tuple[str, int, list[str]]:
    logging.disable(logging.ERROR)
    chosen = random.Random(str(place)).sample(CONTENTS, each)  # noqa: S311 - a sample that is the same everywhere
    found = [f"{c!r:.40}: {w}" for c in chosen for w in wrong(_BEGUN[0], *place, c)]
    return " / ".join(place), len(chosen), found


_BEGUN: list[Begun] = []
"""The programme of a process that plays."""


def _begin() -> None:
    try_again_at_once()
    logging.disable(logging.ERROR)
    _BEGUN.append(begun())


def main() -> int:
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--tab", default="")
    parser.add_argument("--each", type=int, default=len(CONTENTS))
    chosen = parser.parse_args()
    places, total, wrongs = columns(chosen.tab), 0, 0
    with ProcessPoolExecutor(initializer=_begin) as pool:
        for place, played, found in pool.map(_played, places, [chosen.each] * len(places)):
            total, wrongs = total + played, wrongs + len(found)
            if found:
                sys.stdout.write("\n   ".join([place, *found]) + "\n")
                sys.stdout.flush()
    sys.stdout.write(f"{total} cells of {len(places)} columns spoilt: {wrongs} went wrong\n")
    return 1 if wrongs else 0


if __name__ == "__main__":
    sys.exit(main())
