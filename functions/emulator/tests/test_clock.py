"""The clock: it stands still, moves and runs."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta, timezone

from workspace_emulator import Clock

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def test_stands_still_where_it_was_stopped() -> None:
    clock = Clock(NOON)
    assert [clock.now(), clock.now()] == [NOON, NOON]


def test_tells_utc_whatever_zone_it_was_set_in() -> None:
    clock = Clock()
    clock.set(datetime(2026, 3, 2, 14, 0, tzinfo=timezone(timedelta(hours=2))))
    assert clock.now() == NOON
    assert clock.now().tzinfo is UTC


def test_moves_by_a_span_while_standing_still() -> None:
    clock = Clock(NOON)
    clock.move(timedelta(days=31))
    assert clock.now() == NOON + timedelta(days=31)


def test_lets_a_wait_pass_at_once_while_standing_still() -> None:
    clock = Clock(NOON)
    clock.wait(3600)
    assert clock.now() == NOON + timedelta(hours=1)


def test_runs_on_from_where_it_stood() -> None:
    clock = Clock(NOON)
    clock.run()
    assert not clock.stands_still
    assert NOON <= clock.now() < NOON + timedelta(minutes=5)


def test_moves_while_running() -> None:
    clock = Clock(NOON)
    clock.run()
    clock.move(timedelta(days=1))
    assert timedelta(days=1) <= clock.now() - NOON < timedelta(days=1, minutes=5)


def test_lets_waits_of_threads_that_take_part_overlap_while_standing_still() -> None:
    clock, seen = Clock(NOON), list[tuple[float, float]]()

    def walk(step: float) -> None:
        for _ in range(3):
            clock.wait(step)
            seen.append((step, (clock.now() - NOON).total_seconds()))
        clock.leave()

    threads = [threading.Thread(target=walk, args=(step,)) for step in (2.0, 3.0)]
    for _ in threads:
        clock.take_part()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)

    assert [at for step, at in seen if step == 2.0] == [2.0, 4.0, 6.0]
    assert [at for step, at in seen if step == 3.0] == [3.0, 6.0, 9.0]
