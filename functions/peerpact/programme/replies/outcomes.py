"""From clauses to an outcome per promise, with the words that say so and what speaks against it.

A clause gives signs; the signs about one promise together give an outcome, or a reason to ask. What will be, should
be or was nearly done is never kept, and two signs that contradict each other are asked about.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from peerpact.programme.commitments import Outcome
from peerpact.programme.replies.clauses import Clause
from peerpact.programme.replies.wording import Mark


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What was said about one promise. Without an outcome, or with something against it, it is to be asked."""

    outcome: Outcome | None
    words: str = ""
    against: str = ""

    @property
    def is_certain(self) -> bool:
        return self.outcome is not None and not self.against


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """By number of the promise, from 1. ``unclear`` is empty, "contradicting", "which" or "unknown"."""

    found: dict[int, Found] = field(default_factory=dict)
    unclear: str = ""

    @property
    def outcomes(self) -> dict[int, Outcome]:
        return {n: f.outcome for n, f in sorted(self.found.items()) if f.outcome is not None and f.is_certain}


_ASKS = {"maybe", "wish", "believed", "irony", "more"}
"""Sorts that make a sentence doubtful, before and behind them."""
_SAID = {Sign.KEPT, Sign.DID, Sign.NOT_YET, Sign.PARTLY, Sign.DROPPED, Sign.BEGUN, Sign.WEAK}
_SHORT = 3
_FEW = 2
_ANSWERS = {"yes", "surely", "no", "fine"}


def answered(clauses: Sequence[Clause], count: int) -> Answered:
    """Return the outcomes that these clauses give for ``count`` open promises."""
    read = [_Read(c, signs_of(c), _targets(c, count)) for c in clauses]
    _spread_doubt(read)
    if count == 1:
        for r in read:
            r.signs |= {Sign.DOUBT} if r.clause.has("except") else set()
        return _single(read)
    if any(r.clause.has("out_of") for r in read) and not any(r.targets for r in read if r.says):
        return Answered(unclear="contradicting")
    if any(r.clause.has("out_of") and r.says and not r.targets for r in read):
        return Answered(unclear="contradicting")
    return _in_order(read, count) or _by_target(read, count)


@dataclass(slots=True)
class _Read:
    clause: Clause
    signs: set[Sign]
    targets: list[int]

    @property
    def says(self) -> bool:
        return bool(self.signs - {Sign.PRAISE, Sign.DATE, Sign.STEP, Sign.IF})


def signs_of(clause: Clause) -> set[Sign]:
    """Return what a clause says, whichever promise it is about."""
    signs = {s for mark in clause.marks for s in _sign(mark, clause)}
    if Sign.NOT_YET in signs:
        signs -= {Sign.DID, Sign.WEAK} | ({Sign.KEPT} if _is_denied_first(clause) else set())
    if signs & _SAID:
        signs.discard(Sign.PLAN)
    elif (clause.looks_ahead or clause.has_deadline) and not _is_absence(clause):
        signs.add(_plan(clause))
    signs |= _bare_not(clause, signs)
    if clause.has("praise") and not _is_negated(clause, clause.places("praise")[0]):
        signs.add(Sign.PRAISE)
    if not signs - {Sign.YES} and _is_only_a_day(clause):
        signs.add(Sign.DATE)
    if not signs and clause.has("almost") and len(clause.sense) <= _SHORT:
        signs.add(Sign.PARTLY)
    return signs


def _is_denied_first(clause: Clause) -> bool:
    """Tell of "not yet done", where "done not yet" contradicts itself."""
    places = {outcome: [m.start for m in clause.marks if m.value is outcome] for outcome in Outcome}
    denied, kept = places[Outcome.NOT_YET], places[Outcome.KEPT]
    return clause.language.negates_after or not denied or not kept or min(denied) < min(kept)


def _is_only_a_day(clause: Clause) -> bool:
    return bool(clause.dates) and not clause.has("units") and not all(w.tense == "past" for w in clause.dates)


def _is_absence(clause: Clause) -> bool:
    """Tell of "I'm on holiday from tomorrow": where they are is no plan of theirs."""
    return any(m.sort == "absences" for m in clause.language.promises.everywhere(clause.words))


def _plan(clause: Clause) -> Sign:
    other = [at for at in clause.sense if at not in clause.covered]
    return Sign.PLAN if clause.is_about_it or (len(other) <= _FEW and not clause.unknown) else Sign.STEP


def _bare_not(clause: Clause, signs: set[Sign]) -> set[Sign]:
    """A "not" beside the promise's own words, or alone, is an answer."""
    if signs - {Sign.DATE, Sign.PRAISE} or not clause.has("not"):
        return set()
    named = clause.names or clause.has("number", "rest") or (clause.has("does") and clause.has("it"))
    short = len(clause.sense) <= 2
    return {Sign.NO} if (named and (clause.is_about_it or not clause.unknown)) or short else set()


def _sign(mark: Mark, clause: Clause) -> Iterable[Sign]:
    if mark.sort == "outcome":
        yield from _OUTCOME_SIGNS[mark.value](mark, clause)  # type: ignore[index]
    elif mark.sort == "begun":
        yield from _begun(mark, clause)
    elif mark.sort == "did":
        yield from _did(mark, clause)
    elif mark.sort == "drops":
        yield from _drops(mark, clause)
    elif mark.sort in _ANSWERS and _is_others(clause, mark.start, names=False):
        return
    elif mark.sort in {"yes", "surely"}:
        yield Sign.DOUBT if clause.is_asked else Sign(mark.sort)
    elif mark.sort == "fine" and clause.is_about_it:
        yield Sign.YES
    elif mark.sort == "none" or (mark.sort == "no" and not _goes_on(mark, clause)):
        yield Sign.NO


def _kept(mark: Mark, clause: Clause) -> Iterable[Sign]:
    at = mark.start
    if _is_quoted(clause, at) or clause.is_asked:
        yield Sign.DOUBT
    elif _is_negated(clause, at):
        yield Sign.DOUBT if clause.before(at, "almost") or clause.has("unreal") else Sign.NOT_YET
    elif _is_others(clause, at, names=True) or clause.has("unreal"):
        yield Sign.DOUBT
    elif clause.looks_ahead:
        yield Sign.PLAN
    elif clause.before(at, "must", "wish", "if", "maybe") or clause.has_deadline:
        yield Sign.DOUBT
    elif clause.before(at, "almost"):
        yield Sign.PARTLY
    else:
        yield Sign.KEPT


def _partly(mark: Mark, clause: Clause) -> Iterable[Sign]:
    if clause.before(mark.start, "must", "not") or clause.is_asked:
        yield Sign.DOUBT
    elif clause.has("future"):
        yield Sign.PLAN
    else:
        yield Sign.PARTLY


def _not_yet(mark: Mark, clause: Clause) -> Iterable[Sign]:
    twice = _is_negated(clause, mark.start) and not _has_not(mark, clause)
    yield Sign.DOUBT if twice or clause.is_asked or clause.has("unreal") else Sign.NOT_YET


def _dropped(mark: Mark, clause: Clause) -> Iterable[Sign]:
    twice = _is_negated(clause, mark.start) and not _has_not(mark, clause)
    doubtful = twice or clause.is_asked or clause.has("maybe", "if")
    if not _is_others(clause, mark.start, names=False) or doubtful:
        yield Sign.DOUBT if doubtful else Sign.DROPPED


_OUTCOME_SIGNS = {
    Outcome.KEPT: _kept,
    Outcome.PARTLY: _partly,
    Outcome.NOT_YET: _not_yet,
    Outcome.DROPPED: _dropped,
}


def _begun(mark: Mark, clause: Clause) -> Iterable[Sign]:
    if _is_negated(clause, mark.start):
        yield Sign.NOT_YET
    elif clause.looks_ahead or clause.before(mark.start, "must") or clause.has_deadline:
        yield Sign.PLAN
    elif not _is_others(clause, mark.start, names=True):
        yield Sign.DOUBT if clause.is_asked else Sign.BEGUN


def _did(mark: Mark, clause: Clause) -> Iterable[Sign]:
    at = mark.start
    about = clause.is_about_it or not clause.unknown
    is_said = any(m.sort == "outcome" and m.start == at for m in clause.marks)
    if is_said or _is_others(clause, at, names=True):
        return
    if clause.has("unreal"):
        yield Sign.DOUBT
    elif _is_negated(clause, at):
        yield from [Sign.NOT_YET] if about else []
    elif clause.looks_ahead or clause.has_deadline:
        yield from [Sign.PLAN] if about else [Sign.STEP]
    elif clause.before(at, "must", "wish", "if", "maybe", "almost") or clause.is_asked:
        yield Sign.DOUBT
    else:
        named = any(
            m.sort in {"does", "did"} and any(p == m.start for p, _ in clause.names) for m in clause.marks
        )
        certain = about and not _is_other_date(clause)
        yield Sign.KEPT if named and certain else Sign.DID if certain else Sign.WEAK


def _is_other_date(clause: Clause) -> bool:
    return any(w.tense == "vague" for w in clause.dates)


def _drops(mark: Mark, clause: Clause) -> Iterable[Sign]:
    passive = clause.before(mark.start, "aux") and not clause.before(mark.start, "me")
    if passive or _is_others(clause, mark.start, names=True):
        return
    if _is_negated(clause, mark.start) or clause.is_asked or clause.has("maybe", "if"):
        yield Sign.DOUBT
    elif clause.is_about_it or not clause.unknown:
        yield Sign.DROPPED


def _goes_on(mark: Mark, clause: Clause) -> bool:
    """Tell whether a "no" only begins a clause, as Spanish does: "no fue fácil"."""
    if mark.end - mark.start > 1 or not any(m.sort == "not" and m.start == mark.start for m in clause.marks):
        return False
    after = [at for at in clause.sense if at >= mark.end]
    said = {at for m in clause.marks if m.sort in {"empty", "number", "yes"} for at in range(m.start, m.end)}
    return any(at == mark.end and at not in said for at in after) and not clause.before(mark.start, "number")


def _is_negated(clause: Clause, place: int) -> bool:
    """Tell whether a "not" is before the place in its clause, or after it in languages that put it there."""
    for mark in clause.marks:
        if mark.sort not in {"not", "none"} or _starts_answer(mark, clause):
            continue
        if mark.start <= place + 1 or clause.language.negates_after:
            return True
    return False


def _has_not(mark: Mark, clause: Clause) -> bool:
    """Tell whether the phrase has its own "not": another before it doesn't turn it round."""
    words = clause.words[mark.start : mark.end]
    return any(
        m.sort == "not" for at in range(len(words)) for m in clause.language.answers.at(words[at : at + 1], 0)
    )


def _starts_answer(mark: Mark, clause: Clause) -> bool:
    """Tell of the "no" in "no I did it": an answer of its own."""
    is_no = any(m.sort == "no" and m.start == mark.start for m in clause.marks)
    return is_no and mark.start == 0 and any(m.sort == "me" and m.start == mark.end for m in clause.marks)


def _is_others(clause: Clause, place: int, *, names: bool) -> bool:
    """Tell whether somebody else did it: the nearest person before is not the writer, or a name stands before."""
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
    behind = [at for at in clause.sense if at > place]
    is_did = any(m.start == place and m.sort in {"did", "drops"} for m in clause.marks)
    idiom = also_idioms and any(
        m.start == place and m.end - place > 1 and m.sort == "outcome" for m in clause.marks
    )
    return (bool(behind) and (is_did or clause.has("it"))) or idiom


def _is_quoted(clause: Clause, place: int) -> bool:
    return any(a < place < b for a, b in clause.quoted)


def _spread_doubt(read: Sequence[_Read]) -> None:
    """A doubt is about its whole sentence, up to a "but"; irony about all."""
    if any(r.clause.has("irony") for r in read):
        for r in read:
            r.signs.add(Sign.DOUBT)
    start = 0
    for at, r in enumerate(read):
        new = at and (r.clause.sentence != read[at - 1].clause.sentence or r.clause.opens_with == "but")
        start = at if new else start
        for sign, sorts in ((Sign.DOUBT, _ASKS), (Sign.IF, {"if"})):
            if r.clause.has(*sorts):
                for other in _stretch(read, start):
                    other.signs.add(sign)


def _stretch(read: Sequence[_Read], start: int) -> list[_Read]:
    """Return the clauses from here to the end of the sentence or the next "but"."""
    found = [read[start]]
    for r in read[start + 1 :]:
        if r.clause.sentence != read[start].clause.sentence or r.clause.opens_with == "but":
            break
        found.append(r)
    return found


def _targets(clause: Clause, count: int) -> list[int]:
    """Return which promises a clause names: -1 all of them, 0 the rest."""
    numbers = [m.value for m in clause.marks if m.sort == "number"]
    every = [n for value in numbers for n in (value if isinstance(value, list) else [value])]
    targets = [n for n in every if isinstance(n, int) and n <= count]
    named = [n for _, n in clause.names]
    if count > 1 and not targets and clause.has("last"):
        targets = [count]
    if count > 1 and not (targets or named) and clause.has("rest"):
        return [0]
    if not (targets or named) and clause.has("all", "none"):
        return [-1]
    return list(dict.fromkeys([*targets, *(named if count > 1 and not targets else [])]))


def _single(read: Sequence[_Read]) -> Answered:
    resolved = resolve(read)
    if resolved.outcome is None and not resolved.against:
        return Answered(unclear="unknown")
    return Answered(found={1: resolved}, unclear="" if resolved.is_certain else "contradicting")


def resolve(read: Sequence[_Read]) -> Found:
    """Return what these clauses say together about one promise."""
    signs: set[Sign] = set().union(*(r.signs for r in read)) if read else set()
    text = " ".join(r.clause.text for r in read if r.says)[:300]
    outcome, against = _weigh(signs, read)
    return Found(outcome=outcome, words=text, against=against)


def _weigh(signs: set[Sign], read: Sequence[_Read]) -> tuple[Outcome | None, str]:
    """Return the outcome that the signs make likely, and what speaks against it."""
    positive = signs & {Sign.KEPT, Sign.YES} or (signs & {Sign.DID} if not signs & {Sign.NOT_YET} else set())
    negative = signs & {Sign.NOT_YET, Sign.NO}
    part = signs & {Sign.PARTLY, Sign.BEGUN}
    doubt = "doubt" if Sign.DOUBT in signs else ""
    if Sign.DROPPED in signs:
        clash = positive or part or (Sign.PLAN in signs and "planned")
        return Outcome.DROPPED, doubt or ("contradicting" if clash else "")
    if part:
        return _weigh_part(signs, read, negative, doubt)
    if negative:
        against = "contradicting" if positive else "said to be done" if Sign.WEAK in signs and doubt else ""
        return Outcome.NOT_YET, against
    doubt = doubt or ("condition" if Sign.IF in signs else "")
    if signs & {Sign.KEPT, Sign.DID}:
        return Outcome.KEPT, doubt or ("planned" if Sign.PLAN in signs else "")
    if Sign.PLAN in signs:
        return Outcome.NOT_YET, "doubt" if Sign.DOUBT in signs else ""
    if Sign.YES in signs:
        return Outcome.KEPT, doubt or _against_yes(signs, read)
    if Sign.SURELY in signs or Sign.WEAK in signs or Sign.STEP in signs or Sign.DATE in signs:
        return (Outcome.KEPT if signs & {Sign.SURELY, Sign.WEAK} else Outcome.NOT_YET), "not sure"
    return None, doubt if Sign.DOUBT in signs else ""


def _weigh_part(
    signs: set[Sign], read: Sequence[_Read], negative: set[Sign], doubt: str
) -> tuple[Outcome, str]:
    if Sign.KEPT in signs and Sign.PARTLY not in signs:
        return Outcome.PARTLY, "contradicting"
    apart = Sign.KEPT in signs and not any(
        r.signs & {Sign.PARTLY} and other.clause.sentence == r.clause.sentence and Sign.KEPT in other.signs
        for r in read
        for other in read
    )
    if Sign.YES in signs and negative:
        return Outcome.PARTLY, "contradicting"
    return Outcome.PARTLY, doubt or ("contradicting" if apart else "")


def _against_yes(signs: set[Sign], read: Sequence[_Read]) -> str:
    """A yes before a plan, a bare day or a reason is not yet an answer."""
    if Sign.STEP in signs:
        return "planned"
    if Sign.DATE in signs and not signs & {Sign.PRAISE, Sign.WEAK}:
        return "only a day"
    if any(r.clause.opens_with == "because" for r in read):
        return "a reason"
    return ""


def _in_order(read: Sequence[_Read], count: int) -> Answered | None:
    """Read "yes / no" in order: as many bare answers as promises, not all the same."""
    said = [r for r in read if r.clause.sense or r.signs]
    bare = [
        r for r in said
        if len(r.clause.sense) <= 2 and r.says and not r.targets and not r.clause.has("it", "things", "out_of")
    ]  # fmt: skip
    if len(bare) != count or len(said) != count or count < 2:
        return None
    found = [resolve([r]) for r in bare]
    kinds = {f.outcome for f in found}
    if len(kinds) < 2 or Outcome.PARTLY in kinds or not all(f.is_certain for f in found):
        return None
    return Answered(found=dict(enumerate(found, 1)))


def _by_target(read: Sequence[_Read], count: int) -> Answered:
    said: dict[int, list[_Read]] = {}
    overall = _deal(read, count, said)
    if not said:
        resolved = resolve(overall)
        return Answered(unclear="which" if resolved.outcome or resolved.against else "unknown")
    found = {n: resolve(rs) for n, rs in said.items()}
    found = {n: f for n, f in found.items() if f.outcome is not None or f.against}
    certain = [n for n, f in found.items() if f.is_certain]
    if len(found) < count and _speaks_of_another(overall, found.values()):
        found = {
            n: Found(outcome=f.outcome, words=f.words, against="another was not named")
            for n, f in found.items()
        }
        certain = []
    unclear = "" if len(certain) == len(found) and found else "contradicting"
    return Answered(found=found, unclear=unclear if found else "unknown")


def _speaks_of_another(overall: Sequence[_Read], found: Iterable[Found]) -> bool:
    """Tell whether something else is said that names none and is not what is said of the named ones."""
    said = resolve(overall)
    return said.outcome is not None and all(f.outcome is not said.outcome for f in found)


def _deal(read: Sequence[_Read], count: int, said: dict[int, list[_Read]]) -> list[_Read]:
    """Give each clause to the promises that it is about; return those that name none."""
    specific = any(n > 0 for r in read for n in r.targets)
    current: list[int] = []
    waiting: list[int] = []
    overall: list[_Read] = []
    for at, r in enumerate(read):
        targets = [n for n in r.targets if n != -1] if specific and not r.clause.has("except") else r.targets
        if r.clause.has("except"):
            current = _deal_except(r, read[:at], count, said, targets)
            continue
        if targets:
            if not r.says and not r.clause.has("only") and _goes_on_to(read, at):
                waiting += targets
                continue
            current, waiting = waiting + targets, []
        elif waiting and r.says:
            current, waiting = waiting, []
        if not current:
            overall.append(r)
        else:
            _give(r, _numbers(current, said, count), said)
    if waiting and current:
        last = [r for n in current for r in said.get(n, ()) if r.says]
        for r in last[-1:]:
            _give(r, waiting, said)
    return overall


def _give(r: _Read, numbers: Iterable[int], said: dict[int, list[_Read]]) -> None:
    if r.clause.has("only") and not r.says and r.targets:
        r = _Read(r.clause, {Sign.KEPT}, r.targets)
    if r.clause.has("all") and any(
        m.sort == "all" and _is_negated(r.clause, m.start) for m in r.clause.marks
    ):
        r = _Read(r.clause, {Sign.DOUBT}, r.targets)
    for n in numbers:
        said.setdefault(n, []).append(r)


def _goes_on_to(read: Sequence[_Read], at: int) -> bool:
    """Tell whether a clause that only names promises, or is joined to the next, is followed by what is said of them."""
    after = read[at + 1 : at + 2]
    if not after or after[0].clause.sentence != read[at].clause.sentence:
        return False
    clause = read[at].clause
    light = {m.start for m in clause.marks if m.sort in {"number", "number_word", "and"}}
    return bool(after[0].clause.opens_with) or all(at in light for at in clause.sense)


def _numbers(targets: Sequence[int], said: dict[int, list[_Read]], count: int) -> list[int]:
    every = range(1, count + 1)
    if -1 in targets:
        return list(every)
    rest = [n for n in every if n not in said] if 0 in targets else []
    return [n for n in targets if n > 0] + rest


def _deal_except(
    r: _Read, before: Sequence[_Read], count: int, said: dict[int, list[_Read]], targets: Sequence[int]
) -> list[int]:
    """Read "all except Tom": what is said is said of the others, and the excepted one is not yet done."""
    excepted = [n for n in targets if n > 0]
    signs = set(r.signs)
    if not r.says:
        earlier = [b for b in before if b.says and b.clause.sentence == r.clause.sentence]
        signs = set(earlier[-1].signs) if earlier else {Sign.KEPT} if r.clause.has("all") else {Sign.DOUBT}
    others = signs if signs <= {Sign.KEPT, Sign.YES, Sign.PRAISE} else {Sign.DOUBT}
    certain = bool(excepted) and others is signs
    for n in range(1, count + 1):
        left = {Sign.NOT_YET} if certain else {Sign.DOUBT}
        said[n] = [_Read(r.clause, left if n in excepted else set(others) if certain else {Sign.DOUBT}, [n])]
    return excepted
