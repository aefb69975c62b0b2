"""A spreadsheet as the jobs see it: tabs read in one call, and changes by key written in one atomic batch.

Every batch swaps the spreadsheet's revision, a named range whose id no other batch can produce: Google refuses
the whole batch when the revision is no longer the one that was read ("it is an error to specify the ID of a
range that already exists" / does not exist). So a batch that was sent twice, or that another run overtook,
changes nothing. A person's edits don't change the revision: rows that somebody moved between reading and writing are
noticed in the answer (``moved_rows``) and put right by key.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import cached_property
from itertools import chain
from secrets import token_hex
from typing import Any, cast

from gspread.http_client import HTTPClient
from gspread.urls import SPREADSHEET_BATCH_UPDATE_URL, SPREADSHEET_URL

from peerpact.errors import GoogleError, NotSharedError, SheetError
from peerpact.google.beginnings import begins_in
from peerpact.google.cell_comments import SHOWN, fields_for, refuse_unsaved
from peerpact.google.cell_rows import Request, as_sent
from peerpact.google.changes import (
    MORE,
    Append,
    Change,
    Key,
    Remove,
    Replace,
    Upsert,
    longer_by,
    requests_of,
    row_writes,
    rows_removed,
    rows_written,
    said,
    spans,
)
from peerpact.google.columns import column_ranges, covered_cells, is_among, is_as_described, rows_in, shared
from peerpact.google.large_commits import in_batches, leftovers
from peerpact.google.large_tabs import (
    AS_VALUES,
    MOST_ROWS,
    Packed,
    as_grid,
    first_stretch,
    in_stretches,
    with_parts,
    without_rows,
)
from peerpact.google.moved_rows import CELLS, UPDATED, are_in_place, cells_shown, ranges_of, values_told
from peerpact.google.refusals import NO_TAB, NOT_OPENED, OvertakenError
from peerpact.google.revisions import METADATA, REVISION, revision_of, swapped
from peerpact.google.session import Session
from peerpact.programme import languages
from peerpact.programme.keys import short_key
from peerpact.programme.roster.identity import renamed_in
from peerpact.programme.sentences import Sentence, in_every_language, with_gaps
from peerpact.tables.cells import HOME, Cell
from peerpact.tables.kept import kept
from peerpact.tables.records import RECORDS
from peerpact.tables.rows import How, LeavesOut, Place, Row
from peerpact.tables.schema import tab
from peerpact.tables.settings import read_settings
from peerpact.tables.tab_contents import Grid, TabContents, read_tab
from peerpact.tables.versions import refuse_newer

log = logging.getLogger(__name__)

ADDRESSES = ("people", "person", "others", "email", "key", "audience")
"""Fields of the system's tabs that hold addresses by which people are known."""
TRIES_TO_PUT_RIGHT = 3
Columns = Mapping[str, Sequence[str]]
"""Fields of some tabs."""
NONE: Columns = {}


class Workbook:
    """One of the spreadsheets. ``name`` is how sentences call it."""

    def __init__(self, session: Session, key: str, name: str, *, home: str = "") -> None:
        self._client = HTTPClient(None, session)  # type: ignore[arg-type]  # gspread only lets it request
        self.key, self.name, self._home = key, name, (home,) if home else ()
        """``_home``: the domain that everybody's address has, where Settings name none; empty: any."""
        self._contents: dict[str, TabContents] = {}
        self._commits = 0
        self._run = token_hex(8)  # tells its batches from those of another run that says the same
        self.language = languages.FALLBACK
        """In which its admins are spoken to, once the tab Settings was read."""
        self._along: Columns = {}
        self._from_begin = False
        self._renaming: dict[str, list[Request]] = defaultdict(list)
        self._partly: dict[str, set[int]] = {}
        """Tabs of which no more than columns were read, with the numbers of those rows that were read as a whole."""
        self._leaves_out: dict[str, LeavesOut] = {}
        self._recalled: dict[str, dict[Key, Mapping[str, Any]]] = defaultdict(dict)

    @cached_property
    def metadata(self) -> dict[str, Any]:
        """The spreadsheet's tabs, protection and revision, read once.

        Raises:
            SheetError: it does not exist, or is not shared with the account that asks.
            GoogleError: Google can't be reached, or lets nobody use the API.
        """
        try:
            return dict(self._client.fetch_sheet_metadata(self.key, params={"fields": METADATA}))
        except GoogleError as error:
            if error.status in {403, 404} and not error.concerns_all:
                kind = NotSharedError if error.status == 403 else SheetError
                raise kind(with_gaps(NOT_OPENED, name=self.name, id=self.key)) from error
            raise

    @cached_property
    def is_shared(self) -> bool:
        """Whether the account that asks may open it."""
        try:
            return bool(self.metadata)
        except NotSharedError:
            return False

    def read_along(self, columns: Columns, *, from_begin: bool = False) -> None:
        """Have no more than some columns of other tabs read with the next tabs, in the same call.

        Tabs that an older spreadsheet lacks are passed over, and rows that have nothing in the first of the columns, or
        are above where it is noted that what is looked for begins.
        """
        self._along, self._from_begin = columns, from_begin

    def read(self, titles: Iterable[str], leaves_out: Mapping[str, LeavesOut] | None = None) -> None:
        """Read whole tabs, all in one call, after the metadata; large ones in several, without what is left out.

        Raises:
            SheetError: a tab, or a column of one, is missing or doubled, or a newer Peerpact made the spreadsheet.
        """
        refuse_newer(self.metadata)
        self._revision = revision_of(self.metadata)
        self._grids: dict[str, Grid] = {}
        self._leaves_out |= leaves_out or {}
        along = {title: some for title, some in self._along.items() if self.has(title)}
        self._fetch([*titles], along, begins_in(self.metadata, along) if self._from_begin else {})

    def read_more(self, titles: Sequence[str], leaves_out: Mapping[str, LeavesOut] | None = None) -> None:
        """Read more whole tabs, as ``read`` does."""
        self._leaves_out |= leaves_out or {}
        self._fetch(titles)

    def has(self, title: str) -> bool:
        """Tell whether there is such a tab."""
        return any(sheet["properties"]["title"] == title for sheet in self.metadata["sheets"])

    def look_up(self, title: str, field: str, wanted: Collection[str]) -> tuple[Row, ...]:
        """Return the rows of a tab, which need not have been read, in which a field has any of some values.

        First that column is read, then these rows, and no others.
        """
        if not wanted or not self.has(title):
            return ()
        self._leaves_out[title] = lambda row: not is_among(row[field], wanted)
        self._fetch((), {title: (field,)})
        found = [row.number for row in self.contents(title).rows if is_among(row[field], wanted)]
        return self.whole_rows(title, found)

    def whole_rows(self, title: str, numbers: Sequence[int]) -> tuple[Row, ...]:
        """Return some rows of a tab, of which no more than columns were read, as a whole.

        Those beside them are read, too: they are hit where the owner moves rows by one. The others stay as known.
        """
        wanted, most = {*numbers}, self._sheet(title)["gridProperties"]["rowCount"]
        if not (numbers := sorted({m for n in wanted for m in (n - 1, n, n + 1) if 1 < m <= most})):
            return ()
        contents, runs = self._contents[title], spans(numbers)
        parts = self._values([f"'{title}'!{start}:{end - 1}" for start, end in runs])
        self._grids[title] = grid = with_parts(self._grids[title], runs, parts)
        self._partly.get(title, set()).update(numbers)
        some = [grid[0], *(grid[n - 1] for n in numbers)]
        read = read_tab(tab(title), some, locale=self.locale).rows
        whole = [replace(row, number=numbers[row.number - 2]) for row in read]
        rows = {row.number: row for row in (*contents.rows, *whole)}
        self._contents[title] = replace(contents, rows=tuple(rows[n] for n in sorted(rows)))
        return tuple(row for row in whole if row.number in wanted)

    @contextmanager
    def held_meanwhile(self, title: str) -> Iterator[None]:
        """Hold whole rows that are read meanwhile of a tab, of which columns were read, no longer than that."""
        before = self._contents[title], self._grids[title]
        yield
        if title in self._partly:  # else it was read anew, as rows had been moved
            (self._contents[title], self._grids[title]), self._partly[title] = before, set()

    def recall(self, title: str, rows: Iterable[Mapping[str, Any]]) -> None:
        """Know rows that are in the archive: where one is changed, it is written again as a whole."""
        contents = self._contents[title]
        self._recalled[title] |= {contents.key_of(row): row for row in rows}

    def _fetch(self, titles: Sequence[str], columns: Columns = NONE, begins: Mapping[str, int] = {}) -> None:
        for title in (*titles, *columns):
            self._sheet(title)
        large = {title: height for title in titles if (height := self._height_of_large(title))}
        ranges = [first_stretch(title) if title in large else f"'{title}'" for title in titles]
        ranges += [r for t, fields in columns.items() for r in column_ranges(t, fields, begins.get(t, 0))]
        parts = iter(self._values(ranges))
        self._grids |= ((t, next(parts) if t in large else shared(next(parts))) for t in titles)
        self._read_on(large)
        for title, fields in columns.items():
            self._grids[title] = as_grid(rows_in(parts, title, fields, begins.get(title, 0)))
        moved = [t for t in columns if not is_as_described(self._grids[t], tab(t))]
        self._grids |= zip(moved, map(shared, self._values([f"'{t}'" for t in moved])), strict=True)
        self._partly |= {title: set() for title in columns}
        for title in (*titles, *moved):
            self._partly.pop(title, None)
        for title in (*titles, *columns):
            if not tab(title).settings:
                self._contents[title] = self._read_tab(title)

    def _height_of_large(self, title: str) -> int:
        """Return how many rows a tab of the system has, 0 where it is not too large to be read in one call."""
        height = self._sheet(title)["gridProperties"]["rowCount"]
        return height if height > MOST_ROWS and tab(title).writer == "system" else 0

    def _read_on(self, large: Mapping[str, int]) -> None:
        """Read large tabs on, of which the first stretch was read.

        Raises:
            OvertakenError: another run wrote meanwhile, or a person moved rows.
        """
        for title, height in large.items():
            first, read = self._grids[title], lambda part: self._values([part])[0]
            self._grids[title] = in_stretches(title, height, first, read, self.name)
        if large:
            self.__dict__.pop("metadata", None)
            if revision_of(self.metadata) != self._revision:
                raise OvertakenError(self.name)

    def _values(self, ranges: Sequence[str]) -> list[list[list[Cell]]]:
        answer = self._client.values_batch_get(self.key, [*ranges], {**AS_VALUES}) if ranges else {}
        return [part.get("values", []) for part in answer.get("valueRanges", ())]

    def _read_tab(self, title: str) -> TabContents:
        grid, large = self._grids[title], isinstance(self._grids[title], Packed)
        out = self._leaves_out.get(title) if large or title in self._partly else None
        how = How(kept=kept(), place=(self.key, title), record=RECORDS.get(title), leaves_out=out)
        self._renaming.pop(title, None)
        return read_tab(tab(title), grid, locale=self.locale, merged=self.covered(title), how=how)

    def covered(self, title: str) -> frozenset[Place]:
        """Return the cells of a tab that others cover, so that what they hold can't be told."""
        return covered_cells(self._listed(title))

    @property
    def locale(self) -> str:
        """The spreadsheet's locale, such as de_DE, by which ambiguous dates and weekdays are read."""
        return str(self.metadata.get("properties", {}).get("locale") or HOME)

    def is_read(self, title: str) -> bool:
        """Tell whether a tab was read."""
        return title in self._contents

    def address(self, title: str, *, view: Sentence | None = None) -> str:
        """Return where a tab opens in a browser, through a filter view where it has one, in whatever language."""
        gid, titles = self._sheet(title)["sheetId"], set(in_every_language(view)) if view else ()
        views = self._listed(title).get("filterViews", ())
        through = next((f"&fvid={v['filterViewId']}" for v in views if v.get("title") in titles), "")
        return f"https://docs.google.com/spreadsheets/d/{self.key}/edit#gid={gid}{through}"

    def contents(self, title: str) -> TabContents:
        """Return a tab that was read."""
        return self._contents[title]

    def let_go(self, title: str, *, but: Sequence[str], with_cells: bool = False) -> None:
        """Hold no more of a tab that is not written than some fields of its rows: of all that is read, people are most.

        Its cells are kept where they are said to be needed.
        """
        self._contents[title] = self._contents[title].with_only(but)
        if not with_cells:
            del self._grids[title]

    def hold_keys(self, fields: Mapping[str, Sequence[str]]) -> None:
        """Hold no more cells of large tabs than keys and some fields; all where admins have columns of their own."""
        for title, some in fields.items():
            grid, contents = self._grids[title], self._contents[title]
            if isinstance(grid, Packed) and contents.is_all_of(grid[0]):
                self._grids[title] = grid.with_only({contents.places[f] for f in (*contents.tab.key, *some)})

    def hold(self, leaves_out: Mapping[str, LeavesOut]) -> None:
        """Hold rows of tabs that were left out before and now are not, by the cells that were read."""
        self._leaves_out |= leaves_out
        self._contents |= {title: self._read_tab(title) for title in leaves_out}

    def comments(self) -> Mapping[str, Any]:
        """Return the comments on cells, as Google shows them."""
        return dict(self._client.fetch_sheet_metadata(self.key, params={**SHOWN}))

    def sheet_ids(self) -> dict[str, int]:
        """Return the ids of the tabs by their titles."""
        return {s["properties"]["title"]: s["properties"]["sheetId"] for s in self.metadata["sheets"]}

    def grid(self, title: str) -> Grid:
        """Return the cells of a tab that was read."""
        return self._grids[title]

    def settings(self) -> Any:
        """Return the tab Settings as values and problems; see ``tables.settings``."""
        settings, problems = read_settings(self._grids["Settings"], locale=self.locale)
        self.language = settings.admin_language
        return replace(settings, domains=settings.domains or self._home), problems

    def rename(self, renamed: Mapping[str, str]) -> None:
        """See people of the system's tabs under their new addresses, and write these down with the next commit."""
        for title, contents in self._contents.items() if renamed else ():
            if contents.tab.writer != "system":
                continue
            fields = [f for f in ADDRESSES if f in contents.places]
            rows, sheet = [], self._sheet(title)["sheetId"]
            for row in contents.rows:
                new = {f: v for f in fields if (v := renamed_in(row[f], renamed)) != row[f]}
                self._renaming[title] += row_writes(sheet, row.number, contents.places, new)
                rows.append(replace(row, values={**row.values, **new}) if new else row)
            self._contents[title] = replace(contents, rows=tuple(rows))

    @property
    def is_renaming(self) -> bool:
        """Tell whether new addresses of people are still to be written down."""
        return any(self._renaming.values())

    def commit(self, changes: Iterable[Change], along: Sequence[Request] = ()) -> bool:
        """Write all changes, and requests of another kind along with them, at one moment; without any, make no call.

        Returns whether anything was written. What is too large for one batch counts with its last one. Where a person
        has moved rows or columns since they were read, what was written to wrong ones is put right.

        Raises:
            OvertakenError: another run wrote first; nothing was written.
            SheetError: a column or tab has gone since it was read.
        """
        changes = [said(change, self.language) for change in changes]
        wrote, moved = self._write(changes, along)
        for _ in range(TRIES_TO_PUT_RIGHT):
            if not moved:
                return wrote
            log.warning("rows were moved by hand", extra={"tabs": moved})
            _, moved = self._write([*self._as_meant(moved, changes)])
        raise OvertakenError(self.name)

    def _write(self, changes: Sequence[Change], along: Sequence[Request] = ()) -> tuple[bool, list[str]]:
        """Write changes; return whether there were any, and the tabs in which rows or columns have been moved."""
        touched: dict[str, set[int]] = defaultdict(set)
        before = dict(self._contents)
        requests = [request for change in changes for request in self._requests(change, touched)]
        renaming = chain.from_iterable(self._renaming.values())
        requests = [*((r, 0) for r in (*renaming, *along)), *requests]
        self._renaming.clear()
        if not requests:
            return False, []
        batches = in_batches(requests, hold=int(short_key(self.key, repr(self._revision)), 32) % 2**31)
        batches[0] = [*leftovers(self.metadata), *batches[0]]
        if len(batches) > 1:  # twice a round: it needs the room
            kept().let_all_go()
        answer: Mapping[str, Any] = {}
        try:
            for number, batch in enumerate(batches, start=1):
                answer = self._send(batch, touched if number == len(batches) else {})
        except GoogleError as error:
            if error.permanent:  # nothing of it counts: what was read still holds
                self._contents = before
                self.__dict__.pop("metadata", None)
            raise
        if len(batches) > 1 or len(batches[0]) > len(requests):
            self.__dict__.pop("metadata", None)
        shown = {title: cells_shown(answer, self._sheet(title)["sheetId"]) for title in touched}
        return True, [t for t, c in shown.items() if not are_in_place(self._contents[t], touched[t], c)]

    def _as_meant(self, titles: Sequence[str], changes: Sequence[Change]) -> Iterator[Change]:
        """Read tabs again, and yield what makes all rows that were read as a whole as they were, with our changes."""
        meant, partly = {title: self._contents[title] for title in titles}, dict(self._partly)
        known = {title: self._contents[title].keys_in(self._grids[title]).keys() for title in titles}
        whole = {change.title for change in changes if isinstance(change, Replace)}
        before = self._revision
        self.__dict__.pop("metadata", None)
        self._fetch(titles)
        if revision_of(self.metadata) != before:
            raise OvertakenError(self.name)
        for title, contents in meant.items():
            fields = [c for c in contents.tab.columns if not c.formula]
            ours = {c.field for c in fields if c.writer != "admins"}
            there = self._contents[title].keys_in(self._grids[title])
            rows = [
                {
                    c.field: row.values.get(c.field)
                    for c in fields
                    if c.field in ours or contents.key_of(row.values) not in there
                    if title not in partly or row.values.get(c.field) is not None
                }
                for row in contents.rows
                if row.number in partly.get(title, (row.number,)) or all(contents.key_of(row.values))
            ]
            before_it = [key for key in there if all(key)] if title in partly else known[title]
            yield Replace(title, rows) if title in whole else self._upsert_all(title, rows, before_it)

    def _upsert_all(self, title: str, rows: Sequence[Mapping[str, Any]], known: Collection[Key]) -> Upsert:
        """Return what writes all rows by key, over those that can't be read any more, and clears nobody's rows."""
        contents = self._contents[title]
        there = contents.keys_in(self._grids[title])
        keys = {contents.key_of(row) for row in rows}
        lost = [there[key][0] for key in keys & there.keys() - contents.row_numbers().keys()]
        self._contents[title] = contents.with_lost(lost, self._grids[title])
        strange = there.keys() - {*known} - keys
        return Upsert(title, rows, tuple(number for key in strange for number in there[key]))

    def _send(self, requests: list[dict[str, Any]], touched: Mapping[str, set[int]]) -> dict[str, Any]:
        """Send a batch, and return where the keys of the rows that it touched are, asked for again if not heard."""
        requests = [*map(as_sent, requests)]
        mine = REVISION + short_key(
            self._run, ",".join(self._revision), str(self._commits), repr(requests[:50]), length=20
        )
        self._commits += 1
        ranges = [r for title, numbers in touched.items() for r in ranges_of(self._contents[title], numbers)]
        back = {
            "includeSpreadsheetInResponse": True,
            "responseIncludeGridData": True,
            "responseRanges": ranges,
        }
        body = {"requests": [*swapped(self.metadata, self._revision, mine), *requests]} | (
            back if ranges else {}
        )
        url = SPREADSHEET_BATCH_UPDATE_URL % self.key
        asked = {"fields": fields_for(requests), "prettyPrint": "false"}
        try:
            answer = values_told(self._client.request("post", url, params={**asked}, json=body).content)
        except GoogleError as error:
            if error.status != 400:
                raise
            self.__dict__.pop("metadata", None)
            now = revision_of(self.metadata)
            if now == self._revision:
                raise
            if now != (mine,):
                raise OvertakenError(self.name) from error
            answer = self._shown(ranges) if ranges else {}
        self._revision = (mine,)
        refuse_unsaved(answer)
        return answer

    def _shown(self, ranges: Sequence[str]) -> dict[str, Any]:
        """Return what is in some cells by now, in the form in which the answer to a batch shows it."""
        asked: dict[str, Any] = {"ranges": [*ranges], "fields": CELLS, "prettyPrint": "false"}
        told = self._client.request("get", SPREADSHEET_URL % self.key, params=asked).content
        return {UPDATED: values_told(told)}

    def _sheet(self, title: str) -> dict[str, Any]:
        return dict(self._listed(title)["properties"])

    def _listed(self, title: str) -> dict[str, Any]:
        for sheet in self.metadata["sheets"]:
            if sheet["properties"]["title"] == title:
                return cast("dict[str, Any]", sheet)
        raise SheetError(with_gaps(NO_TAB, name=self.name, title=title))

    def _requests(self, change: Change, touched: dict[str, set[int]]) -> list[tuple[Request, int]]:
        """Return what a change asks of Google, beside the tab's height after it, and note which rows it touches."""
        contents, sheet = self._contents[change.title], self._sheet(change.title)
        if isinstance(change, Replace) and change.title in self._leaves_out:
            contents = replace(contents, cells=self._grids[change.title])
        requests, after = requests_of(change, contents, sheet["sheetId"], self._recalled[change.title])
        self._contents[change.title] = after
        if not requests:
            return []
        height = 0 if isinstance(change, Append) else after.height
        if isinstance(change, Remove):
            self._drop_rows(change.title, rows_removed(requests))
            touched[change.title] = {row.number for row in after.rows}
        elif height:
            touched[change.title] |= {*rows_written(requests), *range(contents.height + 1, height + 1)}
        grid = sheet["gridProperties"]  # one row that isn't frozen must stay
        short = max(height, grid.get("frozenRowCount", 0) + 1) - grid["rowCount"]
        if short > 0:
            first = min(contents.height, grid["rowCount"])
            requests = longer_by(short + MORE, requests, after, sheet["sheetId"], first)
            self._grow(change.title, short + MORE)
        return [(request, height) for request in requests]

    def _drop_rows(self, title: str, gone: Collection[int]) -> None:
        """Leave rows that are taken away out of what was read of a tab's cells."""
        if isinstance(self._grids[title], Packed):  # many rows would be held under old numbers beside the new
            kept().let_go((self.key, title))
        self._grids[title] = without_rows(self._grids[title], {number - 1 for number in gone})
        self._grow(title, -len(gone))

    def _grow(self, title: str, rows: int) -> None:
        self._listed(title)["properties"]["gridProperties"]["rowCount"] += rows


__all__ = ["Append", "Change", "OvertakenError", "Remove", "Replace", "Upsert", "Workbook"]
