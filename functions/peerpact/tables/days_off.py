"""The tab Days off as absences of the people whom each row is for, and who of them is meant."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from peerpact.programme.days_off import Absence
from peerpact.programme.people import Person
from peerpact.programme.problems import Problem
from peerpact.programme.sentences import Sentence, say
from peerpact.tables.cells import PeopleByName, Unusable, read_person
from peerpact.tables.cells.cell import plain
from peerpact.tables.cells.regions import read_place
from peerpact.tables.rows import Row
from peerpact.tables.tab_contents import TabContents

TAB = "Days off"
IsFor = Callable[[Person], bool]


def with_days_off(
    people: Mapping[str, Person], contents: TabContents
) -> tuple[dict[str, Person], tuple[Problem, ...]]:
    """Return the people with the company's days off that are for them, and what is wrong with rows."""
    found, problems = dict(people), list(contents.problems)
    if not contents.rows:
        return found, tuple(problems)
    names = PeopleByName({p.email: p.name for p in people.values()})
    for row in contents.rows:
        first, last = row["first"], row["last"] or row["first"]
        if "last" in row.unread:
            continue
        if last < first:
            problems.append(_turned_round(row))
            continue
        meant, unknown = _meant(row["whom"] or (), people, names)
        problems += [_unknown(row, word) for word in unknown]
        if not unknown or meant:
            absence = Absence(first=first, last=last, name=row["name"])
            _give(found, absence, meant)
    return found, tuple(problems)


def _give(people: dict[str, Person], absence: Absence, meant: Sequence[IsFor]) -> None:
    for email, person in people.items():
        if not meant or any(is_for(person) for is_for in meant):
            off = person.days_off
            people[email] = replace(person, days_off=replace(off, company=(*off.company, absence)))


def _meant(
    words: Sequence[str], people: Mapping[str, Person], names: PeopleByName
) -> tuple[list[IsFor], list[str]]:
    """Return what tells who is meant by each word, and the words by which nobody is."""
    read = {word: _for(word, people, names) for word in words}
    return [is_for for is_for in read.values() if is_for], [w for w, is_for in read.items() if not is_for]


def _for(word: str, people: Mapping[str, Person], names: PeopleByName) -> IsFor | None:
    """Read one word of the column For: a team or department, a person, a country or a part of one."""
    wanted = plain(word)
    if any(wanted in _units(p) for p in people.values()):
        return lambda person: wanted in _units(person)
    try:
        email = names.find(read_person(word))
    except Unusable:
        email = ""
    if email in people:
        return lambda person: person.email == email
    try:
        place = read_place(word)
    except Unusable:
        return None
    return lambda person: person.country == place or person.country.startswith(f"{place}-")


def _units(person: Person) -> Iterator[str]:
    yield from (plain(unit) for unit in (person.team, person.department) if unit)


def _turned_round(row: Row) -> Problem:
    return _problem(
        row,
        "Last day",
        say(
            "{name} ends on {last}, before it begins on {first}, so the row is left out.",
            name=row["name"],
            last=str(row["last"]),
            first=str(row["first"]),
        ),
        say("Correct one of the two days."),
    )


def _unknown(row: Row, word: str) -> Problem:
    return _problem(
        row,
        "For",
        say(
            "“{word}” is no country, team, department or person on the roster, so nobody is off by it.",
            word=word,
        ),
        say("Correct it, or leave the cell empty if everybody is off."),
    )


def _problem(row: Row, column: str, what: Sentence, remedy: Sentence) -> Problem:
    return Problem(tab=TAB, row=row.number, column=column, row_key=row["name"], what=what, remedy=remedy)
