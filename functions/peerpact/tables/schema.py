"""The descriptions of all tabs, read from sheets_schema/*.toml. What cells may hold is ``cells``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Any

from peerpact.resources import folder
from peerpact.tables.cells.cell import plain

SCHEMA_VERSION = 5
"""Counted up with every change of the descriptions that an older spreadsheet must be upgraded for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of a tab; found by its header, whatever its place, case and spaces."""

    name: str
    field: str
    note: str
    type: str = "text"
    width: int = 120
    required: bool = False
    optional: bool = False
    """The whole column may be missing from the tab."""
    choices: tuple[str, ...] = ()
    rows: tuple[int, ...] = ()
    """The first and the last row in which there is something to choose, as the spreadsheet counts; empty: all."""
    default: str = ""
    aliases: tuple[str, ...] = ()
    formerly: str = ""
    """Its name in older spreadsheets; an upgrade gives a system's tab today's, the way back this one."""
    writer: str = ""
    formula: str = ""
    until: str = ""
    """What holds while a cell can't be read, said after what is wrong with it."""
    label: str = ""
    """What ``{label}`` in its formula stands for: a word that is said in the admins' language."""
    shown_as: str = ""
    """The type by which a formula's values are shown."""
    wrap: bool = False
    hidden: bool = False
    colours: tuple[str, ...] = ()
    """How a cell is coloured by its value, such as ``Proposed #fff2cc``."""
    since: int = 0
    """The version of the descriptions that added it; an older spreadsheet never had it."""

    @property
    def names(self) -> tuple[str, ...]:
        """Return what its header may say; of several headers in one tab the earlier name counts."""
        return tuple(filter(None, (self.name, self.formerly, *self.aliases)))

    @property
    def headers(self) -> frozenset[str]:
        return _plain_headers(self.names)


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One row of the tab Settings."""

    name: str
    field: str
    meaning: str
    type: str = "text"
    default: Any = ""
    choices: tuple[str, ...] = ()
    minimum: int | None = None
    maximum: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A chart over a tab's rows, its own unless told otherwise; ``domain`` and ``series`` name fields."""

    title: str
    kind: str
    domain: str
    series: tuple[str, ...]
    of: str = ""
    """The title of another tab whose rows it shows."""
    rows: tuple[int, ...] = ()
    """Which rows, counted from 0, the second no longer among them; all, with the names of its fields, unless told."""
    row: int = 0
    """Below so many rows instead of beside the table, and ``offset`` pixels from the left."""
    offset: int = 0
    size: tuple[int, ...] = ()
    """Width and height in pixels."""


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A filter view: the rows that have one of some values in each field, the highest ``newest`` first, where given."""

    title: str
    newest: str = ""
    shows: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """By field what is shown, of what one can choose there; a field that is not here may have anything."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tab:
    """One tab: where it is, who writes it, its columns and what belongs to it."""

    title: str
    spreadsheets: tuple[str, ...]
    position: int
    """By which its id is made; never changed, nor used again."""
    writer: str
    about: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    settings: tuple[Setting, ...] = ()
    charts: tuple[Chart, ...] = ()
    views: tuple[View, ...] = ()
    order: int = 0
    """Its place among the tabs of a new spreadsheet: what is looked at first comes first."""
    colour: str = ""
    """Of its tab, such as ``#1f6f64``: one for what waits, one for what admins enter, one for what is told."""
    banded: bool = False
    gridlines: bool = True
    frozen_columns: int = 0
    language: str = "en"
    """Of its notes; see ``tables.spoken``."""
    """So many columns stay in sight, from the left."""
    seed: str = ""
    empty: Mapping[str, str] = field(default_factory=dict)
    """What its first row says, by field, until there is one."""
    later: tuple[tuple[str, int], ...] = ()
    """Kinds of seed rows with the version that added each; an older tab that has no row of one gets ours."""
    hidden: bool = False

    def column(self, field: str) -> Column:
        return next(c for c in self.columns if c.field == field)


@lru_cache(maxsize=4096)
def plain_header(header: object) -> str:
    """Return a header as headers are compared: without case, accents, spaces and punctuation."""
    return "".join(ch for ch in plain(str(header)) if ch.isalnum())


@cache
def _plain_headers(headers: tuple[str, ...]) -> frozenset[str]:
    return frozenset(plain_header(h) for h in headers)


def all_tabs() -> tuple[Tab, ...]:
    """Return every tab that sheets_schema describes, in their order."""
    stems = sorted(path.stem for path in folder("sheets_schema").glob("*.toml"))
    return tuple(sorted(map(_described, stems), key=lambda tab: tab.order))


def tab(title: str) -> Tab:
    """Return the tab of a title, from the file of that name: a job reads no description that it does not need."""
    return _described(title.casefold().replace(" ", "_"))


@cache
def _described(stem: str) -> Tab:
    return _tab(tomllib.loads((folder("sheets_schema") / f"{stem}.toml").read_text("utf-8")))


def tabs_of(spreadsheet: str) -> tuple[Tab, ...]:
    """Return the tabs of the ``programme``, the ``ledger`` or the ``wishes`` spreadsheet."""
    return tuple(t for t in all_tabs() if spreadsheet in t.spreadsheets)


def _tab(raw: dict[str, Any]) -> Tab:
    return Tab(
        title=raw["title"],
        spreadsheets=tuple(raw["spreadsheets"]),
        position=raw["position"],
        writer=raw["writer"],
        about=raw["about"],
        key=tuple(raw["key"]),
        columns=tuple(Column(**_tuples(c)) for c in raw["column"]),
        settings=tuple(Setting(**_tuples(s)) for s in raw.get("setting", ())),
        charts=tuple(Chart(**_tuples(c)) for c in raw.get("chart", ())),
        views=tuple(View(**v) for v in raw.get("view", ())),
        order=raw.get("order", raw["position"]),
        colour=raw.get("colour", ""),
        banded=raw.get("banded", False),
        gridlines=raw.get("gridlines", True),
        frozen_columns=raw.get("frozen_columns", 0),
        seed=raw.get("seed", ""),
        empty=raw.get("empty", {}),
        later=tuple((kind, version) for kind, version in raw.get("later", ())),
        hidden=raw.get("hidden", False),
    )


def _tuples(raw: dict[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in raw.items()}
