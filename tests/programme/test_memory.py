"""What a slip does, and what it leaves once it is taken back: pairs held, settings in force, days counted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from by_value import pairing, people, person, seen
from peerpact.programme.memory import (
    COMMENTED,
    MAILBOXES,
    PAUSED,
    RENAMED,
    Memo,
    absent,
    in_force,
    missing_problems,
    remembered,
    says_no,
    setting,
    with_memo,
)
from peerpact.programme.pairing.decision import Change, ChangePairing, ProposePairing, RoundSeen, decide
from peerpact.programme.people import TakingPart
from peerpact.programme.plan import Plan
from peerpact.programme.settings import Settings

DAY = date(2026, 1, 10)
SETTINGS = Settings(first_round=date(2026, 1, 1), round_months=3)
KEPT = {m.key: m for m in remembered(SETTINGS, {}, people={}, pairings=[], today=date(2026, 1, 1))}


def missing(letter: str, since: str) -> dict[str, Memo]:
    key = absent(f"{letter}@example.com")
    return {key: Memo(key=key, since=date.fromisoformat(since))}


def changes(plan: Plan) -> list[Change]:
    return [a for a in plan.actions if isinstance(a, ChangePairing | ProposePairing)]


@pytest.mark.parametrize(("since", "ended"), [(None, 0), ("2026-01-06", 0), ("2026-01-05", 1)])
def test_ends_a_pairing_for_somebody_missing_only_after_the_days_in_settings(
    since: str | None, ended: int
) -> None:
    memory = missing("b", since) if since else {}
    standing = [pairing("ab"), pairing("cd")]
    plan = decide(RoundSeen(programme=seen("2026-01-10", people("acd"), *standing, memory=memory)))
    assert len(changes(plan)) == ended + (ended and 1)  # and the other one joins a pair
    assert any("no row of the roster" in p.what for p in plan.problems or ()) is not bool(ended)


@pytest.mark.parametrize("held", ["their name can't be read", "their address is not the company's"])
def test_neither_ends_nor_moves_a_pairing_of_somebody_whose_row_cannot_be_read(held: str) -> None:
    who = [person("a", held=held), *people("bcd")]
    standing = [pairing("ab"), pairing("cd")]
    assert changes(decide(RoundSeen(programme=seen("2026-01-10", who, *standing)))) == []


def test_pairs_nobody_whose_row_cannot_be_read() -> None:
    plan = decide(RoundSeen(programme=seen("2026-01-01", [person("a", held="so"), *people("bc")])))
    assert [a.pairing.people for a in changes(plan)] == [("b@example.com", "c@example.com")]


def test_gives_nobody_new_to_people_of_a_row_on_never_pair_that_cannot_be_read() -> None:
    held = frozenset({"a@example.com"})
    plan = decide(RoundSeen(programme=seen("2026-01-01", people("abc")), held=held))
    assert [a.pairing.people for a in changes(plan)] == [("b@example.com", "c@example.com")]


def test_approves_nothing_while_a_decision_cannot_be_read() -> None:
    waiting = pairing("ab", state="Proposed", proposed_on=date(2026, 1, 1), approved_on=None)
    unclear = replace(waiting, is_decision_clear=False)
    assert changes(decide(RoundSeen(programme=seen("2026-01-10", people("ab"), unclear)))) == []


def test_never_pairs_two_addresses_that_may_be_one_person() -> None:
    doubles = (("a@example.com", "b@example.com"),)
    plan = decide(RoundSeen(programme=seen("2026-01-01", people("ab"), doubles=doubles)))
    assert changes(plan) == []


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("first_round", date(2025, 1, 1)),
        ("first_round", date(2026, 2, 1)),
        ("first_round", None),
        ("round_months", 1),
    ],
)
def test_holds_settings_that_end_or_erase_as_they_were_until_a_yes(field: str, typed: object) -> None:
    moved = replace(SETTINGS, **{field: typed})  # type: ignore[arg-type]
    settings, [question] = in_force(moved, KEPT, [pairing("ab")], ())
    assert settings == SETTINGS
    assert "put yes into the column Answer" in question.remedy
    assert in_force(moved, KEPT, [pairing("ab")], {(question.row_key, question.what)}) == (moved, ())


@pytest.mark.parametrize(
    ("typed", "kept", "what"),
    [
        (date(2026, 2, 1), "2026-01-01", "was 2026-01-01 and is 2026-02-01 now"),
        (None, "2026-01-01", "was 2026-01-01 and is nothing that can be read now"),
        (date(2026, 2, 1), "", "was empty and is 2026-02-01 now"),
    ],
)
def test_asks_where_the_setting_is_and_says_what_it_was(typed: date | None, kept: str, what: str) -> None:
    key = setting("first_round")
    memory = {key: Memo(key=key, since=DAY, value=kept)}
    standing = [pairing("ab"), pairing("cd")]
    _, [question] = in_force(replace(SETTINGS, first_round=typed), memory, standing, ())
    assert (question.tab, question.column, question.row_key) == ("Settings", "Value", "First round opens on")
    assert f"{what}. That may end 2 pairings" in question.what


def test_keeps_in_mind_what_else_is_told() -> None:
    more = {f"{RENAMED}a@example.com": "b@example.com"}
    kept = remembered(SETTINGS, {}, people={}, pairings=[], today=DAY, more=more)
    assert Memo(key=f"{RENAMED}a@example.com", since=DAY, value="b@example.com") in kept


def test_tells_of_each_who_is_missing_where_to_look_and_for_how_long_nothing_happens() -> None:
    problems = missing_problems(["b@example.com", "a@example.com"], SETTINGS)
    assert [(p.tab, p.row_key) for p in problems] == [
        ("Roster", "a@example.com"),
        ("Roster", "b@example.com"),
    ]
    assert f"For {SETTINGS.held_days} days nothing is ended" in problems[0].what


def test_lets_settings_be_moved_while_nobody_is_paired() -> None:
    moved = replace(SETTINGS, first_round=date(2026, 5, 1), round_months=1)
    assert in_force(moved, KEPT, [], ()) == (moved, ())


def test_counts_days_from_the_first_run_that_noticed_and_forgets_whoever_is_back() -> None:
    standing = [pairing("ab")]
    who = {p.email: p for p in people("a", taking_part=TakingPart.NO)}
    first = remembered(SETTINGS, KEPT, people=who, pairings=standing, today=DAY)
    memory = {m.key: m for m in first}
    assert {absent("b@example.com"), says_no("a@example.com")} <= memory.keys()
    later = remembered(SETTINGS, memory, people=who, pairings=standing, today=date(2026, 1, 20))
    assert later == first
    back = {p.email: p for p in people("ab")}
    after = remembered(SETTINGS, memory, people=back, pairings=standing, today=date(2026, 1, 20))
    assert [m.key for m in after] == [setting(f) for f in ("first_round", "round_months")]


def test_keeps_its_words_for_things_in_every_version() -> None:
    """What an older version wrote down is found again after an upgrade."""
    assert (PAUSED, COMMENTED, RENAMED, setting("round_months")) == (
        "paused",
        "comments",
        "renamed: ",
        "setting: round_months",
    )


def test_keeps_in_mind_what_comments_say_and_that_all_is_paused_until_somebody_takes_it_away() -> None:
    noted = {key: Memo(key=key, since=DAY, value="x") for key in (COMMENTED, MAILBOXES + "1", PAUSED, "else")}
    kept = {m.key: m.value for m in remembered(SETTINGS, noted, people={}, pairings=[], today=DAY)}
    assert {k: v for k, v in kept.items() if not k.startswith("setting: ")} == {
        COMMENTED: "x",
        MAILBOXES + "1": "x",
        PAUSED: "",
    }


def test_has_one_thing_more_in_mind_in_order_or_as_it_is_now() -> None:
    one, other, now = (Memo(key=k, since=DAY, value=v) for k, v in (("b", "1"), ("a", "2"), ("b", "3")))
    assert with_memo([one], other) == (other, one)
    assert with_memo([other, one], now) == (other, now)


@pytest.mark.parametrize(("value", "asks"), [("2", 1), ("3", 0), ("soon", 0)])
def test_asks_about_a_setting_that_moved_where_what_it_was_can_be_read(value: str, asks: int) -> None:
    noted = {setting("round_months"): Memo(key=setting("round_months"), since=DAY, value=value)}
    holds, questions = in_force(SETTINGS, noted, [pairing("ab")], ())
    assert (holds.round_months, len(questions)) == (2 if asks else 3, asks)
