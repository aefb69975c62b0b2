"""From clauses to an outcome per promise, with the words that say so and what speaks against it.

Each clause is dealt to the promises that it is about; its signs and the others' together give an outcome, or a reason
to ask: two signs that contradict each other are asked about.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from peerpact.programme.commitments import Outcome
from peerpact.programme.replies.clauses import Clause
from peerpact.programme.replies.signs import Sign, is_elsewhere, is_negated, signs_of


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


_FEW_MORE = 1
_DONE = {Sign.KEPT, Sign.DID, Sign.WEAK}
_ASKS = {"maybe", "wish", "believed", "irony", "more", "other"}
"""Sorts that make a sentence doubtful, before and behind them."""


def answered(clauses: Sequence[Clause], count: int) -> Answered:
    """Return the outcomes that these clauses give for ``count`` open promises."""
    read = [_Read(c, signs_of(c), _targets(c, count)) for c in clauses]
    _join_days(read)
    _leave_to_absence(read)
    _spread_doubt(read)
    if count == 1:
        is_open = any(map(_leaves_the_rest, read)) and not any(Sign.PARTLY in r.signs for r in read)
        for r in read:
            r.signs |= {Sign.DOUBT} if r.clause.has("except") or (is_open and r.signs & _DONE) else set()
        return _single(read)
    if any(r.clause.has("out_of") for r in read) and not any(r.targets for r in read if r.says):
        return Answered(unclear="contradicting")
    if any(r.clause.has("out_of") and r.says and not r.targets for r in read):
        return Answered(unclear="contradicting")
    if any(0 in r.targets for r in read) and not any(n > 0 for r in read for n in r.targets):
        return Answered(unclear="which")  # "one yes, the other no"
    return _in_order(read, count) or _by_target(read, count)


def _leaves_the_rest(read: _Read) -> bool:
    """Tell of "the rest after the release" and "more to come": of what is left nobody says that it is done, too."""
    says = {Sign.YES, Sign.NOT_YET, Sign.DROPPED, *_DONE}
    return read.clause.has("goes_on") or (
        read.clause.has("rest") and not (read.signs & says or read.clause.has("also"))
    )


@dataclass(slots=True)
class _Read:
    clause: Clause
    signs: set[Sign]
    targets: list[int]

    @property
    def says(self) -> bool:
        return bool(self.signs - {Sign.PRAISE, Sign.DATE, Sign.STEP, Sign.IF})


def _join_days(read: Sequence[_Read]) -> None:
    """The day of "I will ask Tom what to change, by 30 March" is that of what stands before it, and none of its own."""
    for before, r in pairwise(read):
        is_bare = not set(r.clause.sense) - {at for w in r.clause.dates for at in range(w.start, w.end)}
        of_another = Sign.STEP in before.signs or not (before.signs or before.clause.is_about_it)
        same = r.clause.sentence == before.clause.sentence and not before.targets
        if is_bare and same and of_another and before.clause.unknown and Sign.PLAN in r.signs:
            r.signs = {*(r.signs - {Sign.PLAN}), Sign.STEP}


def _leave_to_absence(read: Sequence[_Read]) -> None:
    """Who tells of an absence, or when mails are answered, plans nothing of a promise that the plan isn't about."""
    if any(is_elsewhere(r.clause) for r in read):
        for r in read:
            if not (r.clause.is_about_it or r.targets):
                r.signs.discard(Sign.PLAN)


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
    did = signs & {Sign.DID} if Sign.NOT_YET not in signs or _is_said_apart(read) else set()
    positive = signs & {Sign.KEPT, Sign.YES} or did
    negative = signs & {Sign.NOT_YET, Sign.NO}
    part = signs & {Sign.PARTLY, Sign.BEGUN}
    doubt = "doubt" if Sign.DOUBT in signs else ""
    if Sign.DROPPED in signs:
        clash = positive or part or (Sign.PLAN in signs and "planned")
        return Outcome.DROPPED, doubt or ("contradicting" if clash else "")
    if part and not (negative and all(map(_is_only_almost, read))):
        return _weigh_part(signs, read, negative, doubt)
    if negative:
        against = "contradicting" if positive else "said to be done" if Sign.WEAK in signs and doubt else ""
        return Outcome.NOT_YET, against
    doubt = doubt or ("condition" if Sign.IF in signs else "")
    if signs & {Sign.KEPT, Sign.DID}:
        but = "" if Sign.KEPT in signs or not any(map(_is_objection, read)) else "a but"
        return Outcome.KEPT, doubt or ("planned" if Sign.PLAN in signs else but)
    if Sign.PLAN in signs:
        apart = _is_answered_apart(read, Sign.PLAN) and Sign.YES in signs
        return Outcome.NOT_YET, "contradicting" if apart else "doubt" if Sign.DOUBT in signs else ""
    if Sign.YES in signs:
        return Outcome.KEPT, doubt or _against_yes(signs, read)
    if Sign.SURELY in signs or Sign.WEAK in signs or Sign.STEP in signs or Sign.DATE in signs:
        return (Outcome.KEPT if signs & {Sign.SURELY, Sign.WEAK} else Outcome.NOT_YET), "not sure"
    return None, doubt if Sign.DOUBT in signs else ""


def _is_only_almost(read: _Read) -> bool:
    """Tell of the "nearly" in "nearly, but no": no part of it is said to be done."""
    return not read.signs & {Sign.PARTLY, Sign.BEGUN} or (
        read.clause.has("almost") and not any(m.value is Outcome.PARTLY for m in read.clause.marks)
    )


def _is_answered_apart(read: Sequence[_Read], sign: Sign) -> bool:
    """Tell of "Yes. ... half ..." and "No. Half ...": a bare yes or no, and this sign in another sentence."""
    bare = {
        r.clause.sentence
        for r in read
        if r.signs & {Sign.YES, Sign.NO, Sign.NOT_YET} and not r.clause.unknown
    }
    others = {r.clause.sentence for r in read if sign in r.signs}
    return bool(bare) and bool(others) and bare.isdisjoint(others)


def _is_objection(read: _Read) -> bool:
    """Tell of "but time was short", which says in words that we don't know why it may not be done."""
    return read.clause.opens_with == "but" and bool(read.clause.unknown) and not read.signs


def _is_said_apart(read: Sequence[_Read]) -> bool:
    """Tell of "I spoke to Dina, not a page read": what was done and what wasn't, in clauses of their own."""
    did = {r.clause.sentence for r in read if Sign.DID in r.signs}
    done = [words for r in read if Sign.DID in r.signs and (words := _does(r))]
    not_yet = [r for r in read if Sign.NOT_YET in r.signs]
    return did.isdisjoint(r.clause.sentence for r in not_yet) or any(
        Sign.DID not in r.signs and _does(r) and _does(r).isdisjoint(other) for r in not_yet for other in done
    )


def _does(read: _Read) -> set[str]:
    """Return its words of doing."""
    marks = (m for m in read.clause.marks if m.sort == "did")
    return {read.clause.words[at] for m in marks for at in range(m.start, m.end)}


def _weigh_part(
    signs: set[Sign], read: Sequence[_Read], negative: set[Sign], doubt: str
) -> tuple[Outcome, str]:
    if Sign.KEPT in signs and Sign.PARTLY not in signs:
        return Outcome.PARTLY, "contradicting"
    if _is_headed_by_part(read):
        return Outcome.PARTLY, doubt
    apart = Sign.KEPT in signs and not any({Sign.PARTLY, Sign.KEPT} <= r.signs for r in read)
    if (Sign.YES in signs and negative) or _is_answered_apart(read, Sign.PARTLY):
        return Outcome.PARTLY, "contradicting"
    return Outcome.PARTLY, doubt or ("contradicting" if apart else "")


def _is_headed_by_part(read: Sequence[_Read]) -> bool:
    """Tell of "Partly: the contracts yes, the budget is missing": what was done and what wasn't are its parts."""
    head = next((r for r in read if r.says or r.clause.unknown), None)
    said = (
        [m for m in head.clause.marks if m.value is Outcome.PARTLY]
        if head and Sign.PARTLY in head.signs
        else []
    )
    return bool(said) and head is not None and _stands_alone(head.clause, said[0].end) and said[0].start == 0


def _stands_alone(clause: Clause, end: int) -> bool:
    return not any(at >= end for at in clause.sense) or clause.words[end : end + 1] in ((":",), (",",))


def _against_yes(signs: set[Sign], read: Sequence[_Read]) -> str:
    """A yes before a plan, a bare day or a reason is not yet an answer."""
    if Sign.STEP in signs:
        return "planned"
    if Sign.DATE in signs and not signs & {Sign.PRAISE, Sign.WEAK}:
        return "only a day"
    if any(r.clause.opens_with == "because" for r in read):
        return "a reason"
    if any(_is_of_a_part(r) for r in read) and any(r.clause.unknown and not r.says for r in read):
        return "of a part"
    if not signs & {Sign.PRAISE, Sign.DATE} and any(_says_more(r, signs) for r in read):
        return "perhaps irony"
    return ""


def _is_of_a_part(read: _Read) -> bool:
    """Tell of "the technical side yes, ...": the yes is of what comes before it, which no promise names."""
    said = [m.start for m in read.clause.marks if m.sort == "yes"]
    return bool(said) and any(at < min(said) for at in read.clause.unknown)


def _says_more(read: _Read, signs: set[Sign]) -> bool:
    """Tell of "with the little that I have to do": words behind "yes, of course" that say nothing of a promise."""
    light = {"yes", "surely", "it", "and", "also", "me", "fine", "outcome", "did"}
    said = {at for m in read.clause.marks if m.sort in light for at in range(m.start, m.end)}
    dated = {at for w in read.clause.dates for at in range(w.start, w.end)}
    named = {at for at, _ in read.clause.names}
    more = [at for at in read.clause.sense if at not in said | dated | named]
    return len(more if Sign.SURELY in signs else read.clause.unknown) > _FEW_MORE


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
    if (
        (len(kinds) < 2 and not _is_said_twice(bare))
        or Outcome.PARTLY in kinds
        or not all(f.is_certain for f in found)
    ):
        return None
    return Answered(found=dict(enumerate(found, 1)))


def _is_said_twice(bare: Sequence[_Read]) -> bool:
    """Tell of "done and done" in answer to two promises."""
    first, *others = bare
    return len(others) == 1 and others[0].clause.opens_with == "and" and first.signs == others[0].signs


def _by_target(read: Sequence[_Read], count: int) -> Answered:
    said: dict[int, list[_Read]] = {}
    overall = _deal(read, count, said)
    if not said:
        resolved = resolve(overall)
        return Answered(unclear="which" if resolved.outcome or resolved.against else "unknown")
    found = {n: resolve(rs) for n, rs in said.items()}
    found = {n: f for n, f in found.items() if f.outcome is not None or f.against}
    certain = [n for n, f in found.items() if f.is_certain]
    unsaid = said.keys() - found.keys()
    if len(found) < count and _speaks_of_another(overall, found.values()):
        found = {
            n: Found(outcome=f.outcome, words=f.words, against="another was not named")
            for n, f in found.items()
        }
        certain = []
    unclear = "" if len(certain) == len(found) and found and not unsaid else "contradicting"
    return Answered(found=found, unclear=unclear if found else "unknown")


def _speaks_of_another(overall: Sequence[_Read], found: Iterable[Found]) -> bool:
    """Tell whether something else is said that names none and is not what is said of the named ones."""
    said = resolve(overall)
    return said.outcome is not None and all(f.outcome is not said.outcome for f in found)


def _deal(read: Sequence[_Read], count: int, said: dict[int, list[_Read]]) -> list[_Read]:
    """Give each clause to the promises that it is about; return those that name none."""
    specific = any(n > 0 for r in read if r.signs - {Sign.PRAISE} or not r.signs for n in r.targets)
    current: list[int] = []
    waiting: list[int] = []
    waits_in = -1
    unsaid = False
    overall: list[_Read] = []
    for at, r in enumerate(read):
        targets = [n for n in r.targets if n != -1] if specific and not r.clause.has("except") else r.targets
        if r.clause.has("except"):
            current = _deal_except(r, read[:at], count, said, targets)
            continue
        if targets:
            if current and _is_one_more(read, at):
                _give(read[at - 1], targets, said)
                current = current + targets
                continue
            if not r.says and not r.clause.has("only") and _goes_on_to(read, at):
                waiting += targets
                waits_in = r.clause.sentence
                continue
            current, waiting, unsaid = waiting + targets, [], not r.signs and len(r.clause.unknown) > 0
        elif waiting and r.says:
            current, waiting = waiting, []
        if not current:
            overall.append(r)
        elif (unsaid and r.says and not r.targets and r.clause.unknown) or _is_of_another(r, current, said):
            _give(_Read(r.clause, r.signs | {Sign.DOUBT}, []), _numbers(current, said, count), said)
        else:
            _give(r, _numbers(current, said, count), said)
    if waiting and current:
        last = [r for n in current for r in said.get(n, ()) if r.says]
        for r in last[-1:]:
            _give(r if r.clause.sentence == waits_in else _Read(r.clause, {Sign.DOUBT}, []), waiting, said)
    return overall


def _is_of_another(r: _Read, current: Sequence[int], said: Mapping[int, Sequence[_Read]]) -> bool:
    """Tell of "spoke to legal; the plan is a third done": it names none, and says less of what was said to be done."""
    if r.targets or r.clause.has("it", "things") or not r.signs & {Sign.PARTLY, Sign.BEGUN, Sign.NOT_YET}:
        return False
    done = any(b.signs & {Sign.KEPT, Sign.DID} for n in current for b in said.get(n, ()))
    marked = {at for m in r.clause.marks for at in range(m.start, m.end)}
    return done and any(at not in marked for at in r.clause.sense)


def _give(r: _Read, numbers: Iterable[int], said: dict[int, list[_Read]]) -> None:
    if r.clause.has("only") and not r.says and r.targets:
        r = _Read(r.clause, {Sign.KEPT}, r.targets)
    if r.clause.has("all") and any(m.sort == "all" and is_negated(r.clause, m.start) for m in r.clause.marks):
        r = _Read(r.clause, {Sign.DOUBT}, r.targets)
    for n in numbers:
        said.setdefault(n, []).append(r)


def _is_one_more(read: Sequence[_Read], at: int) -> bool:
    """Tell of "and 2" in "finished 1 and 2, half of 3": it names one more of what was said right before a number."""
    r, before = read[at], read[at - 1]
    if r.says or r.clause.opens_with != "and" or not before.says or not before.clause.sense:
        return False
    last = before.clause.sense[-1]
    names_last = any(m.sort == "number" and m.end == last + 1 for m in before.clause.marks)
    return before.clause.sentence == r.clause.sentence and names_last and before.clause.sense[0] != last


def _goes_on_to(read: Sequence[_Read], at: int) -> bool:
    """Tell whether a clause that only names promises, or is joined to the next, is followed by what is said of them."""
    after = read[at + 1 : at + 2]
    if not after or after[0].clause.sentence != read[at].clause.sentence:
        return False
    if after[0].clause.opens_with == "but":
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
