"""Every claim of “Why this pair” is read back and held against the people: none may be false."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from itertools import combinations
from zoneinfo import ZoneInfo

import pytest
from made_up import ON, address, facts, person

from peerpact.programme.pairing import PastGroup, participants_of, propose
from peerpact.programme.pairing.reasons import whys
from peerpact.programme.people import Person, WorkingHours

LINES = 1000
ROUND = 9
ZONES = ("Europe/Berlin", "America/Los_Angeles", "Asia/Kathmandu", "Pacific/Chatham", "UTC")
TEAMS = ("Sales", "IT", "Ops", "", "")
SPOKEN = (("en",), ("de",), ("en", "de"), ("fr",), ())
Past = dict[frozenset[str], int]
NUMBERS = {"one": 1, "two": 2}


def somebody(number: int, chance: random.Random) -> Person:
    days = []
    for _ in range(7):
        start = chance.randrange(0, 1300)
        length = chance.choice([0, 5, 25, 95, 240, 480, 481])
        days.append(((start, start + length),) if length and chance.random() < 0.6 else ())
    return person(
        number,
        time_zone=chance.choice(ZONES),
        languages=chance.choice(SPOKEN),
        interests=tuple(sorted(chance.sample(["chess", "tea", "go"], chance.randint(0, 2)))),
        working_hours=WorkingHours(days=tuple(days)),
    )


def of_a_team(one: Person, chance: random.Random) -> Person:
    return Person(**{name: getattr(one, name) for name in one.__slots__} | {"team": chance.choice(TEAMS)})


def minutes_in_common(people: Sequence[Person]) -> int:
    """Count minute by minute of a week that repeats itself, for four weeks; the least counts."""
    monday = datetime(ON.year, ON.month, ON.day, tzinfo=UTC) - timedelta(days=ON.weekday())
    weeks = []
    for week in range(4):
        origin = monday + timedelta(weeks=week)
        worked: list[set[int]] = []
        for one in people:
            minutes: set[int] = set()
            for weekday, spans in enumerate(one.working_hours.days):
                local = (origin + timedelta(days=weekday)).replace(tzinfo=ZoneInfo(one.time_zone))
                for start, end in spans:
                    first, last = (
                        int(((local + timedelta(minutes=m)).astimezone(UTC) - origin).total_seconds() // 60)
                        for m in (start, end)
                    )
                    minutes.update(minute % 10080 for minute in range(first, last))
            worked.append(minutes)
        weeks.append(len(set.intersection(*worked)))
    return min(weeks)


def is_true(claim: str, people: Sequence[Person], past: Past) -> bool:
    for pattern, check in CLAIMS:
        found = re.fullmatch(pattern, claim)
        if found:
            return check(people, past, *found.groups())
    raise AssertionError(f"nobody can tell what “{claim}” says")


def latest(people: Sequence[Person], past: Past) -> list[int]:
    pairs = (frozenset((a.email, b.email)) for a, b in combinations(people, 2))
    return [past.get(pair, -1) for pair in pairs]


def number_of(when: str) -> int:
    ago = re.fullmatch(r"(\d+) rounds ago", when)
    return ROUND - (int(ago[1]) if ago else {"earlier in this round": 0, "in the last round": 1}[when])


def of_teams(people: Sequence[Person], claim: str) -> bool:
    counts = Counter(p.team for p in people)
    said = re.findall(r"(one|two) (without a team|\w+)", claim)
    return counts == Counter({"" if team == "without a team" else team: NUMBERS[n] for n, team in said})


def common(people: Sequence[Person], hours: str | None, minutes: str | None) -> bool:
    return minutes_in_common(people) == 60 * int(hours or 0) + int(minutes or 0)


def all_share(people: Sequence[Person], what: str, field: str) -> bool:
    return all(what in getattr(p, field) for p in people)


def all_of(people: Sequence[Person], team: str) -> bool:
    return {p.team for p in people} == {team}


def no_language(people: Sequence[Person]) -> bool:
    return all(p.languages for p in people) and not set.intersection(*(set(p.languages) for p in people))


WHEN = r"(earlier in this round|in the last round|\d+ rounds ago)"
CLAIMS: list[tuple[str, Callable[..., bool]]] = [
    (r"no team given", lambda p, _: not any(x.team for x in p)),
    (r"(both|all three) (Sales|IT|Ops)", lambda p, _, n, t: len(p) == 2 + (n != "both") and all_of(p, t)),
    (r"(\w+) and (\w+)", lambda p, _, *t: sorted(x.team for x in p) == sorted(t)),
    (r"(\w+), (\w+) and (\w+)", lambda p, _, *t: sorted(x.team for x in p) == sorted(t)),
    (r"never paired before", lambda p, past: max(latest(p, past)) == -1),
    (rf"paired {WHEN}", lambda p, past, when: len(p) == 2 and latest(p, past) == [number_of(when)]),
    (rf"two of them were together {WHEN}", lambda p, past, when: max(latest(p, past)) == number_of(when)),
    (rf"all three were together {WHEN}", lambda p, past, when: set(latest(p, past)) == {number_of(when)}),
    (r"no common working hours", lambda p, _: minutes_in_common(p) == 0),
    (r"(?:(\d+) common hours?)(?: and (\d+) minutes)? a week", lambda p, _, h, m: common(p, h, m)),
    (r"(\d+) common minutes a week", lambda p, _, m: common(p, None, m)),
    (r"no common language", lambda p, _: len(p) == 2 and no_language(p)),
    (r"no language common to all three", lambda p, _: len(p) == 3 and no_language(p)),
    (r"(both|all three) like (\w+)", lambda p, _, n, w: len(p) == 2 + (n != "both") and all_share(p, w, "interests")),
    (r"((?:one|two) .*)", lambda p, _, words: of_teams(p, words)),
]  # fmt: skip


@pytest.mark.parametrize("seed", range(10))
def test_says_nothing_of_a_group_that_is_not_so(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - made-up people, not secrets
    people = [of_a_team(somebody(i, chance), chance) for i in range(60)]
    history = [
        PastGroup(
            round=chance.randint(1, ROUND),
            people=tuple(sorted(address(i) for i in chance.sample(range(60), chance.choice([2, 2, 3])))),
        )
        for _ in range(200)
    ]
    past: Past = {}
    for group in sorted(history, key=lambda g: g.round):
        past |= {frozenset(pair): group.round for pair in combinations(group.people, 2)}
    participants = participants_of(people, facts(people, round=ROUND, history=history))
    groups = [tuple(sorted(chance.sample(range(60), chance.choice([2, 3])))) for _ in range(LINES)]

    lines = whys(participants, groups)

    false = [
        (line, claim)
        for line, group in zip(lines, groups, strict=True)
        for claim in line.split("; ")
        if not is_true(claim, [participants.people[i] for i in group], past)
    ]
    assert false == []


def test_says_in_words_how_many_pairs_repeat_and_why() -> None:
    people = [person(i, team=i, languages=("en",)) for i in range(4)]
    pairs = [(0, 1), (2, 3), (0, 2), (1, 3), (0, 3), (1, 2)]
    met = [PastGroup(round=n // 2 + 1, people=(address(a), address(b))) for n, (a, b) in enumerate(pairs)]
    assert propose(people, facts(people, round=4, history=met)).in_words == (
        "2 pairs. 2 pairs repeat, because in each, one has been with everybody allowed in the last 6 rounds. "
        "No other pairing is better"
    )
    assert propose(people, facts(people, round=4, history=met[:4])).in_words == (
        "2 pairs. No other pairing is better"
    )


def test_says_in_words_who_is_left_and_what_could_not_be_had() -> None:
    people = [person(0, team=1, languages=("en",)), person(1, team=1, languages=("de",)), person(2, 0, 1)]
    assert propose(people, facts(people)).in_words == (
        "1 pair and 1 person without a partner. 1 pair is within one team and 1 pair has no common language. "
        "No other pairing is better"
    )
