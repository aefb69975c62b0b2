"""A meeting's event as the calendar shows it: all that decisions need of it, whatever people made of it.

How Google's answer becomes this, ``google.calendars`` knows: always, if need be with the oddity named.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

FOREVER = datetime.max.replace(tzinfo=UTC)
A_CLOCK_CHANGE = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Guest:
    """A guest as the calendar has them; ``commented`` tells that there is a comment, never what it says."""

    email: str
    answer: str
    commented: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class EventSeen:
    """The event as the calendar shows it now. Moments are aware and in UTC."""

    id: str
    etag: str = ""
    key: str = ""
    """The id under which we made it. What people made of it (a part of a series, a copy) keeps it."""
    pairing: str = ""
    number: int = 1
    """Which of the pairing's meetings it was made for."""
    organiser: str = ""
    """Lower-case address; empty when the calendar doesn't say."""
    is_ours: bool = True
    """It is in our calendar as its organiser's, and not as a guest's."""
    is_cancelled: bool = False
    start: datetime | None = None
    """None: it can't be told. Of an all-day event noon (UTC) of its day stands for the hour that nobody knows."""
    end: datetime | None = None
    is_all_day: bool = False
    is_series: bool = False
    """People made it one that comes again; its first occurrence is the meeting."""
    series_until: datetime | None = None
    """When a series begins for the last time, about; None: it has no end."""
    part_of: str = ""
    """The id of the series of which this is one occurrence that somebody changed."""
    part_from: datetime | None = None
    """When that occurrence was before it was changed."""
    guests: tuple[Guest, ...] = ()
    """Without the organiser."""
    hides_guests: bool = False
    link: str = ""
    meet_link: str = ""
    awaits_meet_link: bool = False
    created: datetime | None = None
    updated: datetime | None = None
    put: datetime | None = None
    """Where we put it last, as we noted on the event itself, and the two counts that go with it."""
    moved: bool = False
    automatic: int = 0
    invited: tuple[str, ...] = ()
    """Whom we made its guests last, as we noted on the event itself; empty on one that an earlier version made."""
    taken_off: tuple[str, ...] = ()
    """Whom we took off it, as they had left; a spreadsheet that was restored may say that they are there."""
    oddity: str = ""
    """Why it can't be followed, in words; empty when it can."""

    @property
    def minutes(self) -> int:
        return round((self.end - self.start).total_seconds() / 60) if self.start and self.end else 0

    def goes_on_after(self, now: datetime) -> bool:
        """Tell whether it is a series with an occurrence ahead."""
        return self.is_series and not self.is_cancelled and self.ends_for_good > now

    def is_ahead(self, now: datetime) -> bool:
        """Tell whether it isn't over, or comes again."""
        return (self.end is not None and self.end > now) or self.goes_on_after(now)

    def last_start(self, now: datetime) -> datetime | None:
        """Return when it begins, or began for the last time where it is a series that is over."""
        is_over = self.is_series and not self.goes_on_after(now)
        return self.series_until if is_over and self.series_until else self.start

    @property
    def ends_for_good(self) -> datetime:
        """When the last occurrence of a series is over, with an hour for a clock change."""
        if self.series_until is None:
            return FOREVER
        return self.series_until + timedelta(minutes=self.minutes) + A_CLOCK_CHANGE


def with_new_addresses(event: EventSeen, renamed: Mapping[str, str]) -> EventSeen:
    """Return an event with its people under their present addresses: invitations went to those of then."""
    if not renamed:
        return event
    guests = tuple(replace(g, email=renamed.get(g.email, g.email)) for g in event.guests)
    invited, taken_off = (tuple(renamed.get(e, e) for e in some) for some in (event.invited, event.taken_off))
    organiser = renamed.get(event.organiser, event.organiser)
    return replace(event, guests=guests, invited=invited, taken_off=taken_off, organiser=organiser)


def is_their_own(event: EventSeen, people: Iterable[str], everybody: Container[str]) -> bool:
    """Tell whether some people have planned a meeting, or a series, to which they invited us.

    Not so where others of the programme, ``everybody``, come: what brings many together is no pair's own.
    """
    if event.is_ours or event.is_cancelled or event.start is None:
        return False
    together = {event.organiser, *(g.email for g in event.guests if g.answer != "declined")}
    return set(people) <= together and not any(other in everybody for other in together - set(people))


def our_meetings(events: Iterable[EventSeen]) -> dict[str, EventSeen]:
    """Return each of our meetings as it is now, wherever people have taken it, by the id under which it was made."""
    made: dict[str, list[EventSeen]] = {}
    for event in events:
        made.setdefault(event.key or event.id, []).append(event)
    return {key: _standing(key, some) for key, some in made.items()}


def _standing(key: str, events: Sequence[EventSeen]) -> EventSeen:
    """Return which of the events with one key is the meeting.

    Somebody may have changed the first occurrence of a series alone, or moved a series on from its beginning, which
    cancels the event and makes another with the same key.
    """
    first = next((e for e in events if e.id == key), None)
    if first and not first.is_cancelled:
        if len(events) == 1:
            return first
        changed = next((e for e in events if e.part_of == key and e.part_from == first.start), first)
        return replace(changed, is_series=first.is_series, series_until=first.series_until)
    others = [e for e in events if not e.is_cancelled and not e.part_of and e.start]
    return min(others, key=lambda e: (e.start, e.id), default=first or events[0])
