"""Months of programmes that differ in one outcome of one person, tick by tick, and years of them by value.

    python tests/jobs/outcome_test.py [--seeds 4] [--weeks 10] [--years 300]

Prints how many moments were compared and what was found; ends with status 1 where anything tells.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
sys.path[:0] = map(str, (TESTS, TESTS / "jobs", TESTS / "programme" / "figures"))

from one_outcome import OUTCOMES, WHO, Admin, Look, asked, differences, has_published, look  # noqa: E402
from test_year import told_by  # noqa: E402

from cast import MONDAY, Cast  # noqa: E402
from peerpact.clock import pin_time_zones  # noqa: E402
from peerpact.demo.company import found  # noqa: E402
from peerpact.demo.play import Play  # noqa: E402
from peerpact.errors import PeerpactError  # noqa: E402
from peerpact.jobs import job as running  # noqa: E402
from waiting import try_again_at_once  # noqa: E402
from workspace_emulator import Clock, Effect, Fault, Workspace  # noqa: E402

ACTS_ON = 0.3
"""Of the days."""
OUTAGES = {
    7: Fault(effect=Effect.REFUSE, status=503, method="sheets.*", kind="write"),
    10: Fault(effect=Effect.DROP_BEFORE, method="gmail.*"),
    13: Fault(effect=Effect.DROP_AFTER, method="sheets.*", kind="write"),
}
"""By the hour of each fourth day: every call alike, since by chance it would strike whatever call came first."""


class People:
    """They promise something where they are asked, and each says once what became of it."""

    def __init__(self, cast: Cast, outcome: str) -> None:
        self._cast, self._outcome = cast, outcome

    def end_meetings(self) -> None:
        """Write nothing down before they are asked."""

    def live(self) -> None:
        for user in self._cast.company.workspace.users():
            for thread, letter in self._cast.open_unread(user.email):
                kind = (letter["X-Peerpact"] or "").partition(":")[0]
                if kind in {"commitment-request", "follow-up"}:
                    text = letter.get_body(("plain",)).get_content()  # type: ignore[union-attr]
                    self._answer(user.email, letter, thread, asks="1. " in text)

    def _answer(self, person: str, letter: object, thread: str, *, asks: bool) -> None:
        words = OUTCOMES[self._outcome if person == WHO else "kept"] if asks else "I will ask Sam"
        if words:
            self._cast.send_reply(person, letter, words, thread=thread)  # type: ignore[arg-type]


class Months(Play):
    """A play that goes on where a job fails."""

    def run(self, name: str) -> running.Outcome | None:
        with suppress(PeerpactError):
            return super().run(name)
        return None


def looks(cast: Cast, outcome: str, seed: int, weeks: float) -> Iterator[Look]:
    """Yield what an admin reads after each tick, until a figure is published."""
    dice, admin, acted = random.Random(seed), Admin(cast, seed), date.min  # noqa: S311 - a play, seeded
    play = Months(cast.company, seed=1)
    play.colleagues = People(cast, outcome)  # type: ignore[assignment]
    play.colleagues.live()
    faults, did = cast.company.workspace.faults, ""
    for moment in play.until(cast.clock.now() + timedelta(weeks=weeks)):
        faults.clear()
        if moment.toordinal() % 4 == 0 and moment.hour in OUTAGES:
            for user in ("mentoring@*", "peerpact-*"):
                faults.add(Fault(**{**fields_of(OUTAGES[moment.hour]), "user": user}))
            continue
        is_new_day = moment.date() > acted
        if is_new_day:
            acted = moment.date()
            did = admin.acts() if dice.random() < ACTS_ON else did
            if has_published(cast):
                break
        yield look(cast, f"{moment:%d %B %H:%M}, after the admin {did}", is_thorough=is_new_day)
    faults.clear()


def fields_of(fault: Fault) -> dict[str, object]:
    return {name: getattr(fault, name) for name in ("effect", "status", "method", "kind")}


def compared(seed: int, weeks: float) -> tuple[int, list[str]]:
    """Return how many moments were compared, and what told of the one outcome."""
    workspace = Workspace(clock=Clock(MONDAY - timedelta(days=3)))
    company = found(
        workspace, roster=TESTS / "roster.csv", first_round=MONDAY.date(), seed=1, calendars=False
    )
    cast = Cast(company)
    cast.go_to(MONDAY)
    asked(cast)
    start, now = workspace.store.snapshot(), cast.clock.now()
    seen: dict[str, list[Look]] = {}
    for outcome in OUTCOMES:
        workspace.store.restore(start)
        cast.go_to(now)
        seen[outcome] = list(looks(cast, outcome, seed, weeks))
    told, moments = [], 0
    for outcome in list(OUTCOMES)[1:]:
        for one, other in zip(seen["kept"], seen[outcome], strict=False):
            moments += 1
            if places := differences(one, other):
                told.append(f"{outcome}, {one.after}: {places[0][:300]}")
                break
    return moments, told


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seeds", type=int, default=4)
    parser.add_argument("--weeks", type=float, default=10)
    parser.add_argument("--years", type=int, default=300)
    wanted = parser.parse_args()
    pin_time_zones()
    try_again_at_once()
    told = [f"by value, seed {seed}: {what}" for seed in range(wanted.years) for what in told_by(seed)]
    sys.stdout.write(f"{wanted.years} years by value: {len(told)} told\n")
    for seed in range(wanted.seeds):
        moments, found_here = compared(seed, wanted.weeks)
        sys.stdout.write(f"seed {seed}: {moments} moments compared, {len(found_here)} told\n")
        sys.stdout.flush()
        told += found_here
    sys.stdout.write("".join(f"  {line}\n" for line in told))
    return 1 if told else 0


if __name__ == "__main__":
    raise SystemExit(main())
