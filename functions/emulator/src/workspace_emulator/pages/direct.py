"""Calls of Google's APIs answered where they arrive, on the connection: most take less time than being handed on.

What may have to wait, or isn't a call, goes the long way, through the web application in ``google_api.py``.
"""

from __future__ import annotations

import re
from typing import ClassVar

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from workspace_emulator.core.wire import Dropped, Request, Response
from workspace_emulator.front import Front

_NO_HEADER = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]|[^\x00-\xff]")


class Connection(HttpToolsProtocol):
    """One client's connection; ``front`` answers its calls."""

    front: ClassVar[Front]
    _call: Request | None = None
    """The call whose body is still coming."""
    _parts: list[bytes]

    def on_headers_complete(self) -> None:
        self._call, self._parts = self._call_to_answer_here(), []
        if self._call is None:
            super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        if self._call is None:
            super().on_body(body)
        else:
            self._parts.append(body)

    def on_message_complete(self) -> None:
        call, self._call = self._call, None
        if call is None:
            super().on_message_complete()
        elif len(self.front.workspace.faults):  # added while the body came
            self._hand_on()
        else:
            self._answer(call.with_body(b"".join(self._parts)) if self._parts else call)

    def _call_to_answer_here(self) -> Request | None:
        is_free = self.cycle is None or self.cycle.response_complete
        is_plain = self.parser.get_http_version() == "1.1" and self.parser.should_keep_alive()
        if not is_free or not is_plain or not self.url.startswith(b"/") or b"#" in self.url:
            return None
        if self.parser.should_upgrade() or self.expect_100_continue or self.flow.write_paused:
            return None
        if len(self.front.workspace.faults):
            return None
        call = Request(
            method=self.parser.get_method().decode("ascii"),
            target=self.url.decode("latin-1"),
            headers={name.decode("latin-1"): value.decode("latin-1") for name, value in self.headers},
        )
        return call if self.front.is_asked(call) else None

    def _hand_on(self) -> None:
        super().on_headers_complete()
        for part in self._parts:
            super().on_body(part)
        super().on_message_complete()

    def _answer(self, call: Request) -> None:
        try:
            answer = self.front.serve(call)
        except Dropped:
            self.transport.close()
            return
        self.server_state.total_requests += 1
        self.transport.write(_written(answer, head_only=call.method == "HEAD"))


def connections_to(front: Front) -> type[Connection]:
    """Return the kind of connection on which a front answers."""
    return type("_Connection", (Connection,), {"front": front})


def _written(answer: Response, *, head_only: bool) -> bytes:
    lines = [STATUS_LINE[answer.status]]
    for name, value in answer.headers.items():
        if _NO_HEADER.search(value):
            return STATUS_LINE[500] + b"content-length: 0\r\n\r\n"
        lines.append(f"{name.lower()}: {value}\r\n".encode("latin-1"))
    if answer.status != 204:
        lines.append(b"content-length: %d\r\n" % len(answer.body))
    return b"".join([*lines, b"\r\n", b"" if head_only else answer.body])
