"""``peerpact export`` and ``peerpact erase``: what a company that leaves takes with it, and what it leaves behind.

Both act as the mentoring mailbox, which owns both spreadsheets, the meetings and the letters.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property, partial
from pathlib import Path
from typing import Any

from peerpact.config import Config
from peerpact.errors import ConfigError, GoogleError
from peerpact.google.access import Access
from peerpact.google.scopes import EVENTS, MODIFY
from peerpact.tables.reading import Grid
from peerpact.tables.schema import plain_header, tab

BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)
CONFIDENTIAL = {"Commitments": ("text", "outcome", "history"), "Replies": ("taken_as",)}
"""What somebody promised and how it went: between the two of them, so exported only when asked for."""
WITHHELD = "(withheld)"
OpenAccess = Callable[[Sequence[str]], Access]


@dataclass(frozen=True, kw_only=True)
class Leaving:
    """The installation that is left."""

    config: Config
    open_access: OpenAccess
    clock: Callable[[], datetime]

    @cached_property
    def access(self) -> Access:
        return self.open_access([EVENTS, MODIFY])

    @property
    def keys(self) -> dict[str, str]:
        return {"programme": self.config.programme_spreadsheet, "ledger": self.config.ledger_spreadsheet}


def export(it: Leaving, folder: Path, *, with_texts: bool) -> Iterator[str]:
    """Write both spreadsheets, tab by tab as CSV, and the meetings as JSON; yields the files' names.

    Tabs and columns of the admins' own are there too. Files can be read by you alone. Cells that a spreadsheet would
    run as a formula begin with an apostrophe.

    Raises:
        ConfigError: the folder is not empty.
    """
    if folder.exists() and any(folder.iterdir()):
        raise ConfigError(
            f"The folder {folder} is not empty. Name a new one, so that nothing is written over."
        )
    for kind, key in it.keys.items():
        for title, grid in it.access.spreadsheets.cells(key).items():
            kept = grid if with_texts else _without_texts(title, grid)
            path = folder / kind / f"{title.replace('/', '-')}.csv"
            yield _saved(path, partial(_as_csv, grid=kept), len(kept) - 1)
    meetings = it.access.calendar.as_they_are(BEGINNING)
    yield _saved(
        folder / "meetings.json",
        lambda lines: json.dump(meetings, lines, ensure_ascii=False, indent=1),
        len(meetings),
    )


def _without_texts(title: str, grid: Grid) -> Grid:
    if title not in CONFIDENTIAL or not grid:
        return grid
    hidden = {h for field in CONFIDENTIAL[title] for h in tab(title).column(field).headers}
    places = {i for i, header in enumerate(grid[0]) if plain_header(header) in hidden}
    rows = [[WITHHELD if i in places and c != "" else c for i, c in enumerate(row)] for row in grid[1:]]
    return [grid[0], *rows]


def _as_csv(lines: Any, *, grid: Grid) -> None:
    csv.writer(lines).writerows(_inert(grid))


def _inert(grid: Grid) -> Grid:
    return [
        [f"'{c}" if isinstance(c, str) and c[:1] in ("=", "+", "-", "@") else c for c in row] for row in grid
    ]


def _saved(path: Path, write: Callable[[Any], object], count: int) -> str:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    path.touch(mode=0o600)
    with path.open("w", encoding="utf-8", newline="") as lines:
        write(lines)
    return f"{path}: {max(count, 0)}"


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that is erased: what it is, in a sentence, and how. Done again, it finds nothing and does nothing."""

    words: str
    do: Callable[[], object]


def erase(it: Leaving, *, cancel_meetings: bool) -> list[Step]:
    """Return what erasing comes to, in an order in which a run that died can be begun again; nothing is done yet."""
    access, mailbox = it.access, it.access.mailbox
    steps = []
    if cancel_meetings:
        ahead = [e.id for e in access.calendar.ours(it.clock()) if not e.is_cancelled]
        steps += [
            Step(
                f"Cancel the meeting {event[:9]}; its guests get a mail",
                partial(access.calendar.cancel, event),
            )
            for event in ahead
        ]
    drafts = sorted(mailbox.drafts_by_key().values())
    mails = sorted({s.message_id for s in mailbox.sent_by_key(BEGINNING).values()} | set(mailbox.labelled()))
    steps += [Step(f"Delete the draft {d}", partial(mailbox.delete_draft, d)) for d in drafts]
    steps += [Step(f"Move the mail {m} to the bin", partial(mailbox.trash, m)) for m in mails]
    steps += [Step(f"Delete the label {n}", partial(mailbox.delete_label, n)) for n in mailbox.our_labels()]
    if _is_there(it, "ledger"):
        steps.append(
            Step(
                "Delete the ledger with everything that was promised, its older versions too: for good",
                lambda: access.spreadsheets.delete(it.config.ledger_spreadsheet),
            )
        )
    if _is_there(it, "programme"):
        steps.append(
            Step(
                "Move the programme spreadsheet, with the admins' own tabs, to Drive's bin for 30 days",
                lambda: access.spreadsheets.bin(it.config.programme_spreadsheet),
            )
        )
    return steps


def _is_there(it: Leaving, kind: str) -> bool:
    try:
        return not it.access.spreadsheets.is_binned(it.keys[kind])
    except GoogleError as error:
        if error.status != 404:
            raise
        return False
