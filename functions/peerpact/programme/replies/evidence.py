"""What proves that a line was put there by a mail program: a date *and* an address or our name, not its shape.

Every pattern here runs over one line of limited length and can't backtrack far.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from peerpact.programme.replies.client_words import client_words
from peerpact.programme.replies.ours import OurLetters

LONGEST_LINE = 400
"""A longer line is a paragraph of somebody's, never a header."""

_ADDRESS = re.compile(r"[^\s<>()\[\],;:\"'“”«»]{1,64}@[^\s<>()\[\],;:\"'“”«»]{1,190}")
_BRACKETED = re.compile(r"[<(\[][^<>()\[\]\s]{1,64}@[^<>()\[\]\s]{1,190}|mailto:")
_YEAR = re.compile(r"(?<!\d)(?:14|19|20|25)\d\d(?!\d)")
_DIGITS = {zero + n: str(n) for zero in (0x660, 0x6F0, 0x966, 0x9E6, 0xE50, 0xFF10) for n in range(10)}
_TIME = re.compile(r"(?<![\d.])\d{1,2}(?:[:.]| ?[hH時시点點] ?)\d{2}(?!\d|\.\d{4})(?:[:.]\d{2})?")
_SMALL = re.compile(r"(?<![\d:.])[0-3]?\d(?![\d:])")
_NUMERIC_DATE = re.compile(r"(?<!\d)\d{1,4} ?[-/.年] ?\d{1,2} ?[-/.月] ?\d{1,4}(?!\d)")
_MACHINE_TIME = re.compile(r"\d{4}-\d{2}-\d{2} \d{1,2}:\d{2} GMT[+-]\d{1,2}:\d{2}\b")
_ZONE = re.compile(r"\d{1,2}:\d{2}(?::\d{2})? ?(?:[AaPp]\.?[Mm]\.? ?)?(?:GMT|UTC)? ?[+-]\d{2}:?\d{2}\b")
_CLOSE = re.compile(r"[:：︰՝։៖][\s*_]*$")
_LABEL = re.compile(r"^[\s>*_|]{0,12}([^\s:：*_>|][^:：]{0,40}?)[\s*_]{0,4}[:：][\s*_]{0,6}(.*)$")
_ANSWERED = re.compile(r"[:：] ?(?:re|aw|fwd?|wg|sv|tr|vs|odp|rif|ynt|回复|答复|转发) ?[:：]", re.IGNORECASE)
_DASHES = "-_=*#—–‐‒─━"


def has_address(line: str) -> bool:
    return "@" in line and bool(_ADDRESS.search(line))


def has_date(line: str) -> bool:
    """Tell whether a line has a date in any language: a year or a time beside a day, or three numbers."""
    line = line.translate(_DIGITS)
    if _NUMERIC_DATE.search(line):
        return True
    year, time = _YEAR.search(line), _TIME.search(line)
    if not (year or time):
        return False
    rest = _YEAR.sub(" ", _TIME.sub(" ", line))
    return bool(_SMALL.search(_ADDRESS.sub(" ", rest)))


def is_exact(line: str) -> bool:
    """Tell whether a line has a date with a year and a time."""
    line = line.translate(_DIGITS)
    return bool(_YEAR.search(line) and _TIME.search(line)) and has_date(line)


def has_verb(line: str) -> bool:
    folded = line.casefold()
    return any(_stands_in(verb, folded) for verb in client_words().verbs)


def is_lead(line: str) -> bool:
    """Tell whether a line begins as an attribution does: On, Am, Le ..., a weekday, a number."""
    start = line.lstrip(" *_-—>").casefold()[:40]
    if start[:1].isdigit():
        return True
    return any(_begins(start, lead) for lead in client_words().leads)


def split_attribution(line: str, ours: OurLetters) -> tuple[str, str] | None:
    """Part an attribution from the quote that follows it on the same line, as Yahoo's Android program writes."""
    bracket = line.find(">", 0, LONGEST_LINE)
    colon = line.find(":", bracket, bracket + 60) if bracket > 0 else -1
    head, rest = line[: colon + 1], line[colon + 1 :].strip()
    if colon < 0 or not rest or not _BRACKETED.search(head) or not has_verb(head[bracket:]):
        return None
    header = _Header(head, quoted_next=False, ours=ours)
    return (head, rest) if header.is_strong or head.startswith("<") else None


@dataclass(frozen=True, slots=True)
class Span:
    """Lines from ``start`` up to, not including, ``end``."""

    start: int
    end: int


def ends_like_header(line: str) -> bool:
    """Tell whether a line is worth a look as the end of an attribution."""
    text = line.strip()
    if not text or len(text) > LONGEST_LINE:
        return False
    if _CLOSE.search(text) or text.endswith("--"):
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
        return bool(_BRACKETED.search(self.text))

    @cached_property
    def has_verb(self) -> bool:
        return has_verb(self.text)

    @cached_property
    def names_us(self) -> bool:
        return self._ours.is_mentioned(self.text)

    @cached_property
    def words(self) -> int:
        return _words_in(self.text)

    @property
    def has_time(self) -> bool:
        return bool(_TIME.search(self.text.translate(_DIGITS)))

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
        return (self.has_verb and self.has_time) or bool(_ZONE.search(self.text))

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
        text = _ADDRESS.sub("", self.text)
        return is_lead(self.text) or self.text.startswith(("<", '"')) or _words_in(text) <= 12


def attribution_ending_at(
    lines: Sequence[str], at: int, *, quoted_next: bool, ours: OurLetters
) -> Span | None:
    """Return the lines that say who wrote the quote below, if the line at ``at`` ends such a header."""
    last = lines[at].strip()
    if not last or len(last) > LONGEST_LINE:
        return None
    if not _CLOSE.search(last):
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
    machine = _MACHINE_TIME.match(line.lstrip("> ")) and len(line) <= 120
    old = quoted_next and line[:1].isdigit() and has_date(line) and line.endswith(">") and has_address(line)
    short = quoted_next and len(line) <= 120 and _words_in(line) <= 12
    begins = is_lead(line) and has_verb(line) and not line.endswith((".", "!", "?"))
    opens = line.casefold().startswith(client_words().openers) and line.endswith((")", ">"))
    torn_round = line.startswith((":", "：")) and bool(_TIME.search(line))
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
        if len(text) > 200 or _CLOSE.search(text) or len(joined) + len(text) > LONGEST_LINE:
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


def label_of(line: str) -> tuple[frozenset[str], str] | None:
    """Return the kinds of header that a ``Label: value`` line may be, and its value."""
    if len(line) > LONGEST_LINE:
        return None
    match = _LABEL.match(line)
    if not match:
        return None
    kinds = client_words().labels.get(match[1].strip(" *_").replace("’", "'").casefold())
    return (kinds, match[2].strip()) if kinds else None


def header_block_at(lines: Sequence[str], at: int, *, after_marker: bool = False) -> Span | None:
    """Return a block of From, Sent, To, Subject ... in any language that begins at this line."""
    known = _known_block_at(lines, at, after_marker=after_marker) if label_of(lines[at]) else None
    return known or _unknown_block_at(lines, at)


def _known_block_at(lines: Sequence[str], at: int, *, after_marker: bool) -> Span | None:
    kinds: list[frozenset[str]] = []
    text, end, strays = [], at + 1, 0
    for index in range(at, min(at + 24, len(lines))):
        found = label_of(lines[index])
        if found is None:
            strays = strays + 1 if lines[index].strip() else strays
            if strays > 2 or (not lines[index].strip() and len(kinds) >= 3 and _is_blank(lines, index + 1)):
                break
            continue
        strays = 0
        if kinds.count(found[0]) > 3:
            break
        kinds.append(found[0])
        text.append(lines[index].strip())
        end = index + 1
    proof = " \n".join(text)
    dated = any("date" in k and has_date(line) for k, line in zip(kinds, text, strict=True))
    if len(kinds) == 2 and "from" in kinds[0] and "date" in kinds[1] and is_exact(text[1]):
        return Span(at, end)
    distinct = _distinct(kinds)
    if after_marker:
        return Span(at, end) if distinct >= 2 or dated else None
    exact = any("date" in k and is_exact(line) for k, line in zip(kinds, text, strict=True))
    return Span(at, end) if distinct >= 3 and (exact or has_address(proof)) else None


def _is_blank(lines: Sequence[str], index: int) -> bool:
    return index >= len(lines) or not lines[index].strip()


def _distinct(kinds: list[frozenset[str]]) -> int:
    """How many different headers these are, taking each for another where it may be."""
    taken: set[str] = set()
    for kind in sorted(kinds, key=len):
        free = sorted(kind - taken)
        taken |= set(free[:1])
    return len(taken)


def _unknown_block_at(lines: Sequence[str], at: int) -> Span | None:
    """Three or more ``word: value`` lines together, one with a date and time, and another proof: see below."""
    end = at
    while end < min(at + 8, len(lines)) and _is_pair(lines[end]):
        end += 1
    block = [line.strip() for line in lines[at:end]]
    dated = any(is_exact(line) for line in block)
    if len(block) < 3 or not dated:
        return None
    proven = any(_BRACKETED.search(line) or _ANSWERED.search(line) for line in block)
    return Span(at, end) if proven or any(_is_of_a_letter(line) for line in block) else None


def _is_of_a_letter(line: str) -> bool:
    found = label_of(line)
    return found is not None and not found[0].isdisjoint({"from", "to", "subject"})


def _is_pair(line: str) -> bool:
    match = _LABEL.match(line) if len(line) <= LONGEST_LINE else None
    return bool(match and match[2] and len(match[1].split()) <= 3 and not match[1][0].isdigit())


def marker_in(line: str) -> str | None:
    """Return the words between dashes (or alone) that announce a quoted letter, in lower case."""
    if len(line) > 160 or not line.strip():
        return None
    bare = line.strip(" >*_:：\t").casefold()
    if bare in client_words().bare_markers:
        return bare
    text = line.strip(" >*:\t")
    words = text.strip(_DASHES + " ")
    if not words:
        return None
    before, _, after = text.partition(words)
    between = _dashes(before) >= 2 and _dashes(after) >= 2
    return words.casefold() if between else None


def _dashes(text: str) -> int:
    return sum(c in _DASHES for c in text)


def is_known_marker(words: str) -> bool:
    """Tell whether these words announce a letter: they are known ones, or an address stands among a few others."""
    if len(words) > 80:
        return False
    known = (*client_words().markers, *client_words().bare_markers)
    return any(marker in words for marker in known) or _is_sender(words)


def _is_sender(words: str) -> bool:
    """Tell whether these words are "Message from Anna <anna@...>" or "Anna <anna@...> wrote" in any language."""
    return has_address(words) and bool(_BRACKETED.search(words)) and _words_in(words) <= 8


def is_forward(words: str) -> bool:
    return any(word in words for word in client_words().forwards)


def _words_in(text: str) -> int:
    """Count the words, in scripts that put spaces; numbers are none."""
    return sum(any(c.isalpha() for c in word) for word in text.split())


def _stands_in(verb: str, folded: str) -> bool:
    """As a whole word, except in scripts that don't put spaces."""
    at = folded.find(verb)
    while at >= 0:
        before, after = folded[at - 1 : at], folded[at + len(verb) : at + len(verb) + 1]
        spaceless = ord(verb[0]) > 0x0E00
        if spaceless or not ((before and before.isalpha()) or (after and after.isalpha())):
            return True
        at = folded.find(verb, at + 1)
    return False


def _begins(start: str, lead: str) -> bool:
    if not start.startswith(lead):
        return False
    after = start[len(lead) : len(lead) + 1]
    return not after.isalpha() or ord(lead[0]) > 0x0E00
