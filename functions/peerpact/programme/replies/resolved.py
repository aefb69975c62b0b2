"""What clauses say together about one promise: its outcome, the words that say so, and what speaks against it.

Two signs that contradict each other, and words beside them that nothing explains, are asked about.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass

from peerpact.programme.commitments import Outcome
from peerpact.programme.replies.clauses import Clause
from peerpact.programme.replies.plain import left_over
from peerpact.programme.replies.signs import Sign

_FEW_MORE = 1
_DONE = {Sign.KEPT}
_OF_PARTS = {Sign.KEPT, Sign.YES, Sign.NO, Sign.NOT_YET}


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What was said about one promise. Without an outcome, or with something against it, it is to be asked."""

    outcome: Outcome | None
    words: str = ""
    against: str = ""

    @property
    def is_certain(self) -> bool:
        return self.outcome is not None and not self.against


@dataclass(slots=True)
class Read:
    clause: Clause
    signs: set[Sign]
    targets: list[int]

    @property
    def says(self) -> bool:
        return bool(self.signs - {Sign.PRAISE, Sign.DATE, Sign.STEP, Sign.IF})


def resolve(read: Sequence[Read]) -> Found:
    """Return what these clauses say together about one promise."""
    text = " ".join(r.clause.text for r in read if r.says)[:300]
    read = _concluded(read)
    signs: set[Sign] = set().union(*(r.signs for r in read)) if read else set()
    outcome, against = _weigh(signs, read)
    if outcome and not against:
        against = _left_over(outcome, signs, read)
    return Found(outcome=outcome, words=text, against=against)


def _concluded(read: Sequence[Read]) -> Sequence[Read]:
    """Leave out what comes before "so no" in its sentence: how far somebody got who concludes that it isn't done."""
    last = read[-1] if read else None
    if last is None or last.signs != {Sign.NO} or not last.clause.begins("so") or left_over(last.clause):
        return read
    return [r for r in read if r is last or r.clause.sentence != last.clause.sentence]


def _left_over(outcome: Outcome, signs: set[Sign], read: Sequence[Read]) -> str:
    """Return what speaks against an outcome where words are left over that nothing explains.

    How many may be left depends on how often that outcome was wrong with them in replies that nobody had seen: of
    what is only planned, begun or dropped one word may say something else.
    """
    said = [r for r in read if r.says]
    own = sum(len(left_over(r.clause)) for r in said)
    beside = sum(len(left_over(r.clause)) for r in read if not r.says)
    if outcome is Outcome.DROPPED:
        is_unsure = all(_is_not_final(r) for r in said if Sign.DROPPED in r.signs)
    elif outcome is Outcome.KEPT:
        is_named = any(_names_what(r.clause) and Sign.WEAK not in r.signs for r in said)
        is_unsure = bool(own and beside) and Sign.YES not in signs and not _is_plainly_said(said, _DONE)
        is_unsure &= not is_named
    elif outcome is Outcome.PARTLY and Sign.PARTLY not in signs:
        is_named = any(r.targets for r in said)
        is_unsure = own > 0 or (beside > 0 and not is_named)
        is_unsure &= not _is_headed_by_part(read)
    elif outcome is Outcome.NOT_YET and not signs & {Sign.NOT_YET, Sign.NO}:
        is_named = any(r.clause.names or r.targets for r in said)
        is_unsure = not is_named and (own > 0 or beside > _FEW_MORE)
    else:
        is_unsure = outcome is Outcome.NOT_YET and Sign.NOT_YET not in signs and own > _FEW_MORE
    return "words that say something else" if is_unsure else ""


def _names_what(clause: Clause) -> bool:
    """Tell whether it names a promise by more than the verb of what was done: "asked Ines instead" does not."""
    return not {at for at, _ in clause.names} <= set(clause.places("did"))


def _is_plainly_said(read: Sequence[Read], signs: Set[Sign]) -> bool:
    """Tell of "Done!" before "went better than I feared": beside a clause that is all answer, others are news."""
    return any(r.signs & signs and not left_over(r.clause) for r in read)


def _is_not_final(read: Read) -> bool:
    """Tell of "dropped the ball" and "nothing before February", which end nothing, and of what is set for a day."""
    left = [at for at in left_over(read.clause) if at < _reason_at(read.clause)]
    is_ahead = any(w.tense == "future" for w in read.clause.dates)
    return is_ahead or Sign.NOT_YET in read.signs or bool(left)


def _reason_at(clause: Clause) -> int:
    """Return where a reason begins: "since the move", "because of the move"; else where the clause ends."""
    since = [m.start for m in clause.language.dates.phrases.everywhere(clause.words) if m.sort == "since"]
    return min([*since, *clause.places("because"), len(clause.words)])


def _weigh(signs: set[Sign], read: Sequence[Read]) -> tuple[Outcome | None, str]:
    """Return the outcome that the signs make likely, and what speaks against it."""
    did = signs & {Sign.DID} if Sign.NOT_YET not in signs or _is_said_apart(read) else set()
    positive = signs & {Sign.KEPT, Sign.YES} or did
    negative = signs & {Sign.NOT_YET, Sign.NO}
    part = signs & {Sign.PARTLY, Sign.BEGUN}
    doubt = "doubt" if Sign.DOUBT in signs else ""
    if Sign.DROPPED in signs:
        if _is_put_off(read):
            return Outcome.NOT_YET, doubt
        clash = positive or part or any(map(_is_a_plan, read))
        return Outcome.DROPPED, doubt or ("contradicting" if clash else "")
    if part and not (negative and all(map(_is_only_almost, read))):
        return _weigh_part(signs, read, negative, doubt)
    if negative:
        is_unsure = positive or _is_sure_apart(read) or _waits_for_somebody(read)
        against = "contradicting" if is_unsure else ""
        return Outcome.NOT_YET, against or ("said to be done" if Sign.WEAK in signs and doubt else "")
    doubt = doubt or ("condition" if Sign.IF in signs else "")
    if signs & {Sign.KEPT, Sign.DID}:
        objections = [r for r in read if _is_objection(r, sure=Sign.KEPT in signs)]
        but = "a but" if objections else ""
        is_named = Sign.KEPT in signs or any(r.clause.names for r in read)
        but = but if is_named or not any(r.clause.has("waits") for r in read) else "waits"
        return Outcome.KEPT, doubt or ("planned" if any(map(_is_a_plan, read)) else but)
    if Sign.PLAN in signs:
        apart = Sign.YES in signs and (_is_answered_apart(read, Sign.PLAN) or not any(map(_is_meant, read)))
        return Outcome.NOT_YET, "contradicting" if apart else "doubt" if Sign.DOUBT in signs else ""
    if Sign.YES in signs:
        return Outcome.KEPT, doubt or _against_yes(signs, read)
    if Sign.SURELY in signs or Sign.WEAK in signs or Sign.STEP in signs or Sign.DATE in signs:
        return (Outcome.KEPT if signs & {Sign.SURELY, Sign.WEAK} else Outcome.NOT_YET), "not sure"
    return None, doubt if Sign.DOUBT in signs else ""


def _is_put_off(read: Sequence[Read]) -> bool:
    """Tell of "their meeting got cancelled, so it moved to the 22nd": behind an end there is a new day."""
    last = max(at for at, r in enumerate(read) if Sign.DROPPED in r.signs)
    places = {m.start: m.value for m in read[last].clause.marks if m.sort == "outcome"}
    is_moved = Sign.NOT_YET in read[last].signs and places[max(places)] is Outcome.NOT_YET
    return is_moved or any(r.signs & {Sign.NOT_YET, Sign.PLAN} and r.clause.dates for r in read[last + 1 :])


def _is_a_plan(read: Read) -> bool:
    """Tell of "I will do it in May", and not of "sales will be reorganised": of that nobody says that they do it."""
    clause = read.clause
    is_theirs = clause.is_about_it or clause.has("me") or not clause.unknown
    return Sign.PLAN in read.signs and is_theirs


def _is_meant(read: Read) -> bool:
    """Tell of the plan in "yes, I'll do it in May", and not in "yes, it starts in May"."""
    return Sign.PLAN in read.signs and (read.clause.has("me") or not read.clause.has("it"))


def _is_sure_apart(read: Sequence[Read]) -> bool:
    """Tell of "Marta sure, focus time no", where the "no" may be another's; "surely not" is one answer."""
    said = (r for r in read if Sign.SURELY in r.signs and not r.clause.dates)  # not "this week for sure"
    return any(not r.signs & {Sign.NOT_YET, Sign.NO} for r in said)


def _waits_for_somebody(read: Sequence[Read]) -> bool:
    """Tell of "sent her the deck, waiting for her": their part may be done, which "waiting" alone denies."""
    denied = [r for r in read if r.signs & {Sign.NOT_YET, Sign.NO}]
    says_more = any(r.clause.sense for r in read if r not in denied)
    return says_more and all(r.clause.has("waits") for r in denied)


def _is_only_almost(read: Read) -> bool:
    """Tell of the "nearly" in "nearly, but no": no part of it is said to be done."""
    return not read.signs & {Sign.PARTLY, Sign.BEGUN} or (
        read.clause.has("almost") and not any(m.value is Outcome.PARTLY for m in read.clause.marks)
    )


def _is_answered_apart(read: Sequence[Read], sign: Sign) -> bool:
    """Tell of "Yes. ... half ..." and "No. Half ...": a bare yes or no, and this sign in another sentence."""
    bare = {
        r.clause.sentence
        for r in read
        if r.signs & {Sign.YES, Sign.NO, Sign.NOT_YET} and not r.clause.unknown
    }
    others = {r.clause.sentence for r in read if sign in r.signs}
    return bool(bare) and bool(others) and bare.isdisjoint(others)


def _is_objection(read: Read, *, sure: bool) -> bool:
    """Tell of "but time was short", which says in words that we don't know why it may not be done.

    Where it is surely said to be done, only a "but she only looked at the first page" speaks against it.
    """
    told = read.clause.has("only") if sure else bool(read.clause.unknown)
    return read.clause.opens_with == "but" and told and not read.signs


def _is_said_apart(read: Sequence[Read]) -> bool:
    """Tell of "I spoke to Dina, not a page read": what was done and what wasn't, in clauses of their own."""
    did = {r.clause.sentence for r in read if Sign.DID in r.signs}
    done = [words for r in read if Sign.DID in r.signs and (words := _does(r))]
    not_yet = [r for r in read if Sign.NOT_YET in r.signs]
    return did.isdisjoint(r.clause.sentence for r in not_yet) or any(
        Sign.DID not in r.signs and _does(r) and _does(r).isdisjoint(other) for r in not_yet for other in done
    )


def _does(read: Read) -> set[str]:
    """Return its words of doing."""
    marks = (m for m in read.clause.marks if m.sort == "did")
    return {read.clause.words[at] for m in marks for at in range(m.start, m.end)}


def _weigh_part(
    signs: set[Sign], read: Sequence[Read], negative: set[Sign], doubt: str
) -> tuple[Outcome, str]:
    if _is_headed_by_part(read):
        return Outcome.PARTLY, doubt
    if Sign.KEPT in signs and Sign.PARTLY not in signs:
        return Outcome.PARTLY, "contradicting"
    apart = Sign.KEPT in signs and not any({Sign.PARTLY, Sign.KEPT} <= r.signs for r in read)
    if (Sign.YES in signs and negative) or _is_answered_apart(read, Sign.PARTLY):
        return Outcome.PARTLY, "contradicting"
    return Outcome.PARTLY, doubt or ("contradicting" if apart else "")


def _is_headed_by_part(read: Sequence[Read]) -> bool:
    """Tell of "Partly: the contracts yes, the budget is missing": what was done and what wasn't are its parts."""
    head = next((r for r in read if r.says or r.clause.unknown), None)
    if head and Sign.PARTLY not in head.signs and not any(r.signs & _OF_PARTS for r in read if r is not head):
        return False
    said = (
        [m for m in head.clause.marks if m.value is Outcome.PARTLY or m.sort == "begun"]
        if head and head.signs & {Sign.PARTLY, Sign.BEGUN}
        else []
    )
    return bool(said) and head is not None and _stands_alone(head.clause, said[0].end) and said[0].start == 0


def _stands_alone(clause: Clause, end: int) -> bool:
    return not any(at >= end for at in clause.sense) or clause.words[end : end + 1] in ((":",), (",",))


def _against_yes(signs: set[Sign], read: Sequence[Read]) -> str:
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


def _is_of_a_part(read: Read) -> bool:
    """Tell of "the technical side yes, ...": the yes is of what comes before it, which no promise names."""
    said = [m.start for m in read.clause.marks if m.sort == "yes"]
    return bool(said) and any(at < min(said) for at in read.clause.unknown)


def _says_more(read: Read, signs: set[Sign]) -> bool:
    """Tell of "with the little that I have to do": words behind "yes, of course" that say nothing of a promise."""
    light = {"yes", "surely", "it", "and", "also", "me", "fine", "outcome", "did"}
    said = {at for m in read.clause.marks if m.sort in light for at in range(m.start, m.end)}
    dated = {at for w in read.clause.dates for at in range(w.start, w.end)}
    named = {at for at, _ in read.clause.names}
    more = [at for at in read.clause.sense if at not in said | dated | named]
    return Sign.SURELY in signs and len(more) > _FEW_MORE
