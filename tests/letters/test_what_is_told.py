"""What some letters must tell, in each language: who reads what and for how long, what remains; no word of pressure."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any
from urllib.parse import unquote

import pytest

from peerpact.letters import Announcement, ForgetMe, render
from peerpact.letters.examples import examples
from peerpact.programme import languages

PRESSURE = re.compile(
    r"(?i)dropped a promise|broke\w* your promise|overdue|failed to|you owe|disappoint|shame|at last"
)


def of(kind: type, language: str) -> list[Any]:
    return [e.letter for e in examples(language=language) if isinstance(e.letter, kind)]


def taps(html: str) -> list[str]:
    """Return what each button of a letter writes for who presses it: a tap and Send."""
    return [unquote(body) for body in re.findall(r'href="mailto:[^"]*body=([^"&]*)', html)]


@pytest.mark.parametrize("language", languages.codes())
def test_says_in_each_announcement_who_can_read_what_for_how_long_and_how_to_stay_out(language: str) -> None:
    buttons = languages.words(language)["buttons"]
    for announcement in of(Announcement, language):
        told = render(replace(announcement, months=7), language=language)
        for part in (" ".join(told.text.split()), told.html):
            assert all(word in part for word in ("Google Workspace", announcement.sender.mailbox, "7"))
        ways = {buttons[way] for way in ("pause", "stop")} | (
            set() if announcement.asks_yes else {buttons["skip"]}
        )
        assert ways <= set(taps(told.html))


@pytest.mark.parametrize("language", languages.codes())
def test_says_what_remains_of_who_is_forgotten_and_for_how_long(language: str) -> None:
    for letter in of(ForgetMe, language):
        text = " ".join(render(letter, language=language).text.split())
        assert all(word in text for word in ("Google", "30", "Vault"))


def test_puts_nobody_under_pressure() -> None:
    for example in examples():
        told = render(example.letter, language="en")
        assert PRESSURE.findall(f"{told.subject}\n{told.text}") == [], example.case
