"""What the tab Report tells of participation: by department and team, of five people and more. By value."""

from __future__ import annotations

from dataclasses import replace

import pytest

from by_value import NO, pairing, people, seen
from peerpact.programme.figures.dashboard import Standing
from peerpact.programme.figures.one_page import RefreshReport, is_news, one_page
from peerpact.tables.schema import tab


def shares(there: int, away: int) -> list[str]:
    who = [*people("abcdefgh"[:there], team="Data"), *people("stuvwxyz"[:away], team="Data", taking_part=NO)]
    lines = one_page(Standing(programme=seen("2026-02-10", who), problems=0))
    return [line.in_words for line in lines if line.topic == "Team Data"]


@pytest.mark.parametrize(
    ("there", "away", "told"),
    [
        (5, 0, ["5 of 5 take part."]),
        (5, 5, ["5 of 10 take part."]),
        (4, 0, []),
        (8, 1, []),
        (5, 4, []),
        (0, 8, []),
    ],
)
def test_tells_of_a_team_only_what_is_about_five_and_more(there: int, away: int, told: list[str]) -> None:
    assert shares(there, away) == told


def test_shows_six_teams_at_most_the_largest_first_and_none_of_those_without_one() -> None:
    sizes = {f"T{n}": 5 + n for n in range(8)}
    who = [
        replace(x, email=f"{t}{n}@example.com")
        for t, many in sizes.items()
        for n, x in enumerate(people("a" * many, team=t))
    ]
    who += [replace(x, email=f"none{n}@example.com") for n, x in enumerate(people("a" * 20, team=""))]
    lines = one_page(Standing(programme=seen("2026-02-10", who), problems=0))
    teams = [line.topic for line in lines if line.topic.startswith("Team")]
    assert teams == [f"Team T{n}" for n in (7, 6, 5, 4, 3, 2)]
    assert RefreshReport(lines=lines).key == "report"


def test_is_news_for_the_day_alone_and_no_more_on_the_same_day() -> None:
    lines = one_page(Standing(programme=seen("2026-02-10", people("ab"), pairing("ab")), problems=0))
    there = {line.topic: (line.figure, line.in_words) for line in lines}
    assert not is_news(lines, there)
    assert is_news(lines, {**there, lines[0].topic: (None, "As of yesterday.")})
    assert is_news(lines, {**there, lines[1].topic: (None, "Something else.")})
    assert is_news(lines, {})


def test_ends_with_the_lines_that_a_chart_on_overview_shows() -> None:
    who = [
        replace(x, email=f"{n}{i}@example.com", department=f"D{n}")
        for n in range(8)
        for i, x in enumerate(people("abcde", team=f"T{n}"))
    ]
    lines = one_page(Standing(programme=seen("2026-02-10", who), problems=0))
    [chart] = [c for c in tab("Overview").charts if c.of]
    header_and_lines = ["", *(line.topic for line in lines)]
    assert chart.of == "Report"
    assert header_and_lines[slice(*chart.rows)] == [
        *(f"Department D{n}" for n in range(6)),
        *(f"Team T{n}" for n in range(6)),
    ]
    assert len(header_and_lines) == chart.rows[1]
