"""What one clause says about a promise, whichever promise it is about: signs, not yet an outcome.

What will be, should be or was nearly done is never a sign of "kept"; what somebody else did is no sign at all.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from itertools import pairwise

from peerpact.programme.commitments import Outcome
from peerpact.programme.replies.clauses import Clause
from peerpact.programme.replies.phrases import Mark


class Sign(StrEnum):
    """What one clause says about a promise."""

    KEPT = "kept"
    DID = "something about it was done"
    WEAK = "something was done"
    PARTLY = "partly"
    BEGUN = "begun"
    NOT_YET = "not yet"
    DROPPED = "dropped"
    YES = "yes"
    SURELY = "surely"
    NO = "no"
    PLAN = "it is planned"
    STEP = "something else is planned"
    DATE = "only a day"
    DOUBT = "doubt"
    IF = "on a condition"
    PRAISE = "praise"


_SAID = {Sign.KEPT, Sign.DID, Sign.NOT_YET, Sign.PARTLY, Sign.DROPPED, Sign.BEGUN, Sign.WEAK}
_SHORT = 3
_FEW = 2
_NUMBERS = {"number", "number_word"}
_ANSWERS = {"yes", "surely", "no", "fine"}
_BEFORE_PARTICLES = {"me", "it", "must", "aux", "has", "wish", "future"}


def signs_of(clause: Clause) -> set[Sign]:
    """Return what a clause says, whichever promise it is about."""
    if _is_of_mails(clause):
        return set()
    signs = {s for mark in clause.marks for s in _sign(mark, clause)}
    if signs & {Sign.KEPT, Sign.DID, Sign.WEAK} and _is_of_more(clause):
        signs = (signs - {Sign.KEPT, Sign.DID, Sign.WEAK}) | {Sign.PARTLY}
    if Sign.NOT_YET in signs:
        signs -= {Sign.DID, Sign.WEAK} | ({Sign.KEPT} if _is_denied_first(clause) else set())
    if signs & _SAID:
        signs.discard(Sign.PLAN)
    elif (clause.looks_ahead or clause.has_deadline) and not is_elsewhere(clause) and not _is_of_them(clause):
        signs.add(_plan(clause))
    signs |= set() if is_elsewhere(clause) else _bare_not(clause, signs)
    signs |= {Sign.KEPT} if not signs and _is_of_a_day_before(clause) else set()
    signs |= {Sign.PLAN} if not signs and _is_put_to_the_next(clause) else set()
    if clause.has("praise") and not is_negated(clause, clause.places("praise")[0]):
        signs.add(Sign.PRAISE)
    if not signs - {Sign.YES} and _is_only_a_day(clause):
        signs.add(Sign.PLAN if _is_set_for_its_day(clause) else Sign.DATE)
    if (
        not signs
        and clause.has("almost")
        and not clause.has("not")
        and (len(clause.sense) <= _SHORT or _is_only_a_share(clause))
    ):
        signs.add(Sign.PARTLY)
    return signs


def _is_only_a_share(clause: Clause) -> bool:
    """Tell of "#2 about 70 % through": beside a promise's number a share, nobody, and nothing that we don't know."""
    light = {at for m in clause.marks if m.sort in {"number", "number_word"} for at in range(m.start, m.end)}
    is_long = len(set(clause.sense) - light) > _SHORT
    strange = any(not clause.words[at].isdecimal() for at in clause.unknown)
    return bool(light) and not (is_long or strange or clause.has("me", "they"))


def is_negated(clause: Clause, place: int) -> bool:
    """Tell whether a "not" is before the place in its clause, or after it in languages that put it there."""
    for mark in clause.marks:
        if mark.sort not in {"not", "none"} or _starts_answer(mark, clause):
            continue
        if mark.start <= place + 1 or clause.language.negates_after:
            return True
    return False


def _is_denied_first(clause: Clause) -> bool:
    """Tell of "not yet done", where "done not yet" contradicts itself."""
    places = {outcome: [m.start for m in clause.marks if m.value is outcome] for outcome in Outcome}
    denied, kept = places[Outcome.NOT_YET], places[Outcome.KEPT]
    return clause.language.negates_after or not denied or not kept or min(denied) < min(kept)


def _is_only_a_day(clause: Clause) -> bool:
    return bool(clause.dates) and not clause.has("units") and not all(w.tense == "past" for w in clause.dates)


def _is_of_a_day_before(clause: Clause) -> bool:
    """Tell of "the first one last week": a promise's number, a day that was, and nothing else."""
    is_past = bool(clause.dates) and all(w.tense == "past" for w in clause.dates)
    dated = {at for when in clause.dates for at in range(when.start, when.end)}
    light = {at for m in clause.marks if m.sort in _NUMBERS for at in range(m.start, m.end)}
    return is_past and clause.has("number") and set(clause.sense) <= dated | light


def _is_put_to_the_next(clause: Clause) -> bool:
    """Tell of "2 next sprint": behind a promise's number only what comes next, and of what."""
    light = {at for m in clause.marks if m.sort in _NUMBERS for at in range(m.start, m.end)}
    rest = [clause.words[at] for at in clause.sense if at not in light]
    comes_next = any(m.sort == "next" for m in clause.language.dates.phrases.everywhere(rest))
    return bool(light) and comes_next and len(rest) <= _SHORT + 1


def _is_set_for_its_day(clause: Clause) -> bool:
    """Tell of "Omar zeige ich den Code am Mittwoch": the promise, what the writer does, and a day."""
    is_named = bool(clause.names) and not clause.has("did", "not", "they")
    return is_named and bool(_told(clause, "now", "doing"))


def is_elsewhere(clause: Clause) -> bool:
    """Tell of "I'm on holiday from tomorrow" and "I'll answer you then": that is no plan of theirs."""
    return bool(_told(clause, "absences")) or _is_of_mails(clause)


def _is_of_mails(clause: Clause) -> bool:
    """Tell of "emails are read in the evening": it says when this one is answered, and nothing of a promise."""
    of_mails = _told(clause, "mails", "unread")
    answers = [m for m in clause.marks if m.sort in {"it", "outcome", "begun"}]
    outside = [a for a in answers if not any(m.start <= a.start and a.end <= m.end for m in of_mails)]
    return bool(of_mails) and not (clause.names or outside)


def _told(clause: Clause, *sorts: str) -> list[Mark]:
    return [m for m in clause.language.promises.everywhere(clause.words) if m.sort in sorts]


def _is_of_them(clause: Clause) -> bool:
    """Tell of "she takes over in May": what somebody else will do is no plan of the writer's."""
    people = [m for m in clause.marks if m.sort in {"me", "they"}]
    return bool(people) and min(people, key=lambda m: m.start).sort == "they" and not clause.has("it")


def _plan(clause: Clause) -> Sign:
    other = [at for at in clause.sense if at not in clause.covered]
    return Sign.PLAN if clause.is_about_it or (len(other) <= _FEW and not clause.unknown) else Sign.STEP


def _bare_not(clause: Clause, signs: set[Sign]) -> set[Sign]:
    """A "not" beside the promise's own words, or alone, is an answer."""
    if signs - {Sign.DATE, Sign.PRAISE} or not clause.has("not"):
        return set()
    of_it = clause.has("does") and clause.has("it") and not clause.unknown
    named = clause.names or clause.has("number", "rest") or of_it
    short = len(clause.sense) <= 2
    return {Sign.NO} if named or short else set()


def _sign(mark: Mark, clause: Clause) -> Iterable[Sign]:
    if mark.sort == "outcome":
        yield from _OUTCOME_SIGNS[mark.value](mark, clause)  # type: ignore[index]
    elif mark.sort == "begun":
        yield from _begun(mark, clause)
    elif mark.sort == "did":
        yield from _did(mark, clause)
    elif mark.sort == "drops":
        yield from _drops(mark, clause)
    elif mark.sort in _ANSWERS and (
        _is_others(clause, mark.start, names=False) or _only_colours(mark, clause)
    ):
        return
    elif mark.sort in {"yes", "surely"}:
        yield Sign.DOUBT if clause.is_asked else Sign(mark.sort)
    elif mark.sort == "stands" and clause.sense[-1:] == [mark.start] and clause.has("number"):
        yield from [Sign.KEPT] if not is_negated(clause, mark.start) else []
    elif mark.sort == "fine" and clause.is_about_it:
        yield Sign.YES
    elif mark.sort == "none" or (mark.sort == "no" and not _goes_on(mark, clause)):
        yield Sign.NO


def _only_colours(mark: Mark, clause: Clause) -> bool:
    """Tell of the "ja" in "würde ich ja gern": behind a pronoun or a verb, and words behind it, it is no answer."""
    particles = clause.language.writing.lists.get("particles", frozenset())
    if mark.sort != "yes" or clause.words[mark.start] not in particles:
        return False
    before = any(m.sort in _BEFORE_PARTICLES and m.end == mark.start for m in clause.marks)
    return before and any(at >= mark.end for at in clause.sense)


def _kept(mark: Mark, clause: Clause) -> Iterable[Sign]:
    at = mark.start
    if _is_quoted(clause, at) or clause.is_asked:
        yield Sign.DOUBT
    elif is_negated(clause, at):
        yield Sign.DOUBT if clause.before(at, "almost") or clause.has("unreal") else Sign.NOT_YET
    elif _is_others(clause, at, names=True) or clause.has("unreal") or _is_only_have(mark, clause):
        yield Sign.DOUBT
    elif clause.looks_ahead:
        yield Sign.PLAN
    elif clause.before(at, "must", "wish", "if", "maybe") or clause.has_deadline:
        yield Sign.DOUBT
    elif clause.before(at, "almost") or _is_a_share(clause):
        yield Sign.PARTLY
    else:
        yield Sign.KEPT


def _is_only_have(mark: Mark, clause: Clause) -> bool:
    """Tell of "einen Einwand habe ich": "I have" at the end, which says "done" where it stands alone, has something."""
    said = [
        {m.sort for m in clause.language.answers.at([word], 0)}
        for word in clause.words[mark.start : mark.end]
    ]
    is_have = len(said) > 1 and all(sorts & {"me", "has", "aux"} for sorts in said)
    return is_have and any(at < mark.start for at in clause.unknown)


def _is_a_share(clause: Clause) -> bool:
    """Tell of "ready, 80 %"."""
    return "%" in clause.words and "100" not in clause.words


def _is_of_more(clause: Clause) -> bool:
    """Tell of "two of the three parts": a number of a larger one."""
    dates, words = clause.language.dates, clause.words
    numbers = [
        (at, int(w) if w.isdecimal() else dates.counts[w]) for at, w in enumerate(words) if _counts(w, clause)
    ]
    light = dates.articles | clause.language.out_of | {w for w in words if dates.phrases.at([w], 0)}
    light |= {words[at] for when in clause.dates for at in range(when.start, when.end)}
    light |= {w for m in clause.marks if m.sort == "out_of" for w in words[m.start : m.end]}
    return any(
        0 < b - a - 1 <= _SHORT and low < high and light.issuperset(words[a + 1 : b])
        for (a, low), (b, high) in pairwise(numbers)
    )


def _counts(word: str, clause: Clause) -> bool:
    return (word.isdecimal() and len(word) <= _FEW) or word in clause.language.dates.counts


def _partly(mark: Mark, clause: Clause) -> Iterable[Sign]:
    if any(m.sort == "units" and mark.end <= m.start <= mark.end + _FEW for m in clause.marks):
        return  # "half an hour"
    if clause.before(mark.start, "must", "not") or clause.is_asked or _is_share_of_another(mark, clause):
        yield Sign.DOUBT
    elif clause.has("future"):
        yield Sign.PLAN
    else:
        yield Sign.PARTLY


def _is_share_of_another(mark: Mark, clause: Clause) -> bool:
    """Tell of "half the team is ill": what the share is of, no promise names."""
    if clause.words[mark.end : mark.end + 1] == (":",):
        return False
    behind = next((at for at in clause.sense if at >= mark.end and at not in clause.covered), None)
    return behind in clause.unknown and not clause.is_about_it


def _not_yet(mark: Mark, clause: Clause) -> Iterable[Sign]:
    if _is_of_where_somebody_is(mark, clause):
        return
    twice = is_negated(clause, mark.start) and not _has_not(mark, clause)
    yield Sign.DOUBT if twice or clause.is_asked or clause.has("unreal") else Sign.NOT_YET


def _is_of_where_somebody_is(mark: Mark, clause: Clause) -> bool:
    """Tell of "she's moved to sales": somebody else, no day, no "not", and nothing of the promise."""
    is_said_of_them = _is_others(clause, mark.start, names=False) and not _has_not(mark, clause)
    return is_said_of_them and not (clause.dates or clause.is_about_it)


def _dropped(mark: Mark, clause: Clause) -> Iterable[Sign]:
    if _may_be(Outcome.NOT_YET, mark, clause) and (clause.before(mark.start, "me") or not clause.is_about_it):
        return  # "j'oublie" and "oublié !" forget, "oublie ça" drops
    twice = is_negated(clause, mark.start) and not _has_not(mark, clause)
    doubtful = twice or clause.is_asked or clause.has("maybe", "if") or _is_set_for_a_day(mark, clause)
    if _is_of_something_else(mark, clause) or _is_done_to_another(mark, clause):
        return
    if not _is_others(clause, mark.start, names=False) or doubtful:
        yield Sign.DOUBT if doubtful else Sign.DROPPED


def _is_set_for_a_day(mark: Mark, clause: Clause) -> bool:
    """Tell of "der Termin ist für den 20. eingestellt": of a day to come, one word that ends things may begin them."""
    ahead = [w.start for w in clause.dates if w.tense == "future"] + clause.places("future")
    return mark.end - mark.start == 1 and any(at < mark.start for at in ahead)


def _may_be(outcome: Outcome, mark: Mark, clause: Clause) -> bool:
    return any(m.value is outcome and m.start == mark.start for m in clause.marks)


def _is_of_something_else(mark: Mark, clause: Clause) -> bool:
    """Tell of "I don't find the mail any more": no more than a negation, and words enough that it may be of."""
    other = [at for at in clause.sense if not mark.start <= at < mark.end]
    return _has_not(mark, clause) and mark.end - mark.start <= _FEW < len(other) and not clause.is_about_it


def _is_done_to_another(mark: Mark, clause: Clause) -> bool:
    """Tell of "my train was cancelled": something that the promise doesn't name, and a passive behind it."""
    before = [at for at in clause.sense if at < mark.start and at not in clause.covered]
    is_passive = clause.before(mark.start, "aux") or any(
        m.sort == "aux" for at in range(mark.start, mark.end)
        for m in clause.language.answers.at([clause.words[at]], 0)
    )  # fmt: skip
    return bool(before) and is_passive and not clause.is_about_it


_OUTCOME_SIGNS = {
    Outcome.KEPT: _kept,
    Outcome.PARTLY: _partly,
    Outcome.NOT_YET: _not_yet,
    Outcome.DROPPED: _dropped,
}


def _begun(mark: Mark, clause: Clause) -> Iterable[Sign]:
    if is_negated(clause, mark.start):
        yield Sign.NOT_YET
    elif clause.looks_ahead or clause.before(mark.start, "must") or clause.has_deadline:
        yield Sign.PLAN
    elif not _is_others(clause, mark.start, names=True):
        goes_on = any(
            w.said in {"since", "from"} for w in clause.dates
        )  # "2 in place since Monday" may be all of it
        yield Sign.DOUBT if clause.is_asked or goes_on or _is_share_of_another(mark, clause) else Sign.BEGUN


def _did(mark: Mark, clause: Clause) -> Iterable[Sign]:
    at = mark.start
    about = clause.is_about_it or not clause.unknown
    is_said = any(m.sort == "outcome" and m.start == at for m in clause.marks)
    is_when = clause.opens_with == "because" and clause.begins("since")  # "since we spoke" says since when
    if is_said or is_when or _is_others(clause, at, names=True):
        return
    if clause.has("unreal"):
        yield Sign.DOUBT
    elif is_negated(clause, at):
        yield from [Sign.NOT_YET] if about else []
    elif clause.looks_ahead or clause.has_deadline:
        yield from [Sign.PLAN] if about else [Sign.STEP]
    elif (
        clause.before(at, "must", "wish", "if", "maybe")
        or _is_nearly(clause, at)
        or _is_no_more(clause, at)
        or clause.is_asked
    ):
        yield Sign.DOUBT
    else:
        named = any(
            m.sort in {"does", "did"} and any(p == m.start for p, _ in clause.names) for m in clause.marks
        )
        yield Sign.KEPT if named and about else Sign.DID if about else Sign.WEAK


def _is_no_more(clause: Clause, place: int) -> bool:
    """Tell of "have only e-mailed": what was done is less than what was promised, or all of it."""
    return any(m.sort == "only" and m.end == place for m in clause.marks)


def _is_nearly(clause: Clause, place: int) -> bool:
    """Tell of the "nearly" in "nearly sent it", and not of that in "Partly: sent her the docs"."""
    before = [m for m in clause.marks if m.sort == "almost" and m.start < place]
    return any(clause.words[m.end : m.end + 1] != (":",) for m in before)


def _drops(mark: Mark, clause: Clause) -> Iterable[Sign]:
    passive = clause.before(mark.start, "aux") and not clause.before(mark.start, "me")
    if passive and clause.names:
        yield from (Sign.WEAK, Sign.DOUBT)  # "Atlas was cancelled": and the promise with it?
    is_of_all_else = clause.has("rest", "all") and not clause.before(mark.start, "me", "it")
    if passive or _is_done_to_another(mark, clause) or _is_others(clause, mark.start, names=True):
        return
    if is_of_all_else and clause.sense[-1] < mark.end:
        return  # "everything else stopped" ends by itself
    if is_negated(clause, mark.start) or clause.is_asked or clause.has("maybe", "if"):
        yield Sign.DOUBT
    elif clause.is_about_it or not clause.unknown:
        yield Sign.DROPPED


def _goes_on(mark: Mark, clause: Clause) -> bool:
    """Tell whether a "no" only begins a clause, as Spanish does: "no fue fácil"."""
    if mark.end - mark.start > 1 or not any(m.sort == "not" and m.start == mark.start for m in clause.marks):
        return False
    said = {at for m in clause.marks if m.sort in {"empty", "number", "yes"} for at in range(m.start, m.end)}
    goes_on = mark.end in clause.sense and mark.end not in said
    return goes_on and not clause.before(mark.start, "number")


def _has_not(mark: Mark, clause: Clause) -> bool:
    """Tell whether the phrase has its own "not": another before it doesn't turn it round."""
    words = clause.words[mark.start : mark.end]
    return any(
        m.sort == "not" for at in range(len(words)) for m in clause.language.answers.at(words[at : at + 1], 0)
    )


def _starts_answer(mark: Mark, clause: Clause) -> bool:
    """Tell of the "no" in "no I did it": an answer of its own."""
    is_no = any(m.sort == "no" and m.start == mark.start for m in clause.marks)
    behind = {m.sort for m in clause.marks if m.start == mark.end}
    return is_no and mark.start == 0 and "me" in behind and "aux" not in behind  # "no he hecho" denies


def _is_others(clause: Clause, place: int, *, names: bool) -> bool:
    """Tell whether somebody else did it: the nearest person before is not the writer, or a name comes before."""
    people = [m for m in clause.marks if m.sort in {"me", "they"} and m.start < place]
    if people and max(people, key=lambda m: m.start).sort == "they":
        return True
    light = {m.start for m in clause.marks if m.sort in {"it", "aux", "also"}}
    before = next((at for at in range(place - 1, -1, -1) if at not in light), -1)
    if names and not people and _begins_with_name(clause, place):
        return True
    if people or not names or before < 0:
        return False
    named = any(at == before for at, _ in clause.names)
    if before and clause.words[before - 1] in clause.language.writing.lists.get("beside", frozenset()):
        return False  # "con Ravi hablé ayer": with whom, not who
    if (
        before
        and before not in clause.capitals
        and clause.words[before - 1] in clause.language.dates.articles
    ):
        return False  # "le rapport c'est fait": a thing
    return (named or before in clause.unknown) and _acts(clause, place)


def _begins_with_name(clause: Clause, place: int) -> bool:
    """Tell of "Kim did it instead of me" and "Priya hat es abgesagt": a name first, and a word of doing next."""
    first = next(iter(clause.sense), place)
    named = first in clause.unknown or any(at == first for at, _ in clause.names)
    if not named or first >= place:
        return False
    has = {m.start for m in clause.marks if m.sort == "has"}
    return first + 1 in has or (first + 1 == place and _acts(clause, place, also_idioms=True))


def _acts(clause: Clause, place: int, *, also_idioms: bool = False) -> bool:
    """Tell whether the word there is something that a person does to something: there is an object behind it."""
    dated = {at for when in clause.dates for at in range(when.start, when.end)}
    behind = [at for at in clause.sense if at > place and at not in dated]
    is_of_a_thing = any(m.sort in {"aux", "it"} for m in clause.language.answers.at([clause.words[place]], 0))
    is_did = any(m.start == place and m.sort in {"did", "drops"} for m in clause.marks)
    idiom = also_idioms and any(
        m.start == place and m.end - place > 1 and m.sort == "outcome" for m in clause.marks
    )
    return (bool(behind) and (is_did or clause.has("it"))) or (idiom and not is_of_a_thing)


def _is_quoted(clause: Clause, place: int) -> bool:
    return any(a < place < b for a, b in clause.quoted)
