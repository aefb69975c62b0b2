"""A request and an answer as bytes, whatever carried them; and how each API renders a refusal."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import parse_qsl

import orjson

from workspace_emulator.core.discovery import OLDER
from workspace_emulator.core.errors import ApiError

_STATES = {
    400: "INVALID_ARGUMENT",
    401: "UNAUTHENTICATED",
    403: "PERMISSION_DENIED",
    404: "NOT_FOUND",
    409: "ALREADY_EXISTS",
    412: "FAILED_PRECONDITION",
    429: "RESOURCE_EXHAUSTED",
    499: "CANCELLED",
    500: "INTERNAL",
    501: "UNIMPLEMENTED",
    503: "UNAVAILABLE",
    504: "DEADLINE_EXCEEDED",
}
_NEWER_ONLY = frozenset({"sheets", "iamcredentials"})  # code, message, status
JSON = "application/json; charset=UTF-8"


@dataclass(frozen=True, kw_only=True)
class Request:
    """One HTTP request. ``target`` is the path with its query, percent-encoded as it came; no host.

    ``patience`` is the number of seconds after which the caller stops waiting for the answer. An ``aside``
    comes from the Workspace's own pages: it is neither counted nor struck by faults.
    """

    method: str
    target: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    patience: float | None = None
    aside: bool = False
    path: str = field(init=False, repr=False, compare=False)
    query: Sequence[tuple[str, str]] = field(init=False, repr=False, compare=False)
    bearer: str | None = field(init=False, repr=False, compare=False)
    """The access token that the request carries, if any."""
    _lower: dict[str, str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        # Each request is asked for these several times; what is computed when first asked for would cost more.
        path, _, query = self.target.partition("?")
        found = parse_qsl(query, keep_blank_values=True) if query else ()
        lower = {name.lower(): value for name, value in self.headers.items()}
        scheme, _, token = lower.get("authorization", "").partition(" ")
        bearer = token.strip() if scheme.lower() == "bearer" else dict(found).get("access_token")
        vars(self).update(path=path, query=found, bearer=bearer, _lower=lower)

    def with_body(self, body: bytes) -> Request:
        """Return the same request with the body that came after its head."""
        whole = object.__new__(Request)
        vars(whole).update(vars(self), body=body)
        return whole

    def header(self, name: str) -> str:
        """Return a header's value, empty when absent; name it in lower case."""
        return self._lower.get(name, "")

    @property
    def base(self) -> str:
        """Return the address at which this was asked, scheme and host; Google's own where no other is known."""
        host = self.header("x-forwarded-host") or self.header("host") or "www.googleapis.com"
        ours = not host.endswith("googleapis.com")
        return f"{self.header('x-forwarded-proto') or ('http' if ours else 'https')}://{host}"

    @property
    def api_key(self) -> str | None:
        """Return the API key that the request carries, if any."""
        return dict(self.query).get("key") or self.header("x-goog-api-key") or None

    @property
    def form(self) -> dict[str, str]:
        """Return what was posted as a form."""
        return dict(parse_qsl(self.body.decode(errors="replace")))


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """One HTTP answer."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""

    @property
    def json(self) -> Any:
        return json.loads(self.body)


def as_meant(request: Request) -> Request:
    """Return a request with the method that it was meant to have: clients POST a GET whose address is too long."""
    if request.method != "POST" or not (method := request.header("x-http-method-override").upper()):
        return request
    if method != "GET" or not request.header("content-type").startswith("application/x-www-form-urlencoded"):
        return replace(request, method=method)
    query = "&".join(filter(None, [request.target.partition("?")[2], request.body.decode(errors="replace")]))
    return replace(request, method=method, target=f"{request.path}?{query}", body=b"")


class Dropped(Exception):  # noqa: N818 - what happened to the connection
    """The connection ends without an answer; ``processed`` says whether the request had its effect."""

    def __init__(self, *, processed: bool) -> None:
        super().__init__("connection dropped")
        self.processed = processed


class TimedOut(Dropped):
    """The caller's patience ended before the answer came."""


class Kept(dict[str, Any]):
    """A part of answers that is given again and again, and never changed: its JSON is kept once it was written.

    Where a mask cut it, ``cut_by`` is that mask: it cuts no more of it.
    """

    __slots__ = ("cut_by", "written")
    cut_by: object
    written: orjson.Fragment


class KeptRows(list[list[Any]]):
    """The same of a list of lists."""

    __slots__ = ("written",)
    written: orjson.Fragment


def json_response(value: Any, status: int = 200) -> Response:
    return Response(status=status, headers={"Content-Type": JSON}, body=_encoded(value))


def _encoded(value: Any) -> bytes:
    try:
        return orjson.dumps(value, _as_kept, orjson.OPT_PASSTHROUGH_SUBCLASS)
    except TypeError:  # a very large number; or half a surrogate pair, which is no letter
        return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode(errors="replace")


def _as_kept(value: Any) -> Any:
    if isinstance(value, Kept | KeptRows):
        if not hasattr(value, "written"):
            value.written = orjson.Fragment(_encoded(dict(value) if isinstance(value, Kept) else list(value)))
        return value.written
    if isinstance(value, str):  # text that knows more, as what leads somewhere does
        return str(value)
    raise TypeError(type(value))


def refusal(api: str, error: ApiError) -> Response:
    """Render an error as the API concerned does: one of Google's three styles."""
    response = json_response({"error": _error(api, error)}, error.status)
    return Response(status=error.status, headers={**response.headers, **error.headers}, body=response.body)


def _error(api: str, error: ApiError) -> dict[str, Any]:
    state = error.state or _STATES.get(error.status, "UNKNOWN")
    body: dict[str, Any] = {"code": error.status, "message": error.message}
    if api not in _NEWER_ONLY:
        body["errors"] = [_reason(error)]
    # The older APIs speak in the newer way only where a request is refused before it reaches them.
    refused_before = error.status == 401 or (error.status == 403 and error.details)
    if api not in OLDER or refused_before:
        body["status"] = state
        if error.details:
            body["details"] = list(error.details)
    return body


def _reason(error: ApiError) -> dict[str, str]:
    entry = {"message": error.message, "domain": error.domain, "reason": error.reason}
    if error.location:
        kind = "header" if error.location in {"Authorization", "If-Match"} else "parameter"
        entry |= {"location": error.location, "locationType": kind}
    return entry
