"""Words of distress: harassment, violence, self-harm, discrimination, fear. They reach no ledger and no partner.

A language's ``distress.toml`` has sorts of words: what is done to people, whom it is done to, fear, what makes
somebody afraid. Here is what sorts mean together, whatever the language. What only comes near is doubtful: it
is recorded nowhere either, and the writer is asked. Heard in every language that we have words for, whatever the
person's own is: too much is better than too little.
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from pathlib import Path

from peerpact.programme import languages
from peerpact.programme.replies.answer_words import answer_words, languages_read, phrases_of
from peerpact.programme.replies.client_words import FOLDER
from peerpact.programme.replies.phrases import Mark, Phrases, Token, Writing, folded, tokenised, words_of


class Distress(IntEnum):
    """How sure it is that somebody is in distress."""

    NONE = 0
    NEAR = 1
    """It may be: nothing is recorded, and they are asked."""
    SURE = 2


_SURE_RULES = (
    "sure",
    "strong",
    "public victim:8",
    "public slur:10",
    "public say:8 i:6 they:8",
    "alarm they:12 me:12 !topic",
    "alarm they:12 my:12 !topic",
    "alarm person:12 me:12 !topic",
    "alarm person:12 i:12 !topic",
    "alarm they:6 i:8 !topic",
    "say slur:10 i:6",
    "say trait:6 my:6 refused:12",
    "remark group:3 !topic",
    "soft trait:4 my:4 they:8",
    "despair !thing",
    "victim me:6 !topic",
    "victim me:2 they:6",
    "victim <passive:5 !topic",
    "victim <passive:3 they:6",
    "act me:3 they:6",
    "act <passive:2 they:8",
    "act <passive:2 person:8",
    "act body:4 my:5",
    "act body:4 me:5 they:8",
    "hand body:3 me:6",
    "hand body:3 my:2 they:8",
    "stare me:4",
    "stare my:3 they:8",
    "remark trait:5 my:6",
    "remark trait:5 me:8 they:6",
    "trait deny:5 say:8",
    "call me:3 slur:6",
    "slur say:6 group:8",
    "slur group:5 they:8",
    "group say:8 deny:8",
    "group they:8 deny:4",
    "fear >person:5",
    "fear >name:4",
    "fear >encounter:4",
    "scare me:3 they:6",
    "scare me:5 they:6",
    "suffer_hard",
    "suffer daily:6",
    "suffer cause:6 person:6",
    "suffer cause:9 they:12",
    "alarm cause:2 person:3",
    "avoid >meet:5 >person:8 again:9",
    "avoid >apart:6 >name:5",
    "contact me:3 intimate:12 they:9",
    "contact me:3 picture:6 unasked:10 they:9",
    "contact me:3 night:12 unasked:14 they:9",
    "named i_victim:4",
    "named they:6 !topic",
    "named i:8 !topic",
    "named alone",
)
_NEAR_RULES = (
    "alarm me:12 !topic",
    "alarm i:12 !topic",
    "alarm my:12 !topic",
    "alarm they:12 !topic",
    "object <they:3",
    "contact me:3 night:12 they:9 !work",
    "soft <passive:2",
    "near !topic",
    "despair",
    "victim they:8 !topic",
    "victim my:4 !topic",
    "act me:3 they:8",
    "act <passive:2 body:6",
    "stare they:8",
    "remark trait:5 they:8",
    "slur me:5 they:8",
    "slur they:5 my:8",
    "group deny:6",
    "group say:6 they:8",
    "fear they:8",
    "fear person:8",
    "scare me:6",
    "suffer they:12",
    "unwilling >meet:5 >person:5",
    "contact intimate:5 they:9",
    "named !topic",
)
"""Each: a sort, and what is beside it in the same sentence, at most so many words away ("<": before, ">": behind).
``!topic``: and none of that sort in the sentence."""
_DONE = {"act", "victim", "soft", "scare", "suffer", "alarm", "near", "object", "stare"}
"""Sorts of what is done to somebody: by things of work in a figure of speech only."""
_ENDS = {".", "!", "?", ";", "…", "\n"}
_ALONE = 4
_LIKELY = 0.6
_TWICE = 2
_VERB_REACH = 2


def distress_in(text: str) -> Distress:
    """Return how sure it is that somebody is in distress."""
    near = 0
    for language in _spoken(text):
        found = [_judged(sentence) for sentence in _sentences(text, language)]
        if Distress.SURE in found:
            return Distress.SURE
        near = max(near, found.count(Distress.NEAR))
    if _is_in_other(text):
        return Distress.SURE
    return Distress.SURE if near > _TWICE else Distress.NEAR if near else Distress.NONE


def figures_of(language: str) -> Phrases:
    """Return what only sounds like distress in a language: "the deadline is killing me"."""
    known = (folder := languages.FOLDER) / language / "distress.toml"
    return _language(language, folder).figures if known.exists() else Phrases()


def things_of(language: str) -> Phrases:
    """Return the things of work of a language: what they "do" to somebody is a figure of speech."""
    known = (folder := languages.FOLDER) / language / "distress.toml"
    return _language(language, folder).things if known.exists() else Phrases()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Language:
    code: str
    writing: Writing
    words: Phrases
    figures: Phrases
    """What only sounds so: "the deadline is killing me"."""
    things: Phrases
    common: frozenset[str]
    days: frozenset[str]
    capital_nouns: bool
    verb_of_object: str
    """Where the verb is of which somebody is the object: before, behind, or anywhere."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sentence:
    words: tuple[str, ...]
    marks: Mapping[str, Sequence[Mark]]


def tongues_of(text: str) -> tuple[str, ...]:
    """Return the codes of the languages that a text may be in."""
    return tuple(la.code for la in _spoken(text))


def _spoken(text: str) -> list[_Language]:
    """Return the languages that a text may be in: an English word in a German sentence is none of English."""
    shares = [(la, _share(text, la)) for la in _languages()]
    most = max((share for _, share in shares), default=0.0)
    return [la for la, share in shares if share >= _LIKELY * most]


def _share(text: str, language: _Language) -> float:
    words = [t.word for t in tokenised(text, language.writing.spelling) if t.is_word]
    return sum(w in language.common for w in words) / len(words) if words else 0.0


def _languages() -> tuple[_Language, ...]:
    folder = languages.FOLDER
    known = [la for la in languages_read() if (folder / la / "distress.toml").exists()]
    return tuple(_language(la, folder) for la in known)


@cache
def _language(code: str, _folder: Path) -> _Language:
    file, known = languages.read(code, "distress"), answer_words(code)
    lists = {name: frozenset(map(folded, words)) for name, words in file.get("lists", {}).items()}
    writing = Writing(known.writing.spelling, {**known.writing.lists, **lists})
    words, figures, things = Phrases(), Phrases(), Phrases()
    things.add("<things>", "thing", None, writing)
    for sort, texts in file["words"].items():
        for text in (part for line in texts for part in line.split(", ")):
            (figures if sort == "figure" else words).add(text, sort, None, writing)
    for text in (part for line in _plain_words(code) for part in line.split(", ")):
        words.add(text, "kind", None, writing)
    return _Language(
        code=code,
        writing=writing,
        words=words,
        figures=figures,
        things=things,
        common=known.common,
        days=frozenset([*known.dates.weekdays, *known.dates.months]),
        capital_nouns=bool(file.get("capital_nouns")),
        verb_of_object=file.get("verb_of_object", "before"),
    )


def _plain_words(code: str) -> list[str]:
    """Return words of work: what is done with them to somebody is for ``explained`` to judge."""
    known = (languages.FOLDER / code / "plain.toml").exists()
    return list(languages.read(code, "plain")["words"]["plain"]) if known else []


def _sentences(text: str, language: _Language) -> Iterator[_Sentence]:
    tokens: list[Token] = []
    for token in [*tokenised(text, language.writing.spelling), Token("\n", len(text), len(text))]:
        if token.word in _ENDS:
            if tokens:
                yield _sentence(tokens, text, language)
            tokens = []
        else:
            tokens.append(token)


def _sentence(tokens: Sequence[Token], text: str, language: _Language) -> _Sentence:
    words = _without_figures([t.word for t in tokens], language)
    plain = [at for at, t in enumerate(tokens) if t.has_sense]
    bare = _without_figures([words[at] for at in plain], language)
    marks: dict[str, list[Mark]] = defaultdict(list)
    for mark in language.words.each(words):
        marks[mark.sort].append(mark)
    for mark in language.words.each(bare):
        marks[mark.sort].append(Mark(plain[mark.start], plain[mark.end - 1] + 1, mark.sort))
    things = {at for m in marks["work"] for at in range(m.start, m.end)}  # "terrified of Excel"
    said = (at for at in _names(tokens, text, language) if words[at] != "*" and at not in things)
    names = [Mark(at, at + 1, "name") for at in said]
    marks["name"] = names
    marks["they"] += [Mark(m.start, m.end, "they") for m in names]
    own = {m.end for m in marks["i"]}
    done_to = [m for m in marks["me"] if m.start not in own]
    marks["object"] = [m for m in done_to if not _is_kind(m, marks["kind"], language)]
    if _is_about_work(words, marks):
        done = {at for sort in (*_DONE, "fear") for m in marks.get(sort, ()) for at in range(m.start, m.end)}
        marks["sure"] = [m for m in marks["sure"] if done.isdisjoint(range(m.start, m.end))]
        marks = defaultdict(list, {sort: ms for sort, ms in marks.items() if sort not in _DONE})
    return _Sentence(words=tuple(words), marks=marks)


def _is_about_work(words: Sequence[str], marks: Mapping[str, Sequence[Mark]]) -> bool:
    """Tell of "the deadline is killing me": a thing of work does it, and no person stands beside it."""
    comma = next((at for at, word in enumerate(words) if word == ","), len(words))
    people = [
        m for sort in ("they", "person", "group", "body") for m in marks.get(sort, ()) if m.start < comma
    ]
    heads = (m for m in marks.get("work", ()) if m.start == 0 or not words[m.start - 1][:1].isalnum())
    head = next(heads, None)
    return head is not None and all(head.start <= m.start < head.end for m in people)


def _without_figures(words: list[str], language: _Language) -> list[str]:
    for figure in language.figures.in_order(words):
        words[figure.start : figure.end] = ["*"] * (figure.end - figure.start)
    return words


def _is_kind(me: Mark, kind: Sequence[Mark], language: _Language) -> bool:
    """Tell of "she helped me" and "elle m'a aidée": a verb that we know to be friendly is where the verb is."""
    before = any(0 <= me.start - k.end < _VERB_REACH for k in kind)
    behind = any(0 <= k.start - me.end <= _VERB_REACH for k in kind)
    return {"before": before, "behind": behind, "anywhere": bool(kind)}[language.verb_of_object]


def _names(tokens: Sequence[Token], text: str, language: _Language) -> Iterator[int]:
    """Yield the places of what may be a person's name: a capital amid a sentence."""
    for at, token in enumerate(tokens):
        if at == 0 or not token.is_word or len(token.word) < 3 or not text[token.start].isupper():
            continue
        if (
            token.word in language.common
            or token.word in language.days
            or text[token.start : token.end].isupper()
        ):
            continue
        if not language.capital_nouns or tokens[at - 1].word in language.writing.lists.get(
            "before_names", ()
        ):
            yield at


def _judged(sentence: _Sentence) -> Distress:
    if any(_holds(rule, sentence) for rule in _SURE_RULES):
        return Distress.SURE
    return Distress.NEAR if any(_holds(rule, sentence) for rule in _NEAR_RULES) else Distress.NONE


def _holds(rule: str, sentence: _Sentence) -> bool:
    anchor, *beside = rule.split()
    if beside == ["alone"]:
        return (
            bool(sentence.marks.get(anchor)) and len([w for w in sentence.words if w[:1].isalnum()]) <= _ALONE
        )
    for needed in beside:
        if needed.startswith("!") and sentence.marks.get(needed[1:]):
            return False
    places = [needed for needed in beside if not needed.startswith("!")]
    return any(all(_is_beside(p, mark, sentence) for p in places) for mark in sentence.marks.get(anchor, ()))


def _is_beside(needed: str, mark: Mark, sentence: _Sentence) -> bool:
    sort, _, reach = needed.strip("<>").partition(":")
    for other in sentence.marks.get(sort, ()):
        before, behind = mark.start - other.end, other.start - mark.end
        if needed[0] == "<" and before < 0:
            continue
        if needed[0] == ">" and behind < -(mark.end - mark.start - 1):
            continue
        if max(before, behind) <= int(reach):
            return True
    return False


def _is_in_other(text: str) -> bool:
    """Look for words of languages that we don't read; what is a word of ours as well is judged as ours."""
    words = words_of(text)
    ours = {at for la in _languages() for m in la.words.each(words) for at in range(m.start, m.end)}
    return any(at not in ours and phrases.at(words, at) for phrases in _others() for at in range(len(words)))


@cache
def _others() -> tuple[Phrases, ...]:
    file = tomllib.loads((FOLDER / "foreign.toml").read_text(encoding="utf-8"))
    writing = Writing({}, {})
    return tuple(phrases_of(texts, "sure", writing) for texts in file.get("care", {}).values())
