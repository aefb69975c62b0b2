"""Whether one of several mailboxes, which is closing, may be taken away, and what it still waits for."""

from __future__ import annotations

from peerpact.config import MailboxPlace
from peerpact.operating.doctor.findings import Examination
from peerpact.programme.mailboxes import Mailboxes, waits_for
from peerpact.tables.records import read_memory, read_pairings


def may_go(its: Examination, place: MailboxPlace, whole: Examination) -> str:
    """Tell of a mailbox that is closing whether anything still comes from it or to it."""
    book = whole.owner.owned_programme
    book.read(["Settings", "Pairings", "Memory"])
    settings, _ = book.settings()
    mailboxes = Mailboxes(all=tuple(p.mailbox for p in whole.config.mailboxes))
    left = waits_for(
        place.mailbox,
        mailboxes,
        pairings=tuple(read_pairings(book.contents("Pairings"))),
        memory=read_memory(book.contents("Memory")),
        settings=settings,
        today=whole.clock().date(),
    )
    own = its.owner.owned_programme
    own.read(["Pairings"])
    theirs = [p for p in read_pairings(own.contents("Pairings")) if p.mailbox == place.mailbox]
    if not left and theirs:
        left = "“check_roster” has not taken over yet what its last jobs wrote"
    if left:
        return f"closing, and may not go yet: {left}."
    return "it may go: take it out of “mailboxes” in terraform.tfvars, and apply. Export it first."
