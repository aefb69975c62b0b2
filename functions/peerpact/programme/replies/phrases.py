"""Text as tokens, and phrases that are looked for in them. Knows no language: all words come from ``words/``.

A phrase is words with spaces between them. ``a|b`` is either, ``(a)`` may be missing, ``…`` is up to three words,
``{a b|c}`` is either of several words, ``<they>`` is a list of the file's ``[lists]``, ``harass*`` and ``*ieren`` are
beginnings and endings; a dot at the end of a phrase says that the clause ends there. A space ends a choice: ``at my
home|the office`` is "at my home office" or "at my the office", and ``at {my home|the office}`` what was meant.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

_TOKEN = re.compile(r"\d+|[^\W\d_]+(?:'[^\W\d_]+)*'?|[^\w\s]|\n")
_HYPHEN = re.compile(r"(?<=[^\W\d_])-(?=[^\W\d_])")
_TYPESET_HYPHEN = "\u2010"
"""It looks like "-"; the one at which no line ends (U+2011) is taken apart into it."""
_LENGTHENED = re.compile(r"([^\W\d_])\1{2,}")
_OTHER_SPELLING = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
_GROUP = re.compile(r"\{([^}]*)\}|\(([^()]* [^()]*)\)")
_CHOICES = re.compile(r"(?<!\S)(?:([^\s()]+)|\(([^\s()]+)\))(?=\.?(?:\s|$))")
_GAP = 3
_LONGEST_PART = 20
"""Letters of a beginning or an ending that a word is looked up by."""
_NO_SPELLING: Mapping[str, str] = {}


class Token(NamedTuple):
    """A word without accents and case, a number, a sign or a line break, and where it is in the text."""

    word: str
    start: int
    end: int

    @property
    def is_word(self) -> bool:
        return self.word[:1].isalpha()

    @property
    def has_sense(self) -> bool:
        return self.word[:1].isalnum()


def folded(text: str) -> str:
    """Return text without case and accents, and each hyphen as "-", sign for sign where that is possible."""
    plain = text.replace("’", "'").replace("ʼ", "'").replace("`", "'").replace("´", "'")
    return "".join(_without_accent(c) for c in plain)


@cache
def _without_accent(sign: str) -> str:
    parts = unicodedata.normalize("NFKD", sign.casefold())
    plain = "".join(c for c in parts if not unicodedata.combining(c) and c != "\ufe0f")
    return plain.replace(_TYPESET_HYPHEN, "-")


def tokenised(text: str, spelling: Mapping[str, str] = _NO_SPELLING) -> list[Token]:
    """Return the tokens of a text; ``spelling`` writes out words such as ``didn't``."""
    places = [at for at, sign in enumerate(text) for _ in _folded_sign(sign)]
    plain = _HYPHEN.sub(" ", "".join(_folded_sign(sign) for sign in text))
    found: list[Token] = []
    for match in _TOKEN.finditer(plain):
        start, end = places[match.start()], places[match.end() - 1] + 1
        raw = text[start:end].casefold() if spelling else ""
        words = spelling[raw].split() if raw in spelling else _words(match[0], spelling)
        found += (Token(word, start, end) for word in words)
    return found


@cache
def _folded_sign(sign: str) -> str:
    return folded(sign)


def _words(token: str, spelling: Mapping[str, str]) -> list[str]:
    if not token[0].isalpha():
        return [token]
    token = _LENGTHENED.sub(r"\1", token) if token not in spelling else token
    if token in spelling:
        return spelling[token].split()
    return re.findall(r"[^']+'?", token)


def words_of(text: str, spelling: Mapping[str, str] = _NO_SPELLING) -> list[str]:
    return [token.word for token in tokenised(text, spelling)]


@dataclass(frozen=True, slots=True)
class _Slot:
    """One place of a phrase."""

    words: frozenset[str]
    beginnings: tuple[str, ...] = ()
    endings: tuple[str, ...] = ()
    optional: bool = False
    gap: bool = False

    def takes(self, word: str) -> bool:
        return (
            word in self.words
            or word.startswith(self.beginnings)
            or (word.endswith(self.endings) and self._takes_ending(word))
        )

    def _takes_ending(self, word: str) -> bool:
        return any(word.endswith(e) and len(word) > len(e) + 1 for e in self.endings)


class Mark(NamedTuple):
    """A phrase that was found in tokens ``start`` to ``end``: what sort it is, and of which value."""

    start: int
    end: int
    sort: str
    value: object = None


class _Phrase(NamedTuple):
    slots: tuple[_Slot, ...]
    is_closed: bool
    sort: str
    value: object


@dataclass(frozen=True, slots=True)
class Phrases:
    """Phrases of several sorts, found at each place of a text: the longest wins, all sorts of that length count."""

    _exact: dict[str, list[_Phrase]] = field(default_factory=dict)
    _beginnings: dict[str, list[_Phrase]] = field(default_factory=dict)
    _endings: dict[str, list[_Phrase]] = field(default_factory=dict)

    def add(self, text: str, sort: str, value: object, write: Writing) -> None:
        for spelt in dict.fromkeys((text, text.translate(_OTHER_SPELLING))):
            for plain in written_out(spelt, write.spelling):
                for phrase in _phrases(plain, sort, value, write):
                    self._index(phrase)

    def _index(self, phrase: _Phrase) -> None:
        for slot in phrase.slots:
            for table, keys in (
                (self._exact, slot.words),
                (self._beginnings, slot.beginnings),
                (self._endings, slot.endings),
            ):
                for key in keys:
                    table.setdefault(key, []).append(phrase)
            if not slot.optional:
                return

    def at(self, words: Sequence[str], place: int) -> list[Mark]:
        """Return the marks of the longest phrases that begin here."""
        best = 0
        found: list[Mark] = []
        for phrase in self._candidates(words[place]):
            end = _end_of(phrase, words, place)
            if end > place and end - place >= best:
                found = [] if end - place > best else found
                best = end - place
                found.append(Mark(place, end, phrase.sort, phrase.value))
        return found

    def each(self, words: Sequence[str]) -> list[Mark]:
        """Return the marks of every phrase at each place, longer and shorter ones."""
        found = []
        for place, word in enumerate(words):
            ends = ((phrase, _end_of(phrase, words, place)) for phrase in self._candidates(word))
            found += [Mark(place, end, p.sort, p.value) for p, end in ends if end > place]
        return found

    def _candidates(self, word: str) -> Iterable[_Phrase]:
        yield from self._exact.get(word, ())
        for length in range(1, min(len(word), _LONGEST_PART) + 1):
            if self._beginnings:
                yield from self._beginnings.get(word[:length], ())
            if self._endings:
                yield from self._endings.get(word[-length:], ())

    def in_order(self, words: Sequence[str]) -> list[Mark]:
        """Return marks from left to right; what a phrase covers is looked at no more."""
        found: list[Mark] = []
        at = 0
        while at < len(words):
            here = self.at(words, at)
            found += here
            at = max(at + 1, here[0].end if here else 0)
        return found

    def everywhere(self, words: Sequence[str]) -> list[Mark]:
        """Return marks at each place, overlapping or not."""
        return [mark for at in range(len(words)) for mark in self.at(words, at)]

    def begins(self, words: Sequence[str]) -> int:
        """Return the length of the longest phrase that the words begin with; 0 if none."""
        return max((mark.end for mark in self.at(words, 0)), default=0) if words else 0


class Writing(NamedTuple):
    """How a language writes: short forms written out, and its lists for ``<name>`` in phrases."""

    spelling: Mapping[str, str]
    lists: Mapping[str, frozenset[str]]


def written_out(text: str, spelling: Mapping[str, str] = _NO_SPELLING) -> Iterable[str]:
    """Return a phrase once for each choice of several words, and with and without what may be missing."""
    match = _GROUP.search(text) or _choice_of_several(text, spelling)
    if match is None:
        yield text
        return
    choices = match[1].split("|") if match[1] is not None else [*match[2].split("|"), ""]
    for choice in choices:
        yield from written_out(f"{text[: match.start()]}{choice}{text[match.end() :]}", spelling)


def _choice_of_several(text: str, spelling: Mapping[str, str]) -> re.Match[str] | None:
    """Find choices of which one is written without a space and is more than one word: "any longer|anymore"."""
    parts = (match for match in _CHOICES.finditer(text) if "|" in match[0])
    return next(
        (m for m in parts if any(_is_several(c, spelling) for c in m[0].strip("()").split("|"))), None
    )


def _is_several(choice: str, spelling: Mapping[str, str]) -> bool:
    return not set(choice) & set("<*") and len(words_of(choice, spelling)) > 1


def _phrases(text: str, sort: str, value: object, write: Writing) -> Iterable[_Phrase]:
    closed = text.endswith(".") and len(text) > 1
    slots = [_shared(slot) for part in text.removesuffix(".").split() for slot in _slots(part, write)]
    if slots:
        yield _Phrase(tuple(slots), closed, sort, value)


@cache
def _shared(slot: _Slot) -> _Slot:
    """Return the first place that takes the same words: ten phrases have one in common, and are held all the time."""
    return slot


def _slots(part: str, write: Writing) -> list[_Slot]:
    if part == "…":
        return [_Slot(frozenset(), gap=True, optional=True)]
    optional = part.startswith("(") and part.endswith(")")
    choices = part.strip("()").split("|") if len(part) > 1 else [part]
    if len(choices) == 1 and "*" not in part and "<" not in part:
        return [_Slot(frozenset({w}), optional=optional) for w in words_of(choices[0], write.spelling)]
    words: set[str] = set()
    for choice in choices:
        listed = choice.startswith("<")
        words |= write.lists.get(choice.strip("<>"), frozenset()) if listed else {_one_word(choice, write)}
    return [_slot(words, optional=optional)]


def _one_word(choice: str, write: Writing) -> str:
    found = words_of(choice, write.spelling) if "*" not in choice else []
    return found[0] if len(found) == 1 else folded(choice)


def _slot(words: set[str], *, optional: bool) -> _Slot:
    whole: Callable[[str], bool] = lambda w: "*" not in w  # noqa: E731 - named for the reader
    return _Slot(
        frozenset(filter(whole, words)),
        tuple(sorted(w[:-1] for w in words if w.endswith("*") and len(w) > 1)),
        tuple(sorted(w[1:] for w in words if w.startswith("*") and len(w) > 1)),
        optional=optional,
    )


def _end_of(phrase: _Phrase, words: Sequence[str], place: int) -> int:
    """Return where the phrase ends that begins at this place; 0 if it isn't there."""
    end = _match(phrase.slots, 0, words, place)
    if end and phrase.is_closed and end < len(words) and words[end][:1].isalnum():
        return 0
    return end


def _match(slots: Sequence[_Slot], number: int, words: Sequence[str], at: int) -> int:
    if number == len(slots):
        return at
    slot = slots[number]
    if slot.gap:
        return _match_after_gap(slots, number, words, at)
    if at < len(words) and slot.takes(words[at]):
        end = _match(slots, number + 1, words, at + 1)
        if end:
            return end
    return _match(slots, number + 1, words, at) if slot.optional else 0


def _match_after_gap(slots: Sequence[_Slot], number: int, words: Sequence[str], at: int) -> int:
    for skipped in range(_GAP + 1):
        if skipped and (at + skipped > len(words) or not words[at + skipped - 1][:1].isalnum()):
            return 0
        if end := _match(slots, number + 1, words, at + skipped):
            return end
    return 0
