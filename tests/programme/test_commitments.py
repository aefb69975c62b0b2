"""What a commitment's history keeps."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peerpact.programme.commitments import (
    ERASED,
    Commitment,
    Outcome,
    Step,
    answered,
    asked,
    erased,
    events_of,
    first_due,
    former_text,
    is_settled,
    is_told,
    made,
    reworded,
    told,
)

DAY = date(2026, 1, 14)
ASK = made(
    Commitment(
        id="c-1", person="ada@example.com", pairing="r1-x", text="Ask Sam", made_on=DAY, due=first_due(DAY)
    )
)


def steps(commitment: Commitment) -> list[str]:
    return [f"{e.step} {e.detail}".strip() for e in events_of(commitment)]


def test_keeps_every_step_in_order() -> None:
    first = answered(asked(ASK, "FU-1", DAY), Outcome.NOT_YET, DAY)
    second = answered(asked(first, "FU-2", DAY), Outcome.KEPT, DAY)
    assert steps(second) == [
        "made",
        "asked FU-1",
        "answered not yet",
        "carried on",
        "asked FU-2",
        "answered kept",
    ]


def test_keeps_what_a_correction_corrects() -> None:
    kept = answered(asked(ASK, "FU-1", DAY), Outcome.KEPT, DAY)
    corrected = answered(kept, Outcome.NOT_YET, DAY + timedelta(days=1))
    assert (corrected.outcome, corrected.answered_on) == (Outcome.NOT_YET, DAY + timedelta(days=1))
    assert steps(corrected)[-2:] == ["changed kept to not yet", "carried on"]


def test_changes_nothing_when_told_the_same_again() -> None:
    kept = answered(ASK, Outcome.KEPT, DAY)
    assert answered(kept, Outcome.KEPT, DAY + timedelta(days=3)) == kept


def test_notes_a_letter_once() -> None:
    once = asked(ASK, "FU-1", DAY)
    assert asked(once, "FU-1", DAY + timedelta(days=1)) == once


def test_keeps_the_words_that_others_took_the_place_of() -> None:
    other = reworded(ASK, "Ask Kim; then Sam", DAY)
    assert (other.text, steps(other)) == ("Ask Kim; then Sam", ["made", "changed from “Ask Sam”"])


def test_takes_words_for_no_answer_when_it_looks_for_one() -> None:
    open_one = answered(asked(ASK, "FU-1", DAY), Outcome.PARTLY, DAY)
    later = answered(reworded(asked(open_one, "FU-2", DAY), "Ask Kim", DAY), Outcome.KEPT, DAY)
    assert steps(later)[-1] == "answered kept"


def test_erases_the_words_in_the_history_too_and_keeps_the_figures() -> None:
    kept = answered(reworded(ASK, "Ask Kim", DAY), Outcome.KEPT, DAY)
    gone = erased(kept, DAY)
    assert gone == replace(kept, text=ERASED, history=gone.history)
    assert "Sam" not in gone.history
    assert steps(gone) == ["made", "changed from “…”", "answered kept", "erased"]


def test_tells_a_partner_again_only_when_the_outcome_changed() -> None:
    mine = frozenset({"FU-9"})
    kept = answered(ASK, Outcome.KEPT, DAY)
    assert not is_told(kept, mine)
    known = told(kept, "FU-9", DAY)
    assert is_told(known, mine)
    assert not is_told(known, frozenset({"FU-8"}))
    assert not is_told(answered(known, Outcome.DROPPED, DAY), mine)


CHANGES = st.lists(
    st.one_of(
        st.sampled_from(Outcome).map(lambda outcome: lambda c: answered(c, outcome, DAY)),
        st.text(max_size=60).filter(str.strip).map(lambda text: lambda c: reworded(c, text, DAY)),
        st.integers(0, 4).map(lambda number: lambda c: asked(c, f"FU-{number}", DAY)),
    ),
    max_size=12,
)


@given(CHANGES)
def test_adds_to_the_history_and_never_takes_away_whatever_people_write(
    changes: list[Callable[[Commitment], Commitment]],
) -> None:
    commitment = ASK
    for change in changes:
        before, commitment = commitment, change(commitment)
        known, now = events_of(before), events_of(commitment)
        assert now[: len(known)] == known
        assert (len(now) > len(known)) == (commitment != before)
        if commitment.outcome is not before.outcome:
            assert any(e.is_answer and e.detail.endswith(str(commitment.outcome)) for e in now[len(known) :])
        if commitment.text != before.text:
            assert now[-1].step is Step.CHANGED


@given(CHANGES)
def test_leaves_no_words_when_it_erases(changes: list[Callable[[Commitment], Commitment]]) -> None:
    commitment = ASK
    for change in changes:
        commitment = change(commitment)
    gone = erased(commitment, DAY)
    assert gone.text == ERASED
    assert [e.step for e in events_of(gone)] == [*(e.step for e in events_of(commitment)), Step.ERASED]
    assert {e.detail for e in events_of(gone) if "“" in e.detail} <= {"from “…”"}


@pytest.mark.parametrize(
    ("outcome", "is_open"),
    [
        (None, True),
        (Outcome.PARTLY, True),
        (Outcome.NOT_YET, True),
        (Outcome.KEPT, False),
        (Outcome.DROPPED, False),
    ],
)
def test_stays_open_until_it_is_kept_or_dropped(outcome: Outcome | None, is_open: bool) -> None:
    assert replace(ASK, outcome=outcome).is_open is is_open


@pytest.mark.parametrize(
    ("made_on", "next_meeting", "due"),
    [
        ("2026-01-14", None, "2026-02-14"),
        ("2026-01-14", "2026-01-14", "2026-02-14"),
        ("2026-01-14", "2026-01-20", "2026-02-14"),
        ("2026-01-14", "2026-01-21", "2026-01-21"),
        ("2026-01-14", "2026-02-13", "2026-02-13"),
        ("2026-01-14", "2026-02-14", "2026-02-14"),
        ("2026-01-14", "2026-02-23", "2026-02-23"),
        ("2026-01-14", "2026-02-24", "2026-02-14"),
        ("2026-01-14", "2026-01-13", "2026-02-14"),
        ("2026-01-31", None, "2026-02-28"),
        ("2026-12-15", None, "2027-01-15"),
        ("2026-12-15", "2027-01-14", "2027-01-14"),
    ],
)
def test_is_due_at_the_next_meeting_of_the_next_weeks_that_leaves_one_or_in_a_month(
    made_on: str, next_meeting: str | None, due: str
) -> None:
    meeting = date.fromisoformat(next_meeting) if next_meeting else None
    assert first_due(date.fromisoformat(made_on), meeting).isoformat() == due


@pytest.mark.parametrize(
    ("next_meeting", "turn", "due"),
    [
        (None, "2026-03-25", "2026-03-25"),
        ("2026-03-20", "2026-03-25", "2026-03-20"),
        ("2026-04-09", "2026-03-25", "2026-03-25"),
        (None, "2026-03-13", "2026-03-13"),
        (None, "2026-03-12", "2026-04-06"),
        (None, "2026-04-06", "2026-04-06"),
        (None, "2026-04-07", "2026-04-06"),
    ],
)
def test_is_due_at_the_turn_where_no_meeting_comes_before_it(
    next_meeting: str | None, turn: str, due: str
) -> None:
    meeting = date.fromisoformat(next_meeting) if next_meeting else None
    assert first_due(date(2026, 3, 6), meeting, date.fromisoformat(turn)).isoformat() == due


def test_finds_the_former_words_whatever_quotes_they_have() -> None:
    first = reworded(replace(ASK, text="Say “yes”\nto  Sam"), "Say no", DAY)
    assert former_text(first) == "Say ‘yes’ to Sam"
    second = reworded(answered(first, Outcome.NOT_YET, DAY), "Say nothing", DAY)
    assert former_text(second) == "Say no"
    assert former_text(answered(answered(second, Outcome.KEPT, DAY), Outcome.NOT_YET, DAY)) == "Say no"
    assert former_text(ASK) == ""
    assert reworded(ASK, ASK.text, DAY) == ASK


def test_is_not_told_before_any_letter_told_it() -> None:
    kept = answered(ASK, Outcome.KEPT, DAY)
    assert not is_told(ASK, frozenset({"FU-1"}))
    assert not is_told(kept, frozenset({"FU-1"}))
    assert is_told(told(kept, "FU-1", DAY), frozenset({"FU-1", "FU-2"}))
    assert not is_told(told(kept, "FU-1", DAY), frozenset({"FU-2"}))
    assert not is_told(told(ASK, "FU-1", DAY), frozenset({"FU-2"}))


def test_takes_a_first_answer_for_one_though_nobody_asked() -> None:
    """A history that an admin has cleared says neither that it was asked about nor that it was answered."""
    cleared = replace(ASK, outcome=Outcome.NOT_YET, history="")
    assert steps(answered(cleared, Outcome.KEPT, DAY)) == ["changed not yet to kept"]


def test_is_settled_the_day_after_it_was_said_back() -> None:
    new = made(Commitment(id="c-1", person="a@x.com", pairing="r1", text="x", made_on=DAY, due=DAY))
    assert (is_settled(new, DAY), is_settled(new, DAY + timedelta(days=1))) == (False, True)


def test_is_settled_where_its_history_tells_of_nothing_that_was_said() -> None:
    assert is_settled(replace(ASK, history=""), DAY)
