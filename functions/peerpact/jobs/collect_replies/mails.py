"""Mails as values: read, knowing what we wrote ourselves, and whose address each sender's is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache

from peerpact.errors import GoogleError
from peerpact.google.access import Access
from peerpact.google.mail import Mail, Mailbox, Waiting
from peerpact.jobs.collect_replies.known import Gathered, knowing
from peerpact.programme import languages
from peerpact.programme.correspondence import LetterRecord
from peerpact.programme.replies.answered_letter import letters_pointed_to, strangers
from peerpact.programme.replies.named_letters import names_in
from peerpact.programme.replies.ours import OurLetters
from peerpact.programme.replies.reply import read_reply, texts_of_letter
from peerpact.programme.replies.seen import Aliases, MailSeen, RepliesSeen, Unread, is_taken

TOO_LARGE = 10_000_000
"""Bytes from which a mail is not read: a person looks at it."""
LARGE = "it is larger than 10 MB"
MOST_AT_ONCE = 10_000_000
"""So many bytes of mail are held at once."""
MOST_QUOTED = 4
"""So many letters of ours are looked up for one answer: a thread holds a letter, a reminder and what was said back."""


def read_mails(waiting: Sequence[Waiting], access: Access, seen: Gathered) -> Gathered:
    """Return what was gathered with mails, read knowing what we wrote ourselves, and with those that can't be read.

    Those first that no run has taken; in parts, so that memory lasts whatever lies in the mailbox.
    """
    read: list[MailSeen] = []
    unread = [Unread(id=w.message_id, why=LARGE, is_too_large=True) for w in waiting if w.size >= TOO_LARGE]
    for part in _parts([w for w in waiting if w.size < TOO_LARGE]):
        mails = access.mailbox.read_all(w.message_id for w in part)
        unread += [Unread(id=mail.message_id, why=mail.oddity) for mail in mails if mail.oddity]
        whole = [mail for mail in mails if not mail.oddity]
        found = [_read(mail, _ours(seen), seen.programme.now) for mail in whole]
        seen = _knowing_writers(found, seen, access)
        read += _as_seen(whole, found, seen, access.mailbox)
    return replace(seen, mails=tuple(read), unread=tuple(unread))


def _knowing_writers(mails: Sequence[MailSeen], seen: Gathered, access: Access) -> Gathered:
    """Return what was gathered with all about who wrote, and about the contact to whom a word may go."""
    people = {seen.programme.settings.confidential_contact, *(mail.reply.sender for mail in mails)}
    names = (name for mail in mails for name in names_in(mail))
    return knowing(seen, access, people - {""}, {(kind, said) for kind, said in names if said})


def _parts(waiting: Iterable[Waiting]) -> Iterator[list[Waiting]]:
    """Divide mails, in order, into parts of no more than so many bytes."""
    part: list[Waiting] = []
    for mail in waiting:
        if part and sum(w.size for w in part) + mail.size > MOST_AT_ONCE:
            yield part
            part = []
        part.append(mail)
    if part:
        yield part


def _as_seen(
    mails: Sequence[Mail], read: Sequence[MailSeen], seen: RepliesSeen, mailbox: Mailbox
) -> Iterator[MailSeen]:
    """Read mails again, knowing word for word the letters that they answer: none of ours is taken for theirs."""
    ours = _ours(seen)
    pointed_to = letters_pointed_to(read, seen.letters.values())
    answered = [_sent_before(found, some) for found, some in zip(read, pointed_to, strict=True)]
    quoted = [_sent(letters) for letters in answered]
    sent = mailbox.read_all(dict.fromkeys(i for ids in quoted for i in ids))
    texts = {mail.message_id: texts_of_letter(mail.raw) for mail in sent}
    for mail, found, letters, ids in zip(mails, read, answered, quoted, strict=True):
        bodies = [text for i in ids for text in texts.get(i, ())]
        promised = _promised_between(letters, seen) if not is_taken(mail.message_id, seen.replies) else ()
        offered = _offered_with_days(bodies)
        known = replace(
            ours,
            bodies=(*bodies, *ours.bodies, "\n".join(promised)),
            repeated=(*ours.repeated, *promised, *offered),
        )
        yield replace(found, reply=read_reply(mail.raw, ours=known))


def _sent_before(mail: MailSeen, letters: Iterable[LetterRecord]) -> list[LetterRecord]:
    """Return the letters that a mail may quote: none that came after it, as what we said back to it."""
    answers = f"acknowledgement:{mail.id}"
    return [x for x in letters if x.key != answers and not (x.sent and x.sent > mail.received)]


def _promised_between(letters: Sequence[LetterRecord], seen: RepliesSeen) -> tuple[str, ...]:
    """Return the promises that these letters may quote: their people's. Somebody else's may say the same.

    A promise is quoted by us once it is taken; in the mail that made it, it is theirs.
    """
    people, pairings = {x.person for x in letters}, {x.pairing for x in letters if x.pairing}
    known = (c for c in seen.commitments.values() if c.person in people or c.pairing in pairings)
    return tuple(c.text for c in known if c.text)


def _read(mail: Mail, ours: OurLetters, now: datetime) -> MailSeen:
    return MailSeen(
        id=mail.message_id,
        thread=mail.thread_id,
        received=datetime.fromtimestamp(mail.received_ms // 1000, UTC) if mail.received_ms else now,
        reply=read_reply(mail.raw, ours=ours),
    )


def _sent(letters: Iterable[LetterRecord]) -> list[str]:
    return [letter.message_id for letter in letters if letter.message_id][:MOST_QUOTED]


def aliases_of(mails: Iterable[MailSeen], seen: RepliesSeen, access: Access) -> Aliases:
    """Ask the directory about senders who are not on the roster, but seem to answer a letter of ours."""
    unknown = strangers(mails, seen)
    known: dict[str, str] = {}
    was_refused = False
    for address in unknown:
        try:
            theirs = (access.directory.addresses_of(address) or frozenset()) & seen.programme.people.keys()
        except GoogleError as error:
            if not error.permanent:
                raise
            was_refused = True
            if error.concerns_all:
                break
        else:
            known.update({address: next(iter(theirs))} if len(theirs) == 1 else {})
    return Aliases(people=known, was_asked=bool(unknown), was_refused=was_refused)


def _ours(seen: RepliesSeen) -> OurLetters:
    """Return what every answer may quote: our sentences, and who we are."""
    return OurLetters(
        addresses=(seen.mailbox,),
        names=(seen.programme.settings.programme_name, "Peerpact"),
        bodies=(_our_sentences(),),
        repeated=_offered(),
        references=frozenset(letter.reference for letter in seen.letters.values()),
    )


@cache
def _offered() -> tuple[str, ...]:
    """Return the words that letters offer as answers: alone they are one, however long."""
    return tuple(word for code in languages.codes() for word in languages.words(code)["buttons"].values())


def _offered_with_days(bodies: Iterable[str]) -> tuple[str, ...]:
    """Return the answers with a day in them that letters offered, such as "pause until 1 March"."""
    lines = (line.strip(" *") for body in bodies for line in body.split("\n"))
    return tuple(dict.fromkeys(line for line in lines if any(p.fullmatch(line) for p in _with_days())))


@cache
def _with_days() -> tuple[re.Pattern[str], ...]:
    buttons = (languages.words(code)["buttons"] for code in languages.codes())
    texts = (text for words in buttons for text in words.values() if "{day}" in text)
    return tuple(re.compile(re.sub(r"\\\{\w+\\\}", ".{1,30}", re.escape(text))) for text in texts)


@cache
def _our_sentences() -> str:
    from peerpact.letters import our_sentences  # noqa: PLC0415 - most runs find no mail

    return "\n".join(our_sentences())
