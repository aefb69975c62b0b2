"""Serves the pages and, under their usual paths, Google's APIs, from one address on this machine."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import uvicorn
from fastapi import FastAPI
from nicegui import app as nicegui_app
from nicegui import ui
from starlette.requests import Request
from starlette.responses import RedirectResponse

from workspace_emulator.core.workspace import Workspace
from workspace_emulator.front import Front
from workspace_emulator.pages.calendars import show_calendar
from workspace_emulator.pages.clock_page import show_clock
from workspace_emulator.pages.direct import connections_to
from workspace_emulator.pages.frame import (
    STATIC,
    Pages,
    Panel,
    Visit,
    build_panel,
    empty,
    heading,
    nobody,
    person_address,
    remember,
    stage,
    way_back,
)  # fmt: skip
from workspace_emulator.pages.google_api import Site
from workspace_emulator.pages.home import show_home
from workspace_emulator.pages.mailboxes import show_compose, show_mailbox
from workspace_emulator.pages.spreadsheets import show_list, show_spreadsheet

_PATIENCE = 30.0
_A_DAY = 86_400


@dataclass(frozen=True, slots=True, kw_only=True)
class Serving:
    """Pages that are being served; ``stop`` ends it and waits until it has ended."""

    address: str
    stop: Callable[[], None]


def serve(
    workspace: Workspace,
    front: Front,
    *,
    host: str = "127.0.0.1",
    port: int = 8080,
    title: str = "Local Workspace",
    panels: Iterable[Panel] = (),
    viewer: str = "",
    on_ready: Callable[[str], None] | None = None,
    held: socket.socket | None = None,
) -> None:
    """Serve until interrupted. ``on_ready`` is called with the address once requests are answered.

    ``held`` is a socket that is bound already, for whoever took the port long before.
    """
    pages = Pages(workspace=workspace, front=front, title=title, panels=tuple(panels), viewer=viewer)
    server = _Server(_config(pages, host, port), on_ready)
    server.run(sockets=[held] if held else None)


def start(pages: Pages, *, host: str = "127.0.0.1", port: int = 0) -> Serving:
    """Serve from a thread of this process; port 0 takes a free one. One at a time in a process."""
    ready = threading.Event()
    address: list[str] = []

    def came_up(at: str) -> None:
        address.append(at)
        ready.set()

    server = _Server(_config(pages, host, port), came_up)
    thread = threading.Thread(target=server.run, name="pages", daemon=True)
    thread.start()
    if not ready.wait(_PATIENCE):
        raise TimeoutError("The pages did not come up.")

    def stop() -> None:
        server.should_exit = True
        thread.join(_PATIENCE)

    return Serving(address=address[0], stop=stop)


def build(pages: Pages) -> Site:
    """Return the ASGI application: the API first, the pages on all other paths."""
    whole = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    nicegui_app.add_static_files("/_pages", STATIC)
    _register(pages)
    nicegui_app.config.quasar_config["loadingBar"]["skipHijack"] = True  # it has no name for who can't see it
    ui.run_with(
        whole,
        title=pages.title,
        favicon="🗂️",
        dark=None,
        language="en-GB",
        show_welcome_message=False,
        binding_refresh_interval=0.5,
    )
    return Site(pages.front, whole)


class _Server(uvicorn.Server):
    """Tells when it is ready, and on which port."""

    def __init__(self, config: uvicorn.Config, on_ready: Callable[[str], Any] | None) -> None:
        super().__init__(config)
        self._on_ready = on_ready

    async def startup(self, sockets: list[Any] | None = None) -> None:
        await super().startup(sockets)
        if self.started and self._on_ready:
            host, port = self.servers[0].sockets[0].getsockname()[:2]
            self._on_ready(f"http://{host}:{port}")


def _config(pages: Pages, host: str, port: int) -> uvicorn.Config:
    return uvicorn.Config(
        build(pages),
        host=host,
        port=port,
        http=connections_to(pages.front),
        log_level="warning",
        timeout_graceful_shutdown=2,
        timeout_keep_alive=_A_DAY,
        date_header=False,  # the Workspace has its own time
        server_header=False,
    )


def _register(pages: Pages) -> None:
    _register_home(pages)
    _register_people(pages)

    @ui.page("/spreadsheets", response_timeout=_PATIENCE)
    async def spreadsheets(request: Request) -> None:
        visit = _remembered(pages, request)
        with stage(visit, "Spreadsheets"):
            await show_list(visit)

    @ui.page("/spreadsheets/{spreadsheet_id}", response_timeout=_PATIENCE)
    async def spreadsheet(
        request: Request,
        spreadsheet_id: str,
        tab: str | None = None,
        gid: int | None = None,
        fvid: int | None = None,
    ) -> None:
        visit = _remembered(pages, request)
        with stage(visit, "Spreadsheet"):
            await show_spreadsheet(visit, spreadsheet_id, tab if gid is None else gid, fvid)

    @ui.page("/clock")
    async def clock(request: Request) -> None:
        visit = pages.visit(request)
        with stage(visit, "Clock"):
            show_clock(visit)

    _register_the_rest(pages)


def _remembered(pages: Pages, request: Request) -> Visit:
    """Return who looks; whom the address names is who looks from then on."""
    visit = pages.visit(request)
    if request.query_params.get("as"):
        remember(visit)
    return visit


def _register_the_rest(pages: Pages) -> None:
    """Say of every other path that nothing is there; after all others, which go before it."""

    @ui.page("/{path:path}")
    async def lost(request: Request, path: str) -> None:
        visit = pages.visit(request)
        with stage(visit, "Not here"):
            heading("There is no such page")
            empty("search_off", f"Nothing is at /{path}.")
            way_back()


def _register_home(pages: Pages) -> None:
    for panel in pages.panels:
        _register_panel(pages, panel)
    if not any(p.path == "/" for p in pages.panels):

        @ui.page("/")
        async def home(request: Request) -> None:
            visit = pages.visit(request)
            with stage(visit, "Home"):
                show_home(visit)


def _register_panel(pages: Pages, panel: Panel) -> None:
    @ui.page(panel.path, response_timeout=_PATIENCE)
    async def page(request: Request) -> None:
        visit = pages.visit(request)
        with stage(visit, panel.title):
            await build_panel(visit, panel)


def _register_people(pages: Pages) -> None:
    for section in ("calendars", "mail"):
        _register_redirect(pages, section)

    @ui.page("/calendars/{user}", response_timeout=_PATIENCE)
    async def calendar(request: Request, user: str) -> None:
        visit = pages.visit(request, user)
        if not pages.knows(user):
            nobody(visit, user)
            return
        remember(visit)
        with stage(visit, "Calendar"):
            await show_calendar(visit, dict(request.query_params))

    @ui.page("/mail/{user}", response_timeout=_PATIENCE)
    async def mailbox(request: Request, user: str) -> None:
        visit = pages.visit(request, user)
        if not pages.knows(user):
            nobody(visit, user)
            return
        remember(visit)
        with stage(visit, "Mail"):
            await show_mailbox(visit, dict(request.query_params))

    @ui.page("/mail/{user}/compose")
    async def compose(request: Request, user: str) -> None:
        visit = pages.visit(request, user)
        if not pages.knows(user):
            nobody(visit, user)
            return
        remember(visit)
        with stage(visit, "New letter"):
            show_compose(visit, dict(request.query_params))


def _register_redirect(pages: Pages, section: str) -> None:
    @ui.page(f"/{section}")
    def choose(request: Request) -> RedirectResponse:
        return RedirectResponse(person_address(section, pages.visit(request).user))
