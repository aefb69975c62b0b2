"""The same people as different programs export them: encodings, separators, kinds of files, headers of HR systems."""

from __future__ import annotations

import csv
import io
import zipfile
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


@pytest.mark.parametrize("header", ["Employee", "Name", "E-mail"])
@pytest.mark.parametrize("form", ["{} <{}>", "{} ({})"])
def test_takes_name_and_address_from_one_column(tmp_path: Path, header: str, form: str) -> None:
    wholes = {p[1]: form.format(p[0], p[1]) for p in PEOPLE}
    rows = [[wholes[p[1]], *p[2:3], wholes.get(p[3], ""), *p[4:]] for p in PEOPLE]
    file = read(tmp_path, as_csv([[header, *HEADER[2:]], *rows]))
    assert people(file) == plain(tmp_path)


def test_takes_an_address_off_a_name_beside_it(tmp_path: Path) -> None:
    rows = [[f"{p[0]} <{p[1]}>", *p[1:]] for p in PEOPLE]
    assert people(read(tmp_path, as_csv([HEADER, *rows]))) == plain(tmp_path)


def test_takes_of_two_columns_the_one_with_addresses_for_the_manager(tmp_path: Path) -> None:
    rows = [["Name", "Email", "Manager", "Manager Email"], *([p[0], p[1], "17", p[3]] for p in PEOPLE)]
    assert people(read(tmp_path, as_csv(rows)))["li@example.com"].managers == ("margot@example.com",)


def lines_of(file: RosterFile) -> dict[str, tuple[str, ...]]:
    return {email: person.managers for email, person in people(file).items()}


def numbered(person: list[str]) -> str:
    """Return the number that the company gives a person's manager."""
    return next((str(1000 + n) for n, p in enumerate(PEOPLE) if p[1] == person[3]), "")


ODD: dict[str, Rows] = {
    "headers above and below": [["fields"], HEADER[:4], *([p[0], p[1], p[2], p[3]] for p in PEOPLE)],
    "the header on every page": [
        HEADER[:4],
        *(p[:4] for p in PEOPLE[:2]),
        HEADER[:4],
        *(p[:4] for p in PEOPLE[2:]),
    ],
    "totals and a footer": [
        HEADER[:4],
        *(p[:4] for p in PEOPLE),
        [],
        ["Total: 4"],
        ["Exported by HR"],
        ["Page 1 of 1"],
    ],
    "a heading before each team": [
        ["Name", "E-mail", "Manager"],
        *(row for p in PEOPLE for row in ([f"{p[2]} (1)", "", ""], [p[0], p[1], p[3]])),
    ],
    "the manager's name here, the address there": [
        ["Name", "E-mail", "Manager", "Manager E-mail"],
        *(
            [p[0], p[1], *(("", p[3]) if n % 2 else ({q[1]: q[0] for q in PEOPLE}.get(p[3], ""), ""))]
            for n, p in enumerate(PEOPLE)
        ),
    ],
    "groups of columns": [
        ["Employee", "", "Reports to", ""],
        ["Name", "E-mail", "Name", "E-mail"],
        *([p[0], p[1], "", p[3]] for p in PEOPLE),
    ],
    "a private address first": [
        ["Name", "E-mail (private)", "E-mail (work)", "Line manager (e-mail)"],
        *([p[0], f"{p[0].split()[0].lower()}@mail.example", p[1], p[3]] for p in PEOPLE),
    ],
    "managers by number": [
        ["Employee ID", "Name", "Nr", "E-mail", "Manager ID"],
        *([str(1000 + n), p[0], str(n + 1), p[1], numbered(p)] for n, p in enumerate(PEOPLE)),
    ],
    "empty columns and separators at the end": [
        ["", *HEADER[:2], "", "Manager", "", ""],
        *(["", *p[:2], "", p[3], "", ""] for p in PEOPLE),
    ],
}


@pytest.mark.parametrize("rows", ODD.values(), ids=ODD)
def test_finds_the_same_people_and_lines_however_a_report_is_laid_out(tmp_path: Path, rows: Rows) -> None:
    file = read(tmp_path, as_csv(rows))
    assert lines_of(file) == lines_of(read(tmp_path, as_csv([HEADER, *PEOPLE]), "plain.csv"))
    assert file.trouble_with_managers == ""


def test_names_rows_by_their_number_in_the_file(tmp_path: Path) -> None:
    rows = [["Mentoring"], [], HEADER, *PEOPLE[:2], [], ["Somebody", "nonsense", "", "", "", ""], *PEOPLE[2:]]
    problems = read(tmp_path, as_csv(rows)).contents("en_GB").problems
    assert [(p.row, p.column) for p in problems] == [(7, "E-mail")]


@pytest.mark.parametrize(
    ("numbers", "managers"),
    [(["7", "7", "8", "9"], ["", "7", "8", "7"]), (["7", "8", "9", "10"], ["", "7", "99", "7"])],
    ids=["two of one number", "nobody of that number"],
)
def test_takes_no_number_for_a_manager_where_it_is_not_clear_whose_it_is(
    tmp_path: Path, numbers: list[str], managers: list[str]
) -> None:
    rows = [[n, p[0], p[1], m] for n, p, m in zip(numbers, PEOPLE, managers, strict=True)]
    file = read(tmp_path, as_csv([["ID", "Name", "E-mail", "Manager"], *rows]))
    assert [m for m in lines_of(file).values() if m] == [(f"?{p[1]}",) for p in PEOPLE[1:]]


def test_asks_about_managers_that_stand_once_for_a_whole_group(tmp_path: Path) -> None:
    names = [f"P{n} Q" for n in range(9)]
    rows = [
        [name, f"p{n}@example.com", "" if n % 3 or not n else "p0@example.com"]
        for n, name in enumerate(names)
    ]
    file = read(tmp_path, as_csv([["Name", "E-mail", "Manager"], *rows]))
    assert file.trouble_with_managers.startswith(
        "names no manager for 7 of 9 people (P0 Q, P1 Q, P2 Q, P4 Q, P5 Q and 2"
    )


def test_takes_a_preferred_name_for_the_greeting_where_first_and_last_name_are_there(tmp_path: Path) -> None:
    rows = [
        ["First name", "Last name", "Preferred name", "E-mail"],
        ["Robert", "Brown", "Bob", "b@example.com"],
    ]
    file = read(tmp_path, as_csv([*rows, ["Ana", "Gil", "", "a@example.com"]]))
    assert [(p.name, p.first_name) for p in people(file).values()] == [
        ("Robert Brown", "Bob"),
        ("Ana Gil", "Ana"),
    ]


def workbook_of(path: Path, rows: Rows, *, merged: str = "") -> Path:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    if merged:
        book.active.merge_cells(merged)
    book.save(path)
    return path


def test_puts_what_a_merged_cell_holds_into_every_row(tmp_path: Path) -> None:
    grouped = sorted((p[:4] for p in PEOPLE), key=lambda p: p[3])
    assert [p[3] for p in grouped][2:] == ["margot@example.com"] * 2
    once = [*grouped[:3], [*grouped[3][:3], ""]]
    file = read_roster_file(workbook_of(tmp_path / "a.xlsx", [HEADER[:4], *once], merged="D4:D5"))
    assert lines_of(file) == lines_of(read(tmp_path, as_csv([HEADER, *PEOPLE])))
    assert lines_of(read_roster_file(as_ods(tmp_path / "a.ods", once))) == lines_of(file)


def as_ods(path: Path, people: Rows) -> Path:
    """Write an ODS in which cells have remarks, two rows one manager between them, and teams are repeated."""

    def cell(words: str, more: str = "") -> str:
        remark = "<office:annotation><text:p>on leave</text:p></office:annotation>"
        typed = f"{remark}<text:p>{words}</text:p>"
        return f'<table:table-cell office:value-type="string" {more}>{typed}</table:table-cell>'

    last = ["", "", 'table:number-rows-spanned="2"', None]
    rows = [
        f"<table:table-row>{''.join(map(cell, ['Name', 'E-mail', 'Team', 'Department', 'Manager']))}</table:table-row>"
    ]
    for person, more in zip(people, last, strict=True):
        end = "<table:covered-table-cell/>" if more is None else cell(person[3], more)
        twice = cell(person[2], 'table:number-columns-repeated="2"')
        rows.append(f"<table:table-row>{cell(person[0])}{cell(person[1])}{twice}{end}</table:table-row>")
    spaces = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"'
        for short in ("office", "table", "text")
    )
    body = f'<table:table table:name="S">{"".join(rows)}</table:table>'
    with zipfile.ZipFile(path, "w") as ods:
        ods.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        ods.writestr(
            "content.xml",
            f"<office:document-content {spaces}><office:body><office:spreadsheet>{body}</office:spreadsheet>"
            "</office:body></office:document-content>",
        )
        ods.writestr(
            "META-INF/manifest.xml",
            '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><m:file-entry m:full-path="/" '
            'm:media-type="application/vnd.oasis.opendocument.spreadsheet"/></m:manifest>',
        )
    return path


def test_takes_no_formula_without_a_result_for_an_empty_cell(tmp_path: Path) -> None:
    rows = [HEADER[:4], *(p[:4] for p in PEOPLE[:3]), [*PEOPLE[3][:3], '=VLOOKUP("li",A:D,4)']]
    with pytest.raises(
        SheetError, match="cell D5 holds a formula without its result; open the file in Excel"
    ):
        read_roster_file(workbook_of(tmp_path / "a.xlsx", rows))


def test_reads_of_several_sheets_the_one_with_the_people(tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(["Team", "Country"])
    sheet = book.create_sheet("People")
    for row in (HEADER, *PEOPLE):
        sheet.append(row)
    book.save(tmp_path / "a.xlsx")
    assert people(read_roster_file(tmp_path / "a.xlsx")) == plain(tmp_path)


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
    assert read(tmp_path, as_csv(without)).trouble_with_managers == "names no managers"
    assert read(tmp_path, as_csv([HEADER, *PEOPLE])).trouble_with_managers == ""
