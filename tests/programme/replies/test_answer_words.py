"""What a language's file of answers makes known: each table and list of it by itself, and a file without them."""

from __future__ import annotations

from typing import Any

import pytest

from peerpact.programme.commitments import Outcome
from peerpact.programme.replies.answer_words import AnswerWords, words_from
from peerpact.programme.replies.phrases import words_of
from peerpact.programme.requests import Wish

Tables = dict[str, Any]


def words(**tables: Tables) -> AnswerWords:
    return words_from("xx", tables)


@pytest.mark.parametrize(
    "empty",
    ["you", "out_of", "for_me", "common", "light", "exact_requests", "sentences"],
)
def test_knows_nothing_without_a_file_of_words(empty: str) -> None:
    assert not getattr(words(), empty)


def test_is_sure_of_nothing_that_no_file_says() -> None:
    dates = words().dates
    assert (words().negates_after, dates.day_first) == (False, False)
    assert not any((dates.months, dates.weekdays, dates.counts, dates.articles, dates.firm, dates.joiners))


@pytest.mark.parametrize(
    ("tables", "name", "known"),
    [
        ({"language": {"negates_after": True}}, "negates_after", True),
        ({"language": {"out_of_five": ["Of", "sur"]}}, "out_of", {"of", "sur"}),
        ({"lists": {"you": ["You", "thou"]}}, "you", {"you", "thou"}),
        ({"lists": {"for_me": ["me", "us"]}}, "for_me", {"me", "us"}),
        ({"requests": {"exact": {"met": ["We met"]}}}, "exact_requests", {("we", "met"): Wish.MET}),
        ({"language": {"common": ["I am", "Été"]}}, "common", {"i", "am", "ete"}),
        ({"answers": {"kept": ["I did", "done"]}}, "common", {"i", "did", "done"}),
        ({"answers": {"yes": ["yes"], "surely": ["sure"], "no": ["No", "no way"]}}, "common", {"way"}),
        ({"answers": {"yes": ["yes"]}, "language": {"common": ["yes"]}}, "common", {"yes"}),
        ({"numbers": {"one": 1}}, "common", {"one"}),
        ({"dates": {"counts": {"two": 2}}}, "common", {"two"}),
        ({"dates": {"until": ["till"], "months": [["jan"]]}}, "common", {"till", "jan"}),
        ({"answers": {"kept": ["did (it)", "harass*", "<they> …", "say …"]}}, "common", {"did", "it", "say"}),
        ({"answers": {"kept": ["done", "pick up"]}}, "light", {"done"}),
        ({"language": {"common": ["pick up"]}}, "light", {"pick", "up"}),
        ({"dates": {"end_of": ["end of"]}}, "light", {"end", "of"}),
        ({"lists": {"they": ["my partner"]}}, "light", {"my", "partner"}),
        ({"spelling": {"cant": "can not"}}, "light", {"can", "not"}),
    ],
)  # fmt: skip
def test_knows_what_a_table_says(tables: Tables, name: str, known: object) -> None:
    assert getattr(words(**tables), name) == known


@pytest.mark.parametrize(
    ("name", "listed", "known"),
    [
        ("months", [["Jan", "January"], ["Fév"]], {"jan": 1, "january": 1, "fev": 2}),
        ("weekdays", [["Mon"], ["Tue"]], {"mon": 0, "tue": 1}),
        ("counts", {"Deux": 2}, {"deux": 2}),
        ("unsure_months", ["May"], {"may"}),
        ("day_endings", ["th"], {"th"}),
        ("articles", ["The"], {"the"}),
        ("day_leads", ["Le"], {"le"}),
        ("recurring_leads", ["Le"], {"le"}),
        ("day_leads_on", ["Am"], {"am"}),
        ("alternatives", ["Or"], {"or"}),
        ("firm", ["By"], {"by"}),
        ("joiners", ["And"], {"and"}),
        ("unsure_next", ["Next"], {"next"}),
        ("day_first", True, True),
    ],
)
def test_knows_the_words_of_dates(name: str, listed: object, known: object) -> None:
    dates = words(dates={name: listed}).dates
    assert getattr(dates, name) == known
    assert not list(
        dates.phrases.everywhere(words_of("jan fev mon tue deux may th the le am or by and next"))
    )


@pytest.mark.parametrize(
    ("tables", "where", "text", "sort", "value"),
    [
        ({"answers": {"kept": ["done"]}}, "answers", "done", "outcome", Outcome.KEPT),
        ({"answers": {"partly": ["half"]}}, "answers", "half", "outcome", Outcome.PARTLY),
        ({"answers": {"not_yet": ["later"]}}, "answers", "later", "outcome", Outcome.NOT_YET),
        ({"answers": {"dropped": ["gone"]}}, "answers", "gone", "outcome", Outcome.DROPPED),
        ({"answers": {"maybe": ["perhaps"]}}, "answers", "perhaps", "maybe", None),
        ({"numbers": {"two": 2}}, "answers", "two", "number", 2),
        ({"requests": {"pause": ["a break"]}}, "requests", "a break", "wish", Wish.PAUSE),
        ({"next_round": {"stay": ["the same"]}}, "next_round", "the same", "wish", Wish.STAY),
        ({"promises": {"me": ["I will"]}}, "promises", "I will", "me", None),
        ({"promises": {"me": ["<i> will"]}, "lists": {"i": ["I", "we"]}}, "promises", "we will", "me", None),
        ({"answers": {"no": ["cannot"]}, "spelling": {"cannot": "can not"}}, "answers", "can not", "no", None),
    ],
)  # fmt: skip
def test_finds_the_phrases_of_a_table(
    tables: Tables, where: str, text: str, sort: str, value: object
) -> None:
    known = words(**tables)
    found = getattr(known, where).at(words_of(text, known.writing.spelling), 0)
    assert [(mark.sort, mark.value, mark.end) for mark in found] == [(sort, value, len(text.split()))]


def test_finds_phrases_of_sentences_and_dates_by_their_sort() -> None:
    known = words(sentences={"greetings": ["hello"], "same": ["as before"]}, dates={"until": ["till"]})
    assert {sort: phrases.begins(["as", "before"]) for sort, phrases in known.sentences.items()} == {
        "greetings": 0,
        "same": 2,
    }
    assert [mark.sort for mark in known.dates.phrases.at(["till"], 0)] == ["until"]
