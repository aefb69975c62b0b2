"""What a promise looks like: something that the writer will do. Not thanks, news, complaints, questions, absences.

By the words of a language: how one speaks of what one will do, verbs that a sentence begins (or, in German, ends)
with, and what is never promised. What shows no such sign is none: it is asked for again.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from peerpact.programme.commitments import Outcome
from peerpact.programme.replies.answer_words import AnswerWords
from peerpact.programme.replies.dates import dates_in
from peerpact.programme.replies.hours import over_hours
from peerpact.programme.replies.no_promises import is_only_greeting, is_refused, without_greeting
from peerpact.programme.replies.phrases import Mark, folded, words_of
from peerpact.programme.replies.said_days import due_in
from peerpact.programme.replies.sentences import plain_words
from peerpact.programme.replies.spans import When

_NEXT = 2
_FEW_BEFORE = 6
_HOW_LONG = {"since", "for", "count"}
_DAYS = {"day", "weekday"}
_NAMED_DAYS = {"weekday", "feast"}
_LEAST_SENSE = 2
_LATEST_BEGIN = 14
_LONGEST_BARE = 6
_FAR_BESIDE = 4
"""So far behind "for" somebody may be for whom something is done."""
_SAID = {"me", "they", "aux", "has", "not", "none", "outcome", "did", "yes", "no", "maybe", "must", "begun"}
_DONE = {"states", "news", "absences", "never", "doing", "now", "unread", "mails"}
_LEAST_CONDITION = 3
_LEAST_OFFERED, _LONGEST_OFFERED = 3, 160
"""Words, and signs: it is on a button."""
_LONGEST_CONDITION = 12
_ADDRESS = re.compile(r"\S@\w|https?:|www\.|(?:\+\d|\b0\d{2,})[\d /-]{3,}\d")
"""A way to reach somebody is in footers, and in what one takes on only behind "I will"."""
_LABEL = re.compile(r"\s*[^\W\d_]+:\s")
"""One word before a colon, as "Note: ...", is no verb."""
_QUOTED = re.compile(r"[\"“„«][^\"“”„«»]{1,60}[\"”“»]")
"""What one promises to say says nothing of the promise: "practise saying 'I don't know'"."""
_BRACKETS = re.compile(r"\s*\([^()]*\)\s*[.!]?\s*$")
_GAP = re.compile(r"(?:…|\.\.\.)\s*,")
"""Is in a promise that a button began for them, where their own words are to go."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Promised:
    """A new promise in the writer's words; ``due`` when they said until when, for certain."""

    text: str
    due: date | None = None


def promised(text: str, languages: Sequence[AnswerWords], on: date) -> Promised:
    """Return a promise with the day that it names, without a greeting before its comma."""
    head, comma, rest = text.partition(",")
    if comma and rest.strip() and any(is_only_greeting(head, la) for la in languages):
        text = rest
    days = (due_in(words_of(text, la.writing.spelling), la, on) for la in languages)
    return Promised(text=text.strip(), due=next((d for d in days if d), None))


def is_promise(text: str, languages: Sequence[AnswerWords], on: date, *, is_item: bool = False) -> bool:
    """Tell whether a sentence is a promise in one of these languages, and nothing else in the others."""
    if (
        text.rstrip().endswith("?")
        or len(_GAP.findall(text)) > 1
        or (_ADDRESS.search(text) and not any(_is_announced(plain_words(text, la), la) for la in languages))
        or (_LABEL.match(text) and not any(_begins_with_day(text, la, on) for la in languages))
    ):
        return False
    if any(_will_have_done(text, la, on) for la in languages):
        return True
    said = _QUOTED.sub(" ", text)
    if any(is_refused(said, la, is_news=False) for la in languages):
        return False
    if any(is_refused(said, la) and is_refused(_without_condition(said, la), la) for la in languages):
        return False
    return any(_looks_like_one(text, la, on) or (is_item and _is_short_item(text, la)) for la in languages)


def done_by_a_day(text: str, languages: Sequence[AnswerWords], on: date) -> str | None:
    """Return what a sentence says will be done by a certain day, in whatever words: in answer to "by when?".

    All of it, or what is behind a comma: "the talk went well, the offer is ready by Friday".
    """
    if not any(dates_in(words_of(text, la.writing.spelling), la, on) for la in languages):
        return None
    if any(_is_done_by_a_day(text, la, on) for la in languages):
        return text
    commas = [at for at, sign in enumerate(text) if sign == ","]
    tails = (_behind(text, at, languages, on) for at in dict.fromkeys((*commas[:1], *commas[-1:])))
    return next((tail for tail in tails if tail), None)


def _behind(text: str, comma: int, languages: Sequence[AnswerWords], on: date) -> str | None:
    """Return a promise with its day behind a comma, where nothing speaks against it before: news and excuses don't."""
    head, tail = text[:comma], text[comma + 1 :].strip()
    if any(is_refused(head, la, is_news=False) for la in languages):
        return None
    if any(_is_done_by_a_day(tail, la, on) for la in languages):
        return tail
    is_said = any(
        _is_of_others(said := plain_words(head, la), la) or _is_of_mails(said, la) for la in languages
    )
    has_day = any(due_in(words_of(tail, la.writing.spelling), la, on) for la in languages)
    return tail if has_day and not is_said and is_promise(tail, languages, on) else None


def _is_of_mails(words: Sequence[str], language: AnswerWords) -> bool:
    return any(m.sort == "mails" for m in language.promises.everywhere(words))


def may_be_promise(text: str, languages: Sequence[AnswerWords], on: date) -> bool:
    """Tell whether nothing in a sentence speaks against a promise: it may be offered as one, to be tapped.

    What tells of something that happened may be one where it names a day to come.
    """
    is_short = len(text.split()) >= _LEAST_OFFERED and len(text) <= _LONGEST_OFFERED
    is_asked = text.rstrip().endswith("?") or bool(_ADDRESS.search(text) or _LABEL.match(text))
    return is_short and not is_asked and not any(_speaks_against(text, la, on) for la in languages)


def _speaks_against(text: str, language: AnswerWords, on: date) -> bool:
    """Tell of what refuses, doubts ("maybe in January") or begins with what there is none of."""
    marks = language.answers.in_order(plain_words(text, language))
    if any(m.sort == "maybe" or (m.sort in {"not", "none", "no"} and not m.start) for m in marks):
        return True
    has_day = due_in(words_of(text, language.writing.spelling), language, on) is not None
    return is_refused(text, language, is_news=not has_day)


def _is_done_by_a_day(text: str, language: AnswerWords, on: date) -> bool:
    """Tell of "by May I have my licence", "Slides done by Friday" and "am Freitag schick ich sie raus"."""
    words = without_greeting(words_of(text, language.writing.spelling), language)
    due = due_in(words, language, on)
    if text.rstrip().endswith("?") or not due or due < on or _is_of_others(words, language):
        return False
    days = [w for w in dates_in(words, language, on) if w.tense == "future" or w.unit in _NAMED_DAYS]
    is_by = any(_is_by(w, language) for w in days)
    if is_refused(_QUOTED.sub(" ", text), language, is_news=not is_by):
        return False
    rest = _behind_day(words, days[0], language) if days and not days[0].start else []
    is_turned = len(rest) > _NEXT and any(m.sort == "turned" for m in language.promises.at(rest, 1))
    is_turned &= not any(m.sort == "aux" for m in language.answers.everywhere(rest[:1]))
    sorts = {m.sort for m in language.promises.each(words)}
    is_ready = "finished" in sorts or (is_by and "ready" in sorts)
    return (
        is_ready
        or (is_turned and not _is_state(rest, 0, language))
        or (is_by and _is_bare(text, language, on))
    )


def _is_bare(text: str, language: AnswerWords, on: date) -> bool:
    """Tell of "Anmeldung zum Kurs bis Sonntag": a thing and the day, no verb and nobody."""
    words = _without_day(text, plain_words(text, language), language, on)
    marks = language.answers.in_order(words)
    is_said = any(m.sort in _SAID for m in marks) or bool(dates_in(words, language, on))
    is_said |= any(m.sort in _DONE for m in language.promises.everywhere(words))
    named = len(words) < len(plain_words(text, language)) and _ends_with_noun(text, words)
    return _LEAST_SENSE < len(words) <= _LONGEST_BARE and not is_said and named


def _is_by(when: When, language: AnswerWords) -> bool:
    """Tell of "by Friday", "in two weeks" and "bis Freitag", and not of "in March"."""
    is_until = when.said == "until" and language.dates.until_is_by
    is_counted = when.unit == "count" and (when.said == "in" or when.tense == "future")
    return when.said == "by" or is_until or is_counted


def _is_of_others(words: Sequence[str], language: AnswerWords) -> bool:
    """Tell of a sentence that denies something, or is about what somebody else does; not of "for our new colleague"."""
    marks = language.answers.in_order(words)
    beside = language.writing.lists.get("beside", frozenset())
    for_them = {at + n for at, word in enumerate(words) if word in beside for n in range(1, _FAR_BESIDE)}
    subjects = language.writing.lists.get("subjects", frozenset())
    for_them -= {at for at, word in enumerate(words) if word in subjects}
    return any(m.sort in {"not", "none"} or (m.sort == "they" and m.start not in for_them) for m in marks)


def _will_have_done(text: str, language: AnswerWords, on: date) -> bool:
    """Read "in einer Woche habe ich das erledigt": a perfect behind a day to come is of what somebody will do."""
    words = words_of(text, language.writing.spelling)
    dates = dates_in(words, language, on)
    if not dates or dates[0].start or dates[0].tense != "future":
        return False
    beside = [w for w in dates[1:2] if words[dates[0].end : w.start] == ["("]]
    rest = _behind_day(words, [dates[0], *beside][-1], language)
    begins = [m.end for m in language.promises.at(rest, 0) if m.sort == "by_then"] if rest else []
    last = {m.sort for m in language.promises.each(rest[-1:])} if begins else set()
    done = {"done", "done_ends"} <= last and not _ends_with_noun(text, rest)
    told = {m.sort for m in language.promises.everywhere(rest)} if done else set()
    denied = done and any(m.sort in {"not", "none"} for m in language.answers.in_order(rest))
    return done and not denied and told.isdisjoint({"absences", "never", "unread"})


def _behind_day(words: Sequence[str], when: When, language: AnswerWords) -> list[str]:
    """Return the words behind a day and the hour beside it, without signs."""
    return [word for word in words[over_hours(words, when.end, language.dates) :] if word[:1].isalnum()]


def _begins_with_day(text: str, language: AnswerWords, on: date) -> bool:
    """Tell of "Monday: ask Jo about the rota"."""
    return any(w.start == 0 for w in dates_in(words_of(text, language.writing.spelling), language, on))


def _looks_like_one(text: str, language: AnswerWords, on: date) -> bool:
    return _is_plainly_one(text, language, on) or _is_behind_condition(text, language, on)


def _is_plainly_one(text: str, language: AnswerWords, on: date) -> bool:
    plain = _without_answer(text, language)
    answers = len(plain) < len(plain_words(text, language))
    words = _without_lead(plain, language, on)
    words = min(words, _behind_leading_days(text, language, on) or words, key=len)
    if len(words) < _LEAST_SENSE:
        return False
    head = _without_clause(text, language)
    kept = _without_day(head, _without_lead(plain_words(head, language), language, on), language, on)
    return (
        _is_announced(words, language)
        or _begins_with_verb(words, language, may_resolve=not answers)
        or (not (answers or _ends_with_noun(head, kept)) and _ends_with_verb(kept, language))
        or _is_now_on_a_day(text, words, language, on)
        or _does_by_a_day(text, language, on)
    )


def _without_clause(text: str, language: AnswerWords) -> str:
    """Leave out what is behind the promise's verb: a clause, as in "ihr sagen, dass ich mehr will", and brackets."""
    text = _BRACKETS.sub("", text)
    head, comma, rest = text.partition(",")
    behind = plain_words(rest, language)[:1]
    is_clause = bool(behind) and behind[0] in language.writing.lists.get("clause_leads", frozenset())
    return head if comma and is_clause else text


def _is_now_on_a_day(text: str, words: Sequence[str], language: AnswerWords, on: date) -> bool:
    """Read "je rédige le plan la semaine prochaine": what one does, said of a day to come, one will do."""
    whole = words_of(text, language.writing.spelling)
    led = any(w.start == 0 for w in dates_in(whole, language, on))
    tail = _behind_day_and_comma(text, language, on)
    if not (
        _is_now(words, language)
        or (led and _is_now(_from_the_writer_on(words, language), language))
        or _is_now(tail, language)
        or _is_now(_behind_leading_days(text, language, on), language)
    ):
        return False
    if any(m.sort == "henceforth" for m in language.promises.at(plain_words(text, language), 0)):
        return True
    coming = [w for w in dates_in(whole, language, on) if w.last and w.last >= on and w.tense != "past"]
    return any(w.said not in _HOW_LONG or (w.said == "for" and w.unit in _DAYS) for w in coming)


def _behind_leading_days(text: str, language: AnswerWords, on: date) -> list[str]:
    """Return the words behind the days that a sentence begins with: "in three weeks, that is on 4 November, I ..."."""
    words, end = words_of(text, language.writing.spelling), 0
    leads = language.sentences.get("leads")
    for when in dates_in(words, language, on):
        between = [word for word in words[end : when.start] if word[:1].isalnum()]
        if between and not (end and leads and leads.begins(between) == len(between)):
            break
        end = over_hours(words, when.end, language.dates)
    rest = [word for word in words[end:] if word[:1].isalnum()] if end else []
    return rest[leads.begins(rest) :] if leads else rest


def _behind_day_and_comma(text: str, language: AnswerWords, on: date) -> list[str]:
    """Return the words behind "for the meeting on 3 November," where what is before says no more than when."""
    head, comma, tail = text.partition(",")
    due = due_in(words_of(head, language.writing.spelling), language, on) if comma else None
    if not due or due == on or is_refused(head, language):
        return []
    marks = language.answers.in_order(plain_words(head, language))
    is_told = any(m.sort in {"me", "not", "none", "they"} for m in marks)
    return [] if is_told else plain_words(tail, language)


def _from_the_writer_on(words: Sequence[str], language: AnswerWords) -> Sequence[str]:
    """Leave out what else is said before the verb: "lundi au point d'équipe je présente", "en la daily presento"."""
    place = [m.end for m in language.promises.at(words, 0) if m.sort == "place"] if words else []
    if place:
        return words[place[0] + 1 :]
    me = [m.start for m in language.answers.everywhere(words[:_FEW_BEFORE]) if m.sort == "me"]
    return words[min(me) :] if me else ()


def _is_now(words: Sequence[str], language: AnswerWords) -> bool:
    """Tell whether it begins with what somebody does, and not with how they are."""
    marks = language.promises.at(words, 0) if words else []
    return any(m.sort == "now" for m in marks) and not any(m.sort in {"states", "stays"} for m in marks)


def _does_by_a_day(text: str, language: AnswerWords, on: date) -> bool:
    """Read "before Tuesday I set up the call": a day until which it is done first, then the writer and a verb."""
    words = words_of(text, language.writing.spelling)
    dates = dates_in(words, language, on)
    led = bool(dates) and not dates[0].start and dates[0].said in {"by", "in"} and dates[0].tense == "future"
    rest = _behind_day(words, dates[0], language) if led else []
    is_theirs = any(m.sort == "me" for m in language.answers.at(rest[:1], 0)) if rest else False
    return is_theirs and _begins_with_verb(rest[1:], language, may_resolve=False)


def _is_behind_condition(text: str, language: AnswerWords, on: date) -> bool:
    """Read "When I am asked, breathe first" and "Before our next talk, list three aims": the part behind the comma."""
    head, comma, rest = text.partition(",")
    words = plain_words(head, language)
    if not comma or not 0 < len(words) <= _LONGEST_CONDITION or not language.you.isdisjoint(words):
        return False
    begins = any(m.sort == "when" for m in language.promises.at(words, 0)) or any(
        m.sort == "by" for m in language.dates.phrases.at(words, 0)
    )
    tail = _without_lead(plain_words(rest, language), language, on)
    return begins and (_is_plainly_one(rest, language, on) or _is_now(tail, language))


def _without_condition(text: str, language: AnswerWords) -> str:
    """Leave out "if they haven't answered by Friday,": what has not happened there is no news."""
    head, comma, rest = text.partition(",")
    words = plain_words(head, language)
    is_condition = bool(comma and words) and any(m.sort == "when" for m in language.promises.at(words, 0))
    return rest if is_condition and language.you.isdisjoint(words) else text


def _without_answer(text: str, language: AnswerWords) -> list[str]:
    """Return the words behind the answer of "no, something came up"; "no mails after six" is all the promise's own."""
    words = words_of(text, language.writing.spelling)
    answers = words[1:2] == [","] and any(m.sort in {"no", "yes"} for m in language.answers.at(words[:1], 0))
    return [word for word in words[answers:] if word[:1].isalnum()]


def _without_lead(words: list[str], language: AnswerWords, on: date) -> list[str]:
    """Leave out a greeting, "first," and a day at the beginning."""
    lead = language.sentences.get("leads")
    words = without_greeting(words, language)
    for phrases in (lead, lead):
        words = words[phrases.begins(words) :] if phrases else words
    dates = dates_in(words, language, on)
    if not dates or dates[0].start:
        return words
    end = over_hours(words, dates[0].end, language.dates)
    return words[end:] if len(words) > end + 1 else words


def _is_announced(words: Sequence[str], language: AnswerWords) -> bool:
    """Read "I will ...": what follows has to say something that is done."""
    marks = language.promises.everywhere(words[: _LATEST_BEGIN + 4])
    denied = {m.end for m in language.answers.in_order(words) if m.sort == "not"}
    for mark in marks:
        if (
            mark.sort in {"begins", "doing"}
            and mark.start not in denied
            and mark.start <= _LATEST_BEGIN
            and _may_begin(words, mark.start, language)
            and not (mark.sort == "doing" and _is_state(words, mark.start, language))
            and (
                mark.end - mark.start > 1
                or _is_of_the_writer(words, mark, language)
                or _is_then(words, mark, language)
            )
        ):
            rest = words[mark.end :] if mark.sort == "begins" else words[mark.start + 1 :]
            if _says_something(rest, language):
                return True
    return False


def _is_state(words: Sequence[str], at: int, language: AnswerWords) -> bool:
    return any(m.sort == "states" for m in language.promises.at(words, at))


def _is_of_the_writer(words: Sequence[str], mark: Mark, language: AnswerWords) -> bool:
    """Tell of "will send it" and "and will send it": the one word has no subject of its own."""
    before = language.answers.everywhere(words[mark.start - 1 : mark.start]) if mark.start else []
    return mark.start == 0 or any(m.sort in {"me", "and", "also", "but"} for m in before)


def _is_then(words: Sequence[str], mark: Mark, language: AnswerWords) -> bool:
    """Tell of "cuando esté en la reunión hablaré": the one word says who, behind what says when."""
    behind = mark.sort == "doing" and mark.start >= _LEAST_CONDITION
    by = any(m.sort == "by" for m in language.dates.phrases.at(words, 0))
    return behind and (by or any(m.sort == "when" for m in language.promises.at(words, 0)))


def _may_begin(words: Sequence[str], at: int, language: AnswerWords) -> bool:
    """Tell whether no other person comes before: "my boss says I will ..." is no promise."""
    if at <= 1:
        return True
    they = {m.start for m in language.answers.in_order(words[:at]) if m.sort == "they"}
    if not they:
        return True
    lead = language.promises.at(words, 0)
    return any(m.sort == "when" for m in lead)


def _says_something(rest: Sequence[str], language: AnswerWords) -> bool:
    if any(m.sort == "states" for m in language.promises.at(rest, 0)) if rest else True:
        return False
    marks = language.answers.in_order(rest)
    empty = {at for m in marks if m.sort in {"it", "things", "yes", "no"} for at in range(m.start, m.end)}
    return len([at for at, w in enumerate(rest) if at not in empty and len(w) > 1]) >= _LEAST_SENSE


def _begins_with_verb(words: Sequence[str], language: AnswerWords, *, may_resolve: bool) -> bool:
    """Read "Ask Lena for feedback", "Arrêter de dire oui", and not "Once a month is too little"."""
    marks = language.promises.at(words, 0)
    if any(m.sort == "states" for m in marks) or _is_said_of_a_thing(words, language):
        return False
    verbs = [m.end for m in marks if m.sort == "verbs"]
    if verbs:
        return _has_object(words[verbs[0] :], language)
    resolved = [m.end for m in marks if m.sort == "resolves" and may_resolve]
    states = language.writing.lists.get("others_be", frozenset()).intersection(words)
    rest = words[resolved[0] :] if resolved else ()
    units = {m.start for m in language.answers.in_order(rest) if m.sort == "units"}
    enough = len(units) < len(rest)
    return enough and not states and not _is_answer(words, language)


def _is_said_of_a_thing(words: Sequence[str], language: AnswerWords) -> bool:
    """Tell of "Interview is on the 28th": behind a verb that is a noun as well, what that is."""
    return bool(words[1:]) and words[1] in language.writing.lists.get("others_be", frozenset())


def _has_object(rest: Sequence[str], language: AnswerWords) -> bool:
    marks = language.answers.in_order(rest)
    if any(
        m.sort == "me" and m.start == 0 and m.end < len(rest) and rest[0] in language.for_me for m in marks
    ):
        return False
    empty = {at for m in marks if m.sort in {"it", "they"} for at in range(m.start, m.end)}
    return any(at not in empty and len(w) > 1 for at, w in enumerate(rest))


def _without_day(text: str, words: list[str], language: AnswerWords, on: date) -> list[str]:
    """Leave out a day at the end: "Notizen an Jo schicken bis 30.1."."""
    whole = words_of(text, language.writing.spelling)
    dates = dates_in(whole, language, on)
    behind = whole[dates[-1].start :] if dates else []
    if not dates or _behind_day(whole, dates[-1], language):
        return words
    kept = words[: len(words) - sum(w[:1].isalnum() for w in behind)]
    return kept[:-1] if kept[-1:] and kept[-1] in language.writing.lists.get("still", frozenset()) else kept


def _ends_with_noun(text: str, kept: Sequence[str]) -> bool:
    """Tell of a capital last in what is said beside a day, which no verb has, where not all words have one."""
    words: list[str] = re.findall(r"[^\W\d_]+", text)
    last = next((w for w in reversed(words) if folded(w) in kept[-1:]), "")
    return last.istitle() and any(w.islower() for w in words)


def _ends_with_verb(words: Sequence[str], language: AnswerWords) -> bool:
    """Read "Öfter nein sagen": an infinitive last, and no person and no past in it."""
    end = len(words) - 1
    last = language.promises.at(words, end) if words else []
    is_bound = end > 0 and words[end - 1] in language.writing.lists.get("before_last", frozenset())
    if is_bound or not any(m.sort == "last" for m in last) or _is_answer(words, language):
        return False
    marks = language.answers.in_order(words)
    past = any(m.sort == "did" or (m.sort == "aux" and m.end <= end) for m in marks)
    doers = language.writing.lists.get("doers", frozenset())
    past |= not doers.isdisjoint(words) or (not doers and any(m.sort == "me" for m in marks))
    return not past and not any((m.sort == "they" and m.start == 0) or _is_outcome_at(m, end) for m in marks)


def _is_outcome_at(mark: Mark, end: int) -> bool:
    """Tell of "auf Donnerstag verschoben", which ends as an infinitive does."""
    return mark.value is Outcome.NOT_YET and mark.end > end


def _is_answer(words: Sequence[str], language: AnswerWords) -> bool:
    """Tell whether it is only yes, no or done."""
    marks = language.answers.in_order(words)
    said = {at for m in marks if m.sort in {"outcome", "yes", "no", "empty"} for at in range(m.start, m.end)}
    return len(words) - len(said) < _LEAST_SENSE


def _is_short_item(text: str, language: AnswerWords) -> bool:
    """An item of a list needs no verb: "more patience with Tom"."""
    words = plain_words(text, language)
    marks = language.answers.in_order(words)
    past = any(
        m.sort in {"outcome", "did", "they", "begun"} or (m.sort == "not" and not m.start) for m in marks
    )
    return len(words) >= _LEAST_SENSE and not past and not _is_answer(words, language)
