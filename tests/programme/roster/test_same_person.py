"""Who is the same person under a new address: situations, and who counts as whom, who may, and what is asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import pytest

from by_value import address, people, person
from peerpact.programme.memory import RENAMED, Memo, absent
from peerpact.programme.people import Person
from peerpact.programme.roster.identity import (
    Accounts,
    Identities,
    Known,
    identities,
    known_accounts,
    renamed_in,
)

A, B, C, D = map(address, "abcd")
DAY = date(2026, 1, 10)


def forms(name: str) -> frozenset[str]:
    """Names agree here where they are of the same words, in any order."""
    return frozenset({" ".join(sorted(name.lower().split()))})


def known_as(how: Accounts) -> Callable[[str, str], Accounts]:
    return lambda _old, _new: how


def told(who: list[Person], missing: Mapping[str, str] = {}, **more: Any) -> Identities:
    """Tell who is whom among those on the roster, everybody a newcomer, and those who are missing."""
    usual = {
        "newcomers": [p.email for p in who],
        "memory": {},
        "answered": (),
        "denied": (),
        "keys_of": forms,
        "accounts": known_as(Accounts.NO_SECOND),
    }
    return identities({p.email: p for p in who}, missing, **{**usual, **more})


def named(letter: str, name: str, **more: Any) -> Person:
    one = person(letter, **more)
    return Person(email=one.email, name=name, former_addresses=one.former_addresses)


def memo(key: str, value: str) -> dict[str, Memo]:
    return {key: Memo(key=key, since=DAY, value=value)}


def asked(found: Identities) -> list[str]:
    return [p.row_key for p in found.problems]


@pytest.mark.parametrize(
    ("who", "memory", "renamed"),
    [
        ([person("b", former_addresses=(A,))], {}, {A: B}),
        ([person("b", former_addresses=(A, C))], {}, {A: B, C: B}),
        ([person("a"), person("b", former_addresses=(A,))], {}, {}),
        (people("b"), memo(RENAMED + A, B), {A: B}),
        (people("c"), memo(RENAMED + A, B), {}),
        (people("ab"), memo(RENAMED + A, B), {}),
        (people("b"), memo(absent(A), B), {}),
        ([person("b"), person("c", former_addresses=(A,))], memo(RENAMED + A, B), {A: C}),
    ],
    ids=[
        "by Former address",
        "by several of them",
        "not while the old address is on the roster",
        "as it was once known",
        "not when the new address has gone",
        "not when the old address is back",
        "not by what else is remembered",
        "by the column rather than by memory",
    ],
)
def test_knows_for_certain(who: list[Person], memory: dict[str, Memo], renamed: dict[str, str]) -> None:
    found = told(who, memory=memory)
    assert (found.renamed, found.maybe, found.problems) == (renamed, {}, ())


def test_asks_where_a_newcomer_has_the_name_of_somebody_missing() -> None:
    found = told([named("b", "Lee Ann"), named("c", "Bo Berg")], {A: "Ann Lee"})
    assert (found.renamed, found.maybe) == ({}, {B: A})
    [question] = found.problems
    assert (question.tab, question.column, question.row_key) == ("Roster", "E-mail", f"{A} / {B}")
    assert question.what == f"{A} is missing, and Lee Ann is there as {B}. Is this the same person?"


def test_needs_no_answer_where_the_directory_knows_both_as_one() -> None:
    found = told(
        [named("c", "Ann Lee"), named("d", "Bo Berg")],
        {A: "Ann Lee", B: "Bo Berg"},
        accounts=lambda old, new: Accounts.ONE if (old, new) == (A, C) else Accounts.NOT_TOLD,
    )
    assert (found.renamed, found.maybe, asked(found)) == ({A: C}, {D: B}, [f"{B} / {D}"])


@pytest.mark.parametrize(
    ("how", "says"),
    [(Accounts.TWO, "two people's accounts"), (Accounts.NOT_TOLD, "does not tell whether that is one")],
)
def test_holds_both_where_the_directory_does_not_vouch_for_a_former_address(how: Accounts, says: str) -> None:
    found = told([person("b", former_addresses=(A,))], accounts=known_as(how))
    assert (found.renamed, found.maybe, found.asked) == ({}, {B: A}, frozenset())
    [doubt] = found.problems
    assert (doubt.tab, doubt.column, doubt.row_key) == ("Roster", "E-mail", f"{A} / {B}")
    assert says in doubt.what


@pytest.mark.parametrize(
    ("answer", "renamed"), [("answered", {A: C}), ("denied", {})], ids=["after a yes", "after a no"]
)
def test_asks_no_more_after_an_answer_and_goes_on_with_the_others(
    answer: str, renamed: dict[str, str]
) -> None:
    who = [named("c", "Ann Lee"), named("d", "Bo Berg")]
    missing = {A: "Ann Lee", B: "Bo Berg"}
    first, second = told(who, missing).problems
    found = told(who, missing, **{answer: {(first.row_key, first.what)}})
    assert (found.renamed, found.maybe, found.problems) == (renamed, {D: B}, (second,))


@pytest.mark.parametrize(
    ("who", "missing", "newcomers"),
    [
        ([named("b", "Ann Lee"), named("c", "Ann Lee")], {A: "Ann Lee"}, [B, C]),
        ([named("b", "Ann Lee")], {A: "Ann Lee"}, []),
        ([named("b", "Ann Lee", former_addresses=(C,))], {A: "Ann Lee"}, [B]),
        ([named("b", "Ann Lee"), person("d", former_addresses=(A,))], {A: "Ann Lee"}, [B]),
    ],
    ids=["two of the name", "no newcomer", "a newcomer who is somebody else", "who is known to be another"],
)
def test_takes_nobody_for(who: list[Person], missing: dict[str, str], newcomers: list[str]) -> None:
    assert told(who, missing, newcomers=newcomers).maybe == {}


def test_asks_once_for_all_whose_domain_alone_has_changed() -> None:
    names = {"x": "Ann Lee", "y": "Bo Berg", "z": "Cy Cole"}
    who = [Person(email=f"{letter}@new.example", name=name) for letter, name in names.items()]
    who.append(Person(email="w@new.example", name="Di Dorn"))
    missing = {f"{letter}@old.example": name for letter, name in names.items()} | {D: "Di Dorn"}
    found = told(who, missing)
    assert asked(found) == ["old.example / new.example", f"{D} / w@new.example"]
    whole = found.problems[0]
    assert (whole.tab, whole.column) == ("Roster", "E-mail")
    assert whole.what.startswith("3 people with addresses of old.example are missing")
    answered = told(who, missing, answered={(whole.row_key, whole.what)})
    assert answered.renamed == {f"{letter}@old.example": f"{letter}@new.example" for letter in names}
    assert answered.maybe == {"w@new.example": D}


@pytest.mark.parametrize(
    ("many", "keys"), [(1, ["x@old.example / x@new.example"]), (2, ["old.example / new.example"])]
)
def test_speaks_of_a_domain_from_two_people_on(many: int, keys: list[str]) -> None:
    letters = "xy"[:many]
    who = [Person(email=f"{letter}@new.example", name=f"{letter} Lee") for letter in letters]
    assert asked(told(who, {f"{letter}@old.example": f"{letter} Lee" for letter in letters})) == keys


@pytest.mark.parametrize(
    ("value", "after"),
    [
        (A, B),
        (C, C),
        ((A, C), (B, C)),
        (f"reminder:r1-x:{A}", f"reminder:r1-x:{B}"),
        (f"news:{A}:{C}", f"news:{B}:{C}"),
        ("a name", "a name"),
        ("no@where", "no@where"),
        (7, 7),
        (None, None),
    ],
)
def test_puts_new_addresses_into_keys(value: object, after: object) -> None:
    assert renamed_in(value, {A: B, "a name": "never"}) == after


TWO, NOT_TOLD = Accounts.TWO, Accounts.NOT_TOLD


@pytest.mark.parametrize(
    ("memory", "how", "renamed", "words"),
    [
        ({}, TWO, {}, "two people's accounts"),
        ({}, NOT_TOLD, {}, "does not tell"),
        ({}, Accounts.NO_SECOND, {A: B}, ""),
        ({}, Accounts.ONE, {A: B}, ""),
        (memo(RENAMED + A, B), TWO, {A: B}, ""),
        (memo(RENAMED + A, B), NOT_TOLD, {A: B}, ""),
        (memo(RENAMED + A, C), TWO, {}, "two people's accounts"),
    ],
)
def test_takes_something_along_only_where_the_directory_knows_no_second_account(
    memory: dict[str, Memo], how: Accounts, renamed: dict[str, str], words: str
) -> None:
    """Otherwise an admin who types their own address for somebody's reads what the two promised."""
    found = told([person("b", former_addresses=(A,))], memory=memory, accounts=known_as(how))
    assert (found.renamed, found.maybe) == (renamed, {B: A} if words else {})
    assert asked(found) == [f"{A} / {B}"] * bool(words)
    assert [p.what for p in found.problems if words not in p.what] == []


def test_takes_an_admin_s_yes_for_no_proof() -> None:
    who, missing = [named("b", "Ann Lee")], {A: "Ann Lee"}
    [question] = told(who, missing).problems
    found = told(who, missing, answered={(question.row_key, question.what)}, accounts=known_as(NOT_TOLD))
    assert (found.renamed, found.maybe) == ({}, {B: A})


OLD, NEW, OUTSIDE = "old@example.com", "new@example.com", "new@example.org"


@pytest.mark.parametrize(
    ("was", "new", "now", "closed", "known"),
    [
        ({OLD, NEW}, NEW, {NEW, OLD}, (), Accounts.ONE),
        ({OLD}, NEW, {NEW}, (), Accounts.TWO),
        ({OLD}, NEW, {NEW}, (OLD,), Accounts.NO_SECOND),
        ({OLD}, NEW, {NEW}, (NEW,), Accounts.TWO),
        (None, NEW, {NEW}, (), Accounts.NO_SECOND),
        (set(), NEW, {NEW}, (), Accounts.NO_SECOND),
        ({OLD}, NEW, None, (), Accounts.NO_SECOND),
        ({OLD}, OUTSIDE, None, (), Accounts.NOT_TOLD),
        ({OLD}, NEW, set(), (), Accounts.NOT_TOLD),
    ],
)
def test_knows_by_an_account_s_addresses_whether_two_are_one(
    was: Known, new: str, now: Known, closed: tuple[str, ...], known: Accounts
) -> None:
    assert known_accounts(OLD, new, was=was, now=now, closed=lambda: closed) is known
