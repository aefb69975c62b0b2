"""Who has left, by what an HR system's export says: a day that is past, or the state of somebody's employment.

Such people are as good as absent from the file. Only words that say so count; where a state says that somebody is
here, no day speaks against it (whoever comes back keeps the old one). A column by which everybody had left means
something else.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date

from peerpact.tables.cells import Cell, Unusable, is_empty, text
from peerpact.tables.cells.cell import cell_at, plain
from peerpact.tables.cells.choices import read_taking_part
from peerpact.tables.cells.dates import orders_in, read_date
from peerpact.tables.roster_headers import own_words


def _ones(words: str, form: Callable[[str], str] = own_words) -> frozenset[str]:
    return frozenset(map(form, words.split(", ")))


_DAYS = _ones(
    "Termination date, Date of termination, Term date, Termination, Terminated on, Leaving date, Date of leaving, "
    "Last day, Last day of work, Last working day, Last day worked, Exit date, Date of exit, Separation date, "
    "End date, Employment end date, End of employment, Offboarding date, "
    "Austritt, Austrittsdatum, Austritt am, Austritt zum, Ausgetreten am, Letzter Arbeitstag, Beschäftigt bis, "
    "Date de sortie, Date de départ, Sortie, Fecha de baja, Fecha de salida, Fecha de cese, Último día"
)
_STATES = _ones(
    "Status, Employment status, Work status, Active status, Active, Is active, Active or inactive, Currently active, "
    "Employment state, Status read only, Beschäftigungsstatus, Mitarbeiterstatus, Personalstatus, Aktiv, Ist aktiv, "
    "Statut, Situation, Actif, Estado, Situación, Activo"
)
_GONE = _ones(
    "terminated, termed, term, separated, former, former employee, ex-employee, left the company, has left, "
    "resigned, retired, dismissed, deceased, offboarded, not active, non-active, no longer employed, "
    "deactivated, ausgeschieden, ausgetreten, inaktiv, nicht aktiv, ehemalig, ehemalige, ehemaliger, "
    "deaktiviert, sorti, sortie, parti, partie, inactif, inactive, licencié, licenciée, retraité, retraitée, "
    "baja, inactivo, inactiva, cesado, cesada, despedido, despedida, jubilado, jubilada",
    plain,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Leavers:
    """Who has left, and by which columns one can tell."""

    rows: frozenset[int] = frozenset()
    columns: tuple[int, ...] = ()
    """Places of the columns by which anybody has left, counted from 0."""
    unsure: tuple[int, ...] = ()
    """Rows whose day of leaving can't be read; these people stay."""
    later: Mapping[int, date] = field(default_factory=dict)
    """The last day, today or later, of those who are still here, by row."""
    later_columns: tuple[int, ...] = ()
    """Places of the columns by which anybody leaves later."""


def leavers_in(headers: Mapping[int, str], below: Mapping[int, Sequence[Cell]], today: date) -> Leavers:
    """Return who had left before a day, by columns that mean nothing else to us: their headers by place."""
    states = {p: _by_state(p, below) for p, header in headers.items() if own_words(header) in _STATES}
    last = {p: _last_days(p, below) for p, header in headers.items() if own_words(header) in _DAYS}
    days = {p: {n: day >= today for n, day in said.items()} for p, said in last.items()}
    here = {n for said in states.values() for n, is_here in said.items() if is_here}
    gone = {p: {n for n, is_here in said.items() if not is_here} for p, said in (states | days).items()}
    gone = {p: rows - here for p, rows in gone.items() if len(rows) < len(below)}
    unread = {
        n for p in days for n, row in below.items() if not is_empty(cell_at(row, p)) and n not in days[p]
    }
    left = frozenset().union(*gone.values())
    ahead = {
        p: {n: day for n, day in said.items() if day >= today and n not in left} for p, said in last.items()
    }
    return Leavers(
        rows=left,
        columns=tuple(p for p, rows in gone.items() if rows),
        unsure=tuple(sorted(unread - left - here)),
        later={
            n: min(said[n] for said in ahead.values() if n in said)
            for n in sorted(set().union(*ahead.values()))
        },
        later_columns=tuple(p for p, said in ahead.items() if said),
    )


def _by_state(place: int, below: Mapping[int, Sequence[Cell]]) -> dict[int, bool]:
    """Return who is here still, by row, where the state of their employment says so or says that they aren't."""
    return {n: is_here for n, row in below.items() if (is_here := _is_here(cell_at(row, place))) is not None}


def _is_here(state: Cell) -> bool | None:
    if plain(text(state)) in _GONE:
        return False
    with suppress(Unusable):
        return {"yes": True, "no": False}.get(read_taking_part(state))
    return None


def _last_days(place: int, below: Mapping[int, Sequence[Cell]]) -> dict[int, date]:
    """Return people's last days, by row, where they can be read."""
    filled = {n: cell for n, row in below.items() if not is_empty(cell := cell_at(row, place))}
    orders = orders_in(filled.values())
    found = {}
    for number, cell in filled.items():
        with suppress(Unusable):
            found[number] = read_date(cell, orders=orders)
    return found
