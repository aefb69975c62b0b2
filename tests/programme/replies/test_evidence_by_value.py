"""What a line proves: an address, a date, a moment, a lead and a verb, each on both sides of where it ends to hold."""

from __future__ import annotations

import pytest

from peerpact.programme.replies.evidence import (
    CLOSE,
    MACHINE_TIME,
    ZONE,
    has_address,
    has_date,
    has_verb,
    has_year,
    is_exact,
    is_lead,
    is_timed,
    stands_in,
    words_in,
)


@pytest.mark.parametrize(
    ("line", "has_one"),
    [
        ("Anna <anna@example.com>", True),
        ("a@b", True),
        ("meet me @ home", False),
        ("anna at example.com", False),
        ("anna@", False),
    ],
)
def test_finds_an_address(line: str, *, has_one: bool) -> None:
    assert has_address(line) is has_one


@pytest.mark.parametrize(
    ("line", "dated", "exact", "timed"),
    [
        ("12 March 2026 at 10:04", True, True, True),
        ("12 March 2026", True, False, False),
        ("12 March at 10:04", True, False, False),
        ("March 2026 at 10:04", False, False, False),
        ("12/03/26 10:04", True, False, True),
        ("12/03/2026 10:04", True, True, True),
        ("12/03/26", True, False, False),
        ("2026年3月12日 10時04", True, True, True),
        ("१२ मार्च २०२६ १०:०४", True, True, True),
        ("๑๒ มีนาคม ๒๕๖๙ ๑๐:๐๔", True, True, True),
        ("12 promises", False, False, False),
        ("at 10:04", False, False, False),
        ("2026", False, False, False),
        ("a12@example.com 2026", False, False, False),
        ("40 March 2026", False, False, False),
        ("39 March 2026", True, False, False),
        ("12 March 1826", False, False, False),
        ("12 March 12026", False, False, False),
        ("12 March 20267", False, False, False),
        ("10:04 2026", False, False, False),
        ("", False, False, False),
    ],
)
def test_finds_a_date_and_a_moment_in_any_script(line: str, *, dated: bool, exact: bool, timed: bool) -> None:
    assert (has_date(line), is_exact(line), is_timed(line)) == (dated, exact, timed)


def test_finds_a_year_alone() -> None:
    assert has_year("in 2026")
    assert has_year("२०२६")
    assert not has_year("in 20 days")


@pytest.mark.parametrize(
    ("line", "leads"),
    [
        ("On Thursday", True),
        ("> *on: Thursday", True),
        ("on", True),
        ("Once more", False),
        ("Onx1", False),
        ("On1x", True),
        ("Done on Thursday", False),
        ("9. March", True),
        ("99 of us", True),
        ("- 9", True),
        ("x9", False),
        ("", False),
        ("เมื่อวันพฤหัส", True),
        ("x" * 38 + " on", False),
    ],
)
def test_knows_what_a_header_line_begins_with(line: str, *, leads: bool) -> None:
    assert is_lead(line) is leads


@pytest.mark.parametrize(
    ("verb", "text", "stands"),
    [
        ("wrote", "wrote", True),
        ("wrote", "she wrote:", True),
        ("wrote", "1wrote2", True),
        ("wrote", "awrote", False),
        ("wrote", "wroteb", False),
        ("wrote", "1awrote", False),
        ("wrote", "a1wrote", True),
        ("wrote", "wrote1b", True),
        ("wrote", "wroteb1", False),
        ("wrote", "wroteb wrote", True),
        ("aa", "aaa aa", True),
        ("aa", "xaa aax", False),
        ("written", "she wrote:", False),
        ("ก", "xกx", True),
        ("กล่าว", "xกล่าวx", True),
        ("写道", "安娜写道我", True),
        ("ש", "xשx", False),
    ],
)
def test_finds_a_verb_as_a_whole_word_unless_its_script_has_no_spaces(
    verb: str, text: str, *, stands: bool
) -> None:
    assert stands_in(verb, text) is stands


def test_finds_a_word_at_once_where_it_overlaps_itself() -> None:
    assert stands_in("a a", "xa a a")
    assert has_verb("Anna WROTE:")
    assert not has_verb("Anna underwrote it")


@pytest.mark.parametrize(
    ("text", "count"), [("", 0), ("one", 1), ("one 2 three's", 2), ("v2 2v --", 2), ("  a  b ", 2)]
)
def test_counts_words_but_no_numbers(text: str, count: int) -> None:
    assert words_in(text) == count


def test_knows_zones_machines_and_the_colon_that_closes_a_header() -> None:
    assert ZONE.search("10:04:00 +0100")
    assert ZONE.search("10:04 PM GMT+01:00")
    assert not ZONE.search("10:04 +1")
    assert MACHINE_TIME.search("2026-03-12 10:04 GMT+01:00")
    assert not MACHINE_TIME.search("2026-03-12 10:04")
    assert [bool(CLOSE.search(line)) for line in ("wrote:", "wrote：*_ ", "wrote: so", "wrote~")] == [
        True,
        True,
        False,
        False,
    ]
