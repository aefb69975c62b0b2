"""People who are in an export and have left: known by a past day or by a state, in whichever words; others stay."""

from __future__ import annotations

from datetime import date

import pytest

from peerpact.tables.roster_file import RosterFile, roster_in

TODAY = date(2026, 3, 2)


def read(*columns: tuple[str, str, str, str]) -> RosterFile:
    """Read three people, Ada, Ben and Cleo, with further columns: a header and a cell for each of the three."""
    header = ["Name", "E-mail", "Manager", *(c[0] for c in columns)]
    people = [
        [name, f"{name.lower()}@example.com", "", *(c[n] for c in columns)]
        for n, name in enumerate(("Ada", "Ben", "Cleo"), start=1)
    ]
    return roster_in([header, *people], name="export.csv", today=TODAY)


@pytest.mark.parametrize(
    ("header", "here", "gone"),
    [
        ("Status", "Active", "Terminated"),
        ("Status", "active", "INACTIVE"),
        ("Employee Status", "Active", "Resigned"),
        ("Employment Status", "Full-time", "Terminated"),
        ("Status", "", "Former employee"),
        ("Worker status", "On leave", "Retired"),
        ("Status [READ ONLY]", "Suspended", "Deactivated"),
        ("Active?", "Yes", "No"),
        ("Active", "TRUE", "FALSE"),
        ("Is active", "1", "0"),
        ("Aktiv", "ja", "nein"),
        ("Mitarbeiterstatus", "aktiv", "ausgeschieden"),
        ("Statut", "Actif", "Sortie"),
        ("Activo", "Sí", "No"),
        ("Estado", "Alta", "Baja"),
        ("Termination Date", "", "28/02/2026"),
        ("Employee termination date", "2026-03-02", "2026-03-01"),
        ("Last day of work", "31.12.2026", "31.12.2025"),
        ("Austrittsdatum", "", "1.3.2026"),
        ("Date de sortie", "", "28 février 2026"),
        ("Fecha de baja", "", "2025-11-30"),
    ],
)
def test_leaves_out_who_has_left(header: str, here: str, gone: str) -> None:
    file = read((header, here, gone, here))
    assert [row["name"] for row in file.rows.values()] == ["Ada", "Cleo"]
    assert (file.left, file.left_by, file.ignored) == (("Ben",), (header,), ())


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("Status", ("Active", "Active", "Active")),
        ("Status", ("Probation", "Permanent", "On leave")),
        ("Manager status", ("Active", "Terminated", "Active")),
        ("Email status", ("Active", "Inactive", "Active")),
        ("Leave start date", ("2026-01-01", "2026-01-02", "")),
        ("Contract end", ("2025-12-31", "", "2024-12-31")),
        ("Status", ("Out", "Out", "Out")),
        ("Termination date", ("2025-12-31", "2025-12-31", "2025-12-31")),
    ],
)
def test_leaves_nobody_out_on_a_guess(header: str, cells: tuple[str, str, str]) -> None:
    file = read((header, *cells))
    assert ([row["name"] for row in file.rows.values()], file.left) == (["Ada", "Ben", "Cleo"], ())
    assert file.ignored == (header,)


def test_keeps_who_leaves_later_and_says_when() -> None:
    file = read(
        ("Last day", "31/12/2026", "2025-12-31", "2026-03-02"), ("Exit date", "2026-11-30", "", "n/a")
    )
    assert [row["name"] for row in file.rows.values()] == ["Ada", "Cleo"]
    assert dict(file.later) == {"Ada": date(2026, 11, 30), "Cleo": date(2026, 3, 2)}
    assert (file.later_by, file.ignored) == (("Last day", "Exit date"), ())


def test_believes_a_state_before_an_older_day() -> None:
    file = read(("Status", "Active", "", "Active"), ("Termination date", "2024-06-30", "2024-06-30", ""))
    assert (file.left, file.left_by, file.ignored) == (("Ben",), ("Termination date",), ("Status",))


def test_keeps_whose_last_day_cannot_be_read_and_says_so() -> None:
    file = read(("Last day", "2025-12-31", "soon", "31.31.2025"))
    assert (file.left, file.unsure_of) == (("Ada",), (3, 4))


def test_reads_days_by_the_order_that_others_show() -> None:
    file = read(("Exit date", "03/04/2026", "12/31/2025", ""))
    assert file.left == ("Ben",)
    file = read(("Exit date", "03/04/2026", "02/04/2026", "31/12/2025"))
    assert file.left == ("Cleo",), "the others leave in April"


def test_finds_managers_by_the_number_of_somebody_who_has_left() -> None:
    grid = [
        ["ID", "Name", "E-mail", "Manager ID", "Status"],
        ["1", "Ada", "ada@example.com", "", "Terminated"],
        ["2", "Ben", "ben@example.com", "1", "Active"],
        ["3", "Cleo", "cleo@example.com", "2", "Active"],
    ]
    file = roster_in(grid, name="export.csv", today=TODAY)
    assert {row["name"]: row["managers"] for row in file.rows.values()} == {
        "Ben": "ada@example.com",
        "Cleo": "ben@example.com",
    }
