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
from peerpact.programme.replies.resolved import Found, Read, resolve
from peerpact.programme.replies.signs import Sign, is_elsewhere, is_negated, signs_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """By number of the promise, from 1. ``unclear`` is empty, "contradicting", "which" or "unknown"."""

    found: dict[int, Found] = field(default_factory=dict)
    unclear: str = ""

    @property
    def outcomes(self) -> dict[int, Outcome]:
        return {n: f.outcome for n, f in sorted(self.found.items()) if f.outcome is not None and f.is_certain}


_DONE = {Sign.KEPT, Sign.DID, Sign.WEAK}
_FEWEST_MEANT = 4
_ASKS = {"maybe", "wish", "believed", "more", "other"}
"""Sorts that make a sentence doubtful, before and behind them."""


def answered(clauses: Sequence[Clause], count: int) -> Answered:
    """Return the outcomes that these clauses give for ``count`` open promises."""
    read = [Read(c, signs_of(c), _targets(c, count)) for c in clauses]
    _join_days(read)
    _leave_to_absence(read)
    _spread_doubt(read)
    _doubt_what_came_between(read)
    _doubt_beside_unread_end(read)
    _take_all_for_done(read, count)
    if count == 1:
        _take_rest_for_part(read)
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


def _take_all_for_done(read: Sequence[Read], count: int) -> None:
    """Take a bare "both" or "all of them" for what was asked: that they are done."""
    said = [r for r in read if r.clause.sense]
    if count > 1 and len(said) == 1 and not said[0].signs and not said[0].clause.is_asked:
        all_of_it = {at for m in said[0].clause.marks if m.sort == "all" for at in range(m.start, m.end)}
        said[0].signs |= {Sign.KEPT} if all_of_it >= set(said[0].clause.sense) else set()


def _take_rest_for_part(read: Sequence[Read]) -> None:
    """Take "but not the rest" for what it says of a single promise: that some of it is done."""
    denied = [r for r in read if r.signs & {Sign.NO, Sign.NOT_YET}]
    if len(denied) == 1 and denied[0].clause.has("rest") and denied[0] is not read[0]:
        denied[0].signs = {Sign.PARTLY}


def _leaves_the_rest(read: Read) -> bool:
    """Tell of "the rest after the release" and "more to come": of what is left nobody says that it is done, too."""
    says = {Sign.YES, Sign.NOT_YET, Sign.DROPPED, *_DONE}
    return read.clause.has("goes_on") or (
        read.clause.has("rest") and not (read.signs & says or read.clause.has("also"))
    )


def _join_days(read: Sequence[Read]) -> None:
    """The day of "I will ask Tom what to change, by 30 March" is that of what stands before it, and none of its own."""
    for before, r in pairwise(read):
        is_bare = not set(r.clause.sense) - {at for w in r.clause.dates for at in range(w.start, w.end)}
        of_another = Sign.STEP in before.signs or not (before.signs or before.clause.is_about_it)
        same = r.clause.sentence == before.clause.sentence and not before.targets
        if is_bare and same and of_another and before.clause.unknown and Sign.PLAN in r.signs:
            r.signs = {*(r.signs - {Sign.PLAN}), Sign.STEP}


def _leave_to_absence(read: Sequence[Read]) -> None:
    """Who tells of an absence, or when mails are answered, plans nothing of a promise that the plan isn't about."""
    if any(is_elsewhere(r.clause) for r in read):
        for r in read:
            if not (r.clause.is_about_it or r.targets):
                r.signs.discard(Sign.PLAN)


def _spread_doubt(read: Sequence[Read]) -> None:
    """A doubt is about its whole sentence, up to a "but"; irony about all."""
    few = sum(len(r.clause.sense) for r in read) <= _FEWEST_MEANT
    if any(r.clause.has("irony") or (few and r.clause.has("laughs")) for r in read):
        for r in read:
            r.signs.add(Sign.DOUBT)
    start = 0
    for at, r in enumerate(read):
        new = at and (r.clause.sentence != read[at - 1].clause.sentence or r.clause.opens_with == "but")
        start = at if new else start
        hopes = _ASKS - ({"wish"} if _only_looks_ahead(_stretch(read, start)) else set())
        for sign, sorts in ((Sign.DOUBT, hopes), (Sign.IF, {"if"})):
            if r.clause.has(*sorts):
                for other in _stretch(read, start):
                    other.signs.add(sign)


def _only_looks_ahead(read: Sequence[Read]) -> bool:
    """Tell of "next week, I hope": who hopes to do it hasn't done it."""
    signs: set[Sign] = set().union(*(r.signs for r in read))
    plain = not any(r.clause.has("outcome") for r in read)
    return plain and Sign.PLAN in signs and signs <= {Sign.PLAN, Sign.NOT_YET, Sign.NO, Sign.PRAISE}


def _doubt_what_came_between(read: Sequence[Read]) -> None:
    """Doubt what "happened" in "I wanted to, but then the fire drill happened"."""
    for at, r in enumerate(read):
        if r.signs or not r.clause.has("must", "wish"):
            continue
        behind = [b for b in read[at + 1 :] if b.clause.sentence == r.clause.sentence]
        if any(b.clause.opens_with == "but" for b in behind):
            for b in behind:
                b.signs |= {Sign.DOUBT} if b.signs & _DONE else set()


def _doubt_beside_unread_end(read: Sequence[Read]) -> None:
    """Doubt the "no" of "no slides will be shown, so the whole thing is off": an end that was not read as one."""
    ends = any(
        m.value is Outcome.DROPPED and Sign.DROPPED not in r.signs for r in read for m in r.clause.marks
    )
    for r in read:
        r.signs = {Sign.DOUBT} if ends and r.signs == {Sign.NO} else r.signs


def _stretch(read: Sequence[Read], start: int) -> list[Read]:
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
    if not (targets or named) and clause.has("rest"):
        return [0]
    if not (targets or named) and clause.has("all", "none") and not clause.has("out_of"):
        return [-1]
    return list(dict.fromkeys(targets or named))


def _single(read: Sequence[Read]) -> Answered:
    resolved = resolve(read)
    if resolved.outcome is None and not resolved.against:
        return Answered(unclear="unknown")
    return Answered(found={1: resolved}, unclear="" if resolved.is_certain else "contradicting")


def _in_order(read: Sequence[Read], count: int) -> Answered | None:
    """Read "yes / no" in order: as many bare answers as promises, not all the same."""
    said = [r for r in read if r.clause.sense or r.signs]
    bare = [
        r for r in said
        if len(r.clause.sense) <= 2 and r.says and not r.targets and not r.clause.has("it", "things")
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


def _is_said_twice(bare: Sequence[Read]) -> bool:
    """Tell of "done and done" in answer to two promises, and of "check, check, check" in answer to three."""
    first, *others = bare
    is_joined = len(others) > 1 or others[0].clause.opens_with == "and"
    return is_joined and all(first.signs == other.signs for other in others)


def _by_target(read: Sequence[Read], count: int) -> Answered:
    said: dict[int, list[Read]] = {}
    overall = _deal(read, count, said)
    if not said:
        resolved = resolve(overall)
        return Answered(unclear="which" if resolved.outcome or resolved.against else "unknown")
    found = {n: resolve(rs) for n, rs in said.items()}
    found = {n: f for n, f in found.items() if f.outcome is not None or f.against}
    found |= _left_open(read, found, count)
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


def _left_open(read: Sequence[Read], found: Mapping[int, Found], count: int) -> dict[int, Found]:
    """Tell of "just the first one so far" that the others aren't done yet, where nothing is said of them."""
    only = next((r for r in read if _names_only(r)), None)
    if (
        only is None
        or set(found) != set(only.targets)
        or any(f.outcome is not Outcome.KEPT for f in found.values())
    ):
        return {}
    others = set(range(1, count + 1)) - set(found)
    return {n: Found(outcome=Outcome.NOT_YET, words=only.clause.text) for n in others}


def _names_only(read: Read) -> bool:
    """Tell of "only" that is said of what names a promise: right before it, or first, and no "just" of time."""
    clause = read.clause
    articles, words = clause.language.dates.articles, clause.words
    named = {at for at, _ in clause.names} | {m.start for m in clause.marks if m.sort == "number"}
    only = {m.start: m.end for m in clause.marks if m.sort == "only"}
    if 0 in only and 0 not in clause.places("aux") and not clause.dates:
        return bool(named)
    return any(at in named or (at + 1 in named and words[at] in articles) for at in only.values())


def _speaks_of_another(overall: Sequence[Read], found: Iterable[Found]) -> bool:
    """Tell whether something else is said that names none and is not what is said of the named ones."""
    said = resolve(overall)
    return said.outcome is not None and all(f.outcome is not said.outcome for f in found)


def _deal(read: Sequence[Read], count: int, said: dict[int, list[Read]]) -> list[Read]:
    """Give each clause to the promises that it is about; return those that name none."""
    specific = any(n > 0 for r in read if r.signs - {Sign.PRAISE} or not r.signs for n in r.targets)
    current: list[int] = []
    waiting: list[int] = []
    waits_in = -1
    unsaid = False
    overall: list[Read] = []
    for at, r in enumerate(read):
        targets = [n for n in r.targets if n != -1] if specific else r.targets
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
            _give(Read(r.clause, r.signs | {Sign.DOUBT}, []), _numbers(current, said, count), said)
        else:
            _give(r, _numbers(current, said, count), said)
    if waiting and current:
        last = [r for n in current for r in said.get(n, ()) if r.says]
        for r in last[-1:]:
            _give(r if r.clause.sentence == waits_in else Read(r.clause, {Sign.DOUBT}, []), waiting, said)
    return overall


def _is_of_another(r: Read, current: Sequence[int], said: Mapping[int, Sequence[Read]]) -> bool:
    """Tell of "spoke to legal; the plan is a third done": it names none, and says less of what was said to be done."""
    if r.targets or r.clause.has("it", "things") or not r.signs & {Sign.PARTLY, Sign.BEGUN, Sign.NOT_YET}:
        return False
    done = any(b.signs & {Sign.KEPT, Sign.DID} for n in current for b in said.get(n, ()))
    marked = {at for m in r.clause.marks for at in range(m.start, m.end)}
    return done and any(at not in marked for at in r.clause.sense)


def _give(r: Read, numbers: Iterable[int], said: dict[int, list[Read]]) -> None:
    if r.clause.has("only") and not r.says and r.targets:
        r = Read(r.clause, {Sign.KEPT}, r.targets)
    if r.clause.has("all") and any(m.sort == "all" and is_negated(r.clause, m.start) for m in r.clause.marks):
        r = Read(r.clause, {Sign.DOUBT}, r.targets)
    for n in numbers:
        said.setdefault(n, []).append(r)


def _is_one_more(read: Sequence[Read], at: int) -> bool:
    """Tell of "and 2" in "finished 1 and 2, half of 3": it names one more of what was said right before a number."""
    r, before = read[at], read[at - 1]
    if r.says or r.clause.opens_with != "and" or not before.says or not before.clause.sense:
        return False
    last = before.clause.sense[-1]
    names_last = any(m.sort == "number" and m.end == last + 1 for m in before.clause.marks)
    return before.clause.sentence == r.clause.sentence and names_last and before.clause.sense[0] != last


def _goes_on_to(read: Sequence[Read], at: int) -> bool:
    """Tell whether a clause that only names promises, or is joined to the next, is followed by what is said of them."""
    after = read[at + 1 : at + 2]
    if not after or after[0].clause.sentence != read[at].clause.sentence:
        return False
    if after[0].clause.opens_with == "but" or read[at].clause.words[-1:] == (".",):
        return False
    clause = read[at].clause
    light = {m.start for m in clause.marks if m.sort in {"number", "number_word", "and"}}
    return bool(after[0].clause.opens_with) or all(at in light for at in clause.sense)


def _numbers(targets: Sequence[int], said: dict[int, list[Read]], count: int) -> list[int]:
    every = range(1, count + 1)
    if -1 in targets:
        return list(every)
    rest = [n for n in every if n not in said] if 0 in targets else []
    return [n for n in targets if n > 0] + rest


def _deal_except(
    r: Read, before: Sequence[Read], count: int, said: dict[int, list[Read]], targets: Sequence[int]
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
        said[n] = [Read(r.clause, left if n in excepted else set(others) if certain else {Sign.DOUBT}, [n])]
    return excepted
