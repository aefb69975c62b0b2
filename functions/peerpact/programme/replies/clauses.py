"""Sentences cut into clauses, each with what was found in it. Knows marks by their sort and no word of a language."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import pairwise

from peerpact.programme.replies.answer_words import AnswerWords
from peerpact.programme.replies.dates import dates_in
from peerpact.programme.replies.named import (
    JOINTS,
    Promises,
    faintly_named,
    in_phrases,
    names_in,
    numbers_named_by,
    own_verbs_done,
)
from peerpact.programme.replies.phrases import Mark, Token, tokenised
from peerpact.programme.replies.spans import When

_CHUNK = re.compile(
    r"(?<=[,;…])\s+|(?<=[^\d]\))\s+|\s+(?=\()|\s[-–—]\s|[–—]|\s*\.{2,}\s*|(?<=[^\d\W]),(?=[^\W\d])|\s+/\s+|(?<=[:])\s+(?=[:])"
)
_ENDS = {".", "!", "?", ";", ",", "(", ")", "…", "\n"}
_JOINED = frozenset({"&", "+", ","})
_QUOTES = {'"', "„", "“", "”", "«", "»", "‚"}
_BEHIND_NUMBERS = {")", ".", ":"}
_LONGEST_QUOTE = 4
_LEAST_ROW = 2


@dataclass(frozen=True, kw_only=True)
class Clause:
    """Some words of a sentence, read in one language."""

    words: tuple[str, ...]
    marks: tuple[Mark, ...]
    dates: tuple[When, ...]
    language: AnswerWords
    sentence: int
    """Number of the sentence in the reply."""
    text: str = ""
    names: tuple[tuple[int, int], ...] = ()
    """Places of words that name a promise, and which."""
    capitals: frozenset[int] = frozenset()
    quoted: tuple[tuple[int, int], ...] = ()
    """Places of words between quotation marks."""
    opens_with: str = ""
    """The sort of the joint that it begins with: but, because, and, if."""
    is_asked: bool = False

    def places(self, *sorts: str) -> list[int]:
        return [mark.start for mark in self.marks if mark.sort in sorts]

    def has(self, *sorts: str) -> bool:
        return any(mark.sort in sorts for mark in self.marks)

    def before(self, place: int, *sorts: str) -> bool:
        return any(mark.sort in sorts and mark.start < place for mark in self.marks)

    def begins(self, sort: str) -> bool:
        """Tell whether it begins with words of a sentence's sort, as "so" in "so no"."""
        phrases = self.language.sentences.get(sort)
        return bool(phrases and phrases.begins(self.words))

    @cached_property
    def sense(self) -> list[int]:
        """Places of words and numbers."""
        return [at for at, word in enumerate(self.words) if word[:1].isalnum()]

    @cached_property
    def covered(self) -> frozenset[int]:
        marked = {at for mark in self.marks for at in range(mark.start, mark.end)}
        dated = {at for when in self.dates for at in range(when.start, when.end)}
        return frozenset(marked | dated | {at for at, _ in self.names})

    @cached_property
    def unknown(self) -> list[int]:
        """Places of words that mean nothing to us."""
        return [
            at for at in self.sense
            if at not in self.covered and self.words[at] not in self.language.common and len(self.words[at]) > 1
        ]  # fmt: skip

    @cached_property
    def is_about_it(self) -> bool:
        """Tell whether it speaks of the promise: by a pronoun, a number, or words of the promise."""
        return bool(self.names) or self.has("it", "things", "number", "all", "none", "rest")

    @cached_property
    def looks_ahead(self) -> bool:
        done = set(self.places("did"))
        return any(at not in done for at in self.places("future")) or any(
            w.tense == "future" for w in self.dates
        )

    @cached_property
    def has_deadline(self) -> bool:
        """Tell whether it says until when: a doing word beside it is none of the past."""
        late = [w for w in self.dates if w.said in {"by", "until"} and w.tense != "past"]
        return bool(late) or any(self.before(at, "by") for at in self.places("outcome"))


@dataclass(frozen=True, kw_only=True)
class Cutter:
    """Cuts sentences into clauses; ``language_of`` says in which language a piece of text is to be read."""

    promises: Promises
    on: date
    languages: Sequence[AnswerWords]
    """The main language first."""

    def clauses(self, sentence: str, number: int = 0) -> list[Clause]:
        """Return the parts of a sentence; ``number`` tells which of several it is that are answered together."""
        found: list[Clause] = []
        for chunk in _CHUNK.split(sentence):
            if chunk.strip():
                found += self._chunk(chunk.strip(), number, is_asked="?" in sentence[-3:])
        return found

    def language_of(self, chunk: str) -> AnswerWords:
        """Return the main language, or another of theirs when that one knows the words and the main one doesn't."""
        main = self.languages[0]
        known = self._share_known(chunk, main)
        if known >= 0.5 or len(self.languages) == 1:
            return main
        return max(self.languages, key=lambda la: self._share_known(chunk, la))

    def _share_known(self, chunk: str, language: AnswerWords) -> float:
        words = [t.word for t in tokenised(chunk, language.writing.spelling) if t.is_word]
        marked = {at for m in language.answers.in_order(words) for at in range(m.start, m.end)}
        known = sum(at in marked or word in language.common for at, word in enumerate(words))
        return known / len(words) if words else 1.0

    def _chunk(self, chunk: str, number: int, *, is_asked: bool) -> Iterator[Clause]:
        language = self.language_of(chunk)
        tokens = tokenised(chunk, language.writing.spelling)
        words = tuple(t.word for t in tokens)
        names = names_in(words, self.promises, language)
        hidden = {at for at, said in names if said}
        dates = tuple(w for w in dates_in(words, language, self.on))
        dated = {at for when in dates for at in range(when.start, when.end)}
        marks = _row_of_answers(words, self.promises.count, language) or language.answers.in_order(words)
        own = {m.end for m in marks if m.sort == "me"}
        marks = [m for m in marks if not _is_hidden(m, hidden, dated) or _is_told(m, own)]
        marks = [m for m in (_alone(m, words, language) for m in marks) if m.sort]
        marks += _shares(words, self.promises.count, dated, language)
        marks += _digits(words, self.promises.count, dated, marks)
        named = [
            (at, n)
            for at, said in names
            for n in said or numbers_named_by(words[at], self.promises, language)
        ]
        phrased = in_phrases(marks) - hidden
        named = [(at, n) for at, n in named if at not in phrased or self.promises.has(words[at])]
        faint = list(faintly_named(words, marks, self.promises, language))
        named = sorted({*named, *faint})
        marks += [m for m in own_verbs_done(words, marks, self.promises, language) if m.start not in hidden]
        places = {at for at, _ in faint}
        dates = tuple(w for w in dates if places.isdisjoint(range(w.start, w.end)))
        whole = _Chunk(tokens, words, chunk, dates, named, _quoted(words))
        starts = sorted({0, *_cuts(words, marks), *_cuts_at_names(words, named, marks), len(words)})
        if _row_of_answers(words, self.promises.count, language):
            starts = sorted({0, *(m.start for m in marks), len(words)})
        for start, end in pairwise(starts):
            if start < end:
                yield whole.part(start, end, marks, language, number, is_asked=is_asked)


def _row_of_answers(words: Sequence[str], count: int, language: AnswerWords) -> list[Mark]:
    """Return the answers of "yes yes no" to as many promises, each by itself."""
    plain = [at for at, word in enumerate(words) if word[:1].isalnum()]
    marks = [
        next((m for m in language.answers.at([words[at]], 0) if m.sort in {"yes", "no"}), None)
        for at in plain
    ]
    if count < _LEAST_ROW or len(plain) != count or None in marks:
        return []
    return [Mark(at, at + 1, mark.sort) for at, mark in zip(plain, marks, strict=True) if mark]


def _alone(mark: Mark, words: Sequence[str], language: AnswerWords) -> Mark:
    """Return the "if" that nothing follows as what it is then: in Spanish the yes of "1 si 2 no"."""
    if mark.sort != "if" or (mark.end < len(words) and words[mark.end][:1].isalpha()):
        return mark
    alone = language.answers.at(words[mark.start : mark.end], 0)
    return mark._replace(sort="yes" if any(m.sort == "yes" for m in alone) else "")


def _is_told(mark: Mark, own: Collection[int]) -> bool:
    """Tell of the "read" in "I read the chapter": right behind "I", a verb that the promise has says what was done."""
    return mark.sort == "did" and mark.start in own


def _is_hidden(mark: Mark, hidden: set[int], dated: set[int]) -> bool:
    """Tell whether a mark is inside the words of a promise, or only a date's number or preposition."""
    places = range(mark.start, mark.end)
    return any(at in hidden for at in places) or all(at in dated for at in places)


def _shares(words: Sequence[str], count: int, dated: set[int], language: AnswerWords) -> Iterator[Mark]:
    """Yield how many of all promises are meant: all in "3 of 3", none in "0/3", and in "2/3" it isn't said which."""
    for at, (part, between, whole) in enumerate(zip(words, words[1:], words[2:], strict=False)):
        if not (
            part.isdecimal() and whole == str(count) and count > 1 and between in {"/", *language.out_of}
        ):
            continue
        if not dated & {at, at + 2} and int(part) <= count:
            yield Mark(at, at + 3, {count: "all", 0: "none"}.get(int(part), "out_of"))


def _digits(words: Sequence[str], count: int, dated: set[int], marks: Sequence[Mark]) -> list[Mark]:
    """Return the numbers of promises: 1, 1-3, not 2 weeks, not the 2nd of January and not all 3."""
    counted = {m.start for m in marks if m.sort == "units"}
    shared = {at for m in marks if words[m.start].isdecimal() for at in range(m.start, m.end)}
    every = {at for m in marks if m.sort in {"all", "none"} for at in range(m.start, m.end + 1)}
    every -= {m.end for m in marks if m.sort == "except"} | shared
    quantity = {at for m in marks for at in range(m.start, m.end)} - every
    quantity |= {at for m in marks if m.sort == "out_of" for at in (m.start - 1, m.end)}
    found = []
    for at, word in enumerate(words):
        if not word.isdecimal() or len(word) > 2 or at in dated or at in quantity:
            continue
        if at + 1 in counted or (at + 2 in counted and words[at + 1] in {".", ","}):
            continue
        low = int(word)
        if at in every:
            found += [Mark(at, at + 1, "out_of", low)] if low != count else []
            continue
        high = int(words[at + 2]) if _is_range(words, at) else low
        found += [Mark(at, at + 1, "number", n) for n in range(low, high + 1) if 1 <= n <= count]
    return found


def _is_range(words: Sequence[str], at: int) -> bool:
    return (
        at + 2 < len(words)
        and words[at + 1] in {"-", "–"}
        and words[at + 2].isdecimal()
        and len(words[at + 2]) == 1
    )


def _quoted(words: Sequence[str]) -> list[tuple[int, int]]:
    """Return short stretches between quotation marks."""
    signs = [at for at, word in enumerate(words) if word in _QUOTES]
    return [
        (a, b) for a, b in zip(signs[::2], signs[1::2], strict=False) if 1 < b - a <= _LONGEST_QUOTE
    ]  # fmt: skip


def _cuts(words: Sequence[str], marks: Sequence[Mark]) -> list[int]:
    """Return where a new clause begins: at ends of sentences and joints, and before the next promise's number."""
    joined = _JOINED | {words[m.start] for m in marks if m.sort == "and"}
    ends = [at for at, word in enumerate(words) if word in _ENDS]
    cuts = {at + 1 for at in ends if not _is_dot_of_number(words, at) or _ends_numbers(words, at, joined)}
    cuts |= {m.start for m in marks if m.sort in JOINTS}
    said, numbered, last = False, False, 0
    by_place = sorted(marks, key=lambda m: m.start)
    for mark in by_place:
        if mark.start in cuts:
            said = numbered = False
        if mark.sort == "number":
            if numbered and (said or _is_next_of_list(words, last, mark, by_place)):
                cuts.add(_start_of_number(words, mark.start, by_place))
            numbered, said, last = True, False, mark.end
        elif mark.sort in {"outcome", "yes", "no", "did", "begun", "drops", "not", "fine", "future"}:
            said = True
    return sorted(c for c in cuts if 0 < c < len(words))


def _cuts_at_names(words: Sequence[str], named: Sequence[tuple[int, int]], marks: Sequence[Mark]) -> set[int]:
    """Return where "coffee yes course no" goes on to another promise: each is named, and a bare yes or no behind it."""
    said = {
        m.end: m.start
        for m in marks
        if m.sort in {"yes", "no"} or (m.sort == "outcome" and not words[m.start][:1].isalnum())
    }
    numbers = dict(named)
    behind = {end for end, start in said.items() if start - 1 in numbers and end in numbers}
    return {end for end in behind if numbers[end] != numbers[said[end] - 1]}


def _is_next_of_list(words: Sequence[str], last: int, mark: Mark, marks: Sequence[Mark]) -> bool:
    """Tell of the second number in "1) had it 2) halfway": it is written as the first is, and words are between."""
    light = {m.start for m in marks if m.sort in {"number", "number_word"}}
    between = [at for at in range(last, mark.start) if words[at][:1].isalnum() and at not in light]
    return (
        bool(between)
        and words[mark.end : mark.end + 1] == words[last : last + 1]
        and words[last] in _BEHIND_NUMBERS
    )


def _is_dot_of_number(words: Sequence[str], at: int) -> bool:
    """Tell of the dot or bracket in "1." and "2)"."""
    return words[at] in {".", ")"} and at > 0 and words[at - 1].isdecimal() and at + 1 < len(words)


def _ends_numbers(words: Sequence[str], at: int, joined: Collection[str]) -> bool:
    """Tell of the dot in "done 1 & 2. Tom is away": the number before it is the last of some, and begins no item."""
    return at > 2 and words[at - 2] in joined and words[at - 3].isdecimal()


def _start_of_number(words: Sequence[str], at: int, marks: Sequence[Mark]) -> int:
    before = {m.start for m in marks if m.sort == "number_word"}
    while at > 0 and (words[at - 1] in {"#", "("} or (at - 1 in before and not _answers(words, at - 1))):
        at -= 1
    return at


def _answers(words: Sequence[str], at: int) -> bool:
    """Tell of the "no" in "2: no 3: half" that it answers the number before it, and is none before a number."""
    before = [word for word in words[max(at - 2, 0) : at] if word not in _BEHIND_NUMBERS]
    return bool(before) and before[-1].isdecimal()


@dataclass(frozen=True)
class _Chunk:
    tokens: Sequence[Token]
    words: tuple[str, ...]
    text: str
    dates: tuple[When, ...]
    names: list[tuple[int, int]]
    quoted: list[tuple[int, int]]

    def part(
        self,
        start: int,
        end: int,
        marks: Sequence[Mark],
        language: AnswerWords,
        number: int,
        *,
        is_asked: bool,
    ) -> Clause:
        """Return the clause from one token to another, places counted from its own start."""
        mine = [m for m in marks if start <= m.start < end]
        opener = next((m.sort for m in mine if m.sort in JOINTS and m.start == start), "")
        return Clause(
            words=self.words[start:end],
            marks=tuple(Mark(m.start - start, m.end - start, m.sort, m.value) for m in mine),
            dates=tuple(_shifted(w, start) for w in self.dates if start <= w.start < end),
            language=language,
            sentence=number,
            text=self.text[self.tokens[start].start : self.tokens[end - 1].end],
            names=tuple((at - start, n) for at, n in self.names if start <= at < end),
            capitals=frozenset(
                at - start for at in range(start, end) if self.text[self.tokens[at].start].isupper()
            ),
            quoted=tuple((a - start, b - start) for a, b in self.quoted),
            opens_with=opener,
            is_asked=is_asked,
        )


def _shifted(when: When, by: int) -> When:
    return replace(when, start=when.start - by, end=when.end - by)
