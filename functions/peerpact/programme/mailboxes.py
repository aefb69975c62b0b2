"""Which of several mailboxes writes to whom: a pairing has one for its life, a person one for each round.

A pairing's is chosen when it is proposed, and is in its row. Letters that belong to no pairing (the word before a
round, a welcome, that there is nobody) come from the mailbox that a person falls to, among those that were open when a
round came into sight: that list is kept in mind, so that nobody hears twice of one round when a mailbox is added.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, partial
from itertools import zip_longest

from peerpact.programme.archive import TURN, letters_over
from peerpact.programme.correspondence import EXAMPLE, LetterRecord
from peerpact.programme.memory import MAILBOXES, RENAMED, Memo, Memory, absent, doubt, says_no, with_memo
from peerpact.programme.pairings import Pairing, Round, round_on
from peerpact.programme.people import Person, TakingPart
from peerpact.programme.plan import Action
from peerpact.programme.problems import Problem
from peerpact.programme.seen import ProgrammeSeen
from peerpact.programme.sentences import Sentence, counted, say
from peerpact.programme.settings import Settings

_OF_PAIRS = {key("").removesuffix(": ") for key in (absent, says_no)}
"""What is kept in mind of people in pairings alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailboxes:
    """The mailboxes of an installation, the first one first, and which of them get new pairings."""

    all: tuple[str, ...]
    closing: frozenset[str] = frozenset()

    @property
    def open(self) -> tuple[str, ...]:
        """Those that get new pairings; the first one where all were to be closed."""
        return tuple(m for m in self.all if m not in self.closing) or self.all[:1]

    def of(self, pairing: Pairing) -> str:
        """Return a pairing's mailbox; the first one's are also those from when it was the only one."""
        return pairing.mailbox or self.all[0]

    def for_new(self, new: Iterable[Pairing], others: Iterable[Pairing]) -> Iterator[str]:
        """Yield the mailbox for each new pairing: that of one that its people had in the same round, where it is open.

        Else that which writes to the fewest people in the round: the last to be done decides how many days all take.
        """
        before: dict[tuple[int, str], set[str]] = defaultdict(set)
        people = Counter[tuple[int, str]]()
        for p in others:
            people[p.round, self.of(p)] += len(p.people) if p.is_standing else 0
            for address in p.people:
                before[p.round, address].add(self.of(p))
        for p in new:
            known = set[str]().union(*(before.get((p.round, address), ()) for address in p.people))
            fewest = min(people[p.round, m] for m in self.open)
            idle = [m for m in self.open if people[p.round, m] == fewest]
            mailbox = min(known.intersection(self.open), default="") or falls_to(min(p.people), idle)
            people[p.round, mailbox] += len(p.people)
            yield mailbox


def falls_to(address: str, mailboxes: Iterable[str]) -> str:
    """Return the one of some mailboxes that somebody falls to: when one is added, nobody moves but to that one."""
    return max(mailboxes, key=lambda m: hashlib.sha256(f"{m}\x1f{address}".encode()).digest())


_HOME = re.compile(r"(?P<mailbox>[^\s|@]+@[^\s|@]+)(?:\|(?P<end>[0-9a-f]{8}))?")


@dataclass(frozen=True, slots=True)
class Homes:
    """From which mailbox each person hears of a round.

    Each has a stretch of the addresses' hashes, and ``ends`` say where it ends, so that all write to equally many; what
    an older Peerpact noted has no ends, and people are drawn.
    """

    mailboxes: tuple[str, ...] = ()
    ends: tuple[int, ...] = ()
    """Of all stretches but the last one."""

    @classmethod
    def for_people(cls, mailboxes: Sequence[str], people: Collection[str]) -> Homes:
        """Part people among mailboxes: no two of these differ by more than one person."""
        many, places = len(mailboxes), sorted(map(_place, people))
        if not places:
            return cls(tuple(mailboxes))
        return cls(tuple(mailboxes), tuple(places[n * len(places) // many] for n in range(1, many)))

    @classmethod
    def from_text(cls, noted: str) -> Homes:
        """Return what was noted; none where nobody can read that, as after an edit by hand."""
        known = [found for found in map(_HOME.fullmatch, noted.split()) if found]
        ends = tuple(int(found["end"], 16) for found in known if found["end"])
        homes = cls(tuple(found["mailbox"] for found in known), ends)
        is_whole = len(ends) in {0, len(known) - 1} and sorted(ends) == [*ends]
        return homes if is_whole and homes.in_words == " ".join(noted.split()) else cls()

    @property
    def in_words(self) -> str:
        ends = [f"|{end:08x}" for end in self.ends]
        return " ".join(m + end for m, end in zip_longest(self.mailboxes, ends, fillvalue=""))

    def of(self, address: str) -> str:
        if self.ends:
            return self.mailboxes[bisect(self.ends, _place(address))]
        return falls_to(address, self.mailboxes)


def _place(address: str) -> int:
    return int.from_bytes(hashlib.sha256(address.encode()).digest()[:4])


def noted_for(number: int, memory: Memory) -> Homes:
    """Return the mailboxes that letters about a round come from; none where there is no more than one."""
    memo = memory.get(f"{MAILBOXES}{number}")
    return Homes.from_text(memo.value) if memo else Homes()


def unreadable_homes(memory: Memory) -> list[Problem]:
    """Return of each round of which nobody can tell any more who hears of it from where, that nobody hears until then.

    Some might hear of it twice, from two mailboxes, if they were parted anew.
    """
    return [
        Problem(
            tab="Memory",
            row_key=key,
            what=say(
                "From which mailbox people hear of round {round} can't be read on the hidden tab Memory. Nobody "
                "hears of that round until then.",
                round=key.removeprefix(MAILBOXES),
            ),
            remedy=say(
                "Restore that row from File > Version history. If nobody has heard of the round yet, clear the row: it "
                "is noted anew."
            ),
        )
        for key, memo in sorted(memory.items())
        if key.startswith(MAILBOXES) and not Homes.from_text(memo.value).mailboxes
    ]


def who_hears(mailbox: str, memory: Memory) -> Callable[[str, int], bool]:
    """Return what tells of an address and a round whether letters about it come from a mailbox.

    As long as that is not noted, from none. What is kept in mind is looked through once, whoever is asked about.
    """
    if not any(key.startswith(MAILBOXES) for key in memory):
        return lambda _address, _number: True
    noted = cache(partial(noted_for, memory=memory))

    def hears(address: str, number: int) -> bool:
        return bool(noted(number).mailboxes) and noted(number).of(address) == mailbox

    return hears


def with_noted(
    programme: ProgrammeSeen, mailboxes: Mailboxes, ahead: Round | None, *, has_one_written: bool
) -> ProgrammeSeen:
    """Return the programme with what to keep in mind of the mailboxes for the round that is open, and one in sight.

    What was in sight before there were several is the first one's, if that ``has_one_written`` to people then.
    """
    if programme.remembered is None:
        return programme
    memos = programme.remembered
    is_first_time = has_one_written and not any(memo.key.startswith(MAILBOXES) for memo in memos)
    names = mailboxes.all[:1] if is_first_time else mailboxes.open
    current = round_on(programme.today, programme.settings)
    for number in (r.number for r in (current, ahead) if r):
        key = f"{MAILBOXES}{number}"
        if all(memo.key != key for memo in memos):
            homes = Homes.for_people(names, [e for e, p in programme.people.items() if _may_hear(p)])
            memos = with_memo(memos, Memo(key=key, since=programme.today, value=homes.in_words))
    return replace(programme, remembered=memos)


def _may_hear(person: Person) -> bool:
    return person.taking_part is not TakingPart.NO


def waits_for(
    mailbox: str,
    mailboxes: Mailboxes,
    *,
    pairings: Iterable[Pairing],
    memory: Memory,
    settings: Settings,
    today: date,
) -> str:
    """Return what a mailbox that is closing must still be there for, in words; nothing where it may be taken away.

    As long as a row of Pairings names it, letters of the turn, meetings and answers are its own.
    """
    if mailbox == mailboxes.all[0]:
        return "it is the first one, which writes to the admins"
    own = sum(mailboxes.of(p) == mailbox for p in pairings)
    if own:
        return f"{own} pairings of its own are on the tab Pairings, which they leave {TURN.days} days after their round"
    current = round_on(today, settings)
    first = current.number if current else 1
    rounds = [
        key.removeprefix(MAILBOXES)
        for key, memo in memory.items()
        if key.startswith(MAILBOXES) and mailbox in Homes.from_text(memo.value).mailboxes
    ]
    heard = [r for r in sorted(rounds) if not r.isdecimal() or int(r) >= first]
    return f"people hear from it of round {', '.join(heard)}" if heard else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BringTogether(Action):
    """What a mailbox's jobs have written since, and what is new of its share of the programme."""

    mailbox: str
    rows: int

    @property
    def key(self) -> str:
        return f"share-{self.mailbox}"

    @staticmethod
    def in_number(many: int) -> Sentence:
        return counted(many, "1 mailbox brought up to date", "{many} mailboxes brought up to date")

    @property
    def summary(self) -> str:
        return f"Bring together what {self.mailbox} looks after: {self.rows} rows"


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """What one mailbox looks after."""

    pairings: tuple[Pairing, ...]
    elsewhere: tuple[Pairing, ...]
    """Pairings of others with people who hear of rounds from here."""
    people: frozenset[str]

    def is_about(self, memo: Memo) -> bool:
        """Tell of something kept in mind whether it is about somebody or some pairing of these, or about all."""
        kind, _, about = memo.key.rpartition(": ")
        if kind == RENAMED.removesuffix(": "):
            return memo.value in self.people
        if "@" in about:
            paired = {e for p in self.pairings for e in p.people}
            return about in (paired if kind in _OF_PAIRS else self.people)
        return memo.key != doubt(about) or about in {p.id for p in self.pairings}


def shares(programme: ProgrammeSeen, mailboxes: Mailboxes) -> Mapping[str, Share]:
    """Return each mailbox's share: its pairings, and who is in them or hears of a round from it."""
    current = round_on(programme.today, programme.settings)
    numbers = [current.number, current.number + 1] if current else [1]
    noted = [its for n in numbers if (its := noted_for(n, _kept(programme))).mailboxes]
    homes: dict[str, set[str]] = {m: set() for m in mailboxes.all}
    for its in dict.fromkeys(noted):
        for address in programme.people:
            homes.setdefault(its.of(address), set()).add(address)
    own: dict[str, list[Pairing]] = {m: [] for m in homes}
    for pairing in programme.pairings:
        own.setdefault(mailboxes.of(pairing), []).append(pairing)
    return {m: _share(own.get(m, ()), homes[m], programme.pairings) for m in mailboxes.all}


def _share(own: Sequence[Pairing], home: Set[str], pairings: Iterable[Pairing]) -> Share:
    known = {p.id for p in own}
    elsewhere = [p for p in pairings if p.id not in known and not home.isdisjoint(p.people)]
    people = frozenset(home).union(*(p.people for p in (*own, *elsewhere)))
    return Share(pairings=tuple(own), elsewhere=tuple(elsewhere), people=people)


def _kept(programme: ProgrammeSeen) -> Memory:
    if programme.remembered is None:
        return programme.memory
    return {memo.key: memo for memo in programme.remembered}


def from_when_it_was_alone(letters: Iterable[LetterRecord], programme: ProgrammeSeen) -> list[LetterRecord]:
    """Return the first mailbox's letters among the programme's: of pairings, not over yet, and examples for admins."""
    known = list(letters)
    over = {row.key for row in letters_over(known, programme)}
    return [x for x in known if (x.pairing or x.kind == EXAMPLE) and (x.key,) not in over]
