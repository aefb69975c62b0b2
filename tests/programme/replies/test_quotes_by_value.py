"""What is left of a mail beside quotes, headers and footers: each rule where it begins and ends to hold."""

from __future__ import annotations

import pytest

from peerpact.programme.replies.quotes import lines_of, newly_written
from peerpact.programme.replies.reply import OurLetters

WROTE = "On Thu, 12 Mar 2026 at 10:04, Anna <anna@example.com> wrote:"
HOW = "How did it go? Reply with the number and a word."
LONG = "> so that this is a line of letters that goes"
"""Just long enough to have been broken."""
HEADER = (
    "From: Bob <b@example.org>",
    "Sent: Thursday, 12 March 2026 10:04",
    "To: Anna <a@b.c>",
    "Subject: Your month",
)


@pytest.mark.parametrize(
    ("lines", "left"),
    [
        pytest.param(("", "Sent from my iPhone", "", "Done"), "Done", id="a footer above all that is said"),
        pytest.param(("___", "Sent from my iPhone", "", "Done"), "Done", id="and below a rule"),
        pytest.param(("Hi", "", "Sent from my iPhone", "", "Done"), "Hi", id="a footer below what is said"),
        pytest.param(("Hi", "Sent from my iPhone", "", "Done"), "Hi\nSent from my iPhone\n\nDone", id="amid one"),
        pytest.param((WROTE, "Done"), "Done", id="an answer where only the header is quoted"),
        pytest.param((WROTE, "", "Done", "Yes"), "Done\nYes", id="one of two lines"),
        pytest.param((WROTE, "    Done", "", "    Yes"), "", id="a letter set in and passed on"),
        pytest.param((WROTE, "    Done", "Yes"), "    Done\nYes", id="only its first line is set in"),
        pytest.param(("Yes", WROTE, "Done"), "Yes", id="a quote that nothing marks"),
        pytest.param(("Yes", WROTE, "", "", "", "> Done", "No"), "Yes\n\nNo", id="marked three lines below"),
        pytest.param(("Yes", WROTE, "", "", "", "", "> Done", "No"), "Yes", id="marked further below"),
        pytest.param(("Yes", "----- Original", "Message -----", "", "Done"), "Yes", id="a marker in two lines"),
        pytest.param(("Yes", "--- Of our", "Trips ---", "", "Done"), "Yes\n--- Of our\nTrips ---\n\nDone", id="none"),
    ],
)  # fmt: skip
def test_leaves_what_somebody_newly_wrote(lines: tuple[str, ...], left: str) -> None:
    assert newly_written("\n".join(lines)) == left


@pytest.mark.parametrize(
    ("lines", "left"),
    [
        pytest.param((HOW, "Ada Byron wrote:", "well"), "Ada Byron wrote:\nwell", id="below a line of ours"),
        pytest.param(("Yes", "Ada Byron wrote:", "", "", HOW), "Yes", id="two lines above one"),
        pytest.param(
            ("Yes", "Ada Byron wrote:", "so", "so", "so", HOW), "Yes\nAda Byron wrote:\nso\nso\nso", id="far"
        ),
    ],
)
def test_takes_a_bare_name_for_a_header_only_close_above_our_letter(
    lines: tuple[str, ...], left: str
) -> None:
    assert newly_written("\n".join(lines), ours=OurLetters(bodies=(HOW,))) == left


@pytest.mark.parametrize(
    ("above", "torn", "below", "is_quote"),
    [
        (LONG, "a few words", "> through it", True),
        (LONG[:-1], "a few words", "> through it", False),
        (LONG, "a few more words", "> through it", False),
        (LONG, "a few words", "> Through it", False),
        *((LONG + end, "a few words", "> through it", False) for end in ".!?:,"),
        *((LONG, "a few words" + end, "> through it", False) for end in ".!?:,"),
        ("> > > > deep", "six words are still a scrap", "> Yes", True),
        ("> > > > deep", "seven words are no such scrap here", "> Yes", False),
        ("> > > deep", "few words", "> Yes", False),
        ("> " + "x" * 58, "lower case goes on from a full line, however long", "> Yes", True),
        ("> " + "x" * 57, "lower case goes on from a full line, however long", "> Yes", False),
        ("> " + "x" * 58, "Upper case begins anew below a full line", "> Yes", False),
        ("> see", "<https://example.com/page>", "> Yes", True),
        ("> see", "see <https://example.com/page>", "> Yes", False),
        ("> see", "_nonce=3dd518)", "> Yes", True),
        ("> see", "a=b c", "> Yes", False),
        ("> see", "total=", "> Yes", False),
    ],
)
def test_knows_a_scrap_that_was_torn_off_between_quoted_lines(
    above: str, torn: str, below: str, *, is_quote: bool
) -> None:
    left = newly_written("\n".join(("Done", above, torn, below, "Yes")))
    assert left == ("Done\n\nYes" if is_quote else f"Done\n\n{torn}\n\nYes")


@pytest.mark.parametrize(
    ("lines", "is_quoted"),
    [
        (("Anna <anna", "> wrote:"), False),
        (("Anna <anna", "x", "x", "> wrote:"), False),
        (("Anna <anna", "x", "x", "x", "> wrote:"), True),
        (("Anna <anna>", "> wrote:"), True),
        (("Anna", "> wrote:"), True),
        (("Anna <anna", "> wrote"), True),
        (("Anna <anna", "> " + "x" * 57 + ":"), False),
        (("Anna <anna", "> " + "x" * 58 + ":"), True),
        (("> wrote:",), True),
    ],
)
def test_takes_the_end_of_an_address_in_two_lines_for_no_quote(
    lines: tuple[str, ...], *, is_quoted: bool
) -> None:
    assert lines_of("\n".join(lines))[-1].quoted is is_quoted


def test_finds_the_header_of_a_letter_below_very_much_of_theirs() -> None:
    """Only lines that may begin one are counted against the bound."""
    letter = ("", *HEADER, "", "Dear Anna", "", "yours")
    assert newly_written("\n".join((*["we walked on"] * 1_100, *letter))).count("\n") == 1_099
    assert "Dear Anna" in newly_written("\n".join((*["we: on"] * 1_001, *letter)))
    assert "Dear Anna" not in newly_written("\n".join((*["we: on"] * 999, *letter)))


@pytest.mark.parametrize(("above", "is_found"), [(399, True), (400, False)])
def test_finds_what_announces_a_letter_below_so_many_lines_with_numbers(
    above: int, *, is_found: bool
) -> None:
    own = "\n".join(["We had 2 talks"] * above)
    read = newly_written(f"{own}\n\n{WROTE}\n\nHello Anna, how did it go?")
    assert (read == own) is is_found
