"""Which lines of a mail are ours where nothing says so but their words, and what stands between them."""

from __future__ import annotations

import pytest

from peerpact.programme.replies.reply import OurLetters

PROMISE = "Ask Maria for feedback on my talk"
HOW = "How did it go? Reply with the number and a word."
OURS = OurLetters(
    bodies=(f"Hello Anna,\n{PROMISE}\nRead\n{HOW}\n",),
    repeated=(PROMISE, "Read"),
    references=("FU-7KQ9-M2AA",),
)
THEIRS, BYE = "I did that yesterday", "> See you on Friday"


@pytest.mark.parametrize(
    ("lines", "ours"),
    [
        pytest.param((f"> {HOW}", PROMISE, BYE), {0}, id="alone between marked lines it is said again"),
        pytest.param((f"> {HOW}", "", PROMISE, "", BYE), {0, 1}, id="blank lines part nothing"),
        pytest.param((f"> {HOW}", PROMISE, THEIRS, BYE), {0}, id="a line of theirs goes on from it"),
        pytest.param((BYE, THEIRS, PROMISE, BYE), set(), id="a line of theirs leads to it"),
        pytest.param((BYE, PROMISE), set(), id="at the end of the mail"),
        pytest.param((BYE, PROMISE, HOW, BYE), {1, 2}, id="two of ours together lost their mark"),
        pytest.param((BYE, HOW, "", PROMISE, BYE), {1, 2, 3}, id="so they have with a blank line between"),
        pytest.param((BYE, THEIRS, PROMISE, THEIRS, BYE), {2}, id="no marked line beside it"),
        pytest.param((PROMISE, BYE), set(), id="above all that is quoted it is theirs"),
        pytest.param(("> Read", HOW, BYE), {0, 1}, id="it runs on from a marked line"),
        pytest.param(("> Read", "", BYE, HOW, BYE), set(), id="it stands alone between marked ones"),
        pytest.param((HOW, THEIRS, PROMISE), {0}, id="one line of ours begins no quote"),
        pytest.param((HOW[:14], HOW[15:], THEIRS, PROMISE), {0, 1}, id="nor does it in two parts"),
        pytest.param((HOW, PROMISE), {0}, id="nor does it beside a promise that is said again"),
        pytest.param(("Read", HOW, THEIRS, PROMISE), {0, 1, 3}, id="two that run on do"),
        pytest.param((PROMISE, "Read", THEIRS), set(), id="all promises, said again, begin none"),
        pytest.param((PROMISE, THEIRS), set(), id="nor does one of them"),
        pytest.param((THEIRS, "Your reference: FU-7KQ9-M2AA"), {1}, id="a reference is ours alone"),
        pytest.param(
            (THEIRS, "=====", HOW, "---", "", "> ", THEIRS), {1, 2, 3, 4, 5}, id="rules beside ours"
        ),
    ],
)
def test_tells_ours_from_what_is_said_again_between(lines: tuple[str, ...], ours: set[int]) -> None:
    marked = {i for i, line in enumerate(lines) if line.startswith(">") and line.strip() != ">"}
    assert OURS.lines_in(lines, quoted=marked) == ours


@pytest.mark.parametrize(
    ("line", "is_ours"),
    [("PeerPact wrote:", True), ("Ada wrote:", False), ("<m@example.com> wrote:", True), ("", False)],
)
def test_finds_its_names_and_addresses_but_no_empty_name(line: str, *, is_ours: bool) -> None:
    ours = OurLetters(names=("", " ", "Peerpact"), addresses=("m@example.com",))
    assert ours.is_mentioned(line) is is_ours


@pytest.mark.parametrize(
    ("address", "is_ours"),
    [
        ("m@example.com", True),
        (" M+fu.1@Example.com ", True),
        ("m@example.org", False),
        ("n@example.com", False),
        ("example.com", False),
    ],
)
def test_knows_its_address_with_and_without_a_plus(address: str, *, is_ours: bool) -> None:
    assert OurLetters(addresses=("m+x@example.com",)).is_from_us(address) is is_ours
