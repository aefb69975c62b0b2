"""A round of a small company with more than one mailbox, whose units run at once, in any order, and are killed.

As ``months``, with fewer moments: at each all units of all mailboxes that are due run at once, with those that look
after the whole, one of them twice, their calls in an order that a seed throws, with faults and deaths on top. Then the
hour goes on undisturbed until nobody has anything to do. In the end everything is as in the undisturbed round.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from months import (
    CALLS_AT_A_MOMENT,
    DEATHS,
    FAULTS,
    LOST_WITHOUT_HARM,
    Moment,
    _Acts,
    _answers,
    _at,
    _names,
    _replies,
    _takes_part,
    _timeless,
    _wishes,
    named,
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
from mailboxes import Several
from peerpact.jobs.catalogue import JOBS
from workspace_emulator import InProcessAdapter

MAILBOXES = ("mentoring2@example.com", "mentoring5@example.com")
"""Beside the first one; each of the three has a pairing in each round."""
MOST_FAULTS = 12
ROUND = (
    Moment(_at(1, 5, 6), ("check_roster", "pair_people")),
    Moment(_at(1, 7, 10), ("send_follow_ups",)),
    Moment(_at(1, 8, 9), ("check_roster", "pair_people", "book_first_meetings", "collect_replies")),
    Moment(
        _at(1, 9, 10),
        ("check_roster", "book_first_meetings", "collect_replies"),
        (
            _answers("ben", "declined"),
            _answers("emil", "accepted"),
            _replies("fay", "Who are you?", to="introduction"),
        ),
    ),
    Moment(_at(1, 12, 6), ("check_roster", "pair_people"), (_takes_part("gus", "no"),)),
    # with time to itself: a next meeting is booked for whoever is together at that moment
    Moment(_at(1, 19, 6), ("check_roster", "pair_people")),
    Moment(_at(1, 19, 10), ("check_roster", "book_first_meetings", "report")),
    Moment(_at(1, 26, 10), ("check_roster", "book_first_meetings", "send_follow_ups")),
    Moment(
        _at(1, 27, 10),
        ("check_roster", "collect_replies", "send_follow_ups", "book_first_meetings"),
        (
            _replies("ben", "Ich werde ein Buch über Segelboote lesen."),
            _replies("cleo", "I will ask for feedback after each demo."),
            _replies("fay", "pause until 1 March"),
        ),
    ),
    Moment(
        _at(2, 3, 10),
        ("check_roster", "pair_people", "book_first_meetings", "collect_replies", "send_follow_ups"),
        (_replies("ben", "status", to="introduction"), _replies("cleo", "my data", to="introduction")),
    ),
    # whoever comes back has a partner again before anybody writes about the next round
    Moment(_at(3, 2, 6), ("check_roster", "pair_people")),
    Moment(_at(3, 2, 10), ("check_roster", "send_follow_ups", "collect_replies", "report")),
    Moment(_at(3, 30, 10), ("check_roster", "send_follow_ups", "collect_replies")),
    Moment(_at(4, 6, 10), ("check_roster", "pair_people")),
    Moment(
        _at(4, 9, 10),
        ("check_roster", "pair_people", "book_first_meetings", "send_follow_ups", "collect_replies"),
    ),
)


class RoundOfSeveral:
    """The round, prepared once; each play begins from the same snapshot."""

    def __init__(self, cast: Cast) -> None:
        several = Several(cast.company, *MAILBOXES)
        self._config = several.company.config
        self._several = several
        self._before = cast.company.workspace.store.snapshot()
        self._begin(LEASES)
        self.undisturbed = self._played(None)
        self.calls = len(cast.company.workspace.calls)

    def differences(self, seed: int) -> list[str]:
        """Return where a round that a seed disturbs ends otherwise than the undisturbed one."""
        dice = random.Random(f"several {seed}")  # noqa: S311 - repeatable
        self._begin(LEASES if dice.random() < 0.5 else "")
        return differences(self.undisturbed, self._played(dice))

    def _begin(self, leases: str) -> None:
        let_each_run_be_a_process_of_its_own()
        self._several.set(replace(self._config, lease_bucket=leases))
        workspace = self._several.company.workspace
        workspace.faults.clear()
        workspace.calls.clear()
        workspace.store.restore(self._before)
        for cast in self._casts():
            forget_tokens(cast)

    def _casts(self) -> list[Cast]:
        return [self._several.whole, *self._several.of.values()]

    def _units(self, jobs: Sequence[str]) -> list[tuple[Cast, str]]:
        """Return what runs, each with the company as its mailbox, or the whole, has it."""
        return [
            (cast, name)
            for name in jobs
            for cast in (self._several.of.values() if JOBS[name].is_of_mailbox else [self._several.whole])
        ]

    def _played(self, dice: random.Random | None) -> dict[str, Any]:
        struck = [dice.randrange(len(ROUND)) for _ in range(dice.randint(1, MOST_FAULTS))] if dice else []
        for number, moment in enumerate(ROUND):
            self._several.whole.clock.set(moment.at)
            if dice:
                self._rough(moment, dice, struck.count(number))
            else:
                _Acts(self._several.whole, moment.acts).all()
            self._settle(moment.jobs)
        return self._found()

    def _rough(self, moment: Moment, dice: random.Random, faults: int) -> None:
        """Run all units of a moment at once, one of them twice, with faults; people have acted before."""
        whole = self._several.whole
        _Acts(whole, moment.acts).all()
        units = self._units(moment.jobs)
        units.append(dice.choice(units))
        deaths: dict[int, Mapping[str, Any]] = {}
        for _ in range(faults):
            way = dice.choice([*FAULTS, *DEATHS, *DEATHS])
            if way in DEATHS:
                deaths[dice.randrange(len(units))] = {"dies_at": dice.randint(1, 30), "after": DEATHS[way]}
            else:
                WAYS[way](whole, dice.randint(1, CALLS_AT_A_MOMENT))
        turns = Turns(dice, len(units), stays=dice.choice((0.0, 0.5, 0.9)))
        inner = InProcessAdapter(whole.company.front)
        transports = [InTurn(Mortal(inner, **deaths.get(n, {})), turns, n) for n in range(len(units))]
        run_in_threads(
            turns,
            [
                partial(run_once, cast, JOBS[name], transport)
                for (cast, name), transport in zip(units, transports, strict=True)
            ],
        )
        whole.company.workspace.faults.clear()

    def _settle(self, jobs: Sequence[str]) -> None:
        """Let the hour's units run normally, what looks after the whole in between, until none has anything to do."""
        whole = self._several.whole
        plain = InProcessAdapter(whole.company.front)
        in_order = [name for job in dict.fromkeys(jobs) for name in (job, "check_roster")]
        for _ in range(2 * MOST_RUNS):
            whole.wait(minutes=11)
            quiet = [run_once(cast, JOBS[name], plain) for cast, name in self._units(in_order)]
            if all(quiet):
                return
        raise AssertionError(f"{', '.join(jobs)} never came to rest")

    def _found(self) -> dict[str, Any]:
        """Return what people find in the end, what each mailbox has of it, and every breach of the six promises."""
        of = {mailbox: cast.checker() for mailbox, cast in self._several.of.items()}
        names = {known: name for checker in of.values() for known, name in _names(checker.ledger)}
        whole = self._several.whole
        found = found_by_people(whole, {}) | {"wishes": _wishes(whole)}
        found["mailbox of"] = sorted((r["Addresses"], r["Mailbox"]) for r in whole.tab("Pairings"))
        found["ledgers"] = {
            mailbox: {
                title: sorted(str(_timeless(row)) for row in rows if row.get("Kind") not in LOST_WITHOUT_HARM)
                for title, rows in _without_ids(checker.ledger).items()
            }
            for mailbox, checker in of.items()
        }
        breaches = [f"{mailbox}: {line}" for mailbox, checker in of.items() for line in checker.faults()]
        breaches = [line for line in breaches if ": digest:" not in line]  # the whole keeps those
        return named(found, names) | {"breaches": breaches}


def _without_ids(ledger: Mapping[str, Sequence[Mapping[str, Any]]]) -> dict[str, list[dict[str, Any]]]:
    return {title: [stable(row) for row in rows] for title, rows in ledger.items()}
