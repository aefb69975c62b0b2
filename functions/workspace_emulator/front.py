"""The way in: finds the method that a request means, checks it, says who asks, and renders the answer.

It knows nothing of what any method does; the services' ``Methods`` tables do. Requests are processed one at a
time, each all or nothing.
"""

from __future__ import annotations

import contextlib
import html
import logging
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from typing import Any
from urllib.parse import parse_qsl

from workspace_emulator import arguments, batch, control, masks
from workspace_emulator.api import ApiError, Binary, Call, Handler, Methods, not_here
from workspace_emulator.discovery import Method, Route, find
from workspace_emulator.faults import Effect, Fault
from workspace_emulator.schemas import Mismatch, answer_check
from workspace_emulator.wire import Dropped, Request, Response, TimedOut, json_response, refusal
from workspace_emulator.workspace import CallRecord, Workspace

_SERVICES = ("sheets", "drive", "calendar", "gmail", "directory", "storage", "identity")
_TOKEN = "oauth2.token"
_log = logging.getLogger("workspace_emulator")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Errand:
    """A request and what is known of it before it is processed: its method and whom it acts as."""

    request: Request
    route: Route | None
    method_id: str
    user: str

    @property
    def kind(self) -> str:
        return "read" if self.request.method in {"GET", "HEAD"} else "write"


class Front:
    """Answers requests to all of Google's paths for one Workspace."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.handlers: dict[str, Handler] = {}
        for methods in _tables():
            self.handlers |= methods.handlers
        # Reentrant: a fault's hook may ask the front something itself.
        self._lock = threading.RLock()

    def answer(self, request: Request) -> Response:
        """Answer one request, whatever host it was meant for.

        Raises:
            Dropped: A fault ended the connection; there is no answer.
        """
        if request.path.startswith("/local/"):
            with self._lock:
                return self._flushed(control.answer(self.workspace, request))
        if batch.is_batch(request):
            return self._answer_batch(request)
        if request.aside:
            with self._lock:
                return self._flushed(self._process(self._errand(request)))
        return self._deliver(request)

    def _answer_batch(self, request: Request) -> Response:
        try:
            inner = batch.split(request)
        except ApiError as error:
            return refusal("batch", error)
        return batch.join([(content_id, self._deliver(part)) for content_id, part in inner])

    def _deliver(self, request: Request) -> Response:
        """Process a request as the faults that strike it will have it."""
        with self._lock:
            errand = self._errand(request)
            strikes = self.workspace.faults.strikes(errand.method_id, kind=errand.kind, user=errand.user)
            self._run_hooks(strikes, "before")
        in_time = self._wait(sum(f.seconds for f in strikes if f.effect is Effect.DELAY), request.patience)
        with self._lock:
            effects = {fault.effect for fault in strikes}
            if Effect.DROP_BEFORE in effects:
                self._record(errand, None, lost=True)
                raise Dropped(processed=False)
            lost = Effect.DROP_AFTER in effects or not in_time
            response = self._respond(errand, strikes, lost=lost)
            if Effect.TWICE in effects:
                response = self._respond(errand, strikes, lost=lost)
            self._run_hooks(strikes, "after")
        if not in_time:
            raise TimedOut(processed=True)
        if lost:
            raise Dropped(processed=True)
        return response

    def _errand(self, request: Request) -> _Errand:
        route = find(request.method, request.path)
        name = route.method.id if route else _TOKEN if request.path == "/token" else ""
        user = ""
        if route:
            with contextlib.suppress(ApiError):  # refused in its own time
                user = self.workspace.identity.grant(request.bearer).user
        return _Errand(request=request, route=route, method_id=name, user=user)

    def _run_hooks(self, strikes: list[Fault], when: str) -> None:
        for fault in strikes:
            hook = getattr(fault, when)
            if hook:
                hook(self.workspace)
                self.workspace.store.flush()

    def _wait(self, seconds: float, patience: float | None) -> bool:
        """Let the delay pass, at most as long as the caller waits; say whether they still wait."""
        in_time = patience is None or seconds < patience
        if seconds:
            self.workspace.clock.wait(seconds if patience is None else min(seconds, patience))
        return in_time

    def _respond(self, errand: _Errand, strikes: list[Fault], *, lost: bool) -> Response:
        refusing = next((f for f in strikes if f.effect is Effect.REFUSE), None)
        response = _refused_by(refusing, errand) if refusing else self._process(errand)
        self._record(errand, response.status, lost=lost)
        return self._flushed(response)

    def _process(self, errand: _Errand) -> Response:
        if errand.method_id == _TOKEN:
            form = dict(parse_qsl(errand.request.body.decode()))
            return self.workspace.identity.answer_token_request(form)
        if errand.route is None:
            return _unknown_path(errand.request)
        try:
            with self.workspace.store.all_or_nothing():
                return self._call(errand.route, errand)
        except ApiError as error:
            return refusal(errand.route.method.api, error)

    def _call(self, route: Route, errand: _Errand) -> Response:
        method = route.method
        request = errand.request
        grant = self.workspace.identity.grant(request.bearer)
        if not grant.covers(method.scopes):
            raise _insufficient_scopes(method)
        if not request.aside:
            self.workspace.quotas.spend(method.id, user=grant.user, kind=errand.kind)
        handler = self.handlers.get(method.id)
        if handler is None:
            _log.error("%s is not implemented: %s", method.id, request.target)
            raise not_here(method.id)
        call = _read_call(self.workspace, route, request, grant.user)
        return self._render(method, call.params, handler(call))

    def _render(self, method: Method, params: Mapping[str, Any], answer: Any) -> Response:
        if isinstance(answer, Binary):
            return Response(
                status=answer.status, headers={"Content-Type": answer.content_type}, body=answer.content
            )
        if answer is None and method.response is None:
            return Response(status=204, headers={"Content-Type": "text/html"})
        answer = answer or {}
        if self.workspace.check_responses and method.response:
            _hold_to_the_letter(method, answer)
        fields = params.get("fields")
        return json_response(masks.keep(masks.parse(fields), answer) if fields else answer)

    def _record(self, errand: _Errand, status: int | None, *, lost: bool) -> None:
        calls = self.workspace.calls
        calls.append(
            CallRecord(
                number=len(calls) + 1,
                method_id=errand.method_id,
                user=errand.user,
                kind=errand.kind,
                status=status,
                lost=lost,
            )
        )

    def _flushed(self, response: Response) -> Response:
        self.workspace.store.flush()
        return response


def _read_call(workspace: Workspace, route: Route, request: Request, user: str) -> Call:
    method = route.method
    params = arguments.typed(method, route.path, request.query)
    if route.download:
        params["alt"] = "media"
    if not route.upload:
        body = arguments.body(method, request.body)
        return Call(workspace=workspace, method_id=method.id, user=user, params=params, body=body)
    upload = arguments.upload(route, params, request.header("content-type"), request.body)
    return Call(
        workspace=workspace,
        method_id=method.id,
        user=user,
        params=params,
        body=arguments.body(method, upload.metadata),
        media=upload.media,
        media_type=upload.media_type,
    )


def _refused_by(fault: Fault, errand: _Errand) -> Response:
    error = fault.refusal()
    if errand.method_id == _TOKEN:
        body = {"error": error.reason, "error_description": error.message}
        return Response(status=error.status, headers=dict(error.headers), body=json_response(body).body)
    return refusal(errand.method_id.partition(".")[0], error)


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


def _tables() -> list[Methods]:
    names = [m for name in _SERVICES for m in (name, f"{name}.service") if _exists(m)]
    modules = [import_module(f"workspace_emulator.{name}") for name in names]
    return [module.methods for module in modules if hasattr(module, "methods")]


def _exists(module: str) -> bool:
    try:
        return find_spec(f"workspace_emulator.{module}") is not None
    except ModuleNotFoundError:
        return False
