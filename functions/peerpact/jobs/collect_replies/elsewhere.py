"""What the other mailboxes keep of somebody who asks about themselves. Nothing is written there; no tick reads it.

Loaded when somebody asks, where there are several mailboxes.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from peerpact.google.access import Access
from peerpact.google.sheets import Workbook
from peerpact.jobs.archive import every_address, recalled
from peerpact.programme.pairings import Pairing
from peerpact.programme.people import Person
from peerpact.programme.replies.seen import RepliesSeen
from peerpact.tables.records import (
    names_in_pairings,
    read_commitments,
    read_letters,
    read_pairings,
    read_replies,
)
from peerpact.tables.tab_contents import TabContents

Seen = TypeVar("Seen", bound=RepliesSeen)
Tabs = Mapping[str, list[TabContents]]
SHARE, LEDGER = ("Pairings", "Letters"), ("Commitments", "Letters", "Replies")
TITLES = {False: (("Pairings",), ("Commitments",)), True: (SHARE, LEDGER)}
"""What is read of a share and of a ledger: for how things stand, and for all that is kept."""


def with_other_mailboxes(seen: Seen, access: Access, people: Collection[str], *, is_whole: bool) -> Seen:
    """Return what was gathered with what the other mailboxes have about some people; ``is_whole`` with the archives.

    Raises:
        PeerpactError: one of them can't be read, so that less would be told than is kept.
    """
    for place in access.config.mailboxes:
        if place.mailbox != access.config.mailbox and place.share and place.ledger:
            seen = _with(seen, access.of(place), people, is_whole=is_whole)
    return seen


def _with(seen: Seen, its: Access, people: Collection[str], *, is_whole: bool) -> Seen:
    renamed = seen.programme.renamed
    share, ledger = (
        _tabs(workbook, titles, people, renamed, is_whole=is_whole)
        for workbook, titles in zip((its.programme, its.ledger), TITLES[is_whole], strict=True)
    )
    letters = (x for c in (*_of(share, "Letters"), *_of(ledger, "Letters")) for x in read_letters(c).values())
    commitments = (c for contents in _of(ledger, "Commitments") for c in read_commitments(contents))
    replies = (r for contents in _of(ledger, "Replies") for r in read_replies(contents).values())
    more: dict[str, Any] = {
        "letters": {x.key: x for x in letters if x.person in people} | dict(seen.letters),
        "commitments": {c.id: c for c in commitments if c.person in people} | dict(seen.commitments),
        "replies": {r.message_id: r for r in replies if r.person in people} | dict(seen.replies),
    }
    return replace(_with_pairings(seen, _of(share, "Pairings"), people), **more)


def _tabs(
    workbook: Workbook,
    titles: Collection[str],
    people: Collection[str],
    renamed: Mapping[str, str],
    *,
    is_whole: bool,
) -> Tabs:
    names = every_address(people, renamed)
    workbook.read(titles, {t: lambda row: row["person"] not in names for t in titles if t != "Pairings"})
    workbook.rename(renamed)
    old = recalled(workbook, people, renamed) if is_whole else {}
    return {title: [*([old[title]] if title in old else []), workbook.contents(title)] for title in titles}


def _of(tabs: Tabs, title: str) -> Iterable[TabContents]:
    return tabs.get(title, ())


def _with_pairings(seen: Seen, tabs: Iterable[TabContents], people: Collection[str]) -> Seen:
    """Return what was gathered with pairings of theirs, and with their partners by the names that Pairings shows."""
    programme = seen.programme
    known = {p.id for p in programme.pairings}
    found: dict[str, Pairing] = {}
    names: dict[str, str] = {}
    for contents in tabs:
        names |= names_in_pairings(contents)
        found |= {
            p.id: p
            for p in read_pairings(contents)
            if p.id not in known and not set(people).isdisjoint(p.people)
        }
    unknown = {e for p in found.values() for e in p.people} - programme.people.keys()
    partners = {e: Person(email=e, name=names.get(e, e)) for e in unknown}
    return replace(
        seen,
        programme=replace(
            programme,
            pairings=(*programme.pairings, *found.values()),
            people={**programme.people, **partners},
        ),
    )
