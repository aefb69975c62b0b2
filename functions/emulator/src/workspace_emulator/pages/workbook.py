"""One tab of a spreadsheet as the browser's grid wants it: columns, rows, locks, choices, notes and looks.

Pure: made from what Sheets v4 answers. Fetching, and what happens on an edit, is in ``spreadsheets.py``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Json = Mapping[str, Any]
Span = list[Any]  # [first row, row after the last] and, for choices, what may be chosen; rows count from 1

PROTECTED = (
    "You are trying to edit a protected cell or object. "
    "Please contact the spreadsheet owner to remove protection if you need to edit."
)
_SPARE_ROWS = 30
_SPARE_COLUMNS = 2
_NARROWEST = 44
_INK = "#1d2a30"
"""On a coloured cell, also where the page around it is dark."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Looks:
    """What a tab looks like apart from its values; keys are cells (``B3``) or columns (``B``)."""

    columns: int
    rows: int
    frozen: int
    frozen_columns: int
    widths: Mapping[str, int] = field(default_factory=dict)
    hidden: frozenset[str] = frozenset()
    wrapped: frozenset[str] = frozenset()
    locked: Mapping[str, list[Span]] = field(default_factory=dict)
    choices: Mapping[str, list[Span]] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)
    comments: Mapping[str, str] = field(default_factory=dict)
    links: Mapping[str, str] = field(default_factory=dict)
    styles: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def column_name(index: int) -> str:
    """Return the letters of a column counted from 0."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def looks(
    sheet: Json,
    *,
    user: str,
    ranges: Mapping[str, Sequence[str]],
    comments: Mapping[str, str] | None = None,
) -> Looks:
    """Read a tab's looks from ``spreadsheets.get`` with grid data; ``ranges`` are the lists validation points at."""
    grid = sheet["properties"].get("gridProperties", {})
    columns, rows = grid.get("columnCount", 26), grid.get("rowCount", 1000)
    data: Json = next(iter(sheet.get("data", ())), {})
    cells = list(_cells(data))
    used = 1 + max((c for _, c, _ in cells), default=0)
    shown = min(columns, used + _SPARE_COLUMNS)
    return Looks(
        columns=shown,
        rows=rows,
        frozen=grid.get("frozenRowCount", 0),
        frozen_columns=grid.get("frozenColumnCount", 0),
        widths=_widths(data),
        hidden=frozenset(
            column_name(i) for i, c in enumerate(data.get("columnMetadata", ())) if c.get("hiddenByUser")
        ),
        wrapped=frozenset(column_name(c) for _, c, v in cells if _format(v).get("wrapStrategy") == "WRAP"),
        locked=_locks(sheet, shown, rows, user=user),
        choices=_choices(cells, ranges),
        comments=comments or {},
        notes={f"{column_name(c)}{r + 1}": v["note"] for r, c, v in cells if v.get("note")},
        links={f"{column_name(c)}{r + 1}": v["hyperlink"] for r, c, v in cells if v.get("hyperlink")},
        styles={f"{column_name(c)}{r + 1}": s for r, c, v in cells if (s := _style(_format(v)))},
    )


def validation_ranges(sheet: Json) -> set[str]:
    """Return the A1 ranges that the tab's drop-downs take their choices from."""
    return {
        condition["values"][0]["userEnteredValue"].lstrip("=")
        for data in sheet.get("data", ())
        for _, _, cell in _cells(data)
        if (condition := cell.get("dataValidation", {}).get("condition", {})).get("type") == "ONE_OF_RANGE"
    }


def rows(
    look: Looks, shown: Sequence[Sequence[Any]], entered: Sequence[Sequence[Any]]
) -> list[dict[str, Any]]:
    """Return the grid's rows: what was entered under the column's name, what is shown under ``=name`` if it differs."""
    count = min(look.rows, max(len(shown), len(entered)) + _SPARE_ROWS)
    return [_row(i, _at(shown, i), _at(entered, i)) for i in range(count)]


def column_definitions(look: Looks) -> list[dict[str, Any]]:
    """Return AG Grid's columns: the row numbers, then one per column under its letter."""
    number = {
        "field": "n", "headerName": "#", "width": 46, "pinned": "left", "cellClass": "row-number",
        "editable": False, "resizable": False, "lockPosition": True,
    }  # fmt: skip
    return [number, *(_definition(look, i) for i in range(look.columns))]


def context(look: Looks) -> dict[str, Any]:
    """Return what ``grid.js`` looks up for every cell."""
    said = {"notes": look.notes, "comments": look.comments, "links": look.links}
    return {"locked": look.locked, "choices": look.choices, "styles": look.styles, **said}


def comments(threads: Sequence[Json], sheet: Json) -> dict[str, str]:
    """Return the open comments on a tab by their cells: who says what, and to whom it is assigned."""
    places = {a["anchorId"]: a["range"] for a in sheet.get("commentAnchors", ())}
    said: dict[str, str] = {}
    for thread in threads:
        if thread.get("status") == "OPEN" and thread.get("anchorId") in places:
            area = places[thread["anchorId"]]
            cell = f"{column_name(area.get('startColumnIndex', 0))}{area.get('startRowIndex', 0) + 1}"
            said[cell] = "\n\n".join(filter(None, [said.get(cell), *_posts(thread)]))
    return said


def _posts(thread: Json) -> Iterator[str]:
    for post in (thread["headPost"], *thread.get("replies", ())):
        if post.get("content"):
            assigned = f" (to {post['assigneeEmail']})" if post.get("assigneeEmail") else ""
            yield f"{post.get('author', {}).get('displayName', '')}{assigned}: {post['content']}"


def _definition(look: Looks, index: int) -> dict[str, Any]:
    name = column_name(index)
    everywhere = any(
        first <= look.frozen + 1 and after > look.rows for first, after in look.locked.get(name, ())
    )
    definition: dict[str, Any] = {
        "field": name,
        "headerName": name,
        "width": max(_NARROWEST, look.widths.get(name, 110)),
        "hide": name in look.hidden,
        "headerClass": "locked-head" if everywhere else "",
        "headerTooltip": "Protected: only its owner changes this column." if everywhere else None,
    }
    if index < look.frozen_columns:
        definition["pinned"] = "left"
    if name in look.wrapped and look.rows <= 2000:
        definition |= {"wrapText": True, "autoHeight": True}
    return definition


def _cells(data: Json) -> Iterator[tuple[int, int, Json]]:
    """Yield row, column (from 0) and content of each cell that has any."""
    top, left = data.get("startRow", 0), data.get("startColumn", 0)
    for r, row in enumerate(data.get("rowData", ()), start=top):
        for c, cell in enumerate((row or {}).get("values", ()), start=left):
            if cell:
                yield r, c, cell


def _format(cell: Json) -> Json:
    value: Json = cell.get("effectiveFormat") or cell.get("userEnteredFormat") or {}
    return value


def _widths(data: Json) -> dict[str, int]:
    sizes = ((i, c.get("pixelSize")) for i, c in enumerate(data.get("columnMetadata", ())))
    return {column_name(i): size for i, size in sizes if size}


def _locks(sheet: Json, columns: int, row_count: int, *, user: str) -> dict[str, list[Span]]:
    locks: dict[str, list[Span]] = {}
    for protection in sheet.get("protectedRanges", ()):
        if protection.get("warningOnly") or _may_edit(protection, user):
            continue
        for index, first, after in _outside(protection, columns, row_count):
            locks.setdefault(column_name(index), []).append([first, after])
    return locks


def _may_edit(protection: Json, user: str) -> bool:
    if "requestingUserCanEdit" in protection:
        return bool(protection["requestingUserCanEdit"])
    editors = (e.lower() for e in protection.get("editors", {}).get("users", ()))
    return user.lower() in editors


def _outside(protection: Json, columns: int, row_count: int) -> Iterator[tuple[int, int, int]]:
    """Yield column and rows that a protection covers: its range less the ranges it leaves open."""
    where = protection.get("range", {})
    holes = protection.get("unprotectedRanges", ())
    for index in range(where.get("startColumnIndex", 0), min(where.get("endColumnIndex", columns), columns)):
        spans = [(where.get("startRowIndex", 0) + 1, where.get("endRowIndex", row_count) + 1)]
        for hole in holes:
            if hole.get("startColumnIndex", 0) <= index < hole.get("endColumnIndex", columns):
                gap = (hole.get("startRowIndex", 0) + 1, hole.get("endRowIndex", row_count) + 1)
                spans = [part for span in spans for part in _less(span, gap)]
        yield from ((index, first, after) for first, after in spans)


def _less(span: tuple[int, int], gap: tuple[int, int]) -> list[tuple[int, int]]:
    parts = [(span[0], min(span[1], gap[0])), (max(span[0], gap[1]), span[1])]
    return [(first, after) for first, after in parts if first < after]


def _choices(
    cells: Sequence[tuple[int, int, Json]], ranges: Mapping[str, Sequence[str]]
) -> dict[str, list[Span]]:
    """Return each column's stretches of rows with the same drop-down; neighbours are joined."""
    choices: dict[str, list[Span]] = {}
    for row, column, cell in cells:
        offered = _offered(cell.get("dataValidation", {}).get("condition", {}), ranges)
        if offered is None:
            continue
        spans = choices.setdefault(column_name(column), [])
        if spans and spans[-1][1] == row + 1 and spans[-1][2] == offered:
            spans[-1][1] = row + 2
        else:
            spans.append([row + 1, row + 2, offered])
    return choices


def _offered(condition: Json, ranges: Mapping[str, Sequence[str]]) -> list[str] | str | None:
    values = [v.get("userEnteredValue", "") for v in condition.get("values", ())]
    match condition.get("type"):
        case "ONE_OF_LIST":
            return values
        case "ONE_OF_RANGE":
            return list(ranges.get(values[0].lstrip("="), ()))
        case "BOOLEAN":
            return "checkbox"
    return None


def _style(form: Json) -> dict[str, str]:
    """Return the CSS of a cell's format, as far as it departs from black on white, plain and left."""
    text = form.get("textFormat", {})
    ground, ink = colour(form.get("backgroundColor")), colour(text.get("foregroundColor"))
    style = {
        "backgroundColor": ground if ground not in (None, "#ffffff") else None,
        "color": ink if ink not in (None, "#000000") else _INK if ground not in (None, "#ffffff") else None,
        "fontWeight": "600" if text.get("bold") else None,
        "fontStyle": "italic" if text.get("italic") else None,
        "fontSize": f"{min(text['fontSize'] + 3, 22)}px" if text.get("fontSize", 10) != 10 else None,
        "textAlign": {"RIGHT": "right", "CENTER": "center"}.get(form.get("horizontalAlignment", "")),
    }
    return {k: v for k, v in style.items() if v}


def colour(given: Json | None) -> str | None:
    """Return a colour as CSS writes it; None where there is none."""
    if not given:
        return None
    return "#" + "".join(f"{round(given.get(part, 0) * 255):02x}" for part in ("red", "green", "blue"))


def _at(matrix: Sequence[Sequence[Any]], index: int) -> Sequence[Any]:
    return matrix[index] if index < len(matrix) else ()


def _row(index: int, shown: Sequence[Any], entered: Sequence[Any]) -> dict[str, Any]:
    row: dict[str, Any] = {"n": index + 1}
    for i in range(max(len(shown), len(entered))):
        name = column_name(i)
        formatted = shown[i] if i < len(shown) else ""
        value = entered[i] if i < len(entered) else ""
        if value != "":
            row[name] = value if isinstance(value, bool) else str(value)
        if str(formatted) != str(value) and not isinstance(value, bool):
            row["=" + name] = formatted
    return row
