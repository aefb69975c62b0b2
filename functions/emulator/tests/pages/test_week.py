"""Where events are in a week."""

from datetime import date
from zoneinfo import ZoneInfo

from workspace_emulator.pages.week import all_day_on, blocks_on, monday_of

BERLIN = ZoneInfo("Europe/Berlin")
TUESDAY = date(2026, 3, 3)


def event(begins: str, ends: str) -> dict:
    return {"start": {"dateTime": begins}, "end": {"dateTime": ends}}


def seats(*events: dict, day: date = TUESDAY) -> list[tuple]:
    return [(b.start, b.minutes, b.left, b.width) for b in blocks_on(events, day, BERLIN)]


def test_week_begins_on_monday():
    assert monday_of(TUESDAY) == date(2026, 3, 2)


def test_places_an_event_by_the_wall_clock_of_the_calendar():
    assert seats(event("2026-03-03T08:00:00Z", "2026-03-03T08:45:00Z")) == [(540, 45, 0, 1)]


def test_shares_the_width_among_events_that_overlap():
    first = event("2026-03-03T09:00:00+01:00", "2026-03-03T10:00:00+01:00")
    second = event("2026-03-03T09:30:00+01:00", "2026-03-03T10:30:00+01:00")
    later = event("2026-03-03T11:00:00+01:00", "2026-03-03T12:00:00+01:00")
    assert seats(first, second, later) == [(540, 60, 0, 0.5), (570, 60, 0.5, 0.5), (660, 60, 0, 1)]


def test_gives_an_event_over_midnight_its_part_of_each_day():
    night = event("2026-03-03T22:00:00+01:00", "2026-03-04T01:00:00+01:00")
    assert seats(night) == [(1320, 120, 0, 1)]
    assert seats(night, day=date(2026, 3, 4)) == [(0, 60, 0, 1)]


def test_keeps_a_very_short_event_large_enough_to_click():
    assert seats(event("2026-03-03T09:00:00+01:00", "2026-03-03T09:05:00+01:00")) == [(540, 25, 0, 1)]


def test_leaves_out_the_day_on_which_an_all_day_event_ends():
    holiday = {"start": {"date": "2026-03-03"}, "end": {"date": "2026-03-05"}}
    days = [day for day in (2, 3, 4, 5) if all_day_on([holiday], date(2026, 3, day))]
    assert days == [3, 4]


def test_shows_an_event_in_the_hour_skipped_by_summer_time_once():
    skipped = event("2026-03-29T00:30:00Z", "2026-03-29T01:30:00Z")
    assert [(b.start, b.minutes) for b in blocks_on([skipped], date(2026, 3, 29), BERLIN)] == [(90, 120)]
