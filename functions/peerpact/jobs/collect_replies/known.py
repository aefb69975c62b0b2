"""What a run knows of letters, promises and replies. Of large tabs it holds what is about whoever wrote, and no more.

A tick reads Replies alone. Where a mail waits, it reads the others: all about its writer, and the letters that it may
answer, with what was promised in their pairings. In a company of 10,000 the rows of all others are nearly all there is.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property

from peerpact.config import Config
from peerpact.google.access import Access
from peerpact.jobs.archive import every_address
from peerpact.programme.correspondence import LetterRecord, is_of_today
from peerpact.programme.guidance import Guidance
from peerpact.programme.replies.lost_requests import counts_still
from peerpact.programme.replies.named_letters import Name, names_of
from peerpact.programme.replies.seen import RepliesSeen
from peerpact.tables.records import letter_of, read_commitments, read_letters, read_replies, reply_of
from peerpact.tables.rows import LeavesOut, Row


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered(RepliesSeen):
    """What replies are judged by, and what else acknowledgements and the digest are made of."""

    config: Config
    guidance: Guidance = field(default_factory=Guidance)
    waiting: int = 0
    """Mails that need a person, from earlier runs."""
    found_sent: tuple[LetterRecord, ...] = ()
    """Letters in Sent of which no row tells."""
    about: frozenset[str] = frozenset()
    """About whom all is there that the tabs have, under whatever address."""
    named: frozenset[Name] = frozenset()
    """By which names letters are there, whoever they went to."""


class Needed:
    """Tells which rows of large tabs a run need not hold. Promises are looked at after letters."""

    def __init__(
        self, access: Access, now: datetime, people: Collection[str] = (), names: Collection[Name] = ()
    ) -> None:
        self._access, self._now = access, now
        self._people, self._names = people, frozenset(names)

    def of(self, *titles: str) -> dict[str, LeavesOut]:
        every = {"Letters": self._letter, "Commitments": self._commitment, "Replies": self._reply}
        return {title: every[title] for title in titles}

    def _letter(self, row: Row) -> bool:
        letter = letter_of(row)
        return not is_of_today(letter, self._now) and not self._is_wanted(letter)

    def _is_wanted(self, letter: LetterRecord) -> bool:
        return letter.person in self._people or not self._names.isdisjoint(names_of(letter))

    def _commitment(self, row: Row) -> bool:
        people, pairings = self._of_letters
        return row["person"] not in people and row["pairing"] not in pairings

    @cached_property
    def _of_letters(self) -> tuple[set[str], set[str]]:
        """The people whom the wanted letters went to, and the pairings that they are about."""
        rows = (r for w in (self._access.programme, self._access.ledger) for r in w.contents("Letters").rows)
        letters = [letter for row in rows if self._is_wanted(letter := letter_of(row))]
        return {*self._people, *(x.person for x in letters)}, {x.pairing for x in letters if x.pairing}

    def _reply(self, row: Row) -> bool:
        return row["person"] not in self._people and not counts_still(reply_of(row), self._now)


def read_recent(access: Access, now: datetime) -> None:
    """Read of the ledger what every tick looks at."""
    access.ledger.read(["Replies"], Needed(access, now).of("Replies"))


def knowing(
    seen: Gathered, access: Access, people: Collection[str] = (), names: Collection[Name] = ()
) -> Gathered:
    """Return what was gathered with all about some people, and with the letters of some names."""
    ledger, programme, renamed = access.ledger, access.programme, seen.programme.renamed
    about, named = seen.about | every_address(people, renamed), seen.named.union(names)
    is_first = not ledger.is_read("Letters")
    if not is_first and (about, named) == (seen.about, seen.named):
        return seen
    needed = Needed(access, seen.programme.now, about, named)
    if is_first:
        programme.read_more(["Letters"], needed.of("Letters"))
        ledger.read_more(["Letters", "Commitments"], needed.of("Letters", "Commitments"))
        ledger.hold(needed.of("Replies"))
    else:
        programme.hold(needed.of("Letters"))
        ledger.hold(needed.of("Letters", "Commitments", "Replies"))
    for workbook in (programme, ledger):
        workbook.rename(renamed)
    letters = read_letters(programme.contents("Letters")) | read_letters(ledger.contents("Letters"))
    commitments = {c.id: c for c in read_commitments(ledger.contents("Commitments"))}
    return replace(
        seen,
        about=about,
        named=named,
        letters={**seen.letters, **letters},
        commitments={**seen.commitments, **commitments},
        replies={**seen.replies, **read_replies(ledger.contents("Replies"))},
    )
