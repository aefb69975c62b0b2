"""Calls stay inside Google's limits, whatever the minute, and a refusal makes nobody hurry."""

from __future__ import annotations

import itertools
import threading
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cast import Cast
from peerpact.errors import OutOfTime
from peerpact.google.pace import LIMITS, Pace, cost_of
from peerpact.google.workers import Workers
from peerpact.jobs.catalogue import JOBS


class Hands:
    """A clock that moves when somebody waits."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def wait(self, seconds: float) -> None:
        self.seconds += seconds


def taken(gaps: list[float], bucket: str, units: int) -> list[float]:
    """Return when each call had its turn, the callers coming so long after one another."""
    hands = Hands()
    pace, turns = Pace(lambda: hands.seconds, hands.wait), []
    for gap in gaps:
        hands.wait(gap)
        pace.take_turn(bucket, units)
        turns.append(hands.seconds)
    return turns


@given(st.lists(st.floats(0, 90), min_size=1, max_size=200), st.sampled_from(sorted(LIMITS)))
def test_keeps_every_minute_inside_the_limit(gaps: list[float], bucket: str) -> None:
    units = 100 if bucket == "gmail" else 1
    turns = taken(gaps, bucket, units)
    for start in turns:
        spent = units * sum(start <= t < start + 60 for t in turns)
        assert spent <= LIMITS[bucket].a_minute


@pytest.mark.parametrize("bucket", ["calendar", "gmail"])
def test_uses_nearly_all_of_the_limit(bucket: str) -> None:
    units = 110 if bucket == "gmail" else 1
    turns = taken([0.0] * 1200, bucket, units)
    alone = 1200 * units / LIMITS[bucket].a_minute * 60
    assert turns[-1] <= alone * 1.02


def test_lets_callers_come_one_after_the_other_after_a_refusal() -> None:
    hands = Hands()
    waits: list[float] = []
    pace = Pace(lambda: hands.seconds, waits.append)
    pace.refused("calendar", 10.0)
    for _ in range(5):
        pace.take_turn("calendar", 1)
    gaps = [b - a for a, b in itertools.pairwise(waits)]
    assert waits[0] > 10.0
    assert gaps == pytest.approx([1 / LIMITS["calendar"].a_second] * 4)


def test_gives_threads_turns_of_their_own() -> None:
    hands = Hands()
    waits: list[float] = []
    pace = Pace(lambda: hands.seconds, waits.append)
    threads = [threading.Thread(target=pace.take_turn, args=("calendar", 1)) for _ in range(100)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(waits) == pytest.approx([(n + 1) * 60 / 590 for n in range(90)])


@pytest.mark.parametrize(
    ("method", "path", "cost"),
    [
        ("POST", "/gmail/v1/users/me/drafts", 10),
        ("POST", "/gmail/v1/users/me/drafts/send", 100),
        ("GET", "/gmail/v1/users/me/messages/18c", 20),
        ("GET", "/gmail/v1/users/me/messages", 5),
        ("POST", "/gmail/v1/users/me/messages/batchModify", 50),
        ("DELETE", "/gmail/v1/users/me/drafts/18c", 100),
    ],
)
def test_counts_mail_as_google_does_and_the_unknown_as_the_dearest(method: str, path: str, cost: int) -> None:
    assert cost_of("gmail", method, f"https://gmail.googleapis.com{path}?x=1", reads=False) == ("gmail", cost)


class Used(Pace):
    """Has so many turns left of one API, and then none for longer than any run lasts."""

    def __init__(self, bucket: str, turns: int) -> None:
        super().__init__()
        self.bucket, self.turns = bucket, turns

    def take_turn(self, bucket: str, units: int, *, at_most: float = float("inf")) -> bool:
        if bucket != self.bucket:
            return super().take_turn(bucket, units, at_most=at_most)
        self.turns -= 1
        if self.turns < 0:
            self.refused(bucket, 1e6)
        return super().take_turn(bucket, 0, at_most=at_most)


@pytest.mark.parametrize("bucket", ["gmail", "calendar", "sheets read", "sheets write"])
@pytest.mark.parametrize("at_once", [1, 8])
def test_goes_on_later_where_the_quota_is_used_up(cast: Cast, bucket: str, at_once: int) -> None:
    company = replace(cast.company, workers=Workers(at_once))
    Cast(company).run("pair_people")
    cast.wait(days=3, hours=3)
    Cast(company).run("pair_people")
    paces = [Used(bucket, turns) for turns in (*range(1, 16, 3), 1000)]
    for pace in paces:
        try:
            Cast(replace(company, pace=pace)).run("book_first_meetings")
        except OutOfTime:
            assert pace.turns < 0
    people = [f"{name}@example.com" for name in ("ben", "cleo", "dina", "emil", "fay", "gus")]
    assert [len(cast.letters(p)) for p in people] == [1] * 6
    assert [len(cast.events(p)) for p in people] == [1] * 6
    assert paces[0].turns < 0
    assert cast.tab("Problems") == []


def test_never_meets_googles_limit_however_fast_it_reads(cast: Cast) -> None:
    workspace = cast.company.workspace
    workspace.quotas.switch_on()
    start = workspace.clock.now()
    pace = Pace(
        lambda: (workspace.clock.now() - start) / timedelta(seconds=1),
        lambda seconds: workspace.clock.move(timedelta(seconds=seconds)),
    )
    company = replace(cast.company, pace=pace)
    for _ in range(100):
        company.access(JOBS["check_roster"]).programme.read(["Runs"])
    workspace.quotas.switch_off()
    assert {c.status for c in workspace.calls} == {200}
    assert workspace.clock.now() - start > timedelta(minutes=3)
