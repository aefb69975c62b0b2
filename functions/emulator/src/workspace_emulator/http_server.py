"""The local Workspace over HTTP on this machine, and as a WSGI application for a server of one's own."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import quote

from workspace_emulator.core.errors import bad_request
from workspace_emulator.core.wire import Dropped, Request, Response, refusal
from workspace_emulator.front import Front

WsgiApp = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class Server(ThreadingHTTPServer):
    """Serves a front with HTTP/1.1 and keep-alive, a thread for each connection."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, front: Front, host: str = "127.0.0.1", port: int = 0) -> None:
        super().__init__((host, port), _Handler)
        self.front = front

    @property
    def url(self) -> str:
        host, port = self.server_address[:2]
        return f"http://{host if isinstance(host, str) else host.decode()}:{port}"


@contextmanager
def serving(front: Front, *, host: str = "127.0.0.1", port: int = 0) -> Iterator[str]:
    """Serve a front from a thread of its own while the block runs; gives the address."""
    server = Server(front, host, port)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server.url
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def wsgi_app(front: Front) -> WsgiApp:
    """Return a WSGI application that answers for a front.

    A dropped connection needs the server's socket, which werkzeug and gunicorn offer; elsewhere the error goes
    to the server.
    """

    def app(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        try:
            answer = front.serve(_from_wsgi(environ))
        except Dropped:
            _cut(environ.get("werkzeug.socket") or environ.get("gunicorn.socket"))
            raise
        phrase = HTTPStatus(answer.status).phrase
        start_response(f"{answer.status} {phrase}", list(_headers(answer).items()))
        return [answer.body]

    return app


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1  # headers and body leave in one packet
    disable_nagle_algorithm = True  # and a body of several isn't held back for 40 ms
    server: Server

    def _answer(self) -> None:
        try:
            answer = self._served()
        except Dropped:
            self.close_connection = True
            _cut(self.connection)
            return
        self.log_request(answer.status)
        self.send_response_only(answer.status)  # without a Date of its own: the Workspace has its own time
        for name, value in _headers(answer).items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(answer.body)
        self.wfile.flush()

    def _served(self) -> Response:
        try:
            body = self._body()
        except ValueError:  # where this request ends, and the next one begins, nobody knows
            self.close_connection = True
            return refusal("local", bad_request("The length of the body can't be read."))
        headers = dict(self.headers.items())
        return self.server.front.serve(
            Request(method=self.command, target=self.path, headers=headers, body=body)
        )

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = do_HEAD = _answer  # noqa: N815 - http.server's names

    def _body(self) -> bytes:
        if self.headers.get("Transfer-Encoding", "").lower() == "chunked":
            return b"".join(self._chunks())
        return self.rfile.read(int(self.headers.get("Content-Length") or 0))

    def _chunks(self) -> Iterator[bytes]:
        while size := int(self.rfile.readline().split(b";")[0], 16):
            yield self.rfile.read(size)
            self.rfile.readline()
        self.rfile.readline()

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing: the front logs what matters."""


def _headers(answer: Response) -> Mapping[str, str]:
    headers = dict(answer.headers)
    if answer.status != HTTPStatus.NO_CONTENT:
        headers["Content-Length"] = str(len(answer.body))
    return headers


def _from_wsgi(environ: Mapping[str, Any]) -> Request:
    # PATH_INFO has lost the difference between / and %2F; most servers also pass on what really came.
    raw = environ.get("REQUEST_URI") or environ.get("RAW_URI")
    path = quote(environ.get("PATH_INFO", "").encode("latin-1"), safe="/:!$&'()*+,;=@~")
    query = environ.get("QUERY_STRING", "")
    headers = {
        name.removeprefix("HTTP_").replace("_", "-"): value
        for name, value in environ.items()
        if name.startswith("HTTP_") or name in {"CONTENT_TYPE", "CONTENT_LENGTH"}
    }
    return Request(
        method=environ["REQUEST_METHOD"],
        target=raw or (f"{path}?{query}" if query else path),
        headers=headers,
        body=environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0)),
    )


def _cut(connection: socket.socket | None) -> None:
    if connection:
        connection.shutdown(socket.SHUT_RDWR)
