"""What is told to somebody about themselves, and when they are forgotten: by value."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from by_value import address, at, on, pairing, people, problem, seen
from peerpact.programme.commitments import Commitment, Outcome
from peerpact.programme.correspondence import LetterState, ReplyRecord, planned
from peerpact.programme.languages import words
from peerpact.programme.memory import Memo
from peerpact.programme.replies.actions import ForgetPerson
from peerpact.programme.replies.erasures import forgotten
from peerpact.programme.replies.list_unsubscribe import leaves_by_subject, leaving_subject
from peerpact.programme.replies.own import answer_to, erased_on, kept_about, standing_of
from peerpact.programme.replies.seen import RepliesSeen
from peerpact.programme.requests import Request, Wish, with_requests
from peerpact.programme.wishes import PrivateWish

A, B = people("ab")
PAIR = pairing("ab", id="ab", meeting_start=at("2026-02-10"))


def promise(letter: str, name: str, due: str = "2026-02-20", outcome: Outcome | None = None) -> Commitment:
    return Commitment(
        id=name,
        person=address(letter),
        pairing="ab",
        text=f"Do {name}.",
        made_on=on("2026-01-20"),
        due=on(due),
        outcome=outcome,
    )


def known(day: str = "2026-02-01", *requests: Request, **more: Any) -> RepliesSeen:
    letter = replace(
        planned("turn", "turn:ab:a@example.com", A.email, at=at("2026-01-20")),
        state=LetterState.SENT,
        message_id="m1",
    )
    introduction = planned("introduction", "introduction:ab:a@example.com", A.email, at=at("2026-01-20"))
    reply = ReplyRecord(message_id="m2", received=at("2026-01-21"), kind="answer", person=A.email, letter="x")
    commitments = [promise("a", "late", "2026-03-01"), promise("a", "soon"), promise("b", "theirs")]
    return RepliesSeen(
        programme=seen(day, [A, B], more.pop("pair", PAIR), requests=requests),
        commitments={c.id: c for c in [*commitments, promise("a", "done", outcome=Outcome.KEPT)]},
        letters={x.key: x for x in (letter, introduction)},
        replies={reply.message_id: reply},
    )


def test_tells_of_partner_meeting_and_open_promises_in_order() -> None:
    standing = standing_of(A, known())
    assert (standing.partners, standing.meeting) == ((B,), PAIR.meeting_start)
    assert [c.id for c in standing.promises] == ["soon", "late"]


def test_tells_what_the_asking_mail_itself_changed() -> None:
    kept = promise("a", "soon", outcome=Outcome.KEPT)
    assert [c.id for c in standing_of(A, known(), [kept]).promises] == ["late"]


def test_tells_of_no_meeting_that_is_over_and_no_partner_that_was() -> None:
    assert standing_of(A, known("2026-02-11")).meeting is None
    assert standing_of(A, known(pair=replace(PAIR, meeting_start=at("2026-02-01")))).meeting is None
    over = replace(PAIR, state="Ended")
    assert standing_of(A, known(pair=over)).partners == ()


def test_keeps_what_others_promised_out_of_ones_own_data() -> None:
    kept = kept_about(A, known())
    assert [c["id"] for c in kept["Commitments"]] == ["late", "soon", "done"]
    assert {len(kept[tab]) for tab in ("Roster", "Pairings", "Replies")} == {1}
    assert len(kept["Letters"]) == 2


@pytest.mark.parametrize(
    ("wishes", "kind"),
    [
        ({Wish.STATUS}, "status"),
        ({Wish.STATUS, Wish.MY_DATA}, "my-data"),
        ({Wish.MY_DATA, Wish.FORGET_ME}, "forget-me"),
        ({Wish.PAUSE}, ""),
    ],
)
def test_answers_the_gravest_of_several_wishes(wishes: set[Wish], kind: str) -> None:
    assert answer_to(wishes) == kind


CONFIRMED = Request(id="q", person=A.email, kind=Wish.FORGET_ME, asked_on=on("2026-02-01"))
BACK = replace(CONFIRMED, id="r", kind=Wish.BACK, asked_on=on("2026-02-03"))


def test_forgets_after_the_days_of_grace_and_only_what_is_theirs() -> None:
    for days, expected in ((0, False), (6, False), (7, True), (400, True)):
        day = on("2026-02-01") + timedelta(days=days)
        assert bool(list(forgotten(known(day.isoformat(), CONFIRMED)))) == expected
    [found] = forgotten(known("2026-02-08", CONFIRMED))
    assert found == ForgetPerson(
        email=A.email,
        mails=("m1", "m2"),
        drafts=(),
        letters=("turn:ab:a@example.com",),
        replies=("m2",),
        commitments=("late", "soon", "done"),
        request="q",
    )


def test_forgets_the_words_that_requests_hold() -> None:
    said = Request(id="w", person=A.email, kind=Wish.TALK_ABOUT, asked_on=on("2026-01-20"), words="tea")
    other = replace(said, id="o", person="b@example.com")
    [found] = forgotten(known("2026-02-08", CONFIRMED, said, other))
    assert found.said == (replace(said, words=""),)
    bare = replace(known("2026-03-01", CONFIRMED, said), commitments={}, letters={}, replies={})
    assert [f.said for f in forgotten(bare)] == [(replace(said, words=""),)]


def test_forgets_nobody_who_took_it_back_nor_what_is_forgotten() -> None:
    assert list(forgotten(known("2026-03-01", CONFIRMED, BACK))) == []
    assert list(forgotten(known("2026-03-01", replace(CONFIRMED, decision="ignore")))) == []
    bare = replace(known("2026-03-01", CONFIRMED), commitments={}, letters={}, replies={})
    assert list(forgotten(bare)) == []


def test_takes_who_confirmed_out_of_the_programme_at_once() -> None:
    for requests, takes_part in (([CONFIRMED], False), ([CONFIRMED, BACK], True)):
        [found] = with_requests([A], requests)
        assert found.is_taking_part(on("2026-02-02")) == takes_part


def never_with(name: str, who: str, other: str) -> PrivateWish:
    return PrivateWish(
        id=name,
        person=address(who),
        kind=Wish.NEVER_WITH,
        others=(address(other),),
        asked_on=on("2026-02-01"),
    )


def test_keeps_to_whoever_asks_what_is_told_about_others() -> None:
    """An address that ends like theirs is somebody else's: ba@example.com is not a@example.com."""
    mine, other = Request(id="q", person=A.email, kind=Wish.PAUSE, asked_on=on("2026-02-01")), address("ba")
    wishes = tuple(
        PrivateWish(
            id=who,
            person=address(who),
            kind=Wish.NEVER_WITH,
            others=(address("c"),),
            asked_on=on("2026-02-01"),
        )
        for who in ("a", "ba")
    )
    told = known("2026-02-01", mine, replace(mine, id="r", person=other))
    programme = replace(
        told.programme,
        pairings=(PAIR, pairing("cd", id="cd")),
        shown={"check_roster": (problem(), problem(key=other), problem(key=f"{A.email}, {other}"))},
        memory={
            key: Memo(key=key, since=on("2026-01-30")) for key in (f"absent:{A.email}", f"absent:{other}")
        },
    )
    letters = {**told.letters, "x": planned("turn", "x", other, at=at("2026-01-20"))}
    kept = kept_about(A, replace(told, programme=programme, wishes=wishes, letters=letters))
    assert {tab: len(rows) for tab, rows in kept.items()} == {
        "Roster": 1, "Pairings": 1, "Requests": 1, "Wishes": 1, "Commitments": 3, "Letters": 2, "Replies": 1,
        "Problems": 2, "Memory": 1,
    }  # fmt: skip
    assert kept["Problems"][0] == {"what": "It is wrong.", "remedy": "Correct it."}
    assert kept["Memory"] == [{"key": f"absent:{A.email}", "since": "2026-01-30"}]
    assert kept["Requests"] == [{"id": "q", "person": A.email, "kind": "pause", "asked_on": "2026-02-01"}]


def test_erases_nothing_of_others_with_those_who_are_forgotten() -> None:
    told = known("2026-02-08", CONFIRMED)
    sent, draft = (planned("turn", key, A.email, at=at("2026-01-20")) for key in ("sent", "draft"))
    others = planned("turn", "theirs", B.email, at=at("2026-01-20"))
    wishes = tuple(
        PrivateWish(
            id=f"{who}-{of}",
            person=address(who),
            kind=Wish.NEVER_WITH,
            others=(address(of),),
            asked_on=on("2026-02-01"),
        )
        for who, of in (("a", "b"), ("b", "a"), ("b", "c"))
    )
    letters = (
        replace(sent, message_id="m5", draft_id="d5"),
        replace(draft, draft_id="d6"),
        replace(others, message_id="m7"),
    )
    reply = ReplyRecord(message_id="m8", received=at("2026-01-21"), kind="answer", person=B.email, letter="x")
    [found] = forgotten(
        replace(told, letters={x.key: x for x in letters}, replies={"m8": reply}, wishes=wishes)
    )
    assert (found.mails, found.drafts, found.letters) == (("m5",), ("d6",), ("sent", "draft"))
    assert (found.replies, found.wishes) == ((), ("a-b", "b-a"))


@pytest.mark.parametrize(
    "subject", ["Stop (AB-12CD-34EF)", "stop (AB-12CD-34EF)", "Leave (AB-12CD-34EF)", "Stop", ""]
)
def test_leaves_by_a_subject_that_has_the_word_of_the_button_and_a_reference(subject: str) -> None:
    word = words("en")["buttons"]["stop"]
    assert leaves_by_subject(leaving_subject(word, "AB-12CD-34EF")) == word
    assert leaves_by_subject(subject) == (word if subject == f"{word} (AB-12CD-34EF)" else "")


def test_tells_of_no_partner_who_is_not_on_the_roster() -> None:
    told = known()
    alone = replace(told.programme, people={A.email: A})
    assert standing_of(A, replace(told, programme=alone)).partners == ()


def test_erases_so_many_days_after_it_was_confirmed() -> None:
    assert erased_on(on("2026-12-28"), 7) == on("2027-01-04")
