"""An answer cut into lines and sentences: where each begins and ends, in a small language of our own."""

from __future__ import annotations

from datetime import date

import pytest

from peerpact.programme.replies.answer_words import words_from
from peerpact.programme.replies.meaning import Asked, understand
from peerpact.programme.replies.sentences import (
    body,
    is_item,
    items_in,
    joined,
    plain_words,
    sentences,
    without_bullet,
)
from peerpact.programme.requests import Wish

WORDS = words_from("en", {"sentences": {"closings": ["best regards", "yours", "all the best to you"]}})
FEW = words_from("de", {})
LONG = "we went for a walk and talked about the plans"
"""45 signs."""


@pytest.mark.parametrize(
    ("lines", "left"),
    [
        (("Done", "--", "Anna"), ("Done",)),
        (("Done", " — ", "Anna"), ("Done",)),
        (("Done", "__", "Anna"), ("Done",)),
        (("Done", "-", "Anna"), ("Done", "-", "Anna")),
        (("Done", "---", "Anna"), ("Done", "---", "Anna")),
        (("--", "Anna"), ()),
        (("Done", "Best regards,", "Anna"), ("Done",)),
        (("Done", "Yours", "Anna"), ("Done",)),
        (("Done", "All the best to you!", "Anna"), ("Done",)),
        (("Done", "Best regards to Tom"), ("Done", "Best regards to Tom")),
        (("Done", "Best"), ("Done", "Best")),
        (("Yours", "Anna"), ("Yours", "Anna")),
        (("Done", "", "Yours"), ("Done", "")),
    ],
)
def test_ends_at_a_closing_below_the_first_line_or_a_signature(
    lines: tuple[str, ...], left: tuple[str, ...]
) -> None:
    assert body("\n".join(lines), [FEW, WORDS]) == list(left)


def test_takes_no_closing_of_six_words_and_none_where_a_language_lists_none() -> None:
    phrase = "all the very best to you"
    long = words_from("en", {"sentences": {"closings": [phrase, "the very best to you"]}})
    assert body(f"Done\n{phrase}", [long]) == ["Done", phrase]
    assert body("Done\nthe very best to you", [long]) == ["Done"]
    assert body("Done\nYours", [FEW]) == ["Done", "Yours"]
    assert body("Done\n!", [WORDS]) == ["Done", "!"]


@pytest.mark.parametrize(
    ("lines", "anew", "together"),
    [
        ((LONG, "over lunch"), True, (f"{LONG} over lunch",)),
        ((LONG[1:], "over lunch"), True, (LONG[1:], "over lunch")),
        ((LONG[1:], "over lunch"), False, (f"{LONG[1:]} over lunch",)),
        ((LONG, "Over lunch"), False, (LONG, "Over lunch")),
        ((LONG, "aB lunch"), True, (f"{LONG} aB lunch",)),
        ((LONG, "- over lunch"), False, (LONG, "- over lunch")),
        ((LONG, "a) over lunch"), False, (LONG, "a) over lunch")),
        *(((LONG + end, "over lunch"), False, (LONG + end, "over lunch")) for end in ".!?:;"),
        *(((LONG + end, "over lunch"), False, (f"{LONG}{end} over lunch",)) for end in ",~"),
        ((f"{LONG}. ", "over lunch"), False, (f"{LONG}. ", "over lunch")),
        ((f"{LONG} ", "over lunch "), False, (f"{LONG} over lunch",)),
        (("", "over lunch"), False, ("", "over lunch")),
        ((" ", "over lunch"), False, (" ", "over lunch")),
        (("over lunch",), False, ("over lunch",)),
        (("a", "b", "c"), False, ("a b c",)),
        ((), False, ()),
    ],
)
def test_puts_a_wrapped_line_to_the_one_before_it(
    lines: tuple[str, ...], together: tuple[str, ...], *, anew: bool
) -> None:
    assert joined(lines, lambda _: anew) == list(together)


@pytest.mark.parametrize(
    ("line", "items"),
    [
        ("1) read the book 2) ask Bo", ("1) read the book", "2) ask Bo")),
        ("1. read 2. ask 3. go", ("1. read", "2. ask", "3. go")),
        ("Mine: 1) read 2) ask", ("Mine:", "1) read", "2) ask")),
        ("a) read b) ask", ("a) read", "b) ask")),
        ("(a) read (b) ask", ("(a) read", "(b) ask")),
        ("(1) read (2) ask", ("(1) read", "(2) ask")),
        ("1) read", ("1) read",)),
        ("2) read 3) ask", ("2) read 3) ask",)),
        ("1) read 3) ask", ("1) read 3) ask",)),
        ("1) read 2) ask 2) go", ("1) read 2) ask 2) go",)),
        ("a. read b. ask", ("a. read b. ask",)),
        ("read", ("read",)),
        (" ".join(f"{letter}) {letter}" for letter in "abcdefgh"), tuple(f"{x}) {x}" for x in "abcdefgh")),
    ],
)
def test_parts_a_line_at_its_numbers_or_letters(line: str, items: tuple[str, ...]) -> None:
    assert items_in(line) == list(items)


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("Done. Yes! No? So; and… on", ("Done.", "Yes!", "No?", "So;", "and…", "on")),
        ("Done.", ("Done.",)),
        ("Done!!So", ("Done!!", "So")),
        ("Done!So", ("Done!So",)),
        ("by Feb. 3 then", ("by Feb. 3 then",)),
        ("by FEB. 3 then", ("by FEB. 3 then",)),
        ("by Feb. then", ("by Feb.", "then")),
        ("in 3. then", ("in 3. then",)),
        ("am 3.2. Danach", ("am 3.2.", "Danach")),
        ("am 3.12. Danach", ("am 3.12.", "Danach")),
        ("am 3.2. danach", ("am 3.2. danach",)),
        ("asked her 👍 the chapter: no", ("asked her 👍", "the chapter: no")),
        ("asked her 👍 👍", ("asked her 👍 👍",)),
        ("✅ asked her 👍 no", ("✅ asked her 👍 no",)),
        ("I 👍 so", ("I 👍", "so")),
        ("  ", ()),
        ("", ()),
        (" Done.  ", ("Done.",)),
    ],
)
def test_parts_a_line_into_sentences(line: str, parts: tuple[str, ...]) -> None:
    assert sentences(line) == list(parts)


@pytest.mark.parametrize(
    ("line", "rest"),
    [
        ("- read", "read"),
        ("  • read ", "read"),
        ("1. read", "read"),
        ("(12) read", "read"),
        ("1: read", "read"),
        ("h) read", "read"),
        ("i) read", None),
        ("123. read", None),
        ("1.read", None),
        ("read", None),
    ],
)
def test_knows_the_items_of_a_list(line: str, rest: str | None) -> None:
    assert is_item(line) is (rest is not None)
    assert without_bullet(line) == (rest or line)


def test_leaves_out_the_signs_of_a_text() -> None:
    spelling = words_from("en", {"spelling": {"won't": "will not"}})
    assert plain_words("I won't, 2 times: so!", spelling) == ["i", "will", "not", "2", "times", "so"]


def test_hears_what_is_said_before_items_on_one_line() -> None:
    lead = understand(
        "Please pause me until May. When do we meet? 1) read the book 2) ask Bo",
        open_commitments=[],
        languages=("en",),
        on=date(2026, 1, 12),
        asked=Asked.COMMITMENT,
    )
    assert [(r.kind, r.until) for r in lead.requests] == [(Wish.PAUSE, date(2026, 5, 1))]
    assert lead.question
    assert lead.new_commitments == ("read the book", "ask Bo")


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("By Nov. 12 I call Bo. Then rest", ["By Nov. 12 I call Bo.", "Then rest"]),
        ("On 3 Sept. 14 come", ["On 3 Sept. 14 come"]),
        ("bis Okt.  5 rufe ich an", ["bis Okt. 5 rufe ich an"]),
        ("le 2 janv. 2027", ["le 2 janv. 2027"]),
        ("Déc. 3 je viens", ["Déc. 3 je viens"]),
        ("by nov. I call", ["by nov.", "I call"]),
        ("el 12 de nov. reservo", ["el 12 de nov. reservo"]),
        ("el 12 de nov. Reservo", ["el 12 de nov.", "Reservo"]),
        ("RR. HH. lo sabe", ["RR. HH. lo sabe"]),
        ("con RR. HH. Lo sabe", ["con RR. HH.", "Lo sabe"]),
        ("EE. Lo sabe", ["EE.", "Lo sabe"]),
        ("Ok. HH. lo sabe", ["Ok.", "HH. lo sabe"]),
        ("by (nov. 12)", ["by (nov. 12)"]),
        ("in März. 2 weitere", ["in März.", "2 weitere"]),
        ("in May. 2 more", ["in May.", "2 more"]),
        ("in August. 2 more", ["in August.", "2 more"]),
        ("all Xnov. 2 more", ["all Xnov.", "2 more"]),
        ("Bob. 2 more", ["Bob.", "2 more"]),
        ("Bob.", ["Bob."]),
    ],
)
def test_keeps_the_dot_of_a_month_that_is_cut_with_its_number(line: str, parts: list[str]) -> None:
    """In whatever language: those that name the months know how they are cut."""
    assert sentences(line) == parts
