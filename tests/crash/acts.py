"""What people do that nobody foresees: with their meeting, in the mentoring mailbox, with a whole spreadsheet."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from quarter import Person, makes_it_a_day, makes_it_a_series

from cast import MAIL, Cast
from workspace_emulator import Snapshot, User

Act = Callable[[Cast], object]


def makes_the_meeting_a_day(person: str) -> Act:
    return lambda cast: _with_the_next(cast, person, makes_it_a_day)


def makes_the_meeting_a_series(person: str) -> Act:
    return lambda cast: _with_the_next(cast, person, makes_it_a_series)


def _with_the_next(cast: Cast, person: str, change: Callable[[Person, dict[str, Any]], None]) -> None:
    one = Person(cast, f"{person}@example.com")
    event = one.ahead()
    if event:
        change(one, event)


def sends_drafts_by_hand(cast: Cast) -> None:
    """Send whatever lies among the drafts of the mailbox.

    Where two runs may be at work at once, without leases, there may be two drafts of a letter for a moment; nobody can
    keep a person from sending both.
    """
    if not cast.company.config.lease_bucket:
        return
    session = _mailbox(cast)
    for draft in session.get(f"{MAIL}/drafts").json().get("drafts", ()):
        session.post(f"{MAIL}/drafts/send", json={"id": draft["id"]})


def deletes_drafts_by_hand(cast: Cast) -> None:
    session = _mailbox(cast)
    for draft in session.get(f"{MAIL}/drafts").json().get("drafts", ()):
        session.delete(f"{MAIL}/drafts/{draft['id']}")


def removes_labels(cast: Cast) -> None:
    session = _mailbox(cast)
    for label in session.get(f"{MAIL}/labels").json()["labels"]:
        if label["type"] == "user":
            session.delete(f"{MAIL}/labels/{label['id']}")


def empties_sent(cast: Cast) -> None:
    """Put into the bin what was sent before yesterday, as a rule of retention does."""
    session, day = _mailbox(cast), cast.clock.now() - timedelta(days=1)
    found = session.get(f"{MAIL}/messages", params={"labelIds": "SENT", "maxResults": 500}).json()
    for message in found.get("messages", ()):
        whole = session.get(f"{MAIL}/messages/{message['id']}", params={"format": "minimal"}).json()
        if int(whole["internalDate"]) < day.timestamp() * 1000:
            session.post(f"{MAIL}/messages/{message['id']}/trash")


def changes_address(person: str, new: str) -> Act:
    """Give somebody another account, close the old one, and say on the roster what its address was."""

    def change(cast: Cast) -> None:
        old = f"{person}@example.com"
        cast.company.workspace.add_user(User(email=new, name=person.title()))
        cast.company.workspace.add_user(User(email=old, name=person.title(), is_suspended=True))
        roster = cast.company.sheet().worksheet("Roster")
        header, addresses = roster.row_values(1), roster.col_values(2)
        row = addresses.index(old) + 1
        roster.update_cell(row, header.index("Former address") + 1, old)
        roster.update_cell(row, 2, new)
        for cell in roster.findall(old, in_column=header.index("Manager") + 1):
            roster.update_cell(cell.row, cell.col, new)

    return change


_KEPT: dict[str, Snapshot] = {}
"""Spreadsheets as they were on an older day."""


def remembers(which: str) -> Act:
    def keep(cast: Cast) -> None:
        _KEPT[which] = cast.company.workspace.store.snapshot()

    return keep


def restores(which: str) -> Act:
    """Bring a spreadsheet back to an older day as Drive does: as a whole, all that nobody sees included."""

    def restore(cast: Cast) -> None:
        store, config = cast.company.workspace.store, cast.company.config
        key = config.ledger_spreadsheet if which == "ledger" else config.programme_spreadsheet
        now, old = store.snapshot().collections, _KEPT[which].collections
        others = {name: part for name, part in now.items() if key not in name}
        books = {**now["sheets/books"], key: old["sheets/books"][key]}
        its = {name: part for name, part in old.items() if key in name}
        store.restore(Snapshot({**others, **its, "sheets/books": books}))

    return restore


def _mailbox(cast: Cast) -> Any:
    return cast.company.session(cast.company.config.mailbox)
