"""Who is above whom, through three levels and more, and at whom a line can't be followed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peerpact.programme.reporting_lines import ReportingLines

CHAIN = {"a": ("b",), "b": ("c",), "c": ("d",), "d": ()}
MATRIX = {"a": ("b", "c"), "b": ("d",), "c": ("e",), "d": (), "e": ()}
OPEN = {"a": ("b",), "b": ("x",), "c": ("b", "d"), "d": ()}
LOOP = {"a": ("b",), "b": ("c",), "c": ("b",), "d": ()}


def lines(managers: dict[str, tuple[str, ...]]) -> ReportingLines:
    return ReportingLines(managers)


@pytest.mark.parametrize(
    ("managers", "person", "levels", "above"),
    [
        (CHAIN, "a", None, "bcd"),
        (CHAIN, "a", 0, ""),
        (CHAIN, "a", 1, "b"),
        (CHAIN, "a", 2, "bc"),
        (CHAIN, "a", 3, "bcd"),
        (CHAIN, "a", 4, "bcd"),
        (CHAIN, "c", None, "d"),
        (CHAIN, "d", None, ""),
        (CHAIN, "nobody", None, ""),
        (MATRIX, "a", None, "bcde"),
        (MATRIX, "a", 1, "bc"),
        (OPEN, "a", None, "bx"),
        (OPEN, "c", None, "bdx"),
        (LOOP, "a", None, "bc"),
        (LOOP, "b", None, "c"),
        (LOOP, "b", 1, "c"),
    ],
)
def test_knows_who_is_above(
    managers: dict[str, tuple[str, ...]], person: str, levels: int | None, above: str
) -> None:
    known = lines(managers)
    assert known.above(person, levels) == set(above)
    assert known.above(person, levels) == set(above), "the same once more"


@pytest.mark.parametrize(
    ("managers", "person", "levels", "ends"),
    [
        (CHAIN, "a", None, ""),
        (CHAIN, "n", None, "n"),
        (OPEN, "a", None, "x"),
        (OPEN, "a", 3, "x"),
        (OPEN, "a", 2, ""),
        (OPEN, "b", 2, "x"),
        (OPEN, "b", 1, ""),
        (OPEN, "c", None, "x"),
        (OPEN, "d", None, ""),
        (OPEN, "x", None, "x"),
        (OPEN, "x", 1, "x"),
        (LOOP, "a", None, "bc"),
        (LOOP, "b", None, "bc"),
        (LOOP, "a", 2, "b"),
        (LOOP, "d", None, ""),
    ],
)
def test_knows_where_a_line_can_t_be_followed(
    managers: dict[str, tuple[str, ...]], person: str, levels: int | None, ends: str
) -> None:
    assert lines(managers).open_ends(person, levels) == set(ends)


@pytest.mark.parametrize(
    ("managers", "tops", "loops"),
    [
        (CHAIN, "d", ""),
        (MATRIX, "de", ""),
        (OPEN, "d", ""),
        (LOOP, "", "bc"),
        ({"a": ("a",)}, "", "a"),
        ({"a": ()}, "", ""),
        ({"a": ("b", "c"), "b": ("a",), "c": ()}, "c", "ab"),
        ({"a": ("b",), "b": ("c",), "c": ("a",), "d": ("a",)}, "", "abc"),
        ({"a": ("b", "c"), "b": ("d",), "c": ("d",), "d": ("e", "f"), "e": (), "f": ("d",)}, "e", "df"),
    ],
)
def test_knows_who_is_at_the_top_and_who_is_above_themselves(
    managers: dict[str, tuple[str, ...]], tops: str, loops: str
) -> None:
    assert (lines(managers).tops, lines(managers).loops) == (set(tops), set(loops))


PEOPLE = "abcdefg"


@given(st.dictionaries(st.sampled_from(PEOPLE), st.lists(st.sampled_from(PEOPLE), max_size=2, unique=True)))
def test_agrees_with_a_walk_up_step_by_step(drawn: dict[str, list[str]]) -> None:
    managers = {p: tuple(m) for p, m in drawn.items()}
    for person in PEOPLE:
        found: set[str] = set()
        edge = {person}
        while edge:
            edge = {m for p in edge for m in managers.get(p, ())} - found
            found |= edge
        known = lines(managers)
        assert known.above(person) == found - {person}
        assert (person in known.loops) == (person in found)
        assert {boss for boss in PEOPLE if known.is_above(boss, person)} == found - {person}
        for levels in (1, 2, None):
            for tops_too in (True, False):
                forbidden = {
                    b for b in PEOPLE if known.is_forbidden_above(b, person, levels, tops_too=tops_too)
                }
                assert forbidden == known.forbidden_above(person, levels, tops_too=tops_too)


def test_forbids_those_at_the_top_too_unless_told_otherwise() -> None:
    lines = ReportingLines({"ada": ("bo",), "bo": ("cy",), "cy": (), "dee": ("cy",)})
    assert lines.forbidden_above("ada") == {"bo", "cy"}
    assert lines.is_forbidden_above("cy", "ada")
    assert lines.forbidden_above("ada", tops_too=False) == {"bo"}
    assert not lines.is_forbidden_above("cy", "ada", tops_too=False)
    assert lines.forbidden_above("dee", tops_too=False) == {"cy"}
