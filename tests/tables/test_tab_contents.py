"""From cells to rows: headers, problems, and rows that go on."""

from __future__ import annotations

from dataclasses import replace

import pytest

from peerpact.errors import SheetError
from peerpact.tables.roster import read_roster
from peerpact.tables.schema import all_tabs, tab
from peerpact.tables.settings import read_settings
from peerpact.tables.tab_contents import column_letter, read_tab

ROSTER = [c.name for c in tab("Roster").columns]
SETTINGS = read_settings([["Setting", "Value", "Default", "What it means"]])[0]


def row(**cells: object) -> list[object]:
    return [cells.get(c.field, "") for c in tab("Roster").columns]


def roster(*rows: list[object]):  # type: ignore[no-untyped-def]
    return read_roster(read_tab(tab("Roster"), [ROSTER, *rows]), SETTINGS)  # type: ignore[list-item]


def test_finds_columns_whatever_their_order_case_and_spaces() -> None:
    header = [name.upper().replace(" ", "  ") for name in reversed(ROSTER)]
    cells = list(reversed(row(name="Ada", email="ada@example.com")))
    contents = read_tab(tab("Roster"), [header, cells])  # type: ignore[list-item]
    assert [(r["name"], r["email"]) for r in contents.rows] == [("Ada", "ada@example.com")]


def test_passes_over_columns_that_admins_added() -> None:
    contents = read_tab(
        tab("Never pair"), [["Mood", "Person", "Never with", "Reason"], ["!", "a@b.co", "c@d.co"]]
    )
    assert [r["other"] for r in contents.rows] == ["c@d.co"]


def test_names_the_column_that_is_missing() -> None:
    with pytest.raises(SheetError, match="The tab “Roster” has no column “Team”"):
        read_tab(tab("Roster"), [[n for n in ROSTER if n != "Team"]])


def test_names_the_columns_that_stand_there_twice() -> None:
    last = column_letter(len(ROSTER))
    with pytest.raises(SheetError, match=rf"has the column “Team” twice \(columns C and {last}\)"):
        read_tab(tab("Roster"), [[*ROSTER, "team "]])


def test_does_without_an_optional_column() -> None:
    contents = read_tab(tab("Roster"), [[n for n in ROSTER if n != "Department"]])
    assert "department" not in contents.places


def test_goes_on_with_the_other_rows_when_one_is_unusable() -> None:
    read = roster(row(name="Ada", email="nonsense"), row(name="Bo", email="bo@example.com"))
    assert list(read.people) == ["bo@example.com"]
    assert [(f.row, f.column, f.what) for f in read.problems] == [
        (2, "E-mail", "“nonsense” is not an e-mail address.")
    ]


def test_keeps_a_person_whose_time_zone_is_unknown_and_says_so() -> None:
    read = roster(row(name="Bo", email="bo@example.com", time_zone="Mars/Base"))
    assert read.people["bo@example.com"].time_zone == "Etc/UTC"
    assert [f.column for f in read.problems] == ["Time zone"]


def test_counts_a_person_who_stands_there_twice_once() -> None:
    read = roster(row(name="Bo", email="bo@example.com"), row(name="Bo B", email=" BO@example.com"))
    assert read.people["bo@example.com"].name == "Bo"
    assert [(f.row, f.column) for f in read.problems] == [(3, "E-mail")]


def test_tells_of_a_manager_who_is_not_on_the_roster() -> None:
    read = roster(row(name="Bo", email="bo@example.com", managers="boss@example.com"))
    assert [f.what for f in read.problems] == [
        "Bo has the manager boss@example.com, who is not on the roster, so the line above is unknown."
    ]


def test_says_once_what_to_do_when_many_managers_are_not_on_the_roster() -> None:
    people = [
        row(name=f"P{i}", email=f"p{i}@example.com", managers=f"m{i // 3}@example.com") for i in range(15)
    ]
    read = roster(*people, row(name="Al", email="al@example.com", managers="p0@example.com"))
    [problem] = read.problems
    assert (problem.row_key, problem.column, problem.row) == ("managers without a row", "Manager", None)
    assert problem.what == (
        "5 managers are not on the roster, so nobody can tell who is above 16 people. "
        "They are paired only with people whose lines end at the same manager."
    )
    assert "Enter these 5 managers on the roster" in problem.remedy
    assert "m0@example.com, m1@example.com" in problem.remedy


def test_reads_an_empty_roster_as_nobody() -> None:
    assert roster().people == {}


def test_skips_rows_that_hold_only_look_ups() -> None:
    assert roster(row(partner="", problem="")).people == {}


def test_holds_defaults_for_settings_that_are_empty_or_unusable() -> None:
    grid = [["Setting", "Value"], ["Review days", "soon"], ["months per ROUND", 2], ["Colour", "red"]]
    grid = [[*line, "", ""] if i else [*line, "Default", "What it means"] for i, line in enumerate(grid)]
    settings, problems = read_settings(grid)  # type: ignore[arg-type]
    assert (settings.review_days, settings.round_months) == (3, 2)
    assert [f.row_key for f in problems] == ["Review days", "Colour"]


@pytest.mark.parametrize(
    ("line", "column", "told"),
    [
        (["", 14, "", ""], "Setting", "The value “14” has no setting's name beside it"),
        (["Review days", 5, "#N/A", ""], "Default", "The cell shows “#N/A” instead of a value."),
        (["Review days", 5, "3", "Loading..."], "What it means", "The cell shows “Loading...”"),
    ],
)
def test_tells_of_a_setting_s_row_what_cannot_be_read(line: list[object], column: str, told: str) -> None:
    grid = [["Setting", "Value", "Default", "What it means"], line, ["", "", "", ""]]
    [problem] = read_settings(grid)[1]  # type: ignore[arg-type]
    assert (problem.row, problem.column, told in problem.what) == (2, column, True)


def test_describes_every_column_with_a_note_and_every_tab_with_its_purpose() -> None:
    assert [c.name for t in all_tabs() for c in t.columns if not c.note.endswith(".")] == []
    assert [t.title for t in all_tabs() if not t.about.endswith(".")] == []


def test_counts_columns_as_spreadsheets_do() -> None:
    assert [column_letter(i) for i in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


def test_tells_of_managers_in_a_circle_of_two_managers_and_of_somebody_who_is_their_own() -> None:
    read = roster(
        row(name="Bo", email="bo@example.com", managers="cy@example.com"),
        row(name="Cy", email="cy@example.com", managers="bo@example.com"),
        row(name="Di", email="di@example.com", managers="bo@example.com, cy@example.com"),
        row(name="Ed", email="ed@example.com", managers="ed@example.com"),
    )
    assert [(f.row, f.what) for f in read.problems] == [
        (2, "Bo reports to cy@example.com, who in turn reports to them, directly or through others."),
        (3, "Cy reports to bo@example.com, who in turn reports to them, directly or through others."),
        (4, "Di has 2 managers (bo@example.com and cy@example.com), so all their lines count."),
        (5, "Ed names themselves as manager."),
    ]


def test_finds_the_header_below_a_title_and_counts_rows_as_the_spreadsheet_does() -> None:
    grid = [
        ["Mentoring 2026"],
        [],
        ROSTER,
        row(name="Bo", email="bo@example"),
        row(name="Al", email="al@example.com"),
    ]
    contents = read_tab(tab("Roster"), grid)  # type: ignore[arg-type]
    assert [r.number for r in contents.rows] == [5]
    assert [(p.row, p.column) for p in contents.problems] == [(4, "E-mail")]


def test_reads_nothing_from_cells_that_others_cover() -> None:
    rows = [
        row(name=n, email=f"{n}@example.com", managers="boss@example.com" if n == "Al" else "")
        for n in ("Al", "Bo")
    ]
    manager = ROSTER.index("Manager")
    contents = read_tab(tab("Roster"), [ROSTER, *rows], merged={(2, manager)})  # type: ignore[list-item]
    read = read_roster(contents, SETTINGS)
    assert read.people["al@example.com"].managers == ("boss@example.com",)
    assert read.people["bo@example.com"].managers == ("?bo@example.com",)
    assert [(p.row, p.column, p.remedy) for p in contents.problems] == [
        (3, "Manager", "Choose Format, Merge cells, Unmerge, and enter a value in every row.")
    ]


@pytest.mark.parametrize(
    "typed", ["Max Manager", "Manager, Max", "MANAGER Max", "max manager", "Dr. Max Manager"]
)
def test_takes_a_name_that_the_roster_has_once_for_that_person(typed: str) -> None:
    read = roster(
        row(name="Max Manager", email="mm@example.com"),
        row(name="Bo", email="bo@example.com", managers=typed),
    )
    assert read.people["bo@example.com"].managers == ("mm@example.com",)
    assert read.problems == ()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("#N/A", "The cell shows “#N/A” instead of a value."),
        ("Loading...", "The cell shows “Loading...” instead of a value."),
        ("Max Manger", "The manager of Bo can't be told: nobody on the roster is called “Max Manger”."),
        ("Li Wei", "The manager of Bo can't be told: “Li Wei” could be li@example.com or wei@example.com."),
        ("n/a", "“n/a” is not a name."),
    ],
)
def test_gives_everybody_whose_manager_cannot_be_told_an_open_end_of_their_own(typed: str, said: str) -> None:
    others = [("Max Manager", "mm"), ("Li Wei", "li"), ("Wei, Li", "wei")]
    read = roster(
        *(row(name=name, email=f"{first}@example.com") for name, first in others),
        row(name="Bo", email="bo@example.com", managers=typed),
        row(name="Cy", email="cy@example.com", managers=typed),
    )
    assert {read.people[f"{p}@example.com"].managers for p in ("bo", "cy")} == {
        ("?bo@example.com",),
        ("?cy@example.com",),
    }
    assert any(p.what.startswith(said[:-1]) for p in read.problems), [p.what for p in read.problems]


def test_holds_back_whom_it_cannot_read_and_keeps_them_on_the_roster() -> None:
    read = roster(
        row(name="#N/A", email="al@example.com"),
        row(name="Bo", email="bo@example.com", taking_part="perhaps"),
        row(name="Cy", email="cy@example.com", joined="soon"),
        row(name="Di", email="di@example.com", time_zone="CET"),
    )
    assert {p.email: (p.held, p.is_zone_known) for p in read.people.values()} == {
        "al@example.com": ("their name can't be read", True),
        "bo@example.com": ("their taking part can't be read", True),
        "cy@example.com": ("their first day can't be read", True),
        "di@example.com": ("", False),
    }


def test_holds_back_addresses_outside_the_company() -> None:
    settings = replace(SETTINGS, domains=("example.com",))
    rows = [row(name="Al", email="al@sub.example.com"), row(name="Bo", email="bo@example.org")]
    read = read_roster(read_tab(tab("Roster"), [ROSTER, *rows]), settings)  # type: ignore[list-item]
    assert [p.email for p in read.people.values() if p.held] == ["bo@example.org"]
    assert [p.remedy for p in read.problems] == [
        "Correct the address, or add example.org to “Company domains” in Settings."
    ]


@pytest.mark.parametrize(("many", "told"), [(4, ["E-mail"] * 4), (5, ["Value"])])
def test_tells_of_another_domain_once_where_many_have_it(many: int, told: list[str]) -> None:
    settings = replace(SETTINGS, domains=("example.com",))
    rows = [row(name=f"Bo {n}", email=f"bo{n}@example.org") for n in range(many)]
    read = read_roster(read_tab(tab("Roster"), [ROSTER, *rows]), settings)  # type: ignore[list-item]
    assert len([p for p in read.people.values() if p.held]) == many
    assert [p.column for p in read.problems] == told


@pytest.mark.parametrize(
    ("cells", "held"),
    [
        ({"department": "Al@Example.com"}, True),
        ({"team": "al@example.com"}, True),
        ({"department": "al@example.com", "managers": "al@example.com"}, False),
        ({"department": "al@example.com", "managers": "#N/A"}, False),
        ({"department": "sales@example.com"}, False),
        ({"team": "bo@example.com"}, False),
    ],
)
def test_holds_back_whose_manager_is_in_another_column(cells: dict[str, str], held: bool) -> None:
    read = roster(row(name="Al", email="al@example.com"), row(name="Bo", email="bo@example.com", **cells))
    assert bool(read.people["bo@example.com"].held) is held
    assert [p.column.lower() for p in read.problems if "shifted" in p.remedy] == (
        [*cells][:1] if held else []
    )


def test_tells_of_one_person_with_two_addresses() -> None:
    read = roster(
        row(name="Ana Gómez", email="ana@example.com", team="Ops"),
        row(name="GOMEZ, Ana", email="ana.gomez@example.com", team="Ops"),
        row(name="Ana Gómez", email="a.gomez2@example.com", team="Sales"),
    )
    assert [(p.row, p.column) for p in read.problems] == [(3, "E-mail")]


@pytest.mark.parametrize(
    "header", ["Führungskraft", "Manager email", "N+1", "Worker's Manager", "JEFE", "reports to"]
)
def test_knows_columns_by_other_names(header: str) -> None:
    renamed = [header if n == "Manager" else n for n in ROSTER]
    contents = read_tab(
        tab("Roster"), [renamed, row(name="Bo", email="bo@example.com", managers="al@example.com")]
    )  # type: ignore[list-item]
    assert contents.rows[0]["managers"] == ("al@example.com",)


def test_counts_a_column_s_own_name_before_other_names_of_it() -> None:
    both = [*ROSTER, "Division"]
    contents = read_tab(
        tab("Roster"), [both, [*row(name="Bo", email="bo@example.com", department="Sales"), "West"]]
    )  # type: ignore[list-item]
    assert contents.rows[0]["department"] == "Sales"


@pytest.mark.parametrize(
    ("who_is_in", "typed", "said_yes"),
    [
        ("everybody is in", "", True),
        ("only who says yes", "", False),
        ("only who says yes", "yes", True),
        ("only who says yes", "ja", True),
    ],
)
def test_takes_a_yes_in_the_roster_for_a_yes_and_none_for_one_only_where_everybody_is_in(
    who_is_in: str, typed: str, said_yes: bool
) -> None:
    contents = read_tab(tab("Roster"), [ROSTER, row(name="Al", email="al@example.com", taking_part=typed)])  # type: ignore[list-item]
    al = read_roster(contents, replace(SETTINGS, who_is_in=who_is_in)).people["al@example.com"]
    assert (al.has_said_yes, al.taking_part) == (said_yes, "yes")


HELD = "Until then nothing new is begun with them."
UNREADABLE = {
    "Name": ("n/a", HELD),
    "Manager": ("@", "Until then nobody is paired with them, as it might be their manager."),
    "Time zone": ("somewhere", "Until then the time zone in Settings holds."),
    "Working hours": ("flexible", "Until then the hours in Settings hold."),
    "Languages": ("whatever is spoken", "Until then the language in Settings holds."),
    "Country": ("Atlantis", "Until then the public holidays of the time zone's country count."),
    "Taking part": ("perhaps", HELD),
    "Paused until": ("soon", HELD),
    "Joined": ("long ago", HELD),
}


@pytest.mark.parametrize(("column", "cell", "until"), [(c, *rest) for c, rest in UNREADABLE.items()])
def test_says_what_holds_while_a_cell_cannot_be_read(column: str, cell: str, until: str) -> None:
    filled = {"Name": "Ada Boss", "E-mail": "ada@example.com", column: cell}
    header = [c.name for c in tab("Roster").columns]
    [problem] = read_tab(tab("Roster"), [header, [filled.get(name, "") for name in header]]).problems
    assert (problem.column, str(problem.what).endswith(f". {until}")) == (column, True), problem.what


def test_tells_of_every_cell_that_something_else_holds_for() -> None:
    assert {c.name for c in tab("Roster").columns if c.until} == set(UNREADABLE)
