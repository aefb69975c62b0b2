"""The programme into which slips are made: two weeks into its first round, with meetings and promises."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from cast import MONDAY, Cast
from peerpact.demo.company import found
from workspace_emulator import Clock, Workspace

ROSTER = Path(__file__).resolve().parents[1] / "roster.csv"


def running_programme() -> Cast:
    workspace = Workspace(clock=Clock(MONDAY - timedelta(days=3)), check_responses=False)
    cast = Cast(found(workspace, roster=ROSTER, first_round=date(2026, 1, 5), seed=1, calendars=False))
    cast.run("check_roster")
    cast.go_to(MONDAY + timedelta(hours=3))
    cast.run("pair_people")
    cast.wait(days=3)
    for name in ("pair_people", "book_first_meetings"):
        cast.run(name)
    cast.wait(days=14)
    for name in ("book_first_meetings", "send_follow_ups"):
        cast.run(name)
    cast.reply("ben@example.com", "I will write the guide by 20 March 2026.", to="commitment-request")
    for name in ("collect_replies", "check_roster", "pair_people", "report"):
        cast.run(name)
    return cast
