"""Eight clients write at once while the server is killed again and again: what was answered is there, and once.

``KILLS=20 python -m pytest tests/test_killed.py`` kills it more often than every run of the tests can.
"""

from __future__ import annotations

import base64
import json
import os
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

CLIENTS, KILLS, ANSWERS_BETWEEN = 8, int(os.environ.get("KILLS", "3")), 120
KINDS = ("row", "mail", "event")
MAIL, EVENTS = "/gmail/v1/users/me/messages", "/calendar/v3/calendars/primary/events"
Write = tuple[str, str]
"""What kind of thing, and its name."""


class Served:
    """One life of a server on a store file."""

    def __init__(self, store: Path) -> None:
        command = [
            sys.executable,
            "-m",
            "workspace_emulator",
            "--no-pages",
            "--port",
            "0",
            "--store",
            str(store),
        ]
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)
        assert self.process.stdout
        self.address = urlsplit(self.process.stdout.readline().split()[-1]).netloc
        self.person = "admin"

    def pages(self, path: str, query: str) -> Iterator[Any]:
        """Go through all that a list holds."""
        token = ""
        while True:
            page = self.ask("GET", f"{path}?{query}{token}")
            yield from page.get("items", page.get("messages", ()))
            if "nextPageToken" not in page:
                return
            token = f"&pageToken={page['nextPageToken']}"

    def ask(self, method: str, path: str, body: object = None) -> Any:
        """Ask on a connection of its own; an answer that never comes is an error of the connection."""
        headers = {
            "Authorization": f"Bearer local:{self.person}@example.com",
            "Content-Type": "application/json",
        }
        connection = HTTPConnection(self.address, timeout=30)
        connection.request(method, path, None if body is None else json.dumps(body), headers)
        answer = connection.getresponse()
        content = answer.read()
        connection.close()
        assert answer.status == 200, content
        return json.loads(content)


@contextmanager
def serving(store: Path) -> Iterator[Served]:
    served = Served(store)
    try:
        yield served
    finally:
        served.process.kill()
        served.process.wait()


def write(served: Served, book: str, kind: str, name: str) -> None:
    """Write something under a name: a row, a mail, which is kept twice, or an event."""
    if kind == "row":
        path = f"/v4/spreadsheets/{book}/values/A1:append?valueInputOption=RAW"
        served.ask("POST", path, {"values": [[name]]})
    elif kind == "mail":
        raw = base64.urlsafe_b64encode(f"To: ben@example.com\r\nSubject: {name}\r\n\r\nHi.".encode()).decode()
        served.ask("POST", f"{MAIL}/send", {"raw": raw})
    else:
        times = {"start": {"date": "2026-03-02"}, "end": {"date": "2026-03-03"}}
        served.ask("POST", EVENTS, {"summary": name, **times})


def there(served: Served, book: str) -> dict[str, Counter[str]]:
    """Return how often each name is found in each place where it should be once."""
    rows = served.ask("GET", f"/v4/spreadsheets/{book}/values/A1:A100000")["values"]
    events = served.pages(EVENTS, "maxResults=2500")
    return {
        "row": Counter(row[0] for row in rows),
        "event": Counter(event["summary"] for event in events),
        "mail": Counter(subjects(served, "admin")),
        "mail received": Counter(subjects(served, "ben")),
    }


def subjects(served: Served, person: str) -> Iterator[str]:
    served.person = person
    for mail in served.pages(MAIL, "maxResults=500"):
        got = served.ask("GET", f"{MAIL}/{mail['id']}?format=metadata&metadataHeaders=Subject")
        yield got["payload"]["headers"][0]["value"]


def write_until_killed(served: Served, book: str, life: int) -> tuple[set[Write], set[Write]]:
    """Let all clients write until enough was answered, kill the server, and return what was asked and answered."""
    asked: set[Write] = set()
    answered: set[Write] = set()
    enough = threading.Event()

    def go_on(client: int) -> None:
        kind = KINDS[client % len(KINDS)]
        for number in range(10_000):
            name = f"{life}.{client}.{number}"
            asked.add((kind, name))
            try:
                write(served, book, kind, name)
            except (OSError, HTTPException):
                return
            answered.add((kind, name))
            if len(answered) >= ANSWERS_BETWEEN:
                enough.set()

    threads = [threading.Thread(target=go_on, args=(client,)) for client in range(CLIENTS)]
    for thread in threads:
        thread.start()
    enough.wait(120)
    served.process.kill()
    for thread in threads:
        thread.join()
    return asked, answered


def test_keeps_each_answered_write_once_whenever_it_is_killed(tmp_path: Path) -> None:
    store = tmp_path / "store.sqlite"
    asked: set[Write] = set()
    answered: set[Write] = set()
    with serving(store) as served:
        book = str(served.ask("POST", "/v4/spreadsheets", {})["spreadsheetId"])
        served.ask("POST", "/local/users", {"email": "ben@example.com", "name": "Ben"})
    for life in range(KILLS):
        with serving(store) as served:
            more_asked, more_answered = write_until_killed(served, book, life)
            asked |= more_asked
            answered |= more_answered
    with serving(store) as served:
        found = there(served, book)
    assert len(answered) >= KILLS * ANSWERS_BETWEEN
    for place, names in found.items():
        kind = place.split()[0]
        assert {name for k, name in answered if k == kind} - names.keys() == set()
        assert names.keys() - {name for k, name in asked if k == kind} == set()
        assert {name: times for name, times in names.items() if times > 1} == {}
    assert found["mail"] == found["mail received"]
