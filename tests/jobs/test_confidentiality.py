"""What people promise and write stays between the two of them: no canary sings anywhere else.

Three months are played while calls fail at random; everything that anybody writes carries a canary of its own. Then
each place where it must not be is searched whole.
"""

from __future__ import annotations

import logging
import re
import traceback
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import cycle
from typing import Any

import pytest

from cast import Cast
from peerpact.demo.play import Play
from peerpact.jobs import job as running
from peerpact.programme.plan import Plan
from workspace_emulator import Effect, Fault

ADMIN = "people.team@example.com"
END = datetime(2026, 4, 7, 4, tzinfo=UTC)
TRIES = 4
PROMISES = (
    "Ask my manager about {}",
    "Read the book on {}\nand write {} down",
    "=HYPERLINK({})",
    "*{}* <b>{}</b>",
)
ANSWERS = (
    "1 done, thanks to {}",
    "1 not yet, {} came between",
    "1 partly\n\nNext: talk to Sam about {}",
    "Who can see {}?",
    "1 dropped because of {}",
    "1 done\n2 not yet\nNext: {}",
    "maybe {} or so",
)
ASIDES = ("Sorry, I meant {}", "Also: {}", "Thanks, {}!")
FAULTS = (
    Fault(effect=Effect.REFUSE, status=429, chance=0.02, seed=1),
    Fault(effect=Effect.REFUSE, status=500, chance=0.02, seed=2),
    Fault(effect=Effect.REFUSE, status=503, kind="write", chance=0.06, seed=3),
    Fault(effect=Effect.DROP_BEFORE, chance=0.02, seed=4),
    Fault(effect=Effect.DROP_AFTER, kind="write", chance=0.06, seed=5),
)


class Canaries:
    """People who answer each letter on the day they get it, with words of which each is one of a kind."""

    def __init__(self, cast: Cast) -> None:
        self._cast = cast
        self._people = [u.email for u in cast.company.workspace.users()]
        self._people = [p for p in self._people if p not in {ADMIN, cast.company.config.mailbox}]
        self._promises, self._answers, self._asides = cycle(PROMISES), cycle(ANSWERS), cycle(ASIDES)
        self.sung = 0

    def live(self) -> None:
        for person in self._people:
            for thread, letter in self._cast.open_unread(person):
                if words := self._words(letter):
                    self._cast.send_reply(person, letter, words, thread=thread)

    def _words(self, letter: Any) -> str:
        kind = (letter["X-Peerpact"] or "").partition(":")[0]
        text = letter.get_body(("plain",)).get_content() if kind in {"follow-up", "reminder"} else ""
        asks = {
            "commitment-request": self._promises,
            "follow-up": self._answers if "1. " in text else self._promises,
            "reminder": self._answers if "1. " in text else self._promises,
            "introduction": cycle(["I look forward to {}"]),
            "acknowledgement": self._asides,
        }
        return re.sub(r"\{\}", lambda _: self._canary(), next(asks[kind])) if kind in asks else ""

    def _canary(self) -> str:
        self.sung += 1
        return f"zqcanary{self.sung:04}"


class Watched(Play):
    """A play that keeps what its jobs would show on a screen, and carries on when one fails."""

    def __init__(self, cast: Cast) -> None:
        super().__init__(cast.company, seed=1)
        self.cast = cast
        self.colleagues = Canaries(cast)  # type: ignore[assignment]
        self.screen: list[str] = []
        self.shown_on_demand: list[str] = []
        self.errors: list[str] = []

    def run(self, name: str) -> running.Outcome | None:
        """Run a job, and again when it fails, as the scheduler does."""
        for _ in range(TRIES):
            try:
                outcome = super().run(name)
            except Exception as error:
                self.errors += [str(error), repr(error), traceback.format_exc()]
            else:
                if outcome:
                    self._look(outcome.plan)
                    return outcome
        return None

    def _look(self, plan: Plan) -> None:
        self.screen += [action.sentence() for action in plan.actions]
        self.screen += [f"{p.what} {p.remedy}" for p in plan.problems or ()] + [plan.too_much, repr(plan)]
        self.shown_on_demand += [action.sentence(show_texts=True) for action in plan.actions]


class Everything(logging.Handler):
    """Keeps every log record whole, with all that was attached to it."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines += [record.getMessage(), repr(vars(record)), self.format(record)]


@pytest.fixture
def logs() -> Iterator[list[str]]:
    handler, root = Everything(), logging.getLogger()
    level = root.level
    root.setLevel(logging.DEBUG)
    root.addHandler(handler)
    yield handler.lines
    root.removeHandler(handler)
    root.setLevel(level)


def with_canaries(texts: list[str]) -> list[str]:
    return [text for text in texts if "zqcanary" in text.lower()]


def letters_to_admins(cast: Cast) -> list[str]:
    """Return every header and every decoded text of what the People team got."""
    mails = cast.mails(ADMIN, "")
    parts = [p for m in mails for p in m.walk() if p.get_content_maintype() == "text"]
    return [repr(m.items()) for m in mails] + [str(p.get_content()) for p in parts]


def test_lets_no_word_out_in_three_months_in_which_calls_fail(cast: Cast, logs: list[str]) -> None:
    play = Watched(cast)
    for fault in FAULTS:
        for user in ("mentoring@*", "peerpact-*"):
            cast.company.workspace.faults.add(_for(fault, user))
    for _ in play.until(END):
        pass
    cast.company.workspace.faults.clear()
    for _ in play.until(END + timedelta(days=3)):
        pass
    store, config = cast.company.workspace.store, cast.company.config
    programme = store.collection("sheets/books")[config.programme_spreadsheet]
    assert with_canaries([repr(programme)]) == []
    people = [u.email for u in cast.company.workspace.users()]
    events = [repr(store.collection(f"calendar/copies/{p}")) for p in people] + [
        repr(cast.events(config.mailbox))
    ]
    assert with_canaries(events) == []
    assert with_canaries(logs) == []
    assert with_canaries(play.errors) == []
    assert with_canaries(play.screen) == []
    assert with_canaries(letters_to_admins(cast)) == []

    assert cast.checker().faults() == []

    assert with_canaries(play.shown_on_demand) != []
    assert len(with_canaries([str(c["Text"]) for c in cast.ledger("Commitments")])) > 10
    assert len(play.errors) > 10
    assert len(letters_to_admins(cast)) > 10
    assert logs != []


def _for(fault: Fault, user: str) -> Fault:
    return replace(fault, user=user, seed=fault.seed * 7 + len(user))
