"""What an answer says: outcomes by number, new commitments, requests, a question. Unknown is never guessed.

Rules, in this order: a line that begins with *next:* is a new commitment; a sentence with a request is that request;
a question is a question and nothing else; a negation turns *done* into *not yet*; outcomes belong to the number that
they stand beside, without numbers to the only open commitment or, said of *all*, to each.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from peerpact.programme.commitments import Outcome
from peerpact.programme.languages import codes
from peerpact.programme.replies.answer_words import (
    AnswerWords,
    answer_words,
    starts_with,
    tokens_of,
)
from peerpact.programme.replies.dates import until
from peerpact.programme.replies.outcomes import outcomes_in, stem_of, without_empty
from peerpact.programme.requests import Wish

_MOST_READ = 6_000
_LONGEST_COMMITMENT = 500
_MOST_COMMITMENTS = 10
_NEGATION_REACH = 4
_STEM = 4


class Asked(StrEnum):
    """What the letter that they answer asked for."""

    COMMITMENT = "commitment"
    OUTCOMES = "outcomes"


class Unclear(StrEnum):
    """Why they must be asked again, kindly, once."""

    EMPTY = "empty"
    CONTRADICTING = "contradicting"
    WHICH = "which"
    """An outcome, but of which commitment?"""
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Requested:
    """One request; ``until`` is the first day after a pause."""

    kind: Wish
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """What was understood. With ``unclear`` set, what else is set is certain all the same."""

    outcomes: Mapping[int, Outcome] = field(default_factory=lambda: MappingProxyType({}))
    """By number of the open commitment as the letter listed it, from 1."""
    new_commitments: tuple[str, ...] = ()
    requests: tuple[Requested, ...] = ()
    question: bool = False
    """There is a question for the People team."""
    unclear: Unclear | None = None


def understand(
    text: str,
    *,
    open_commitments: Sequence[str],
    languages: Sequence[str] = (),
    on: date,
    asked: Asked = Asked.OUTCOMES,
) -> Understood:
    """Read an answer by the words of these languages and English."""
    text = text[:_MOST_READ]
    if not any(c.isalnum() or ord(c) > 0x2000 for c in text):
        return Understood(unclear=Unclear.EMPTY)
    asked = asked if open_commitments else Asked.COMMITMENT
    about = _stems(open_commitments[0]) if len(open_commitments) == 1 else frozenset()
    for tried in _tries(languages, asked):
        reading = _Reading(words=answer_words(tried), count=len(open_commitments), on=on, about=about)
        understood = reading.read(text, asked)
        if understood.unclear is not Unclear.UNKNOWN or reading.doubted:
            return understood
    return Understood(unclear=Unclear.UNKNOWN)


def _stands(phrase: Sequence[str], tokens: Sequence[str], at: int) -> bool:
    """Tell whether a phrase stands here; one that ends with a dot in the word list must end its clause."""
    closed = phrase[-1] == "."
    words = tuple(phrase[:-1]) if closed else tuple(phrase)
    end = at + len(words)
    if tuple(tokens[at:end]) != words:
        return False
    return not closed or end >= len(tokens) or not tokens[end][:1].isalnum()


def _stems(commitment: str) -> frozenset[str]:
    return frozenset(
        stem_of(token) for token in tokens_of(commitment[:_LONGEST_COMMITMENT]) if len(token) >= _STEM
    )


def _tries(languages: Sequence[str], asked: Asked) -> list[tuple[str, ...]]:
    """Other languages than the person's are tried only if we have no words of theirs but English.

    A commitment is free text: there, words of all languages together tell what is none.
    """
    first = tuple(dict.fromkeys((*(la for la in languages if la in codes()), "en")))
    rest = tuple(la for la in codes() if la not in first)
    if asked is Asked.COMMITMENT:
        return [first + rest]
    return [first, *((la,) for la in rest)] if first == ("en",) else [first]


_SENTENCE_END = re.compile(r"(?<=[!?;…])\s+|(?<=[^\d\s]\.)\s+")
_BULLET = re.compile(r"^\s*(?:[-*•–+]|\(?\d{1,2}[.)]|\d{1,2}:)\s+")


@dataclass(kw_only=True)
class _Reading:
    """One pass over an answer in the words of some languages."""

    words: AnswerWords
    count: int
    on: date
    about: frozenset[str] = frozenset()
    requests: list[Requested] = field(default_factory=list)
    commitments: list[str] = field(default_factory=list)
    question: bool = False
    doubted: bool = False
    """A request was there, but negated, or what they say means nothing: no other language is tried."""

    def read(self, text: str, asked: Asked) -> Understood:
        left = "\n".join(self._read_line(line, asked) for line in self._body(text))
        outcomes: Mapping[int, Outcome] = MappingProxyType({})
        unclear: Unclear | None = None
        if asked is Asked.COMMITMENT:
            self._take_commitments(left)
        elif left.strip():
            tokens = tokens_of(left)
            self.doubted |= len(without_empty(tokens, self.words)) < len(tokens)
            found = outcomes_in(tokens, count=self.count, words=self.words, about=self.about)
            outcomes = MappingProxyType(dict(found.outcomes))
            unclear = Unclear(found.unclear) if found.unclear else None
        return self._understood(outcomes, unclear)

    def _understood(self, outcomes: Mapping[int, Outcome], unclear: Unclear | None) -> Understood:
        anything = outcomes or self.commitments or self.requests or self.question
        return Understood(
            outcomes=outcomes,
            new_commitments=tuple(c[:_LONGEST_COMMITMENT] for c in self.commitments[:_MOST_COMMITMENTS]),
            requests=tuple(dict.fromkeys(self.requests)),
            question=self.question,
            unclear=unclear if unclear or anything else Unclear.UNKNOWN,
        )

    def _body(self, text: str) -> list[str]:
        """The lines between a greeting and a closing such as "Best regards"."""
        lines = text.split("\n")
        for at, line in enumerate(lines):
            tokens = [t for t in tokens_of(line) if t.isalnum()]
            if at and 0 < len(tokens) <= 5 and self._is_all(tokens, "closings"):
                return lines[:at]
        return lines

    def _is_all(self, tokens: Sequence[str], sort: str) -> bool:
        return starts_with(tokens, self.words.sentences[sort]) >= len(tokens)

    def _read_line(self, line: str, asked: Asked) -> str:
        """Take new commitments, requests and questions out of a line; return the rest."""
        if (commitment := self._after_next(line)) is not None:
            self.commitments += [commitment] if commitment else []
            return ""
        sentences = _SENTENCE_END.split(line)
        return " ".join(s for s in sentences if s.strip() and not self._take_sentence(s.strip(), asked))

    def _after_next(self, line: str) -> str | None:
        """What follows "Next:" and the like; None if the line doesn't begin so."""
        head, colon, rest = _BULLET.sub("", line).partition(":")
        if not colon:
            head, colon, rest = line.partition(" - ")
        tokens = tokens_of(head)
        if colon and 0 < len(tokens) <= 5 and self._is_all(tokens, "next"):
            return rest.strip()
        return None

    def _take_sentence(self, sentence: str, asked: Asked) -> bool:
        if (commitment := self._after_next(sentence)) is not None:
            self.commitments += [commitment] if commitment else []
            return True
        tokens = tokens_of(sentence)
        words = [t for t in tokens if t[:1].isalnum()]
        asks = tokens[-1:] == ["?"]
        if self._take_wish(sentence, tokens, asks=asks, asked=asked):
            return True
        if asks:
            self.question = True
            return True
        if self._is_greeting(words):
            return True
        if asked is Asked.OUTCOMES and self._is_promise(words):
            self.commitments.append(sentence.strip())
            return True
        return False

    def _take_wish(self, sentence: str, tokens: Sequence[str], *, asks: bool, asked: Asked) -> bool:
        """Note a request. A negated one is none, and nothing else is read from its sentence.

        Where a commitment was asked for, "Find another partner for the project" is one, and no request.
        """
        polite = any(starts_with(tokens[i:], self.words.sentences["polite"]) for i in range(len(tokens)))
        if asks and not polite:
            return False
        found = self._wishes_in(tokens)
        speaks = (
            polite or starts_with(tokens, self.words.sentences["subjects"]) or self._is_bare(tokens, found)
        )
        if not found or (asked is Asked.COMMITMENT and not speaks):
            return False
        _, wish, negated = max(found, key=lambda each: each[0])
        day = until(sentence, words=self.words, on=self.on) if wish is Wish.PAUSE else None
        self.requests += [] if negated else [Requested(kind=wish, until=day)]
        self.doubted |= negated
        return True

    def _wishes_in(self, tokens: Sequence[str]) -> list[tuple[int, Wish, bool]]:
        """Length, wish and whether it is negated, for each request in a sentence."""
        words = [t for t in tokens if t[:1].isalnum()]
        bare = words[1:] if starts_with(words, self.words.sentences["polite"]) == 1 else words
        if wish := self.words.exact_requests.get(tuple(bare)):
            return [(len(words), wish, False)]
        return [
            (len(phrase), wish, self._is_negated(tokens[:at]))
            for at, token in enumerate(tokens)
            for phrase, wish in self.words.requests.get(token, ())
            if _stands(phrase, tokens, at)
        ]

    def _is_bare(self, tokens: Sequence[str], found: Sequence[tuple[int, Wish, bool]]) -> bool:
        """Tell whether a request is nearly all there is: "another partner please"."""
        return any(length + 2 >= sum(t[:1].isalnum() for t in tokens) for length, _, _ in found)

    def _is_negated(self, before: Sequence[str]) -> bool:
        for token in reversed(before[-_NEGATION_REACH:]):
            if token in self.words.negations:
                return True
            if not token[:1].isalnum():
                return False
        return False

    def _is_greeting(self, tokens: Sequence[str]) -> bool:
        length = starts_with(tokens, self.words.sentences["greetings"])
        return bool(length) and len(tokens) <= length + 2

    def _is_promise(self, tokens: Sequence[str]) -> bool:
        """A sentence such as "I will ask Maria"; "I will do it" and "I'll drop it" speak of an open one."""
        length = starts_with(tokens, self.words.sentences["promises"])
        if not length or len(tokens) < length + 2:
            return False
        found = outcomes_in(list(tokens), count=1, words=self.words)
        return not found.outcomes and found.unclear == Unclear.UNKNOWN

    def _take_commitments(self, left: str) -> None:
        lines = [line.strip() for line in left.split("\n")]
        listed = [_BULLET.sub("", line).strip() for line in lines if _BULLET.match(line)]
        texts = (
            listed if len(listed) > 1 else [" ".join(" ".join(_BULLET.sub("", la) for la in lines).split())]
        )
        self.commitments += [t for t in texts if self._is_worth_keeping(t)]

    def _is_worth_keeping(self, text: str) -> bool:
        """At least two words that are not just yes, no or done."""
        tokens = [t for t in tokens_of(text) if t[:1].isalnum()]
        if not tokens or (len(tokens) == 1 and len(text) < 4):
            return False
        if len(without_empty(tokens, self.words)) < min(len(tokens), 4):
            return False
        return len(tokens) > 3 or outcomes_in(tokens, count=1, words=self.words).unclear == Unclear.UNKNOWN
