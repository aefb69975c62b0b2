"""What becomes of a round's pairings: proposals when it opens, admins' decisions carried out, repairs, ends."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import chain, combinations, count

from peerpact.programme.archive import (
    MoveToArchive,
    letters_over,
    pairings_over,
    requests_over,
    runs_over,
)
from peerpact.programme.correspondence import LetterRecord
from peerpact.programme.mailboxes import Mailboxes
from peerpact.programme.meetings.rhythm import rhythm_before
from peerpact.programme.memory import missing_problems
from peerpact.programme.pairing import Change as Reshaped
from peerpact.programme.pairing import (
    Facts,
    Group,
    Mode,
    PairingProblem,
    PairingResult,
    PairingRules,
    PastGroup,
    Standing,
    propose,
    repair,
)
from peerpact.programme.pairing.history import new_to
from peerpact.programme.pairing.late import alone_late, without
from peerpact.programme.pairing.order import newest_on_top
from peerpact.programme.pairing.overlaps import apart, progress_of
from peerpact.programme.pairing.unpaired import at_most, names_of, unpaired
from peerpact.programme.pairings import (
    ROUND_IS_OVER,
    Decision,
    EnteredPair,
    Pairing,
    PairingState,
    Round,
    pairing_id,
    review_is_over,
    round_on,
    standing_in,
)
from peerpact.programme.people import Person
from peerpact.programme.plan import Action, Plan
from peerpact.programme.problems import Problem
from peerpact.programme.reporting_lines import ReportingLines
from peerpact.programme.seen import ProgrammeSeen
from peerpact.programme.sentences import Sentence, counted, say
from peerpact.programme.settings import Settings
from peerpact.programme.turn.same_partners import staying
from peerpact.programme.wishes import PrivateWish, kept_apart

NAMED = 10
"""So many pairings are named that a run would end; of more, how many there are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposePairing(Action):
    """A new pairing, waiting for an admin's objection."""

    pairing: Pairing
    names: str

    @property
    def key(self) -> str:
        return self.pairing.id

    @staticmethod
    def in_number(many: int) -> Sentence:
        return counted(many, "1 pairing proposed", "{many} pairings proposed")

    @property
    def summary(self) -> str:
        return f"Propose {self.names} ({self.pairing.why})"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangePairing(Action):
    """A pairing that becomes approved, rejected, larger, smaller or ended."""

    pairing: Pairing
    names: str
    reason: str

    @property
    def key(self) -> str:
        return self.pairing.id

    @staticmethod
    def in_number(many: int) -> Sentence:
        return counted(many, "1 pairing changed", "{many} pairings changed")

    @property
    def summary(self) -> str:
        return f"{self.names}: {self.pairing.state} ({self.reason})"


Change = ProposePairing | ChangePairing


@dataclass(frozen=True, slots=True, kw_only=True)
class RememberGroups(Action):
    """Groups that were approved and are not in the history yet."""

    groups: tuple[PastGroup, ...]

    @property
    def key(self) -> str:
        last = self.groups[-1]
        return f"history-{len(self.groups)}-{pairing_id(last.round, last.people)}"

    @staticmethod
    def in_number(_many: int) -> Sentence:
        return say("partners noted on History")

    @property
    def summary(self) -> str:
        many = len(self.groups)
        return (
            f"Remember {many} group{'s' if many > 1 else ''} of people who were together, on the tab History"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundSeen:
    """What a round's pairings are decided by."""

    programme: ProgrammeSeen
    never: tuple[tuple[str, str], ...] = ()
    """Who must not be partners."""
    locked: tuple[EnteredPair, ...] = ()
    wishes: tuple[PrivateWish, ...] = ()
    """What people wish in private; no word of it reaches a plan, a problem or a reason."""
    held: frozenset[str] = frozenset()
    """People of rows on those two tabs that can't be read: they get nobody new."""
    history: tuple[PastGroup, ...] = ()
    """Who was together, as the tab History remembers it."""
    problems: tuple[Problem, ...] = ()
    """What of that tab can't be read."""
    letters: tuple[LetterRecord, ...] = ()
    """Introductions and what else the programme spreadsheet has of letters."""
    runs: tuple[tuple[str, datetime], ...] = ()
    """The jobs' runs, by id and start."""
    has_archive: bool = False
    rows: tuple[int, ...] = ()
    """The rounds of the tab Pairings' rows, from the top."""
    mailboxes: Mailboxes | None = None
    """Where there are several: which of them there are."""


def decide(seen: RoundSeen) -> Plan:
    programme = seen.programme
    current = round_on(programme.today, programme.settings)
    if current is None:
        return Plan(note=_before_the_first(programme.settings.first_round))
    to_archive = _to_archive(seen)  # by what the tab History has already
    seen, fresh = remembering(seen)
    over = [_end(programme, p) for p in programme.pairings if _is_over(p, current)]
    of_round = [p for p in programme.pairings if p.round == current.number]
    if of_round:
        changes, problems = _carry_on(seen, current, of_round)
        note = ""
    elif programme.is_emptied:
        changes, problems, note = [], [], ""
    else:
        changes, problems, note = _open_round(seen, current)
    changes = _with_mailboxes(changes, seen)
    remembered = (*fresh, *new_to(seen.history, (change.pairing for change in changes)))
    return Plan(
        actions=(
            *over,
            *changes,
            *((RememberGroups(groups=remembered),) if remembered else ()),
            *to_archive,
            *newest_on_top(seen.rows, (c.pairing.round for c in changes if isinstance(c, ProposePairing))),
        ),
        problems=tuple(dict.fromkeys([*seen.problems, *problems, *_missing(programme, of_round)])),
        too_much=_too_much(programme, of_round, changes, _apart(seen, current)),
        note=note,
    )


def _before_the_first(first_round: date | None) -> str:
    if first_round is None:
        return say("No day is set for the first round yet: enter it in Settings, “First round opens on”.")
    return say("The first round opens on {day}.", day=first_round)


def _to_archive(seen: RoundSeen) -> list[MoveToArchive]:
    """Return what is over of the programme spreadsheet; of a pairing only what pairing remembers without its row."""
    programme = seen.programme
    if not seen.has_archive:
        return []
    rounds = {p.round for p in programme.pairings}
    remembered = {(g.round, tuple(sorted(g.people))) for g in seen.history if g.round in rounds}
    rows = (
        *pairings_over(programme, remembered),
        *letters_over(seen.letters, programme),
        *requests_over(programme.requests, programme),
        *runs_over(seen.runs, programme.today),
    )
    return [MoveToArchive(rows=rows)] if rows else []


def _missing(programme: ProgrammeSeen, pairings: Iterable[Pairing]) -> list[Problem]:
    """Say of those who are paired and on no row of the roster that can be read that nothing is ended yet."""
    paired = {e for p in pairings if p.is_standing and p.id not in programme.doubts for e in p.people}
    missing = paired - programme.people.keys() - programme.asked_about
    gone = [e for e in missing if not programme.is_gone(e)]
    return missing_problems(gone, programme.settings)


def remembering(seen: RoundSeen) -> tuple[RoundSeen, list[PastGroup]]:
    """Return what was seen, its history with every pairing that the tab History lacks; and these."""
    fresh = new_to(seen.history, seen.programme.pairings)
    return replace(seen, history=(*seen.history, *fresh)), fresh


def _open_round(seen: RoundSeen, current: Round) -> tuple[list[Change], list[Problem], str]:
    programme, result = seen.programme, propose_round(seen, current)
    proposals: list[Change] = _proposals(programme, current, result.groups)
    left = unpaired(programme, result.left_over)
    return proposals, [*left, *(_pairing_problem(f) for f in result.problems)], result.in_words


def propose_round(seen: RoundSeen, current: Round) -> PairingResult:
    """Pair everybody who takes part, as if the round opened now."""
    return propose(
        [p for p in taking_part(seen.programme) if p.email not in seen.held],
        facts_of(seen, current, on=current.opens),
        locked=_locked(seen, current),
        staying=_staying(seen.programme, current),
    )


def _carry_on(
    seen: RoundSeen, current: Round, pairings: Sequence[Pairing]
) -> tuple[list[Change], list[Problem]]:
    programme = seen.programme
    decided = {p.id: _decided(p, programme) for p in pairings if p.is_standing}
    if programme.is_emptied:
        return _changes(programme, pairings, decided), []
    decided |= apart(p for p in decided.values() if p.is_standing and programme.may_change(p))
    standing = [p for p in decided.values() if p.is_standing]
    rejected = [p.people for p in [*pairings, *decided.values()] if p.state is PairingState.REJECTED]
    moving = [p for p in standing if programme.may_change(p)]
    free = _free_for_repair(seen, standing, moving)
    late = alone_late(current, programme, free, moving)
    result = repair(
        _standing(seen, current, moving),
        without(free, late),
        facts_of(seen, current, on=programme.today, rejected=rejected),
    )
    by_people = {p.people: p for p in standing}
    for change in result.changed:
        pairing = by_people[change.before]
        decided[pairing.id] = _reshaped(pairing, change)
    changes = _changes(programme, pairings, decided)
    proposals = _proposals(programme, current, result.new)
    left = unpaired(programme, [*result.left_over, *late])
    return [*changes, *proposals], [*left, *(_pairing_problem(f) for f in result.problems)]


def _changes(
    programme: ProgrammeSeen, before: Sequence[Pairing], after: Mapping[str, Pairing]
) -> list[Change]:
    return [_change(programme, p, after[p.id]) for p in before if p.id in after and after[p.id] != p]


def _free_for_repair(seen: RoundSeen, standing: Sequence[Pairing], moving: Sequence[Pairing]) -> list[Person]:
    """Return who may be moved or get somebody: nobody of a pairing that waits, nor of a row that can't be read."""
    may_move = {p.id for p in moving}
    waiting = {e for p in standing if p.id not in may_move for e in p.people}
    placed = {e for p in moving for e in p.people}
    kept_back = waiting | (seen.held - placed)
    if not seen.programme.is_all_known:
        return [p for p in taking_part(seen.programme) if p.email in placed]
    return [p for p in taking_part(seen.programme) if p.email not in kept_back]


def _decided(pairing: Pairing, programme: ProgrammeSeen) -> Pairing:
    """Return the pairing as the admin's decision, or the end of the review, makes it."""
    if pairing.decision is Decision.REJECT:
        return replace(pairing, state=PairingState.REJECTED, notes=say("Rejected by an admin."))
    if programme.waits(pairing) or not pairing.is_decision_clear:
        return pairing
    agreed = pairing.decision in {Decision.APPROVE, Decision.LOCK}
    waits = pairing.state is PairingState.PROPOSED
    if waits and (agreed or review_is_over(pairing, programme.today, programme.settings)):
        return replace(pairing, state=PairingState.APPROVED, approved_on=programme.now.replace(microsecond=0))
    return pairing


def _reshaped(pairing: Pairing, change: Reshaped) -> Pairing:
    if len(change.after) < 2:
        return replace(pairing, state=PairingState.ENDED, notes=change.reason)
    return replace(pairing, people=change.after, why=change.why, notes=change.reason)


def _change(programme: ProgrammeSeen, before: Pairing, after: Pairing) -> ChangePairing:
    if after.state is PairingState.APPROVED and before.state is PairingState.PROPOSED:
        reason = "an admin approved it" if after.decision else "nobody objected in the review days"
    else:
        reason = after.notes
    return ChangePairing(pairing=after, names=names_of(programme, after.people), reason=reason.rstrip("."))


def _end(programme: ProgrammeSeen, pairing: Pairing) -> ChangePairing:
    ended = replace(pairing, state=PairingState.ENDED, notes=ROUND_IS_OVER)
    reason = "its round is over"
    return ChangePairing(pairing=ended, names=names_of(programme, pairing.people), reason=reason)


def _is_over(pairing: Pairing, current: Round) -> bool:
    return pairing.is_standing and pairing.round < current.number


def _proposals(programme: ProgrammeSeen, current: Round, groups: Sequence[Group]) -> list[Change]:
    taken = {p.id for p in programme.pairings}
    return [_proposal(programme, current, group, taken) for group in groups]


def _proposal(
    programme: ProgrammeSeen, current: Round, group: Group, taken: Collection[str]
) -> ProposePairing:
    pairing = Pairing(
        id=_free_id(current, group.people, taken),
        round=current.number,
        people=group.people,
        why=group.why,
        proposed_on=programme.today,
        booking=rhythm_before(programme, current.number, group.people),
    )
    return ProposePairing(pairing=pairing, names=names_of(programme, group.people))


def _with_mailboxes(changes: Sequence[Change], seen: RoundSeen) -> list[Change]:
    """Return changes with the mailbox that writes to each new pairing, where there are several."""
    if seen.mailboxes is None:
        return [*changes]
    new = [c.pairing for c in changes if isinstance(c, ProposePairing)]
    chosen = seen.mailboxes.for_new(new, seen.programme.pairings)
    return [
        replace(c, pairing=replace(c.pairing, mailbox=next(chosen))) if isinstance(c, ProposePairing) else c
        for c in changes
    ]


def _free_id(current: Round, people: tuple[str, ...], taken: Collection[str]) -> str:
    """Return the pairing's id; the same people a second time in one round get the next one."""
    plain = pairing_id(current.number, people)
    return next(i for i in chain([plain], (f"{plain}-{n}" for n in count(2))) if i not in taken)


def _too_much(
    programme: ProgrammeSeen,
    of_round: Sequence[Pairing],
    changes: Sequence[Change],
    apart: Sequence[tuple[str, str]],
) -> str:
    """Return the sentence for a plan that ends more than so many percent of the standing pairings, but at least one.

    What somebody of a pairing wishes is no slip on the roster.
    """
    standing = {p.id: p for p in of_round if p.is_standing}
    ends = {PairingState.ENDED, PairingState.REJECTED}
    here = {p.email for p in taking_part(programme)}
    ended = [
        c.pairing
        for c in changes
        if isinstance(c, ChangePairing)
        and c.pairing.state in ends
        and not _is_agreed(programme, c.pairing)
        and not any(set(pair) <= set(standing[c.pairing.id].people) for pair in apart)
        and (standing[c.pairing.id].is_approved or not here.issuperset(c.pairing.people))
    ]
    settings = programme.settings
    if len(ended) <= settings.most_ended_of(len(standing)):
        return ""
    return say(
        "This run would end {some} of {all} standing pairings; Settings allow {most} % (“Most pairings ended per "
        "run”). They are {names}. Nothing was done. Did rows vanish from the roster?",
        some=len(ended),
        all=len(standing),
        most=settings.most_ended,
        names=at_most(NAMED, [names_of(programme, standing[p.id].people) for p in ended]),
    )


def _is_agreed(programme: ProgrammeSeen, pairing: Pairing) -> bool:
    doubt = programme.doubts.get(pairing.id)
    return doubt is not None and doubt.is_agreed


def facts_of(seen: RoundSeen, current: Round, *, on: date, rejected: Iterable[tuple[str, ...]] = ()) -> Facts:
    """Return what pairing goes by in a round; working hours are looked at from a day on."""
    return Facts(
        round=current.number,
        lines=reporting_lines(seen.programme),
        on=on,
        seed=seen.programme.settings.programme_name,
        history=_history(seen, current),
        never=(*seen.never, *seen.programme.doubles),
        rejected=[pair for people in rejected for pair in combinations(people, 2)],
        private=_apart(seen, current),
        rules=rules_of(seen.programme.settings),
    )


def _apart(seen: RoundSeen, current: Round) -> tuple[tuple[str, str], ...]:
    programme = seen.programme
    return kept_apart(seen.wishes, programme.pairings, current.number, programme.today, programme.settings)


def taking_part(programme: ProgrammeSeen) -> list[Person]:
    """Return who takes part today, and whose row can be read."""
    in_round = programme.placed
    return [p for p in programme.people.values() if programme.may_be_paired(p, in_round)]


def reporting_lines(programme: ProgrammeSeen) -> ReportingLines:
    """Return who reports to whom, of everybody on the roster, whether they take part or not."""
    return ReportingLines({p.email: p.managers for p in programme.people.values()})


def rules_of(settings: Settings) -> PairingRules:
    return PairingRules(
        mode=Mode(settings.mode),
        chain_levels=settings.chain_levels,
        include_top=settings.include_top,
        same_team=settings.points_same_team,
        same_department=settings.points_same_department,
        repeat=settings.points_repeat,
        no_common_language=settings.points_no_language,
        missing_hour=settings.points_missing_hour,
        enough_hours=settings.enough_hours,
        no_shared_interest=settings.points_no_interest,
        no_common_topic=settings.points_no_topic,
        third_again=settings.points_third,
        language=settings.admin_language,
    )


def _history(seen: RoundSeen, current: Round) -> list[PastGroup]:
    """Return who was together before: in earlier rounds, or in this one and no longer."""
    standing = {tuple(sorted(p.people)) for p in standing_in(seen.programme.pairings, current.number)}
    number = current.number
    return [g for g in seen.history if g.round < number or (g.round == number and g.people not in standing)]


def _locked(seen: RoundSeen, current: Round) -> list[tuple[str, ...]]:
    entered = [p.people for p in seen.locked if p.round in {None, current.number}]
    kept = [
        p.people
        for p in seen.programme.pairings
        if p.decision is Decision.LOCK and p.round == current.number - 1
    ]
    return list(dict.fromkeys([*(tuple(sorted(pair)) for pair in entered), *kept]))


def _staying(programme: ProgrammeSeen, current: Round) -> list[tuple[str, ...]]:
    """Return who was together in the last round and all said that they want to stay so."""
    return staying(programme.pairings, programme.requests, current.number - 1, programme.settings)


def _standing(seen: RoundSeen, current: Round, pairings: Sequence[Pairing]) -> list[Standing]:
    wanted = [*_locked(seen, current), *_staying(seen.programme, current)]
    entered = {e: frozenset(people) for people in wanted for e in people}
    return [
        Standing(
            people=p.people,
            progress=progress_of(p),
            locked=p.decision is Decision.LOCK
            or not p.is_decision_clear
            or entered.get(p.people[0], frozenset()).issuperset(p.people)
            or not seen.held.isdisjoint(p.people),
        )
        for p in pairings
    ]


def _pairing_problem(problem: PairingProblem) -> Problem:
    return Problem(
        tab=problem.tab, row_key=" / ".join(problem.emails), what=problem.what, remedy=problem.remedy
    )
