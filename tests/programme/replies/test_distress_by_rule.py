"""What sorts of words mean together, each rule at its reach and one word beyond; and small sentences of distress."""

from __future__ import annotations

from collections import defaultdict

import pytest

from peerpact.programme.replies.distress import (
    Distress,
    _holds,
    _is_beside,
    _is_kind,
    _judged,
    _languages,
    _Sentence,
    distress_in,
    figures_of,
    things_of,
    tongues_of,
)
from peerpact.programme.replies.phrases import Mark, words_of


def sentence(said: str) -> _Sentence:
    """Return a sentence of which each word is a mark of its own sort, and of several where ``+`` joins them."""
    marks: dict[str, list[Mark]] = defaultdict(list)
    words = said.split()
    for at, word in enumerate(words):
        for sort in word.split("+"):
            marks[sort].append(Mark(at, at + 1, sort))
    return _Sentence(words=tuple(words), marks=marks)


@pytest.mark.parametrize(
    ("said", "distress"),
    [
        ("x sure x", Distress.SURE),
        ("strong", Distress.SURE),
        ("suffer_hard", Distress.SURE),
        ("despair", Distress.SURE),
        ("despair thing", Distress.NEAR),
        ("named", Distress.SURE),
        ("x x x named", Distress.SURE),
        ("x x x x named", Distress.NEAR),
        ("x x x x named topic", Distress.NONE),
        ("near", Distress.NEAR),
        ("near topic", Distress.NONE),
        ("call me slur", Distress.SURE),
        ("act me they", Distress.SURE),
        ("act x x x me they", Distress.SURE),
        ("act x x x x x me", Distress.NONE),
        ("passive act they", Distress.SURE),
        ("act passive they", Distress.NONE),
        ("fear person", Distress.SURE),
        ("person fear", Distress.NEAR),
        ("they object", Distress.NEAR),
        ("object they", Distress.NONE),
        ("group they deny", Distress.SURE),
        ("group deny", Distress.NEAR),
        ("act", Distress.NONE),
        ("they me my i", Distress.NONE),
    ],
)
def test_judges_by_the_sorts_that_stand_together(said: str, distress: Distress) -> None:
    assert _judged(sentence(said)) is distress


@pytest.mark.parametrize(
    ("needed", "said", "is_beside"),
    [
        ("b:0", "a b", True),
        ("b:0", "b a", True),
        ("b:0", "a x b", False),
        ("b:1", "a x b", True),
        ("b:1", "b x a", True),
        ("b:1", "a x x b", False),
        ("b:0", "a+b", True),
        ("<b:1", "b x a", True),
        ("<b:1", "a x b", False),
        ("<b:1", "a+b", False),
        (">b:1", "a x b", True),
        (">b:1", "b a b", True),
        (">b:1", "b x a", False),
        (">b:1", "b a", False),
        (">b:1", "a+b", False),
        ("b:1", "b x x x a x b", True),
        ("c:9", "a b", False),
    ],
)
def test_looks_so_many_words_away_and_to_the_side_that_is_told(
    needed: str, said: str, *, is_beside: bool
) -> None:
    said_so = sentence(said)
    assert _is_beside(needed, said_so.marks["a"][0], said_so) is is_beside


def test_takes_what_a_longer_mark_holds_behind_its_first_word_for_what_is_behind() -> None:
    inside = _Sentence(words=("a", "b"), marks={"b": [Mark(1, 2, "b")]})
    assert _is_beside(">b:0", Mark(0, 2, "a"), inside)
    assert not _is_beside("<b:0", Mark(0, 2, "a"), inside)


def test_looks_past_a_name_on_the_other_side_in_whichever_order_they_were_found() -> None:
    """Names are found after the other words for people."""
    found = _Sentence(words=("b", "a", "b"), marks={"b": [Mark(2, 3, "b"), Mark(0, 1, "b")]})
    assert _is_beside("<b:1", Mark(1, 2, "a"), found)


LANGUAGES = {language.code: language for language in _languages()}


@pytest.mark.parametrize(
    ("code", "kind", "me", "is_kind"),
    [
        ("en", 0, 1, True),
        ("en", 0, 2, True),
        ("en", 0, 3, False),
        ("en", 1, 0, False),
        ("fr", 1, 0, True),
        ("fr", 3, 0, True),
        ("fr", 4, 0, False),
        ("fr", 0, 1, False),
        ("de", 9, 0, True),
        ("de", 0, 9, True),
    ],
)
def test_knows_a_friendly_verb_where_its_language_has_the_verb(
    code: str, kind: int, me: int, *, is_kind: bool
) -> None:
    marks = [Mark(kind, kind + 1, "kind")]
    assert _is_kind(Mark(me, me + 1, "me"), marks, LANGUAGES[code]) is is_kind
    assert not _is_kind(Mark(me, me + 1, "me"), [], LANGUAGES[code])


@pytest.mark.parametrize(
    ("rule", "said", "holds"),
    [
        ("a", "a", True),
        ("a", "b", False),
        ("a !c", "a c", False),
        ("a b:1 !c", "a b", True),
        ("a b:1 !c", "a b c", False),
        ("a b:1 d:1", "d a b", True),
        ("a b:1 d:1", "a b x d", False),
        ("a b:1 d:1", "a b x x d a", False),
        ("a b:1", "a x x x a b", True),
        ("a alone", "a , x x x !", True),
        ("a alone", "a , x x x x", False),
        ("a alone", "x", False),
    ],
)
def test_holds_where_one_mark_has_everything_beside_it(rule: str, said: str, *, holds: bool) -> None:
    assert _holds(rule, sentence(said)) is holds


@pytest.mark.parametrize(
    ("text", "distress"),
    [
        ("The deadline scares me", Distress.NONE),
        ("The deadline scares me, he says", Distress.NONE),
        ("He scares me, the deadline does not", Distress.SURE),
        ("I am terrified of Excel", Distress.NEAR),
        ("I am terrified of Bernard", Distress.SURE),
        ("I am terrified of bernard", Distress.NEAR),
        ("I am terrified of Monday", Distress.NEAR),
        ("I am terrified of ABC", Distress.NEAR),
        ("I am terrified of Bo", Distress.NEAR),
        ("He touched the wall. Me too", Distress.NONE),
        ("He touched; me too", Distress.NONE),
        ("He helped me", Distress.NONE),
        ("He embarrassed me", Distress.NEAR),
        ("Il m'a touchée", Distress.SURE),
        ("Er hat mich angefasst", Distress.SURE),
        ("Yesterday Bernard touched me", Distress.SURE),
        ("Yesterday bernard touched me", Distress.NONE),
        ("It was against - my will", Distress.SURE),
        ("Honestly, the deadline scares me", Distress.NONE),
        ("The report touched me", Distress.NONE),
        ("The report touched my leg", Distress.SURE),
        ("He coached me", Distress.NONE),
        ("He zapped me", Distress.NEAR),
        ("Il me félicite", Distress.NONE),
        ("Il me fatigue", Distress.NEAR),
        ("Ella me ayuda", Distress.NONE),
        ("Ella me zapa", Distress.NEAR),
        ("", Distress.NONE),
    ],
)
def test_hears_who_does_it_to_whom(text: str, distress: Distress) -> None:
    assert distress_in(text) is distress


def test_is_sure_of_what_comes_near_three_times() -> None:
    once = "I do not want to work with him. "
    assert distress_in(once) is distress_in(once * 2) is Distress.NEAR
    assert distress_in(once * 3) is Distress.SURE


@pytest.mark.parametrize(
    ("text", "spoken"),
    [
        ("I will ask my boss tomorrow", ("en",)),
        ("Ich frage morgen meinen Chef", ("de",)),
        ("", ("de", "en", "es", "fr")),
        ("12 %", ("de", "en", "es", "fr")),
    ],
)
def test_tells_the_languages_that_a_text_may_be_in(text: str, spoken: tuple[str, ...]) -> None:
    assert tongues_of(text) == spoken


def test_knows_no_figures_and_no_things_of_a_language_without_words_of_distress() -> None:
    for phrases in (figures_of, things_of):
        assert not list(phrases("xx").everywhere(words_of("the deadline is killing it")))
    assert list(things_of("en").everywhere(["deadline"]))
    assert list(figures_of("en").everywhere(["killing", "it"]))
