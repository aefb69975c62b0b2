"""What a mailbox's share lacks of the programme, and what of it admins don't see yet: by value, tab by tab."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from by_value import address, at, on, pairing, person, seen
from peerpact.programme.archive import OverRow
from peerpact.programme.correspondence import EXAMPLE, LetterRecord, LetterState, planned
from peerpact.programme.exchange import (
    MEETING,
    Exchange,
    Tabs,
    has_written,
    letters_from_before,
    says_the_same,
    with_what_was_told,
)
from peerpact.programme.mailboxes import Mailboxes, Share
from peerpact.programme.memory import COUNTED, FILLED, FORGOTTEN, MAILBOXES, TOLD, Memo
from peerpact.programme.pairings import Pairing
from peerpact.programme.requests import Request, Wish

ONE, TWO = "one@example.com", "two@example.com"
A, B, C = map(address, "abc")
AB, AC = replace(pairing("ab"), mailbox=ONE), replace(pairing("ac"), mailbox=TWO)
GONE = pairing("bc")
NOW = at("2026-02-02")
JOBS = frozenset({"collect_replies", "send_follow_ups"})
SHARE = Share(pairings=(AB,), elsewhere=(AC,), people=frozenset({A, B}))
EMPTY = Tabs(pairings={}, requests={}, runs={}, problems=(), memory={})
Rows = Mapping[str, Mapping[str, Any]]


def tabs(**more: Any) -> Tabs:
    return replace(EMPTY, **more)


def it(centre: Tabs = EMPTY, *requests: Request, **more: Any) -> Exchange:
    programme = replace(seen("2026-02-02", map(person, "abc"), AB, AC, requests=requests), **more)
    return Exchange(programme=programme, mailboxes=Mailboxes(all=(ONE, TWO)), centre=centre, jobs=JOBS)


def row(of: Pairing = AB, **more: Any) -> dict[str, Any]:
    plain = {"id": of.id, "decision": None, "mailbox": of.mailbox, "answers": None, "link": None}
    return {**plain, "people": of.people, **more}


def asked(key: str = "q", who: str = A, **more: Any) -> dict[str, Any]:
    return {"id": key, "person": who, "words": "Pause me", "decision": None, **more}


def wish(who: str, kind: Wish = Wish.FORGET_ME, key: str = "f", day: str = "2026-02-01") -> Request:
    return Request(id=key, person=who, kind=kind, asked_on=on(day))


def found(what: str, source: str = "collect_replies", **more: Any) -> dict[str, Any]:
    place = {"tab": "Roster", "row": 3, "row_key": A, "column": None}
    return {**place, "problem": what, "source": source, "answer": None, **more}


def memo(key: str, value: str = "") -> Memo:
    return Memo(key=key, since=on("2026-02-01"), value=value)


@pytest.mark.parametrize(
    ("there", "theirs", "news"),
    [
        pytest.param(row(), row(), {}, id="nothing new"),
        pytest.param(row(), row(answers="a: yes"), {"answers": "a: yes"}, id="an answer"),
        pytest.param(row(answers="a: yes"), row(), {"answers": None}, id="an answer that is gone"),
        pytest.param(row(), row(link="l", booking="b"), {"link": "l", "booking": "b"}, id="two fields"),
        pytest.param(row(), row(decision="reject", people=(A, C)), {}, id="what is the programme's"),
        pytest.param(row(mailbox=TWO), row(answers="a: yes"), {}, id="another's pairing"),
        pytest.param(row(mailbox=None), row(answers="a: yes"), {"answers": "a: yes"}, id="the first one's"),
        pytest.param(row(AC), row(answers="a: yes"), {}, id="one that the programme doesn't have"),
    ],
)
def test_takes_over_what_became_of_a_mailbox_s_meetings(
    there: dict[str, Any], theirs: dict[str, Any], news: dict[str, Any]
) -> None:
    centre, share = tabs(pairings={there["id"]: there}), tabs(pairings={theirs["id"]: theirs})
    assert [*it(centre).new_meetings(ONE, share)] == ([{"id": AB.id, **news}] if news else [])


def test_takes_over_all_that_is_said_of_a_meeting_whatever_comes_before() -> None:
    said = dict.fromkeys(MEETING, "x")
    theirs = tabs(pairings={AC.id: row(AC, link="x"), AB.id: row() | said})
    centre = tabs(pairings={AC.id: row(AC), AB.id: row()})
    assert [*it(centre).new_meetings(ONE, theirs)] == [{"id": AB.id, **said}]
    assert said.keys() == {
        *("first_meeting", "next_meeting", "meeting_state", "answers", "meetings", "link", "booking")
    }


def test_gives_a_share_its_pairings_though_one_before_is_gone() -> None:
    share = replace(SHARE, pairings=(GONE, AB))
    assert [r["id"] for r in it(tabs(pairings={AB.id: row()})).given_pairings(share, EMPTY, own=True)] == [
        AB.id
    ]


@pytest.mark.parametrize(
    ("there", "theirs", "leaving", "new"),
    [
        pytest.param({}, asked(), (), True, id="new"),
        pytest.param({"q": asked()}, asked(), (), False, id="known"),
        pytest.param({"q": asked()}, asked(words="Other"), (), False, id="known in other words"),
        pytest.param({"q": asked()}, asked(words=None), (), False, id="without words, of somebody who stays"),
        pytest.param({"q": asked()}, asked(words=None), (A,), True, id="without words, of one forgotten"),
        pytest.param({"q": asked()}, asked(), (A,), False, id="with words still"),
        pytest.param({"q": asked(words=None)}, asked(words=None), (A,), False, id="without words in both"),
        pytest.param({"q": asked()}, asked(words=None), (B,), False, id="of another than is forgotten"),
    ],
)
def test_takes_over_requests_and_which_words_are_gone(
    there: Rows, theirs: dict[str, Any], leaving: Sequence[str], *, new: bool
) -> None:
    exchange = it(tabs(requests=there), *map(wish, leaving))
    taken = {f: v for f, v in theirs.items() if f != "decision"}
    assert [*exchange.new_requests(tabs(requests={"q": theirs}))] == ([taken] if new else [])


@pytest.mark.parametrize(
    ("key", "ago", "is_new"),
    [
        ("new", timedelta(0), True),
        ("new", timedelta(days=14, seconds=-1), True),
        ("new", timedelta(days=14), False),
        ("old", timedelta(0), False),
    ],
)
def test_takes_over_the_runs_of_two_weeks(key: str, ago: timedelta, *, is_new: bool) -> None:
    run = {"id": key, "job": "collect_replies", "started": NOW - ago}
    taken = [*it(tabs(runs={"old": run})).new_runs(TWO, tabs(runs={key: run}))]
    assert taken == ([{**run, "job": "collect_replies, two@example.com"}] if is_new else [])


def test_takes_over_what_a_mailbox_s_own_jobs_found() -> None:
    theirs = tabs(problems=[found("x"), found("y", "check_roster"), found("z", "send_follow_ups", row=None)])
    sources = ("collect_replies, two@example.com", "send_follow_ups, two@example.com")
    assert [*it().found_by(TWO, theirs)] == [
        found("x", sources[0], row=None),
        found("z", sources[1], row=None),
    ]


OF_ONE, OF_TWO = (f"collect_replies, {m}" for m in (ONE, TWO))


@pytest.mark.parametrize(
    ("there", "read", "told"),
    [
        pytest.param([found("x", OF_ONE)], {ONE: [], TWO: []}, [], id="what is over goes"),
        pytest.param(
            [found("x", OF_ONE)], {TWO: []}, [found("x", OF_ONE)], id="but not of one not looked at"
        ),
        pytest.param(
            [found("x", "check_roster")], {ONE: [], TWO: []}, [found("x", "check_roster")], id="of the whole"
        ),
        pytest.param(
            [found("x", OF_ONE, answer="yes")],
            {ONE: [found("x", OF_ONE)], TWO: [found("x", OF_TWO)]},
            [found("x", OF_ONE, answer="yes"), found("x", OF_TWO)],
            id="an answer stays, with what it is to",
        ),
        pytest.param(
            [found("x", OF_ONE, answer="yes")],
            {ONE: [found("x", OF_ONE, column="Name"), found("x", OF_ONE, row_key=B), found("y", OF_ONE)]},
            [found("x", OF_ONE, column="Name"), found("y", OF_ONE), found("x", OF_ONE, row_key=B)],
            id="and is to nothing else",
        ),
        pytest.param(
            [found("x", OF_ONE, row=3, answer="yes"), found("x", OF_ONE, row=4)],
            {ONE: [found("x", OF_ONE, row=None)]},
            [found("x", OF_ONE, row=None, answer="yes")],
            id="on two rows, one of them with an answer",
        ),
        pytest.param(
            [],
            {ONE: [found("a", OF_ONE, row=1), found("b", OF_ONE, row=None)]},
            [found("b", OF_ONE, row=None), found("a", OF_ONE, row=1)],
            id="first what is on no row",
        ),
        pytest.param(
            [],
            {
                ONE: [found("b", OF_ONE), found("a", OF_ONE, row=4), found("a", OF_ONE)],
                TWO: [found("c", OF_TWO, row=None), found("d", OF_TWO, tab="Pairings", row=9)],
            },
            [
                found("d", OF_TWO, tab="Pairings", row=9),
                found("c", OF_TWO, row=None),
                found("a", OF_ONE),
                found("b", OF_ONE),
                found("a", OF_ONE, row=4),
            ],
            id="by tab, row and words",
        ),
    ],
)
def test_shows_admins_what_each_found_as_it_is_now(
    there: Sequence[Mapping[str, Any]],
    read: Mapping[str, Sequence[Mapping[str, Any]]],
    told: Sequence[Mapping[str, Any]],
) -> None:
    assert it(tabs(problems=there)).problems(read) == told


BARE = {f: v for f, v in row().items() if f not in {"decision", "answers", "link"}}


@pytest.mark.parametrize(
    ("own", "there", "theirs", "given"),
    [
        pytest.param(True, row(), None, {**row()} | {"decision": ...}, id="one of its own that is new"),
        pytest.param(True, row(), row(), None, id="nothing new"),
        pytest.param(True, row(decision="reject"), row(), None, id="a decision is the admins'"),
        pytest.param(True, row(answers="a: yes"), row(), None, id="a meeting is its own"),
        pytest.param(True, row(people=(A, C)), row(), BARE | {"people": (A, C)}, id="other people"),
        pytest.param(True, row(mailbox=None), row(), None, id="whose it is, is written out"),
        pytest.param(True, None, row(), None, id="none that the programme doesn't have"),
        pytest.param(False, row(AC), row(AC), None, id="nothing new elsewhere"),
        pytest.param(
            False,
            row(AC, answers="a: yes"),
            row(AC),
            row(AC, answers="a: yes") | {"decision": ...},
            id="elsewhere its meeting, too",
        ),
    ],
)
def test_gives_a_share_what_is_new_of_its_pairings(
    *, own: bool, there: dict[str, Any] | None, theirs: dict[str, Any] | None, given: dict[str, Any] | None
) -> None:
    centre = tabs(pairings={there["id"]: there} if there else {})
    share = tabs(pairings={theirs["id"]: theirs} if theirs else {})
    found = [*it(centre).given_pairings(SHARE, share, own=own)]
    assert found == ([{f: v for f, v in given.items() if v is not ...}] if given else [])


@pytest.mark.parametrize(
    ("there", "theirs", "wishes", "given"),
    [
        pytest.param(asked(), None, (), [asked()], id="of its people"),
        pytest.param(asked(who=C), None, (), [], id="of others none"),
        pytest.param(asked(who=C), None, (wish(C),), [asked(who=C)], id="but of one who is to be forgotten"),
        pytest.param(asked(), None, (wish(A, Wish.MET, "q", "2025-10-01"),), [], id="none that is over"),
        pytest.param(asked(), asked(), (), [], id="nothing new"),
        pytest.param(
            asked(decision="ignore"), asked(), (), [{"id": "q", "decision": "ignore"}], id="what was decided"
        ),
        pytest.param(
            asked(), asked(decision="ignore"), (), [{"id": "q", "decision": None}], id="a decision taken back"
        ),
        pytest.param(asked(words=None), asked(), (), [], id="words stay"),
        pytest.param(
            asked(words=None), asked(), (wish(A),), [{"id": "q", "words": None}], id="words that go"
        ),
        pytest.param(asked(words=None), asked(words=None), (wish(A),), [], id="words that are gone"),
        pytest.param(asked(), asked(), (wish(A),), [], id="words that the programme still has"),
        pytest.param(asked(words=None), None, (wish(A),), [asked(words=None)], id="a row without words"),
    ],
)
def test_gives_a_share_what_is_new_of_requests(
    there: dict[str, Any], theirs: dict[str, Any] | None, wishes: Sequence[Request], given: Sequence[Any]
) -> None:
    exchange = it(tabs(requests={"q": there}), *wishes)
    assert [*exchange.given_requests(SHARE, tabs(requests={"q": theirs} if theirs else {}))] == given


ROUND, HEARD = memo(f"{MAILBOXES}1", ONE), memo(f"{TOLD}r1: {A}")


@pytest.mark.parametrize(
    ("remembered", "theirs", "given"),
    [
        ((ROUND,), (), [ROUND]),
        ((), (ROUND,), []),
        ((), (memo(f"{COUNTED}x"), memo(f"{FORGOTTEN}x")), [memo(f"{COUNTED}x"), memo(f"{FORGOTTEN}x")]),
        ((memo(f"{FILLED}x"),), (), []),
        ((memo(f"{FILLED}x"),), (memo(f"{FILLED}y"),), [memo(f"{FILLED}y")]),
        ((memo(f"{COUNTED}x", "2"),), (memo(f"{COUNTED}x", "1"),), [memo(f"{COUNTED}x", "2")]),
        ((memo(f"{TOLD}r1: {C}"), HEARD), (), [HEARD]),
        ((ROUND,), (memo(f"{TOLD}z"), memo(f"{COUNTED}x")), [memo(f"{COUNTED}x"), ROUND, memo(f"{TOLD}z")]),
    ],
)
def test_gives_a_share_what_its_jobs_are_to_keep_in_mind(
    remembered: Sequence[Memo], theirs: Sequence[Memo], given: Sequence[Memo]
) -> None:
    kept = tabs(memory={m.key: m for m in theirs})
    in_order = sorted(given, key=lambda m: m.key)
    assert it(remembered=tuple(remembered)).given_memory(SHARE, kept) == in_order
    assert it(memory={m.key: m for m in remembered}, remembered=None).given_memory(SHARE, kept) == in_order


@pytest.mark.parametrize(
    ("there", "theirs", "given"),
    [
        pytest.param([found("x", "check_roster")], [], [found("x", "check_roster")], id="about its people"),
        pytest.param([found("x", "check_roster", row_key=C)], [], [], id="about others"),
        pytest.param(
            [found("x", "check_roster", row_key=AB.id)],
            [],
            [found("x", "check_roster", row_key=AB.id)],
            id="about its pairings",
        ),
        pytest.param([found("x", "check_roster", row_key=AC.id)], [], [], id="not those elsewhere"),
        pytest.param(
            [found("x", "check_roster", row_key=C, answer="yes")],
            [],
            [found("x", "check_roster", row_key=C, answer="yes")],
            id="with an answer, whomever it is about",
        ),
        pytest.param([found("x", OF_ONE, answer="yes")], [], [], id="none of a mailbox's job"),
        pytest.param(
            [found("x", OF_ONE, answer="yes")],
            [found("x")],
            [found("x", answer="yes")],
            id="what it found itself, with its answer",
        ),
        pytest.param(
            [found("x", OF_TWO, answer="yes")], [found("x")], [found("x")], id="not with another's answer"
        ),
        pytest.param([], [found("x", answer="yes")], [found("x")], id="an answer that is gone"),
        pytest.param([], [found("x", "check_roster")], [], id="nothing that it was given before"),
        pytest.param(
            [found("c", "check_roster", row=None), found("a", "check_roster", row=9)],
            [found("b"), found("a")],
            [found("c", "check_roster", row=None), found("a"), found("b"), found("a", "check_roster", row=9)],
            id="by row and words",
        ),
    ],
)
def test_gives_a_share_the_problems_that_its_jobs_go_by(
    there: Sequence[Mapping[str, Any]],
    theirs: Sequence[Mapping[str, Any]],
    given: Sequence[Mapping[str, Any]],
) -> None:
    assert it(tabs(problems=there)).given_problems(ONE, SHARE, tabs(problems=theirs)) == given


@pytest.mark.parametrize(
    ("unread", "keys"), [((), [(GONE.id,)]), (("",), []), ((GONE.id,), []), ((AB.id,), [(GONE.id,)])]
)
def test_lets_pairings_leave_a_share_that_have_left_the_programme(
    unread: Sequence[str],
    keys: Sequence[tuple[str, ...]],
) -> None:
    theirs = tabs(pairings={p.id: row(p) for p in (AB, AC, GONE)})
    gone = [*it(unread=frozenset(unread)).over(SHARE, theirs, (), ())]
    expected = [OverRow(title="Pairings", key=k, of=GONE.id, people=GONE.people) for k in keys]
    assert gone == expected


def letter(kind: str = "follow-up", about: str = "", day: str = "2025-09-01", key: str = "x") -> LetterRecord:
    record = planned(kind, key, A, at=at(day), pairing=about)
    return replace(record, state=LetterState.SENT, sent=at(day))


def test_lets_go_of_what_is_over_on_a_share_s_other_tabs() -> None:
    runs = {k: {"id": k, "started": at(day)} for k, day in (("old", "2026-05-31"), ("new", "2026-06-01"))}
    requests = (wish(A, Wish.MET, "m", "2025-10-01"), wish(A, Wish.MET, "n", "2026-07-20"))
    keys = {"follow-up:left": "", "follow-up:own": AB.id, "follow-up:elsewhere": AC.id}
    letters = [letter(about=about, key=key) for key, about in keys.items()]
    gone = [*it(now=at("2026-07-25")).over(SHARE, tabs(runs=runs), requests, letters)]
    assert [(r.title, *r.key) for r in gone] == [
        ("Letters", "follow-up:left"),
        ("Letters", "follow-up:elsewhere"),
        ("Requests", "m"),
        ("Runs", "old"),
    ]


def test_has_the_first_mailbox_go_on_with_the_letters_from_before() -> None:
    letters = [letter(about=AB.id, key="k"), letter(EXAMPLE, key="e", day="2026-02-01"), letter(key="none")]
    assert [x.key for x in letters_from_before({"e"}, letters, it().programme)] == ["k"]
    assert [x.key for x in letters_from_before((), letters, it().programme)] == ["k", "e"]


@pytest.mark.parametrize(
    ("keys", "job", "has"),
    [
        ((), "check_roster", False),
        ((), "send_follow_ups", True),
        ((f"{TOLD}1: a",), "check_roster", True),
        ((f"{MAILBOXES}1",), "check_roster", False),
    ],
)
def test_knows_whether_one_mailbox_has_written(keys: Sequence[str], job: str, *, has: bool) -> None:
    runs = [{"job": "report"}, {"job": job}]
    assert has_written({k: memo(k) for k in keys}, runs, JOBS) is has


def test_hears_from_a_mailbox_who_was_told_of_a_round() -> None:
    now, over = memo(f"{TOLD}r1: {B}", "n"), memo(f"{TOLD}r1: {C}")
    before = replace(seen("2026-02-02", map(person, "abc"), AB), remembered=(HEARD, ROUND))
    programme = with_what_was_told(before, [now, memo(f"{COUNTED}x"), replace(HEARD, value="theirs")])
    expected = sorted([HEARD, ROUND, now], key=lambda m: m.key)
    assert programme.remembered == tuple(expected)
    later = replace(seen("2027-02-02", map(person, "abc"), AB), remembered=(HEARD, ROUND))
    assert with_what_was_told(later, [over]).remembered == (ROUND,)
    silent = replace(before, remembered=None)
    assert with_what_was_told(silent, [now]) == silent


def test_says_the_same_by_an_empty_cell_and_none() -> None:
    assert says_the_same([{"a": None, "b": 1}], [{"a": "", "b": 1}])
    assert not says_the_same([{"a": "x"}], [{"a": ""}])
    assert not says_the_same([], [{"a": ""}])
