"""By what a mail names letters of ours. Nothing is loaded here that reads a mail: most ticks have none."""

from __future__ import annotations

from collections.abc import Iterator

from peerpact.programme.correspondence import LetterRecord
from peerpact.programme.replies.seen import MailSeen
from peerpact.programme.replies.tokens import cycle_of, tokens_in

Name = tuple[str, str]
"""What a letter is known by: its thread, the id of its mail, its reference, or that as a reply address has it."""


def names_of(letter: LetterRecord) -> Iterator[Name]:
    """Yield what a letter is known by."""
    if letter.thread_id:
        yield "thread", letter.thread_id
    if letter.rfc_message_id:
        yield "mail", letter.rfc_message_id
    yield "reference", letter.reference
    yield "cycle", cycle_of(letter.reference)


def names_in(mail: MailSeen) -> frozenset[Name]:
    """Return by what a mail may name letters, whatever kind of mail it is."""
    reply = mail.reply
    return frozenset(
        [
            ("thread", mail.thread),
            *(("mail", i) for i in (*reply.references, reply.in_reply_to)),
            *(("reference", r) for r in reply.quoted_references),
            *(("cycle", token.cycle) for token in tokens_in(reply.recipients)),
        ]
    )
