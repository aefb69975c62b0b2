"""One request processed: its method found, its rights and shape checked, its handler called, its answer written.

It knows nothing of what any method does; the services' ``Methods`` tables do. Faults on purpose and the count
of calls are the front's affair.
"""

from __future__ import annotations

import html
import logging
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from workspace_emulator.core import arguments, masks
from workspace_emulator.core.api import Binary, Call, Handler, Methods
from workspace_emulator.core.discovery import Method, Route, find, find_at_root
from workspace_emulator.core.elsewhere import DONE, other_api
from workspace_emulator.core.errors import ApiError, not_here
from workspace_emulator.core.identity import Grant, keys_are_not_enough
from workspace_emulator.core.resumable import Sessions, is_opening
from workspace_emulator.core.schemas import Mismatch, answer_check
from workspace_emulator.core.wire import Request, Response, as_meant, json_response, refusal
from workspace_emulator.core.workspace import Workspace

TOKEN = "oauth2.token"
_READING_POSTS = frozenset(
    {
        TOKEN,
        "oauth2.tokeninfo",
        "oauth2.userinfo",
        "calendar.freebusy.query",
        "iamcredentials.projects.serviceAccounts.generateAccessToken",
        "iamcredentials.projects.serviceAccounts.generateIdToken",
        "iamcredentials.projects.serviceAccounts.signBlob",
        "iamcredentials.projects.serviceAccounts.signJwt",
        "sheets.spreadsheets.developerMetadata.search",
        "sheets.spreadsheets.getByDataFilter",
        "sheets.spreadsheets.values.batchGetByDataFilter",
    }
)
_log = logging.getLogger("workspace_emulator")
# Read by anybody with an API key, as far as they are shared with anybody.
_OPEN_TO_KEYS = frozenset({"sheets", "drive", "calendar", "storage"})
_RANGE = re.compile(r"bytes=(\d*)-(\d*)")

Plain = Callable[[Workspace, Request], Response]
"""What answers a path that is in no discovery document."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Errand:
    """A request and what is known of it before it is processed: its method and whom it acts as.

    ``sent`` is the request as it came, where that was the last piece of an upload; ``grant`` what its token stood
    for then, as long as nothing has happened since.
    """

    request: Request
    route: Route | None
    method_id: str
    user: str
    sent: Request | None = None
    answer: Response | None = None
    grant: Grant | None = None

    @property
    def kind(self) -> str:
        """Return ``read`` for what changes nothing in the Workspace, else ``write``."""
        reads = self.request.method in {"GET", "HEAD"} or self.method_id in _READING_POSTS
        return "read" if reads else "write"


class Dispatch:
    """Processes requests for one Workspace, each all or nothing; not safe for several threads at once.

    ``plain`` answers what no discovery document names, by path; it is told which method that is.
    """

    def __init__(
        self,
        workspace: Workspace,
        tables: list[Methods],
        plain: Callable[[Request], tuple[str, Plain] | None],
    ) -> None:
        self._workspace = workspace
        self._plain = plain
        self._uploads = Sessions()
        self.handlers: dict[str, Handler] = {}
        for methods in tables:
            self.handlers |= methods.handlers

    def errand(self, request: Request) -> Errand:
        """Find out what a request is about; whether it may is seen when it is processed."""
        request = as_meant(request)
        try:
            step = self._uploads.step(request)
        except ApiError as error:
            step = refusal("storage", error)
        if isinstance(step, Response):
            return Errand(request=request, route=None, method_id="", user="", answer=step)
        whole = step or request
        route = find(whole.method, whole.path)
        found = None if route else self._plain(whole)
        if not (route or found):
            route = find_at_root(whole.method, whole.path)
        grant = self._grant_if_any(whole) if route else None
        return Errand(
            request=whole,
            route=route,
            method_id=route.method.id if route else found[0] if found else "",
            user=grant.user if grant else "",
            sent=request if step else None,
            grant=grant,
        )

    def process(self, errand: Errand) -> Response:
        """Answer as Google does; a refusal leaves the state as it was."""
        if errand.answer is not None:
            return errand.answer
        if errand.route is None:
            found = self._plain(errand.request)
            return found[1](self._workspace, errand.request) if found else _unknown_path(errand.request)
        try:
            with self._workspace.store.all_or_nothing():
                answer = self._call(errand.route, errand)
        except ApiError as error:
            answer = refusal(errand.route.method.api, error)
        if errand.sent is not None:
            self._uploads.close(errand.sent, answer)
        return answer

    def _grant_if_any(self, request: Request) -> Grant | None:
        try:
            return self._grant(request)
        except ApiError:
            return None

    def _grant(self, request: Request) -> Grant:
        identity = self._workspace.identity
        if request.bearer is None and request.api_key:
            return identity.grant_of_key(request.api_key)
        return identity.grant(request.bearer)

    def _call(self, route: Route, errand: Errand) -> Response:
        method, request = route.method, errand.request
        grant = errand.grant or self._grant(request)
        if not grant.user and (request.method != "GET" or method.api not in _OPEN_TO_KEYS):
            raise keys_are_not_enough()
        if not grant.covers(method.scopes):
            raise _insufficient_scopes(method)
        if not request.aside:
            self._workspace.quotas.spend(method.id, user=grant.user, kind=errand.kind)
        handler = self.handlers.get(method.id)
        if handler is None:
            _log.error("%s is not implemented: %s", method.id, request.target)
            raise not_here(method.id)
        if route.upload and is_opening(request):
            arguments.body(method, request.body)
            return self._uploads.open(request)
        call = _read_call(self._workspace, route, request, grant)
        answer = handler(call)
        if isinstance(answer, Binary):
            return _binary(answer, request.header("range"))
        return self._render(method, call.params, answer)

    def _render(self, method: Method, params: Mapping[str, Any], answer: Any) -> Response:
        if answer is None and method.response is None:
            return Response(status=204, headers={"Content-Type": "text/html"})
        answer = answer or {}
        if method.response and (fields := params.get("fields")):
            answer = masks.keep(masks.for_answer(fields, method.document, method.response), answer)
        if self._workspace.check_responses and method.response:
            _hold_to_the_letter(method, answer)
        return json_response(answer)


def _read_call(workspace: Workspace, route: Route, request: Request, grant: Grant) -> Call:
    """Type and check everything that a request carries."""
    method = route.method
    params = arguments.typed(method, route.path, request.query)
    if route.download:
        params["alt"] = "media"
    upload = None
    if route.upload:
        upload = arguments.upload(route, params, request.header("content-type"), request.body)
    return Call(
        workspace=workspace,
        method_id=method.id,
        user=grant.user,
        params=params,
        body=arguments.body(method, upload.metadata if upload else request.body),
        media=upload.media if upload else None,
        media_type=upload.media_type if upload else None,
        scopes=grant.scopes,
        if_match=request.header("if-match") or "",
    )


def _hold_to_the_letter(method: Method, answer: Any) -> None:
    assert method.response is not None
    try:
        answer_check(method.document, method.response)(answer)
    except Mismatch as mismatch:
        raise AssertionError(f"{method.id} answered what Google never would: {mismatch}") from None


def _insufficient_scopes(method: Method) -> ApiError:
    info = {
        "@type": "type.googleapis.com/google.rpc.ErrorInfo",
        "reason": "ACCESS_TOKEN_SCOPE_INSUFFICIENT",
        "domain": "googleapis.com",
        "metadata": {"service": f"{method.api}.googleapis.com", "method": method.id},
    }
    message = "Request had insufficient authentication scopes."
    return ApiError(403, "insufficientPermissions", message, "PERMISSION_DENIED", details=(info,))


def _binary(answer: Binary, wanted: str) -> Response:
    """Write bytes, or the part of them that a Range header asks for."""
    headers = {"Content-Type": answer.content_type, **answer.headers}
    size, match = len(answer.content), _RANGE.fullmatch(wanted)
    if answer.status != 200 or match is None:
        return Response(status=answer.status, headers=headers, body=answer.content)
    first, last = match.groups()
    start = int(first) if first else max(0, size - int(last or 0))
    end = min(int(last) + 1, size) if first and last else size
    if start >= size or end <= start:
        return Response(status=416, headers={**headers, "Content-Range": f"bytes */{size}"})
    part = {"Content-Range": f"bytes {start}-{end - 1}/{size}"}
    return Response(status=206, headers={**headers, **part}, body=answer.content[start:end])


def _unknown_path(request: Request) -> Response:
    """Say what is wrong with a path: it is of another of Google's APIs, or of none."""
    _log.error("No Google API that is known here has this path: %s %s", request.method, request.path)
    other = other_api(request.path, request.header("host"))
    if other:
        return refusal("local", not_here(f"{other} ({request.path}); it does {', '.join(DONE)}"))
    body = f"<!DOCTYPE html><title>Error 404 (Not Found)!!1</title><p>{html.escape(request.path)}"
    return Response(status=404, headers={"Content-Type": "text/html; charset=UTF-8"}, body=body.encode())
