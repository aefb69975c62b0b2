"""Problems as comments at their cells, end to end: written, changed, corrected, lost on the way, refused."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from cast import Cast
from workspace_emulator import Effect, Fault
from workspace_emulator.core.errors import bad_request
from workspace_emulator.sheets.requests.table import KINDS

SHEETS = "https://sheets.googleapis.com/v4/spreadsheets"
SHOWN = {
    "commentsViewMode": "COMMENTS_VIEW_MODE_INCLUDED",
    "fields": "comments,sheets(properties,commentAnchors)",
}
UNKNOWN = "The time zone “Europe/Berln” is unknown. Until then the time zone in Settings holds."


@pytest.fixture
def wrong(cast: Cast) -> Cast:
    cast.enter("Roster", "F3", "Europe/Berln")
    return cast


def seen(cast: Cast) -> dict[str, Any]:
    company = cast.company
    url = f"{SHEETS}/{company.config.programme_spreadsheet}"
    found: dict[str, Any] = company.session(company.admin).get(url, params=SHOWN).json()
    return found


def comments(cast: Cast) -> list[tuple[str, str, str]]:
    """Return the comments as an admin sees them: where, what is said last, and whether it is open."""
    answer = seen(cast)
    places = dict(_places(answer))
    return [
        (
            places.get(thread["anchorId"], ""),
            [thread["headPost"], *thread.get("replies", ())][-1].get("content", "").partition("\n\n")[0],
            thread["status"],
        )
        for thread in answer.get("comments", ())
    ]


def _places(answer: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for sheet in answer["sheets"]:
        for anchor in sheet.get("commentAnchors", ()):
            area = anchor["range"]
            cell = f"{chr(65 + area.get('startColumnIndex', 0))}{area.get('startRowIndex', 0) + 1}"
            yield anchor["anchorId"], f"{sheet['properties']['title']}!{cell}"


def ask(cast: Cast, **request: Any) -> None:
    company = cast.company
    url = f"{SHEETS}/{company.config.programme_spreadsheet}:batchUpdate"
    assert company.session(company.admin).post(url, json={"requests": [request]}).ok


def test_is_at_its_cell_assigned_to_an_admin_once(wrong: Cast) -> None:
    wrong.run("check_roster")
    ((place, words, status),) = comments(wrong)
    assert (place, status) == ("Roster!F3", "OPEN")
    (problem,) = wrong.tab("Problems")
    assert words == f"{problem['What is wrong']} {problem['What to do']}"
    assert seen(wrong)["comments"][0]["headPost"]["assigneeEmail"] == wrong.company.admin
    wrong.run("check_roster")
    assert len(comments(wrong)) == 1


def test_costs_no_call_while_nothing_changes(wrong: Cast) -> None:
    wrong.run("check_roster")
    wrong.run("check_roster")
    quiet = wrong.run("check_roster")
    assert not quiet.plan.actions
    wrong.setting("Comments at cells", "no")
    wrong.run("check_roster")
    wrong.run("check_roster")
    assert wrong.run("check_roster").calls.total() == quiet.calls.total()


def test_is_replied_to_when_it_changes_and_resolved_when_it_is_corrected(wrong: Cast) -> None:
    wrong.run("check_roster")
    wrong.enter("Roster", "F3", "Europe/Berlim")
    wrong.run("check_roster")
    ((_, words, status),) = comments(wrong)
    assert words.startswith("The time zone “Europe/Berlim” is unknown.")
    assert status == "OPEN"
    wrong.enter("Roster", "F3", "Europe/Berlin")
    wrong.run("check_roster")
    assert comments(wrong) == [("Roster!F3", "This is no longer a problem.", "RESOLVED")]
    wrong.enter("Roster", "F3", "Europe/Berlim")
    wrong.run("check_roster")
    assert [(place, status) for place, _, status in comments(wrong)] == [("Roster!F3", "OPEN")]


def test_stays_with_its_row_when_another_is_put_in_above(wrong: Cast) -> None:
    wrong.run("check_roster")
    wrong.company.sheet().worksheet("Roster").insert_row([], index=2)
    wrong.run("check_roster")
    assert [(place, status) for place, _, status in comments(wrong)] == [("Roster!F4", "OPEN")]


def test_leaves_what_people_write_alone(wrong: Cast) -> None:
    sheet = wrong.company.sheet().worksheet("Roster").id
    place = {"sheetId": sheet, "rowIndex": 2, "columnIndex": 5}
    ask(wrong, insertComment={"content": "Ben is in Berlin, I think.", "coordinate": place})
    wrong.run("check_roster")
    wrong.enter("Roster", "F3", "Europe/Berlin")
    wrong.run("check_roster")
    assert comments(wrong)[0] == ("Roster!F3", "Ben is in Berlin, I think.", "OPEN")


def test_stays_resolved_when_somebody_has_resolved_it(wrong: Cast) -> None:
    wrong.run("check_roster")
    thread = seen(wrong)["comments"][0]["commentId"]
    ask(wrong, addCommentReply={"commentId": thread, "post": {"commentAction": "RESOLVE"}})
    wrong.enter("Roster", "F4", "Europe/Pariss")
    wrong.run("check_roster")
    assert [(place, status) for place, _, status in comments(wrong)] == [
        ("Roster!F3", "RESOLVED"),
        ("Roster!F4", "OPEN"),
    ]


@pytest.mark.parametrize("effect", [Effect.DROP_AFTER, Effect.DROP_BEFORE, Effect.TWICE])
def test_is_written_once_though_the_answer_is_lost(wrong: Cast, effect: Effect) -> None:
    wrong.company.workspace.faults.add(Fault(effect=effect, method="sheets.spreadsheets.batchUpdate", call=2))
    wrong.run("check_roster")
    wrong.run("check_roster")
    assert len(comments(wrong)) == 1


def test_is_said_by_problems_alone_where_sheets_has_no_comments(wrong: Cast) -> None:
    faults = wrong.company.workspace.faults
    faults.add(Fault(effect=Effect.REFUSE, method="sheets.spreadsheets.get", call=2, status=400))
    wrong.run("check_roster")
    assert not comments(wrong)
    assert [p["What is wrong"] for p in wrong.tab("Problems")] == [UNKNOWN]
    assert not wrong.run("check_roster").plan.actions


def test_is_assigned_to_nobody_where_the_admin_may_not_be(
    wrong: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    insert = KINDS["insertComment"]

    def unassigned(call: Any, book: Any, body: Any) -> Any:
        if "assigneeEmailAddress" in body:
            raise bad_request("The assignee has no access.")
        if body["coordinate"]["rowIndex"] == 3:
            raise bad_request("No comment there.")
        return insert(call, book, body)

    monkeypatch.setitem(KINDS, "insertComment", unassigned)
    wrong.enter("Roster", "F4", "Europe/Pariss")
    wrong.run("check_roster")
    assert [place for place, _, _ in comments(wrong)] == ["Roster!F3"]
    assert len(wrong.tab("Problems")) == 2


def test_is_tried_again_where_sheets_saved_all_but_the_comments(
    wrong: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    from workspace_emulator.sheets import spreadsheets  # noqa: PLC0415

    with monkeypatch.context() as patch:
        patch.setitem(KINDS, "insertComment", lambda *_: {})
        patch.setattr(spreadsheets, "SAVED", "ALL_FAILED_UNKNOWN_REASON")
        wrong.run("check_roster")
        assert not comments(wrong)
    wrong.run("check_roster")
    assert len(comments(wrong)) == 1


def test_says_it_in_the_admins_language_and_can_be_switched_off(wrong: Cast) -> None:
    wrong.setting("Admin language", "Deutsch")
    wrong.run("check_roster")
    assert "Europe/Berln" in comments(wrong)[0][1]
    assert "unknown" not in comments(wrong)[0][1]
    wrong.setting("Comments at cells", "no")
    wrong.run("check_roster")
    ((_, words, status),) = comments(wrong)
    assert status == "RESOLVED"
    assert words.startswith("Kommentare")
