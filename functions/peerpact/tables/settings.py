"""The tab Settings as values: one row a setting, defaults where empty, a problem for each that can't be used."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from peerpact.programme.people import Person
from peerpact.programme.problems import Problem
from peerpact.programme.sentences import Sentence, say
from peerpact.programme.settings import Settings
from peerpact.tables.cells import HOME, Cell, PeopleByName, Unusable, is_empty, read_cell
from peerpact.tables.reading import Grid, find_columns, header_row
from peerpact.tables.schema import Setting, plain_header, tab


def read_settings(grid: Grid, *, locale: str = HOME) -> tuple[Settings, tuple[Problem, ...]]:
    """Return the settings in force and the problems of those that could not be used.

    Raises:
        SheetError: the header lacks the columns Setting or Value.
    """
    described = tab("Settings")
    top = header_row(described, grid)
    places = find_columns(described, grid[top] if grid else (), below=grid[top + 1 :])
    by_name = {plain_header(s.name): s for s in described.settings}
    values: dict[str, Any] = {}
    problems: list[Problem] = []
    for number, cells in enumerate(grid[top + 1 :], start=top + 2):
        name, cell = _at(cells, places["setting"]), _at(cells, places["value"])
        setting = by_name.get(plain_header(name or ""))
        if setting is None:
            problems.extend([] if is_empty(name) else [_unknown(number, str(name))])
        elif not is_empty(cell):
            try:
                values[setting.field] = read_setting(setting, cell, locale)
            except Unusable as unusable:
                problems.append(_problem(setting, number, unusable))
    return Settings(**{**default_values(), **values}), tuple(problems)


def with_admins(settings: Settings, people: Mapping[str, Person]) -> tuple[Settings, tuple[Problem, ...]]:
    """Return the settings with the admins' addresses, some of whom may be named as the roster names them."""
    names = PeopleByName({p.email: p.name for p in people.values()})
    admins, problems = [], []
    for admin in settings.admins:
        try:
            admins.append(names.find(admin))
        except Unusable as unusable:
            what = say("Admins: {what}, so they get no digest.", what=unusable.what)
            problems.append(_wrong("Admins", what, unusable.remedy))
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
    return value


def default_values() -> dict[str, Any]:
    """Return the described default of each setting that has one; the others keep the value class's own."""
    return {s.field: read_setting(s, s.default) for s in tab("Settings").settings if s.default != ""}


def _at(cells: Sequence[Cell], place: int) -> Cell:
    return cells[place] if place < len(cells) else None


def _unknown(number: int, name: str) -> Problem:
    return Problem(
        tab="Settings",
        row=number,
        column="Setting",
        row_key=name,
        what=say("There is no setting called “{name}”.", name=name),
        remedy=say("Correct the name, or delete the row."),
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
