"""Attribution lines above a quote, "On 3 May 2026 Anna wrote:", told by their structure in any language."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

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
    is_lead,
    words_in,
)
from peerpact.programme.replies.ours import OurLetters


def ends_like_header(line: str) -> bool:
    """Tell whether a line is worth a look as the end of an attribution."""
    text = line.strip()
    if not text or len(text) > LONGEST_LINE:
        return False
    if CLOSE.search(text) or text.endswith("--"):
        return True
    return any(c.isdigit() for c in text) and text[:1] not in "<|"


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
        return has_verb(self.text)

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
        if self.quoted_next:
            return self.is_bracketed or self.has_verb or is_lead(self.text)
        if self.is_bracketed and (self._is_short_of_prose or self.has_verb):
            return True
        return (self.has_verb and self.has_time) or bool(ZONE.search(self.text))

    @property
    def is_led(self) -> bool:
        """A date and a verb in a line that begins as such a header does; programs also write the time."""
        if not (self.quoted_next or self.has_time) or self.is_told:
            return False
        return self.is_dated and self.words <= 22 and is_lead(self.text) and self.has_verb

    @property
    def is_weak(self) -> bool:
        """An address (or our name) and a verb; a date and a verb; or, above a quote, a date in first place."""
        named = self.is_addressed or (self.quoted_next and self.names_us)
        opener = self.text.casefold().startswith(client_words().openers)
        dated = self.is_dated and (self.quoted_next or self.names_us)
        if not self.quoted_next and not self.is_bracketed and not has_verb(self.text[-25:]):
            return False
        if self.is_told:
            return False
        if (named or dated) and self.words <= 22 and (self.has_verb or (named and opener)):
            return True
        if not self.quoted_next or len(self.text) > 140:
            return False
        return opener or (self.words <= 14 and has_date(self.text[:60]) and is_lead(self.text))

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
        return _dashed(lines, at) or _unclosed(last, at, quoted_next=quoted_next)
    headers = [
        (start, _Header(text, quoted_next=quoted_next, ours=ours)) for start, text in _windows(lines, at)
    ]
    for test in ("is_strong", "is_led", "is_weak"):
        for start, header in headers:
            if getattr(header, test):
                return Span(_with_beginning(lines, start), at + 1)
    alone = headers[0][1]
    return Span(at, at + 1) if alone.is_dated_only or alone.is_name_only else None


def _dashed(lines: Sequence[str], at: int) -> Span | None:
    """Zoho's header between dashes, on up to three lines."""
    joined = ""
    for start in range(at, max(at - 3, -1), -1):
        joined = f"{lines[start].strip()} {joined}".strip()
        if not joined.endswith("--") or len(joined) > LONGEST_LINE or not lines[start].strip():
            return None
        if joined.startswith("--"):
            return Span(start, at + 1) if has_date(joined) and has_address(joined) else None
    return None


def _unclosed(line: str, at: int, *, quoted_next: bool) -> Span | None:
    """Headers that don't end with a colon: Inbox by Gmail's time stamp, old Gmail's date."""
    machine = MACHINE_TIME.match(line.lstrip("> ")) and len(line) <= 120
    old = quoted_next and line[:1].isdigit() and has_date(line) and line.endswith(">") and has_address(line)
    short = quoted_next and len(line) <= 120 and words_in(line) <= 12
    begins = is_lead(line) and has_verb(line) and not line.endswith((".", "!", "?"))
    opens = line.casefold().startswith(client_words().openers) and line.endswith((")", ">"))
    torn_round = line.startswith((":", "：")) and bool(TIME.search(line))
    told = short and has_date(line) and (begins or opens or torn_round)
    return Span(at, at + 1) if machine or old or told else None


def _windows(lines: Sequence[str], at: int) -> list[tuple[int, str]]:
    """Where the header may begin, nearest first, and its text: up to four lines without a blank between."""
    joined = lines[at].strip()
    found = [(at, joined)]
    for start in range(at - 1, max(at - 5, -1), -1):
        text = lines[start].strip()
        if not text and (start == 0 or not lines[start + 1].lstrip().startswith("<")):
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
        if first.startswith("<") and above > 0 and not lines[above].strip():
            above -= 1
        if above < 0 or not lines[above].strip() or len(lines[above]) > 120:
            return start
        text = lines[above].strip()
        if text.casefold() in client_words().leads and is_lead(text):
            return above
        torn = first.startswith(("<", "(")) or first[:1].islower()
        opened = text.endswith(("<", "(")) or text.casefold().startswith(client_words().openers)
        begins = is_lead(text) and any(c.isdigit() for c in text) and not text.endswith((".", "!", "?", ":"))
        if not (
            (torn and begins)
            or (opened and not text.endswith(":"))
            or (begins and not is_lead(first))
            or (first.startswith(("<", "(<")) and len(text) < 60 and not text.endswith((".", "!", "?", ",")))
        ):
            return start
        start = above
    return start


def split_attribution(line: str, ours: OurLetters) -> tuple[str, str] | None:
    """Part an attribution from the quote that follows it on the same line, as Yahoo's Android program writes."""
    bracket = line.find(">", 0, LONGEST_LINE)
    colon = line.find(":", bracket, bracket + 60) if bracket > 0 else -1
    head, rest = line[: colon + 1], line[colon + 1 :].strip()
    if colon < 0 or not rest or not BRACKETED.search(head) or not has_verb(head[bracket:]):
        return None
    header = _Header(head, quoted_next=False, ours=ours)
    return (head, rest) if header.is_strong or head.startswith("<") else None
