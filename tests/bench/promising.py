"""Count the letters of people who promise something after each meeting, by value: nobody declines, nobody is away.

    python tests/bench/promising.py [months]

Ten people, as in ``days_off``. Introductions are counted, too, one a pairing. A share writes at a meeting's end, by the
link in its event; all others answer by mail, once a letter has asked. A promise names no day.
"""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from statistics import median

from days_off import HOURS, OPENS, SETTINGS, Year, _is_late, _meet, _turn, _write, somebody

from peerpact.programme.commitments import Commitment, first_due, made
from peerpact.programme.days_off import NONE_OFF
from peerpact.programme.meetings.rhythm import meeting_after
from peerpact.programme.pairings import add_months
from peerpact.programme.turn.due import turn_key, turn_of

MONTHS = 7
ASKS = {"commitment-request", "follow-up", "turn"}


@dataclass(slots=True)
class Promising:
    """A year in which each promise waits until its maker is asked for it, unless they write in the meeting."""

    year: Year
    at_the_end: frozenset[str]
    waiting: dict[str, Commitment] = field(default_factory=dict)

    def go_on(self, now: datetime) -> None:
        known = set(self.year.commitments)
        _meet(self.year, now)
        for key in self.year.commitments.keys() - known:
            self.waiting[key] = self.year.commitments.pop(key)
        self._promise(now, at_the_end=True)
        _write(self.year, now)
        self._promise(now, at_the_end=False)

    def _promise(self, now: datetime, *, at_the_end: bool) -> None:
        for key, promise in list(self.waiting.items()):
            writes_then = promise.person in self.at_the_end
            asked = any(
                (x.kind, x.person, x.pairing) == (kind, promise.person, promise.pairing)
                for x in self.year.letters.values()
                for kind in ASKS
            )
            is_time = at_the_end if writes_then else asked and now.date() > promise.made_on
            if is_time:
                self.year.commitments[key] = self._dated(self.waiting.pop(key), now)

    def _dated(self, promise: Commitment, now: datetime) -> Commitment:
        """Return the promise as it is read of a mail that names no day."""
        pairing = self.year.pairings[promise.pairing]
        span, asked = turn_of(pairing, SETTINGS), turn_key(promise.person, pairing) in self.year.letters
        turn = span[0] if span and not asked else None
        due = first_due(now.date(), meeting_after(pairing, now, (), SETTINGS), turn)
        return made(replace(promise, made_on=now.date(), due=due, history=""))


def played(months: int, share: float) -> tuple[Year, date]:
    people = [replace(p, days_off=NONE_OFF) for p in somebody(Random(1))]  # noqa: S311 - the same each time
    at_the_end = frozenset(p.email for p in people[: round(share * len(people))])
    promising = Promising(Year({p.email: p for p in people}), at_the_end)
    end = add_months(OPENS, months)
    day = OPENS - timedelta(days=10)
    while day < end:
        _turn(promising.year, day)
        for hour in HOURS:
            promising.go_on(datetime.combine(day, time(hour), UTC))
        day += timedelta(days=1)
    return promising.year, end


def main(months: int) -> None:
    for share in (0.0, 0.3, 1.0):
        year, end = played(months, share)
        sent = [x.person for x in year.letters.values() if x.sent]
        introduced = [e for p in year.pairings.values() for e in p.people]
        each = sorted(n / months for n in Counter([*sent, *introduced]).values())
        due = [c for c in year.commitments.values() if c.due < end - timedelta(days=7)]
        late = sum(_is_late(c, year.people[c.person]) for c in due)
        sys.stdout.write(
            f"{share:.0%} write at a meeting's end: letters a person and month over {months} months: "
            f"median {median(each):.2f}, most {each[-1]:.2f}; promises that came due {len(due)}, asked late {late}\n"
        )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else MONTHS)
