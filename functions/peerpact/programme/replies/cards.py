"""The lines at the end of a mail that say who somebody is and how to reach them: a card, with or without a rule above.

A card is told by what all its lines are: names and titles, places, numbers and addresses. A sentence among them, a list's
head above them or nothing but a greeting left over: then it is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from peerpact.programme.replies.client_words import client_words

_CONTACT = re.compile(r"[\w.+-]{1,64}@[\w-]{1,60}\.\w|https?://|www\.|\+?\d[\d ()./-]{7,20}\d")
_REACHED = re.compile(r"[\w.+-]{1,64}@[\w.-]{1,190}|(?:https?://|www\.)[^\s<>]{1,300}|\+?\(?\d[\d ()./-]{5,24}")
_EXTENSION = re.compile(
    r"\W{0,2}(?:(?:x|ext|extension|dw|durchwahl|poste|int|interno)[ .:-]{0,2}\d{2,6}|\d-\d{4})\W{0,2}", re.IGNORECASE
)
_PLACE = re.compile(r"\b(?:[A-Z]{1,2}-?)?\d{4,6}(?:-\d{4})?\b|\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b|^\d{1,5} [A-Z]\w+ ")
_LONGEST_LINE = 90
_MOST_LINES = 14
_MOST_PARAGRAPHS = 3
_MOST_OF_A_TITLE = 8
_MOST_TITLED = 3
_MOST_BESIDE = 5
"""So many words stand beside a number or an address: "Direct dial in Berlin"."""
_LONGEST_SIGN_OFF = 4
_SHORT = frozenset({"corp", "inc", "ltd", "dept", "intl", "assoc", "bldg", "blvd", "univ", "prof", "dipl", "abt", "cie"})
"""What a line of a card may end with, before a full stop; anything of up to three letters may, too."""
_SMALL_OF_NAMES = frozenset(
    {"of", "for", "and", "the", "de", "la", "du", "des", "der", "und", "für", "van", "von", "y", "del", "et", "in"}
)


def is_contact(lines: Sequence[str]) -> bool:
    """Tell whether these lines say who somebody is: a name, and below it a number or an address, all short."""
    if not 2 <= len(lines) <= _MOST_LINES or any(len(line) > _LONGEST_LINE for line in lines):
        return False
    return _is_name(lines[0], least=1) and any(map(_is_reach, lines[1:]))


def reaches(line: str) -> bool:
    """Tell whether a line has a number, an address or a link."""
    return bool(_CONTACT.search(line))


def is_titles(lines: Sequence[str]) -> bool:
    return all(_is_title(line, least=1) for line in lines)


def is_unspoken(line: str) -> bool:
    """Tell whether nobody speaks in a line: it has no "I", no "is" and no "not", in a few languages."""
    words = client_words()
    return (words.spoken | words.banners.spoken).isdisjoint(line.casefold().split())


def is_sign_off(line: str) -> bool:
    """Tell whether a line ends somebody's words above their name: "Thanks," or "Kind regards"."""
    said = line.strip(" -–—*").casefold()
    if not 0 < len(said.split()) <= _LONGEST_SIGN_OFF:
        return False
    return said.endswith(",") or said.strip(" .,!") in client_words().sign_offs


def card_at_the_end(lines: Sequence[str]) -> int | None:
    """Return where the card begins that these lines end with; None without one."""
    for start in _starts(lines):
        card = [line for line in lines[start:] if line.strip()]
        said = [line for line in lines[:start] if line.strip()]
        if len(card) <= _MOST_LINES and _is_left_over(said, card) and _is_card(card, said):
            return _below_a_name(lines, start, said)
    return None


def _starts(lines: Sequence[str]) -> Iterator[int]:
    """Yield where a card may begin, the highest first: atop each paragraph that is of cards, and in the top one."""
    at, tops = len(lines), []
    for _ in range(_MOST_PARAGRAPHS):
        top = paragraph_top(lines, at)
        start = at
        while start > top and _is_of_card(lines, start - 1, top):
            start -= 1
        if tops and at - start == 1 and not _is_reach(lines[start]):
            break
        tops.append(start)
        at = end_above(lines, top)
        if start > top or not at:
            break
    yield from reversed(tops)


def _is_left_over(said: Sequence[str], card: Sequence[str]) -> bool:
    """Tell whether what is above a card is more than a greeting and announces no list; a signature may be alone."""
    if not said:
        return len(card) >= 3 and _is_name(card[0], least=2)
    return not said[-1].rstrip().endswith((":", "：")) and not all(map(_is_greeting, said))


def _is_card(card: Sequence[str], said: Sequence[str]) -> bool:
    above = said[-1] if said else ""
    signed = is_sign_off(above) or bool(card and _is_given_name(above, card[0]))
    if not card or not (signed or _is_name(card[0], least=2) or _is_named_below(card)):
        return False
    if any(map(_is_reach, card)):
        short = len(card) == 2 and _is_bare_reach(card[1]) and _is_name(card[0], least=2)
        return len(card) >= 3 or (short and _is_ended(above)) or (signed and len(card) == 2 and len(card[0].split()) > 1)
    return signed and 2 <= len(card) <= _MOST_TITLED and all(_is_title(line, least=2) for line in card)


def _below_a_name(lines: Sequence[str], start: int, said: Sequence[str]) -> int | None:
    """Leave the name right below a sign-off, and a first line of one word, "Done" or "Anna": it may be all they say."""
    right_below = start > 0 and bool(lines[start - 1].strip()) and is_sign_off(lines[start - 1])
    single = len(lines[start].split()) == 1 and not _is_reach(lines[start])
    named = bool(said) and _is_name(lines[start], least=1) and (right_below or single)
    kept = start + 1 if named and (right_below or not _is_named_below(lines[start:])) else start
    return kept if kept < len(lines) else None


def _is_named_below(card: Sequence[str]) -> bool:
    """Tell whether the first line's word is part of an address below: "Mark" of mark.green@..."""
    word = card[0].strip(" *_-–—,.").casefold()
    return len(word) > 2 and any(word in line.casefold().partition("@")[0] for line in card[1:] if "@" in line)


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
    """Tell whether a line reaches somebody, is a name, a title or a place; a second one may be a title in lower case."""
    line = lines[at]
    if len(line) > _LONGEST_LINE or not is_unspoken(line) or is_sign_off(line):
        return False
    if _is_reach(line) or _is_title(line, least=1) or _is_room(line):
        return True
    second = at > top and len(lines) - at >= 3 and _is_name(lines[at - 1], least=2)
    return second and len(line.split()) <= _MOST_OF_A_TITLE and not _is_ended(line)


def _is_reach(line: str) -> bool:
    """Tell whether a line is how to reach somebody, with a few words beside it."""
    if _EXTENSION.fullmatch(line.strip()):
        return True
    if not _CONTACT.search(line):
        return False
    rest = _REACHED.sub(" ", line)
    return sum(any(c.isalpha() for c in word) for word in rest.split()) <= _MOST_BESIDE


def _is_bare_reach(line: str) -> bool:
    rest = _REACHED.sub(" ", line)
    return bool(_EXTENSION.fullmatch(line.strip())) or (_is_reach(line) and len(rest.split()) <= 2)


def _is_room(line: str) -> bool:
    """Tell of "EB3875"."""
    word = line.strip()
    return 3 <= len(word) <= 8 and word.isalnum() and word[0].isupper() and word[-1].isdigit()


def _is_title(line: str, *, least: int) -> bool:
    """Tell whether nearly all words of a line begin with a capital, as in names, titles and places."""
    bare = line.strip(" *_|-")
    said = [word for word in bare.split() if any(c.isalpha() for c in word) and not any(map(str.isdigit, word))]
    if not least <= len(said) <= _MOST_OF_A_TITLE or bare.endswith(("?", "!", ":")) or _is_sentence_end(bare):
        return False
    first = [next(c for c in word if c.isalpha()) for word in said]
    capitals = sum(
        not c.islower() or word.casefold() in _SMALL_OF_NAMES for c, word in zip(first, said, strict=True)
    )
    return capitals >= 0.7 * len(said)


def _is_sentence_end(line: str) -> bool:
    last = line.split()[-1].casefold().rstrip(".").rpartition(".")[2]
    return line.endswith(".") and len(last) > 3 and last not in _SHORT


def _is_name(line: str, *, least: int) -> bool:
    name = line.strip(" *_-–—").split()
    if not least <= len(name) <= 5 or any(c.isdigit() or c in ":=" for c in line) or line.rstrip().endswith((",", "!", "?")):
        return False
    return all(word[0].isupper() or not word[0].isalpha() for word in name)


def _is_given_name(line: str, name: str) -> bool:
    """Tell whether a line alone is part of the name that the card begins with."""
    said = line.strip(" -–—*,.").casefold()
    return bool(said) and said in name.casefold().split()


def _is_greeting(line: str) -> bool:
    return len(line.split()) <= _LONGEST_SIGN_OFF and line.rstrip().endswith(",")


def _is_ended(line: str) -> bool:
    return line.rstrip().endswith((".", "!", "?", ")", "…")) or is_sign_off(line)
