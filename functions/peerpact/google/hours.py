"""When people work and in which zone, as their primary calendars say, where the scope is granted and they share it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from peerpact.errors import GoogleError, PeerpactError
from peerpact.google.apart import Apart, is_for_good
from peerpact.google.apis import collection, execute
from peerpact.google.session import Session
from peerpact.google.workers import Workers
from peerpact.programme.meetings.own_hours import OwnHours
from peerpact.programme.people import WorkingHours

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


class Hours:
    """Working hours of people, asked for as the mentoring mailbox."""

    def __init__(self, session: Session, workers: Workers) -> None:
        self._session = session
        self._workers = workers

    def of(self, addresses: Iterable[str]) -> dict[str, OwnHours]:
        """Return the hours of those whose calendar tells them; nobody's where the scope is not granted.

        Raises:
            GoogleError: Google could not be reached.
            OutOfTime: there was no time to ask.
        """
        found: dict[str, OwnHours] = {}
        try:
            wanted = sorted(set(addresses))
            failed = [*Apart(self._workers).each(lambda a: self._ask(a, found), wanted).values()]
        except PeerpactError as error:  # what concerns all, or most of them
            failed = [error]
        for trouble in failed:
            if not is_for_good(trouble):
                raise trouble
        return found

    def try_out(self, address: str) -> None:
        """Ask for one calendar.

        Raises:
            GoogleError: it may not be asked for, or Google could not be reached.
        """
        self._ask(address, {})

    def _ask(self, address: str, found: dict[str, OwnHours]) -> None:
        request = collection("calendar", "calendars").get(calendarId=address, fields="timeZone,workingHours")
        try:
            hours = own_hours(execute(request, self._session))
        except GoogleError as error:
            if error.status == 404:
                return
            raise
        if hours:
            found[address] = hours


def own_hours(calendar: Mapping[str, Any]) -> OwnHours | None:
    """Return what a calendar says; None when it tells neither hours nor a zone."""
    hours, zone = _hours(calendar.get("workingHours") or {}), str(calendar.get("timeZone") or "")
    return OwnHours(hours=hours, time_zone=zone) if hours or zone else None


def _hours(told: Mapping[str, Any]) -> WorkingHours | None:
    """Return the working hours; None when there are none, or none that can be read."""
    if not told.get("workingHoursEnabled"):
        return None
    days: list[list[tuple[int, int]]] = [[] for _ in DAYS]
    for time in told.get("availableTimes", ()):
        day, start, end = (time.get(part) for part in ("dayOfWeek", "periodStart", "periodEnd"))
        if day not in DAYS or not isinstance(start, int) or not isinstance(end, int):
            return None
        if not 0 <= start < end <= 1440:
            return None
        days[DAYS.index(day)].append((start, end))
    if not any(days):
        return None
    return WorkingHours(days=tuple(tuple(sorted(spans)) for spans in days))
