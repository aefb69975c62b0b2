"""The local Workspace behind a ``requests`` session without a socket: what tests sit on."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from io import BytesIO
from typing import Any

import requests
from requests.adapters import BaseAdapter
from requests.structures import CaseInsensitiveDict
from urllib3.response import HTTPResponse

from workspace_emulator.core.identity import EVERY_SCOPE, LIFE
from workspace_emulator.core.wire import Dropped, Request, TimedOut
from workspace_emulator.front import Front


class InProcessAdapter(BaseAdapter):
    """Hands every request of a session to a front, whatever its host."""

    def __init__(self, front: Front) -> None:
        super().__init__()
        self._front = front

    def send(
        self,
        request: requests.PreparedRequest,
        stream: bool = False,
        timeout: float | tuple[float, float] | tuple[float, None] | None = None,
        verify: bool | str = True,
        cert: bytes | str | tuple[bytes | str, bytes | str] | None = None,
        proxies: Mapping[str, str] | None = None,
    ) -> requests.Response:
        del stream, verify, cert, proxies
        try:
            answer = self._front.answer(_read(request, timeout))
        except TimedOut as error:
            raise requests.exceptions.ReadTimeout(str(error), request=request) from None
        except Dropped as error:
            raise requests.exceptions.ConnectionError(str(error), request=request) from None
        return _written(request, answer.status, answer.headers, answer.body)

    def close(self) -> None:
        """Nothing to close."""


def mount(session: requests.Session, front: Front) -> None:
    """Send everything that the session asks for, over either scheme, to the front."""
    session.trust_env = False  # nobody's proxy and no .netrc in between
    for scheme in ("https://", "http://"):
        session.mount(scheme, InProcessAdapter(front))


def session_for(
    front: Front,
    user: str,
    scopes: Iterable[str] = EVERY_SCOPE,
    *,
    clock: Callable[[], float] = time.monotonic,
) -> requests.Session:
    """Return a session that acts as a user, with a token of its own: a new one before the old one is over.

    ``clock`` counts the machine's seconds.
    """
    session = _Signed(front, user, scopes, clock)
    mount(session, front)
    return session


class _Signed(requests.Session):
    """Lasts for longer than a token; whoever takes the token off it, or puts another, is left alone."""

    def __init__(self, front: Front, user: str, scopes: Iterable[str], clock: Callable[[], float]) -> None:
        super().__init__()
        self._identity, self._user = front.workspace.identity, user
        self._scopes, self._clock = frozenset(scopes), clock
        self._sign()

    def prepare_request(self, request: requests.Request) -> requests.PreparedRequest:
        if self.headers.get("Authorization") == self._given and self._clock() > self._renews:
            self._sign()
        return super().prepare_request(request)

    def _sign(self) -> None:
        self._renews = self._clock() + LIFE / 2
        self._given = f"Bearer {self._identity.token_for(self._user, self._scopes)}"
        self.headers["Authorization"] = self._given


def _read(request: requests.PreparedRequest, timeout: Any) -> Request:
    body = request.body or b""
    if hasattr(body, "read"):
        body = body.read()
    return Request(
        method=request.method or "GET",
        target=request.path_url,
        headers=dict(request.headers),
        body=body.encode() if isinstance(body, str) else bytes(body),
        patience=timeout[1] if isinstance(timeout, tuple) else timeout,
    )


def _written(
    request: requests.PreparedRequest, status: int, headers: Mapping[str, str], body: bytes
) -> requests.Response:
    response = requests.Response()
    response.status_code = status
    response.headers = CaseInsensitiveDict(headers)
    response.encoding = "utf-8"
    response.raw = HTTPResponse(
        body=BytesIO(body), status=status, headers=dict(headers), preload_content=False
    )
    response.url = request.url or ""
    response.request = request
    return response
