"""In which language somebody, and several together, are written to. By value."""

from __future__ import annotations

import pytest

from by_value import person
from peerpact.programme.letter_language import language_of, shared_language
from peerpact.programme.settings import Settings


@pytest.mark.parametrize(
    ("spoken", "programme", "written"),
    [
        ("fr de", "es", "fr"),
        ("xx de", "es", "de"),
        ("xx", "es", "es"),
        ("", "es", "es"),
        ("xx", "yy", "en"),
    ],
)
def test_writes_in_the_first_language_of_theirs_that_letters_have(
    spoken: str, programme: str, written: str
) -> None:
    assert language_of(person("a", languages=tuple(spoken.split())), Settings(language=programme)) == written


@pytest.mark.parametrize(
    ("spoken", "written"),
    [
        (("fr de", "de fr"), "fr"),
        (("fr de", "de"), "de"),
        (("xx de", "xx de"), "de"),
        (("fr", "de"), "en"),
        (("fr de", "de fr", "de"), "de"),
        (("", "de"), "en"),
    ],
)
def test_writes_to_several_in_the_first_language_that_all_of_them_speak(
    spoken: tuple[str, ...], written: str
) -> None:
    people = [person("abc"[n], languages=tuple(each.split())) for n, each in enumerate(spoken)]
    assert shared_language(people) == written
