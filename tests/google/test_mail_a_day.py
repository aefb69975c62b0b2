"""Letters beyond what Gmail sends in a day wait for the next, those begun first in front; none is lost or doubled."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

import states
from cast import Cast
from peerpact.errors import OutOfTime
from peerpact.google import outbox
from peerpact.google.pace import Pace
from peerpact.google.workers import Workers
from peerpact.jobs import job as running
from peerpact.jobs.catalogue import JOBS
from peerpact.jobs.job import Outcome

EVERYBODY = [f"{name}@example.com" for name in ("ben", "cleo", "dina", "emil", "fay", "gus")]


@pytest.fixture
def approved(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Cast:
    """Six introductions are due, in a world in which four letters may be begun in a day."""
    monkeypatch.setattr(outbox, "MOST_BEGUN_A_DAY", 4)
    return cast.bring_to(states.approved)


def introduced(cast: Cast) -> int:
    return sum(len(cast.letters(person)) for person in EVERYBODY)


def test_sends_so_many_and_says_that_the_others_wait(approved: Cast) -> None:
    assert approved.run("book_first_meetings").finished
    assert introduced(approved) == 4
    last = approved.tab("Runs")[-1]
    assert (last["Letters"], last["Done"].partition("; ")[2]) == (
        "4",
        "2 mails wait for the next day: Gmail takes no more in this one",
    )


def test_sends_no_more_within_the_next_24_hours(approved: Cast) -> None:
    for hours in (0, 12, 11):
        approved.wait(hours=hours)
        approved.run("book_first_meetings")
    assert introduced(approved) == 4


def keep_a_pace(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Callable[[], float]:
    """Let runs wait by the local Workspace's clock, and return what counts its seconds."""
    began = cast.clock.now()

    def seconds() -> float:
        return (cast.clock.now() - began).total_seconds()

    pace = Pace(seconds, lambda some: cast.clock.move(timedelta(seconds=some)))
    monkeypatch.setattr(cast, "company", replace(cast.company, pace=pace, workers=Workers(at_once=1)))
    return seconds


def test_uses_each_day_whole_though_a_run_finds_yesterdays_letters_still_counted(
    approved: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A run that begins just before yesterday's letters are a day old waits for each one's room."""
    monkeypatch.setattr(outbox, "MOST_BEGUN_A_DAY", 2)
    clock, began = approved.clock, approved.clock.now()
    keep_a_pace(approved, monkeypatch)
    for day in range(3):
        clock.set(began + timedelta(days=day, seconds=-day))
        assert approved.run("book_first_meetings").finished
        assert introduced(approved) == 2 * (day + 1)
    sent = sorted(datetime.fromisoformat(row["Sent"]) for row in approved.tab("Letters"))
    assert all(later - earlier >= timedelta(days=1) for earlier, later in zip(sent, sent[2:], strict=False))


def test_leaves_for_the_next_try_what_has_no_room_before_the_deadline(
    approved: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outbox, "MOST_BEGUN_A_DAY", 3)
    approved.run("book_first_meetings")
    approved.wait(hours=23, minutes=40)
    clock, began = approved.clock, approved.clock.now()
    seconds = keep_a_pace(approved, monkeypatch)

    def run() -> Outcome:
        job = JOBS["book_first_meetings"]
        return running.run(job, lambda: approved.company.access(job), clock.now, timer=seconds)

    with pytest.raises(OutOfTime):
        run()
    assert clock.now() - began < running.LONGEST_RUN
    assert introduced(approved) == 3
    clock.set(began + timedelta(minutes=19))
    assert run().finished
    assert introduced(approved) == 6
    assert approved.checker().faults() == []


def test_sends_the_others_the_day_after_and_nothing_twice(approved: Cast) -> None:
    for _ in range(3):
        approved.run("book_first_meetings")
        approved.wait(hours=25)
    assert {len(approved.letters(person)) for person in EVERYBODY} == {1}
    assert approved.checker().faults() == []


def met(cast: Cast) -> Cast:
    """Let everybody be introduced, and meet."""
    for _ in range(3):
        cast.run("book_first_meetings")
        cast.wait(hours=25)
    cast.wait(days=14, hours=21)  # a Monday's morning
    cast.run("book_first_meetings")
    return cast


def test_counts_what_other_jobs_sent_on_the_same_day(approved: Cast) -> None:
    met(approved)
    last = len(approved.tab("Runs")) + 1
    columns = list(approved.tab("Runs")[0])
    row = [
        {"Run": "another", "Job": "report", "Started": f"{approved.clock.now():%Y-%m-%d %H:%M}", "Letters": 3}
    ]
    approved.company.sheet(approved.company.config.mailbox).worksheet("Runs").update(
        [[r.get(c, "") for c in columns] for r in row], f"A{last + 1}", raw=False
    )
    approved.run("send_follow_ups")
    assert sum(row["State"] == "sent" for row in approved.ledger("Letters")) == 1


def test_takes_every_reply_at_once_and_answers_when_the_day_allows(
    approved: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    met(approved)
    monkeypatch.setattr(outbox, "MOST_BEGUN_A_DAY", 6)
    monkeypatch.setattr(outbox, "MOST_A_DAY", 8)
    approved.run("send_follow_ups")
    for person in EVERYBODY:
        approved.reply(person, f"I will read a book about {person}.", to="commitment-request")
    for _ in range(2):
        approved.run("collect_replies")
        approved.wait(minutes=15)
    assert len(approved.ledger("Commitments")) == 6
    assert acknowledged(approved) == 2

    approved.wait(hours=25)
    approved.run("collect_replies")
    assert acknowledged(approved) == 6
    assert approved.checker().faults() == []


def test_asks_about_each_promise_once_though_the_day_of_asking_had_no_room(
    approved: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    met(approved)
    monkeypatch.setattr(outbox, "MOST_BEGUN_A_DAY", 100)
    approved.run("send_follow_ups")
    for person in EVERYBODY:
        approved.reply(person, f"I will read a book about {person} by 28 January.", to="commitment-request")
    approved.run("collect_replies")
    promised = {row["Commitment"] for row in approved.ledger("Commitments")}
    approved.go_to(datetime(2026, 1, 29, 9, tzinfo=UTC))

    monkeypatch.setattr(outbox, "MOST_BEGUN_A_DAY", 1)
    approved.run("send_follow_ups")
    assert len(asked_of(approved)) == 1
    monkeypatch.setattr(outbox, "MOST_BEGUN_A_DAY", 100)
    for _ in range(2):
        approved.wait(days=1, minutes=5)
        approved.run("send_follow_ups")
    assert sorted(asked_of(approved)) == sorted(promised)
    assert approved.checker().faults() == []


def asked_of(cast: Cast) -> list[str]:
    """Return the ids of the promises that letters asked about, each as often as one did."""
    about = (row["About"] for row in cast.ledger("Letters") if row["Kind"] == "follow-up")
    return [one for ids in about for one in ids.replace(",", " ").split()]


def acknowledged(cast: Cast) -> int:
    return sum(k.startswith("acknowledgement") for p in EVERYBODY for k in cast.letters(p))
