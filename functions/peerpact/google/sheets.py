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
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from gspread.http_client import HTTPClient
from gspread.urls import SPREADSHEET_BATCH_UPDATE_URL

from peerpact.errors import GoogleError, SheetError
from peerpact.google.moved_rows import FIELDS, are_in_place, cells_shown, ranges_of
from peerpact.google.session import Session
from peerpact.programme.keys import short_key
from peerpact.programme.roster.identity import renamed_in
from peerpact.tables.cells import HOME
from peerpact.tables.layout import cell_data, refuse_newer
from peerpact.tables.reading import Grid, Place, TabContents, read_tab
from peerpact.tables.schema import tab
from peerpact.tables.settings import read_settings

log = logging.getLogger(__name__)

REVISION = "peerpact_rev_"
BEGAN = "peerpact_began_"
"""Named ranges that stay: the first commit of a spreadsheet without revision adds the next one, so that of two only one
is the first."""
ADDRESSES = ("people", "person", "email", "key", "audience")
"""Fields of the system's tabs that hold addresses by which people are known."""
MOST_ROWS_PER_BATCH = 4000
"""Keeps a batch near the 2 MB that Google recommends."""
TRIES_TO_PUT_RIGHT = 3
_METADATA = (
    "spreadsheetId,spreadsheetUrl,properties(title,locale),sheets(properties(sheetId,title,index,hidden,"
    "gridProperties),merges,protectedRanges(protectedRangeId,description),developerMetadata),namedRanges(namedRangeId,name)"
)


@dataclass(frozen=True, slots=True)
class Upsert:
    """Write rows of a system tab by key: known keys are changed where they differ, new ones are appended.

    A row names fields; fields that it leaves out keep their cells.
    """

    title: str
    rows: Sequence[Mapping[str, Any]]
    clear: tuple[int, ...] = ()
    """Numbers of rows that are to be emptied as a whole."""


@dataclass(frozen=True, slots=True)
class Replace:
    """Make these rows the whole content of a system tab."""

    title: str
    rows: Sequence[Mapping[str, Any]]


class OvertakenError(GoogleError):
    """Another run changed the spreadsheet since it was read; nothing was written. Read again and decide anew."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} was changed by another run meanwhile.", permanent=False)


class Workbook:
    """One of the two spreadsheets. ``name`` is how sentences call it."""

    def __init__(self, session: Session, key: str, name: str) -> None:
        self._client = HTTPClient(None, session)  # type: ignore[arg-type]  # gspread only lets it request
        self.key = key
        self.name = name
        self._contents: dict[str, TabContents] = {}
        self._commits = 0
        self._renaming: list[dict[str, Any]] = []

    @cached_property
    def metadata(self) -> dict[str, Any]:
        """The spreadsheet's tabs, protection and revision, read once.

        Raises:
            SheetError: it does not exist, or is not shared with the account that asks.
        """
        try:
            return dict(self._client.fetch_sheet_metadata(self.key, params={"fields": _METADATA}))
        except GoogleError as error:
            if error.status in {403, 404}:
                raise SheetError(
                    f"{self.name} (id {self.key}) can't be opened. Check its id, and share it as editor with the "
                    "account that runs this job; “peerpact init” does that."
                ) from error
            raise

    def read(self, titles: Iterable[str]) -> None:
        """Read whole tabs, all in one call, after the metadata.

        Raises:
            SheetError: a tab, or a column of one, is missing or doubled, or a newer Peerpact made the spreadsheet.
        """
        titles = list(titles)
        refuse_newer(self.metadata)
        self._revision = self._revision_read()
        self._grids: dict[str, Grid] = {}
        self._fetch(titles)

    def _fetch(self, titles: Sequence[str]) -> None:
        for title in titles:
            self._sheet(title)
        answer = self._client.values_batch_get(
            self.key,
            [f"'{title}'" for title in titles],
            params={"valueRenderOption": "UNFORMATTED_VALUE", "dateTimeRenderOption": "SERIAL_NUMBER"},
        )
        self._grids |= {
            title: part.get("values", []) for title, part in zip(titles, answer["valueRanges"], strict=True)
        }
        for title in titles:
            if not tab(title).settings:
                self._contents[title] = self._read_tab(title)

    def _read_tab(self, title: str) -> TabContents:
        merged = _merged(next(s for s in self.metadata["sheets"] if s["properties"]["title"] == title))
        return read_tab(tab(title), self._grids[title], locale=self.locale, merged=merged)

    @property
    def locale(self) -> str:
        """The spreadsheet's locale, such as de_DE, by which ambiguous dates and weekdays are read."""
        return str(self.metadata.get("properties", {}).get("locale") or HOME)

    def contents(self, title: str) -> TabContents:
        """Return a tab that was read."""
        return self._contents[title]

    def grid(self, title: str) -> Grid:
        """Return the cells of a tab that was read."""
        return self._grids[title]

    def settings(self) -> Any:
        """Return the tab Settings as values and problems; see ``tables.settings``."""
        return read_settings(self._grids["Settings"], locale=self.locale)

    def rename(self, renamed: Mapping[str, str]) -> None:
        """See people of the system's tabs under their new addresses, and write these down with the next commit."""
        for title, contents in self._contents.items() if renamed else ():
            if contents.tab.writer != "system":
                continue
            fields = [f for f in ADDRESSES if f in contents.places]
            rows, sheet = [], self._sheet(title)["sheetId"]
            for row in contents.rows:
                new = {f: v for f in fields if (v := renamed_in(row[f], renamed)) != row[f]}
                self._renaming += _row_writes(sheet, row.number, contents.places, new)
                rows.append(replace(row, values={**row.values, **new}) if new else row)
            self._contents[title] = replace(contents, rows=tuple(rows))

    def commit(self, changes: Iterable[Upsert | Replace]) -> bool:
        """Write all changes in one atomic batch; with nothing to change, make no call.

        Returns whether anything was written. Large appends are split into several batches, in order. Where a person
        has moved rows or columns since they were read, what was written to wrong ones is put right.

        Raises:
            OvertakenError: another run wrote first; nothing of the batch was written.
            SheetError: a column or tab has gone since it was read.
        """
        changes = list(changes)
        wrote, moved = self._write(changes)
        for _ in range(TRIES_TO_PUT_RIGHT):
            if not moved:
                return wrote
            log.warning("rows were moved by hand", extra={"tabs": moved})
            _, moved = self._write([*self._as_meant(moved, changes)])
        raise OvertakenError(self.name)

    def _write(self, changes: Sequence[Upsert | Replace]) -> tuple[bool, list[str]]:
        """Write changes; return whether there were any, and the tabs in which rows or columns have been moved."""
        touched: dict[str, set[int]] = defaultdict(set)
        before = dict(self._contents)
        requests = [request for change in changes for request in self._requests(change, touched)]
        requests, self._renaming = [*self._renaming, *requests], []
        answer: Mapping[str, Any] | None = None
        for start in range(0, len(requests), MOST_ROWS_PER_BATCH):
            part = requests[start : start + MOST_ROWS_PER_BATCH]
            try:
                answer = self._send(part, touched if start + len(part) == len(requests) else {})
            except GoogleError as error:
                if error.permanent and not start:  # nothing of it was written: what was read still holds
                    self._contents = before
                    self.__dict__.pop("metadata", None)
                raise
        return bool(requests), [t for t in touched if not self._in_place(t, touched[t], answer)]

    def _in_place(self, title: str, numbers: set[int], answer: Mapping[str, Any] | None) -> bool:
        if answer is None:  # carried out, but the answer was lost on the way
            return False
        return are_in_place(
            self._contents[title], numbers, cells_shown(answer, self._sheet(title)["sheetId"])
        )

    def _as_meant(
        self, titles: Sequence[str], changes: Sequence[Upsert | Replace]
    ) -> Iterator[Upsert | Replace]:
        """Read tabs anew, and yield what makes all their rows as they were read, with our changes."""
        meant = {title: self._contents[title] for title in titles}
        known = {title: self._contents[title].keys_in(self._grids[title]).keys() for title in titles}
        whole = {change.title for change in changes if isinstance(change, Replace)}
        before = self._revision
        self.__dict__.pop("metadata", None)
        self._fetch(titles)
        if self._revision_read() != before:
            raise OvertakenError(self.name)
        for title, contents in meant.items():
            ours = [c.field for c in contents.tab.columns if c.writer != "admins" and not c.formula]
            rows = [{f: row.values.get(f) for f in ours} for row in contents.rows]
            yield Replace(title, rows) if title in whole else self._upsert_all(title, rows, known[title])

    def _upsert_all(
        self, title: str, rows: Sequence[Mapping[str, Any]], known: Collection[tuple[str, ...]]
    ) -> Upsert:
        """Return what writes all rows by key, over those that can't be read any more, and clears nobody's rows."""
        contents = self._contents[title]
        there = contents.keys_in(self._grids[title])
        keys = {contents.key_of(row) for row in rows}
        lost = [there[key][0] for key in keys & there.keys() - contents.row_numbers().keys()]
        self._contents[title] = contents.with_lost(lost, self._grids[title])
        strange = there.keys() - known - keys
        return Upsert(title, rows, tuple(number for key in strange for number in there[key]))

    def _send(
        self, requests: list[dict[str, Any]], touched: Mapping[str, set[int]]
    ) -> Mapping[str, Any] | None:
        """Send a batch, and return where the keys of the rows that it touched are; None if that was not heard."""
        mine = REVISION + short_key(
            self.key, ",".join(self._revision), str(self._commits), repr(requests[:50]), length=20
        )
        self._commits += 1
        ranges = [r for title, numbers in touched.items() for r in ranges_of(self._contents[title], numbers)]
        back = {
            "includeSpreadsheetInResponse": True,
            "responseIncludeGridData": True,
            "responseRanges": ranges,
        }
        body = {"requests": [*self._swap(mine), *requests]} | (back if ranges else {})
        url, answer = SPREADSHEET_BATCH_UPDATE_URL % self.key, None
        try:
            answer = dict(self._client.request("post", url, params={"fields": FIELDS}, json=body).json())
        except GoogleError as error:
            if error.status != 400:
                raise
            self.__dict__.pop("metadata", None)
            now = self._revision_read()
            if now == self._revision:
                raise
            if now != (mine,):
                raise OvertakenError(self.name) from error
        self._revision = (mine,)
        return answer

    def _swap(self, mine: str) -> list[dict[str, Any]]:
        """Return what takes away the revision that was read and puts ours in its place, which only one run can do."""
        gone = [{"deleteNamedRange": {"namedRangeId": revision}} for revision in self._revision]
        new = [mine] if gone else [mine, f"{BEGAN}{len(self._named_ranges(BEGAN))}"]
        return [*gone, *({"addNamedRange": {"namedRange": self._named(name)}} for name in new)]

    def _named(self, revision: str) -> dict[str, Any]:
        first = self.metadata["sheets"][0]["properties"]["sheetId"]
        area = {
            "sheetId": first,
            "startRowIndex": 0,
            "endRowIndex": 1,
            "startColumnIndex": 0,
            "endColumnIndex": 1,
        }
        return {"namedRangeId": revision, "name": revision, "range": area}

    def _revision_read(self) -> tuple[str, ...]:
        """Return the spreadsheet's revision: one named range, but for a new spreadsheet and for damage by hand."""
        return self._named_ranges(REVISION)

    def _named_ranges(self, prefix: str) -> tuple[str, ...]:
        ids = [r["namedRangeId"] for r in self.metadata.get("namedRanges", ())]
        return tuple(sorted(i for i in ids if i.startswith(prefix)))

    def _sheet(self, title: str) -> dict[str, Any]:
        for sheet in self.metadata["sheets"]:
            if sheet["properties"]["title"] == title:
                return dict(sheet["properties"])
        raise SheetError(
            f"{self.name} has no tab “{title}”. If it was renamed, name it “{title}” again; if it was deleted, run "
            "“peerpact init” to make it anew."
        )

    def _requests(self, change: Upsert | Replace, touched: dict[str, set[int]]) -> list[dict[str, Any]]:
        """Return what a change asks of Google, and add the numbers of the rows that it touches."""
        contents = self._contents[change.title]
        sheet = self._sheet(change.title)
        if isinstance(change, Replace):
            requests, after = _replace(contents, sheet["sheetId"], change.rows)
        else:
            requests, after = _upsert(contents, sheet["sheetId"], change.rows)
            requests = [*_emptied(contents, sheet["sheetId"], change.clear), *requests]
        self._contents[change.title] = after
        starts = [
            r["updateCells"]["start"]["rowIndex"] + 1 for r in requests if "start" in r.get("updateCells", {})
        ]
        if requests:
            touched[change.title] |= {*starts, *range(contents.height + 1, after.height + 1)}
        short = after.height - sheet["gridProperties"]["rowCount"]
        if requests and short > 0:
            self._grow(change.title, short + 500)
            grow = {"sheetId": sheet["sheetId"], "dimension": "ROWS", "length": short + 500}
            return [{"appendDimension": grow}, *requests]
        return requests

    def _grow(self, title: str, rows: int) -> None:
        for sheet in self.metadata["sheets"]:
            if sheet["properties"]["title"] == title:
                sheet["properties"]["gridProperties"]["rowCount"] += rows


def _merged(sheet: Mapping[str, Any]) -> frozenset[Place]:
    """Return the cells that a merge covers, all but its first, in which the content is."""
    return frozenset(
        (row, column)
        for area in sheet.get("merges", ())
        for row in range(area["startRowIndex"], area["endRowIndex"])
        for column in range(area["startColumnIndex"], area["endColumnIndex"])
        if (row, column) != (area["startRowIndex"], area["startColumnIndex"])
    )


def _upsert(
    contents: TabContents, sid: int, rows: Sequence[Mapping[str, Any]]
) -> tuple[list[dict[str, Any]], TabContents]:
    """Change rows in place; append new ones below the last row with anything in it, wherever that is by then."""
    numbers = contents.row_numbers()
    known = {row.number: dict(row.values) for row in contents.rows}
    height = first = max(contents.height, 1)
    requests = []
    for row in rows:
        number = numbers.get(contents.key_of(row))
        if number is None:
            height += 1
            number, known[height] = height, {}
            numbers[contents.key_of(row)] = number
        changed = {
            f: v for f, v in row.items() if f in contents.places and not _same(known[number].get(f), v)
        }
        if number <= first:
            requests += _row_writes(sid, number, contents.places, changed)
        known[number] |= changed
    requests += [_append(sid, contents.places, known[number]) for number in range(first + 1, height + 1)]
    return requests, contents.with_rows(known, height)


def _emptied(contents: TabContents, sid: int, numbers: Sequence[int]) -> list[dict[str, Any]]:
    row = {"sheetId": sid, "startColumnIndex": 0, "endColumnIndex": max(contents.places.values()) + 1}
    return [
        {
            "updateCells": {
                "range": {**row, "startRowIndex": n - 1, "endRowIndex": n},
                "fields": "userEnteredValue",
            }
        }
        for n in numbers
    ]


def _append(sid: int, places: Mapping[str, int], values: Mapping[str, Any]) -> dict[str, Any]:
    fields = {place: field for field, place in places.items()}
    cells = [cell_data(values.get(fields.get(i, ""))) for i in range(max(fields) + 1)]
    return {"appendCells": {"sheetId": sid, "rows": [{"values": cells}], "fields": "userEnteredValue"}}


def _replace(
    contents: TabContents, sid: int, rows: Sequence[Mapping[str, Any]]
) -> tuple[list[dict[str, Any]], TabContents]:
    known = {row.number: row.values for row in contents.rows}
    fields = contents.places
    wanted = {number: {f: row.get(f) for f in fields} for number, row in enumerate(rows, start=2)}
    empty = dict.fromkeys(fields, None)
    requests = []
    for number in range(2, max(len(rows) + 1, contents.height) + 1):
        there, want = known.get(number, empty), wanted.get(number, empty)
        changed = {f: want[f] for f in fields if not _same(there.get(f), want[f])}
        requests += _row_writes(sid, number, fields, changed)
    return requests, contents.with_rows(wanted, len(rows) + 1)


def _row_writes(
    sid: int, number: int, places: Mapping[str, int], values: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """Return one updateCells per run of neighbouring cells."""
    cells = sorted(((places[f], v) for f, v in values.items()), key=lambda cell: cell[0])
    requests: list[dict[str, Any]] = []
    for place, value in cells:
        last = requests[-1]["updateCells"] if requests else None
        if last and last["start"]["columnIndex"] + len(last["rows"][0]["values"]) == place:
            last["rows"][0]["values"].append(cell_data(value))
        else:
            start = {"sheetId": sid, "rowIndex": number - 1, "columnIndex": place}
            row = {"values": [cell_data(value)]}
            requests.append({"updateCells": {"start": start, "rows": [row], "fields": "userEnteredValue"}})
    return requests


def _same(there: Any, wanted: Any) -> bool:
    empty = ("", None, ())
    return (there in empty and wanted in empty) or there == wanted or str(there) == str(wanted)
