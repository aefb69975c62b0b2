"""Comments on cells: made, answered, resolved, followed, deleted, and who sees them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import requests

SHEETS = "https://sheets.googleapis.com/v4/spreadsheets"
ALL = "COMMENTS_VIEW_MODE_INCLUDED"


class Book:
    def __init__(self, session: requests.Session, key: str = "") -> None:
        self.session = session
        self.key = key or session.post(SHEETS, json={}).json()["spreadsheetId"]

    def ask(self, **request: Any) -> requests.Response:
        return self.session.post(f"{SHEETS}/{self.key}:batchUpdate", json={"requests": [request]})

    def do(self, **request: Any) -> dict[str, Any]:
        answer = self.ask(**request)
        assert answer.ok, answer.text
        reply: dict[str, Any] = answer.json()["replies"][0]
        return reply

    def seen(self, mode: str = ALL) -> dict[str, Any]:
        params = {"commentsViewMode": mode, "fields": "comments,commentsViewMode,sheets.commentAnchors"}
        found: dict[str, Any] = self.session.get(f"{SHEETS}/{self.key}", params=params).json()
        return found


@pytest.fixture
def book(ada: requests.Session) -> Book:
    made = Book(ada)
    url = f"{SHEETS}/{made.key}/values/B2?valueInputOption=RAW"
    ada.put(url, json={"values": [["what it says"]]})
    return made


@pytest.fixture
def comment(book: Book) -> dict[str, Any]:
    request = {"content": "Why <this>?", "coordinate": {"rowIndex": 1, "columnIndex": 1}}
    thread: dict[str, Any] = book.do(insertComment=request)["insertComment"]["commentThread"]
    return thread


def test_is_tied_to_its_cell(book: Book, comment: dict[str, Any]) -> None:
    assert (comment["plainTextQuote"], comment["status"]) == ("what it says", "OPEN")
    assert comment["headPost"]["contentHtml"] == "Why &lt;this&gt;?"
    assert comment["headPost"]["author"]["displayName"] == "Ada Byron"
    seen = book.seen()
    assert seen["comments"] == [comment]
    (anchor,) = seen["sheets"][0]["commentAnchors"]
    area = {"startRowIndex": 1, "endRowIndex": 2, "startColumnIndex": 1, "endColumnIndex": 2}
    assert anchor == {"anchorId": comment["anchorId"], "range": area}


def test_follows_its_row_and_outlives_it(book: Book, comment: dict[str, Any]) -> None:
    book.do(insertDimension={"range": {"dimension": "ROWS", "startIndex": 0, "endIndex": 3}})
    assert book.seen()["sheets"][0]["commentAnchors"][0]["range"]["startRowIndex"] == 4
    book.do(deleteDimension={"range": {"dimension": "ROWS", "startIndex": 4, "endIndex": 5}})
    seen = book.seen()
    assert (seen["comments"], seen["sheets"]) == ([comment], [{}])


def test_is_resolved_and_opened_again(book: Book, comment: dict[str, Any]) -> None:
    for action, status in (("RESOLVE", "RESOLVED"), ("REOPEN", "OPEN")):
        book.do(addCommentReply={"commentId": comment["commentId"], "post": {"commentAction": action}})
        assert book.seen()["comments"][0]["status"] == status
    assert len(book.seen()["comments"][0]["replies"]) == 2


def test_is_changed_by_its_author_alone(
    book: Book, comment: dict[str, Any], session: Callable[[str], requests.Session]
) -> None:
    ada, ben = book, Book(session("ben@example.com"), book.key)
    permission = {"type": "user", "role": "writer", "emailAddress": "ben@example.com"}
    ada.session.post(f"https://www.googleapis.com/drive/v3/files/{book.key}/permissions", json=permission)
    about = {"commentId": comment["commentId"]}
    reply = ben.do(addCommentReply={**about, "post": {"content": "Because."}})["addCommentReply"]["post"]
    assert reply["author"]["me"] is True
    assert "me" not in ada.seen()["comments"][0]["replies"][0]["author"]
    assert ada.ask(deleteCommentReply={**about, "postId": reply["postId"]}).status_code == 403
    ben.do(updateCommentPost={**about, "postId": reply["postId"], "content": "Just so."})
    assert ada.seen()["comments"][0]["replies"][0]["content"] == "Just so."
    ben.do(deleteCommentReply={**about, "postId": reply["postId"]})
    (gone,) = ada.seen()["comments"][0]["replies"]
    assert (gone["deleted"], "content" in gone, "author" in gone) == (True, False, False)
    ada.do(deleteComment=about)
    assert ada.seen() == {"commentsViewMode": ALL, "sheets": [{}]}


@pytest.mark.parametrize(
    ("request_of", "status"),
    [
        ({"insertComment": {"content": "", "coordinate": {}}}, 400),
        ({"insertComment": {"content": "ä" * 1025, "coordinate": {}}}, 400),
        ({"insertComment": {"content": "x", "coordinate": {"rowIndex": 1000}}}, 400),
        ({"addCommentReply": {"commentId": "nothing", "post": {"content": "x"}}}, 404),
    ],
)
def test_refuses_what_can_t_be(book: Book, request_of: dict[str, Any], status: int) -> None:
    assert book.ask(**request_of).status_code == status


def test_assigns_anew_only_what_is_assigned(book: Book, comment: dict[str, Any]) -> None:
    post = {"content": "yours", "assigneeEmail": "ben@example.com"}
    assert book.ask(addCommentReply={"commentId": comment["commentId"], "post": post}).status_code == 400
    request = {"content": "x", "coordinate": {}, "assigneeEmailAddress": "ada@example.com"}
    assigned = book.do(insertComment=request)["insertComment"]["commentThread"]["commentId"]
    book.do(addCommentReply={"commentId": assigned, "post": post})


def test_is_shown_to_those_who_may_comment(
    book: Book, comment: dict[str, Any], session: Callable[[str], requests.Session]
) -> None:
    ben = Book(session("ben@example.com"), book.key)
    url = f"https://www.googleapis.com/drive/v3/files/{book.key}/permissions"
    book.session.post(url, json={"type": "user", "role": "reader", "emailAddress": "ben@example.com"})
    default = "COMMENTS_VIEW_MODE_DEFAULT_FOR_CURRENT_ACCESS"
    assert "comments" not in ben.seen(default)
    assert book.seen(default)["comments"] == [comment]
    assert ben.seen()["error"]["code"] == 403
    assert "comments" not in book.session.get(f"{SHEETS}/{book.key}").json()
