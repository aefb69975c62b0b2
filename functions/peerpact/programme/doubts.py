"""Endings that wait: what the roster says against a standing pairing, until days of grace have passed or a yes.

A “no”, a pause or another manager in the roster may be a slip. What can be taken back is done at once: nobody of the
pairing gets a new mail, is paired anew or has a meeting booked. What can't waits: the pairing stays, with the meetings
that are booked and all words. Taken back in that time, it has changed nothing. What people asked for themselves, and
what the directory knows of an account, is certain and waits for nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import permutations

from peerpact.programme.memory import Memory, doubt
from peerpact.programme.pairings import Pairing
from peerpact.programme.people import Person
from peerpact.programme.problems import Problem
from peerpact.programme.reporting_lines import ReportingLines
from peerpact.programme.sentences import Sentence, all_of, counted, joined, say
from peerpact.programme.settings import Settings

AGREED = "agreed"
"""What memory holds of an ending to which an admin said yes."""
ASKED_ONE_BY_ONE = 3
NAMED = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """A standing pairing that would end by what the roster says now."""

    pairing: Pairing
    why: Sentence
    """As a sentence about the pairing, without a full stop."""
    since: date
    is_agreed: bool = False
    may_end: bool = False
    """The days of grace have passed, or an admin said yes."""

    @property
    def memory(self) -> tuple[str, str]:
        """The key and value under which it is kept in mind."""
        return doubt(self.pairing.id), AGREED if self.is_agreed else ""


def doubts(
    pairings: Collection[Pairing],
    people: Mapping[str, Person],
    settings: Settings,
    *,
    certain: Collection[str],
    missing: Collection[str] = (),
    memory: Memory,
    answered: Collection[tuple[str, str]],
    denied: Collection[tuple[str, str]] = (),
    today: date,
) -> tuple[dict[str, Doubt], tuple[Problem, ...]]:
    """Return the doubts by pairing, and what admins are asked about them.

    ``certain`` are the people of whom it is certain that they are out, ``missing`` those whom no row names. More
    endings than Settings allow in one run, of whatever cause, wait for a yes, however long; so does each that an admin
    denied. Few who are missing are no doubt: they count as gone after the days for which they are held.
    """
    standing = [p for p in pairings if p.is_standing]
    found = list(_found(standing, people, settings, certain=certain, memory=memory, today=today))
    vanished = list(_vanished(standing, found, missing, memory=memory, today=today))
    open_ = [d for d in (*found, *vanished) if not d.is_agreed]
    is_many = len(open_) > settings.most_ended_of(len(standing))
    if is_many:
        found += vanished
    else:
        found += [d for d in vanished if d.is_agreed]
        open_ = [d for d in open_ if d in found]
    grace = timedelta(days=settings.grace_days)
    known = {d.pairing.id: _decided(d, by_itself=not is_many and d.since + grace <= today) for d in found}
    problems = []
    for question, asked in _questions(open_, people, settings, standing=len(standing), is_many=is_many):
        if (question.row_key, question.what) in answered:
            known |= {d.pairing.id: _decided(d, agreed=True) for d in asked}
        elif (question.row_key, question.what) in denied:
            known |= {d.pairing.id: d for d in asked}
            problems.append(question)
        elif not all(known[d.pairing.id].may_end for d in asked):
            problems.append(question)
    return known, tuple(problems)


def _decided(doubt: Doubt, *, by_itself: bool = False, agreed: bool = False) -> Doubt:
    agreed = agreed or doubt.is_agreed
    return replace(doubt, is_agreed=agreed, may_end=agreed or by_itself)


def _found(
    standing: Sequence[Pairing],
    people: Mapping[str, Person],
    settings: Settings,
    *,
    certain: Collection[str],
    memory: Memory,
    today: date,
) -> Iterator[Doubt]:
    lines = ReportingLines({p.email: p.managers for p in people.values()})
    for pairing in standing:
        out = [e for e in pairing.people if _is_out(people.get(e), today)]
        if any(e in certain for e in out):
            continue
        if why := _why(pairing, [people[e].name for e in out], lines, settings):
            yield _since(pairing, why, memory, today)


def _vanished(
    standing: Sequence[Pairing],
    found: Sequence[Doubt],
    missing: Collection[str],
    *,
    memory: Memory,
    today: date,
) -> Iterator[Doubt]:
    """Yield the pairings, but for those found already, of whom somebody is on no row that can be read."""
    known = {d.pairing.id for d in found}
    for pairing in standing:
        gone = [e for e in pairing.people if e in missing]
        if gone and pairing.id not in known:
            why = counted(
                len(gone),
                "{names} is on no row that can be read",
                "{names} are on no row that can be read",
                names=all_of(gone),
            )
            yield _since(pairing, why, memory, today)


def _since(pairing: Pairing, why: Sentence, memory: Memory, today: date) -> Doubt:
    memo = memory.get(doubt(pairing.id))
    return Doubt(
        pairing=pairing,
        why=why,
        since=memo.since if memo else today,
        is_agreed=memo is not None and memo.value == AGREED,
    )


def _why(pairing: Pairing, out: Sequence[str], lines: ReportingLines, settings: Settings) -> Sentence | None:
    """Return why a pairing would end: who of it is out, by name, or else their line; None: it goes on."""
    if out:
        names = all_of(out)
        return counted(len(out), "{names} takes no part now", "{names} take no part now", names=names)
    if _in_one_line(pairing, lines, settings):
        return say("they are in one reporting line now")
    return None


def _is_out(person: Person | None, today: date) -> bool:
    """Tell whether somebody's row, as far as it can be read, says that they take no part now."""
    return person is not None and not person.held and not person.is_taking_part(today)


def _in_one_line(pairing: Pairing, lines: ReportingLines, settings: Settings) -> bool:
    return any(
        lines.is_forbidden_above(one, other, settings.chain_levels, tops_too=not settings.include_top)
        for one, other in permutations(pairing.people, 2)
    )


def _questions(
    doubts: Sequence[Doubt],
    people: Mapping[str, Person],
    settings: Settings,
    *,
    standing: int,
    is_many: bool,
) -> list[tuple[Problem, Sequence[Doubt]]]:
    """Return what to ask about which: one by one, or of many once."""
    grace = timedelta(days=settings.grace_days)
    if not is_many and len(doubts) <= ASKED_ONE_BY_ONE:
        return [(_of_one(d, _names(d.pairing, people), d.since + grace), (d,)) for d in doubts]
    last = max(d.since for d in doubts) + grace
    return [(_of_many(doubts, people, standing, None if is_many else last), doubts)]


def _of_one(doubt: Doubt, names: str, ends: date) -> Problem:
    return Problem(
        tab="Roster",
        row_key=names,
        what=say(
            "{names} are partners, and {why}. {at_once} Their pairing ends on {day}; until then nothing is ended or "
            "erased.",
            names=names,
            why=doubt.why,
            at_once=_AT_ONCE,
            day=ends,
        ),
        remedy=say(
            "{undo} If it is meant so and need not wait, put yes into the column Answer.",
            undo=_TAKEN_BACK,
        ),
    )


def _of_many(
    doubts: Sequence[Doubt], people: Mapping[str, Person], standing: int, ends: date | None
) -> Problem:
    listed = [say("{names} ({why})", names=_names(d.pairing, people), why=d.why) for d in doubts[:NAMED]]
    more = [say("{many} more", many=len(doubts) - NAMED)] if len(doubts) > NAMED else []
    when = say("by {day}", day=ends) if ends else say("once you say so")
    return Problem(
        tab="Roster",
        row_key="pairings that would end",
        what=say(
            "By what the roster says now, {many} of {standing} pairings end {when}: {which}. {at_once} Until then "
            "nothing is ended or erased.",
            many=len(doubts),
            standing=standing,
            when=when,
            which=joined([*listed, *more], "; "),
            at_once=_AT_ONCE,
        ),
        remedy=say("{undo} If all of it is meant so, put yes into the column Answer.", undo=_TAKEN_BACK),
    )


_AT_ONCE = say("At once they get no new mail, and nothing is booked for them; what is booked stays.")
_TAKEN_BACK = say("If it is a slip, correct the roster: all is as before.")


def _names(pairing: Pairing, people: Mapping[str, Person]) -> str:
    return " & ".join(people[e].name if e in people else e for e in pairing.people)
