"""What comes of admins' answers on Start here. By value."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from by_value import pairing, people, seen, waiting
from peerpact.programme.figures.dashboard import Standing, lines
from peerpact.programme.pairings import Decision
from peerpact.programme.roster.actions import ApprovePairing, PlanExamples
from peerpact.programme.roster.asked import (
    APPROVE,
    EXAMPLES,
    KINDS,
    NOT_UNDERSTOOD,
    PAUSE,
    PREVIEW,
    Asked,
    carried_out,
    offers,
    with_pause,
)
from peerpact.programme.roster.preview import Preview
from peerpact.tables.schema import tab

TOPICS = (APPROVE, PREVIEW, EXAMPLES, PAUSE, "Taking part")
TWO = (waiting("ab"), waiting("cd"))


def said(*pairings: Any, asked: Asked, **settings: Any) -> dict[str, str]:
    programme = seen("2026-01-02", people("abcd"), *pairings, **settings)
    return dict(carried_out(programme, asked, TOPICS).outcomes)


def yes(topic: str, **more: Any) -> Asked:
    return Asked(answers={topic: "yes"}, **more)


@pytest.mark.parametrize(
    ("topic", "asked", "outcome"),
    [
        (APPROVE, yes(APPROVE, shown={APPROVE: 2.0}), "2 approved."),
        (APPROVE, yes(APPROVE, shown={APPROVE: 1.0}), "nothing was approved: 2 wait now, and this line spoke of 1 "),
        (APPROVE, yes(APPROVE), "nothing was approved: 2 wait now, and this line spoke of 0 "),
        (APPROVE, Asked(answers={APPROVE: "no"}), "you answered no, so nothing was done."),
        (EXAMPLES, yes(EXAMPLES), "nothing was sent, as nobody is named at Admins in Settings. "),
        (PREVIEW, yes(PREVIEW), "no day is set on which a round opens"),
        (PREVIEW, yes(PREVIEW, preview=Preview(trouble="History can't be read.")), "History can't be read."),
        ("Taking part", yes("Taking part"), "this line asks for no answer, so nothing was done."),
        (PAUSE, yes(PAUSE), "paused."),
    ],
)  # fmt: skip
def test_says_on_the_line_what_came_of_the_answer(topic: str, asked: Asked, outcome: str) -> None:
    found = said(*TWO, asked=asked)
    assert list(found) == [topic]
    assert found[topic].startswith(f"2 January 2026: {outcome}")


def test_approves_what_waits_and_leaves_what_an_admin_decided_or_nobody_can_read() -> None:
    pairings = (
        waiting("ab"),
        replace(waiting("cd"), decision=Decision.REJECT),
        replace(waiting("ef"), is_decision_clear=False),
        waiting("gx"),
        pairing("hi"),
    )
    programme = seen("2026-01-02", people("abcdefghi"), *pairings)
    found = carried_out(programme, yes(APPROVE, shown={APPROVE: 4}), TOPICS)
    approved = [a.pairing.id for a in found.actions if isinstance(a, ApprovePairing)]
    assert approved == [pairings[0].id]
    assert found.outcomes[APPROVE].startswith("2 January 2026: 1 approved. 3 left as they are: ")


def test_plans_one_of_each_kind_for_each_admin_under_keys_of_their_own() -> None:
    admins = ("a@example.com", "z@example.com")
    programme = seen("2026-01-02", people("ab"), admins=admins)
    [plan] = carried_out(programme, yes(EXAMPLES), TOPICS).actions
    assert isinstance(plan, PlanExamples)
    assert len({r.key for r in plan.records}) == len({r.reference for r in plan.records}) == 2 * len(KINDS)
    assert {r.person for r in plan.records} == set(admins)


def test_is_paused_from_a_yes_to_a_no_and_keeps_the_day() -> None:
    programme = replace(seen("2026-01-02"), remembered=())
    paused = with_pause(programme, yes(PAUSE))
    assert (programme.is_paused, paused.is_paused) == (False, True)
    later = replace(paused, now=paused.now.replace(day=9))
    assert with_pause(later, yes(PAUSE)) == with_pause(later, Asked(unread=frozenset([PAUSE]))) == later
    assert f"{later.paused_since:%d}" == "02"
    assert not with_pause(later, Asked(answers={PAUSE: "no"})).is_paused


def test_tells_of_an_answer_that_is_neither_for_as_long_as_it_is_there() -> None:
    line = next(line for line in offers(seen("2026-01-02"), {}) if line.topic == PAUSE)
    there = Asked(unread=frozenset([PAUSE]), outcomes={PAUSE: "earlier"})
    carried = carried_out(seen("2026-01-02"), there, TOPICS)
    assert carried.on(line, there).outcome == NOT_UNDERSTOOD
    gone = Asked(outcomes={PAUSE: NOT_UNDERSTOOD})
    assert carried.on(line, gone).outcome == ""
    assert carried.on(line, Asked(outcomes={PAUSE: "earlier"})).outcome == "earlier"


def test_has_its_choices_beside_the_lines_that_offer_something() -> None:
    programme = seen("2026-01-02", people("abcd"))
    shown = lines(Standing(programme=programme, problems=0), offers(programme, {}))
    topics = [line.topic for line in shown]
    first, last = tab("Start here").column("answer").rows
    assert topics[first - 2 : last - 1] == [APPROVE, PREVIEW, EXAMPLES, PAUSE]
