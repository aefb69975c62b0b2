"""The languages that Peerpact writes and reads. Each is a folder here; dropping one in is all that it takes.

``words.toml`` has its names, the words of its buttons and of dates; ``answers.toml`` what people answer with;
``letters.po`` the sentences of letters, ``admins.toml`` those that admins read in the spreadsheet, ``glossary.toml``
the programme's words in both (English needs none of the three, being what templates and rules say); ``guidance.csv``
what the tab Guidance begins with, ``handbook.csv`` what Handbook does.
"""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from peerpact.errors import LetterError

FOLDER = Path(__file__).parent
FALLBACK = "en"
"""What is written to somebody none of whose languages is here."""


def codes() -> tuple[str, ...]:
    """Return the codes (ISO 639-1) of all languages that are here, English first."""
    return _codes(FOLDER)


class Words(dict[str, Any]):
    """A table of a language's words, which tells what is missing in it."""

    def __init__(self, there: Mapping[str, Any], place: str) -> None:
        super().__init__(
            {k: Words(v, f"{place}, [{k}]") if isinstance(v, dict) else v for k, v in there.items()}
        )
        self.place = place

    def __missing__(self, key: str) -> Any:
        raise LetterError(
            f"“{key}” is missing in {self.place}. The files of the other languages show what it is."
        )


def words(code: str) -> Words:
    """Return a language's own words: its names, the words of buttons, of days and of months.

    Raises:
        LetterError: once a word is asked for that it doesn't have.
    """
    return _words(FOLDER / code / "words.toml")


def read(code: str, file: str) -> dict[str, Any]:
    """Return one of a language's files, such as ``answers``."""
    return _read(FOLDER / code / f"{file}.toml")


def offered(code: str) -> tuple[str, ...]:
    """Return the parts of a promise's form between what is to be filled in; none where nothing is written in it yet."""
    if not (FOLDER / code / "words.toml").exists():
        return ()
    form = str(words(code)["buttons"]["promise"]).rstrip("… ")
    return tuple(part.strip(" ,") for part in form.split("…"))


def guidance(code: str) -> list[dict[str, str]]:
    """Return a language's own lines of guidance: kind, order, text; none where it has no ``guidance.csv``."""
    return lines(code, "guidance.csv")


def lines(code: str, file: str) -> list[dict[str, str]]:
    """Return the rows of one of a language's CSV files; none where it has no such file."""
    path = FOLDER / code / file
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as rows:
        return list(csv.DictReader(rows))


def for_admins() -> tuple[str, ...]:
    """Return the languages in which admins can be written to, each by its own name."""
    known = (code for code in codes() if code == FALLBACK or (FOLDER / code / "admins.toml").exists())
    return tuple(map(own_name, known))


def own_name(code: str) -> str:
    return str(words(code).get("own_name") or words(code)["names"][0])


def locales() -> tuple[str, ...]:
    """Return whose names of months, days and zones people type (CLDR), by our languages."""
    return tuple(dict.fromkeys(str(words(code)["locale"]) for code in codes()))


def names() -> dict[str, str]:
    """Return the codes of our languages by every name that people give them, in lower case."""
    return {name.casefold(): code for code in codes() for name in words(code)["names"]}


def named(name: str) -> str:
    """Return the code of our language that people call so, in lower case; empty where there is none."""
    return next((code for code in codes() if name in map(str.casefold, words(code)["names"])), "")


@cache
def _codes(folder: Path) -> tuple[str, ...]:
    found = sorted(path.parent.name for path in folder.glob("*/words.toml"))
    return (FALLBACK, *(code for code in found if code != FALLBACK))


@cache
def _words(path: Path) -> Words:
    return Words(_read(path), f"languages/{path.parent.name}/{path.name}")


@cache
def _read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))
