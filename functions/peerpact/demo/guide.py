"""What a newcomer does in a minute: be the People team, be one of a pair, see what the other gets; two phones beside.

The pair is one that there is in the played programme, so that every link leads to something.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import Any
from urllib.parse import quote

from nicegui import ui

from peerpact.demo.play import Play
from peerpact.demo.summary import rows
from workspace_emulator.pages import Panel, Visit, heading

TWO_PHONES = "/two-phones"
WITH_MAILS = ("Ended", "Approved")
"""States of pairings whose people were written to; the last is the better one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two partners: their names and addresses."""

    names: tuple[str, str]
    addresses: tuple[str, str]


def a_pair(play: Play) -> Pair | None:
    """Return a pair that got mails, best one that is together, of the newest round, and met; None before.

    Of these best one whose mails are in English: a newcomer reads them.
    """
    programme = play.company.config.programme_spreadsheet
    found = [
        row
        for row in rows(play, programme, "Pairings")
        if row["State"] in WITH_MAILS and str(row["People"]).count(" & ") == 1
    ]
    if not found:
        return None
    spoken = {
        row["E-mail"]: str(row["Languages"]).partition(",")[0] for row in rows(play, programme, "Roster")
    }

    def worth(row: dict[str, Any]) -> tuple[int, int, int, bool]:
        english = sum(spoken.get(a, "") in {"", "English"} for a in str(row["Addresses"]).split(", "))
        state, met = WITH_MAILS.index(row["State"]), row["Meeting state"] == "held"
        return state, int(row["Round"]), english, met

    row = max(found, key=worth)
    one, other = str(row["People"]).split(" & ")
    first, second = str(row["Addresses"]).split(", ")
    return Pair(names=(one, other), addresses=(first, second))


def guided_minute(play: Play) -> None:
    """Write the steps, each with the link that it needs."""
    sheet = f"/spreadsheets/{play.company.config.programme_spreadsheet}"
    admin = quote(play.company.admin, safe="@")
    pair = a_pair(play)
    with ui.element("div").classes("sheet-card").style("padding:1rem 1.25rem"):
        ui.html("<h2 style='font-size:1.05rem;font-weight:600;margin:0'>One minute</h2>", sanitize=False)
        _step(
            "Be the People team: look at what waits, and put approve beside a pairing.",
            "Open Pairings",
            f"{sheet}?tab=Pairings{_view(play)}&as={admin}",
        )
        if pair:
            _step(
                f"Be {pair.names[0]}: open the newest mail and answer with one of its buttons.",
                "Open the mailbox",
                _mailbox(pair.addresses[0]),
            )
            _step(
                f"Jump to the next thing until the answer is read; then see what {pair.names[1]} gets.",
                "Two phones side by side",
                TWO_PHONES,
            )


def _view(play: Play) -> str:
    """Return what opens Pairings in the view to which Start here leads, where something waits."""
    lines = rows(play, play.company.config.programme_spreadsheet, "Start here")
    [proposals] = [line for line in lines if line["Topic"] == "Proposals"] or [{"Address": "", "Figure": 0}]
    view = str(proposals["Address"]).rpartition("&fvid=")[2] if proposals["Figure"] else ""
    return f"&fvid={view}" if view.isdigit() else ""


def _step(words: str, link: str, address: str) -> None:
    with ui.row().classes("items-baseline").style("gap:.5rem;margin-top:.5rem"):
        ui.label(words)
        ui.link(link, address)


def _mailbox(address: str) -> str:
    return f"/mail/{quote(address, safe='@')}"


def two_phones(play: Play) -> Panel:
    """Return the page on which both partners' mailboxes are seen at once, as wide as phones."""

    def build(visit: Visit) -> None:
        del visit
        pair = a_pair(play)
        heading("Two phones side by side", "Answer a mail on one; what the other gets changes with it.")
        if pair is None:
            ui.label("There is no pair yet. Let time pass on the first page.")
            return
        with ui.element("div").style("display:flex;flex-wrap:wrap;gap:1.5rem;width:100%"):
            for name, address in zip(pair.names, pair.addresses, strict=True):
                _phone(name, address)

    return Panel(
        title="Two phones", icon="phonelink", path=TWO_PHONES, build=build, summary="Two partners at once."
    )


def _phone(name: str, address: str) -> None:
    name = escape(name)
    with ui.element("section").style("width:min(390px,100%)").props(f'aria-label="{name}"'):
        ui.html(f"<h2 style='font-size:1rem;font-weight:600;margin:0 0 .5rem'>{name}</h2>", sanitize=False)
        frame = ui.element("iframe").props(f'src="{_mailbox(address)}" title="The mailbox of {name}"')
        frame.style("width:100%;height:720px;border:1px solid var(--line);border-radius:28px")
