"""Mails from the mailbox as values: read, knowing what we wrote ourselves, and whose address each sender's is."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from functools import cache

from peerpact.errors import GoogleError
from peerpact.google.access import Access
from peerpact.google.mail import Mail
from peerpact.programme.replies.decision import strangers
from peerpact.programme.replies.ours import OurLetters
from peerpact.programme.replies.reading import read_reply
from peerpact.programme.replies.seen import Aliases, MailSeen, RepliesSeen


def read_mails(mails: Iterable[Mail], seen: RepliesSeen) -> tuple[MailSeen, ...]:
    """Read mails, knowing what we wrote, so that it is not taken for theirs."""
    ours = _ours(seen)
    return tuple(
        MailSeen(
            id=mail.message_id,
            thread=mail.thread_id,
            received=datetime.fromtimestamp(mail.received_ms // 1000, UTC),
            reply=read_reply(mail.raw, ours=ours),
        )
        for mail in mails
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
