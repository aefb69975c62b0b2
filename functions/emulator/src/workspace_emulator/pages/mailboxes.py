"""The pages for a person's mailbox: the list of threads beside the one being read, and writing a new letter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from nicegui import ui

from workspace_emulator.pages.desk import Desk, Refused, part
from workspace_emulator.pages.frame import Visit, ask, attempt, empty, heading, person_address
from workspace_emulator.pages.messages import header, new_letter, person, raw
from workspace_emulator.pages.reading import Thread, show_thread

_GMAIL = "/gmail/v1/users/me"
_FOLDERS = {"Inbox": "in:inbox", "Sent": "in:sent", "Drafts": "in:drafts", "All mail": "", "Bin": "in:trash"}
_PAGE = 40
_CATEGORIES = frozenset(f"CATEGORY_{c}" for c in ("PERSONAL", "UPDATES", "PROMOTIONS", "SOCIAL", "FORUMS"))
_OWN_LABELS = _CATEGORIES | {
    "INBOX",
    "SENT",
    "UNREAD",
    "IMPORTANT",
    "STARRED",
    "DRAFT",
    "TRASH",
    "SPAM",
    "CHAT",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One thread as the list shows it."""

    id: str
    who: str
    subject: str
    snippet: str
    moment: datetime
    unread: bool
    labels: tuple[str, ...]


async def show_mailbox(visit: Visit, query: Mapping[str, str]) -> None:
    """Show a mailbox; ``?thread=`` opens one, ``?folder=`` and ``?q=`` choose what is listed."""
    folder = query.get("folder", "Inbox")
    view = _View(visit, folder if folder in _FOLDERS else "Inbox", query.get("q", ""))
    await view.draw(query.get("thread"))
    visit.on_change(view.refresh)


class _View:
    """One mailbox on one page: which folder is listed, from which page on, and which thread is read."""

    def __init__(self, visit: Visit, folder: str, search: str) -> None:
        self.visit = visit
        self.desk: Desk = visit.desk
        self.folder, self.search = folder, search
        self.turned: list[str] = []  # the page tokens that led here
        self.next: str | None = None
        self.rows: list[Row] = []
        self.thread: str | None = None
        self.shown: Thread | None = None
        self.labels: dict[str, str] = {}

    async def draw(self, thread: str | None) -> None:
        with heading(f"{self.visit.name}'s mail"):
            ui.element("div").classes("fill")
            search = ui.input(placeholder="Search mail", value=self.search).props("outlined dense clearable")
            search.props('aria-label="Search mail"').style("width: 240px")
            search.on("keydown.enter", lambda: self._find(search.value or ""))
            search.on("clear", lambda: self._find(""))
            ui.button("Write", icon="edit", on_click=lambda: ui.navigate.to(self._compose())).props(
                "unelevated"
            )
        with ui.element("div").classes("sheet-card"):
            self.frame = ui.element("div").classes("mail")
            with self.frame:
                with ui.element("div").classes("mail-list"):
                    self.folders = ui.element("div").classes("folders")
                    self.list = ui.element("div").classes("rows")
                    self.pager = ui.element("div").classes("pager")
                self.reading = ui.element("div").classes("reading")
        await self._load()
        self._draw_list()
        await self.open(thread)

    async def refresh(self) -> None:
        """Show what arrived or changed since; a reply being written stays as it is."""
        before = self.rows
        await self._load()
        if self.rows != before:
            self._draw_list()
        if self.thread and self.shown:
            await self.shown.refresh()

    async def open(self, thread: str | None) -> None:
        """Read a thread, or none."""
        self.thread, self.shown = thread, None
        self.reading.clear()
        self.frame.classes(add="reading-now" if thread else "", remove="" if thread else "reading-now")
        with self.reading:
            if thread:
                await self._read(thread)
            else:
                empty("drafts", "Choose a letter to read it.")
        self._draw_list()
        self._remember()

    async def _read(self, thread: str) -> None:
        try:
            self.shown = await show_thread(self.visit, thread, self._left)
            await self._load()
        except Refused as refusal:
            empty("unsubscribe", refusal.message)

    async def _left(self) -> None:
        await self._load()
        await self.open(None)

    # the list

    async def _load(self) -> None:
        self.rows, self.next = await ask(self._fetch)

    def _fetch(self) -> tuple[list[Row], str | None]:
        query = f"{_FOLDERS[self.folder]} {self.search}".strip()
        token = self.turned[-1] if self.turned else None
        trash = True if self.folder == "Bin" else None
        answer = self.desk.get(
            f"{_GMAIL}/threads", q=query or None, maxResults=_PAGE, pageToken=token, includeSpamTrash=trash
        )
        self.labels = self.labels or self._label_names()
        return [self._row(t["id"]) for t in answer.get("threads", ())], answer.get("nextPageToken")

    def _row(self, thread_id: str) -> Row:
        messages = self.desk.get(
            f"{_GMAIL}/threads/{part(thread_id)}",
            format="metadata",
            metadataHeaders=["From", "To", "Subject"],
        )["messages"]
        last = messages[-1]
        labels = {label for m in messages for label in m.get("labelIds", ())}
        return Row(
            id=thread_id,
            who=self._who(messages),
            subject=header(messages[0].get("payload", {}), "Subject") or "(no subject)",
            snippet=last.get("snippet", ""),
            moment=datetime.fromtimestamp(int(last.get("internalDate", 0)) / 1000, UTC),
            unread="UNREAD" in labels,
            labels=tuple(sorted(self._label_name(label) for label in labels - _OWN_LABELS)),
        )

    def _who(self, messages: list[dict[str, Any]]) -> str:
        if self.folder == "Sent":
            return "To: " + person(header(messages[-1].get("payload", {}), "To"))
        senders = [header(m.get("payload", {}), "From") for m in messages]
        names = ["me" if self.visit.user in s.lower() else person(s) for s in senders]
        count = f" ({len(messages)})" if len(messages) > 1 else ""
        return ", ".join(dict.fromkeys(names)) + count

    def _label_names(self) -> dict[str, str]:
        return {item["id"]: item["name"] for item in self.desk.get(f"{_GMAIL}/labels").get("labels", ())}

    def _label_name(self, label: str) -> str:
        return self.labels.get(label, label)

    def _draw_list(self) -> None:
        self._draw_folders()
        self.list.clear()
        with self.list:
            for row in self.rows:
                self._draw_row(row)
            if not self.rows:
                empty("inbox", "Nothing found." if self.search else "Nothing here.")
        self._draw_pager()

    def _draw_folders(self) -> None:
        self.folders.clear()
        with self.folders:
            for folder in _FOLDERS:
                button = ui.element("button").classes("here" if folder == self.folder else "")
                button.on("click", lambda _, f=folder: self._choose(f), [])
                with button:
                    ui.label(folder)

    def _draw_row(self, row: Row) -> None:
        marks = f"{' unread' if row.unread else ''}{' here' if row.id == self.thread else ''}"
        button = ui.element("button").classes(f"thread{marks}").on("click", lambda: self.open(row.id), [])
        with button:
            ui.label(row.who).classes("who")
            ui.label(self._when(row.moment)).classes("when")
            ui.label(row.subject).classes("what")
            with ui.element("div").classes("bit"):
                for label in row.labels:
                    ui.label(label).classes("tag")
                ui.html(f"<span>{row.snippet}</span>")

    def _draw_pager(self) -> None:
        self.pager.clear()
        self.pager.set_visibility(bool(self.turned or self.next))
        first = len(self.turned) * _PAGE + 1
        with self.pager:
            newer = ui.button("Newer", icon="chevron_left", on_click=self._newer).props("flat dense")
            newer.set_enabled(bool(self.turned))
            ui.label(f"{first}–{first + len(self.rows) - 1}")
            older = ui.button("Older", on_click=self._older).props("flat dense icon-right=chevron_right")
            older.set_enabled(bool(self.next))

    async def _older(self) -> None:
        self.turned.append(self.next or "")
        await self._load()
        self._draw_list()

    async def _newer(self) -> None:
        self.turned.pop()
        await self._load()
        self._draw_list()

    async def _choose(self, folder: str) -> None:
        self.folder, self.turned = folder, []
        await self._load()
        await self.open(None)

    async def _find(self, search: str) -> None:
        self.search, self.turned = search, []
        await self._load()
        await self.open(None)

    def _remember(self) -> None:
        state = {
            "folder": self.folder if self.folder != "Inbox" else "",
            "q": self.search,
            "thread": self.thread,
        }
        query = urlencode({k: v for k, v in state.items() if v})
        ui.navigate.history.replace(person_address("mail", self.visit.user) + (f"?{query}" if query else ""))

    def _compose(self) -> str:
        return person_address("mail", self.visit.user) + "/compose"

    def _when(self, moment: datetime) -> str:
        """Return the time for today's letters, else the day, the year too when it is another one."""
        here, now = moment.astimezone(self.visit.zone), self.visit.now()
        if here.date() == now.date():
            return f"{here:%H:%M}"
        return f"{here.day} {here:%b}" if now - here < timedelta(days=300) else f"{here.day} {here:%b %Y}"


def show_compose(visit: Visit, query: Mapping[str, str]) -> None:
    """Show the form for a new letter, filled in from a ``mailto:`` link's fields."""
    heading("New letter", f"From {visit.name} <{visit.user}>")
    with (
        ui.element("div").classes("sheet-card").style("max-width: 860px"),
        ui.element("div").classes("write"),
    ):
        to = ui.input("To", value=query.get("to", "")).props("outlined dense").classes("w-full")
        cc = ui.input("Cc", value=query.get("cc", "")).props("outlined dense").classes("w-full")
        subject = (
            ui.input("Subject", value=query.get("subject", "")).props("outlined dense").classes("w-full")
        )
        words = (
            ui.textarea("Letter", value=query.get("body", "")).props("outlined autogrow").classes("w-full")
        )
        words.props("input-style='min-height: 220px'")

        async def send() -> None:
            if not (to.value or "").strip():
                ui.notify("Who is it for?", type="warning")
                return
            content = new_letter(
                writer=visit.user,
                name=visit.name,
                to=to.value,
                cc=cc.value,
                subject=subject.value,
                words=words.value,
            )
            if await attempt(visit.desk.post, f"{_GMAIL}/messages/send", {"raw": raw(content)}, done="Sent."):
                ui.navigate.to(person_address("mail", visit.user) + "?folder=Sent")

        with ui.row().classes("gap-2"):
            ui.button("Send", icon="send", on_click=send).props("unelevated")
            ui.button("Discard", on_click=lambda: ui.navigate.to(person_address("mail", visit.user))).props(
                "flat"
            )
