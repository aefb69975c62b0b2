"""The values that pairing takes and gives."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntEnum, StrEnum

from peerpact.programme.languages import FALLBACK
from peerpact.programme.reporting_lines import ReportingLines
from peerpact.programme.sentences import Sentence


class Mode(StrEnum):
    """As admins set it."""

    ACROSS_TEAMS = "across teams"
    RANDOM = "random"


@dataclass(frozen=True, slots=True, kw_only=True)
class PairingRules:
    """Hard rules, and what a pair costs for each soft goal that it misses, in points. A pair's cost is their sum."""

    mode: Mode = Mode.ACROSS_TEAMS
    chain_levels: int | None = None
    """How far up and down a reporting line reaches: None is all the way, 1 the direct manager only."""
    include_top: bool = False
    """The person at the very top may be paired with somebody not directly below them."""
    same_team: float = 100.0
    """In the mode *across teams* only, as is ``same_department``."""
    same_department: float = 30.0
    repeat: float = 400.0
    """For a pair of the round before; half as much for each round further back."""
    repeat_rounds: int = 6
    """A pair of the last so many rounds is repeated only when there is no other way, whatever else that costs."""
    no_common_language: float = 300.0
    missing_hour: float = 15.0
    """For each common working hour a week short of ``enough_hours``."""
    enough_hours: int = 5
    no_shared_interest: float = 0.0
    no_common_topic: float = 0.0
    """For two of whom neither can offer, or wants too, what the other wants to talk about."""
    third_again: float = 60.0
    """For whoever was in the group of three last time, or in none, and is third or left over again; half as much for
    each round further back."""
    language: str = FALLBACK
    """In which admins read why a pair is one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PastGroup:
    """A group of an earlier round."""

    round: int
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What pairing goes by, besides the people. The same facts give the same pairs on any machine."""

    round: int
    lines: ReportingLines
    on: date
    """From this day on, four weeks are looked at for common working hours."""
    seed: str
    history: Sequence[PastGroup] = ()
    never: Collection[tuple[str, str]] = ()
    rejected: Collection[tuple[str, str]] = ()
    """Pairs that an admin rejected in this round."""
    private: Collection[tuple[str, str]] = ()
    """Pairs of whom one wishes, in private, not to be with the other: no reason is ever given for these."""
    rules: PairingRules = PairingRules()


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Two people, exceptionally three (addresses, sorted), and why."""

    people: tuple[str, ...]
    why: str
    cost: float = 0.0
    """Points of its pairs."""
    locked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOver:
    """Somebody without a partner, why, and the setting (or the tab Never pair) that would allow more partners."""

    email: str
    reason: Sentence
    setting: str | None = None
    is_late: bool = False
    """The round ends so soon that nobody is paired in it any more."""
    unknown_managers: tuple[str, ...] = ()
    """If the reason is that a line is not known: at whom it, or the others' lines, can't be followed further."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PairingProblem:
    """Something in the admins' tabs that could not be followed."""

    tab: str
    emails: tuple[str, ...]
    what: Sentence
    remedy: Sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class PairingResult:
    """A round's groups, who is left over, and what could not be followed."""

    groups: tuple[Group, ...]
    left_over: tuple[LeftOver, ...] = ()
    problems: tuple[PairingProblem, ...] = ()
    cost: float = 0.0
    """Points of all groups that were free to choose: of a group of three's three pairs, and that some of it are third
    again."""
    lower_bound: float = 0.0
    """What no pairing of the same people into groups can cost less than."""
    in_words: str = ""
    """What the groups are like: their number, what could not be had and why, whether they are best."""

    @property
    def gap(self) -> float:
        """Points by which another pairing of the same people could be better, at the very most."""
        return self.cost - self.lower_bound


class Progress(IntEnum):
    """How far a standing group is: the further, the dearer it is to move its people."""

    PROPOSED = 1
    INTRODUCED = 2
    MET = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A group of a round in progress. If ``locked``, it neither gains nor loses anybody who takes part."""

    people: tuple[str, ...]
    progress: Progress = Progress.INTRODUCED
    locked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternative:
    """Another partner for somebody, and what that would cost everybody else."""

    partner: str
    why: str
    own_cost: float
    """Points by which the person's own pair would be better (negative) or worse than it is."""
    others: tuple[str, ...]
    """The group that the former partners would make; empty when that is not allowed and some would be left over."""
    others_cost: float
    """Points by which that group is better or worse than the pairs it replaces; 0 when there is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A standing group that loses or gains somebody; fewer than two left means that it ends."""

    before: tuple[str, ...]
    after: tuple[str, ...]
    reason: str
    why: str = ""
    """Why those who are together now are a good group; empty if the group ends."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Repair:
    """What a round in progress needs: changes to standing groups, and new ones."""

    changed: tuple[Change, ...] = ()
    new: tuple[Group, ...] = ()
    left_over: tuple[LeftOver, ...] = ()
    problems: tuple[PairingProblem, ...] = ()
    cost: float = 0.0
    """Points of the groups that are new or changed."""
    lower_bound: float = 0.0
    """What no plan that moves nobody more could cost less than."""

    @property
    def gap(self) -> float:
        return self.cost - self.lower_bound
