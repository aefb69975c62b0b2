"""Tabs in the admins' language: help at columns, words of links, meanings of settings, names of charts and views.

Names of tabs, columns and settings, and the words to choose from, are the same in every language.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from peerpact.programme import languages
from peerpact.programme.sentences import known_in
from peerpact.tables.cells.cell import cell_at
from peerpact.tables.schema import Tab, plain_header
from peerpact.tables.tab_contents import Grid


def spoken(tab: Tab, language: str) -> Tab:
    """Return a tab's description with what admins read in that language."""
    said = known_in(language)
    if not said:
        return tab

    def in_it(text: str) -> str:
        return said.get(text, text)

    return replace(
        tab,
        about=in_it(tab.about),
        empty={field: in_it(text) for field, text in tab.empty.items()},
        columns=tuple(replace(c, note=in_it(c.note), label=in_it(c.label)) for c in tab.columns),
        settings=tuple(replace(s, meaning=in_it(s.meaning)) for s in tab.settings),
        charts=tuple(replace(c, title=in_it(c.title)) for c in tab.charts),
        views=tuple(replace(v, title=in_it(v.title)) for v in tab.views),
        language=language,
    )


def sentences(tab: Tab) -> Iterator[str]:
    """Yield what ``spoken`` translates of a tab."""
    yield tab.about
    yield from tab.empty.values()
    yield from (column.note for column in tab.columns)
    yield from (text for column in tab.columns for text in (column.label, column.until) if text)
    yield from (setting.meaning for setting in tab.settings)
    yield from (chart.title for chart in tab.charts)
    yield from (view.title for view in tab.views)


def renewed_meanings(
    tab: Tab, sid: int, grid: Grid, top: int, places: Mapping[str, int]
) -> list[dict[str, Any]]:
    """Return what says the settings' meanings in another language; what admins wrote there themselves stays."""
    if "meaning" not in places:
        return []
    by_name = {plain_header(setting.name): setting for setting in tab.settings}
    requests = []
    for number, row in enumerate(grid[top + 1 :], start=top + 1):
        setting = by_name.get(plain_header(cell_at(row, places["setting"])))
        there = cell_at(row, places["meaning"])
        if setting and there != setting.meaning and there in _everywhere(tab.language, setting.meaning):
            requests.append(_written(sid, number, places["meaning"], setting.meaning))
    return requests


def renewed_emptiness(
    tab: Tab, sid: int, grid: Grid, top: int, places: Mapping[str, int]
) -> list[dict[str, Any]]:
    """Return what says in another language that there is nothing yet."""
    first = grid[top + 1] if len(grid) > top + 1 else ()
    return [
        _written(sid, top + 1, places[field], text)
        for field, text in tab.empty.items()
        if (there := cell_at(first, places[field])) != text and there in _everywhere(tab.language, text)
    ]


def renewed_titles(tab: Tab, sheet: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return what names views and charts in another language; those that admins named themselves stay."""
    by_title = {said: view.title for view in tab.views for said in _everywhere(tab.language, view.title)}
    views = [
        {
            "updateFilterView": {
                "filter": {"filterViewId": view["filterViewId"], "title": title},
                "fields": "title",
            }
        }
        for view in sheet.get("filterViews", ())
        if (title := by_title.get(view.get("title"), view.get("title"))) != view.get("title")
    ]
    by_title = {said: chart.title for chart in tab.charts for said in _everywhere(tab.language, chart.title)}
    charts = [
        {"updateChartSpec": {"chartId": chart["chartId"], "spec": {**chart["spec"], "title": title}}}
        for chart in sheet.get("charts", ())
        if (title := by_title.get(chart["spec"].get("title"))) not in {None, chart["spec"].get("title")}
    ]
    return [*views, *charts]


def _everywhere(language: str, said: str) -> set[str]:
    """Return a sentence as it is said in each language, told by how it is said in one."""
    english = next((e for e, text in known_in(language).items() if text == said), said)
    return {english, *(known_in(code).get(english, english) for code in languages.codes())}


def _written(sid: int, row: int, column: int, text: str) -> dict[str, Any]:
    start = {"sheetId": sid, "rowIndex": row, "columnIndex": column}
    cell = {"userEnteredValue": {"stringValue": text}}
    return {"updateCells": {"start": start, "rows": [{"values": [cell]}], "fields": "userEnteredValue"}}
