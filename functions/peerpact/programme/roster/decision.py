"""What admins are told of what they entered: the problems in it, and how things are on the tab Start here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from peerpact.programme.figures.dashboard import Line, Standing, lines
from peerpact.programme.figures.overview import Row
from peerpact.programme.mailboxes import BringTogether
from peerpact.programme.memory import COMMENTED
from peerpact.programme.pairings import EnteredPair
from peerpact.programme.plan import Action, Plan
from peerpact.programme.problems import Problem
from peerpact.programme.roster.actions import ApprovePairing
from peerpact.programme.roster.asked import Asked, carried_out, offers
from peerpact.programme.roster.comments import (
    CORRECTED,
    SWITCHED_OFF,
    Cell,
    CommentAtCells,
    comments_for,
)
from peerpact.programme.seen import ProgrammeSeen
from peerpact.programme.sentences import Sentence, said_in, say


@dataclass(frozen=True, slots=True, kw_only=True)
class RefreshStartHere(Action):
    """The tab Start here, line by line, where any line says something new."""

    lines: tuple[Line, ...]
    news: tuple[str, ...]
    """The topics of the lines that say something new."""

    @property
    def key(self) -> str:
        return "start-here"

    @staticmethod
    def in_number(_many: int) -> Sentence:
        return say("Start here brought up to date")

    @property
    def summary(self) -> str:
        return "On Start here: " + "; ".join(
            f"{line.topic}: {line.in_words}" for line in self.lines if line.topic in self.news
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class AdminTabs:
    """What admins entered, and what Start here says now."""

    programme: ProgrammeSeen
    pairs: tuple[EnteredPair, ...] = ()
    """Of the tabs Never pair and Locked pairs."""
    problems: tuple[Problem, ...] = ()
    """What can't be read on the tabs beside Settings and Roster."""
    start_here: Mapping[str, Line] = field(default_factory=dict)
    """The lines of Start here as they are now, by topic."""
    figures: Mapping[str, Row] = field(default_factory=dict)
    links: Mapping[str, str] = field(default_factory=dict)
    needs_a_person: int = 0
    asked: Asked = field(default_factory=Asked)
    columns: Mapping[tuple[str, str], int] = field(default_factory=dict)
    """Where the columns of tabs that people see are, by tab and name, counted from 0."""
    settings_rows: Mapping[str, int] = field(default_factory=dict)
    """The rows of Settings, by name."""

    brought: tuple[BringTogether, ...] = ()
    """What several mailboxes' jobs have written, and what is new for them."""

    def cell(self, problem: Problem) -> Cell | None:
        """Return the cell that a problem is in; None where it is in none, or in several."""
        row = problem.row or (self.settings_rows.get(problem.row_key) if problem.tab == "Settings" else None)
        column = self.columns.get((problem.tab, problem.column))
        return None if row is None or column is None else (problem.tab, row, column)


def decide(seen: AdminTabs) -> Plan:
    programme = seen.programme
    pair_problems = [p for pair in seen.pairs for p in _pair_problems(pair, programme)]
    found = (*programme.problems, *seen.problems, *sorted(pair_problems), *_settings_missing(programme))
    problems = tuple(dict.fromkeys(found))
    carried = carried_out(programme, seen.asked, [line.topic for line in _lines(seen, programme, problems)])
    language = programme.settings.admin_language
    after = _with_approved(programme, carried.actions)
    english = [carried.on(line, seen.asked) for line in _lines(seen, after, problems)]
    said = {line.topic: said_in(line, language) for line in english}
    news = tuple(str(line.topic) for topic, line in said.items() if _is_news(topic, line, seen))
    refresh = (RefreshStartHere(lines=tuple(said.values()), news=news),) if news else ()
    return Plan(
        actions=(*seen.brought, *carried.actions, *refresh, *_comments(seen, problems)), problems=problems
    )


def _lines(seen: AdminTabs, programme: ProgrammeSeen, problems: Sequence[Problem]) -> tuple[Line, ...]:
    standing = Standing(
        programme=programme,
        problems=len(problems) + _other_problems(programme),
        needs_a_person=seen.needs_a_person,
        figures=seen.figures,
        links=seen.links,
    )
    return lines(standing, offers(programme, seen.links))


def _with_approved(programme: ProgrammeSeen, actions: Iterable[Action]) -> ProgrammeSeen:
    """Return the programme as it is once what an admin approves is approved: the lines speak of what is left."""
    approved = {action.key: action.pairing for action in actions if isinstance(action, ApprovePairing)}
    pairings = tuple(approved.get(p.id, p) for p in programme.pairings)
    return replace(programme, pairings=pairings)


def _comments(seen: AdminTabs, problems: tuple[Problem, ...]) -> Iterator[CommentAtCells]:
    """Yield what comments at cells are to say, where that is not what they were last made to say."""
    settings, noted = seen.programme.settings, seen.programme.memory.get(COMMENTED)
    is_on = settings.comments_at_cells
    wanted = comments_for(problems, seen.cell, settings.admin_language) if is_on else ()
    action = CommentAtCells(
        wanted=wanted,
        farewell=CORRECTED if is_on else SWITCHED_OFF,
        assignee=next(iter(settings.admins), ""),
    )
    if action.key != (noted.value if noted else ""):
        yield action


def _is_news(topic: str, line: Line, seen: AdminTabs) -> bool:
    """Tell whether a line says something new, or was answered, so that the answer is taken away."""
    there = seen.start_here.get(line.topic)
    if (
        there and not there.link
    ):  # an older spreadsheet has no column for it before init; it comes with other news
        there = replace(there, link=line.link)
    return topic in seen.asked.answers or there != line


def _pair_problems(pair: EnteredPair, programme: ProgrammeSeen) -> Iterator[Problem]:
    for address in sorted(set(pair.people) - programme.people.keys()):
        yield _problem(
            pair,
            say("{address} is not on the roster.", address=address),
            say("Correct the address, or delete the row."),
        )
    if len(set(pair.people)) == 1:
        yield _problem(pair, say("Both addresses are the same."), say("Enter two different people."))


def _problem(pair: EnteredPair, what: Sentence, remedy: Sentence) -> Problem:
    return Problem(tab=pair.tab, row=pair.row, row_key=" / ".join(pair.people), what=what, remedy=remedy)


def _settings_missing(programme: ProgrammeSeen) -> list[Problem]:
    """Return what is missing of the settings; of one that can't be read its own problem tells."""
    settings, told = programme.settings, {p.row_key for p in programme.problems if p.tab == "Settings"}
    missing = [] if settings.first_round else [_FIRST_ROUND]
    missing += [] if settings.confidential_contact else [_CONFIDENTIAL_CONTACT]
    far = settings.first_round and settings.first_round > programme.today + FAR_OFF
    return [p for p in missing if p.row_key not in told] + ([_far_off(settings.first_round)] if far else [])


def _far_off(first_round: date | None) -> Problem:
    return replace(
        _FIRST_ROUND,
        what=say(
            "The first round opens on {day}, which is more than a year from now; nobody is paired before.",
            day=str(first_round),
        ),
        remedy=say("If the year is a slip, correct the date."),
    )


FAR_OFF = timedelta(days=366)
"""From when on the day of the first round is asked about."""
_FIRST_ROUND = Problem(
    tab="Settings",
    row_key="First round opens on",
    column="Value",
    what=say("No day is set on which the first round opens, so nobody is paired."),
    remedy=say("Enter a date such as 2026-12-01."),
)
_CONFIDENTIAL_CONTACT = Problem(
    tab="Settings",
    row_key="Confidential contact",
    column="Value",
    what=say(
        "Nobody is set who helps in confidence when somebody writes of harassment, violence or despair."
    ),
    remedy=say(
        "Enter the address of somebody bound to silence, such as an ombudsperson, before a round opens."
    ),
)


def _other_problems(programme: ProgrammeSeen) -> int:
    return sum(len(found) for job, found in programme.shown.items() if job != "check_roster")
