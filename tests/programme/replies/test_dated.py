"""Days in promises and pauses: right nearly always, wrong hardly ever; else the writer is asked."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from peerpact.programme.replies.meaning import Asked, understand
from peerpact.programme.requests import Wish

ROWS = [
    line.split("\t")
    for name in ("dated", "dated_more")
    for line in (Path(__file__).parent / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]
NONE = {"ask", "..ask", ""}


def _read(language: str, kind: str, text: str) -> str:
    on = date(2026, 1, 12)
    read = understand(text, open_commitments=[], languages=(language,), on=on, asked=Asked.COMMITMENT)
    if kind == "due":
        return str(next((p.due for p in read.promises if p.due), "ask"))
    pause = next((r for r in (*read.requests, *read.perhaps) if r.kind is Wish.PAUSE), None)
    return f"{pause.since or ''}..{pause.until or 'ask'}" if pause else ""


@pytest.mark.parametrize("language", ["en", "de", "fr", "es"])
def test_reads_the_right_day_and_never_a_wrong_one(language: str) -> None:
    judged: Counter[str] = Counter()
    wrong = []
    for la, kind, day, text in ROWS:
        if la == language:
            read = _read(la, kind, text)
            right = read == day or (day == "ask" and read in NONE)
            judged.update(["right" if right else "asked" if read in NONE else "wrong"])
            wrong += [f"{text}: {read}, not {day}"] if not right and read not in NONE else []
    assert wrong == []
    assert judged["right"] >= 0.9 * judged.total()


def test_gives_a_pause_without_days_those_that_the_next_sentence_says() -> None:
    assert _read("en", "pause", "Please pause me. I'm away until 1 March.") == "..2026-03-01"


def test_takes_somebody_who_says_when_they_are_back_for_away_until_then() -> None:
    assert _read("en", "pause", "Please pause me, I am back on 16 February") == "..2026-02-16"
