"""Header blocks above a quoted letter: From, Sent, To, Subject in any language, told by their shape."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

from peerpact.programme.replies.client_words import client_words
from peerpact.programme.replies.evidence import (
    BRACKETED,
    LONGEST_LINE,
    ZONE,
    Span,
    has_address,
    has_date,
    is_exact,
    is_timed,
    words_in,
)

_LABEL = re.compile(r"^[\s>*_|]{0,12}([^\s:：*_>|][^:：]{0,40}?)[\s*_]{0,4}[:：][\s*_]{0,6}(.*)$")
_ANSWERED = re.compile(r"[:：] ?(?:re|aw|fwd?|wg|sv|tr|vs|odp|rif|ynt|回复|答复|转发) ?[:：]", re.IGNORECASE)
_COLON = re.compile("[:：]")
_LONGEST_COLLAPSED = 600
_LONGEST_LABEL = 24
_MOST_LABELLED = 24
_MOST_LISTED = 60
"""So many lines a header has whose recipients go on over many."""
_LONGEST_NAME = 90
_MOST_WORDS = 10
_MOST_BETWEEN = 6
_LISTED = re.compile(r"@|[,;]\s*$|\w/\w")
_ENDS_SENTENCE = tuple(".!?,:;。！？，：；।")

_Labelled = tuple[frozenset[str], str]
"""What header a line may be, and the line."""


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
    if known is None and is_collapsed_block(lines[at]):
        return Span(at, at + 1)
    return known or _unknown_block_at(lines, at) or _named_block_at(lines, at)


def is_collapsed_block(line: str) -> bool:
    """Tell whether a line holds a whole header, its lines run together: "From: A <a@...>To: B <b@...>Sent: ..."."""
    start = line[:_LONGEST_COLLAPSED]
    if "@" not in start or not (has_address(start) and has_date(start)):
        return False
    kinds = [
        kind
        for found in islice(_COLON.finditer(start), 20)
        if (kind := _label_ending_at(start, found.start()))
    ]
    return _distinct(kinds) >= 3


def _label_ending_at(text: str, at: int) -> frozenset[str] | None:
    """Return the kinds of the longest label before this colon that is a word of its own, or begins with a capital."""
    end = len(text[:at].rstrip(" *_"))
    for start in range(max(end - _LONGEST_LABEL, 0), end):
        own = start == 0 or not text[start - 1].isalnum() or text[start].isupper()
        if own and (kinds := client_words().labels.get(text[start:end].replace("’", "'").casefold())):
            return kinds
    return None


def _known_block_at(lines: Sequence[str], at: int, *, after_marker: bool) -> Span | None:
    labelled: list[_Labelled] = []
    kinds: list[frozenset[str]] = []
    end, strays = at, 0
    for index in range(at, min(at + _MOST_LISTED, len(lines))):
        found = label_of(lines[index])
        if found is None:
            strays += bool(lines[index].strip()) and not _goes_on_listing(lines[index], kinds)
            if index >= at + _MOST_LABELLED and not _goes_on_listing(lines[index], kinds):
                break
            if strays > 2 or (len(kinds) >= 3 and not (lines[index].strip() or lines[index - 1].strip())):
                break
            continue
        strays = 0
        if kinds.count(found[0]) > 3:
            break
        if not kinds and found[0] == {"cc"}:
            return None
        kinds.append(found[0])
        labelled.append((found[0], lines[index].strip()))
        end = index + 1
    dated = any("date" in k and has_date(line) for k, line in labelled)
    if _is_pair_of_a_letter(labelled):
        return Span(at, end)
    distinct = _distinct(kinds)
    if after_marker:
        return Span(at, end) if distinct >= 2 or dated else None
    proven = any(has_address(line) or ("date" in k and is_exact(line)) for k, line in labelled)
    return Span(at, end) if distinct >= 3 and proven else None


def _goes_on_listing(line: str, kinds: Sequence[frozenset[str]]) -> bool:
    """Tell whether a line goes on with the recipients of the label above it."""
    return bool(kinds) and not kinds[-1].isdisjoint({"to", "cc"}) and bool(_LISTED.search(line))


def _named_block_at(lines: Sequence[str], at: int) -> Span | None:
    """Return a header as Notes writes it: who wrote, and when, without labels, above "To:" and "Subject:"."""
    end = _moment_from(lines, at)
    if end is None:
        return None
    for index in range(end, min(end + _MOST_BETWEEN, len(lines))):
        found = label_of(lines[index])
        if found and not found[0].isdisjoint({"to", "cc"}):
            block = _known_block_at(lines, index, after_marker=True)
            return Span(at, block.end) if block else None
        if words_in(lines[index]) > _MOST_WORDS or lines[index].rstrip().endswith((".", "!", "?")):
            return None
    return None


def _moment_from(lines: Sequence[str], at: int) -> int | None:
    """Return where a name and a moment end: "Anna on 26/05/2026 08:57", or the moment on the next line or two."""
    name = lines[at].strip()
    if not name or len(name) > _LONGEST_NAME or name.endswith(_ENDS_SENTENCE) or name[0].isdigit():
        return None
    joined = ""
    for index in range(at, min(at + 3, len(lines))):
        line = lines[index].strip()
        joined = f"{joined} {line}".strip()
        if not line or label_of(line) or words_in(joined) > _MOST_WORDS or line[-1] in _ENDS_SENTENCE:
            return None
        if is_timed(line if index > at + 1 else joined):
            alone = index == at or words_in(line) <= 2
            return index + 1 if alone else None
    return None


def _is_pair_of_a_letter(labelled: Sequence[_Labelled]) -> bool:
    """Two lines are enough: one whose second is an exact date, or a date with its zone and an address."""
    if len(labelled) != 2:
        return False
    (kind, text), (kind_below, below) = labelled
    if "from" in kind and "date" in kind_below and is_exact(below):
        return True
    zoned = "date" in kind and is_exact(text) and bool(ZONE.search(text))
    return zoned and not kind_below.isdisjoint({"from", "to"}) and has_address(below)


def _distinct(kinds: list[frozenset[str]]) -> int:
    """How many different headers these are, taking each for another where it may be."""
    taken: set[str] = set()
    for kind in sorted(kinds, key=len):
        free = sorted(kind - taken)
        taken |= set(free[:1])
    return len(taken)


def _unknown_block_at(lines: Sequence[str], at: int) -> Span | None:
    """Three or more ``word: value`` lines together, one with a date and time, and another proof: see below."""
    if _begins_below(lines, at):
        return None
    end = at
    while end < min(at + 8, len(lines)) and _is_pair(lines[end]):
        end += 1
    block = [line.strip() for line in lines[at:end]]
    dated = any(is_exact(line) for line in block)
    if len(block) < 3 or not dated:
        return None
    proven = any(BRACKETED.search(line) or _ANSWERED.search(line) for line in block)
    return Span(at, end) if proven or any(_is_of_a_letter(line) for line in block) else None


def _begins_below(lines: Sequence[str], at: int) -> bool:
    """Tell of "Next: read the guide" directly above "From: ...", where the header begins."""
    below = (label_of(line) for line in lines[at + 1 : at + 2])
    return label_of(lines[at]) is None and any(found and "from" in found[0] for found in below)


def _is_of_a_letter(line: str) -> bool:
    found = label_of(line)
    return found is not None and not found[0].isdisjoint({"from", "to", "subject"})


def _is_pair(line: str) -> bool:
    match = _LABEL.match(line) if len(line) <= LONGEST_LINE else None
    return bool(match and match[2] and len(match[1].split()) <= 3 and not match[1][0].isdigit())
