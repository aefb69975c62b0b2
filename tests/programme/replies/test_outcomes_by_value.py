"""Which promise each clause is about, and the outcomes that come of it. By value, with clauses written by hand.

"1=kept" is certain, "1=kept? (doubt)" is not, and why; what is unclear in all comes behind a semicolon.
"""

from __future__ import annotations

from pathlib import Path

import pytest
import written

from peerpact.programme import languages
from peerpact.programme.replies.outcomes import answered


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written.drop_in(tmp_path)
    monkeypatch.setattr(languages, "FOLDER", tmp_path)


def said(text: str, count: int) -> str:
    found = answered(written.clauses_of(text), count)
    assert found.outcomes == {n: f.outcome for n, f in sorted(found.found.items()) if f.is_certain}
    told = [
        f"{n}={f.outcome.value if f.outcome else 'none'}" + ("" if f.is_certain else f"? ({f.against})")
        for n, f in sorted(found.found.items())
    ]
    return "; ".join(part for part in (" ".join(told), found.unclear) if part)


DOUBT = "1=kept? (doubt); contradicting"
NOT_SURE = "1=not yet? (not sure); contradicting"


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("done:kept", "1=kept"),
        ("2:number done:kept", "1=kept"),
        ("rest:rest done:kept", "1=kept"),
        ("out_of:out_of done:kept", "1=kept"),
        ("that", "unknown"),
        ("bridge", "unknown"),
    ],
)
def test_takes_all_for_said_of_a_single_promise(text: str, outcome: str) -> None:
    assert said(text, 1) == outcome


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("will:future bridge / May@future", NOT_SURE),  # another plan's day
        ("bridge / May@future", NOT_SURE),
        ("that / May@future", "1=not yet"),  # nothing is before it: the promise's own
        ("will:future bridge // May@future", "1=not yet"),  # in another sentence
        ("will:future budget* / May@future", "1=not yet"),  # the plan is of the promise
        ("it:it bridge / May@future", "1=not yet"),
        ("1:number bridge / May@future", "1=not yet"),
        ("will:future bridge / 1:number May@future", "1=not yet"),  # so is the day
        ("yes:yes bridge / May@future", "1=not yet? (words that say something else); contradicting"),
    ],
)
def test_gives_a_bare_day_to_the_plan_before_it(text: str, outcome: str) -> None:
    assert said(text, 1) == outcome


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("away / May@future", "unknown"),
        ("away / 1:number May@future", "1=not yet"),
        ("away / budget* May@future", "1=not yet"),
        ("that / May@future", "1=not yet"),
    ],
)
def test_takes_an_absences_day_for_no_plan(text: str, outcome: str) -> None:
    assert said(text, 1) == outcome


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("done:kept / maybe:maybe", DOUBT),
        ("maybe:maybe / done:kept", DOUBT),
        *((f"done:kept / hm:{sort}", DOUBT) for sort in ("wish", "believed", "irony", "more", "other")),
        ("done:kept / if:if", "1=kept? (condition); contradicting"),
        ("done:kept // irony:irony", DOUBT),
        ("done:kept // that that laughs:laughs", DOUBT),  # few words, and a laugh
        ("done:kept that that // that laughs:laughs", "1=kept"),
        ("budget* May@future / wish:wish", "1=not yet"),  # hopes to do it, so hasn't
        ("budget* May@future / wish:wish nice:praise", "1=not yet"),
        ("budget* May@future / wish:wish no:no", "1=not yet"),
        ("budget* May@future / wish:wish maybe:maybe", "1=not yet? (doubt); contradicting"),
        ("budget* May@future done:kept / wish:wish", "1=not yet? (doubt); contradicting"),
        ("budget* May@future / wish:wish yes:yes", "1=not yet? (doubt); contradicting"),
        ("no:no / wish:wish", "1=not yet"),
    ],
)
def test_doubts_what_is_said_in_doubt(text: str, outcome: str) -> None:
    assert said(text, 1) == outcome


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("1:number done:kept / 2:number maybe:maybe no:no", "1=kept 2=not yet"),  # the doubt is of 2
        ("1:number done:kept / but:but 2:number maybe:maybe no:no", "1=kept 2=not yet"),
        ("1:number maybe:maybe / but:but 2:number done:kept", "1=none? (doubt) 2=kept; contradicting"),
        ("1:number done:kept // 2:number maybe:maybe no:no", "1=kept 2=not yet"),
        ("1:number maybe:maybe // 2:number done:kept", "1=none? (doubt) 2=kept; contradicting"),
        ("1:number done:kept / if:if / 2:number no:no", "1=kept? (condition) 2=not yet; contradicting"),
        ("1:number done:kept / but:but 2:number if:if no:no", "1=kept 2=not yet"),
        (
            "1:number done:kept / irony:irony / but:but 2:number done:kept",
            "1=kept? (doubt) 2=kept? (doubt); contradicting",
        ),
    ],
)
def test_doubts_a_sentence_up_to_its_but_and_with_irony_all(text: str, outcome: str) -> None:
    assert said(text, 2) == outcome


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("must:must / but:but met:did", DOUBT),
        ("wish:wish // that", "1=none? (doubt); contradicting"),
        ("must:must / but:but that / met:did", DOUBT),
        ("must:must / met:did", "1=kept"),
        ("that / but:but met:did", "1=kept"),
        ("must:must // but:but met:did", "1=kept"),  # in another sentence
        ("must:must // that / but:but met:did", "1=kept"),
        ("must:must / but:but no:no", "1=not yet"),
        ("must:must / but:but half:partly", "1=partly"),
        ("wish:wish / budget* May@future / but:but met:did", DOUBT),
        ("must:must yes:yes / but:but met:did", "1=kept"),  # it says something itself
    ],
)
def test_doubts_what_came_between(text: str, outcome: str) -> None:
    """As the fire drill that happened in "I had to, but then the fire drill happened"."""
    assert said(text, 1) == outcome


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("no:no / bridge was:aux off:dropped", "1=none? (doubt); contradicting"),
        ("no:no / the off:dropped", "1=dropped"),
        ("no:no that:it / yes:yes / bridge was:aux off:dropped", "1=kept? (doubt); contradicting"),
        ("yes:yes / bridge was:aux off:dropped", "1=kept"),
    ],
)
def test_doubts_a_no_beside_an_end_that_was_not_read_as_one(text: str, outcome: str) -> None:
    assert said(text, 1) == outcome


BOTH = "1=partly? (contradicting); contradicting"


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("met:did / no:no rest:rest", "1=partly"),
        ("done:kept / no:no rest:rest", BOTH),
        ("done:kept / not:not rest:rest", BOTH),
        ("no:no rest:rest", "1=not yet"),
        ("no:no rest:rest / done:kept", "1=not yet? (contradicting); contradicting"),
        ("done:kept / no:no rest:rest / no:no that", "1=not yet? (contradicting); contradicting"),
        ("done:kept / no:no", "1=not yet? (contradicting); contradicting"),
        ("done:kept / rest:rest", DOUBT),
        ("met:did / more:goes_on", DOUBT),
        ("met:did / rest:rest also:also", "1=kept"),
        ("met:did / rest:rest done:kept", "1=kept"),
        ("met:did / rest:rest no:surely", DOUBT),
        ("half:partly done:kept / rest:rest", "1=partly"),  # a part is said to be one
        ("yes:yes / rest:rest", "1=kept"),
        ("done:kept except:except bridge", DOUBT),
    ],
)
def test_does_not_take_the_part_for_the_whole_where_a_rest_is_left(text: str, outcome: str) -> None:
    assert said(text, 1) == outcome


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("1:number done:kept", "1=kept"),
        ("1:number done:kept / 2:number no:no", "1=kept 2=not yet"),
        ("budget*1 done:kept / report*2 no:no", "1=kept 2=not yet"),
        ("budget*1 2:number done:kept", "2=kept"),  # a number is surer than a name
        ("2:number 2:number done:kept", "2=kept"),
        ("3:number done:kept", "which"),
        ("last:last done:kept / 1:number no:no", "1=not yet 2=kept"),
        ("last:last 1:number done:kept", "1=kept"),
        ("1:number done:kept / rest:rest no:no", "1=kept 2=not yet"),
        ("budget*1 done:kept rest:rest", "1=kept"),
        ("one yes:yes / rest:rest no:no", "which"),
        ("all:all done:kept", "1=kept 2=kept"),
        ("none:none", "1=not yet 2=not yet"),
        ("all:all 1:number done:kept", "1=kept"),
        ("all:all not:not done:kept", "1=none? (doubt) 2=none? (doubt); contradicting"),  # not all
        ("all:all that not:not done:kept", "1=not yet 2=not yet"),
        ("all:all done:kept / 1:number no:no", "1=not yet? (another was not named); contradicting"),
        (
            "nice:praise 1:number / all:all done:kept",
            "1=kept 2=kept",
        ),  # praise says of no promise what became of it
        ("done:kept", "which"),
        ("maybe:maybe", "which"),
        ("that", "unknown"),
        ("1:number that", "unknown"),
    ],
)
def test_gives_each_clause_to_the_promises_that_it_names(text: str, outcome: str) -> None:
    assert said(text, 2) == outcome


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("that out_of:out_of done:kept", "contradicting"),
        ("1:number out_of:out_of done:kept", "1=kept"),
        ("1:number that / out_of:out_of done:kept", "contradicting"),
        ("1:number done:kept / out_of:out_of no:no", "contradicting"),
        ("1:number done:kept / out_of:out_of", "1=kept"),
    ],
)
def test_asks_which_of_them_one_of_two_is(text: str, outcome: str) -> None:
    assert said(text, 2) == outcome


@pytest.mark.parametrize(
    ("count", "text", "outcome"),
    [
        (2, "yes:yes / no:no", "1=kept 2=not yet"),
        (2, "yes:yes / off:dropped", "1=kept 2=dropped"),
        (3, "yes:yes / no:no / yes:yes", "1=kept 2=not yet 3=kept"),
        (3, "yes:yes / no:no", "which"),
        (2, "yes:yes / no:no / that", "which"),
        (2, "yes:yes / no:no / .", "1=kept 2=not yet"),
        (2, "yes:yes / half:partly", "which"),
        (2, "yes:yes / no:no maybe:maybe", "which"),
        (2, "yes:yes that / no:no", "1=kept 2=not yet"),
        (2, "yes:yes that that / no:no", "which"),
        (2, "yes:yes that:it / no:no", "which"),
        (2, "yes:yes that:things / no:no", "which"),
        (2, "1:number yes:yes / no:no", "1=not yet? (contradicting); contradicting"),
        (2, "yes:yes / yes:yes", "which"),
        (2, "yes:yes / and:and yes:yes", "1=kept 2=kept"),
        (2, "yes:yes / and:and done:kept", "which"),
        (3, "yes:yes / yes:yes / yes:yes", "1=kept 2=kept 3=kept"),
        (3, "yes:yes / yes:yes / done:kept", "which"),
    ],
)
def test_reads_as_many_bare_answers_as_promises_in_order(count: int, text: str, outcome: str) -> None:
    assert said(text, count) == outcome


UNSURE = "1=none? (doubt) 2=none? (doubt); contradicting"


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("all:all done:kept except:except 2:number", "1=kept 2=not yet"),
        ("all:all except:except 2:number", "1=kept 2=not yet"),
        ("done:kept / except:except 2:number", "1=kept 2=not yet"),
        ("done:kept // all:all except:except 2:number", "1=kept 2=not yet"),
        ("all:all yes:yes except:except 1:number / no:no", "1=not yet 2=kept"),
        ("all:all except:except 1:number / that half:partly", "1=partly 2=kept"),
        ("except:except 2:number", UNSURE),
        ("all:all except:except bridge", UNSURE),
        ("all:all no:no except:except 2:number", UNSURE),
        ("all:all half:partly except:except 2:number", UNSURE),
        ("no:no / all:all except:except 2:number", UNSURE),
        ("no:no // except:except 2:number", UNSURE),
        ("done:kept // except:except 2:number", UNSURE),
    ],
)
def test_reads_all_except_one(text: str, outcome: str) -> None:
    assert said(text, 2) == outcome


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("1:number / 2:number / 3:number done:kept", "1=kept 2=kept 3=kept"),
        ("1:number / and:and 2:number done:kept", "1=kept 2=kept"),
        ("1:number that / and:and 2:number done:kept", "1=kept 2=kept"),
        ("1:number that / 2:number done:kept", "2=kept; contradicting"),  # it says more than a number
        ("item:number_word 1:number / 2:number done:kept", "1=kept 2=kept"),
        ("1:number / but:but 2:number done:kept", "2=kept; contradicting"),
        ("1:number . / 2:number done:kept", "2=kept; contradicting"),
        ("1:number // 2:number done:kept", "2=kept; contradicting"),
        ("1:number / 2:number / that done:kept", "1=kept 2=kept"),
        ("1:number done:kept / 2:number / no:no", "1=kept 2=not yet"),
        ("done:kept 1:number / and:and 2:number / half:partly 3:number", "1=kept 2=kept 3=partly"),
        ("done:kept 1:number // and:and 2:number / half:partly 3:number", "1=kept 2=partly 3=partly"),
        ("1:number done:kept / and:and 2:number / 3:number no:no", "1=kept 2=not yet 3=not yet"),
        ("done:kept that 1:number / and:and 2:number / half:partly 3:number", "1=kept 2=kept 3=partly"),
        ("done:kept 1:number that / and:and 2:number / half:partly 3:number", "1=kept 2=partly 3=partly"),
        ("1:number / and:and 2:number / half:partly 3:number", "1=partly 2=partly 3=partly"),
        ("done:kept 1:number / 2:number", "1=kept; contradicting"),
        ("1:number done:kept 2:number / that / 3:number no:no", "1=kept 2=kept 3=not yet"),
    ],
)
def test_gives_what_is_said_to_the_numbers_before_it(text: str, outcome: str) -> None:
    """One more behind "and" belongs to what was said right before a number, not to what comes."""
    assert said(text, 3) == outcome


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("1:number done:kept / that half:partly", "1=partly? (doubt); contradicting"),
        ("1:number met:did / bridge began:begun", "1=partly? (doubt); contradicting"),
        ("1:number done:kept / half:partly", "1=partly? (contradicting); contradicting"),  # no other word
        ("1:number done:kept / it:it half:partly that", "1=partly? (contradicting); contradicting"),
        ("1:number yes:yes / that half:partly", "1=partly"),
        (
            "1:number bridge / wall done:kept",
            "1=kept? (doubt); contradicting",
        ),  # of the bridge, or of the wall?
        ("1:number bridge / done:kept", "1=kept"),
        ("1:number that / wall done:kept", "1=kept"),
        ("1:number bridge / wall 2:number done:kept", "2=kept; contradicting"),
    ],
)
def test_doubts_what_may_be_of_another(text: str, outcome: str) -> None:
    assert said(text, 2) == outcome


@pytest.mark.parametrize(
    ("count", "text", "outcome"),
    [
        (2, "only:only 1:number", "1=kept 2=not yet"),
        (2, "only:only the 1:number", "1=kept 2=not yet"),
        (2, "only:only budget*1", "1=kept 2=not yet"),
        (2, "that only:only 1:number done:kept", "1=kept 2=not yet"),
        (2, "that only:only the 1:number done:kept", "1=kept 2=not yet"),
        (2, "that only:only that 1:number done:kept", "1=kept"),  # only is said of something else
        (2, "only:only bridge 1:number done:kept", "1=kept 2=not yet"),
        (2, "only:only+aux bridge 1:number done:kept", "1=kept"),
        (2, "only:only May@past 1:number done:kept", "1=kept"),
        (2, "1:number only:only", "1=kept"),
        (2, "only:only 1:number half:partly", "1=partly"),
        (2, "only:only 1:number done:kept / no:no 2:number", "1=kept 2=not yet"),
        (3, "only:only 2:number done:kept", "1=not yet 2=kept 3=not yet"),
        (3, "only:only 2:number done:kept / 1:number half:partly", "1=partly 2=kept"),
        (3, "only:only 2:number done:kept / 1:number done:kept", "1=kept 2=kept"),
    ],
)
def test_leaves_the_others_open_where_only_one_is_done(count: int, text: str, outcome: str) -> None:
    assert said(text, count) == outcome


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("no:no // 1:number done:kept", "1=kept? (another was not named); contradicting"),
        ("half:partly // 1:number done:kept", "1=kept? (another was not named); contradicting"),
        ("done:kept // 1:number done:kept", "1=kept"),
        ("maybe:maybe // 1:number done:kept", "1=kept"),
        ("no:no // 1:number done:kept / 2:number done:kept", "1=kept 2=kept"),  # all are named
        ("1:number done:kept // no:no", "1=not yet? (contradicting); contradicting"),
    ],
)
def test_asks_about_one_where_something_else_is_said_of_none(text: str, outcome: str) -> None:
    assert said(text, 2) == outcome


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("2:number done:kept / rest:rest no:no", "1=not yet 2=kept 3=not yet"),
        ("1:number 2:number done:kept / rest:rest later:not_yet", "1=kept 2=kept 3=not yet"),
        ("1:number done:kept / all:all that no:no", "1=not yet? (contradicting); contradicting"),
    ],
)
def test_takes_the_rest_for_those_that_nothing_is_said_of(text: str, outcome: str) -> None:
    assert said(text, 3) == outcome


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("yes:yes / May@future / nice:praise", "1=kept"),
        ("yes:yes / May@future", "1=not yet"),  # no praise: a day on which it is to be done
        ("yes:yes // May@future / nice:praise", "1=not yet? (contradicting); contradicting"),
        ("no:no / May@future / nice:praise", "1=not yet"),
        ("yes:yes / maybe:maybe / nice:praise", DOUBT),
        (
            "yes:yes bridge / May@future / nice:praise",
            NOT_SURE.replace("not sure", "words that say something else"),
        ),
        ("yes:yes / nice:praise / May@future", "1=not yet"),  # the praise comes before it
        ("yes:yes / May@future me:me / nice:praise", "1=not yet"),
        ("yes:yes / 1:number May@future / nice:praise", "1=not yet"),
    ],
)
def test_leaves_out_how_it_was_between_a_yes_and_praise(text: str, outcome: str) -> None:
    assert said(text, 1) == outcome


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("no:no / and:and no:no / that nice:praise", "1=not yet 2=not yet"),
        ("no:no / and:and no:no / that", "1=not yet 2=not yet"),
        ("no:no / and:and no:no / done:kept", "which"),
        ("no:no / and:and no:no / but:but that", "which"),
        ("no:no / and:and no:no / 1:number", "unknown"),
        ("that maybe:maybe / but:but 1:number done:kept", "1=kept"),
        ("1:number stands:stands / and:and 2:number no:no", "1=kept 2=not yet"),
    ],
)
def test_takes_news_behind_two_answers_and_a_new_thing_for_what_they_are(text: str, outcome: str) -> None:
    assert said(text, 2) == outcome


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("none:none / 2:number off:dropped", "1=not yet 2=dropped"),
        ("all:all no:no later:not_yet / 2:number off:dropped", "1=not yet 2=dropped"),
        ("all:all no:no / 2:number half:partly", "1=not yet 2=partly"),
        ("all:all done:kept / 2:number half:partly", "1=kept 2=partly"),
        ("all:all done:kept / 2:number half:partly began:begun", "1=kept 2=partly"),
        ("all:all done:kept / 2:number off:dropped", "2=dropped? (another was not named); contradicting"),
    ],
)
def test_gives_what_is_said_of_all_to_those_of_which_nothing_else_is(text: str, outcome: str) -> None:
    assert said(text, 2) == outcome
