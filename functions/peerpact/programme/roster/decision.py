"""What admins are told of what they entered: the problems in it, and how things are on the tab Start here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from peerpact.programme.pairings import EnteredPair, PairingState, Round, round_on, standing_in
from peerpact.programme.plan import Action, Plan
from peerpact.programme.problems import Problem
from peerpact.programme.seen import ProgrammeSeen


@dataclass(frozen=True, slots=True, kw_only=True)
class RefreshStartHere(Action):
    """Lines of the tab Start here that say something new."""

    lines: tuple[tuple[str, str], ...]

    @property
    def key(self) -> str:
        return "start-here"

    @property
    def summary(self) -> str:
        return "On Start here: " + "; ".join(f"{topic}: {says}" for topic, says in self.lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class AdminTabs:
    """What admins entered, and what Start here says now."""

    programme: ProgrammeSeen
    pairs: tuple[EnteredPair, ...] = ()
    """Of the tabs Never pair and Locked pairs."""
    problems: tuple[Problem, ...] = ()
    """What can't be read on the tabs beside Settings and Roster."""
    start_here: Mapping[str, str] = field(default_factory=dict)


def decide(seen: AdminTabs) -> Plan:
    programme = seen.programme
    pair_problems = [p for pair in seen.pairs for p in _pair_problems(pair, programme)]
    found = (*programme.problems, *seen.problems, *sorted(pair_problems), *_settings_missing(programme))
    problems = tuple(dict.fromkeys(found))
    wanted = _start_here(programme, len(problems) + _other_problems(programme))
    news = tuple((topic, says) for topic, says in wanted.items() if seen.start_here.get(topic) != says)
    return Plan(actions=(RefreshStartHere(lines=news),) if news else (), problems=problems)


def _pair_problems(pair: EnteredPair, programme: ProgrammeSeen) -> Iterator[Problem]:
    for address in sorted(set(pair.people) - programme.people.keys()):
        yield _problem(pair, f"{address} is not on the roster.", "Correct the address, or delete the row.")
    if len(set(pair.people)) == 1:
        yield _problem(pair, "Both addresses are the same.", "Enter two different people.")


def _problem(pair: EnteredPair, what: str, remedy: str) -> Problem:
    return Problem(tab=pair.tab, row=pair.row, row_key=" / ".join(pair.people), what=what, remedy=remedy)


def _settings_missing(programme: ProgrammeSeen) -> list[Problem]:
    settings = programme.settings
    missing = [] if settings.first_round else [_FIRST_ROUND]
    return missing if settings.confidential_contact else [*missing, _CONFIDENTIAL_CONTACT]


_FIRST_ROUND = Problem(
    tab="Settings",
    row_key="First round opens on",
    column="Value",
    what="No day is set on which the first round opens, so nobody is paired.",
    remedy="Enter a date such as 2026-12-01.",
)
_CONFIDENTIAL_CONTACT = Problem(
    tab="Settings",
    row_key="Confidential contact",
    column="Value",
    what="Nobody is set who helps in confidence when somebody writes of harassment, violence or despair.",
    remedy="Enter the address of somebody bound to silence, such as an ombudsperson, before a round opens.",
)


def _other_problems(programme: ProgrammeSeen) -> int:
    return sum(len(found) for job, found in programme.shown.items() if job != "check_roster")


def _start_here(programme: ProgrammeSeen, problems: int) -> dict[str, str]:
    today = programme.today
    taking_part = sum(p.is_taking_part(today) for p in programme.people.values())
    return {
        "What this is": (
            f"{programme.settings.programme_name}: pairs colleagues as partners, books their first meeting and asks "
            "once a month what became of what they promised. You work in this spreadsheet; everybody else in "
            "calendar and inbox."
        ),
        "What you do": (
            "Keep the tab Roster. Set the first round's day in Settings. Look at Pairings when a round opens and "
            "object in the column Decision, if you want to. Look at Problems now and then."
        ),
        "Taking part": f"{taking_part} of {len(programme.people)} people on the roster.",
        "Rounds": _rounds(programme, round_on(today, programme.settings)),
        "Problems": f"{problems} open: see the tab Problems." if problems else "None. All rows can be used.",
        "Between the two": "What people promise, and how it went, is theirs. It never appears in this spreadsheet.",
    }


def _rounds(programme: ProgrammeSeen, current: Round | None) -> str:
    if current is None:
        first = programme.settings.first_round
        return (
            f"The first round opens on {first:%d %B %Y}."
            if first
            else "No day is set for the first round yet."
        )
    standing = standing_in(programme.pairings, current.number)
    waiting = sum(p.state is PairingState.PROPOSED for p in standing)
    return (
        f"Round {current.number} is open, {_counted(len(standing))}{_review(waiting)}. "
        f"The next round opens on {current.ends:%d %B %Y}."
    )


def _counted(pairings: int) -> str:
    if not pairings:
        return "without pairings yet"
    return f"with {pairings} pairing{'s' if pairings > 1 else ''}"


def _review(waiting: int) -> str:
    if not waiting:
        return ""
    return f"; {waiting} of them wait{'s' if waiting == 1 else ''} for your objection"
