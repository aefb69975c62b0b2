"""A language is a folder: what one lacks is named here, before somebody is written to, or read, by half."""

from __future__ import annotations

from pathlib import Path

import pytest

from peerpact.programme import languages
from peerpact.tables.input_rules import offered
from peerpact.tables.schema import tab

ROOT = Path(__file__).resolve().parents[2]
WEIGHED = ROOT / "tests" / "programme" / "replies"
TRANSLATIONS = {"admins.toml", "glossary.toml", "letters.po"}
"""What English, which templates and rules are written in, does without."""
FILES = {path.name for path in (languages.FOLDER / "de").iterdir()}


@pytest.mark.parametrize("language", languages.codes())
def test_has_every_file_of_a_language(language: str) -> None:
    """Without ``distress.toml``, for one, no word of distress in it reaches a person."""
    wanted = FILES - (TRANSLATIONS if language == languages.FALLBACK else set())
    assert wanted - {path.name for path in (languages.FOLDER / language).iterdir()} == set()


@pytest.mark.parametrize("language", languages.codes())
def test_has_a_table_from_which_a_language_s_words_of_distress_are_weighed(language: str) -> None:
    """``make weights`` learns ``weights.toml`` from it and from ``weighed_ways.toml``."""
    assert (WEIGHED / f"weighed_{language}.txt").exists()


def test_offers_admins_each_language_by_its_own_name() -> None:
    [setting] = [s for s in tab("Settings").settings if s.field == "admin_language"]
    names = offered(setting)
    assert [languages.named(name.casefold()) for name in names] == [*languages.codes()]
    assert {"English", "Deutsch", "Français", "Español"} <= {*names}
