"""README's picture of the demo: it shows what the page shows, as far as another play can tell."""

from __future__ import annotations

import re

import pytest
from picture import digest, on_the_page, written
from playing import ROOT
from playwright.sync_api import Page

from peerpact.cli.first_look import demo
from peerpact.demo.play import monday_after


def test_is_the_picture_of_which_the_words_are_noted() -> None:
    assert digest() == written()["sha256"]


def test_is_taken_after_as_many_months_as_its_caption_says() -> None:
    """``make picture`` plays as long as ``make demo`` does unless told otherwise."""
    [caption] = re.findall(r"!\[(.*)\]\(tests/demo/demo\.png\)", (ROOT / "README.md").read_text("utf-8"))
    assert caption == "The page of the demo: an example company after three months"
    [months] = [option.default for option in demo.params if option.name == "months"]
    assert months == 3
    day, topic, _ = written()["tiles"][0]
    taken = monday_after(months)
    assert (topic, day) == ("Today", f"{taken.day} {taken:%B %Y}")


@pytest.mark.browser
def test_has_the_tiles_and_steps_that_the_page_has(page: Page) -> None:
    page.goto("/")
    shown, noted = on_the_page(page), written()
    assert [topic for _, topic, _ in shown["tiles"]] == [topic for _, topic, _ in noted["tiles"]]
    assert links(shown) == links(noted)


def links(said: dict[str, list[str]]) -> list[str]:
    return [step for step in said["one minute"] if step.startswith(("Open", "Two"))]
