"""Resumable uploads of every API: a session opened, pieces received, and the whole made into an ordinary upload.

Sessions are kept in memory: who comes back after a restart begins anew, as at Google a week later.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import parse_qsl, urlencode

from workspace_emulator.core.errors import ApiError, bad_request, not_found
from workspace_emulator.core.wire import Request, Response

_RANGE = re.compile(r"bytes (?:(\d+)-(\d+)|\*)/(\d+|\*)")
_UPLOAD = re.compile(r"^(?:/resumable)?/upload/")


@dataclass(slots=True, kw_only=True)
class _Session:
    opening: Request
    content_type: str
    received: bytearray = field(default_factory=bytearray)
    answer: Response | None = None


class Sessions:
    """The uploads that are under way."""

    def __init__(self) -> None:
        self._sessions: dict[str, _Session] = {}

    def open(self, request: Request) -> Response:
        """Open a session and say where its bytes are to be sent."""
        session_id = secrets.token_urlsafe(48)
        kind = request.header("x-upload-content-type") or "application/octet-stream"
        self._sessions[session_id] = _Session(opening=request, content_type=kind)
        query = [(n, v) for n, v in request.query if n not in {"uploadType", "upload_id"}]
        where = urlencode([*query, ("uploadType", "resumable"), ("upload_id", session_id)])
        headers = {"Location": f"{request.base}{request.path}?{where}", "X-GUploader-UploadID": session_id}
        return Response(status=200, headers={**headers, "Content-Type": "text/plain; charset=utf-8"})

    def step(self, request: Request) -> Request | Response | None:
        """Take what was sent to a session: an answer, or, with the last piece, the whole upload as one request.

        None means that the request has nothing to do with a session.
        """
        session_id = dict(request.query).get("upload_id", "")
        if not session_id or not _UPLOAD.match(request.path):
            return None
        session = self._sessions.get(session_id)
        if session is None:
            raise not_found("Not Found")
        if request.method == "DELETE":
            del self._sessions[session_id]
            return Response(status=499)
        whole = _take(session, request)
        if session.answer is not None:
            return session.answer
        return _as_one(session) if whole else _so_far(session)

    def close(self, request: Request, answer: Response) -> None:
        """Remember how an upload ended, for who asks again; a refusal of the moment leaves it open."""
        session = self._sessions.get(dict(request.query).get("upload_id", ""))
        if session is not None and answer.status < 500 and answer.status != 429:
            session.answer = answer
            session.received.clear()


def is_opening(request: Request) -> bool:
    kinds = [value for name, value in request.query if name == "uploadType"]
    return "resumable" in kinds or request.header("x-goog-upload-protocol") == "resumable"


def _take(session: _Session, request: Request) -> bool:
    """Receive a piece; say whether it was the last."""
    text = request.header("content-range")
    if session.answer is not None:
        return True
    if not text:
        session.received[:] = request.body
        return True
    match = _RANGE.fullmatch(text.strip())
    if match is None:
        raise bad_request("Failed to parse Content-Range header.", "badContent")
    first, _, total = match.groups()
    if first is not None:
        _append(session, int(first), request.body)
    return total != "*" and len(session.received) >= int(total)


def _append(session: _Session, first: int, piece: bytes) -> None:
    """Put a piece where it belongs; bytes that came before are read over, a gap is refused."""
    there = len(session.received)
    if first > there:
        raise ApiError(503, "backendError", "Invalid request. There is a gap before this piece.")
    session.received += piece[there - first :]


def _so_far(session: _Session) -> Response:
    received = len(session.received)
    return Response(status=308, headers={"Range": f"bytes=0-{received - 1}"} if received else {})


def _as_one(session: _Session) -> Request:
    """Return the upload as a request in one piece, as its opener would have sent it."""
    opening, boundary = session.opening, secrets.token_hex(16)
    query = [(n, v) for n, v in parse_qsl(opening.target.partition("?")[2]) if n != "uploadType"]
    parts = (("application/json", opening.body), (session.content_type, bytes(session.received)))
    body = b"".join(_part(boundary, kind, content) for kind, content in parts)
    headers: Mapping[str, str] = {
        **{n: v for n, v in opening.headers.items() if n.lower() != "content-type"},
        "Content-Type": f"multipart/related; boundary={boundary}",
    }
    target = f"{opening.path}?{urlencode([*query, ('uploadType', 'multipart')])}"
    return replace(opening, target=target, headers=headers, body=body + f"--{boundary}--\r\n".encode())


def _part(boundary: str, kind: str, content: bytes) -> bytes:
    return f"--{boundary}\r\nContent-Type: {kind}\r\n\r\n".encode() + content + b"\r\n"
