"""What can come of a mail: it counts and changes something, or it changes nothing and is set aside."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from peerpact.programme.commitments import Commitment
from peerpact.programme.correspondence import KINDS, LetterRecord, ReplyRecord
from peerpact.programme.people import Person
from peerpact.programme.plan import Action
from peerpact.programme.requests import Request, Wish
from peerpact.programme.sentences import Sentence, counted
from peerpact.programme.wishes import PrivateWish, Settled

if TYPE_CHECKING:  # most ticks have no reply: they need not load what understands one
    from peerpact.programme.replies.understood import Understood


def asks(letter: LetterRecord) -> bool:
    """Tell whether answers to a letter are read for commitments; answers to all others, for requests only.

    The word that closes a pairing asks where a promise has come due.
    """
    known = KINDS.get(letter.kind)
    return bool(known and known.asks) or (letter.kind == "closing" and bool(letter.about))


def asks_only_for_a_promise(letter: LetterRecord) -> bool:
    """Tell whether a letter asks neither what became of promises nor for a number."""
    return not letter.about and letter.number is None


@dataclass(frozen=True, slots=True, kw_only=True)
class InPrivate:
    """What comes of a reply in private."""

    wishes: tuple[PrivateWish, ...] = field(default=(), repr=False)
    """New ones."""
    settled: tuple[PrivateWish, ...] = field(default=(), repr=False)
    """Earlier ones, of the writer or about them, that no longer count."""
    is_somebody_unknown: bool = False
    """They named somebody whom we can't tell."""

    @property
    def goes_on(self) -> bool:
        """Tell whether they answered that they are still there."""
        return any(w.settled is Settled.ANSWERED for w in self.settled)


NOTHING_PRIVATE = InPrivate()


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeReply(Action):
    """A reply that counts, and all that it changes."""

    record: ReplyRecord
    letter: LetterRecord
    person: Person
    commitments: tuple[Commitment, ...] = ()
    """As they are after the reply: answered ones, those put in other words, and new ones."""
    former_texts: Mapping[str, str] = field(default_factory=dict, repr=False)
    """What was there before, by id, of those put in other words."""
    asked_about: tuple[str, ...] = field(default=(), repr=False)
    """The texts of the commitments that the letter asked about."""
    offered: tuple[str, ...] = field(default=(), repr=False)
    """What they promised last, where they answer "the same": to be tapped."""
    requests: tuple[Request, ...] = ()
    private: InPrivate = NOTHING_PRIVATE
    acknowledgement: LetterRecord | None = None
    word: LetterRecord | None = None
    """The word to the confidential contact that a mail waits for them."""
    understood: Understood = field(repr=False)
    asks_for: str = ""
    """The kind of letter that answers what they ask about themselves."""
    subject: str = field(default="", repr=False)
    rfc_message_id: str = ""
    """The reply's own Message-ID, for threading the acknowledgement."""
    is_recorded: bool = False
    """An earlier run has written its effect already; only the acknowledgement and label are left."""
    says_unasked: bool = False
    """It promises or answers where no question is open: nothing is recorded, and they are told so."""
    is_answer: bool = True
    """What its letter asked is answered; a promise by a meeting's event leaves open what else was asked."""

    @property
    def key(self) -> str:
        return f"reply:{self.record.message_id}"

    @staticmethod
    def in_number(many: int) -> Sentence:
        return counted(many, "1 reply taken", "{many} replies taken")

    @property
    def summary(self) -> str:
        return f"Take the reply of {self.person.name}"

    @property
    def shown(self) -> tuple[Request, ...]:
        """The requests that the tab Requests shows to admins."""
        kept = {w.kind for w in self.private.wishes} - {Wish.NOT_MET}
        kept |= {Wish.NEVER_WITH} if self.private.is_somebody_unknown else set()
        return tuple(r for r in self.requests if r.kind not in kept)

    @property
    def is_left_to_a_person(self) -> bool:
        """Tell of what is for people to read again, when they were asked before."""
        return self.understood.is_for_people and self.acknowledgement is None

    @property
    def waits_for_the_contact(self) -> bool:
        return self.understood.care or self.is_left_to_a_person

    @property
    def texts(self) -> tuple[str, ...]:
        return (self.record.taken_as, *(f"“{c.text}” ({c.outcome or 'new'})" for c in self.commitments))


@dataclass(frozen=True, slots=True, kw_only=True)
class ForgetPerson(Action):
    """Somebody who wants to be forgotten, some days after they confirmed it, and what is still kept about them."""

    email: str
    mails: tuple[str, ...]
    """Gmail's ids of what was written to them and by them."""
    drafts: tuple[str, ...]
    letters: tuple[str, ...]
    """Keys of rows of the ledger's tab Letters."""
    replies: tuple[str, ...]
    commitments: tuple[str, ...]
    wishes: tuple[str, ...] = ()
    said: tuple[Request, ...] = ()
    """The requests that hold words of theirs, without these."""
    request: str = ""
    """The id of what they asked."""

    @property
    def key(self) -> str:
        return f"forget:{self.email}"

    @staticmethod
    def in_number(many: int) -> Sentence:
        return counted(many, "1 person forgotten", "{many} people forgotten")

    @property
    def summary(self) -> str:
        mails = f"{len(self.mails)} mail{'s' * (len(self.mails) != 1)}"
        rows = f"{len(self.letters)} row{'s' * (len(self.letters) != 1)} of letters"
        return f"Forget {self.email}, who asked for it: what they promised, {mails}, {rows}"


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAside(Action):
    """A mail that changes nothing: automatic, or waiting for a person."""

    record: ReplyRecord
    needs_a_person: bool
    requests: tuple[Request, ...] = ()
    """The leave that an automatic reply tells."""

    @property
    def key(self) -> str:
        return f"reply:{self.record.message_id}"

    @staticmethod
    def in_number(many: int) -> Sentence:
        return counted(many, "1 mail set aside", "{many} mails set aside")

    @property
    def summary(self) -> str:
        why = "a person has to look at it" if self.needs_a_person else "automatic"
        why += "".join(f", away until {r.until}" for r in self.requests)
        return f"Set a mail aside, {why} ({self.record.kind}: {self.record.taken_as})"
