"""Which of the older encodings a text is in: the one in which it reads like names of the fewest languages.

Charset-normalizer, the library at hand, read 1 of 60 small Spanish rosters in cp1252 rightly, and half of the French:
names are too short for its statistics. A wrong encoding shows in the letters: capitals and signs inside words, and
letters that no one language has together.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

ENCODINGS = ("cp1252", "cp1250", "mac_roman", "cp850", "cp1254", "cp1251", "cp1253")
"""The likeliest first; of two that read equally well, it counts."""
_ALPHABETS = tuple(
    frozenset(letters)
    for letters in (
        "äöüßé",  # German
        "àâæçéèêëîïôœùûüÿ",  # French
        "áéíñóúüïç",  # Spanish, Catalan in part
        "àáâãçéêíóôõúü",  # Portuguese
        "àèéìíîòóùú",  # Italian
        "æøåéäöü",  # Danish, Norwegian
        "åäöéüš",  # Swedish, Finnish
        "áæéðíóöúýþ",  # Icelandic
        "ëéïóöüáèê",  # Dutch
        "ąćęłńóśźż",  # Polish
        "áčďéěíňóřšťúůýž",  # Czech
        "áäčďéíĺľňóôŕšťúýž",  # Slovak
        "áéíóöőúüű",  # Hungarian
        "ăâîşţșț",  # Romanian
        "čćđšž",  # Croatian, Slovenian
        "çğıİöşüâ",  # Turkish
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюяіїєґљњћђџј",
        "αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώϊϋΐΰ",
    )
)
_ODD_PLACES = re.compile("õ(?!e)|ã(?![oe]|\\b)", re.IGNORECASE)
"""Where Portuguese has no such letter, so that it may be Hungarian ő or Romanian ă."""
WRONG_LETTER, OTHER_LANGUAGE = 4, 2
ENOUGH = 50_000
"""Bytes that are looked at."""


def decoded(content: bytes) -> str:
    """Decode a text that is in none of Unicode's encodings."""
    telling = b"\n".join(line for line in content.splitlines() if not line.isascii())[:ENOUGH]
    known = [e for e in ENCODINGS if _is_decodable(content, e)]
    if not known:
        return content.decode("latin-1")
    return content.decode(min(known, key=lambda e: oddness(telling.decode(e))))


def _is_decodable(content: bytes, encoding: str) -> bool:
    try:
        content.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def oddness(text: str) -> int:
    """Return how little a text reads like names; 0 is plain English."""
    return _out_of_place(text) + _languages(Counter(ch for ch in text if not ch.isascii() and ch.isalpha()))


def _out_of_place(text: str) -> int:
    odd = len(_ODD_PLACES.findall(text))
    for before, letter, after in zip(" " + text, text, text[1:] + " ", strict=False):
        if letter.isascii():
            continue
        inside = before.isalpha() or after.isalpha()
        if not letter.isalpha():
            odd += 1 + 3 * inside + 6 * (unicodedata.category(letter) in {"Cc", "Cn", "Co"})
        else:
            odd += 4 * (_is_capital_inside(before, letter, after) or _is_in_latin_word(before, letter, after))
    return odd * 2


def _is_capital_inside(before: str, letter: str, after: str) -> bool:
    return letter.isupper() and before.isalpha() and (before.islower() or after.islower())


def _is_in_latin_word(before: str, letter: str, after: str) -> bool:
    return letter > "\u0370" and (_is_latin(before) or _is_latin(after))


def _is_latin(letter: str) -> bool:
    return letter.isalpha() and letter < "\u0250"


def _languages(letters: Counter[str]) -> int:
    """Return what it costs that one language alone has not all these letters, or that no language has them."""
    left, cost = set(letters), 0
    while left:
        known = max(({ch for ch in left if ch in a or ch.lower() in a} for a in _ALPHABETS), key=len)
        if not known:
            return cost + WRONG_LETTER * sum(letters[ch] for ch in left)
        left -= known
        cost += OTHER_LANGUAGE
    return cost
