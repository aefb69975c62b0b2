"""What jobs write down for admins is in their language: what was done, and what Google refused, and why."""

from __future__ import annotations

import pytest

import states
from cast import Cast
from peerpact.errors import GoogleError
from workspace_emulator import Effect, Fault


def speaks(cast: Cast, language: str) -> None:
    sheet = cast.company.sheet().worksheet("Settings")
    sheet.update_cell(sheet.col_values(1).index("Admin language") + 1, 2, language)


def last_done(cast: Cast, job: str) -> str:
    return next(row["Done"] for row in reversed(cast.tab("Runs")) if row["Job"] == job)


def refused(cast: Cast) -> str:
    return next(p["What is wrong"] for p in cast.tab("Problems") if p["Found by"] == "book_first_meetings")


@pytest.mark.parametrize(
    ("language", "done"),
    [
        ("English", "3 pairings proposed; 3 pairs. No other pairing is better"),
        ("Deutsch", "3 Tandems vorgeschlagen; 3 Zweiertandems. Besser geht es nicht"),
        ("Français", "3 binômes proposés; 3 binômes à deux. Aucune autre répartition n’est meilleure"),
        ("Español", "3 parejas de mentoría propuestas; 3 grupos de dos. Ningún otro reparto es mejor"),
    ],
)
def test_says_on_runs_what_was_done(cast: Cast, language: str, done: str) -> None:
    speaks(cast, language)
    cast.run("pair_people")
    assert last_done(cast, "pair_people").startswith(done)


def test_says_why_a_mail_was_refused_also_when_a_later_run_remembers_it(cast: Cast) -> None:
    cast.bring_to(states.approved)
    speaks(cast, "Deutsch")
    faults = cast.company.workspace.faults
    faults.add(Fault(effect=Effect.REFUSE, method="gmail.users.drafts.create", status=400, times=1))
    for _ in range(2):
        cast.run("book_first_meetings")
        assert "Google hat einen Aufruf abgelehnt: " in refused(cast)
        assert "Google refused" not in refused(cast)


def test_says_why_a_meeting_was_refused_also_when_a_later_run_remembers_it(cast: Cast) -> None:
    cast.bring_to(states.approved)
    speaks(cast, "Français")
    faults = cast.company.workspace.faults
    faults.add(Fault(effect=Effect.REFUSE, method="calendar.events.insert", status=400, times=1))
    for _ in range(2):
        cast.run("book_first_meetings")
        assert "Google a refusé un appel\xa0: " in refused(cast)


def test_says_what_stops_a_whole_job(cast: Cast) -> None:
    cast.bring_to(states.approved)
    speaks(cast, "Español")
    faults = cast.company.workspace.faults
    faults.add(
        Fault(effect=Effect.REFUSE, method="calendar.events.insert", status=403, reason="quotaExceeded")
    )
    with pytest.raises(GoogleError, match="limit of use"):
        cast.run("book_first_meetings")
    assert "Se ha alcanzado el límite de uso de Google para Google Calendar" in refused(cast)
