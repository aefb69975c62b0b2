"""A language is a file that is dropped in: no word of any language is in the code."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from pathlib import Path

import pytest

from peerpact.programme import languages
from peerpact.programme.replies.meaning import Asked, Understood, understand

VOWELS = str.maketrans("aeiouAEIOU", "ouaeiOUAEI")
READINGS = [
    ("I asked her on Friday and got the numbers", "1=kept"),
    ("not yet, I will do it next week", "1=not yet"),
    ("It's half done", "1=partly"),
    ("no longer relevant", "1=dropped"),
    ("I hope it will be done on Tuesday", ""),
    ("my manager did it", ""),
]


def _invented(text: str) -> str:
    """Write English with other vowels: nothing but the file knows these words."""
    return text.translate(VOWELS)


@pytest.fixture
def xx(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Drop in a language beside ours: the English file, every word in it invented."""
    folder = tmp_path / "languages"
    for code in ("en", "de"):
        (folder / code).mkdir(parents=True)
        source = languages.FOLDER / code / "answers.toml"
        (folder / code / "answers.toml").write_text(source.read_text("utf-8"), "utf-8")
    (folder / "xx").mkdir()
    for file in ("answers.toml", "distress.toml"):
        lines = (languages.FOLDER / "en" / file).read_text("utf-8").splitlines()
        (folder / "xx" / file).write_text("\n".join(map(_invented_line, lines)), "utf-8")
    monkeypatch.setattr(languages, "FOLDER", folder)
    return "xx"


def _invented_line(line: str) -> str:
    """Change the words of a line, and leave the names of its lists."""
    if line.startswith(("[", "#", "verb_of_object")) or line.endswith("[") or line == "]":
        return line
    name, sign, rest = line.partition(" = ")
    if not sign:
        return _kept_lists(line)
    is_word = name.startswith('"') or name not in NAMES
    rest = re.sub(r'"[^"]*"|\b[a-z]+(?= = )', lambda m: _kept_lists(m[0]), rest)
    return f"{_invented(name) if is_word else name}{sign}{rest}"


def _kept_lists(text: str) -> str:
    return re.sub(r"[^<>]+(?![^<>]*>)", lambda m: _invented(m[0]), text) if "<" in text else _invented(text)


def _names() -> frozenset[str]:
    tables: dict[str, dict[str, object]] = {}
    for file in ("answers.toml", "distress.toml"):
        tables |= tomllib.loads((languages.FOLDER / "en" / file).read_text("utf-8"))
    tables = {n: t for n, t in tables.items() if isinstance(t, dict) and n not in {"spelling", "numbers"}}
    return frozenset(key for table in tables.values() for key in table)


NAMES = _names()


def _read(text: str, language: str, *promises: str) -> Understood:
    asked = Asked.OUTCOMES if promises else Asked.COMMITMENT
    return understand(
        text, open_commitments=promises, languages=(language,), on=date(2026, 1, 12), asked=asked
    )


@pytest.mark.parametrize(("english", "meaning"), READINGS)
def test_reads_an_outcome_in_a_language_that_was_dropped_in(xx: str, english: str, meaning: str) -> None:
    read = _read(_invented(english), xx, _invented("Ask Dina about the canary report"))
    assert " ".join(f"{n}={outcome}" for n, outcome in read.outcomes.items()) == meaning


def test_reads_promises_days_requests_and_distress_in_it(xx: str) -> None:
    promise = _read(_invented("I will ask Lena for feedback by 30 January"), xx)
    assert [p.due for p in promise.promises] == [date(2026, 1, 30)]
    assert [str(r.kind) for r in _read(_invented("please pause me until 1 March"), xx).requests] == ["pause"]
    assert _read(_invented("He harassed me and I feel unsafe"), xx).care


def test_reads_nothing_in_it_for_somebody_who_does_not_use_it(xx: str) -> None:
    assert xx
    assert not _read(_invented("yes"), "de", "Ask Dina").outcomes
