"""A whole round of a small company, from its opening to the turn and the first days of the next.

People answer invitations, meet, promise, stop, leave, make a meeting a day or a series, get another address; somebody
sends and deletes drafts by hand, removes labels, empties Sent, brings either spreadsheet back to an older day. At each
moment all jobs that are due run at once, one of them twice, their calls in an order that a seed throws, with faults and
deaths on top, while people act. In the end everything is as in the undisturbed month.
"""

from __future__ import annotations

import random
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from typing import Any

from acts import (
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
    differences,
    forget_tokens,
    found_by_people,
)
from together import let_each_run_be_a_process_of_its_own

from cast import Cast
from checker import Checker
from peerpact.programme.correspondence import PRIVATE
from peerpact.tables.schema import tab

MOST_FAULTS = 8


def _sorts_the_roster(cast: Cast) -> None:
    cast.company.sheet().worksheet("Roster").sort((2, "des"), range="A2:K20")


DINA, DINA_NOW = "dina", "dina.duval@example.com"
"""Who gets another address: the checker knows nobody under two."""

REMOVED = "somebody removed its draft"
MONTH = (
    Moment(at(1, 5, 6), ("check_roster", "pair_people")),
    Moment(at(1, 7, 10), ("send_follow_ups",)),
    Moment(
        at(1, 8, 9),
        ("check_roster", "pair_people", "book_first_meetings", "collect_replies"),
        (_sorts_the_roster,),
    ),
    Moment(
        at(1, 9, 10),
        ("book_first_meetings", "collect_replies", "pair_people"),
        (
            answers("ben", "declined"),
            answers("emil", "accepted"),
            replies("fay", "Who are you?", to="introduction"),
            takes_part("gus", "no"),
        ),
    ),
    Moment(
        at(1, 12, 8),
        ("check_roster", "pair_people", "book_first_meetings", "collect_replies", "report"),
        (answers("ben", "accepted"), answers("dina", "accepted"), makes_the_meeting_a_day("emil")),
    ),
    # with time to itself: a next meeting is booked for whoever is together at that moment, before a repair or after it
    Moment(at(1, 19, 6), ("check_roster", "pair_people")),
    Moment(
        at(1, 26, 10),
        ("check_roster", "pair_people", "book_first_meetings", "send_follow_ups", "report"),
        (remembers("ledger"), sends_drafts_by_hand),
    ),
    Moment(
        at(1, 27, 10),
        ("collect_replies", "send_follow_ups", "book_first_meetings"),
        (
            replies("ben", "Ich werde ein Buch über Segelboote lesen."),
            replies("cleo", "I will ask for feedback after each demo.", to="introduction"),
            replies("fay", "stop"),
            replies("emil", "?"),
        ),
    ),
    Moment(
        at(2, 3, 10),
        ("pair_people", "book_first_meetings", "collect_replies", "send_follow_ups"),
        (
            replies("emil", "I will draw a plan for the garden.", to="acknowledgement"),
            replies("ben", "status", to="introduction"),
            makes_the_meeting_a_series("dina"),
            remembers("programme"),
        ),
    ),
    Moment(
        at(2, 4, 10),
        ("pair_people", "collect_replies", "send_follow_ups"),
        (restores("ledger"), removes_labels),
    ),
    Moment(
        at(2, 5, 10),
        ("check_roster", "pair_people", "book_first_meetings", "collect_replies"),
        (restores("programme"), sends_drafts_by_hand),
    ),
    Moment(
        at(3, 2, 10),
        ("check_roster", "send_follow_ups", "collect_replies", "report"),
        (sends_drafts_by_hand,),
    ),
    Moment(
        at(3, 3, 10),
        ("collect_replies", "send_follow_ups", "check_roster"),
        (
            replies("ben", "1. done\n\nI will write a page about it.", to="follow-up"),
            replies("cleo", "1. not yet", to="follow-up"),
            replies("cleo", "my data", to="introduction"),
            replies("emil", "another partner", to="introduction"),
        ),
    ),
    # each with time to itself: who wishes is parted some days later, and the next wish is about whom they have then
    Moment(at(3, 9, 10), ("pair_people",)),
    Moment(at(3, 10, 10), ("book_first_meetings",)),
    Moment(at(3, 12, 10), ("pair_people",)),
    Moment(at(3, 13, 10), ("book_first_meetings",)),
    Moment(
        at(3, 16, 10),
        ("collect_replies",),
        (
            replies("emil", "My partner doesn't answer my mails.", to="introduction"),
            replies("cleo", "never with Ben", to="introduction"),
        ),
    ),
    Moment(at(3, 17, 10), ("send_follow_ups",)),
    Moment(at(3, 18, 10), ("collect_replies",), (replies("ben", "I'm in", to="still-there"),)),
    Moment(at(3, 25, 10), ("check_roster",), (changes_address("dina", DINA_NOW),)),
    # with time to itself: whether a series is over is noted before its pairing ends
    Moment(at(3, 26, 10), ("book_first_meetings",)),
    Moment(
        at(3, 30, 10),
        ("pair_people", "send_follow_ups", "collect_replies"),
        (empties_sent,),
    ),
    Moment(
        at(3, 31, 10),
        ("collect_replies", "send_follow_ups", "pair_people", "book_first_meetings"),
        (
            replies("ben", "1 done\n\n4/5\n\nzusammenbleiben", to="turn"),
            replies("cleo", "5/5\n\nskip the round", to="turn"),
            replies("emil", "pause", to="turn"),
        ),
    ),
    Moment(
        at(4, 6, 10),
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
        at(4, 9, 10),
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
        trouble = troubles(dice, len(MONTH), MOST_FAULTS) if dice else {}
        for number, moment in enumerate(MONTH):
            cast.clock.set(moment.at)
            acts, units = Acts(cast, moment.acts), [(cast, name) for name in moment.jobs]
            if dice:
                run_roughly(units, dice, trouble.get(number, 0), acts)
            else:
                acts.all()
            settle(units)
        return what_counts(cast)


def what_counts(cast: Cast) -> dict[str, Any]:
    """Return what people find in the end, ids of mails by what they are, and every breach of the six promises.

    Times to the minute are left out: an answer is received, and a run dies, some minutes sooner or later.
    """
    checker = cast.checker()
    kept = {title: [*rows, *_archived(title, checker)] for title, rows in checker.ledger.items()}
    ledger = {
        title: [timeless(row) for row in rows if row.get("Kind") not in LOST_WITHOUT_HARM]
        for title, rows in kept.items()
    }
    found = found_by_people(cast, ledger) | {"wishes": wishes(cast)}
    breaches = [line for line in checker.faults() if DINA not in line]
    removed = sorted(_removed(cast))
    return named(found, dict(names_in(kept))) | {"breaches": breaches, "removed": removed}


def _archived(title: str, checker: Checker) -> Iterator[dict[str, Any]]:
    """Yield rows that are over as they stood on their tab: when they leave it is a matter of days."""
    empty = {column.name: "" for column in tab(title).columns}
    for row in checker.archived[title]:
        if title != "Letters" or row["Kind"] in PRIVATE:
            yield empty | row


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
