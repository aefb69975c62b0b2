"""What one clause says about a promise, in a small language of our own: one step on each side of every rule."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from by_clause import clause_of

from peerpact.programme.replies.answer_words import AnswerWords, words_from
from peerpact.programme.replies.signs import is_elsewhere, is_negated, signs_of

FILE: dict[str, Any] = {
    "language": {"common": ["the", "to", "by", "until", "on", "next", "last", "since", "from", "soon"]},
    "lists": {"particles": ["ja"]},
    "answers": {
        "kept": ["done", "out of the way", "all set", "i have", "i hath", "i took", "am"],
        "partly": ["half"],
        "begun": ["begun", "under way"],
        "not_yet": ["forgot", "open", "not once", "moved", "nothing came"],
        "dropped": [
            "forgot", "scrap", "over with", "not ever", "not any more", "not done ever", "is gone", "is done with",
        ],
        "drops": ["cancelled"],
        "did": ["sent", "met", "done", "filed"],
        "does": ["send", "ask"],
        "yes": ["yes", "ja"],
        "surely": ["sure"],
        "fine": ["ok"],
        "no": ["no", "no way", "nay"],
        "not": ["not", "no"],
        "none": ["none"],
        "almost": ["nearly"],
        "future": ["will"],
        "must": ["must"],
        "wish": ["hope"],
        "if": ["if"],
        "maybe": ["perhaps"],
        "by": ["by"],
        "me": ["i", "ive"],
        "they": ["she"],
        "it": ["it"],
        "things": ["promise"],
        "rest": ["rest"],
        "only": ["only"],
        "also": ["also"],
        "has": ["has", "hath"],
        "aux": ["was", "has", "have", "is", "am", "ive"],
        "unreal": ["would"],
        "number_word": ["number"],
        "empty": ["problem"],
        "units": ["hour"],
        "praise": ["great"],
        "out_of": ["of our"],
    },
    "numbers": {"first": 1},
    "promises": {"absences": ["away"], "mails": ["mail it done", "done mails", "mails"], "unread": ["inbox"]},
    "dates": {
        "until": ["until"], "by": ["by"], "on": ["on"], "since": ["since"], "from": ["from"], "soon": ["soon"],
        "next": ["next"], "last": ["last"], "week": ["week"], "today": ["today"], "weekdays": [["monday"]],
        "counts": {"two": 2, "three": 3}, "articles": ["the", "of"],
    },
}  # fmt: skip
TABLE = (Path(__file__).parent / "signs.tsv").read_text(encoding="utf-8").splitlines()
ROWS = [tuple(line.split("\t")) for line in TABLE if line and not line.startswith("#")]
WORDS = words_from("xx", FILE)
BEHIND = words_from("xx", FILE | {"language": FILE["language"] | {"negates_after": True}})
"""The same where a "not" comes behind what it denies."""


def said(text: str, words: AnswerWords = WORDS) -> str:
    """Return the signs of a clause; a question mark at its end says that it is asked."""
    clause = clause_of(text.rstrip("?"), words, names=["report", "ask", "filed"], is_asked=text.endswith("?"))
    return " ".join(sorted(sign.name.lower() for sign in signs_of(clause)))


@pytest.mark.parametrize(("text", "signs"), ROWS)
def test_tells_what_a_clause_says(text: str, signs: str) -> None:
    assert said(text) == signs


@pytest.mark.parametrize(
    ("text", "before", "behind"),
    [
        ("not xy done", "not_yet", "not_yet"),
        ("done not", "not_yet", "not_yet"),
        ("done xy not", "kept", "not_yet"),
        ("done xy none", "kept no", "no not_yet"),
        ("sent it xy not", "did", "not_yet"),
        ("done open", "kept not_yet", "not_yet"),
        ("great xy not", "praise", ""),
        ("great not", "no", "no"),
        ("scrap xy not", "dropped", "doubt"),
        ("open xy not", "not_yet", "doubt"),
    ],
)
def test_a_not_denies_what_is_behind_it_and_in_some_languages_what_is_before(
    text: str, before: str, behind: str
) -> None:
    assert (said(text), said(text, BEHIND)) == (before, behind)


@pytest.mark.parametrize(
    ("text", "place", "negated"),
    [
        ("not done", 1, True),
        ("done not", 0, True),
        ("done xy not", 0, False),
        ("no i done", 2, False),
        ("", 0, False),
    ],
)
def test_is_negated_by_a_not_up_to_right_behind_it(text: str, place: int, *, negated: bool) -> None:
    assert is_negated(clause_of(text, WORDS), place) is negated


@pytest.mark.parametrize(
    ("text", "elsewhere"),
    [
        ("away", True),
        ("xy away", True),
        ("mails", True),
        ("mails done", False),
        ("mails report", False),
        ("xy", False),
    ],
)
def test_is_elsewhere_who_is_away_or_speaks_of_mails(text: str, *, elsewhere: bool) -> None:
    assert is_elsewhere(clause_of(text, WORDS, names=["report"])) is elsewhere


MORE = words_from(
    "xx",
    FILE
    | {
        "lists": {"beside": ["with"]},
        "answers": FILE["answers"]
        | {
            "kept": [*FILE["answers"]["kept"], "is through", "it worked"],
            "all": ["everything"],
            "not": [*FILE["answers"]["not"], "no way"],
            "stands": ["stands"],
            "number_word": ["number", "item"],
        },
        "promises": FILE["promises"] | {"now": ["now"], "doing": ["show"]},
        "sentences": {"since": ["since"]},
    },
)


@pytest.mark.parametrize(
    ("text", "signs"),
    [
        # a promise's number and a day that was, or what comes next
        ("first last week", "kept"),
        ("number first last week", "kept"),
        ("last week", ""),
        ("number last week", ""),
        ("first last week xy", ""),
        ("first monday", "date"),
        ("first last week , monday", "date"),
        ("first", ""),
        ("not first last week", "no"),
        ("first also last week", ""),
        ("first next", "plan"),
        ("number next", "plan"),
        ("first next xy zz yy", "plan"),
        ("item first next xy zz yy", "plan"),
        ("first next xy zz yy ww", ""),
        ("first xy zz", ""),
        ("next xy", ""),
        ("done first next", "kept"),
        # what the writer does on a day
        ("report show monday", "plan"),
        ("report now monday", "plan"),
        ("report monday", "date"),
        ("show monday", "date"),
        ("report she show monday", "date"),
        ("report not show monday", "no"),
        ("report met show monday", "date"),
        # a promise that stands
        ("first stands", "kept"),
        ("first xy stands", "kept"),
        ("stands", ""),
        ("item stands", ""),
        ("stands first", ""),
        ("first stands xy", ""),
        ("first not stands", "no"),
        # all else is cancelled
        ("everything cancelled", ""),
        ("everything xy cancelled", ""),
        ("rest cancelled", ""),
        ("rest cancelled xy", "dropped"),
        ("i everything cancelled", "dropped"),
        ("it rest cancelled", "dropped"),
        ("everything was cancelled", ""),
        ("cancelled everything", "dropped"),
        # who did it, and with whom
        ("ravi sent it", ""),
        ("with ravi sent it", "did"),
        ("xy with ravi sent it", "did"),
        ("the ravi sent it", "did"),
        ("the Ravi sent it", ""),
        ("kim is gone", ""),
        ("kim is done with", ""),
        ("kim over with", "dropped"),
        ("kim forgot", "not_yet"),
        ("kim out of the way", "doubt"),
        ("kim is through", "kept"),
        ("kim it worked", "kept"),
        ("filed has it", "kept"),
        ("no way xy zz yy ww", "no"),
        ("not ever xy xy xy", ""),
        ("not ever xy xy", "dropped"),
    ],
)
def test_tells_a_bare_number_s_day_who_it_was_and_what_stands(text: str, signs: str) -> None:
    assert said(text, MORE) == signs


@pytest.mark.parametrize(
    ("text", "opens_with", "signs"),
    [
        ("since i sent", "because", ""),
        ("since i sent", "", "did"),
        ("since i sent", "but", "did"),
        ("i sent", "because", "did"),
        ("i sent since", "because", "did"),
    ],
)
def test_takes_since_before_what_was_done_for_a_time(text: str, opens_with: str, signs: str) -> None:
    clause = replace(clause_of(text, MORE), opens_with=opens_with)
    assert " ".join(sign.name.lower() for sign in signs_of(clause)) == signs
