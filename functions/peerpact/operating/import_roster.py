"""``peerpact import``: a roster that another program exported, brought into the tab Roster.

Only columns that the file has, and cells that it fills, change anything; columns of the admins' own stay as they are.
Whoever is not in the file any more, or has left by what it says, gets “no” for Taking part: their row stays, as others
may report to them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from peerpact.errors import SheetError
from peerpact.google.access import Access
from peerpact.google.sheets import Upsert
from peerpact.operating.roster_files import read_roster_file
from peerpact.programme.problems import Problem
from peerpact.programme.sentences import any_of
from peerpact.programme.settings import Settings
from peerpact.tables.cells import Cell, PeopleByName, Reference, Unusable, text, write_cell
from peerpact.tables.cells.dates import EPOCH
from peerpact.tables.roster import read_roster
from peerpact.tables.roster_file import RosterFile
from peerpact.tables.rows import Row
from peerpact.tables.schema import tab
from peerpact.tables.tab_contents import TabContents

MOST_LEAVERS = 5
"""One in so many may be missing from the file without being asked about."""
SHOWN = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Import:
    """What a file would make of the roster."""

    file: RosterFile
    added: tuple[Mapping[str, Any], ...]
    changed: tuple[tuple[str, Mapping[str, tuple[Any, Cell]]], ...]
    """Address, and by field what is there and what the file has."""
    leavers: tuple[str, ...]
    problems: tuple[Problem, ...]

    @property
    def is_empty(self) -> bool:
        return not (self.added or self.changed or self.leavers)


def usable_file(path: Path, *, today: date | None = None, without_managers: bool = False) -> RosterFile:
    """Read a file, without who had left before a day (None: the machine's), before anything is asked of Google.

    Raises:
        SheetError: it can't be read, holds no roster, or has no managers.
    """
    file = read_roster_file(path, today=today)
    refuse_without_managers(file, path.name, without_managers=without_managers)
    return file


def plan_import(access: Access, file: RosterFile, name: str, *, with_leavers: bool = False) -> Import:
    """Compare a file with the tab Roster; change nothing.

    Raises:
        SheetError: it lacks so many people that it may be the wrong one.
    """
    workbook = access.programme
    workbook.read(["Roster", "Settings"])
    there, wanted = workbook.contents("Roster"), file.contents(workbook.locale)
    found = _compared(file, there, wanted, workbook.settings()[0])
    standing = [r for r in there.rows if r["taking_part"] != "no"]
    if len(found.leavers) * MOST_LEAVERS > len(standing) and not with_leavers:
        raise SheetError(
            f"{len(found.leavers)} of {len(standing)} people who take part are not in {name}. Is it the whole "
            "company? If they all leave, say --leavers; they then get “no” for Taking part."
        )
    return found


def refuse_without_managers(file: RosterFile, name: str, *, without_managers: bool) -> None:
    """Stop at a file from which nobody could tell who reports to whom.

    Raises:
        SheetError: it names none, or none for many, as where a report writes each once for a whole group, and nobody
            said that this is right.
    """
    if without_managers or not (trouble := file.trouble_with_managers):
        return
    unknown = f" Not used: {', '.join(f'“{h}”' for h in file.ignored)}." if file.ignored else ""
    raise SheetError(
        f"{name} {trouble}, so people could be paired with their own. Export it with a column “Manager” that is filled "
        f"in every row, or say --no-managers if they have none.{unknown}"
    )


def left_out(file: RosterFile) -> Iterator[str]:
    """Say in lines who is in a file and has left, or leaves later, and of whom it can't be told."""
    if file.left:
        yield f"Have left by {_any_of(file.left_by)}, so they count as not in the file: {_listed(file.left)}"
    if file.later:
        ahead = [f"{name} ({day})" for name, day in sorted(file.later, key=lambda one: one[1])]
        yield f"Leave later by {_any_of(file.later_by)}, and take part until a newer file says so: {_listed(ahead)}"
    if file.unsure_of:
        rows = ", ".join(map(str, file.unsure_of[:SHOWN])) + (" ..." if len(file.unsure_of) > SHOWN else "")
        yield f"The last day can't be read, so they are taken as still here: row {rows}"


def carry_out(access: Access, plan: Import) -> None:
    """Write what a plan says into the tab Roster."""
    changed: list[dict[str, Cell]] = [
        {"email": e, **{f: new for f, (_, new) in cells.items()}} for e, cells in plan.changed
    ]
    left = [{"email": email, "taking_part": "no"} for email in plan.leavers]
    access.programme.commit([Upsert("Roster", [*changed, *left, *plan.added])])


def told(plan: Import, name: str) -> Iterator[str]:
    """Say in lines what became of the file's columns, and what would become of the roster."""
    yield f"{name}, row {plan.file.header} names the columns:"
    for field, header in plan.file.columns.items():
        yield f"  {tab('Roster').column(field).name} is “{header}”"
    if plan.file.ignored:
        yield f"  Not used: {', '.join(f'“{h}”' for h in plan.file.ignored)}"
    yield from left_out(plan.file)
    without = [text(plan.file.rows[n].get("name")) or f"row {n}" for n in plan.file.without_manager]
    yield f"Without a manager: {_listed(without)}"
    new = [f"{row['name']} ({row['email']})" for row in plan.added]
    yield f"New: {_listed(new)}"
    yield f"Changed: {len(plan.changed)}"
    for email, cells in plan.changed:
        yield f"  {email}: " + "; ".join(
            f"{tab('Roster').column(f).name} {_shown(old)} → {_shown(_as_read(f, new))}"
            for f, (old, new) in cells.items()
        )
    yield f"Leave (“no” for Taking part): {_listed(plan.leavers)}"
    if plan.problems:
        yield f"To be put right, in {name} or afterwards in the tab: {len(plan.problems)}"
    for problem in plan.problems:
        row = f"row {problem.row}, " if problem.row else ""
        yield f"  {row}{problem.row_key}, {problem.column}: {problem.what} {problem.remedy}"


def _compared(file: RosterFile, there: TabContents, wanted: TabContents, settings: Settings) -> Import:
    known = {r["email"]: r for r in (*there.rows, *there.unusable) if r["email"]}
    new = {r["email"]: r for r in reversed((*wanted.rows, *wanted.unusable)) if r["email"]}
    names = PeopleByName({e: r["name"] for e, r in (known | new).items() if r["name"]})
    fields = [f for f in file.columns if f in there.places and f != "email"]
    rows = {e: _typed(file, r, names) for e, r in sorted(new.items(), key=lambda item: item[1].number)}
    changed = ((e, _changes(known[e], rows[e], fields, new[e], names)) for e in rows if e in known)
    return Import(
        file=file,
        added=tuple(row | {"email": e} for e, row in rows.items() if e not in known),
        changed=tuple((e, cells) for e, cells in changed if cells),
        leavers=tuple(e for e, r in known.items() if e not in new and r["taking_part"] != "no"),
        problems=_problems_of(wanted, known.values(), settings),
    )


def _problems_of(wanted: TabContents, there: Iterable[Row], settings: Settings) -> tuple[Problem, ...]:
    """Return what the next check of the roster would find in a file's rows, beside those that stay on the roster."""
    new = {r["email"] for r in (*wanted.rows, *wanted.unusable)}
    staying = tuple(r for r in there if r["email"] not in new)
    found = read_roster(replace(wanted, rows=(*wanted.rows, *staying)), settings).problems
    theirs = {row["email"] for row in staying}
    return tuple(p for p in found if p.row is None or p.row_key not in theirs)


def _as_read(field: str, cell: Cell) -> Any:
    """Return a cell that is to be typed as people read it: a day instead of its serial number."""
    if tab("Roster").column(field).type == "date" and isinstance(cell, int | float):
        return (EPOCH + timedelta(days=cell)).date()
    return cell


def _typed(file: RosterFile, row: Row, names: PeopleByName) -> dict[str, Cell]:
    """Return a row's cells as they are to be typed: days as days, managers as addresses where they can be told."""
    cells: dict[str, Cell] = {}
    for field in file.columns:
        value = row[field]
        raw = file.rows[row.number].get(field, "")
        if field == "managers" and value:
            raw = _addresses(value, names) or raw
        if isinstance(value, date):
            raw = write_cell(value)
        cells[field] = value if field == "name" and value else raw
    return cells


def _addresses(managers: Sequence[Reference], names: PeopleByName) -> str:
    try:
        return ", ".join(names.find(m) for m in managers)
    except Unusable:
        return ""


def _changes(
    there: Row, cells: Mapping[str, Cell], fields: Sequence[str], new: Row, names: PeopleByName
) -> dict[str, tuple[Any, Cell]]:
    changes = {}
    for field in fields:
        old, wanted = there[field], new[field]
        if field == "managers":
            old, wanted = _addresses(old or (), names), _addresses(wanted or (), names)
        if wanted and wanted != old and field not in new.unread:
            changes[field] = (old, cells[field])
    return changes


def _any_of(headers: Sequence[str]) -> str:
    return any_of(f"“{h}”" for h in headers)


def _listed(names: Sequence[str]) -> str:
    more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
    return f"{len(names)}" + (f": {', '.join(names[:SHOWN])}{more}" if names else "")


def _shown(value: Any) -> str:
    if isinstance(value, tuple):
        value = ", ".join(map(str, value))
    return f"“{value}”" if value not in (None, "") else "(empty)"
