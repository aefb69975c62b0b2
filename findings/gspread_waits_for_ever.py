"""gspread's client waits for an answer without any time-out unless it is told one.

gspread 6.2.1, 2026-11-23: requests takes ``timeout=None`` as "wait for ever". Our session sets one for every call, over gspread
too (``google/session.py``).
"""

from __future__ import annotations

from typing import Any

import requests
from gspread.http_client import HTTPClient
from told import verdict

seen: list[Any] = []


class Recorder(requests.Session):
    """Keeps the time-out of each call."""

    def request(self, *_: Any, **how: Any) -> requests.Response:  # type: ignore[override]
        seen.append(how.get("timeout", "none given"))
        answer = requests.Response()
        answer.status_code, answer._content = 200, b"{}"
        return answer


HTTPClient(None, Recorder()).request("get", "https://sheets.googleapis.com/")  # type: ignore[arg-type]
verdict(package="gspread", as_found=seen == [None], shown=f"timeout={seen[0]}")
