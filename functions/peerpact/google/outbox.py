"""Letters that leave once: ledger row, draft, send of that draft, ledger row.

A row *planned* comes first; a draft is made and its id written down (*drafted*); the draft is sent, which
consumes it, and the row says *sent*. A run that died anywhere is taken up by the next one: a planned letter whose
draft exists is found by its key; a draft that is gone was sent (it is found among the sent) or was removed by a
person (*needs review*). A draft is never made a second time for a row that has one.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage

from peerpact import logs
from peerpact.errors import OutOfTime, PeerpactError
from peerpact.google.apart import Apart, in_parts, is_about_items, is_for_good
from peerpact.google.columns import cells_in
from peerpact.google.mail import Mailbox, Sent
from peerpact.google.pace import Pace, patience
from peerpact.google.sheets import Upsert, Workbook
from peerpact.google.workers import Workers
from peerpact.programme.correspondence import (
    DAY,
    MOST_A_DAY,
    MOST_BEGUN_A_DAY,
    Left,
    LetterRecord,
    LetterState,
    is_whole,
    left,
    places,
)
from peerpact.programme.sentences import in_language
from peerpact.tables.records import as_row, read_letters

A_MOMENT = 5.0
"""Seconds between two looks whether a run's time is up."""
MOST_LOOKED_AT = 100
"""So many mails in Sent of which no row tells are looked at for a letter that would be sent again."""
LOST_FOR = timedelta(days=45)
"""Letters that were sent longer ago are not due again."""
DONE = {LetterState.SENT, LetterState.NEEDS_REVIEW}
LONG_AGO = datetime(1970, 1, 2, tzinfo=UTC)
Along = Callable[[Collection[str]], Sequence[Upsert]]
"""What is written at the moment at which letters of these keys are first on record: it counts if they are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterToSend:
    """A letter decided on: its row, and how to make the message when its turn comes."""

    record: LetterRecord
    message: Callable[[], EmailMessage]
    thread_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Posted:
    """What came of sending."""

    rows: tuple[LetterRecord, ...]
    asked: int
    """Letters for which there was room in the day."""
    refused: tuple[LetterRecord, ...]
    """Letters that Google refuses, or that can't be written, now or earlier today."""
    waiting: int
    """Letters that wait for another day, undecided still: the next run decides on them again, under the same keys."""

    @property
    def finished(self) -> bool:
        """Tell whether there was time for all for which the day had room; what was refused waits for a reason."""
        return len(self.rows) == self.asked and all(row.state in DONE or row.refused for row in self.rows)

    @property
    def sent(self) -> int:
        return sum(row.state is LetterState.SENT for row in self.rows)

    def is_done(self, key: str) -> bool:
        """Tell whether a letter has left, or waits for a person's look, and its row says so."""
        return any(row.key == key and row.state in DONE and not row.refused for row in self.rows)


class Outbox:
    """Sends letters from the mailbox and keeps the tab Letters of one spreadsheet; says why not in ``language``.

    It waits for room in the day by ``pace``; with none it takes what has room at once.
    """

    def __init__(
        self,
        mailbox: Mailbox,
        workbook: Workbook,
        workers: Workers,
        *,
        language: str,
        pace: Pace | None = None,
    ) -> None:
        self._language = language
        self._pace = pace
        self._mailbox = mailbox
        self._workbook = workbook
        self._workers = workers

    def send(
        self,
        letters: Sequence[LetterToSend],
        *,
        now: Callable[[], datetime],
        time_left: Callable[[], bool],
        elsewhere: Left,
        are_answers: bool = False,
        along: Along = lambda _: (),
    ) -> Posted:
        """Send letters, those begun before first, else in the order given, and no more than may leave in a day.

        ``elsewhere`` is when letters left the mailbox, in the last 24 hours, that another spreadsheet keeps;
        ``along`` what else there is to write of letters, by their keys, together with their rows.
        """
        known = read_letters(self._workbook.contents("Letters"))
        undone = [letter for letter in letters if not _is_done(letter, known)]
        again = [known[x.record.key] for x in undone if _was_refused(x, known, now())]
        waiting = [letter for letter in undone if not _was_refused(letter, known, now())]
        waiting.sort(key=lambda letter: letter.record.key not in known)
        gone = elsewhere + left(known, now() - DAY)
        begun = None if are_answers else MOST_BEGUN_A_DAY
        room = places(gone, now(), begun=begun, of_all=MOST_A_DAY, within=patience(self._pace))
        asked = waiting[: len(room)]
        rows = self._send_some(asked, room, known, now, time_left, along) if time_left() else []
        return Posted(
            rows=tuple(rows),
            asked=len(asked),
            refused=(*again, *(row for row in rows if row.refused)),
            waiting=len(waiting) - len(asked),
        )

    def _send_some(
        self,
        letters: Sequence[LetterToSend],
        room: Sequence[datetime],
        known: Mapping[str, LetterRecord],
        now: Callable[[], datetime],
        time_left: Callable[[], bool],
        along: Along,
    ) -> list[LetterRecord]:
        rows = [replace(known.get(letter.record.key, letter.record), refused="") for letter in letters]
        gone: list[int] = []

        def draft(i: int) -> None:
            rows[i] = self._drafted(rows[i], letters[i])

        def send(i: int) -> None:
            self._wait_until(room[i], now, time_left)
            draft_id = rows[i].draft_id  # a state that somebody typed over may name none
            sent = self._mailbox.send_draft(draft_id) if draft_id else None
            if sent is None:
                gone.append(i)
            else:
                rows[i] = _sent(rows[i], sent, now())

        self._recognise([i for i, row in enumerate(rows) if row.key not in known], rows, known, now())
        self._write(rows, now(), along)  # at this point and twice more, however many letters there are
        self._take_up([i for i, row in enumerate(rows) if row.key in known], rows, known, now())
        troubles = [
            self._each(draft, LetterState.PLANNED, rows, now, time_left),
            self._each(send, LetterState.DRAFTED, rows, now, time_left),
        ]
        self._judge(gone, rows, known, now())
        if gone:
            troubles.append(self._each(send, LetterState.DRAFTED, rows, now, time_left))
        for trouble in filter(None, troubles):
            raise trouble
        return rows

    def _wait_until(
        self, moment: datetime, now: Callable[[], datetime], time_left: Callable[[], bool]
    ) -> None:
        """Let time pass until there is room for a letter.

        Raises:
            OutOfTime: the run's own time is up before.
        """
        while self._pace and (seconds := (moment - now()).total_seconds()) > 0:
            if not time_left():
                raise OutOfTime("there was no room in the day for the next letter before the deadline")
            self._pace.wait(min(seconds, A_MOMENT))

    def _each(
        self,
        step: Callable[[int], None],
        state: LetterState,
        rows: list[LetterRecord],
        now: Callable[[], datetime],
        time_left: Callable[[], bool],
    ) -> PeerpactError | None:
        """Take letters in a state one step on, several at a time; write down how far they came even if one fails.

        Returns what is wrong with the whole, or with one that could not be reached: the others still go on.
        """
        some = [i for i, row in enumerate(rows) if row.state is state and not row.refused]
        try:
            failed = Apart(self._workers).each(step, some, time_left)
            for i in (i for i, error in failed.items() if is_for_good(error)):
                rows[i] = self._refused(rows[i], failed[i], now())
                logs.note("letter", rows[i].key, "refused")
            return next((error for error in failed.values() if not is_for_good(error)), None)
        except PeerpactError as error:
            if not is_about_items(error):
                raise
            return error
        finally:
            self._write(rows, now())

    def _recognise(
        self, fresh: Sequence[int], rows: list[LetterRecord], known: Mapping[str, LetterRecord], now: datetime
    ) -> None:
        """Find letters that were begun although no row says so: an older spreadsheet was restored, a row was edited.

        Looked at are drafts and the newest mails in Sent whose ids no row has, but one whose key was edited; and not
        very many mails, unless one of these letters is among them.
        """
        wanted = {rows[i].key for i in fresh}
        if not wanted:
            return
        whole, since = [row for row in known.values() if row.is_whole], now - LOST_FOR
        ids = {row.message_id for row in whole} | {i for key, i in on_record(self._workbook) if is_whole(key)}
        found = self._mailbox.sent_by_key(since, wanted, but_for=ids, at_most=MOST_LOOKED_AT)
        if found and len(found) < len(wanted):
            found = self._mailbox.sent_by_key(since, wanted, but_for=ids)
        for i in (i for i in fresh if rows[i].key in found):
            logs.note("letter", rows[i].key, "found among the sent")
            rows[i] = _sent(rows[i], found[rows[i].key], found[rows[i].key].at or now)
        self._find_drafts([i for i in fresh if rows[i].key not in found], rows, whole, known)

    def _take_up(
        self,
        begun: Sequence[int],
        rows: list[LetterRecord],
        known: Mapping[str, LetterRecord],
        now: datetime,
    ) -> None:
        """Find what became of letters that an earlier run planned: it may have made a draft and died.

        What is in Sent has left, also where a draft of it is found: the spreadsheet may be an older one that was
        restored, and the draft a second one. It is removed.
        """
        planned = [i for i in begun if rows[i].state is LetterState.PLANNED]
        found = self._find_drafts(planned, rows, rows, known)
        self._look_up(planned, rows, now)
        for i in (i for i in found if rows[i].state is LetterState.SENT):
            self._mailbox.delete_draft(rows[i].draft_id)

    def _judge(
        self,
        gone: Sequence[int],
        rows: list[LetterRecord],
        known: Mapping[str, LetterRecord],
        now: datetime,
    ) -> None:
        """Tell of letters whose draft is gone whether they were sent, or a person removed the draft.

        They wait while a mail in Sent that may be one of them can't be read. One whose row named no draft of its own
        has it now, and can be sent.
        """
        unread = self._look_up(gone, rows, now)
        unsent = [i for i in gone if rows[i].state is LetterState.DRAFTED]
        found = self._find_drafts(unsent, rows, rows, known)
        for i in (i for i in unsent if i not in found):
            if unread:
                why = f"{now.date()} whether it was sent is unclear while a mail in Sent can't be read"
                rows[i] = replace(rows[i], refused=f"{why}: {unread[0]}")
            else:
                rows[i] = replace(rows[i], state=LetterState.NEEDS_REVIEW)
                logs.note("letter", rows[i].key, "draft is gone")
        self._write(rows, now)

    def _find_drafts(
        self,
        which: Sequence[int],
        rows: list[LetterRecord],
        taken: Iterable[LetterRecord],
        known: Mapping[str, LetterRecord],
    ) -> list[int]:
        """Find drafts of letters by their keys, but for those that rows have taken; return which letters have one.

        A second draft of a letter that is on record as sent is removed, so that nobody sends it by hand.
        """
        drafts = self._mailbox.drafts_by_key(except_for={row.draft_id for row in taken}) if which else {}
        for key, draft in drafts.items():
            if key in known and known[key].state is LetterState.SENT:
                self._mailbox.delete_draft(draft)
        return _put(drafts, which, rows)

    def _look_up(self, which: Sequence[int], rows: list[LetterRecord], now: datetime) -> list[PeerpactError]:
        """Look for letters among what was sent since they were planned; return why some mails there weren't read."""
        if not which:
            return []
        since = min(rows[i].planned or LONG_AGO for i in which) - timedelta(days=1)
        unread: dict[str, PeerpactError] = {}
        found = self._mailbox.sent_by_key(since, {rows[i].key for i in which}, unread=unread)
        for i in (i for i in which if rows[i].key in found):
            rows[i] = _sent(rows[i], found[rows[i].key], now)
        return [*unread.values()]

    def _drafted(self, row: LetterRecord, letter: LetterToSend) -> LetterRecord:
        message = letter.message()
        draft = self._mailbox.create_draft(message, thread_id=letter.thread_id)
        logs.note("letter", row.key, "drafted")
        return replace(
            row, state=LetterState.DRAFTED, draft_id=draft, rfc_message_id=str(message["Message-ID"])
        )

    def _write(self, rows: list[LetterRecord], now: datetime, along: Along = lambda _: ()) -> None:
        """Write rows together; one that the spreadsheet refuses goes no step further."""
        written: set[str] = set()

        def write(some: Sequence[LetterRecord]) -> None:
            keys = written | {row.key for row in some}
            self._workbook.commit([Upsert("Letters", [as_row(row) for row in some]), *along(keys)])
            written.update(keys)

        for row, error in in_parts(write, rows):
            rows[rows.index(row)] = self._refused(row, error, now)

    def _refused(self, row: LetterRecord, error: PeerpactError, now: datetime) -> LetterRecord:
        return replace(row, refused=f"{now.date()} {in_language(error.sentence, self._language)}")


def on_record(workbook: Workbook) -> Iterator[tuple[str, ...]]:
    """Yield key and mail of each letter on the tab Letters, those too that are not held."""
    return cells_in(workbook.contents("Letters"), workbook.grid("Letters"), "key", "message_id")


def _put(drafts: Mapping[str, str], which: Iterable[int], rows: list[LetterRecord]) -> list[int]:
    """Note the drafts that were found, by their letters' keys; return which letters have one."""
    found = [i for i in which if rows[i].key in drafts]
    for i in found:
        rows[i] = replace(rows[i], state=LetterState.DRAFTED, draft_id=drafts[rows[i].key])
    return found


def _was_refused(letter: LetterToSend, known: Mapping[str, LetterRecord], now: datetime) -> bool:
    """Tell whether a letter was refused today; on another day it is tried again."""
    row = known.get(letter.record.key)
    return row is not None and row.refused.startswith(str(now.date()))


def _sent(row: LetterRecord, sent: Sent, now: datetime) -> LetterRecord:
    logs.note("letter", row.key, "sent")
    return replace(
        row, state=LetterState.SENT, sent=now, message_id=sent.message_id, thread_id=sent.thread_id
    )


def _is_done(letter: LetterToSend, known: Mapping[str, LetterRecord]) -> bool:
    return known.get(letter.record.key, letter.record).state in DONE
