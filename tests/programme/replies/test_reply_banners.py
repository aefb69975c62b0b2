"""Warnings of gateways go wherever they stand, and what people say about outsiders stays."""

from __future__ import annotations

import textwrap
import tomllib
from pathlib import Path

import pytest

from peerpact.programme.replies.quotes import newly_written

WORDS = tomllib.loads((Path(__file__).parent / "banners.toml").read_text(encoding="utf-8"))
WRITTEN = "1 done, 2 not yet. I asked Maria."
QUOTE = "On Thu, Mar 12, 2026 at 10:04 AM Bob <bob@example.org> wrote:\n\n> how did it go?\n"


@pytest.mark.parametrize("banner", WORDS["banners"])
def test_drops_a_gateways_banner_wherever_it_stands(banner: str) -> None:
    wrapped = "\n".join(textwrap.wrap(banner, 60))
    places = (
        f"{banner}\n\n{WRITTEN}",
        f"{banner}\n{WRITTEN}",
        f"{wrapped}\n\n{WRITTEN}",
        f"{WRITTEN}\n\n{banner}",
        f"{WRITTEN}\n\n{wrapped}\n\n{QUOTE}",
        f"{banner}\n\n{banner}\n\n{WRITTEN}\n\n{QUOTE}",
    )
    assert [newly_written(text) for text in places] == [WRITTEN] * len(places)


@pytest.mark.parametrize("words", WORDS["prose"])
def test_keeps_what_people_write_about_outsiders_and_links(words: str) -> None:
    assert newly_written(words) == words
    assert newly_written(f"{words}\n\n{QUOTE}") == words
