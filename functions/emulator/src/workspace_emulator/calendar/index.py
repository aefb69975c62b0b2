"""What a calendar is asked for most, kept beside its copies of events: what touches a time, absences, changes."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from heapq import merge
from typing import Any

from workspace_emulator.calendar import times
from workspace_emulator.core import masks

Copy = Mapping[str, Any]
Event = Mapping[str, Any]

ABSENCES = frozenset({"outOfOffice", "focusTime"})
# Whole days are midnight to midnight in the zone of whoever looks; no zone is further from UTC.
_ZONES_APART = 14 * 3600
_MOST_SHOWN = 20_000


def looked_up(fields: Mapping[str, Any], ical_uid: str) -> dict[str, Any]:
    """Return what a copy of an event notes for the index: when it is at the most, what it is, its iCalUID.

    A repeated event may be at any time.
    """
    noted: dict[str, Any] = {"kind": fields.get("eventType", "default"), "uid": ical_uid}
    if fields.get("recurrence"):
        return noted
    first, last = (int(m.timestamp()) for m in times.span(fields, times.UTC_ZONE))
    margin = _ZONES_APART if "date" in fields["start"] else 0
    return noted | {"when": [first - margin, last + margin + 1]}


class CopiesIndex:
    """Follows one calendar's copies; what is asked of it costs the same however many are at other times."""

    def __init__(self) -> None:
        # By the number of binary digits of their length, so that how early one may have begun is bounded.
        self._by_length: defaultdict[int, list[tuple[int, str]]] = defaultdict(list)
        self._any_time: set[str] = set()
        self._absences: set[str] = set()
        self._changes: list[tuple[int, str]] = []
        self._uids: defaultdict[str, set[str]] = defaultdict(set)

    def changed(self, key: str, old: Copy | None, new: Copy | None) -> None:
        if old is not None:
            self._take_out(key, old)
        if new is not None:
            self._put_in(key, new)

    def touching(self, lower: datetime, upper: datetime) -> Iterator[str]:
        """Go through all that may touch a time; some may not, as whole days depend on who looks."""
        yield from self._any_time
        for begins in self._begins_between(lower, upper):
            yield from (key for _, key in begins)

    def _begins_between(self, lower: datetime, upper: datetime) -> Iterator[list[tuple[int, str]]]:
        end = (int(upper.timestamp()) + 1, "")
        for digits, begins in self._by_length.items():
            start = (int(lower.timestamp()) - (1 << digits), "")
            yield begins[bisect_left(begins, start) : bisect_left(begins, end)]

    def at_any_time(self) -> list[str]:
        return sorted(self._any_time)

    def in_order(self, lower: datetime, upper: datetime) -> Iterator[tuple[int, str]]:
        """Go through what may touch a time and isn't repeated, as it begins: in seconds, and no later than it does."""
        return merge(*self._begins_between(lower, upper))

    def absences(self) -> Iterator[str]:
        return iter(sorted(self._absences))

    def changed_after(self, number: int) -> Iterator[str]:
        at = bisect_left(self._changes, (number + 1, ""))
        return (key for _, key in self._changes[at:])

    def last_change(self) -> str | None:
        return self._changes[-1][1] if self._changes else None

    def with_uid(self, ical_uid: str) -> list[str]:
        """Return those with an iCalUID, and those of older files, which don't note theirs."""
        return sorted(self._uids.get(ical_uid, set()) | self._uids.get("", set()))

    def _put_in(self, key: str, copy: Copy) -> None:
        insort(self._changes, (copy["changed"], key))
        if "when" in copy:
            begins, ends = copy["when"]
            insort(self._by_length[(ends - begins).bit_length()], (begins, key))
        else:
            self._any_time.add(key)
        if copy.get("kind", "outOfOffice") in ABSENCES:
            self._absences.add(key)
        self._uids[copy.get("uid", "")].add(key)

    def _take_out(self, key: str, copy: Copy) -> None:
        _remove(self._changes, (copy["changed"], key))
        if "when" in copy:
            begins, ends = copy["when"]
            _remove(self._by_length[(ends - begins).bit_length()], (begins, key))
        self._any_time.discard(key)
        self._absences.discard(key)
        self._uids[copy.get("uid", "")].discard(key)


class ShownEvents:
    """Events as lists showed them last, kept beside all events for as long as what they are made of stays the same."""

    def __init__(self) -> None:
        self._known: dict[str, dict[tuple[str, str], tuple[Copy, int, str, dict[str, Any]]]] = {}

    def changed(self, key: str, _old: Any, _new: Any) -> None:
        self._known.pop(key, None)

    def shown(
        self,
        copy: Copy,
        event: Event,
        seen_by: tuple[str, str],
        people: int,
        fields: str,
        show: Callable[[Copy, Event], dict[str, Any]],
    ) -> dict[str, Any]:
        """Return what somebody is shown of a copy; ``people`` is the version of the accounts that it names.

        Of it no more is kept than the ``fields`` that a list asks for. The same object each time: not to be changed.
        """
        ways = self._known.get(copy["event"])
        if ways is None:
            if len(self._known) >= _MOST_SHOWN:
                self._known.clear()
            ways = self._known[copy["event"]] = {}
        known = ways.get(seen_by)
        if known is None or known[0] is not copy or known[1:3] != (people, fields):
            asked = masks.of_items(fields) if fields else None
            known = ways[seen_by] = (copy, people, fields, masks.cut(asked, show(copy, event)))
        return known[3]


def _remove(places: list[tuple[int, str]], place: tuple[int, str]) -> None:
    at = bisect_left(places, place)
    assert places[at] == place
    del places[at]
