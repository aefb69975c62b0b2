"""What a mailbox keeps in mind of its figures, and what is read of it. By value."""

from __future__ import annotations

from dataclasses import replace

import pytest

from by_value import address, at, on, pairing, people, seen
from peerpact.programme.commitments import Commitment
from peerpact.programme.correspondence import LetterState, planned
from peerpact.programme.figures.counted import of_mailbox, with_counted
from peerpact.programme.figures.published import Told
from peerpact.programme.memory import COUNTED, Memo
from peerpact.programme.seen import ProgrammeSeen

PAIRS = tuple(pairing(x, id=x) for x in ("ab", "cd", "ef"))
TOLD = Told(
    commitments=[
        Commitment(
            id=x,
            person=address(x),
            pairing=p.id,
            text="Call.",
            made_on=on("2026-01-05"),
            due=on("2026-01-20"),
        )
        for p in PAIRS
        for x in p.id
    ],
    letters=[
        replace(record, state=LetterState.SENT, sent=record.planned)
        for record in (
            planned("follow-up", "f:a", address("a"), at=at("2026-01-20"), pairing="ab"),
            planned("follow-up", "f:b", address("b"), at=at("2026-02-20"), pairing="ab"),
            planned("turn", "t:a", address("a"), at=at("2026-01-25"), pairing="ab", asks_number=True),
        )
    ],
    pairings=PAIRS,
    taking_part={address(x) for x in "abcdef"},
)
JANUARY, FEBRUARY = (f"{COUNTED}2026-0{m}" for m in (1, 2))
OTHER = Memo(key="paused", since=on("2026-01-02"))


def kept(moment: str, told: Told = TOLD, before: tuple[Memo, ...] | None = (OTHER,)) -> dict[str, str] | None:
    programme: ProgrammeSeen = replace(seen(moment, people("abcdef"), *PAIRS), remembered=before)
    after = with_counted(programme, told).remembered
    return None if after is None else {memo.key: memo.value for memo in after}


def test_keeps_in_mind_on_how_many_letters_a_month_rests_once_it_is_published() -> None:
    assert kept("2026-02-14") == {"paused": ""}
    first = kept("2026-02-15")
    assert first == {"paused": "", JANUARY: "1 1"}
    assert list(kept("2026-03-15") or ()) == sorted(["paused", JANUARY, FEBRUARY])
    assert kept("2026-02-15", before=None) is None


def test_leaves_what_was_published_before_as_it_was_counted_then() -> None:
    noted = Memo(key=JANUARY, since=on("2026-02-15"), value="9 9")
    shown = replace(TOLD, published={"2026-01": {"month": "2026-01", "made": 6}})
    assert (kept("2026-02-20", shown, (noted,)) or {})[JANUARY] == "9 9"
    empty = replace(TOLD, published={"2026-01": {"month": "2026-01", "quoted": 0.8}})
    assert (kept("2026-02-20", empty, (noted,)) or {})[JANUARY] == "1 1"


@pytest.mark.parametrize(
    ("value", "asked"),
    [
        ("3 4", {"2026-01": (3, 4)}),
        ("3", {}),
        ("3 4 5", {}),
        ("3 x", {}),
        ("x 4", {}),
        ("", {}),
        ("-3 4", {}),
    ],
)
def test_reads_two_numbers_and_takes_anything_else_for_none(
    value: str, asked: dict[str, tuple[int, int]]
) -> None:
    memory = {key: Memo(key=key, since=on("2026-02-15"), value=value) for key in (JANUARY, "paused 2026-01")}
    found = of_mailbox({"2026-01": {"made": 6}}, memory)
    assert (found.asked, found.rows) == (asked, {"2026-01": {"made": 6}})
