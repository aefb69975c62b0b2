"""From a plain-text body to what its author newly wrote: quotes, headers, signatures and footers go.

Two ideas: evidence, not shape (see evidence), and we know what we sent (see ours). One pass over the lines.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from functools import partial

from peerpact.programme.replies.attributions import attribution_ending_at, ends_like_header, split_attribution
from peerpact.programme.replies.banners import banner_lines
from peerpact.programme.replies.clean_text import cleaned
from peerpact.programme.replies.endings import (
    is_footer,
    is_rule,
    is_signature_delimiter,
    without_endings,
)
from peerpact.programme.replies.evidence import LONGEST_LINE, Span, words_in
from peerpact.programme.replies.header_blocks import header_block_at, label_of
from peerpact.programme.replies.markers import (
    is_arrowed,
    is_known_marker,
    marker_in,
    split_marker,
    torn_marker_in,
)
from peerpact.programme.replies.ours import OurLetters

_MOST_LINES = 3_000
_QUOTE = re.compile(r"^\s{0,4}(?:[>＞](?!:['\-]?[()D|/\\])|[A-Z]{1,3}> |[A-Z]{1,3}>$)")
_BAR = re.compile(r"^\s{0,2}(?:[|:})](?:\s|$)|\|\[)")
_LEFT_OUT = re.compile(r"\s*[\[<(](?:\.{2,3}|…|snip\w*|cut|schnipp)[\]>)]\s*", re.IGNORECASE)
"""What somebody put in the place of a part of a quote."""
_LINKED = re.compile(r"[<(]\s{0,2}(?:https?://|mailto:)?[^\s<>()]{1,64}[@/][^\s<>()]{1,300}\s{0,2}[>)]")
_SET_IN = re.compile(r"(?: {4}|\t)[ \t]*\S")
"""As Outlook for the Mac sets in what it quotes."""
_NUMBERED = re.compile(r"\s{0,4}\d{1,2}(?:[.):]\s?|\s)\s{0,3}[^\W\d]")
_DEEP = re.compile(r"(?:> ?){4}")
_MOST_TORN = 3
_MOST_CANDIDATES = 400
"""How many lines are looked at as the end of an attribution; a mail has a handful."""
_MOST_OF_LETTERHEAD = 6
_MOST_BEGINNINGS = 1_000
"""How many lines are looked at as the first of a header block."""

NOTHING_SENT = OurLetters()


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a body. ``fence`` tells that a mail program marked all from here on as a quote."""

    text: str
    quoted: bool = False
    fence: bool = False


class Mark(Enum):
    """Whose a line is."""

    THEIRS = "theirs"
    QUOTE = "quote"
    HEADER = "header"
    SIGNATURE = "signature"


def newly_written(text: str, *, ours: OurLetters = NOTHING_SENT) -> str:
    """Return what the author of a plain-text body newly wrote, without what they quoted or signed with."""
    return newly_written_lines(lines_of(text), ours=ours)


def lines_of(text: str) -> list[Line]:
    texts = [part for line in cleaned(text).split("\n")[:_MOST_LINES] for part in _parted(line.rstrip())]
    lines: list[Line] = []
    for index, line in enumerate(texts):
        quoted = bool(_QUOTE.match(line)) and not (_closes_address(texts, index) or is_arrowed(line))
        lines.append(Line(line, quoted=quoted))
    return lines


def _parted(line: str) -> tuple[str, ...]:
    """Break a line on which a mail program put more than one thing."""
    parts: tuple[str, ...] | None = split_marker(line)
    if parts is None and _is_pair(line) and any(c.isdigit() or c == "@" for c in line[:LONGEST_LINE]):
        parts = split_attribution(line, NOTHING_SENT)
    return parts or (line,)


def newly_written_lines(lines: Sequence[Line], *, ours: OurLetters = NOTHING_SENT) -> str:
    marks = _marked(lines, ours)
    _mark_wrapped_quotes(lines, marks)
    return _joined(lines, marks)


def _closes_address(texts: Sequence[str], index: int) -> bool:
    """Tell whether a line such as ``> wrote:`` closes an address that was broken over lines."""
    line = texts[index].strip()
    if not line.endswith((":", "：")) or len(line) > 60 or index == 0:
        return False
    above = " ".join(texts[max(0, index - 3) : index])
    return above.rfind("<") >= 0 and above.count("<") > above.count(">")


def _marked(lines: Sequence[Line], ours: OurLetters) -> list[Mark]:
    texts, marks = [line.text for line in lines], [Mark.THEIRS] * len(lines)
    written_by_us = ours.lines_in(texts, quoted={i for i, line in enumerate(lines) if line.quoted})
    attributions = _attributions(lines, texts, ours, written_by_us)
    banners, plain_to = banner_lines(texts), _end_of_plain(lines)
    at, left, signing, theirs = 0, _MOST_BEGINNINGS, False, False
    while at < len(lines):
        if lines[at].quoted or at in written_by_us or marks[at] is Mark.QUOTE:
            marks[at], signing = Mark.QUOTE, False
            at += 1
            continue
        if at in banners:
            marks[at] = Mark.HEADER
            at += 1
            continue
        if at in attributions:
            span = attributions[at]
            _fill(marks, span, Mark.HEADER)
            at, signing = span.end, False
            if not _is_quoted_below(lines, at):
                at = _bars(lines, marks, at)
                if at == span.end and (theirs or at >= plain_to):
                    return _rest(marks, at, Mark.QUOTE)
            continue
        pair = _is_pair(texts[at])
        if (left or not pair) and (end := _cut_at(lines, texts, at)) is not None:
            known = partial(_is_known_below, texts, written_by_us, end)
            below = _bars(lines, marks, at if _BAR.match(texts[at]) else end)
            if not (below > end or _is_quoted_soon(lines, end, attributions) or (not theirs and known())):
                return _rest(marks, at, Mark.QUOTE)
            _fill(marks, Span(at, end), Mark.HEADER)
            at = max(below, end)
            continue
        left -= pair and left > 0
        signing = signing or _begins_signature(texts, theirs, at)
        if signing or (not theirs and is_footer(texts[at])):
            marks[at] = Mark.SIGNATURE
        theirs = theirs or (marks[at] is Mark.THEIRS and bool(texts[at].strip()) and not is_rule(texts[at]))
        at += 1
    return marks


def _is_pair(text: str) -> bool:
    return ":" in text or "：" in text


def _attributions(
    lines: Sequence[Line], texts: Sequence[str], ours: OurLetters, written_by_us: frozenset[int]
) -> dict[int, Span]:
    """Find all attribution lines, by where they start. Quoted ones don't matter: they are quotes anyway."""
    found: dict[int, Span] = {}
    own = [("" if line.quoted else line.text) for line in lines]
    left = _MOST_CANDIDATES
    for at, text in enumerate(own):
        if not (ends_like_header(text) and left):
            continue
        left -= 1
        below = _is_quoted_below(lines, at + 1) or _is_barred(texts, at + 1)
        below = below or not written_by_us.isdisjoint(range(at + 1, at + 4))
        span = attribution_ending_at(own, at, quoted_next=below, ours=ours)
        if span:
            found[span.start] = span
    return found


def _is_quoted_below(lines: Sequence[Line], at: int) -> bool:
    """Tell whether the next line with text, at most three lines further, is quoted; "[...]" is none."""
    for line in lines[at : at + 4]:
        if line.quoted:
            return True
        if line.text.strip() and not _LEFT_OUT.fullmatch(line.text):
            return False
    return False


def _is_quoted_soon(lines: Sequence[Line], at: int, attributions: dict[int, Span]) -> bool:
    """Tell whether the letter that a header announces is marked as quoted line by line, and so has an end."""
    while at < len(lines) and not lines[at].text.strip():
        at += 1
    return _is_quoted_below(lines, attributions[at].end if at in attributions else at)


def _is_barred(texts: Sequence[str], at: int) -> bool:
    near = [text for text in texts[at : at + 3] if text.strip()]
    return bool(near) and bool(_BAR.match(near[0]))


def _bars(lines: Sequence[Line], marks: list[Mark], at: int) -> int:
    """Mark a quote drawn with bars below a header, and where it goes on further down; return where it first ends."""
    near = [line.text for line in lines[at : at + 3]]
    if not _is_barred(near, 0):
        return at
    bar = next(text.lstrip()[0] for text in near if text.strip())
    for index in range(at, len(lines)):
        text = lines[index].text
        if _BAR.match(text) and text.lstrip()[0] == bar and text.count(bar) == 1:
            marks[index] = Mark.QUOTE
    while at < len(lines) and (_BAR.match(lines[at].text) or not lines[at].text.strip()):
        marks[at] = Mark.QUOTE
        at += 1
    return at


def _end_of_plain(lines: Sequence[Line]) -> int:
    """Return below which line all to the end is set in from the margin: a letter passed on without a word."""
    plain = (at for at in range(len(lines) - 1, -1, -1) if not _is_set_in(lines[at].text))
    return next(plain, -1) + 1


def _is_set_in(text: str) -> bool:
    return not text.strip() or bool(_SET_IN.match(text))


def _cut_at(lines: Sequence[Line], texts: Sequence[str], at: int) -> int | None:
    """Return the end of the header that begins here and below which all is a quote, or None."""
    text = texts[at]
    if lines[at].fence:
        return at
    if not text.strip():
        return None
    if is_arrowed(text):
        return at + 1
    if (words := marker_in(text)) is not None:
        block = _block_soon(texts, at + 1, after_marker=True)
        if block or is_known_marker(words):
            return block.end if block else _below_labels(texts, at + 1)
    if words is None and at + 1 < len(texts) and (torn := torn_marker_in(text, texts[at + 1])) is not None:
        block = _block_soon(texts, at + 2, after_marker=True)
        if block or is_known_marker(torn):
            return block.end if block else _below_labels(texts, at + 2)
    if is_rule(text) and len(text.strip()) >= 3:
        block = _block_soon(texts, at + 1)
        return block.end if block else None
    block = header_block_at(texts, at) or (_block_soon(texts, at + 1) if _is_letterhead(texts, at) else None)
    return block.end if block else None


def _is_letterhead(texts: Sequence[str], at: int) -> bool:
    """Tell of a company's name that Notes sets in with the header below it."""
    below = next((text for text in texts[at + 1 : at + 4] if text.strip()), "")
    return (
        texts[at].startswith("\t") and below.startswith("\t") and words_in(texts[at]) <= _MOST_OF_LETTERHEAD
    )


def _block_soon(texts: Sequence[str], at: int, *, after_marker: bool = False) -> Span | None:
    for index in range(at, min(at + 4, len(texts))):
        if texts[index].strip():
            return header_block_at(texts, index, after_marker=after_marker)
    return None


def _below_labels(texts: Sequence[str], at: int) -> int:
    """Return where what is left of a header ends: "From: Anna" alone below a marker."""
    labelled = [index for index, text in enumerate(texts[at : at + 4], at) if label_of(text)]
    return labelled[-1] + 1 if labelled else at


def _is_known_below(texts: Sequence[str], written_by_us: frozenset[int], end: int) -> bool:
    """Tell whether the letter below a header is one of ours that is known, so that what is between its lines is, too.

    Of one that isn't known we know a line or two: its reference.
    """
    said = sum(bool(text.strip()) for text in texts[end:])
    return 2 * sum(line >= end and bool(texts[line].strip()) for line in written_by_us) >= max(said, 1)


def _begins_signature(texts: Sequence[str], theirs: bool, at: int) -> bool:
    """Tell of a delimiter, or of a phone's footer in a paragraph of its own."""
    if is_signature_delimiter(texts[at]):
        return not _parts_a_list(texts, at)
    return theirs and not texts[at - 1].strip() and is_footer(texts[at])


def _parts_a_list(texts: Sequence[str], at: int) -> bool:
    """Tell of "--" between "1 done" and "2 not yet"."""
    near = (texts[max(at - 2, 0) : at][::-1], texts[at + 1 : at + 3])
    beside = [next((text for text in lines if text.strip()), "") for lines in near]
    return all(_NUMBERED.match(text) for text in beside)


def _mark_wrapped_quotes(lines: Sequence[Line], marks: list[Mark]) -> None:
    """Mark the torn-off ends of long quoted lines and of links, directly between quoted lines."""
    for i in range(1, len(lines) - 1):
        if marks[i] is Mark.THEIRS and lines[i - 1].quoted and lines[i + 1].quoted:
            above, text, below = (line.text for line in lines[i - 1 : i + 2])
            torn = (len(above) >= 60 and text[:1].islower()) or _goes_through(above, text, below)
            if torn or _is_scrap_of_link(text):
                marks[i] = Mark.QUOTE


def _goes_through(above: str, text: str, below: str) -> bool:
    """Tell whether a quoted sentence goes on through a few words to the quoted line below: always, deep in quotes."""
    if _DEEP.match(above) and below.startswith(">"):
        return len(text.split()) <= 2 * _MOST_TORN
    ended = any(line.rstrip().endswith((".", "!", "?", ":", ",")) for line in (above, text))
    return (
        not ended
        and len(above) >= 45
        and len(text.split()) <= _MOST_TORN
        and below.lstrip(" >|")[:1].islower()
    )


def _is_scrap_of_link(text: str) -> bool:
    """Tell of " (https://...) >", "<a@b.c>," and "_nonce=3dd518)": no word of anybody's."""
    bare = _LINKED.sub(" ", text)
    if bare != text:
        return not any(c.isalnum() for c in bare)
    return len(text.split()) == 1 and "=" in text and not text.endswith("=")


def _joined(lines: Sequence[Line], marks: Sequence[Mark]) -> str:
    blocks: list[list[str]] = [[]]
    for line, mark in zip(lines, marks, strict=True):
        if mark is Mark.THEIRS:
            blocks[-1].append(line.text.rstrip())
        elif blocks[-1]:
            blocks.append([])
    kept = [_without_outer_blanks(without_endings(block)) for block in blocks]
    return "\n\n".join("\n".join(block) for block in kept if block)


def _without_outer_blanks(block: Sequence[str]) -> list[str]:
    first = next((i for i, text in enumerate(block) if text.strip()), len(block))
    return list(block[first:])


def _fill(marks: list[Mark], span: Span, mark: Mark) -> None:
    for index in range(span.start, span.end):
        marks[index] = mark


def _rest(marks: list[Mark], at: int, mark: Mark) -> list[Mark]:
    _fill(marks, Span(at, len(marks)), mark)
    return marks
