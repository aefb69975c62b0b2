"""One request processed: its method found, its rights and shape checked, its handler called, its answer written.

It knows nothing of what any method does; the services' ``Methods`` tables do. Faults on purpose and the count
of calls are the front's affair.
"""

from __future__ import annotations

import contextlib
import html
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from workspace_emulator.core import arguments, masks
from workspace_emulator.core.api import Binary, Call, Handler, Methods
from workspace_emulator.core.discovery import Method, Route, find
from workspace_emulator.core.errors import ApiError, not_here
from workspace_emulator.core.identity import Grant
from workspace_emulator.core.schemas import Mismatch, answer_check
from workspace_emulator.core.wire import Request, Response, json_response, refusal
from workspace_emulator.core.workspace import Workspace

TOKEN = "oauth2.token"
_READING_POSTS = frozenset(
    {
        TOKEN,
        "calendar.freebusy.query",
        "iamcredentials.projects.serviceAccounts.signJwt",
        "sheets.spreadsheets.developerMetadata.search",
        "sheets.spreadsheets.getByDataFilter",
        "sheets.spreadsheets.values.batchGetByDataFilter",
    }
)
_log = logging.getLogger("workspace_emulator")


@dataclass(frozen=True, slots=True, kw_only=True)
class Errand:
    """A request and what is known of it before it is processed: its method and whom it acts as."""

    request: Request
    route: Route | None
    method_id: str
    user: str

    @property
    def kind(self) -> str:
        """Return ``read`` for what changes nothing in the Workspace, else ``write``."""
        reads = self.request.method in {"GET", "HEAD"} or self.method_id in _READING_POSTS
        return "read" if reads else "write"


class Dispatch:
    """Processes requests for one Workspace, each all or nothing; not safe for several threads at once."""

    def __init__(self, workspace: Workspace, tables: list[Methods]) -> None:
        self._workspace = workspace
        self.handlers: dict[str, Handler] = {}
        for methods in tables:
            self.handlers |= methods.handlers

    def errand(self, request: Request) -> Errand:
        """Find out what a request is about; whether it may is seen when it is processed."""
        route = find(request.method, request.path)
        name = route.method.id if route else TOKEN if request.path == "/token" else ""
        user = ""
        if route:
            with contextlib.suppress(ApiError):
                user = self._workspace.identity.grant(request.bearer).user
        return Errand(request=request, route=route, method_id=name, user=user)

    def process(self, errand: Errand) -> Response:
        """Answer as Google does; a refusal leaves the state as it was."""
        if errand.method_id == TOKEN:
            form = dict(parse_qsl(errand.request.body.decode(errors="replace")))
            return self._workspace.identity.answer_token_request(form)
        if errand.route is None:
            return _unknown_path(errand.request)
        try:
            with self._workspace.store.all_or_nothing():
                return self._call(errand.route, errand)
        except ApiError as error:
            return refusal(errand.route.method.api, error)

    def _call(self, route: Route, errand: Errand) -> Response:
        method, request = route.method, errand.request
        grant = self._workspace.identity.grant(request.bearer)
        if not grant.covers(method.scopes):
            raise _insufficient_scopes(method)
        if not request.aside:
            self._workspace.quotas.spend(method.id, user=grant.user, kind=errand.kind)
        handler = self.handlers.get(method.id)
        if handler is None:
            _log.error("%s is not implemented: %s", method.id, request.target)
            raise not_here(method.id)
        call = _read_call(self._workspace, route, request, grant)
        return self._render(method, call.params, handler(call))

    def _render(self, method: Method, params: Mapping[str, Any], answer: Any) -> Response:
        if isinstance(answer, Binary):
            headers = {"Content-Type": answer.content_type}
            return Response(status=answer.status, headers=headers, body=answer.content)
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


def _unknown_path(request: Request) -> Response:
    _log.error("No Google API that is known here has this path: %s %s", request.method, request.path)
    body = f"<!DOCTYPE html><title>Error 404 (Not Found)!!1</title><p>{html.escape(request.path)}"
    return Response(status=404, headers={"Content-Type": "text/html; charset=UTF-8"}, body=body.encode())
