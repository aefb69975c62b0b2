"""Stored older spreadsheets, one for each version of the schema, upgraded in place by today's ``peerpact init``.

A file holds both spreadsheets as that version left them: every tab's cells, formulas as formulas.
"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from gspread.exceptions import APIError
from schema_versions import DESCRIBED, as_left, described_now, written

from cast import Cast
from older import STORED, Grid, Older, every_cell_stays
from peerpact.demo.company import INSTALLER, account_credentials, account_of
from peerpact.errors import SheetError
from peerpact.google.spreadsheets import Spreadsheets
from peerpact.jobs.catalogue import JOBS
from peerpact.operating.init import make_spreadsheets
from peerpact.operating.way_back import SCHEMA_BEFORE
from peerpact.programme import languages
from peerpact.programme.meetings.booking import Booking, as_read_before, booking_of
from peerpact.programme.pairings import Pairing
from peerpact.tables.layout import upgrade_tab
from peerpact.tables.names_before import renamed_since
from peerpact.tables.schema import SCHEMA_VERSION, tab, tabs_of
from peerpact.tables.versions import MARK
from workspace_emulator import InProcessAdapter

NEEDED = Path(__file__).parent / "needed_by_0_1.json"
NINE = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.fixture(params=STORED, ids=lambda path: path.stem)
def older(cast: Cast, request: Any) -> Older:
    return Older(cast, json.loads(request.param.read_text(encoding="utf-8")))


def test_has_a_stored_spreadsheet_for_each_version_before_this_one() -> None:
    assert [path.stem for path in STORED] == [f"version_{number}" for number in range(SCHEMA_VERSION)]


def test_adds_what_is_missing_and_neither_moves_nor_loses_a_cell(older: Older) -> None:
    older.upgrade()
    every_cell_stays(older)


def test_reads_and_writes_a_renamed_column_before_the_upgrade_names_it_anew(older: Older) -> None:
    renamed = [(t, c) for t in renamed_since() for c in t.columns if c.formerly]
    assert ("Start here", "How it stands", "In words") in [(t.title, c.formerly, c.name) for t, c in renamed]
    renamed = [(t, c) for t, c in renamed if t.title == "Start here"]  # the tab that check_roster writes
    older.upgrade()
    sheet = older.cast.company.sheet(older.cast.company.config.mailbox)
    for described, column in renamed:
        header = older.grid("programme", described.title)[0]
        place = header.index(column.name) + 1
        assert column.formerly not in header
        sheet.worksheet(described.title).update_cell(1, place, column.formerly)
        sheet.worksheet(described.title).update_cell(2, place, "from long ago")
    assert older.cast.run("check_roster").finished
    for described, column in renamed:
        found = older.grid("programme", described.title)
        place = found[0].index(column.formerly)
        assert column.name not in found[0]
        assert found[1][place] not in {"from long ago", ""}
    assert "brought “Start here” up to date" in older.upgrade()["programme"].changes
    assert [made.changes for made in older.upgrade().values()] == [(), (), ()]


def test_has_every_column_and_setting_of_today_afterwards(older: Older) -> None:
    older.upgrade()
    for kind in older.keys:
        for described in tabs_of(kind):
            there = older.grid(kind, described.title)[0]
            missing = [c.name for c in described.columns if c.name not in there and not c.formula]
            assert missing == [], described.title
    names = [row[0] for row in older.grid("programme", "Settings")]
    assert [s.name for s in tab("Settings").settings if s.name not in names] == []


def test_changes_nothing_the_second_time(older: Older) -> None:
    first = older.upgrade()
    assert all(made.changes for made in first.values())
    older.cast.writes()
    assert [made.changes for made in older.upgrade().values()] == [(), (), ()]
    assert older.cast.writes() == 0


def test_runs_every_job_afterwards_and_writes_nobody_twice(older: Older) -> None:
    older.upgrade()
    sent = {row["Letter"] for row in older.cast.ledger("Letters") if row["State"] == "sent"}
    assert sent
    for name in JOBS:
        assert older.cast.run(name).finished
    people = [row["E-mail"] for row in older.cast.tab("Roster")]
    assert sent.isdisjoint(key for person in people for key in older.cast.letters(person))


def test_brings_the_kinds_of_guidance_that_came_later_once(older: Older) -> None:
    """Below all that admins wrote, where rows were taken away that were empty; a kind that they delete stays away."""
    later = {kind for kind, since in tab("Guidance").later if since > older.stored["version"]}
    lines = [line for code in languages.codes() for line in languages.guidance(code) if line["kind"] in later]
    if not lines:
        pytest.skip("no kind came after this version")
    older.mark("programme", older.stored["version"], "Guidance")
    sheet = older.cast.company.sheet(older.cast.company.config.mailbox).worksheet("Guidance")
    sheet.resize(rows=len(older.grid("programme", "Guidance")))
    own = ["Session", "English", 2, "What would you ask your own boss?"]
    sheet.append_row(own)
    older.upgrade()
    before, after = older.stored["programme"]["Guidance"], older.grid("programme", "Guidance")
    added = after[len(before) :]
    texts = [line["text"] for line in lines if line["kind"] != "session"]
    assert (added[0], [row[3] for row in added[1:]]) == (own, texts)
    sheet.delete_rows(len(before) + 1, len(after))
    older.upgrade("peerpact-new@peerpact-local.iam.gserviceaccount.com")
    assert older.grid("programme", "Guidance") == before


def test_goes_on_where_somebody_typed_over_a_formula_column(older: Older) -> None:
    older.upgrade()
    header = older.grid("programme", "Roster")[0]
    formula = next(i for i, cell in enumerate(header) if str(cell).startswith("="))
    sheet = older.cast.company.sheet(older.cast.company.config.mailbox).worksheet("Roster")
    sheet.update_cell(3, formula + 1, "typed by hand")
    assert sheet.cell(1, formula + 1).value == "#REF!"
    sheet.delete_columns(header.index("Interests") + 1)
    older.upgrade()
    assert "Interests" in older.grid("programme", "Roster")[0]


def test_leaves_what_admins_made_of_their_tab_as_it_was(older: Older) -> None:
    """Their widths, order, own columns, a renamed one, and what they noted beside the table without a header."""
    place = older.grid("programme", "Roster")[0].index("Interests")
    sheet = older.cast.company.sheet(older.cast.company.config.mailbox).worksheet("Roster")
    sheet.update_cell(1, place + 1, "Hobbies")
    sheet.sort((1, "des"))
    beside = len(sheet.row_values(1)) + 2
    sheet.add_cols(3)
    sheet.update_cell(3, beside, "asked twice")
    older.batch("programme", _width(sheet.id, 0, 321), _width(sheet.id, place, 77), _hidden(sheet.id, 2))
    before, shape = older.grid("programme", "Roster"), older.columns("Roster")

    older.upgrade()
    after = older.grid("programme", "Roster")
    typed = [i for i, header in enumerate(before[0]) if not str(header).startswith("=")]
    assert [[_at(row, i) for i in typed] for row in after] == [[_at(row, i) for i in typed] for row in before]
    assert _at(after[2], beside - 1) == "asked twice"
    assert after[0].index("Interests") >= beside
    assert older.columns("Roster")[: len(before[0])] == shape[: len(before[0])]


def test_adds_no_empty_column_beside_a_filled_one_that_may_be_it(older: Older) -> None:
    older.upgrade()
    place = older.grid("programme", "Roster")[0].index("Manager")
    sheet = older.cast.company.sheet(older.cast.company.config.mailbox).worksheet("Roster")
    sheet.update_cell(1, place + 1, "Capo")
    older.cast.writes()
    with pytest.raises(
        SheetError, match=r"no column “Manager”, but filled ones .*“Capo”.* Nothing was added"
    ):
        older.upgrade()
    assert older.cast.writes() == 0
    with pytest.raises(SheetError, match=r"Is it column .*“Capo”"):
        older.cast.run("check_roster")
    sheet.update_cell(1, place + 1, "Führungskraft")
    older.upgrade()
    assert "Manager" not in older.grid("programme", "Roster")[0]
    assert older.cast.run("check_roster").finished


def test_lets_a_new_job_s_account_write_what_was_protected_before_it(older: Older) -> None:
    older.upgrade()
    newcomer = "peerpact-new@peerpact-local.iam.gserviceaccount.com"
    older.cast.company.workspace.identity.service_account_info(newcomer)
    changes = older.upgrade(newcomer)["programme"].changes
    assert "brought “Overview” up to date" in changes
    older.cast.company.sheet(newcomer).worksheet("Overview").update_acell("A2", "written by the newcomer")
    assert older.upgrade(newcomer)["programme"].changes == ()


def test_keeps_who_writes_the_system_s_tabs_where_the_jobs_accounts_are_not_named(older: Older) -> None:
    """As where ``PEERPACT_ACCOUNTS`` is missing in the environment of whoever upgrades."""
    older.upgrade()
    company = older.cast.company
    account = account_of("report")
    sheet = company.sheet(company.config.mailbox)
    sheet.del_worksheet(sheet.worksheet("Runs"))
    Spreadsheets(older.session, editors=[]).mark_as(older.keys["programme"], SCHEMA_BEFORE)  # type: ignore[arg-type]
    made = make_spreadsheets(
        company.config,
        accounts=(),
        ledger_accounts=(),
        admins=(),
        title="Peer mentoring",
        transport=InProcessAdapter(company.front),
        credentials=account_credentials(company.workspace, INSTALLER),
    )
    assert {"brought “Overview” up to date", "brought “Runs” up to date"} <= {*made["programme"].changes}
    for title in ("Overview", "Runs"):
        company.sheet(account).worksheet(title).update_acell("A2", "written by the job")
    with pytest.raises(APIError, match="protected"):
        company.sheet(company.admin).worksheet("Overview").update_acell("A2", "written by an admin")
    assert older.upgrade()["programme"].changes == ()


@pytest.mark.parametrize("kind", ["programme", "ledger"])
def test_stops_with_a_sentence_before_a_newer_spreadsheet_and_changes_nothing(
    older: Older, kind: str
) -> None:
    older.upgrade()
    older.mark(kind, SCHEMA_VERSION + 1)
    older.cast.writes()
    sentence = (
        f"was made by a newer Peerpact \\(schema {SCHEMA_VERSION + 1}, this one knows {SCHEMA_VERSION}\\)"
    )
    with pytest.raises(SheetError, match=sentence):
        older.upgrade()
    for name, job in JOBS.items():
        if kind == "programme" or job.opens_ledger:
            with pytest.raises(SheetError, match=sentence):
                older.cast.run(name)
    assert older.cast.writes() == 0


def test_goes_back_to_what_0_1_reads_and_forward_again_with_every_cell_but_what_0_1_stops_at(
    older: Older,
) -> None:
    """0.1 stops before a newer mark, and where one of its tabs or columns is missing."""
    older.upgrade()
    needed = json.loads(NEEDED.read_text(encoding="utf-8"))
    assert needed["reads_schema"] == SCHEMA_BEFORE
    cells = {(k, t.title): _as_before(older.grid(k, t.title)) for k in older.keys for t in tabs_of(k)}
    spreadsheets = Spreadsheets(older.session, editors=[])  # type: ignore[arg-type]  # only marks are written
    for key in older.keys.values():
        assert spreadsheets.is_newer(key, SCHEMA_BEFORE)
        spreadsheets.mark_as(key, SCHEMA_BEFORE)
        assert not spreadsheets.is_newer(key, SCHEMA_BEFORE)
    for title, described in needed["tabs"].items():
        for kind in described["spreadsheets"]:
            header = older.grid(kind, title)[0]
            assert [name for name in described["columns"] if name not in header] == [], title
    assert older.cast.run("check_roster").finished
    again = older.upgrade()
    assert all(again[kind].changes for kind in older.keys)
    assert [spreadsheets.is_newer(key, SCHEMA_VERSION - 1) for key in older.keys.values()] == [True, True]
    assert [made.changes for made in older.upgrade().values()] == [(), (), ()]
    renewed = {"Problems", "Runs", "Start here", "Memory", "Partners", "Next round"}
    now = {(k, t.title): _as_before(older.grid(k, t.title)) for k in older.keys for t in tabs_of(k)}
    assert [place for place in cells if place[1] not in renewed and now[place] != cells[place]] == []


def test_leaves_out_of_a_meeting_s_note_what_0_1_stops_at(older: Older) -> None:
    older.upgrade()
    place = older.grid("programme", "Pairings")[0].index("For Peerpact")
    sheet = older.cast.company.sheet(older.cast.company.config.mailbox).worksheet("Pairings")
    kept = Booking(event="e1", start=NINE, written=NINE, minutes=45, tried=(NINE,), edge=("a@example.com",))
    full = replace(kept, number=3, edge_before=("b@example.com",), refused="e1", refusal="quota")
    for row, text in enumerate((full.text(), "unreadable {", "[1]"), start=2):
        sheet.update_cell(row, place + 1, text)
    spreadsheets = Spreadsheets(older.session, editors=[])  # type: ignore[arg-type]  # only marks are written
    spreadsheets.mark_as(older.keys["programme"], SCHEMA_BEFORE)
    noted, *others = (_at(row, place) for row in older.grid("programme", "Pairings")[1:4])
    assert json.loads(noted).keys() <= set(
        json.loads(NEEDED.read_text(encoding="utf-8"))["reads_of_a_booking"]
    )
    assert booking_of(Pairing(id="r1-a", round=1, people=(), booking=noted)) == kept
    assert others == ["unreadable {", "[1]"]


@pytest.mark.parametrize("kind", ["programme", "ledger"])
def test_gives_each_tab_an_id_and_a_place_of_its_own(kind: str) -> None:
    tabs = tabs_of(kind)
    assert len({t.position for t in tabs}) == len({t.order for t in tabs}) == len(tabs)


def test_counts_the_schema_up_when_descriptions_change() -> None:
    """Otherwise a spreadsheet that carries today's mark never gets a new list, note or formula."""
    stored = json.loads(DESCRIBED.read_text(encoding="utf-8"))
    assert described_now() == stored["described"], (
        "The descriptions in sheets_schema changed: tests/upgrades/schema_versions.py says what to do."
    )
    assert stored["version"] == SCHEMA_VERSION


def test_stores_of_the_present_version_what_the_next_one_can_take_up(cast: Cast) -> None:
    stored = json.loads(written(as_left("today")))
    rows = {title: len(stored["programme"][title]) - 1 for title in ("Roster", "Pairings")}
    assert rows == {"Roster": 7, "Pairings": 3}
    older = Older(cast, stored)
    older.upgrade()
    every_cell_stays(older)


def _as_before(grid: Grid) -> Grid:
    """Return cells without what the way back leaves out of notes about meetings."""
    return [[as_read_before(cell) if str(cell).startswith("{") else cell for cell in row] for row in grid]


def _at(row: list[Any], place: int) -> Any:
    return row[place] if place < len(row) else ""


def _width(sheet: int, place: int, pixels: int) -> dict[str, Any]:
    return _column(sheet, place, {"pixelSize": pixels})


def _hidden(sheet: int, place: int) -> dict[str, Any]:
    return _column(sheet, place, {"hiddenByUser": True})


def _column(sheet: int, place: int, properties: dict[str, Any]) -> dict[str, Any]:
    span = {"sheetId": sheet, "dimension": "COLUMNS", "startIndex": place, "endIndex": place + 1}
    change = {"range": span, "properties": properties, "fields": ",".join(properties)}
    return {"updateDimensionProperties": change}


def test_adds_a_system_column_that_is_missing_and_no_optional_one_of_admins() -> None:
    for title, expected in {"Pairings": ["Mailbox"], "Roster": []}.items():
        described = tab(title)
        sheet = {
            "properties": {"sheetId": 7, "title": title, "gridProperties": {"columnCount": 40}},
            "developerMetadata": [
                {"metadataId": 1, "metadataKey": MARK, "metadataValue": str(SCHEMA_VERSION)}
            ],
        }
        header = [c.name for c in described.columns if not c.optional]
        asked = upgrade_tab(described, sheet, [header], ["mentoring@example.com"])
        added = [
            cell["userEnteredValue"]["stringValue"]
            for request in asked
            for row in request.get("updateCells", {}).get("rows", ())
            for cell in row["values"]
            if cell.get("userEnteredValue", {}).get("stringValue") in {c.name for c in described.columns}
        ]
        assert added == expected
