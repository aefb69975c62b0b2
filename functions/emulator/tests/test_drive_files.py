"""Files with content, folders and what is in them, searches and orders, spreadsheets as files and back."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pytest
import requests
from googleapiclient.errors import HttpError
from googleapiclient.http import MediaInMemoryUpload
from pyexcel_ods3 import get_data

from workspace_emulator.clients import client

SHEET = "application/vnd.google-apps.spreadsheet"
FOLDER = "application/vnd.google-apps.folder"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ODS = "application/vnd.oasis.opendocument.spreadsheet"


@pytest.fixture
def files(ada: requests.Session) -> Any:
    return client("drive", "v3", ada).files()


def make(files: Any, name: str, kind: str = FOLDER, **more: Any) -> str:
    return str(files.create(body={"name": name, "mimeType": kind, **more}).execute()["id"])


def names(files: Any, q: str = "", **more: Any) -> list[str]:
    return [f["name"] for f in files.list(q=q, **more).execute()["files"]]


def test_keeps_the_content_of_files(files: Any) -> None:
    media = MediaInMemoryUpload(b"one", "text/plain")
    made = files.create(
        body={"name": "a.txt"}, media_body=media, fields="id,size,md5Checksum,mimeType"
    ).execute()
    assert (made["size"], made["mimeType"]) == ("3", "text/plain")
    files.update(fileId=made["id"], media_body=MediaInMemoryUpload(b"other", "text/plain")).execute()
    copy = files.copy(fileId=made["id"], body={"name": "b.txt"}).execute()
    assert files.get_media(fileId=copy["id"]).execute() == b"other"
    with pytest.raises(HttpError, match="Use Export"):
        files.get_media(fileId=make(files, "s", SHEET)).execute()


def test_knows_a_person_s_root_and_what_is_in_folders(files: Any) -> None:
    root = files.get(fileId="root", fields="id,name,parents").execute()
    assert (root["name"], "parents" in root) == ("My Drive", False)
    folder = make(files, "Plans")
    inside = make(files, "July", SHEET, parents=[folder])
    assert names(files, f"'{folder}' in parents") == ["July"]
    assert names(files, "'root' in parents") == ["Plans"]
    moved = files.update(fileId=inside, addParents="root", removeParents=folder, fields="parents").execute()
    assert moved["parents"] == [root["id"]]
    files.update(fileId=inside, addParents=folder).execute()
    files.delete(fileId=folder).execute()
    assert names(files) == []


def test_puts_a_folder_into_the_bin_with_all_in_it(files: Any) -> None:
    folder = make(files, "Plans")
    make(files, "July", SHEET, parents=[folder])
    files.update(fileId=folder, body={"trashed": True}).execute()
    assert names(files, "trashed = false") == []
    files.emptyTrash().execute()
    assert names(files) == []


@pytest.mark.parametrize(
    ("q", "found"),
    [
        ("name contains 'ju'", ["July", "June"]),
        ("name = 'June' or name = 'July'", ["July", "June"]),
        ("not name contains 'ju'", ["Old's"]),
        (f"mimeType = '{SHEET}' and (name = 'June' or name = 'July') and not name = 'June'", ["July"]),
        ("name = 'Old\\'s'", ["Old's"]),
        ("appProperties has { key='k' and value='v' }", ["June"]),
        ("'me' in owners and sharedWithMe = false", ["July", "June", "Old's"]),
    ],
)
def test_finds_what_a_query_means(files: Any, q: str, found: list[str]) -> None:
    for name in ("Old's", "June", "July"):
        make(files, name, SHEET, appProperties={"k": "v"} if name == "June" else {})
    assert names(files, q, orderBy="name") == found


def test_refuses_a_query_that_it_can_t_read(files: Any) -> None:
    with pytest.raises(HttpError, match="Invalid Value"):
        names(files, "name contains")


def test_lists_in_the_order_asked_for_and_by_pages(files: Any) -> None:
    for name in ("b", "C", "a"):
        make(files, name, SHEET)
    make(files, "z")
    assert names(files, orderBy="folder,name desc") == ["z", "C", "b", "a"]
    first = files.list(pageSize=3, orderBy="name").execute()
    rest = files.list(pageSize=3, orderBy="name", pageToken=first["nextPageToken"]).execute()
    assert [f["name"] for f in first["files"] + rest["files"]] == ["a", "b", "C", "z"]


@pytest.fixture
def book(ada: requests.Session) -> str:
    sheets = client("sheets", "v4", ada).spreadsheets()
    key = str(sheets.create(body={"properties": {"title": "Roster"}}).execute()["spreadsheetId"])
    values = [["name", "since", "sum"], ["Ada", "2026-03-02", "=1+1"]]
    option = {"spreadsheetId": key, "range": "A1", "valueInputOption": "USER_ENTERED"}
    sheets.values().update(**option, body={"values": values}).execute()
    sheets.batchUpdate(
        spreadsheetId=key, body={"requests": [{"addSheet": {"properties": {"title": "Two"}}}]}
    ).execute()
    return key


def test_exports_all_tabs_as_excel_and_opendocument_and_reads_them_back(files: Any, book: str) -> None:
    content = files.export(fileId=book, mimeType=XLSX).execute()
    workbook = openpyxl.load_workbook(io.BytesIO(content))
    assert (workbook.sheetnames, workbook["Sheet1"]["C2"].value) == (["Sheet1", "Two"], "=1+1")
    assert get_data(io.BytesIO(files.export(fileId=book, mimeType=ODS).execute()))["Sheet1"][1][2] == 2
    media = MediaInMemoryUpload(content, XLSX)
    again = files.create(body={"name": "Again", "mimeType": SHEET}, media_body=media).execute()["id"]
    csv = b"name,since,sum\r\nAda,2026-03-02,2"
    assert files.export(fileId=again, mimeType="text/csv").execute() == csv


def test_downloads_from_the_address_that_people_see(
    ada: requests.Session, ben: requests.Session, book: str
) -> None:
    url = f"https://docs.google.com/spreadsheets/d/{book}/export"
    assert ada.get(url, params={"format": "tsv", "gid": "0"}).text.startswith("name\tsince")
    assert ben.get(url, params={"format": "csv"}).status_code == 403
    assert ada.get(url, params={"format": "pdf"}).status_code == 501


def test_takes_ids_that_were_generated_before(files: Any) -> None:
    key = files.generateIds(count=2).execute()["ids"][0]
    assert make(files, "mine", "text/plain", id=key) == key
    with pytest.raises(HttpError, match="409"):
        make(files, "mine", "text/plain", id=key)


def test_takes_a_list_whose_address_is_too_long_as_a_post(files: Any) -> None:
    make(files, "July", SHEET)
    assert names(files, " or ".join(["name = 'July'"] * 200)) == ["July"]
