"""In which languages an answer is read: those that the person uses, or what the text surely is, and no other.

A yes or a no tells no language ("ja" is German, Dutch, Swedish, and "I" in Polish). A text that has more words of a
language that we don't read than of ours is not read at all.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from peerpact.programme.languages import FALLBACK
from peerpact.programme.replies.answer_words import AnswerWords, answer_words, languages_read
from peerpact.programme.replies.client_words import FOLDER
from peerpact.programme.replies.phrases import folded, tokenised
from peerpact.programme.replies.weights import familiar

_HALF, _SURE = 0.5, 0.75
_FAMILIAR = 0.4
"""So many of the pieces of a text's words are known at least in one of our languages; hardly ever under half."""
_PLENTY = 3
"""So many telling words of one of our languages, and no other word makes a text a stranger."""
_MOST_WORDS = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Tongue:
    """The languages to read in, the main one first; none when it is one that we don't read."""

    words: tuple[AnswerWords, ...]
    is_own: bool
    """False: the text is in none of the languages that they are known to use."""


def tongue_of(text: str, languages: Sequence[str], names: frozenset[str] = frozenset()) -> Tongue:
    """Return in which languages a text is to be read; ``names`` are words that tell nothing."""
    known = languages_read()
    own = [la for la in dict.fromkeys(languages) if la in known]
    letters = own or [FALLBACK] if FALLBACK in known else own
    shares = {la: _share(text, la, names) for la in known}
    foreign = _foreign_share(text, names)
    best = max(letters, key=lambda la: shares[la].known, default="")
    other = max((la for la in known if la not in letters), key=lambda la: shares[la].known, default="")
    is_ours = any(share.known >= _HALF and share.telling >= _PLENTY for share in shares.values())
    if foreign > max(shares[best].known if best else 0.0, 0.15) or (
        not is_ours and _is_strange(text, known, names)
    ):
        return Tongue(words=(), is_own=False)
    if (
        other
        and _is_surely(shares[other])
        and shares[other].known > 1.5 * (shares[best].known if best else 0)
    ):
        return Tongue(words=tuple(answer_words(la) for la in (other, *letters)), is_own=False)
    if not own and not (best and _is_surely(shares[best])):
        return Tongue(words=(), is_own=False)
    rest = sorted((la for la in letters if la != best), key=lambda la: -shares[la].known)
    return Tongue(words=tuple(answer_words(la) for la in (best, *rest)), is_own=bool(own))


@dataclass(frozen=True, slots=True)
class _Share:
    known: float
    telling: int
    """How many different words there are that tell the language."""


def _is_surely(share: _Share) -> bool:
    return (share.known >= _HALF and share.telling > 1) or (share.known >= _SURE and share.telling == 1)


def _share(text: str, language: str, names: frozenset[str]) -> _Share:
    known = answer_words(language)
    tokens = tokenised(text, known.writing.spelling)
    words = [t.word for t in tokens if t.is_word and t.word not in names][:_MOST_WORDS]
    marked = {at for m in known.answers.in_order(words) for at in range(m.start, m.end)}
    hits = [at for at, w in enumerate(words) if at in marked or w in known.common]
    telling = {words[at] for at in hits if words[at] in known.common}
    return _Share(len(hits) / len(words) if words else 0.0, len(telling))


def _is_strange(text: str, languages: Sequence[str], names: frozenset[str]) -> bool:
    """Tell of words that are built as those of none of our languages, whichever they are: "Kto to czyta?"."""
    words = [t.word for t in tokenised(text) if t.is_word and t.word not in names][:_MOST_WORDS]
    return all(familiar(words, la) < _FAMILIAR for la in languages)


def _foreign_share(text: str, names: frozenset[str]) -> float:
    """Return the largest share of words that are of one language that we don't read."""
    words = [t.word for t in tokenised(text) if t.is_word and t.word not in names][:_MOST_WORDS]
    if not words:
        return float(_is_other_script(text))
    if sum(ord(c) > 0x24F for w in words for c in w) > sum(map(len, words)) / 2:
        return 1.0
    return max(
        (sum(w in known for w in words) / len(words) for known in _foreign(languages_read()).values()),
        default=0.0,
    )


def _is_other_script(text: str) -> bool:
    return any(c.isalpha() and ord(c) > 0x24F for c in text)


@cache
def _foreign(read: tuple[str, ...]) -> dict[str, frozenset[str]]:
    """Words of languages that we don't read, without those that are also words of ours."""
    file = tomllib.loads((FOLDER / "foreign.toml").read_text(encoding="utf-8"))
    ours = frozenset().union(*(answer_words(la).common for la in read))
    return {
        la: frozenset(folded(w) for w in text.split()) - ours
        for la, text in file["languages"].items()
        if la not in read
    }
