"""``peerpact erase``: what a company leaves behind when it leaves, step by step.

It acts as the mentoring mailbox, which owns the spreadsheets, the meetings and the letters; where there are several, as
each.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial

from peerpact.config import MailboxPlace
from peerpact.errors import GoogleError
from peerpact.google.access import Access
from peerpact.google.calendars import Calendar
from peerpact.google.mail import Mailbox
from peerpact.google.scopes import EVENTS, MODIFY
from peerpact.operating.installation import Installation

BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing that is erased: its kind, what it is in a sentence, and how. Done again, it does nothing."""

    kind: str
    words: str
    do: Callable[[], object]


def erase(it: Installation, *, cancel_meetings: bool) -> list[Step]:
    """Return what erasing comes to, in an order in which a run that died can be begun again; nothing is done yet."""
    each = {place.mailbox: its.access(EVENTS, MODIFY) for place, its in it.each}
    all_of_them = {it.config.mailbox: it.access(EVENTS, MODIFY)} | each
    steps: list[Step] = []
    for access in all_of_them.values() if cancel_meetings else ():
        steps += _meetings(access.calendar, it.clock())
    for access in all_of_them.values():
        steps += _letters(access.mailbox)
    for place, _ in it.each:
        steps += _of_mailbox(place, each[place.mailbox])
    return [*steps, *_spreadsheets(it, it.access(EVENTS, MODIFY))]


def _meetings(calendar: Calendar, now: datetime) -> Iterator[Step]:
    for event in calendar.ours(now):
        if not event.is_cancelled:
            words = f"Cancel the meeting {event.id[:9]}; its guests get a mail"
            yield Step(kind="meeting to cancel", words=words, do=partial(calendar.cancel, event.id))


def _letters(mailbox: Mailbox) -> Iterator[Step]:
    mails = {s.message_id for s in mailbox.sent_by_key(BEGINNING).values()} | set(mailbox.labelled())
    for draft in sorted(mailbox.drafts_by_key().values()):
        words = f"Delete the draft {draft}"
        yield Step(kind="draft to delete", words=words, do=partial(mailbox.delete_draft, draft))
    for mail in sorted(mails):
        words = f"Move the mail {mail} to the bin"
        yield Step(kind="mail to move to the bin", words=words, do=partial(mailbox.trash, mail))
    for label in mailbox.our_labels():
        words = f"Delete the label {label}"
        yield Step(kind="label to delete", words=words, do=partial(mailbox.delete_label, label))


def _of_mailbox(place: MailboxPlace, access: Access) -> Iterator[Step]:
    """Yield what goes of one of several mailboxes: nobody but the jobs can open it, and nothing of admins' is there."""
    yield from _ledger(place.ledger, access, f" of {place.mailbox}")
    if _is_there(access, place.share):
        words = f"Delete the share of {place.mailbox}, its older versions too: for good"
        do = partial(access.spreadsheets.delete, place.share)
        yield Step(kind="share to delete for good", words=words, do=do)


def _ledger(key: str, access: Access, whose: str = "") -> Iterator[Step]:
    if _is_there(access, key):
        words = (
            f"Delete the ledger{whose} with everything that was promised, its older versions too: for good"
        )
        do = partial(access.spreadsheets.delete, key)
        yield Step(kind="ledger to delete for good, with everything that was promised", words=words, do=do)


def _spreadsheets(it: Installation, access: Access) -> Iterator[Step]:
    if "ledger" in it.keys:
        yield from _ledger(it.keys["ledger"], access)
    wishes = it.keys.get("wishes", "")
    if wishes and _is_there(access, wishes):
        words = "Delete the spreadsheet of private wishes, its older versions too: for good"
        do = partial(access.spreadsheets.delete, wishes)
        yield Step(kind="spreadsheet of private wishes to delete for good", words=words, do=do)
    if _is_there(access, it.keys["programme"]):
        words = "Move the programme spreadsheet, with the admins' own tabs, to Drive's bin for 30 days"
        do = partial(access.spreadsheets.bin, it.keys["programme"])
        yield Step(
            kind="programme spreadsheet to move to Drive's bin for 30 days, with the admins' own tabs",
            words=words,
            do=do,
        )


def _is_there(access: Access, key: str) -> bool:
    try:
        return not access.spreadsheets.is_binned(key)
    except GoogleError as error:
        if error.status != 404:
            raise
        return False
