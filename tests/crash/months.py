"""A whole round of a small company, from its opening to the turn and the first days of the next.

People answer invitations, meet, promise, stop, leave, make a meeting a day or a series, get another address; somebody
sends and deletes drafts by hand, removes labels, empties Sent, brings either spreadsheet back to an older day. At each
moment all jobs that are due run at once, one of them twice, their calls in an order that a seed throws, with faults and
deaths on top, while people act. In the end everything is as in the undisturbed month.
"""

from __future__ import annotations

import json
import random
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from typing import Any

from acts import (
    Act,
    changes_address,
    deletes_drafts_by_hand,
    empties_sent,
    makes_the_meeting_a_day,
    makes_the_meeting_a_series,
    remembers,
    removes_labels,
    restores,
    sends_drafts_by_hand,
)
from schedules import (
    LEASES,
    MOST_RUNS,
    WAYS,
    Mortal,
    differences,
    forget_tokens,
    found_by_people,
    run_once,
    stable,
)
from together import InTurn, Turns, let_each_run_be_a_process_of_its_own, run_in_threads

from cast import Cast
from peerpact.jobs.catalogue import JOBS
from workspace_emulator import Effect, Fault, InProcessAdapter

CALLS_AT_A_MOMENT = 60
"""About so many calls the jobs of a moment make together: faults are thrown among these."""
MOST_FAULTS = 8
DEATHS = {"killed before the request": False, "killed after it was carried out": True}
FAULTS = sorted(WAYS.keys() - DEATHS.keys())


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment of the month: which jobs are due, and what people have begun to do since the last one."""

    at: datetime
    jobs: tuple[str, ...]
    acts: tuple[Act, ...] = ()


def _at(month: int, day: int, hour: int, minute: int = 10) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


def _answers(person: str, answer: str) -> Act:
    return lambda cast: cast.answer(f"{person}@example.com", answer)


def _replies(person: str, words: str, to: str = "commitment-request") -> Act:
    return lambda cast: cast.reply(f"{person}@example.com", words, to=to)


def _takes_part(person: str, whether: str) -> Act:
    def enter(cast: Cast) -> None:
        roster = cast.company.sheet().worksheet("Roster")
        row = roster.col_values(2).index(f"{person}@example.com") + 1
        roster.update_cell(row, roster.row_values(1).index("Taking part") + 1, whether)

    return enter


def _sorts_the_roster(cast: Cast) -> None:
    cast.company.sheet().worksheet("Roster").sort((2, "des"), range="A2:K20")


DINA, DINA_NOW = "dina", "dina.duval@example.com"
"""Who gets another address: the checker knows nobody under two."""

REMOVED = "somebody removed its draft"
LOST_WITHOUT_HARM = {"our own", "calendar answer", "acknowledgement"}
"""Rows that a restored ledger may lack in the end: mails from which nothing follows, and acknowledgements, which are
found again in Sent once somebody answers one. That none is sent twice shows in people's mailboxes.
"""

MONTH = (
    Moment(_at(1, 5, 6), ("check_roster", "pair_people")),
    Moment(_at(1, 7, 10), ("send_follow_ups",)),
    Moment(
        _at(1, 8, 9),
        ("check_roster", "pair_people", "book_first_meetings", "collect_replies"),
        (_sorts_the_roster,),
    ),
    Moment(
        _at(1, 9, 10),
        ("book_first_meetings", "collect_replies", "pair_people"),
        (
            _answers("ben", "declined"),
            _answers("emil", "accepted"),
            _replies("fay", "Who are you?", to="introduction"),
            _takes_part("gus", "no"),
        ),
    ),
    Moment(
        _at(1, 12, 8),
        ("check_roster", "pair_people", "book_first_meetings", "collect_replies", "report"),
        (_answers("ben", "accepted"), _answers("dina", "accepted"), makes_the_meeting_a_day("emil")),
    ),
    # with time to itself: a next meeting is booked for whoever is together at that moment, before a repair or after it
    Moment(_at(1, 19, 6), ("check_roster", "pair_people")),
    Moment(
        _at(1, 26, 10),
        ("check_roster", "pair_people", "book_first_meetings", "send_follow_ups", "report"),
        (remembers("ledger"), sends_drafts_by_hand),
    ),
    Moment(
        _at(1, 27, 10),
        ("collect_replies", "send_follow_ups", "book_first_meetings"),
        (
            _replies("ben", "Ich werde ein Buch über Segelboote lesen."),
            _replies("cleo", "I will ask for feedback after each demo."),
            _replies("fay", "stop"),
            _replies("emil", "?"),
        ),
    ),
    Moment(
        _at(2, 3, 10),
        ("pair_people", "book_first_meetings", "collect_replies", "send_follow_ups"),
        (
            _replies("emil", "I will draw a plan for the garden.", to="acknowledgement"),
            _replies("ben", "status", to="introduction"),
            makes_the_meeting_a_series("dina"),
            remembers("programme"),
        ),
    ),
    Moment(
        _at(2, 4, 10),
        ("pair_people", "collect_replies", "send_follow_ups"),
        (restores("ledger"), removes_labels),
    ),
    Moment(
        _at(2, 5, 10),
        ("check_roster", "pair_people", "book_first_meetings", "collect_replies"),
        (restores("programme"), sends_drafts_by_hand),
    ),
    Moment(
        _at(3, 2, 10),
        ("check_roster", "send_follow_ups", "collect_replies", "report"),
        (sends_drafts_by_hand,),
    ),
    Moment(
        _at(3, 3, 10),
        ("collect_replies", "send_follow_ups", "check_roster"),
        (
            _replies("ben", "1. done\n\nI will write a page about it.", to="follow-up"),
            _replies("cleo", "1. not yet", to="follow-up"),
            _replies("cleo", "my data", to="introduction"),
            _replies("emil", "another partner", to="introduction"),
        ),
    ),
    # each with time to itself: who wishes is parted some days later, and the next wish is about whom they have then
    Moment(_at(3, 9, 10), ("pair_people",)),
    Moment(_at(3, 10, 10), ("book_first_meetings",)),
    Moment(_at(3, 12, 10), ("pair_people",)),
    Moment(_at(3, 13, 10), ("book_first_meetings",)),
    Moment(
        _at(3, 16, 10),
        ("collect_replies",),
        (
            _replies("emil", "My partner doesn't answer my mails.", to="introduction"),
            _replies("cleo", "never with Ben", to="introduction"),
        ),
    ),
    Moment(_at(3, 17, 10), ("send_follow_ups",)),
    Moment(_at(3, 18, 10), ("collect_replies",), (_replies("ben", "I'm in", to="still-there"),)),
    Moment(_at(3, 25, 10), ("check_roster",), (changes_address("dina", DINA_NOW),)),
    # with time to itself: whether a series is over is noted before its pairing ends
    Moment(_at(3, 26, 10), ("book_first_meetings",)),
    Moment(
        _at(3, 30, 10),
        ("pair_people", "send_follow_ups", "collect_replies"),
        (empties_sent,),
    ),
    Moment(
        _at(3, 31, 10),
        ("collect_replies", "send_follow_ups", "pair_people", "book_first_meetings"),
        (
            _replies("ben", "1 done\n\n4/5\n\nzusammenbleiben", to="turn"),
            _replies("cleo", "5/5\n\nskip the round", to="turn"),
            _replies("emil", "pause", to="turn"),
        ),
    ),
    Moment(
        _at(4, 6, 10),
        (
            "check_roster",
            "pair_people",
            "book_first_meetings",
            "send_follow_ups",
            "collect_replies",
            "report",
        ),
    ),
    Moment(
        _at(4, 9, 10),
        ("pair_people", "book_first_meetings", "send_follow_ups"),
        (deletes_drafts_by_hand,) * 4,
    ),
)


class Month:
    """The month, prepared once; each play begins from the same snapshot."""

    def __init__(self, cast: Cast) -> None:
        config = cast.company.config
        self._alone = Cast(replace(cast.company, config=replace(config, lease_bucket="")))
        self._leased = Cast(replace(cast.company, config=replace(config, lease_bucket=LEASES)))
        self._before = cast.company.workspace.store.snapshot()
        self._begin()
        cast.company.workspace.calls.clear()
        self.undisturbed = self._played(self._alone, None)
        self.calls = len(cast.company.workspace.calls)

    def differences(self, seed: int) -> list[str]:
        """Return where a month that a seed disturbs ends otherwise than the undisturbed one."""
        self._begin()
        dice = random.Random(f"month {seed}")  # noqa: S311 - repeatable
        cast = self._leased if dice.random() < 0.5 else self._alone  # keys must hold without a lease
        played = self._played(cast, dice)
        removed = set(played["removed"])
        return differences(*(_without(state, removed) for state in (self.undisturbed, played)))

    def _begin(self) -> None:
        let_each_run_be_a_process_of_its_own()
        workspace = self._alone.company.workspace
        workspace.faults.clear()
        workspace.calls.clear()
        workspace.store.restore(self._before)
        forget_tokens(self._alone)

    def _played(self, cast: Cast, dice: random.Random | None) -> dict[str, Any]:
        trouble = _troubles(dice) if dice else {}
        for number, moment in enumerate(MONTH):
            cast.clock.set(moment.at)
            if dice:
                _rough(cast, moment, dice, trouble.get(number, 0))
            else:
                _Acts(cast, moment.acts).all()
            _settle(cast, moment.jobs)
        return what_counts(cast)


def _troubles(dice: random.Random) -> Mapping[int, int]:
    """Return how many faults strike at each moment, by its number."""
    struck = [dice.randrange(len(MONTH)) for _ in range(dice.randint(1, MOST_FAULTS))]
    return {number: struck.count(number) for number in struck}


def _rough(cast: Cast, moment: Moment, dice: random.Random, faults: int) -> None:
    """Run all jobs of a moment at once, one of them twice, with faults, while people act."""
    workspace, acts = cast.company.workspace, _Acts(cast, moment.acts)
    names = [*moment.jobs, dice.choice(moment.jobs)]
    deaths: dict[int, Mapping[str, Any]] = {}
    for _ in range(faults):
        way = dice.choice([*FAULTS, *DEATHS, *DEATHS])  # a death is the worst: as likely as three others
        if way in DEATHS:
            deaths[dice.randrange(len(names))] = {"dies_at": dice.randint(1, 30), "after": DEATHS[way]}
        else:
            WAYS[way](cast, dice.randint(1, CALLS_AT_A_MOMENT))
    for _ in moment.acts:
        call = dice.randint(1, CALLS_AT_A_MOMENT)
        workspace.faults.add(Fault(effect=Effect.NOTHING, call=call, times=1, before=lambda _: acts.one()))
    turns = Turns(dice, len(names), stays=dice.choice((0.0, 0.5, 0.9)))
    inner = InProcessAdapter(cast.company.front)
    transports = [InTurn(Mortal(inner, **deaths.get(n, {})), turns, n) for n in range(len(names))]
    run_in_threads(
        turns, [partial(run_once, cast, JOBS[n], t) for n, t in zip(names, transports, strict=True)]
    )
    workspace.faults.clear()
    acts.all()


@dataclass(slots=True)
class _Acts:
    """What people do, in its order, each once: the next thing, or all that is left."""

    cast: Cast
    acts: Sequence[Act]
    _done: int = field(default=0)

    def one(self) -> None:
        if self._done < len(self.acts):
            self._done += 1
            self.acts[self._done - 1](self.cast)

    def all(self) -> None:
        while self._done < len(self.acts):
            self.one()


def _settle(cast: Cast, jobs: Sequence[str]) -> None:
    """Let the jobs of a moment run normally, any lease being over, until none has anything to do."""
    plain = InProcessAdapter(cast.company.front)
    for _ in range(MOST_RUNS):
        cast.wait(minutes=11)
        quiet = [run_once(cast, JOBS[name], plain) for name in jobs]
        if all(quiet):
            return
    raise AssertionError(f"{', '.join(jobs)} never came to rest")


def what_counts(cast: Cast) -> dict[str, Any]:
    """Return what people find in the end, ids of mails by what they are, and every breach of the six promises.

    Times to the minute are left out: an answer is received, and a run dies, some minutes sooner or later.
    """
    checker = cast.checker()
    ledger = {
        title: [_timeless(row) for row in rows if row.get("Kind") not in LOST_WITHOUT_HARM]
        for title, rows in checker.ledger.items()
    }
    found = found_by_people(cast, ledger) | {"wishes": _wishes(cast)}
    breaches = [line for line in checker.faults() if DINA not in line]
    removed = sorted(_removed(cast))
    return named(found, dict(_names(checker.ledger))) | {"breaches": breaches, "removed": removed}


def _wishes(cast: Cast) -> list[dict[str, Any]]:
    """Return what people wish in private; a wish's id is made from the mail's, which Gmail gives."""
    return [{k: v for k, v in stable(row).items() if k != "Wish"} for row in cast.wishes()]


def _removed(cast: Cast) -> Iterator[str]:
    """Yield the letters whose draft somebody deleted, as far as Problems tells of them."""
    told = {p["Who or which"] for p in cast.tab("Problems") if REMOVED in p["What is wrong"]}
    for row in cast.tab("Letters"):
        if row["State"] == "needs review" and row["Person"] in told:
            yield row["Letter"]


def _without(state: Mapping[str, Any], letters: Collection[str]) -> dict[str, Any]:
    """Return what is found in the end but for letters whose draft was deleted: they never leave."""
    return {
        **state,
        "removed": [],
        "breaches": [line for line in state["breaches"] if not any(letter in line for letter in letters)],
        "letters sent": [row for row in state["letters sent"] if row[0] not in letters],
        "problems": [problem for problem in state["problems"] if REMOVED not in problem],
        "mailboxes": {
            person: {mail: many for mail, many in mails.items() if mail not in letters}
            for person, mails in state["mailboxes"].items()
        },
    }


def _timeless(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in {"Received", "Answered"}}


def _names(ledger: Mapping[str, Sequence[Mapping[str, Any]]]) -> Iterator[tuple[str, str]]:
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
