"""Several calls at once: everything is done once, time and failures are minded, and jobs end as with one worker."""

from __future__ import annotations

import threading
from contextlib import suppress
from dataclasses import replace

import pytest
import stamina

from cast import Cast
from peerpact import logs
from peerpact.errors import GoogleError
from peerpact.google.workers import Workers
from workspace_emulator import Effect, Fault


@pytest.mark.parametrize("at_once", [1, 2, 8])
def test_does_each_piece_once(at_once: int) -> None:
    done: list[int] = []
    Workers(at_once).each(done.append, range(100))
    assert sorted(done) == list(range(100))


def test_lets_pieces_wait_for_one_another_side_by_side() -> None:
    together = threading.Barrier(4, timeout=10)
    Workers(4).each(lambda n: together.wait() if n else None, range(5))
    assert not together.broken


def test_does_the_first_piece_alone() -> None:
    threads: list[threading.Thread] = []
    Workers(4).each(lambda _: threads.append(threading.current_thread()), range(8))
    assert threads[0] is threading.main_thread()
    assert threading.main_thread() not in threads[1:]


def test_ends_when_time_is_up() -> None:
    done: list[int] = []
    Workers(1).each(done.append, range(10), lambda: len(done) < 3)
    assert done == [0, 1, 2]


def test_raises_a_failure_after_what_had_begun_is_done() -> None:
    both, ended = threading.Barrier(2, timeout=10), list[int]()

    def work(n: int) -> None:
        if n == 1:
            both.wait()
            raise ValueError("the second one")
        if n == 2:
            both.wait()
        ended.append(n)

    with pytest.raises(ValueError, match="the second one"):
        Workers(2).each(work, range(1000))
    assert {0, 2} <= set(ended)


def test_begins_nothing_more_after_a_failure() -> None:
    begun: list[int] = []

    def work(n: int) -> None:
        begun.append(n)
        raise ValueError

    with pytest.raises(ValueError):  # noqa: PT011 - the only one there can be
        Workers(4).each(work, range(10))
    assert begun == [0]


def test_knows_in_each_thread_which_job_is_running() -> None:
    seen: list[str] = []
    logs.job.set("report")
    Workers(4).each(lambda _: seen.append(logs.job.get()), range(8))
    logs.job.set("")
    assert set(seen) == {"report"}


@pytest.mark.parametrize("seed", range(3))
def test_sends_and_books_everything_once_with_many_workers_and_faults(cast: Cast, seed: int) -> None:
    stamina.set_testing(True, attempts=4)
    many = Cast(replace(cast.company, workers=Workers(8)))
    many.run("pair_people")
    many.wait(days=3, hours=3)
    many.run("pair_people")
    for n, effect in enumerate((Effect.DROP_AFTER, Effect.DROP_BEFORE, Effect.TWICE)):
        many.company.workspace.faults.add(Fault(effect=effect, chance=0.04, seed=10 * seed + n))
    for _ in range(4):
        with suppress(GoogleError):
            many.run("book_first_meetings")
        many.wait(minutes=30)
    stamina.set_testing(False)
    many.company.workspace.faults.clear()
    many.run("book_first_meetings")

    people = [f"{name}@example.com" for name in ("ben", "cleo", "dina", "emil", "fay", "gus")]
    assert [len(many.letters(p)) for p in people] == [1] * 6
    assert [len(many.events(p)) for p in people] == [1] * 6
    assert many.checker().faults() == []
