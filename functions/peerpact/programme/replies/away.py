"""The span of an absence that an automatic reply tells, where it tells one for certain.

Such notes name an end in two ways: the last day away (until 14 July) and the first day back (back on 15 July). All that
a note says must come to one end, whatever it says of days otherwise; else nothing is concluded from it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from peerpact.programme.days_off import Absence, is_weekday, working_days_after
from peerpact.programme.keys import short_key
from peerpact.programme.people import Person
from peerpact.programme.replies.answer_words import AnswerWords, answer_words, languages_read
from peerpact.programme.replies.answered_letter import AnsweredLetter, letter_answered
from peerpact.programme.replies.client_words import client_words
from peerpact.programme.replies.dates import date_at, dates_in
from peerpact.programme.replies.phrases import words_of
from peerpact.programme.replies.ranges import range_in
from peerpact.programme.replies.seen import MailSeen, RepliesSeen
from peerpact.programme.replies.sender import Verdict
from peerpact.programme.replies.sentences import sentences
from peerpact.programme.replies.spans import When
from peerpact.programme.requests import Request, Wish, leave_in

LONGEST = timedelta(days=366)
"""An end that is further off is a slip, or no leave any more: that is a person's to say."""
_MOST_LINES = 40
_ONE = timedelta(days=1)
_ENDS = {"until", "by"}
_SAID = {*_ENDS, "back_on", "from"}
_GUESSED = "a return"
"""Of a day without a word before it, in a line about coming back."""
_DASHES = {"-", "–", "—"}
_PLACED = {"", "on", "from", "in"}


def absence_in(text: str, subject: str, on: date) -> Absence | None:
    """Return from when (no earlier than the note) until when its writer is away; None where that is not certain.

    The words of every language that we read are tried, as notes are often in two; they must not contradict.
    """
    lines = _lines(subject, text)
    read = [_days_in(lines, answer_words(code), on) for code in languages_read()]
    worded = {(day.first, day.last) for days in read for day in days if day.said in _SAID}
    found = [span for days in read if (span := _span(days, worded))]
    firsts, lasts = {first for first, _ in found if first}, {last for _, last in found}
    last = lasts.pop() if len(lasts) == 1 else None
    first = max(on, *firsts) if len(firsts) == 1 else on
    return Absence(first=first, last=last) if last and first <= last <= on + LONGEST else None


def leave_told(mail: MailSeen, seen: RepliesSeen) -> tuple[Request, ...]:
    """Return the leave of somebody on the roster that an automatic reply tells, if it is theirs and news."""
    person = _sender(mail, seen)
    on = mail.received.date()
    absence = absence_in(mail.reply.text, mail.reply.subject, on) if person else None
    if (
        person is None
        or absence is None
        or absence in leave_in(seen.programme.requests).get(person.email, ())
    ):
        return ()
    return (
        Request(
            id="q-" + short_key("request", mail.id, Wish.AWAY),
            person=person.email,
            kind=Wish.AWAY,
            asked_on=on,
            since=absence.first if absence.first > on else None,
            until=absence.last + _ONE,
        ),
    )


def _sender(mail: MailSeen, seen: RepliesSeen) -> Person | None:
    """Return who wrote it, where the server vouches for them or their letter's own reply address does."""
    if mail.reply.verdict is Verdict.VOUCHED:
        return seen.programme.people.get(seen.aliases.writer_of(mail))
    found = letter_answered(mail, seen)
    return found.person if isinstance(found, AnsweredLetter) else None


def _lines(subject: str, text: str) -> list[str]:
    return [subject, *text.split("\n")[:_MOST_LINES]]


def _days_in(lines: Sequence[str], known: AnswerWords, on: date) -> list[When]:
    return [when for line in lines for part in sentences(line) for when in _dates(part, line, known, on)]


def _span(
    days: Sequence[When], worded: Collection[tuple[date | None, date | None]]
) -> tuple[date | None, date | None] | None:
    """Return the first and the last day away by one language's words; None where these name no end at all.

    “Feb” is of several languages: what one's own words say of a day (``worded``) is not guessed at by another.
    """
    sure = (d for d in days if d.said != _GUESSED or (d.first, d.last) not in worded)
    dates = [replace(d, said="back_on") if d.said == _GUESSED else d for d in sure]
    ends = [when for when in dates if when.said in _ENDS or when.said == "back_on"]
    if not ends:
        return None
    lasts = {_last_day(when) for when in ends}
    return _first_day(dates), _one_of(lasts)


def _dates(part: str, line: str, known: AnswerWords, on: date) -> Iterator[When]:
    """Yield the days that a sentence names; “from August - October” ends with the second."""
    words = words_of(part, known.writing.spelling)
    found = dates_in(words, known, on)
    if span := range_in([w for w in found if not w.is_recurring], words, known):
        first, end = span
        yield replace(end, first=first, last=first, said="from")
        yield replace(end, said="until")
        found = tuple(w for w in found if w.start > end.start)
    elif any(m.sort == "absences" for m in known.promises.everywhere(words)):
        found = tuple(e for w in found for e in _ends_of(w, found, words, known, on))
    before: When | None = None
    for when in found:
        is_end = False
        if before:
            yield before
            between = words[before.end : when.start]
            is_range = bool(between) and all(word in _DASHES for word in between)
            is_end = is_range and before.said == "from" and not when.said
        before = replace(when, said="until") if is_end else when
    if before:
        yield _as_return(before, line) if before.said in _PLACED else before


def _ends_of(
    when: When, found: Sequence[When], words: Sequence[str], known: AnswerWords, on: date
) -> Iterator[When]:
    """Yield a day, or of "on leave for two weeks" and "away next week" the ends of it; counted from the note's day."""
    if when.unit == "count" and when.said == "for":
        begin = next((w.first for w in found if w.said == "from" and w.first), on)
        counted = date_at(words, when.start, known.dates, begin)
        last = counted.last - _ONE if counted and counted.last else None
        yield replace(when, first=last, last=last, said="until")
    elif when.unit in {"week", "month"} and when.said in {"", "in", "for"} and when.first and when.last:
        if when.first > on:
            yield replace(when, last=when.first, said="from")
        yield replace(when, first=when.last, said="until")
    else:
        yield when


def _as_return(when: When, line: str) -> When:
    """Return the last day of a line about coming back as the first day back: back in the office on 15 July."""
    said = f" {line.casefold()} "
    is_return = any(phrase in said for phrase in client_words().away_notes.returns)
    return replace(when, said=_GUESSED) if is_return else when


def _last_day(when: When) -> date | None:
    if when.said == "back_on":
        return when.first - _ONE if when.first else None
    return when.last


def _one_of(lasts: set[date | None]) -> date | None:
    """Return the one last day that all ends come to: until Friday and back on Monday are the same."""
    known = sorted(day for day in lasts if day)
    if len(known) != len(lasts):
        return None
    next_days = {working_days_after(day, 1, is_weekday) for day in known}
    return known[-1] if len(next_days) == 1 else None


def _first_day(dates: Sequence[When]) -> date | None:
    firsts = {when.first for when in dates if when.said == "from" and when.first}
    return firsts.pop() if len(firsts) == 1 else None
