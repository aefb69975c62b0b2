"""What letters about commitments are decided by: the programme, what was promised, and what was written before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from peerpact.programme.commitments import Commitment
from peerpact.programme.correspondence import LetterRecord, LetterState, ReplyRecord
from peerpact.programme.figures.overview import Row
from peerpact.programme.follow_ups.around_meetings import first_unasked_promise
from peerpact.programme.follow_ups.by_calendar import Calendars
from peerpact.programme.pairings import Pairing
from peerpact.programme.retention import ArchivedWords
from peerpact.programme.seen import ProgrammeSeen
from peerpact.programme.wishes import PrivateWish

_NOT_OF_PEOPLE = ("pairings", "commitments_of", "letters_of", "references_of", "written_to")


@dataclass(frozen=True, kw_only=True)
class CommitmentsSeen:
    """What is due is judged by."""

    programme: ProgrammeSeen
    commitments: Mapping[str, Commitment] = field(default_factory=dict)
    letters: Mapping[str, LetterRecord] = field(default_factory=dict)
    figures: Mapping[str, Row] = field(default_factory=dict)
    """The Overview's lines by month, as they are now."""
    published: Mapping[str, Row] | None = None
    """The figures about commitments by month, as the ledger keeps them; None: an older ledger keeps none."""
    replies: Mapping[str, ReplyRecord] = field(default_factory=dict)
    """Read where something of the ledger is over."""
    archived: tuple[ArchivedWords, ...] = ()
    wishes: tuple[PrivateWish, ...] = ()
    """What people wish in private."""
    has_archive: bool = False
    joined: Mapping[tuple[str, str], Pairing] = field(default_factory=dict)
    """Pairings as they are for who joined them after a meeting, by the pairing's id and the person's address."""
    calendars: Calendars | None = None
    """What people's free/busy told of who is away; None: nobody's was looked at."""
    joining: frozenset[str] = frozenset()
    """Who is to be introduced in one of these pairings, once they have heard of the round."""

    def of_people(self, programme: ProgrammeSeen) -> CommitmentsSeen:
        """Return the same for a programme whose people alone are others: what was found of the rest is kept."""
        found = {name: known for name, known in vars(self).items() if name in _NOT_OF_PEOPLE}
        other = replace(self, programme=programme)
        if "unasked" in vars(self):
            found["unasked"] = other._unasked({p: self.unasked.get(p) for p in other._same_as_in(self)})
        vars(other).update(found)
        return other

    def _same_as_in(self, other: CommitmentsSeen) -> Iterable[str]:
        known = other.programme.people
        return (p for p, person in self.programme.people.items() if known.get(p) is person)

    def pairing_for(self, pairing: Pairing | None, person: str) -> Pairing | None:
        """Return a pairing as it is for one of its people."""
        return self.joined.get((pairing.id, person), pairing) if pairing else None

    @cached_property
    def pairings(self) -> Mapping[str, Pairing]:
        return {p.id: p for p in self.programme.pairings}

    @property
    def began(self) -> Mapping[str, date]:
        """When the pairing of each who is in one began for them."""
        found: dict[str, date] = {}
        for pairing in self.programme.pairings:
            for person in pairing.people if pairing.is_approved else ():
                its = self.joined.get((pairing.id, person), pairing)
                if its.approved_on and person in self.programme.people:
                    day = self.programme.people[person].local_day(its.approved_on)
                    found[person] = max(day, found.get(person, day))
        return found

    @cached_property
    def commitments_of(self) -> Mapping[str, list[Commitment]]:
        """Everybody's commitments, oldest first."""
        found: dict[str, list[Commitment]] = defaultdict(list)
        for commitment in sorted(self.commitments.values(), key=lambda c: (c.made_on, c.id)):
            found[commitment.person].append(commitment)
        return found

    @cached_property
    def unasked(self) -> Mapping[str, Commitment]:
        """The promise of each that is to be asked about first."""
        return self._unasked({})

    def _unasked(self, known: Mapping[str, Commitment | None]) -> Mapping[str, Commitment]:
        """Return the promises to be asked about first: of some people they are known."""
        people = self.programme.people
        found = {
            p: known[p] if p in known else first_unasked_promise(some, people[p].works_on)
            for p, some in self.commitments_of.items()
            if p in people
        }
        return {p: c for p, c in found.items() if c}

    @cached_property
    def letters_of(self) -> Mapping[str, list[LetterRecord]]:
        """The letters to each."""
        found: dict[str, list[LetterRecord]] = defaultdict(list)
        for letter in self.letters.values():
            found[letter.person].append(letter)
        return found

    @cached_property
    def references_of(self) -> Mapping[str, set[str]]:
        """The references of the letters that each has got."""
        found: dict[str, set[str]] = defaultdict(set)
        for letter in self.letters.values():
            if letter.state is LetterState.SENT:
                found[letter.person].add(letter.reference)
        return found

    @cached_property
    def written_to(self) -> Mapping[str, set[str]]:
        """Who has got letters about each pairing."""
        found: dict[str, set[str]] = defaultdict(set)
        for letter in self.letters.values():
            found[letter.pairing].add(letter.person)
        return found
