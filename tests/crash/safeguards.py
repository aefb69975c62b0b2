"""Switches each safeguard off in turn: the crash test must notice, or the safeguard would not be worth its calls."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from itertools import count
from typing import Any
from unittest.mock import patch

from schedules import Stage, differences
from together import calls_when_two_run_at_once

from peerpact.google import changes
from peerpact.google.outbox import Outbox
from peerpact.jobs.collect_replies import effects
from peerpact.programme.correspondence import LetterState
from peerpact.programme.meetings import decision


@dataclass(frozen=True, slots=True)
class Safeguard:
    """What is switched off, how, and the scenario in which that must show.

    Tried first: that the process is killed after a request that ends as ``known``.
    """

    name: str
    scenario: str
    switched_off: Callable[[Stage], Any]
    known: str = ""


@contextmanager
def _event_id(_: Stage) -> Iterator[None]:
    """Give every attempt at a meeting an id of its own."""
    tries = count(1)
    named = decision.meeting_id

    def anew(pairing: Any, _: int = 1, **secret: bytes) -> str:
        return named(pairing, next(tries), **secret)

    with patch.object(decision, "meeting_id", anew):
        yield


@contextmanager
def _draft_step(_: Stage) -> Iterator[None]:
    """Send a letter at once, where a draft would be made; nobody looks later what a dead run has sent."""
    made = Outbox._drafted

    def drafted(self: Outbox, row: Any, letter: Any) -> Any:
        done = made(self, row, letter)
        self._mailbox.send_draft(done.draft_id)
        return done

    with patch.object(Outbox, "_drafted", drafted), patch.object(Outbox, "_take_up", lambda *_: None):
        yield


@contextmanager
def _ledger_before_send(_: Stage) -> Iterator[None]:
    """Write nothing down before a letter is sent, and don't ask Sent for keys that the ledger lacks.

    Either alone is enough: asking Sent is what a restored spreadsheet needs.
    """
    write = Outbox._write

    def only_sent(self: Outbox, rows: Any, *more: Any) -> None:
        write(self, [row for row in rows if row.state is LetterState.SENT], *more)

    with patch.object(Outbox, "_write", only_sent), patch.object(Outbox, "_recognise", lambda *_: None):
        yield


@contextmanager
def _key_match(_: Stage) -> Iterator[None]:
    """Append every row, whether there is one of its key or not."""
    upsert = changes._upsert

    def append(contents: Any, sheet_id: int, rows: Sequence[Any], recalled: Any) -> Any:
        return upsert(replace(contents, rows=()), sheet_id, rows, recalled)

    with patch.object(changes, "_upsert", append):
        yield


@contextmanager
def _lease(stage: Stage) -> Iterator[None]:
    """Let two runs of a job work at once."""
    cast, config = stage.cast, stage.cast.company.config
    stage.cast = type(cast)(replace(cast.company, config=replace(config, lease_bucket="")))
    yield
    stage.cast = cast


@contextmanager
def _label_after_record(stage: Stage) -> Iterator[None]:
    """Label replies as done before they are recorded."""
    job, steps = stage.job, stage.job.steps

    def act(plan: Any, situation: Any, access: Any, run: Any) -> Any:
        for action in plan.actions:
            access.mailbox.label([action.record.message_id], effects._label_of(action))
        return steps.act(plan, situation, access, run)

    stage.job = replace(job, load=lambda _: replace(steps, act=act))
    yield
    stage.job = job


SAFEGUARDS = (
    Safeguard(
        "event id from the pairing",
        "pairings were approved",
        _event_id,
        "POST /calendar/v3/calendars/primary/events",
    ),
    Safeguard("draft before send", "meetings were held", _draft_step, "/drafts/send"),
    Safeguard("ledger before send", "meetings were held", _ledger_before_send, "/drafts/send"),
    Safeguard("rows by key", "promises are due", _key_match),
    Safeguard("lease", "pairings were approved", _lease),
    Safeguard("label after record", "replies wait", _label_after_record, "/messages/batchModify"),
)


def caught(stage: Stage, safeguard: Safeguard) -> str:
    """Return the first schedule that shows that a safeguard is off; empty when none does.

    The lease is a courtesy: without it the keys hold and people find no difference (half of the months are played so),
    but two runs at once make calls that one of them could have saved.
    """
    alone = calls_when_two_run_at_once(stage)
    with safeguard.switched_off(stage):
        if safeguard.name == "lease":
            both = calls_when_two_run_at_once(stage)
            return f"two runs at once make {both} writing calls instead of {alone}" if both > alone else ""
        for how, play in _plays(stage, safeguard):
            if said := _shows(stage, play):
                return f"{how}: {said}"[:100]
    return ""


def _plays(stage: Stage, safeguard: Safeguard) -> Iterator[tuple[str, Callable[[], dict[str, Any]]]]:
    """Yield all schedules, first those known to show, counted as a run without the safeguard makes such requests."""
    known = [r for r in stage.requests() if r.endswith(safeguard.known)] if safeguard.known else []
    for nth in range(1, len(known) + 1):
        dies = {"dies_at": nth, "after": True, "ending": safeguard.known}
        yield f"killed after {safeguard.known} number {nth}", partial(stage.play, dies)
    yield "no fault", partial(stage.play, {})
    for way, call in stage.schedules():
        yield f"{way}, call {call}", partial(stage.disturbed, way, call)


def _shows(stage: Stage, play: Callable[[], dict[str, Any]]) -> str:
    """Return the first difference that a schedule leads to; a job that never comes to rest is one."""
    stage.begin()
    try:
        found = play()
    except AssertionError as error:
        return str(error)
    return next(iter(differences(stage.undisturbed, found)), "")
