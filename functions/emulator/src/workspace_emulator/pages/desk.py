"""Where a person sits: every look and every act on a page is a call of Google's API as that person.

Nothing here or on the pages reaches into the stores, so what a page can do, a client program can do, no more.
"""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote, urlencode

from workspace_emulator.core.wire import Dropped, Request, Response
from workspace_emulator.front import Front


class Refused(Exception):  # noqa: N818 - what happened, in Google's sense, not a fault of ours
    """The API said no; ``message`` is its own sentence."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.message = message


class Desk:
    """Makes calls as one user, in process."""

    def __init__(self, front: Front, user: str) -> None:
        self.user = user
        self._front = front
        self._token = front.workspace.identity.token_for(user) if user else ""

    def get(self, path: str, **params: Any) -> Any:
        return self.call("GET", path, None, **params)

    def post(self, path: str, body: Any = None, **params: Any) -> Any:
        return self.call("POST", path, body if body is not None else {}, **params)

    def put(self, path: str, body: Any, **params: Any) -> Any:
        return self.call("PUT", path, body, **params)

    def patch(self, path: str, body: Any, **params: Any) -> Any:
        return self.call("PATCH", path, body, **params)

    def delete(self, path: str, **params: Any) -> Any:
        return self.call("DELETE", path, None, **params)

    def call(self, method: str, path: str, body: Any, **params: Any) -> Any:
        """Make one call; parameters that are None are left out, lists repeat. Raises Refused."""
        given = {k: _text(v) for k, v in params.items() if v is not None}
        target = f"{path}?{urlencode(given, doseq=True)}" if given else path
        written = b"" if body is None else json.dumps(body).encode()
        answer = self._answered(method, target, written)
        if answer.status >= 400:
            raise Refused(answer.status, _sentence(answer.body))
        return answer.json if answer.body else None

    def _answered(self, method: str, target: str, body: bytes) -> Response:
        """Ask with the token at hand and, when that has run out, once more with a new one."""
        answer = self._ask(method, target, body)
        if answer.status == 401:
            self._token = self._front.workspace.identity.token_for(self.user)
            answer = self._ask(method, target, body)
        return answer

    def _ask(self, method: str, target: str, body: bytes) -> Response:
        headers = {"authorization": f"Bearer {self._token}"}
        if body:
            headers["content-type"] = "application/json"
        try:
            return self._front.answer(Request(method=method, target=target, headers=headers, body=body))
        except Dropped:
            raise Refused(502, "The connection was lost; please look whether it was done.") from None


def part(name: str) -> str:
    """Write a name so that it can be one part of a path."""
    return quote(name, safe="")


def _text(value: Any) -> Any:
    if isinstance(value, bool):
        return "true" if value else "false"
    return [_text(v) for v in value] if isinstance(value, list | tuple) else value


def _sentence(body: bytes) -> str:
    """Return the error's message, in whichever of Google's styles it comes."""
    try:
        error = json.loads(body)["error"]
    except (ValueError, KeyError, TypeError):
        return "The request was refused."
    return str(error["message"]) if isinstance(error, dict) else str(error)
