"""When people are busy, as free/busy tells it: spans, and nothing of what they are about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta

from peerpact.google.apis import collection, execute
from peerpact.google.seen import busy_spans
from peerpact.google.session import Session
from peerpact.google.workers import Workers
from peerpact.programme.meetings.rules import Availability

CALENDARS_PER_QUERY = 50
"""FreeBusyRequest.calendarExpansionMax."""
LONGEST_QUERY = timedelta(days=60)


class FreeBusy:
    """What the mentoring mailbox may see of everybody's calendars."""

    def __init__(self, session: Session, workers: Workers) -> None:
        self._session = session
        self._workers = workers

    def of(self, addresses: Iterable[str], start: datetime, end: datetime) -> dict[str, Availability]:
        """Return each calendar's busy spans (UTC), or None where the calendar can't be read.

        Asked for few calendars and not too many days at once; Google refuses more (“time range is too long”).
        """
        wanted = sorted(set(addresses))
        some = [wanted[i : i + CALENDARS_PER_QUERY] for i in range(0, len(wanted), CALENDARS_PER_QUERY)]
        spans = [(at, min(at + LONGEST_QUERY, end)) for at in _every(LONGEST_QUERY, start, end)]
        answers: dict[tuple[str, datetime], Availability] = {}

        def ask(part: tuple[Sequence[str], tuple[datetime, datetime]]) -> None:
            asked, (first, last) = part
            found = self._ask(asked, first, last)
            answers.update({(address, first): busy for address, busy in found.items()})

        self._workers.each(ask, [(asked, span) for asked in some for span in spans])
        return {a: _joined([answers[a, first] for first, _ in spans]) for a in wanted}

    def _ask(self, addresses: Sequence[str], start: datetime, end: datetime) -> dict[str, Availability]:
        body = {
            "timeMin": start.isoformat(),
            "timeMax": end.isoformat(),
            "calendarExpansionMax": CALENDARS_PER_QUERY,
            "items": [{"id": address} for address in addresses],
        }
        request = collection("calendar", "freebusy").query(body=body)
        calendars = execute(request, self._session).get("calendars", {})
        return {a: busy_spans(calendars.get(a, {"errors": ["missing"]})) for a in addresses}


def _every(step: timedelta, start: datetime, end: datetime) -> Iterator[datetime]:
    while start < end:
        yield start
        start += step


def _joined(parts: Sequence[Availability]) -> Availability:
    """Return the spans of all parts; None where one is unknown, which is never free."""
    known = [part for part in parts if part is not None]
    return tuple(span for part in known for span in part) if len(known) == len(parts) else None
