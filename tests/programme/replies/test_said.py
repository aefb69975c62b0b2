"""Whole replies in people's words: what is recorded is right, most are understood, distress is always heard."""

from __future__ import annotations

import pytest
from said import in_words, is_accepted, measured, said_in, understood

LANGUAGES = ["en", "de", "fr", "es"]


@pytest.mark.parametrize("language", [*LANGUAGES, *(f"{la}_more" for la in LANGUAGES)])
def test_records_nothing_wrong_and_asks_seldom(language: str, capsys: pytest.CaptureFixture[str]) -> None:
    counts, wrong = measured(list(said_in(language)))
    with capsys.disabled():
        print(f"\n{language}: {dict(counts)}")  # noqa: T201 - asked for
    assert counts["wrong"] <= 0.01 * counts["all"], wrong
    assert counts["asked"] <= 0.1 * counts["plain"]
    assert counts["needless care"] == 0


@pytest.mark.parametrize("language", [*LANGUAGES, *(f"{la}_more" for la in LANGUAGES), "other"])
def test_hears_every_word_of_distress(language: str) -> None:
    distressed = [said for said in said_in(language) if "care" in said.accepted]
    assert [said.text for said in distressed if not is_accepted(in_words(understood(said)), said)] == []


def test_records_nothing_wrong_in_languages_that_it_does_not_read() -> None:
    assert measured(list(said_in("other")))[1] == []
