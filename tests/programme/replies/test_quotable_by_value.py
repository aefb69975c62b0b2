"""What of ours a mail may quote, by value: letters before it, promises that they may name, answers that they offer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from test_reply_decision import ACKNOWLEDGED, ADA, BEN, CY, NOW, ONE, Seen, letter, mail, promise

from peerpact.programme.commitments import Commitment
from peerpact.programme.correspondence import LetterRecord, ReplyRecord
from peerpact.programme.replies.ours import OurLetters
from peerpact.programme.replies.quotable import looked_up, ours_in, ours_in_any, sent_before
from peerpact.programme.seen import ProgrammeSeen
from peerpact.programme.settings import Settings

ANSWER = mail("done")
OURS = ours_in_any(Seen().values, "We are glad.")
OTHERS = replace(letter("follow-up", CY), pairing="cd")
NOBODYS = replace(letter("follow-up", CY), pairing="")
ADAS, BENS, CYS = promise("x", ADA, "call Oskar"), promise("y", BEN, "ask Bo"), promise("z", CY, "go home")
TAKEN, ASIDE = (
    ReplyRecord(message_id="m1", person=ADA.email, letter=key, received=NOW, kind="answer")
    for key in (ONE.key, "")
)


def sent(on: int | None, key: str = ONE.key, message_id: str = "") -> LetterRecord:
    """Return a letter that was sent so many seconds after the answer came."""
    moment = None if on is None else NOW + timedelta(seconds=on)
    return replace(ONE, key=key, sent=moment, message_id=message_id)


@pytest.mark.parametrize(
    ("letters", "quoted"),
    [
        ([], []),
        ([sent(-1), sent(0), sent(1)], [sent(-1), sent(0)]),
        ([sent(None)], [sent(None)]),
        (
            [sent(None, "acknowledgement:m1"), sent(-9, "acknowledgement:m0")],
            [sent(-9, "acknowledgement:m0")],
        ),
        ([sent(-9, "acknowledgement:m1")], []),
        ([sent(9), ACKNOWLEDGED], [ACKNOWLEDGED]),
    ],
)
def test_lets_a_mail_quote_what_was_sent_before_it(
    letters: Sequence[LetterRecord], quoted: Sequence[LetterRecord]
) -> None:
    assert sent_before(ANSWER, letters) == quoted


@pytest.mark.parametrize(
    ("ids", "found"),
    [
        ([], []),
        ([""], []),
        (["a", "", "b"], ["a", "b"]),
        (["a", "b", "c", "", "d", "e"], ["a", "b", "c", "d"]),
    ],
)
def test_looks_up_the_last_four_that_have_an_id(ids: Sequence[str], found: Sequence[str]) -> None:
    assert looked_up(sent(0, message_id=i) for i in ids) == found


@pytest.mark.parametrize(
    ("letters", "commitments", "replies", "promised"),
    [
        ([ONE], [ADAS, BENS], (), ["call Oskar", "ask Bo"]),
        ([ONE], [replace(CYS, pairing="cd")], (), []),
        ([OTHERS], [replace(ADAS, pairing="cd"), BENS], (), ["call Oskar"]),
        ([OTHERS], [ADAS, replace(CYS, pairing="ef")], (), ["go home"]),
        ([NOBODYS], [replace(ADAS, pairing=""), replace(CYS, pairing="")], (), ["go home"]),
        ([ONE, OTHERS], [ADAS, CYS], (), ["call Oskar", "go home"]),
        ([ONE], [replace(ADAS, text=""), BENS], (), ["ask Bo"]),
        ([], [ADAS], (), []),
        ([ONE], [ADAS], (TAKEN,), []),
        ([ONE], [ADAS], (ASIDE,), ["call Oskar"]),
    ],
)
def test_lets_it_quote_its_people_s_promises_until_it_is_taken(
    letters: Sequence[LetterRecord],
    commitments: tuple[Commitment, ...],
    replies: tuple[ReplyRecord, ...],
    promised: list[str],
) -> None:
    seen = Seen(commitments=tuple(commitments), replies=replies).values
    found = ours_in(ANSWER, letters, ["Hello Ada"], OURS, seen)
    assert found.bodies == ("Hello Ada", "We are glad.", "\n".join(promised))
    assert found.repeated == (*OURS.repeated, *promised)


@pytest.mark.parametrize(
    ("body", "offered"),
    [
        ("pause until 1 March", ["pause until 1 March"]),
        ("  * pause until 1 March *", ["pause until 1 March"]),
        ("pause until 1 May\nPause bis 1. Mai\npause until 1 May", ["pause until 1 May", "Pause bis 1. Mai"]),
        ("pause from 1 March until 1 May", ["pause from 1 March until 1 May"]),
        ("pause until", []),
        ("pause until ", []),
        ("pause until 123456789 123456789 123456789 ", ["pause until 123456789 123456789 123456789 "]),
        ("pause until 123456789 123456789 123456789 1", []),
        ("please pause until 1 March", []),
        ("stay together", []),
    ],
)
def test_knows_the_answers_with_a_day_that_letters_offered(body: str, offered: list[str]) -> None:
    found = ours_in(ANSWER, [], ["Hello", body], OURS, Seen(commitments=()).values)
    assert found.repeated == (*OURS.repeated, *(word.strip() for word in offered))


def test_lets_any_mail_quote_who_we_are_our_sentences_and_the_words_of_buttons() -> None:
    seen = replace(Seen(letters=(ONE, OTHERS)).values, programme=_called("Tandem"))
    found = ours_in_any(seen, "We are glad.")
    assert found == OurLetters(
        addresses=("mentoring@example.com",),
        names=("Tandem", "Peerpact"),
        bodies=("We are glad.",),
        repeated=found.repeated,
        references=frozenset({ONE.reference, OTHERS.reference}),
    )
    assert {"done", "erledigt", "noch nicht", "pause until {day}", "forget me"} <= {*found.repeated}


def _called(name: str) -> ProgrammeSeen:
    return ProgrammeSeen(now=NOW, people={}, pairings=(), settings=Settings(programme_name=name))
