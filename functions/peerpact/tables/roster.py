"""The roster as people, and the problems that only show between rows: doubles, unknown managers, overridden pauses."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from peerpact.programme.days_off import NONE_OFF, DaysOff
from peerpact.programme.people import Person, TakingPart, is_unreadable, unreadable_manager
from peerpact.programme.problems import Problem
from peerpact.programme.reporting_lines import ReportingLines
from peerpact.programme.roster.emptied import Filled
from peerpact.programme.sentences import Sentence, all_of, any_of, say
from peerpact.programme.settings import EVERYBODY, Settings
from peerpact.programme.unseen import brief
from peerpact.tables.cells import PeopleByName, Unusable, domain_of, first_name
from peerpact.tables.cells.domains import is_within, of_another_domain
from peerpact.tables.cells.names import keys_of
from peerpact.tables.cells.time_zones import place_of
from peerpact.tables.kept import kept
from peerpact.tables.public_holidays import PublicHolidays
from peerpact.tables.rows import Row
from peerpact.tables.schema import plain_header, tab
from peerpact.tables.tab_contents import TabContents

FEW = 3
"""Managers without a row, up to whom each person concerned is named; of more, one sentence tells."""
NAMED = 30


@dataclass(frozen=True, slots=True)
class Roster:
    """Everybody on the roster who can be told apart, by address, and what is wrong with the rows."""

    people: dict[str, Person]
    problems: tuple[Problem, ...]
    doubles: tuple[tuple[str, str], ...] = ()
    """People who may be one with two addresses."""


def read_roster(contents: TabContents, settings: Settings) -> Roster:
    """Make people of the roster's rows. A person who is there twice counts once, by the first row.

    Where no row and no setting is another than last time, they are the same people.
    """
    of = contents.rows, contents.unusable, contents.problems, settings
    return kept().whole("people", of, lambda: _read(contents, settings))


def _read(contents: TabContents, settings: Settings) -> Roster:
    rows, seen_in = _first_rows(contents)
    names = PeopleByName({email: row["name"] for email, row in rows.items() if row["name"]})
    problems = [*contents.problems, *_doubles(contents, rows)]
    domains = settings.domains
    people: dict[str, Person] = {}
    for email, row in rows.items():
        managers, unclear = _managers(row, names)
        problems += unclear
        shifted = _shifted(row, rows)
        held = SHIFTED if shifted else _held(row, domains)
        people[email] = _person(row, settings, managers=managers, held=held)
        problems += [_manager_elsewhere(row, shifted)] if shifted else []
    problems += _all_outside([rows[e] for e, p in people.items() if p.held == OUTSIDE], domains)
    people = _with_every_line(people, contents, names)
    problems += _between_rows(people.values(), seen_in)
    doubles = list(_same_people(people.values()))
    problems += [_one_twice(one, other, seen_in) for one, other in doubles]
    return Roster(people, tuple(problems), tuple((one.email, other.email) for one, other in doubles))


GUARDED = ("managers", "taking_part")
"""Fields that protect people, and whose columns are asked about when they are emptied."""


def fullness(contents: TabContents) -> list[Filled]:
    """Return how many cells of the columns that protect people are filled."""
    rows = (*contents.rows, *contents.unusable)
    return [
        Filled(
            tab=contents.tab.title,
            column=contents.tab.column(field).name,
            cells=sum(row[field] is not None or field in row.unread for row in rows),
            rows=len(rows),
        )
        for field in GUARDED
    ]


def exceptions(contents: TabContents) -> Filled:
    """Return how many rows a tab has that lists exceptions, such as who must not be paired."""
    rows = len(contents.rows) + len(contents.unusable)
    return Filled(tab=contents.tab.title, column=contents.tab.columns[0].name, cells=rows)


def _first_rows(contents: TabContents) -> tuple[dict[str, Row], dict[str, int]]:
    """Return by address the rows that have one, even if something else that is needed can't be read."""
    rows: dict[str, Row] = {}
    for row in sorted((*contents.rows, *contents.unusable), key=lambda r: r.number):
        if row["email"]:
            rows.setdefault(row["email"], row)
    return rows, {email: row.number for email, row in rows.items()}


def _doubles(contents: TabContents, first: Mapping[str, Row]) -> Iterator[Problem]:
    for row in contents.rows:
        if row.number != first[row["email"]].number:
            yield _of_row(row, "E-mail", *of_a_double(row, first[row["email"]]))


def _person(row: Row, settings: Settings, *, managers: tuple[str, ...], held: str) -> Person:
    zone = row["time_zone"] or settings.time_zone
    place, languages = row["country"] or place_of(zone), row["languages"] or (settings.language,)
    return Person(
        email=row["email"],
        name=brief(row["name"] or row["email"]),
        called=brief(row["first_name"] or first_name(row["name"] or "")),
        team=_unit(row["team"]),
        department=_unit(row["department"]),
        country=place,
        managers=managers,
        time_zone=zone,
        is_zone_known="time_zone" not in row.unread,
        working_hours=row["working_hours"] or settings.working_hours,
        has_hours=row["working_hours"] is not None,
        days_off=_days_off(place, languages),
        languages=languages,
        interests=row["interests"] or (),
        taking_part=TakingPart(row["taking_part"] or "yes"),
        has_said_yes=settings.who_is_in == EVERYBODY or row["taking_part"] is not None,
        paused_until=row["paused_until"],
        joined=row["joined"],
        former_addresses=row["former_addresses"] or (),
        topics=row["topics"] or "",
        offers=row["offers"] or "",
        held=held,
    )


def _unit(words: str | None) -> str:
    """Return a team or department; nothing where the words only fill the cell: “n/a” is nobody's team."""
    name = brief(words or "")
    return name if plain_header(name) not in NO_UNIT else ""


def _days_off(place: str, languages: tuple[str, ...]) -> DaysOff:
    return DaysOff(holidays=PublicHolidays(place=place, languages=languages)) if place else NONE_OFF


_FILLERS = (
    "|n/a|n.v.|none|null|nan|nil|TBD|TBA|unknown|unassigned|not assigned|keine|kein|k. A.|ohne|unbekannt|"
    "nicht zugeordnet|aucun|aucune|inconnu|non affecté|sans objet|ninguno|ninguna|desconocido|sin asignar"
)
NO_UNIT = frozenset(map(plain_header, _FILLERS.split("|")))
"""What fills a cell for a team where there is none, as headers are compared."""
PROTECTING = {"name": "name", "taking_part": "taking part", "paused_until": "pause", "joined": "first day"}
"""Fields without which nothing new is begun with somebody, and what they tell."""
NO_ADDRESSES = ("team", "department")
SHIFTED = "their manager may be in another column"
OUTSIDE = "their address is not the company's"
FEW_OF_A_DOMAIN = 4
"""Up to so many addresses of another domain are told one by one."""


def _held(row: Row, domains: Sequence[str]) -> str:
    unread = [word for field, word in PROTECTING.items() if field in row.unread]
    if unread:
        return f"their {' and '.join(unread)} can't be read"
    return "" if is_within(row["email"], domains) else OUTSIDE


def _shifted(row: Row, known: Container[str]) -> str:
    """Return the field in which somebody else's address is instead of in the empty Manager; empty: none."""
    if row["managers"] or "managers" in row.unread:
        return ""
    words = {field: (row[field] or "").lower() for field in NO_ADDRESSES}
    return next((f for f, word in words.items() if word in known and word != row["email"]), "")


def _manager_elsewhere(row: Row, field: str) -> Problem:
    column = tab("Roster").column(field).name
    return _of_row(
        row,
        column,
        say(
            "“{column}” of {name} holds {value}, and “Manager” is empty. Until this is clear, they are not "
            "paired again, as that may be their manager.",
            column=column,
            name=row["name"] or row["email"],
            value=row[field],
        ),
        say("If the row's cells are shifted, move them into their columns."),
    )


def _all_outside(rows: Sequence[Row], domains: Sequence[str]) -> Iterator[Problem]:
    """Yield a line for each address of another domain; one for all where a domain has many, as after it changed."""
    by_domain: dict[str, list[Row]] = {}
    for row in rows:
        by_domain.setdefault(domain_of(row["email"]), []).append(row)
    for domain, some in by_domain.items():
        if len(some) > FEW_OF_A_DOMAIN:
            yield _another_domain(domain, len(some), domains)
        else:
            yield from (_outside(row, domains) for row in some)


def _another_domain(domain: str, many: int, domains: Sequence[str]) -> Problem:
    return Problem(
        tab="Settings",
        column="Value",
        row_key="Company domains",
        what=say(
            "{many} addresses on the roster are of {domain}, not of {domains}: nothing is sent there.",
            many=many,
            domain=domain,
            domains=any_of(domains),
        ),
        remedy=say(
            "If it is the company's, add {domain} to “Company domains” in Settings. Else correct the addresses.",
            domain=domain,
        ),
    )


def _outside(row: Row, domains: Sequence[str]) -> Problem:
    return _of_row(row, "E-mail", *of_another_domain(row["name"] or row["email"], row["email"], domains))


def _managers(row: Row, names: PeopleByName) -> tuple[tuple[str, ...], list[Problem]]:
    """Return the addresses of somebody's managers. One who can't be told is an open end of this row's own."""
    found, problems = [], []
    for reference in row["managers"] or ():
        try:
            found.append(names.find(reference))
        except Unusable as unusable:
            found.append(unreadable_manager(row["email"]))
            problems.append(_unclear_manager(row, unusable))
    unread = [unreadable_manager(row["email"])] if "managers" in row.unread else []
    return tuple(dict.fromkeys([*found, *unread])), problems


def _unclear_manager(row: Row, unusable: Unusable) -> Problem:
    return _of_row(
        row,
        "Manager",
        say(
            "The manager of {name} can't be told: {what}. Until then nobody is paired with them, as it "
            "might be their manager.",
            name=row["name"] or row["email"],
            what=unusable.what,
        ),
        unusable.remedy,
    )


def _with_every_line(
    people: dict[str, Person], contents: TabContents, names: PeopleByName
) -> dict[str, Person]:
    """Add to those who are there twice the managers of their other rows: whichever is right, that line counts."""
    for row in contents.rows:
        person = people[row["email"]]
        managers = tuple(dict.fromkeys([*person.managers, *_managers(row, names)[0]]))
        if managers != person.managers:
            people[row["email"]] = replace(person, managers=managers)
    return people


def _same_people(people: Iterable[Person]) -> Iterator[tuple[Person, Person]]:
    """Yield people who may be one person with two addresses: of one name, and one team, manager or first part."""
    by_name: dict[str, list[Person]] = {}
    for person in people:
        for key in list(keys_of(person.name))[:1]:
            by_name.setdefault(key, []).append(person)
    for one, *others in by_name.values():
        for other in others:
            if may_be_one(one, other):
                yield one, other


def may_be_one(one: Person, other: Person) -> bool:
    """Tell whether two people of one name may be one person with two addresses."""
    first_parts = {p.email.partition("@")[0] for p in (one, other)}
    same_team = bool(one.team) and one.team == other.team
    return same_team or bool(set(one.managers) & set(other.managers)) or len(first_parts) == 1


def _one_twice(one: Person, other: Person, seen_in: Mapping[str, int]) -> Problem:
    return Problem(
        tab="Roster",
        row=seen_in[other.email],
        column="E-mail",
        row_key=other.email,
        what=say(
            "{name} may be here twice, as {one} (row {row}) and as {other}. They are not paired "
            "with each other.",
            name=other.name,
            one=one.email,
            row=seen_in[one.email],
            other=other.email,
        ),
        remedy=say(
            "If it is one person, delete the row with the address that is no longer used, and put that "
            "address into “Former address” of the other. If they are two people, leave it so."
        ),
    )


def _of_row(row: Row, column: str, what: Sentence, remedy: Sentence) -> Problem:
    return Problem(
        tab="Roster", row=row.number, column=column, row_key=row["email"], what=what, remedy=remedy
    )


def of_a_double(row: Row, first: Row) -> tuple[Sentence, Sentence]:
    """Return what is wrong where a row has the address of one above it, which counts, and what to do.

    Where neither name is the other, or a part of it, it may be two people, of whom neither is to be deleted.
    """
    if _may_be_two(row["name"], first["name"]):
        return (
            say(
                "{name} has the same address as {other} in row {first}, which counts.",
                name=row["name"],
                other=first["name"],
                first=first.number,
            ),
            say(
                "If they are two people, enter each one's own address. If they are one, delete one of the two rows."
            ),
        )
    return (
        say(
            "{name} is listed twice on the roster (also in row {first}, which counts).",
            name=row["name"] or row["email"],
            first=first.number,
        ),
        say("Delete one of the two rows."),
    )


def _may_be_two(name: str | None, other: str | None) -> bool:
    one, two = ([set(key.split()) for key in keys_of(words or "")] for words in (name, other))
    return bool(one and two) and not any(a <= b or b <= a for a in one for b in two)


def _between_rows(people: Iterable[Person], seen_in: dict[str, int]) -> Iterable[Problem]:
    people = list(people)
    lines = ReportingLines({p.email: p.managers for p in people})
    unknown = _unknown_managers(people)
    one_by_one = unknown if len(unknown) <= FEW else {}
    if not one_by_one and unknown:
        concerned = sum(any(m in unknown for m in lines.open_ends(p.email)) for p in people)
        yield _many_unknown(unknown, concerned)
    for person in people:
        for what, remedy in _manager_problems(person, one_by_one, lines.loops):
            yield _manager_problem(person, seen_in, what, remedy)


def _manager_problems(
    person: Person, unknown: Container[str], loops: frozenset[str]
) -> Iterator[tuple[Sentence, Sentence]]:
    if person.email in person.managers:
        yield (
            say("{name} names themselves as manager.", name=person.name),
            say(
                "Enter their manager, or leave the cell empty. Until then, only people under them are paired "
                "with them."
            ),
        )
    elif person.email in loops:
        yield (
            say(
                "{name} reports to {managers}, who in turn reports to them, directly or through others.",
                name=person.name,
                managers=all_of(person.managers),
            ),
            say(
                "Correct the manager that is wrong. Until then, only people below this circle are paired with "
                "one another."
            ),
        )
    if len(person.managers) > 1:
        yield (
            say(
                "{name} has {many} managers ({managers}), so all their lines count.",
                name=person.name,
                many=len(person.managers),
                managers=_named(person.managers),
            ),
            say("Leave one of them, unless they really report to each."),
        )
    for manager in person.managers:
        if manager in unknown:
            yield _unknown_manager(person, manager)


def _unknown_manager(person: Person, manager: str) -> tuple[Sentence, Sentence]:
    return (
        say(
            "{name} has the manager {manager}, who is not on the roster, so the line above is unknown.",
            name=person.name,
            manager=manager,
        ),
        say(
            "Add a row for {manager} (Taking part: no, if they don't), or correct the address. Until then, only people "
            "under the same manager are paired with them.",
            manager=manager,
        ),
    )


def _named(managers: Iterable[str]) -> Sentence:
    return all_of(say("one who can't be told") if is_unreadable(m) else m for m in managers)


def _unknown_managers(people: Sequence[Person]) -> dict[str, int]:
    """Return of how many people each manager is who has no row."""
    known = {p.email for p in people}
    return Counter(m for p in people for m in p.managers if m not in known and not is_unreadable(m))


def _many_unknown(unknown: Mapping[str, int], concerned: int) -> Problem:
    """Say once what to do, rather than of each person the same."""
    most = sorted(unknown, key=lambda m: (-unknown[m], m))
    more = [say("{many} more", many=len(most) - NAMED)] if len(most) > NAMED else []
    return Problem(
        tab="Roster",
        column="Manager",
        row_key="managers without a row",
        what=say(
            "{many} managers are not on the roster, so nobody can tell who is above {concerned} people. "
            "They are paired only with people whose lines end at the same manager.",
            many=len(most),
            concerned=concerned,
        ),
        remedy=say(
            "Enter these {many} managers on the roster, each with their own manager, and “no” for Taking "
            "part if they don't: {managers}. Or enter “direct manager only” for “Reporting line” in "
            "Settings, if that is enough for you.",
            many=len(most),
            managers=all_of([*most[:NAMED], *more]),
        ),
    )


def _manager_problem(person: Person, seen_in: dict[str, int], what: Sentence, remedy: Sentence) -> Problem:
    return Problem(
        tab="Roster",
        row=seen_in[person.email],
        column="Manager",
        row_key=person.email,
        what=what,
        remedy=remedy,
    )
