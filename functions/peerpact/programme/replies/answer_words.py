"""The words of answers in each language, from its ``answers.toml``. What they mean together is meaning's.

A language is a file: drop one in, and answers are read in it. Every table and every list of it may be missing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from peerpact.programme import languages
from peerpact.programme.commitments import Outcome
from peerpact.programme.replies.phrases import Phrases, Writing, folded, words_of
from peerpact.programme.requests import Wish

_OUTCOMES = {
    "kept": Outcome.KEPT,
    "partly": Outcome.PARTLY,
    "not_yet": Outcome.NOT_YET,
    "dropped": Outcome.DROPPED,
}
_LONGEST_PREFIX = 7
_SHORTEST_STEM = 3
_ANSWER_WORDS = {"yes", "surely", "no"}


def languages_read() -> tuple[str, ...]:
    """Return the languages that we have a file of words for."""
    return _languages_read(languages.FOLDER)


@cache
def _languages_read(folder: Path) -> tuple[str, ...]:
    return tuple(sorted(path.parent.name for path in folder.glob("*/answers.toml")))


@dataclass(frozen=True, slots=True, kw_only=True)
class DateWords:
    """The words of dates: phrases by sort, and names with their numbers."""

    phrases: Phrases = field(default_factory=Phrases)
    """Sorts: until, by, from, in, for, every, next, this, last, end_of, start_of, mid, today, units ...

    ``feast`` has a day as value: "12-24", "easter+49".
    """
    months: Mapping[str, int]
    unsure_months: frozenset[str]
    """Names of months that are other words as well: they need a number or a preposition beside them."""
    weekdays: Mapping[str, int]
    counts: Mapping[str, int]
    ordinals: Mapping[str, int]
    """How a day of a month is said in words: the first of March."""
    day_endings: frozenset[str]
    articles: frozenset[str]
    day_leads: frozenset[str]
    """Words behind which a bare number is a day of the month: le 15, el 15, bis zum 15."""
    recurring_leads: frozenset[str]
    """Words behind which a weekday is every such day: le lundi."""
    day_leads_by: frozenset[str]
    """Those of them behind which, in "by the 15", it is one whatever comes next: nobody counts "le 15 pages"."""
    day_leads_on: frozenset[str]
    """Those that need nothing before them: am 9. ..."""
    alternatives: frozenset[str]
    """Or: of two days neither is certain."""
    short_weekdays: Mapping[str, int]
    """Abbreviations that are words as well: they are a weekday only beside a date in figures, or behind "until"."""
    firm: frozenset[str]
    """By, until: nothing before them moves the day behind, as in "two days before Friday"."""
    joiners: frozenset[str]
    """And: what is behind "between" and the first of two days."""
    day_first: bool
    """True where 3/4 is the third of April for everybody."""
    until_is_by: bool
    """True where one word says until when and by when, as "bis" does."""
    unsure_next: frozenset[str]
    """Words by which "next Friday", said on a Monday, may be this week's and may be the one after."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerWords:
    """The words of one language."""

    language: str
    writing: Writing
    answers: Phrases
    """Outcomes, yes and no, and the words that say how certain a sentence is; sorts as the file names them."""
    negates_after: bool
    past: Mapping[str, tuple[str, ...]]
    """Endings of verbs as they are named, and those of what was done: "ar" and "ado"."""
    past_infix: str
    """What stands behind a prefix in the past: the "ge" of "vorgestellt"."""
    requests: Phrases
    exact_requests: Mapping[tuple[str, ...], Wish]
    next_round: Phrases
    """What answers the question with whom the next round shall be, and is no request elsewhere."""
    sentences: Mapping[str, Phrases]
    promises: Phrases
    dates: DateWords
    you: frozenset[str]
    """You: who is asked to do what the writer wishes."""
    out_of: frozenset[str]
    """What is between two numbers in "4 out of 5"."""
    for_me: frozenset[str]
    """Me, us: an action that is asked of others begins "give me"."""
    common: frozenset[str]
    """Every word of the file that isn't just a yes or a no: what tells the language."""
    light: frozenset[str]
    """Words that are of no promise in particular."""
    listed: frozenset[str]
    """Those of them that every text has: they never name a promise."""

    def verbs_of(self, word: str) -> frozenset[str]:
        """Return the verbs whose past a word may be, as they are named: "presentar" of "presentados"."""
        infix = self.past_infix
        whole = [
            word[:at] + word[at + len(infix) :] for at in range(_LONGEST_PREFIX) if word.startswith(infix, at)
        ]
        return frozenset(
            stem + named
            for plain in (whole if infix else [word])
            for named, endings in self.past.items()
            for ending in endings
            if len(stem := plain.removesuffix(ending)) >= _SHORTEST_STEM and stem != plain
        )


def answer_words(language: str) -> AnswerWords:
    """Return the words of a language that has a file."""
    return _answer_words(languages.FOLDER, language)


@cache
def _answer_words(_folder: Path, language: str) -> AnswerWords:
    return words_from(language, languages.read(language, "answers"))


def words_from(language: str, file: Mapping[str, Any]) -> AnswerWords:
    """Return the words that such a file holds."""
    writing = _writing(file)
    answers = file.get("answers", {})
    return AnswerWords(
        language=language,
        writing=writing,
        answers=_answers(answers, file.get("numbers", {}), writing),
        negates_after=bool(file.get("language", {}).get("negates_after", False)),
        past=MappingProxyType(
            {named: tuple(said) for named, said in file.get("language", {}).get("past", {}).items()}
        ),
        past_infix=file.get("language", {}).get("past_infix", ""),
        requests=_requests(file.get("requests", {}), writing),
        exact_requests=MappingProxyType(_exact(file.get("requests", {}).get("exact", {}), writing)),
        next_round=_requests(file.get("next_round", {}), writing),
        sentences=MappingProxyType(
            {sort: phrases_of(texts, sort, writing) for sort, texts in file.get("sentences", {}).items()}
        ),
        promises=_sorts(file.get("promises", {}), writing),
        dates=_dates(file.get("dates", {}), writing),
        you=writing.lists.get("you", frozenset()),
        out_of=frozenset(folded(t) for t in file.get("language", {}).get("out_of_five", ())),
        for_me=writing.lists.get("for_me", frozenset()),
        common=_common(file, writing),
        light=_light(file, writing),
        listed=_listed(file),
    )


def _writing(file: Mapping[str, Any]) -> Writing:
    spelling = {
        short.casefold(): " ".join(words_of(full)) for short, full in file.get("spelling", {}).items()
    }
    lists = {
        name: frozenset(w for word in words for w in words_of(word, spelling))
        for name, words in file.get("lists", {}).items()
    }
    return Writing(MappingProxyType(spelling), MappingProxyType(lists))


def phrases_of(texts: Iterable[str], sort: str, writing: Writing) -> Phrases:
    found = Phrases()
    for text in texts:
        found.add(text, sort, None, writing)
    return found


def _sorts(table: Mapping[str, Iterable[str]], writing: Writing) -> Phrases:
    found = Phrases()
    for sort, texts in table.items():
        for text in texts:
            found.add(text, sort, None, writing)
    return found


def _answers(answers: Mapping[str, Any], numbers: Mapping[str, Any], writing: Writing) -> Phrases:
    found = _sorts({sort: texts for sort, texts in answers.items() if sort not in _OUTCOMES}, writing)
    for name, outcome in _OUTCOMES.items():
        for text in answers.get(name, ()):
            found.add(text, "outcome", outcome, writing)
    for text, number in numbers.items():
        found.add(text, "number", number, writing)
    return found


def _requests(table: Mapping[str, Any], writing: Writing) -> Phrases:
    found = Phrases()
    for wish in Wish:
        for text in table.get(wish.name.lower(), ()):
            found.add(text, "wish", wish, writing)
    return found


def _exact(table: Mapping[str, Any], writing: Writing) -> dict[tuple[str, ...], Wish]:
    return {
        tuple(words_of(text, writing.spelling)): wish
        for wish in Wish
        for text in table.get(wish.name.lower(), ())
    }


_SAID_BY_NAME = (
    "months",
    "unsure_months",
    "weekdays",
    "counts",
    "ordinals",
    "day_endings",
    "articles",
    "day_leads",
    "recurring_leads",
    "day_leads_by",
    "day_leads_on",
    "alternatives",
    "joiners",
    "firm",
    "short_weekdays",
    "day_first",
    "until_is_by",
    "unsure_next",
    "feasts",
)


def _dates(table: Mapping[str, Any], writing: Writing) -> DateWords:
    phrases = _sorts({sort: texts for sort, texts in table.items() if sort not in _SAID_BY_NAME}, writing)
    for text, day in table.get("feasts", {}).items():
        phrases.add(text, "feast", day, writing)
    return DateWords(
        phrases=phrases,
        months=_numbered(table.get("months", ()), 1),
        unsure_months=frozenset(folded(w) for w in table.get("unsure_months", ())),
        weekdays=_numbered(table.get("weekdays", ()), 0),
        counts=MappingProxyType({folded(w): n for w, n in table.get("counts", {}).items()}),
        ordinals=MappingProxyType({folded(w): n for w, n in table.get("ordinals", {}).items()}),
        day_endings=frozenset(table.get("day_endings", ())),
        articles=frozenset(folded(w) for w in table.get("articles", ())),
        day_leads=frozenset(folded(w) for w in table.get("day_leads", ())),
        recurring_leads=frozenset(folded(w) for w in table.get("recurring_leads", ())),
        day_leads_by=frozenset(folded(w) for w in table.get("day_leads_by", ())),
        day_leads_on=frozenset(folded(w) for w in table.get("day_leads_on", ())),
        alternatives=frozenset(folded(w) for w in table.get("alternatives", ())),
        short_weekdays=_numbered(([word] for word in table.get("short_weekdays", ())), 0),
        firm=frozenset(folded(w) for w in table.get("firm", ())),
        joiners=frozenset(folded(w) for w in table.get("joiners", ())),
        day_first=bool(table.get("day_first", False)),
        until_is_by=bool(table.get("until_is_by", False)),
        unsure_next=frozenset(folded(w) for w in table.get("unsure_next", ())),
    )


def _numbered(names: Iterable[Iterable[str]], first: int) -> Mapping[str, int]:
    return MappingProxyType({folded(w): number for number, group in enumerate(names, first) for w in group})


def _common(file: Mapping[str, Any], writing: Writing) -> frozenset[str]:
    """Return the file's words, but for those that only say yes or no: they tell no language."""
    answers = file.get("answers", {})
    said = {folded(text) for sort in _ANSWER_WORDS for text in answers.get(sort, ())}
    texts = [text for table in file.values() for text in _texts(table)]
    texts += [*file.get("numbers", {}), *file.get("dates", {}).get("counts", {})]
    words = {w for text in texts for w in _plain_words(text, writing)}
    return frozenset(words - said) | _listed(file) | _listed(file, "things")


def _light(file: Mapping[str, Any], writing: Writing) -> frozenset[str]:
    """Return the words that name no promise: those listed as common, of days, and what is a phrase by itself.

    A word of a longer phrase may: "pick up my kids" has no say in whether "kids" tells of a promise.
    """
    alone = {w for text in _texts(file) if len(each := [*_plain_words(text, writing)]) == 1 for w in each}
    tables = [file.get(name, {}) for name in ("dates", "lists", "spelling")]
    alone |= {w for table in tables for text in _texts(table) for w in _plain_words(text, writing)}
    return frozenset(alone) | _listed(file) | _listed(file, "things")


def _listed(file: Mapping[str, Any], name: str = "common") -> frozenset[str]:
    return frozenset(folded(w) for text in file.get("language", {}).get(name, ()) for w in text.split())


def _texts(table: Any) -> Iterable[str]:
    if isinstance(table, str):
        yield table
    elif isinstance(table, Mapping):
        for value in table.values():
            yield from _texts(value)
    elif isinstance(table, list | tuple):
        for value in table:
            yield from _texts(value)


def _plain_words(text: str, writing: Writing) -> Iterable[str]:
    for part in re.split(r"[\s|()]+", text):
        if part and not set(part) & set("<>*…"):
            yield from words_of(part, writing.spelling)
