"""Who of the example company goes on leave, and when: they look at nothing.

One after another their mailbox answers for them, their calendar says that they are out of office, or both do.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta

from peerpact.demo.company import Company
from peerpact.programme.days_off import Absence

_EVENTS = "https://www.googleapis.com/calendar/v3/calendars/primary/events"
_VACATION = "https://gmail.googleapis.com/gmail/v1/users/me/settings/vacation"
EVERY = 9
"""One of so many people, by their addresses, has a leave."""
FIRST, LAST = timedelta(days=30), timedelta(days=150)
"""So long after the first round opens they go."""
LENGTH = timedelta(days=11)
"""From a Monday to the Friday of the next week."""


def send_on_leave(company: Company, opens: date, seed: int) -> Mapping[str, Absence]:
    """Give some people a leave, with an automatic reply or an out-of-office event; return whom and when."""
    ours = {company.config.mailbox, company.admin}
    zones = {u.email: u.time_zone for u in company.workspace.users() if u.email not in ours}
    leaves = {}
    for number, person in enumerate(sorted(zones)[EVERY // 2 :: EVERY]):
        dice = random.Random(f"{seed}/leave/{person}")  # noqa: S311 - a play, seeded
        day = opens + timedelta(days=dice.randint(FIRST.days, LAST.days))
        first = day - timedelta(days=day.weekday())
        leaves[person] = Absence(first=first, last=first + LENGTH)
        if number % 3 != 1:
            _answer_automatically(company, person, leaves[person])
        if number % 3 != 0:
            _be_out_of_office(company, person, leaves[person], zones[person])
    return leaves


def _be_out_of_office(company: Company, person: str, leave: Absence, zone: str) -> None:
    """Enter an out-of-office event as Calendar makes it: one block from the first midnight to the last."""
    days = {"start": leave.first, "end": leave.last + timedelta(days=1)}
    sides = {side: {"dateTime": f"{day}T00:00:00", "timeZone": zone} for side, day in days.items()}
    event = {"summary": "Out of office", "eventType": "outOfOffice", **sides}
    company.session(person).post(_EVENTS, json=event).raise_for_status()


def _answer_automatically(company: Company, person: str, leave: Absence) -> None:
    back = leave.last + timedelta(days=1)
    begins, ends = (datetime.combine(day, time(), UTC) for day in (leave.first, back))
    responder = {
        "enableAutoReply": True,
        "responseSubject": "Out of office",
        "responseBodyPlainText": f"Thank you for your mail. I am out of the office until {leave.last.isoformat()}.",
        "startTime": str(int(begins.timestamp() * 1000)),
        "endTime": str(int(ends.timestamp() * 1000)),
    }
    company.session(person).put(_VACATION, json=responder).raise_for_status()
