"""Drive, as gspread uses it: files by name, whom they are shared with, and whose they are."""

from __future__ import annotations

import gspread
import pytest
import requests
from gspread.exceptions import APIError
from gspread.utils import ExportFormat

FILES = "https://www.googleapis.com/drive/v3/files"
SHEET = "application/vnd.google-apps.spreadsheet"


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


def test_lets_no_writer_share_on_what_the_owner_keeps(
    ada: requests.Session, ben: requests.Session, sheet: gspread.Spreadsheet
) -> None:
    sheet.share("ben@example.com", perm_type="user", role="writer")
    client(ben).open_by_key(sheet.id).share("cleo@example.com", perm_type="user", role="reader")

    ada.patch(f"{FILES}/{sheet.id}", json={"writersCanShare": False}).raise_for_status()

    theirs = client(ben).open_by_key(sheet.id)
    with pytest.raises(APIError, match="403"):
        theirs.share("dan@example.com", perm_type="user", role="reader")
    with pytest.raises(APIError, match="403"):
        theirs.remove_permissions("cleo@example.com")
    assert ben.patch(f"{FILES}/{sheet.id}", json={"writersCanShare": True}).status_code == 403
    theirs.sheet1.update_acell("A1", "still writes")
    sheet.share("dan@example.com", perm_type="user", role="reader")


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


IMPORT = (
    "https://www.googleapis.com/upload/drive/v2/files/{}?uploadType=media&convert=True&supportsAllDrives=True"
)


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("text/csv", b'a,1\r\n"b,\nc",=1+1\n'),
        ("text/csv; charset=utf-8", b'\xef\xbb\xbfa,1\n"b,\nc",=1+1'),
        ("text/tab-separated-values", b'a\t1\n"b,\nc"\t=1+1\n'),
    ],
)
def test_imports_a_table_in_place_of_all_that_was_there(
    ada: requests.Session, kind: str, content: bytes
) -> None:
    book = client(ada).create("Imported")
    book.sheet1.update([["x"] * 4] * 4, "A1")
    book.add_worksheet("Other", 10, 10)
    answer = ada.put(IMPORT.format(book.id), data=content, headers={"Content-Type": kind})
    assert (answer.status_code, answer.json()["title"]) == (200, "Imported")
    assert [tab.get_all_values() for tab in book.worksheets()] == [[["a", "1"], ["b,\nc", "2"]]]


def test_calls_the_tab_of_an_imported_table_as_the_file(ada: requests.Session) -> None:
    book = client(ada).create("Imported")
    answer = ada.put(IMPORT.format(book.id), data=b"a,1", headers={"Content-Type": "text/csv"}).json()
    assert (answer["ownerNames"], answer["userPermission"]["role"]) == (["Ada Byron"], "owner")
    assert [parent["isRoot"] for parent in answer["parents"]] == [True]
    pictures = (answer["thumbnailLink"], answer["iconLink"], answer["owners"][0]["picture"]["url"])
    assert all(link.startswith("https://") for link in (*pictures, answer["embedLink"]))
    assert (answer["fileSize"], answer["etag"]) == (answer["quotaBytesUsed"], '"MTc3MjQ0MjAwMDAwMA"')
    (tab,) = book.worksheets()
    assert (tab.title, tab.id != 0, tab.row_count, tab.col_count) == ("Imported", True, 1000, 26)
    assert book.fetch_sheet_metadata()["properties"]["timeZone"] == "America/Los_Angeles"


def test_imports_by_gspread_as_many_rows_as_there_are(ada: requests.Session) -> None:
    drive = client(ada)
    book = drive.create("Imported")
    drive.import_csv(book.id, "\n".join(f"{n},ä" for n in range(1200)))
    assert (book.sheet1.get("A1200:B1200"), book.sheet1.row_count) == ([["1199", "ä"]], 1200)


@pytest.mark.parametrize(
    ("mime", "content", "said"),
    [
        ("application/vnd.google-apps.document", "text/plain", "importing text/plain as"),
        (SHEET, "application/vnd.ms-excel", "importing application/vnd.ms-excel"),
    ],
)
def test_refuses_content_that_it_would_lose(
    ada: requests.Session, mime: str, content: str, said: str
) -> None:
    parts = [f'Content-Type: application/json\r\n\r\n{{"name": "x", "mimeType": "{mime}"}}']
    parts.append(f"Content-Type: {content}\r\n\r\nwhat it says")
    body = "".join(f"--cut\r\n{part}\r\n" for part in parts) + "--cut--"
    headers = {"Content-Type": "multipart/related; boundary=cut"}
    url = "https://www.googleapis.com/upload/drive/v3/files?uploadType=multipart"
    answer = ada.post(url, data=body, headers=headers)
    assert (answer.status_code, said in answer.json()["error"]["message"]) == (501, True)
    assert ada.get("https://www.googleapis.com/drive/v3/files").json()["files"] == []


@pytest.mark.parametrize(
    ("key", "status"),
    [("1jIKzPs8LsiZZdLdeMEP-5ZIHw6RkjiOmj1LrJN706Yc", 403), ("1" + "0" * 43, 404), ("test", 404)],
)
def test_takes_an_id_of_google_s_own_form_for_a_stranger_s_spreadsheet(
    ada: requests.Session, key: str, status: int
) -> None:
    assert ada.get(f"https://sheets.googleapis.com/v4/spreadsheets/{key}").status_code == status
