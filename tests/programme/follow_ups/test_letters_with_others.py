"""What letters say of partners and promises, and which of several leaves: by value."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from by_value import address, at, ended, on, pairing, people, seen
from peerpact.programme.archive import MoveToArchive
from peerpact.programme.commitments import Commitment, Outcome
from peerpact.programme.correspondence import LetterRecord, LetterState, ReplyRecord, planned
from peerpact.programme.figures.overview import RefreshFigures
from peerpact.programme.figures.published import is_published
from peerpact.programme.follow_ups.decision import SendLetter, decide
from peerpact.programme.follow_ups.seen import CommitmentsSeen
from peerpact.programme.pairings import ROUND_IS_OVER, Pairing, pairing_id
from peerpact.programme.plan import Plan

PAIR = pairing("ab", id="ab", meeting_start=at("2026-01-14"), meeting_state="held")
OVER = ended("ab", id="ab", notes=ROUND_IS_OVER)


def begun(kind: str, who: str = "a", pair: str = "ab", about: tuple[str, ...] = ()) -> LetterRecord:
    return planned(
        kind, f"{kind}:{pair}:{address(who)}", address(who), at=at("2026-02-16"), pairing=pair, about=about
    )


def promise(name: str, who: str = "a", **more: Any) -> Commitment:
    usual = {"pairing": "ab", "made_on": on("2026-01-20"), "due": on("2026-03-20"), "text": f"Do {name}."}
    audience = tuple(address(x) for x in "ab" if x != who)
    return Commitment(**{"id": name, "person": address(who), "audience": audience, **usual, **more})


def plan(moment: str, pair: Pairing, *letters: LetterRecord, who: str = "ab", **more: Any) -> Plan:
    given = {n: {x.id: x for x in more.pop(n, ())} for n in ("commitments",)}
    replies = {r.message_id: r for r in more.pop("replies", ())}
    return decide(
        CommitmentsSeen(
            programme=seen(f"{moment}T10:00", people(who), pair, **more),
            letters={x.key: x for x in letters},
            replies=replies,
            has_archive=True,
            **given,
        )
    )


def written(found: Plan, who: str = "a") -> SendLetter:
    [letter] = [a for a in found.actions if isinstance(a, SendLetter) and a.person.email == address(who)]
    return letter


def test_tells_at_the_turn_all_that_its_reader_promised_in_the_pairing() -> None:
    mine = (
        promise("kept", outcome=Outcome.KEPT),
        promise("open"),
        promise("elsewhere", pairing="ac"),
        promise("gone", text="(erased)"),
        promise("theirs", who="b"),
    )
    turn = written(plan("2026-02-16", PAIR, begun("turn"), commitments=mine))
    assert [c.id for c in turn.own] == ["kept", "open"]
    month = written(plan("2026-02-16", PAIR, begun("follow-up"), commitments=mine))
    assert month.own == ()
    assert [c.id for c in month.ahead] == ["elsewhere", "open"]


@pytest.mark.parametrize(
    ("kind", "pair", "who", "has_partner"),
    [
        ("follow-up", PAIR, "a", True),
        ("follow-up", PAIR, "c", False),
        ("follow-up", OVER, "a", False),
        ("turn", OVER, "a", False),
        ("closing", OVER, "a", True),
        ("closing", OVER, "c", False),
        ("closing", PAIR, "c", False),
    ],
)
def test_is_between_partners_while_they_are_and_in_the_word_that_closes(
    kind: str, pair: Pairing, who: str, *, has_partner: bool
) -> None:
    letter = written(plan("2026-02-16", pair, begun(kind, who), who="abc"), who)
    assert bool(letter.partners) is has_partner


@pytest.mark.parametrize(
    ("day", "kind", "asks"), [("2026-03-25", "turn", True), ("2026-01-15", "commitment-request", False)]
)
def test_asks_for_a_number_at_the_turn(day: str, kind: str, *, asks: bool) -> None:
    letter = written(plan(day, PAIR))
    assert (letter.record.kind, letter.record.number == 0) == (kind, asks)


def test_announces_nothing_to_whoever_gets_another_letter_now() -> None:
    found = [
        (a.person.name, a.record.kind)
        for a in plan("2026-03-25", PAIR, who="abc").actions
        if isinstance(a, SendLetter)
    ]
    assert found == [("A", "turn"), ("B", "turn"), ("C", "announcement")]


def test_moves_replies_with_the_letters_that_they_answer() -> None:
    letter = replace(begun("follow-up"), state=LetterState.SENT, sent=at("2026-02-16"))
    reply = ReplyRecord(
        message_id="m1", kind="answer", person=address("a"), letter=letter.key, received=at("2026-02-17")
    )
    over = plan("2026-08-03", OVER, letter, replies=[reply])
    moved = [row.of for a in over.actions if isinstance(a, MoveToArchive) for row in a.rows]
    assert len(moved) == 2
    early = plan("2026-02-18", OVER, replies=[reply])
    assert not [a for a in early.actions if isinstance(a, MoveToArchive)]


def test_moves_no_promise_that_it_asks_about_just_now() -> None:
    pair = ended("ab", id=pairing_id(1, [address("a"), address("b")]))
    old = promise("old", pairing=pair.id)
    asking = begun("follow-up", pair=pair.id, about=("old",))
    for letters, moved in (((), [("old",)]), ((asking,), [])):
        found = plan("2026-08-01", pair, *letters, commitments=[old])  # a Saturday
        rows = [row for a in found.actions if isinstance(a, MoveToArchive) for row in a.rows]
        assert [row.key for row in rows if row.title == "Commitments"] == moved


# Figures


def figures(**shown: Any) -> list[Any]:
    """Return the months whose lines are written in the middle of March, of six pairs who kept what they promised."""
    pairs = [pairing(two) for two in ("ab", "cd", "ef", "gh", "ij", "kl")]
    kept = [
        Commitment(
            id=f"c{n}",
            person=pair.people[0],
            pairing=pair.id,
            text="Call.",
            made_on=on("2026-01-08"),
            due=on("2026-01-20"),
            outcome=Outcome.KEPT,
            answered_on=on("2026-01-21"),
        )
        for n, pair in enumerate(pairs)
    ]
    programme = seen("2026-03-15T22:00", people("abcdefghijkl"), *pairs)
    known = CommitmentsSeen(programme=programme, commitments={c.id: c for c in kept}, **shown)
    return [row for a in decide(known).actions if isinstance(a, RefreshFigures) for row in a.rows]


def test_writes_each_figure_once_where_the_overview_or_the_ledger_lacks_it() -> None:
    every = figures(figures={})
    by_month = {row["month"]: row for row in every}
    published = [row for row in every if is_published(row)]
    assert [row["month"] for row in published] == ["2026-01", "2026-02"]
    assert figures(figures=by_month) == []
    assert figures(figures=by_month, published={}) == published
    assert figures(figures=by_month, published=by_month) == []
    assert figures(figures={}, published={}) == every
