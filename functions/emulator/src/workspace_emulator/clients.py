"""google-api-python-client over a ``requests`` session, so that it reaches the local Workspace in process."""

from __future__ import annotations

from typing import Any

import requests
from googleapiclient.discovery import build
from httplib2 import Response


class SessionHttp:
    """What googleapiclient calls ``http``: one request, one answer."""

    def __init__(self, session: requests.Session) -> None:
        self._session = session

    def request(
        self,
        uri: str,
        method: str = "GET",
        body: Any = None,
        headers: dict[str, str] | None = None,
        **_ignored: Any,
    ) -> tuple[Response, bytes]:
        answer = self._session.request(method, uri, data=body, headers=headers)
        return Response({"status": str(answer.status_code), **answer.headers}), answer.content


def client(api: str, version: str, session: requests.Session) -> Any:
    """Return the API's client, acting as the session's user."""
    return build(api, version, http=SessionHttp(session), cache_discovery=False)
