"""What Start here offers to admins, word by word, and under which keys a yes is carried out. By value."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from by_value import at, pairing, people, seen, waiting
from peerpact.programme.correspondence import planned
from peerpact.programme.figures.dashboard import Line
from peerpact.programme.roster.actions import ApprovePairing, PlanExamples, ShowNextRound
from peerpact.programme.roster.asked import (
    APPROVE,
    EXAMPLES,
    NEXT_ROUND,
    PAUSE,
    PREVIEW,
    Asked,
    carried_out,
    offers,
    with_pause,
)
from peerpact.programme.roster.preview import Preview

LINKS = {"Pairings": "https://sheets/pairings", NEXT_ROUND: "https://sheets/next"}


def offered(*pairings: Any, **settings: Any) -> dict[str, Line]:
    return {x.topic: x for x in offers(seen("2026-01-02", people("abcd"), *pairings, **settings), LINKS)}


def test_offers_to_approve_what_waits_and_nothing_where_nothing_does() -> None:
    some = offered(waiting("ab"), pairing("cd"))[APPROVE]
    assert (some.in_words, some.figure, some.link) == (
        "Yes approves all 1 now; those that you rejected stay rejected.",
        1,
        LINKS["Pairings"],
    )
    none = offered(pairing("cd"))[APPROVE]
    assert (none.in_words, none.figure) == ("No proposal waits.", 0)


def test_names_the_admins_who_get_examples_or_says_where_to_enter_them() -> None:
    assert (
        "to x@example.com, y@example.com."
        in offered(admins=("x@example.com", "y@example.com"))[EXAMPLES].in_words
    )
    assert offered()[EXAMPLES].in_words.startswith("Enter yourself at Admins in Settings first")
    assert offered()[PREVIEW].link == LINKS[NEXT_ROUND]


def test_says_whether_the_programme_is_paused_and_since_when() -> None:
    programme = replace(seen("2026-01-02"), remembered=())
    paused = with_pause(programme, Asked(answers={PAUSE: "yes"}))
    [before] = [x.in_words for x in offers(programme, {}) if x.topic == PAUSE]
    [after] = [x.in_words for x in offers(paused, {}) if x.topic == PAUSE]
    assert (before[:4], after[:27]) == ("Yes:", "PAUSED since 2 January 2026")
    said = [
        carried_out(programme, Asked(answers={PAUSE: answer}), [PAUSE]).outcomes[PAUSE]
        for answer in ("yes", "no")
    ]
    assert said == ["2 January 2026: paused.", "2 January 2026: taken up again."]


def test_approves_with_the_second_of_the_run() -> None:
    programme = replace(seen("2026-01-02", people("ab"), waiting("ab")), now=at("2026-01-02T08:00:01.5"))
    asked = Asked(answers={APPROVE: "yes"}, shown={APPROVE: 1})
    [action] = carried_out(programme, asked, [APPROVE]).actions
    assert isinstance(action, ApprovePairing)
    assert action.pairing.approved_on == at("2026-01-02T08:00:01")
    assert (action.key, action.names) == (action.pairing.id, "A & B")


def test_carries_each_out_under_a_key_of_its_own() -> None:
    records = tuple(planned("example", f"example:{n}", "x@example.com", at=at("2026-01-02")) for n in (1, 2))
    assert PlanExamples(records=records).key == "example:1"
    assert "2 examples" in PlanExamples(records=records).summary
    shown = ShowNextRound(preview=Preview(in_words="Round 1: 2 pairings."))
    assert (shown.key, shown.summary) == ("next-round", "Show on the tab Next round: Round 1: 2 pairings.")
