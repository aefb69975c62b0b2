"""What one run may do of its plan: whom it may reach, and to how many it may write. By value."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest

from by_value import address, problem
from peerpact.programme.limits import among_guests, in_numbers, kind_of, limited, rested
from peerpact.programme.plan import Action, Plan
from peerpact.programme.sentences import Sentence, counted, in_language


@dataclass(frozen=True, slots=True, kw_only=True)
class BookMeeting(Action):
    people: str

    @property
    def key(self) -> str:
        return self.people

    @property
    def summary(self) -> str:
        return self.people

    @staticmethod
    def in_number(many: int) -> Sentence:
        return counted(many, "1 meeting booked", "{many} meetings booked")


class SendLetter(BookMeeting):
    """Another kind of action."""

    @staticmethod
    def in_number(many: int) -> Sentence:
        return counted(many, "1 mail", "{many} mails")


def reaches(action: BookMeeting) -> tuple[str, ...]:
    return tuple(map(address, action.people))


def plan_of(*groups: str, **more: object) -> Plan:
    people = frozenset(address(letter) for group in groups for letter in group)
    return Plan(actions=tuple(BookMeeting(people=g) for g in groups), writes_to=people, **more)  # type: ignore[arg-type]


def among(guests: str, plan: Plan) -> Plan:
    return among_guests(plan, "report", reaches=reaches, may_write_to=set(map(address, guests)).__contains__)


@pytest.mark.parametrize(
    ("guests", "groups", "left", "skipped"),
    [
        ("abcd", ["ab", "cd"], ["ab", "cd"], 0),
        ("abc", ["ab", "cd"], ["ab"], 1),
        ("ac", ["ab", "cd"], [], 2),
        ("", ["ab", "cd"], [], 4),
        ("ab", ["ab", "", "c"], ["ab", ""], 1),
        ("ab", ["ac", "bc", "ab"], ["ab"], 1),
        ("", [""], [""], 0),
    ],
)
def test_reaches_nobody_off_the_guest_list(
    guests: str, groups: list[str], left: list[str], skipped: int
) -> None:
    plan = among(guests, plan_of(*groups, problems=(problem(),)))
    assert [a.people for a in plan.actions] == left
    assert plan.writes_to <= frozenset(map(address, guests))
    told = [p for p in plan.problems or () if p != problem()]
    assert [(p.tab, p.row_key) for p in told] == ([("Roster", "guest list, report")] if skipped else [])
    who = f"{skipped} person is" if skipped == 1 else f"{skipped} people are"
    assert [p.what.partition(" not on")[0] for p in told] == ([who] if skipped else [])
    assert plan.note == (f"Not on the guest list: {who.rpartition(' ')[0]}." if skipped else "")


def test_keeps_what_a_plan_says_beside_the_guest_list() -> None:
    plan = among("a", plan_of("b", problems=None, note="It is good."))
    assert (plan.problems, plan.note) == (None, "It is good. Not on the guest list: 1 person.")


@pytest.mark.parametrize(
    ("people", "most", "is_refused"), [("", 0, False), ("a", 0, True), ("ab", 2, False), ("abc", 2, True)]
)
def test_writes_to_no_more_people_than_settings_allow(people: str, most: int, is_refused: bool) -> None:
    plan = plan_of(people, most_letters=most)
    who = "1 person" if len(people) == 1 else f"{len(people)} people"
    sentence = f"This run would write to {who}; Settings allow {most} (“Most letters per run”). "
    assert limited(plan).too_much == (f"{sentence}Nothing was done." if is_refused else "")
    assert limited(replace(plan, too_much="It ends too many.")).too_much == "It ends too many."


def test_counts_actions_by_kind() -> None:
    letters = (SendLetter(people="a"), SendLetter(people="b"))
    assert in_numbers(Plan(actions=(*letters, BookMeeting(people="ab")))) == "2 mails, 1 meeting booked"
    assert in_language(in_numbers(Plan(actions=letters[:1])), "fr") == "1 e-mail"
    assert in_numbers(Plan()) == ""
    assert kind_of(letters[0]) == "send letter"


@pytest.mark.parametrize(
    ("people", "most", "is_too_much"),
    [("abcde", 1, False), ("abcdef", 1, True), ("abcdef", 6, False), ("abcdefg", 6, True)],
)
def test_tells_no_number_where_it_would_hang_on_what_people_wrote_and_has_no_limit_below_five(
    people: str, most: int, is_too_much: bool
) -> None:
    """Otherwise an admin who lowers the limit reads how many are reminded, one person among them."""
    plan = plan_of(people, most_letters=most)
    said = f"This run would write to more people than Settings allow: {most} (“Most letters per run”). "
    assert limited(plan, is_counted=False).too_much == (f"{said}Nothing was done." if is_too_much else "")


@pytest.mark.parametrize(
    ("rests", "left", "writes"), [("", ["ab", "cd"], True), ("ab", ["cd"], False), ("ab cd", [], False)]
)
def test_leaves_out_what_rests_while_the_programme_is_paused(
    rests: str, left: list[str], *, writes: bool
) -> None:
    whole = plan_of("ab", "cd", too_much="Too many.")
    plan = rested(whole, lambda action: action.people in rests.split())
    assert [a.people for a in plan.actions] == left
    assert (bool(plan.writes_to), bool(plan.too_much)) == (writes, writes)
