"""Whose words are to be erased from the ledger: their time is over, or their person has left. Figures stay."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from peerpact.programme.archive import round_of
from peerpact.programme.commitments import Commitment
from peerpact.programme.pairings import add_months
from peerpact.programme.plan import Action
from peerpact.programme.problems import Problem
from peerpact.programme.requests import who_stopped
from peerpact.programme.seen import ProgrammeSeen
from peerpact.programme.sentences import Sentence, all_of, counted, say

NAMED = 10
DAYS_IN_WEEK = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchivedWords:
    """Somebody's words in the archive: all of theirs that one of its rows has."""

    row: int
    pairing: str
    person: str


Words = Commitment | ArchivedWords


@dataclass(frozen=True, slots=True, kw_only=True)
class EraseWords(Action):
    """Words that are to be forgotten, on the tab and in the archive.

    One action for all: whose they are, how many, and whether the archive has them already, tells how it went.
    """

    words: tuple[Words, ...] = field(repr=False)

    @property
    def commitments(self) -> tuple[Commitment, ...]:
        return tuple(w for w in self.words if isinstance(w, Commitment))

    @property
    def archived(self) -> tuple[ArchivedWords, ...]:
        return tuple(w for w in self.words if isinstance(w, ArchivedWords))

    @property
    def key(self) -> str:
        return f"erase:{len(self.words)}:{_named(self.words[-1])}"

    @staticmethod
    def in_number(_many: int) -> Sentence:
        return say("what people promised erased")

    @property
    def summary(self) -> str:
        return "Erase what people promised who have left, or whose time is over"

    @property
    def texts(self) -> tuple[str, ...]:
        return tuple(map(_named, self.words))


def looks_through_all(today: date) -> bool:
    """Tell whether words are looked for in all of the archive, wherever somebody put them by hand: once a month.

    On its first Monday, as the job runs on weekdays.
    """
    return today.weekday() == 0 and today.day <= DAYS_IN_WEEK


def _named(words: Words) -> str:
    if isinstance(words, Commitment):
        return f"commitment {words.id} of {words.person}"
    return f"all of {words.person} in pairing {words.pairing}, in the archive"


def to_be_erased(
    commitments: Iterable[Commitment], programme: ProgrammeSeen, archived: Iterable[ArchivedWords] = ()
) -> list[EraseWords]:
    """Return what to erase: of people who left, after the days of grace; of all others when Settings say so."""
    with_words = _with_words(commitments, archived)
    left = set(who_stopped(programme.requests, programme.settings.grace_days, programme.today))
    if not _asks(programme):
        left |= _left({c.person for c in with_words}, programme)
    rounds = {p.id: p.round for p in programme.pairings}
    is_over = cache(
        lambda number: _is_round_s_time_over(number, programme)
    )  # years have few rounds, and many words
    words = tuple(
        c
        for c in with_words
        if c.person in left
        or _is_time_over(c, rounds.get(c.pairing) or round_of(c.pairing), is_over, programme)
    )
    return [EraseWords(words=words)] if words else []


def _with_words(commitments: Iterable[Commitment], archived: Iterable[ArchivedWords]) -> list[Words]:
    return [*(c for c in commitments if not c.is_erased), *archived]


def retention_problems(programme: ProgrammeSeen) -> list[Problem]:
    """Return who is missing, and the question whether so many have really left that their words may be erased.

    Both are about all who were paired: which of them promised something, admins aren't told.
    """
    question = _asks(programme)
    held = {p for p in _paired(programme) - programme.people.keys() if not programme.has_left(p)}
    return [*([question] if question else []), *([_still_missing(len(held))] if held else [])]


def _paired(programme: ProgrammeSeen) -> set[str]:
    return {person for p in programme.pairings if p.approved_on for person in p.people}


def _still_missing(how_many: int) -> Problem:
    return Problem(
        tab="Roster",
        row_key="send_follow_ups",
        what=counted(
            how_many,
            "1 person who was paired is no longer on the roster, or in a row that can't be read. "
            "Whatever they promised is kept for now.",
            "{many} people who were paired are no longer on the roster, or are in a row that can't be read. "
            "Whatever they promised is kept for now.",
        ),
        remedy=say(
            "Bring their rows back or correct them. Whoever has left: set “Taking part” to no; then "
            "their words are erased after the days of grace."
        ),
    )


def _asks(programme: ProgrammeSeen) -> Problem | None:
    everybody = _paired(programme)
    left = sorted(_left(everybody, programme))
    if len(left) <= max(1, len(everybody) * programme.settings.most_ended // 100):
        return None
    more = [say("{many} more", many=len(left) - NAMED)] if len(left) > NAMED else []
    question = Problem(
        tab="Roster",
        row_key="send_follow_ups",
        what=say(
            "{some} of {all} people who were paired are no longer in the programme: {names}. "
            "Whatever they promised is kept for now.",
            some=len(left),
            all=len(everybody),
            names=all_of([*(programme.name(e) for e in left[:NAMED]), *more]),
        ),
        remedy=say(
            "Bring their rows back or correct them. If they all left, put yes into the column Answer; "
            "then their words are erased."
        ),
    )
    return None if (question.row_key, question.what) in programme.answered else question


def _left(people: Collection[str], programme: ProgrammeSeen) -> set[str]:
    """Return whom the roster tells to be out of the programme, but for those who asked for it themselves."""
    return {p for p in {*people} - set(who_stopped(programme.requests)) if programme.has_left(p)}


def _is_time_over(
    words: Words, its_round: int | None, is_over: Callable[[int], bool], programme: ProgrammeSeen
) -> bool:
    """Tell whether the months in Settings have passed since the end of the commitment's round."""
    settings = programme.settings
    if its_round and settings.first_round:
        return is_over(its_round)
    if not isinstance(words, Commitment):
        return False
    ends = add_months(words.made_on, settings.round_months)
    return programme.today >= add_months(ends, settings.retention_months)


def _is_round_s_time_over(number: int, programme: ProgrammeSeen) -> bool:
    settings = programme.settings
    ends = add_months(settings.first_round or programme.today, number * settings.round_months)
    return programme.today >= add_months(ends, settings.retention_months)
