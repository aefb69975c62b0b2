"""``peerpact init`` on the local Workspace: made once, upgraded in place, and nothing that people typed is touched."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from cast import Cast
from peerpact.cli import main
from peerpact.demo.company import DELEGATES, INSTALLER, account_of
from peerpact.errors import SheetError
from peerpact.google.scopes import CLOUD, DIRECTORY, DRIVE_FILE, SCOPES, SHEETS
from peerpact.jobs.catalogue import JOBS
from peerpact.operating.way_back import UNREAD_WISHES
from peerpact.programme.wishes import UNSEEN_WISHES
from peerpact.tables.schema import tabs_of
from peerpact.tables.sight import LIGHT, UNUSABLE
from workspace_emulator import Effect, Fault, User, serving

SPREADSHEETS = "https://sheets.googleapis.com/v4/spreadsheets"


def test_makes_every_tab_with_its_header_in_order(cast: Cast) -> None:
    sheet = cast.company.sheet()
    assert [w.title for w in sheet.worksheets()] == [t.title for t in tabs_of("programme")]
    for tab in tabs_of("programme"):
        assert sheet.worksheet(tab.title).row_values(1) == [c.name for c in tab.columns]


def test_changes_nothing_when_run_again(cast: Cast) -> None:
    cast.writes()
    assert [made.changes for made in cast.init().values()] == [(), (), ()]
    assert cast.writes() == 0


def test_brings_back_a_missing_tab_column_and_setting_and_keeps_what_people_typed(cast: Cast) -> None:
    sheet = cast.company.sheet(cast.company.config.mailbox)
    sheet.del_worksheet(sheet.worksheet("Locked pairs"))
    sheet.worksheet("Roster").delete_columns(9)
    settings = sheet.worksheet("Settings")
    settings.delete_rows(settings.col_values(1).index("Review days") + 1)
    names = sheet.worksheet("Roster").col_values(1)
    changes = cast.init()["programme"].changes
    assert set(changes) == {f"brought “{t}” up to date" for t in ("Locked pairs", "Roster", "Settings")}
    roster = cast.company.sheet().worksheet("Roster")
    assert roster.col_values(1) == names
    assert "Interests" in roster.row_values(1)
    assert "Review days" in cast.company.sheet().worksheet("Settings").col_values(1)
    assert cast.init()["programme"].changes == ()
    cast.run("check_roster")


def test_stops_before_a_spreadsheet_of_a_newer_peerpact(cast: Cast) -> None:
    sheet = cast.company.sheet(cast.company.config.mailbox)
    first = sheet.get_worksheet(0).id
    mark = {"metadataKey": "peerpact-schema", "metadataValue": "99", "visibility": "DOCUMENT"}
    request = {"developerMetadata": {**mark, "location": {"sheetId": first}}}
    sheet.batch_update({"requests": [{"createDeveloperMetadata": request}]})
    with pytest.raises(SheetError, match="was made by a newer Peerpact"):
        cast.init()
    for job in JOBS:
        cast.writes()
        with pytest.raises(SheetError, match="Upgrade Peerpact before you go on"):
            cast.run(job)
        assert cast.writes() == 0


def test_keeps_admins_from_writing_what_the_system_writes_but_not_their_decisions(cast: Cast) -> None:
    cast.run("pair_people")
    pairings = cast.company.sheet().worksheet("Pairings")
    with pytest.raises(Exception, match="protected cell"):
        pairings.update_acell("B2", "Approved")
    pairings.update_acell("C2", "approve")


@pytest.mark.parametrize("kind", ["programme", "ledger", "wishes"])
def test_lets_no_editor_share_a_spreadsheet_on_also_where_it_was_made_before(cast: Cast, kind: str) -> None:
    config = cast.company.config
    key = getattr(config, f"{kind}_spreadsheet")
    url = f"https://www.googleapis.com/drive/v3/files/{key}"
    cast.company.session(config.mailbox).patch(url, json={"writersCanShare": True}).raise_for_status()

    assert cast.init()[kind].changes == ("kept from being shared on by anybody else",)

    body = {"type": "user", "role": "reader", "emailAddress": "stranger@elsewhere.example"}
    editor = account_of("collect_replies")
    assert cast.company.session(editor).post(f"{url}/permissions", json=body).status_code == 403


def test_keeps_who_how_and_when_in_sight_with_a_view_of_what_waits(cast: Cast) -> None:
    url = f"https://sheets.googleapis.com/v4/spreadsheets/{cast.company.config.programme_spreadsheet}"
    sheets = cast.company.session(cast.company.config.mailbox).get(url).json()["sheets"]
    [pairings] = [s for s in sheets if s["properties"]["title"] == "Pairings"]
    header = cast.company.sheet().worksheet("Pairings").row_values(1)
    frozen = pairings["properties"]["gridProperties"]["frozenColumnCount"]
    assert header[:frozen] == ["People", "State", "Decision", "First meeting"]
    view, newest = pairings["filterViews"]
    assert (view["title"], view["sortSpecs"][0]["sortOrder"]) == ("Waiting for you", "DESCENDING")
    assert "filterSpecs" not in newest
    assert header[newest["sortSpecs"][0]["dimensionIndex"]] == "Round"
    [shown] = view["filterSpecs"]
    assert header[shown["columnIndex"]] == "State"
    assert shown["filterCriteria"]["hiddenValues"] == ["Approved", "Rejected", "Ended"]


def test_colours_what_an_admin_entered_where_it_can_not_be_used(cast: Cast) -> None:
    cast.enter("Roster", "F3", "Europe/Berln")
    cast.run("check_roster")
    assert [ground(cast, "Roster!F3"), ground(cast, "Roster!F2"), ground(cast, "Roster!E3")] == [
        UNUSABLE,
        LIGHT,
        LIGHT,
    ]
    cast.enter("Roster", "F3", "Europe/Berlin")
    cast.run("check_roster")
    assert ground(cast, "Roster!F3") == LIGHT


def test_colours_an_empty_cell_that_lacks_something(cast: Cast) -> None:
    cast.enter("Roster", "B3", "")
    cast.run("check_roster")
    assert [p["Row"] for p in cast.tab("Problems") if p["Column"] == "E-mail"] == ["3"]
    assert [ground(cast, f"Roster!A{row}:C{row}", place=1) for row in (3, 2)] == [UNUSABLE, LIGHT]


def test_has_one_order_and_colour_of_tabs_and_charts_that_cover_no_column(cast: Cast) -> None:
    url = f"https://sheets.googleapis.com/v4/spreadsheets/{cast.company.config.programme_spreadsheet}"
    sheets = cast.company.session(cast.company.config.mailbox).get(url).json()["sheets"]
    shown = [s["properties"] for s in sheets if not s["properties"].get("hidden")]
    assert [p["title"] for p in shown[:4]] == ["Start here", "Pairings", "Requests", "Problems"]
    assert all(p.get("tabColor") for p in shown)
    bands = {s["properties"]["title"]: s.get("bandedRanges", []) for s in sheets}
    assert {title for title, ranges in bands.items() if ranges} == {
        t.title for t in tabs_of("programme") if t.banded
    }
    [over] = bands["Pairings"]
    width = len(cast.company.sheet().worksheet("Pairings").row_values(1))
    assert (over["range"].get("startColumnIndex", 0), over["range"]["endColumnIndex"]) == (0, width)
    for sheet in (s for s in sheets if s["properties"]["title"] != "Report"):
        header = cast.company.sheet().worksheet(sheet["properties"]["title"]).row_values(1)
        places = [c["position"]["overlayPosition"]["anchorCell"] for c in sheet.get("charts", ())]
        assert all(place["columnIndex"] >= len(header) for place in places)


def ground(cast: Cast, cells: str, *, place: int = 0) -> str:
    """Return the colour behind a cell, the first of a row's unless another is asked for, as the admin sees it."""
    url = f"https://sheets.googleapis.com/v4/spreadsheets/{cast.company.config.programme_spreadsheet}"
    fields = "sheets(data(rowData(values(effectiveFormat(backgroundColor)))))"
    answer = cast.company.session(cast.company.admin).get(url, params={"ranges": cells, "fields": fields})
    [row] = answer.json()["sheets"][0]["data"][0]["rowData"]
    shown = row["values"][place]["effectiveFormat"]["backgroundColor"]
    return "#" + "".join(f"{round(shown[part] * 255):02x}" for part in ("red", "green", "blue"))


def test_lets_one_job_write_private_wishes_two_read_them_and_nobody_else_open_them(cast: Cast) -> None:
    key = cast.company.config.wishes_spreadsheet
    body: dict[str, Any] = {
        "requests": [{"updateSpreadsheetProperties": {"properties": {"title": "x"}, "fields": "title"}}]
    }

    def may(address: str) -> tuple[int, int]:
        session = cast.company.session(address)
        reads = session.get(f"{SPREADSHEETS}/{key}").status_code
        return reads, session.post(f"{SPREADSHEETS}/{key}:batchUpdate", json=body).status_code

    found = {who: may(who) for who in (cast.company.admin, *map(account_of, JOBS))}
    wanted = {"writes": (200, 200), "reads": (200, 403), "": (403, 403)}
    assert found == {cast.company.admin: (403, 403)} | {
        account_of(name): wanted[job.opens_wishes] for name, job in JOBS.items()
    }


def test_shares_the_ledger_with_nobody_but_the_two_mail_jobs(cast: Cast) -> None:
    url = f"https://sheets.googleapis.com/v4/spreadsheets/{cast.company.config.ledger_spreadsheet}"
    assert cast.company.session(cast.company.admin).get(url).status_code == 403


def test_looks_up_partner_and_problem_whatever_rows_and_columns_admins_insert(cast: Cast) -> None:
    cast.company.sheet(cast.company.config.mailbox).worksheet("Partners").update(
        [["ada@example.com", "Ben Ode"]], "A2"
    )
    roster = cast.company.sheet().worksheet("Roster")
    partner = roster.row_values(1).index("Partner") + 1

    roster.insert_rows([["Ada", "ada@example.com"]], 2)
    assert roster.cell(2, partner).value == "Ben Ode"
    roster.insert_rows([["Ada again", " ADA@example.com"]], 2)
    roster.insert_cols([["Shoe size"]], 1)

    assert roster.col_values(partner + 1)[:3] == ["Partner", "Ben Ode", "Ben Ode"]


@pytest.fixture(params=["a person signed in", "a service account's file", "the mailbox's consent"])
def laptop(cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: Any) -> Iterator[Laptop]:
    """A machine with application-default credentials, beside a Workspace in which Peerpact is not installed yet."""
    workspace = cast.company.workspace
    person = INSTALLER if request.param == "a service account's file" else cast.company.admin
    workspace.identity.allow_sign_jwt(person, DELEGATES["setup"])
    key = tmp_path / "application_default_credentials.json"
    key.write_text(json.dumps(_signed_in(cast) if person != INSTALLER else _key_file(cast)), encoding="utf-8")
    with serving(cast.company.front) as url:
        for name, value in {
            "GOOGLE_APPLICATION_CREDENTIALS": str(key),
            "PEERPACT_WORKSPACE": url,
            "PEERPACT_TIME": cast.clock.now().isoformat(),
            "PEERPACT_MAILBOX": cast.company.config.mailbox,
            "PEERPACT_SETUP_DELEGATE": DELEGATES["setup"],
            "PEERPACT_TOKEN_KEY": "only-for-this-test",
            "PEERPACT_ACCOUNTS": ",".join([*map(account_of, JOBS), INSTALLER]),
            "PEERPACT_LEDGER_ACCOUNTS": account_of("collect_replies"),
            "PEERPACT_WISHES_ACCOUNTS": account_of("collect_replies"),
            "PEERPACT_WISHES_READERS": account_of("pair_people"),
        }.items():
            monkeypatch.setenv(name, value)
        if request.param == "the mailbox's consent":
            monkeypatch.delenv("PEERPACT_SETUP_DELEGATE")
            monkeypatch.setenv("PEERPACT_REFRESH_TOKEN", json.dumps(_consent(cast)))
        yield Laptop(cast, tmp_path / "peerpact.env", monkeypatch)


def _signed_in(cast: Cast) -> dict[str, str]:
    token = cast.company.workspace.identity.issue_refresh_token(cast.company.admin, [SHEETS, CLOUD])
    client = {"client_id": "gcloud", "client_secret": "not secret"}
    return {"type": "authorized_user", "refresh_token": token, **client}


def _consent(cast: Cast) -> dict[str, str]:
    scopes = {s for job in JOBS.values() for s in job.mailbox_scopes} | {SHEETS, DRIVE_FILE, DIRECTORY}
    token = cast.company.workspace.identity.issue_refresh_token(cast.company.config.mailbox, sorted(scopes))
    return {"client_id": "ours", "client_secret": "not told", "refresh_token": token}


def _key_file(cast: Cast) -> dict[str, str]:
    return dict(cast.company.workspace.identity.service_account_info(INSTALLER))


@dataclass
class Laptop:
    """The command line, its configuration file, and the environment it is run in."""

    cast: Cast
    file: Path
    monkeypatch: pytest.MonkeyPatch

    def peerpact(self, *words: str) -> Result:
        return CliRunner().invoke(main, words)

    def read_configuration(self) -> None:
        for line in self.file.read_text(encoding="utf-8").splitlines():
            self.monkeypatch.setenv(*line.split("=", 1))


def test_installs_from_a_laptop_and_is_found_healthy_and_changes_nothing_again(laptop: Laptop) -> None:
    init = ("init", "--admin", laptop.cast.company.admin, "--write", str(laptop.file))
    assert laptop.peerpact(*init).exit_code == 0
    laptop.read_configuration()
    laptop.cast.writes()
    again = laptop.peerpact(*init)
    assert (again.exit_code, laptop.cast.writes()) == (0, 0)
    assert again.output.count("up to date") == 5
    doctor = laptop.peerpact("doctor")
    reds = [line for line in doctor.output.splitlines() if line.startswith("RED")]
    assert [red for red in reds if "confidential contact" not in red] == []  # admins enter that one
    laptop.cast.writes()
    preview = laptop.peerpact("run", "pair_people")
    assert preview.exit_code == 0, preview.output
    assert "Nothing was done. Add --apply to do it." in preview.output
    assert UNSEEN_WISHES in preview.output
    assert laptop.cast.writes() == 0


def test_shares_with_all_others_where_google_refuses_one_and_says_with_whom(laptop: Laptop) -> None:
    refused = Fault(
        method="drive.permissions.create",
        effect=Effect.REFUSE,
        status=400,
        reason="invalidSharingRequest",
        call=2,
    )
    laptop.cast.company.workspace.faults.add(refused)
    init = ("init", "--admin", laptop.cast.company.admin, "--write", str(laptop.file))
    said = laptop.peerpact(*init)
    laptop.cast.company.workspace.faults.clear()
    one = [*map(account_of, JOBS)][1]
    assert said.exit_code == 1
    assert said.output.count("kept from being shared on") == 3
    assert f"All is made, but Google refuses to share it with {one}: Google refused a call" in said.output
    laptop.read_configuration()
    laptop.cast.writes()
    again = laptop.peerpact(*init)
    assert (again.exit_code, laptop.cast.writes()) == (0, 1)
    assert again.output.count("shared with") == 1
    assert f"shared with {one}" in again.output


def test_names_the_spreadsheet_whose_id_is_wrong_before_it_makes_another(laptop: Laptop) -> None:
    laptop.monkeypatch.setenv("PEERPACT_LEDGER_SPREADSHEET", "1wrong")
    laptop.cast.writes()
    said = laptop.peerpact("init")
    assert (said.exit_code, laptop.cast.writes()) == (1, 0)
    assert said.output.startswith(
        "PEERPACT_LEDGER_SPREADSHEET is 1wrong, and the mailbox can open no spreadsheet"
    )


def test_shows_what_an_older_installation_needs_before_it_does_its_part(laptop: Laptop) -> None:
    laptop.peerpact("init", "--admin", laptop.cast.company.admin, "--write", str(laptop.file))
    laptop.read_configuration()
    config = laptop.cast.company.config
    programme = os.environ["PEERPACT_PROGRAMME_SPREADSHEET"]
    sheet = laptop.cast.company.session(config.mailbox)
    tabs = sheet.get(f"{SPREADSHEETS}/{programme}").json()["sheets"]
    memory = next(t["properties"]["sheetId"] for t in tabs if t["properties"]["title"] == "Memory")
    request = {"requests": [{"deleteSheet": {"sheetId": memory}}]}
    sheet.post(f"{SPREADSHEETS}/{programme}:batchUpdate", json=request).raise_for_status()
    laptop.monkeypatch.delenv("PEERPACT_EVENT_KEY")
    laptop.cast.writes()

    dry = laptop.peerpact("upgrade")

    assert (dry.exit_code, laptop.cast.writes()) == (1, 0)
    assert "to do: set PEERPACT_EVENT_KEY" in dry.output
    assert "with --apply: the programme spreadsheet: brought “Memory” up to date" in dry.output
    assert "Nothing was done. Add --apply for our part of it." in dry.output

    done = laptop.peerpact("upgrade", "--apply")
    assert "brought “Memory” up to date" in done.output
    laptop.monkeypatch.setenv("PEERPACT_EVENT_KEY", "x" * 24)
    laptop.cast.writes()
    again = laptop.peerpact("upgrade")
    assert (again.output, again.exit_code) == ("Nothing is to be done: this installation is up to date.\n", 0)
    assert laptop.cast.writes() == 0


def test_shows_the_way_back_to_0_1_before_it_goes_it(laptop: Laptop) -> None:
    laptop.peerpact("init", "--admin", laptop.cast.company.admin, "--write", str(laptop.file))
    laptop.read_configuration()
    laptop.cast.writes()
    dry = laptop.peerpact("upgrade", "--back")
    assert (dry.exit_code, laptop.cast.writes()) == (1, 0)
    assert "with --apply: the ledger spreadsheet, marked so that Peerpact 0.1 reads it" in dry.output
    assert laptop.peerpact("upgrade", "--back", "--apply").exit_code == 0
    again = laptop.peerpact("upgrade", "--back")
    assert again.output.splitlines() == [
        "Peerpact 0.1 can read the programme spreadsheet.",
        "Peerpact 0.1 can read the ledger spreadsheet.",
        UNREAD_WISHES,
    ]
    assert (
        "with --apply: the programme spreadsheet: brought “Roster” up to date"
        in laptop.peerpact("upgrade").output
    )


def test_lists_what_each_of_several_mailboxes_lacks_before_it_makes_it(laptop: Laptop) -> None:
    laptop.peerpact("init", "--admin", laptop.cast.company.admin, "--write", str(laptop.file))
    laptop.read_configuration()
    first, second = laptop.cast.company.config.mailbox, "mentoring2@example.com"
    laptop.cast.company.workspace.add_user(User(email=second, name="Peer mentoring", reads_users=True))
    laptop.monkeypatch.setenv("PEERPACT_MAILBOXES", json.dumps([{"mailbox": first}, {"mailbox": second}]))
    laptop.cast.writes()
    dry = laptop.peerpact("upgrade").output.splitlines()
    assert laptop.cast.writes() == 0
    made = {f"the share of {first}", f"the share of {second}", f"the ledger of {second}"}
    assert {line.removeprefix("with --apply: ").removesuffix(": made") for line in dry} >= made

    done = laptop.peerpact("upgrade", "--apply").output
    [said] = re.findall(r"PEERPACT_MAILBOXES=(.*)", done)
    if (
        "Gmail says that this mailbox is" in done
    ):  # one mailbox's consent reaches no other: what was made is told
        assert [place.get("share", "") != "" for place in json.loads(said)] == [True, False]
        return
    laptop.monkeypatch.setenv("PEERPACT_MAILBOXES", said)
    again = laptop.peerpact("upgrade")
    assert (again.output, again.exit_code) == ("Nothing is to be done: this installation is up to date.\n", 0)
    back = laptop.peerpact("upgrade", "--back")
    assert (back.exit_code, "There is no way back from several mailboxes" in back.output) == (1, True)


def test_tells_a_0_1_installation_which_delegates_to_enter_with_which_scopes(laptop: Laptop) -> None:
    laptop.peerpact("init", "--admin", laptop.cast.company.admin, "--write", str(laptop.file))
    laptop.read_configuration()
    old = next(iter(DELEGATES.values()))
    for kind in SCOPES:
        laptop.monkeypatch.delenv(f"PEERPACT_{kind.upper()}_DELEGATE", raising=False)
    laptop.monkeypatch.delenv("PEERPACT_REFRESH_TOKEN", raising=False)
    laptop.monkeypatch.setenv("PEERPACT_SETUP_DELEGATE", DELEGATES["setup"])
    laptop.monkeypatch.setenv("PEERPACT_DELEGATE_ACCOUNT", old)
    output = laptop.peerpact("upgrade").output
    assert "keep_old_delegate = true" in output
    for kind in ("meetings", "letters", "replies", "directory"):
        [line] = [x for x in output.splitlines() if f"enter the {kind} delegate" in x]
        assert all(scope in line for scope in SCOPES[kind])


def test_keeps_the_other_lines_of_terraform_s_variables(laptop: Laptop, tmp_path: Path) -> None:
    file = tmp_path / "terraform.tfvars"
    file.write_text('project = "mine"\nprogramme_spreadsheet = ""\n', encoding="utf-8")
    assert laptop.peerpact("init", "--write", str(file)).exit_code == 0
    project, programme, ledger, wishes = file.read_text(encoding="utf-8").splitlines()
    assert project == 'project = "mine"'
    assert re.fullmatch(r'programme_spreadsheet = "\S{10,}"', programme)
    assert re.fullmatch(r'ledger_spreadsheet = "\S{10,}"', ledger)
    assert re.fullmatch(r'wishes_spreadsheet = "\S{10,}"', wishes)


def test_exits_with_one_where_the_doctor_finds_something(laptop: Laptop) -> None:
    laptop.peerpact("init", "--write", str(laptop.file))
    laptop.read_configuration()
    for who in (DELEGATES["setup"], laptop.cast.company.config.mailbox):
        laptop.cast.company.workspace.identity.revoke(who)
    doctor = laptop.peerpact("doctor")
    assert doctor.exit_code == 1
    assert "RED            credentials: Nobody lets us into the mailbox" in doctor.output


def test_speaks_to_admins_in_their_language_and_changes_over_when_settings_name_another(cast: Cast) -> None:
    mailbox = cast.company.config.mailbox
    sheet = cast.company.sheet(mailbox)
    settings = sheet.worksheet("Settings")
    names = settings.col_values(1)
    settings.update_cell(names.index("Admin language") + 1, 2, "Español")
    settings.update_cell(names.index("Company") + 1, 4, "Our own words.")
    cast.run("check_roster")
    topics = sheet.worksheet("Start here").col_values(1)
    assert {"Propuestas", "Poner el programa en pausa"} <= set(topics)
    assert "Proposals" not in topics
    assert cast.init()["programme"].changes
    assert sheet.worksheet("Pairings").get_note("A1") == "Dos personas, excepcionalmente tres."
    meanings = dict(zip(names, settings.col_values(4), strict=True))
    assert meanings["Company"] == "Our own words."
    assert meanings["Meeting minutes"] == "Cuánto dura una reunión."
    seen = views_and_charts(cast)
    assert {"Le esperan a usted", "La ronda más reciente arriba"} <= seen
    assert not seen & {"Waiting for you", "Newest round on top", "Follow-through rate"}
    assert cast.init()["programme"].changes == ()


def views_and_charts(cast: Cast) -> set[str]:
    url = f"https://sheets.googleapis.com/v4/spreadsheets/{cast.company.config.programme_spreadsheet}"
    sheets = cast.company.session(cast.company.config.mailbox).get(url).json()["sheets"]
    titles = [view["title"] for sheet in sheets for view in sheet.get("filterViews", ())]
    return {*titles, *(c["spec"]["title"] for sheet in sheets for c in sheet.get("charts", ()))}


def test_pauses_by_a_yes_in_whatever_language_its_line_is(cast: Cast) -> None:
    settings = cast.company.sheet(cast.company.config.mailbox).worksheet("Settings")
    settings.update_cell(settings.col_values(1).index("Admin language") + 1, 2, "Deutsch")
    cast.run("check_roster")
    start = cast.company.sheet().worksheet("Start here")
    row = start.col_values(1).index("Das Programm anhalten") + 1
    start.update_cell(row, start.row_values(1).index("Answer") + 1, "yes")
    settings.update_cell(settings.col_values(1).index("Admin language") + 1, 2, "Français")
    cast.run("check_roster")
    lines = {r["Topic"]: r for r in start.get_all_records()}
    line = lines["Mettre le programme en pause"]
    assert line["In words"].startswith("EN PAUSE depuis le ")
    assert line["What came of it"].endswith("en pause.")
    assert line["Answer"] == ""
