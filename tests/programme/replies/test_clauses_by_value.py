"""Where sentences are cut into clauses, and what of numbers, names and days each has. In a language of few words."""

from __future__ import annotations

from datetime import date

import pytest

from peerpact.programme import languages
from peerpact.programme.replies.answer_words import words_from
from peerpact.programme.replies.clauses import Clause, Cutter
from peerpact.programme.replies.named import Promises, is_like, promises_of
from peerpact.programme.replies.phrases import Mark
from peerpact.programme.replies.spans import When

ANSWERS = {
    "yes": ["yes", "si"],
    "no": ["no"],
    "did": ["met", "asked", "saw"],
    "does": ["ask", "do"],
    "begun": ["began"],
    "drops": ["drop"],
    "fine": ["fine"],
    "not": ["not"],
    "and": ["and"],
    "but": ["but"],
    "because": ["because"],
    "if": ["if", "si"],
    "me": ["I"],
    "it": ["it"],
    "number_word": ["no", "item"],
    "out_of": ["out of"],
    "empty": ["well 2"],
    "almost": ["1 bit"],
    "units": ["pages"],
    "future": ["will"],
    "kept": ["done"],
    "partly": ["half", "1 of 2"],
}
XX = words_from(
    "xx",
    {
        "answers": ANSWERS,
        "numbers": {"first": 1, "the 1st": 1},
        "language": {"common": ["the my that was"]},
        "sentences": {"so": ["so then"]},
        "dates": languages.read("en", "answers")["dates"],
    },
)
PROMISES = ("Ask Tom about the budget plan", "Read the long report", "Call Ana")


def clauses(text: str, promises: tuple[str, ...] = PROMISES) -> list[Clause]:
    known = promises_of(promises, [XX])
    return Cutter(promises=known, on=date(2026, 1, 12), languages=[XX]).clauses(text, 7)


@pytest.mark.parametrize(
    ("word", "other", "alike"),
    [
        ("ab", "ab", True),
        ("a", "a", False),
        ("'tom'", "tom", True),
        ("budget", "budgetentwurf", True),  # a compound, from six letters on
        ("plant", "planters-to-be", False),
        ("ask", "asked", True),  # three letters, and two more
        ("ask", "asking", False),
        ("as", "asked", False),
        ("talk", "take", False),
        ("plans", "planned", True),  # four letters of seven
        ("coachs", "coached", True),
        ("list", "listening", False),  # four of nine
        ("report", "resort", False),
        ("spoken", "speak", False),
    ],
)
def test_tells_words_of_one_stem(word: str, other: str, *, alike: bool) -> None:
    assert is_like(word, other) is is_like(other, word) is alike


def test_knows_promises_by_words_that_no_other_has() -> None:
    promises = promises_of(
        ("Ask my Tom about IT", "the plans, do it met 12", "Asking the planner on Saw"), [XX]
    )
    assert promises.count == 3
    assert promises.texts[1] == ("the", "plans", "do", "it", "met", "12")
    assert promises.telling == (
        {"ask", "tom", "about", "it"},  # a verb of answers, a name, a word that is not common, a short form
        {"met"},  # "do" is too short to tell
        {"asking", "saw"},  # a capital amid a text is a name
    )
    assert promises.shared == {"ask", "tom", "about", "the", "plans", "met", "asking", "planner", "saw"}
    assert [promises.named_by(word) for word in ("asked", "met", "planning", "toms")] == [
        (1,),
        (2,),
        (),
        (1,),
    ]


def test_reads_five_hundred_signs_of_a_promise() -> None:
    [words] = promises_of(["ab " * 166 + "xyz"], [XX]).texts
    assert words[-1] == "xy"


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("yes, no", ["yes,", "no"]),
        ("done - no", ["done", "no"]),
        ("done ... no", ["done", "no"]),
        ("done.no", ["done.", "no"]),
        ("that (was)", ["that", "(", "was)"]),
        ("yes / no", ["yes", "no"]),
        (" , ", [","]),
        ("", []),
        ("done but not that", ["done", "but not that"]),
        ("done because that was my if", ["done", "because that was my if"]),
        ("that and that", ["that", "and that"]),
        ("1 done 2 no", ["1 done", "2 no"]),
        ("1 2 done", ["1 2 done"]),  # a number that nothing is said of yet
        ("1 yes 2 asked 3 fine", ["1 yes", "2 asked", "3 fine"]),
        ("1 began 2 not 3 drop", ["1 began", "2 not", "3 drop"]),
        ("1 will that 2 my", ["1 will that", "2 my"]),
        ("1 that 2 my", ["1 that 2 my"]),
        ("done 1 no 2", ["done 1 no", "2"]),
        ("1. done 2. no", ["1. done", "2. no"]),
        ("1) that 2) my", ["1) that", "2) my"]),  # items of a list
        ("1: that 2: my", ["1: that", "2: my"]),
        ("1) 2) my", ["1) 2) my"]),
        ("1) that 2: my", ["1) that 2: my"]),
        ("1) and 2) my", ["1)", "and 2) my"]),
        ("1 , that 2 , my", ["1 ,", "that 2 ,", "my"]),
        ("1 - that 2", ["1", "that 2"]),
        ("done 1 & 2. Tom was", ["done 1 & 2.", "Tom was"]),
        ("1 & 2. Tom", ["1 & 2.", "Tom"]),
        ("done 1 and 2. Tom was", ["done 1", "and 2.", "Tom was"]),
        ("done 2. Tom", ["done 2. Tom"]),  # it may be the next item's
        ("done 2.", ["done 2."]),
        ("that & 2. Tom", ["that & 2. Tom"]),
        ("item 1 done item 2 no", ["item 1 done", "item 2 no"]),
        ("#1 done #2 no", ["#1 done", "#2 no"]),
        ("1 done no 2 half", ["1 done", "no 2 half"]),  # no 2
        ("1 no 2 half", ["1 no", "2 half"]),
        ("1: no 2: half", ["1: no", "2: half"]),
        ("Tom yes report no", ["Tom yes", "report no"]),
        ("Tom yes budget no", ["Tom yes budget no"]),  # of one promise
        ("Tom done report no", ["Tom done report no"]),
        ("that yes report no", ["that yes report no"]),
        ("Tom yes that no", ["Tom yes that no"]),
    ],
)
def test_cuts_at_signs_joints_and_the_next_promise(text: str, parts: list[str]) -> None:
    assert [clause.text for clause in clauses(text)] == parts


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("1 done", [1]),
        ("3 done", [3]),
        ("4 done", []),
        ("0 done", []),
        ("03 done", [3]),
        ("003 done", []),
        ("first done", [1]),
        ("1-3 done", [1, 2, 3, 3]),
        ("1-9 done", [1, 2, 3]),
        ("1-10 done", [1]),
        ("2 – 3 done", [2, 3]),
        ("2-", [2]),
        ("2 pages", []),
        ("2 . pages", []),
        ("2,pages", []),
        ("2 my pages", [2]),
        ("2 out of 3 done", []),
        ("that 2 out of 3", []),
        ("out of my 3", [3]),
        ("3 that out of 5", [3]),
        ("well 2", []),
        ("1 bit done", []),  # a number in words that mean something is part of them
        ("the 1st done", [1]),
        ("1 of 2", []),
        ("1 half", [1]),
        ("2 January done", []),
    ],
)
def test_reads_numbers_that_are_of_promises(text: str, numbers: list[int]) -> None:
    marks = [mark for clause in clauses(text) for mark in clause.marks]
    assert sorted(m.value for m in marks if m.sort == "number" and isinstance(m.value, int)) == numbers


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Tom was that", ((0, 1),)),
        ("the budget plan was", ((0, 1), (1, 1), (2, 1))),  # three words in a row, common ones too
        ("the - long - report", ((0, 2), (2, 2), (4, 2))),
        ("the long that", ((1, 2),)),
        ("call Ana", ((0, 3), (1, 3))),
        ("12 that", ()),
    ],
)
def test_finds_the_words_that_name_a_promise(text: str, names: tuple[tuple[int, int], ...]) -> None:
    joined = [c.names for c in clauses(text.replace(" - ", ' " '))]
    assert joined == [names]


def test_knows_a_promise_of_three_words_by_all_of_them() -> None:
    names = [[c.names for c in clauses("the my that was", (text,))] for text in ("The my that", "The my")]
    assert names == [[((0, 1), (1, 1), (2, 1))], [()]]


@pytest.mark.parametrize(
    ("text", "sorts"),
    [
        ("ask that", ["does"]),
        ("ask Tom about", []),  # the promise's own words
        ("I asked that", ["me", "did"]),
        ("I read the long report", ["me"]),
        ("if Tom", ["if"]),
        ("if", []),
        ("if 2", ["number"]),
        ("si", ["yes", "yes"]),  # alone it is the yes of Spanish
        ("si 2", ["number", "yes", "yes"]),
        ("si that", ["if", "yes"]),
        ("by Monday", []),
    ],
)
def test_marks_what_is_neither_a_promises_nor_a_days(text: str, sorts: list[str]) -> None:
    assert sorted(m.sort for c in clauses(text) for m in c.marks) == sorted(sorts)


def test_takes_a_promises_verb_right_behind_i_for_what_was_done() -> None:
    [told], [not_told] = (
        clauses(text, ("Saw the plank now",)) for text in ("I saw the plank", "then saw the plank")
    )
    assert told.has("did")
    assert not not_told.has("did")


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ('that "my" was', [(1, 3)]),
        ("that „my ‚ was", [(1, 3)]),
        ("“my that was”", [(0, 4)]),
        ("«my that was the»", []),
        ('""', []),
        ('that "', []),
        ('"my" that "was"', [(0, 2), (4, 6)]),
    ],
)
def test_finds_short_quotes(text: str, quoted: list[tuple[int, int]]) -> None:
    assert [pair for clause in clauses(text) for pair in clause.quoted] == quoted


def test_counts_places_from_a_clauses_own_start() -> None:
    first, second = clauses('Done. But "My" Tom was asked by Friday 16 January?')
    assert (first.text, first.capitals, first.opens_with, first.sentence) == ("Done.", {0}, "", 7)
    assert second.words[:4] == ("but", '"', "my", '"')
    assert second.capitals == {0, 2, 4, 8, 10}
    assert (second.quoted, second.names, second.opens_with) == (((1, 3),), ((4, 1), (6, 1)), "but")
    assert [(w.start, w.end) for w in second.dates] == [(7, 11)]
    assert [(m.start, m.end, m.sort) for m in second.marks] == [(0, 1, "but"), (6, 7, "did")]
    assert first.is_asked
    assert second.is_asked


@pytest.mark.parametrize(
    ("text", "asked"), [("done?", True), ("done? x", True), ("done? xy", False), ("done? that", False)]
)
def test_tells_a_question_by_its_end(text: str, *, asked: bool) -> None:
    assert all(clause.is_asked is asked for clause in clauses(text))


def clause(words: str, *marks: Mark, **more: object) -> Clause:
    return Clause(words=tuple(words.split()), marks=marks, language=XX, sentence=0, **{"dates": (), **more})  # type: ignore[arg-type]


def test_tells_what_it_has_and_where() -> None:
    one = clause("so then was 3 , x", Mark(1, 2, "it"), Mark(3, 4, "number", 3))
    assert (one.places("it", "number"), one.places("no")) == ([1, 3], [])
    assert (one.has("no", "it"), one.has("no")) == (True, False)
    assert (one.before(2, "it"), one.before(1, "it"), one.before(2, "number")) == (True, False, False)
    assert (one.begins("so"), one.begins("other"), clause("then so").begins("so")) == (True, False, False)
    assert one.sense == [0, 1, 2, 3, 5]


def test_knows_what_is_covered_and_what_is_unknown() -> None:
    one = clause(
        "bridge wall was door x gate roof",
        Mark(0, 1, "did"),
        names=((1, 1),),
        dates=(When(start=5, end=6),),
    )
    assert one.covered == {0, 1, 5}
    assert one.unknown == [3, 6]


@pytest.mark.parametrize("sort", ["it", "things", "number", "all", "none", "rest"])
def test_is_about_a_promise_by_a_word_for_it(sort: str) -> None:
    assert clause("that", Mark(0, 1, sort)).is_about_it
    assert clause("that", names=((0, 1),)).is_about_it
    assert not clause("that", Mark(0, 1, "did")).is_about_it


@pytest.mark.parametrize(
    ("marks", "tense", "ahead"),
    [
        ((), "", False),
        ((), "past", False),
        ((), "future", True),
        ((Mark(0, 1, "future"),), "", True),
        ((Mark(0, 1, "future"), Mark(0, 1, "did")), "", False),  # it may be either
        ((Mark(0, 1, "future"), Mark(1, 2, "did")), "", True),
    ],
)
def test_looks_ahead(marks: tuple[Mark, ...], tense: str, *, ahead: bool) -> None:
    dates = (When(start=2, end=3, tense=tense),)
    assert clause("will ask Monday", *marks, dates=dates).looks_ahead is ahead


@pytest.mark.parametrize(
    ("marks", "said", "tense", "has"),
    [
        ((), "by", "future", True),
        ((), "until", "", True),
        ((), "by", "past", False),
        ((), "from", "future", False),
        ((Mark(0, 1, "by"), Mark(1, 2, "outcome")), "", "", True),
        ((Mark(1, 2, "by"), Mark(0, 1, "outcome")), "", "", False),
        ((Mark(0, 1, "by"), Mark(1, 2, "yes")), "", "", False),
    ],
)
def test_has_a_deadline(marks: tuple[Mark, ...], said: str, tense: str, *, has: bool) -> None:
    dates = (When(start=2, end=3, said=said, tense=tense),)
    assert clause("by done Monday", *marks, dates=dates).has_deadline is has


YY = words_from("yy", {"language": {"common": ["und das war was"]}, "answers": {"no": ["nein"]}})


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("that was", "xx"),
        ("das war", "yy"),
        ("nein", "yy"),
        ("that bridge", "xx"),  # half of it is known
        ("that bridge und das", "yy"),
        ("that was und das !!!", "xx"),  # signs are no words
        ("bridge", "xx"),
        ("12 !", "xx"),
    ],
)
def test_reads_a_part_in_the_language_that_knows_its_words(text: str, language: str) -> None:
    both = Cutter(promises=Promises(), on=date(2026, 1, 12), languages=[XX, YY])
    assert both.language_of(text).language == language
    assert Cutter(promises=Promises(), on=date(2026, 1, 12), languages=[XX]).language_of(text) is XX
