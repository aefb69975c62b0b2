"""One thread being read: its letters, shown safely, and the reply being written under them."""

from __future__ import annotations

import base64
from collections.abc import Awaitable, Callable
from typing import Any

from nicegui import ui

from workspace_emulator.pages.answers import draw_invitation
from workspace_emulator.pages.desk import Desk, part
from workspace_emulator.pages.frame import Visit, ask, attempt, day_and_time
from workspace_emulator.pages.messages import Attachment, Letter, answer, letter, person, raw
from workspace_emulator.pages.safe_html import letter_document

_GMAIL = "/gmail/v1/users/me"
_SANDBOX = (
    "allow-same-origin allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation"
)
_FACES = ("#1f6f64", "#2f6690", "#8a5a9e", "#b7791f", "#a2485a", "#4f7a4a", "#566b78")
_FIT = (
    "const fit = () => { try { el.style.height = (el.contentDocument.documentElement.scrollHeight + 4) + 'px' }"
    " catch (e) {} }; fit(); setTimeout(fit, 150)"
)


class Thread:
    """A thread on the page: knows which letters are shown and keeps the reply while more arrive."""

    def __init__(self, visit: Visit, thread_id: str, left: Callable[[], Awaitable[None]]) -> None:
        self.visit, self.id = visit, thread_id
        self.desk: Desk = visit.desk
        self.path = f"{_GMAIL}/threads/{part(thread_id)}"
        self.left = left
        self.letters: list[Letter] = []
        self.drawn: set[str] = set()
        self.only_drafts = False

    async def draw(self) -> None:
        await self._load()
        with ui.row().classes("w-full no-wrap items-start justify-between gap-2"):
            with ui.row().classes("no-wrap items-start gap-1"):
                back = ui.button(icon="arrow_back", on_click=self.left).classes("phone-only")
                back.props('flat round dense aria-label="Back to the list"')
                with ui.element("h2"):
                    ui.label(self.letters[0].subject or "(no subject)")
            ui.button(icon="delete_outline", on_click=self._trash).props(
                'flat round dense aria-label="Move to the bin"'
            )
        self.stack = ui.column().classes("w-full gap-3")
        await self._draw_invitation()
        self._draw_new(opened_from=len(self.letters) - 2)
        if not self.only_drafts:
            self._draw_reply()
        await self._mark_read()

    async def _draw_invitation(self) -> None:
        uid = next((one.calendar_uid for one in reversed(self.letters) if one.calendar_uid), "")
        if uid:
            with self.stack:
                await draw_invitation(self.visit, uid)

    async def refresh(self) -> None:
        """Add the letters that came since to the ones shown."""
        await self._load()
        self._draw_new()

    def _draw_new(self, *, opened_from: int = 0) -> None:
        with self.stack:
            for index, one in enumerate(self.letters):
                if one.id not in self.drawn:
                    self.drawn.add(one.id)
                    _draw_letter(self.visit, one, opened=index >= opened_from)

    async def _load(self) -> None:
        found = (await ask(self.desk.get, self.path, format="full")).get("messages", ())
        letters = [letter(message) for message in found]
        sent = [one for one in letters if "DRAFT" not in one.labels]
        self.letters, self.only_drafts = sent or letters, not sent

    async def _mark_read(self) -> None:
        if any("UNREAD" in one.labels for one in self.letters):
            await ask(self.desk.post, f"{self.path}/modify", {"removeLabelIds": ["UNREAD"]})

    async def _trash(self) -> None:
        if await attempt(self.desk.post, f"{self.path}/trash", done="In the bin."):
            await self.left()

    def _draw_reply(self) -> None:
        with ui.element("div").classes("message"), ui.element("div").classes("write"):
            to = person(self.letters[-1].reply_to or self.letters[-1].sender)
            words = ui.textarea(f"Reply to {to}").props("outlined autogrow").classes("w-full")
            with ui.row():
                ui.button("Send reply", icon="send", on_click=lambda: self._send(words)).props("unelevated")

    async def _send(self, words: ui.textarea) -> None:
        if not (words.value or "").strip():
            ui.notify("There is nothing in it yet.", type="warning")
            return
        visit = self.visit
        content = answer(
            self.letters[-1], writer=visit.user, name=visit.name, words=words.value, zone=visit.zone
        )
        body = {"raw": raw(content), "threadId": self.id}
        if await attempt(self.desk.post, f"{_GMAIL}/messages/send", body, done="Sent."):
            words.set_value("")
            await self.refresh()


async def show_thread(visit: Visit, thread_id: str, left: Callable[[], Awaitable[None]]) -> Thread:
    """Draw a thread where we are; ``left`` is called when the reader is done with it."""
    thread = Thread(visit, thread_id, left)
    await thread.draw()
    return thread


def _draw_letter(visit: Visit, one: Letter, *, opened: bool) -> None:
    with ui.element("article").classes("message"):
        head = ui.element("div").classes("from")
        body = ui.element("div").classes("w-full")
        body.set_visibility(opened)
        with body:
            html, plain = _draw_body(visit, one)
            _draw_attachments(visit, one)
        with head:
            _draw_sender(visit, one)
            if one.html and one.text:
                _toggle(html, plain)
            fold = ui.button(icon="unfold_more", on_click=lambda: body.set_visibility(not body.visible))
            fold.props('flat round dense aria-label="Show or hide this letter"')


def _draw_sender(visit: Visit, one: Letter) -> None:
    name = person(one.sender)
    with ui.element("div").classes("face").style(f"background: {_FACES[sum(map(ord, name)) % len(_FACES)]}"):
        ui.label(name[:1].upper())
    with ui.element("div").classes("names"):
        ui.label(name).classes("sender")
        ui.label(f"to {one.to}").classes("muted").style("font-size: 12.5px")
        ui.label(day_and_time(one.moment, visit.zone)).classes("muted phone-only").style("font-size: 12.5px")
    ui.label(day_and_time(one.moment, visit.zone)).classes("muted desk-only").style("font-size: 12.5px")


def _draw_body(visit: Visit, one: Letter) -> tuple[ui.element, ui.element]:
    html = ui.element("iframe").classes("letter")
    html.props["sandbox"] = _SANDBOX
    html.props["title"] = "Letter"
    if one.html:
        html.props["srcdoc"] = letter_document(one.html, user=visit.user, pictures=one.pictures)
        html.on("load", js_handler=f"(event) => {{ const el = event.target; {_FIT} }}")
    with ui.element("pre").classes("plain") as plain:
        ui.label(one.text or "(no text)")
    html.set_visibility(bool(one.html))
    plain.set_visibility(not one.html)
    return html, plain


def _toggle(html: ui.element, plain: ui.element) -> None:
    def turn() -> None:
        html.set_visibility(not html.visible)
        plain.set_visibility(not html.visible)
        button.set_text("Plain text" if html.visible else "Formatted")

    button = ui.button("Plain text", on_click=turn).props("flat dense padding='2px 8px'")


def _draw_attachments(visit: Visit, one: Letter) -> None:
    if not one.attachments:
        return
    with ui.row().classes("gap-2").style("padding: 0 16px 12px"):
        for attachment in one.attachments:
            button = ui.button(attachment.name, icon="attach_file").props(
                "outline dense no-caps padding='3px 10px'"
            )
            button.on_click(lambda _, a=attachment: _download(visit, one, a))


async def _download(visit: Visit, one: Letter, attachment: Attachment) -> None:
    path = f"{_GMAIL}/messages/{part(one.id)}/attachments/{part(attachment.attachment_id or '')}"
    answer: Any = await ask(visit.desk.get, path)
    data = answer["data"]
    ui.download(base64.urlsafe_b64decode(data + "=" * (-len(data) % 4)), attachment.name)
