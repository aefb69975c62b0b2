"""Partial answers by the ``fields`` parameter."""

from __future__ import annotations

from typing import Any

import pytest
import requests

from workspace_emulator.core.errors import ApiError
from workspace_emulator.core.masks import cut, for_answer, keep, of_items, parse

SHEET = {
    "spreadsheetId": "1",
    "sheets": [
        {
            "properties": {"sheetId": 0, "title": "A"},
            "data": [{"rowData": [{"values": [{"note": "n"}, {}]}]}],
        },
        {"properties": {"sheetId": 1, "title": "B"}},
    ],
    "namedRanges": [{"name": "x"}],
}


@pytest.mark.parametrize(
    ("mask", "kept"),
    [
        ("*", SHEET),
        ("spreadsheetId", {"spreadsheetId": "1"}),
        (
            "sheets(properties(sheetId,title)),namedRanges",
            {
                "sheets": [
                    {"properties": {"sheetId": 0, "title": "A"}},
                    {"properties": {"sheetId": 1, "title": "B"}},
                ],
                "namedRanges": [{"name": "x"}],
            },
        ),
        ("sheets/properties/title", {"sheets": [{"properties": {"title": c}} for c in "AB"]}),
        ("sheets.properties.title", {"sheets": [{"properties": {"title": c}} for c in "AB"]}),
        (
            "sheets/properties/title, sheets/properties/sheetId,spreadsheetId",
            {
                "spreadsheetId": "1",
                "sheets": [
                    {"properties": {"sheetId": 0, "title": "A"}},
                    {"properties": {"sheetId": 1, "title": "B"}},
                ],
            },
        ),
        (
            "sheets/*/title",
            {"sheets": [{"properties": {"title": "A"}, "data": [{}]}, {"properties": {"title": "B"}}]},
        ),
        (
            "sheets/data/rowData/values/note",
            {"sheets": [{"data": [{"rowData": [{"values": [{"note": "n"}, {}]}]}]}, {}]},
        ),
        ("nothing", {}),
    ],
)
def test_keeps_what_a_mask_names(mask: str, kept: Any) -> None:
    assert keep(parse(mask), SHEET) == kept


def test_cuts_nothing_more_of_what_a_mask_cut_to_be_shown_again() -> None:
    event = {"id": "1", "start": {"date": "2026-03-02", "timeZone": "UTC"}, "end": {}}
    text = "items(id,start/date)"
    kept = cut(of_items(text), event)
    assert kept == {"id": "1", "start": {"date": "2026-03-02"}}
    assert keep(parse(text), {"items": [kept]})["items"][0] is kept
    assert keep(parse("items/id"), {"items": [kept]}) == {"items": [{"id": "1"}]}
    assert [cut(of_items(t), event) for t in ("*", "*/id", "kind")] == [event, {"id": "1"}, event]


@pytest.mark.parametrize("mask", ["a(", "a)b", "a,,b", "(a)", "a/", "", "a b!"])
def test_refuses_a_mask_that_it_cannot_read(mask: str) -> None:
    with pytest.raises(ApiError, match="Invalid field selection"):
        parse(mask)


@pytest.mark.parametrize("mask", ["sheets/titel", "sheet", "sheets(properties(gridProperties/rows))"])
def test_refuses_a_mask_that_names_what_no_answer_has(mask: str) -> None:
    with pytest.raises(ApiError, match="Invalid field selection"):
        for_answer(mask, "sheets.v4", "Spreadsheet")


@pytest.mark.parametrize(
    "mask",
    ["*", "sheets/*", "sheets.data.rowData.values(note,userEnteredValue/formulaValue)", "spreadsheetId"],
)
def test_admits_a_mask_that_names_what_an_answer_may_have(mask: str) -> None:
    assert for_answer(mask, "sheets.v4", "Spreadsheet") == parse(mask)


def test_masks_the_answer_of_any_method(ada: requests.Session) -> None:
    answer = ada.get(
        "https://admin.googleapis.com/admin/directory/v1/users",
        params={"customer": "my_customer", "fields": "users(primaryEmail,name/givenName),nextPageToken"},
    )
    assert answer.json() == {
        "users": [
            {"primaryEmail": "ada@example.com", "name": {"givenName": "Ada"}},
            {"primaryEmail": "ben@example.com", "name": {"givenName": "Ben"}},
        ]
    }
