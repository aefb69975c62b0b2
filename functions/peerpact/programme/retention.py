"""Whose words are to be erased from the ledger: their time is over, or their person has left. Figures stay."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True, kw_only=True)
class EraseText(Action):
    """A commitment whose words are to be forgotten."""

    commitment: Commitment

    @property
    def key(self) -> str:
        return f"erase:{self.commitment.id}"

    @staticmethod
    def in_number(many: int) -> Sentence:
        return counted(many, "1 promise erased", "{many} promises erased")

    @property
    def summary(self) -> str:
        return f"Erase the text of commitment {self.commitment.id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchivedWords:
    """Somebody's words in the archive: all of theirs that one of its rows has."""

    row: int
    pairing: str
    person: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EraseArchived(Action):
    """Words in the archive that are to be forgotten."""

    words: ArchivedWords

    @property
    def key(self) -> str:
        return f"erase:{self.words.pairing}:{self.words.person}"

    @staticmethod
    def in_number(many: int) -> Sentence:
        return counted(
            many,
            "1 person's promises erased from the archive",
            "promises of {many} people erased from the archive",
        )

    @property
    def summary(self) -> str:
        return f"Erase what {self.words.person} promised in pairing {self.words.pairing} from the archive"


Words = Commitment | ArchivedWords


def to_be_erased(
    commitments: Iterable[Commitment], programme: ProgrammeSeen, archived: Iterable[ArchivedWords] = ()
) -> list[EraseText | EraseArchived]:
    """Return what to erase: of people who left, after the days of grace; of all others when Settings say so."""
    with_words = _with_words(commitments, archived)
    left = set(who_stopped(programme.requests, programme.settings.grace_days, programme.today))
    if not _asks(with_words, programme):
        left |= _left(with_words, programme)
    rounds = {p.id: p.round for p in programme.pairings}
    is_over = cache(
        lambda number: _is_round_s_time_over(number, programme)
    )  # years have few rounds, and many words
    return [
        EraseText(commitment=c) if isinstance(c, Commitment) else EraseArchived(words=c)
        for c in with_words
        if c.person in left
        or _is_time_over(c, rounds.get(c.pairing) or round_of(c.pairing), is_over, programme)
    ]


def _with_words(commitments: Iterable[Commitment], archived: Iterable[ArchivedWords]) -> list[Words]:
    return [*(c for c in commitments if not c.is_erased), *archived]


def retention_problems(
    commitments: Iterable[Commitment], programme: ProgrammeSeen, archived: Iterable[ArchivedWords] = ()
) -> list[Problem]:
    """Return who is missing, and the question whether so many have really left that their words may be erased."""
    with_words = _with_words(commitments, archived)
    question = _asks(with_words, programme)
    held = {
        person
        for person in {c.person for c in with_words} - programme.people.keys()
        if not programme.has_left(person)
    }
    return [*([question] if question else []), *([_still_missing(len(held))] if held else [])]


def _still_missing(how_many: int) -> Problem:
    return Problem(
        tab="Roster",
        row_key="send_follow_ups",
        what=say(
            "{many} people who promised something are no longer on the roster, or are in a row that "
            "can't be read. What they promised is kept for now.",
            many=how_many,
        ),
        remedy=say(
            "Bring their rows back or correct them. Whoever has left: set “Taking part” to no; then "
            "their words are erased after the days of grace."
        ),
    )


def _asks(with_words: Sequence[Words], programme: ProgrammeSeen) -> Problem | None:
    left = sorted(_left(with_words, programme))
    everybody = {c.person for c in with_words}
    if len(left) <= max(1, len(everybody) * programme.settings.most_ended // 100):
        return None
    more = [say("{many} more", many=len(left) - NAMED)] if len(left) > NAMED else []
    question = Problem(
        tab="Roster",
        row_key="send_follow_ups",
        what=say(
            "{some} of {all} people who promised something are no longer in the programme: "
            "{names}. What they promised is kept for now.",
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


def _left(with_words: Sequence[Words], programme: ProgrammeSeen) -> set[str]:
    """Return whom the roster tells to be out of the programme, but for those who asked for it themselves."""
    people = {c.person for c in with_words} - who_stopped(programme.requests)
    return {person for person in people if programme.has_left(person)}


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
