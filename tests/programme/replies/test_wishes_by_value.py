"""What a sentence asks for, in a small language of our own: one step on each side of every rule."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from peerpact.programme import languages
from peerpact.programme.replies.answer_words import words_from
from peerpact.programme.replies.phrases import words_of
from peerpact.programme.replies.wishes import (
    Heard,
    Requested,
    absence_in,
    each_once,
    heard_in,
    is_as_offered,
    with_days_apart,
)
from peerpact.programme.requests import Wish

TODAY = date(2026, 1, 12)
"""A Monday."""
FILE: dict[str, Any] = {
    "language": {"common": ["the", "a", "to", "with", "of", "so", "want", "again", "would", "be"]},
    "lists": {
        "own": ["my"], "mates": ["partner"], "erase": ["delete"], "others_be": ["is"], "you": ["you"],
    },
    "answers": {
        "me": ["i", "me"], "they": ["she", "partner", "you"], "not": ["not"], "almost": ["nearly"],
        "if": ["when"], "future": ["will"], "did": ["asked"], "does": ["ask"],
    },
    "requests": {
        "pause": ["pause", "pause me"], "stop": ["stop", "leave"], "back": ["am back", "back on"],
        "another_partner": ["another partner", "find me another partner"], "not_met": ["did not meet"],
        "met": ["we met"], "status": ["give status", "my status"], "my_data": ["my data", "data about me"],
        "forget_me": ["forget me", "not keep me"], "skip": ["skip", "skip me"], "never_with": ["never with"],
        "every_weeks": ["every two weeks", "once a week", "weekly", "jede two weeks"],
        "no_answer": ["never answers", "partner gone"],
        "exact": {"pause": ["break", "break so"], "stop": ["enough"]},
    },
    "next_round": {"stay": ["the same"], "pause": ["rest"]},
    "sentences": {
        "polite": ["please", "could you", "thanks so much"], "asking": ["do you", "could you"],
        "unsure": ["thinking of"], "habits": ["smoking"], "not_happened": ["it fell through"],
        "of_keeping": ["do you keep"], "meetings": ["meet"], "subjects": ["we want"],
        "interrogatives": ["what"], "courtesies": ["and you"], "pairs": ["pair"],
    },
    "promises": {"deferrals": ["tell later"], "absences": ["away"], "verbs": ["say"], "last": ["sagen"]},
    "dates": {
        "until": ["until"], "by": ["by"], "on": ["on"], "from": ["from"], "next": ["next"], "last": ["last"],
        "in": ["in"], "week": ["week", "weeks"], "month": ["month"], "today": ["today"], "back_on": ["back on"],
        "not_before": ["not before"], "earliest": ["at the earliest"], "every": ["every"],
        "months": [["january"], ["february"], ["march"], ["april"], ["maius"]], "weekdays": [["monday"]],
        "counts": {"a": 1, "two": 2}, "articles": ["the", "a"], "alternatives": ["or"], "joiners": ["and"],
    },
}  # fmt: skip
WORDS = words_from("xx", FILE)
BEHIND = words_from("xx", FILE | {"language": FILE["language"] | {"negates_after": True}})
"""The same where a "not" comes behind what it denies."""
PROMISE, NEXT = "promise", "next"
"""What was asked for."""
TABLE = (Path(__file__).parent / "wishes_by_value.tsv").read_text(encoding="utf-8").splitlines()
ROWS = [tuple(line.split("\t")) for line in TABLE if line and not line.startswith("#")]


@pytest.fixture(autouse=True)
def offers_a_form(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    drop_in(tmp_path)
    monkeypatch.setattr(languages, "FOLDER", tmp_path)


def drop_in(folder: Path) -> None:
    (folder / "xx").mkdir()
    (folder / "xx" / "words.toml").write_text('[buttons]\npromise = "When …, I will …"\n', encoding="utf-8")


def shown(requested: Requested) -> str:
    days = [
        f"{word} {day:%d %b}" for word, day in (("from", requested.since), ("until", requested.until)) if day
    ]
    weeks = [str(requested.weeks)] if requested.weeks else []
    return " ".join([requested.kind.name.lower(), *days, *weeks, *requested.name.split()])


def all_shown(heard: Heard) -> str:
    found = [*map(shown, heard.requests), *(f"perhaps {shown(each)}" for each in heard.perhaps)]
    flags = {
        "question": heard.is_question, "short": heard.is_short, "asked": heard.is_asked,
        "negated": heard.was_negated, "met": heard.met is True, "unmet": heard.met is False,
    }  # fmt: skip
    return ", ".join([*found, *(name for name, is_so in flags.items() if is_so)])


def said(text: str, asked: Sequence[str] = (), words: Any = WORDS) -> str:
    return all_shown(
        heard_in(text, words, TODAY, asked_for_promise=PROMISE in asked, asked_what_next=NEXT in asked)
    )


@pytest.mark.parametrize(("text", "asked", "heard"), ROWS)
def test_hears_what_a_sentence_asks_for(text: str, asked: str, heard: str) -> None:
    assert said(text, asked.split()) == heard


def test_asks_nobody_what_comes_next_unless_told_so() -> None:
    assert heard_in("the same", WORDS, TODAY, asked_for_promise=False) == Heard(is_short=True)


@pytest.mark.parametrize(
    ("text", "before", "behind"),
    [
        ("not pause", "negated", "negated"),
        ("pause not", "pause", "negated"),
        ("pause xy not", "pause", "negated"),
        ("pause xy xy not", "pause", "pause"),
    ],
)
def test_a_not_denies_behind_a_wish_only_where_the_language_puts_it_there(
    text: str, before: str, behind: str
) -> None:
    assert (said(text), said(text, (), BEHIND)) == (before, behind)


@pytest.mark.parametrize(
    ("text", "is_offered"),
    [
        ("When xy, I will ask Tom", True),
        ("When xy xy I will", True),
        ("When o'x, I will", True),
        ("When I will ask Tom", False),
        ("When xy, I ask Tom", False),
        ("xy When xy, I will ask Tom", False),
        ("", False),
    ],
)
def test_knows_the_form_that_letters_offer(text: str, *, is_offered: bool) -> None:
    assert is_as_offered(words_of(text), WORDS) is is_offered
    assert not is_as_offered(words_of(text), words_from("yy", FILE))


PAUSE = Requested(kind=Wish.PAUSE, words="Pause me.")


@pytest.mark.parametrize(
    ("left", "requests", "still_left", "days"),
    [
        (["until 5 April"], [PAUSE], [], ["pause until 05 Apr"]),
        (["from 20 April until 5 maius", "xy"], [PAUSE], ["xy"], ["pause from 20 Apr until 05 May"]),
        (["until 5 April", "until 5 April"], [PAUSE], [], ["pause until 05 Apr"]),
        (["until 5 April", "until 6 April"], [PAUSE], ["until 5 April", "until 6 April"], ["pause"]),
        (["until 5 April, and xy"], [PAUSE], ["until 5 April, and xy"], ["pause"]),
        (["and until the 5 April"], [PAUSE], [], ["pause until 05 Apr"]),
        (["until 5 January"], [PAUSE], ["until 5 January"], ["pause"]),
        (["until today"], [PAUSE], ["until today"], ["pause"]),
        (["from today until 5 April"], [PAUSE], [], ["pause until 05 Apr"]),
        (["xy"], [PAUSE], ["xy"], ["pause"]),
        (["until 5 April"], [PAUSE, PAUSE], ["until 5 April"], ["pause", "pause"]),
        (["until 5 April"], [], ["until 5 April"], []),
        (
            ["until 5 April"],
            [Requested(kind=Wish.STOP), PAUSE],
            [],
            ["stop", "pause until 05 Apr"],
        ),
        (
            ["until 5 April"],
            [Requested(kind=Wish.PAUSE, until=date(2026, 3, 1))],
            ["until 5 April"],
            ["pause until 01 Mar"],
        ),
        (["until 5 April"], [Requested(kind=Wish.SKIP)], ["until 5 April"], ["skip"]),
    ],
)
def test_gives_a_pause_the_days_that_a_sentence_of_its_own_says(
    left: list[str], requests: list[Requested], still_left: list[str], days: list[str]
) -> None:
    rest, found = with_days_apart(left, requests, [WORDS], TODAY)
    assert (rest, [shown(each) for each in found]) == (still_left, days)
    assert all(each.words in {"", "Pause me.", f"Pause me. {left[0]}"} for each in found)


@pytest.mark.parametrize(
    ("text", "pause"),
    [
        ("away until 5 April", "pause until 05 Apr"),
        ("away from 20 April until 5 maius", "pause from 20 Apr until 05 May"),
        ("away from today until 5 maius", "pause until 05 May"),
        ("away until 5 January", ""),
        ("away until today", ""),
        ("away", ""),
        ("she away until 5 April", ""),
        ("you away until 5 April", "pause until 05 Apr"),
        ("until 5 April", ""),
        ("xy until 5 April", ""),
        # the first day back
        ("back on 5 April", "pause until 05 Apr"),
        ("xy xy xy back on 5 April", "pause until 05 Apr"),
        ("xy xy xy xy back on 5 April", ""),
        ("back on 5 January", ""),
        ("back on 5 April, on 6 April", ""),
        # not before a day
        ("not before 5 April", "pause until 05 Apr"),
        ("not before 5 April please", "pause until 05 Apr"),
        ("xy xy xy not before 5 April", ""),
        ("xy not before 5 April please", "pause until 05 Apr"),
        ("xy xy not before 5 April please", ""),
        ("5 April at the earliest", "pause until 05 Apr"),
        # a month or a week that does not suit
        ("not in february", "pause from 01 Feb until 01 Mar"),
        ("in february", ""),
        ("not next week", "pause from 19 Jan until 26 Jan"),
        ("not on 5 April", ""),
        ("not in february, in march", ""),
        ("not until march", "pause until 01 Mar"),
        ("not by march", "pause until 01 Mar"),
        ("not last month", ""),
        ("not last month, in february", "pause from 01 Feb until 01 Mar"),
    ],
)
def test_offers_a_pause_to_who_says_when_they_are_away(text: str, pause: str) -> None:
    found = absence_in(text, WORDS, TODAY)
    assert (shown(found) if found else "") == pause
    assert found is None or found.words == text


def test_keeps_three_hundred_letters_of_what_was_said() -> None:
    long = f"away until 5 April {'x' * 300}"
    found = absence_in(long, WORDS, TODAY)
    assert found is not None
    assert found.words == long[:300]
    [requested] = heard_in(f"pause {'x' * 300}", WORDS, TODAY, asked_for_promise=False).requests
    assert len(requested.words) == 300


def test_takes_a_request_said_twice_for_one_in_its_last_words() -> None:
    again = Requested(kind=Wish.PAUSE, words="A break.")
    others = (
        Requested(kind=Wish.PAUSE, until=TODAY),
        Requested(kind=Wish.PAUSE, since=TODAY),
        Requested(kind=Wish.NEVER_WITH, name="Bob"),
        Requested(kind=Wish.NEVER_WITH, name="Tom"),
        Requested(kind=Wish.EVERY_WEEKS, weeks=1),
        Requested(kind=Wish.EVERY_WEEKS, weeks=2),
    )
    assert each_once([PAUSE, *others, again]) == (again, *others)
