"""Mails as values: read, knowing what we wrote ourselves, and whose address each sender's is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache

from peerpact.errors import GoogleError
from peerpact.google.access import Access
from peerpact.google.mail import Mail, Mailbox, Waiting
from peerpact.jobs.collect_replies.known import Gathered, knowing
from peerpact.programme.replies.answered_letter import letters_pointed_to, strangers
from peerpact.programme.replies.named_letters import names_in
from peerpact.programme.replies.ours import OurLetters
from peerpact.programme.replies.quotable import looked_up, ours_in, ours_in_any, sent_before
from peerpact.programme.replies.reply import read_reply, texts_of_letter
from peerpact.programme.replies.seen import Aliases, MailSeen, RepliesSeen, Unread

TOO_LARGE = 10_000_000
"""Bytes from which a mail is not read: a person looks at it."""
LARGE = "it is larger than 10 MB"
MOST_AT_ONCE = 10_000_000
"""So many bytes of mail are held at once."""
MANY_AT_ONCE = 50
"""So many mails are read before it is looked how much of the run's time is left."""


def read_mails(waiting: Sequence[Waiting], access: Access, seen: Gathered) -> Gathered:
    """Return what was gathered with mails, read knowing what we wrote ourselves, and with those that can't be read.

    Those first that no run has taken; in parts, so that memory lasts whatever lies in the mailbox. In half of the time
    that is left: mails that are not read by then wait for the next run, so that what was read is answered in this one.
    """
    enough = access.seconds_left() / 2
    read: list[MailSeen] = []
    unread = [Unread(id=w.message_id, why=LARGE, is_too_large=True) for w in waiting if w.size >= TOO_LARGE]
    for number, part in enumerate(_parts([w for w in waiting if w.size < TOO_LARGE])):
        if number and access.seconds_left() < enough:
            break
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
    """Divide mails, in order, into parts of no more than so many, and so many bytes."""
    part: list[Waiting] = []
    for mail in waiting:
        if part and (len(part) == MANY_AT_ONCE or sum(w.size for w in part) + mail.size > MOST_AT_ONCE):
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
    answered = [sent_before(found, some) for found, some in zip(read, pointed_to, strict=True)]
    quoted = [looked_up(letters) for letters in answered]
    sent = mailbox.read_all(dict.fromkeys(i for ids in quoted for i in ids))
    texts = {mail.message_id: texts_of_letter(mail.raw) for mail in sent}
    for mail, found, letters, ids in zip(mails, read, answered, quoted, strict=True):
        bodies = [text for i in ids for text in texts.get(i, ())]
        known = ours_in(found, letters, bodies, ours, seen)
        yield replace(found, reply=read_reply(mail.raw, ours=known))


def _read(mail: Mail, ours: OurLetters, now: datetime) -> MailSeen:
    return MailSeen(
        id=mail.message_id,
        thread=mail.thread_id,
        received=datetime.fromtimestamp(mail.received_ms // 1000, UTC) if mail.received_ms else now,
        reply=read_reply(mail.raw, ours=ours),
    )


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
    return ours_in_any(seen, _our_sentences())


@cache
def _our_sentences() -> str:
    from peerpact.letters import our_sentences  # noqa: PLC0415 - most runs find no mail

    return "\n".join(our_sentences())
