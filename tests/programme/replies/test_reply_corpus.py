"""The project's own corpus: each message in ``emails`` is read as ``expected`` says, one test a file."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from peerpact.programme.replies.reading import OurLetters, read_reply

HERE = Path(__file__).parent
NAMES = sorted(path.stem for path in (HERE / "emails").glob("*.eml"))
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
    assert len(NAMES) >= 150
