"""A round of a small company with more than one mailbox, whose units run at once, in any order, and are killed.

As ``months``, with fewer moments: at each all units of all mailboxes that are due run at once, with those that look
after the whole, one of them twice, their calls in an order that a seed throws, with faults and deaths on top. Then the
hour goes on undisturbed until nobody has anything to do. In the end everything is as in the undisturbed round.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from moments import (
    LOST_WITHOUT_HARM,
    Acts,
    Moment,
    answers,
    at,
    named,
    names_in,
    replies,
    run_roughly,
    settle,
    takes_part,
    timeless,
    troubles,
    wishes,
)
from schedules import (
    LEASES,
    MOST_RUNS,
    differences,
    forget_tokens,
    found_by_people,
    stable,
)
from together import let_each_run_be_a_process_of_its_own

from cast import Cast
from mailboxes import Several
from peerpact.jobs.catalogue import JOBS

MAILBOXES = ("mentoring2@example.com", "mentoring5@example.com")
"""Beside the first one; each of the three has a pairing in each round."""
MOST_FAULTS = 12
ROUND = (
    Moment(at(1, 5, 6), ("check_roster", "pair_people")),
    Moment(at(1, 7, 10), ("send_follow_ups",)),
    Moment(at(1, 8, 9), ("check_roster", "pair_people", "book_first_meetings", "collect_replies")),
    Moment(
        at(1, 9, 10),
        ("check_roster", "book_first_meetings", "collect_replies"),
        (
            answers("ben", "declined"),
            answers("emil", "accepted"),
            replies("fay", "Who are you?", to="introduction"),
        ),
    ),
    Moment(at(1, 12, 6), ("check_roster", "pair_people"), (takes_part("gus", "no"),)),
    # with time to itself: a next meeting is booked for whoever is together at that moment
    Moment(at(1, 19, 6), ("check_roster", "pair_people")),
    Moment(at(1, 19, 10), ("check_roster", "book_first_meetings", "report")),
    Moment(at(1, 26, 10), ("check_roster", "book_first_meetings", "send_follow_ups")),
    Moment(
        at(1, 27, 10),
        ("check_roster", "collect_replies", "send_follow_ups", "book_first_meetings"),
        (
            replies("ben", "Ich werde ein Buch über Segelboote lesen."),
            replies("cleo", "I will ask for feedback after each demo."),
            replies("fay", "pause until 1 March"),
        ),
    ),
    Moment(
        at(2, 3, 10),
        ("check_roster", "pair_people", "book_first_meetings", "collect_replies", "send_follow_ups"),
        (replies("ben", "status", to="introduction"), replies("cleo", "my data", to="introduction")),
    ),
    # whoever comes back has a partner again before anybody writes about the next round
    Moment(at(3, 2, 6), ("check_roster", "pair_people")),
    Moment(at(3, 2, 10), ("check_roster", "send_follow_ups", "collect_replies", "report")),
    Moment(at(3, 30, 10), ("check_roster", "send_follow_ups", "collect_replies")),
    Moment(at(4, 6, 10), ("check_roster", "pair_people")),
    Moment(
        at(4, 9, 10),
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
        """Play the round; people have acted before the units of a moment run."""
        trouble = troubles(dice, len(ROUND), MOST_FAULTS) if dice else {}
        for number, moment in enumerate(ROUND):
            self._several.whole.clock.set(moment.at)
            (acts := Acts(self._several.whole, moment.acts)).all()
            if dice:
                run_roughly(self._units(moment.jobs), dice, trouble.get(number, 0), acts)
            # with what looks after the whole in between
            in_order = [name for job in dict.fromkeys(moment.jobs) for name in (job, "check_roster")]
            settle(self._units(in_order), 2 * MOST_RUNS)
        return self._found()

    def _found(self) -> dict[str, Any]:
        """Return what people find in the end, what each mailbox has of it, and every breach of the six promises."""
        of = {mailbox: cast.checker() for mailbox, cast in self._several.of.items()}
        names = {known: name for checker in of.values() for known, name in names_in(checker.ledger)}
        whole = self._several.whole
        found = found_by_people(whole, {}) | {"wishes": wishes(whole)}
        found["mailbox of"] = sorted((r["Addresses"], r["Mailbox"]) for r in whole.tab("Pairings"))
        found["ledgers"] = {
            mailbox: {
                title: sorted(str(timeless(row)) for row in rows if row.get("Kind") not in LOST_WITHOUT_HARM)
                for title, rows in _without_ids(checker.ledger).items()
            }
            for mailbox, checker in of.items()
        }
        breaches = [f"{mailbox}: {line}" for mailbox, checker in of.items() for line in checker.faults()]
        breaches = [line for line in breaches if ": digest:" not in line]  # the whole keeps those
        return named(found, names) | {"breaches": breaches}


def _without_ids(ledger: Mapping[str, Sequence[Mapping[str, Any]]]) -> dict[str, list[dict[str, Any]]]:
    return {title: [stable(row) for row in rows] for title, rows in ledger.items()}
