"""The words of answers in each language, from its ``answers.toml``. What they mean together is meaning's."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar

from peerpact.programme.commitments import Outcome
from peerpact.programme.languages import codes, read
from peerpact.programme.requests import Wish

Phrase = tuple[str, ...]
T = TypeVar("T")

_OUTCOMES = {
    "kept": Outcome.KEPT,
    "partly": Outcome.PARTLY,
    "not_yet": Outcome.NOT_YET,
    "dropped": Outcome.DROPPED,
}
_TOKEN = re.compile(r"\d+|[^\W\d_]+'?|[^\w\s]|\n")
_CONTRACTION = re.compile(
    r"n't\b|(?<=\b(?:is|do))nt\b|(?<=\b(?:did|was|has|had|are))nt\b|(?<=\b(?:have|were|does))nt\b"
)
_LONG_CONTRACTION = re.compile(r"(?<=\b(?:could|would))nt\b|(?<=\bshould)nt\b")
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
_HYPHEN = re.compile(r"(?<=\w)-(?=\w)")


def tokens_of(text: str) -> list[str]:
    """Return words without accents and case, numbers, signs and line breaks; ``didn't`` is did and not."""
    folded = unicodedata.normalize("NFKD", text.replace("’", "'").replace("ʼ", "'").casefold())
    plain = "".join(c for c in folded if not unicodedata.combining(c)).replace("\ufe0f", "")
    for short, full in (("won't", "will not"), ("can't", "can not"), ("cannot", "can not")):
        plain = plain.replace(short, full)
    plain = _LONG_CONTRACTION.sub(" not", _CONTRACTION.sub(" not", plain))
    return _TOKEN.findall(_HYPHEN.sub(" ", plain))


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a phrase stands for: a sort of word, and which one."""

    sort: str
    value: Outcome | int | None = None


@dataclass(frozen=True, kw_only=True)
class AnswerWords:
    """The words of one or more languages together."""

    answers: dict[str, list[tuple[Phrase, Meaning]]]
    """By first token, longest first."""
    negations: frozenset[str]
    negates_after: bool
    units: frozenset[str]
    requests: dict[str, list[tuple[Phrase, Wish]]]
    exact_requests: dict[Phrase, Wish]
    sentences: dict[str, dict[str, list[Phrase]]]
    """Greetings, closings, questions ... by first token."""
    dates: dict[str, Any]
    """Words of dates, each a set or a mapping of folded words."""


@cache
def answer_words(languages: tuple[str, ...]) -> AnswerWords:
    """Return the words of these languages; those that we have no file for are left out."""
    files = [_file(language) for language in dict.fromkeys(languages) if language in codes()]
    return AnswerWords(
        answers=_by_first(pair for file in files for pair in _answers(file["outcomes"])),
        negations=frozenset(t for f in files for w in f["outcomes"]["negations"] for t in tokens_of(w)),
        negates_after=any(f["outcomes"].get("negates_after", False) for f in files),
        units=frozenset(t for f in files for w in f["outcomes"]["units"] for t in tokens_of(w)),
        requests=_by_first((p, w) for f in files for p, w in _wishes(f["requests"])),
        exact_requests={p: w for f in files for p, w in _wishes(f["requests"]["exact"])},
        sentences={sort: _sentences(files, sort) for sort in files[0]["sentences"]} if files else {},
        dates=_dates([f["dates"] for f in files]),
    )


@cache
def _file(language: str) -> dict[str, Any]:
    return read(language, "answers")


def _phrases_of(words: Iterable[str]) -> Iterable[Phrase]:
    """Return the tokens of each, and those of "noetig" for "nötig"."""
    for word in words:
        spelt = (word, word.translate(_UMLAUTS))
        yield from dict.fromkeys(tuple(tokens_of(w)) for w in spelt)


def _answers(outcomes: dict[str, Any]) -> Iterable[tuple[Phrase, Meaning]]:
    for name, outcome in _OUTCOMES.items():
        yield from ((p, Meaning("outcome", outcome)) for p in _phrases_of(outcomes[name]))
    for sort in ("yes", "no", "all", "none", "empty", "last", "rest", "except", "yet"):
        yield from ((p, Meaning(sort)) for p in _phrases_of(outcomes[sort]))
    for word, number in outcomes["ordinals"].items():
        yield tuple(tokens_of(word)), Meaning("number", number)


def _wishes(requests: dict[str, Any]) -> Iterable[tuple[Phrase, Wish]]:
    for wish in Wish:
        yield from ((phrase, wish) for phrase in _phrases_of(requests.get(wish.name.lower(), ())))


def _by_first(pairs: Iterable[tuple[Phrase, T]]) -> dict[str, list[tuple[Phrase, T]]]:
    found: dict[str, list[tuple[Phrase, T]]] = {}
    for phrase, value in pairs:
        found.setdefault(phrase[0], []).append((phrase, value))
    for entries in found.values():
        entries.sort(key=lambda entry: -len(entry[0]))
    return found


def _sentences(files: Sequence[dict[str, Any]], sort: str) -> dict[str, list[Phrase]]:
    pairs = ((phrase, None) for f in files for phrase in _phrases_of(f["sentences"][sort]))
    return {first: [p for p, _ in entries] for first, entries in _by_first(pairs).items()}


def _dates(files: Sequence[dict[str, Any]]) -> dict[str, Any]:
    sets = ("until", "from", "for", "next_month", "day", "week", "month", "end_of")
    words: dict[str, Any] = {
        sort: frozenset(tuple(tokens_of(w)) for f in files for w in f[sort]) for sort in sets
    }
    words["counts"] = {tokens_of(w)[0]: n for f in files for w, n in f["counts"].items()}
    words["months"] = {
        tokens_of(w)[0]: number for f in files for number, names in enumerate(f["months"], 1) for w in names
    }
    return words


def starts_with(tokens: Sequence[str], phrases: dict[str, list[Phrase]]) -> int:
    """Return the length of the longest of these phrases that the tokens begin with; 0 if none."""
    for phrase in phrases.get(tokens[0], ()) if tokens else ():
        if tuple(tokens[: len(phrase)]) == phrase:
            return len(phrase)
    return 0
