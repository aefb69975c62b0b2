"""Attribution lines above a quote, "On 3 May 2026 Anna wrote:", told by their structure in any language."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property
from itertools import islice

from peerpact.programme.replies.client_words import client_words
from peerpact.programme.replies.evidence import (
    ADDRESS,
    BRACKETED,
    CLOSE,
    DIGITS,
    LONGEST_LINE,
    MACHINE_TIME,
    TIME,
    ZONE,
    Span,
    has_address,
    has_date,
    has_verb,
    has_year,
    is_exact,
    is_lead,
    is_timed,
    words_in,
)
from peerpact.programme.replies.header_blocks import label_of
from peerpact.programme.replies.ours import OurLetters

_LEAD_WITHIN = re.compile(r"(?P<gap>[ \-—–]{1,12})(?=[^\W\d_][^\W\d_']{0,9}\.? )")
_MOST_SCRAPS = 3
_LONGEST_SCRAP = 30
_LONGEST_WRITER = 40
_WEEKDAY = re.compile(r"[^\W\d_]{1,5}[.,]{1,2}")
_COLON = re.compile(r"(?<!\d)[:：]|[:：](?! ?\d)")
"""None of a time."""


def ends_like_header(line: str) -> bool:
    """Tell whether a line is worth a look as the end of an attribution."""
    text = line.strip()
    if not text or len(text) > LONGEST_LINE:
        return False
    if CLOSE.search(text) or text.endswith("--"):
        return True
    return (any(c.isdigit() for c in text) and text[:1] not in "<|") or _names_a_writer(text)


def _names_a_writer(text: str) -> bool:
    """Tell of "Bob Smith wrote" without a colon, as forums write it."""
    return (
        len(text) <= _LONGEST_WRITER and text[:1].isupper() and text.count(" ") >= 2 and has_verb(text[-10:])
    )


class _Header:
    """A possible attribution: its lines joined, and what was found in them."""

    def __init__(self, joined: str, *, quoted_next: bool, ours: OurLetters) -> None:
        self.text = joined
        self.quoted_next = quoted_next
        self._ours = ours

    @cached_property
    def is_dated(self) -> bool:
        return has_date(self.text)

    @cached_property
    def is_addressed(self) -> bool:
        return has_address(self.text)

    @cached_property
    def is_bracketed(self) -> bool:
        return bool(BRACKETED.search(self.text))

    @cached_property
    def has_verb(self) -> bool:
        return self.opens or has_verb(self.text)

    @cached_property
    def opens(self) -> bool:
        """Tell whether it begins with a verb, as "Quoting Anna" does."""
        return self.text.casefold().startswith(client_words().openers)

    @cached_property
    def names_us(self) -> bool:
        return self._ours.is_mentioned(self.text)

    @cached_property
    def words(self) -> int:
        return words_in(self.text)

    @property
    def has_time(self) -> bool:
        return bool(TIME.search(self.text.translate(DIGITS)))

    @property
    def is_told(self) -> bool:
        """Tell whether somebody says "I wrote to ..." with nothing quoted below: no mail program does."""
        if self.quoted_next or self.is_bracketed:
            return False
        return not client_words().tellers.isdisjoint(self.text.casefold().replace("’", "'").split())

    @property
    def is_strong(self) -> bool:
        """A date and an address or our name; without a quote below, also a verb or the address in brackets."""
        if not self.is_dated or not (self.is_addressed or self.names_us) or self.words > 45 or self.is_told:
            return False
        if self.quoted_next and (self.is_bracketed or self.has_verb or is_lead(self.text)):
            return True
        if self.is_bracketed and (self._is_short_of_prose or self.has_verb):
            return True
        return (self.has_verb and self.has_time) or bool(ZONE.search(self.text))

    @property
    def is_led(self) -> bool:
        """A date and a verb in a line that begins as such a header does; programs also write the time."""
        if not (self.quoted_next or self.has_time or self._is_brief) or self.is_told:
            return False
        if not self.is_dated or not self.has_verb:
            return False
        return (self.words <= 22 and is_lead(self.text)) or (self.words <= 14 and is_timed(self.text))

    @property
    def _is_brief(self) -> bool:
        """A year, and a verb as the last word of a few: "On Nov 26, 2013 you wrote:"."""
        return self.words <= 8 and has_verb(self.text[-12:]) and has_year(self.text)

    @property
    def is_weak(self) -> bool:
        """An address (or our name) and a verb; a date and a verb; or, above a quote, a date in first place."""
        named = self.is_addressed or (self.quoted_next and self.names_us)
        dated = self.is_dated and (self.quoted_next or self.names_us)
        if not self.quoted_next and not self.is_bracketed and not has_verb(self.text[-25:]):
            return False
        if self.is_told:
            return False
        if (named or dated) and self.words <= 22 and (self.has_verb or (named and self.opens)):
            return True
        if not self.quoted_next or len(self.text) > 140:
            return False
        return self.opens or (self.words <= 14 and has_date(self.text[:60]) and is_lead(self.text))

    @property
    def is_dated_only(self) -> bool:
        """A short line with a date and a time above a quote: the verb may be of a language that we don't know."""
        return self.quoted_next and self.is_dated and self.has_time and self.words <= 10

    @property
    def is_name_only(self) -> bool:
        """Tell of "Bob Smith wrote:" above a quote; "He wrote:" and what is in lower case are somebody's own words."""
        folded = self.text.casefold().rstrip(" :：")
        verb = next(
            (v for v in client_words().verbs if folded.endswith(f" {v}") or folded.startswith(f"{v} ")), ""
        )
        name = folded.replace(verb, "").split()
        if not self.quoted_next or not verb or not 2 <= len(name) <= 4 or len(self.text) > 60:
            return False
        capital = sum(word[0].isupper() for word in self.text.split())
        return capital >= len(name) and client_words().tellers.isdisjoint(name)

    @property
    def _is_short_of_prose(self) -> bool:
        text = ADDRESS.sub("", self.text)
        return is_lead(self.text) or self.text.startswith(("<", '"')) or words_in(text) <= 12


def attribution_ending_at(
    lines: Sequence[str], at: int, *, quoted_next: bool, ours: OurLetters
) -> Span | None:
    """Return the lines that say who wrote the quote below, if the line at ``at`` ends such a header."""
    last = lines[at].strip()
    if not last or len(last) > LONGEST_LINE:
        return None
    if not CLOSE.search(last):
        return _dashed(lines, at) or _unclosed(lines, at, quoted_next=quoted_next)
    headers = [
        (start, _Header(text, quoted_next=quoted_next, ours=ours)) for start, text in _windows(lines, at)
    ]
    for test in ("is_strong", "is_led", "is_weak"):
        for start, header in headers:
            if getattr(header, test):
                return Span(_with_scraps(lines, _with_beginning(lines, start)), at + 1)
    alone = headers[0][1]
    return Span(at, at + 1) if alone.is_dated_only or alone.is_name_only else None


def _dashed(lines: Sequence[str], at: int) -> Span | None:
    """A header between dashes, on up to three lines: Zoho's, and that of old Android programs."""
    joined = ""
    for start in range(at, max(at - 3, -1), -1):
        joined = f"{lines[start].strip()} {joined}".strip()
        if not joined.endswith("--") or len(joined) > LONGEST_LINE or not lines[start].strip():
            return None
        if joined.startswith("--"):
            return Span(start, at + 1) if _is_told_between_dashes(joined) else None
    return None


def _is_told_between_dashes(text: str) -> bool:
    if has_date(text):
        return has_address(text) or has_verb(text)
    return text.startswith("---") and text.endswith("---") and has_verb(text) and words_in(text) <= 5


def _unclosed(lines: Sequence[str], at: int, *, quoted_next: bool) -> Span | None:
    """Headers that don't end with a colon: time stamps of programs, and what lost its colon."""
    line = lines[at].strip()
    if MACHINE_TIME.match(line.lstrip("> ")) and len(line) <= 120:
        return Span(at, at + 1)
    if _is_whole(line) or _stands_above_labels(lines, at):
        return Span(at, at + 1)
    return _unclosed_above_quote(lines, at) if quoted_next else None


def _is_whole(line: str) -> bool:
    """Tell of "On <date and time> Anna <anna@...> wrote" that no program closed."""
    told = is_exact(line) and is_lead(line) and words_in(line) <= 14
    return told and bool(BRACKETED.search(line)) and has_verb(line[-16:])


def _stands_above_labels(lines: Sequence[str], at: int) -> bool:
    line = lines[at].strip()
    if not (is_lead(line) and has_verb(line) and has_date(line)) or words_in(line) > 14:
        return False
    below = next((text for text in lines[at + 1 : at + 3] if text.strip()), "")
    return label_of(below) is not None and not line.endswith((".", "!", "?"))


def _unclosed_above_quote(lines: Sequence[str], at: int) -> Span | None:
    line = lines[at].strip()
    if _names_a_writer(line) and _Header(line, quoted_next=True, ours=OurLetters()).is_name_only:
        return Span(at, at + 1)
    for start, joined in _windows(lines, at)[:3]:
        closes = joined.endswith(">") and has_address(joined) and words_in(joined) <= 12
        if closes and joined[:1].isdigit() and has_date(joined):
            return Span(start, at + 1)
    if len(line) > 120 or words_in(line) > 12 or not has_date(line):
        return None
    begins = is_lead(line) and has_verb(line) and not line.endswith((".", "!", "?"))
    opens = line.casefold().startswith(client_words().openers) and line.endswith((")", ">"))
    torn_round = line.startswith((":", "：")) and bool(TIME.search(line))
    return Span(at, at + 1) if begins or opens or torn_round else None


def _windows(lines: Sequence[str], at: int) -> list[tuple[int, str]]:
    """Where the header may begin, nearest first, and its text: up to four lines without a blank between."""
    joined = lines[at].strip()
    found = [(at, joined)]
    for start in range(at - 1, max(at - 5, -1), -1):
        text = lines[start].strip()
        if not text and not lines[start + 1].lstrip().startswith("<"):
            break
        if len(text) > 200 or CLOSE.search(text) or len(joined) + len(text) > LONGEST_LINE:
            break
        if text:
            joined = text + joined if text.endswith(("<", "(")) else f"{text} {joined}"
            found.append((start, joined))
    return found


def _with_beginning(lines: Sequence[str], start: int) -> int:
    """Take in the line above when the header visibly began there and was wrapped."""
    for _ in range(2):
        above = start - 1
        first = lines[start].strip()
        if first.startswith("<") and not lines[above].strip():
            above -= 1
        if above < 0 or not lines[above].strip() or len(lines[above]) > 120:
            return start
        text = lines[above].strip()
        if text.casefold() in client_words().leads and is_lead(text):
            return above
        opened = text.endswith(("<", "(")) or text.casefold().startswith(client_words().openers)
        begins = is_lead(text) and any(c.isdigit() for c in text) and not text.endswith((".", "!", "?", ":"))
        if not (
            (opened and not text.endswith(":"))
            or (begins and (first[:1].islower() or not is_lead(first)))
            or (first.startswith(("<", "(<")) and len(text) < 60 and not text.endswith((".", "!", "?", ",")))
        ):
            return start
        start = above
    return start


def _with_scraps(lines: Sequence[str], start: int) -> int:
    """Take in a few scraps above, "On" or "On Thu, Mar", where a program tore the header at odd places."""
    first = lines[start].lstrip(" *_-—>")
    if start == 0 or (is_lead(first) and not first[:1].isdigit()):
        return start
    for above in range(start - 1, max(start - _MOST_SCRAPS - 1, -1), -1):
        text = lines[above].strip()
        if not _is_scrap(text):
            return start
        if is_lead(text) and text[:1].isupper():
            return above
        if above == start - 1 and first[:1].isdigit() and _WEEKDAY.fullmatch(text):
            return above
    return start


def _is_scrap(text: str) -> bool:
    """Tell whether a line is a few words that end no sentence: "Le jeu." is short for a day."""
    words = text.split()
    if not words or len(text) > _LONGEST_SCRAP or len(words) > 4 or text.endswith(("!", "?", ":")):
        return False
    return not text.endswith(".") or (len(words) <= 3 and len(words[-1]) <= 5)


def split_attribution(line: str, ours: OurLetters) -> tuple[str, ...] | None:
    """Part a line that holds an attribution and somebody's words before it, or the quote after it, or both."""
    own, rest = _without_own_words(line[:LONGEST_LINE])
    head, quote = _without_quote(rest + line[LONGEST_LINE:], ours)
    parts = tuple(part for part in (own, head, quote) if part)
    return parts if len(parts) > 1 else None


def _without_own_words(line: str) -> tuple[str, str]:
    """Part "thanks On Wed, Apr 4, 2012 at 3:59 PM, bob@... wrote:" where the attribution begins."""
    if not CLOSE.search(line) or not is_exact(line) or not has_verb(line):
        return "", line
    for found in _LEAD_WITHIN.finditer(line):
        own, head = line[: found.start()].rstrip(" -—–"), line[found.end("gap") :]
        is_own = any(c.isalnum() for c in own) and "@" not in own and not is_lead(own)
        begins = head[0].isupper() and is_lead(head) and is_exact(head) and has_verb(head)
        if is_own and begins and (has_address(head) or words_in(head) <= 10):
            return own, head
    return "", line


def _without_quote(line: str, ours: OurLetters) -> tuple[str, str]:
    """Part an attribution from the quote that follows it on its line, as Yahoo's Android program writes."""
    if CLOSE.search(line[:LONGEST_LINE].strip()) or not line.strip():
        return line, ""
    bracket = line.find(">", 0, LONGEST_LINE)
    colon = _COLON.search(line, bracket, bracket + 60) if bracket > 0 else None
    head, rest = (line[: colon.end()], line[colon.end() :].strip()) if colon else (line, "")
    if rest and BRACKETED.search(head) and has_verb(head[bracket:]):
        header = _Header(head, quoted_next=False, ours=ours)
        return (head, rest) if header.is_strong or head.startswith("<") else (line, "")
    return _without_quote_of_a_name(line)


def _without_quote_of_a_name(line: str) -> tuple[str, str]:
    """The same with a name alone: "On 03/19/2013 at 9:19 AM, Anna wrote:Hello"."""
    for found in islice(_COLON.finditer(line, 0, 200), 6):
        head, rest = line[: found.end()], line[found.end() :].strip()
        if rest and has_verb(head[-16:]) and is_exact(head) and is_lead(head) and words_in(head) <= 14:
            told = not client_words().tellers.isdisjoint(head.casefold().split())
            return (line, "") if told else (head, rest)
    return line, ""
