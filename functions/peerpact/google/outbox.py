"""Letters that leave once: ledger row, draft, send of that draft, ledger row.

A row *planned* comes first; a draft is made and its id written down (*drafted*); the draft is sent, which
consumes it, and the row says *sent*. A run that died anywhere is taken up by the next one: a planned letter whose
draft exists is found by its key; a draft that is gone was sent (it is found among the sent) or was removed by a
person (*needs review*). A draft is never made a second time for a row that has one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from functools import cached_property

from peerpact import logs
from peerpact.google.mail import Mailbox, Sent
from peerpact.google.sheets import Upsert, Workbook
from peerpact.programme.correspondence import LetterRecord, LetterState
from peerpact.tables.records import as_row, read_letters

MOST_A_DAY = 1900
"""Gmail sends 2,000 mails in any 24 hours and then blocks the mailbox (support.google.com/a/answer/166852).

What a spreadsheet's letters leave of it is for the few of the other one.
"""
LETTERS_PER_CHECKPOINT = MOST_A_DAY
"""Three writes to the sheet for so many letters, which is all that one run may send: the writes don't grow with the
number of people. A run that dies in between is taken up by the letters' keys."""
DONE = {LetterState.SENT, LetterState.NEEDS_REVIEW}


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterToSend:
    """A letter decided on: its row, and how to make the message when its turn comes."""

    record: LetterRecord
    message: Callable[[], EmailMessage]
    thread_id: str = ""


class Outbox:
    """Sends letters from the mailbox and keeps the tab Letters of one spreadsheet."""

    def __init__(self, mailbox: Mailbox, workbook: Workbook) -> None:
        self._mailbox = mailbox
        self._workbook = workbook
        self._sent_found: dict[str, Sent] = {}

    def send(
        self, letters: Sequence[LetterToSend], *, now: Callable[[], datetime], time_left: Callable[[], bool]
    ) -> tuple[list[LetterRecord], bool]:
        """Send letters, some at a time, the longest due first, and no more than Gmail takes in a day.

        Returns their rows, and whether there was time for all of them.
        """
        known = read_letters(self._workbook.contents("Letters"))
        waiting = [letter for letter in letters if not _is_done(letter, known)]
        waiting.sort(
            key=lambda letter: letter.record.key not in known
        )  # begun before, else in the order given
        left = max(0, MOST_A_DAY - _sent_since(known, now() - timedelta(days=1)))
        letters, has_more = waiting[:left], len(waiting) > left
        sent: list[LetterRecord] = []
        for start in range(0, len(letters), LETTERS_PER_CHECKPOINT):
            if not time_left():
                return sent, False
            sent += self._send_some(letters[start : start + LETTERS_PER_CHECKPOINT], known, now, time_left)
        return sent, not has_more and all(row.state in DONE for row in sent)

    def _send_some(
        self,
        letters: Sequence[LetterToSend],
        known: Mapping[str, LetterRecord],
        now: Callable[[], datetime],
        time_left: Callable[[], bool],
    ) -> list[LetterRecord]:
        rows = [known.get(letter.record.key, letter.record) for letter in letters]
        unfinished = [
            i for i, row in enumerate(rows) if row.state in {LetterState.PLANNED, LetterState.DRAFTED}
        ]
        self._write(rows[i] for i in unfinished)
        for i in unfinished:
            if time_left():
                rows[i] = self._drafted(rows[i], letters[i], is_new=letters[i].record.key not in known)
        self._write(rows[i] for i in unfinished)
        for i in unfinished:
            if time_left() and rows[i].state is LetterState.DRAFTED:
                rows[i] = self._sent(rows[i], now())
        self._write(rows[i] for i in unfinished)
        return rows

    def _drafted(self, row: LetterRecord, letter: LetterToSend, *, is_new: bool) -> LetterRecord:
        if row.state is LetterState.DRAFTED:
            return row
        if not is_new and row.key in self._left_drafts:
            return replace(row, state=LetterState.DRAFTED, draft_id=self._left_drafts[row.key])
        if not is_new and self._found_sent(row):
            return replace(row, state=LetterState.DRAFTED)
        message = letter.message()
        draft = self._mailbox.create_draft(message, thread_id=letter.thread_id)
        logs.note("letter", row.key, "drafted")
        return replace(
            row, state=LetterState.DRAFTED, draft_id=draft, rfc_message_id=str(message["Message-ID"])
        )

    def _sent(self, row: LetterRecord, now: datetime) -> LetterRecord:
        sent = self._mailbox.send_draft(row.draft_id) if row.draft_id else None
        sent = sent or self._found_sent(row)
        logs.note("letter", row.key, "sent" if sent else "needs review")
        if sent is None:
            return replace(row, state=LetterState.NEEDS_REVIEW)
        return replace(
            row, state=LetterState.SENT, sent=now, message_id=sent.message_id, thread_id=sent.thread_id
        )

    @cached_property
    def _left_drafts(self) -> dict[str, str]:
        """What runs that died left in Drafts; looked up only when a planned letter is taken up again."""
        return self._mailbox.drafts_by_key()

    def _found_sent(self, row: LetterRecord) -> Sent | None:
        """Look among what was sent since the letter was planned; only when its draft is gone.

        What was found for one letter serves the next ones; a letter not among it may have left since, so it is
        looked for anew.
        """
        if row.key not in self._sent_found:
            since = row.planned - timedelta(days=1) if row.planned else datetime.fromtimestamp(0, UTC)
            self._sent_found |= self._mailbox.sent_by_key(since)
        return self._sent_found.get(row.key)

    def _write(self, rows: Iterable[LetterRecord]) -> None:
        self._workbook.commit([Upsert("Letters", [as_row(row) for row in rows])])


def _is_done(letter: LetterToSend, known: Mapping[str, LetterRecord]) -> bool:
    return known.get(letter.record.key, letter.record).state in DONE


def _sent_since(known: Mapping[str, LetterRecord], moment: datetime) -> int:
    return sum(row.sent is not None and row.sent > moment for row in known.values())
