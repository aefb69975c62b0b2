"""The admin's way through a spreadsheet, in a real browser."""

from __future__ import annotations

import re
from typing import Any

import pytest
from pages_world import World
from playwright.sync_api import Locator, Page, expect

from workspace_emulator.pages.workbook import PROTECTED

pytestmark = pytest.mark.browser
ROWS = [
    ["Name", "E-mail", "Taking part", "Joined", "Partner"],
    ["Ada Lovelace", "ada@example.com", "yes", "2026-01-12", "Grace Hopper"],
    ["Grace Hopper", "grace@example.com", "paused", "2026-02-01", "Ada Lovelace"],
]


def area(column: int, first: int = 1, last: int = 50) -> dict[str, int]:
    return {
        "sheetId": 7,
        "startRowIndex": first,
        "endRowIndex": last,
        "startColumnIndex": column,
        "endColumnIndex": column + 1,
    }


def drop_down(column: int, *values: str) -> dict[str, Any]:
    condition = {"type": "ONE_OF_LIST", "values": [{"userEnteredValue": v} for v in values]}
    rule = {"condition": condition, "strict": True, "showCustomUi": True}
    return {"setDataValidation": {"range": area(column), "rule": rule}}


def protect(column: int) -> dict[str, Any]:
    editors = {"users": ["mentoring@example.com"]}
    protected = {"range": area(column, 0), "editors": editors, "warningOnly": False}
    return {"addProtectedRange": {"protectedRange": protected}}


def note(column: int, words: str) -> dict[str, Any]:
    cell = {"note": words}
    return {"repeatCell": {"range": area(column, 0, 1), "cell": cell, "fields": "note"}}


@pytest.fixture
def roster(world: World) -> str:
    return world.spreadsheet(ROWS, drop_down(2, "yes", "paused", "no"), protect(4), note(2, "Who is in?"))


def cell(page: Page, column: str, row: int) -> Locator:
    return page.locator(
        f'.ag-row[row-id="{row}"] [col-id="{column}"], .ag-row[row-id="t-{row}"] [col-id="{column}"]'
    )


def edit(page: Page, column: str, row: int, words: str) -> None:
    cell(page, column, row).dblclick()
    page.locator(".ag-cell-inline-editing input").fill(words)
    page.keyboard.press("Enter")


def saved(page: Page, name: str) -> None:
    expect(page.get_by_role("status").filter(has_text=f"{name} saved")).to_be_visible()


@pytest.mark.usefixtures("roster")
def test_finds_the_spreadsheet_in_the_list(page: Page):
    page.goto("/spreadsheets?as=ada@example.com")
    page.get_by_text("Mentoring programme").click()
    expect(page.get_by_role("tab", name="Roster")).to_be_visible()
    expect(cell(page, "A", 2)).to_have_text("Ada Lovelace")


def test_changes_a_cell_by_its_drop_down(world: World, page: Page, roster: str):
    page.goto(f"/spreadsheets/{roster}?as=ada@example.com")
    cell(page, "C", 2).dblclick()
    page.locator(".ag-list-item", has_text="paused").click()
    expect(cell(page, "C", 2)).to_have_text("paused")
    saved(page, "C2")
    assert world.cell(roster, "C2") == "paused"


def test_refuses_to_edit_a_protected_column(page: Page, roster: str):
    page.goto(f"/spreadsheets/{roster}?as=ada@example.com")
    expect(cell(page, "E", 2)).to_have_class(re.compile("locked"))
    cell(page, "E", 2).dblclick()
    expect(page.get_by_text(PROTECTED)).to_be_visible()
    expect(page.locator(".ag-cell-inline-editing")).to_have_count(0)


def test_lets_the_owner_edit_a_protected_column(world: World, page: Page, roster: str):
    page.goto(f"/spreadsheets/{roster}?as=mentoring@example.com")
    edit(page, "E", 2, "Alan Turing")
    saved(page, "E2")
    assert world.cell(roster, "E2") == "Alan Turing"


def test_takes_back_what_the_api_refuses_and_says_why(world: World, page: Page):
    page.goto(f"/spreadsheets/{world.spreadsheet(ROWS, role='reader')}?as=ada@example.com")
    edit(page, "A", 2, "Somebody else")
    expect(page.get_by_text("The caller does not have permission")).to_be_visible()
    expect(cell(page, "A", 2)).to_have_text("Ada Lovelace")


def test_types_values_as_a_person_would(world: World, page: Page, roster: str):
    page.goto(f"/spreadsheets/{roster}?as=ada@example.com")
    edit(page, "D", 2, "2026-01-13")
    expect(cell(page, "D", 2)).to_have_text("2026-01-13")
    saved(page, "D2")
    assert world.cell(roster, "D2") == world.cell(roster, "D3") - 19


def test_begins_a_row_below_the_last_one(world: World, page: Page, roster: str):
    page.goto(f"/spreadsheets/{roster}?as=ada@example.com")
    edit(page, "A", 4, "Alan Turing")
    expect(cell(page, "A", 4)).to_have_text("Alan Turing")
    saved(page, "A4")
    assert world.cell(roster, "A4") == "Alan Turing"


def test_shows_what_a_program_writes_without_losing_an_edit_in_progress(
    world: World, page: Page, roster: str
):
    page.goto(f"/spreadsheets/{roster}?as=ada@example.com")
    cell(page, "A", 3).dblclick()
    page.locator(".ag-cell-inline-editing input").fill("Grace Murray")
    path = f"/v4/spreadsheets/{roster}/values/Roster!B3"
    world.desk("mentoring").put(path, {"values": [["g@example.com"]]}, valueInputOption="RAW")
    expect(cell(page, "B", 3)).to_have_text("g@example.com")
    page.keyboard.press("Enter")
    expect(cell(page, "A", 3)).to_have_text("Grace Murray")
    saved(page, "A3")
    assert world.cell(roster, "A3") == "Grace Murray"


def test_shows_the_note_on_a_header(page: Page, roster: str):
    page.goto(f"/spreadsheets/{roster}?as=ada@example.com")
    cell(page, "C", 1).hover()
    expect(page.get_by_text("Who is in?")).to_be_visible()


def test_deletes_and_adds_rows(world: World, page: Page, roster: str):
    page.goto(f"/spreadsheets/{roster}?as=ada@example.com")
    cell(page, "A", 2).click()
    page.get_by_role("button", name="Delete the row").click()
    expect(cell(page, "A", 2)).to_have_text("Grace Hopper")
    cell(page, "A", 2).click()
    page.get_by_role("button", name="Add a row").click()
    expect(cell(page, "A", 3)).to_have_text("")
    assert world.cell(roster, "A2") == "Grace Hopper"


def test_shows_a_spreadsheet_only_to_those_it_is_shared_with(page: Page, roster: str):
    page.goto(f"/spreadsheets/{roster}?as=alan@example.com")
    said = "Alan Turing can't open this spreadsheet. It isn't shared with them."
    expect(page.get_by_text(said, exact=True)).to_be_visible()
    page.get_by_role("link", name=re.compile("^Look as ")).click()
    expect(cell(page, "A", 2)).to_have_text("Ada Lovelace")
    page.goto("/spreadsheets/nothing?as=alan@example.com")
    expect(page.get_by_text("There is none at this address.")).to_be_visible()
    page.goto("/spreadsheets?as=alan@example.com")
    expect(page.get_by_text("No spreadsheet is shared with Alan Turing yet.")).to_be_visible()


def test_opens_a_long_roster(world: World, page: Page):
    rows = [ROWS[0], *([f"Person {i}", f"p{i}@example.com", "yes", "", ""] for i in range(5000))]
    page.goto(f"/spreadsheets/{world.spreadsheet(rows)}?as=ada@example.com")
    expect(cell(page, "A", 2)).to_have_text("Person 0")
    assert page.locator(".ag-row").count() < 200


def test_is_operated_by_keyboard(world: World, page: Page, roster: str):
    page.goto(f"/spreadsheets/{roster}?as=ada@example.com")
    cell(page, "A", 2).click()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.keyboard.press("Control+A")
    page.keyboard.type("Grace H.")
    page.keyboard.press("Enter")
    saved(page, "A3")
    assert world.cell(roster, "A3") == "Grace H."


def test_ticks_a_checkbox(world: World, page: Page):
    rule = {"condition": {"type": "BOOLEAN"}, "strict": True}
    tick = {"setDataValidation": {"range": area(2, 1, 3), "rule": rule}}
    rows = [
        ["Name", "E-mail", "Done"],
        ["Ada", "ada@example.com", False],
        ["Grace", "grace@example.com", True],
    ]
    spreadsheet = world.spreadsheet(rows, tick)
    page.goto(f"/spreadsheets/{spreadsheet}?as=ada@example.com")
    expect(cell(page, "C", 3).get_by_role("checkbox")).to_be_checked()
    cell(page, "C", 2).get_by_role("checkbox").click()
    expect(cell(page, "C", 2).get_by_role("checkbox")).to_be_checked()
    saved(page, "C2")
    assert world.cell(spreadsheet, "C2") is True


def test_turns_to_another_tab_and_remembers_it(world: World, page: Page, roster: str):
    request = {"addSheet": {"properties": {"sheetId": 8, "title": "Never pair"}}}
    world.desk("mentoring").post(f"/v4/spreadsheets/{roster}:batchUpdate", {"requests": [request]})
    page.goto(f"/spreadsheets/{roster}?as=ada@example.com")
    page.get_by_role("tab", name="Never pair").click()
    expect(page.get_by_role("tab", name="Never pair", selected=True)).to_be_visible()
    page.wait_for_url(re.compile("tab=Never"))
    page.reload()
    expect(page.get_by_role("tab", name="Never pair", selected=True)).to_be_visible()


def test_draws_a_tabs_charts(world: World, page: Page):
    def source(column: int) -> dict[str, Any]:
        return {"sourceRange": {"sources": [area(column, 0, 3)]}}

    basic = {
        "chartType": "COLUMN",
        "headerCount": 1,
        "domains": [{"domain": source(0)}],
        "series": [{"series": source(1), "targetAxis": "LEFT_AXIS"}],
    }
    place = {"overlayPosition": {"anchorCell": {"sheetId": 7, "rowIndex": 4, "columnIndex": 0}}}
    chart = {"spec": {"title": "Kept", "basicChart": basic}, "position": place}
    rows = [["Month", "Kept"], ["January", 3], ["February", 5]]
    page.goto(f"/spreadsheets/{world.spreadsheet(rows, {'addChart': {'chart': chart}})}?as=ada@example.com")
    expect(page.locator(".charts canvas, .charts svg").first).to_be_visible()


def test_shows_a_formulas_result_and_edits_the_formula(world: World, page: Page):
    spreadsheet = world.spreadsheet([["Count"], [2], ["=A2"]])
    page.goto(f"/spreadsheets/{spreadsheet}?as=ada@example.com")
    expect(cell(page, "A", 3)).to_have_text("2")
    cell(page, "A", 3).dblclick()
    expect(page.locator(".ag-cell-inline-editing input")).to_have_value("=A2")


def test_follows_a_link_to_a_tab_of_a_spreadsheet_here(world: World, page: Page) -> None:
    there = world.spreadsheet(ROWS)
    link = f"https://docs.google.com/spreadsheets/d/{there}/edit#gid=7"
    here = world.spreadsheet([["Open"], [link]])
    page.goto(f"/spreadsheets/{here}")
    page.get_by_role("link", name=link).click()
    expect(page).to_have_url(re.compile(f"/spreadsheets/{there}\\?gid=7$"))
    expect(cell(page, "A", 2)).to_have_text("Ada Lovelace")


def waiting(**more: Any) -> dict[str, Any]:
    criteria = {"columnIndex": 2, "filterCriteria": {"hiddenValues": ["paused", "no"]}}
    view = {"filterViewId": 41, "title": "Taking part", "range": {"sheetId": 7}, "filterSpecs": [criteria]}
    return {"addFilterView": {"filter": view | more}}


def test_looks_through_a_filter_view_and_edits_the_row_that_is_seen(world: World, page: Page):
    rows = [*ROWS, ["Alan Turing", "alan@example.com", "yes", "2026-03-01", ""]]
    newest = {"sortSpecs": [{"dimensionIndex": 3, "sortOrder": "DESCENDING"}]}
    sheet = world.spreadsheet(rows, waiting(**newest))
    page.goto(f"/spreadsheets/{sheet}?as=ada@example.com")
    expect(cell(page, "A", 3)).to_have_text("Grace Hopper")
    page.get_by_label("Filter view").click()
    page.get_by_role("option", name="Taking part").click()
    expect(cell(page, "A", 3)).to_have_count(0)
    page.wait_for_url(re.compile("fvid=41"))
    page.reload()
    names = page.locator('.ag-center-cols-container .ag-row [col-id="A"]')
    expect(names).to_have_text(["Alan Turing", "Ada Lovelace"])
    edit(page, "B", 4, "turing@example.com")
    saved(page, "B4")
    assert world.cell(sheet, "B4") == "turing@example.com"
    edit(page, "C", 4, "no")
    expect(names).to_have_text(["Ada Lovelace"])


@pytest.mark.parametrize("width", [390, 720, 1440])
def test_leaves_room_beside_what_is_frozen(world: World, page: Page, width: int):
    frozen = {"sheetId": 7, "gridProperties": {"frozenColumnCount": 4}}
    fields = "gridProperties.frozenColumnCount"
    sheet = world.spreadsheet(ROWS, {"updateSheetProperties": {"properties": frozen, "fields": fields}})
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"/spreadsheets/{sheet}?as=ada@example.com")
    expect(cell(page, "A", 2)).to_have_text("Ada Lovelace")
    box = page.locator(".grid-box").bounding_box()
    pinned = page.locator(".ag-pinned-left-cols-container").bounding_box()
    assert box
    assert pinned
    assert pinned["width"] <= box["width"] * 0.61
    headers = page.locator(".ag-header-cell").all()
    places = {h.get_attribute("col-id"): (h.bounding_box() or {"x": 0})["x"] for h in headers}
    assert sorted("nABC", key=lambda c: places[c]) == list("nABC")


def test_shows_a_comment_at_its_cell_until_it_is_resolved(world: World, page: Page):
    place = {"sheetId": 7, "rowIndex": 1, "columnIndex": 1}
    comment = {"insertComment": {"content": "Is this her address?", "coordinate": place}}
    sheet = world.spreadsheet(ROWS, comment)
    page.goto(f"/spreadsheets/{sheet}?as=ada@example.com")
    expect(cell(page, "B", 2)).to_have_class(re.compile("commented"))
    cell(page, "B", 2).hover()
    expect(page.locator(".ag-tooltip")).to_contain_text("Is this her address?")
    path = f"/v4/spreadsheets/{sheet}"
    shown = world.desk("ada").get(path, fields="comments", commentsViewMode="COMMENTS_VIEW_MODE_INCLUDED")
    reply = {"commentId": shown["comments"][0]["commentId"], "post": {"commentAction": "RESOLVE"}}
    world.desk("ada").post(f"{path}:batchUpdate", {"requests": [{"addCommentReply": reply}]})
    expect(cell(page, "B", 2)).not_to_have_class(re.compile("commented"))


def test_prints_every_row_that_says_something_and_no_other(world: World, page: Page):
    """All at once, as paper doesn't scroll; on the screen the empty ones are there again."""
    many = world.spreadsheet([["Name"], *([f"Person {n}"] for n in range(45))])
    page.goto(f"/spreadsheets/{many}")
    expect(cell(page, "A", 2)).to_be_visible()
    rows = page.locator(".ag-center-cols-container .ag-row")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(rows).to_have_count(45)
    expect(page.locator(".row-number")).to_have_count(0)
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(page.locator(".row-number").first).to_be_visible()
    expect(page).to_have_title("Roster · Mentoring programme")


def test_prints_dark_on_white_what_is_light_on_dark(page: Page, roster: str):
    page.emulate_media(color_scheme="dark")
    page.goto(f"/spreadsheets/{roster}")
    expect(cell(page, "A", 2)).to_be_visible()
    ink = "getComputedStyle(document.querySelector('.ag-cell')).color"
    dark = page.evaluate(ink)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.evaluate(ink) == "rgb(29, 42, 48)"
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.evaluate(ink) == dark != "rgb(29, 42, 48)"
