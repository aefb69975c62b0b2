"""Google's HTTP batches: several requests in one multipart body, and their answers in another."""

from __future__ import annotations

import re
from http import HTTPStatus

from workspace_emulator.core.arguments import multipart
from workspace_emulator.core.errors import bad_request
from workspace_emulator.core.wire import Request, Response

# A method and a path, with or without a host that doesn't matter here.
_FIRST_LINE = re.compile(r"([A-Z]+) (?:https?://[^/ ]*)?(/[^ ]*)")
_BOUNDARY = "batch_local_workspace"


def is_batch(request: Request) -> bool:
    return request.method == "POST" and (request.path + "/").startswith("/batch/")


def split(request: Request) -> list[tuple[str, Request]]:
    """Return the inner requests with their content ids; each keeps the outer token unless it has its own.

    Raises:
        ApiError: The body is no multipart body, or a part of it no HTTP request.
    """
    parts = multipart(request.header("content-type"), request.body)
    return [(headers.get("content-id", ""), _inner(request, content)) for headers, content in parts]


def join(answers: list[tuple[str, Response]]) -> Response:
    """Return one answer made of the inner ones."""
    parts = [_part(content_id, response) for content_id, response in answers]
    body = b"".join(b"--" + _BOUNDARY.encode() + b"\r\n" + part + b"\r\n" for part in parts)
    return Response(
        status=200,
        headers={"Content-Type": f"multipart/mixed; boundary={_BOUNDARY}"},
        body=body + b"--" + _BOUNDARY.encode() + b"--\r\n",
    )


def _inner(outer: Request, content: bytes) -> Request:
    head, _, body = content.replace(b"\r\n", b"\n").lstrip(b"\n").partition(b"\n\n")
    first, *lines = head.decode(errors="replace").split("\n")
    match = _FIRST_LINE.match(first)
    if match is None:
        raise bad_request("Failed to parse batch request: a part is no HTTP request.")
    method, target = match.groups()
    headers = {name.strip(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    if not any(name.lower() == "authorization" for name in headers):
        headers["Authorization"] = outer.header("authorization")
    return Request(
        method=method,
        target=target,
        headers=headers,
        body=body,
        patience=outer.patience,
    )


def _part(content_id: str, response: Response) -> bytes:
    head = f"Content-Type: application/http\r\nContent-ID: <response-{content_id.lstrip('<')}\r\n\r\n"
    lines = [f"HTTP/1.1 {response.status} {HTTPStatus(response.status).phrase}"]
    lines += [f"{name}: {value}" for name, value in response.headers.items()]
    lines += [f"Content-Length: {len(response.body)}", "", ""]
    return head.encode() + "\r\n".join(lines).encode() + response.body
