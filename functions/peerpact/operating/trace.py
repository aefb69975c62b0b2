"""The life of a key, as the spreadsheets have it: what was planned, sent, answered and taken. No words of people's."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from peerpact.google.access import Access
from peerpact.jobs.archive import whole_archive
from peerpact.logs import key_secret, opaque
from peerpact.operating.every_book import every_book, letters_of_each, of_all
from peerpact.programme.correspondence import LetterRecord, ReplyRecord
from peerpact.programme.meetings.history import all_meetings
from peerpact.programme.pairings import Pairing
from peerpact.tables.records import read_pairings, read_replies


def trace(access: Access, key: str) -> list[str]:
    """Return sentences about everything that a key names, or that a letter of its belongs to; none if nothing is known.

    A key is a letter's key or its reference, a pairing's or an event's id, a mail's id, or what a log line has.

    Raises:
        SheetError: a spreadsheet can't be opened by this account, or lacks a tab.
    """
    key_secret.set(access.config.log_key.encode())
    programmes, ledgers = every_book(access)
    for workbook in programmes:
        workbook.read(["Pairings", "Letters"])
    for workbook in ledgers:
        workbook.read(["Letters", "Replies"])
    books = (*programmes, *ledgers)
    old = {w: whole_archive(w) for w in books}
    letters = letters_of_each(books, old)
    wanted = key.removeprefix("reply:")
    known = of_all("Pairings", lambda c: {p.id: p for p in read_pairings(c)}, programmes, old)
    pairings = [p for p in known.values() if _is_pairing(p, wanted)]
    ids = {p.id for p in pairings}
    replies = [*of_all("Replies", read_replies, ledgers, old).values()]
    asked = {r.letter for r in replies if r.message_id == wanted and r.letter}
    found = [(w, x) for w, some in letters.items() for x in some if _is_letter(x, wanted, ids | asked)]
    keys = {letter.key for _, letter in found}
    said = [_pairing(p) for p in pairings]
    said += [
        _letter(letter, w.name) for w, letter in sorted(found, key=lambda f: (str(f[1].planned), f[1].key))
    ]
    said += [_reply(r) for r in _in_order(replies) if r.message_id == wanted or r.letter in keys]
    return said


def _is_pairing(pairing: Pairing, key: str) -> bool:
    return key in {pairing.id, opaque(pairing.id)} or (len(key) > len(pairing.id) and key in pairing.booking)


def _is_letter(letter: LetterRecord, key: str, also: set[str]) -> bool:
    names = {letter.key, opaque(letter.key), letter.reference, letter.message_id, letter.draft_id}
    return key in names or letter.pairing in also or letter.key in also


def _in_order(replies: Iterable[ReplyRecord]) -> list[ReplyRecord]:
    return sorted(replies, key=lambda r: (r.received, r.message_id))


def _pairing(pairing: Pairing) -> str:
    meetings = [
        f"; meeting {n} {m.state} ({_at(m.start)})" for n, m in enumerate(all_meetings(pairing), start=1)
    ]
    return f"Pairing {pairing.id}: {pairing.state}{''.join(meetings)}."


def _letter(letter: LetterRecord, where: str) -> str:
    times = [f"{name} {_at(at)}" for name, at in (("planned", letter.planned), ("sent", letter.sent)) if at]
    times += [f"answered {_at(letter.answered)}"] if letter.answered else []
    ids = [("pairing", letter.pairing), ("draft", letter.draft_id), ("message", letter.message_id)]
    named = [f"{name} {value}" for name, value in [*ids, ("thread", letter.thread_id)] if value]
    return f"Letter {letter.reference} ({letter.kind}) in {where}: {letter.state}; {', '.join([*times, *named])}."


def _reply(reply: ReplyRecord) -> str:
    """Say what came of a reply, but not what of one that counts: that is between the two of them."""
    what = "it counts" if reply.letter else f"set aside: {reply.taken_as}"
    return f"Reply {reply.message_id}: received {_at(reply.received)}, {reply.kind}, {what}."


def _at(moment: datetime | None) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC" if moment else "no time"
