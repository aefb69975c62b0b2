"""A run that reads replies or asks about promises may die at any write: nothing is lost, and nothing happens twice."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, count
from typing import Any

import pytest

from cast import MAIL, Cast
from peerpact.errors import PeerpactError
from workspace_emulator import Effect, Fault

BEN, CLEO, EMIL = "ben@example.com", "cleo@example.com", "emil@example.com"
WORDS = "Ask Dina about the canary report"


def waiting_promises(cast: Cast) -> str:
    """New promises and a stranger's mail wait to be read."""
    for person in (BEN, CLEO, EMIL):
        cast.reply(person, f"{WORDS}, says {person[:3]}", to="commitment-request")
    cast.write("people.team@example.com", "Hello?", to=cast.company.config.mailbox)
    return "collect_replies"


def due_follow_ups(cast: Cast) -> str:
    """A month later, everybody is to be asked, and one person's words are to be erased."""
    cast.run(waiting_promises(cast))
    cast.wait(days=21)
    sheet = cast.company.sheet().worksheet("Roster")
    cast.enter("Roster", f"J{sheet.col_values(2).index(EMIL) + 1}", "no")
    return "send_follow_ups"


def waiting_answers(cast: Cast) -> str:
    """An outcome with a new promise, one with a request, and a correction wait to be read."""
    cast.run(waiting_promises(cast))
    cast.wait(days=21)
    cast.run("send_follow_ups")
    cast.reply(BEN, "1 done\nNext: read a book", to="follow-up")
    cast.reply(CLEO, "1 not yet. Please pause me until 2026-06-01.", to="follow-up")
    cast.reply(EMIL, "Sorry, I meant Gus and the canary report", to="acknowledgement")
    return "collect_replies"


def news_to_tell(cast: Cast) -> str:
    """Outcomes wait to be told to partners."""
    cast.run(waiting_answers(cast))
    cast.wait(days=32)
    return "send_follow_ups"


def books(cast: Cast) -> dict[str, Any]:
    """Return all that matters afterwards: ledger, requests, who got which letter, which mail has which label."""
    workspace, ledger = cast.company.workspace, cast.checker().ledger
    people = [u.email for u in workspace.users()]
    return {
        "commitments": ledger["Commitments"],
        "replies": ledger["Replies"],
        "letters": sorted((x["Letter"], x["State"], x["Answered"], x["About"]) for x in ledger["Letters"]),
        "requests": cast.tab("Requests"),
        "arrived": {p: len(workspace.store.collection(f"gmail/messages/{p}")) for p in people},
        "labelled": labelled(cast),
    }


def labelled(cast: Cast) -> dict[str, list[str]]:
    session = cast.company.session(cast.company.config.mailbox)
    names = [x["name"] for x in session.get(f"{MAIL}/labels").json()["labels"]]
    found = {
        name: session.get(
            f"{MAIL}/messages", params={"q": f"label:{name.replace(' ', '-').replace('/', '-')}"}
        )
        for name in names
        if name.startswith("peerpact/")
    }
    return {
        name: sorted(m["id"] for m in answer.json().get("messages", [])) for name, answer in found.items()
    }


def runs_that_die(cast: Cast, job: str) -> Iterator[str]:
    """Run a job again and again from the same state, dying before its first write or after any; yields where.

    As nothing gets through once it has died, dying before a write leaves what dying after the one before it left.
    """
    workspace = cast.company.workspace
    begin, now = workspace.store.snapshot(), workspace.clock.now()
    for number, death in chain([(1, Effect.DROP_BEFORE)], ((n, Effect.DROP_AFTER) for n in count(1))):
        workspace.store.restore(begin)
        workspace.clock.set(now)
        end = Fault(effect=Effect.DROP_BEFORE)
        workspace.faults.add(
            Fault(effect=death, kind="write", call=number, before=lambda w, end=end: w.faults.add(end))
        )
        try:
            cast.run(job)
        except PeerpactError:
            workspace.faults.clear()
            yield f"{death} write {number}"
        else:
            workspace.faults.clear()
            return


@pytest.mark.parametrize("prepare", [waiting_promises, due_follow_ups, waiting_answers, news_to_tell])
def test_goes_on_where_a_run_died(met: Cast, prepare: Any) -> None:
    job = prepare(met)
    begin = met.company.workspace.store.snapshot()
    met.run(job)
    wanted = books(met)
    assert any(wanted["labelled"].values())
    met.company.workspace.store.restore(begin)
    deaths = 0
    for death in runs_that_die(met, job):
        met.run(job)
        assert books(met) == wanted, death
        deaths += 1
    assert deaths >= 5
    assert met.checker().faults() == []
