"""Mails from the mailbox as values: read, knowing what we wrote ourselves, and whose address each sender's is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from functools import cache

from peerpact.errors import GoogleError
from peerpact.google.access import Access
from peerpact.google.mail import Mail, Waiting
from peerpact.programme.replies.decision import strangers, to_be_looked_at_again
from peerpact.programme.replies.effect import is_taken
from peerpact.programme.replies.ours import OurLetters
from peerpact.programme.replies.reading import read_reply
from peerpact.programme.replies.seen import Aliases, MailSeen, RepliesSeen, Unread

MOST_MAILS = 200
"""Mails read in one run; the rest waits for the next."""
TOO_LARGE = 10_000_000
"""Bytes from which a mail is not read: a person looks at it."""
LARGE = "it is larger than 10 MB"
MOST_AT_ONCE = 10_000_000
"""So many bytes of mail are held at once."""


def waiting_mails(access: Access, seen: RepliesSeen) -> tuple[tuple[MailSeen, ...], tuple[Unread, ...]]:
    """Read the mails that wait, knowing what we wrote ourselves, and tell which could not be read.

    Those first that no run has taken; in parts, so that memory lasts whatever lies in the mailbox.
    """
    unlabelled = access.mailbox.unread_replies(MOST_MAILS, also=to_be_looked_at_again(seen))
    waiting = sorted(unlabelled, key=lambda w: is_taken(w.message_id, seen.replies))
    if not waiting:
        return (), ()
    ours, now = _ours(seen), seen.programme.now
    read: list[MailSeen] = []
    unread = [Unread(id=w.message_id, why=LARGE) for w in waiting if w.size >= TOO_LARGE]
    for part in _parts([w for w in waiting if w.size < TOO_LARGE]):
        for mail in access.mailbox.read_all(w.message_id for w in part):
            if mail.oddity:
                unread.append(Unread(id=mail.message_id, why=mail.oddity))
            else:
                read.append(_as_seen(mail, ours, now))
    return tuple(read), tuple(unread)


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


def _as_seen(mail: Mail, ours: OurLetters, now: datetime) -> MailSeen:
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
    try:
        for address in unknown:
            theirs = access.directory.addresses_of(address) & seen.programme.people.keys()
            known.update({address: next(iter(theirs))} if len(theirs) == 1 else {})
    except GoogleError as error:
        if not error.permanent:
            raise
        return Aliases(people=known, was_asked=True, was_refused=True)
    return Aliases(people=known, was_asked=bool(unknown))


def _ours(seen: RepliesSeen) -> OurLetters:
    return OurLetters(
        addresses=(seen.mailbox,),
        names=(seen.programme.settings.programme_name, "Peerpact"),
        bodies=(*_our_sentences(), *(c.text for c in seen.commitments.values())),
        references=tuple(letter.reference for letter in seen.letters.values()),
    )


@cache
def _our_sentences() -> tuple[str, ...]:
    from peerpact.letters import our_sentences  # noqa: PLC0415 - most runs find no mail

    return tuple(our_sentences())
