"""Rounds as admins see them on Pairings."""

from __future__ import annotations

import gc
from typing import Any

import pytest

from cast import Cast
from peerpact.google.sheets import Workbook
from peerpact.programme.people import Person
from peerpact.tables.kept import kept
from workspace_emulator import Effect, Fault


def states(cast: Cast) -> dict[str, str]:
    return {p["Addresses"]: p["State"] for p in cast.tab("Pairings")}


def people_of(cast: Cast, *wanted: str) -> list[str]:
    rows = [p for p in cast.tab("Pairings") if p["State"] in wanted]
    return sorted(a for p in rows for a in p["Addresses"].split(", "))


EVERYBODY = sorted(f"{n}@example.com" for n in ("ben", "cleo", "dina", "emil", "fay", "gus"))


def test_proposes_a_partner_for_everybody_when_the_round_opens(cast: Cast) -> None:
    cast.run("pair_people")
    assert people_of(cast, "Proposed") == EVERYBODY
    assert all(p["Why this pair"] for p in cast.tab("Pairings"))
    assert cast.checker().faults() == []


def test_proposes_nothing_before_the_first_round(cast: Cast) -> None:
    cast.wait(days=-1)
    cast.run("pair_people")
    assert cast.tab("Pairings") == []


def test_approves_by_itself_after_the_review_days(cast: Cast) -> None:
    cast.run("pair_people")
    cast.wait(days=2)
    cast.run("pair_people")
    assert set(states(cast).values()) == {"Proposed"}
    cast.wait(days=1)
    cast.run("pair_people")
    assert set(states(cast).values()) == {"Approved"}


def people_held() -> list[Person]:
    gc.collect()
    return [held for held in gc.get_objects() if isinstance(held, Person)]


def test_holds_no_people_while_it_commits(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """They are a third of what the run holds, and the commit needs room itself."""
    others, held = people_held(), list[int]()
    commit = Workbook.commit

    def looked_at(self: Workbook, *given: Any) -> bool:
        kept().let_all_go()
        held.append(len({*map(id, people_held())} - {*map(id, others)}))
        return commit(self, *given)

    monkeypatch.setattr(Workbook, "commit", looked_at)
    cast.run("pair_people")
    assert people_of(cast, "Proposed") == EVERYBODY
    assert held == [0]


def test_approves_at_once_what_an_admin_approves(cast: Cast) -> None:
    cast.run("pair_people")
    cast.enter("Pairings", "C2", "approve")
    cast.run("pair_people")
    assert sorted(states(cast).values()) == ["Approved", "Proposed", "Proposed"]


def test_pairs_the_people_of_a_rejected_pairing_otherwise(cast: Cast) -> None:
    cast.run("pair_people")
    cast.enter("Pairings", "C2", "reject")
    cast.enter("Pairings", "C3", "reject")
    rejected = [p["Addresses"] for p in cast.tab("Pairings")][:2]
    cast.run("pair_people")
    assert [states(cast)[r] for r in rejected] == ["Rejected", "Rejected"]
    standing = [p["Addresses"] for p in cast.tab("Pairings") if p["State"] == "Proposed"]
    assert set(standing).isdisjoint(rejected)


def test_shows_partners_in_the_roster(cast: Cast) -> None:
    cast.run("pair_people")
    roster = {r["E-mail"]: r["Partner"] for r in cast.tab("Roster") if r["E-mail"]}
    pairing = next(p for p in cast.tab("Pairings") if "ben@example.com" in p["Addresses"])
    assert roster["ben@example.com"] in pairing["People"]
    assert roster["ada@example.com"] == ""


def test_keeps_never_pairs_apart(cast: Cast) -> None:
    for row, other in enumerate(("dina", "emil", "fay"), start=2):
        cast.enter("Never pair", f"A{row}", "ben@example.com")
        cast.enter("Never pair", f"B{row}", f" {other.upper()}@example.com")
    cast.run("pair_people")
    pairing = next(p for p in cast.tab("Pairings") if "ben@example.com" in p["Addresses"])
    assert "gus@example.com" in pairing["Addresses"]


def test_keeps_a_locked_pair_together(cast: Cast) -> None:
    cast.enter("Locked pairs", "A2", "emil@example.com")
    cast.enter("Locked pairs", "B2", "fay@example.com")
    cast.run("pair_people")
    assert "emil@example.com, fay@example.com" in states(cast)


def test_refuses_a_locked_pair_in_one_reporting_line_and_says_so(cast: Cast) -> None:
    cast.enter("Locked pairs", "A2", "gus@example.com")
    cast.enter("Locked pairs", "B2", "dina@example.com")
    cast.run("pair_people")
    assert [p["Tab"] for p in cast.tab("Problems")] == ["Locked pairs"]
    assert people_of(cast, "Proposed") == EVERYBODY


def test_makes_one_group_of_three_when_the_number_is_odd(cast: Cast) -> None:
    cast.enter("Roster", "J8", "no")
    cast.run("pair_people")
    assert sorted(len(p["Addresses"].split(", ")) for p in cast.tab("Pairings")) == [2, 3]
    assert cast.checker().faults() == []


def test_finds_a_new_partner_for_whoever_is_left_when_somebody_leaves(cast: Cast) -> None:
    cast.run("pair_people")
    cast.wait(days=3)
    cast.run("pair_people")
    cast.leave("gus@example.com")
    cast.run("pair_people")
    assert "gus@example.com" not in people_of(cast, "Approved", "Proposed")
    assert people_of(cast, "Approved", "Proposed") == [e for e in EVERYBODY if not e.startswith("gus")]
    assert cast.checker().faults() == []


def test_ends_the_rounds_pairings_and_avoids_them_in_the_next(cast: Cast) -> None:
    cast.run("pair_people")
    cast.wait(days=3)
    cast.run("pair_people")
    first = set(states(cast))
    cast.wait(days=90)
    cast.run("pair_people")
    second = {p["Addresses"] for p in cast.tab("Pairings") if p["State"] == "Proposed"}
    assert {states(cast)[p] for p in first} == {"Ended"}
    assert second.isdisjoint(first)
    assert cast.checker().faults() == []


def test_puts_the_newest_round_on_top_with_what_admins_wrote_beside_it(cast: Cast) -> None:
    cast.run("pair_people")
    cast.wait(days=3)
    cast.run("pair_people")
    cast.wait(days=90)
    told = cast.run("pair_people").plan.actions[-1]
    rounds = [p["Round"] for p in cast.tab("Pairings")]
    assert (told.key, rounds) == ("newest-on-top-2", sorted(rounds, reverse=True))
    cast.enter("Pairings", "C2", "approve")
    first = cast.tab("Pairings")[0]["Addresses"]
    cast.run("pair_people")
    assert states(cast)[first] == "Approved"
    assert not cast.run("pair_people").plan.actions


def test_goes_on_where_google_does_not_sort(cast: Cast) -> None:
    cast.run("pair_people")
    cast.wait(days=93)
    faults = cast.company.workspace.faults
    faults.add(Fault(effect=Effect.REFUSE, method="sheets.spreadsheets.batchUpdate", call=3, status=400))
    assert cast.run("pair_people").finished
    assert [a.key for a in cast.run("pair_people").plan.actions] == ["newest-on-top-2"]


def test_says_who_has_no_partner_and_why(cast: Cast) -> None:
    for row in range(4, 9):
        cast.enter("Roster", f"J{row}", "no")
    cast.run("pair_people")
    assert cast.tab("Pairings") == []
    assert [p["Who or which"] for p in cast.tab("Problems")] == ["ben@example.com"]
    assert "nobody else takes part" in cast.tab("Problems")[0]["What is wrong"]


def test_changes_nothing_when_run_twice(cast: Cast) -> None:
    cast.run("pair_people")
    cast.writes()
    cast.run("pair_people")
    assert cast.writes() == 0


def test_says_once_what_to_do_when_nobodys_managers_are_on_the_roster(cast: Cast) -> None:
    managers = cast.company.sheet().worksheet("Roster").row_values(1).index("Manager")
    for row in range(3, 9):
        cast.enter("Roster", f"{'ABCDEFGHIJKLMN'[managers]}{row}", f"boss{row}@example.com")
    cast.run("check_roster")
    cast.run("pair_people")
    assert cast.tab("Pairings") == []
    problems = {p["Found by"]: p for p in cast.tab("Problems")}
    assert len(cast.tab("Problems")) == len(problems) == 2
    assert problems["pair_people"]["What is wrong"].startswith(
        "6 people have no partner in this round, as nobody can tell"
    )
    assert "Enter these 6 managers on the roster" in problems["check_roster"]["What to do"]


def test_says_of_each_kind_of_mistake_what_it_is_and_pairs_the_rest(cast: Cast) -> None:
    cast.enter("Roster", "A9", "Gus")
    cast.enter("Roster", "B9", "gus@example.com")
    cast.enter("Roster", "A10", "Gisela Graf")
    cast.enter("Roster", "B10", "gus@example.com")
    cast.enter("Locked pairs", "A2", "fay@example.com")
    cast.enter("Locked pairs", "B2", "gone@example.com")
    cast.run("check_roster")
    cast.run("pair_people")
    said = "\n".join(p["What is wrong"] for p in cast.tab("Problems"))
    assert "Gus is listed twice on the roster" in said
    assert "Gisela Graf has the same address as Gus Gray in row 8, which counts." in said
    assert "gone@example.com is not on the roster." in said
    assert people_of(cast, "Proposed") == EVERYBODY
