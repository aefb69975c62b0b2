"""The months that the demo plays end in a state in which every promise holds."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from rich.console import Console

from checker import Checker
from peerpact.demo.play import Play, ask_for_examples, prepare
from peerpact.demo.summary import rows, summarise
from peerpact.programme.roster.asked import KINDS
from peerpact.tables.archive import Leaving, archived


def checker(play: Play) -> Checker:
    config = play.company.config
    return Checker(
        play.company.front,
        mailbox=config.mailbox,
        programme=config.programme_spreadsheet,
        ledger=config.ledger_spreadsheet,
    )


def pass_days(play: Play, days: int) -> None:
    for _ in play.until(play.company.workspace.clock.now() + timedelta(days=days)):
        pass


def test_keeps_every_promise_through_a_round_and_into_the_next() -> None:
    play = prepare(roster=None, seed=2)
    settings = play.company.sheet().worksheet("Settings")
    settings.update_acell(f"B{settings.col_values(1).index('Months per round') + 1}", 1)
    pass_days(play, 51)
    found = checker(play)
    assert found.faults() == []
    assert {row["Round"] for row in found.programme["Pairings"]} == {1, 2}
    standing = [p for people in found.standing(2) for p in people]
    assert len(standing) == len(set(standing)) >= 40
    assert play.colleagues.did["replies"] > 20
    assert play.refusals == []


def test_introduces_nobody_before_a_word_of_what_this_is_and_lets_some_go_on_leave() -> None:
    play = prepare(roster=None, seed=1)
    pass_days(play, 20)
    config = play.company.config
    books = (config.ledger_spreadsheet, config.programme_spreadsheet)
    sent = [r for book in books for r in rows(play, book, "Letters") if r["State"] == "sent"]
    told = {r["Person"] for r in sent if r["Kind"] in {"announcement", "welcome"}}
    introduced = {r["Person"] for r in sent if r["Kind"] == "introduction"}
    assert len(introduced) > 40
    assert introduced <= told
    assert "announcement" in {r["Kind"] for r in sent}
    assert 3 <= len(play.leave) <= 9


def test_plays_with_a_roster_of_one(tmp_path: Path) -> None:
    roster = tmp_path / "one.csv"
    roster.write_text("Name,E-mail\nAda Lovelace,ada@example.org\n", encoding="utf-8")
    play = prepare(roster=roster, seed=1)
    settings = play.company.sheet().worksheet("Settings")
    assert settings.cell(settings.col_values(1).index("Company") + 1, 2).value == "Example"
    pass_days(play, 17)
    before = summarise(play, Console(quiet=True))
    assert "turn" not in before["Mails sent"]
    start = rows(play, play.company.config.programme_spreadsheet, "Start here")
    assert [x["In words"] for x in start if x["Topic"] == "Follow-through"] == [before["Follow-through"]]
    over = [
        (Leaving(title="Letters", key=(str(n),), of="r1"), {"Kind": "turn", "State": "sent"})
        for n in range(3)
    ]
    [row] = archived(over, datetime(2026, 1, 8, tzinfo=UTC))
    cells = [row["of"], "2026-01-08 10:00", row["part"], "", "", row["rows"]]
    play.company.sheet(play.company.config.mailbox).worksheet("Archive").append_row(cells, "USER_ENTERED")
    assert "3 turn" in summarise(play, Console(quiet=True))["Mails sent"]
    assert [
        p["What is wrong"] for p in checker(play)._rows(play.company.config.programme_spreadsheet, "Problems")
    ] == ["Ada Lovelace has no partner in this round: nobody else takes part."]
    ask_for_examples(play)
    letters = rows(play, play.company.config.programme_spreadsheet, "Letters")
    shown = [r["Letter"].split(":")[2] for r in letters if r["Kind"] == "example" and r["State"] == "sent"]
    assert sorted(shown) == sorted(KINDS)
