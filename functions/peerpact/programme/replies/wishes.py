"""Requests in an answer: a pause, to stop, another partner, status and the like; and questions for the People team."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from peerpact.programme.replies.answer_words import AnswerWords
from peerpact.programme.replies.dates import dates_in, pause_in
from peerpact.programme.replies.wording import Mark, words_of
from peerpact.programme.requests import Wish

_NEGATION_REACH = 4
_SHORTEST_QUESTION = 2
_ABOUT_MEETING = {Wish.MET, Wish.NOT_MET}


@dataclass(frozen=True, slots=True, kw_only=True)
class Requested:
    """One request. ``until`` is the first day after a pause, ``since`` its first when that was said."""

    kind: Wish
    until: date | None = None
    since: date | None = None
    name: str = ""
    """With whom never again, as it was written."""
    weeks: int = 0
    """How many weeks from one meeting to the next."""
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What a sentence asks for. ``is_question``: something for people to answer."""

    requests: tuple[Requested, ...] = ()
    is_question: bool = False
    is_short: bool = False
    """A question of two words at most, such as "Did I?": where an answer follows, it asks nobody."""
    is_asked: bool = False
    """It ends with a question mark, be it a question for people or one of the writer to themselves."""
    was_negated: bool = False
    met: bool | None = None


NOTHING_HEARD = Heard()


def heard_in(sentence: str, language: AnswerWords, on: date, *, asked_for_promise: bool) -> Heard:
    """Return the requests of a sentence, or that it is a question.

    Where a promise was asked for, "Find another partner for the project" is one, and no request.
    """
    words = words_of(sentence, language.writing.spelling)
    asks = "?" in words[-3:] or _starts(words, language, "asking")
    polite = _has(words, language, "polite")
    found = _wishes(words, language) if not asks or polite or _is_asked_back(words, language) else []
    kinds = {wish for _, wish, _ in found}
    speaks = (
        polite
        or _starts(words, language, "subjects")
        or _is_bare(words, found)
        or bool(kinds & _ABOUT_MEETING)
        or _is_of_me(words, language)
    )
    if found and (speaks or not asked_for_promise):
        return _heard(found, sentence, words, language, on)
    return Heard(is_question=asks, is_short=_is_to_oneself(words, language), is_asked=asks)


def _heard(
    found: list[tuple[int, Wish, bool]], sentence: str, words: Sequence[str], language: AnswerWords, on: date
) -> Heard:
    _, wish, negated = max(found, key=lambda each: (each[1] is Wish.NOT_MET, each[0]))
    if wish is Wish.MET:
        return Heard(met=not negated)
    if negated:
        return Heard(was_negated=True)
    met = False if wish is Wish.NOT_MET else None
    return Heard(requests=(_requested(wish, sentence, words, language, on),), met=met)


def _is_to_oneself(words: Sequence[str], language: AnswerWords) -> bool:
    """Tell of "Did I? No." and "Done? Not yet.": a question of two words at most that asks nobody."""
    plain = [w for w in words if w[:1].isalnum()]
    return len(plain) <= _SHORTEST_QUESTION and not _starts(words, language, "interrogatives")


def _is_of_me(words: Sequence[str], language: AnswerWords) -> bool:
    """Tell of "pause me from ...": it begins with a request that is about the writer."""
    ends = [m.end for m in language.requests.at(words, 0)] if words else []
    return bool(ends) and any(m.sort == "me" for m in language.answers.everywhere(words[: max(ends)]))


def _is_asked_back(words: Sequence[str], language: AnswerWords) -> bool:
    """Tell of "what do you know about me?", which is a request in itself."""
    asking = {Wish.STATUS, Wish.MY_DATA, Wish.MET, Wish.NOT_MET}
    return any(wish in asking - _ABOUT_MEETING for _, wish, _ in _wishes(words, language))


def _requested(wish: Wish, sentence: str, words: Sequence[str], language: AnswerWords, on: date) -> Requested:
    first, last = pause_in(words, language, on) if wish is Wish.PAUSE else (None, None)
    return Requested(
        kind=wish,
        until=last if last and last > on else None,
        since=first if first and first > on else None,
        name=_name(sentence, words, language) if wish is Wish.NEVER_WITH else "",
        weeks=_weeks(words, language) if wish is Wish.EVERY_WEEKS else 0,
        words=sentence[:300],
    )


def _name(sentence: str, words: Sequence[str], language: AnswerWords) -> str:
    """Return the capitalised words behind "never with"."""
    marks = [m for m in language.requests.everywhere(words) if m.value is Wish.NEVER_WITH]
    if not marks:
        return ""
    behind = sentence.split()[-(len([w for w in words if w[:1].isalnum()]) - marks[-1].end) :]
    named = [w.strip(".,;!?()") for w in behind]
    return " ".join(w for w in named if w[:1].isupper() or "@" in w)


def _weeks(words: Sequence[str], language: AnswerWords) -> int:
    """Return the number of weeks that is said; a month counts as four."""
    known = language.dates
    number = next((int(w) for w in words if w.isdecimal() and len(w) < 3), 0)
    number = number or next((known.counts[w] for w in words if known.counts.get(w, 0) > 1), 0)
    units = {m.sort for m in known.phrases.in_order(list(words))}
    other = any(m.sort == "other_week" for m in known.phrases.everywhere(list(words)))
    if other:
        return 2
    return (number or 1) * (4 if "month" in units else 1)


def _starts(words: Sequence[str], language: AnswerWords, sort: str) -> bool:
    phrases = language.sentences.get(sort)
    plain = [w for w in words if w[:1].isalnum()]
    return bool(phrases and phrases.begins(plain))


def _has(words: Sequence[str], language: AnswerWords, sort: str) -> bool:
    phrases = language.sentences.get(sort)
    return bool(phrases and phrases.everywhere(words))


def _wishes(words: Sequence[str], language: AnswerWords) -> list[tuple[int, Wish, bool]]:
    """Length, wish and whether it is negated, for each request in a sentence."""
    plain = [w for w in words if w[:1].isalnum()]
    polite = language.sentences.get("polite")
    begins = polite.begins(plain) if polite else 0
    for bare in (plain, plain[begins:], plain[:-1] if polite and polite.begins(plain[-1:]) else plain):
        if wish := language.exact_requests.get(tuple(bare)):
            return [(len(plain), wish, False)]
    marks = [m for m in language.requests.everywhere(words) if not _is_of_others(words, m, language)]
    return [
        (m.end - m.start, m.value, _is_negated(words, m, language))
        for m in marks
        if isinstance(m.value, Wish)
    ]


def _is_of_others(words: Sequence[str], mark: Mark, language: AnswerWords) -> bool:
    """Tell of "Dina is on leave until June", and of "when I am back"."""
    is_they = mark.value is Wish.PAUSE and mark.start > 0
    if is_they and words[mark.start - 1] in language.writing.lists.get("others_be", frozenset()):
        return True
    if mark.value is not Wish.BACK:
        return False
    before = language.answers.everywhere(words[max(0, mark.start - _NEGATION_REACH) : mark.end])
    return any(m.sort == "if" for m in before)


def _is_negated(words: Sequence[str], mark: Mark, language: AnswerWords) -> bool:
    before = list(words[max(0, mark.start - _NEGATION_REACH) : mark.start])
    negations = {m.start for m in language.answers.in_order(before) if m.sort == "not"}
    signs = [at for at, word in enumerate(before) if not word[:1].isalnum()]
    if any(at > max(signs, default=-1) for at in negations):
        return True
    after = list(words[mark.end : mark.end + 2])
    return language.negates_after and any(m.sort == "not" for m in language.answers.in_order(after))


def _is_bare(words: Sequence[str], found: Sequence[tuple[int, Wish, bool]]) -> bool:
    """Tell whether a request is nearly all there is: "another partner please"."""
    return any(length + 2 >= sum(w[:1].isalnum() for w in words) for length, _, _ in found)


def is_away(sentence: str, language: AnswerWords, on: date) -> bool:
    """Tell whether it only says where the writer is until when."""
    words = words_of(sentence, language.writing.spelling)
    absent = [m for m in language.promises.everywhere(words) if m.sort == "absences"]
    return bool(absent) and bool(dates_in(words, language, on))
