"""The same people as different programs export them: encodings, separators, kinds of files, headers of HR systems."""

from __future__ import annotations

import csv
import io
from collections import OrderedDict
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook
from pyexcel_ods3 import save_data

from peerpact.errors import SheetError
from peerpact.operating.roster_files import read_roster_file
from peerpact.programme.people import Person
from peerpact.programme.settings import Settings
from peerpact.tables.roster import read_roster
from peerpact.tables.roster_file import RosterFile

HEADER = ["Name", "E-mail", "Team", "Manager", "Working hours", "Joined"]
PEOPLE = [
    ["Margot Lind", "margot@example.com", "People", "", "9-17", "2026-01-01"],
    ["Jörg Müller", "joerg@example.com", "Sales, West", "margot@example.com", "9-17", "2026-01-01"],
    ["Zoë Lukasz", "zoe@example.com", "Data", "joerg@example.com", "9-17", "2026-01-01"],
    ["Li Wei", "li@example.com", "Legal", "margot@example.com", "9-17", "2026-01-01"],
]
Rows = list[list[str]]


def as_csv(rows: Rows, separator: str = ",", ending: str = "\n") -> str:
    lines = io.StringIO()
    csv.writer(lines, delimiter=separator, lineterminator=ending).writerows(rows)
    return lines.getvalue()


def people(file: RosterFile) -> dict[str, Person]:
    return read_roster(file.contents("en_GB"), Settings()).people


def read(tmp_path: Path, content: bytes | str, name: str = "roster.csv") -> RosterFile:
    path = tmp_path / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_roster_file(path)


def plain(tmp_path: Path) -> dict[str, Person]:
    return people(read(tmp_path, as_csv([HEADER, *PEOPLE]), "plain.csv"))


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "latin-1"]
)
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_reads_the_same_people_in_any_encoding_and_separator(
    tmp_path: Path, separator: str, encoding: str, ending: str
) -> None:
    content = as_csv([HEADER, *PEOPLE], separator, ending).encode(encoding)
    assert people(read(tmp_path, content)) == plain(tmp_path)


def test_heeds_the_line_in_which_excel_names_the_separator(tmp_path: Path) -> None:
    assert people(read(tmp_path, "sep=;\r\n" + as_csv([HEADER, *PEOPLE], ";"))) == plain(tmp_path)


def test_reads_the_same_people_from_workbooks(tmp_path: Path) -> None:
    rows = [["Mentoring", "", "", "", "", ""], [], HEADER, *([*p[:-1], date(2026, 1, 1)] for p in PEOPLE)]
    book = Workbook()
    book.active.title = "Notes"
    book.active.append(["Exported for the People team"])
    sheet = book.create_sheet("People")
    for row in rows:
        sheet.append(row)
    book.save(tmp_path / "roster.xlsx")
    save_data(str(tmp_path / "roster.ods"), OrderedDict(Notes=[["Exported"]], People=rows))
    for name in ("roster.xlsx", "roster.ods"):
        file = read_roster_file(tmp_path / name)
        assert people(file) == plain(tmp_path), name
        assert file.header == 3, name


WORKDAY = ["Employee ID", "Worker", "Email - Primary Work", "Supervisory Organization", "Worker's Manager"]
SYSTEMS: list[tuple[list[str], list[int]]] = [
    (WORKDAY, [-1, 0, 1, 2, 3]),
    (["Employee #", "Full name", "Work Email", "Team", "Reporting to"], [-1, 0, 1, 2, 3]),
    (["Personalnummer", "Name", "E-Mail", "Team", "Vorgesetzter"], [-1, 0, 1, 2, 3]),
    (["Timestamp", "Email Address", "Your name", "Team", "Your manager"], [-1, 1, 0, 2, 3]),
    (["Matricule", "Nom complet", "Adresse e-mail", "Équipe", "Responsable hiérarchique"], [-1, 0, 1, 2, 3]),
    (["Nº", "Nombre completo", "Correo electrónico", "Equipo", "Jefe directo"], [-1, 0, 1, 2, 3]),
    (["User ID", "Display Name", "Business Email Address", "Org unit", "Manager"], [-1, 0, 1, 2, 3]),
]


@pytest.mark.parametrize(
    ("header", "order"), SYSTEMS, ids=lambda x: str(x[1]) if isinstance(x[0], str) else ""
)
@pytest.mark.parametrize("by_name", [False, True])
def test_knows_the_headers_of_usual_exports(
    tmp_path: Path, header: list[str], order: list[int], by_name: bool
) -> None:
    names = {p[1]: p[0] for p in PEOPLE}
    rows = [[*p[:3], names.get(p[3], "") if by_name else p[3]] for p in PEOPLE]
    content = as_csv([header, *([str(n) if i < 0 else row[i] for i in order] for n, row in enumerate(rows))])
    file = read(tmp_path, content)
    assert {e: (p.name, p.team, p.managers) for e, p in people(file).items()} == {
        e: (p.name, p.team, p.managers) for e, p in plain(tmp_path).items()
    }
    assert file.ignored == (header[0],)


def test_puts_first_and_last_name_together(tmp_path: Path) -> None:
    header = [
        "First Name [Required]",
        "Last Name [Required]",
        "Email Address [Required]",
        "Password [Required]",
    ]
    header += ["Org Unit Path [Required]", "Manager Email", "Status"]
    rows = [[*p[0].split(" ", 1), p[1], "****", p[2], p[3], "Active"] for p in PEOPLE]
    file = read(tmp_path, as_csv([header, *rows]))
    assert {p.name: p.first_name for p in people(file).values()} == {p[0]: p[0].split()[0] for p in PEOPLE}
    assert file.ignored == ("Password [Required]", "Status")


def test_takes_of_two_columns_the_one_with_addresses_for_the_manager(tmp_path: Path) -> None:
    rows = [["Name", "Email", "Manager", "Manager Email"], *([p[0], p[1], "17", p[3]] for p in PEOPLE)]
    assert people(read(tmp_path, as_csv(rows)))["li@example.com"].managers == ("margot@example.com",)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "is empty"),
        (" ,\n\n,,\n", "is empty"),
        ("Ada,ada@example.com\n", "names the columns"),
        ("Name,E-mail\n", "no people in it"),
        (
            "Name,Team,Manager\nAda,Ops,\n",
            "has no column “E-mail”. Row 1 names the columns: “Name”, “Team”, “Manager”",
        ),
    ],
)
def test_says_what_a_file_lacks(tmp_path: Path, content: str, said: str) -> None:
    with pytest.raises(SheetError, match=said):
        read(tmp_path, content)


@pytest.mark.parametrize("name", ["roster.xlsx", "roster.ods", "roster.pdf", "roster.xls"])
def test_says_in_a_sentence_that_a_file_cannot_be_read(tmp_path: Path, name: str) -> None:
    with pytest.raises(SheetError, match=r"roster\.\w+ (can't be read as|is neither CSV)"):
        read(tmp_path, b"PK\x03\x04 not really", name)


def test_tells_whether_a_file_names_managers(tmp_path: Path) -> None:
    without = [["Name", "E-mail", "Manager"], *([p[0], p[1], ""] for p in PEOPLE)]
    assert not read(tmp_path, as_csv(without)).has_managers
    assert read(tmp_path, as_csv([HEADER, *PEOPLE])).has_managers
