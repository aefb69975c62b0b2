"""Clauses written by hand, with what was found in them, in a language of a few words that is dropped in.

"half:partly" is a word of that outcome, "no:no" one with a mark of that sort ("no:no+not" with two), "2:number" a
promise's number, "budget*2" a name of the second promise, "May@future" a day. A word without anything is unknown, but
for "that"; "away" tells of an absence. " / " parts clauses, " // " sentences.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from peerpact.programme.commitments import Outcome
from peerpact.programme.replies.answer_words import answer_words
from peerpact.programme.replies.clauses import Clause
from peerpact.programme.replies.phrases import Mark
from peerpact.programme.replies.spans import When

LANGUAGE = """
[language]
common = ["that"]
[sentences]
so = ["so"]
[promises]
absences = ["away"]
[dates]
since = ["since"]
articles = ["the"]
"""
_WORD = re.compile(
    r"(?P<word>[^:*@]+)(?:\*(?P<name>\d?))?(?:@(?P<tense>\w+))?(?::(?P<sorts>[\w+]+))?|(?P<sign>.)"
)
_JOINTS = {"but", "because", "and", "if"}


def drop_in(folder: Path) -> None:
    (folder / "xx").mkdir()
    (folder / "xx" / "answers.toml").write_text(LANGUAGE, encoding="utf-8")


def clauses_of(text: str) -> list[Clause]:
    return [
        clause_of(clause, number)
        for number, sentence in enumerate(text.split(" // "))
        for clause in sentence.split(" / ")
    ]


def clause_of(text: str, sentence: int = 0) -> Clause:
    parts = [match for part in text.split() if (match := _WORD.fullmatch(part))]
    words = [part["word"] or part["sign"] for part in parts]
    marks = [mark for at, part in enumerate(parts) for mark in _marks(at, part)]
    return Clause(
        words=tuple(words),
        marks=tuple(marks),
        dates=tuple(When(start=at, end=at + 1, tense=p["tense"]) for at, p in enumerate(parts) if p["tense"]),
        names=tuple((at, int(p["name"] or 1)) for at, p in enumerate(parts) if p["name"] is not None),
        language=answer_words("xx"),
        sentence=sentence,
        text=" ".join(words),
        opens_with=next((m.sort for m in marks if m.sort in _JOINTS and not m.start), ""),
    )


def _marks(at: int, part: re.Match[str]) -> Iterator[Mark]:
    for sort in (part["sorts"] or "").replace("not_yet", "not yet").split("+"):
        if sort in set(Outcome):
            yield Mark(at, at + 1, "outcome", Outcome(sort))
        elif sort:
            yield Mark(at, at + 1, sort, int(part["word"]) if sort == "number" else None)
