"""Who sees a promise in a letter: those who were partners when it was made, whatever became of the pairing since."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peerpact.programme.commitments import Commitment, Outcome, answered, made
from peerpact.programme.correspondence import LetterRecord, planned
from peerpact.programme.follow_ups.decision import MOST_SHOWN, SendLetter, decide
from peerpact.programme.follow_ups.seen import CommitmentsSeen
from peerpact.programme.pairings import Pairing, PairingState, pairing_id
from peerpact.programme.people import Person
from peerpact.programme.seen import ProgrammeSeen
from peerpact.programme.settings import Settings

EVERYBODY = tuple(f"{name}@example.com" for name in ("ada", "ben", "cy", "dee"))
PEOPLE = {email: Person(email=email, name=email.partition("@")[0].capitalize()) for email in EVERYBODY}
NOW = datetime(2026, 2, 16, 10, tzinfo=UTC)
FIRST_DAY = date(2026, 1, 15)
GROUPS = st.lists(st.sampled_from(EVERYBODY), min_size=2, max_size=3, unique=True).map(
    lambda group: tuple(sorted(group))
)
"""Any two or three; from one to the next people join, leave, or are put in each other's place."""


def pairing(people: tuple[str, ...], began: tuple[str, ...]) -> Pairing:
    return Pairing(id=pairing_id(1, began), round=1, people=people, state=PairingState.APPROVED)


def promise(day: int, person: str, group: tuple[str, ...], began: tuple[str, ...]) -> Commitment:
    on = FIRST_DAY + timedelta(days=day)
    now = pairing(group, began)
    return made(
        Commitment(
            id=f"c{day}-{person}",
            person=person,
            pairing=now.id,
            text="Call.",
            made_on=on,
            due=on + timedelta(days=30),
            audience=now.partners_of(person),
        )
    )


def begun(person: str, about: Pairing) -> LetterRecord:
    key = f"follow-up:{about.id}:{person}:1"
    return planned("follow-up", key, person, at=NOW, pairing=about.id)


def shown(now: Pairing, *commitments: Commitment, others: tuple[str, ...] = ()) -> set[tuple[str, str]]:
    """Return who is shown which commitment of others, when each gets a follow-up."""
    letters = [begun(person, now) for person in (*now.people, *others)]
    plan = decide(
        CommitmentsSeen(
            programme=ProgrammeSeen(
                now=NOW, settings=Settings(first_round=None), people=PEOPLE, pairings=(now,)
            ),
            commitments={c.id: c for c in commitments},
            letters={letter.key: letter for letter in letters},
        )
    )
    sent = [a for a in plan.actions if isinstance(a, SendLetter)]
    assert {a.person.email for a in sent} >= set(now.people)
    return {(a.person.email, c.id) for a in sent for c in (*a.theirs, *a.news)}


@given(groups=st.lists(GROUPS, min_size=1, max_size=8), data=st.data())
def test_shows_each_promise_to_those_who_are_partners_now_and_were_when_it_was_made(
    groups: list[tuple[str, ...]], data: st.DataObject
) -> None:
    """Each group makes promises, some of them answered since; then the pairing changes."""
    began, now, commitments = groups[0], groups[-1], []
    expected = set()
    for day, group in enumerate(groups):
        for person in group:
            one = promise(day, person, group, began)
            outcome = data.draw(st.sampled_from([None, *Outcome]))
            commitments.append(answered(one, outcome, one.made_on + timedelta(days=1)) if outcome else one)
            both = set(now) & set(group) - {person} if person in now else set()
            expected |= {(reader, one.id) for reader in both}
    assert shown(pairing(now, began), *commitments) == expected


@given(groups=st.lists(GROUPS, min_size=1, max_size=8))
def test_shows_no_later_joiner_a_promise_from_before_audiences_were_kept(
    groups: list[tuple[str, ...]],
) -> None:
    """Everybody who ever was in the pairing has got a letter about it."""
    began, now = groups[0], groups[-1]
    commitments = [
        replace(promise(day, person, group, began), audience=())
        for day, group in enumerate(groups)
        for person in group
    ]
    others = tuple({person for group in groups for person in group} - set(now))
    seen = shown(pairing(now, began), *commitments, others=others)
    assert {reader for reader, _ in seen} <= set(began)


@pytest.mark.parametrize(
    ("now", "others", "sees"),
    [
        ("ab", "", "b"),
        ("abc", "", ""),
        ("ac", "", ""),
        ("ab", "c", ""),
    ],
)
def test_shows_a_promise_without_an_audience_only_where_the_partners_never_changed(
    now: str, others: str, sees: str
) -> None:
    by_letter = dict(zip("abcd", EVERYBODY, strict=True))
    ada, ben = by_letter["a"], by_letter["b"]
    old = replace(promise(0, ada, (ada, ben), (ada, ben)), audience=())
    people = tuple(by_letter[letter] for letter in now)
    got = shown(pairing(people, (ada, ben)), old, others=tuple(by_letter[x] for x in others))
    assert got == {(by_letter[x], old.id) for x in sees}


def test_shows_no_more_than_a_letter_can_hold_however_much_somebody_promised() -> None:
    now = pairing(EVERYBODY[:2], EVERYBODY[:2])
    many = [replace(promise(0, EVERYBODY[0], now.people, now.people), id=f"c{n:03}") for n in range(400)]
    seen = shown(now, *many)
    assert seen == {(EVERYBODY[1], f"c{n:03}") for n in range(400 - MOST_SHOWN, 400)}
    due = decide(
        CommitmentsSeen(
            programme=ProgrammeSeen(
                now=NOW, settings=Settings(first_round=FIRST_DAY), people=PEOPLE, pairings=(now,)
            ),
            commitments={c.id: c for c in many},
        )
    )
    assert all(len(a.mine) <= MOST_SHOWN for a in due.actions if isinstance(a, SendLetter))
