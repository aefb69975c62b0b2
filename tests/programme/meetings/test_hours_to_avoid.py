"""What admins may type for hours to avoid, and what it comes to."""

from __future__ import annotations

import pytest

from peerpact.programme.meetings.rules import read_avoided, rule_problems, rules_of
from peerpact.programme.settings import Settings

WHOLE_DAY = ((0, 1440),)
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@pytest.mark.parametrize(
    ("typed", "avoided"),
    [
        ("", {}),
        (" ; \n", {}),
        ("Wed", {"wed": WHOLE_DAY}),
        ("wednesdays", {"wed": WHOLE_DAY}),
        ("Mon, Wed", {"mon": WHOLE_DAY, "wed": WHOLE_DAY}),
        ("Mon-Wed", {"mon": WHOLE_DAY, "tue": WHOLE_DAY, "wed": WHOLE_DAY}),
        ("Sat – Mon", {"sat": WHOLE_DAY, "sun": WHOLE_DAY, "mon": WHOLE_DAY}),
        ("Fri to Sat 12-13", {"fri": ((720, 780),), "sat": ((720, 780),)}),
        ("Fri 14:00-18:00", {"fri": ((840, 1080),)}),
        ("Fri 9.30 to 10", {"fri": ((570, 600),)}),
        ("Fri 8-9, 17-18", {"fri": ((480, 540), (1020, 1080))}),
        ("Fri 0-24", {"fri": ((0, 1440),)}),
        ("Wed; Fri 14-18\nWed 9-10", {"wed": (*WHOLE_DAY, (540, 600)), "fri": ((840, 1080),)}),
    ],
)
def test_reads_days_and_hours(typed: str, avoided: dict[str, object]) -> None:
    assert read_avoided(typed) == tuple(avoided.get(day, ()) for day in DAYS)
    assert rules_of(Settings(avoid=typed)).avoid == read_avoided(typed)
    assert rule_problems(Settings(avoid=typed)) == []


@pytest.mark.parametrize(
    "typed",
    [
        "never",
        "14-18",
        "Fri 18-14",
        "Fri 9-9",
        "Fri 20-25",
        "Fri afternoon",
        "Fri 9-12 and 14-15",
        "Frühling",
    ],
)
def test_says_what_it_can_t_read_and_avoids_nothing_meanwhile(typed: str) -> None:
    settings = Settings(avoid=f"Wed; {typed}")
    (problem,) = rule_problems(settings)
    assert (problem.tab, problem.row_key, problem.column) == ("Settings", "Hours to avoid", "Value")
    assert typed in problem.what
    assert rules_of(settings).avoid == ((),) * 7
