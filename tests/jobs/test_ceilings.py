"""A plan that is larger than Settings allow is shown and not carried out, until an admin raises the limit."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from cast import Cast
from peerpact.demo.company import found
from peerpact.errors import TooMuchToDo
from states import approved
from workspace_emulator import Clock, Workspace

MONDAY = datetime(2026, 1, 5, 6, 0, tzinfo=UTC)
HEADER = (
    "Name,E-mail,Team,Manager,Time zone,Working hours,Languages,Interests,Taking part,Paused until,Joined"
)
PEOPLE = [f"p{n:02}@example.com" for n in range(24)]
LETTERS, ENDED = "Most letters per run", "Most pairings ended per run"


@pytest.fixture(scope="module")
def _crowd(tmp_path_factory: pytest.TempPathFactory) -> Cast:
    lines = [f"Person {e[1:3]},{e},Team {i % 6},,Europe/Berlin,,English,,yes,," for i, e in enumerate(PEOPLE)]
    roster = tmp_path_factory.mktemp("crowd") / "roster.csv"
    roster.write_text("\n".join([HEADER, *lines]))
    workspace = Workspace(clock=Clock(MONDAY), check_responses=True)
    return Cast(found(workspace, roster=roster, first_round=date(2026, 1, 5), seed=1, calendars=False))


@pytest.fixture
def crowd(_crowd: Cast) -> Cast:
    """Twelve pairs, approved and not yet invited."""
    return _crowd.bring_to(approved)


def leave(cast: Cast, how_many: int) -> None:
    """Let one person of each of so many pairings vanish from the roster, for so long that they are gone."""
    gone = [p["Addresses"].split(", ")[0] for p in cast.tab("Pairings")[:how_many]]
    for address in gone:
        cast.company.sheet().worksheet("Roster").batch_clear(
            [f"A{PEOPLE.index(address) + 2}:L{PEOPLE.index(address) + 2}"]
        )
    cast.run("check_roster")
    cast.wait(days=5)


def told(cast: Cast) -> list[dict[str, str]]:
    return [p for p in cast.tab("Problems") if "Nothing was done" in p["What is wrong"]]


def reached(cast: Cast) -> list[str]:
    return [p for p in PEOPLE if cast.mails(p) or cast.events(p)]


def test_stops_before_it_writes_to_more_people_than_settings_allow(crowd: Cast) -> None:
    crowd.setting(LETTERS, 23)
    with pytest.raises(TooMuchToDo, match="24 people; Settings allow 23"):
        crowd.run("book_first_meetings")
    assert reached(crowd) == []


def test_shows_admins_the_plan_in_numbers_and_the_way_on(crowd: Cast) -> None:
    crowd.setting(LETTERS, 23)
    with pytest.raises(TooMuchToDo):
        crowd.run("book_first_meetings")
    [problem] = told(crowd)
    assert "12 meetings booked, 24 mails" in problem["What is wrong"]
    assert LETTERS in problem["What is wrong"]
    assert "peerpact preview book_first_meetings" in problem["What to do"]
    assert "nothing: too much" in crowd.tab("Runs")[-1]["Done"]


def test_tells_it_once_however_often_the_job_comes_round(crowd: Cast) -> None:
    crowd.setting(LETTERS, 23)
    for _ in range(3):
        with pytest.raises(TooMuchToDo):
            crowd.run("book_first_meetings")
        crowd.wait(minutes=30)
    assert len(told(crowd)) == 1
    assert sum("too much" in r["Done"] for r in crowd.tab("Runs")) == 1


def test_goes_on_and_clears_the_problem_when_an_admin_raises_the_limit(crowd: Cast) -> None:
    crowd.setting(LETTERS, 23)
    with pytest.raises(TooMuchToDo):
        crowd.run("book_first_meetings")
    crowd.setting(LETTERS, 24)
    crowd.run("book_first_meetings")
    assert reached(crowd) == PEOPLE
    assert told(crowd) == []


def test_asks_before_it_ends_more_than_a_fifth_of_the_pairings(crowd: Cast) -> None:
    before = [p["State"] for p in crowd.tab("Pairings")]
    leave(crowd, 3)
    crowd.run("pair_people")
    assert [p["State"] for p in crowd.tab("Pairings")] == before
    crowd.run("check_roster")
    crowd.answer_problem("3 of 12 pairings end once you say so", "yes")
    crowd.run("pair_people")
    assert sum(p["State"] == "Ended" for p in crowd.tab("Pairings")) == 3


def test_ends_them_when_an_admin_allows_it_in_settings(crowd: Cast) -> None:
    leave(crowd, 3)
    crowd.setting(ENDED, 25)
    crowd.run("pair_people")
    assert sum(p["State"] == "Ended" for p in crowd.tab("Pairings")) == 3


def test_ends_a_fifth_without_asking(crowd: Cast) -> None:
    leave(crowd, 2)
    crowd.run("pair_people")
    assert sum(p["State"] == "Ended" for p in crowd.tab("Pairings")) == 2


def test_counts_the_problem_in_the_weeks_digest(crowd: Cast) -> None:
    crowd.setting(LETTERS, 23)
    with pytest.raises(TooMuchToDo):
        crowd.run("book_first_meetings")
    crowd.clock.set(MONDAY + timedelta(days=7))
    crowd.run("report")
    [digest] = crowd.mails(crowd.company.admin, "subject:digest OR in:inbox")
    assert "1 problem" in digest.get_body(("plain",)).get_content()  # type: ignore[union-attr]
