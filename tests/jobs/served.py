"""A company whose pages are served, for tests in a browser: run from a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

BEN = "ben@example.com"


class Company:
    """A company in a process of its own; its methods are those of ``Cast``."""

    def __init__(self) -> None:
        script = Path(__file__).with_name("served_company.py")
        self._process = subprocess.Popen(
            [sys.executable, str(script)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self.address: str = self._answer()

    def __getattr__(self, name: str) -> Callable[..., Any]:
        def call(*arguments: object, **named: object) -> Any:
            assert self._process.stdin
            self._process.stdin.write(json.dumps([name, arguments, named]) + "\n")
            self._process.stdin.flush()
            return self._answer()

        return call

    def begin_anew(self, *, language: str = "") -> None:
        """Go back to the Monday on which the round opens, and let the first meetings be booked; Ben has a language."""
        getattr(self, "begin anew")()
        if language:
            self.enter("Roster", "H3", language)
        self.run("pair_people")
        self.wait(days=3, hours=3)
        self.run("pair_people")
        self.run("book_first_meetings")
        self.wait(hours=1)

    def row(self) -> dict[str, str]:
        return next(r for r in self.tab("Pairings") if BEN in r["Addresses"] and r["State"] == "Approved")

    def partner(self) -> str:
        return next(a for a in self.row()["Addresses"].split(", ") if a != BEN)

    def stop(self) -> None:
        assert self._process.stdin
        self._process.stdin.close()
        self._process.terminate()
        self._process.wait(timeout=20)

    def _answer(self) -> Any:
        assert self._process.stdout
        line = self._process.stdout.readline()
        assert line, "the company's process has ended"
        return json.loads(line)
