"""What is left out at the end of somebody's words: footers, notices, cards and what a list adds. By value."""

from __future__ import annotations

import pytest

from peerpact.programme.replies.endings import (
    is_footer,
    is_notice,
    is_rule,
    is_signature_delimiter,
    without_endings,
)


@pytest.mark.parametrize(
    ("line", "is_one"),
    [
        ("--", True),
        ("-- ", True),
        ("   —", True),
        ("__", True),
        ("    --", False),
        ("---", False),
        ("-- Tom", False),
    ],
)
def test_knows_what_is_drawn_above_a_signature(line: str, *, is_one: bool) -> None:
    assert is_signature_delimiter(line) is is_one


@pytest.mark.parametrize(
    ("line", "is_one"),
    [
        ("---", True),
        (" * * * ", True),
        ("____", True),
        ("", False),
        ("  ", False),
        ("-- x", False),
        ("-" * 199, True),
        ("-" * 200, False),
    ],
)
def test_knows_a_line_that_only_draws_one(line: str, *, is_one: bool) -> None:
    assert is_rule(line) is is_one


LINK = "<https://example.com/a>"
IPHONE = "Sent from my iPhone"


@pytest.mark.parametrize(
    ("line", "is_one"),
    [
        pytest.param(IPHONE, True, id="a phone signed"),
        pytest.param(f"*{IPHONE}.* {LINK}", True, id="with a link and signs"),
        pytest.param("Von meinem iPhone gesendet", True, id="in another language"),
        pytest.param("Sent from my shoe", True, id="whatever it says it is"),
        pytest.param("Sent from my very old grey shoe", False, id="in more than six words it is no device"),
        pytest.param("Sent from my shoe, sorry", False, id="nor is it where something follows"),
        pytest.param("Sent from my iPhone, please excuse typos", True, id="a device may have an excuse"),
        pytest.param("Sent from my iPhone?", False, id="a question is somebody's"),
        pytest.param("I sent it from my phone", False, id="so is what somebody says of themselves"),
        pytest.param("The iPhone was sent", False, id="and what begins and ends otherwise"),
        *(
            pytest.param(f"Get Outlook for {name}", True, id=f"Outlook for {name}")
            for name in ("iOS", "Android", "Mac", "Windows", "iPhone", "iPad")
        ),
        pytest.param("Get Outlook for Tom", False, id="Outlook alone is a word"),
        pytest.param("Outlook for the next year", False, id="of the weather, perhaps"),
        pytest.param("Typed from mobile", True, id="from mobile"),
        pytest.param("I typed it from mobile", False, id="but where somebody speaks"),
        pytest.param("a b c d e from mobile", True, id="in seven words"),
        pytest.param("a b c d e f from mobile", False, id="not in eight"),
        pytest.param("", False, id="nothing"),
        pytest.param(LINK, False, id="a link alone"),
        pytest.param(IPHONE + " a" * 12, True, id="sixteen words"),
        pytest.param(IPHONE + " a" * 13, False, id="seventeen"),
        pytest.param(f"{IPHONE} {'x' * 120}", True, id="140 signs"),
        pytest.param(f"{IPHONE} {'x' * 121}", False, id="141"),
        pytest.param(f"{IPHONE} {LINK[:-1]}{'x' * 397}>", True, id="440 with a link"),
        pytest.param(f"{IPHONE} {LINK[:-1]}{'x' * 398}>", False, id="441"),
    ],
)
def test_knows_what_a_phone_signs_with(line: str, *, is_one: bool) -> None:
    assert is_footer(line) is is_one


@pytest.mark.parametrize(
    ("line", "is_one"),
    [
        pytest.param("Sent with Proton for Windows", True, id="a name"),
        pytest.param("Sent via Big Mail App for my iPad", True, id="with small words"),
        pytest.param("Sent from a small boat", True, id="a whim of three words"),
        pytest.param("Sent from an old boat", True, id="an"),
        pytest.param("Sent from the old boat", True, id="the"),
        pytest.param("Sent from a b", False, id="not of two"),
        pytest.param("Sent from the back of a bus again", True, id="of six"),
        pytest.param("Sent from the back of a bus once again", False, id="not of seven"),
        pytest.param("Sent from a small boat.", False, id="a sentence is somebody's"),
        pytest.param("Sent from a small boat!", False, id="also one that is called out"),
        pytest.param("Sent from a small boat, hurrah", False, id="and one that goes on"),
        pytest.param("Sent from one small boat", False, id="and one of other words"),
        pytest.param("Sent with Proton, the mail that is kept safe", True, id="a name and what it boasts of"),
        pytest.param("Sent with A B C D E F", True, id="a name of six words"),
        pytest.param("Sent with A B C D E F G", False, id="not of seven"),
        pytest.param(f"Sent with some app {LINK}", True, id="its link makes it one"),
        pytest.param(f"Sent with some app of a b c {LINK}", True, id="in six words"),
        pytest.param(f"Sent with some app of a b c d {LINK}", False, id="not in seven"),
        pytest.param("Sent by Proton", False, id="sent by somebody"),
    ],
)
def test_knows_what_a_program_signs_with(line: str, *, is_one: bool) -> None:
    assert is_footer(line) is is_one


@pytest.mark.parametrize(
    ("line", "is_one"),
    [
        pytest.param("Book time with me", True, id="an offer of one's time"),
        pytest.param("Book time with me?", False, id="asked it is somebody's"),
        pytest.param("Book time with me a b c d e f", True, id="ten words"),
        pytest.param("Book time with me a b c d e f g", False, id="eleven"),
        pytest.param("See https://calendly.com/tom", True, id="a link to such a place"),
        pytest.param("See calendly.com/tom", False, id="no link"),
        pytest.param("See https://example.com/tom", False, id="to another"),
    ],
)
def test_knows_the_link_by_which_others_book_time(line: str, *, is_one: bool) -> None:
    assert is_footer(line) is is_one


TWO = "This is confidential and privileged"
"""Two words of notices."""


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        pytest.param("Scanned. Virus-free. avast.com", True, id="a sure one"),
        pytest.param("avast.com".ljust(399, "."), True, id="of up to 399 signs"),
        pytest.param("avast.com".ljust(400, "."), False, id="not of 400"),
        pytest.param(f"{TWO} ".ljust(90, "x"), True, id="two words in 90 signs"),
        pytest.param(f"{TWO} ".ljust(89, "x"), False, id="not in 89"),
        pytest.param(f"I think {TWO} ".ljust(90, "x"), True, id="I alone may be a number"),
        pytest.param(f"I think the {TWO} ".ljust(90, "x"), False, id="somebody speaks of themselves"),
        pytest.param(f"I'm told {TWO} ".ljust(90, "x"), False, id="however they do"),
        pytest.param(f"I'm told {TWO}, disclaimer ".ljust(60, "x"), True, id="three words, whoever speaks"),
        pytest.param("confidential, privileged, viruses ".ljust(60, "x"), True, id="three words in 60 signs"),
        pytest.param("confidential, privileged, viruses ".ljust(59, "x"), False, id="not in 59"),
        pytest.param("confidential ".ljust(200, "x"), False, id="one word"),
        pytest.param("unauthorised delete this, delete this ".ljust(200, "x"), True, id="a word counts once"),
        pytest.param("not the intended recipient ".ljust(200, "x"), True, id="of two that overlap both"),
        pytest.param(
            "disclaimer, scanned for viruses ".ljust(89, "x"), False, id="of one in another the longer"
        ),
        pytest.param("中" * 23 + " confidential, viruses", True, id="signs that are words count for three"),
        pytest.param("⺁" * 23 + " confidential, viruses", True, id="from the first of them"),
        pytest.param("⺀" * 23 + " confidential, viruses", False, id="not the one before it"),
        pytest.param("中" * 22 + " confidential, viruses", False, id="so many are too few"),
        pytest.param("x" * 2_965 + TWO, True, id="in three thousand signs"),
        pytest.param("x" * 2_966 + TWO, False, id="not beyond"),
    ],
)
def test_knows_a_notice_by_its_words(text: str, *, is_one: bool) -> None:
    assert is_notice(text) is is_one


NOTICE = "This message is confidential and privileged, and meant for its reader only, as the disclaimer says"
CARD = ("Ada Byron", "Head of Analysis", "ada@example.com", "+44 20 7946 0000")


@pytest.mark.parametrize(
    ("lines", "kept"),
    [
        pytest.param((), (), id="nothing"),
        pytest.param(("Done", "", " "), ("Done",), id="blank lines"),
        pytest.param(("Done", "----"), ("Done",), id="a rule"),
        pytest.param(("Done", IPHONE), ("Done",), id="a footer"),
        pytest.param((IPHONE,), (), id="a footer alone"),
        pytest.param(("Done", "", "Sent from my", "iPhone"), ("Done",), id="a wrapped footer"),
        pytest.param(("Done", "", "Get Outlook", "for iOS"), ("Done",), id="whatever its lines are"),
        pytest.param(("Sent from my", "iPhone"), (), id="alone, too"),
        pytest.param(
            ("Done and", "Sent from my", "iPhone"),
            ("Done and", "Sent from my", "iPhone"),
            id="not below words of theirs",
        ),
        pytest.param(("Done", "", "----", "", IPHONE, ""), ("Done",), id="several of them"),
        pytest.param(("Done", "", "", "ada@example.com"), ("Done",), id="an address, far below"),
        pytest.param(
            ("Done", "", "so ask", "ada@example.com"), ("Done", "", "so ask", "ada@example.com"), id="near"
        ),
        pytest.param(("", "", "ada@example.com"), ("", "", "ada@example.com"), id="nothing is above"),
        pytest.param(
            ("Done", "", "", "a b@example.com"), ("Done", "", "", "a b@example.com"), id="with a word"
        ),
        pytest.param(("Done", "", NOTICE), ("Done",), id="a notice"),
        pytest.param(("Done", NOTICE), ("Done",), id="right below, the last line"),
        pytest.param(
            ("I wrote the plan", f"{TWO} ".ljust(90, "x")),
            ("I wrote the plan",),
            id="below what somebody says",
        ),
        pytest.param((NOTICE,), (), id="alone"),
        pytest.param(("Done", "", "*Disclaimer:*", "", NOTICE), ("Done",), id="with a heading"),
        pytest.param(
            ("Done", "", "*Disclaimed:*", "", NOTICE), ("Done", "", "*Disclaimed:*"), id="of no other"
        ),
        pytest.param(("Done", "", NOTICE, "", "Thank you."), ("Done",), id="and its thanks"),
        pytest.param(
            ("Done", "", "I did it", "", "Thank you."),
            ("Done", "", "I did it", "", "Thank you."),
            id="not others'",
        ),
        pytest.param(
            ("Done", "", NOTICE, "", "Thank you"),
            ("Done", "", NOTICE, "", "Thank you"),
            id="nor those of a sign-off",
        ),
        pytest.param(("Done", "", NOTICE, "", "", "Thank you."), ("Done",), id="with blank lines between"),
        pytest.param(
            (f"{'x' * 60}.", NOTICE, "and more"), (f"{'x' * 60}.",), id="a sentence above it is theirs"
        ),
        pytest.param((f"{'x' * 60}!", NOTICE, "and more"), (f"{'x' * 60}!",), id="as one that is called out"),
        pytest.param((f"{'x' * 60}?", NOTICE, "and more"), (f"{'x' * 60}?",), id="or asked"),
        pytest.param(
            ("1 done", NOTICE, "and more"), ("1 done",), id="a short line above a capital is theirs"
        ),
        pytest.param(
            ("1 done", NOTICE.casefold(), "and more"), (), id="below one without it begins the notice"
        ),
        pytest.param(("x" * 60, NOTICE, "and more"), (), id="a long line goes on"),
        pytest.param(("x" * 59, NOTICE, "and more"), ("x" * 59,), id="a shorter one does not"),
        pytest.param(("Done.", "", *CARD), ("Done.",), id="a card"),
        pytest.param(
            ("Done.", "____________", "*All about it*", "ada@example.com"), ("Done.",), id="what a list adds"
        ),
        pytest.param(
            ("Done", "", "<plan.pdf>", " - notes.docx"),
            ("Done", "", "<plan.pdf>", " - notes.docx"),
            id="files",
        ),
        pytest.param(
            ("Done", "", IPHONE, "", "<plan.pdf>"), ("Done", "<plan.pdf>"), id="files below a footer"
        ),
        pytest.param(("Done", "<plan.pdf>", "Bye"), ("Done", "<plan.pdf>", "Bye"), id="files above words"),
        pytest.param(("", "<plan.pdf>"), ("", "<plan.pdf>"), id="files alone"),
    ],
)
def test_leaves_out_what_is_below_somebodys_words(lines: tuple[str, ...], kept: tuple[str, ...]) -> None:
    assert without_endings(lines) == list(kept)


LIST = "____________"


@pytest.mark.parametrize(
    ("lines", "kept"),
    [
        pytest.param(("Done", "---", *CARD), ("Done",), id="a card below any rule"),
        pytest.param(
            ("Done", LIST, "The List", "www.example.com"), ("Done",), id="a list's link below a long one"
        ),
        pytest.param(
            ("Done", "---", "a list of names", "www.example.com/x"), None, id="not below a short one"
        ),
        pytest.param(("Done", LIST, "The List"), ("Done",), id="its name alone"),
        pytest.param((LIST, "The List"), None, id="nothing is above it"),
        pytest.param((LIST, "The List", "www.example.com"), (), id="but for its link"),
        pytest.param(("Done", LIST, "and what I said"), None, id="somebody speaks below"),
        pytest.param(("Done", LIST, "www.example.com", "is what I said"), None, id="below its link, too"),
        pytest.param(("Done", LIST, *["a list of names"] * 5, "www.example.com"), ("Done",), id="six lines"),
        pytest.param(("Done", LIST, *["a list of names"] * 6, "www.example.com"), None, id="seven"),
        pytest.param(
            ("Done", LIST, *["x y"] * 3, *[""] * 25, "www.example.com"), ("Done",), id="thirty lines up"
        ),
        pytest.param(("Done", LIST, *["x y"] * 3, *[""] * 26, "www.example.com"), None, id="not more"),
        pytest.param(("Done", LIST, "The List", "---", "and so on"), None, id="the last rule counts"),
    ],
)
def test_leaves_out_what_is_below_a_rule(lines: tuple[str, ...], kept: tuple[str, ...] | None) -> None:
    assert without_endings(lines) == list(lines if kept is None else kept)


def test_leaves_out_sixty_endings() -> None:
    lines = ["Done", *["----"] * 61]
    assert without_endings(lines) == ["Done", "----"]
