"""The way in: finds the method that a request means, checks it, says who asks, and renders the answer.

It knows nothing of what any method does; the services' ``Methods`` tables do. Requests are serial, each all
or nothing.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Mapping
from importlib import import_module
from importlib.util import find_spec
from typing import Any
from urllib.parse import parse_qsl

from workspace_emulator import arguments, masks
from workspace_emulator.api import ApiError, Binary, Call, Handler, Methods, not_here
from workspace_emulator.discovery import Method, Route, find
from workspace_emulator.schemas import Mismatch, answer_check
from workspace_emulator.wire import Request, Response, json_response, refusal
from workspace_emulator.workspace import CallRecord, Workspace

_SERVICES = ("sheets", "drive", "calendar", "gmail", "directory", "storage", "identity")
_log = logging.getLogger("workspace_emulator")


class Front:
    """Answers requests to all of Google's paths for one Workspace."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.handlers: dict[str, Handler] = {}
        for methods in _tables():
            self.handlers |= methods.handlers
        self._lock = threading.RLock()

    def answer(self, request: Request) -> Response:
        """Answer one request, whatever host it was meant for."""
        with self._lock:
            response = self._process(request)
            self.workspace.store.flush()
            return response

    def _process(self, request: Request) -> Response:
        if request.path == "/token":
            form = dict(parse_qsl(request.body.decode()))
            return self._recorded(
                "oauth2.token", "", request, self.workspace.identity.answer_token_request(form)
            )
        route = find(request.method, request.path)
        if route is None:
            return self._recorded("", "", request, _unknown_path(request))
        user = ""
        try:
            with self.workspace.store.all_or_nothing():
                user = self._who(route.method, request)
                response = self._call(route, request, user)
        except ApiError as error:
            response = refusal(route.method.api, error)
        return self._recorded(route.method.id, user, request, response)

    def _recorded(self, method_id: str, user: str, request: Request, response: Response) -> Response:
        calls = self.workspace.calls
        calls.append(
            CallRecord(
                number=len(calls) + 1,
                method_id=method_id,
                user=user,
                kind="read" if request.method in {"GET", "HEAD"} else "write",
                status=response.status,
            )
        )
        return response

    def _who(self, method: Method, request: Request) -> str:
        grant = self.workspace.identity.grant(request.bearer)
        if not grant.covers(method.scopes):
            raise _insufficient_scopes(method)
        return grant.user

    def _call(self, route: Route, request: Request, user: str) -> Response:
        method = route.method
        handler = self.handlers.get(method.id)
        if handler is None:
            _log.error("%s is not implemented: %s %s", method.id, request.method, request.path)
            raise not_here(method.id)
        call = _read_call(self.workspace, route, request, user)
        return self._render(method, call.params, handler(call))

    def _render(self, method: Method, params: Mapping[str, Any], answer: Any) -> Response:
        if isinstance(answer, Binary):
            return Response(
                status=answer.status, headers={"Content-Type": answer.content_type}, body=answer.content
            )
        if answer is None and method.response is None:
            return Response(status=204, headers={"Content-Type": "text/html"})
        if self.workspace.check_responses and method.response:
            _hold_to_the_letter(method, answer)
        fields = params.get("fields")
        return json_response(masks.keep(masks.parse(fields), answer) if fields else answer or {})


def _read_call(workspace: Workspace, route: Route, request: Request, user: str) -> Call:
    method = route.method
    params = arguments.typed(method, route.path, request.query)
    if route.download:
        params["alt"] = "media"
    content_type = request.header("content-type")
    if not route.upload:
        body = arguments.body(method, request.body)
        return Call(workspace=workspace, method_id=method.id, user=user, params=params, body=body)
    upload = arguments.upload(route, params, content_type, request.body)
    return Call(
        workspace=workspace,
        method_id=method.id,
        user=user,
        params=params,
        body=arguments.body(method, upload.metadata),
        media=upload.media,
        media_type=upload.media_type,
    )


def _insufficient_scopes(method: Method) -> ApiError:
    info = {
        "@type": "type.googleapis.com/google.rpc.ErrorInfo",
        "reason": "ACCESS_TOKEN_SCOPE_INSUFFICIENT",
        "domain": "googleapis.com",
        "metadata": {"service": f"{method.api}.googleapis.com", "method": method.id},
    }
    message = "Request had insufficient authentication scopes."
    return ApiError(403, "insufficientPermissions", message, "PERMISSION_DENIED", details=(info,))


def _hold_to_the_letter(method: Method, answer: Any) -> None:
    assert method.response is not None
    try:
        answer_check(method.document, method.response)(answer)
    except Mismatch as mismatch:
        raise AssertionError(f"{method.id} answered what Google never would: {mismatch}") from None


def _unknown_path(request: Request) -> Response:
    _log.error("No Google API has this path: %s %s", request.method, request.path)
    body = f"<!DOCTYPE html><title>Error 404 (Not Found)!!1</title><p>{request.method} {request.path}"
    return Response(status=404, headers={"Content-Type": "text/html; charset=UTF-8"}, body=body.encode())


def _tables() -> list[Methods]:
    modules = [m for name in _SERVICES for m in (name, f"{name}.service") if _exists(m)]
    return [
        m.methods
        for m in (import_module(f"workspace_emulator.{m}") for m in modules)
        if hasattr(m, "methods")
    ]


def _exists(module: str) -> bool:
    try:
        return find_spec(f"workspace_emulator.{module}") is not None
    except ModuleNotFoundError:
        return False
