"""What holds for every slot, over a thousand situations thrown by chance and judged by hand."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import by_hand
from hypothesis import given, settings
from hypothesis import strategies as st

from peerpact.programme.meetings.rules import Availability, MeetingRules, read_avoided
from peerpact.programme.meetings.slots import MeetingWish, NoSlot, Quality, Slot, choose_slots
from peerpact.programme.people import Person, WorkingHours

ZONES = (
    "Europe/Berlin", "Europe/London", "America/New_York", "America/Los_Angeles", "Asia/Kolkata", "Asia/Kathmandu",
    "Australia/Sydney", "Australia/Lord_Howe", "America/St_Johns", "Pacific/Chatham", "Pacific/Apia", "UTC",
)  # fmt: skip
WEEKEND = ((), ())
HOURS = (
    WorkingHours(),
    WorkingHours(days=(((480, 990),),) * 4 + (((480, 840),), *WEEKEND)),
    WorkingHours(days=(((540, 720), (780, 1080)),) * 3 + ((), (), *WEEKEND)),
    WorkingHours(days=(((540, 1020),),) * 4 + ((), (), ((540, 1020),))),
    WorkingHours(days=(((1320, 1800),),) * 5 + WEEKEND),
    WorkingHours(days=((),) * 7),
)
APPROVED = (
    datetime(2026, 3, 2, 8, tzinfo=UTC),
    datetime(2026, 3, 5, 23, 30, tzinfo=UTC),  # American clocks change on the 8th
    datetime(2026, 3, 26, 12, tzinfo=UTC),  # European clocks change on the 29th
    datetime(2026, 4, 2, 3, tzinfo=UTC),  # Australian clocks change on the 5th
    datetime(2026, 10, 22, 20, tzinfo=UTC),
    datetime(2026, 12, 30, 15, 7, tzinfo=UTC),
)
AVOIDED = ("", "Wed", "Mon-Fri 12:00-13:00", "Fri 13:10-18:00; Tue 9-10")


def dice_of(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311 - situations, seeded


class Situation:
    """Two or three people somewhere, with appointments, and a window."""

    def __init__(self, dice: random.Random) -> None:
        approved = dice.choice(APPROVED)
        self.people = tuple(
            Person(
                email=f"{name}@example.com",
                name=name,
                time_zone=dice.choice(ZONES),
                working_hours=dice.choices(HOURS, (6, 3, 2, 2, 1, 1))[0],
            )
            for name in dice.choice((("ada", "ben"), ("ada", "ben"), ("ada", "ben", "cy")))
        )
        self.rules = MeetingRules(
            length=dice.choice((15, 30, 45, 45, 50, 60, 90)),
            earliest_working_day=dice.choice((1, 2, 3)),
            latest_working_day=dice.choice((2, 3, 5)),
            buffer=dice.choice((0, 10, 15)),
            avoid=read_avoided(dice.choice(AVOIDED)),
        )
        self.availability: dict[str, Availability] = {
            p.email: None if dice.random() < 0.1 else appointments(dice, approved) for p in self.people
        }
        self.edges = {p.email: dice.choice((0, 0, 1, 3)) for p in self.people}
        after = approved + timedelta(hours=dice.choice((0, 20, 20, 49)))
        tried = tuple(
            after.replace(minute=0) + timedelta(hours=dice.randrange(72))
            for _ in range(dice.choice((0, 0, 2)))
        )
        self.wish = MeetingWish(
            key="pair", people=self.people, approved_at=approved, after=after, tried=tried
        )

    def chosen(self, people: tuple[Person, ...] | None = None) -> Slot | NoSlot:
        wish = replace(self.wish, people=people or self.people)
        found = choose_slots([wish], availability=self.availability, rules=self.rules, edges_taken=self.edges)
        return found["pair"]


def appointments(dice: random.Random, from_: datetime) -> tuple[tuple[datetime, datetime], ...]:
    busy = []
    for _ in range(dice.choice((0, 3, 12, 30))):
        start = from_ + timedelta(minutes=5 * dice.randrange(9 * 288))
        busy.append((start, start + timedelta(minutes=dice.choice((25, 30, 60, 240, 1440)))))
    return tuple(busy)


def test_finds_what_trying_every_quarter_hour_finds_in_a_thousand_situations() -> None:
    without = 0
    for seed in range(1000):
        situation = Situation(dice_of(seed))
        chosen = situation.chosen()
        by_trying = by_hand.best(situation.wish, situation.availability, situation.rules, situation.edges)
        if by_trying is None:
            without += 1
            assert isinstance(chosen, NoSlot), seed
        else:
            assert isinstance(chosen, Slot), seed
            assert abs(chosen.cost - by_trying[1]) < 1e-6, seed
            assert (
                abs(
                    by_hand.cost_of(chosen.start, situation.wish, situation.rules, situation.edges)
                    - chosen.cost
                )
                < 1e-6
            )
    assert 50 < without < 500


@given(st.integers(1_000, 1_000_000))
@settings(max_examples=200)
def test_keeps_what_was_promised_of_every_slot(seed: int) -> None:
    situation = Situation(dice_of(seed))
    slot = situation.chosen()
    if isinstance(slot, NoSlot):
        assert slot.reason
        return
    assert slot.start >= situation.wish.after
    assert slot.end - slot.start == timedelta(minutes=situation.rules.length)
    for person in situation.people:
        for quarter in by_hand.quarters(slot.start, situation.rules):
            assert by_hand.is_decent(person, quarter, situation.wish, situation.rules)
            busy = situation.availability[person.email] or ()
            assert not by_hand.is_busy(busy, quarter, situation.rules)
        outside = not all(by_hand.works(person, q) for q in by_hand.quarters(slot.start, situation.rules))
        assert outside == (person.email in slot.at_the_edge)
        assert (situation.availability[person.email] is None) == (person.email in slot.unknown)
    expected = (
        Quality.CALENDARS_UNKNOWN
        if slot.unknown
        else Quality.EDGE_OF_DAY
        if slot.at_the_edge
        else Quality.IN_WORKING_HOURS
    )
    assert slot.quality == expected


@given(st.integers(1_000, 1_000_000))
@settings(max_examples=100)
def test_does_not_mind_who_of_a_pair_is_named_first(seed: int) -> None:
    situation = Situation(dice_of(seed))
    assert situation.chosen() == situation.chosen(situation.people[::-1])


def test_takes_no_half_of_a_team_away_in_one_hour() -> None:
    approved = APPROVED[0]
    wishes = [
        MeetingWish(
            key=f"pair {n}",
            people=tuple(
                Person(
                    email=f"{team}{n}@example.com", name=f"{team} {n}", team=team, time_zone="Europe/Berlin"
                )
                for team in ("Sales", "Data")
            ),
            approved_at=approved,
            after=approved,
        )
        for n in range(24)
    ]
    found = choose_slots(
        wishes, availability={p.email: () for w in wishes for p in w.people}, rules=MeetingRules()
    )
    slots = [s for s in found.values() if isinstance(s, Slot)]
    assert len(slots) == 24
    hours = Counter(h for s in slots for h in {s.start.replace(minute=0), s.end.replace(minute=0)})
    assert max(hours.values()) < 12
    assert len({s.start.date() for s in slots}) > 1
