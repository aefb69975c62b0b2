"""Slips of one cell in a running programme, taken back a day later: the play, and what must be as without them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from cast import Cast
from peerpact.errors import PeerpactError
from peerpact.jobs.catalogue import JOBS
from peerpact.tables.schema import tab

Typed = str | int | float | bool
SLIPS: dict[str, Callable[[str], Typed]] = {
    "emptied": lambda _: "",
    "a space": lambda _: " ",
    "#N/A": lambda _: "#N/A",
    "#REF!": lambda _: "#REF!",
    "still loading": lambda _: "Loading...",
    "n/a": lambda _: "n/a",
    "a dash": lambda _: "-",
    "a question mark": lambda _: "?",
    "to be decided": lambda _: "tbd",
    "one letter more": lambda was: f"{was}x",
    "one letter less": lambda was: was[:-1],
    "first letter lost": lambda was: was[1:],
    "two letters swapped": lambda was: was[1:2] + was[:1] + was[2:],
    "backwards": lambda was: was[::-1],
    "twice": lambda was: was * 2,
    "twice, with a comma": lambda was: f"{was}, {was}",
    "capitals": lambda was: was.upper(),
    "small letters": lambda was: was.lower(),
    "a space before": lambda was: f"  {was}",
    "a space behind": lambda was: f"{was}\u00a0",
    "a space inside": lambda was: f"{was[:3]} {was[3:]}",
    "an invisible letter": lambda was: f"{was[:2]}\u200b{was[2:]}",
    "a line break": lambda was: f"{was}\n",
    "a full stop": lambda was: f"{was}.",
    "a semicolon": lambda was: f"{was};",
    "quotation marks": lambda was: f"“{was}”",
    "brackets": lambda was: f"({was})",
    "a remark": lambda was: f"{was} (see mail)",
    "a word": lambda _: "later",
    "a sentence": lambda _: "please ask Ada about this one",
    "nought": lambda _: 0,
    "one": lambda _: 1,
    "a year": lambda _: 2027,
    "a serial number": lambda _: 46150,
    "a day run together": lambda _: 20261130,
    "a telephone number": lambda _: 4915112345678,
    "a tick": lambda _: True,
    "a cross": lambda _: False,
    "very long": lambda was: was + "x" * 5000,
    "another script": lambda _: "山田太郎",
    "a stranger's address": lambda _: "someone@elsewhere.example",
    "a formula's text": lambda _: "=A1",
    "no": lambda _: "no",
    "paused": lambda _: "paused",
    "everybody's address": lambda _: "; ".join(
        f"{name}@example.com" for name in ("cleo", "dina", "emil", "fay", "gus")
    ),
}
COLUMNS = tuple(c.field for c in tab("Roster").columns if c.type != "formula")
GUARDED_SETTINGS = (
    "First round opens on",
    "Months per round",
    "Company domains",
    "Time zone",
    "Reporting line",
)
ROW = 3
"""Ben's: he is paired, has a meeting, and has promised something."""


@dataclass(frozen=True, slots=True)
class Place:
    """One cell of an admins' tab."""

    title: str
    row: int
    column: int

    @property
    def cell(self) -> str:
        return f"{chr(65 + self.column)}{self.row}"


def roster_place(cast: Cast, field: str) -> Place:
    header = cast.company.sheet().worksheet("Roster").row_values(1)
    return Place("Roster", ROW, header.index(tab("Roster").column(field).name))


def setting_place(cast: Cast, name: str) -> Place:
    return Place("Settings", cast.company.sheet().worksheet("Settings").col_values(1).index(name) + 1, 1)


def live(cast: Cast, days: int) -> None:
    """Let days pass on which every job runs once."""
    for _ in range(days):
        for name in JOBS:
            try:
                cast.run(name)
            except PeerpactError:
                continue
        cast.wait(days=1)


def play(cast: Cast, place: Place, slip: Callable[[str], Typed]) -> dict[str, Any]:
    """Make a slip, let all jobs run, take it back a day later, and return how things are some days after that."""
    sheet = cast.company.sheet().worksheet(place.title)
    was = str(sheet.acell(place.cell).value or "")
    sheet.update([[slip(was)]], place.cell, raw=True)
    live(cast, 1)
    sheet.update([[was]], place.cell, raw=True)
    live(cast, 3)
    return outcome(cast)


def outcome(cast: Cast) -> dict[str, Any]:
    """Return what people have: pairings, meetings, promises and letters; not when within these days they got them."""
    found = cast.checker()
    pairings = [
        (str(p["Pairing"]), p["Addresses"], p["State"], p["First meeting"])
        for p in found.programme["Pairings"]
    ]
    return {
        "pairings": sorted(pairings, key=repr),
        "words": sorted((c["Commitment"], c["Text"], c["Outcome"]) for c in found.ledger["Commitments"]),
        "letters": sorted(key for person in people(cast) for key in letters(cast, person)),
        "meetings": sorted(
            (e["id"], e["status"], str(e["start"])) for p in people(cast)[:1] for e in meetings(cast, p)
        ),
        "problems": [p["What is wrong"] for p in cast.tab("Problems")],
    }


def people(cast: Cast) -> list[str]:
    return [u.email for u in cast.company.workspace.users() if u.email != cast.company.admin]


def letters(cast: Cast, person: str) -> list[str]:
    return [key for key in cast.letters(person) if not key.startswith("digest")]


def meetings(cast: Cast, _person: str) -> list[dict[str, Any]]:
    session = cast.company.session(cast.company.config.mailbox)
    url = "https://www.googleapis.com/calendar/v3/calendars/primary/events"
    return list(session.get(url, params={"showDeleted": "true", "maxResults": 250}).json().get("items", []))


def differences(one: dict[str, Any], other: dict[str, Any]) -> Iterator[str]:
    for part, before in one.items():
        if before != other[part]:
            gone, new = (
                [x for x in before if x not in other[part]],
                [x for x in other[part] if x not in before],
            )
            yield f"{part}: {gone} became {new}"
