"""More than one mailbox: each writes to its own pairings, admins see all in one spreadsheet, and nobody hears twice."""

from __future__ import annotations

import gc
import json
from collections.abc import Callable, Iterator
from contextlib import nullcontext, suppress
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import requests

from cast import MONDAY
from mailboxes import EACH, Several, people_of
from peerpact.config import MailboxPlace
from peerpact.demo.company import INSTALLER, account_credentials, account_of, found
from peerpact.errors import OutOfTime, PeerpactError
from peerpact.google.access import Access
from peerpact.google.scopes import SCOPES
from peerpact.google.sheets import Upsert, Workbook
from peerpact.jobs import check_roster
from peerpact.jobs.archive import HEADER_ONLY, move
from peerpact.jobs.catalogue import JOBS
from peerpact.operating.doctor import Examination
from peerpact.operating.doctor.findings import State
from peerpact.operating.doctor.mailboxes import examine
from peerpact.operating.erase import erase
from peerpact.operating.export import export
from peerpact.operating.trace import trace
from peerpact.programme.archive import MoveToArchive, row_of
from peerpact.programme.commitments import Commitment
from peerpact.tables.archive import ARCHIVE
from peerpact.tables.records import as_row
from workspace_emulator import Clock, Effect, Fault, InProcessAdapter, Snapshot, Workspace

FIRST, SECOND, THIRD = "mentoring@example.com", "mentoring2@example.com", "mentoring3@example.com"
SIZE = 10
BEGINS = MONDAY - timedelta(days=5)


@pytest.fixture(scope="module")
def _two(tmp_path_factory: pytest.TempPathFactory) -> tuple[Several, Snapshot]:
    """Two mailboxes on the day on which the first round's pairings are approved; everybody has heard of it."""
    path: Path = tmp_path_factory.mktemp("roster") / "roster.csv"
    lines = ["Name,E-mail,Team,Time zone,Taking part"]
    lines += [f"Person {n},person{n:02}@example.com,Team {n % 4},Europe/Berlin,yes" for n in range(SIZE)]
    path.write_text("\n".join(lines), encoding="utf-8")
    workspace = Workspace(clock=Clock(BEGINS), check_responses=True)
    company = found(workspace, roster=path, first_round=date(2026, 1, 5), seed=1, calendars=False)
    two = Several(company, SECOND)
    for days in (0, 1, 5, 8):
        workspace.clock.set((BEGINS + timedelta(days=days)).replace(hour=9))
        two.tick("pair_people", "send_follow_ups")
    return two, workspace.store.snapshot()


@pytest.fixture
def two(_two: tuple[Several, Snapshot]) -> Iterator[Several]:
    several, snapshot = _two
    workspace, config = several.company.workspace, several.company.config
    workspace.store.restore(snapshot)
    workspace.clock.set((BEGINS + timedelta(days=8)).replace(hour=9))
    yield several
    workspace.faults.clear()
    several.set(config)


def later(two: Several, **how_long: float) -> None:
    two.company.workspace.clock.move(timedelta(**how_long))


def pairings(two: Several) -> dict[str, dict[str, str]]:
    return {row["Pairing"]: row for row in two.whole.tab("Pairings")}


def mine(two: Several, mailbox: str) -> list[str]:
    """Return the pairings that a mailbox has in its share, which admins can't open."""
    config = two.of[mailbox].company.config
    client = two.of[mailbox].company.sheet(mailbox)
    assert client.id == config.programme_spreadsheet
    return [r["Pairing"] for r in client.worksheet("Pairings").get_all_records() if r["Mailbox"] == mailbox]


def writers(two: Several) -> dict[tuple[str, str], set[str]]:
    """Return who wrote to each about each pairing, by the sender of every letter in their mailbox."""
    found: dict[tuple[str, str], set[str]] = {}
    for key, row in pairings(two).items():
        for person in people_of(row):
            mails = [m for m in two.whole.mails(person) if f":{key}:" in (m["X-Peerpact"] or "")]
            found[key, person] = {m["From"].rpartition("<")[2].strip(">") for m in mails}
    return found


def test_tells_everybody_of_the_round_once_and_parts_the_pairings(two: Several) -> None:
    assert two.letters() == {f"announcement:r1:person{n:02}@example.com": 1 for n in range(SIZE)}
    assert {row["Mailbox"] for row in pairings(two).values()} == {FIRST, SECOND}
    for mailbox in two.of:
        theirs = [key for key, row in pairings(two).items() if row["Mailbox"] == mailbox]
        assert sorted(mine(two, mailbox)) == sorted(theirs)
        with pytest.raises(PermissionError):
            two.of[mailbox].company.sheet()


def test_holds_no_share_once_it_was_looked_at_and_of_the_roster_what_a_job_needs(two: Several) -> None:
    """All shares together are twice what the programme is: with 100,000 people, more than a function has."""
    company = two.whole.company
    access, keys = company.access(JOBS["check_roster"]), {p.share for p in company.config.mailboxes}
    seen = JOBS["check_roster"].steps.gather(access, company.workspace.clock.now())
    held = [o.key for o in gc.get_objects() if isinstance(o, Workbook)]
    assert (keys.isdisjoint(held), access.programme.key in held, len(seen.programme.people)) == (
        True,
        True,
        SIZE,
    )
    assert {tuple(row.values) for row in access.programme.contents("Roster").rows} == {("email",)}


def test_carries_pairings_from_introduction_to_promise_each_by_its_own_mailbox(two: Several) -> None:
    two.tick("book_first_meetings")
    assert all(row["First meeting"] and row["Meeting state"] for row in pairings(two).values())
    later(two, days=11)
    two.tick("book_first_meetings", "send_follow_ups")
    for (key, _), mailboxes in writers(two).items():
        assert mailboxes == {pairings(two)[key]["Mailbox"]}
    asked = {
        m: next(p for r in pairings(two).values() if r["Mailbox"] == m for p in people_of(r)) for m in two.of
    }
    for person, whom in zip(asked.values(), ("Anna", "my manager"), strict=True):
        two.whole.reply(person, f"I will call {whom} by 1 March.", to="commitment-request")
    two.whole.reply(asked[SECOND], "pause until 1 May", to="introduction")
    two.tick("collect_replies")
    for mailbox, person in asked.items():
        assert [row["Person"] for row in two.of[mailbox].ledger("Commitments")] == [person]
    assert [(r["Person"], r["Asked for"]) for r in two.whole.tab("Requests")] == [(asked[SECOND], "pause")]
    assert {f"book_first_meetings, {m}" for m in two.of} <= {row["Job"] for row in two.whole.tab("Runs")}
    assert set(two.letters().values()) == {1}
    assert two.faults() == []


def test_has_nothing_to_do_where_nothing_is_new(two: Several) -> None:
    two.tick("book_first_meetings")
    two.run("check_roster")
    two.whole.writes()
    two.run("check_roster")
    assert two.whole.writes() == 0


def test_does_everything_once_wherever_it_is_disturbed(two: Several) -> None:
    workspace, now = two.company.workspace, two.company.workspace.clock.now()
    snapshot = workspace.store.snapshot()
    for call, effect in enumerate([Effect.REFUSE, Effect.DROP_AFTER, Effect.TWICE] * 2, start=1):
        workspace.store.restore(snapshot)
        workspace.clock.set(now)
        how: Any = {"status": 403, "reason": "forbidden"} if effect is Effect.REFUSE else {}
        fault = Fault(method="sheets.spreadsheets.batchUpdate", effect=effect, call=call, times=1, **how)
        workspace.faults.add(fault)
        for name in ("check_roster", "book_first_meetings", "check_roster"):
            with suppress(PeerpactError):
                two.run(name)
        workspace.faults.clear()
        two.tick("book_first_meetings")
        introduced = [f"introduction:{key}:{p}" for key, row in pairings(two).items() for p in people_of(row)]
        assert sorted(k for k in two.letters() if k.startswith("introduction")) == sorted(introduced)
        assert set(two.letters().values()) == {1}
        assert all(row["First meeting"] for row in pairings(two).values())
        assert two.faults() == []


def test_shows_admins_what_each_found_and_goes_by_their_answers(two: Several) -> None:
    row = next(r for r in pairings(two).values() if r["Mailbox"] == SECOND)
    fault = Fault(effect=Effect.REFUSE, method="calendar.events.insert", status=400, user=SECOND)
    two.company.workspace.faults.add(fault)
    two.tick("book_first_meetings")
    found = [p for p in two.whole.tab("Problems") if p["Found by"] == f"book_first_meetings, {SECOND}"]
    assert row["Pairing"] in {p["Who or which"] for p in found}
    assert all(r["First meeting"] for r in pairings(two).values() if r["Mailbox"] == FIRST)
    two.company.workspace.faults.clear()
    later(two, days=1)
    two.tick("book_first_meetings")
    assert [p for p in two.whole.tab("Problems") if p["Found by"].startswith("book_first")] == []


def test_stops_nobody_elses_mails_where_one_share_cannot_be_opened(two: Several) -> None:
    share = next(p.share for p in two.company.config.mailboxes if p.mailbox == SECOND)
    session = two.company.session(SECOND)
    session.delete(f"https://www.googleapis.com/drive/v3/files/{share}").raise_for_status()
    two.run("check_roster")
    assert [p["Who or which"] for p in two.whole.tab("Problems")] == [SECOND]
    two.of[FIRST].run("book_first_meetings")
    two.run("check_roster")
    assert {bool(r["First meeting"]) for r in pairings(two).values() if r["Mailbox"] == FIRST} == {True}


@pytest.mark.parametrize("status", [400, 403, 404, 503])
def test_brings_the_others_up_to_date_where_google_refuses_to_write_one_share(
    two: Several, status: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = two.company.config.mailboxes
    two.whole.setting("Programme name", "Side by side")
    with monkeypatch.context() as patch:
        patch.setattr(InProcessAdapter, "send", refusing(f"{one.share}:batchUpdate", status))
        with pytest.raises(OutOfTime) if status == 503 else nullcontext():
            two.run("check_roster")
    assert [p["Who or which"] for p in two.whole.tab("Problems")] == ([] if status == 503 else [FIRST])
    assert name_in(two, one) != name_in(two, other) == "Side by side"
    two.run("check_roster")
    assert two.whole.tab("Problems") == []
    assert name_in(two, one) == "Side by side"


def test_asks_for_a_shares_tabs_once_in_a_run_that_writes_it(two: Several) -> None:
    two.whole.setting("Programme name", "Side by side")
    two.company.workspace.calls.clear()
    two.run("check_roster")
    opened = [call for call in two.company.workspace.calls if call.method_id == "sheets.spreadsheets.get"]
    places = two.company.config.mailboxes
    assert {name_in(two, place) for place in places} == {"Side by side"}
    assert len(opened) == 1 + len(places)


def test_writes_a_share_into_which_its_own_jobs_wrote_after_it_was_looked_at(
    two: Several, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = two.company.config.mailboxes
    two.whole.setting("Programme name", "Side by side")
    wrote: list[str] = []
    write = check_roster.write_shares

    def interrupted(*given: Any) -> Any:
        workbook = two.of[SECOND].company.access(JOBS["book_first_meetings"]).programme
        workbook.read(["Runs"])
        workbook.commit([Upsert("Runs", [{"id": "theirs", "job": "book_first_meetings", "started": BEGINS}])])
        wrote.append(workbook.key)
        return write(*given)

    monkeypatch.setattr(check_roster, "write_shares", interrupted)
    two.run("check_roster")
    assert wrote == [other.share]
    assert name_in(two, one) == name_in(two, other) == "Side by side"
    monkeypatch.undo()
    two.run("check_roster")
    assert "theirs" in {row["Run"] for row in two.whole.tab("Runs")}


def refusing(ending: str, status: int) -> Callable[..., requests.Response]:
    """Return what sends requests but for those whose path ends so: they are refused."""
    send = InProcessAdapter.send

    def sent(self: InProcessAdapter, request: requests.PreparedRequest, *args: Any, **how: Any) -> Any:
        if not request.path_url.partition("?")[0].endswith(ending):
            return send(self, request, *args, **how)
        answer = requests.Response()
        answer.status_code, answer.request, answer.url = status, request, str(request.url)
        answer._content = json.dumps({"error": {"code": status, "message": "Refused."}}).encode()
        return answer

    return sent


def name_in(two: Several, place: MailboxPlace) -> str:
    """Return the programme's name in one mailbox's share."""
    url = f"https://sheets.googleapis.com/v4/spreadsheets/{place.share}/values/Settings"
    rows = two.company.session(place.mailbox).get(url).json()["values"]
    return next(row[1] for row in rows if row[0] == "Programme name")


def test_adds_one_between_two_runs_and_lets_one_go_when_its_pairings_are_over(two: Several) -> None:
    two.tick("book_first_meetings")
    before = {key: row["Mailbox"] for key, row in pairings(two).items()}
    two.add(THIRD)
    for name in EACH:
        with pytest.raises(OutOfTime, match="check_roster"):
            two.of[THIRD].run(name)
    assert two.init() == []
    two.tick(*EACH)
    assert {key: row["Mailbox"] for key, row in pairings(two).items()} == before
    two.close(SECOND)
    two.whole.go_to(MONDAY.replace(month=3, day=31, hour=9))
    two.tick("pair_people", "send_follow_ups")
    two.whole.go_to(MONDAY.replace(month=4, day=6, hour=9))
    two.tick("pair_people")
    later(two, days=3)
    two.tick("pair_people", "book_first_meetings")
    new = {row["Mailbox"] for row in pairings(two).values() if row["Round"] == "2"}
    assert new == {FIRST, THIRD}
    assert set(two.letters().values()) == {1}
    later(two, days=30)
    two.tick("pair_people", "book_first_meetings")
    assert not mine(two, SECOND)
    assert two.faults() == []


def installed(two: Several) -> Examination:
    """Return the installation as whoever sets it up reaches it."""
    config = replace(two.company.config, **{f"{k}_delegate": "" for k in SCOPES if k != "setup"})
    how: dict[str, Any] = {
        "transport": InProcessAdapter(two.company.front),
        "credentials": account_credentials(two.company.workspace, INSTALLER),
    }
    return Examination(
        config=config,
        open_access=lambda scopes: Access(config, scopes=scopes, **how),
        clock=two.company.workspace.clock.now,
        accounts=tuple(account_of(name) for name in JOBS),
        ledger_accounts=tuple(account_of(job.name) for job in JOBS.values() if job.opens_ledger),
    )


def promised(two: Several, mailbox: str, person: str, text: str, *, is_old: bool = False) -> None:
    """Let a mailbox's ledger have what somebody promised; an old promise is in its archive."""
    ledger = two.of[mailbox].company.access(JOBS["send_follow_ups"]).ledger
    ledger.read_along(HEADER_ONLY)
    ledger.read(["Commitments"])
    promise = Commitment(
        id=f"c{len(text)}{is_old:d}",
        person=person,
        pairing="r1-other",
        text=text,
        made_on=BEGINS.date(),
        due=BEGINS.date() + timedelta(days=60),
        audience=("dina@example.com",),
    )
    ledger.commit([Upsert("Commitments", [as_row(promise)])])
    if is_old:
        now = two.company.workspace.clock.now
        move([MoveToArchive(rows=(row_of(promise),))], ledger, now, lambda: True)


def ask(two: Several, person: str, words: str) -> str:
    """Write to the first mailbox; return what it answers, with what is attached."""
    two.whole.write(person, words, to=FIRST)
    two.of[FIRST].run("collect_replies")
    return " ".join(str(p.get_content()) for p in two.whole.mails(person)[-1].walk() if not p.is_multipart())


def told_in_requests(two: Several) -> set[str]:
    """Return the words that are on the tabs Requests of the programme and of the mailboxes' shares."""
    found = {r["In their words"] for r in two.whole.tab("Requests")}
    for cast in two.of.values():
        share = cast.company.access(JOBS["collect_replies"]).programme
        share.read(["Requests"])
        found |= {str(r.values["words"] or "") for r in share.contents("Requests").rows}
    return found


def test_tells_and_forgets_somebody_in_all_mailboxes_and_their_archives(two: Several) -> None:
    two.tick("book_first_meetings")
    person = next(people_of(r)[0] for r in pairings(two).values() if r["Mailbox"] == FIRST)
    promised(two, SECOND, person, "I will feed the otters.")
    promised(two, SECOND, person, "I will call about canaries.", is_old=True)
    promised(two, SECOND, "dina@example.com", "I will paint the boat.")
    assert "otters" in ask(two, person, "status")
    kept = ask(two, person, "my data")
    assert "otters" in kept
    assert "canaries" in kept
    assert "boat" not in kept
    two.whole.reply(person, "I want to talk about foxes", to="announcement")
    two.tick("collect_replies", "check_roster")
    assert "foxes" in told_in_requests(two)
    ask(two, person, "forget me")
    later(two, days=1)
    two.whole.reply(person, "forget me", to="acknowledgement")
    two.tick("collect_replies")
    later(two, days=40)
    two.tick("collect_replies")
    assert [row["Text"] for row in two.of[SECOND].ledger("Commitments")] == ["I will paint the boat."]
    two.tick("check_roster", "check_roster")
    assert told_in_requests(two) == {""}
    ledger = two.of[SECOND].company.access(JOBS["collect_replies"]).ledger
    ledger.read([ARCHIVE])
    assert "canaries" not in str(ledger.grid(ARCHIVE))
    calls = two.company.workspace.calls
    calls.clear()
    two.of[SECOND].run("collect_replies")
    assert not [c for c in calls if c.kind == "write"]


def test_shows_admins_the_sum_of_what_each_mailbox_has_published(two: Several) -> None:
    for mailbox, made in zip(two.of, (6, 9), strict=True):
        share = two.of[mailbox].company.access(JOBS["send_follow_ups"]).programme
        share.read(["Overview"])
        share.commit([Upsert("Overview", [{"month": "2026-01", "made": made}, {"month": "2026-02"}])])
    two.whole.go_to(MONDAY.replace(month=2, day=23, hour=9))
    for _ in range(2):
        two.run("check_roster")
        january = next(row for row in two.whole.tab("Overview") if row["Month"] == "2026-01")
        assert january["Commitments made"] == "15"


def test_exports_and_erases_what_every_mailbox_has(two: Several, tmp_path: Path) -> None:
    two.tick("book_first_meetings")
    promised(two, SECOND, "person01@example.com", "I will feed the otters.", is_old=True)
    files = {
        str(f.path.relative_to(tmp_path / "out"))
        for f in export(installed(two), tmp_path / "out", with_texts=True)
    }
    for mailbox in two.of:
        assert {
            f"{mailbox}/share/Pairings.csv",
            f"{mailbox}/ledger/Letters.csv",
            f"{mailbox}/meetings.json",
        } <= files
    assert "otters" in (tmp_path / "out" / SECOND / "ledger" / "Commitments (archive).csv").read_text()
    assert {"programme/Pairings.csv", "wishes/Wishes.csv"} <= files
    for _ in range(2):
        for step in erase(installed(two), cancel_meetings=True):
            step.do()
    assert erase(installed(two), cancel_meetings=True) == []
    for mailbox in two.of:
        assert two.whole.mails(mailbox, "in:sent") == []


def test_traces_a_letter_whichever_mailbox_wrote_it(two: Several) -> None:
    two.tick("book_first_meetings")
    for key, row in pairings(two).items():
        access = two.whole.company.access(JOBS["collect_replies"])
        said = trace(access, key)
        assert said[0].startswith(f"Pairing {key}: Approved; meeting 1 invited")
        assert len([s for s in said if "(introduction)" in s]) == len(people_of(row)), said


def test_examines_every_mailbox_and_says_when_a_closing_one_may_go(two: Several) -> None:
    found = [f for f in examine(installed(two)) if f.state is not State.GREEN]
    assert [f.check for f in found] == [f"{mailbox}, labels" for mailbox in two.of]
    two.close(SECOND)
    [*_, last] = examine(installed(two))
    mine = sum(row["Mailbox"] == SECOND for row in pairings(two).values())
    assert last.words.startswith(f"closing, and may not go yet: {mine} pairings of its own")
    share = next(p.share for p in two.company.config.mailboxes if p.mailbox == SECOND)
    session = two.company.session(SECOND)
    session.delete(f"https://www.googleapis.com/drive/v3/files/{share}").raise_for_status()
    [missing] = [f for f in examine(installed(two)) if f.check == f"{SECOND}, share"]
    assert "can't open its share" in missing.words


def test_starts_a_unit_for_each_job_that_looks_after_one_mailbox() -> None:
    assert {name for name, job in JOBS.items() if "gmail" in str(job.mailbox_scopes)} == {*EACH, "report"}
