"""What a reply says, by what it was asked: a few plain ones of each kind, and what they come to."""

from __future__ import annotations

from datetime import date

import pytest

from peerpact.programme.replies.meaning import Asked, Unclear, Understood, understand

DINA = "Ask Dina about the report"
OUTCOMES, PROMISE, ANYTHING = Asked.OUTCOMES, Asked.COMMITMENT, Asked.ANYTHING


def read(text: str, asked: Asked, *, promises: int = 1) -> Understood:
    open_ = [DINA, "Read"][:promises] if asked is OUTCOMES else []
    return understand(text, open_commitments=open_, languages=("en",), on=date(2026, 3, 11), asked=asked)


def told(what: Understood) -> str:
    parts = [str(outcome) for outcome in what.outcomes.values()]
    parts += [f"“{promise.text}”" for promise in what.promises]
    parts += [f"{r.kind} {r.since or ''}..{r.until or ''}".removesuffix(" ..") for r in what.requests]
    parts += [f"{r.kind}?" for r in what.perhaps] + ["question"] * what.question
    parts += ["met"] * bool(what.met) + ["care"] * what.care + [str(what.unclear)] * bool(what.unclear)
    return ", ".join(parts)


@pytest.mark.parametrize(
    ("asked", "text", "says"),
    [
        (PROMISE, "done", "unknown"),
        (PROMISE, "partly", "unknown"),
        (PROMISE, "yes", "unknown"),
        (PROMISE, "none", "unknown"),
        (PROMISE, "☃", "same"),
        (PROMISE, "“Ask Lena for feedback”", "“Ask Lena for feedback”"),
        (PROMISE, "Hi Anna. I will ask Lena.", "“I will ask Lena.”"),
        (PROMISE, "We met on Monday.", "met, unknown"),
        (PROMISE, "I will ask Tom. No wait, I will ask Lena.", "contradicting"),
        (PROMISE, "I'm away until 5 April, so I will ask Tom", "“I will ask Tom”, pause?"),
        (OUTCOMES, "We met on Monday.", "met, unknown"),
        (OUTCOMES, "We met on Monday, done.", "kept, met"),
        (OUTCOMES, "Hi Anna. Done.", "kept"),
        (OUTCOMES, "Done. I will call Tom.", "kept, “I will call Tom.”"),
        (OUTCOMES, "Done. I will do it again.", "contradicting"),
        (OUTCOMES, "Yes. I will also call Tom.", "kept, “I will also call Tom.”"),
        (OUTCOMES, "Not yet. I will call Tom.", "not yet"),
        (OUTCOMES, "About the report? Done.", "kept"),
        (OUTCOMES, "Ask Dina? Not really.", "not yet"),
        (OUTCOMES, "✅", "kept"),
        (OUTCOMES, "👍", "unknown"),
        (ANYTHING, "We met on Monday.", "met, unknown"),
        (ANYTHING, "Pause me until 5 May. I want another partner.", "pause ..2026-05-05, another partner"),
    ],
)
def test_reads_a_reply_by_what_it_was_asked(asked: Asked, text: str, says: str) -> None:
    assert told(read(text, asked)) == says


def test_asks_which_of_two_a_thumb_is_about_and_what_it_says_of_one() -> None:
    one, two = read("👍", OUTCOMES), read("👍", OUTCOMES, promises=2)
    assert (one.unclear, len(one.found), two.unclear, len(two.found)) == (
        Unclear.UNKNOWN,
        1,
        Unclear.WHICH,
        0,
    )


def test_says_back_no_more_of_a_promise_than_fits() -> None:
    [promise] = read("I will ask Lena " + "very kindly " * 60, PROMISE).promises
    assert len(promise.text) == 500


def test_keeps_five_hundred_signs_of_a_promise() -> None:
    (promise,) = read("I will " + "read " * 200, PROMISE).promises
    assert len(promise.text) == 500
