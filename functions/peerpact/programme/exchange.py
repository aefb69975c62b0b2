"""What goes to and fro between the programme's spreadsheet and the share of it that each of several mailboxes has.

A share is given what the programme says of its people and pairings; what its mailbox's jobs write there (meetings,
requests, runs, problems) is taken over. Both are told by what is there: done again, nothing is left to do. Rows are
values by their fields.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from peerpact.programme.announcements.told import is_told_of
from peerpact.programme.archive import OverRow, letters_over, may_be_unread, requests_over, runs_over
from peerpact.programme.correspondence import LetterRecord
from peerpact.programme.mailboxes import Mailboxes, Share, from_when_it_was_alone
from peerpact.programme.memory import COUNTED, FILLED, FORGOTTEN, TOLD, Memo, Memory
from peerpact.programme.requests import Request, who_asked_to_be_forgotten
from peerpact.programme.seen import ProgrammeSeen

Fields = Mapping[str, Any]
MEETING = ("first_meeting", "next_meeting", "meeting_state", "answers", "meetings", "link", "booking")
"""What the jobs of a mailbox write of a pairing; all else is the programme's."""
OWN = (FILLED, TOLD, FORGOTTEN, COUNTED)
"""Kinds of what a mailbox's jobs keep in mind themselves."""
RUNS_FOR = timedelta(days=14)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tabs:
    """What a spreadsheet's tabs say; pairings, requests and runs by their ids."""

    pairings: Mapping[str, Fields]
    requests: Mapping[str, Fields]
    runs: Mapping[str, Fields]
    problems: Sequence[Fields]
    memory: Memory


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """The programme as it is, its mailboxes, and the jobs that each of these has."""

    programme: ProgrammeSeen
    mailboxes: Mailboxes
    centre: Tabs
    """The spreadsheet that admins see."""
    jobs: frozenset[str]

    def name_in(self, job: str, mailbox: str) -> str:
        """Return how admins see a job of one of several mailboxes."""
        return f"{job}, {mailbox}"

    def new_meetings(self, mailbox: str, theirs: Tabs) -> Iterator[Fields]:
        """Yield what a mailbox's jobs have written of its pairings' meetings."""
        for key, mine in theirs.pairings.items():
            row = self.centre.pairings.get(key)
            if row is None or (row.get("mailbox") or self.mailboxes.all[0]) != mailbox:
                continue
            news = {f: mine.get(f) for f in MEETING if mine.get(f) != row.get(f)}
            if news:
                yield {"id": key, **news}

    def new_requests(self, theirs: Tabs) -> Iterator[Fields]:
        """Yield what people asked for, and of whom the words are gone who asked to be forgotten."""
        leaving = self._leaving()
        for key, row in theirs.requests.items():
            known = self.centre.requests.get(key)
            if known is None or (_is_forgotten(row, leaving) and known.get("words")):
                yield {f: v for f, v in row.items() if f != "decision"}

    def new_runs(self, mailbox: str, theirs: Tabs) -> Iterator[Fields]:
        since = self.programme.now - RUNS_FOR
        for key, row in theirs.runs.items():
            if key not in self.centre.runs and row["started"] > since:
                yield {**row, "job": self.name_in(row["job"], mailbox)}

    def found_by(self, mailbox: str, theirs: Tabs) -> Iterator[Fields]:
        """Yield what a mailbox's own jobs found; in which row of its copies is of no use to admins."""
        for row in theirs.problems:
            if row["source"] in self.jobs:
                yield {**row, "row": None, "source": self.name_in(row["source"], mailbox)}

    def problems(self, found: Mapping[str, Iterable[Fields]]) -> list[Fields]:
        """Return the tab Problems with what each mailbox's jobs found as it is now, and what admins answered to it.

        Of a mailbox that could not be looked at stays what is there.
        """
        unread = {m for m in self.mailboxes.all if m not in found}
        others = [
            row for row in self.centre.problems if self._is_of_the_whole(row) or _parts(row)[1] in unread
        ]
        answers = self._answers()
        theirs = [{**row, "answer": answers.get(_named(row))} for rows in found.values() for row in rows]
        return sorted([*others, *theirs], key=_place)

    def given_pairings(self, share: Share, theirs: Tabs, *, own: bool) -> Iterator[Fields]:
        """Yield what a share lacks of its own pairings, or of those elsewhere that its people are in."""
        for pairing in share.pairings if own else share.elsewhere:
            row, known = self.centre.pairings.get(pairing.id), theirs.pairings.get(pairing.id)
            if row is None:
                continue
            keeps = {"decision", *(MEETING if own and known else ())}
            wanted = {f: v for f, v in row.items() if f not in keeps} | {
                "mailbox": self.mailboxes.of(pairing)
            }
            if known is None or any(known.get(f) != v for f, v in wanted.items()):
                yield wanted

    def given_requests(self, share: Share, theirs: Tabs) -> Iterator[Fields]:
        """Yield what a share lacks of requests: of its people, what was decided, and words that are to go.

        Who asked to be forgotten holds in all shares, as each has its own archive.
        """
        leaving = self._leaving()
        over = {row.key for row in requests_over(self.programme.requests, self.programme)}
        for key, row in self.centre.requests.items():
            known = theirs.requests.get(key)
            if row["person"] in share.people | leaving and known is None and (key,) not in over:
                yield row
            elif known is not None and known.get("decision") != row.get("decision"):
                yield {"id": row["id"], "decision": row["decision"]}
            if known is not None and _is_forgotten(row, leaving) and known.get("words"):
                yield {"id": row["id"], "words": None}

    def given_memory(self, share: Share, theirs: Tabs) -> list[Memo]:
        """Return what a share's jobs are to keep in mind: what they do themselves, and what the programme does."""
        kept = {memo.key: memo for memo in theirs.memory.values() if memo.key.startswith(OWN)}
        whole = (
            self.programme.memory.values() if self.programme.remembered is None else self.programme.remembered
        )
        given = {memo.key: memo for memo in whole if not memo.key.startswith(FILLED) and share.is_about(memo)}
        return sorted((kept | given).values(), key=lambda memo: memo.key)

    def given_problems(self, mailbox: str, share: Share, theirs: Tabs) -> list[Fields]:
        """Return what a share's tab Problems is to say: what its jobs found, with answers, and what they go by."""
        answers = self._answers()
        ids = share.people | {p.id for p in share.pairings}
        asked = [
            row
            for row in self.centre.problems
            if self._is_of_the_whole(row) and (row["answer"] or str(row["row_key"]) in ids)
        ]
        own = [
            {**row, "answer": answers.get(_named({**row, "source": self.name_in(row["source"], mailbox)}))}
            for row in theirs.problems
            if row["source"] in self.jobs
        ]
        return sorted([*asked, *own], key=_place)

    def over(
        self,
        share: Share,
        theirs: Tabs,
        requests: Sequence[Request],
        letters: Iterable[LetterRecord],
    ) -> Iterator[OverRow]:
        """Yield what leaves a share's tabs: as in the programme's spreadsheet, and pairings that have left that."""
        wanted = {p.id for p in (*share.pairings, *share.elsewhere)}
        for key, row in theirs.pairings.items():
            if key not in wanted and not may_be_unread(key, self.programme):
                yield OverRow(title="Pairings", key=(key,), of=key, people=row["people"])
        yield from letters_over(letters, replace(self.programme, pairings=share.pairings))
        yield from requests_over(requests, self.programme)
        yield from runs_over(((r["id"], r["started"]) for r in theirs.runs.values()), self.programme.today)

    def _leaving(self) -> frozenset[str]:
        return who_asked_to_be_forgotten(self.programme.requests)

    def _answers(self) -> Mapping[tuple[str, ...], Any]:
        return {_named(row): row["answer"] for row in self.centre.problems if row["answer"]}

    def _is_of_the_whole(self, row: Fields) -> bool:
        """Tell of a problem whether a job found it that looks after the whole."""
        return _parts(row)[0] not in self.jobs


def letters_from_before(
    theirs: Collection[str], letters: Iterable[LetterRecord], programme: ProgrammeSeen
) -> list[LetterRecord]:
    """Return what letters the first mailbox wrote when it was the only one, but those that it has."""
    return [x for x in from_when_it_was_alone(letters, programme) if x.key not in theirs]


def has_written(memory: Memory, runs: Iterable[Fields], jobs: Collection[str]) -> bool:
    """Tell whether letters have left already when there was one mailbox, by what its jobs noted."""
    return any(key.startswith(TOLD) for key in memory) or any(row["job"] in jobs for row in runs)


def with_what_was_told(programme: ProgrammeSeen, theirs: Iterable[Memo]) -> ProgrammeSeen:
    """Return the programme with what a mailbox's jobs keep in mind of who has heard of a round that still counts."""
    if programme.remembered is None:
        return programme
    others = [memo for memo in programme.remembered if not memo.key.startswith(TOLD)]
    told = {m.key: m for m in (*theirs, *programme.remembered) if is_told_of(m, programme)}
    memos = sorted([*others, *told.values()], key=lambda memo: memo.key)
    return replace(programme, remembered=tuple(memos))


def says_the_same(rows: Iterable[Fields], others: Iterable[Fields]) -> bool:
    """Tell of two lists of rows whether they look the same; an empty cell is as one without a word."""
    return _plain(rows) == _plain(others)


def _plain(rows: Iterable[Fields]) -> list[dict[str, Any]]:
    return [{f: v or "" for f, v in row.items()} for row in rows]


def _is_forgotten(row: Fields, leaving: Collection[str]) -> bool:
    return row["person"] in leaving and not row.get("words")


def _parts(row: Fields) -> tuple[str, str]:
    """Return the job that found a problem, and the mailbox that it is of, where that is said."""
    job, _, mailbox = str(row["source"]).partition(", ")
    return job, mailbox


def _named(row: Fields) -> tuple[str, ...]:
    return tuple(str(row[f] or "") for f in ("tab", "row_key", "column", "source", "problem"))


def _place(row: Fields) -> tuple[Any, ...]:
    return str(row["tab"]), row["row"] or 0, str(row["row_key"]), str(row["problem"])
