"""Rows of the system's own tabs as values, and back: pairings, requests, commitments, letters, replies."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, TypeVar

from peerpact.errors import SheetError
from peerpact.programme.commitments import Commitment, Outcome
from peerpact.programme.correspondence import LetterRecord, LetterState, ReplyRecord
from peerpact.programme.guidance import Guidance, GuidanceKind, GuidanceLine
from peerpact.programme.meetings.history import first_meeting
from peerpact.programme.memory import Memo
from peerpact.programme.pairings import Decision, EnteredPair, Pairing, PairingState, round_of
from peerpact.programme.people import Person
from peerpact.programme.problems import Problem
from peerpact.programme.requests import Request, Wish
from peerpact.programme.sentences import Sentence, as_written, in_every_language, say
from peerpact.programme.wishes import PrivateWish, Settled
from peerpact.tables.cells import PeopleByName, Unusable
from peerpact.tables.kept import kept
from peerpact.tables.rows import FieldsOf, MakesRecord, Row, compact, names_of
from peerpact.tables.tab_contents import TabContents

if TYPE_CHECKING:
    from peerpact.programme.pairing.groups import PastGroup

Record = TypeVar("Record")


def read_pairings(contents: TabContents) -> list[Pairing]:
    """Return the pairings. The first meeting's column tells of the latest one until there is another.

    The id says which round they are of, whatever was typed over the column *Round*.
    """
    return [pairing_of(row) for row in contents.rows]


def pairing_of(row: Row) -> Pairing:
    return _of(row, Pairing) or Pairing(**_known(Pairing, row.values) | _of_pairing(row))


def _of_pairing(row: Row) -> dict[str, Any]:
    return {
        "meeting_start": row["next_meeting" if row["meetings"] else "first_meeting"],
        "people": tuple(sorted(row["people"])),
        "round": round_of(row["id"]) or row["round"],
        "state": PairingState(row["state"]),
        "decision": Decision(row["decision"]) if row["decision"] else None,
        "is_decision_clear": "decision" not in row.unread,
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class EnteredPairs:
    """What admins entered on the tab *Never pair* or *Locked pairs*."""

    pairs: tuple[EnteredPair, ...]
    problems: tuple[Problem, ...]
    held: frozenset[str]
    """People of rows that can't be read: whom they must, or must not, be with nobody can tell."""


def read_entered_pairs(contents: TabContents, people: Mapping[str, Person]) -> EnteredPairs:
    """Read a tab of pairs, in which people may be named as the roster names them."""
    names = PeopleByName({p.email: p.name for p in people.values()})
    pairs, problems, held = [], list(contents.problems), set()
    for row in sorted((*contents.rows, *contents.unusable), key=lambda r: r.number):
        found, unclear = _people_of(row, contents, names)
        problems += unclear
        if len(found) == len(PAIR) and "round" not in row.unread:
            pair = EnteredPair(
                tab=contents.tab.title,
                row=row.number,
                people=(found[0], found[1]),
                round=row.values.get("round"),
            )
            pairs.append(pair)
        else:
            held |= set(found)
    return EnteredPairs(pairs=tuple(pairs), problems=tuple(problems), held=frozenset(held))


PAIR = ("person", "other")


def _people_of(row: Row, contents: TabContents, names: PeopleByName) -> tuple[list[str], list[Problem]]:
    """Return the addresses of a row's two people, as far as they can be told, and what is wrong with the others."""
    found, problems = [], []
    for field in PAIR:
        try:
            found += [names.find(row[field])] if row[field] else []
        except Unusable as unusable:
            what = say("{what:first}. Until then the other one is not paired.", what=unusable.what)
            problems.append(
                Problem(
                    tab=contents.tab.title,
                    row=row.number,
                    column=contents.tab.column(field).name,
                    row_key=f"row {row.number}",
                    what=what,
                    remedy=unusable.remedy,
                )
            )
    return found, problems


def read_memory(contents: TabContents) -> dict[str, Memo]:
    return {row["key"]: Memo(**_known(Memo, row.values)) for row in contents.rows}


class Answers(frozenset[tuple[str, str]]):
    """Problems that were answered, by who or which and what is wrong, in whatever language that was shown."""

    def __contains__(self, question: object) -> bool:
        if not self or not isinstance(question, tuple):
            return False
        row_key, what = question
        return any(super(Answers, self).__contains__((row_key, said)) for said in in_every_language(what))


def read_answers(contents: TabContents, answer: str = "yes") -> frozenset[tuple[str, str]]:
    """Return the problems that were answered so, by who or which and what is wrong."""
    return Answers((r["row_key"] or "", r["problem"] or "") for r in contents.rows if r["answer"] == answer)


def names_in_pairings(contents: TabContents) -> dict[str, str]:
    """Return the names that standing pairings show, by address."""
    names: dict[str, str] = {}
    for row in contents.rows:
        shown = (row["names"] or "").split(" & ")
        if row["state"] in {"Proposed", "Approved"}:
            people = row["people"]
            names |= dict(zip(people, shown if len(shown) == len(people) else people, strict=True))
    return names


def read_problems(contents: TabContents) -> dict[str, tuple[Problem, ...]]:
    """Return the problems on the tab by the job that found them."""
    found: dict[str, list[Problem]] = {}
    for row in contents.rows:
        values = {"tab": "", "row_key": ""} | _known(Problem, row.values)
        values["remedy"] = as_written(row["remedy"] or "")
        found.setdefault(row["source"] or "", []).append(
            Problem(**values, what=as_written(row["problem"] or ""))
        )
    return {source: tuple(problems) for source, problems in found.items()}


def read_requests(contents: TabContents) -> list[Request]:
    return [Request(**_known(Request, r.values) | {"kind": Wish(r["kind"])}) for r in contents.rows]


def read_wishes(contents: TabContents) -> tuple[PrivateWish, ...]:
    return tuple(
        PrivateWish(
            **_known(PrivateWish, row.values)
            | {"kind": Wish(row["kind"]), "settled": Settled(row["settled"]) if row["settled"] else None}
        )
        for row in contents.rows
    )


def read_commitments(contents: TabContents) -> list[Commitment]:
    return [commitment_of(row) for row in contents.rows]


def commitment_of(row: Row) -> Commitment:
    return _of(row, Commitment) or Commitment(
        **_known(Commitment, row.values) | {"outcome": Outcome(row["outcome"]) if row["outcome"] else None}
    )


def read_letters(contents: TabContents) -> dict[str, LetterRecord]:
    return {row["key"]: letter_of(row) for row in contents.rows}


def letter_of(row: Row) -> LetterRecord:
    """Return a letter. Where it began its thread, that has the mail's own id, which is held once."""
    if held := _of(row, LetterRecord):
        return held
    known = _known(LetterRecord, row.values) | {"state": LetterState(row["state"])}
    mail = known.get("message_id")
    return LetterRecord(**known | ({"thread_id": mail} if mail == known.get("thread_id") and mail else {}))


def read_replies(contents: TabContents) -> dict[str, ReplyRecord]:
    return {row["message_id"]: reply_of(row) for row in contents.rows}


def reply_of(row: Row) -> ReplyRecord:
    return _of(row, ReplyRecord) or ReplyRecord(**_known(ReplyRecord, row.values))


def _of(row: Row, record: type[Record]) -> Record | None:
    """Return the record as which a row is held."""
    held = row.values.record if isinstance(row.values, FieldsOf) else None
    return held if isinstance(held, record) else None


RECORDS: Mapping[str, MakesRecord] = {
    "Pairings": pairing_of,
    "Letters": letter_of,
    "Commitments": commitment_of,
    "Replies": reply_of,
}
"""Tabs whose rows are held as records: of all that the system writes, they are most."""


def read_guidance(contents: TabContents) -> Guidance:
    lines = [
        GuidanceLine(**_known(GuidanceLine, row.values) | {"kind": GuidanceKind(row["kind"])})
        for row in contents.rows
    ]
    return Guidance(tuple(sorted(lines, key=lambda line: (line.kind, line.language, line.order))))


def read_figures(contents: TabContents) -> dict[str, dict[str, Any]]:
    """Return the Overview's lines by month."""
    return {row["month"]: dict(row.values) for row in contents.rows}


class _PairingRow:
    """Whose attributes are a pairing's values: of all rows that one run writes, pairings have the most."""


def pairing_row(pairing: Pairing, people: Mapping[str, Person]) -> dict[str, Any]:
    """Return a pairing as the row that admins see; the column Decision is theirs and left out."""
    known = [people[p] for p in pairing.people if p in people]
    first = first_meeting(pairing)
    row = as_row(pairing) | {
        "first_meeting": first.start if first else pairing.meeting_start,
        "next_meeting": pairing.meeting_start if pairing.meetings else None,
        "names": " & ".join(people[p].name if p in people else p for p in pairing.people),
        "teams": " & ".join(dict.fromkeys(p.team for p in known if p.team)),
    }
    del row["decision"], row["meeting_start"]
    return compact(row, _PairingRow)


def request_row(request: Request, name: str) -> dict[str, Any]:
    """Return a request as the row that admins see; the column Decision is theirs and left out."""
    row = as_row(request) | {"name": name}
    del row["decision"]
    return row


def as_row(record: object) -> dict[str, Any]:
    """Return a record's fields as a row by field name."""
    return {f.name: getattr(record, f.name) for f in fields(record)}  # type: ignore[arg-type]


def _known(record: type, values: Any) -> dict[str, Any]:
    """Return those values that the record has a field for, empty cells as the field's own default."""
    names = names_of(record)
    return {name: value for name, value in values.items() if name in names and value is not None}


def partner_rows(
    pairings: Iterable[Pairing], people: Mapping[str, Person], history: Iterable[PastGroup] = ()
) -> list[dict[str, Any]]:
    """Return who is whose partner now, and who was before, for the look-ups in other tabs."""

    def named(others: Iterable[str]) -> str:
        return " & ".join(people[o].name if o in people else o for o in others)

    rows: dict[str, dict[str, Any]] = {}
    before: dict[str, list[str]] = {}
    for group in sorted(history, key=lambda group: (-group.round, sorted(group.people))):
        for p in group.people:
            others = named(o for o in group.people if o != p)
            before.setdefault(p, []).append(f"Round {group.round}: {others}")
    for pairing in pairings:
        for p in pairing.people:
            rows[p] = {"partner": named(pairing.partners_of(p)), "pairing": pairing.id}
    return [
        {
            "email": p,
            "partner": "",
            "pairing": "",
            "name": people[p].name if p in people else "",
            "so_far": "; ".join(before.get(p, ())),
            **rows.get(p, {}),
        }
        for p in dict.fromkeys([*rows, *before])
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Together:
    """Who was together in which round, and what of that can't be read."""

    groups: tuple[PastGroup, ...]
    problems: tuple[Problem, ...] = ()


def read_history(contents: TabContents) -> Together:
    """Return who was together in which round; people whose row is gone are left out.

    A group is in the row of each of its people, so that one row that can't be read is told by the others. Somebody may
    have two, as where one could not be read for a while.

    Raises:
        SheetError: most of the tab can't be read, so that pairs might be repeated.
    """
    of = contents.rows, contents.doubles, contents.unusable
    return kept().whole("together", of, lambda: _together(*of))


def _together(first: Sequence[Row], doubles: Sequence[Row], lost: Sequence[Row]) -> Together:
    from peerpact.programme.pairing.groups import PastGroup  # noqa: PLC0415 - with it comes what only pairing needs

    rows = (*first, *doubles)
    counted = Counter(row["number"] for row in rows)
    people = {row["number"]: row["email"] for row in rows if counted[row["number"]] == 1}
    groups: dict[_Group, None] = {}
    unclear = {row.number: say("is not whole") for row in lost}
    for row in rows:
        try:
            if counted[row["number"]] > 1:
                raise Unusable(
                    say("has the number {number}, as another one has", number=row["number"]), NOTHING
                )
            if "together" in row.unread:
                raise Unusable(say("has an error for whom somebody was with"), NOTHING)
            groups |= dict.fromkeys(_groups_of(row, people))
        except Unusable as unusable:
            unclear[row.number] = unusable.what
    if len(unclear) >= MANY_UNREADABLE and 2 * len(unclear) > len(rows) + len(lost):
        raise SheetError(_UNREADABLE_HISTORY)
    past = tuple(PastGroup(round=number, people=some) for number, some in groups)
    return Together(groups=past, problems=tuple(_unclear(n, w) for n, w in sorted(unclear.items())))


MANY_UNREADABLE = 3
_UNREADABLE_HISTORY = say(
    "The hidden tab History, which keeps who was together, was changed by hand, and most of it can't be read. Restore "
    "it from File > Version history, or delete what was added."
)


NOTHING = say("")


def _unclear(row: int, what: Sentence) -> Problem:
    return Problem(
        tab="History",
        row=row,
        row_key=f"row {row}",
        what=say(
            "Row {row} of the hidden tab History, which keeps who was together, {what}. Somebody may get a partner "
            "whom they had before.",
            row=row,
            what=what,
        ),
        remedy=say("Restore the row from File > Version history. Everybody else's is read as before."),
    )


_Group = tuple[int, tuple[str, ...]]
"""A round's number, and who was together in it, in order: plain, as each is told by the rows of all its people."""
_TOLD = re.compile(r"(\d{1,9}):(\d{1,9}(?:\+\d{1,9})*)", re.ASCII)


def _groups_of(row: Row, people: Mapping[int, str]) -> list[_Group]:
    """Return the groups that a row tells of.

    Raises:
        Unusable: it says something else as well.
    """
    found, email = [], row["email"]
    for word in (row["together"] or "").split():
        told = _TOLD.fullmatch(word)
        if told is None:
            raise Unusable(say("says “{word}”", word=word[:40]), NOTHING)
        number, others = told.groups()
        if known := [people[n] for n in map(int, others.split("+")) if n in people]:
            found.append((int(number), tuple(sorted((email, *known)))))
    return found


def history_rows(groups: Iterable[PastGroup], contents: TabContents) -> list[dict[str, Any]]:
    """Return the rows of all who were in these groups, with what their rows say already; newcomers get a number."""
    rows = {row["email"]: row for row in contents.rows}
    numbers = {email: row["number"] for email, row in rows.items()}
    last = max(_numbers_in(contents), default=0)
    said: dict[str, list[str]] = {}
    for group in groups:
        for email in group.people:
            if email not in numbers:
                numbers[email] = last = last + 1
        for email in group.people:
            others = "+".join(str(numbers[other]) for other in group.people if other != email)
            said.setdefault(email, []).append(f"{group.round}:{others}")
    return [
        {
            "email": email,
            "number": numbers[email],
            "together": " ".join(
                [*((rows[email]["together"] or "").split() if email in rows else ()), *words]
            ),
        }
        for email, words in said.items()
    ]


def _numbers_in(contents: TabContents) -> Iterator[int]:
    """Yield the numbers that people have, or have in others' rows; also of rows that can't be read."""
    for row in (*contents.rows, *contents.doubles, *contents.unusable):
        if row.values.get("number") is not None:
            yield row["number"]
        for word in re.findall(r"(?<=[:+])\d{1,9}", row.values.get("together") or "", re.ASCII):
            yield int(word)
