"""What proves that a line was put there by a mail program: a date *and* an address or our name, not its shape.

Every pattern here runs over one line of limited length and can't backtrack far.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from peerpact.programme.replies.client_words import client_words
from peerpact.programme.replies.ours import OurLetters

LONGEST_LINE = 400
"""A longer line is a paragraph of somebody's, never a header."""

_ADDRESS = re.compile(r"[^\s<>()\[\],;:\"'“”«»]{1,64}@[^\s<>()\[\],;:\"'“”«»]{1,190}")
_BRACKETED = re.compile(r"[<(\[][^<>()\[\]\s]{1,64}@[^<>()\[\]\s]{1,190}|mailto:")
_YEAR = re.compile(r"(?<!\d)(?:14|19|20|25)\d\d(?!\d)")
_DIGITS = {zero + n: str(n) for zero in (0x660, 0x6F0, 0x966, 0x9E6, 0xE50, 0xFF10) for n in range(10)}
_TIME = re.compile(r"(?<!\d)\d{1,2} ?[:.hH時시点點] ?\d{2}(?!\d)(?:[:.]\d{2})?")
_SMALL = re.compile(r"(?<![\d:.])[0-3]?\d(?![\d:])")
_NUMERIC_DATE = re.compile(r"(?<!\d)\d{1,4} ?[-/.年] ?\d{1,2} ?[-/.月] ?\d{1,4}(?!\d)")
_MACHINE_TIME = re.compile(r"\d{4}-\d{2}-\d{2} \d{1,2}:\d{2} GMT[+-]\d{1,2}:\d{2}\b")
_CLOSE = re.compile(r"[:：︰][\s*_]*$")
_LABEL = re.compile(r"^[\s>*_|]{0,12}([^\s:：*_>|][^:：]{0,40}?)[\s*_]{0,4}[:：][\s*_]{0,6}(.*)$")
_DASHED = re.compile(
    r"^[\s*>_]{0,6}(?:[-_=*—–─━]\s?){2,}\s*(\S[^\n]{0,120}?)\s*(?:[-_=*—–─━]\s?){2,}[\s*:]*$"
)
_WORDS = re.compile(r"[^\W\d_]+")


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
    if len(line) > 4 * LONGEST_LINE or not has_address(line[:LONGEST_LINE]):
        return None
    head, colon, rest = line[:LONGEST_LINE].partition(":  ")
    while colon and rest:
        if has_verb(head[-60:]) and _is_strong(head + ":", False, ours):
            return head + ":", line[len(head) + 1 :].lstrip()
        more, colon, rest = rest.partition(":  ")
        head = f"{head}:  {more}"
    return None


@dataclass(frozen=True, slots=True)
class Span:
    """Lines from ``start`` up to, not including, ``end``."""

    start: int
    end: int


def attribution_ending_at(
    lines: Sequence[str], at: int, *, quoted_next: bool, ours: OurLetters
) -> Span | None:
    """Return the lines that say who wrote the quote below, if the line at ``at`` ends such a header."""
    last = lines[at].strip()
    if not last or len(last) > LONGEST_LINE:
        return None
    if not _CLOSE.search(last):
        return _unclosed(last, at, quoted_next=quoted_next)
    windows = _windows(lines, at)
    for test in (_is_strong, _is_led, _is_weak):
        for start in windows:
            joined = " ".join(line.strip() for line in lines[start : at + 1] if line.strip())
            if len(joined) <= LONGEST_LINE and test(joined, quoted_next, ours):
                return Span(_with_beginning(lines, start), at + 1)
    return None


def _unclosed(line: str, at: int, *, quoted_next: bool) -> Span | None:
    """Headers that don't end with a colon: Inbox by Gmail's time stamp, Zoho's dashes, old Gmail's date."""
    machine = _MACHINE_TIME.match(line.lstrip("> ")) and len(line) <= 120
    dashes = line.startswith("--") and line.endswith("--") and has_date(line) and has_address(line)
    old = quoted_next and line[:1].isdigit() and has_date(line) and line.endswith(">") and has_address(line)
    written = has_date(line) and bool(_BRACKETED.search(line)) and line.endswith(("wrote", "wrote -"))
    return Span(at, at + 1) if machine or dashes or old or written else None


def _windows(lines: Sequence[str], at: int) -> list[int]:
    """Where the header may begin, nearest first: up to four lines without a blank between."""
    starts = [at]
    for start in range(at - 1, max(at - 5, -1), -1):
        text = lines[start].strip()
        if not text:
            if not lines[start + 1].lstrip().startswith("<") or start == 0:
                break
            continue
        if len(text) > 200 or _CLOSE.search(text):
            break
        starts.append(start)
    return starts


def _is_strong(joined: str, quoted_next: bool, ours: OurLetters) -> bool:
    """A date and an address or our name; without a quote below, also a verb or the address in brackets."""
    if not has_date(joined) or not (has_address(joined) or ours.is_mentioned(joined)):
        return False
    if len(_WORDS.findall(joined)) > 45:
        return False
    if quoted_next:
        return bool(_BRACKETED.search(joined)) or has_verb(joined) or is_lead(joined)
    return (bool(_BRACKETED.search(joined)) and _is_short_of_prose(joined)) or has_verb(joined)


def _is_led(joined: str, _quoted_next: bool, _ours: OurLetters) -> bool:
    """A date and a verb in a line that begins as such a header does."""
    return has_date(joined) and has_verb(joined) and is_lead(joined) and len(_WORDS.findall(joined)) <= 22


def _is_weak(joined: str, quoted_next: bool, ours: OurLetters) -> bool:
    """An address (or our name) and a verb; a date and a verb; or, above a quote, a date in first place."""
    folded = joined.casefold()
    opener = any(folded.startswith(o) for o in client_words().openers)
    named = has_address(joined) or (quoted_next and ours.is_mentioned(joined))
    if named and (has_verb(joined) or opener) and len(_WORDS.findall(joined)) <= 22:
        return True
    if has_date(joined) and has_verb(joined) and len(_WORDS.findall(joined)) <= 22:
        return True
    if not quoted_next:
        return False
    short = len(joined) <= 140
    return short and (
        opener or (has_date(joined[:60]) and is_lead(joined) and len(_WORDS.findall(joined)) <= 14)
    )


def _is_short_of_prose(joined: str) -> bool:
    return (
        is_lead(joined)
        or joined.startswith(("<", '"'))
        or len(_WORDS.findall(_ADDRESS.sub("", joined))) <= 12
    )


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
        torn = first.startswith(("<", "(")) or first[:1].islower()
        begins = is_lead(text) and any(c.isdigit() for c in text) and not text.endswith((".", "!", "?", ":"))
        if not (
            (torn and begins)
            or (begins and not is_lead(first))
            or (first.startswith("<") and len(text) < 60 and not text.endswith((".", "!", "?", ",")))
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
    if label_of(lines[at]) is None:
        return _unknown_block_at(lines, at)
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
        kinds.append(found[0])
        text.append(lines[index].strip())
        end = index + 1
    proof = " \n".join(text)
    least = 2 if after_marker else 3
    dated = any("date" in k and has_date(line) for k, line in zip(kinds, text, strict=True))
    enough = _distinct(kinds) >= least and (
        after_marker or dated or (has_address(proof) and _distinct(kinds) >= 3)
    )
    return Span(at, end) if enough and (dated or has_address(proof) or after_marker) else None


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
    """Three or more ``word: value`` lines together, one with an address and one with a date and time."""
    end = at
    while end < min(at + 8, len(lines)) and _is_pair(lines[end]):
        end += 1
    block = [line.strip() for line in lines[at:end]]
    dated = any(has_date(line) and _TIME.search(line) and _YEAR.search(line) for line in block)
    return Span(at, end) if len(block) >= 3 and dated and any(map(has_address, block)) else None


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
    match = _DASHED.match(line)
    return match[1].strip(" *_-=—–").casefold() if match else None


def is_known_marker(words: str) -> bool:
    return len(words) <= 80 and any(
        m in words for m in (*client_words().markers, *client_words().bare_markers)
    )


def is_forward(words: str) -> bool:
    return any(word in words for word in client_words().forwards)


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
