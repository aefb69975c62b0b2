"""Which header means which column (headers.tsv), and whole exports of HR systems that say it in words of their own."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from peerpact.operating.roster_files import read_roster_file
from peerpact.programme.settings import Settings
from peerpact.tables.roster import read_roster
from peerpact.tables.roster_headers import MANAGERS_PARTS, NUMBERS, meaning
from peerpact.tables.schema import tab

PEOPLE = [
    ("Margot", "Lind", ""),
    ("Tomas", "Ferro", "Lind"),
    ("Zoe", "Lukasz", "Ferro"),
    ("Ida", "Kroll", "Lind"),
]
FIRST = {last: first for first, last, _ in PEOPLE}
NUMBER = {last: f"E{number}" for number, (_, last, _) in enumerate(PEOPLE, start=11)}


def rows() -> list[tuple[str, ...]]:
    with (Path(__file__).parent / "headers.tsv").open(encoding="utf-8", newline="") as lines:
        return [tuple(row) for row in csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)][1:]


def taken_for(header: str) -> str:
    found = meaning(header)
    groups = {"manager's number": NUMBERS, "manager's first or last name": MANAGERS_PARTS}
    ours = {c.name: c.headers for c in tab("Roster").columns}
    return next((name for name, headers in (ours | groups).items() if found in headers), "-")


@pytest.mark.parametrize(("header", "means"), rows())
def test_knows_what_a_header_means_and_takes_no_other_for_it(header: str, means: str) -> None:
    assert taken_for(header) == means


def address(last: str) -> str:
    return f"{FIRST[last]}.{last}@example.com".lower() if last else ""


def whole(last: str) -> str:
    return f"{FIRST[last]} {last}" if last else ""


def directory_name(last: str) -> str:
    return f"CN={last}\\, {FIRST[last]},OU=Staff,DC=example,DC=com" if last else ""


FIELDS = {
    "first": lambda last, _: FIRST[last],
    "last": lambda last, _: last,
    "name": lambda last, _: whole(last),
    "listed": lambda last, _: f"{last}, {FIRST[last]}",
    "boss listed": lambda _, manager: manager and f"{manager}, {FIRST[manager]}",
    "turned": lambda last, _: f"{last} {FIRST[last]}",
    "mail": lambda last, _: address(last),
    "number": lambda last, _: NUMBER[last],
    "other": lambda *_: "Sales",
    "day": lambda *_: "2026-01-05",
    "boss": lambda _, manager: whole(manager),
    "boss mail": lambda _, manager: address(manager),
    "boss first": lambda _, manager: FIRST.get(manager, ""),
    "boss last": lambda _, manager: manager,
    "boss number": lambda _, manager: NUMBER.get(manager, ""),
    "boss in the directory": lambda _, manager: directory_name(manager),
    "boss with a link": lambda _, manager: manager and f"{whole(manager)} (https://notes.example/{manager})",
}
SYSTEMS: list[dict[str, str]] = [
    {"First name": "first", "Last name": "last", "Email": "mail", "Supervisor": "boss", "Hire date": "day"},
    {"Display name": "name", "Email": "mail", "Reports to": "boss", "Reports to email": "boss mail"},
    {"Employee": "name", "Work email": "mail", "Manager": "boss", "Manager work email": "boss mail"},
    {
        "Worker name": "name",
        "Worker email": "mail",
        "Direct manager": "boss",
        "Direct manager email": "boss mail",
    },
    {"USERID": "number", "FIRSTNAME": "first", "LASTNAME": "last", "EMAIL": "mail", "MANAGER": "boss number"},
    {
        "Person Number": "number",
        "Display Name": "name",
        "Work Email": "mail",
        "Line Manager Email": "boss mail",
    },
    {
        "Legal First Name": "first",
        "Legal Last Name": "last",
        "Work Contact: Work Email": "mail",
        "Reports To Name": "boss",
        "Associate ID": "number",
        "Reports To Associate ID": "boss number",
    },
    {"Employee Name (First Last)": "name", "Email Address": "mail", "Supervisor Email Address": "boss mail"},
    {"Employee Display Name": "name", "Business Email": "mail", "Manager Display Name": "boss"},
    {
        "First Name": "first",
        "Last Name": "last",
        "Work E-Mail": "mail",
        "Supervisor First Name": "boss first",
        "Supervisor Last Name": "boss last",
    },
    {"EmailID": "mail", "First Name": "first", "Last Name": "last", "Reporting To": "boss"},
    {"Nom de naissance": "last", "Prénom(s)": "first", "Email professionnel": "mail", "Manager N+1": "boss"},
    {
        "Nom": "last",
        "Prénom": "first",
        "E-mail": "mail",
        "Nom du manager": "boss last",
        "Prénom du manager": "boss first",
    },
    {"Nombre": "first", "Apellidos": "last", "Correo del empleado": "mail", "Correo del jefe": "boss mail"},
    {"Personalnr.": "number", "Vorname": "first", "Familienname": "last", "E-Mail dienstlich": "mail"}
    | {"Vorgesetzter Name": "boss"},
    {"userPrincipalName": "mail", "displayName": "name", "manager": "boss mail", "givenName": "first"},
    {"DisplayName": "name", "EmailAddress": "mail", "Manager": "boss in the directory"},
    {"ID": "number", "Start time": "day", "Email": "mail", "Name": "name", "Who is your manager?": "boss"},
    {"Vorname": "first", "Nachname": "last", "Arbeits-E-Mail": "mail", "Vorgesetzte/r (E-Mail)": "boss mail"},
    {"Full Name": "name", "Work Email": "mail", "Manager (from People)": "boss with a link"},
    {"First name": "first", "Last name": "last", "Email": "mail", "Line manager name": "boss"}
    | {"Line manager email": "boss mail"},
    {"Employee #": "number", "Last Name, First Name": "listed", "Work Email": "mail", "Reporting to": "boss"},
    {"Payroll Name": "listed", "Position ID": "number", "Work Contact: Work Email": "mail"}
    | {"Reports To Name": "boss listed", "Hire/Rehire Date": "day"},
    {
        "Pers.-Nr.": "number",
        "Name, Vorname": "listed",
        "E-Mail geschäftl.": "mail",
        "Vorgesetzte/r": "boss listed",
    },
]


def exported(tmp_path: Path, columns: dict[str, str]) -> Path:
    path = tmp_path / "export.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file)
        lines.writerow(columns)
        lines.writerows([FIELDS[what](last, boss) for what in columns.values()] for _, last, boss in PEOPLE)
    return path


@pytest.mark.parametrize("columns", SYSTEMS, ids=lambda c: next(reversed(c)))
def test_finds_the_same_people_and_lines_in_every_export(tmp_path: Path, columns: dict[str, str]) -> None:
    file = read_roster_file(exported(tmp_path, columns))
    people = read_roster(file.contents("en_GB"), Settings()).people.values()
    assert [(p.email, p.name, p.first_name, p.managers) for p in people] == [
        (address(last), whole(last), first, (address(boss),) if boss else ()) for first, last, boss in PEOPLE
    ]


def test_greets_by_the_whole_name_where_a_column_may_begin_with_the_family_s(tmp_path: Path) -> None:
    columns = {"Nachname Vorname": "turned", "E-Mail-Adresse": "mail", "Dir. Vorgesetzter": "boss"}
    file = read_roster_file(exported(tmp_path, columns))
    people = read_roster(file.contents("en_GB"), Settings()).people.values()
    assert [(p.first_name, p.managers) for p in people] == [
        (f"{last} {first}", (address(boss),) if boss else ()) for first, last, boss in PEOPLE
    ]


def test_leaves_a_managers_number_that_is_none_to_be_told_and_reads_the_others(tmp_path: Path) -> None:
    path = exported(
        tmp_path, {"USERID": "number", "Name": "name", "E-mail": "mail", "Manager": "boss number"}
    )
    path.write_text(
        path.read_text("utf-8").replace("lind@example.com,\n", "lind@example.com,NO_MANAGER\n"), "utf-8"
    )
    people = read_roster(read_roster_file(path).contents("en_GB"), Settings()).people
    assert [p.managers for p in people.values()] == [
        (f"?{address('Lind')}",),
        *((address(boss),) for _, _, boss in PEOPLE[1:]),
    ]


@pytest.mark.parametrize(
    "unit",
    ["/", "-", "—", "?", "n/a", "N/A", "none", "null", "TBD", "keine", "k. A.", "aucune", "sin asignar"],
)
def test_takes_what_stands_for_no_team_for_none(tmp_path: Path, unit: str) -> None:
    path = tmp_path / "export.csv"
    rows = [("Ada Lind", "ada@example.com", unit, unit), ("Bo Kern", "bo@example.com", "R&D", "/Sales/EMEA")]
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("Name", "E-mail", "Team", "Department"), *rows])
    people = read_roster(read_roster_file(path).contents("en_GB"), Settings()).people.values()
    assert [(p.team, p.department) for p in people] == [("", ""), ("R&D", "/Sales/EMEA")]
