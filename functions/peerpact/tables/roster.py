"""The roster as people, and the problems that only show between rows: doubles, unknown managers, overridden pauses."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from peerpact.programme.people import Person, TakingPart
from peerpact.programme.problems import Problem
from peerpact.programme.reporting_lines import ReportingLines
from peerpact.programme.settings import Settings
from peerpact.tables.reading import Row, TabContents

FEW = 3
"""Managers without a row, up to whom each person concerned is named; of more, one sentence tells."""
NAMED = 30


@dataclass(frozen=True, slots=True)
class Roster:
    """Everybody on the roster who can be told apart, by address, and what is wrong with the rows."""

    people: dict[str, Person]
    problems: tuple[Problem, ...]


def read_roster(contents: TabContents, settings: Settings) -> Roster:
    """Make people of the roster's usable rows. A person who stands there twice counts once, by the first row."""
    people: dict[str, Person] = {}
    problems = list(contents.problems)
    seen_in: dict[str, int] = {}
    for row in contents.rows:
        if row["email"] in people:
            problems.append(_double(row, seen_in[row["email"]]))
            continue
        people[row["email"]] = _person(row, settings)
        seen_in[row["email"]] = row.number
    problems.extend(_between_rows(people.values(), seen_in))
    return Roster(people, tuple(problems))


def _person(row: Row, settings: Settings) -> Person:
    return Person(
        email=row["email"],
        name=row["name"],
        team=row["team"] or "",
        department=row["department"] or "",
        managers=row["managers"] or (),
        time_zone=row["time_zone"] or settings.time_zone,
        working_hours=row["working_hours"] or settings.working_hours,
        languages=row["languages"] or (settings.language,),
        interests=row["interests"] or (),
        taking_part=TakingPart(row["taking_part"] or "no"),
        paused_until=row["paused_until"],
        joined=row["joined"],
    )


def _double(row: Row, first: int) -> Problem:
    return Problem(
        tab="Roster",
        row=row.number,
        column="E-mail",
        row_key=row["email"],
        what=f"{row['name']} stands on the roster twice (also in row {first}, which counts).",
        remedy="Delete one of the two rows.",
    )


def _between_rows(people: Iterable[Person], seen_in: dict[str, int]) -> Iterable[Problem]:
    people = list(people)
    lines = ReportingLines({p.email: p.managers for p in people})
    unknown = _unknown_managers(people)
    one_by_one = unknown if len(unknown) <= FEW else {}
    if not one_by_one and unknown:
        concerned = sum(any(m in unknown for m in lines.above(p.email)) for p in people)
        yield _many_unknown(unknown, concerned)
    for person in people:
        for what, remedy in _manager_problems(person, one_by_one, lines.loops):
            yield _manager_problem(person, seen_in, what, remedy)


def _manager_problems(
    person: Person, unknown: Container[str], loops: frozenset[str]
) -> Iterator[tuple[str, str]]:
    if person.email in person.managers:
        yield (
            "names themselves as manager",
            "Enter their manager, or leave the cell empty. Until then, only people under them are paired with them.",
        )
    elif person.email in loops:
        yield (
            f"reports to {' and '.join(person.managers)}, who in turn reports to them, directly or through others",
            "Mend the manager that is wrong. Until then, only people of this circle are paired with one another.",
        )
    if len(person.managers) > 1:
        yield (
            f"has {len(person.managers)} managers ({', '.join(person.managers)}), so all their lines count",
            "Leave one of them, unless they really report to each.",
        )
    for manager in person.managers:
        if manager in unknown:
            yield (
                f"has the manager {manager}, who is not on the roster, so the line above is unknown",
                f"Add a row for {manager} (Taking part: no, if they don't), or mend the address. Until then, only "
                "people under the same manager are paired with them.",
            )


def _unknown_managers(people: Sequence[Person]) -> dict[str, int]:
    """Return of how many people each manager is who has no row."""
    known = {p.email for p in people}
    return Counter(m for p in people for m in p.managers if m not in known)


def _many_unknown(unknown: Mapping[str, int], concerned: int) -> Problem:
    """Say once what to do, rather than of each person the same."""
    most = sorted(unknown, key=lambda m: (-unknown[m], m))
    more = f" and {len(most) - NAMED} more" if len(most) > NAMED else ""
    return Problem(
        tab="Roster",
        column="Manager",
        row_key="managers without a row",
        what=f"{len(most)} managers are not on the roster, so nobody can tell who stands above "
        f"{concerned} people. They are paired only with people whose lines end at the same manager.",
        remedy=f"Enter these {len(most)} managers on the roster, each with their own manager, and “no” for Taking part "
        f"if they don't: {', '.join(most[:NAMED])}{more}. Or enter “direct manager only” for “Reporting line” in "
        "Settings, if that is enough for you.",
    )


def _manager_problem(person: Person, seen_in: dict[str, int], what: str, remedy: str) -> Problem:
    return Problem(
        tab="Roster",
        row=seen_in[person.email],
        column="Manager",
        row_key=person.email,
        what=f"{person.name} {what}.",
        remedy=remedy,
    )
