"""What one line at the end of a mail is, on each side of every limit."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from peerpact.programme.replies import card_lines as of

EIGHT = "Head Of Sales And Trade In Northern"
LINES: dict[Callable[[str], bool], tuple[list[str], list[str]]] = {
    of.reaches: (
        ["Write to a@example.com", "see https://x.example", "+49 30 1234567", "blog: anna.example.org"],
        ["in May", "12 of 40"],
    ),
    of.is_reach: (
        [
            "+49 30 1234567",
            "Phone: 713-853-7658",
            "direct line of mine today: +49 30 1234567",
            "x-58752",
            "3-5290",
            "Durchwahl 4521",
            "www.example.com",
            "Blog : anna.example.org",
        ],
        ["one two three four five six +49 30 1234567", "Room 12", "x-58752 and more", "in May"],
    ),
    of.is_bare_reach: (
        ["+49 30 1234567", "Tel. mobile: +49 30 1234567", "ext. 4521"],
        ["call me at +49 30 1234567", "my phone"],
    ),
    of.is_room: (["EB3875", "R12", "ROOM1234"], ["R1", "ROOM12345", "eb3875", "EB 3875", "EB38A", "EB-3875"]),
    of.is_sign_off: (
        ["Thanks,", "Kind regards", "Thanks!", "Best", "- Anna,", "With all my love,"],
        ["With all my love to,", "thanks for that", "", "Done"],
    ),
    of.is_greeting: (["Hi Ben,", "Dear Mr. van Berg,"], ["Dear Mr. and Mrs. Berg,", "Hi Ben"]),
    of.is_ended: (
        ["Done.", "So what?", "Great!", "(soon)", "and so on…", "Thanks,"],
        ["and", "so on, and so on, and on,"],
    ),
    of.is_unspoken: (["Head of Sales"], ["I am Anna", "that is it", "ich bin da", "my number"]),
    lambda line: of.is_name(line, least=2): (
        ["Anna Berg", "Anna B. van der Berg", "*Anna Berg*", "Anna von Berg", "- Anna Berg"],
        [
            "Anna",
            "Anna berg",
            "A B C D E F",
            "Anna Berg,",
            "Anna Berg!",
            "Anna Berg?",
            "Anna 2",
            "Name: Anna",
            "a=B C",
            "anna Berg",
            "van Berg",
            "Anna of",
            "Anna berg Klein",
            "Anna Klein berg Wolf",
        ],
    ),
    lambda line: of.is_title(line, least=2): (
        [
            "Head of Sales",
            f"{EIGHT} Europe",
            "12 Harbour Road",
            "Example Energy Corp.",
            "Firma & Co.",
            "Acme L.L.P.",
            "(Acting) Head",
            "Room 4b North 7c Wing",
        ],
        [
            "Sales",
            f"{EIGHT} Europe Overseas",
            "Ask Maria now",
            "Ask Maria!",
            "Ask Maria?",
            "My Plan:",
            "Read The Book.",
            "a Big House",
            "12 40",
        ],
    ),
    lambda line: of.is_given_name(line, "Anna Berg"): (["Anna", "- anna,", "Berg."], ["Ann", "", "Tom"]),
    lambda line: of.is_titles([line, "Head of Sales"]): (["Anna Berg"], ["ask her"]),
}
ROWS = [
    (is_so, line, at == 0) for is_so, both in LINES.items() for at, lines in enumerate(both) for line in lines
]


@pytest.mark.parametrize(("is_so", "line", "expected"), ROWS)
def test_tells_what_a_line_is(is_so: Callable[[str], bool], line: str, *, expected: bool) -> None:
    assert is_so(line) is expected


def test_counts_no_link_in_a_lines_length_where_it_is_short_enough_to_look() -> None:
    link = "https://example.com/" + "a" * 100
    assert of.length_of(f"Site: {link}") == len("Site: ")
    assert of.length_of(f"{link}{' ' * (599 - len(link))}") == 599 - len(link)
    assert of.length_of(f"{link}{' ' * (600 - len(link))}") == 600
