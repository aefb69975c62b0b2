"""Requests in an answer: a pause, to stop, another partner, status and the like; and questions for the People team.

A wish is certain when the writer says it of themselves, unasked and without a doubt. A doubtful one ("I'm thinking of
pausing") is returned as what they may have meant: it is offered to be tapped, and changes nothing.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import takewhile

from peerpact.programme import languages
from peerpact.programme.replies.answer_words import AnswerWords
from peerpact.programme.replies.dates import dates_in
from peerpact.programme.replies.never_with import is_about_pairing
from peerpact.programme.replies.phrases import Mark, words_of
from peerpact.programme.replies.said_days import is_earliest, pause_in
from peerpact.programme.replies.spans import When
from peerpact.programme.replies.wish_details import weeks_between, whom
from peerpact.programme.replies.wishes_apart import ABOUT_MEETING, OWN, Said, are_two, wishes_apart
from peerpact.programme.requests import Wish

_NEGATION_REACH = 4
_REACH = 8
"""So many words before a wish say whose it is."""
_MOST_BESIDE = 4  # words beside "every week" that is of meetings; "we go to lunch together every week" is not
_SHORTEST_QUESTION = 2
_FEW = 3
"""So many words beside "erst wieder ab April", and it is all that is said."""


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
    perhaps: tuple[Requested, ...] = ()
    """What may have been meant, and isn't certain."""


NOTHING_HEARD = Heard()


def heard_in(
    sentence: str,
    language: AnswerWords,
    on: date,
    *,
    asked_for_promise: bool,
    asked_what_next: bool = False,
) -> Heard:
    """Return the requests of a sentence, or that it is a question.

    Where a promise was asked for, "Find another partner for the project" is one, and no request. Where the letter
    asked what comes next, "the same again" and "somebody new" are answers, but not within a plain promise.
    """
    words = words_of(sentence, language.writing.spelling)
    promised = _is_promised(words, language, on)
    asks = "?" in words[-3:] or _starts(words, language, "asking")
    polite = _has(words, language, "polite")
    found = _wishes(words, language, on, asked_what_next=asked_what_next and not promised)
    if asked_for_promise and not asks and _starts(words, language, "not_happened"):
        found = [Said(1, Wish.NOT_MET, False, 0, len(words))]
    if asked_for_promise and not (asks or found) and _starts(words, language, "happened"):
        found = [Said(1, Wish.MET, False, 0, len(words))]
    if _is_of_doing(words, language, on, asked_for_promise=asked_for_promise, promised=promised):
        found = [each for each in found if each.wish is not Wish.EVERY_WEEKS]
    of_keeping = asks and _starts(words, language, "of_keeping")
    found = [each for each in found if not (of_keeping and each.wish is Wish.MY_DATA)]
    found = found if not asks or polite or _is_asked_back(found) else []
    of_partner = asked_for_promise or asked_what_next or _names_partner(words, language)
    found = [each for each in found if each.wish is not Wish.NO_ANSWER or of_partner]
    kinds = {each.wish for each in found}
    if asked_for_promise and kinds <= {Wish.STOP, Wish.PAUSE} and _has(words, language, "habits"):
        found = []
    is_to_us = polite or asked_what_next or _is_to_us(words, found, language, on, promised=promised)
    if found and (is_to_us or not asked_for_promise):
        return _heard_apart(found, sentence, words, language, on)
    asks_us = asks and not _is_of_courtesy(words, language)
    return Heard(is_question=asks_us, is_short=_is_to_oneself(words, language), is_asked=asks)


def _is_to_us(
    words: Sequence[str], found: Sequence[Said], language: AnswerWords, on: date, *, promised: bool
) -> bool:
    """Tell what is wished of the programme from what the writer will do."""
    return (
        _starts(words, language, "subjects")
        or _is_bare(words, found, language, on)
        or any(each.wish in ABOUT_MEETING for each in found)
        or _is_of_me(words, language)
        or (are_two(found) and not promised)
    )


def _is_of_doing(
    words: Sequence[str], language: AnswerWords, on: date, *, asked_for_promise: bool, promised: bool
) -> bool:
    """Tell of "once a week" that it is of what is promised, and not of when two meet."""
    has_day = any(w.said in {"by", "until"} for w in dates_in(words, language, on))
    of_promise = asked_for_promise and (has_day or not _is_about_meeting(words, language))
    return of_promise or (promised and not _has(words, language, "meetings"))


def _heard_apart(
    found: Sequence[Said], sentence: str, words: Sequence[str], language: AnswerWords, on: date
) -> Heard:
    """Hear each wish in its own part of a sentence; where they are alternatives, none is certain."""
    parts, kinds, heard = wishes_apart(found, words, language), {each.wish for each in found}, []
    for said, (begin, end) in parts:
        own = words if len(parts) == 1 or said.wish is Wish.NEVER_WITH else words[begin:end]
        one = _heard(said, kinds, sentence, own, language, on)
        lacks_days = len(parts) > 1 and [(r.kind, r.until) for r in one.requests] == [(Wish.PAUSE, None)]
        if lacks_days and Wish.EVERY_WEEKS not in kinds:
            one = _heard(said, kinds, sentence, words, language, on)
        heard.append(one)
    requests = tuple(r for one in heard for r in one.requests)
    perhaps = tuple(r for one in heard for r in one.perhaps)
    between = words[min(said.end for said, _ in parts) : max(said.start for said, _ in parts)]
    if len(requests + perhaps) > 1 and not language.dates.alternatives.isdisjoint(between):
        return Heard(perhaps=requests + perhaps, was_negated=True)
    negated = any(one.was_negated for one in heard)
    return Heard(requests=requests, perhaps=perhaps, was_negated=negated, met=heard[0].met)


def _heard(
    said: Said,
    beside: Collection[Wish],
    sentence: str,
    words: Sequence[str],
    language: AnswerWords,
    on: date,
) -> Heard:
    wish = said.wish
    if wish is Wish.MY_DATA and not language.writing.lists.get("erase", frozenset()).isdisjoint(words):
        wish = Wish.FORGET_ME
    if wish is Wish.MET:
        return Heard(met=not said.is_negated)
    if said.is_negated:
        return Heard(was_negated=True)
    requested = _skipped_days(_requested(wish, sentence, words, language, on), words, language, on)
    is_told = wish is Wish.BACK and requested.kind is Wish.PAUSE and Wish.PAUSE not in beside
    if is_told or not _is_certain(requested, words, language):
        return Heard(perhaps=(requested,), was_negated=True)
    return Heard(requests=(requested,), met=False if wish is Wish.NOT_MET else None)


def _is_certain(requested: Requested, words: Sequence[str], language: AnswerWords) -> bool:
    """Tell whether nothing in the sentence speaks against a wish, and all is said that it needs."""
    if requested.kind is Wish.NOT_MET:
        return not any(m.sort == "almost" for m in language.answers.in_order(words))
    if _has(words, language, "unsure") or (requested.kind is Wish.STOP and _has(words, language, "habits")):
        return False
    if requested.kind is Wish.NEVER_WITH:
        return bool(requested.name) and not _is_of_a_thing(requested, words, language)
    return requested.kind is not Wish.EVERY_WEEKS or _is_about_meeting(words, language)


def _is_of_a_thing(requested: Requested, words: Sequence[str], language: AnswerWords) -> bool:
    """Tell of "rather not work with Tom on the same project": a thing behind the name, and no word of pairing."""
    last = words_of(requested.name, language.writing.spelling)[-1:]
    at = max((at for at, word in enumerate(words, 1) if [word] == last), default=len(words))
    behind = list(takewhile(lambda w: w[:1].isalnum(), words[at:]))
    pairs = language.sentences.get("pairs")
    return len(behind) >= _FEW and not (pairs and pairs.everywhere(words))


def _is_promised(words: Sequence[str], language: AnswerWords, on: date) -> bool:
    """Tell of "When the sprint ends, I will ask Tom", the form that letters offer, and of "I will ... by Friday"."""
    if is_as_offered(words, language):
        return True
    sorts = {m.sort for m in language.answers.in_order(words)}
    return {"me", "future"} <= sorts and any(w.said in {"by", "until"} for w in dates_in(words, language, on))


def is_as_offered(words: Sequence[str], language: AnswerWords) -> bool:
    """Tell of "When the sprint ends, I will ask Tom": the words of the button, filled in."""
    parts = [_plain_words(part, language) for part in languages.offered(language.language)]
    if not parts:
        return False
    opening, doing, *_ = parts
    plain = _plain(words)
    behind = plain[len(opening) :] if plain[: len(opening)] == opening else []
    return any(behind[at : at + len(doing)] == doing for at in range(1, len(behind)))


def _plain_words(text: str, language: AnswerWords) -> list[str]:
    return _plain(words_of(text, language.writing.spelling))


def _plain(words: Iterable[str]) -> list[str]:
    """Return words and numbers without signs."""
    return [w for w in words if w[:1].isalnum()]


def _names_partner(words: Sequence[str], language: AnswerWords) -> bool:
    """Tell "my partner has not answered" from "she hasn't answered", which may be of whom a promise names."""
    return not language.writing.lists.get("mates", frozenset()).isdisjoint(words)


def _is_about_meeting(words: Sequence[str], language: AnswerWords) -> bool:
    """Tell "every two weeks would be better" from "I read a chapter every two weeks"."""
    meetings = language.sentences.get("meetings")
    said_of = [m for m in meetings.everywhere(words) if m.start] if meetings else []
    without = [
        m for m in said_of if any(n.sort == "not" for n in language.answers.at([words[m.start - 1]], 0))
    ]
    if _has(words, language, "meetings") and not (without and len(without) == len(said_of)):
        return True
    marks = language.answers.in_order(words)
    does = any(m.sort in {"did", "does"} for m in marks)
    said = {at for m in language.requests.everywhere(words) for at in range(m.start, m.end)}
    other = [
        w for at, w in enumerate(words) if w[:1].isalpha() and at not in said and w not in language.common
    ]
    left = len(_plain(words)) - len(said)
    return not (does or other) and left <= _MOST_BESIDE and not _is_to_be_done(words, said, language)


def _is_to_be_done(words: Sequence[str], said: Collection[int], language: AnswerWords) -> bool:
    """Tell of "say no once a week" and "einmal pro Woche nein sagen": a verb first, or last, and what is done."""
    first, last = language.promises.at(words, 0) if words else [], len(words) - 1
    begins = 0 not in said and any(m.sort == "verbs" for m in first)
    ends = last > 0 and last not in said and any(m.sort == "last" for m in language.promises.at(words, last))
    return begins or ends


def _is_of_courtesy(words: Sequence[str], language: AnswerWords) -> bool:
    """Tell of "good, thanks, and you?" and "can I tell you later?", which people need not answer."""
    if any(m.sort == "deferrals" for m in language.promises.everywhere(words)):
        return True
    plain = _plain(words)
    courtesies = language.sentences.get("courtesies")
    return courtesies is not None and any(m.end == len(plain) for m in courtesies.everywhere(plain))


def _is_to_oneself(words: Sequence[str], language: AnswerWords) -> bool:
    """Tell of "Did I? No." and "Done? Not yet.": a question of two words at most that asks nobody."""
    plain = _plain(words)
    return len(plain) <= _SHORTEST_QUESTION and not _starts(words, language, "interrogatives")


def _is_of_me(words: Sequence[str], language: AnswerWords) -> bool:
    """Tell of "pause me from ...": it begins with a request that is about the writer."""
    ends = [m.end for m in language.requests.at(words, 0)] if words else []
    return bool(ends) and any(m.sort == "me" for m in language.answers.everywhere(words[: max(ends)]))


def _is_asked_back(found: Sequence[Said]) -> bool:
    """Tell of "what do you know about me?", a request in itself where nothing else is asked."""
    return all(each.wish in {Wish.STATUS, Wish.MY_DATA} for each in found)


def _requested(wish: Wish, sentence: str, words: Sequence[str], language: AnswerWords, on: date) -> Requested:
    first, last = pause_in(words, language, on) if wish is Wish.PAUSE else (None, None)
    return Requested(
        kind=wish,
        until=last if last and last > on else None,
        since=first if first and first > on else None,
        name=whom(sentence, words, language) if wish is Wish.NEVER_WITH else "",
        weeks=weeks_between(_without_days(words, language, on), language) if wish is Wish.EVERY_WEEKS else 0,
        words=sentence[:300],
    )


def _without_days(words: Sequence[str], language: AnswerWords, on: date) -> list[str]:
    """Leave out "from 5 April" and "next month": their numbers and units don't say how often."""
    days = (w for w in dates_in(words, language, on) if w.unit != "count" and not w.is_recurring)
    dated = {at for when in days for at in range(when.start, when.end)}
    return [word for at, word in enumerate(words) if at not in dated]


def _skipped_days(requested: Requested, words: Sequence[str], language: AnswerWords, on: date) -> Requested:
    """Return "skip February", "I'm back on 1 March" and "count me out until May" as the pauses that they are."""
    ends = requested.kind is Wish.STOP and any(w.said == "until" for w in dates_in(words, language, on))
    dated = ends or requested.kind in {Wish.SKIP, Wish.BACK}
    first, last = pause_in(words, language, on) if dated else (None, None)
    if not last or last <= on:
        return requested
    return replace(requested, kind=Wish.PAUSE, until=last, since=first if first and first > on else None)


def _starts(words: Sequence[str], language: AnswerWords, sort: str) -> bool:
    phrases = language.sentences.get(sort)
    plain = _plain(words)
    return bool(phrases and phrases.begins(plain))


def _has(words: Sequence[str], language: AnswerWords, sort: str) -> bool:
    phrases = language.sentences.get(sort)
    return bool(phrases and phrases.everywhere(words))


def _wishes(words: Sequence[str], language: AnswerWords, on: date, *, asked_what_next: bool) -> list[Said]:
    plain = _plain(words)
    polite = language.sentences.get("polite")
    begins = polite.begins(plain) if polite else 0
    ends = next((n for n in (3, 2, 1) if polite and polite.begins(plain[-n:]) == n < len(plain)), 0)
    for bare in (plain, plain[begins:], plain[: len(plain) - ends]):
        if wish := language.exact_requests.get(tuple(bare)):
            return [Said(len(plain), wish, False, 0, len(words))]
    if _is_only_a_pause(words, language, on):
        return [Said(len(plain), Wish.PAUSE, False, 0, len(words))]
    marks = [m for m in language.requests.everywhere(words) if _may_be_wished(words, m, language)]
    marks = [m for m in marks if m.value is not Wish.MET or not _is_since_when(words, m, language)]
    marks = [m for m in marks if not _is_a_thing_of_theirs(words, m, language)]
    marks += language.next_round.everywhere(words) if asked_what_next else []
    people = _people_in(words, marks, language) if marks else []
    others = [m for m in marks if _is_of_others(words, m, people, language)]
    marks = [m for m in marks if not any(o.start <= m.start and m.end <= o.end for o in others)]
    return [
        Said(m.end - m.start, m.value, _is_negated(words, m, language), m.start, m.end)
        for m in marks
        if isinstance(m.value, Wish)
    ]


def _people_in(words: Sequence[str], marks: Sequence[Mark], language: AnswerWords) -> list[Mark]:
    """Return where the writer or others are spoken of; who is in a wish, as "another partner", wishes nothing."""
    people = [m for m in language.answers.in_order(words) if m.sort in {"me", "they"}]
    return [p for p in people if p.sort == "me" or not any(m.start <= p.start < m.end for m in marks)]


def _is_only_a_pause(words: Sequence[str], language: AnswerWords, on: date) -> bool:
    """Tell of "next week a break please": "a break", a day and a polite word are all there is."""
    dated = {at for when in dates_in(words, language, on) for at in range(when.start, when.end)}
    polite = language.sentences.get("polite")
    marks = polite.everywhere(words) if polite and dated else []
    said = dated | {at for m in marks for at in range(m.start, m.end)}
    left = _plain(w for at, w in enumerate(words) if at not in said)
    bare = tuple(w for w in left if w not in language.dates.articles and w not in language.dates.counts)
    return bool(dated) and language.exact_requests.get(bare) is Wish.PAUSE


def _is_a_thing_of_theirs(words: Sequence[str], mark: Mark, language: AnswerWords) -> bool:
    """Tell of "my status updates are too long": it is asked for where it is all, and not where more follows."""
    own = language.writing.lists.get("own", frozenset())
    is_status = mark.value is Wish.STATUS and words[mark.start] in own
    polite = language.sentences.get("polite")
    behind = _plain(words[mark.end :])
    return is_status and bool(behind) and not (polite and polite.begins(behind)) and mark.start == 0


def _is_since_when(words: Sequence[str], mark: Mark, language: AnswerWords) -> bool:
    """Tell of "since we spoke": it says since when, and not that they did."""
    since = language.sentences.get("since")
    return bool(since and mark.start and since.at(words, mark.start - 1))


def _may_be_wished(words: Sequence[str], mark: Mark, language: AnswerWords) -> bool:
    return mark.value is not Wish.NEVER_WITH or is_about_pairing(words, mark, language)


def _is_of_others(words: Sequence[str], mark: Mark, people: Sequence[Mark], language: AnswerWords) -> bool:
    """Tell of "Dina is on leave until June", "my partner wants to stop", and "when I am back"."""
    if mark.value is Wish.BACK:
        before = language.answers.everywhere(words[max(0, mark.start - _NEGATION_REACH) : mark.end])
        told = [*words[: mark.start], *_plain(words[mark.end : mark.end + 1])]
        return any(m.sort == "if" for m in before) or _is_back_of_others(told, language)
    if mark.value not in OWN or mark.start == 0:
        return False
    if _is_back_of_others(words[max(0, mark.start - _REACH) : mark.start], language):
        return True
    if words[mark.start - 1] in language.writing.lists.get("others_be", frozenset()):
        return True
    nearest = bisect_left(people, mark.start, key=lambda m: m.start) - 1
    who = people[nearest] if nearest >= 0 else None
    return who is not None and who.sort == "they" and words[who.start] not in language.you


def _is_back_of_others(before: Sequence[str], language: AnswerWords) -> bool:
    """Tell of "she is back on 1 March": somebody else's verb is in its part of the sentence, and not the writer."""
    part = list(takewhile(lambda w: w[:1].isalnum(), reversed(before)))[::-1]
    behind = max((m.end for m in language.promises.everywhere(part) if m.sort == "when"), default=0)
    part = part[behind:]
    own = any(m.sort == "me" for m in language.answers.everywhere(part))
    if behind and part and not own:
        return True
    return not own and not language.writing.lists.get("others_be", frozenset()).isdisjoint(part)


def _is_negated(words: Sequence[str], mark: Mark, language: AnswerWords) -> bool:
    before = list(words[max(0, mark.start - _NEGATION_REACH) : mark.start])
    negations = {m.start for m in language.answers.in_order(before) if m.sort == "not"}
    signs = [at for at, word in enumerate(before) if not word[:1].isalnum()]
    if any(at > max(signs, default=-1) for at in negations):
        return True
    inside = language.answers.in_order(words[mark.start : mark.end])
    if mark.value is Wish.FORGET_ME and any(m.sort == "not" for m in inside):
        return True
    after = list(words[mark.end : mark.end + 2])
    return language.negates_after and any(m.sort == "not" for m in language.answers.in_order(after))


def _is_bare(words: Sequence[str], found: Sequence[Said], language: AnswerWords, on: date) -> bool:
    """Tell whether a request is nearly all there is, but for a day: "another partner please", "pause until May"."""
    dated = {at for when in dates_in(words, language, on) for at in range(when.start, when.end)}
    others = len(_plain(w for at, w in enumerate(words) if at not in dated))
    return any(each.length + 2 >= others for each in found)


def with_days_apart(
    left: list[str], requests: list[Requested], languages: Sequence[AnswerWords], on: date
) -> tuple[list[str], list[Requested]]:
    """Give "Pause me." the days that a sentence of its own says: "From 20 April until 5 May."; return what is left."""
    bare = [r for r in requests if r.kind is Wish.PAUSE and not r.until]
    said = [(s, days) for s in left for language in languages if (days := _days_alone(s, language, on))]
    if len(bare) != 1 or len({days for _, days in said}) != 1:
        return left, requests
    [(sentence, (first, last)), *_] = said
    dated = replace(bare[0], since=first, until=last, words=f"{bare[0].words} {sentence}")
    return [s for s in left if s != sentence], [dated if r is bare[0] else r for r in requests]


def _days_alone(sentence: str, language: AnswerWords, on: date) -> tuple[date | None, date] | None:
    """Return from when until when somebody is away by a sentence that says nothing else."""
    words = words_of(sentence, language.writing.spelling)
    first, last = pause_in(words, language, on)
    dated = {at for when in dates_in(words, language, on) for at in range(when.start, when.end)}
    other = set(_plain(w for at, w in enumerate(words) if at not in dated))
    if last is None or last <= on or other - language.dates.articles - language.dates.joiners:
        return None
    return first if first and first > on else None, last


def absence_in(sentence: str, language: AnswerWords, on: date) -> Requested | None:
    """Return the pause that somebody may mean who says where they are until when, or when it doesn't suit them.

    "I'm away until 1 March", "not in February": it is offered to be tapped.
    """
    words = words_of(sentence, language.writing.spelling)
    first, last = _absence(words, language, on)
    others = (m for m in language.answers.in_order(words) if m.sort == "they")
    if last is None or last <= on or any(words[m.start] not in language.you for m in others):
        return None
    return Requested(
        kind=Wish.PAUSE, until=last, since=first if first and first > on else None, words=sentence[:300]
    )


def _are_few(words: Sequence[str], when: When, language: AnswerWords) -> bool:
    """Tell of "not before 15 June please" that the day is nearly all that is said."""
    polite = language.sentences.get("polite")
    marks = polite.everywhere(words) if polite else []
    said = {
        at
        for start, end in [(when.start, when.end), *((m.start, m.end) for m in marks)]
        for at in range(start, end)
    }
    return len(_plain(word for at, word in enumerate(words) if at not in said)) <= _FEW


def _absence(words: Sequence[str], language: AnswerWords, on: date) -> tuple[date | None, date | None]:
    if any(m.sort == "absences" for m in language.promises.everywhere(words)):
        return pause_in(words, language, on)
    denied = any(m.sort == "not" for word in words for m in language.answers.at([word], 0))
    coming = [w for w in dates_in(words, language, on) if w.tense == "future"]
    if (
        len(coming) == 1
        and coming[0].said == "back_on"
        and len(words) - coming[0].end + coming[0].start <= _FEW
    ):
        return None, coming[0].first
    if len(coming) == 1 and is_earliest(coming[0], words, language) and _are_few(words, coming[0], language):
        return None, coming[0].first
    spans = [w for w in coming if w.unit in {"month", "week"}]
    if not denied or len(spans) != 1:
        return None, None
    if spans[0].said in {"by", "until"}:
        return None, spans[0].first
    return pause_in(words, language, on)


def each_once(requests: Iterable[Requested]) -> tuple[Requested, ...]:
    """Return requests without those that say the same in other words."""
    return tuple({(r.kind, r.until, r.since, r.name, r.weeks): r for r in requests}.values())
