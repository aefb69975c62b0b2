"""An entry in the user's netrc, or its default, replaces the bearer token of google-auth's AuthorizedSession.

google-auth 2.63, requests 2.34, 2026-11-28: requests looks the host up when a session has no ``auth`` of its own. Our session has
one that leaves the request as it is, which keeps proxies and certificates from the environment (``google/session.py``).
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Any

import requests
from google.auth.transport.requests import AuthorizedSession
from google.oauth2.credentials import Credentials
from requests.adapters import BaseAdapter
from told import verdict


class Echo(BaseAdapter):
    """Answers with the header that arrived."""

    def send(self, request: requests.PreparedRequest, **_: Any) -> requests.Response:  # type: ignore[override]
        answer = requests.Response()
        answer.status_code, answer._content = 200, (request.headers["Authorization"] or "").encode()
        return answer

    def close(self) -> None:
        """Nothing to close."""


with tempfile.TemporaryDirectory() as folder:
    netrc = Path(folder) / "netrc"
    netrc.write_text("default login me password secret\n", encoding="utf-8")
    os.environ["NETRC"] = str(netrc)
    session = AuthorizedSession(Credentials(token="ours"))
    session.mount("https://", Echo())
    arrived = session.get("https://gmail.googleapis.com/").text
verdict(
    package="requests",
    as_found=arrived.startswith("Basic "),
    shown=f"Authorization: {arrived.split()[0]} ...",
)
