"""How the jobs move to the archive what is over, and find in it what an old letter's answer is about.

The archive is a hidden tab of the same spreadsheet, so that a row leaves its tab and is kept at one moment.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

from peerpact.google.beginnings import noted
from peerpact.google.changes import Key
from peerpact.google.sheets import Append, Remove, Upsert, Workbook
from peerpact.programme.archive import (
    Ends,
    MoveToArchive,
    OverRow,
    commitments_over,
    letters_over,
    replies_over,
)
from peerpact.programme.commitments import erased
from peerpact.programme.correspondence import LetterRecord
from peerpact.programme.plan import Action
from peerpact.programme.problems import Problem
from peerpact.programme.retention import ArchivedWords, EraseWords
from peerpact.programme.roster.identity import renamed_in
from peerpact.programme.seen import ProgrammeSeen
from peerpact.programme.sentences import say
from peerpact.tables.archive import (
    ARCHIVE,
    Leaving,
    archived,
    cells_of,
    contents_of,
    rewritten,
    unpacked,
    unreadable,
)
from peerpact.tables.records import commitment_of, letter_of, read_commitments, reply_of
from peerpact.tables.rows import LeavesOut, Row
from peerpact.tables.tab_contents import TabContents

MOST_AT_ONCE = 400_000
"""Bytes of rows that are moved at one moment: they are there as cells, as archived text and as a request at once."""
MOST_ERASED = 150
"""Rows of the archive, out of which words are taken at one moment."""
MOST_HELD = 2_500
"""Rows that are over, of each large tab, that one run holds and moves; the next one goes on."""
WORDS: Mapping[str, Sequence[str]] = {ARCHIVE: ("words", "of")}
"""What of the archive tells whose words it has still."""
HEADER_ONLY: Mapping[str, Sequence[str]] = {ARCHIVE: ()}
"""As much of the archive as it takes to write below what is there."""


class LeftOut:
    """Tells which rows of the ledger's large tabs a run need not hold: what is over, and more than it will move."""

    def __init__(self, ledger: Workbook, programme: ProgrammeSeen) -> None:
        self._programme, self._ends = programme, Ends.of(programme)
        self._moves = ledger.has(ARCHIVE)
        self._over: Counter[str] = Counter()

    @property
    def is_much(self) -> bool:
        """Whether something that is over is left for the next run."""
        return any(many > MOST_HELD for many in self._over.values())

    def of_all(self) -> dict[str, LeavesOut]:
        return {"Letters": self._letter, "Commitments": self._commitment}

    def of_replies(self, letters: Mapping[str, LetterRecord]) -> dict[str, LeavesOut]:
        """Replies are read to be moved, so what stays is left out, too."""
        return {"Replies": lambda row: not self._reply(row, letters) or self._is_beyond("Replies")}

    def _letter(self, row: Row) -> bool:
        over = letters_over([letter_of(row)], self._programme, self._ends) if self._moves else ()
        return bool(over) and self._is_beyond("Letters")

    def _commitment(self, row: Row) -> bool:
        over = commitments_over([commitment_of(row)], self._programme, self._ends) if self._moves else ()
        return bool(over) and self._is_beyond("Commitments")

    def _reply(self, row: Row, letters: Mapping[str, LetterRecord]) -> bool:
        return bool(replies_over([reply_of(row)], letters, self._programme, self._ends))

    def _is_beyond(self, title: str) -> bool:
        self._over[title] += 1
        return self._over[title] > MOST_HELD


def move(
    actions: Iterable[Action],
    workbook: Workbook,
    now: Callable[[], datetime],
    time_left: Callable[[], bool],
) -> bool:
    """Move to the archive what is over, so much at a time; returns whether there was time for all."""
    rows = [row for action in actions if isinstance(action, MoveToArchive) for row in action.rows]
    for some in _parts(rows, workbook):
        if not time_left():
            return False
        kept = archived(((leaving, cells) for leaving, cells, _ in some), now())
        by_title = sorted((row for _, _, row in some), key=lambda row: row.title)
        gone = [
            Remove(title, [row.key for row in them])
            for title, them in groupby(by_title, key=lambda row: row.title)
        ]
        workbook.commit([Append(ARCHIVE, kept), *gone])
    return True


Kept = tuple[Leaving, Mapping[str, Any], OverRow]


def _parts(rows: Sequence[OverRow], workbook: Workbook) -> Iterator[list[Kept]]:
    """Yield rows with their cells, those of one pairing together, in parts that are not too large."""
    keys: dict[str, set[Key]] = defaultdict(set)
    for row in rows:
        keys[row.title].add(row.key)
    there = {title: _there(workbook, title, some) for title, some in keys.items()}
    part: list[Kept] = []
    size = 0
    for _, group in groupby(sorted(rows, key=lambda r: (r.of, r.title, r.key)), key=lambda r: r.of):
        some = [(_leaving(r), cells, r) for r in group if (cells := there[r.title](r.key)) is not None]
        more = sum(len(json.dumps(c)) for _, c, _ in some)
        if part and size + more > MOST_AT_ONCE:
            yield part
            part, size = [], 0
        part += some
        size += more
    if part:
        yield part


def _there(
    workbook: Workbook, title: str, keys: Collection[Key]
) -> Callable[[Key], Mapping[str, Any] | None]:
    """Return what gives the cells of a row that was there by its key: of all at once there would be a second copy."""
    contents, grid = workbook.contents(title), workbook.grid(title)
    rows = contents.by_key(keys)
    if contents.is_all_of(grid[0]):  # no column of the admins' own
        grid = grid[:1]
    contents = contents.with_only(())  # all its rows would be held beside those that are left
    return lambda key: cells_of(contents, rows[key], grid) if key in rows else None


def _leaving(row: OverRow) -> Leaving:
    return Leaving(title=row.title, key=row.key, of=row.of, people=row.people, words=row.words)


def whole_archive(workbook: Workbook) -> Mapping[str, TabContents]:
    """Return everything that the archive has, by tab."""
    if not workbook.has(ARCHIVE):
        return {}
    workbook.read_more([ARCHIVE])
    return contents_of(unpacked(workbook.contents(ARCHIVE).rows))


def recalled(
    workbook: Workbook, people: Collection[str], renamed: Mapping[str, str]
) -> Mapping[str, TabContents]:
    """Return what the archive has about people, by tab, as the spreadsheet's other rows; they are known by then.

    People are looked for under the addresses that they had as well.
    """
    names = every_address(people, renamed)
    rows = workbook.look_up(ARCHIVE, "people", names)
    if workbook.is_read(ARCHIVE):
        workbook.let_go(ARCHIVE, but=())
    found = contents_of((t, _renamed(cells, renamed)) for t, cells in unpacked(rows))
    for title, contents in found.items():
        if workbook.is_read(title):
            keys = {contents.key_of(row.values): row.values for row in contents.rows}
            there = workbook.contents(title).by_key(keys)
            workbook.recall(title, [values for key, values in keys.items() if key not in there])
    return found


def _renamed(cells: Mapping[str, Any], renamed: Mapping[str, str]) -> dict[str, Any]:
    if not renamed:
        return dict(cells)
    return {header: _with_new_addresses(cell, renamed) for header, cell in cells.items()}


def _with_new_addresses(cell: Any, renamed: Mapping[str, str]) -> Any:
    if isinstance(cell, str) and ", " in cell:
        return ", ".join(renamed.get(part, part) for part in cell.split(", "))
    return renamed_in(cell, renamed)


def words_in(workbook: Workbook, renamed: Mapping[str, str]) -> tuple[ArchivedWords, ...]:
    """Return whose words the archive has still, by what was read of it."""
    rows = workbook.contents(ARCHIVE).rows if workbook.is_read(ARCHIVE) else ()
    return tuple(
        ArchivedWords(row=row.number, pairing=row["of"], person=renamed.get(person, person))
        for row in rows
        for person in row["words"] or ()
    )


def erase_archived(
    actions: Iterable[Action], workbook: Workbook, programme: ProgrammeSeen, time_left: Callable[[], bool]
) -> tuple[bool, list[Problem]]:
    """Take people's words out of the archive, of many pairings at one moment; days and outcomes stay.

    Returns whether there was time for all, as a whole round's time comes on the same day, and where words stay since
    nobody can read what is there.
    """
    problems: list[Problem] = []
    to_erase = [w for action in actions if isinstance(action, EraseWords) for w in action.archived]
    whose: dict[int, set[str]] = {}
    for words in to_erase:
        whose.setdefault(words.row, set()).add(words.person)
    of = {row.number: row["of"] for row in workbook.contents(ARCHIVE).rows} if whose else {}
    for numbers in _whole_pairings(sorted(whose), of):
        if not time_left():
            return False, problems
        with workbook.held_meanwhile(ARCHIVE):
            rows = workbook.whole_rows(ARCHIVE, numbers)
            problems += unreadable_rows(rows)
            workbook.commit([Upsert(ARCHIVE, _without_them(rows, whose, programme))])
    return True, problems


def note_where_words_begin(
    plan: Iterable[Action], there: Sequence[ArchivedWords], unread: Iterable[Problem], workbook: Workbook
) -> None:
    """Note, once words were erased, from which row on the archive has any: above it no run has to look for them."""
    gone = {words for action in plan if isinstance(action, EraseWords) for words in action.archived}
    if not gone:
        return
    stay = {problem.row for problem in unread}
    left = (words.row for words in there if words not in gone or words.row in stay)
    first = min(left, default=workbook.contents(ARCHIVE).height)
    workbook.commit([], along=noted(workbook.metadata, workbook.sheet_ids()[ARCHIVE], first))


def unreadable_rows(rows: Sequence[Row]) -> list[Problem]:
    """Return of each row of the archive that nobody can read that what is to be erased in it stays."""
    return [
        Problem(
            tab=ARCHIVE,
            row=number,
            row_key=f"row {number}",
            what=say(
                "Row {row} of the ledger's hidden tab Archive was changed by hand and can't be read, so words that "
                "are to be erased stay in it.",
                row=number,
            ),
            remedy=say(
                "Have whoever looks after the mentoring mailbox restore the row from File > Version history, or clear "
                "it if nothing of it is needed."
            ),
        )
        for number in unreadable(rows)
    ]


def _without_them(
    rows: Iterable[Row], whose: Mapping[int, set[str]], programme: ProgrammeSeen
) -> list[dict[str, Any]]:
    """Return rows of the archive without the words of whoever theirs are, by the rows' numbers."""
    changed: list[dict[str, Any]] = []
    rows = _readable(rows)
    for _, some in groupby(sorted(rows, key=_together), key=_together):
        parts = list(some)
        people = {p for part in parts for p in whose[part.number]}
        kept = [(t, _without_words(t, c, people, programme)) for t, c in unpacked(parts)]
        left = {w for w in parts[0]["words"] or () if programme.renamed.get(w, w) not in people}
        changed += rewritten(parts, kept, left)
    return changed


def _whole_pairings(numbers: Sequence[int], of: Mapping[int, str]) -> Iterator[list[int]]:
    """Yield numbers of rows, those of one pairing together, in parts that are not too large."""
    part: list[int] = []
    for _, some in groupby(numbers, key=lambda number: of[number]):
        part += some
        if len(part) >= MOST_ERASED:
            yield part
            part = []
    if part:
        yield part


def _readable(rows: Iterable[Row]) -> list[Row]:
    rows = list(rows)
    lost = unreadable(rows)
    return [row for row in rows if row.number not in lost]


def _together(row: Row) -> tuple[Any, ...]:
    return row["of"], row["moved"]


def _without_words(
    title: str, cells: Mapping[str, Any], people: Collection[str], programme: ProgrammeSeen
) -> Mapping[str, Any]:
    """Return a row of the archive without its words, if they are one of these people's."""
    if title != "Commitments":
        return cells
    contents = contents_of([(title, cells)])[title]
    [commitment] = read_commitments(contents)
    if commitment.is_erased or programme.renamed.get(commitment.person, commitment.person) not in people:
        return cells
    after = erased(commitment, programme.today)
    text, history = (contents.tab.column(f).name for f in ("text", "history"))
    return {**cells, text: after.text, history: after.history}


def every_address(people: Collection[str], renamed: Mapping[str, str]) -> set[str]:
    """Return these people's addresses and those that they had before."""
    return {*people, *(old for old, new in renamed.items() if new in people)}


def rows_about(person: str, workbook: Workbook, renamed: Mapping[str, str]) -> tuple[Row, ...]:
    """Return the rows of the archive that are about somebody, under whatever address."""
    names = every_address({person}, renamed)
    return workbook.look_up(ARCHIVE, "people", names)


def forget_in_archive(
    person: str,
    rows: Iterable[Row],
    workbook: Workbook,
    renamed: Mapping[str, str],
    discard: Callable[[Sequence[str]], frozenset[str]],
) -> frozenset[str]:
    """Take all that is somebody's out of rows of the archive, once their mails are discarded.

    Returns the ids of mails that can't be: of each the row stays. So does what others wrote, also where the person saw
    it.
    """
    names, stuck = every_address({person}, renamed), frozenset[str]()
    rows = _readable(rows)
    for _, some in groupby(sorted(rows, key=_together), key=_together):
        parts = list(some)
        kept = unpacked(parts)
        theirs = [(t, cells) for t, cells in kept if cells.get("Person") in names]
        stuck |= discard([str(cells["Message"]) for _, cells in theirs if cells.get("Message")])
        gone = [(t, cells) for t, cells in theirs if str(cells.get("Message")) not in stuck]
        if gone:
            left = {w for w in parts[0]["words"] or () if w not in names}
            workbook.commit([Upsert(ARCHIVE, rewritten(parts, [k for k in kept if k not in gone], left))])
    return stuck
