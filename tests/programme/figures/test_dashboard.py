"""What Start here tells: what waits with its deadline, how it goes by the Overview, what comes next. By value."""

from __future__ import annotations

from typing import Any

import pytest

from by_value import pairing, people, person, seen, waiting
from peerpact.programme.figures.dashboard import Line, Standing, bars, lines

JANUARY = {
    "all_meetings_held": 4,
    "follow_through": 0.5,
    "kept": 3,
    "due": 6,
    "taking_part": 6,
    "pairings": 3,
}
FEBRUARY = {"all_meetings_held": None, "follow_through": "", "taking_part": 8, "pairings": 4}


def told(*pairings: Any, **more: Any) -> dict[str, Line]:
    standing = Standing(programme=seen("2026-02-10", people("abcd"), *pairings), problems=0, **more)
    return {line.topic: line for line in lines(standing)}


def test_tells_by_when_proposals_can_be_objected_to() -> None:
    line = told(waiting("ab"), waiting("cd"), links={"Proposals": "https://example.com"})["Proposals"]
    assert line == Line(
        topic="Proposals",
        in_words="2 wait for your objection; the first is approved by itself on 4 January 2026.",
        figure=2,
        link="https://example.com",
    )


def test_tells_the_newest_figures_that_were_published_and_no_others() -> None:
    on = told(pairing("ab"), figures={"2026-01": JANUARY, "2026-02": FEBRUARY})
    assert (on["Meetings"].figure, on["Meetings"].lately) == (4, "█·")
    assert on["Follow-through"].in_words.startswith(
        "50 % of what was promised and due by the end of January 2026 was kept"
    )
    assert on["In one sentence"].in_words == (
        "Peerpact: 4 colleagues take part in 1 pairing of round 1; 4 meetings were held in January 2026; "
        "50 % of what was promised and due by the end of January 2026 was kept."
    )


def test_has_no_figure_before_the_first() -> None:
    on = told()
    assert (on["Meetings"].figure, on["Follow-through"].figure, on["Follow-through"].lately) == (
        None,
        None,
        "",
    )


def test_draws_the_greatest_highest() -> None:
    assert bars([0, 4, None, 8]) == "▁▅·█"
    assert bars([]) == ""


@pytest.mark.parametrize(
    ("without", "of", "told_of"), [(3, 11, True), (3, 12, False), (2, 3, False), (3, 4, True), (4, 4, False)]
)
def test_asks_about_managers_where_more_than_a_quarter_and_three_have_none(
    without: int, of: int, told_of: bool
) -> None:
    who = [person(chr(97 + n), **({} if n < without else {"managers": "a"})) for n in range(of)]
    standing = Standing(programme=seen("2026-02-10", who), problems=0)
    said = {line.topic: line.in_words for line in lines(standing)}["Taking part"]
    assert (f"{without} have no manager there" in said) == told_of


@pytest.mark.parametrize(("rate", "told_of"), [(0.8, "80 %"), (1, "100 %"), (0.675, "68 %"), (0, "0 %")])
def test_tells_the_rate_in_whole_parts_of_a_hundred(rate: float, told_of: str) -> None:
    on = told(figures={"2026-01": {**JANUARY, "follow_through": rate}})
    kept = f"{told_of} of what was promised and due by the end of January 2026 was kept"
    assert on["Follow-through"].in_words.startswith(kept)
    assert kept in on["In one sentence"].in_words
