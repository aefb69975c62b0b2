"""The pages for spreadsheets: the list of them, and one opened as a grid with tabs that is edited through the API."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from nicegui import context, ui
from nicegui.events import GenericEventArguments, ValueChangeEventArguments

from workspace_emulator.core.files import role_of
from workspace_emulator.pages import charts, filter_views, workbook
from workspace_emulator.pages.desk import Desk, Refused, part
from workspace_emulator.pages.frame import Visit, ask, attempt, empty, heading

_LIST = "files(id,name,modifiedTime,owners(displayName,emailAddress))"
_TABS = "properties.title,comments,sheets(properties,protectedRanges,charts,commentAnchors,filterViews)"
_VIEW = "COMMENTS_VIEW_MODE_DEFAULT_FOR_CURRENT_ACCESS"
_CELLS = (
    "sheets(properties,protectedRanges,data(startRow,startColumn,columnMetadata(pixelSize,hiddenByUser),"
    "rowData.values(note,hyperlink,dataValidation,effectiveFormat)))"
)
_KIND = "mimeType = 'application/vnd.google-apps.spreadsheet' and trashed = false"
_GRID = {
    "theme": "quartz",
    ":getRowId": "p => String(p.data.n)",
    "rowHeight": 32,
    "headerHeight": 28,
    "tooltipShowDelay": 250,
    "animateRows": False,
    ":onGridReady": "sheetGrid.freeze",
    ":onGridSizeChanged": "sheetGrid.freeze",
    "stopEditingWhenCellsLoseFocus": True,
    "enterNavigatesVerticallyAfterEdit": True,
    "suppressMovableColumns": True,
    ":onCellFocused": "sheetGrid.focused",
    ":onCellDoubleClicked": "p => sheetGrid.locked(p) && emitEvent('locked-cell', p.colDef.field + p.data.n)",
    ":onCellKeyDown": "sheetGrid.typed",
    ":onCellEditingStarted": "sheetGrid.unfold",
    ":popupParent": "document.body",
    "defaultColDef": {
        "sortable": False,
        "resizable": True,
        "cellDataType": False,
        "suppressHeaderMenuButton": True,
        ":editable": "sheetGrid.editable",
        ":valueFormatter": "sheetGrid.shown",
        ":valueSetter": "sheetGrid.setter",
        ":tooltipValueGetter": "sheetGrid.note",
        ":cellEditorSelector": "sheetGrid.editor",
        ":cellRendererSelector": "sheetGrid.renderer",
        ":cellStyle": "sheetGrid.style",
        ":cellClassRules": "sheetGrid.rules",
    },
}


async def show_list(visit: Visit) -> None:
    """Show the spreadsheets that this person can open."""
    heading("Spreadsheets", f"What is shared with {visit.name}.")
    box = ui.element("div").classes("tiles")

    async def fill() -> None:
        answer = await ask(visit.desk.get, "/drive/v3/files", q=_KIND, fields=_LIST, pageSize=100)
        box.clear()
        with box:
            for file in answer.get("files", []):
                _tile(file)
            if not answer.get("files"):
                empty("table_chart", f"No spreadsheet is shared with {visit.name} yet.")
                _offer_whoever_looks_first(visit)

    await fill()
    visit.on_change(fill)


def _tile(file: dict[str, Any]) -> None:
    owner: dict[str, Any] = next(iter(file.get("owners", ())), {})
    with ui.element("a").props(f'href="/spreadsheets/{part(file["id"])}"').classes("tile"):
        ui.icon("table_chart")
        with ui.element("b"):
            ui.label(file["name"])
        with ui.element("span"):
            ui.label(f"Owned by {owner.get('displayName') or owner.get('emailAddress') or 'somebody'}")


async def show_spreadsheet(
    visit: Visit, spreadsheet_id: str, tab: str | int | None, filter_view: int | None = None
) -> None:
    """Show one spreadsheet, at the tab of that title or sheet id, or at its first one; through a filter view of it."""
    view = _View(visit, spreadsheet_id)
    try:
        await view.load_tabs()
    except Refused as refusal:
        heading("Spreadsheet")
        why = {403: "It isn't shared with them.", 404: "There is none at this address."}
        empty("lock", f"{visit.name} can't open this spreadsheet. {why.get(refusal.status, refusal.message)}")
        _offer_another_viewer(visit, spreadsheet_id)
        return
    view.filter = filter_view
    await view.draw(tab)
    visit.on_change(view.refresh)


class _View:
    """One spreadsheet on one page: which tab is open and what the browser has been shown of it."""

    def __init__(self, visit: Visit, spreadsheet_id: str) -> None:
        self.visit, self.id = visit, spreadsheet_id
        self.desk: Desk = visit.desk
        self.path = f"/v4/spreadsheets/{part(spreadsheet_id)}"
        self.client = context.client
        self.tab = ""
        self.filter: int | None = None  # the filter view through which the tab is seen
        self.about: dict[str, Any] = {}
        self.look = workbook.Looks(columns=0, rows=0, frozen=0, frozen_columns=0)
        self.rows: list[dict[str, Any]] = []
        self.grid: ui.aggrid | None = None
        self.focus: tuple[str, int] | None = None
        self.drawn: list[dict[str, Any] | None] = []
        self.stale = False  # the looks changed while a cell was being edited

    # what the spreadsheet holds

    async def load_tabs(self) -> None:
        self.about = await ask(self.desk.get, self.path, fields=_TABS, commentsViewMode=_VIEW)

    @property
    def sheets(self) -> list[dict[str, Any]]:
        return [s for s in self.about["sheets"] if not s["properties"].get("hidden")]

    @property
    def sheet(self) -> dict[str, Any]:
        return next(s for s in self.sheets if s["properties"]["title"] == self.tab)

    @property
    def listed(self) -> list[Any]:
        """The rows below the frozen ones, as the grid lists them."""
        return filter_views.seen(filter_views.view_of(self.sheet, self.filter), self.rows[self.look.frozen :])

    async def _load_looks(self) -> None:
        answer = await ask(
            self.desk.get, self.path, ranges=_quoted(self.tab), includeGridData=True, fields=_CELLS
        )
        sheet = next(s for s in answer["sheets"] if s["properties"]["title"] == self.tab)
        lists = {name: await self._list(name) for name in workbook.validation_ranges(sheet)}
        self.look = workbook.looks(sheet, user=self.visit.user, ranges=lists, comments=self._comments())

    def _comments(self) -> dict[str, str]:
        return workbook.comments(self.about.get("comments", ()), self.sheet)

    async def _list(self, name: str) -> list[str]:
        where = name if "!" in name else f"{_quoted(self.tab)}!{name}"
        answer = await ask(self.desk.get, f"{self.path}/values/{part(where)}", majorDimension="COLUMNS")
        return [str(v) for column in answer.get("values", ()) for v in column if v != ""]

    async def _load_rows(self) -> list[dict[str, Any]]:
        shown = await self._values(valueRenderOption="FORMATTED_VALUE")
        entered = await self._values(valueRenderOption="FORMULA", dateTimeRenderOption="FORMATTED_STRING")
        return workbook.rows(self.look, shown, entered)

    async def _values(self, **options: str) -> Sequence[Sequence[Any]]:
        answer = await ask(self.desk.get, f"{self.path}/values/{part(_quoted(self.tab))}", **options)
        values: Sequence[Sequence[Any]] = answer.get("values", ())
        return values

    # what the page shows of it

    async def draw(self, tab: str | int | None) -> None:
        titles = self._titles()
        wanted = [s["properties"]["title"] for s in self.sheets if tab in _names(s["properties"])]
        with heading(self.about["properties"]["title"]):
            ui.element("div").classes("fill")
            ui.button("All spreadsheets", icon="arrow_back", on_click=lambda: ui.navigate.to("/spreadsheets")) \
                .props("flat dense").classes("desk-only")  # fmt: skip
        with ui.element("div").classes("sheet-card"):
            self._draw_bar()
            self.box = ui.element("div").classes("grid-box")
            self.tabs = ui.element("div").classes("tabs").props('role="tablist"')
        self.charts = ui.element("div").classes("charts")
        ui.on("locked-cell", self._refuse)
        await self.open((wanted or titles)[0])

    def _draw_bar(self) -> None:
        with ui.element("div").classes("bar"):
            ui.label("").classes("cell-name")
            ui.label("Double-click a cell to edit it").classes("cell-text")
            self.saved = ui.label().classes("saved").props('role="status"')
            self.views = ui.element("div")
            ui.button(icon="playlist_add", on_click=self._add_row).props(
                'flat dense aria-label="Add a row"'
            ).tooltip("Add a row below")
            ui.button(icon="delete_outline", on_click=self._delete_row).props(
                'flat dense aria-label="Delete the row"'
            ).tooltip("Delete this row")
        ui.label().classes("cell-said").props('role="note" aria-live="polite"')

    async def open(self, tab: str) -> None:
        """Show a tab from scratch."""
        self.tab = tab
        ui.page_title(f"{tab} · {self.about['properties']['title']}")
        self.focus = None
        self.stale = False
        await self._load_looks()
        self.rows = await self._load_rows()
        self._draw_tabs()
        self._draw_views()
        self._draw_grid()
        await self._draw_charts()

    def _draw_tabs(self) -> None:
        self.tabs.clear()
        with self.tabs:
            for sheet in self.sheets:
                title = sheet["properties"]["title"]
                button = ui.element("button").props(
                    f'role="tab" aria-selected="{str(title == self.tab).lower()}"'
                )
                button.classes("here" if title == self.tab else "")
                if colour := workbook.colour(sheet["properties"].get("tabColor")):
                    button.style(f"box-shadow: inset 0 -3px {colour}")
                button.on("click", lambda _, t=title: self._switch(t), [])
                with button:
                    ui.label(title)
        ui.run_javascript("sheetGrid.showTab()")

    def _draw_views(self) -> None:
        """Offer the tab's filter views, where it has any."""
        titles = filter_views.titles(self.sheet)
        self.filter = self.filter if self.filter in titles else None
        self.views.clear()
        if titles:
            with self.views:
                ui.select(
                    {0: "All rows", **titles}, value=self.filter or 0, on_change=self._look_through
                ).props('outlined dense options-dense aria-label="Filter view"').classes("views")

    def _look_through(self, event: ValueChangeEventArguments[Any]) -> None:
        self.filter = event.value or None
        self._draw_grid()
        self._remember()

    async def _switch(self, tab: str) -> None:
        self.filter = None
        await self.open(tab)
        self._remember()

    def _remember(self) -> None:
        """Say in the address which tab is open, and through which view."""
        view = f"&fvid={self.filter}" if self.filter else ""
        ui.navigate.history.replace(f"/spreadsheets/{part(self.id)}?tab={part(self.tab)}{view}")

    def _draw_grid(self) -> None:
        self.box.clear()
        self.box.classes(remove="short")
        self.box.classes("short" if self.sheet.get("charts") else "")
        options = _GRID | {
            "columnDefs": workbook.column_definitions(self.look),
            "rowData": self.listed,
            "pinnedTopRowData": self.rows[: self.look.frozen],
            "context": workbook.context(self.look),
        }
        with self.box:
            self.grid = ui.aggrid(options, auto_size_columns=False).classes("w-full h-full")
        self.grid.on("cellValueChanged", self._edited, ["colId", "newValue", "data"])
        self.grid.on("cellFocused", self._focused, ["colId", "rowIndex", "rowPinned"])

    async def _draw_charts(self) -> None:
        drawn = [
            await charts.options(self.desk, self.path, self.about, c) for c in self.sheet.get("charts", ())
        ]
        if drawn == self.drawn:
            return
        self.drawn = drawn
        self.charts.clear()
        with self.charts:
            for options in filter(None, drawn):
                with ui.card():
                    ui.echart(options).style("height: 280px")

    # what happens on it

    async def refresh(self) -> None:
        """Show what changed since; an edit in progress is left alone."""
        titles, structure = self._titles(), self._structure()
        try:
            await self.load_tabs()
        except Refused:
            ui.navigate.to("/spreadsheets")
            return
        if self.tab not in self._titles():
            await self.open(self._titles()[0])
            return
        self.stale = self.stale or structure != self._structure()
        if self.stale and not await self._is_editing():
            await self.open(self.tab)
        elif titles != self._titles():
            self._draw_tabs()
        await self._update_rows()
        await self._draw_charts()

    def _titles(self) -> list[str]:
        return [s["properties"]["title"] for s in self.sheets]

    def _structure(self) -> dict[str, Any]:
        """Return all of the open tab but its values; more rows are no other structure."""
        nothing: dict[str, Any] = {"properties": {}}
        sheet = next((s for s in self.sheets if s["properties"]["title"] == self.tab), nothing)
        properties = sheet["properties"]
        grid = {k: v for k, v in properties.get("gridProperties", {}).items() if k != "rowCount"}
        talk = workbook.comments(self.about.get("comments", ()), sheet)
        return sheet | {"properties": properties | {"gridProperties": grid, "index": 0}, "comments": talk}

    async def _update_rows(self) -> None:
        self.look = replace(self.look, rows=self.sheet["properties"]["gridProperties"]["rowCount"])
        before, self.rows = self.rows, await self._load_rows()
        frozen = self.look.frozen
        if before[:frozen] != self.rows[:frozen]:
            self._on_grid("setGridOption", "pinnedTopRowData", self.rows[:frozen])
        if self.filter:
            if before != self.rows:
                self._on_grid("setGridOption", "rowData", self.listed)
            return
        pairs = zip(before[frozen:], self.rows[frozen:], strict=False)
        changes = {
            "update": [new for old, new in pairs if new != old],
            "add": self.rows[max(frozen, len(before)) :],
            "remove": before[max(frozen, len(self.rows)) :],
        }
        if any(changes.values()):
            self._on_grid("applyTransaction", changes)

    def _on_grid(self, method: str, *args: Any) -> None:
        if self.grid:
            self.grid.run_grid_method(method, *args)

    async def _is_editing(self) -> bool:
        code = "return sheetGrid.editing(document.querySelector('.grid-box'))"
        try:
            return bool(await self.client.run_javascript(code, timeout=5))
        except TimeoutError:  # the page is gone, or very busy: leave it alone
            return True

    async def _edited(self, event: GenericEventArguments) -> None:
        row, column, value = event.args["data"]["n"], event.args["colId"], event.args["newValue"]
        where = f"{_quoted(self.tab)}!{column}{row}"
        body = {"range": where, "values": [["" if value is None else value]]}
        path = f"{self.path}/values/{part(where)}"
        if await attempt(self.desk.put, path, body, valueInputOption="USER_ENTERED"):
            self.saved.set_text(f"{column}{row} saved")
        else:
            self.saved.set_text("")
            self.rows[row - 1] = {"n": row}  # the browser shows the refused value: send it the true one
        await self._update_rows()

    def _refuse(self, event: GenericEventArguments) -> None:
        ui.notify(
            f"{event.args}: {workbook.PROTECTED}", type="warning", multi_line=True, icon="lock", timeout=6000
        )

    def _focused(self, event: GenericEventArguments) -> None:
        index, pinned = event.args["rowIndex"], event.args["rowPinned"]
        if index is not None:
            row = index + 1 if pinned else self.listed[index]["n"]
            self.focus = (event.args["colId"] or "A", row)

    async def _add_row(self) -> None:
        at = self.focus[1] if self.focus else max(self.look.frozen, self._last_row())
        body = {"range": self._row_range(at), "inheritFromBefore": at > self.look.frozen}
        if await self._change({"insertDimension": body}):
            ui.run_javascript(f"setTimeout(() => sheetGrid.scrollTo({at + 1}), 300)")

    async def _delete_row(self) -> None:
        if not self.focus:
            ui.notify("Choose a cell in the row first.", type="info")
            return
        row = self.focus[1]
        if await self._change({"deleteDimension": {"range": self._row_range(row - 1)}}):
            ui.notify(f"Row {row} is gone.", type="info", timeout=2000)

    async def _change(self, request: dict[str, Any]) -> bool:
        done = await attempt(self.desk.post, f"{self.path}:batchUpdate", {"requests": [request]})
        if done:
            await self.load_tabs()
            await self.open(self.tab)
        return done

    def _row_range(self, index: int) -> dict[str, Any]:
        sheet_id = self.sheet["properties"]["sheetId"]
        return {"sheetId": sheet_id, "dimension": "ROWS", "startIndex": index, "endIndex": index + 1}

    def _last_row(self) -> int:
        return max((row["n"] for row in self.rows if len(row) > 1), default=0)


def _quoted(title: str) -> str:
    return "'" + title.replace("'", "''") + "'"


def _names(properties: Mapping[str, Any]) -> tuple[str, int]:
    """Return what an address may call a tab: its title or its id."""
    return properties["title"], properties["sheetId"]


def _offer_whoever_looks_first(visit: Visit) -> None:
    first = visit.workspace.user(visit.pages.first_viewer())
    if first and first.email.lower() != visit.user:
        with ui.element("div").classes("empty"):
            ui.link(f"Look as {first.name}", f"/spreadsheets?as={part(first.email)}")


def _offer_another_viewer(visit: Visit, spreadsheet_id: str) -> None:
    """Offer a way on: to look as somebody who may, first of all who looks at first, and back to the list."""
    first, *others = visit.pages.first_viewer(), *(user.email for user in visit.workspace.users())
    may = next((a for a in (first, *others) if a and role_of(visit.workspace, spreadsheet_id, a)), "")
    with ui.row().classes("justify-center w-full"):
        if user := visit.workspace.user(may) if may else None:
            ui.link(f"Look as {user.name}", f"/spreadsheets/{spreadsheet_id}?as={part(may)}")
        ui.link("All spreadsheets", "/spreadsheets")
