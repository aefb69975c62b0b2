"""What people write and what programs add in words that are alike: none of theirs may be lost, all of those go."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from peerpact.programme.replies.quotes import newly_written

PROSE = tomllib.loads((Path(__file__).parent / "prose.toml").read_text(encoding="utf-8"))["words"]
FOOTERS = tomllib.loads((Path(__file__).parent / "footers.toml").read_text(encoding="utf-8"))["footers"]
BODIES = tomllib.loads((Path(__file__).parent / "bodies.toml").read_text(encoding="utf-8"))
QUOTE = (
    "On Thu, Mar 12, 2026 at 10:04 AM Bob Smith <bob@example.org> wrote:\n\n> Hello,\n>\n> how did it go?\n"
)


@pytest.mark.parametrize("words", PROSE)
def test_keeps_words_that_look_like_a_header_a_signature_or_a_footer(words: str) -> None:
    assert newly_written(words) == words


@pytest.mark.parametrize("words", PROSE)
def test_keeps_such_words_above_a_quote(words: str) -> None:
    assert newly_written(f"{words}\n\n{QUOTE}") == words


@pytest.mark.parametrize("footer", FOOTERS)
def test_drops_what_a_phone_or_a_program_signed_with(footer: str) -> None:
    assert newly_written(f"1 done, thanks.\n\n{footer}\n\n{QUOTE}") == "1 done, thanks."
    assert newly_written(f"1 done, thanks.\n\n{footer}") == "1 done, thanks."


@pytest.mark.parametrize("name", BODIES)
def test_reads_a_whole_body(name: str) -> None:
    assert newly_written(BODIES[name]["body"]) == BODIES[name]["written"]
