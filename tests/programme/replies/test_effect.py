"""What a reply that counts changes: promises with their days and readers, outcomes, other words, requests. By value."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from test_reply_decision import (
    ADA,
    ASKED,
    BEN,
    CY,
    INTRODUCED,
    NOW,
    ONE,
    PAIRING,
    PEOPLE,
    Seen,
    letter,
    mail,
    promise,
)

from peerpact.programme.commitments import Commitment, Outcome, answered, erased
from peerpact.programme.correspondence import LetterRecord, ReplyRecord
from peerpact.programme.pairings import Pairing
from peerpact.programme.people import Person, TakingPart
from peerpact.programme.replies.actions import SetAside, TakeReply
from peerpact.programme.replies.decision import decide
from peerpact.programme.replies.effect import _corrects
from peerpact.programme.replies.meaning import Unclear
from peerpact.programme.replies.seen import MailSeen
from peerpact.programme.requests import Wish
from peerpact.programme.settings import Settings

ROUNDS = Settings(first_round=date(2025, 12, 10))
"""The first round ends on 10 March 2026, the second on 10 June."""
ANOTHER = replace(PAIRING, id="ac", people=(ADA.email, CY.email))
TURN = letter("turn", ADA, "a1")
NEXT = letter("announcement", key="announcement:r2:ada@example.com")
FORGET = letter("forget-me", key="acknowledgement:k1")


def taken(
    of: MailSeen | str,
    asked: LetterRecord = ONE,
    *more: LetterRecord,
    settings: Settings = ROUNDS,
    pairings: tuple[Pairing, ...] = (ANOTHER, PAIRING),
    people: dict[str, Person] = PEOPLE,
    **rows: Any,
) -> TakeReply:
    """Return what is taken from Ada's answer to a letter."""
    mails = (mail(of, asked) if isinstance(of, str) else of,)
    seen = Seen(mails=mails, letters=(asked, *more), people=people, **rows).values
    programme = replace(seen.programme, settings=settings, pairings=pairings)
    [action] = decide(replace(seen, programme=programme)).actions
    assert isinstance(action, TakeReply)
    return action


def requests(action: TakeReply) -> list[tuple[str, date | None, date | None]]:
    return [(str(r.kind), r.since, r.until) for r in action.requests]


def with_ben(**more: Any) -> dict[str, Person]:
    return {**PEOPLE, BEN.email: replace(BEN, **more)}


@pytest.mark.parametrize(
    ("people", "audience"),
    [
        (PEOPLE, (BEN.email,)),
        ({ADA.email: ADA}, (BEN.email,)),
        (with_ben(taking_part=TakingPart.NO), ()),
        (with_ben(taking_part=TakingPart.NO, held=True), (BEN.email,)),
        (with_ben(taking_part=TakingPart.PAUSED), ()),
    ],
)
def test_lets_the_partners_of_now_see_a_promise(people: dict[str, Person], audience: tuple[str, ...]) -> None:
    [made] = taken("call Lena", ASKED, people=people).commitments
    assert (made.text, made.audience, made.pairing, made.person) == ("call Lena", audience, "ab", ADA.email)


LENA = replace(promise("b1", text="Call Lena!"), audience=(BEN.email,))
BY_EVENT = "One thing you will do (r1-ab)"


@pytest.mark.parametrize(
    ("text", "known", "expected"),
    [
        ("call Lena", LENA, (["b1"], "1 said again")),
        ("call Lena", replace(LENA, pairing="older"), (["b1"], "1 said again")),
        ("1. call Lena\n2. call Lena", None, (["call Lena"], "1 new")),
        ("1. call Lena\n2. read the notes", LENA, (["b1", "read the notes"], "1 said again, 1 new")),
        ("call Lena", replace(LENA, audience=()), (["b1"], "1 said again")),
        ("call Lena", replace(LENA, audience=(CY.email,)), (["call Lena"], "1 new")),
        ("call Lena", replace(LENA, person=BEN.email), (["call Lena"], "1 new")),
        ("call Lena", erased(LENA, date(2026, 2, 1)), (["call Lena"], "1 new")),
        ("call Lena", answered(LENA, Outcome.KEPT, date(2026, 2, 1)), (["call Lena"], "1 new")),
        ("call Lena", answered(LENA, Outcome.NOT_YET, date(2026, 2, 1)), (["b1"], "1 said again")),
        (
            "call Lena by Friday",
            replace(LENA, text="Call Lena by Friday."),
            (["call Lena by Friday"], "1 new"),
        ),
        (
            "call Lena by Friday",
            replace(LENA, text="Call Lena by Friday.", due=date(2026, 2, 20)),
            (["b1"], "1 said again"),
        ),
    ],
)
def test_takes_a_promise_once_that_is_said_again(
    text: str, known: Commitment | None, expected: tuple[list[str], str]
) -> None:
    """It is said back as it is known. For another day, or to who hasn't heard it, it is a new one."""
    action = taken(text, ASKED, commitments=(known,) if known else ())
    found = [c.id if c.id == "b1" else c.text for c in action.commitments]
    assert (found, action.record.taken_as) == expected
    assert action.acknowledgement


@pytest.mark.parametrize(
    ("asked", "is_answer"),
    [
        (letter("commitment-request"), True),
        (letter("introduction"), True),
        (letter("follow-up", ADA, "a1"), False),
        (replace(letter("follow-up"), number=0), False),
    ],
)
def test_leaves_what_else_a_letter_asked_open_where_a_promise_came_by_the_event(
    asked: LetterRecord, is_answer: bool
) -> None:
    """So that its reminder leaves. An answer to the letter itself answers all of it."""
    of = replace(asked, pairing="r1-ab")
    by_event = mail("call Lena", None, subject=BY_EVENT)
    pairings = (replace(PAIRING, id="r1-ab"),)
    assert taken(by_event, of, pairings=pairings).is_answer is is_answer
    assert taken("call Lena", of, pairings=pairings).is_answer


@pytest.mark.parametrize(
    ("text", "meeting", "ends", "due"),
    [
        ("call Lena", None, None, "2026-03-17"),
        ("call Lena", None, "2026-03-10", "2026-03-03"),
        ("call Lena", "2026-02-26", "2026-03-10", "2026-02-26"),
        ("call Lena", "2026-02-23", "2026-03-10", "2026-03-03"),
        ("call Lena by 1 March", "2026-02-26", "2026-03-10", "2026-03-01"),
        ("call Lena yesterday", None, "2026-03-10", "2026-03-03"),
        ("call Lena today", None, "2026-03-10", "2026-03-03"),
    ],
)
def test_makes_a_promise_due_when_it_says_or_they_meet_or_the_round_ends(
    text: str, meeting: str | None, ends: str | None, due: str
) -> None:
    """It is 17 February: a week is left for it before the meeting counts, or the turn, a week before the end."""
    start = datetime.fromisoformat(f"{meeting}T10:00").replace(tzinfo=UTC) if meeting else None
    pairing = replace(PAIRING, meeting_start=start)
    settings = ROUNDS if ends else Settings()
    [made] = taken(text, ASKED, settings=settings, pairings=(ANOTHER, pairing)).commitments
    assert made.due.isoformat() == due


@pytest.mark.parametrize(
    ("text", "asked", "expected"),
    [
        ("please pause me", ONE, [("pause", None, None)]),
        ("pause until 1 May", ONE, [("pause", None, date(2026, 5, 1))]),
        ("skip this round", ONE, [("pause", None, date(2026, 3, 10))]),
        ("pause me", NEXT, [("pause", date(2026, 3, 10), None)]),
        ("skip this round", NEXT, [("pause", date(2026, 3, 10), date(2026, 6, 10))]),
        ("pause until 1 May", TURN, [("pause", date(2026, 3, 10), date(2026, 5, 1))]),
        ("skip the next round", TURN, [("pause", date(2026, 3, 10), date(2026, 6, 10))]),
        ("pause from 1 April until 1 May", TURN, [("pause", date(2026, 4, 1), date(2026, 5, 1))]),
        ("another partner", TURN, [("a new partner next round", None, None)]),
        ("another partner", ONE, [("another partner", None, None)]),
        ("stay together", TURN, [("stay with my partner", None, None)]),
        ("We met.", ONE, [("met", None, None)]),
        ("We have not met.", ONE, [("not met", None, None)]),
        ("status", ONE, []),
        ("forget me", ONE, []),
        ("forget me", FORGET, [("forget me", None, None)]),
        ("status", FORGET, []),
        ("my data", FORGET, []),
    ],
)
def test_takes_requests_for_the_round_that_the_letter_is_about(
    text: str, asked: LetterRecord, expected: list[tuple[str, date | None, date | None]]
) -> None:
    assert requests(taken(text, asked)) == expected


def test_leaves_to_people_who_wants_to_stay_when_the_next_round_has_opened() -> None:
    """Else it would be taken for a word about the partner of that one."""
    late, past = replace(TURN, pairing="old"), replace(PAIRING, id="old", round=0)
    found = [requests(taken(x, late, pairings=(past,))) for x in ("stay together", "another partner")]
    assert found == [[("question", None, None)], [("a new partner next round", None, None)]]


@pytest.mark.parametrize(
    ("text", "asked"), [("skip this round", ONE), ("skip this round", NEXT), ("pause", TURN)]
)
def test_pauses_without_days_where_no_first_round_is_set(text: str, asked: LetterRecord) -> None:
    assert requests(taken(text, asked, settings=Settings())) == [("pause", None, None)]


@pytest.mark.parametrize(
    ("text", "asked", "taken_as"),
    [
        ("done", ONE, "1 kept"),
        ("1: done\n2: done", letter("follow-up", ADA, "a1", "a2"), "2 kept"),
        ("1: done\n2: not yet", letter("follow-up", ADA, "a1", "a2"), "1 kept, 1 not yet"),
        ("1. call Lena\n2. read the minutes", ASKED, "2 new"),
        ("done. Please pause me.", ONE, "1 kept, asks: pause"),
        ("We have not met. Please pause me.", ONE, "asks: not met, asks: pause"),
        ("1: done\n4", replace(ONE, number=0), "1 kept, a number"),
        ("status", ONE, "asks: status"),
        ("forget me", FORGET, "asks: forget me"),
        ("Purple elephants.", ONE, "unclear, asked again"),
        ("Thanks!", INTRODUCED, "nothing changed"),
        ("He touched me.", ASKED, "nothing changed"),
    ],
)
def test_records_in_numbers_what_it_took_a_reply_for(text: str, asked: LetterRecord, taken_as: str) -> None:
    assert taken(text, asked).record.taken_as == taken_as


def test_takes_outcome_and_wish_from_an_answer_to_the_turn() -> None:
    action = taken("1: done\na new partner please", replace(TURN, number=0))
    assert [(c.id, c.outcome) for c in action.commitments] == [("a1", Outcome.KEPT)]
    assert requests(action) == [("a new partner next round", None, None)]


def test_writes_nothing_of_words_of_distress_but_answers_them() -> None:
    action = taken("I will call Lena. He touched me. Please pause me.", ASKED)
    assert (action.understood.care, action.commitments, action.requests) == (True, (), ())
    assert (action.record.letter, action.record.person) == (ASKED.key, ADA.email)


def test_lets_a_tap_that_they_met_be_all_that_it_says() -> None:
    action = taken("We met.", INTRODUCED, ONE)
    assert (action.letter.key, action.says_unasked, requests(action)) == (
        INTRODUCED.key,
        False,
        [("met", None, None)],
    )


@pytest.mark.parametrize(
    ("text", "letter_key", "is_unasked"),
    [
        ("Thanks!", INTRODUCED.key, False),
        ("Please pause me.", INTRODUCED.key, False),
        ("1: done", ONE.key, False),
        ("I will call Lena.", ONE.key, False),
    ],
)
def test_counts_an_answer_under_another_letter_only_where_it_is_certain(
    text: str, letter_key: str, *, is_unasked: bool
) -> None:
    action = taken(text, INTRODUCED, ONE)
    assert (action.letter.key, action.says_unasked) == (letter_key, is_unasked)


FIRST = taken("call Oskar about the budget", ASKED)
SAID = FIRST.commitments[0]
THANKS = letter("acknowledgement", key="acknowledgement:m1")
ROW = replace(FIRST.record, message_id="m1")


def answer(text: str, known: Commitment = SAID, to: LetterRecord = THANKS) -> list[tuple[str, bool]]:
    """Return the promises in an answer to what was said back: their words, and whether the first has them."""
    later = mail(text, to, name="m2", after=60)
    action = taken(later, to, ASKED, commitments=(known,), replies=(ROW,))
    return [(c.text, c.id == SAID.id) for c in action.commitments]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I meant: write to Lena", [("write to Lena", True)]),
        ("call Lena", [("call Lena", True)]),
        ("write to Oskar", [("write to Oskar", True)]),
        ("write to Lena", [("write to Lena", False)]),
        ("see the team", [("see the team", False)]),
        ("Also: call Lena", [("call Lena", False)]),
        ("Next: call Lena", [("call Lena", False)]),
        ("1. call Lena\n2. read the minutes", [("call Lena", True), ("read the minutes", False)]),
    ],
)
def test_puts_other_words_in_place_where_an_answer_corrects_what_was_said_back(
    text: str, expected: list[tuple[str, bool]]
) -> None:
    """It begins as a correction does, or has a word of four letters or more in common; what adds comes on top."""
    assert answer(text) == expected


def test_records_how_much_was_put_otherwise() -> None:
    later = mail("1. call Lena\n2. read the minutes", THANKS, name="m2", after=60)
    action = taken(later, THANKS, ASKED, commitments=(SAID,), replies=(ROW,))
    assert action.record.taken_as == "1 put otherwise, 1 new"
    assert action.former_texts == {SAID.id: "call Oskar about the budget"}


@pytest.mark.parametrize("known", [answered(SAID, Outcome.KEPT, NOW.date()), erased(SAID, NOW.date())])
def test_corrects_nothing_that_was_answered_or_erased_since(known: Commitment) -> None:
    assert answer("I meant: write to Lena", known) == [("write to Lena", False)]


def test_corrects_nothing_in_an_answer_to_another_letter() -> None:
    other = replace(ASKED, key="commitment-request:m1", thread_id="t-other")
    assert answer("I meant: write to Lena", to=other) == [("write to Lena", False)]


def test_offers_what_they_promised_last_where_it_is_the_same() -> None:
    def of(name: str, day: int, **more: Any) -> Commitment:
        return replace(promise(name, text=f"do {name}"), made_on=date(2026, 1, day), **more)

    rows = (
        of("early", 5),
        *(of(f"late{n}", 15) for n in range(4)),
        of("other", 20, pairing="ac"),
        replace(of("bens", 21), person=BEN.email),
        erased(of("erased", 25), NOW.date()),
    )
    action = taken("Same as before.", ASKED, commitments=rows)
    assert (action.understood.unclear, action.offered) == (Unclear.SAME, ("do late0", "do late1", "do late2"))
    assert taken("Purple elephants.", ASKED, commitments=rows).offered == ()
    gone = erased(of("erased", 25), NOW.date())
    assert taken("Same as before.", ASKED, commitments=(gone,)).offered == ()


@pytest.mark.parametrize(
    ("text", "ledger", "expected"),
    [
        ("done", Outcome.KEPT, ["a1"]),
        ("not yet", Outcome.KEPT, []),
        ("done", None, []),
    ],
)
def test_takes_of_a_recorded_reply_what_is_on_record(
    text: str, ledger: Outcome | None, expected: list[str]
) -> None:
    row = ReplyRecord(message_id="m1", received=NOW, kind="answer", letter=ONE.key, taken_as="1 kept")
    known = answered(promise("a1"), ledger, NOW.date()) if ledger else promise("a1")
    action = taken(text, commitments=(known,), replies=(row,))
    assert (action.is_recorded, [c.id for c in action.commitments]) == (True, expected)


def test_takes_of_a_recorded_reply_the_requests_on_record() -> None:
    row = ReplyRecord(
        message_id="m1", received=NOW, kind="answer", letter=ONE.key, taken_as="asks: not met, asks: met"
    )
    assert requests(taken("We have not met. Please pause me.", replies=(row,))) == [("not met", None, None)]


def test_gives_a_mails_requests_ids_of_their_own_that_stay() -> None:
    first, again = taken("We have not met. Please pause me."), taken("We have not met. Please pause me.")
    other = taken(mail("Please pause me.", name="m9"))
    ids = [r.id for r in (*first.requests, *other.requests)]
    assert ([r.id for r in again.requests], len(set(ids))) == (ids[:2], 3)


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Please pause me.", [Wish.PAUSE]),
        ("stop", [Wish.STOP]),
        ("status", []),
        ("Please pause me. Why did you write to me?", None),
        ("We have not met.", None),
        ("done", None),
        ("He touched me.", None),
    ],
)
def test_takes_of_a_mail_that_answers_no_letter_only_wishes_about_oneself(
    text: str, kinds: list[Wish] | None
) -> None:
    seen = Seen(mails=(mail(text, None),)).values
    [action] = decide(seen).actions
    assert isinstance(action, SetAside) is (kinds is None)
    if isinstance(action, TakeReply):
        assert [r.kind for r in action.requests] == kinds
        assert all(r.asked_on == NOW.date() for r in action.requests)


def test_counts_a_pause_from_the_day_after_at_the_earliest() -> None:
    on = NOW.date()
    for day, since in ((on, None), (on + timedelta(days=1), on + timedelta(days=1))):
        action = taken(f"pause from {day.day} {day:%B} until 1 May")
        [asked] = action.requests
        assert (asked.kind, asked.asked_on, asked.since, asked.until) == (
            Wish.PAUSE,
            on,
            since,
            date(2026, 5, 1),
        )


@pytest.mark.parametrize(
    ("text", "languages", "expected"),
    [
        ("Also call Lena", ["en"], False),
        ("Also call Lena", ["en", "de"], False),
        ("Also call Lena", ["de"], True),
        ("Also call Lena", ["nl"], False),
        ("I meant: write to Lena", ["en"], True),
        ("I meant: write to Lena", ["nl"], True),
        ("write to Lena", ["en"], False),
        ("write to Lena", [], False),
    ],
)
def test_lets_add_what_does_in_ones_own_languages(text: str, languages: list[str], *, expected: bool) -> None:
    """ "Also" is "so" in German. Of whom no language is read here any may be meant."""
    assert _corrects(text, (SAID,), languages) is expected


BY_LINK = {"subject": "One thing you will do (r1-ab)"}
OF_LINK = {"pairings": (ANOTHER, replace(PAIRING, id="r1-ab"))}


def by_link(text: str, asked: LetterRecord, **rows: Any) -> TakeReply:
    return taken(mail(text, None, **BY_LINK), replace(asked, pairing="r1-ab"), **OF_LINK, **rows)


@pytest.mark.parametrize(
    ("asked", "text", "said", "is_answer"),
    [
        (ONE, "When it rains, I will call Lena.", {"When it rains, I will call Lena.": None}, False),
        (TURN, "When it rains, I will call Lena.", {"When it rains, I will call Lena.": None}, False),
        (ASKED, "I will call Lena.", {"I will call Lena.": None}, True),
        (ONE, "I will call Lena.\n1 done", {"call Oskar": "kept", "I will call Lena.": None}, True),
        (ONE, "1 done", {"call Oskar": "kept"}, True),
        (ONE, "1. Call Lena\n2. Write to Kim", {"Call Lena": None, "Write to Kim": None}, False),
    ],
)
def test_takes_what_the_link_of_an_event_asks_for_and_leaves_the_last_mail_open_unless_it_is_answered(
    asked: LetterRecord, text: str, said: dict[str, str | None], *, is_answer: bool
) -> None:
    action = by_link(text, asked, commitments=(promise("a1"),))
    assert {c.text: c.outcome for c in action.commitments} == said
    assert action.is_answer is is_answer
