"""The job ``check_roster``: reads the admins' tabs, says on Problems what can't be used, keeps Start here current."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from peerpact.google.access import Access
from peerpact.google.sheets import Upsert
from peerpact.jobs.gathering import Programme, read_programme
from peerpact.jobs.job import Done, Job, Plan, Run
from peerpact.programme.pairings import PairingState, Round, round_on, standing_in
from peerpact.programme.problems import Problem
from peerpact.tables.reading import TabContents

ADMIN_TABS = ("Never pair", "Locked pairs", "Guidance")


@dataclass(frozen=True, slots=True)
class RefreshStartHere:
    """Lines of the tab Start here that say something new."""

    lines: tuple[tuple[str, str], ...]

    @property
    def key(self) -> str:
        return "start-here"

    def sentence(self, *, show_texts: bool = False) -> str:  # noqa: ARG002 - nobody's words in it
        return "On Start here: " + "; ".join(f"{topic}: {stands}" for topic, stands in self.lines)


def gather(access: Access, now: datetime) -> Programme:
    return read_programme(access.programme, now, (*ADMIN_TABS, "Start here"))


def decide(programme: Programme) -> Plan:
    problems = (*programme.problems, *_admin_tab_problems(programme), *_settings_missing(programme))
    wanted = _start_here(programme, len(problems) + _other_problems(programme))
    there = {row["topic"]: row["stands"] for row in programme.tabs["Start here"].rows}
    news = tuple((topic, stands) for topic, stands in wanted.items() if there.get(topic) != stands)
    return Plan(actions=(RefreshStartHere(news),) if news else (), problems=tuple(dict.fromkeys(problems)))


def act(plan: Plan, _programme: Programme, _access: Access, _run: Run) -> Done:
    lines = [{"topic": t, "stands": s} for action in plan.actions for t, s in action.lines]
    return Done(changes=(Upsert("Start here", lines),))


def _admin_tab_problems(programme: Programme) -> list[Problem]:
    problems = [problem for title in ADMIN_TABS for problem in programme.tabs[title].problems]
    for title in ("Never pair", "Locked pairs"):
        problems += _pair_problems(programme.tabs[title], programme)
    return problems


def _pair_problems(tab: TabContents, programme: Programme) -> list[Problem]:
    problems = []
    for row in tab.rows:
        key = f"{row['person']} / {row['other']}"
        for address in {row["person"], row["other"]} - programme.people.keys():
            problems.append(
                _problem(
                    tab, row, key, f"{address} is not on the roster.", "Mend the address, or delete the row."
                )
            )
        if row["person"] == row["other"]:
            problems.append(
                _problem(tab, row, key, "Both addresses are the same.", "Enter two different people.")
            )
    return sorted(problems)


def _problem(tab: TabContents, row: Any, key: str, what: str, remedy: str) -> Problem:
    return Problem(tab=tab.tab.title, row=row.number, row_key=key, column="", what=what, remedy=remedy)


def _settings_missing(programme: Programme) -> list[Problem]:
    if programme.settings.first_round is not None:
        return []
    return [
        Problem(
            tab="Settings",
            row_key="First round opens on",
            column="Value",
            what="No day is set on which the first round opens, so nobody is paired.",
            remedy="Enter a date such as 2026-12-01.",
        )
    ]


def _other_problems(programme: Programme) -> int:
    return sum(row["source"] != JOB.name for row in programme.tabs["Problems"].rows)


def _start_here(programme: Programme, problems: int) -> dict[str, str]:
    today = programme.now.date()
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


def _rounds(programme: Programme, current: Round | None) -> str:
    if current is None:
        first = programme.settings.first_round
        return (
            f"The first round opens on {first:%d %B %Y}."
            if first
            else "No day is set for the first round yet."
        )
    standing = standing_in(programme.pairings, current.number)
    waiting = sum(p.state is PairingState.PROPOSED for p in standing)
    review = f" {waiting} of them wait for your objection." if waiting else ""
    how_many = f"{len(standing)} of its pairings stand" if standing else "none of its pairings stands yet"
    return (
        f"Round {current.number} is open, {how_many}.{review} "
        f"The next round opens on {current.ends:%d %B %Y}."
    )


JOB = Job(
    name="check_roster",
    summary="Validates the admins' tabs and refreshes Problems and Start here.",
    schedule="7 * * * *",
    gather=gather,
    decide=decide,
    act=act,
)
