"""What is over, and leaves the tabs that are read all day. Where it is kept, and how, is not decided here.

A pairing is over some days after its round, when the turn to the next one is done. What belongs to it goes by months:
what is younger stays, as people answer letters for a while, and figures of the last months are still counted.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from peerpact.programme.commitments import Commitment
from peerpact.programme.correspondence import LetterRecord, LetterState, ReplyRecord
from peerpact.programme.pairings import Decision, Pairing, PairingState, add_months, round_on
from peerpact.programme.plan import Action
from peerpact.programme.requests import FOR_ADMINS, Request, Wish, begins
from peerpact.programme.seen import ProgrammeSeen
from peerpact.programme.sentences import Sentence, say

TURN = timedelta(days=21)
"""So long after a round its pairings stay: meetings are called off, answers come, the last month is published."""
WHOLE_MONTHS = 2
"""So many months before this one stay whole, whatever became of the pairings."""
WHOLE_MONTHS_OF_RUNS = 1
_PAIRING = re.compile(r"(?:^|:)(r([1-9]\d{0,2})-[0-9a-v]+(?:-\d+)?)(?=:|$)")
_OF_ROUND = re.compile(r"[a-z-]+:r([1-9]\d{0,2}):", re.ASCII)
"""The key of a letter about a whole round, which comes to each once in it."""
_DONE = {LetterState.SENT, LetterState.NEEDS_REVIEW}
_PASSING = {Wish.NOT_MET, Wish.MET, Wish.STATUS, Wish.MY_DATA, Wish.STAY, Wish.NEW_PARTNER}
"""Wishes that mean nothing any more once their round is over."""
IGNORED = "ignore"
_ABOUT_TAKING_PART = {Wish.PAUSE, Wish.STOP, Wish.BACK}


@dataclass(frozen=True, slots=True, kw_only=True)
class OverRow:
    """A row that is over: on which tab, under which key, what it belongs to, and whom it is about."""

    title: str
    key: tuple[str, ...]
    of: str
    """A pairing's id, or a month."""
    people: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    """Whose words are in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveToArchive(Action):
    """Rows that are over, to be moved to the archive of their spreadsheet."""

    rows: tuple[OverRow, ...]

    @property
    def key(self) -> str:
        last = self.rows[-1]
        return f"archive-{len(self.rows)}-{last.title}-{'-'.join(last.key)}"

    @staticmethod
    def in_number(_many: int) -> Sentence:
        return say("what is over moved to the archive")

    @property
    def summary(self) -> str:
        """How many promises are over would tell how many were kept; where the rest is kept is no secret."""
        many = Counter(row.title for row in self.rows)
        told = (t if t == "Commitments" else f"{n} rows of {t}" for t, n in many.items())
        return f"Move to the archive what is over: {', '.join(told)}"


def cut(today: date, months: int = WHOLE_MONTHS) -> date:
    """Return the first day of the months that stay whole."""
    return add_months(today.replace(day=1), -months)


def pairing_in(key: str) -> str:
    """Return the id of the pairing that a letter's key or a pairing's own id names; empty where there is none."""
    found = _PAIRING.search(key)
    return found[1] if found else ""


def round_of(pairing: str) -> int | None:
    """Return the number of a pairing's round, which its id begins with."""
    found = _PAIRING.match(pairing)
    return int(found[2]) if found else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ends:
    """Which pairings are over on a day."""

    programme: ProgrammeSeen
    live: Mapping[str, Pairing]
    months: date
    """The first day of the months that stay whole."""
    _known: dict[tuple[int, int], bool] = field(default_factory=dict)
    """What was told of rounds: thousands of rows ask of a few."""

    @classmethod
    def of(cls, programme: ProgrammeSeen) -> Ends:
        live = {p.id: p for p in programme.pairings}
        return cls(programme=programme, live=live, months=cut(programme.today))

    def round_is(self, number: int, rounds_ago: int = 1) -> bool:
        """Tell whether the turn after a round is done, and the turns of those after it, so many in all."""
        asked = number, rounds_ago
        if asked not in self._known:
            self._known[asked] = self._round_is(*asked)
        return self._known[asked]

    def _round_is(self, number: int, rounds_ago: int) -> bool:
        settings, today = self.programme.settings, self.programme.today
        current = round_on(today, settings)
        if current is None or settings.first_round is None or number > current.number - rounds_ago:
            return False
        ends = add_months(settings.first_round, (number + rounds_ago - 1) * settings.round_months)
        return today >= ends + TURN

    def month_is(self, month: date) -> bool:
        """Tell whether pairings that were there in a month may be in the archive, so that it can't be counted again."""
        last = round_on(add_months(month, 1) - timedelta(days=1), self.programme.settings)
        return last is not None and self.round_is(last.number)

    def pairing_is(self, pairing: str) -> bool:
        """Tell whether a pairing is over; one that is on no row any more is by its round, if on no odd one either."""
        there, number = self.live.get(pairing), round_of(pairing)
        if there is not None and there.is_standing:
            return False
        if there is None and may_be_unread(pairing, self.programme):
            return False
        number = there.round if there is not None else number
        return number is not None and self.round_is(number)


def may_be_unread(pairing: str, programme: ProgrammeSeen) -> bool:
    """Tell whether a pairing that is on none of the rows that can be read may be on one that can't."""
    return not programme.unread.isdisjoint((pairing, f"r{round_of(pairing)}", ""))


def pairings_over(
    programme: ProgrammeSeen, remembered: Collection[tuple[int, tuple[str, ...]]]
) -> list[OverRow]:
    """Return the pairings that are over. ``remembered`` are the groups that pairing will know of without their rows.

    A pair that an admin locked stays for one more round, for the lock's sake; one whose id was typed over, until that
    is put right: in the archive it would be another.
    """
    ends = Ends.of(programme)
    return [
        OverRow(title="Pairings", key=(p.id,), of=p.id, people=p.people)
        for p in programme.pairings
        if p.state in {PairingState.ENDED, PairingState.REJECTED}
        and round_of(p.id) is not None
        and ends.round_is(p.round, 2 if p.decision is Decision.LOCK else 1)
        and (p.meeting_start is None or p.meeting_start < programme.now)
        and (p.approved_on is None or (p.round, tuple(sorted(p.people))) in remembered)
    ]


def letters_over(
    letters: Iterable[LetterRecord], programme: ProgrammeSeen, ends: Ends | None = None
) -> list[OverRow]:
    """Return the letters that are over: those that have left, of pairings or rounds that are over, or of none.

    One whose key was typed over stays where that can be put right.
    Who asks of one letter after the other knows which pairings are over.
    """
    ends, found = ends or Ends.of(programme), []
    for letter in letters:
        at = letter.sent or letter.planned
        if letter.state not in _DONE or not letter.is_whole or at is None or at.date() >= ends.months:
            continue
        pairing = letter.pairing or pairing_in(letter.key)
        if _has_ended(pairing, letter.key, ends):
            of = pairing or month_of(at)
            found.append(OverRow(title="Letters", key=(letter.key,), of=of, people=(letter.person,)))
    return found


def _has_ended(pairing: str, key: str, ends: Ends) -> bool:
    """Tell whether what a letter is about is over: a pairing, a round, or neither of them."""
    if pairing:
        return ends.pairing_is(pairing)
    of_round = _OF_ROUND.match(key)
    return of_round is None or ends.round_is(int(of_round[1]))


def replies_over(
    replies: Iterable[ReplyRecord],
    letters: Mapping[str, LetterRecord],
    programme: ProgrammeSeen,
    ends: Ends | None = None,
) -> list[OverRow]:
    """Return the replies that are over: to letters of pairings that are over, or to none."""
    ends, found = ends or Ends.of(programme), []
    for reply in replies:
        if reply.received.date() >= ends.months:
            continue
        letter = letters.get(reply.letter)
        pairing = (letter.pairing if letter else "") or pairing_in(reply.letter)
        if not pairing or ends.pairing_is(pairing):
            people = (reply.person,) if "@" in reply.person else ()
            of = pairing or month_of(reply.received)
            found.append(OverRow(title="Replies", key=(reply.message_id,), of=of, people=people))
    return found


def commitments_over(
    commitments: Iterable[Commitment], programme: ProgrammeSeen, ends: Ends | None = None
) -> list[Commitment]:
    """Return the commitments that are over.

    One that is still open goes with its person into the next round; after that nobody asks about it any more.
    """
    ends, found = ends or Ends.of(programme), []
    for commitment in commitments:
        last = max(commitment.due, commitment.made_on, commitment.answered_on or commitment.made_on)
        if last >= ends.months:
            continue
        number = round_of(commitment.pairing)
        if number is not None and ends.pairing_is(commitment.pairing):
            is_asked_about = commitment.is_open and not commitment.is_erased
            if ends.round_is(number, 2 if is_asked_about else 1):
                found.append(commitment)
    return found


def row_of(commitment: Commitment) -> OverRow:
    """Return a commitment that is over as a row that is."""
    people = tuple(sorted({commitment.person, *commitment.audience}))
    words = () if commitment.is_erased else (commitment.person,)
    key = (commitment.id,)
    return OverRow(title="Commitments", key=key, of=commitment.pairing, people=people, words=words)


def requests_over(requests: Collection[Request], programme: ProgrammeSeen) -> list[OverRow]:
    """Return the requests of earlier rounds that are over: granted, passed, or followed by a later word about it."""
    current = round_on(programme.today, programme.settings)
    since = min(cut(programme.today), current.opens) if current else date.min
    in_order = sorted(requests, key=lambda r: r.asked_on)  # of one day, as they came
    latest = {r.person: r for r in in_order if r.kind in _ABOUT_TAKING_PART and r.decision != IGNORED}
    return [
        OverRow(title="Requests", key=(r.id,), of=f"{r.asked_on:%Y-%m}", people=(r.person,))
        for r in requests
        if r.asked_on < since and _has_passed(r, latest, programme.today)
    ]


def _has_passed(request: Request, latest: Mapping[str, Request], today: date) -> bool:
    if request.words or any(day is not None and day > today for day in (request.since, request.until)):
        return False  # words are where they can be erased
    if request.decision == IGNORED:
        return True
    if request.kind in FOR_ADMINS:
        return request.decision is not None
    if request.kind in _ABOUT_TAKING_PART:
        last = latest[request.person]
        if begins(last) > today:  # until then the word before it holds
            return False
        ended = last.kind is Wish.PAUSE and last.until is not None
        return request != last or ended or last.kind is Wish.BACK
    return request.kind in _PASSING or request.kind is Wish.AWAY


def runs_over(runs: Iterable[tuple[str, datetime]], today: date) -> list[OverRow]:
    """Return the runs, by id and start, that are over."""
    since = cut(today, WHOLE_MONTHS_OF_RUNS)
    return [
        OverRow(title="Runs", key=(run,), of=month_of(started))
        for run, started in runs
        if started.date() < since
    ]


def month_of(moment: datetime) -> str:
    return f"{moment:%Y-%m}"
