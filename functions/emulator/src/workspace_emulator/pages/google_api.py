"""Google's APIs beside the pages: what the web server got, handed to the front before the pages' framework sees it."""

from __future__ import annotations

from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.types import ASGIApp, Receive, Scope, Send

from workspace_emulator.core.wire import Dropped, Request, Response
from workspace_emulator.front import Front


class Site:
    """An ASGI application: Google's APIs for what is asked of them, the pages for all else."""

    def __init__(self, front: Front, pages: ASGIApp) -> None:
        self._front = front
        self._pages = pages

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not self._front.is_asked(request := _request(scope)):
            await self._pages(scope, receive, send)
            return
        request = request.with_body(await _body(receive))
        try:
            answer = await self._answer(request)
        except Dropped:  # a web application can't hang up: a gateway's error comes nearest
            answer = Response(status=502)
        await _send(send, answer)

    async def _answer(self, request: Request) -> Response:
        """Answer here and now: handing over to another thread costs more than most calls. A fault may have to wait."""
        if len(self._front.workspace.faults):
            return await run_in_threadpool(self._front.serve, request)
        return self._front.serve(request)


def _request(scope: Scope) -> Request:
    raw_path = scope.get("raw_path") or scope["path"].encode()
    query = scope.get("query_string", b"")
    return Request(
        method=scope["method"],
        target=(raw_path + (b"?" + query if query else b"")).decode("latin-1"),
        headers={name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]},
    )


async def _body(receive: Receive) -> bytes:
    parts = []
    more = True
    while more:
        message = await receive()
        parts.append(message.get("body", b""))
        more = message.get("more_body", False)
    return b"".join(parts)


async def _send(send: Send, answer: Response) -> None:
    headers: list[tuple[bytes, bytes]] = [
        (name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in answer.headers.items()
    ]
    if answer.status != 204:
        headers.append((b"content-length", str(len(answer.body)).encode()))
    start: dict[str, Any] = {"type": "http.response.start", "status": answer.status, "headers": headers}
    await send(start)
    await send({"type": "http.response.body", "body": answer.body})
