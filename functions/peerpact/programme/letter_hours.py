"""The hours of a day at which letters leave, where their reader is."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from peerpact.programme.people import Person
from peerpact.programme.settings import Settings

LATEST_HOUR = 18
"""Letters wait for the next morning from this local hour on."""


def is_time_for_letters(
    person: Person, settings: Settings, now: datetime, *, even_paused: bool = False
) -> bool:
    """Tell whether it is a working morning or day where they are, no holiday or leave, and they take part."""
    local = now.astimezone(ZoneInfo(person.time_zone))
    is_hour = settings.letter_hour <= local.hour < LATEST_HOUR
    return is_hour and person.works_on(local.date()) and (even_paused or person.is_taking_part(local.date()))
