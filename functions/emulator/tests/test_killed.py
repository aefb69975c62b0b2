"""Eight clients write at once while the server is killed again and again: what was answered is there, and once.

``KILLS=20 python -m pytest tests/test_killed.py`` kills it more often than every run of the tests can.
"""

from __future__ import annotations

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
from urllib.parse import urlsplit

CLIENTS, KILLS, ANSWERS_BETWEEN = 8, int(os.environ.get("KILLS", "3")), 120
HEADERS = {"Authorization": "Bearer local:admin@example.com", "Content-Type": "application/json"}


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

    def ask(self, method: str, path: str, body: object = None) -> dict[str, object]:
        """Ask on a connection of its own; an answer that never comes is an error of the connection."""
        connection = HTTPConnection(self.address, timeout=30)
        connection.request(method, path, None if body is None else json.dumps(body), HEADERS)
        answer = connection.getresponse()
        content = answer.read()
        connection.close()
        assert answer.status == 200, content
        found: dict[str, object] = json.loads(content)
        return found


@contextmanager
def serving(store: Path) -> Iterator[Served]:
    served = Served(store)
    try:
        yield served
    finally:
        served.process.kill()
        served.process.wait()


def write_until_killed(served: Served, book: str, life: int) -> tuple[set[str], set[str]]:
    """Let all clients append until enough was answered, kill the server, and return what was asked and answered."""
    asked: set[str] = set()
    answered: set[str] = set()
    enough = threading.Event()

    def write(client: int) -> None:
        path = f"/v4/spreadsheets/{book}/values/A1:append?valueInputOption=RAW"
        for number in range(10_000):
            name = f"{life}.{client}.{number}"
            asked.add(name)
            try:
                served.ask("POST", path, {"values": [[name]]})
            except (OSError, HTTPException):
                return
            answered.add(name)
            if len(answered) >= ANSWERS_BETWEEN:
                enough.set()

    threads = [threading.Thread(target=write, args=(client,)) for client in range(CLIENTS)]
    for thread in threads:
        thread.start()
    enough.wait(120)
    served.process.kill()
    for thread in threads:
        thread.join()
    return asked, answered


def test_keeps_each_answered_write_once_whenever_it_is_killed(tmp_path: Path) -> None:
    store = tmp_path / "store.sqlite"
    asked: set[str] = set()
    answered: set[str] = set()
    with serving(store) as served:
        book = str(served.ask("POST", "/v4/spreadsheets", {})["spreadsheetId"])
    for life in range(KILLS):
        with serving(store) as served:
            more_asked, more_answered = write_until_killed(served, book, life)
            asked |= more_asked
            answered |= more_answered
    with serving(store) as served:
        values = served.ask("GET", f"/v4/spreadsheets/{book}/values/A1:A100000")["values"]
    there = Counter(row[0] for row in values)  # type: ignore[attr-defined]
    assert len(answered) >= KILLS * ANSWERS_BETWEEN
    assert answered - there.keys() == set()
    assert there.keys() - asked == set()
    assert {name: n for name, n in there.items() if n > 1} == {}
