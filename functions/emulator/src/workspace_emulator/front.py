"""The way in, whatever carries the requests: one at a time, each counted, each as the faults on purpose will it.

What a request means and how it is answered is in ``dispatch.py``.
"""

from __future__ import annotations

import logging
import threading
from dataclasses import replace
from email.utils import formatdate
from functools import lru_cache

from workspace_emulator import control, directory_groups, directory_members, discovery_pages, iam, oauth
from workspace_emulator.calendar import service as calendar
from workspace_emulator.core import batch
from workspace_emulator.core.discovery import find
from workspace_emulator.core.dispatch import TOKEN, Dispatch, Errand, Plain
from workspace_emulator.core.elsewhere import other_api
from workspace_emulator.core.errors import ApiError
from workspace_emulator.core.faults import Effect, Fault
from workspace_emulator.core.wire import Dropped, Request, Response, TimedOut, json_response, refusal
from workspace_emulator.core.workspace import Workspace
from workspace_emulator.drive import export_page
from workspace_emulator.drive import service as drive
from workspace_emulator.gmail import service as gmail
from workspace_emulator.sheets import service as sheets
from workspace_emulator.storage import service as storage

_SERVICES = (calendar, directory_groups, directory_members, drive, gmail, iam, sheets, storage)


_log = logging.getLogger("workspace_emulator")
_INTERNAL = ApiError(500, "backendError", "Internal error encountered.", "INTERNAL")


class Front:
    """Answers requests to all of Google's paths for one Workspace. Any number of threads may ask."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self._dispatch = Dispatch(workspace, [service.methods for service in _SERVICES], _plain)
        self.handlers = self._dispatch.handlers
        self._lock = threading.RLock()  # reentrant, as a fault's hook may ask something itself
        self._hook_runs = False

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
        return self._deliver(request)

    def is_asked(self, request: Request) -> bool:
        """Tell whether a request is one to an API: by its path, or because it brings a token."""
        return bool(
            request.bearer
            or request.path.startswith("/local/")
            or find(request.method, request.path)
            or _plain(request)
            or batch.is_batch(request)
            or other_api(request.path)
        )

    def serve(self, request: Request) -> Response:
        """Answer one request that came over a network: where the code here fails, as Google says that it failed.

        Raises:
            Dropped: A fault ended the connection; there is no answer.
        """
        try:
            return self.answer(request)
        except Dropped:
            raise
        except Exception:
            _log.exception("%s %s failed", request.method, request.path)
            route = find(request.method, request.path)
            return refusal(route.method.api if route else "local", _INTERNAL)

    def _answer_batch(self, request: Request) -> Response:
        try:
            inner = batch.split(request)
        except ApiError as error:
            return refusal("batch", error)
        return batch.join([(content_id, self._deliver(part)) for content_id, part in inner])

    def _deliver(self, request: Request) -> Response:
        """Process a request as the faults that strike it will have it."""
        with self._lock:
            errand = self._dispatch.errand(request)
            if request.aside or self._hook_runs:
                return self._flushed(self._dispatch.process(errand))
            strikes = self.workspace.faults.strikes(errand.method_id, kind=errand.kind, user=errand.user)
            if not strikes:
                return self._respond(errand, strikes, lost=False)
            self._run_hooks(strikes, "before")
        errand = replace(errand, grant=None)
        in_time = self._wait(strikes, request.patience)
        effects = {fault.effect for fault in strikes}
        lost = Effect.DROP_AFTER in effects or not in_time
        with self._lock:
            if Effect.DROP_BEFORE in effects:
                self._record(errand, None, lost=True)
                raise Dropped(processed=False)
            response = self._respond(errand, strikes, lost=lost)
            if Effect.TWICE in effects:
                response = self._respond(errand, strikes, lost=lost)
            self._run_hooks(strikes, "after")
        if lost:
            raise Dropped(processed=True) if in_time else TimedOut(processed=True)
        return response

    def _run_hooks(self, strikes: list[Fault], when: str) -> None:
        """Run the hooks; what they ask the front is neither counted nor struck."""
        self._hook_runs = True
        try:
            for hook in filter(None, (getattr(fault, when) for fault in strikes)):
                hook(self.workspace)
                self.workspace.store.flush()
        finally:
            self._hook_runs = False

    def _wait(self, strikes: list[Fault], patience: float | None) -> bool:
        """Let a delay pass, at most as long as the caller waits; say whether they still wait."""
        seconds = sum(fault.seconds for fault in strikes if fault.effect is Effect.DELAY)
        in_time = patience is None or seconds < patience
        if seconds:
            self.workspace.clock.wait(seconds if patience is None else min(seconds, patience))
        return in_time

    def _respond(self, errand: Errand, strikes: list[Fault], *, lost: bool) -> Response:
        refusing = next((f for f in strikes if f.effect is Effect.REFUSE), None)
        try:
            response = _refused_by(refusing, errand) if refusing else self._dispatch.process(errand)
        except Exception:
            self._record(errand, 500, lost=lost)
            raise
        self._record(errand, response.status, lost=lost)
        return self._flushed(response)

    def _record(self, errand: Errand, status: int | None, *, lost: bool) -> None:
        self.workspace.note_call(
            method_id=errand.method_id, user=errand.user, kind=errand.kind, status=status, lost=lost
        )

    def _flushed(self, response: Response) -> Response:
        self.workspace.store.flush()
        date = _date(int(self.workspace.clock.now().timestamp()))
        return Response(
            status=response.status, headers={"Date": date, **response.headers}, body=response.body
        )


@lru_cache(maxsize=16)
def _date(second: int) -> str:
    return formatdate(second, usegmt=True)


def _plain(request: Request) -> tuple[str, Plain] | None:
    if export_page.is_export(request):
        return "docs.export", export_page.answer
    return oauth.plain(request) or discovery_pages.plain(request)


def _refused_by(fault: Fault, errand: Errand) -> Response:
    error = fault.refusal()
    if errand.method_id != TOKEN:
        return refusal(errand.method_id.partition(".")[0], error)
    oauth = json_response({"error": error.reason, "error_description": error.message}, error.status)
    return Response(status=error.status, headers={**oauth.headers, **error.headers}, body=oauth.body)
