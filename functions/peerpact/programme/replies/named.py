"""By which words promises are known again: their own, the past of their verbs, days, and words that begin a clause.

A word of one promise alone names it anywhere; a word that all work has, as "plan", only where a clause begins with it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from peerpact.programme.replies.answer_words import AnswerWords
from peerpact.programme.replies.phrases import Mark, Token, tokenised

JOINTS = {"but", "because", "and", "if"}
_NOUNS = ("ation", "ations", "acion", "aciones", "ungen", "ung")
_LEAST_FAINT = 4
_MOST_LIGHT = 3
"""So many articles and the like before a word, and it begins its clause: "lo de los lunes"."""
_LEAST_STEM = 3
_LEAST_COMPOUND = 6
"""So many letters of a word are the same word in "Budgetentwurf"."""


@dataclass(frozen=True, kw_only=True)
class Promises:
    """The words by which open promises are known again, each word of one promise only."""

    texts: tuple[tuple[str, ...], ...] = ()
    """Each promise as folded words."""
    telling: tuple[frozenset[str], ...] = ()
    shared: frozenset[str] = frozenset()
    faint: tuple[frozenset[str], ...] = ()
    """Words of one promise only that are of work in general: they name it where a clause begins with them."""

    @property
    def count(self) -> int:
        return len(self.texts)

    def named_by(self, word: str) -> tuple[int, ...]:
        """Return the promises, from 1, that this word is of."""
        return tuple(n for n, words in enumerate(self.telling, 1) if any(is_like(word, w) for w in words))

    def faintly_named_by(self, word: str) -> tuple[int, ...]:
        """Return the one promise that has this word, or one that ends with it as "Übergabeplan" ends."""
        if len(word) < _LEAST_FAINT:
            return ()
        found = [
            n for n, (words, text) in enumerate(zip(self.faint, self.texts, strict=False), 1)
            if word in words or any(w.endswith(word) and len(w) >= len(word) + _LEAST_STEM for w in text)
        ]  # fmt: skip
        return tuple(found) if len(found) == 1 else ()

    def of_day(self, day: str, language: AnswerWords) -> tuple[int, ...]:
        """Return the one promise that is of a weekday."""
        found = [n for n, text in enumerate(self.texts, 1) if any(_weekday(w, language) == day for w in text)]
        return tuple(found) if len(found) == 1 else ()

    def has(self, word: str) -> bool:
        return any(word in text for text in self.texts)

    def naming(self, word: str) -> tuple[int, ...]:
        """Return the promises, from 1, that have this very word, and the others don't."""
        return tuple(n for n, words in enumerate(self.telling, 1) if word in words)


def is_like(word: str, other: str) -> bool:
    """Tell whether two words have the same stem, as "ask" and "asked" have, and "list" and "listening" have not."""
    word, other = word.strip("'"), other.strip("'")
    if word == other:
        return len(word) > 1
    short, long = sorted((word, other), key=len)
    if len(short) >= _LEAST_COMPOUND and (long.startswith(short) or long.endswith(short)):
        return True
    if len(short) < 3 or short[:3] != long[:3]:
        return False
    if len(short) > _LEAST_FAINT and long.startswith(short[:-1]) and long.endswith(_NOUNS):
        return True  # apply and application
    shared = next((n for n, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    return shared >= max(4, 0.55 * len(long)) or (shared == len(short) == 3 and len(long) <= 5)


def promises_of(texts: Sequence[str], words: Sequence[AnswerWords]) -> Promises:
    """Return what tells some promises apart: words that are not common, and names."""
    common = frozenset().union(*(w.light for w in words))
    cut = [tokenised(text[:500]) for text in texts]
    doing = {w for la in words for text in cut for w in _verbs(text, la)}
    telling = [
        {t.word for t in tokens if t.is_word and (t.word in doing or _tells(t, text, common))}
        for tokens, text in zip(cut, texts, strict=True)
    ]
    alone = [
        frozenset(
            w
            for w in mine
            if not any(is_like(w, o) for j, other in enumerate(telling) if j != i for o in other)
        )
        for i, mine in enumerate(telling)
    ]
    return Promises(
        texts=tuple(tuple(t.word for t in tokens if t.has_sense) for tokens in cut),
        telling=tuple(alone),
        shared=frozenset(t.word for tokens in cut for t in tokens if t.is_word and len(t.word) > 2),
        faint=_faint([{t.word for t in tokens if t.is_word} for tokens in cut], words),
    )


def _faint(texts: Sequence[set[str]], words: Sequence[AnswerWords]) -> tuple[frozenset[str], ...]:
    """Return the words of each promise that no other has, and that neither answer nor carry a sentence."""
    listed = frozenset().union(*(w.listed for w in words))
    found = []
    for at, mine in enumerate(texts):
        others = set().union(*(text for other, text in enumerate(texts) if other != at))
        alone = {w for w in mine - others if len(w) >= _LEAST_FAINT}
        telling = {w for w in alone - listed if not any(la.answers.at([w], 0) for la in words)}
        found.append(frozenset(telling))
    return tuple(found)


def _verbs(text: Sequence[Token], language: AnswerWords) -> set[str]:
    words = [t.word for t in text]
    return {
        words[m.start]
        for m in language.answers.in_order(words)
        if m.sort in {"does", "did"} and len(words[m.start]) > 2
    }


def _tells(token: Token, text: str, common: frozenset[str]) -> bool:
    is_short_form = len(token.word) == 2 and text[token.start : token.end].isupper()
    if len(token.word) < 3 and not is_short_form:
        return False
    is_name = text[token.start].isupper() and token.start > 0
    return token.word not in common or is_name


def numbers_named_by(word: str, promises: Promises, language: AnswerWords) -> tuple[int, ...]:
    """Return the promises that a word is of, as it stands or as the past of a promise's verb."""
    past = (number for verb in language.verbs_of(word) for number in promises.naming(verb))
    return tuple(dict.fromkeys((*promises.named_by(word), *past)))


def _weekday(word: str, language: AnswerWords) -> str:
    """Return the weekday that a word is of: "jeudi" of "jeudis"; empty where it is of none."""
    return next((d for d in (word, word[:-1], word[:-2]) if d in language.dates.weekdays and len(d) > 2), "")


def in_phrases(marks: Sequence[Mark]) -> set[int]:
    """Return places as that of "open" in "still open", which is no "opening" that a promise is about."""
    phrases = (m for m in marks if m.sort == "outcome" and m.end - m.start > 1)
    return {at for m in phrases for at in range(m.start, m.end)}


def faintly_named(
    words: Sequence[str], marks: Sequence[Mark], promises: Promises, language: AnswerWords
) -> Iterator[tuple[int, int]]:
    """Yield where "plan" begins what is said, perhaps behind its article: "plan done", "and the plan is"."""
    joints = {at for m in marks if m.sort in JOINTS for at in range(m.start, m.end)}
    joints |= {m.start for m in marks if m.sort in {"outcome", "yes", "no"} and m.end == m.start + 1}
    light = {at for at, word in enumerate(words) if word in language.dates.articles}
    light |= {m.start for m in marks if m.sort == "it" and m.end == m.start + 1}
    light |= {
        at for at, word in enumerate(words) if word in language.writing.lists.get("beside", frozenset())
    }
    joints |= {m.end - 1 for m in marks if m.sort in {"did", "only", "except"}}
    marked = {at for m in marks for at in range(m.start, m.end)}
    for at, word in enumerate(words):
        day = _weekday(word, language)
        is_day = bool(day) and (word != day or (at > 0 and words[at - 1] in language.dates.articles))
        is_light = word in language.listed or word in language.dates.counts
        is_light |= at in marked or bool(language.answers.at([word], 0))
        numbers = (
            promises.of_day(day, language) if is_day else () if is_light else promises.faintly_named_by(word)
        )
        before = at - 1
        while before >= max(0, at - _MOST_LIGHT) and before in light:
            before -= 1
        if numbers and (before < 0 or before in joints or not words[before][:1].isalnum()):
            yield from ((at, n) for n in numbers)


def own_verbs_done(
    words: Sequence[str], marks: Sequence[Mark], promises: Promises, language: AnswerWords
) -> Iterator[Mark]:
    """Yield the past of verbs that promises have: "presentados" where "presentar ..." was promised.

    Not behind "je" and "le", where French "rédige" is what somebody does.
    """
    own = {word for text in promises.texts for word in text}
    doers = {m.end for m in marks if m.sort in {"me", "they", "it"}}
    for at, word in enumerate(words):
        if own & language.verbs_of(word) and word not in own and at not in doers:
            yield Mark(at, at + 1, "did")


def names_in(
    words: Sequence[str], promises: Promises, language: AnswerWords
) -> list[tuple[int, tuple[int, ...]]]:
    """Return places that name a promise; of three or more words as the promise has them, with its number."""
    found: dict[int, tuple[int, ...]] = {}
    for number, text in enumerate(promises.texts, 1):
        for at in _repeated(words, text):
            found[at] = (number,)
    for at, word in enumerate(words):
        if at not in found and numbers_named_by(word, promises, language):
            found[at] = ()
    return sorted(found.items())


def _repeated(words: Sequence[str], text: Sequence[str]) -> set[int]:
    """Return the places of words that repeat three or more of a promise in a row."""
    if len(text) < 3:
        return set()
    known = {tuple(text[n : n + 3]) for n in range(len(text) - 2)}
    places = [at for at, word in enumerate(words) if word[:1].isalnum()]
    plain = [words[at] for at in places]
    return {
        places[n + k] for n in range(len(plain) - 2) if tuple(plain[n : n + 3]) in known for k in range(3)
    }
