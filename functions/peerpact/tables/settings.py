"""The tab Settings as values: one row a setting, defaults where empty, a problem for each that can't be used."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from peerpact.programme.people import Person
from peerpact.programme.problems import Problem
from peerpact.programme.sentences import Sentence, say
from peerpact.programme.settings import Settings
from peerpact.programme.unseen import brief
from peerpact.tables.cells import (
    HOME,
    Cell,
    PeopleByName,
    Unusable,
    is_empty,
    read_cell,
    shown,
    text,
)
from peerpact.tables.cells.cell import cell_at, refuse_errors
from peerpact.tables.cells.domains import is_within, of_another_domain
from peerpact.tables.schema import Setting, plain_header, tab
from peerpact.tables.tab_contents import Grid, find_columns, header_row

SHOWN = ("programme_name", "company")
"""Settings that are names, which mails and events show."""


def read_settings(grid: Grid, *, locale: str = HOME) -> tuple[Settings, tuple[Problem, ...]]:
    """Return the settings in force and the problems of those that could not be used.

    Raises:
        SheetError: the header lacks the columns Setting or Value.
    """
    described = tab("Settings")
    top = header_row(described, grid)
    places = find_columns(described, grid[top] if grid else (), below=lambda: grid[top + 1 :])
    by_name = {plain_header(s.name): s for s in described.settings}
    values: dict[str, Any] = {}
    problems: list[Problem] = []
    for number, cells in enumerate(grid[top + 1 :], start=top + 2):
        name, cell = cell_at(cells, places["setting"]), cell_at(cells, places["value"])
        setting = by_name.get(plain_header(name))
        problems += _failed(places, number, cells)
        if setting is None:
            problems.extend([] if is_empty(name) and is_empty(cell) else [_unknown(number, name, cell)])
        elif not is_empty(cell):
            try:
                values[setting.field] = read_setting(setting, cell, locale)
            except Unusable as unusable:
                problems.append(_problem(setting, number, unusable))
    return Settings(**{**default_values(), **values}), tuple(problems)


def places_of_settings(grid: Grid) -> tuple[Mapping[str, int], Mapping[str, int]]:
    """Return the rows of settings by their names, counted from 1, and where the tab's columns are, by theirs."""
    described = tab("Settings")
    top = header_row(described, grid)
    places = find_columns(described, grid[top] if grid else (), below=lambda: grid[top + 1 :])
    names = {plain_header(s.name): s.name for s in described.settings}
    typed = [
        (plain_header(cell_at(cells, places["setting"])), n)
        for n, cells in enumerate(grid[top + 1 :], top + 2)
    ]
    rows = {names[name]: number for name, number in typed if name in names}
    return rows, {c.name: places[c.field] for c in described.columns if c.field in places}


def with_admins(settings: Settings, people: Mapping[str, Person]) -> tuple[Settings, tuple[Problem, ...]]:
    """Return the settings with the admins' addresses, some of whom may be named as the roster names them.

    To an address of another domain nothing goes before Settings name it.
    """
    names = PeopleByName({p.email: p.name for p in people.values()})
    admins, problems = [], []
    for admin in settings.admins:
        try:
            address = names.find(admin)
        except Unusable as unusable:
            what = say("Admins: {what}, so they get no digest.", what=unusable.what)
            problems.append(_wrong("Admins", what, unusable.remedy))
            continue
        if is_within(address, settings.domains):
            admins.append(address)
        else:
            problems.append(_wrong("Admins", *of_another_domain(address, address, settings.domains)))
    return replace(settings, admins=tuple(admins)), tuple(problems)


def read_setting(setting: Setting, cell: Cell, locale: str = HOME) -> Any:
    """Read one setting's value.

    Raises:
        Unusable: it does not fit the setting's type or limits.
    """
    value = read_cell(cell, setting.type, setting.choices, locale=locale)
    if (setting.minimum is not None and value < setting.minimum) or (
        setting.maximum is not None and value > setting.maximum
    ):
        raise Unusable(
            say(
                "{value} is outside {minimum} to {maximum}",
                value=value,
                minimum=setting.minimum,
                maximum=setting.maximum,
            ),
            say(
                "Enter a number from {minimum} to {maximum}.",
                minimum=setting.minimum,
                maximum=setting.maximum,
            ),
        )
    return brief(value) if setting.field in SHOWN else value


def default_values() -> dict[str, Any]:
    """Return the described default of each setting that has one; the others keep the value class's own."""
    return {s.field: read_setting(s, s.default) for s in tab("Settings").settings if s.default != ""}


def _unknown(number: int, name: Cell, value: Cell) -> Problem:
    what = (
        say(
            "The value {value} has no setting's name beside it, so that it counts for nothing.",
            value=shown(value),
        )
        if is_empty(name)
        else say("There is no setting called “{name}”.", name=str(name))
    )
    return Problem(
        tab="Settings",
        row=number,
        column="Setting",
        row_key=text(name),
        what=what,
        remedy=say("Correct the name, or delete the row."),
    )


def _failed(places: Mapping[str, int], number: int, cells: Sequence[Cell]) -> Iterator[Problem]:
    """Yield the cells beside a setting's value that show an error."""
    for column in tab("Settings").columns[2:]:
        try:
            refuse_errors(cell_at(cells, places.get(column.field, len(cells))))
        except Unusable as unusable:
            yield Problem(
                tab="Settings",
                row=number,
                column=column.name,
                row_key=text(cell_at(cells, places["setting"])),
                what=say("{what:first}.", what=unusable.what),
                remedy=unusable.remedy,
            )


def _problem(setting: Setting, number: int, unusable: Unusable) -> Problem:
    what = say(
        "{name}: {what}. The default ({default}) holds until then.",
        name=setting.name,
        what=unusable.what,
        default=setting.default or say("empty"),
    )
    return replace(_wrong(setting.name, what, unusable.remedy), row=number)


def _wrong(setting: str, what: Sentence, remedy: Sentence) -> Problem:
    return Problem(tab="Settings", column="Value", row_key=setting, what=what, remedy=remedy)
