"""Who looks, and where they can go."""

from __future__ import annotations

from dataclasses import replace

from starlette.requests import Request

from workspace_emulator import Front, User, Workspace
from workspace_emulator.pages import Pages, Panel


def pages(*panels: Panel) -> Pages:
    workspace = Workspace()
    for name in ("ada", "grace", "alan"):
        workspace.add_user(User(email=f"{name}@example.com", name=name.title(), time_zone="Europe/Berlin"))
    return Pages(workspace=workspace, front=Front(workspace), panels=panels)


def panel(path: str) -> Panel:
    return Panel(title=path, icon="groups", path=path, build=lambda _: None)


def request(path: str = "/", *, query: str = "", cookie: str = "") -> Request:
    headers = [(b"cookie", f"look_as={cookie}".encode())] if cookie else []
    return Request({"type": "http", "path": path, "query_string": query.encode(), "headers": headers})


def test_first_visit_is_the_first_users():
    assert pages().visit(request()).user == "ada@example.com"


def test_first_visit_can_be_given_to_somebody():
    given = replace(pages(), viewer="Grace@example.com")
    assert given.visit(request()).user == "grace@example.com"


def test_remembers_the_person_chosen_last():
    assert pages().visit(request(cookie="grace@example.com")).user == "grace@example.com"


def test_goes_by_the_person_in_the_address_before_the_remembered_one():
    assert pages().visit(request(cookie="grace@example.com"), "Alan@example.com").user == "alan@example.com"


def test_falls_back_when_the_person_is_gone():
    assert pages().visit(request(cookie="somebody@example.com")).user == "ada@example.com"


def test_opens_with_nobody_there():
    workspace = Workspace()
    empty = Pages(workspace=workspace, front=Front(workspace))
    assert (empty.visit(request()).user, str(empty.visit(request()).zone)) == ("", "Etc/UTC")


def test_puts_the_applications_panels_before_the_sections():
    assert [p.path for p in pages(panel("/programme")).navigation()] == [
        "/", "/programme", "/spreadsheets", "/calendars", "/mail", "/clock",
    ]  # fmt: skip


def test_gives_the_home_page_to_a_panel_that_asks_for_it():
    assert [p.title for p in pages(panel("/")).navigation()] == ["/", "Sheets", "Calendar", "Mail", "Clock"]
