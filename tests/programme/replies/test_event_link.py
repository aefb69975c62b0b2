"""What comes by the link in an event: a promise, beside answers by number; and the tap that says that two met."""

from __future__ import annotations

import pytest

from peerpact.programme.replies.event_link import numbered_apart, pairing_named, promise_subject
from peerpact.programme.replies.met import says_only_that_they_met


@pytest.mark.parametrize(
    ("text", "rest", "answers"),
    [
        ("I will ask Maria.", "I will ask Maria.", ""),
        ("1 done\n2. not yet", "", "1 done\n2. not yet"),
        ("I will ask Maria.\n1 done\nOn Friday.", "I will ask Maria.\nOn Friday.", "1 done"),
        ("--\n1 done", "", "1 done"),
        ("  (3) dropped\nAsk.", "Ask.", "  (3) dropped"),
        ("10.30 we met\n12:15 lunch", "10.30 we met\n12:15 lunch", ""),
        ("100 things", "100 things", ""),
        ("", "", ""),
    ],
)
def test_parts_a_promise_from_answers_by_number(text: str, rest: str, answers: str) -> None:
    assert numbered_apart(text) == (rest, answers)


@pytest.mark.parametrize(
    ("subject", "pairing"),
    [
        (promise_subject("My promise", "r12-7kq9m2"), "r12-7kq9m2"),
        ("RE: MY PROMISE (R1-7KQ9M2)", "r1-7kq9m2"),
        ("My promise (r0-7kq9m2)", ""),
        ("My promise r1-7kq9m2", ""),
        ("My promise", ""),
    ],
)
def test_reads_the_pairing_that_a_subject_names(subject: str, pairing: str) -> None:
    assert pairing_named(subject) == pairing


@pytest.mark.parametrize(
    ("text", "languages", "is_so"),
    [
        ("We met.", ("en",), True),
        ("* we met! *", ("en",), True),
        ("We met.", ("de", "en"), True),
        ("We met.", ("de",), False),
        ("We met, 1 done.", ("en",), False),
        ("", ("en",), False),
    ],
)
def test_takes_for_the_tap_what_says_no_more(text: str, languages: tuple[str, ...], *, is_so: bool) -> None:
    assert says_only_that_they_met(text, languages) is is_so
