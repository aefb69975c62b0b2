"""The company of ``pages_world`` served once, and a real Chromium to look at it with."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from pages_world import PEOPLE, TUESDAY, World, greeting
from playwright.sync_api import Browser, Page

from workspace_emulator import Clock, Front, User, Workspace
from workspace_emulator.pages import Pages, Panel, start


@pytest.fixture(scope="session")
def served() -> Iterator[World]:
    workspace = Workspace(clock=Clock(TUESDAY))
    for address, name in PEOPLE.items():
        workspace.add_user(User(email=f"{address}@example.com", name=name, time_zone="Europe/Berlin"))
    front = Front(workspace)
    panel = Panel(title="Programme", icon="groups", path="/programme", build=greeting, summary="Say hello.")
    serving = start(Pages(workspace=workspace, front=front, title="Example company", panels=(panel,)))
    yield World(workspace=workspace, front=front, address=serving.address)
    serving.stop()


@pytest.fixture
def world(served: World) -> Iterator[World]:
    """Give each test the company as it was on the first morning."""
    before = served.workspace.store.snapshot()
    served.workspace.clock.set(TUESDAY)
    yield served
    served.workspace.store.restore(before)


@pytest.fixture
def page(browser: Browser, world: World) -> Iterator[Page]:
    """Return a desktop's page; the test fails if it asked any other host or if a script failed."""
    with _watched(browser, world, width=1280, height=800) as page:
        yield page


@pytest.fixture
def phone(browser: Browser, world: World) -> Iterator[Page]:
    """Return a phone's page, watched likewise."""
    with _watched(browser, world, width=390, height=844) as page:
        yield page


@contextmanager
def _watched(browser: Browser, world: World, *, width: int, height: int) -> Iterator[Page]:
    viewport = {"width": width, "height": height}
    context = browser.new_context(viewport=viewport, base_url=world.address, timezone_id="Europe/Berlin")
    page = context.new_page()
    page.set_default_timeout(20_000)
    asked: list[str] = []
    failed: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: failed.append(str(error)))
    yield page
    context.close()
    here = (world.address, "data:", "blob:", "about:", world.address.replace("http", "ws"))
    assert [url for url in asked if not url.startswith(here)] == []
    assert failed == []
