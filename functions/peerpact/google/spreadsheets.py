"""Making and upgrading the spreadsheets from their descriptions, and sharing them. The jobs don't need this."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from gspread.http_client import HTTPClient
from gspread.urls import SPREADSHEETS_API_V4_BASE_URL

from peerpact.errors import GoogleError, SheetError
from peerpact.google.apis import collection, execute
from peerpact.google.cell_comments import SHOWN
from peerpact.google.revisions import lasting_tab
from peerpact.google.session import Session
from peerpact.programme.languages import FALLBACK
from peerpact.tables.cells import cell_data
from peerpact.tables.layout import Request, charts_of_others, let_in, new_tab, shut_out, upgrade_tab
from peerpact.tables.looks import in_order
from peerpact.tables.names_before import named_as_before, noted_as_before, renamed_since
from peerpact.tables.schema import Tab, tabs_of
from peerpact.tables.settings import read_settings
from peerpact.tables.spoken import spoken
from peerpact.tables.tab_contents import Grid
from peerpact.tables.versions import marked_as, refuse_newer, schema_version

_TRIAL = "peerpact_doctor_"
_COPIED = f"{_TRIAL}copy"
_COPIED_CELLS = ("=1+1", "0042", "2026-11-30", "yes", 1.5, 46_356)
_COMMENT = "peerpact doctor tries a comment, and takes it away."
_COPIED_SHEET = {
    "title": _COPIED,
    "hidden": True,
    "gridProperties": {"rowCount": 2, "columnCount": len(_COPIED_CELLS)},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A spreadsheet after init: its id, and what was done to it in words (nothing when it was up to date)."""

    key: str
    url: str
    changes: tuple[str, ...]
    refused: tuple[str, ...] = ()
    """With whom Google refuses to share it, and why."""


class Spreadsheets:
    """Creates, upgrades and shares; acts as the mentoring mailbox, which owns them."""

    def __init__(
        self,
        session: Session,
        *,
        editors: Sequence[str],
        keep_editors: bool = False,
        language: str = FALLBACK,
    ) -> None:
        self._session = session
        self._client = HTTPClient(None, session)  # type: ignore[arg-type]  # gspread only lets it request
        self._editors = tuple(editors)
        """Who may write the system's tabs: the mailbox and the jobs' own accounts."""
        self._keep_editors = keep_editors
        """Where not all of the jobs' accounts are named: whoever may write those tabs goes on to."""
        self._language = language
        """Of the help in a new programme spreadsheet; an older one names its own in Settings."""

    def create(self, kind: str, title: str) -> Made:
        """Create the ``programme``, the ``ledger`` or the ``wishes`` spreadsheet with all its tabs."""
        body = {"properties": {"title": title, "locale": "en_US", "timeZone": "Etc/UTC"}}
        made = self._client.request("post", SPREADSHEETS_API_V4_BASE_URL, json=body).json()
        tabs = _tabs(kind, self._language)
        requests = [r for tab in tabs for r in new_tab(tab, self._editors)]
        requests += [r for tab in tabs for r in charts_of_others(tab)]
        first = made["sheets"][0]["properties"]["sheetId"]
        self._batch(made["spreadsheetId"], [*requests, {"deleteSheet": {"sheetId": first}}])
        return Made(key=made["spreadsheetId"], url=made["spreadsheetUrl"], changes=(f"created “{title}”",))

    def upgrade(self, kind: str, key: str) -> Made:
        """Add what an older spreadsheet lacks; what people typed stays where it is.

        Raises:
            SheetError: the spreadsheet was made by a newer Peerpact, or a column is there twice.
        """
        requests, made = self._needed(kind, key)
        if requests:
            self._batch(key, requests)
        return made

    def pending(self, kind: str, key: str) -> Made:
        """Say what ``upgrade`` would do; change nothing."""
        return self._needed(kind, key)[1]

    def editors(self, key: str) -> frozenset[str]:
        """Return who may write the spreadsheet, lower-case."""
        return frozenset(a for a, role in self._roles(key).items() if role in {"owner", "writer"})

    def readers(self, key: str) -> frozenset[str]:
        """Return everybody with whom the spreadsheet is shared, editors among them, lower-case."""
        return frozenset(self._roles(key))

    def shut_out(self, key: str, accounts: Iterable[str]) -> set[str]:
        """Return those of the accounts who may not write some system tab, lower-case."""
        sheets = self._described(key)["sheets"]
        return set().union(*(shut_out(sheet, accounts) for sheet in sheets))

    def cells(self, key: str) -> dict[str, Grid]:
        """Return every tab's cells as people see them, admins' own tabs too."""
        sheets = self._described(key)["sheets"]
        titles = [s["properties"]["title"] for s in sheets if "gridProperties" in s["properties"]]
        return self._values(key, titles)

    def is_binned(self, key: str) -> bool:
        """Tell whether the spreadsheet lies in Drive's bin.

        Raises:
            GoogleError: there is none (404).
        """
        return bool(self._drive(_files().get(fileId=key, fields="trashed"))["trashed"])

    def bin(self, key: str) -> None:
        """Move the spreadsheet to Drive's bin, where it stays for 30 days."""
        self._drive(_files().update(fileId=key, body={"trashed": True}))

    def delete(self, key: str) -> None:
        """Delete the spreadsheet and its older versions for good."""
        self._drive(_files().delete(fileId=key))

    def refuses_what_was_done(self, key: str) -> bool:
        """Send a batch twice as the jobs do, swapping one named range for another; tell whether the second is refused.

        Refused it must be as a whole (400), the first time, when there is nothing to swap yet, and later.
        """
        wanted = "sheets.properties(sheetId,sheetType)"
        first_tab = lasting_tab(self._described(key, wanted)["sheets"])
        one, two, three = (_named_range(f"{_TRIAL}{number}", first_tab) for number in (1, 2, 3))
        self._batch(key, [*self._taken_away(key), one])
        is_refused = not self._accepts(key, [two, one]) and self._trials(key) == [f"{_TRIAL}1"]
        if is_refused:
            swap = [{"deleteNamedRange": {"namedRangeId": f"{_TRIAL}1"}}, two]
            self._batch(key, swap)
            is_refused = not self._accepts(key, [three, *swap]) and self._trials(key) == [f"{_TRIAL}2"]
        self._batch(key, self._taken_away(key))
        return is_refused

    def keeps_what_it_copies(self, key: str) -> bool:
        """Write cells into a hidden sheet and copy them below, as a large commit does; tell whether they stay so."""
        there = [s["properties"] for s in self._described(key, "sheets.properties")["sheets"]]
        left = [{"deleteSheet": {"sheetId": s["sheetId"]}} for s in there if s["title"] == _COPIED]
        made = self._client.batch_update(
            key, {"requests": [*left, {"addSheet": {"properties": _COPIED_SHEET}}]}
        )
        sheet = made["replies"][-1]["addSheet"]["properties"]["sheetId"]
        rows = [{"values": [cell_data(cell) for cell in _COPIED_CELLS]}]
        area = {"sheetId": sheet, "endColumnIndex": len(_COPIED_CELLS)}
        room = {"sheetId": sheet, "dimension": "ROWS", "startIndex": 2, "endIndex": 3}
        paste = {
            "source": area | {"startRowIndex": 0, "endRowIndex": 1},
            "destination": area | {"startRowIndex": 2, "endRowIndex": 3},
            "pasteType": "PASTE_VALUES",
        }
        start = {"sheetId": sheet, "rowIndex": 0, "columnIndex": 0}
        self._batch(key, [{"updateCells": {"start": start, "rows": rows, "fields": "userEnteredValue"}}])
        self._batch(
            key, [{"insertDimension": {"range": room, "inheritFromBefore": True}}, {"copyPaste": paste}]
        )
        wanted: dict[str, Any] = {"includeGridData": True, "ranges": [f"{_COPIED}!A3:Z3"]}
        wanted["fields"] = "sheets.data.rowData.values.userEnteredValue"
        found = self._client.fetch_sheet_metadata(key, params=wanted)["sheets"][0]["data"][0]
        self._batch(key, [{"deleteSheet": {"sheetId": sheet}}])
        return bool(found.get("rowData") == rows)

    def keeps_comments(self, key: str) -> bool:
        """Put a comment at a cell of a hidden tab, resolve it and take it away; tell whether it was shown as it was.

        Raises:
            GoogleError: comments are not taken at all.
        """
        sheets = [s["properties"] for s in self._described(key, "sheets.properties")["sheets"]]
        place = {"sheetId": next((s for s in sheets if s.get("hidden")), sheets[0])["sheetId"]}
        trial = {"content": _COMMENT, "coordinate": {**place, "rowIndex": 0, "columnIndex": 0}}
        made = self._client.batch_update(key, {"requests": [{"insertComment": trial}]})
        comment = {"commentId": made["replies"][0]["insertComment"]["commentThread"]["commentId"]}
        post = {"content": _COMMENT, "commentAction": "RESOLVE"}
        self._batch(key, [{"addCommentReply": {**comment, "post": post}}])
        shown = self._client.fetch_sheet_metadata(key, params={**SHOWN})
        mine = [c for c in shown.get("comments", ()) if c["commentId"] == comment["commentId"]]
        anchors = {a["anchorId"] for s in shown["sheets"] for a in s.get("commentAnchors", ())}
        if mine:
            self._batch(key, [{"deleteComment": comment}])
        return [c["status"] for c in mine] == ["RESOLVED"] and mine[0]["anchorId"] in anchors

    def _accepts(self, key: str, requests: Sequence[Request]) -> bool:
        try:
            self._batch(key, requests)
        except GoogleError as error:
            if error.status != 400:
                raise
            return False
        return True

    def _trials(self, key: str) -> list[str]:
        there = self._described(key, "namedRanges.namedRangeId").get("namedRanges", ())
        return [r["namedRangeId"] for r in there if r["namedRangeId"].startswith(_TRIAL)]

    def _taken_away(self, key: str) -> list[Request]:
        return [{"deleteNamedRange": {"namedRangeId": name}} for name in self._trials(key)]

    def _needed(self, kind: str, key: str) -> tuple[list[Request], Made]:
        there = self._described(key)
        refuse_newer(there)
        sheets = {s["properties"]["title"]: s for s in there["sheets"]}
        grids = self._grids(key, [t.title for t in tabs_of(kind) if t.title in sheets])
        requests = in_order(tabs_of(kind), there["sheets"])
        changes = ["brought the tabs into their order"] if requests else []
        kept = let_in(there["sheets"]) if self._keep_editors else []
        editors = list({a.lower(): a for a in (*self._editors, *kept)}.values())
        for tab in _tabs(kind, _admin_language(grids)):
            added = _brought_up_to_date(tab, sheets.get(tab.title), grids.get(tab.title, []), editors)
            requests += added
            changes += [f"brought “{tab.title}” up to date"] if added else []
        return requests, Made(key=key, url=there["spreadsheetUrl"], changes=tuple(changes))

    def is_newer(self, key: str, version: int) -> bool:
        """Tell whether any tab is marked as made by a Peerpact that knows more than this version of the schema."""
        return schema_version(self._described(key)["sheets"]) > version

    def mark_as(self, key: str, version: int) -> None:
        """Let a Peerpact that knows no more than this version of the schema read the spreadsheet again."""
        sheets = self._described(key)["sheets"]
        ids = {s["properties"]["title"]: s["properties"]["sheetId"] for s in sheets}
        wanted = dict.fromkeys([*(t.title for t in renamed_since()), "Pairings"])
        grids = self._grids(key, [title for title in wanted if title in ids])
        names = [r for title, grid in grids.items() for r in named_as_before(title, ids[title], grid)]
        notes = noted_as_before(ids["Pairings"], grids["Pairings"]) if "Pairings" in grids else []
        if requests := [*marked_as(sheets, version), *names, *notes]:
            self._batch(key, requests)

    def share(self, made: Made, editors: Iterable[str], readers: Iterable[str] = ()) -> Made:
        """Share with whom it is not shared yet, each for themselves, and let nobody but the mailbox share it on.

        Raises:
            GoogleError: Google can't be reached, or lets nobody share anything.
        """
        there = self._roles(made.key)
        may_write = {a for a, role in there.items() if role in {"owner", "writer"}}
        new = {a.lower(): ("reader", "to be read by") for a in readers if a.lower() not in there}
        new |= {a.lower(): ("writer", "shared with") for a in editors if a.lower() not in may_write}
        changes, refused = [*made.changes], []
        for address, (role, words) in new.items():
            body = {"type": "user", "role": role, "emailAddress": address}
            try:
                self._drive(_permissions().create(fileId=made.key, body=body, sendNotificationEmail=False))
            except GoogleError as error:
                if error.concerns_all or not error.permanent:
                    raise
                refused.append(f"{address}: {error}")
            else:
                changes.append(f"{words} {address}")
        if self.keep_sharing(made.key):
            changes.append("kept from being shared on by anybody else")
        return replace(made, changes=tuple(changes), refused=tuple(refused))

    def keep_sharing(self, key: str) -> bool:
        """Let nobody but the mailbox share the spreadsheet on; returns whether others could until now."""
        if not self.is_shared_on(key):
            return False
        self._drive(_files().update(fileId=key, body={"writersCanShare": False}))
        return True

    def is_shared_on(self, key: str) -> bool:
        """Tell whether whoever may write the spreadsheet may share it with others."""
        return bool(self._drive(_files().get(fileId=key, fields="writersCanShare"))["writersCanShare"])

    def _roles(self, key: str) -> dict[str, str]:
        """Return each role by address; whoever has a link or a domain is there by its id."""
        roles: dict[str, str] = {}
        wanted = "nextPageToken,permissions(id,emailAddress,role)"
        request = _permissions().list(fileId=key, pageSize=100, fields=wanted)
        while request is not None:
            answer = self._drive(request)
            listed = answer.get("permissions", ())
            roles |= {(p.get("emailAddress") or p["id"]).lower(): p["role"] for p in listed}
            request = _permissions().list_next(request, answer)
        return roles

    def _grids(self, key: str, titles: Sequence[str]) -> dict[str, Any]:
        return self._values(key, titles, {"valueRenderOption": "UNFORMATTED_VALUE"})

    def _values(self, key: str, titles: Sequence[str], how: dict[str, Any] | None = None) -> dict[str, Any]:
        if not titles:
            return {}
        ranges = [f"'{t.replace(chr(39), chr(39) * 2)}'" for t in titles]
        answer = self._client.values_batch_get(key, ranges, params=how)
        return {t: part.get("values", []) for t, part in zip(titles, answer["valueRanges"], strict=True)}

    def _described(self, key: str, fields: str | None = None) -> dict[str, Any]:
        return dict(self._client.fetch_sheet_metadata(key, params={"fields": fields} if fields else None))

    def _batch(self, key: str, requests: Sequence[Request]) -> None:
        self._client.batch_update(key, {"requests": list(requests)})

    def _drive(self, request: Any) -> Any:
        return execute(request, self._session)


def _brought_up_to_date(
    tab: Tab, sheet: dict[str, Any] | None, grid: Grid, editors: Sequence[str]
) -> list[Request]:
    if sheet is None:
        return new_tab(tab, editors)
    return upgrade_tab(tab, sheet, grid, editors)


def _tabs(kind: str, language: str) -> tuple[Tab, ...]:
    """Return the tabs, with their help in the language of the admins, who see the programme spreadsheet alone."""
    return tuple(spoken(tab, language) if kind == "programme" else tab for tab in tabs_of(kind))


def _admin_language(grids: Mapping[str, Grid]) -> str:
    """Return the language that a spreadsheet's Settings name; English where they can't be read."""
    try:
        return str(read_settings(grids["Settings"])[0].admin_language)
    except (KeyError, SheetError):
        return FALLBACK


def _files() -> Any:
    return collection("drive", "files")


def _permissions() -> Any:
    return collection("drive", "permissions")


def _named_range(name: str, sheet: int) -> Request:
    return {
        "addNamedRange": {"namedRange": {"namedRangeId": name, "name": name, "range": {"sheetId": sheet}}}
    }
