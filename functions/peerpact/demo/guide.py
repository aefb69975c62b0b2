"""What a newcomer does in a minute: be the People team, be one of a pair, see what the other gets; two phones beside.

The pair is one that there is in the played programme, so that every link leads to something.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from html import escape
from typing import Any
from urllib.parse import quote

from nicegui import ui

from peerpact.demo.play import Play
from peerpact.demo.summary import grid, rows
from peerpact.programme.letter_language import language_of
from peerpact.programme.people import Person
from peerpact.programme.sentences import in_english
from peerpact.programme.settings import Settings
from peerpact.tables.roster import read_roster
from peerpact.tables.schema import tab
from peerpact.tables.tab_contents import read_tab
from workspace_emulator.pages import Panel, Visit, heading

Row = Mapping[str, Any]
TWO_PHONES = "/two-phones"
TOLD = ("Ended", "Proposed", "Approved")
"""States of pairings of which there is something to see or to do; the last is the best one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two partners: their names and addresses."""

    names: tuple[str, str]
    addresses: tuple[str, str]
    is_proposed: bool = False


def a_pair(play: Play) -> Pair | None:
    """Return the pair that the page shows; None before there is one."""
    programme = play.company.config.programme_spreadsheet
    roster = read_roster(read_tab(tab("Roster"), grid(play, programme, "Roster")), Settings())
    return best_pair(rows(play, programme, "Pairings"), roster.people, play.company.workspace.clock.now())


def best_pair(pairings: Iterable[Row], people: Mapping[str, Person], now: datetime) -> Pair | None:
    """Return a pair, best one that is together, or is proposed; of the newest round, and met.

    First of all it is one of whom somebody's mails are in English, who is the first of the two: a newcomer reads them.
    Then it is one of whom nobody has a day off, since whoever has gets no mail.
    """
    found = [row for row in pairings if row["State"] in TOLD and str(row["People"]).count(" & ") == 1]
    if not found:
        return None
    english = {address for address, person in people.items() if language_of(person, Settings()) == "en"}
    off = {address for address, person in people.items() if person.local_day(now) in person.days_off}

    def worth(row: Row) -> tuple[bool, int, bool, int, int, bool]:
        addresses = str(row["Addresses"]).split(", ")
        many, is_there = len(english.intersection(addresses)), off.isdisjoint(addresses)
        state, met = TOLD.index(row["State"]), row["Meeting state"] == "held"
        return many > 0, state, is_there, int(row["Round"]), many, met

    row = max(found, key=worth)
    two = zip(str(row["People"]).split(" & "), str(row["Addresses"]).split(", "), strict=True)
    (one, first), (other, second) = sorted(two, key=lambda one_of: one_of[1] not in english)
    return Pair(names=(one, other), addresses=(first, second), is_proposed=row["State"] == "Proposed")


def title(words: str) -> None:
    """Write a card's heading."""
    ui.html(f"<h2 class='card-title'>{words}</h2>", sanitize=False)


def guided_minute(play: Play) -> None:
    """Write the steps, numbered, each with the link that it needs."""
    sheet = f"/spreadsheets/{play.company.config.programme_spreadsheet}"
    admin = quote(play.company.admin, safe="@")
    pair = a_pair(play)
    pairings = f"{sheet}?tab=Pairings{_view(play)}&as={admin}"
    mailbox = _mailbox(pair.addresses[0]) if pair else ""
    with ui.element("div").classes("sheet-card").style("padding:1rem 1.25rem"):
        title("One minute")
        steps = ui.element("ol").style("list-style: decimal; padding-left: 1.5rem")
    with steps:
        if pair is None:
            _step(
                "Let time pass until a round opens; its proposals are on Pairings.", "Open Pairings", pairings
            )
            return
        one, other = pair.names
        if pair.is_proposed:
            _step(
                f"Be the People team: choose “approve” in column Decision beside {one} & {other}.",
                "Open Pairings",
                pairings,
            )
            with ui.element("li").classes("step"):
                ui.label("Run pair_people and book_first_meetings below: the two are introduced.")
        else:
            _step("Be the People team: look at how the pairs are.", "Open Pairings", pairings)
        write = f"open the newest mail, tap “Write to {other.split()[0]}”, and send a line"
        answer = "open the newest mail, and tap one of its buttons"
        _step(f"Be {one}: {write if pair.is_proposed else answer}.", "Open the mailbox", mailbox)
        _step(f"See what {other} gets.", "Two phones side by side", TWO_PHONES)


def _view(play: Play) -> str:
    """Return what opens Pairings in the view to which Start here leads, where something waits."""
    lines = rows(play, play.company.config.programme_spreadsheet, "Start here")
    [proposals] = [line for line in lines if in_english(line["Topic"]) == "Proposals"] or [
        {"Address": "", "Figure": 0}
    ]
    view = str(proposals["Address"]).rpartition("&fvid=")[2] if proposals["Figure"] else ""
    return f"&fvid={view}" if view.isdigit() else ""


def _step(words: str, link: str, address: str) -> None:
    with ui.element("li").classes("step"), ui.row().classes("items-baseline").style("gap:.5rem"):
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
