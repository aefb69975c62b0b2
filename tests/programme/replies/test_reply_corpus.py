"""The project's own corpus: each message in ``emails`` is read as ``expected`` says, one test a file.

An answer's name tells the client, the language, the form that is read, and where the newly written words stand to the
quote: ``outlook-web_de_html_top``. "any" is a client that left no trace. Other kinds of mail begin with their kind.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from peerpact.programme.replies.reply import OurLetters, read_reply

HERE = Path(__file__).parent
NAMES = sorted(path.stem for path in (HERE / "emails").glob("*.eml"))
NAMED = re.compile(
    r"(?P<client>[a-z0-9-]+)_(?P<language>[a-z]{2}(?:-[a-z]{2})?)_(?:plain|html)_(?:top|bottom|inline|alone)(?:_[a-z0-9-]+)?"
)
OURS = OurLetters(addresses=("mentoring@example.com",))


def _lines(text: str) -> list[str]:
    return [line.rstrip() for line in text.strip("\n").split("\n")]


@pytest.mark.parametrize("name", NAMES)
def test_reads_what_was_newly_written(name: str) -> None:
    reply = read_reply((HERE / "emails" / f"{name}.eml").read_bytes(), ours=OURS)
    expected = tomllib.loads((HERE / "expected" / f"{name}.toml").read_text(encoding="utf-8"))
    assert (reply.kind.value, _lines(reply.text)) == (expected["kind"], _lines(expected["text"]))


def test_has_an_expectation_for_each_message() -> None:
    assert sorted(path.stem for path in (HERE / "expected").glob("*.toml")) == NAMES


def test_has_150_answers_of_25_clients_in_20_languages() -> None:
    answers = [found for name in NAMES if (found := NAMED.fullmatch(name))]
    assert len(answers) >= 150
    assert len({answer["client"] for answer in answers} - {"any"}) >= 25
    assert len({answer["language"] for answer in answers}) >= 20
