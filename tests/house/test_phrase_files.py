"""Phrases say what they seem to: none waits for a word that no text has, or ends a choice where nobody meant it to."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from typing import Any

import pytest

from peerpact.programme.languages import FOLDER
from peerpact.programme.replies.answer_words import answer_words, languages_read
from peerpact.programme.replies.phrases import _LONGEST_PART, _phrases, words_of, written_out

SMALL = {
    "de": """an auf aus bei das davon dem den der des die durch ein eine einem einen einer er es etwas für ich
        ihm ihn ihr im in ins mein meine meinem meinen meiner meines mich mir mit nach nicht pro sie über
        uns unser unsere vom von vor was wie zu zum zur""",
    "en": """a about against alone am an any are as at be being by for from he her him his i if in is it it's its
        just me my near no not of on our outside past she so someone somebody that the their them this to up
        was when with your""",
    "es": """a al con de del el él ella en esta la las le les lo los me mi mis mí muy más no nos nuestros para
        por que quién se si sobre solo sola su sus te un una unas unos varios""",
    "fr": """à après au aux avec ce chez contre d' dans de des du elle en il j' je l' la le les leur lui m' ma me
        mes moi mon nos nous on par pour que qu' s' sa se ses son sur te toi un une""",
}
"""Words that a choice may be of, but seldom one of and one of another kind: then the rest of it is behind a space."""
GROUPS = re.compile(r"\{[^}]*\}|\([^()]* [^()]*\)")


def lines(language: str) -> Iterator[str]:
    """Return the phrases of a language's files, one by one."""
    for name in ("answers", "distress", "plain"):
        file = FOLDER / language / f"{name}.toml"
        tables = tomllib.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
        for table in (t for name, t in tables.items() if name not in {"spelling", "lists", "language"}):
            yield from texts(table)


def texts(table: Any) -> Iterator[str]:
    if isinstance(table, str):
        yield from table.split(", ")
    elif isinstance(table, dict | list):
        for part in table.values() if isinstance(table, dict) else table:
            yield from texts(part)


def ends_too_soon(phrase: str, small: set[str]) -> bool:
    """Tell of "the company|the team": a choice before a space that begins with a noun and ends with an article."""
    parts = GROUPS.sub("", phrase).split()
    choices = [part.split("|") for part in parts[:-1] if "|" in part and part[0] != "("]
    return any(ch[-1] in small and ch[0] not in small and ch[0][0] not in "<*" for ch in choices)


@pytest.mark.parametrize(
    ("phrase", "is_wrong"),
    [
        ("left company|the team", True),
        ("left {company|the team}", False),
        ("left the|a company|team", False),
        ("did (it|the whole thing) well", False),
        ("he|she touched|hit me", False),
    ],
)
def test_tells_a_choice_that_a_space_cuts_off(phrase: str, *, is_wrong: bool) -> None:
    assert ends_too_soon(phrase, {"the", "a"}) is is_wrong


@pytest.mark.parametrize("language", languages_read())
def test_has_choices_of_several_words_in_braces(language: str) -> None:
    small = set(SMALL.get(language, "").split())
    assert [phrase for phrase in lines(language) if ends_too_soon(phrase, small)] == []


@pytest.mark.parametrize("language", languages_read())
def test_waits_for_words_only_that_a_text_can_have(language: str) -> None:
    writing = answer_words(language).writing
    slots = {
        (phrase, slot)
        for phrase in lines(language)
        for plain in written_out(phrase, writing.spelling)
        for each in _phrases(plain, "", None, writing)
        for slot in each.slots
    }
    never = {(p, w) for p, slot in slots for w in slot.words if words_of(w, writing.spelling) != [w]}
    never |= {(p, w) for p, slot in slots for w in (*slot.beginnings, *slot.endings) if words_of(w) != [w]}
    too_long = {p for p, s in slots for w in (*s.beginnings, *s.endings) if len(w) > _LONGEST_PART}
    assert (sorted(never), sorted(too_long)) == ([], [])


@pytest.mark.parametrize("language", languages_read())
def test_has_no_gap_that_is_said_to_be_missing_at_times(language: str) -> None:
    """ "…" is up to three words, or none; in brackets it is a word that no text has."""
    assert [phrase for phrase in lines(language) if "(…)" in phrase] == []
