"""Each wish is its own kind, as a value: status, my data, skip, never with whom, every so many weeks, a number."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from peerpact.programme.replies.meaning import Asked, Understood, understand
from peerpact.programme.replies.wishes import Requested
from peerpact.programme.requests import Wish

TODAY = date(2026, 1, 12)
PROMISES = ["Ask Dina about the canary report", "Read the handbook"]
LINES = (Path(__file__).parent / "wishes.tsv").read_text(encoding="utf-8").splitlines()
WISHES = [line.split("\t") for line in LINES if not line.startswith("#")]


def _in_words(read: Understood) -> str:
    said = [f"number {read.number}"] if read.number else []
    said += [_wish(r) for r in read.requests if r.kind is not Wish.NOT_MET]
    said += [] if read.met is None else ["met" if read.met else "not met"]
    return ", ".join([*said, *(["question"] if read.question else [])]) or "ask"


def _wish(requested: Requested) -> str:
    return f"every {requested.weeks}" if requested.weeks else f"{requested.kind} {requested.name}".strip()


def _read(text: str, asked: str = "anything", language: str = "en", **more: Asked) -> Understood:
    about = PROMISES[:1] if asked == "outcomes" else []
    return understand(
        text, open_commitments=about, languages=(language,), on=TODAY, asked=Asked(asked), also=more.values()
    )


@pytest.mark.parametrize(("language", "asked", "text", "accepted"), WISHES)
def test_hears_each_wish_as_its_own_kind(language: str, asked: str, text: str, accepted: str) -> None:
    assert _in_words(_read(text, asked, language)) in accepted.replace("none", "ask").split(" / ")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("I'm thinking of leaving the programme", Wish.STOP),
        ("Maybe pause me", Wish.PAUSE),
        ("Not sure, perhaps a new partner", Wish.ANOTHER_PARTNER),
        ("I might skip the next round", Wish.SKIP),
    ],
)
def test_takes_no_doubtful_wish_and_offers_it(text: str, kind: Wish) -> None:
    read = _read(text)
    assert read.requests == ()
    assert [r.kind for r in read.perhaps] == [kind]
    assert read.unclear is not None


@pytest.mark.parametrize(
    "text",
    [
        "My partner wants to stop taking part",
        "Dina is on leave until June",
        "She said she will skip this round",
    ],
)
def test_takes_nobody_elses_wish(text: str) -> None:
    assert _read(text).requests == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 done, 2 not yet\n4\nstay", "number 4, stay with my partner"),
        ("1 done\n2 dropped", "ask"),
        ("5/5, and a new partner please", "number 5, another partner"),
        ("Both done. 3", "number 3"),
    ],
)
def test_reads_promises_a_number_and_what_comes_next_in_one_answer(text: str, expected: str) -> None:
    read = understand(
        text,
        open_commitments=PROMISES,
        languages=("en",),
        on=TODAY,
        asked=Asked.OUTCOMES,
        also=(Asked.NUMBER, Asked.NEXT_ROUND),
    )
    assert _in_words(read) == expected
    assert len(read.outcomes) == (0 if text.startswith("5/5") else 2)
