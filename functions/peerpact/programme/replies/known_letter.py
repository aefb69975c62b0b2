"""A letter known again word for word, however a program wrapped, spaced or linked it when it quoted it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Container, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate, pairwise
from string import digits

LEAST_LETTERS = 18
"""A line with fewer letters may be our sentence or theirs by chance ("1 done"): its neighbours decide."""
_LONGEST = 120_000
"""Characters; the sentences of all letters in all languages, as one, are half of it."""
_MOST_PLACES = 4
_MOST_TORN = 8
_RUN = 4
_LONGEST_RUN = 60
_LEAST_WORDS = 8
_LINK = re.compile(
    r"[<(\[]?\b(?:https?|mailto|tel):[^\s<>\])]{1,2000}[>)\]]?|\[(?:cid|image|bild|logo)[^\]]{0,200}\]",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class LetterKnown:
    """A letter as one string of lower-case letters and digits, so that line breaks don't matter."""

    letters: str
    borders: frozenset[int]
    """Where its own lines begin and end."""
    runs: frozenset[tuple[str, ...]] = field(repr=False)
    """All sequences of a few words."""
    wholes: frozenset[str] = field(repr=False)
    """Its own lines, each as letters, but for short ones."""
    with_links: bool = False
    """Its links are spelt out, for programs that break them over lines; else they are left out on both sides."""

    @classmethod
    def both_ways(cls, body: str) -> tuple[LetterKnown, ...]:
        """Return a letter as known without its links and, where it has some, with them."""
        return _known_both_ways(body[:_LONGEST])

    def lines_in(self, texts: Sequence[str]) -> set[int]:
        """Return the lines that are surely of this letter, and short ones that go on from them or lead to them."""
        spelt = _spelt(tuple(texts), with_links=self.with_links)
        places = {i: found for i, said in enumerate(spelt) if (found := self._places(said, texts[i]))}
        lines = set(places) | _torn(spelt, places, self.wholes)
        for at, starts in places.items():
            for start in (s for s in starts if s >= 0):
                lines |= self._below(spelt, at, start + len(spelt[at]), places)
                lines |= self._above(spelt, at, start, places)
        return lines

    def runs_in(self, texts: Sequence[str]) -> list[tuple[range, set[str]]]:
        """Return where lines run on as in the letter, and which of its own lines, as letters, are whole there."""
        spelt = _spelt(tuple(texts), with_links=self.with_links)
        found: list[tuple[range, set[str]]] = []
        for at, said in enumerate(spelt):
            if not found or at not in found[-1][0]:
                runs = [self._run(spelt, at, start) for start in self._places(said, "")]
                found += [run for run in runs if len(run[0]) > 1 or len(run[1]) > 1][:1]
        return found

    def _run(self, spelt: Sequence[str], at: int, start: int) -> tuple[range, set[str]]:
        """Return the lines around one that go on as the letter does, and which of its own lines they hold."""
        first, last, begin, end = at, at + 1, start, start + len(spelt[at])
        while first > max(0, at - _LONGEST_RUN) and self.letters.endswith(spelt[first - 1], 0, begin):
            first -= 1
            begin -= len(spelt[first])
        while last < min(len(spelt), at + _LONGEST_RUN) and self.letters.startswith(spelt[last], end):
            end += len(spelt[last])
            last += 1
        held = sorted(border for border in self.borders if begin <= border <= end)
        return range(first, last), {self.letters[a:b].lstrip(digits) for a, b in pairwise(held)}

    def wholes_in(self, texts: Sequence[str], repeated: Collection[str]) -> set[int]:
        """Return the lines that are a line of the letter, or together one, and none that is ``repeated``."""
        spelt = _spelt(tuple(texts), with_links=self.with_links)
        ours = {line for line in self.wholes if line.lstrip(digits) not in repeated}
        return _torn(spelt, (), ours)

    def _places(self, said: str, text: str) -> tuple[int, ...]:
        """Return where in the letter a line is; -1 for one whose words are all the letter's, some left out."""
        if len(said) < LEAST_LETTERS:
            return ()
        found: list[int] = []
        at = self.letters.find(said)
        while at >= 0 and len(found) < _MOST_PLACES:
            found.append(at)
            at = self.letters.find(said, at + len(said))
        return tuple(found) or ((-1,) if self._is_made_of_runs(text) else ())

    def _is_made_of_runs(self, text: str) -> bool:
        words = _words(text)[:200]
        if len(words) < _LEAST_WORDS:
            return False
        covered: set[int] = set()
        for at, run in enumerate(_runs(words)):
            if run in self.runs:
                covered |= set(range(at, at + _RUN))
        return len(covered) >= 0.9 * len(words)

    def _below(self, spelt: Sequence[str], at: int, place: int, known: Container[int]) -> set[int]:
        """Follow the letter down from a known line; what ends amid one of its lines may be somebody's."""
        passed: set[int] = set()
        sure: set[int] = set()
        for line in range(at + 1, len(spelt)):
            if not self.letters.startswith(spelt[line], place):
                break
            if line in known:
                return passed
            passed.add(line)
            place += len(spelt[line])
            if spelt[line] and place in self.borders:
                sure = set(passed)
        return sure

    def _above(self, spelt: Sequence[str], at: int, place: int, known: Container[int]) -> set[int]:
        passed: set[int] = set()
        sure: set[int] = set()
        for line in range(at - 1, -1, -1):
            if not self.letters.endswith(spelt[line], 0, place):
                break
            if line in known:
                return passed
            passed.add(line)
            place -= len(spelt[line])
            if spelt[line] and place in self.borders:
                sure = set(passed)
        return sure


def _torn(spelt: Sequence[str], known: Container[int], wholes: Container[str]) -> set[int]:
    """Return lines that are one line of the letter, alone or together: "Questions? Write to", and the address."""
    found: set[int] = set()
    for at in range(len(spelt)):
        said = ""
        for line in range(at, min(at + _MOST_TORN, len(spelt))):
            if line in known or not spelt[line]:
                break
            said += spelt[line]
            if said in wholes:
                found |= set(range(at, line + 1))
    return found


def letters_of(text: str, *, with_links: bool = False) -> str:
    """Return a text's letters and digits alone, in lower case, without links unless told."""
    folded = unicodedata.normalize("NFKC", text if with_links else _without_links(text)).casefold()
    return "".join(c for c in folded if c.isalnum())


@lru_cache(maxsize=2)
def _spelt(texts: Sequence[str], *, with_links: bool) -> tuple[str, ...]:
    """Return each line's letters; a mail is held against many letters, one after the other."""
    return tuple(letters_of(text, with_links=with_links) for text in texts)


@lru_cache(maxsize=32)
def _known_both_ways(body: str) -> tuple[LetterKnown, ...]:
    ways = (False, True) if _LINK.search(body) else (False,)
    return tuple(_known(body, with_links=way) for way in ways)


def _known(body: str, *, with_links: bool) -> LetterKnown:
    lines = [letters_of(line, with_links=with_links) for line in body.split("\n")]
    letters, borders = "".join(lines), frozenset(accumulate(map(len, lines), initial=0))
    wholes = frozenset(line for line in lines if len(line) >= LEAST_LETTERS)
    return LetterKnown(letters, borders, frozenset(_runs(_words(body))), wholes, with_links)


def _runs(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Yield every sequence of a few words."""
    return zip(*(words[at:] for at in range(_RUN)), strict=False)


def _words(text: str) -> list[str]:
    words = (letters_of(word) for word in _without_links(text).split())
    return [word for word in words if word]


def _without_links(text: str) -> str:
    return _LINK.sub(" ", text) if ":" in text else text
