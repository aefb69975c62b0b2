"""Problems as comments at their cells: what is to be said where, and what that changes in the comments that are there.

A comment says what Problems says there, and nothing else. It is known by its cell and by the key at its foot, so that
people's own comments are never touched. One that somebody resolved by hand stays resolved until what it says changes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from peerpact.programme.keys import reference, short_key
from peerpact.programme.plan import Action
from peerpact.programme.problems import Problem
from peerpact.programme.sentences import Sentence, in_language, say

Cell = tuple[str, int, int]
"""A tab, a row counted from 1, and a column counted from 0."""
MOST = 20
"""So many are open at a time at most: Google may mail each to the admin whom it is assigned to."""
LONGEST = 2000
"""Bytes of a comment; Sheets takes 2,048 (schema of InsertCommentRequest)."""
CORRECTED = say("This is no longer a problem.")
SWITCHED_OFF = say("Comments at cells are switched off in Settings. The tab Problems tells what is left.")
_FOOT = re.compile(r"\n\nPeerpact, (C-[0-9A-V]{4}-[0-9A-V]{4})\s*\Z")


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class CellComment:
    """What is to be said at a cell, with its foot."""

    cell: Cell
    key: str
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Thread:
    """A comment of ours as it is in the spreadsheet."""

    id: str
    cell: Cell | None
    """None: its row or column is gone."""
    key: str
    says: str
    """What we said last, with its foot."""
    is_open: bool = True
    is_left_alone: bool = False
    """A person resolved it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentAtCells(Action):
    """What is wrong, said in comments at the cells; comments on what is corrected are resolved."""

    wanted: tuple[CellComment, ...]
    farewell: Sentence = CORRECTED
    """What is said as a comment is resolved."""
    assignee: str = ""

    @property
    def key(self) -> str:
        return digest(self.wanted)

    @staticmethod
    def in_number(_many: int) -> Sentence:
        return say("comments at cells brought up to date")

    @property
    def summary(self) -> str:
        return f"Have comments say what is wrong at cells: {len(self.wanted)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Insert:
    comment: CellComment


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    thread: Thread
    says: str
    reopens: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolve:
    thread: Thread


CommentChange = Insert | Reply | Resolve


def comments_for(
    problems: Iterable[Problem], place: Callable[[Problem], Cell | None], language: str
) -> tuple[CellComment, ...]:
    """Return what is to be said of those problems that are a cell's; ``place`` tells which."""
    placed = ((place(problem), problem) for problem in problems)
    return tuple(sorted({_comment(cell, problem, language) for cell, problem in placed if cell}))


def _comment(cell: Cell, problem: Problem, language: str) -> CellComment:
    row = "" if problem.row_key == f"row {problem.row}" else problem.row_key
    key = reference("C", problem.tab, row, problem.column)
    words = " ".join(in_language(said, language) for said in (problem.what, problem.remedy) if said)
    return CellComment(cell=cell, key=key, says=_with_foot(words, key))


def _with_foot(words: str, key: str) -> str:
    """Return words as a comment. Written with @, an address might bring its owner a mail of Google's."""
    foot = f"\n\nPeerpact, {key}"
    room = LONGEST - len(foot.encode())
    plain = words.replace("@", "(at)").encode()
    short = plain if len(plain) <= room else plain[: room - 3] + "…".encode()
    return short.decode(errors="ignore") + foot


def key_at_foot(content: str) -> str:
    """Return the key at the foot of what is ours; nothing for what people wrote."""
    found = _FOOT.search(content)
    return found[1] if found else ""


def digest(wanted: Sequence[CellComment]) -> str:
    """Return what tells, from run to run, whether anything is to be said otherwise; nothing for no comments."""
    return short_key(*(f"{c.cell} {c.says}" for c in wanted), length=16) if wanted else ""


def changes(wanted: Sequence[CellComment], threads: Sequence[Thread]) -> Iterator[CommentChange]:
    """Yield what makes the comments say what is wanted, each once."""
    there = _by_place(threads)
    missing = [c for c in wanted if not any(t.says == c.says and _is_kept(t) for t in there.get(_of(c), ()))]
    said = {(_of(c), c.says) for c in wanted}
    stale = [t for t in threads if t.is_open and ((t.cell, t.key), t.says) not in said]
    twice = _doubled(t for t in threads if t.is_open and t not in stale)
    room = MOST - sum(t.is_open for t in threads) + len(stale) + len(twice)
    for comment in missing:
        old = next((t for t in stale if (t.cell, t.key) == _of(comment)), None)
        if old:
            stale.remove(old)
            yield Reply(thread=old, says=comment.says)
        elif room > 0:
            yield _said_anew(comment, there.get(_of(comment), ()))
        room -= 1
    yield from (Resolve(thread=thread) for thread in (*stale, *twice))


def _said_anew(comment: CellComment, before: Iterable[Thread]) -> CommentChange:
    """Return what opens the comment that said just this before, or makes one."""
    same = next((t for t in before if t.says == comment.says), None)
    return Reply(thread=same, says=comment.says, reopens=True) if same else Insert(comment=comment)


def _doubled(threads: Iterable[Thread]) -> list[Thread]:
    """Return open comments that say what another one says at the same cell."""
    known: dict[tuple[Cell | None, str, str], Thread] = {}
    return [t for t in threads if known.setdefault((t.cell, t.key, t.says), t) is not t]


def _is_kept(thread: Thread) -> bool:
    return thread.is_open or thread.is_left_alone


def _of(comment: CellComment) -> tuple[Cell, str]:
    return comment.cell, comment.key


def _by_place(threads: Iterable[Thread]) -> Mapping[tuple[Cell | None, str], list[Thread]]:
    found: dict[tuple[Cell | None, str], list[Thread]] = {}
    for thread in threads:
        found.setdefault((thread.cell, thread.key), []).append(thread)
    return found
