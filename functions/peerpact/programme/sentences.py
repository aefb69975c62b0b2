"""Sentences for admins: said in English where they are made, and in the admins' language where they are shown.

A sentence is text like any other, and remembers what it was made of. Its translations are in each language's
``admins.toml``, under its pattern. What has no translation yet is said in English.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import date
from functools import cache
from string import Formatter
from typing import Any, TypeVar, cast

from peerpact.programme import languages

CATALOGUE = "admins"
T = TypeVar("T")


class Sentence(str):
    """A sentence in English, with its pattern and what fills the gaps: words, figures, days, other sentences."""

    __slots__ = ("gaps", "pattern")
    pattern: str
    gaps: Mapping[str, object]


def say(pattern: str, /, **gaps: object) -> Sentence:
    """Return the sentence that a pattern such as ``{many} proposals wait.`` makes.

    A gap ``{what:first}`` begins with a capital letter.
    """
    sentence = Sentence(_filled(pattern, gaps, languages.FALLBACK) if gaps else pattern)
    sentence.pattern, sentence.gaps = pattern, gaps
    return sentence


def described(text: str) -> Sentence:
    """Return a sentence that a tab's description has; its translations are beside those of ours."""
    return say(text)


def with_gaps(sentence: Sentence, /, **gaps: object) -> Sentence:
    """Return a sentence that was said with its gaps open, with what fills them."""
    return say(sentence.pattern, **gaps)


def counted(many: float, one: str, more: str, /, **gaps: object) -> Sentence:
    """Return one of two patterns, by whether it is about one; its figure is the gap ``{many}``."""
    return say(one if many == 1 else more, **{"many": f"{many:.0f}", **gaps})


def as_written(text: str) -> Sentence:
    """Return what is shown as it is, in whatever language it was written."""
    return say("{text}", text=text)


def joined(sentences: Iterable[str], between: str = " ") -> Sentence:
    """Return several one after the other; empty ones are left out."""
    parts = {f"p{i}": sentence for i, sentence in enumerate(filter(None, sentences))}
    return say(between.join(f"{{{name}}}" for name in parts), **parts)


def all_of(words: Iterable[str]) -> Sentence:
    """Return words with commas and an “and” before the last."""
    *some, last = list(words) or [""]
    return say("{some} and {last}", some=joined(some, ", "), last=last) if some else joined([last])


def any_of(words: Iterable[str]) -> Sentence:
    """Return words with commas and an “or” before the last."""
    *some, last = list(words) or [""]
    return say("{some} or {last}", some=joined(some, ", "), last=last) if some else joined([last])


def in_language(text: str, language: str) -> str:
    """Return a sentence as it is said in that language, as plain text; what is none stays as it is."""
    if not isinstance(text, Sentence):
        return text
    known = known_in(language)
    if not known:
        return str(text)
    pattern = known.get(text.pattern, text.pattern)
    return _filled(pattern, text.gaps, language) if text.gaps else pattern


def in_every_language(text: str) -> Iterator[str]:
    """Yield a sentence as it is said in each language, as it may have been written before another was set."""
    yield from (in_language(text, code) for code in languages.codes())


def said_in(value: T, language: str) -> T:
    """Return a frozen value with all sentences among its fields said in that language."""
    if isinstance(value, str):
        return cast("T", in_language(value, language))
    if isinstance(value, tuple):
        return cast("T", tuple(said_in(v, language) for v in value))
    if is_dataclass(value) and not isinstance(value, type):
        now = {f.name: getattr(value, f.name) for f in fields(value) if f.init}
        said = {name: in_language(v, language) for name, v in now.items() if isinstance(v, Sentence)}
        return cast("T", replace(value, **said)) if said else value
    return value


def in_english(text: str) -> str:
    """Return the English of a fixed sentence, in whatever language it was written; what is none stays as it is."""
    return _english().get(text, text)


@cache
def _english() -> dict[str, str]:
    return {said: pattern for code in languages.codes() for pattern, said in known_in(code).items()}


def known_in(language: str) -> Mapping[str, str]:
    """Return a language's sentences for admins by their English patterns; none for one that is not ours."""
    if language == languages.FALLBACK or not (languages.FOLDER / language / f"{CATALOGUE}.toml").exists():
        return {}
    return languages.read(language, CATALOGUE)


def day_in(day: date, language: str) -> str:
    """Return a day in words, such as 4 January 2027."""
    if not known_in(language):
        return f"{day.day} {day:%B %Y}"
    gaps = {"day": _of_month(day, language), "month": MONTHS[day.month - 1], "year": day.year}
    return in_language(say("{day} {month} {year}", **gaps), language)


def month_in(day: date, language: str) -> str:
    return in_language(say("{month} {year}", month=MONTHS[day.month - 1], year=day.year), language)


def day_of_month_in(day: date, language: str) -> str:
    """Return a day without its year, such as 4 January."""
    gaps = {"day": _of_month(day, language), "month": MONTHS[day.month - 1]}
    return in_language(say("{day} {month}", **gaps), language)


def _of_month(day: date, language: str) -> object:
    return (
        languages.words(language).get("first of a month", 1)
        if day.day == 1 and known_in(language)
        else day.day
    )


DAYS = {"": day_in, "month": month_in, "short": day_of_month_in}
"""How a gap shows a day: ``{day}``, ``{day:month}``, ``{day:short}``."""


class _Gaps(Formatter):
    """Fills gaps in one language."""

    def __init__(self, language: str) -> None:
        self.language = language

    def format_field(self, value: Any, format_spec: str) -> str:
        if isinstance(value, date):
            return DAYS[format_spec](value, self.language)
        text = in_language(value, self.language) if isinstance(value, str) else str(value)
        return text[:1].upper() + text[1:] if format_spec == "first" else text


def _filled(pattern: str, gaps: Mapping[str, object], language: str) -> str:
    return _Gaps(language).vformat(pattern, (), gaps)


MONTHS = (
    say("January"),
    say("February"),
    say("March"),
    say("April"),
    say("May"),
    say("June"),
    say("July"),
    say("August"),
    say("September"),
    say("October"),
    say("November"),
    say("December"),
)
