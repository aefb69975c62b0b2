"""What a mailbox is asked for most, kept beside its messages: who has a label, in order of time, and Message-IDs."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

Document = Mapping[str, Any]
Place = tuple[int, str]
"""Where a message is in its mailbox: its date in milliseconds and its id."""

_HIDDEN = ("SPAM", "TRASH")


def place_of(document: Document) -> Place:
    return document["internalDate"], document["id"]


class LabelIndex:
    """The messages with one label: their places, oldest first, and how many each thread has, unread ones apart."""

    def __init__(self) -> None:
        self.places: list[Place] = []
        self.threads: Counter[str] = Counter()
        self.unread_threads: Counter[str] = Counter()
        self.unread = 0
        self.hidden = 0
        """How many are spam or in the bin too."""

    def add(self, document: Document) -> None:
        insort(self.places, place_of(document))
        self._count(document, 1)

    def remove(self, document: Document) -> None:
        place = place_of(document)
        at = bisect_left(self.places, place)
        assert self.places[at] == place
        del self.places[at]
        self._count(document, -1)

    def _count(self, document: Document, step: int) -> None:
        labels, thread = document["labelIds"], document["threadId"]
        _step(self.threads, thread, step)
        self.hidden += step * any(i in labels for i in _HIDDEN)
        if "UNREAD" in labels:
            self.unread += step
            _step(self.unread_threads, thread, step)


class MailIndex:
    """Follows a collection of messages; what is asked of it costs the same however many there are."""

    def __init__(self) -> None:
        self._labels: defaultdict[str, LabelIndex] = defaultdict(LabelIndex)
        self._message_ids: defaultdict[str, set[Place]] = defaultdict(set)

    def changed(self, _key: str, old: Document | None, new: Document | None) -> None:
        if old is not None:
            for label in ("", *old["labelIds"]):
                self._labels[label].remove(old)
            self._message_ids[old["rfc822msgid"]].discard(place_of(old))
            if not self._message_ids[old["rfc822msgid"]]:
                del self._message_ids[old["rfc822msgid"]]
        if new is not None:
            for label in ("", *new["labelIds"]):
                self._labels[label].add(new)
            self._message_ids[new["rfc822msgid"]].add(place_of(new))

    def label(self, label: str = "") -> LabelIndex:
        """Return what there is of a label, or of everything."""
        return self._labels.get(label) or LabelIndex()

    def with_message_id(self, rfc822_id: str) -> list[Place]:
        return sorted(self._message_ids.get(rfc822_id, ()))


def newest_before(places: list[Place], end: Place | None = None) -> Iterator[str]:
    """Go through the ids of the messages before a place, newest first; without one, through all."""
    at = len(places) if end is None else bisect_left(places, end)
    while at:
        at -= 1
        yield places[at][1]


def _step(counts: Counter[str], key: str, step: int) -> None:
    counts[key] += step
    if not counts[key]:
        del counts[key]
