"""A tab of a spreadsheet as the grid wants it."""

from workspace_emulator.pages.workbook import (
    column_definitions,
    column_name,
    comments,
    looks,
    rows,
    validation_ranges,
)  # fmt: skip

GRID = {"rowCount": 1000, "columnCount": 12, "frozenRowCount": 1}


def sheet(*row_data: dict, **more: object) -> dict:
    return {"properties": {"gridProperties": GRID}, "data": [{"rowData": list(row_data)}]} | more


def look(seen: dict, *, user: str = "ada@example.com", **ranges: list[str]):
    return looks(seen, user=user, ranges=ranges)


def drop_down(kind: str, *values: str) -> dict:
    entered = [{"userEnteredValue": v} for v in values]
    return {"dataValidation": {"condition": {"type": kind, "values": entered}}}


def protection(**more: object) -> dict:
    return {"range": {"sheetId": 0, "startColumnIndex": 1, "endColumnIndex": 2}} | more


def test_names_columns_as_sheets_does():
    assert [column_name(i) for i in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


def test_offers_the_choices_of_a_drop_down_on_its_rows():
    choice = {"values": [drop_down("ONE_OF_LIST", "yes", "no")]}
    assert look(sheet({}, choice, choice)).choices == {"A": [[2, 4, ["yes", "no"]]]}


def test_keeps_different_drop_downs_of_one_column_apart():
    seen = sheet({"values": [drop_down("ONE_OF_LIST", "a")]}, {"values": [drop_down("ONE_OF_LIST", "b")]})
    assert look(seen).choices == {"A": [[1, 2, ["a"]], [2, 3, ["b"]]]}


def test_takes_choices_from_the_range_that_a_rule_points_at():
    seen = sheet({"values": [drop_down("ONE_OF_RANGE", "=Teams!A:A")]})
    assert validation_ranges(seen) == {"Teams!A:A"}
    assert look(seen, **{"Teams!A:A": ["Design"]}).choices == {"A": [[1, 2, ["Design"]]]}


def test_locks_what_the_person_may_not_edit():
    locked = look(sheet(protectedRanges=[protection(requestingUserCanEdit=False)]))
    assert locked.locked == {"B": [[1, 1001]]}


def test_locks_nothing_for_an_editor_or_a_mere_warning():
    editors = protection(editors={"users": ["Ada@example.com"]})
    assert look(sheet(protectedRanges=[editors, protection(warningOnly=True)])).locked == {}


def test_leaves_open_the_ranges_that_a_protected_sheet_excepts():
    whole = {"range": {"sheetId": 0}, "unprotectedRanges": [{"startRowIndex": 1, "endColumnIndex": 1}]}
    locked = look(sheet({"values": [{}, {"note": "x"}]}, protectedRanges=[whole])).locked
    assert (locked["A"], locked["B"]) == ([[1, 2]], [[1, 1001]])


def test_shows_notes_widths_and_hidden_columns():
    seen = sheet({"values": [{"note": "Their name."}]})
    seen["data"][0]["columnMetadata"] = [{"pixelSize": 180}, {"hiddenByUser": True}]
    shown = look(seen)
    assert (shown.notes, shown.widths, shown.hidden) == ({"A1": "Their name."}, {"A": 180}, frozenset("B"))


def test_styles_only_cells_that_depart_from_the_default():
    white = {"backgroundColor": {"red": 1, "green": 1, "blue": 1}}
    bold = {"textFormat": {"bold": True}, "backgroundColor": {"green": 1}}
    shown = look(sheet({"values": [{"effectiveFormat": white}, {"effectiveFormat": bold}]}))
    assert shown.styles == {"B1": {"backgroundColor": "#00ff00", "color": "#1d2a30", "fontWeight": "600"}}


def test_sends_the_shown_value_only_where_it_differs_from_the_entered_one():
    made = rows(look(sheet({})), [["Ada", "50%", "TRUE"]], [["Ada", 0.5, True]])
    assert made[0] == {"n": 1, "A": "Ada", "B": "0.5", "=B": "50%", "C": True}


def test_leaves_some_empty_rows_to_type_into():
    assert len(rows(look(sheet({})), [["Ada"]], [["Ada"]])) == 31


def test_marks_a_column_protected_from_top_to_bottom():
    definitions = column_definitions(look(sheet(protectedRanges=[protection(requestingUserCanEdit=False)])))
    assert [d["field"] for d in definitions if d.get("headerClass")] == ["B"]


def thread(words: str, *replies: str, **more: object) -> dict:
    posts = [{"content": w, "author": {"displayName": "Ada"}} for w in (words, *replies)]
    head = posts[0] | {"assigneeEmail": "grace@example.com"}
    return {"anchorId": "a1", "headPost": head, "replies": posts[1:], "status": "OPEN"} | more


def test_shows_open_comments_at_their_cells():
    anchors = [{"anchorId": "a1", "range": {"startRowIndex": 2, "startColumnIndex": 1}}]
    found = comments(
        [thread("Unknown.", "Still."), thread("Gone.", status="RESOLVED")], {"commentAnchors": anchors}
    )
    assert found == {"B3": "Ada (to grace@example.com): Unknown.\n\nAda: Still."}
    assert comments([thread("Unknown.")], {}) == {}


def test_follows_a_word_that_leads_somewhere():
    assert look(sheet({"values": [{"hyperlink": "https://example.com"}]})).links == {
        "A1": "https://example.com"
    }
