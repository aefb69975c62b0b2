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
from peerpact.programme.replies.plain import left_over
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
_OTHERWISE = {Outcome.KEPT: Outcome.NOT_YET, Outcome.NOT_YET: Outcome.KEPT}
"""What the others are where only one is said to be done, or only one to be left."""
_FEWEST_MEANT = 4
_ANSWERS = {Sign.KEPT, Sign.YES, Sign.NOT_YET, Sign.NO}
_BESIDE_ALL = (
    ({Sign.KEPT}, {Sign.PARTLY, Sign.BEGUN}),
    ({Sign.NOT_YET, Sign.NO}, {Sign.DROPPED, Sign.PARTLY, Sign.BEGUN}),
)
"""What may be said of all, and what of one of them beside it."""
_PLAINLY_YES = ({Sign.YES}, {Sign.KEPT})
_HOW_IT_WAS = {Sign.DOUBT, Sign.PLAN, Sign.DATE, Sign.PRAISE}
_LEAST_TOLD = 2
_TELLS = {"believed", "wish"}
_ASKS = {"maybe", "wish", "believed", "more", "other"}
"""Sorts that make a sentence doubtful, before and behind them."""


def answered(clauses: Sequence[Clause], count: int) -> Answered:
    """Return the outcomes that these clauses give for ``count`` open promises."""
    read = [Read(c, signs_of(c), _targets(c, count)) for c in clauses]
    _join_days(read)
    _leave_to_absence(read)
    _leave_out_how_it_was(read)
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
    _leave_out_headings(read)
    if any(r.clause.has("out_of") for r in read) and not any(r.targets for r in read if r.says):
        return Answered(unclear="contradicting")
    if any(r.clause.has("out_of") and r.says and not r.targets for r in read):
        return Answered(unclear="contradicting")
    if any(0 in r.targets for r in read) and not any(n > 0 for r in read for n in r.targets):
        return Answered(unclear="which")  # "one yes, the other no"
    return _in_order(read, count) or _by_target(read, count)


def _take_all_for_done(read: Sequence[Read], count: int) -> None:
    """Take a bare "both" or "all of them" for what was asked: that they are done."""
    said = [r for r in read if r.clause.sense and not set(r.clause.sense) <= set(r.clause.places("laughs"))]
    is_only_told = not any(r.signs - {Sign.PRAISE} or r.targets or r.clause.opens_with for r in said[1:])
    if count > 1 and said and is_only_told and not said[0].signs and not said[0].clause.is_asked:
        marks = [m for m in said[0].clause.marks if m.sort in {"all", "laughs"}]
        all_of_it = {at for m in marks for at in range(m.start, m.end)}
        all_of_it = all_of_it if said[0].clause.has("all") else set()
        said[0].signs |= {Sign.KEPT} if all_of_it >= set(said[0].clause.sense) else set()


def _leave_out_headings(read: Sequence[Read]) -> None:
    """Tell of "Half of it: Omar's done, the plan isn't", where what follows says which half."""
    for r in read:
        heads = [m.end for m in r.clause.marks if m.value is Outcome.PARTLY and not m.start]
        is_heading = any(r.clause.words[end : end + 1] == (":",) for end in heads)
        r.signs -= {Sign.PARTLY} if is_heading and len(r.signs) > 1 else set()


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


def _leave_out_how_it_was(read: Sequence[Read]) -> None:
    """Tell of "Yes, a bit awkward at first, then good": between a yes and praise somebody tells how it was."""
    first, others = next(iter(read), None), read[1:]
    told = [r for r in others if first and r.clause.sentence == first.clause.sentence]
    praised = max((at for at, r in enumerate(told) if Sign.PRAISE in r.signs), default=-1)
    if first is None or first.signs not in _PLAINLY_YES or left_over(first.clause):
        return
    for r in told[: praised + 1]:
        is_plain = r.signs <= _HOW_IT_WAS and not (r.targets or r.clause.has("me", "it", *_ASKS, "if", "not"))
        r.signs -= {Sign.DOUBT, Sign.PLAN, Sign.DATE} if is_plain else set()


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
        if not r.clause.has(*_ASKS, "if"):
            continue
        stretch = _stretch(read, start)
        hopes = _ASKS - ({"wish"} if _only_looks_ahead(stretch) else set())
        hopes -= _TELLS if _is_told_apart(stretch, read) else set()
        for sign, sorts in ((Sign.DOUBT, hopes), (Sign.IF, {"if"})):
            if r.clause.has(*sorts):
                for other in _same_promise(stretch, at - start):
                    other.signs.add(sign)


def _same_promise(stretch: Sequence[Read], at: int) -> list[Read]:
    """Return the clauses that a doubt may be of: in "1 is done, 2 when Lucy is back" the condition is of 2."""
    of = next((set(r.targets) for r in reversed(stretch[: at + 1]) if r.targets), set())
    return [r for r in stretch if not (of and r.targets) or of.intersection(r.targets)]


def _is_told_apart(stretch: Sequence[Read], read: Sequence[Read]) -> bool:
    """Tell of "Done. I thought that she would laugh at me": behind a plain answer it tells more, and doubts nothing."""
    more = sum(len(left_over(r.clause)) for r in stretch)
    if more < _LEAST_TOLD or any(r.signs - {Sign.PRAISE} for r in stretch):
        return False
    own = {r.clause.sentence for r in stretch}
    others = [r for r in read if r.clause.sentence not in own and r.says]
    return any(r.signs <= _ANSWERS and not left_over(r.clause) for r in others)


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
    said = _leading(read, count)
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


def _leading(read: Sequence[Read], count: int) -> list[Read]:
    """Return what is said, without the news behind "no and no, it's been one of those months"."""
    said = [r for r in read if r.clause.sense or r.signs]
    behind = said[count:]
    is_news = not any(_says_of_it(r) or r.targets or r.clause.opens_with for r in behind)
    is_same = all(r.signs == said[0].signs for r in said[:count])
    return said[:count] if is_news and is_same else said


def _says_of_it(read: Read) -> bool:
    """Tell whether a clause says more than praise, or than how long something was."""
    counts = Sign.DATE in read.signs and all(w.said == "count" for w in read.clause.dates)
    return bool(read.signs - {Sign.PRAISE} - ({Sign.DATE} if counts else set()))


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
    """Tell of the others, where only some are named: "just the first one so far", "only the guide is left"."""
    only = next((r for r in read if _names_only(r)), None)
    if only is None or set(found) != set(only.targets):
        return {}
    said = {f.outcome if f.is_certain else None for f in found.values()}
    of_others = next((_OTHERWISE[o] for o in said if o in _OTHERWISE), None) if len(said) == 1 else None
    others = set(range(1, count + 1)) - set(found) if of_others else set()
    return {n: Found(outcome=of_others, words=only.clause.text) for n in others}


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
    of_all = _of_all_the_others(read) if specific else []
    read = [r for r in read if r not in of_all]
    current: list[int] = []
    waiting: list[int] = []
    waits_in = -1
    unsaid = False
    overall: list[Read] = []
    for at, r in enumerate(read):
        targets = _meant(r, said, count, specific=specific)
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
    _give_to_others(of_all, count, said)
    last = [r for n in current for r in said.get(n, ()) if r.says] if waiting else []
    for r in last[-1:]:
        _give(r if r.clause.sentence == waits_in else Read(r.clause, {Sign.DOUBT}, []), waiting, said)
    return overall


def _meant(r: Read, said: dict[int, list[Read]], count: int, *, specific: bool) -> list[int]:
    """Return which promises a clause is of: all only where none is named, the rest by number where that is known."""
    targets = [n for n in r.targets if n != -1] if specific else r.targets
    return (_numbers(targets, said, count) or targets) if targets == [0] else targets


def _give_to_others(of_all: Sequence[Read], count: int, said: dict[int, list[Read]]) -> None:
    """Give what is said of all to those of which nothing else is said."""
    others = [n for n in range(1, count + 1) if not any(r.says for r in said.get(n, ()))]
    for r in of_all[:1]:
        _give(r, others, said)


def _of_all_the_others(read: Sequence[Read]) -> list[Read]:
    """Return "neither is done" before "drop the second one": it is of those of which nothing else is said.

    Not where one contradicts it: of "all done, the first not" we ask.
    """
    of_all = [r for r in read if r.targets == [-1] and r.signs]
    others = set().union(*(r.signs for r in read if any(n > 0 for n in r.targets))) - {Sign.PRAISE}
    for signs, beside in _BESIDE_ALL:
        if of_all and all(r.signs <= signs for r in of_all) and others <= beside:
            return of_all
    return []


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
    if clause.sense and clause.sense[-1] in clause.places("stands"):
        return False
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
