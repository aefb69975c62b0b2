"""Programmes that differ in nothing but what became of one person's promise, and all that an admin reads of each.

An admin does the same, by chance from one seed, in each of them: edits the roster, Settings and Days off, answers what
is asked, decides, looks somebody up, puts back an older version. After each moment all cells, notes and comments of the
programme spreadsheet are kept as they are, with the digests and the previews that can be had without the ledger.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import restored

import states
from cast import Cast
from peerpact.errors import PeerpactError
from peerpact.jobs import job as running
from peerpact.jobs.catalogue import JOBS
from peerpact.tables.schema import tab
from workspace_emulator import Snapshot

WHO = "ben@example.com"
OUTCOMES = {"kept": "1 done", "not yet": "1 not yet", "dropped": "1 dropped", "no answer": ""}
WITHOUT_LEDGER = [name for name, job in JOBS.items() if not job.opens_ledger]
NAMED = {"revision", "namedRanges"}
"""Of the spreadsheet's own document: names that are made by chance, anew for each batch."""
SECONDS = str([c.field for c in tab("Runs").columns].index("seconds"))
MAIL_ID = re.compile(r"'stringValue': '(?:[0-9a-f]{16}|r\d{19})'")
"""The local Workspace counts mails and drafts up; Gmail's ids tell nobody how many there were."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What an admin can read at a moment."""

    after: str
    cells: Mapping[str, Any]
    """The programme spreadsheet as it is kept: cells, notes, comments, order, protection, and when it was changed."""
    mails: Sequence[str]
    previews: Sequence[str]


def look(cast: Cast, after: str, *, is_thorough: bool = True) -> Look:
    """Return what can be read now; a thorough look opens mails and previews, too."""
    mails, previews = (_mails(cast), _previews(cast)) if is_thorough else ([], [])
    return Look(after=after, cells=_cells(cast), mails=mails, previews=previews)


def has_published(cast: Cast) -> bool:
    key = cast.company.config.ledger_spreadsheet
    return len(restored.remembered(cast, key)[key, "Published"]) > 1


def _cells(cast: Cast) -> dict[str, Any]:
    """Return the documents of the spreadsheet, but for what hangs on the machine and on chance."""
    key, kept = cast.company.config.programme_spreadsheet, cast.company.workspace.store.snapshot().collections
    tabs = kept[f"sheets/tabs/{key}"]
    found = {name: _plain_all(name, docs, tabs) for name, docs in kept.items() if key in name}
    book = {k: v for k, v in kept["sheets/books"][key].items() if k not in NAMED}
    return {**found, "book": book, "file": kept["drive/files"][key]}


_PLAIN: dict[str, tuple[Mapping[str, Any], dict[str, Any]]] = {}


def _plain_all(name: str, documents: Mapping[str, Any], tabs: Mapping[str, Any]) -> dict[str, Any]:
    """Return a collection's documents made plain; the same object where nothing has changed since the last look."""
    before, plain = _PLAIN.get(name, ({}, {}))
    if before is not documents:
        without = SECONDS if _title(tabs, name) == "Runs" else ""
        plain = {k: _plain(doc, without=without) for k, doc in documents.items()}
        _PLAIN[name] = documents, plain
    return plain


def _title(tabs: Mapping[str, Any], name: str) -> str:
    return str(tabs.get(name.rpartition("/")[2], {}).get("properties", {}).get("title", ""))


def _plain(document: Mapping[str, Any], *, without: str) -> dict[str, Any]:
    kept = {k: v for k, v in document.items() if k not in {"stamp", without}}
    return {k: "an id" if MAIL_ID.search(repr(v)) else v for k, v in kept.items()}


def _mails(cast: Cast) -> list[str]:
    parts = [p for m in cast.mails(cast.company.admin, "") for p in m.walk()]
    return [str(p.get_content()) for p in parts if p.get_content_maintype() == "text"]


def _previews(cast: Cast) -> list[str]:
    said: list[str] = []
    for name in WITHOUT_LEDGER:
        try:
            plan = running.preview(JOBS[name], cast.company.access(JOBS[name]), cast.clock.now()).plan
        except PeerpactError as error:
            said.append(f"{name}: {error}")
            continue
        said += [f"{name}: {action.sentence(show_texts=True)}" for action in plan.actions]
        said += [f"{name}: {p.what} {p.remedy}" for p in plan.problems or ()]
        said += [f"{name}: {plan.note} {plan.too_much}"]
    return said


class Admin:
    """Somebody who edits as they like, the same in each programme that is played with one seed."""

    def __init__(self, cast: Cast, seed: int) -> None:
        self._cast = cast
        self._dice = random.Random(seed)  # noqa: S311 - a play, seeded
        self._older = restored.remembered(cast, cast.company.config.programme_spreadsheet)

    def acts(self) -> str:
        """Do one or two things; return what."""
        done = []
        for act in self._dice.sample(ACTS, k=self._dice.randint(1, 2)):
            done.append(act.__name__.strip("_"))
            with suppress(ValueError, PeerpactError):  # what they look for may not be there
                act(self)
        return " and ".join(done)

    def _row_of(self, person: str) -> int:
        return self._cast.company.sheet().worksheet("Roster").col_values(2).index(person) + 1

    def _somebody(self) -> str:
        names = ("ben", "cleo", "dina", "emil", "fay", "gus")
        return f"{self._dice.choice(names)}@example.com"

    def _put(self, person: str, column: str, value: str) -> None:
        roster = self._cast.company.sheet().worksheet("Roster")
        roster.update_cell(self._row_of(person), roster.row_values(1).index(column) + 1, value)

    def leaves_one_pair_in(self) -> None:
        [pair] = [p["Addresses"] for p in self._cast.tab("Pairings") if WHO in p["Addresses"]][-1:]
        for name in ("ben", "cleo", "dina", "emil", "fay", "gus"):
            if f"{name}@example.com" not in pair:
                self._put(f"{name}@example.com", "Taking part", "no")

    def takes_everybody_in(self) -> None:
        for name in ("ben", "cleo", "dina", "emil", "fay", "gus"):
            self._put(f"{name}@example.com", "Taking part", "yes")

    def pauses_somebody(self) -> None:
        self._put(self._somebody(), "Taking part", "paused")

    def gives_leave(self) -> None:
        first = self._cast.clock.now().date()
        row = [first.isoformat(), (first + timedelta(days=9)).isoformat(), "Leave", self._somebody()]
        self._cast.company.sheet().worksheet("Days off").append_row(row, value_input_option="USER_ENTERED")

    def changes_a_setting(self) -> None:
        name, values = self._dice.choice(SETTINGS)
        self._cast.setting(name, self._dice.choice(values))

    def answers_everything(self) -> None:
        word = self._dice.choice(["yes", "no"])
        for title in ("Problems", "Start here"):
            header, *rows = self._cast.company.sheet().worksheet(title).get_all_values()
            column = chr(65 + header.index("Answer"))
            for number, row in enumerate(rows, start=2):
                if row[0] in OFFERS or title == "Problems":
                    self._cast.enter(title, f"{column}{number}", word)

    def decides(self) -> None:
        header, *rows = self._cast.company.sheet().worksheet("Pairings").get_all_values()
        number = self._dice.randrange(len(rows)) + 2
        self._cast.enter("Pairings", f"{chr(65 + header.index('Decision'))}{number}", "reject")

    def never_pairs(self) -> None:
        row = [WHO, self._somebody(), "because"]
        self._cast.company.sheet().worksheet("Never pair").append_row(row)

    def looks_somebody_up(self) -> None:
        self._cast.enter("Person", "A2", "Ben Berg")

    def gives_a_new_address(self) -> None:
        """Not to whom it is about: an answer of theirs would wait for a person then, which admins are told."""
        person = self._dice.choice(["cleo@example.com", "fay@example.com"])
        self._put(person, "Former address", person)
        self._put(person, "E-mail", self._cast.company.admin)

    def puts_back_an_older_version(self) -> None:
        restored.restore(self._cast, self._older)


ACTS: tuple[Callable[[Admin], None], ...] = (
    Admin.leaves_one_pair_in,
    Admin.takes_everybody_in,
    Admin.pauses_somebody,
    Admin.gives_leave,
    Admin.changes_a_setting,
    Admin.answers_everything,
    Admin.decides,
    Admin.never_pairs,
    Admin.looks_somebody_up,
    Admin.gives_a_new_address,
    Admin.puts_back_an_older_version,
)
SETTINGS = (
    ("Most letters per run", (1, 2, 5, 1000)),
    ("Reminder after days", (1, 3, 10)),
    ("Months per round", (1, 3, 6)),
    ("First round opens on", ("2025-11-01", "2026-01-05", "2026-02-02")),
    ("Admin language", ("German", "English")),
)
OFFERS = {"Show me the next round", "Approve all proposals", "Pause the programme"}


def asked(cast: Cast) -> None:
    """Everybody has promised something and is asked, the day has come, what became of it."""
    cast.bring_to(states.met)
    for user in cast.company.workspace.users():
        if any(key.startswith("commitment-request") for key in cast.letters(user.email)):
            cast.reply(user.email, "I will read the guide by 30 January 2026.", to="commitment-request")
    cast.run("collect_replies")
    cast.wait(days=14)
    for name in ("book_first_meetings", "send_follow_ups"):
        cast.run(name)


def played(cast: Cast, start: Snapshot, outcome: str, seed: int, waits: Sequence[float]) -> Iterator[Look]:
    """Play on from a snapshot: the one person answers, the others all keep theirs; yield each look."""
    cast.company.workspace.store.restore(start)
    admin = Admin(cast, seed)
    _answer(cast, outcome)
    for days in waits:
        did = admin.acts()
        for name in ("collect_replies", *WITHOUT_LEDGER, "send_follow_ups"):
            with suppress(PeerpactError):
                cast.run(name)
        yield look(cast, f"{cast.clock.now():%d %B %H:%M}, the admin {did}")
        cast.wait(days=days)


def _answer(cast: Cast, outcome: str) -> None:
    for user in cast.company.workspace.users():
        words = OUTCOMES[outcome] if user.email == WHO else OUTCOMES["kept"]
        if words and any(k.startswith("follow-up") for k in cast.letters(user.email)):
            cast.reply(user.email, f"{words}\n\nNext: I will ask Sam by 30 April 2026", to="follow-up")


def differences(one: Look, other: Look) -> list[str]:
    """Return in which places two looks differ."""
    found = [
        f"{name}: {_unlike(one.cells.get(name, {}), other.cells.get(name, {}))}"
        for name in sorted({*one.cells, *other.cells})
        if one.cells.get(name, {}) != other.cells.get(name, {})
    ]
    found += [f"mail: {m}" for m in {*one.mails} ^ {*other.mails}]
    return found + [f"preview: {p}" for p in {*one.previews} ^ {*other.previews}]


def _unlike(one: Any, other: Any, path: str = "") -> str:
    """Return the first few places in which two documents differ, and how."""
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        keys = [k for k in {**one, **other} if one.get(k) != other.get(k)]
        return "; ".join(_unlike(one.get(k), other.get(k), f"{path}/{k}") for k in keys[:3])
    return f"{path}: {one!r:.200} / {other!r:.200}"
