"""Where the header of a quoted letter begins and ends: by its labels, its moment, and what must be beside them."""

from __future__ import annotations

from itertools import pairwise

import pytest

from peerpact.programme.replies.evidence import Span
from peerpact.programme.replies.header_blocks import header_block_at, is_collapsed_block, label_of

FROM = "From: Anna <anna@example.com>"
SENT = "Sent: Thursday, 12 March 2026 10:04"
TO = "To: Bob <bob@example.com>"
CC = "Cc: Cy <cy@example.com>"
SUBJECT = "Subject: Your month"
ZONED = "Date: Thu, 12 Mar 2026 10:04:00 +0100"
BARE = ("From: Anna", "To: Bob", "Subject: Your month")
"""Three labels, and no address or moment."""

LATE = " From: A <a@b.c> 12.3.2026 To: B Sent:"


def _end(*lines: str, after_marker: bool = False) -> int:
    """Return how many lines from the first on are a header; 0 for none."""
    span = header_block_at(lines, 0, after_marker=after_marker)
    assert span is None or span.start == 0
    return span.end if span else 0


@pytest.mark.parametrize(
    ("line", "kinds", "value"),
    [
        (FROM, {"from"}, "Anna <anna@example.com>"),
        ("> *Von:* Anna ", {"from"}, "Anna"),
        ("FROM : Anna", {"from"}, "Anna"),
        ("发件人：Anna", {"from"}, "Anna"),
        ("Q’ijul: 12", {"date"}, "12"),
        ("To:", {"to"}, ""),
        ("Toward: Bob", None, ""),
        ("From Anna", None, ""),
        (f"From: {'x' * 394}", {"from"}, "x" * 394),
        (f"From: {'x' * 395}", None, ""),
    ],
)
def test_reads_a_label_and_its_value(line: str, kinds: set[str] | None, value: str) -> None:
    assert label_of(line) == (None if kinds is None else (kinds, value))


@pytest.mark.parametrize(
    ("lines", "end"),
    [
        ((FROM, SENT, TO, SUBJECT, "", "Dear Bob"), 4),
        ((FROM, TO, SUBJECT), 3),
        ((*BARE[:1], SENT, *BARE[1:]), 4),
        (BARE, 0),
        ((FROM, TO), 0),
        ((FROM, "To: b@c.d", "To: d@e.f"), 0),
        ((*BARE[:2], "Date: 12 March 2026"), 0),
        ((*BARE[:2], "Date: 12 March 2026 10:04"), 3),
        ((*BARE, "12 March 2026 10:04"), 0),
        ((CC, FROM, TO, SUBJECT), 0),
        ((FROM, CC, TO), 3),
        (("so", FROM, TO, SUBJECT), 0),
        ((FROM, SENT), 2),
        (("From: Anna", SENT), 2),
        (("From: Anna", "Sent: 12 March 2026"), 0),
        ((SENT, "From: Anna"), 0),
        ((SENT, FROM), 0),
        ((ZONED, FROM), 2),
        ((ZONED, TO), 2),
        ((ZONED, SUBJECT), 0),
        ((ZONED, "From: Anna"), 0),
        (("To: Bob 12 March 2026 10:04 +0100", FROM), 0),
        (("Date: 12 March 10:04 +0100", FROM), 0),
        (("From: Anna 12 March 2026 10:04", TO), 0),
        ((FROM, "From: 12 March 2026 10:04"), 0),
        (("From: Anna", "so", "To: Bob", SENT), 4),
        (("From: Anna", "so", "To: Bob 12 March 2026 10:04", "Subject: so"), 0),
        ((FROM, "When: soon"), 0),
        ((FROM, "When: soon", TO), 3),
    ],
)
def test_takes_three_labels_with_an_address_or_a_moment_or_two_of_a_letter(
    lines: tuple[str, ...], end: int
) -> None:
    assert _end(*lines) == end


@pytest.mark.parametrize(
    ("lines", "end"),
    [
        (("From: Anna", "To: Bob"), 2),
        (("From: Anna",), 0),
        (("Date: 12 March 2026",), 1),
        (("Date: soon",), 0),
        (("Date: 12 March 2026", "Date: soon"), 2),
        (("From: Anna 12 March 2026",), 0),
    ],
)
def test_takes_less_below_a_marker(lines: tuple[str, ...], end: int) -> None:
    assert _end(*lines, after_marker=True) == end


@pytest.mark.parametrize(
    ("lines", "end"),
    [
        ((FROM, "so", "so", TO, SUBJECT), 5),
        ((FROM, "so", "so", "so", TO, SUBJECT), 0),
        ((FROM, "so", "so", TO, "so", "so", SUBJECT), 7),
        ((FROM, "", "", "", TO, SUBJECT), 6),
        ((FROM, TO, SUBJECT, "", SENT), 5),
        ((FROM, TO, SUBJECT, "", "", SENT), 3),
        ((FROM, TO, SUBJECT, ""), 3),
        ((FROM, TO, SUBJECT, "so", SENT), 5),
        ((FROM, *[TO] * 4, SUBJECT), 6),
        ((FROM, *[TO] * 5, SUBJECT), 0),
        ((FROM, SUBJECT, *[TO] * 5), 6),
        ((FROM, SUBJECT, TO, *["Dan <d@e.f>"] * 30, CC), 34),
        ((FROM, SUBJECT, TO, *["Dan Dean;"] * 30, CC), 34),
        ((FROM, SUBJECT, TO, *["Dan/Dean"] * 30, CC), 34),
        ((FROM, SUBJECT, CC, *["Dan <d@e.f>"] * 30, TO), 34),
        ((FROM, SUBJECT, TO, "Dan Dean", "Eve", "Finn", CC), 3),
        ((FROM, TO, SUBJECT, *["d@e.f"] * 3, CC), 3),
        (("so", *BARE), 0),
    ],
)
def test_passes_over_two_lines_between_labels_and_recipients_that_go_on(
    lines: tuple[str, ...], end: int
) -> None:
    assert _end(*lines) == end


def test_reads_60_lines_of_a_header_and_24_of_which_some_are_blank() -> None:
    for listed, end in ((56, 60), (57, 3)):
        assert _end(FROM, SUBJECT, TO, *["d@e.f"] * listed, CC) == end
    for blank, end in ((22, 25), (23, 0)):
        assert _end(FROM, TO, *[""] * blank, SUBJECT) == end


@pytest.mark.parametrize(
    ("line", "is_one"),
    [
        ("From: A <a@b.c>To: B <b@c.d>Sent: 12 March 2026 10:04", True),
        ("*From:* A <a@b.c> *To:* B *Sent:* 12 March 2026 10:04", True),
        ("From: A <a@b.c>Sent: 12 March 2026 10:04", False),
        ("From: A To: B Sent: 12 March 2026 10:04", False),
        ("From: A <a@b.c> To: B Subject: so", False),
        ("From: A @ home To: B Sent: 12 March 2026 10:04", False),
        ("xFrom: A <a@b.c>xTo: B xSent: 12 March 2026 10:04", True),
        ("xfrom: A <a@b.c> xto: B xsent: 12 March 2026 10:04", False),
        ("from: A <a@b.c> to: B sent: 12 March 2026 10:04", True),
        ("from: A <a@b.c> to: B q’ijul: 12 March 2026 10:04", True),
        ("From: A <a@b.c> From: B Sent: 12 March 2026 10:04", False),
        ("x" * (600 - len(LATE)) + LATE, True),
        ("x" * (601 - len(LATE)) + LATE, False),
    ],
)
def test_knows_a_header_whose_lines_run_together(line: str, *, is_one: bool) -> None:
    assert is_collapsed_block(line) is is_one
    assert (_end(line) == 1) is is_one


def test_looks_at_20_colons_of_a_line() -> None:
    rest = " a@b.c To: B Sent: 12 March 2026"
    assert is_collapsed_block(f"{'x: ' * 17}From:{rest}")
    assert not is_collapsed_block(f"{'x: ' * 18}From:{rest}")


NAMED = "Anna Berg on 26/05/2026 08:57"


@pytest.mark.parametrize(
    ("lines", "end"),
    [
        ((NAMED, "To: Bob", "Subject: so"), 3),
        (("Anna Berg", "26/05/2026 08:57", "To: Bob", "Subject: so"), 4),
        (("Anna Berg", "on", "26/05/2026 08:57", "To: Bob", "Subject: so"), 5),
        (("Anna Berg", "on", "the day of", "26/05/2026 08:57", "To: Bob", "Subject: so"), 0),
        (("Anna Berg", "on 26/05/2026", "08:57", "To: Bob", "Subject: so"), 0),
        (("Anna Berg 26/05/2026", "08:57", "To: Bob", "Subject: so"), 4),
        (("Anna Berg", "at home 26/05/2026 08:57", "To: Bob", "Subject: so"), 4),
        (("Anna Berg", "at our home 26/05/2026 08:57", "To: Bob", "Subject: so"), 0),
        (("Anna Berg", "", "26/05/2026 08:57", "To: Bob", "Subject: so"), 0),
        (("Anna Berg.", "26/05/2026 08:57", "To: Bob", "Subject: so"), 0),
        (("Anna Berg,", "26/05/2026 08:57", "To: Bob", "Subject: so"), 0),
        (("Anna Berg", "so.", "26/05/2026 08:57", "To: Bob", "Subject: so"), 0),
        (("Anna Berg", "Cc: so", "26/05/2026 08:57", "To: Bob", "Subject: so"), 0),
        (("2 Anna Berg 26/05/2026 08:57", "To: Bob", "Subject: so"), 0),
        ((f"{'x' * 73} 26/05/2026 08:57", "To: Bob", "Subject: so"), 3),
        ((f"{'x' * 74} 26/05/2026 08:57", "To: Bob", "Subject: so"), 0),
        (("a b c d e f g h i j 26/05/2026 08:57", "To: Bob", "Subject: so"), 3),
        (("a b c d e f g h i j k 26/05/2026 08:57", "To: Bob", "Subject: so"), 0),
        ((NAMED, "To: Bob"), 0),
        ((NAMED, "Subject: so", "To: Bob"), 0),
        ((NAMED, "Subject: so", "To: Bob", "Cc: Cy"), 4),
        ((NAMED, "so", "so", "so", "so", "so", "To: Bob", "Subject: so"), 8),
        ((NAMED, "so", "so", "so", "so", "so", "so", "To: Bob", "Subject: so"), 0),
        ((NAMED, "a b c d e f g h i j", "To: Bob", "Subject: so"), 4),
        ((NAMED, "a b c d e f g h i j k", "To: Bob", "Subject: so"), 0),
        *(((NAMED, f"so{end}", "To: Bob", "Subject: so"), 0) for end in ".!?"),
        ((NAMED, "so,", "To: Bob", "Subject: so"), 4),
        ((NAMED, "Cc: Bob", "Subject: so"), 0),
        ((NAMED, "Cc: Cy", "To: Bob", "Subject: so"), 0),
        ((NAMED, "so"), 0),
        ((NAMED,), 0),
        (("", "26/05/2026 08:57", "To: Bob", "Subject: so"), 0),
    ],
)
def test_knows_who_wrote_and_when_above_to_and_subject(lines: tuple[str, ...], end: int) -> None:
    assert _end(*lines) == end


WHEN = "Quando: 12 March 2026 10:04"
"""No label of ours."""


@pytest.mark.parametrize(
    ("lines", "end"),
    [
        (("Xo: Anna <a@b.c>", "Yo: Bob", WHEN), 3),
        (("Xo: Anna <a@b.c>", WHEN), 0),
        (("Xo: Anna <a@b.c>", WHEN, "From: Anna"), 3),
        (("Xo: Anna <a@b.c>", "Yo: Bob", "Quando: 12 March 2026"), 0),
        (("Xo: Anna", "Yo: Bob", WHEN), 0),
        (("Xo: Anna", "Yo: Re: so", WHEN), 3),
        (("Xo: Anna", "Yo: so", WHEN, "From: Anna"), 4),
        (("Xo: Anna", "Yo: so", WHEN, "To: Anna"), 4),
        (("Xo: Anna", "Yo: so", WHEN, "Subject: so"), 4),
        (("Xo: Anna", "Yo: so", WHEN, "Cc: so"), 0),
        (("Xo: Anna <a@b.c>", "Yo: Bob", WHEN, "so"), 3),
        (("Xo: Anna <a@b.c>", "Yo: Bob", "so", WHEN), 0),
        (("Xo: Anna <a@b.c>", "1o: Bob", WHEN), 0),
        (("Xo: Anna <a@b.c>", "Yo: ", WHEN), 0),
        (("Xo: Anna <a@b.c>", "a b c: Bob", WHEN), 3),
        (("Xo: Anna <a@b.c>", "a b c d: Bob", WHEN), 0),
        (("Xo: Anna <a@b.c>", f"Yo: {'x' * 396}", WHEN), 3),
        (("Xo: Anna <a@b.c>", f"Yo: {'x' * 397}", WHEN), 0),
        (("Xo: Anna <a@b.c>", *["Yo: so"] * 6, WHEN, "Zo: so"), 8),
        (("Xo: Anna <a@b.c>", *["Yo: so"] * 7, WHEN), 0),
        (("Next: read", "From: Anna 12 March 2026 10:04", "Yo: <a@b.c>", "Zo: so"), 0),
        (("Next: read", "To: Anna 12 March 2026 10:04", "Yo: <a@b.c>", "Zo: so"), 4),
    ],
)
def test_knows_three_labels_in_no_language_of_ours_with_a_moment_and_another_proof(
    lines: tuple[str, ...], end: int
) -> None:
    assert _end(*lines) == end


def test_begins_where_it_is_looked_for() -> None:
    lines = ("so", FROM, TO, SUBJECT, "so")
    assert [header_block_at(lines, at) for at, _ in pairwise(range(4))] == [None, Span(1, 4), None]
