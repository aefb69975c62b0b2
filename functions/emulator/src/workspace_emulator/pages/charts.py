"""A spreadsheet's charts for the browser: Sheets' chart specification turned into one that ECharts draws."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workspace_emulator.pages.desk import Desk, Refused, part
from workspace_emulator.pages.frame import ask
from workspace_emulator.pages.workbook import column_name

Json = Mapping[str, Any]
_COLOURS = ["#1f6f64", "#2f6690", "#b7791f", "#b23a48", "#7a6c9d", "#6b8f71"]
_NOTHING = {
    "type": "text",
    "left": "center",
    "top": "middle",
    "style": {"text": "No figures yet", "fill": "#5a6b68", "font": "14px Roboto, sans-serif"},
}
_KINDS = {"COLUMN": "bar", "BAR": "bar", "LINE": "line", "AREA": "line", "SCATTER": "scatter", "COMBO": "bar"}


async def options(desk: Desk, path: str, about: Json, chart: Json) -> dict[str, Any] | None:
    """Return ECharts' options for a chart; None when it has no figures yet or is of a kind not drawn here."""
    spec = chart.get("spec", {})
    try:
        if "basicChart" in spec:
            return await _basic(desk, path, about, spec)
        if "pieChart" in spec:
            return await _pie(desk, path, about, spec)
    except Refused:
        return None
    return None


async def _basic(desk: Desk, path: str, about: Json, spec: Json) -> dict[str, Any] | None:
    chart = spec["basicChart"]
    kind = chart.get("chartType", "COLUMN")
    heads = chart.get("headerCount", 0)
    labels = (await _values(desk, path, about, chart["domains"][0]["domain"]))[heads:]
    if not any(label != "" for label in labels):
        return None  # nothing to draw yet
    series = [
        await _series(desk, path, about, s["series"], s.get("type", kind), heads) for s in chart["series"]
    ]
    across, up = (
        {"type": "category", "data": labels} | ({"inverse": True} if kind == "BAR" else {}),
        {"type": "value"} | await _in_percent(desk, path, about, chart),
    )
    x, y = (up, across) if kind == "BAR" else (across, up)
    drawn = _frame(spec, legend=chart.get("legendPosition") != "NO_LEGEND") | {
        "xAxis": x,
        "yAxis": y,
        "series": series,
        "tooltip": {"trigger": "axis"},
    }
    is_empty = all(value is None for s in series for value in s["data"])
    return drawn | {"graphic": _NOTHING} if is_empty else drawn


async def _series(desk: Desk, path: str, about: Json, source: Json, kind: str, heads: int) -> dict[str, Any]:
    values = await _values(desk, path, about, source)
    name = str(values[0]) if heads and values else ""
    drawn = {"name": name, "type": _KINDS.get(kind, "bar"), "data": [_number(v) for v in values[heads:]]}
    return drawn | ({"areaStyle": {"opacity": 0.2}} if kind == "AREA" else {})


async def _in_percent(desk: Desk, path: str, about: Json, chart: Json) -> dict[str, Any]:
    """Return how an axis names its figures, where cells of a series show percentages."""
    shown = [
        value
        for series in chart["series"]
        for value in await _values(desk, path, about, series["series"], option="FORMATTED_VALUE")
    ]
    if not any(str(value).endswith("%") for value in shown):
        return {}
    return {"axisLabel": {":formatter": "value => Math.round(value * 100) + ' %'"}}


async def _pie(desk: Desk, path: str, about: Json, spec: Json) -> dict[str, Any]:
    chart = spec["pieChart"]
    labels = await _values(desk, path, about, chart["domain"])
    values = await _values(desk, path, about, chart["series"])
    slices = [
        {"name": str(name), "value": number}
        for name, value in zip(labels, values, strict=False)
        if (number := _number(value)) is not None
    ]
    return _frame(spec) | {
        "series": [{"type": "pie", "radius": ["45%", "70%"], "data": slices}],
        "tooltip": {},
    }


def _frame(spec: Json, *, legend: bool = True) -> dict[str, Any]:
    title = {"text": spec.get("title", ""), "left": 4, "textStyle": {"fontSize": 15, "fontWeight": 600}}
    grid = {"left": 44, "right": 16, "top": 56, "bottom": 46}
    if spec.get("basicChart", {}).get("chartType") == "BAR":  # names are longer than figures
        grid = {"left": 12, "right": 28, "top": 44, "bottom": 12, "containLabel": True}
    return {
        "title": title,
        "color": _COLOURS,
        "grid": grid,
        "legend": {
            "show": legend,
            "bottom": 0,
            "type": "scroll",
            "itemWidth": 14,
            "itemGap": 8,
            "textStyle": {"fontSize": 11},
        },
        "textStyle": {"fontFamily": "Roboto, sans-serif"},
    }


async def _values(
    desk: Desk, path: str, about: Json, source: Json, *, option: str = "UNFORMATTED_VALUE"
) -> list[Any]:
    """Return the values of a chart's source, down its first column (or along its only row)."""
    place = source["sourceRange"]["sources"][0]
    title = _title(about, place.get("sheetId", 0))
    first, last = place.get("startRowIndex", 0), place.get("endRowIndex", "")
    start, end = (
        column_name(place.get("startColumnIndex", 0)),
        column_name(place.get("endColumnIndex", 1) - 1),
    )
    where = f"'{title}'!{start}{first + 1}:{end}{last}"
    answer = await ask(desk.get, f"{path}/values/{part(where)}", valueRenderOption=option,
                       dateTimeRenderOption="FORMATTED_STRING")  # fmt: skip
    return [v for row in answer.get("values", ()) for v in (row or [""])]


def _title(about: Json, sheet_id: int) -> str:
    titles = (
        s["properties"]["title"] for s in about["sheets"] if s["properties"].get("sheetId", 0) == sheet_id
    )
    return next(titles, "").replace("'", "''")


def _number(value: Any) -> float | None:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None
