"""What understand makes of whole answers, beyond single phrases."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peerpact.programme.commitments import Outcome
from peerpact.programme.replies.answer_words import answer_words
from peerpact.programme.replies.meaning import Asked, Promised, Requested, Unclear, Understood, understand
from peerpact.programme.replies.named import promises_of
from peerpact.programme.requests import Wish

TODAY = date(2026, 3, 12)


def _answer(text: str, count: int = 2, *languages: str, asked: Asked = Asked.OUTCOMES) -> Understood:
    return understand(text, open_commitments=["x"] * count, languages=languages, on=TODAY, asked=asked)


def test_takes_free_text_for_the_commitment_that_was_asked_for() -> None:
    text = "Hi,\n\nI will ask Maria for feedback\non my talk.\n\nBest regards,\nAnna"
    understood = _answer(text, 0, asked=Asked.COMMITMENT)
    assert understood.new_commitments == ("I will ask Maria for feedback on my talk.",)


def test_takes_each_item_of_a_list_for_a_commitment() -> None:
    understood = _answer("- read the book\n- talk to Bo\n", 0, asked=Asked.COMMITMENT)
    assert understood.new_commitments == ("read the book", "talk to Bo")


@pytest.mark.parametrize("text", ["yes", "ok", "done", "Thanks!", "-"])
def test_asks_again_when_a_commitment_was_asked_for_and_none_came(text: str) -> None:
    assert _answer(text, 0, asked=Asked.COMMITMENT).new_commitments == ()
    assert _answer(text, 0, asked=Asked.COMMITMENT).unclear is not None


def test_hears_a_request_instead_of_a_commitment() -> None:
    understood = _answer("We haven't met.", 0, asked=Asked.COMMITMENT)
    assert understood == Understood(
        requests=(Requested(kind=Wish.NOT_MET, words="We haven't met."),), met=False
    )


@pytest.mark.parametrize(
    "text",
    [
        "Find another partner for the project",
        "Take a break from mail after 6 pm",
        "Ask my manager to reschedule our weekly talk",
        "I will stop interrupting people",
    ],
)
def test_takes_an_action_that_only_sounds_like_a_request_for_a_commitment(text: str) -> None:
    assert _answer(text, 0, asked=Asked.COMMITMENT) == Understood(promises=(Promised(text=text),))


def test_asks_about_the_contradicting_one_and_keeps_the_certain_one() -> None:
    understood = _answer("1 done 2 done, not yet")
    assert dict(understood.outcomes) == {1: Outcome.KEPT}
    assert understood.unclear is Unclear.CONTRADICTING


def test_asks_of_which_commitment_a_bare_outcome_is() -> None:
    assert _answer("done").unclear is Unclear.WHICH


def test_asks_again_when_nothing_was_written() -> None:
    assert _answer(" \n").unclear is Unclear.EMPTY


def test_reads_english_whatever_the_persons_language() -> None:
    assert dict(_answer("1 done 2 not yet", 2, "de").outcomes) == {1: Outcome.KEPT, 2: Outcome.NOT_YET}


def test_reads_another_of_its_languages_when_the_persons_own_says_nothing() -> None:
    assert dict(_answer("nicht geschafft", 1, "ja").outcomes) == {1: Outcome.NOT_YET}


@given(st.text(max_size=300))
@settings(max_examples=150)
def test_answers_any_text_and_numbers_only_what_is_open(text: str) -> None:
    understood = _answer(text, 2, "de", "fr", "es")
    assert set(understood.outcomes) <= {1, 2}


@pytest.mark.parametrize(
    ("word", "telling"),
    [("kids", True), ("holiday", True), ("done", False), ("week", False), ("next", False)],
)
def test_knows_a_promise_by_words_that_are_only_part_of_a_phrase_of_answers(
    word: str, *, telling: bool
) -> None:
    promises = promises_of([f"Plan the {word}", "Read the chapter"], [answer_words("en")])
    assert (word in promises.telling[0]) is telling
