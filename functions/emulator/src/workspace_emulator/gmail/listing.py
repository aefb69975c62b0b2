"""Lists of messages, drafts and threads: what a call asks for, newest first, a page at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import islice

from workspace_emulator.core.api import Call
from workspace_emulator.core.errors import forbidden
from workspace_emulator.gmail.index import Place, newest_before, place_of
from workspace_emulator.gmail.mailbox import Document, Mailbox
from workspace_emulator.gmail.options import mail_options
from workspace_emulator.gmail.search import Ground, compile_query, label_key
from workspace_emulator.gmail.shapes import Json
from workspace_emulator.gmail.table import invalid, page_size

METADATA = "https://www.googleapis.com/auth/gmail.metadata"
_ID_DIGITS = 20


class Search:
    """The messages that ``q`` and ``labelIds`` ask for; with ``whole_threads`` the newest such of each thread.

    ``label`` is one that all have anyway, ``only`` a further condition.
    """

    def __init__(
        self,
        call: Call,
        mailbox: Mailbox,
        *,
        label: str = "",
        only: Callable[[Document], bool] | None = None,
        whole_threads: bool = False,
    ) -> None:
        if call.params.get("q") and METADATA in call.scopes:
            raise forbidden("Metadata scope does not support 'q' parameter")
        self._mailbox = mailbox
        self._asked = frozenset(call.params.get("labelIds", ())) | ({label} if label else frozenset())
        self._query = compile_query(call.params.get("q", ""), _ground(mailbox))
        self._hidden = {"SPAM", "TRASH"} - self._asked
        if self._query.everywhere or call.params.get("includeSpamTrash"):
            self._hidden = set()
        self._findable = _findable_until(call)
        self._only = only
        self._whole_threads = whole_threads
        self._is_plain = not call.params.get("q") and only is None and len(self._asked) <= 1
        self._tests = list(self._needed_tests())

    def _needed_tests(self) -> Iterator[Callable[[Document], bool]]:
        """Give no more tests than can tell: a plain list has one, or none where nothing of it is hidden."""
        asked, hidden = self._asked, self._hidden
        if not self._is_plain:
            yield lambda document: asked.issubset(document["labelIds"])
        if hidden and not (self._is_plain and not self._mailbox.index.label(next(iter(asked), "")).hidden):
            yield lambda document: hidden.isdisjoint(document["labelIds"])
        if self._findable != float("inf"):
            yield lambda document: bool(document["added"] <= self._findable)
        if self._only is not None:
            yield self._only
        if not self._is_plain:
            yield self._query.matches

    def newest_first(self, before: Place | None = None) -> Iterator[Document]:
        """Go through what was asked for, from a place on."""
        messages = self._mailbox.messages
        for message_id in newest_before(self._candidates(), before):
            document = messages[message_id]
            if self._tests and not self._matches(document):
                continue
            if not (self._whole_threads and self._has_newer(document)):
                yield document

    def count(self) -> int | None:
        """Return how many there are, where that is known without looking at each."""
        if not self._is_plain or len(self._hidden) == 1:
            return None
        found = self._mailbox.index.label(next(iter(self._asked), ""))
        if self._whole_threads:
            return len(found.threads) if not self._hidden or not found.hidden else None
        return len(found.places) - (found.hidden if self._hidden else 0)

    def _candidates(self) -> list[Place]:
        """Return the shortest list of places that has all that can match."""
        index = self._mailbox.index
        if self._query.message_id is not None:
            return index.with_message_id(self._query.message_id)
        labels = self._asked | self._query.labels or {""}
        return min((index.label(label).places for label in labels), key=len)

    def _matches(self, document: Document) -> bool:
        return all(test(document) for test in self._tests)

    def _has_newer(self, document: Document) -> bool:
        """Tell whether a newer message of the thread is asked for too."""
        messages, place = self._mailbox.messages, place_of(document)
        for message_id in reversed(self._mailbox.threads[document["threadId"]]):
            other = messages[message_id]
            if place_of(other) <= place:
                return False
            if self._matches(other):
                return True
        return False


def page(call: Call, search: Search, name: str, show: Callable[[Document], Json]) -> Json:
    """Return one page of what was found; the token tells the place after which the next one begins."""
    size = page_size(call)
    found = list(islice(search.newest_first(_place_in(call.params.get("pageToken"))), size + 1))
    shown = found[:size]
    answer: Json = {name: [show(d) for d in shown]} if shown else {}
    if len(found) > size:
        moment, message_id = place_of(shown[-1])
        answer["nextPageToken"] = f"{moment}{int(message_id, 16):0{_ID_DIGITS}d}"
    count = search.count()
    return answer | {"resultSizeEstimate": len(found) if count is None else count}


def _place_in(token: str | None) -> Place | None:
    if not token:
        return None
    if not token.isdigit() or len(token) <= _ID_DIGITS:
        raise invalid("Invalid pageToken")
    return int(token[:-_ID_DIGITS]), f"{int(token[-_ID_DIGITS:]):016x}"


def _ground(mailbox: Mailbox) -> Ground:
    return Ground(
        labels={label_key(d["name"]): i for i, d in mailbox.labels.items()},
        body_words=mailbox.body_words,
        now=mailbox.workspace.clock.now(),
        me=mailbox.address,
    )


def _findable_until(call: Call) -> float:
    """Return the latest arrival that a search finds; listing without a query knows no lag."""
    if not call.params.get("q"):
        return float("inf")
    lag = timedelta(seconds=mail_options(call.workspace).search_lag_seconds)
    return (call.workspace.clock.now() - lag).timestamp() * 1000
