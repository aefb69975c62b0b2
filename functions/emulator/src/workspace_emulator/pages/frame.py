"""What is around every page: who is looking, the top bar, the navigation, and noticing that something changed."""

from __future__ import annotations

import hashlib
import inspect
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from nicegui import run, ui
from starlette.requests import Request

from workspace_emulator.core.workspace import Workspace
from workspace_emulator.front import Front
from workspace_emulator.pages.desk import Desk, Refused

STATIC = Path(__file__).parent / "static"
_COOKIE = "look_as"


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """A page added by the application: ``build`` fills it and may be a coroutine.

    A panel whose path is ``/`` takes the place of the home page.
    """

    title: str
    icon: str
    path: str
    build: Callable[[Visit], Awaitable[None] | None]
    summary: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pages:
    """Everything the pages are made from. ``viewer`` is the user who looks until somebody else is chosen."""

    workspace: Workspace
    front: Front
    title: str = "Local Workspace"
    panels: tuple[Panel, ...] = ()
    viewer: str = ""
    desks: dict[str, Desk] = field(default_factory=dict)

    def desk(self, user: str) -> Desk:
        """Return the desk at which calls are made as a user."""
        if user not in self.desks:
            self.desks[user] = Desk(self.front, user)
        return self.desks[user]

    def visit(self, request: Request, user: str | None = None) -> Visit:
        """Return who looks: the person in the address, else the one chosen last, else the first user."""
        known = {u.email.lower() for u in self.workspace.users()}
        wanted = (user or request.query_params.get("as") or request.cookies.get(_COOKIE) or "").lower()
        chosen = wanted if wanted in known else self.first_viewer()
        return Visit(pages=self, user=chosen, path=request.url.path)

    def navigation(self) -> list[Panel]:
        """Return the application's panels, then the Workspace's own sections."""
        own = [Panel(title=t, icon=i, path=p, build=_nothing) for t, i, p in _SECTIONS]
        home = [] if any(p.path == "/" for p in self.panels) else [own[0]]
        return [*home, *self.panels, *own[1:]]

    def knows(self, user: str) -> bool:
        return any(u.email.lower() == user.lower() for u in self.workspace.users())

    def first_viewer(self) -> str:
        """Return who looks until somebody else is chosen."""
        users = [user.email.lower() for user in self.workspace.users()]
        return self.viewer.lower() if self.viewer.lower() in users else next(iter(users), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One person looking at one page."""

    pages: Pages
    user: str
    path: str

    @property
    def workspace(self) -> Workspace:
        return self.pages.workspace

    @property
    def desk(self) -> Desk:
        return self.pages.desk(self.user)

    @property
    def name(self) -> str:
        user = self.workspace.user(self.user) if self.user else None
        return user.name if user else self.user

    @property
    def zone(self) -> ZoneInfo:
        user = self.workspace.user(self.user) if self.user else None
        try:
            return ZoneInfo(user.time_zone if user else "Etc/UTC")
        except (ZoneInfoNotFoundError, ValueError):
            return ZoneInfo("Etc/UTC")

    def now(self) -> datetime:
        return self.workspace.clock.now().astimezone(self.zone)

    def on_change(self, show: Callable[[], Awaitable[None]]) -> None:
        """Call ``show`` within about a second of any change, while the page is open; a new minute is one."""
        seen = [self._version()]
        busy = [False]

        async def look() -> None:
            if busy[0] or self._version() == seen[0]:
                return
            busy[0], seen[0] = True, self._version()
            try:
                await show()
            except Refused as refusal:
                ui.notify(refusal.message, type="warning")
            finally:
                busy[0] = False

        ui.timer(1.0, look, immediate=False)

    def _version(self) -> tuple[int, datetime]:
        return self.workspace.store.revision, self.workspace.clock.now().replace(second=0, microsecond=0)


_SECTIONS = (
    ("Home", "home", "/"),
    ("Sheets", "table_chart", "/spreadsheets"),
    ("Calendar", "calendar_today", "/calendars"),
    ("Mail", "mail_outline", "/mail"),
    ("Clock", "schedule", "/clock"),
)


def _nothing(_: Visit) -> None:
    return None


@contextmanager
def stage(visit: Visit, title: str) -> Iterator[None]:
    """Draw the frame and put what follows on the stage in its middle; a refusal is shown there too."""
    _dress(f"{title} · {visit.pages.title}")
    _top_bar(visit)
    _navigation(visit)
    with ui.element("div").classes("stage"):  # inside the one main that every page has
        try:
            yield
        except Refused as refusal:
            empty("lock", refusal.message)
            way_back()


def heading(title: str, lead: str = "") -> ui.element:
    """Write the page's title; return its row, for buttons beside it."""
    row = ui.element("div").classes("heading")
    with row:
        ui.html(f"<h1>{_escaped(title)}</h1>", sanitize=False)
    if lead:
        ui.label(lead).classes("lead")
    return row


def empty(icon: str, words: str) -> None:
    with ui.element("div").classes("empty"):
        ui.icon(icon)
        ui.label(words)


def way_back(words: str = "Back to the first page", address: str = "/") -> None:
    with ui.element("div").classes("empty"):
        ui.link(words, address)


def nobody(visit: Visit, user: str) -> None:
    """Say that there is no such person here, with the ways to those who are."""
    with stage(visit, "Nobody"):
        heading("Nobody here has this address")
        empty("person_off", f"There is no {user} in this Workspace. Choose somebody at the top, or go back.")
        way_back()


async def ask(call: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
    """Run a call of the API off the event loop. Raises Refused."""
    return await run.io_bound(call, *args, **kwargs)


async def attempt(call: Callable[..., Any], *args: Any, done: str = "", **kwargs: Any) -> bool:
    """Do something, and say how it went: ``done``, or the API's own refusal."""
    try:
        await ask(call, *args, **kwargs)
    except Refused as refusal:
        ui.notify(refusal.message, type="negative", multi_line=True, timeout=8000, close_button="Close")
        return False
    if done:
        ui.notify(done, type="positive", color="leaf", timeout=2500)
    return True


async def build_panel(visit: Visit, panel: Panel) -> None:
    """Let the application fill its page."""
    result = panel.build(visit)
    if inspect.isawaitable(result):
        await result


def person_address(section: str, user: str) -> str:
    return f"/{section}/{quote(user, safe='@')}"


def day_and_time(moment: datetime, zone: tzinfo) -> str:
    here = moment.astimezone(zone)
    return f"{here:%a} {here.day} {here:%b %Y}, {here:%H:%M}"


def _dress(title: str) -> None:
    ui.page_title(title)
    ui.colors(primary="#1f6f64", secondary="#2f6690", accent="#b7791f", positive="#1f6f64", negative="#b23a48",
              leaf="#1f6f64")  # fmt: skip
    version = hashlib.sha256(b"".join(p.read_bytes() for p in sorted(STATIC.iterdir()))).hexdigest()[:8]
    ui.add_head_html(
        f'<link rel="stylesheet" href="/_pages/pages.css?{version}"><script src="/_pages/grid.js?{version}"></script>'
    )


def _top_bar(visit: Visit) -> None:
    with ui.element("header").classes("top"):
        with ui.element("a").props('href="/" aria-label="The first page"').classes("brand"):
            with ui.element("div").classes("mark"):
                ui.icon("hub", size="18px")
            ui.html(f"<span>{_escaped(visit.pages.title)}</span>", sanitize=False)
        ui.element("div").classes("fill")
        _clock_chip(visit)
        _look_as(visit)


def _clock_chip(visit: Visit) -> None:
    clock = visit.workspace.clock
    with ui.element("a").props('href="/clock" aria-label="The Workspace\'s clock"').classes("clock-chip"):
        icon = ui.icon("schedule", size="16px")
        words, short = ui.label().classes("desk-only"), ui.label().classes("phone-only")

    def tick() -> None:
        now = clock.now().astimezone(UTC)  # one zone for all who look; mail and calendar are in their own
        words.set_text(f"{day_and_time(now, UTC)} UTC")
        short.set_text(f"{now.day} {now:%b}, {now:%H:%M}")
        icon.set_name("pause_circle" if clock.stands_still else "schedule")
        icon.classes(add="still" if clock.stands_still else "", remove="" if clock.stands_still else "still")

    tick()
    ui.timer(1.0, tick, immediate=False)


def _look_as(visit: Visit) -> None:
    people = {u.email.lower(): u.name for u in visit.workspace.users()}
    if not people:
        return
    choice = ui.select(people, value=visit.user, with_input=True).classes("look-as")
    choice.props(
        'prefix="You look as" outlined dense options-dense popup-content-class="look-as-list" aria-label="You look as"'
    )
    choice.on_value_change(lambda e: _become(visit, e.value))


def _become(visit: Visit, user: str | None) -> None:
    if not user or user == visit.user:
        return
    section = visit.path.split("/")[1]
    address = person_address(section, user) if section in ("calendars", "mail") else visit.path
    ui.run_javascript(
        f"document.cookie = '{_COOKIE}={quote(user, safe='@')}; path=/; samesite=lax'; location.href = '{address}'"
    )


def _navigation(visit: Visit) -> None:
    with ui.element("nav").classes("side").props('aria-label="Sections"'):
        for panel in visit.pages.navigation():
            with (
                ui.element("a")
                .props(f'href="{panel.path}"')
                .classes("here" if _is_here(visit, panel) else "")
            ):
                ui.icon(panel.icon)
                ui.label(panel.title)


def _is_here(visit: Visit, panel: Panel) -> bool:
    return visit.path == panel.path or (panel.path != "/" and visit.path.startswith(panel.path + "/"))


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def remember(visit: Visit) -> None:
    """Keep the person in the address as the one who looks, for pages without a person in theirs.

    Not within another page's frame: who looks at two mailboxes side by side is neither.
    """
    cookie = f"{_COOKIE}={quote(visit.user, safe='@')}; path=/; samesite=lax"
    ui.add_head_html(f"<script>if (window.top === window) document.cookie = '{cookie}'</script>")
