"""Google's APIs beside the pages: hands the web server's requests to the front, in a thread of their own."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request as Incoming
from starlette.responses import Response as Outgoing
from starlette.types import Receive, Scope, Send

from workspace_emulator.core.wire import Dropped, Request
from workspace_emulator.front import Front


class GoogleApi:
    """An ASGI application that answers as Google does. Mount it; it goes by the whole path."""

    def __init__(self, front: Front) -> None:
        self._front = front

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = await _read(Incoming(scope, receive))
        try:
            answer = await run_in_threadpool(self._front.answer, request)
        except Dropped:  # a web application can't hang up: a gateway's error comes nearest
            await Outgoing(status_code=502)(scope, receive, send)
            return
        outgoing = Outgoing(answer.body, status_code=answer.status, headers=dict(answer.headers))
        await outgoing(scope, receive, send)


async def _read(incoming: Incoming) -> Request:
    raw_path = incoming.scope.get("raw_path") or incoming.scope["path"].encode()
    query = incoming.scope.get("query_string", b"")
    return Request(
        method=incoming.method,
        target=(raw_path + (b"?" + query if query else b"")).decode("latin-1"),
        headers=dict(incoming.headers),
        body=await incoming.body(),
    )
