"""The lines at the end of a mail that say who somebody is and how to reach them: a card, with or without a rule above.

A card is told by what all its lines are: names and titles, places, numbers and addresses. A sentence among them,
a list's head above them or nothing but a greeting left over: then it is none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from peerpact.programme.replies.card_lines import (
    is_bare_reach,
    is_ended,
    is_given_name,
    is_greeting,
    is_name,
    is_reach,
    is_room,
    is_sign_off,
    is_title,
    is_unspoken,
    length_of,
)

_LONGEST_LINE = 90
_MOST_LINES = 14
_MOST_PARAGRAPHS = 3
_MOST_TITLED = 3
_MOST_OF_A_TITLE = 8


def is_contact(lines: Sequence[str]) -> bool:
    """Tell whether these lines, below a rule, say who somebody is: a name, and what they are and how to reach them."""
    if not 2 <= len(lines) <= _MOST_LINES or not any(map(is_reach, lines[1:])):
        return False
    named = is_name(lines[0], least=2) or (is_name(lines[0], least=1) and _is_named_below(lines))
    whole = all(_is_of_card(lines, at, 0) for at in range(len(lines)))
    return named and whole and (len(lines) > 2 or is_bare_reach(lines[1]))


def card_at_the_end(lines: Sequence[str]) -> int | None:
    """Return where the card begins that these lines end with; None without one."""
    for start in _starts(lines):
        card = [line for line in lines[start:] if line.strip()]
        above = next((line for line in reversed(lines[:start]) if line.strip()), "")
        if len(card) <= _MOST_LINES and _is_left_over(lines[:start], above, card) and _is_card(card, above):
            return _below_a_name(lines, start, said=bool(above))
    return None


def _starts(lines: Sequence[str]) -> Iterator[int]:
    """Yield where a card may begin, the highest first: atop each paragraph that is of cards, and in the top one."""
    at, tops = len(lines), list[int]()
    for _ in range(_MOST_PARAGRAPHS):
        top = paragraph_top(lines, at)
        start = at
        while start > max(top, at - _MOST_LINES - 1) and _is_of_card(lines, start - 1, top):
            start -= 1
        if start == at or (tops and at - start == 1 and not is_reach(lines[start])):
            break
        tops.append(start)
        at = end_above(lines, top)
        if start > top or not at:
            break
    yield from reversed(tops)


def _is_left_over(said: Sequence[str], above: str, card: Sequence[str]) -> bool:
    """Tell whether what is above a card is more than a greeting and announces no list; a signature may be alone."""
    if not above:
        return len(card) >= 3 and is_name(card[0], least=2)
    greets = all(is_greeting(line) for line in said if line.strip())
    return not above.rstrip().endswith((":", "：")) and not greets


def _is_card(card: Sequence[str], above: str) -> bool:
    signed = is_sign_off(above) or is_given_name(above, card[0])
    if not (signed or is_name(card[0], least=2) or _is_named_below(card)):
        return False
    if any(map(is_reach, card)):
        short = len(card) == 2 and is_bare_reach(card[1]) and is_name(card[0], least=2)
        return (
            len(card) >= 3
            or (short and (is_ended(above) or is_reach(above)))
            or (signed and len(card) == 2 and len(card[0].split()) > 1)
        )
    return signed and 2 <= len(card) <= _MOST_TITLED and all(is_title(line, least=2) for line in card)


def _below_a_name(lines: Sequence[str], start: int, *, said: bool) -> int | None:
    """Leave the name right below a sign-off, and a first line of one word, "Done" or "Anna": it may be all they say."""
    right_below = start > 0 and bool(lines[start - 1].strip()) and is_sign_off(lines[start - 1])
    single = len(lines[start].split()) == 1 and not is_reach(lines[start])
    named = said and is_name(lines[start], least=1) and (right_below or single)
    kept = start + 1 if named and (right_below or not _is_named_below(lines[start:])) else start
    return kept if kept < len(lines) else None


def _is_named_below(card: Sequence[str]) -> bool:
    """Tell whether the first line's word is part of an address below: "Mark" of mark.green@..."""
    word = card[0].strip(" *_-–—,.").casefold()
    return len(word) > 2 and any(
        word in line.casefold().partition("@")[0] for line in card[1:] if "@" in line
    )


def paragraph_top(lines: Sequence[str], end: int) -> int:
    """Return where the paragraph begins that ends there."""
    start = end
    while start and lines[start - 1].strip():
        start -= 1
    return start


def end_above(lines: Sequence[str], start: int) -> int:
    """Return where the text above ends, without the blank lines between."""
    while start and not lines[start - 1].strip():
        start -= 1
    return start


def _is_of_card(lines: Sequence[str], at: int, top: int) -> bool:
    """Tell whether a line reaches somebody, is a name, a title or a place; the second may be a title in lower case."""
    line = lines[at]
    if length_of(line) > _LONGEST_LINE or not is_unspoken(line) or is_sign_off(line):
        return False
    if is_reach(line) or is_title(line, least=1) or is_room(line):
        return True
    second = at > top and len(lines) - at >= 3 and is_name(lines[at - 1], least=2)
    return second and len(line.split()) <= _MOST_OF_A_TITLE and not is_ended(line)
