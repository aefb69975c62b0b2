"""A language is a folder: dropped in, letters are written and answers read in it, without a line of code changed."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from shutil import copytree

import pytest

from peerpact.errors import LetterError
from peerpact.letters import CommitmentRequest, Sender, render
from peerpact.programme import languages
from peerpact.programme.commitments import Outcome
from peerpact.programme.people import Person
from peerpact.programme.replies.meaning import understand
from peerpact.tables.cells.dates import read_date
from peerpact.tables.input_rules import offered
from peerpact.tables.layout import seed_rows
from peerpact.tables.schema import tab

THERE = {*languages.codes()}
INVENTED = "qx"  # ISO 639 leaves qaa to qtz to whoever needs them
WORDS = """
names = ["Zimish", "Zimzim"]
own_name = "Zimzim"
locale = "en"
[buttons]
kept = "zimzam"
partly = "zimpu"
"not yet" = "zimno"
dropped = "zimaway"
pause = "zimpause"
"not met" = "zimnever"
"another partner" = "zimother"
stop = "zimstop"
met = "zimmet"
promise = "Zim …, zam …"
"promise by" = "Zim …, zam …, zu {day}"
"""


@pytest.fixture(autouse=True)
def zimish(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Drop the language in: a button's words, answers that know them, one translated sentence, one ground rule."""
    copytree(languages.FOLDER, tmp_path / "languages")
    here = tmp_path / "languages" / INVENTED
    here.mkdir()
    (here / "words.toml").write_text(WORDS)
    english = (tmp_path / "languages" / "en" / "answers.toml").read_text("utf-8")
    (here / "answers.toml").write_text(
        re.sub(r"(?m)^kept = \[", 'kept = [\n  "zimzam",', english, count=1), "utf-8"
    )
    german = (tmp_path / "languages" / "de" / "letters.po").read_text("utf-8")
    (here / "letters.po").write_text(
        german.replace("Hallo %(name)s", "Zim %(name)s").replace("Language: de", "Language: en"), "utf-8"
    )
    (here / "guidance.csv").write_text("kind,order,text\nground rule,1,Zim zam zum.\n")
    monkeypatch.setattr(languages, "FOLDER", tmp_path / "languages")


def test_is_in_the_one_list() -> None:
    assert {*languages.codes()} == {"en", "de", "es", "fr", INVENTED} | THERE
    assert languages.names()["zimish"] == INVENTED


def test_is_written() -> None:
    ada = Person(email="ada@example.com", name="Ada Lovelace", called="Ada")
    sender = Sender(programme_name="P", mailbox="m@example.com", contact="c@example.com")
    letter = CommitmentRequest(to=ada, sender=sender, reference="CR-1", partners=())
    assert "Zim Ada," in render(letter, language=INVENTED).text
    assert "Hello Ada," in render(letter, language="en").text


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("locale = .*", "“locale” is missing in languages/qx/words.toml."),
        ('"not met" = .*', "“not met” is missing in languages/qx/words.toml, [buttons]."),
        (r"\[buttons\](.|\n)*", "“buttons” is missing in languages/qx/words.toml."),
    ],
)
def test_says_which_word_it_lacks(line: str, said: str) -> None:
    (languages.FOLDER / INVENTED / "words.toml").write_text(re.sub(rf"(?m)^{line}", "", WORDS))
    ada = Person(email="ada@example.com", name="Ada Lovelace", called="Ada")
    sender = Sender(programme_name="P", mailbox="m@example.com", contact="c@example.com")
    letter = CommitmentRequest(to=ada, sender=sender, reference="CR-1", partners=())
    with pytest.raises(LetterError, match=re.escape(said)):
        render(letter, language=INVENTED)


def test_is_read() -> None:
    found = understand(
        "1 zimzam", open_commitments=["Read a book"], languages=(INVENTED,), on=date(2026, 3, 1)
    )
    assert dict(found.outcomes) == {1: Outcome.KEPT}


def test_has_its_guidance_in_the_sheet() -> None:
    guidance = tab("Guidance")
    assert ["ground rule", INVENTED, "1", "Zim zam zum."] in seed_rows(guidance)


def test_is_offered_to_admins_once_it_has_their_sentences() -> None:
    [setting] = [s for s in tab("Settings").settings if s.field == "admin_language"]
    assert "Zimzim" not in offered(setting)
    (languages.FOLDER / INVENTED / "admins.toml").touch()
    assert "Zimzim" in offered(setting)


def test_is_offered_for_people_whose_row_names_none() -> None:
    [setting] = [s for s in tab("Settings").settings if s.field == "language"]
    assert {"English", "Deutsch", "Zimzim"} <= {*offered(setting)}


def test_has_its_months_read_in_the_sheet() -> None:
    words = languages.FOLDER / INVENTED / "words.toml"
    words.write_text(WORDS.replace('locale = "en"', 'locale = "nl"'))
    a_locale_that_no_other_test_has = "en_ZM"  # what months are called is worked out once for each
    assert read_date("3 maart 2026", a_locale_that_no_other_test_has) == date(2026, 3, 3)
