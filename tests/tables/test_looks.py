"""Looks that came later: brought once to a tab that has none, and in nobody's way."""

from typing import Any

import pytest

from peerpact.tables.layout import new_tab, upgrade_tab
from peerpact.tables.looks import LOOKS, in_order, missing_looks
from peerpact.tables.schema import Tab, tab, tabs_of
from peerpact.tables.sight import rgb, sight_of

PAIRINGS = tab("Pairings")
PLACES = {c.field: i for i, c in enumerate(PAIRINGS.columns)}
VIEWS = {view.title for view in PAIRINGS.views}


def sheet(described: Tab = PAIRINGS, **more: Any) -> dict[str, Any]:
    return {
        "properties": {
            "title": described.title,
            "sheetId": 7,
            "gridProperties": {"columnCount": 30, "rowCount": 500},
        },
        **more,
    }


def kinds(requests: list[dict[str, Any]]) -> set[str]:
    return {kind for request in requests for kind in request}


def test_brings_all_that_a_new_tab_has() -> None:
    got = missing_looks(PAIRINGS, sheet(), PLACES)
    assert all(request in got for request in sight_of(PAIRINGS, 7, PLACES))
    assert {"tabColorStyle", "gridProperties.frozenColumnCount"} == {
        r["updateSheetProperties"]["fields"] for r in got if "updateSheetProperties" in r
    }


def test_brings_nothing_twice_whatever_was_taken_away_since() -> None:
    marked = {"developerMetadata": [{"metadataKey": LOOKS, "metadataValue": "1"}]}
    assert missing_looks(PAIRINGS, sheet(**marked), PLACES) == []
    made = [r for r in new_tab(PAIRINGS, []) if "createDeveloperMetadata" in r]
    marks = {r["createDeveloperMetadata"]["developerMetadata"]["metadataKey"] for r in made}
    assert LOOKS in marks


def test_leaves_what_admins_made_their_own() -> None:
    state = PLACES["state"]
    theirs = {
        "bandedRanges": [{"bandedRangeId": 1}],
        "filterViews": [{"title": title} for title in VIEWS],
        "conditionalFormats": [{"ranges": [{"startColumnIndex": state, "endColumnIndex": state + 1}]}],
    }
    there = sheet(**theirs)
    there["properties"]["tabColorStyle"] = {"rgbColor": rgb("#ff0000")}
    there["properties"]["gridProperties"]["frozenColumnCount"] = 1
    got = missing_looks(PAIRINGS, there, PLACES)
    assert kinds(got) == {"addConditionalFormatRule", "createDeveloperMetadata"}
    rules = [
        r["addConditionalFormatRule"]["rule"]["ranges"][0] for r in got if "addConditionalFormatRule" in r
    ]
    assert state not in {area["startColumnIndex"] for area in rules}


def test_colours_columns_where_they_are_and_none_that_is_missing() -> None:
    moved = {field: place + 3 for field, place in PLACES.items() if field != "decision"}
    got = missing_looks(PAIRINGS, sheet(), moved)
    rules = [
        r["addConditionalFormatRule"]["rule"]["ranges"][0] for r in got if "addConditionalFormatRule" in r
    ]
    assert {area["startColumnIndex"] for area in rules} == {moved["state"]}


@pytest.mark.parametrize("described", tabs_of("programme"), ids=lambda t: t.title)
def test_is_part_of_every_upgrade(described: Tab) -> None:
    grid = [[c.name for c in described.columns]]
    got = upgrade_tab(described, sheet(described), grid, ["mentoring@example.com"])
    marks = [
        r["createDeveloperMetadata"]["developerMetadata"]["metadataKey"]
        for r in got
        if "createDeveloperMetadata" in r
    ]
    assert marks.count(LOOKS) == 1


def test_orders_tabs_only_while_they_are_in_the_order_in_which_they_were_made() -> None:
    tabs = tabs_of("programme")
    by_age = sorted(tabs, key=lambda t: t.position)
    got = in_order(tabs, [sheet(t) for t in by_age])
    assert [r["updateSheetProperties"]["properties"]["index"] for r in got] == list(range(len(tabs)))
    assert in_order(tabs, [sheet(t) for t in sorted(tabs, key=lambda t: t.order)]) == []
    assert in_order(tabs, [sheet(t) for t in (by_age[1], by_age[0], *by_age[2:])]) == []


def test_gives_each_step_of_a_colour_so_that_cutting_it_leaves_it() -> None:
    for step in range(256):
        sent = rgb(f"#{step:02x}0000")["red"]
        assert (int(sent * 255), round(sent * 255)) == (step, step)
