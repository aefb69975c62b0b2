"""What each letter says, as a value. A class has a folder of the same name in templates/, in snake_case."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from peerpact.programme.commitments import Outcome
from peerpact.programme.people import Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """Who writes: the programme's name, its mailbox, whom to ask, and the company."""

    programme_name: str
    mailbox: str
    contact: str
    company: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What every letter has: whom it goes to, who writes, its reference, and where answers go."""

    to: Person
    sender: Sender
    reference: str
    reply_to: str = ""
    ways: ClassVar[tuple[str, ...]] = ("pause", "another partner", "stop")
    """How to leave, of which its foot tells."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingTime:
    """When a meeting is (aware, UTC), and what letters say of it: at somebody's edge of day, what is not certain."""

    start: datetime
    end: datetime
    link: str = ""
    at_the_edge: bool = False
    unchecked: bool = False
    is_zone_guessed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Introduction(Letter):
    """Who the partner is, when they meet (None: they pick a time), the ground rules, how to say not now.

    ``have_met``: in an earlier round; ``have_own``: a meeting or a series of their own is ahead, and none of ours.
    """

    partners: tuple[Person, ...]
    meeting: MeetingTime | None
    ground_rules: tuple[str, ...]
    next_meeting_link: str = ""
    """Where they pick a time: what opens an invitation that is filled in already."""
    have_met: bool = False
    have_own: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """The calendar event: its subject and description. Not an e-mail.

    Its agenda counts minutes from the beginning, so that it stays right wherever the meeting is moved.
    """

    people: tuple[Person, ...]
    sender: Sender
    minutes: int
    number: int = 1
    """Which of their meetings it is."""
    pairing: str = ""
    """Its id: a promise written at the end of the meeting names it."""
    session: str
    ground_rules: tuple[str, ...]
    starters: tuple[str, ...]
    listening: tuple[str, ...] = ()
    next_meeting_link: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PickATime(Letter):
    """Asks the pair to find a time themselves. ``why``: ``declined`` or ``no slot``."""

    partners: tuple[Person, ...]
    next_meeting_link: str
    why: str
    goes_on: bool = False
    """The next meeting at their rhythm is booked whatever they agree on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerLeft(Letter):
    """A kind word that the pairing has ended, and what comes next."""

    ways: ClassVar[tuple[str, ...]] = ("pause", "stop")

    partner_names: tuple[str, ...]
    meeting_cancelled: bool = True
    """False: it is near, or they moved it themselves, so it stays until they delete it."""
    is_meeting_there: bool = True
    """False: none was ahead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitmentRequest(Letter):
    """The day after the first meeting: did they meet, and what does each take from it? ``by`` is the next one's day."""

    partners: tuple[Person, ...]
    by: date | None = None
    commitments: tuple[str, ...] = ()
    """What they promised before, as far as its day has come."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp(Letter):
    """Before each meeting, else once a month: how did it go, what the partner is working on, a good question."""

    partners: tuple[Person, ...]
    commitments: tuple[str, ...]
    partner_open: tuple[tuple[str, str, Outcome | None], ...]
    """First name, text, and how far they say it is."""
    partner_news: tuple[tuple[str, str, Outcome], ...]
    """First name, text, and what became of it."""
    question: str
    skill_prompt: str
    next_meeting_link: str
    is_short: bool = False
    meeting: MeetingTime | None = None
    """The one that it comes shortly before."""
    ahead: tuple[tuple[str, date], ...] = ()
    """What they promised for a later day: it is not asked about yet."""
    asks_met: date | None = None
    """The day of a meeting of which nobody knows whether it was held."""
    asks_number: bool = False
    """How worthwhile it is, as one number."""
    asks_action: bool = False
    """It comes after a meeting: what do they take from it?"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder(Letter):
    """The one reminder of a letter that was left unanswered; without commitments it is about the request for one."""

    partners: tuple[Person, ...]
    commitments: tuple[str, ...]
    partner_news: tuple[tuple[str, str, Outcome], ...] = ()
    asks_met: date | None = None
    """The day of the meeting after which it comes."""
    by: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Announcement(Letter):
    """Before a round, or on joining one: what this is, who can read what and for how long, and how to sit out."""

    ways: ClassVar[tuple[str, ...]] = ("pause", "stop")
    opens: date
    ends: date
    """The first day after the round."""
    months: int
    """So long after the round texts are erased."""
    has_begun: bool = False
    asks_yes: bool = False
    """Only who says yes is in, and they have not yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StillThere(Letter):
    """Asks who is quiet, once, whether they are still in. That somebody waits for them is not said."""

    ways: ClassVar[tuple[str, ...]] = ("pause", "stop")
    partners: tuple[Person, ...]
    until: date
    """The day on which all of the pairing get new partners otherwise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOver(Letter):
    """There is no partner in this round, and what happens next."""

    ways: ClassVar[tuple[str, ...]] = ("pause", "stop")
    ends: date
    """When the next round opens."""
    is_late: bool = False
    """That is so soon that nobody is looked for in this one any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn(Letter):
    """A round's last weeks: what came of it, open promises, how worthwhile it was, and what comes next.

    Where the pair has a last meeting ahead, it is the letter before that, too.
    """

    partners: tuple[Person, ...]
    commitments: tuple[str, ...]
    partner_news: tuple[tuple[str, str, Outcome], ...]
    next_opens: date
    """When the next round opens, and this one is over."""
    promised: int = 0
    """By both, as far as the reader heard of it."""
    done: int = 0
    """How many of these were kept."""
    kept: tuple[str, ...] = ()
    partner_kept: tuple[tuple[str, str], ...] = ()
    """First name and text."""
    asks_met: date | None = None
    """The day of a meeting of which nobody knows whether it was held."""
    asks_action: date | None = None
    """The day of the last meeting, where nothing that they promised is known of it."""
    meeting: MeetingTime | None = None
    """The one that it comes shortly before."""
    partner_open: tuple[tuple[str, str, Outcome | None], ...] = ()
    """First name, text, and how far they say it is."""
    question: str = ""
    ahead: tuple[tuple[str, date], ...] = ()
    """What they promised for a later day: it is not asked about yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing(Letter):
    """The word that closes a pairing for whom no turn has reached: what the two achieved, and what goes along."""

    partners: tuple[Person, ...]
    promised: int
    """By both, as far as the reader heard of it."""
    done: int
    """How many of these were kept."""
    kept: tuple[str, ...]
    partner_kept: tuple[tuple[str, str], ...]
    """First name and text."""
    carried: tuple[str, ...]
    """What is still open and was promised for a later day."""
    commitments: tuple[str, ...] = ()
    """What is still open and due: it is asked about."""
    ways: ClassVar[tuple[str, ...]] = ("pause", "stop")
    stays: bool = False
    """Both said that they want to stay together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Acknowledgement(Letter):
    """What was understood of a reply, and how to correct it."""

    outcomes: tuple[tuple[str, Outcome], ...]
    reworded: tuple[tuple[str, str], ...] = ()
    """What was said before, and what is said now."""
    new_commitments: tuple[tuple[str, date], ...]
    requests: tuple[tuple[str, date | None], ...]
    weeks: int = 0
    """From one meeting to the next, where they asked for a rhythm."""
    begins: date | None = None
    """From when on they pause or take part no more."""
    erased_on: date | None = None
    """When what somebody promised is erased who takes part no more."""
    number: int | None = None
    """How worthwhile it is, of 5."""
    apart_on: date | None = None
    """The day on which their pairing ends, as they wish in private."""
    asks_partner: bool = False
    """Their partner is asked once before."""
    never_with: str = ""
    """The names of those with whom they don't want to be paired."""
    is_somebody_unknown: bool = False
    taken_back: bool = False
    goes_on: bool = False
    """They answered that they are still in."""
    partners: tuple[Person, ...] = ()
    """To whom a kind word is best sent directly, where there was nothing to note."""
    wants: str = ""
    """What they want to talk about."""
    offers: str = ""
    round_with: tuple[str, ...] = ()
    """First names: it answers the turn of a round with them, and tells what came of that; see ``Closing``."""
    promised: int = 0
    done: int = 0
    kept: tuple[str, ...] = ()
    partner_kept: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Status(Letter):
    """How things stand, for somebody who asks."""

    partners: tuple[Person, ...]
    meeting: datetime | None
    """The next one (aware, UTC)."""
    new_commitments: tuple[tuple[str, date], ...]
    """Their open promises, and when each is due."""
    is_out: bool = False
    """They pause, or take part no more."""
    back_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MyData(Letter):
    """Goes with a file of everything that is kept about somebody."""

    months: int
    """After a round's end, when words are erased."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ForgetMe(Letter):
    """What forgetting somebody means. Without a day it asks them to confirm."""

    days: int
    """From their confirmation on; so long they may take it back."""
    ways: ClassVar[tuple[str, ...]] = ("pause", "stop")
    erased_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AskAgain(Letter):
    """A reply that could not be read for certain: asks again, kindly, once, with what is likely to be tapped."""

    commitments: tuple[str, ...]
    reason: str = ""
    """contradicting, no end, same, language, near distress or beyond us; anything else is only not certain."""
    likely: tuple[tuple[int, Outcome], ...] = ()
    """By number of the commitment: what they may have meant."""
    wishes: tuple[str, ...] = ()
    """Wishes that they may have meant, by the button that says them."""
    offered: tuple[str, ...] = ()
    """Earlier promises, where they say that it is the same; else what they may have meant as one."""
    pause_until: tuple[date, ...] = ()
    met: bool = False
    """They said that the two have met: that much is certain."""
    pause_from: date | None = None
    """When the pause would begin that they may have meant."""
    confidential_contact: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Care(Letter):
    """The answer to words of distress: who helps in confidence, and how to end the pairing without saying why."""

    confidential_contact: str
    help: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest(Letter):
    """The week in figures for admins; None stands for a figure about fewer than five people."""

    ways: ClassVar[tuple[str, ...]] = ()
    """Admins get it for being named in Settings, whether they take part or not."""

    figures: tuple[tuple[str, float | None], ...]
    waiting_for_approval: int
    problems: int
    requests: int
    needs_a_person: int
    spreadsheet: str = ""
    """The address that opens the programme spreadsheet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MailWaits(Letter):
    """To the confidential contact: a mail waits for them. Not whose, and nothing of it."""

    ways: ClassVar[tuple[str, ...]] = ()


LETTERS: tuple[type[Letter | Invitation], ...] = (
    Introduction,
    Invitation,
    PickATime,
    PartnerLeft,
    CommitmentRequest,
    FollowUp,
    Reminder,
    Turn,
    Closing,
    Announcement,
    LeftOver,
    StillThere,
    Acknowledgement,
    Status,
    MyData,
    ForgetMe,
    AskAgain,
    Care,
    MailWaits,
    Digest,
)


def folder_of(letter: type) -> str:
    """Return the template folder of a letter class: CamelCase in snake_case."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", letter.__name__).lower()
