"""One odd thing stays one odd thing: one item refused for good, or shown in a shape that nobody expects.

Each schedule begins from a prepared Workspace, lets every call about one item be refused (or one answer about it be
odd), and runs the job once. Everybody else must then find what they find when nothing is odd, and Problems must name
the item; once the oddity is taken away, the next runs must bring the whole to the undisturbed end.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from email import message_from_bytes
from typing import Any
from urllib.parse import unquote, urlsplit

import requests
from requests.adapters import BaseAdapter
from schedules import Stage, found_by_people, run_once, settle
from shapes import Change, shapes_of

from peerpact.programme.keys import event_id
from workspace_emulator import InProcessAdapter

REFUSALS: tuple[tuple[int, str, str], ...] = (
    (400, "badRequest", "Bad Request"),
    (400, "invalid", "Invalid attendee email."),
    (400, "failedPrecondition", "Message not a draft"),
    (403, "forbidden", "Forbidden"),
    (403, "forbiddenForNonOrganizer", "Shared properties can only be changed by the organizer."),
    (403, "requiredAccessLevel", "You need to have writer access."),
    (403, "delegationDenied", "Delegation denied"),
    (403, "domainPolicy", "The domain administrators have disabled Gmail."),
    (404, "notFound", "Not Found"),
    (409, "duplicate", "The requested identifier already exists."),
    (410, "deleted", "Resource has been deleted"),
    (412, "conditionNotMet", "Precondition Failed"),
    (413, "uploadTooLarge", "Request entity too large"),
)
GONE = {404, 410}


@dataclass(frozen=True, slots=True)
class Item:
    """What a call is about: one event, letter, draft or mail."""

    kind: str
    key: str


@dataclass(slots=True)
class Told:
    """What the calls so far have told: whose letter each draft is."""

    drafts: dict[str, str] = field(default_factory=dict)


def item_of(request: requests.PreparedRequest, told: Told) -> Item | None:
    """Return which one item a request is about; None for those about all at once."""
    path, method = unquote(urlsplit(request.url or "").path), request.method or ""
    kinds: dict[str, Callable[[], Item | None]] = {
        r"POST .*/primary/events": lambda: Item("event", _body(request)["id"]),
        r".* .*/primary/events/[^/]+": lambda: Item("event", path.rpartition("/")[2]),
        r"POST .*/drafts": lambda: Item("letter", _key_of(_body(request)["message"]["raw"])),
        r"POST .*/drafts/send": lambda: Item("letter", told.drafts.get(_body(request)["id"], "")),
        r"GET .*/messages/[^/]+": lambda: Item("mail", path.rpartition("/")[2]),
    }
    call = f"{method} {path}"
    return next((made() for pattern, made in kinds.items() if re.fullmatch(pattern, call)), None)


def _body(request: requests.PreparedRequest) -> dict[str, Any]:
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
        refusal: tuple[int, str, str] | None = None,
        change: Change | None = None,
    ) -> None:
        super().__init__()
        self._inner, self._item, self._refusal, self._change = inner, item, refusal, change
        self._told = Told()
        self.seen: dict[Item, int] = {}
        self.listed: dict[Item, None] = {}
        """Events that came with others, in lists."""
        self.struck = 0

    def send(self, request: requests.PreparedRequest, *arguments: Any, **named: Any) -> requests.Response:
        item = item_of(request, self._told)
        if item:
            self.seen[item] = self.seen.get(item, 0) + 1
        if self._refusal and ((item and item == self._item) or self._is_in_batch(request)):
            self.struck += 1
            return _refused(request, *self._refusal)
        answer = self._inner.send(request, *arguments, **named)
        self._learn(request, item, answer)
        if self._change:
            self._changed(item, answer)
        return answer

    def close(self) -> None:
        self._inner.close()

    def _is_in_batch(self, request: requests.PreparedRequest) -> bool:
        """Tell whether a batch of rows or of labels has the item among others."""
        path = urlsplit(request.url or "").path
        if self._item is None or not path.endswith((":batchUpdate", "/batchModify")):
            return False
        body = request.body or b""
        text = body.decode() if isinstance(body, bytes) else str(body)
        return bool(self._item.key) and self._item.key in text and self._item.kind == "row"

    def _learn(self, request: requests.PreparedRequest, item: Item | None, answer: requests.Response) -> None:
        is_draft = item and item.kind == "letter" and (request.url or "").split("?")[0].endswith("/drafts")
        if item and is_draft and answer.status_code < 300:
            self._told.drafts[answer.json()["id"]] = item.key
        if request.method == "GET" and _is_list_of_events(request) and answer.status_code < 300:
            self.listed |= {Item("event", e["id"]): None for e in answer.json().get("items", ())}

    def _changed(self, item: Item | None, answer: requests.Response) -> None:
        """Put the odd shape into the answer, wherever the item is in it."""
        if answer.status_code >= 300 or self._item is None or self._change is None:
            return
        if item == self._item:
            _set(answer, self._change(answer.json()))
            self.struck += 1
        elif self._item.kind == "event" and _is_list_of_events(answer.request):
            whole = answer.json()
            events = whole.get("items", [])
            if any(e["id"] == self._item.key for e in events):
                whole["items"] = [self._change(e) if e["id"] == self._item.key else e for e in events]
                _set(answer, whole)
                self.struck += 1


def _is_list_of_events(request: requests.PreparedRequest) -> bool:
    return (request.url or "").split("?")[0].endswith("/primary/events")


def _set(answer: requests.Response, body: dict[str, Any]) -> None:
    answer._content = json.dumps(body).encode()


def _refused(request: requests.PreparedRequest, status: int, reason: str, message: str) -> requests.Response:
    error = {
        "code": status,
        "message": message,
        "errors": [{"reason": reason, "message": message, "domain": "global"}],
    }
    answer = requests.Response()
    answer.status_code, answer.request, answer.url = status, request, request.url or ""
    answer.reason, answer.headers["Content-Type"] = message, "application/json"
    answer._content = json.dumps({"error": error}).encode()
    return answer


class OddStage:
    """A scenario, played with one odd thing in it."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self.cast, self.job = stage.cast, stage.job
        stage.begin()
        undisturbed = self._odd()
        run_once(self.cast, self.job, undisturbed)
        self.after_one_run = found_by_people(self.cast)
        self.items = tuple(undisturbed.seen)
        self._listed = tuple(undisturbed.listed)
        self.later = self._settled()
        self._whose = self._owners()

    def _odd(self, **what: Any) -> Odd:
        return Odd(InProcessAdapter(self.cast.company.front), **what)

    def _settled(self) -> dict[str, Any]:
        self.cast.wait(days=1)
        settle(self.cast, self.job)
        return found_by_people(self.cast)

    def refusals(self) -> Iterator[tuple[Item, tuple[int, str, str]]]:
        for item in self.items:
            for refusal in REFUSALS:
                yield item, refusal
        for item in self._rows():
            yield item, REFUSALS[0]

    def refused(self, item: Item, refusal: tuple[int, str, str]) -> list[str]:
        """Return what differs after a run in which every call about the item is refused, and after the next ones.

        Our own letters are read again only to know them when they are quoted: without one nothing is to be told.
        """
        nothing_to_tell = _means_gone(refusal) or self._is_our_own(item)
        return self._play(item, {"refusal": refusal}, is_gone=nothing_to_tell)

    def shown(self, item: Item, change: Change) -> list[str]:
        """Return what differs for everybody else after a run to which the item is shown in an odd shape, and later.

        What becomes of the item itself depends on what the shape says; nobody else may notice.
        """
        self._stage.begin()
        odd = self._odd(item=item, change=change)
        run_once(self.cast, self.job, odd)
        if not odd.struck:
            return ["nothing was odd"]
        words = self._words(item)
        said = [f"for others, {x}" for x in _differing(self.after_one_run, found_by_people(self.cast), words)]
        later = self._settled()
        return [*said, *(f"in the end, for others, {x}" for x in _differing(self.later, later, words))]

    def shapes(self) -> Iterator[tuple[Item, str, Change]]:
        for item in dict.fromkeys((*self.items, *self._listed)):
            for name, change in shapes_of(item.kind) if not self._is_our_own(item) else ():
                yield item, name, change

    def _play(self, item: Item, what: Mapping[str, Any], *, is_gone: bool) -> list[str]:
        self._stage.begin()
        odd = self._odd(item=item, **what)
        run_once(self.cast, self.job, odd)
        if not odd.struck:
            return [] if item.kind == "row" else ["nothing was odd"]  # not every item has a row to be written
        found, words = found_by_people(self.cast), self._words(item)
        said = [f"for others, {line}" for line in _differing(self.after_one_run, found, words)]
        if not is_gone and not any(w in p for p in found["problems"] for w in words):
            said.append(f"Problems says nothing of {item.key}")
        later = self._settled()
        breaches = self.cast.checker().faults()
        if not is_gone:
            said += [f"in the end, {line}" for line in _differing(self.later, later, ())]
        return [*said, *breaches]

    def _rows(self) -> list[Item]:
        """Return what in rows tells one item from the others."""
        return [Item("row", item.key) for item in self.items if not self._is_our_own(item)]

    def _is_our_own(self, item: Item) -> bool:
        return item.kind == "mail" and self.cast.company.config.mailbox in self._sender(item.key)

    def _owners(self) -> dict[str, tuple[str, ...]]:
        """Return whom each event is about: pairing, addresses and names."""
        names = {r["E-mail"]: r["Name"] for r in self.cast.tab("Roster")}
        owners = {}
        for row in self.cast.tab("Pairings"):
            addresses = row["Addresses"].split(", ")
            owners[row["Pairing"]] = (row["Pairing"], *addresses, *(names[a] for a in addresses))
        return owners

    def _words(self, item: Item) -> tuple[str, ...]:
        """Return the words by which everything about the item is told."""
        for pairing, words in self._whose.items():
            if pairing in item.key or self._is_event_of(item.key, pairing):
                return words
        sender, message = self._sender(item.key), item.key.rpartition(":")[2]
        theirs = next((w for w in self._whose.values() if sender in w), (sender,))
        return (*theirs, message, "'Person': ''")

    def _is_event_of(self, key: str, pairing: str) -> bool:
        secret = self.cast.company.config.secret("event_key")
        return any(key == event_id("first meeting", pairing, str(n), secret=secret) for n in (1, 2))

    def _sender(self, key: str) -> str:
        session = self.cast.company.session(self.cast.company.config.mailbox)
        message = key.rpartition(":")[2]
        url = f"https://gmail.googleapis.com/gmail/v1/users/me/messages/{message}"
        answer = session.get(url, params={"format": "metadata", "metadataHeaders": ["From"]})
        headers = answer.json().get("payload", {}).get("headers", []) if answer.status_code < 300 else []
        return next((h["value"].strip("<>") for h in headers), "nobody")


def _means_gone(refusal: tuple[int, str, str]) -> bool:
    """Tell whether the refusal says that the item is not there (any more): then there is nothing to tell."""
    return refusal[0] in GONE or "not a draft" in refusal[2]


def _differing(wanted: Mapping[str, Any], found: Mapping[str, Any], words: tuple[str, ...]) -> list[str]:
    """Return where two states differ, but for whatever has one of the words in it, and for counts of all."""
    said = []
    for key in sorted(wanted.keys() - ({"labels", "problems"} if words else {"problems"})):
        one, other = _plain(wanted[key], words), _plain(found[key], words)
        if one != other:
            lost, new = [x for x in one if x not in other], [x for x in other if x not in one]
            said.append(f"{key}: {lost[:3]} missing, {new[:3]} new"[:500])
    return said


def _plain(section: Any, words: tuple[str, ...]) -> list[str]:
    entries = [str(x) for x in section] if not isinstance(section, Mapping) else []
    for key, value in section.items() if isinstance(section, Mapping) else ():
        some = value.items() if isinstance(value, Mapping) else value if isinstance(value, list) else [value]
        entries += [f"{key}: {x}" for x in some]
    return sorted(e for e in entries if not any(w in e for w in words))
