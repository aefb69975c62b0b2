"""Which of several mailboxes writes to whom, by value."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peerpact.programme.announcements.due import due_round_letters
from peerpact.programme.announcements.told import is_told_of, told, with_told
from peerpact.programme.correspondence import LetterRecord, LetterState, planned
from peerpact.programme.mailboxes import (
    Homes,
    Mailboxes,
    Share,
    falls_to,
    from_when_it_was_alone,
    shares,
    unreadable_homes,
    waits_for,
    who_hears,
    with_noted,
)
from peerpact.programme.memory import MAILBOXES, RENAMED, Memo, absent, doubt
from peerpact.programme.pairings import Pairing, PairingState, round_numbered
from peerpact.programme.people import Person, TakingPart
from peerpact.programme.seen import ProgrammeSeen
from peerpact.programme.settings import Settings

A, B, C = "a@example.com", "b@example.com", "c@example.com"
PEOPLE = [f"person{n:03}@example.com" for n in range(300)]
SETTINGS = Settings(first_round=date(2026, 1, 5), round_months=3)
NOW = datetime(2026, 2, 2, 9, tzinfo=UTC)
TODAY = NOW.date()


def pairing(*people: str, mailbox: str = "", number: int = 1) -> Pairing:
    return Pairing(
        id=f"r{number}-{people[0][6:9]}",
        round=number,
        people=people,
        state=PairingState.APPROVED,
        mailbox=mailbox,
    )


def seen(*pairings: Pairing, noted: str = f"{A} {B}", ahead: str = "") -> ProgrammeSeen:
    values = {1: noted, 2: ahead}
    memos = tuple(Memo(key=f"{MAILBOXES}{n}", since=TODAY, value=v) for n, v in values.items() if v)
    return ProgrammeSeen(
        now=NOW,
        settings=SETTINGS,
        people={e: Person(email=e, name=e) for e in PEOPLE},
        pairings=pairings,
        memory={memo.key: memo for memo in memos},
        remembered=memos,
    )


def test_parts_people_evenly_and_moves_nobody_but_to_a_mailbox_that_is_added() -> None:
    two, three = ([falls_to(e, some) for e in PEOPLE] for some in ([A, B], [A, B, C]))
    assert 120 <= two.count(A) <= 180
    assert 80 <= three.count(C) <= 120
    assert all(now in {before, C} for before, now in zip(two, three, strict=True))


def test_gives_a_new_pairing_the_mailbox_that_its_people_had_in_the_round() -> None:
    before = pairing(PEOPLE[0], PEOPLE[1], mailbox=B)
    several = Mailboxes(all=(A, B))
    again = [pairing(PEOPLE[1], e) for e in PEOPLE[2:60]]
    assert {*several.for_new(again, [before])} == {B}
    closing = Mailboxes(all=(A, B), closing=frozenset({B}))
    assert {*closing.for_new(again, [before])} == {A}


@given(many=st.integers(1, 12), pairs=st.integers(0, 150), there=st.integers(0, 40))
def test_has_each_mailbox_write_to_equally_many_people(many: int, pairs: int, there: int) -> None:
    """The last to be done decides how long a round's letters take: 1,200 a day to 8,549 people were an eighth day."""
    every = tuple(f"mailbox{n}@example.com" for n in range(many))
    new = [pairing(x, y) for x, y in zip(PEOPLE[::2], PEOPLE[1::2], strict=True)][:pairs]
    old = [
        replace(pairing(f"old{n:03}@example.com", "b@example.com", mailbox=every[0])) for n in range(there)
    ]
    chosen = Counter([*Mailboxes(all=every).for_new(new, old), *(p.mailbox for p in old)])
    assert max(chosen.values(), default=0) <= max(there, -(-(pairs + there) // many))
    homes = Homes.for_people(every, PEOPLE[: 2 * pairs])
    counts = Counter(map(homes.of, PEOPLE[: 2 * pairs]))
    assert max(counts.values(), default=0) - min((counts[m] for m in every), default=0) <= 1
    assert Homes.from_text(homes.in_words) == homes


def test_finds_who_heard_of_a_round_when_people_were_drawn() -> None:
    homes = Homes.from_text(f"{A} {B}")
    assert [homes.of(e) for e in PEOPLE] == [falls_to(e, (A, B)) for e in PEOPLE]
    assert Homes.from_text("").mailboxes == ()


def test_takes_pairings_from_before_there_were_several_for_the_first_ones() -> None:
    assert Mailboxes(all=(A, B)).of(pairing(*PEOPLE[:2])) == A


def test_writes_to_each_of_a_round_from_one_mailbox_and_from_none_before_that_is_noted() -> None:
    memory = seen().memory
    from_a, from_b = (who_hears(m, memory) for m in (A, B))
    assert all(from_a(e, 1) is not from_b(e, 1) for e in PEOPLE)
    assert not any(hears(PEOPLE[0], 2) for hears in (from_a, from_b))
    assert who_hears(A, {})(PEOPLE[0], 1)


def test_looks_through_what_is_kept_in_mind_no_more_often_for_many_people() -> None:
    """Asked once for each person, 10,000 memos of 10,000 people were 100 million keys."""
    looked_through = [_read_for(people) for people in (PEOPLE[:30], PEOPLE)]
    assert looked_through[0] == looked_through[1]


class _Counted(dict[str, Memo]):
    """What is kept in mind, and how often somebody looked through it."""

    looks = 0

    def __iter__(self) -> Iterator[str]:
        self.looks += 1
        return super().__iter__()


def _read_for(people: list[str]) -> int:
    told_of = tuple(Memo(key=told(1, e), since=TODAY) for e in people)
    programme = seen(noted="")
    memory = _Counted({memo.key: memo for memo in told_of})
    programme = replace(
        programme, people={e: programme.people[e] for e in people}, memory=memory, remembered=told_of
    )
    assert len(due_round_letters(programme, ())) == len(people)
    with_told(programme, ())
    return memory.looks


def test_leaves_a_round_that_is_in_sight_to_those_that_were_there_when_it_came() -> None:
    ahead = round_numbered(2, SETTINGS)
    none = seen(noted="")
    first = with_noted(none, Mailboxes(all=(A, B)), ahead, has_one_written=True)
    assert [memo.value for memo in first.remembered or ()] == [A, A]
    new = with_noted(none, Mailboxes(all=(A, B)), ahead, has_one_written=False)
    assert [Homes.from_text(memo.value).mailboxes for memo in new.remembered or ()] == [(A, B)] * 2
    later = with_noted(new, Mailboxes(all=(A, B, C)), ahead, has_one_written=True)
    assert later.remembered == new.remembered
    closing = Mailboxes(all=(A, B, C), closing=frozenset({B}))
    before, now = with_noted(seen(), closing, ahead, has_one_written=True).remembered or ()
    assert before == Memo(key=f"{MAILBOXES}1", since=TODAY, value=f"{A} {B}")
    assert (now.key, Homes.from_text(now.value).mailboxes) == (f"{MAILBOXES}2", (A, C))


def test_shares_out_every_pairing_once_and_everybody_with_their_partners() -> None:
    pairs = [pairing(x, y, mailbox=m) for x, y, m in zip(PEOPLE[::2], PEOPLE[1::2], (A, B) * 75, strict=True)]
    each = shares(seen(*pairs), Mailboxes(all=(A, B)))
    assert sorted(p.id for share in each.values() for p in share.pairings) == sorted(p.id for p in pairs)
    assert {p.mailbox for p in each[A].pairings} == {A}
    for mailbox, share in each.items():
        home = {e for e in PEOPLE if falls_to(e, [A, B]) == mailbox}
        assert home <= share.people
        assert {p.id for p in share.elsewhere} == {
            p.id for p in pairs if p.mailbox != mailbox and home & {*p.people}
        }
        assert {e for p in (*share.pairings, *share.elsewhere) for e in p.people} <= share.people
        known = [Memo(key=absent(PEOPLE[0]), since=TODAY), Memo(key=doubt(pairs[0].id), since=TODAY)]
        assert [share.is_about(memo) for memo in known] == [mailbox == A] * 2


def test_announces_a_round_once_to_everybody_whoever_has_whom_in_the_one_before() -> None:
    at = datetime(2026, 3, 31, 9, tzinfo=UTC)
    pairs = [pairing(PEOPLE[0], PEOPLE[1], mailbox=B), pairing(PEOPLE[2], PEOPLE[3], mailbox=A)]
    whole = replace(seen(*pairs, ahead=f"{A} {B}"), now=at)
    heard = []
    for mailbox, share in shares(whole, Mailboxes(all=(A, B))).items():
        own = replace(
            whole,
            mailbox=mailbox,
            people={e: p for e, p in whole.people.items() if e in share.people},
            pairings=share.pairings,
            elsewhere=share.elsewhere,
        )
        heard += [due.person for due in due_round_letters(own, ()) if due.round == 2]
    assert sorted(heard) == PEOPLE[4:]


def test_keeps_in_mind_who_heard_of_a_round_from_another_mailbox() -> None:
    theirs = next(e for e in PEOPLE if falls_to(e, [A, B]) == B)
    memo = Memo(key=told(1, theirs), since=TODAY)
    own = replace(seen(), mailbox=A)
    known = replace(own, memory={**own.memory, memo.key: memo}, remembered=(*(own.remembered or ()), memo))
    assert memo in (with_told(known, ()).remembered or ())
    assert memo not in (with_told(replace(known, mailbox=B), ()).remembered or ())


def test_lets_a_closing_mailbox_go_once_nothing_comes_from_it_any_more() -> None:
    mailboxes = Mailboxes(all=(A, B), closing=frozenset({B}))

    def left(mailbox: str, *pairings: Pairing, noted: str = A, ahead: str = A) -> str:
        memory = seen(noted=noted, ahead=ahead).memory
        return waits_for(mailbox, mailboxes, pairings=pairings, memory=memory, settings=SETTINGS, today=TODAY)

    theirs = pairing(*PEOPLE[:2], mailbox=B)
    assert left(A).startswith("it is the first one")
    assert left(B, theirs).startswith("1 pairings of its own")
    assert left(B, replace(theirs, state=PairingState.ENDED)).startswith("1 pairings of its own")
    assert left(B, noted=f"{A} {B}") == "people hear from it of round 1"
    assert left(B, ahead=f"{A} {B}") == "people hear from it of round 2"
    assert left(B, pairing(*PEOPLE[:2])) == ""
    over = {f"{MAILBOXES}0": Memo(key=f"{MAILBOXES}0", since=TODAY, value=B)}
    unread = {f"{MAILBOXES}x": Memo(key=f"{MAILBOXES}x", since=TODAY, value=B)}
    told = [
        waits_for(B, mailboxes, pairings=(), memory=memory, settings=SETTINGS, today=TODAY)
        for memory in (over, unread)
    ]
    assert told == ["", "people hear from it of round x"]


def test_drops_who_has_heard_of_a_round_that_is_over() -> None:
    keys = {
        told(number, PEOPLE[0]): Memo(key=told(number, PEOPLE[0]), since=TODAY) for number in (0, 1, 2, 3)
    }
    assert [n for n, memo in enumerate(keys.values()) if is_told_of(memo, seen())] == [1, 2]


def test_has_people_fall_to_the_same_ones_in_every_version() -> None:
    """Whoever heard of a round from one mailbox is not to hear of it from another one after an upgrade."""
    assert [falls_to(e, [A, B, C])[0] for e in PEOPLE[:8]] == list("abcacacb")
    thirds = Homes.from_text(f"{A}|55555555 {B}|aaaaaaaa {C}")
    assert [thirds.of(e)[0] for e in PEOPLE[:8]] == list("caaabaac")


def test_looks_at_the_same_round_alone_for_a_new_pairing_s_mailbox() -> None:
    before = pairing(PEOPLE[0], PEOPLE[1], mailbox=A, number=2)
    several = Mailboxes(all=(A, B))
    assert {next(several.for_new([pairing(PEOPLE[1], e)], [before])) for e in PEOPLE[2:60]} == {B}


def test_keeps_the_first_open_where_all_are_to_be_closed() -> None:
    assert Mailboxes(all=(A, B), closing=frozenset({A, B})).open == (A,)


@pytest.mark.parametrize(
    ("key", "value", "is_about"),
    [
        (f"{RENAMED}old@example.com", PEOPLE[0], True),
        (f"{RENAMED}{PEOPLE[0]}", "other@example.com", False),
        (absent(PEOPLE[0]), "", False),  # of whom it is kept for a pairing's sake, and these have none here
        (absent(PEOPLE[1]), "", True),
        (told(1, PEOPLE[0]), "", True),
        (told(1, "other@example.com"), "", False),
        (doubt("r1-000"), "", True),
        (doubt("r1-999"), "", False),
        ("paused", "", True),
    ],
)
def test_tells_what_that_is_kept_in_mind_is_of_a_share(key: str, value: str, *, is_about: bool) -> None:
    own = replace(pairing(PEOPLE[1], PEOPLE[2]), id="r1-000")
    share = Share(pairings=(own,), elsewhere=(), people=frozenset(PEOPLE[:3]))
    assert share.is_about(Memo(key=key, since=TODAY, value=value)) is is_about


def test_leaves_to_the_first_its_letters_from_when_it_was_alone() -> None:
    at = datetime(2025, 3, 1, tzinfo=UTC)

    def letter(kind: str, of: str, sent: datetime) -> LetterRecord:
        record = planned(kind, f"{kind}:{of}:{sent:%m}:{A}", A, at=sent, pairing=of)
        return replace(record, state=LetterState.SENT, sent=sent)

    own = pairing(*PEOPLE[:2])
    letters = [
        letter("introduction", own.id, at),
        letter("introduction", own.id, NOW),
        letter("example", "", NOW),
        letter("example", "", at),
        letter("digest", "", NOW),
    ]
    assert from_when_it_was_alone(letters, seen(own)) == letters[:3]


def test_counts_no_pairing_that_is_over_when_it_looks_who_writes_to_fewest() -> None:
    over = replace(pairing(PEOPLE[0], PEOPLE[1], mailbox=B), state=PairingState.ENDED)
    stands = pairing(PEOPLE[2], PEOPLE[3], mailbox=A)
    for new in (pairing(PEOPLE[n], PEOPLE[n + 1]) for n in range(4, 24, 2)):
        assert list(Mailboxes(all=(A, B)).for_new([new], [over, stands])) == [B]


def test_takes_the_first_by_name_of_two_mailboxes_that_its_people_had() -> None:
    had = [pairing(PEOPLE[0], PEOPLE[1], mailbox=C), pairing(PEOPLE[2], PEOPLE[3], mailbox=B)]
    new = pairing(PEOPLE[0], PEOPLE[2])
    assert list(Mailboxes(all=(A, B, C)).for_new([new], had)) == [B]


def test_says_of_homes_alone_that_they_cannot_be_read() -> None:
    noted = {f"{MAILBOXES}1": f"{A} {B}", f"{MAILBOXES}2": "what somebody typed", "something else": "typed"}
    memos = {key: Memo(key=key, since=TODAY, value=value) for key, value in noted.items()}
    assert [problem.row_key for problem in unreadable_homes(memos)] == [f"{MAILBOXES}2"]


def test_parts_among_mailboxes_only_who_may_hear() -> None:
    people = {e: Person(email=e, name=e) for e in PEOPLE[:4]}
    gone = {e: Person(email=e, name=e, taking_part=TakingPart.NO) for e in PEOPLE[4:40]}
    programme = replace(seen(noted=""), people=people | gone)
    found = with_noted(programme, Mailboxes(all=(A, B)), None, has_one_written=False)
    homes = Homes.from_text(next(m.value for m in found.remembered or () if m.key == f"{MAILBOXES}1"))
    assert sorted(homes.of(e) for e in people) == [A, A, B, B]


def test_counts_nobody_of_a_pairing_that_has_ended_towards_its_mailbox() -> None:
    its = falls_to(PEOPLE[2], (A, B))
    ended = replace(pairing(*PEOPLE[:2], mailbox=its), state=PairingState.ENDED)
    assert [*Mailboxes(all=(A, B)).for_new([pairing(*PEOPLE[2:4])], [ended])] == [its]
