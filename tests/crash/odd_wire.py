"""The wire between a job and the local Workspace on which one thing is odd: refused, or answered in another shape."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from email import message_from_bytes
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import requests
from requests.adapters import BaseAdapter
from shapes import Change

Json = dict[str, Any]
Refused = tuple[int, str, str]
"""Status, reason and message."""
APIS = re.compile(r"/(v4/spreadsheets|calendar|gmail|admin)/")
READING = re.compile(r":(batchGet\w*|getByDataFilter|signJwt)$|/(freeBusy|token)$")
EMPTY_PAGE = "empty-page"


@dataclass(frozen=True, slots=True)
class Item:
    """What a call is about: one event, letter, mail, draft, account, somebody's hours; or all at once."""

    kind: str
    key: str


@dataclass(slots=True)
class Told:
    """What is known so far: whose letter each draft is."""

    drafts: dict[str, str]


def item_of(request: requests.PreparedRequest, told: Told) -> Item | None:
    """Return which one item a request is about, or what is asked about all; None where it goes to none of the APIs."""
    path, method = unquote(urlsplit(request.url or "").path), request.method or ""
    last = path.rpartition("/")[2]
    kinds: dict[str, Callable[[], Item | None]] = {
        r"POST .*/primary/events": lambda: Item("event", _body(request)["id"]),
        r".* .*/primary/events/[^/]+": lambda: Item("event", last),
        r"POST .*/drafts": lambda: Item("letter", _key_of(_body(request)["message"]["raw"])),
        r"POST .*/drafts/send": lambda: Item("letter", told.drafts.get(_body(request)["id"], "")),
        r"GET .*/drafts/[^/]+": lambda: Item("draft", last),
        r"GET .*/messages/[^/]+": lambda: Item("mail", last),
        r"POST .*/messages/[^/]+/trash": lambda: Item("mail", path.split("/")[-2]),
        r"GET .*/users/[^/]+@[^/]+": lambda: Item("account", last),
        r"GET .*/calendars/[^/]+@[^/]+": lambda: Item("hours", last),
    }
    call = f"{method} {path}"
    found = next((made() for pattern, made in kinds.items() if re.fullmatch(pattern, call)), None)
    return found or (Item("all", call) if APIS.search(path) else None)


def _body(request: requests.PreparedRequest) -> Json:
    return dict(json.loads(request.body or b"{}"))


def _key_of(raw: str) -> str:
    return str(message_from_bytes(base64.urlsafe_b64decode(raw + "=="))["X-Peerpact"] or "")


class Odd(BaseAdapter):
    """Hands requests on, but refuses those about one item, or changes what is answered about it."""

    def __init__(
        self,
        inner: BaseAdapter,
        *,
        item: Item | None = None,
        refusal: Refused | None = None,
        change: Change | None = None,
        drafts: Mapping[str, str] = {},
    ) -> None:
        super().__init__()
        self._inner, self._item, self._refusal, self._change = inner, item, refusal, change
        self._told = Told(dict(drafts))
        self.seen: dict[Item, None] = {}
        """What calls were about, and what came with others in lists."""
        self.called: set[Item] = set()
        """What calls were about."""
        self.written: list[str] = []
        """What was asked to be written, but for ids that are thrown anew each time."""
        self.struck = 0

    def send(self, request: requests.PreparedRequest, *arguments: Any, **named: Any) -> requests.Response:
        item = item_of(request, self._told)
        self.seen |= {item: None} if item else {}
        self.called |= {item} if item else set()
        self.written += _as_written(request)
        if self._refusal and ((item and item == self._item) or self._is_in_batch(request)):
            self.struck += 1
            return _refused(request, *self._refusal)
        is_empty = self._is_given_an_empty_page(request, item)
        answer = self._inner.send(request, *arguments, **named)
        self._learn(item, answer)
        if is_empty:
            _set(answer, {"nextPageToken": EMPTY_PAGE})
        if self._change:
            self._changed(item, answer)
        return answer

    def close(self) -> None:
        self._inner.close()

    def _is_in_batch(self, request: requests.PreparedRequest) -> bool:
        """Tell whether a batch of rows has the item among others."""
        if self._item is None or self._item.kind != "row":
            return False
        is_batch = urlsplit(request.url or "").path.endswith(":batchUpdate")
        return is_batch and bool(self._item.key) and self._item.key in _text(request)

    def _is_given_an_empty_page(self, request: requests.PreparedRequest, item: Item | None) -> bool:
        """Tell whether the first page of a list is to be empty; the one behind it is what the first would be."""
        if self._item is None or self._item.kind != "pages" or item != Item("all", self._item.key):
            return False
        token = parse_qs(urlsplit(request.url or "").query).get("pageToken", [""])[0]
        request.url = re.sub(rf"&?pageToken={EMPTY_PAGE}", "", request.url or "")
        self.struck += not token
        return not token

    def _learn(self, item: Item | None, answer: requests.Response) -> None:
        if item is None or answer.status_code >= 300 or not answer.content:
            return
        if item.kind == "letter" and not answer.url.partition("?")[0].endswith("/send"):
            self._told.drafts[answer.json()["id"]] = item.key
        if item.kind == "all" and "json" in answer.headers.get("Content-Type", ""):
            self.seen |= dict.fromkeys(some for some, _, _ in _parts(item, answer.json()))

    def _changed(self, item: Item | None, answer: requests.Response) -> None:
        """Put the odd shape into the answer, wherever the item is in it."""
        if self._item is None or self._change is None or item is None:
            return
        if answer.status_code >= 300 or not answer.content:
            return
        if item == self._item:
            _set(answer, self._change(answer.json()))
            self.struck += 1
        elif item.kind == "all":
            whole = answer.json()
            for some, place, name in [*_parts(item, whole)]:
                if some == self._item:
                    place[name] = self._change(place[name])
                    self.struck += 1
            _set(answer, whole)


def _parts(item: Item, whole: Json) -> Iterator[tuple[Item, Any, Any]]:
    """Yield what an answer about many tells of each: the item, and where in the answer it is."""
    method, _, path = item.key.partition(" ")
    lists = {"/primary/events": ("items", "event"), "/drafts": ("drafts", "listed draft")}
    lists |= {"/messages": ("messages", "listed mail"), "/labels": ("labels", "label")}
    for ending, (name, kind) in lists.items() if method == "GET" else ():
        if path.endswith(ending):
            some = whole.get(name, [])
            yield from (
                (Item(kind, e.get("name", e["id"])), some, n) for n, e in enumerate(some) if "id" in e
            )
    if path.endswith("/freeBusy"):
        calendars = whole.get("calendars", {})
        yield from ((Item("busy", address), calendars, address) for address in calendars)


def _as_written(request: requests.PreparedRequest) -> list[str]:
    path = urlsplit(request.url or "").path
    if request.method == "GET" or READING.search(path):
        return []
    text = _text(request)
    letters = re.findall(r'"raw": "([\w=-]+)"', text)
    for raw in letters:
        text = text.replace(raw, base64.urlsafe_b64decode(raw + "==").decode(errors="replace"))
    return [f"{request.method} {path} {re.sub(r'<[0-9a-f]{40}@|=====[0-9]+==', '', text)}"]


def _text(request: requests.PreparedRequest) -> str:
    body = request.body or b""
    return body.decode(errors="replace") if isinstance(body, bytes) else str(body)


def _set(answer: requests.Response, body: Json | bytes) -> None:
    answer._content = body if isinstance(body, bytes) else json.dumps(body).encode()


def _refused(request: requests.PreparedRequest, status: int, reason: str, message: str) -> requests.Response:
    error = {
        "code": status,
        "message": message,
        "errors": [{"reason": reason, "message": message, "domain": "global"}],
    }
    answer = requests.Response()
    answer.status_code, answer.request, answer.url = status, request, request.url or ""
    answer.reason, answer.headers["Content-Type"] = message, "application/json"
    answer._content = message.encode() if status == 200 else json.dumps({"error": error}).encode()
    return answer
