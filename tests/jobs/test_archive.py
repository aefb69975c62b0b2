"""What is over leaves the tabs, is kept, and is found again when it is needed."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import gspread
import pytest
from restored import remembered, restore

from cast import MONDAY, Cast
from everything import Rows, archive, copies, everything, live, workbooks
from peerpact.errors import GoogleError
from peerpact.google.sheets import Upsert
from peerpact.google.spreadsheets import Spreadsheets
from peerpact.jobs.archive import erase_archived, move
from peerpact.jobs.catalogue import JOBS
from peerpact.operating.export import with_archive_apart, without_texts
from peerpact.operating.trace import trace
from peerpact.programme.archive import MoveToArchive, row_of
from peerpact.programme.commitments import ERASED, Commitment
from peerpact.tables.archive import ARCHIVE
from peerpact.tables.records import as_row, read_history
from peerpact.tables.tab_contents import Grid
from workspace_emulator import Effect, Fault, User

BEN, DINA = "ben@example.com", "dina@example.com"


def mails(cast: Cast) -> dict[str, list[str]]:
    return {row["E-mail"]: cast.letters(row["E-mail"]) for row in cast.tab("Roster")}


def unlike(before: Rows, after: Rows) -> set[Any]:
    """Return the keys of rows that are otherwise than before, but for those of pairings that jobs go on with."""
    return {k for k, row in before.items() if after.get(k) != row and not k[2][0].startswith("r2-")}


def test_moves_what_is_over_out_of_the_tabs_and_loses_no_row(later: Cast) -> None:
    before, rows = everything(later), live(later)
    archive(later)
    left = live(later)
    assert unlike(before, everything(later)) == set()
    assert {k: n for k, n in rows.items() if n > left[k]} == {
        "programme Pairings": 6,
        "programme Letters": 7,
        "programme Runs": 2,
        "ledger Commitments": 2,
        "ledger Letters": 15,
        "ledger Replies": 4,
    }
    assert [left[k] for k in ("programme Pairings", "ledger Letters", "ledger Replies")] == [3, 0, 0]
    assert [row["Person"] for row in later.ledger("Commitments")] == [DINA], "her promise is open still"
    assert copies(later) == []


def test_moves_it_once_and_writes_nobody_for_it(later: Cast) -> None:
    archive(later)
    rows, got = everything(later), mails(later)
    later.writes()
    archive(later)
    assert later.writes() == 0
    assert (everything(later), mails(later)) == (rows, got)


@pytest.mark.parametrize("effect", [Effect.REFUSE, Effect.DROP_AFTER, Effect.TWICE])
@pytest.mark.parametrize("job", ["pair_people", "send_follow_ups"])
def test_loses_and_doubles_nothing_wherever_it_is_disturbed(later: Cast, job: str, effect: Effect) -> None:
    before, snapshot = everything(later), later.company.workspace.store.snapshot()
    for call in range(1, 5):
        later.company.workspace.store.restore(snapshot)
        how: Any = {"status": 403, "reason": "forbidden"} if effect is Effect.REFUSE else {}
        fault = Fault(method="sheets.spreadsheets.batchUpdate", effect=effect, call=call, **how)
        later.company.workspace.faults.add(fault)
        with suppress(GoogleError):
            later.run(job)
        later.company.workspace.faults.clear()
        assert copies(later) == []
        archive(later)
        assert unlike(before, everything(later)) == set()
        assert copies(later) == []


def test_moves_it_again_where_the_spreadsheets_are_restored_to_the_day_before(later: Cast) -> None:
    keys = (later.company.config.programme_spreadsheet, later.company.config.ledger_spreadsheet)
    day_before = [remembered(later, key) for key in keys]
    before = everything(later)
    archive(later)
    got = mails(later)
    for values in day_before:
        restore(later, values)
    later.wait(hours=1)
    for name in ("pair_people", "send_follow_ups", "book_first_meetings", "collect_replies"):
        later.run(name)
    assert unlike(before, everything(later)) == set()
    assert copies(later) == []
    assert {p: [k for k in keys if ":r2-" not in k] for p, keys in mails(later).items()} == got


def test_takes_no_letter_in_the_archive_for_one_of_which_no_row_tells(later: Cast) -> None:
    """The first that was too old to be looked for was written down again, beside its row in the archive."""
    archive(later)
    later.go_to(datetime(2028, 2, 7, 9, 5, tzinfo=UTC))
    archive(later)
    letters = later.ledger("Letters")
    later.write("fay@example.com", "Is there coffee?", to=later.company.config.mailbox)
    later.run("collect_replies")
    assert later.ledger("Letters") == letters
    assert copies(later) == []


def commitment(cast: Cast, person: str) -> dict[str, Any]:
    [row] = [r for k, r in everything(cast).items() if k[1] == "Commitments" and r["person"] == person]
    return row


def test_takes_an_answer_to_a_letter_that_is_in_the_archive(later: Cast) -> None:
    later.go_to(datetime(2028, 2, 7, 9, 5, tzinfo=UTC))
    for _ in range(2):
        archive(later)
    assert later.ledger("Commitments") == []
    got = later.letters(DINA)
    later.reply(DINA, "Done, I called him.", to="follow-up")
    later.run("collect_replies")
    assert commitment(later, DINA)["outcome"] == "kept"
    assert len(later.letters(DINA)) == len(got) + 1
    [letter] = [r for r in later.ledger("Letters") if r["Letter"].startswith("follow-up:")]
    assert letter["Answered"]
    later.run("collect_replies")
    assert len(later.letters(DINA)) == len(got) + 1


def rename(cast: Cast, old: str, new: str) -> None:
    sheet = cast.company.sheet().worksheet("Roster")
    header, row = sheet.row_values(1), sheet.find(old).row
    sheet.update_cell(row, header.index("E-mail") + 1, new)
    sheet.update_cell(row, header.index("Former address") + 1, old)
    cast.company.workspace.add_user(User(email=new, name="Dina Dorn", time_zone="Europe/Berlin"))
    cast.company.workspace.add_user(User(email=old, name="Dina Dorn", is_suspended=True))


def test_takes_it_from_somebody_who_has_changed_their_address_twice_since(later: Cast) -> None:
    later.go_to(datetime(2028, 2, 7, 9, 5, tzinfo=UTC))
    archive(later)
    [letter] = [m for m in later.mails(DINA) if (m["X-Peerpact"] or "").startswith("follow-up:")]
    together = history(later)
    for old, new in ((DINA, "dina.dorn@example.com"), ("dina.dorn@example.com", "dina.klein@example.com")):
        rename(later, old, new)
        later.run("check_roster")
        later.run("pair_people")
        later.wait(days=1)
    now = "dina.klein@example.com"
    assert history(later) == {tuple(now if p == DINA else p for p in group) for group in together}
    later.send_reply(now, letter, "Done, I called him.", thread="")
    later.run("collect_replies")
    assert commitment(later, now)["outcome"] == "kept"
    assert len(later.letters(now)) == 1


def history(cast: Cast) -> set[tuple[str, ...]]:
    """Return who was together, as the tab History has it."""
    book = cast.company.access(JOBS["pair_people"]).programme
    book.read(["History"])
    return {group.people for group in read_history(book.contents("History")).groups}


def test_erases_the_words_of_whoever_leaves_in_the_archive_too(later: Cast) -> None:
    archive(later)
    assert commitment(later, BEN)["text"] == "I will read a book about otters."
    row = [r["E-mail"] for r in later.tab("Roster")].index(BEN) + 2
    column = [*later.tab("Roster")[0]].index("Taking part") + 1
    later.company.sheet().worksheet("Roster").update_cell(row, column, "no")
    for _ in range(2):
        later.wait(days=35)
        later.run("check_roster")
        later.run("pair_people")
        later.run("send_follow_ups")
    assert commitment(later, BEN)["text"] == ERASED
    assert "otters" not in str(everything(later))
    assert commitment(later, BEN)["outcome"] == "kept"
    assert commitment(later, DINA)["text"] == "I will call Oskar about his canaries."
    later.run("send_follow_ups")  # tells Dina that nobody is left for her, a letter after the one before
    later.writes()
    later.run("send_follow_ups")
    assert later.writes() == 0


def test_erases_words_in_the_archive_when_their_time_has_come(later: Cast) -> None:
    archive(later)
    later.go_to(datetime(2028, 7, 3, 9, 5, tzinfo=UTC))
    archive(later)
    later.run("send_follow_ups")
    assert "otters" not in str(everything(later))
    assert "canaries" not in str(everything(later))


def promises_of_three_pairings(cast: Cast) -> None:
    """Come to the day on which the time of the archived words of three pairings is over."""
    archive(cast)
    ledger = workbooks(cast)["ledger"]
    for number, person in enumerate(("emil@example.com", "fay@example.com"), start=1):
        text = f"I will draw otter {number}."
        made_on = MONDAY.date()
        promise = Commitment(
            id=f"c{number}", person=person, pairing=f"r1-{number}", text=text, made_on=made_on, due=made_on
        )
        ledger.commit([Upsert("Commitments", [as_row(promise)])])
        move([MoveToArchive(rows=(row_of(promise),))], ledger, cast.clock.now, lambda: True)
    cast.go_to(datetime(2028, 7, 3, 9, 5, tzinfo=UTC))
    cast.writes()


def erased(cast: Cast, time_left: Callable[[], bool]) -> bool:
    """Take out of the archive the words whose time has come, as the job does."""
    job = JOBS["send_follow_ups"]
    access = cast.company.access(job)
    seen = job.steps.gather(access, cast.clock.now())
    actions = job.steps.decide(seen).actions
    in_time, _ = erase_archived(actions, access.ledger, seen.programme, time_left)
    return in_time


@pytest.mark.parametrize(("most", "commits"), [(300, 1), (2, 2), (1, 3)])
def test_erases_words_of_many_pairings_at_one_moment(
    later: Cast, monkeypatch: pytest.MonkeyPatch, most: int, commits: int
) -> None:
    monkeypatch.setattr("peerpact.jobs.archive.MOST_ERASED", most)
    promises_of_three_pairings(later)
    before = everything(later)
    assert str(before).count("otter") == 3
    assert erased(later, lambda: True)
    assert later.writes() == commits
    after = everything(later)
    assert "otter" not in str(after)
    assert {k: {**row, "text": "", "history": ""} for k, row in after.items() if "text" in row} == {
        k: {**row, "text": "", "history": ""} for k, row in before.items() if "text" in row
    }
    assert erased(later, lambda: True)
    assert later.writes() == 0


def test_erases_all_other_words_where_a_row_of_the_archive_cannot_be_read(later: Cast) -> None:
    promises_of_three_pairings(later)
    config = later.company.config
    client = gspread.Client(auth=None, session=later.company.session(config.mailbox))  # type: ignore[arg-type]
    tab = client.open_by_key(config.ledger_spreadsheet).worksheet(ARCHIVE)
    place = tab.row_values(1).index("Rows") + 1
    spoilt = next(n for n, words in enumerate(tab.col_values(place), start=1) if "otter" in words)
    held = tab.cell(spoilt, place).value
    tab.update_cell(spoilt, place, f"x{held}")
    assert erased(later, lambda: True)
    later.run("send_follow_ups")
    told = [p for p in later.tab("Problems") if p["Tab"] == ARCHIVE]
    assert [p["Row"] for p in told] == [f"{spoilt}"]
    assert str(tab.get_values()).count("otter") == 1
    tab.update_cell(spoilt, place, held)
    later.run("send_follow_ups")
    assert "otter" not in str(everything(later))
    assert [p for p in later.tab("Problems") if p["Tab"] == ARCHIVE] == []


def test_holds_no_more_of_the_archive_than_the_part_out_of_which_it_takes_words(
    later: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Eight quarters' words of 600 people were 31 MB, all held until the last of them was done."""
    monkeypatch.setattr("peerpact.jobs.archive.MOST_ERASED", 1)
    promises_of_three_pairings(later)
    job, held = JOBS["send_follow_ups"], []
    access = later.company.access(job)
    seen = job.steps.gather(access, later.clock.now())

    def time_left() -> bool:
        held.append([row.number for row in access.ledger.contents(ARCHIVE).rows if row["rows"]])
        return True

    actions = job.steps.decide(seen).actions
    assert erase_archived(actions, access.ledger, seen.programme, time_left) == (True, [])
    assert held == [[], [], []]
    assert "otter" not in str(everything(later))


def test_goes_on_erasing_words_in_the_next_run_where_there_was_no_time(
    later: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("peerpact.jobs.archive.MOST_ERASED", 1)
    promises_of_three_pairings(later)
    turns = []
    for _ in range(3):
        time = iter([True])
        turns.append(erased(later, lambda time=time: next(time, False)))
    assert (turns, later.writes()) == ([False, False, True], 3)
    assert "otter" not in str(everything(later))


def test_tells_somebody_what_the_archive_has_about_them_and_forgets_it_when_asked(later: Cast) -> None:
    archive(later)
    later.write(BEN, "What do you have stored about me?", to=later.company.config.mailbox)
    later.run("collect_replies")
    [*_, answer] = later.mails(BEN)
    assert "otters" in str([p.get_content() for p in answer.walk() if not p.is_multipart()])
    assert "canaries" not in str([p.get_content() for p in answer.walk() if not p.is_multipart()])
    later.wait(days=1)
    later.write(BEN, "forget me", to=later.company.config.mailbox)
    later.run("collect_replies")
    later.wait(days=1)
    later.reply(BEN, "forget me", to="acknowledgement")
    later.run("collect_replies")
    later.wait(days=40)
    later.run("collect_replies")
    assert "otters" not in str(everything(later))
    assert not [k for k, r in everything(later).items() if k[0] == "ledger" and r["person"] == BEN]
    assert commitment(later, DINA)["text"] == "I will call Oskar about his canaries."


def test_exports_what_is_in_the_archive_as_it_was_on_its_tabs(later: Cast) -> None:
    archive(later)
    config = later.company.config
    session = later.company.access(JOBS["send_follow_ups"])._as_runtime
    cells = Spreadsheets(session, editors=()).cells(config.ledger_spreadsheet)
    tabs = dict(with_archive_apart(cells))
    assert ARCHIVE not in tabs
    promise = dict(zip(*tabs["Commitments (archive)"], strict=True))
    assert (promise["Text"], promise["Made on"]) == ("I will read a book about otters.", "2026-01-22")
    assert len(tabs["Letters (archive)"]) == 16


def test_exports_rows_of_the_archive_that_nobody_can_read_as_they_stand(later: Cast) -> None:
    promises_of_three_pairings(later)
    config = later.company.config
    client = gspread.Client(auth=None, session=later.company.session(config.mailbox))  # type: ignore[arg-type]
    sheet = client.open_by_key(config.ledger_spreadsheet).worksheet(ARCHIVE)
    column = sheet.row_values(1).index("Rows") + 1
    spoilt = next(n for n, words in enumerate(sheet.col_values(column), start=1) if "otter" in words)
    sheet.update_cell(spoilt, column, f"x{sheet.cell(spoilt, column).value}")
    session = later.company.access(JOBS["send_follow_ups"])._as_runtime
    cells = Spreadsheets(session, editors=()).cells(config.ledger_spreadsheet)
    tabs = dict(with_archive_apart(cells))
    assert tabs[ARCHIVE] == [cells[ARCHIVE][0], cells[ARCHIVE][spoilt - 1]]
    assert str(tabs["Commitments (archive)"]).count("otter") == 2
    assert "otter" not in str(dict(without_texts([*tabs.items()])))


def test_exports_an_archive_without_its_header_as_it_stands(later: Cast) -> None:
    archive(later)
    session = later.company.access(JOBS["send_follow_ups"])._as_runtime
    cells = Spreadsheets(session, editors=()).cells(later.company.config.ledger_spreadsheet)
    spoilt = {ARCHIVE: [["?"], *cells[ARCHIVE][1:]]}
    assert dict(with_archive_apart(spoilt)) == {ARCHIVE: [row for row in spoilt[ARCHIVE] if any(row)]}


def test_exports_without_texts_tell_nobody_what_is_in_the_archive_and_what_is_still_open(later: Cast) -> None:
    def exported() -> tuple[Grid, list[str]]:
        session = later.company.access(JOBS["send_follow_ups"])._as_runtime
        cells = Spreadsheets(session, editors=()).cells(later.company.config.ledger_spreadsheet)
        tabs = dict(without_texts(list(with_archive_apart(cells))))
        assert "otters" not in str(tabs)
        return tabs["Commitments"], [title for title in tabs if title.startswith("Commitments")]

    before = exported()
    archive(later)
    assert exported() == before


def test_traces_what_is_in_the_archive(later: Cast) -> None:
    access = later.company.access(JOBS["send_follow_ups"])
    letter = later.ledger("Letters")[0]["Letter"]
    before = trace(access, letter)
    archive(later)
    after = trace(later.company.access(JOBS["send_follow_ups"]), letter)
    assert len(before) > 1
    assert after == before


@pytest.mark.parametrize("where", [2, 3])
def test_loses_nothing_of_the_archive_where_the_owner_moves_its_rows_while_words_are_erased(
    later: Cast, where: int
) -> None:
    promises_of_three_pairings(later)
    before = everything(later)
    config = later.company.config

    def insert(_: object) -> None:
        client = gspread.Client(auth=None, session=later.company.session(config.mailbox))  # type: ignore[arg-type]
        client.open_by_key(config.ledger_spreadsheet).worksheet(ARCHIVE).insert_rows([[]], where)

    moved = Fault(method="sheets.spreadsheets.batchUpdate", before=insert, call=1, times=1)
    later.company.workspace.faults.add(moved)
    erased(later, lambda: True)
    later.company.workspace.faults.clear()
    after = everything(later)
    assert before.keys() == after.keys()
    assert "otter" not in str(after)
