"""When people are busy, asked in spans that Google answers, and told as one."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from cast import MONDAY, Cast
from peerpact.google.free_busy import LONGEST_QUERY
from peerpact.jobs.catalogue import JOBS

BEN = "ben@example.com"
EVENTS = "https://www.googleapis.com/calendar/v3/calendars/primary/events"


@pytest.mark.parametrize("spans", [1, 2, 5])
def test_asks_about_any_number_of_days_in_spans_that_google_answers(cast: Cast, spans: int) -> None:
    days = spans * LONGEST_QUERY
    busy = [
        (MONDAY + at, MONDAY + at + timedelta(hours=1))
        for at in (timedelta(0), days - timedelta(hours=1), *(n * LONGEST_QUERY for n in range(1, spans)))
    ]
    for start, end in busy:
        sides = {side: {"dateTime": at.isoformat()} for side, at in (("start", start), ("end", end))}
        cast.company.session(BEN).post(EVENTS, json={"summary": "Busy", **sides}).raise_for_status()
    cast.company.workspace.calls.clear()
    free_busy = cast.company.access(JOBS["book_first_meetings"]).free_busy
    found = free_busy.of([BEN, "nobody@example.com"], MONDAY, MONDAY + days)
    asked = [c.method_id for c in cast.company.workspace.calls if c.method_id == "calendar.freebusy.query"]
    assert len(asked) == spans
    assert found["nobody@example.com"] is None
    assert sorted(found[BEN] or ()) == sorted(busy)


def test_google_refuses_more_at_once(cast: Cast) -> None:
    body = {
        "timeMin": datetime(2026, 1, 5, tzinfo=UTC).isoformat(),
        "timeMax": datetime(2026, 6, 5, tzinfo=UTC).isoformat(),
        "items": [{"id": BEN}],
    }
    url = "https://www.googleapis.com/calendar/v3/freeBusy"
    assert cast.company.session(BEN).post(url, json=body).status_code == 400
