"""When the confidential contact is told that a mail waits, and that the word names neither a mail nor a person."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from peerpact.programme.correspondence import LetterRecord, LetterState, ReplyRecord
from peerpact.programme.people import Person
from peerpact.programme.replies.actions import TakeReply
from peerpact.programme.replies.confidence import with_word
from peerpact.programme.replies.seen import RepliesSeen
from peerpact.programme.replies.understood import Understood
from peerpact.programme.seen import ProgrammeSeen
from peerpact.programme.settings import Settings

NOW = datetime(2026, 2, 17, 10, tzinfo=UTC)
CONTACT = "ombud@example.com"


def reply(name: str = "m1", *, care: bool = True) -> TakeReply:
    return TakeReply(
        record=ReplyRecord(message_id=name, received=NOW, kind="answer"),
        letter=LetterRecord(key="turn:ab:ada@example.com", kind="turn", person="ada@example.com"),
        person=Person(email="ada@example.com", name="Ada"),
        understood=Understood(care=care),
    )


def seen(*letters: LetterRecord, contact: str = CONTACT) -> RepliesSeen:
    programme = ProgrammeSeen(now=NOW, settings=Settings(confidential_contact=contact))
    return RepliesSeen(programme=programme, token_key=b"secret", letters={x.key: x for x in letters})


def word(action: TakeReply, *letters: LetterRecord) -> LetterRecord | None:
    return with_word(action, seen(*letters)).word


def test_writes_to_the_contact_that_a_mail_waits() -> None:
    sent = word(reply())
    assert sent
    assert (sent.kind, sent.person, sent.state, sent.planned) == (
        "mail-waits",
        CONTACT,
        LetterState.PLANNED,
        NOW,
    )


def test_writes_nothing_where_nothing_waits_or_nobody_is_named() -> None:
    assert word(reply(care=False)) is None
    assert with_word(reply(), seen(contact="")).word is None
    assert with_word(reply(care=False), seen(contact="")).word is None


def test_keys_the_word_by_the_mail_so_that_nobody_can_tell_which() -> None:
    one, again, other = (word(reply(name)) for name in ("m1", "m1", "m2"))
    assert one
    assert again
    assert other
    assert one.key == again.key != other.key
    assert re.fullmatch(r"mail-waits:[a-v0-9]{16}", one.key)
    with_other_secret = replace(seen(), token_key=b"another")
    elsewhere = with_word(reply(), with_other_secret).word
    assert elsewhere
    assert elsewhere.key != one.key


@pytest.mark.parametrize(
    ("state", "goes_on"),
    [
        (LetterState.PLANNED, True),
        (LetterState.DRAFTED, True),
        (LetterState.SENT, False),
        (LetterState.NEEDS_REVIEW, False),
    ],
)
def test_goes_on_with_a_word_that_was_begun_and_writes_none_twice(
    state: LetterState, *, goes_on: bool
) -> None:
    first = word(reply())
    assert first
    begun = replace(first, state=state, draft_id="d1")
    assert word(reply(), begun) == (begun if goes_on else None)
