"""What people write that looks like the work of a mail program: none of their words may be lost."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from peerpact.programme.replies.quotes import newly_written

PROSE = tomllib.loads((Path(__file__).parent / "prose.toml").read_text(encoding="utf-8"))["words"]
QUOTE = (
    "On Thu, Mar 12, 2026 at 10:04 AM Bob Smith <bob@example.org> wrote:\n\n> Hello,\n>\n> how did it go?\n"
)


@pytest.mark.parametrize("words", PROSE)
def test_keeps_words_that_look_like_a_header_a_signature_or_a_footer(words: str) -> None:
    assert newly_written(words) == words


@pytest.mark.parametrize("words", PROSE)
def test_keeps_such_words_above_a_quote(words: str) -> None:
    assert newly_written(f"{words}\n\n{QUOTE}") == words
