"""What one line at the end of a mail is: a name, a title, a place, a number, a sign-off. Whole cards are cards'."""

from __future__ import annotations

import re
from collections.abc import Sequence

from peerpact.programme.replies.client_words import client_words

_DOMAIN = r"\b[\w-]{2,40}(?:\.[\w-]{2,40})?\.(?:com|org|net|info|io|eu|de|fr|es|ch|at|uk|it|nl)\b"
_CONTACT = re.compile(
    rf"[\w.+-]{{1,64}}@[\w-]{{1,60}}\.\w|https?://|www\.|\+?\d[\d ()./-]{{7,20}}\d|{_DOMAIN}", re.IGNORECASE
)
_REACHED = re.compile(
    r"[\w.+-]{1,64}@[\w.-]{1,190}|(?:https?://|www\.)[^\s<>]{1,400}|\+?\(?\d[\d ()./-]{5,24}"
    rf"|{_DOMAIN}(?:/\S*)?",
    re.IGNORECASE,
)
_LINK = re.compile(r"(?:https?://|www\.)[^\s<>]{1,400}")
_EXTENSION = re.compile(
    r"\W{0,2}(?:(?:x|ext|extension|dw|durchwahl|poste|int|interno)[ .:-]{0,2}\d{2,6}|\d-\d{4})\W{0,2}",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"\b(?:[A-Z]{1,2}-?)?\d{4,6}(?:-\d{4})?\b|\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b|^\d{1,5} [A-Z]\w+ "
)
_MOST_OF_A_TITLE = 8
_MOST_BESIDE = 5
"""So many words stand beside a number or an address: "Direct dial in Berlin"."""
_LONGEST_SIGN_OFF = 4
_LONGEST_NAME = 5
_LONGEST_READ = 600
_SHORT = frozenset(
    {"corp", "inc", "ltd", "dept", "intl", "assoc", "bldg", "blvd", "univ", "prof", "dipl", "abt", "cie"}
)
"""What a line of a card may end with, before a full stop; anything of up to three letters may, too."""
_SMALL_OF_NAMES = frozenset(
    {
        "of",
        "for",
        "and",
        "the",
        "de",
        "la",
        "du",
        "des",
        "der",
        "und",
        "für",
        "van",
        "von",
        "y",
        "del",
        "et",
        "in",
    }
)


def reaches(line: str) -> bool:
    """Tell whether a line has a number, an address or a link."""
    return bool(_CONTACT.search(line))


def length_of(line: str) -> int:
    """Return how long a line is without its links."""
    return len(_LINK.sub("", line)) if len(line) < _LONGEST_READ else len(line)


def is_reach(line: str) -> bool:
    """Tell whether a line is how to reach somebody, with a few words beside it."""
    if _EXTENSION.fullmatch(line.strip()):
        return True
    if not _CONTACT.search(line):
        return False
    rest = _REACHED.sub(" ", line)
    return sum(any(c.isalpha() for c in word) for word in rest.split()) <= _MOST_BESIDE


def is_bare_reach(line: str) -> bool:
    rest = _REACHED.sub(" ", line)
    return bool(_EXTENSION.fullmatch(line.strip())) or (is_reach(line) and len(rest.split()) <= 2)


def is_room(line: str) -> bool:
    """Tell of "EB3875"."""
    word = line.strip()
    return 3 <= len(word) <= 8 and word.isalnum() and word[0].isupper() and word[-1].isdigit()


def is_titles(lines: Sequence[str]) -> bool:
    return all(is_title(line, least=1) for line in lines)


def is_title(line: str, *, least: int) -> bool:
    """Tell whether nearly all words of a line begin with a capital, as in names, titles and places."""
    bare = line.strip(" *_|-")
    said = [
        word for word in bare.split() if any(c.isalpha() for c in word) and not any(map(str.isdigit, word))
    ]
    if not least <= len(said) <= _MOST_OF_A_TITLE or bare.endswith(("?", "!", ":")) or _is_sentence_end(bare):
        return False
    first = [next(c for c in word if c.isalpha()) for word in said]
    capitals = sum(
        not c.islower() or word.casefold() in _SMALL_OF_NAMES for c, word in zip(first, said, strict=True)
    )
    return capitals >= 0.7 * len(said)


def _is_sentence_end(line: str) -> bool:
    last = line.rsplit(maxsplit=1)[-1].casefold().rstrip(".").rpartition(".")[2]
    return line.endswith(".") and len(last) > 3 and last not in _SHORT


def is_name(line: str, *, least: int) -> bool:
    name = line.strip(" *_-–—").split()
    if (
        not least <= len(name) <= _LONGEST_NAME
        or any(c.isdigit() or c in ":=" for c in line)
        or line.rstrip().endswith((",", "!", "?"))
    ):
        return False
    inner = [word for word in name[1:-1] if word not in _SMALL_OF_NAMES]
    return all(word[0].isupper() or not word[0].isalpha() for word in (name[0], *inner, name[-1]))


def is_given_name(line: str, name: str) -> bool:
    """Tell whether a line alone is part of the name that the card begins with."""
    said = line.strip(" -–—*,.").casefold()
    return bool(said) and said in name.casefold().split()


def is_sign_off(line: str) -> bool:
    """Tell whether a line ends somebody's words above their name: "Thanks," or "Kind regards"."""
    said = line.strip(" -–—*").casefold()
    if not 0 < len(said.split()) <= _LONGEST_SIGN_OFF:
        return False
    return said.endswith(",") or said.strip(" .,!") in client_words().sign_offs


def is_greeting(line: str) -> bool:
    return len(line.split()) <= _LONGEST_SIGN_OFF and line.rstrip().endswith(",")


def is_ended(line: str) -> bool:
    return line.rstrip().endswith((".", "!", "?", ")", "…")) or is_sign_off(line)


def is_unspoken(line: str) -> bool:
    """Tell whether nobody speaks in a line: it has no "I", no "is" and no "not", in a few languages."""
    words = client_words()
    return (words.spoken | words.banners.spoken).isdisjoint(line.casefold().split())
