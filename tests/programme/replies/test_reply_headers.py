"""Headers above quotes in every language and habit we know of, and how they bound what somebody wrote."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from peerpact.programme.replies.quotes import newly_written
from peerpact.programme.replies.reply import OurLetters
from work import calls_for

HEADERS = tomllib.loads((Path(__file__).parent / "headers.toml").read_text(encoding="utf-8"))
LETTER = "Hello Anna,\nhow did it go?\n\nYou can write pause or stop.\n"
QUOTED = "".join(f"> {line}\n" for line in LETTER.split("\n"))
WRITTEN = "1 done, thanks."


@pytest.mark.parametrize("header", HEADERS["certain"] + HEADERS["quoted"])
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_ends_before_a_header_above_a_quote(header: str, gap: str) -> None:
    assert newly_written(f"{WRITTEN}\n\n{header}{gap}{QUOTED}") == WRITTEN


@pytest.mark.parametrize("header", HEADERS["certain"])
def test_ends_before_a_header_above_a_letter_that_nothing_marks(header: str) -> None:
    assert newly_written(f"{WRITTEN}\n\n{header}\n\n{LETTER}") == WRITTEN


@pytest.mark.parametrize(
    "header", [h for h in HEADERS["certain"] + HEADERS["quoted"] if not h.endswith("\n")]
)
def test_goes_on_below_a_quote(header: str) -> None:
    assert newly_written(f"{header}\n{QUOTED}\n{WRITTEN}\n") == WRITTEN


@pytest.mark.parametrize("header", [h for h in HEADERS["certain"] if h.endswith("\n")])
def test_goes_on_below_a_header_whose_letter_is_quoted_line_by_line(header: str) -> None:
    assert newly_written(f"{header}\n{QUOTED}\n{WRITTEN}\n") == WRITTEN


def test_looks_for_our_letters_in_linear_time() -> None:
    ours = OurLetters(bodies=(" ".join(f"sentence number {n} of ours" for n in range(800)),))
    few, many = (
        calls_for(lambda n=n: newly_written("sentence number 7 of ourz\n" * n, ours=ours))
        for n in (750, 3000)
    )
    assert many <= 4.4 * few
