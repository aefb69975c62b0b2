"""Drive, as gspread uses it: files by name, whom they are shared with, and whose they are."""

from __future__ import annotations

import gspread
import pytest
import requests
from gspread.exceptions import APIError
from gspread.utils import ExportFormat

FILES = "https://www.googleapis.com/drive/v3/files"


def client(session: requests.Session) -> gspread.Client:
    return gspread.Client(auth=None, session=session)  # type: ignore[arg-type]  # the session carries the token


@pytest.fixture
def sheet(ada: requests.Session) -> gspread.Spreadsheet:
    return client(ada).create("Roster")


def test_finds_a_spreadsheet_by_the_name_it_has_now(
    ada: requests.Session, sheet: gspread.Spreadsheet
) -> None:
    sheet.update_title("People")

    assert client(ada).open("People").id == sheet.id
    with pytest.raises(gspread.SpreadsheetNotFound):
        client(ada).open("Roster")


def test_shows_a_spreadsheet_only_to_those_it_is_shared_with(
    ben: requests.Session, sheet: gspread.Spreadsheet
) -> None:
    with pytest.raises(PermissionError):
        client(ben).open_by_key(sheet.id)

    sheet.share("ben@example.com", perm_type="user", role="reader")
    assert client(ben).open_by_key(sheet.id).title == "Roster"
    with pytest.raises(APIError, match="403"):
        client(ben).open_by_key(sheet.id).sheet1.update_acell("A1", "mine")

    sheet.remove_permissions("ben@example.com")
    with pytest.raises(PermissionError):
        client(ben).open_by_key(sheet.id)


def test_hands_a_spreadsheet_over_once_the_other_accepts(
    ben: requests.Session, sheet: gspread.Spreadsheet
) -> None:
    given = sheet.share("ben@example.com", perm_type="user", role="writer").json()

    sheet.transfer_ownership(given["id"])
    client(ben).open_by_key(sheet.id).accept_ownership(given["id"])

    roles = {p["emailAddress"]: p["role"] for p in client(ben).open_by_key(sheet.id).list_permissions()}
    assert roles == {"ada@example.com": "writer", "ben@example.com": "owner"}


def test_refuses_to_take_a_file_nobody_offered(ben: requests.Session, sheet: gspread.Spreadsheet) -> None:
    given = sheet.share("ben@example.com", perm_type="user", role="writer").json()

    with pytest.raises(APIError, match="403"):
        client(ben).open_by_key(sheet.id).accept_ownership(given["id"])


def test_copies_a_spreadsheet_with_its_comments_and_sharing(
    ada: requests.Session, sheet: gspread.Spreadsheet
) -> None:
    sheet.sheet1.update([["Ada", 3]], "A1")
    sheet.share("ben@example.com", perm_type="user", role="reader")
    comment = {"content": "Who is this?", "anchor": "A1"}
    ada.post(f"{FILES}/{sheet.id}/comments?fields=id", json=comment).raise_for_status()

    copy = client(ada).copy(sheet.id, title="Copy", copy_permissions=True, copy_comments=True)

    assert copy.sheet1.get() == [["Ada", "3"]]
    assert {p["emailAddress"] for p in copy.list_permissions()} == {"ada@example.com", "ben@example.com"}
    found = ada.get(f"{FILES}/{copy.id}/comments?fields=comments(content,anchor)").json()
    assert found == {"comments": [comment]}


def test_exports_what_the_first_tab_shows(sheet: gspread.Spreadsheet) -> None:
    sheet.sheet1.update([["Ada, the first", 3]], "A1")

    assert sheet.export(ExportFormat.CSV) == b'"Ada, the first",3'


def test_says_what_it_does_not_export(sheet: gspread.Spreadsheet) -> None:
    with pytest.raises(APIError, match="501"):
        sheet.export(ExportFormat.PDF)
