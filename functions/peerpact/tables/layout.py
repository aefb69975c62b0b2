"""From the descriptions to Sheets requests: creating each tab as described, and upgrading an older one in place.

Requests are plain dicts for ``spreadsheets.batchUpdate``. Nothing that people typed is moved or overwritten: an upgrade
adds tabs, columns (to the right of all that is there), rows of settings and of kinds of guidance that came later, and
renews notes, lists and protection. Widths and formats of columns that are there already are the admins' own; other
looks, ``looks``.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from peerpact.errors import SheetError
from peerpact.programme import languages
from peerpact.tables.cells import Cell, cell_data, domain_of
from peerpact.tables.input_rules import KEPT_AS_TYPED, as_text, choices_of, date_rule, dress_settings
from peerpact.tables.looks import looked_after, missing_looks, wider_bands
from peerpact.tables.marks import note, noted, without_notes
from peerpact.tables.names_before import renamed
from peerpact.tables.schema import SCHEMA_VERSION, Chart, Column, Tab, plain_header
from peerpact.tables.schema import tab as described
from peerpact.tables.sight import rgb, sight_of
from peerpact.tables.spoken import renewed_emptiness, renewed_meanings, renewed_titles
from peerpact.tables.tab_contents import Grid, column_letter, find_columns, header_row, unknown_columns
from peerpact.tables.versions import MARK, ONCE, brought_to

Request = dict[str, Any]

HEADER_COLOUR = {"red": 0.153, "green": 0.306, "blue": 0.286}
WHITE = {"red": 1.0, "green": 1.0, "blue": 1.0}
SYSTEM_COLOUR = {"red": 0.953, "green": 0.957, "blue": 0.949}
ROWS = 1000
COLUMNS_FOR_CHARTS = 7
"""Beside a table, so that none of its own is covered."""
NUMBER_FORMATS = {
    "date": {"type": "DATE", "pattern": "yyyy-mm-dd"},
    "date time": {"type": "DATE_TIME", "pattern": "yyyy-mm-dd hh:mm"},
    "percentage": {"type": "PERCENT", "pattern": "0 %"},
    "decimal": {"type": "NUMBER", "pattern": "0.0"},
}
PROTECTION = "Peerpact writes this"
LANGUAGE = "peerpact-language"
"""In which a tab's notes are."""
OWN = "peerpact-own-columns"
"""Under which a tab notes the admins' own columns, so that a new one is told from one of ours renamed."""


def sheet_id(tab: Tab) -> int:
    """Return the tab's numeric id; fixed, so that creating it twice is refused instead of doubled."""
    return 100 + tab.position


def new_tab(tab: Tab, editors: Sequence[str]) -> list[Request]:
    """Return the requests that make a tab from nothing, with its header and seed rows."""
    beside = any(not chart.of for chart in tab.charts)
    width = len(tab.columns) + (COLUMNS_FOR_CHARTS if beside else 0)
    properties = {
        "sheetId": sheet_id(tab),
        "title": tab.title,
        "index": tab.order,
        "hidden": tab.hidden,
        "gridProperties": {"rowCount": ROWS, "columnCount": width, "frozenRowCount": 1} | _frozen(tab),
        **({"tabColorStyle": {"rgbColor": rgb(tab.colour)}} if tab.colour else {}),
    }
    places = {c.field: i for i, c in enumerate(tab.columns)}
    headers = [_header_cell(c, places) for c in tab.columns]
    rows = [
        {"values": headers},
        *({"values": [cell_data(v) for v in row]} for row in seed_rows(tab, home=_home(editors))),
    ]
    return [
        {"addSheet": {"properties": properties}},
        {
            "updateCells": {
                "start": {"sheetId": sheet_id(tab), "rowIndex": 0, "columnIndex": 0},
                "rows": rows,
                "fields": "userEnteredValue",
            }
        },
        *dress(tab, sheet_id(tab), places, editors),
        *dress_settings(tab, sheet_id(tab), places, [s.name for s in tab.settings], first=1),
        *(_chart(tab, chart) for chart in tab.charts if not chart.of),
        *sight_of(tab, sheet_id(tab), places),
        looked_after(sheet_id(tab)),
    ]


def charts_of_others(tab: Tab) -> list[Request]:
    """Return the requests for a tab's charts of another tab's rows, for when all tabs are there and new.

    Among older tabs, whose columns may be anywhere, there is none.
    """
    return [_chart(tab, chart) for chart in tab.charts if chart.of]


def _frozen(tab: Tab) -> dict[str, Any]:
    frozen = {"frozenColumnCount": tab.frozen_columns} if tab.frozen_columns else {}
    return frozen if tab.gridlines else {**frozen, "hideGridlines": True}


def upgrade_tab(tab: Tab, sheet: Mapping[str, Any], grid: Grid, editors: Sequence[str]) -> list[Request]:
    """Return the requests that bring an existing tab up to date; none when it is.

    Raises:
        SheetError: the tab names a column twice, or has one that may be another under a new name.
    """
    sid = sheet["properties"]["sheetId"]
    top = header_row(tab, grid)
    header = list(grid[top]) if grid else []
    missing = [c for c in tab.columns if not any(plain_header(h) in c.headers for h in header)]
    version = brought_to(sheet)
    missing = [c for c in missing if not _was_taken_away(c, tab, version) or not header]
    own = unknown_columns(tab, header, grid[top + 1 :]) if header else {}
    _refuse_renamed(tab, sheet, missing, own)
    seeded = seed_rows(tab, home=_home(editors))
    new_rows = _missing_rows(tab, grid, seeded, version) if header else seeded
    width = max((len(row) for row in grid), default=0)
    blank = [""] * (width - len(header))
    places = find_columns(tab, [*header, *blank, *(c.name for c in missing)])
    looks = [*renewed_meanings(tab, sid, grid, top, places), *renewed_titles(tab, sheet)]
    looks += renewed_emptiness(tab, sid, grid, top, places)
    looks += missing_looks(tab, sheet, places)
    looks += renamed(tab, sid, header)
    if not missing and not new_rows and is_dressed(tab, sheet, editors):
        return looks
    requests = _added_columns(sid, sheet, width, missing, places, top)
    requests += wider_bands(sheet, width, width + len(missing))
    requests += _added_rows(sheet, len(grid) or 1, new_rows, header or [c.name for c in tab.columns], tab)
    undressed = [*requests, *_undress(sheet), note(sid, OWN, json.dumps(sorted(own.values())))]
    first = tab.columns[0].field
    below = [row[places[first]] if places[first] < len(row) else "" for row in grid[top + 1 :]]
    names = [*below, *(row[0] for row in new_rows)]
    return [
        *undressed,
        *dress(tab, sid, places, editors, new=missing),
        *dress_settings(tab, sid, places, names, first=top + 1 if grid else 1),
        *looks,
    ]


def _was_taken_away(column: Column, tab: Tab, version: int) -> bool:
    """Tell whether admins may have deleted a column that is missing; of the system's tabs they are none of theirs."""
    return column.optional and tab.writer != "system" and column.since <= version


def _refuse_renamed(
    tab: Tab, sheet: Mapping[str, Any], missing: Sequence[Column], unknown: Mapping[int, str]
) -> None:
    """Stop before an empty column is added beside the filled one that it may be, under another name.

    Raises:
        SheetError: a column that was there is missing, and a filled one is unknown.
    """
    version = brought_to(sheet)
    gone = [c for c in missing if version and c.since <= version]
    known = {name for names in noted(sheet, OWN) for name in json.loads(names)}
    unknown = {place: name for place, name in unknown.items() if name not in known}
    if not gone or not unknown:
        return
    names = ", ".join(f"“{c.name}”" for c in gone)
    filled = ", ".join(f"{column_letter(place)} (“{name}”)" for place, name in unknown.items())
    raise SheetError(
        f"The tab “{tab.title}” has no column {names}, but filled ones that Peerpact does not know: {filled}. If one "
        f"of them is it, write its name into the header again. If not, write {names} above an empty column. Nothing "
        "was added."
    )


def is_dressed(tab: Tab, sheet: Mapping[str, Any], editors: Sequence[str]) -> bool:
    """Tell whether the tab carries this version's mark, and these editors may write what is protected."""
    marks = noted(sheet, MARK)
    protected = _protected_by_us(sheet)
    is_protected = bool(protected) or tab.writer != "system"
    is_spoken = tab.language == next(iter(noted(sheet, LANGUAGE)), languages.FALLBACK)
    return str(SCHEMA_VERSION) in marks and is_protected and is_spoken and not shut_out(sheet, editors)


def shut_out(sheet: Mapping[str, Any], accounts: Iterable[str]) -> set[str]:
    """Return those who may not write something that we protect, lower-case."""
    wanted = {a.lower() for a in accounts}
    allowed = [{u.lower() for u in p.get("editors", {}).get("users", ())} for p in _protected_by_us(sheet)]
    return set().union(*(wanted - users for users in allowed))


def let_in(sheets: Iterable[Mapping[str, Any]]) -> list[str]:
    """Return who may write something that we protect, each once."""
    users = (
        u for sheet in sheets for p in _protected_by_us(sheet) for u in p.get("editors", {}).get("users", ())
    )
    return list(dict.fromkeys(users))


def dress(
    tab: Tab,
    sid: int,
    places: Mapping[str, int],
    editors: Sequence[str],
    *,
    new: Sequence[Column] | None = None,
) -> list[Request]:
    """Return the requests for everything but values: notes, lists, protection, the mark.

    Columns that are new (all, unless told otherwise) get their widths and formats, too.
    """
    new = tab.columns if new is None else new
    requests: list[Request] = [note(sid, MARK, str(SCHEMA_VERSION)), note(sid, LANGUAGE, tab.language)]
    for column in tab.columns:
        if column.field in places:
            requests += _dress_column(column, sid, places)
            requests += _shape_column(column, sid, places[column.field]) if column in new else []
    if tab.writer == "system":
        free = [places[c.field] for c in tab.columns if c.writer == "admins"]
        requests.append(_protect(sid, None, free, editors))
    else:
        formulas = [places[c.field] for c in tab.columns if c.type == "formula" and c.field in places]
        requests += [_protect(sid, place, (), editors) for place in formulas]
    return requests


def seed_rows(tab: Tab, *, home: str = "") -> list[list[Cell]]:
    """Return the rows a new tab begins with: its settings, or our words in each language.

    ``home`` is the mailbox's domain, which is the company's until somebody says otherwise.
    """
    if tab.settings:
        values = {"domains": home, "admin_language": _named_in(tab)}
        return [[s.name, values.get(s.field, ""), _default_words(s.default), s.meaning] for s in tab.settings]
    if not tab.seed:
        return [[tab.empty.get(c.field) for c in tab.columns]] if tab.empty else []
    ours = sorted(languages.codes(), key=lambda code: code != tab.language)
    rows = [{"language": code, **row} for code in ours for row in languages.lines(code, tab.seed)]
    return [[row[c.field] for c in tab.columns] for row in rows]


def _named_in(tab: Tab) -> str:
    """Return the admins' language as Settings offer it; empty for the default."""
    return "" if tab.language == languages.FALLBACK else languages.own_name(tab.language)


def _home(editors: Sequence[str]) -> str:
    """Return the domain of the mailbox, which is the first who may write."""
    return domain_of(editors[0]).lower() if editors else ""


def _default_words(default: Any) -> Cell:
    return "(empty)" if default == "" else default


def _missing_rows(tab: Tab, grid: Grid, seeded: list[list[Cell]], version: int) -> list[list[Cell]]:
    """Return the seed rows that an older tab never had: each setting, and all of a kind that came later."""
    if tab.empty:
        return [] if any(any(row) for row in grid[header_row(tab, grid) + 1 :]) else seeded
    wanted = {s.name for s in tab.settings} | {kind for kind, since in tab.later if since > version}
    top, named = header_row(tab, grid), tab.columns[0].headers
    place = next((i for i, header in enumerate(grid[top]) if plain_header(header) in named), None)
    if not wanted or place is None:
        return []
    there = {plain_header(row[place]) for row in grid[top + 1 :] if place < len(row)}
    return [row for row in seeded if row[0] in wanted and plain_header(row[0]) not in there]


def _added_columns(
    sid: int,
    sheet: Mapping[str, Any],
    width: int,
    missing: Sequence[Column],
    places: Mapping[str, int],
    top: int,
) -> list[Request]:
    if not missing:
        return []
    short = width + len(missing) - sheet["properties"]["gridProperties"]["columnCount"]
    more: list[Request] = []
    if short > 0:
        more = [{"appendDimension": {"sheetId": sid, "dimension": "COLUMNS", "length": short}}]
    elif sheet.get("charts"):  # beside the table: they move on, instead of covering what is new
        span = {
            "sheetId": sid,
            "dimension": "COLUMNS",
            "startIndex": width,
            "endIndex": width + len(missing),
        }
        more = [{"insertDimension": {"range": span, "inheritFromBefore": True}}]
    cells = {
        "start": {"sheetId": sid, "rowIndex": top, "columnIndex": width},
        "rows": [{"values": [_header_cell(c, places) for c in missing]}],
        "fields": "userEnteredValue",
    }
    return [*more, {"updateCells": cells}]


def _added_rows(
    sheet: Mapping[str, Any], height: int, rows: Sequence[Sequence[Cell]], header: Sequence[Cell], tab: Tab
) -> list[Request]:
    if not rows:
        return []
    sid = sheet["properties"]["sheetId"]
    short = height + len(rows) - sheet["properties"]["gridProperties"]["rowCount"]
    more = [{"appendDimension": {"sheetId": sid, "dimension": "ROWS", "length": short}}] if short > 0 else []
    places = find_columns(tab, header)
    order = sorted(
        (place, i) for i, c in enumerate(tab.columns) if (place := places.get(c.field)) is not None
    )
    written = [
        {
            "updateCells": {
                "start": {"sheetId": sid, "rowIndex": height, "columnIndex": place},
                "rows": [{"values": [cell_data(row[i])]} for row in rows],
                "fields": "userEnteredValue",
            }
        }
        for place, i in order
    ]
    return [*more, *written]


def _header_cell(column: Column, places: Mapping[str, int]) -> dict[str, Any]:
    """Return a column's header: its name, or one formula that fills the column and names itself in row 1.

    In a formula, ``{field}`` stands for the whole column of that field, ``{label}`` for the column's word.
    """
    formula = column.formula.replace("{label}", column.label)
    if not formula:
        return cell_data(column.name)
    for field, place in places.items():
        letter = column_letter(place)
        formula = formula.replace(f"{{{field}}}", f"${letter}:${letter}")
    return {"userEnteredValue": {"formulaValue": formula}}


def _dress_column(column: Column, sid: int, places: Mapping[str, int]) -> list[Request]:
    head, below = _parts(sid, places[column.field])
    requests: list[Request] = [
        {"repeatCell": {"range": head, "cell": {"note": column.note}, "fields": "note"}}
    ]
    if column.choices:
        requests += choices_of(column, below)
    if column.type == "date":
        requests.append({"setDataValidation": {"range": below, "rule": date_rule(column.note)}})
    if column.type in KEPT_AS_TYPED:
        requests.append(as_text(below))
    if column.formula:
        cell = _header_cell(column, places)
        requests.append({"repeatCell": {"range": head, "cell": cell, "fields": "userEnteredValue"}})
        requests.append({"repeatCell": {"range": below, "cell": {}, "fields": "userEnteredValue"}})
    return requests


def looks_from(tab: Tab, places: Mapping[str, int], sid: int, row: int) -> list[Request]:
    """Return what gives all rows from one on (counted from 0) the looks of their columns: new rows have none.

    Without it a date shows as the number that Google keeps of it.
    """
    dressed = [(places[c.field], look) for c in tab.columns if c.field in places and (look := _look(c))]
    return [
        _repeat(
            {"sheetId": sid, "startRowIndex": row, "startColumnIndex": at, "endColumnIndex": at + 1}, look
        )
        for at, look in dressed
    ]


def _repeat(cells: Mapping[str, Any], look: Mapping[str, Any]) -> Request:
    names = ",".join(f"userEnteredFormat.{name}" for name in look)
    return {"repeatCell": {"range": cells, "cell": {"userEnteredFormat": look}, "fields": names}}


def _shape_column(column: Column, sid: int, place: int) -> list[Request]:
    head, below = _parts(sid, place)
    span = {"sheetId": sid, "dimension": "COLUMNS", "startIndex": place, "endIndex": place + 1}
    properties = {"pixelSize": column.width, "hiddenByUser": column.hidden}
    size = {"range": span, "properties": properties, "fields": "pixelSize,hiddenByUser"}
    requests: list[Request] = [_header_format(head), {"updateDimensionProperties": size}]
    if look := _look(column):
        requests.append(_repeat(below, look))
    return requests


def _parts(sid: int, place: int) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return a column's header and what is below it."""
    column = {"sheetId": sid, "startColumnIndex": place, "endColumnIndex": place + 1}
    return column | {"startRowIndex": 0, "endRowIndex": 1}, column | {"startRowIndex": 1}


def _look(column: Column) -> dict[str, Any]:
    look: dict[str, Any] = {}
    shown = column.shown_as or column.type
    if shown in NUMBER_FORMATS:
        look["numberFormat"] = NUMBER_FORMATS[shown]
    if column.wrap:
        look["wrapStrategy"] = "WRAP"
    if column.type == "formula":
        look["backgroundColor"] = SYSTEM_COLOUR
    return look


def _header_format(head: dict[str, Any]) -> Request:
    look = {
        "backgroundColor": HEADER_COLOUR,
        "textFormat": {"bold": True, "foregroundColor": WHITE},
        "verticalAlignment": "MIDDLE",
    }
    fields = "userEnteredFormat(backgroundColor,textFormat,verticalAlignment)"
    return {"repeatCell": {"range": head, "cell": {"userEnteredFormat": look}, "fields": fields}}


def _protect(sid: int, column: int | None, free: Sequence[int], editors: Sequence[str]) -> Request:
    area: dict[str, Any] = {"sheetId": sid}
    if column is not None:
        area |= {"startColumnIndex": column, "endColumnIndex": column + 1}
    protected: dict[str, Any] = {
        "range": area,
        "description": PROTECTION,
        "editors": {"users": list(editors)},
    }
    if free:
        protected["unprotectedRanges"] = [
            {"sheetId": sid, "startRowIndex": 1, "startColumnIndex": i, "endColumnIndex": i + 1} for i in free
        ]
    return {"addProtectedRange": {"protectedRange": protected}}


def _undress(sheet: Mapping[str, Any]) -> list[Request]:
    """Return the requests that take away what ``dress`` puts on again: our protection and our mark."""
    return [
        *(
            {"deleteProtectedRange": {"protectedRangeId": p["protectedRangeId"]}}
            for p in _protected_by_us(sheet)
        ),
        *without_notes(sheet, (MARK, ONCE, OWN, LANGUAGE)),
    ]


def _protected_by_us(sheet: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [p for p in sheet.get("protectedRanges", ()) if p.get("description") == PROTECTION]


def _chart(tab: Tab, chart: Chart) -> Request:
    source = described(chart.of) if chart.of else tab
    axis = "BOTTOM_AXIS" if chart.kind == "bar" else "LEFT_AXIS"
    spec = {
        "title": chart.title,
        "basicChart": {
            "chartType": chart.kind.upper(),
            "legendPosition": "NO_LEGEND" if chart.rows else "BOTTOM_LEGEND",
            "headerCount": 0 if chart.rows else 1,
            "domains": [{"domain": _source(source, chart.domain, chart)}],
            "series": [{"series": _source(source, f, chart), "targetAxis": axis} for f in chart.series],
        },
    }
    return {"addChart": {"chart": {"spec": spec, "position": {"overlayPosition": _place(tab, chart)}}}}


def _source(source: Tab, field: str, chart: Chart) -> dict[str, Any]:
    """Return a field's column as what a chart shows, the whole of it unless the chart names rows."""
    place = [c.field for c in source.columns].index(field)
    first, after = chart.rows or (0, ROWS)
    area = {"sheetId": sheet_id(source), "startRowIndex": first, "endRowIndex": after}
    column = {"startColumnIndex": place, "endColumnIndex": place + 1}
    return {"sourceRange": {"sources": [area | column]}}


def _place(tab: Tab, chart: Chart) -> dict[str, Any]:
    """Return where a chart is: below the table's rows, else beside it, one below the other."""
    if chart.row:
        width, height = chart.size
        anchor = {"sheetId": sheet_id(tab), "rowIndex": chart.row, "columnIndex": 0}
        size = {"widthPixels": width, "heightPixels": height}
        return {"anchorCell": anchor, "offsetXPixels": chart.offset, **size}
    row = 3 + 18 * tab.charts.index(chart)
    return {"anchorCell": {"sheetId": sheet_id(tab), "rowIndex": row, "columnIndex": len(tab.columns)}}
