"""Moments of a company's days: what is due and what people do, with trouble thrown in, and what is found in the end."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from typing import Any

from acts import Act
from schedules import MOST_RUNS, WAYS, Mortal, run_once, stable
from together import InTurn, Turns, run_in_threads, workers_in_turns

from cast import Cast
from peerpact.google.workers import AT_ONCE
from peerpact.jobs.catalogue import JOBS
from workspace_emulator import Effect, Fault, InProcessAdapter

CALLS_AT_A_MOMENT = 60
"""About so many calls the jobs of a moment make together: faults are thrown among these."""
DEATHS = {"killed before the request": False, "killed after it was carried out": True}
FAULTS = sorted(WAYS.keys() - DEATHS.keys())


Unit = tuple[Cast, str]
"""A job, and the company as the mailbox has it for which it runs."""
LOST_WITHOUT_HARM = {"our own", "calendar answer", "acknowledgement"}
"""Rows that a restored ledger may lack in the end: mails from which nothing follows, and acknowledgements, which are
found again in Sent once somebody answers one. That none is sent twice shows in people's mailboxes.
"""


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment of the month: which jobs are due, and what people have begun to do since the last one."""

    at: datetime
    jobs: tuple[str, ...]
    acts: tuple[Act, ...] = ()


def at(month: int, day: int, hour: int, minute: int = 10) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


def answers(person: str, answer: str) -> Act:
    return lambda cast: cast.answer(f"{person}@example.com", answer)


def replies(person: str, words: str, to: str = "commitment-request") -> Act:
    return lambda cast: cast.reply(f"{person}@example.com", words, to=to)


def takes_part(person: str, whether: str) -> Act:
    def enter(cast: Cast) -> None:
        roster = cast.company.sheet().worksheet("Roster")
        row = roster.col_values(2).index(f"{person}@example.com") + 1
        roster.update_cell(row, roster.row_values(1).index("Taking part") + 1, whether)

    return enter


@dataclass(slots=True)
class Acts:
    """What people do, in its order, each once: the next thing, or all that is left."""

    cast: Cast
    acts: Sequence[Act]
    _done: int = field(default=0)

    @property
    def left(self) -> Sequence[Act]:
        return self.acts[self._done :]

    def one(self) -> None:
        if self._done < len(self.acts):
            self._done += 1
            self.acts[self._done - 1](self.cast)

    def all(self) -> None:
        while self._done < len(self.acts):
            self.one()


def troubles(dice: random.Random, moments: int, most: int) -> Mapping[int, int]:
    """Return how many faults strike at each moment, by its number."""
    struck = [dice.randrange(moments) for _ in range(dice.randint(1, most))]
    return {number: struck.count(number) for number in struck}


def run_roughly(units: Sequence[Unit], dice: random.Random, faults: int, during: Acts) -> None:
    """Run all units of a moment at once, one of them twice, with faults, while people do what is left to do."""
    cast = units[0][0]
    workspace, units = cast.company.workspace, [*units, dice.choice(units)]
    deaths: dict[int, Mapping[str, Any]] = {}
    for _ in range(faults):
        way = dice.choice([*FAULTS, *DEATHS, *DEATHS])  # a death is the worst: as likely as three others
        if way in DEATHS:
            deaths[dice.randrange(len(units))] = {"dies_at": dice.randint(1, 30), "after": DEATHS[way]}
        else:
            WAYS[way](cast, dice.randint(1, CALLS_AT_A_MOMENT))
    for _ in during.left:
        call = dice.randint(1, CALLS_AT_A_MOMENT)
        workspace.faults.add(Fault(effect=Effect.NOTHING, call=call, times=1, before=lambda _: during.one()))
    turns = Turns(dice, len(units), stays=dice.choice((0.0, 0.5, 0.9)))
    inner = InProcessAdapter(cast.company.front)
    workers = workers_in_turns(turns, dice.choice((1, 2, AT_ONCE)))
    transports = [InTurn(Mortal(inner, **deaths.get(n, {})), turns) for n in range(len(units))]
    run_in_threads(
        turns,
        [
            partial(run_once, on, JOBS[name], t, workers)
            for (on, name), t in zip(units, transports, strict=True)
        ],
    )
    workspace.faults.clear()
    during.all()


def settle(units: Sequence[Unit], most: int = MOST_RUNS) -> None:
    """Let a moment's units run normally, any lease being over, until each in turn has had nothing to do.

    Whoever had nothing to do need not be asked again after others that hadn't either: nothing has changed since.
    """
    cast, quiet = units[0][0], 0
    plain = InProcessAdapter(cast.company.front)
    for _ in range(most):
        cast.wait(minutes=11)
        for on, name in units:
            quiet = quiet + 1 if run_once(on, JOBS[name], plain) else 0
            if quiet == len(units):
                return
    raise AssertionError(f"{', '.join(name for _, name in units)} never came to rest")


def wishes(cast: Cast) -> list[dict[str, Any]]:
    """Return what people wish in private; a wish's id is made from the mail's, which Gmail gives."""
    return [{k: v for k, v in stable(row).items() if k != "Wish"} for row in cast.wishes()]


def timeless(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in {"Received", "Answered"}}


def names_in(ledger: Mapping[str, Sequence[Mapping[str, Any]]]) -> Iterator[tuple[str, str]]:
    """Name replies and commitments by what they are: the ids that Gmail gives depend on what was sent before."""
    for reply in ledger["Replies"]:
        yield reply["Message"], f"<{reply['Person']} to {reply['Letter']}: {reply['Taken as']}>"
    for commitment in ledger["Commitments"]:
        yield commitment["Commitment"], f"<{commitment['Person']}: {commitment['Text']}>"
    for letter in ledger["Letters"]:
        yield letter["Reference"], f"<{letter['Letter']}>"


def named(state: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    """Return a state with ids replaced by names, wherever they are."""
    text = json.dumps(state)
    for _ in range(2):  # a name may hold an id
        for known, name in names.items():
            text = text.replace(known, json.dumps(name)[1:-1])
    return dict(_in_order(json.loads(text)))


def _in_order(state: Any) -> Any:
    if isinstance(state, list):
        return sorted(map(_in_order, state), key=str)
    return {k: _in_order(v) for k, v in state.items()} if isinstance(state, dict) else state
