"""Which of our letters a reply answers, and whether it counts as its sender's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from peerpact.programme.correspondence import LetterRecord, LetterState
from peerpact.programme.people import Person
from peerpact.programme.replies.actions import asks
from peerpact.programme.replies.event_link import pairing_named
from peerpact.programme.replies.kinds import MailKind
from peerpact.programme.replies.named_letters import Name, names_in, names_of
from peerpact.programme.replies.reply import Reply
from peerpact.programme.replies.seen import NO_LETTER, STRANGER, MailSeen, RepliesSeen
from peerpact.programme.replies.sender import Verdict
from peerpact.programme.replies.tokens import cycle_of, is_genuine, tokens_in


@dataclass(frozen=True, slots=True, kw_only=True)
class AnsweredLetter:
    """A reply's letter: the one it answers directly, and the one that asked, which is often the same."""

    person: Person
    direct: LetterRecord
    asking: LetterRecord
    is_from_event: bool = False
    """It came by the link in a meeting's event, which asks for a promise and nothing else."""


def letter_answered(mail: MailSeen, seen: RepliesSeen) -> AnsweredLetter | str:
    """Return the letter that a reply answers, or why it can't count. Strongest evidence first."""
    reply, person = mail.reply, seen.programme.people.get(seen.aliases.writer_of(mail))
    if person is None:
        return STRANGER
    mine = {k: letter for k, letter in seen.letters.items() if letter.person == person.email}
    by_token = _by_token(reply, person, mine, seen)
    by_letter = by_token or _by_thread(mail, mine)
    found = by_letter or _by_event(reply, mine)
    if found is None:
        return NO_LETTER
    if reply.verdict is Verdict.REFUSED or (reply.verdict is Verdict.SILENT and by_token is None):
        return "nothing vouches for the sender"
    asking = _asking(found, seen)
    return AnsweredLetter(person=person, direct=found, asking=asking, is_from_event=by_letter is None)


def answers_no_letter(mail: MailSeen, seen: RepliesSeen) -> bool:
    """Tell whether somebody on the roster wrote a mail that belongs to no letter of ours that is known."""
    return letter_answered(mail, seen) == NO_LETTER


def may_be_an_answer(mail: MailSeen, letters: Iterable[LetterRecord]) -> bool:
    """Tell whether a mail is an answer that points to some letter of ours, whoever wrote it."""
    reply = mail.reply
    if reply.kind is not MailKind.ANSWER or not reply.sender:
        return False
    return bool(tokens_in(reply.recipients)) or any(_points_to(letter, mail) for letter in letters)


def strangers(mails: Iterable[MailSeen], seen: RepliesSeen) -> list[str]:
    """Return the senders who are not on the roster but seem to answer a letter of ours, in order."""
    people, letters = seen.programme.people, seen.letters.values()
    return sorted(
        {m.reply.sender for m in mails if m.reply.sender not in people and may_be_an_answer(m, letters)}
    )


def letters_pointed_to(
    mails: Sequence[MailSeen], letters: Iterable[LetterRecord]
) -> list[list[LetterRecord]]:
    """Return for each mail the letters that an answer may quote, those sent last first: of its thread, or named in it.

    All mails are looked at together, so that very many letters are gone through once.
    """
    named = [names_in(mail) if mail.reply.kind is MailKind.ANSWER else frozenset() for mail in mails]
    wanted = frozenset[Name]().union(*named)
    found: dict[Name, dict[int, LetterRecord]] = {}
    for place, letter in enumerate(letters):
        for name in wanted.intersection(names_of(letter)):
            found.setdefault(name, {})[place] = letter
    places = [{place: x for name in some for place, x in found.get(name, {}).items()} for some in named]
    in_order = [[x for _, x in sorted(some.items())] for some in places]
    return [sorted(some, key=_planned, reverse=True) for some in in_order]


def _planned(letter: LetterRecord) -> datetime:
    return letter.planned or datetime.min.replace(tzinfo=UTC)


def _by_token(
    reply: Reply, person: Person, letters: Mapping[str, LetterRecord], seen: RepliesSeen
) -> LetterRecord | None:
    secret, today = seen.token_key, seen.programme.today
    for token in tokens_in(reply.recipients):
        if is_genuine(token, secret=secret, person=person.email, on=today):
            for letter in letters.values():
                if cycle_of(letter.reference) == token.cycle:
                    return letter
    return None


def _by_thread(mail: MailSeen, letters: Mapping[str, LetterRecord]) -> LetterRecord | None:
    """Find the letter by thread, by the headers that name it, or by the reference in the quoted text."""
    latest_first = sorted(letters.values(), key=_planned)[::-1]
    answered = (letter for letter in latest_first if letter.rfc_message_id == mail.reply.in_reply_to != "")
    pointed_to = (letter for letter in latest_first if _points_to(letter, mail))
    return next(answered, None) or next(pointed_to, None)


def _by_event(reply: Reply, letters: Mapping[str, LetterRecord]) -> LetterRecord | None:
    """Find what was asked last in the pairing that a subject names; before that the introduction asks."""
    named = pairing_named(reply.subject)
    sent = [x for x in letters.values() if named and x.pairing == named and x.state is LetterState.SENT]
    asked = [x for x in sent if asks(x) and x.kind != "reminder"]
    introduced = [x for x in sent if x.kind == "introduction"]
    return max(asked or introduced, key=lambda x: str(x.sent), default=None)


def _points_to(letter: LetterRecord, mail: MailSeen) -> bool:
    reply = mail.reply
    return bool(
        (letter.thread_id and letter.thread_id == mail.thread)
        or (letter.rfc_message_id and letter.rfc_message_id in {*reply.references, reply.in_reply_to})
        or letter.reference in reply.quoted_references
    )


def _asking(letter: LetterRecord, seen: RepliesSeen) -> LetterRecord:
    """Return the letter that asked: for an answer to a reminder or an acknowledgement, the one it was about."""
    kind, _, about = letter.key.partition(":")
    if kind == "acknowledgement":
        reply = seen.replies.get(about)
        about = reply.letter if reply else ""
    elif kind != "reminder":
        return letter
    return seen.letters.get(about, letter)
