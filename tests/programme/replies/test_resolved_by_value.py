"""What clauses say together about one promise: their signs, an outcome, and what speaks against it. By value."""

from __future__ import annotations

from pathlib import Path

import pytest
import written

from peerpact.programme import languages
from peerpact.programme.commitments import Outcome
from peerpact.programme.replies.resolved import Found, Read, resolve
from peerpact.programme.replies.signs import Sign

BEGUN, DATE, DID, DOUBT, DROPPED, IF, KEPT, NO, NOT_YET, PARTLY, PLAN, PRAISE, STEP, SURELY, WEAK, YES = (
    Sign.BEGUN, Sign.DATE, Sign.DID, Sign.DOUBT, Sign.DROPPED, Sign.IF, Sign.KEPT, Sign.NO, Sign.NOT_YET,
    Sign.PARTLY, Sign.PLAN, Sign.PRAISE, Sign.STEP, Sign.SURELY, Sign.WEAK, Sign.YES,
)  # fmt: skip


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written.drop_in(tmp_path)
    monkeypatch.setattr(languages, "FOLDER", tmp_path)


Said = tuple[str, set[Sign]] | tuple[str, set[Sign], int]
"""A clause, its signs and the number of its sentence."""


def read(said: Said) -> Read:
    text, signs, sentence = (*said, 0)[:3]
    return Read(written.clause_of(text, sentence), set(signs), [])


def judged(*said: Said) -> str:
    """Return the outcome, and behind a stroke what speaks against it."""
    found = resolve([read(one) for one in said])
    outcome = found.outcome.value if found.outcome else "none"
    return f"{outcome} | {found.against}" if found.against else outcome


@pytest.mark.parametrize(
    ("signs", "outcome"),
    [
        (set(), "none"),
        ({PRAISE}, "none"),
        ({DOUBT}, "none | doubt"),
        ({IF}, "none"),
        ({KEPT}, "kept"),
        ({DID}, "kept"),
        ({YES}, "kept"),
        ({WEAK}, "kept | not sure"),
        ({SURELY}, "kept | not sure"),
        ({STEP}, "not yet | not sure"),
        ({DATE}, "not yet | not sure"),
        ({PARTLY}, "partly"),
        ({BEGUN}, "partly"),
        ({NO}, "not yet"),
        ({NOT_YET}, "not yet"),
        ({PLAN}, "not yet"),
        ({DROPPED}, "dropped"),
        ({KEPT, DOUBT}, "kept | doubt"),
        ({KEPT, IF}, "kept | condition"),
        ({KEPT, PLAN}, "kept | planned"),
        ({KEPT, PLAN, IF}, "kept | condition"),
        ({DID, DOUBT}, "kept | doubt"),
        ({YES, DOUBT}, "kept | doubt"),
        ({YES, IF}, "kept | condition"),
        ({YES, STEP}, "kept | planned"),
        ({YES, DATE}, "kept | only a day"),
        ({YES, DATE, PRAISE}, "kept"),
        ({YES, DATE, WEAK}, "kept"),
        ({PLAN, DOUBT}, "not yet | doubt"),
        ({PLAN, IF}, "not yet"),
        ({PLAN, YES}, "not yet"),
        ({NO, DOUBT}, "not yet"),
        ({NO, WEAK}, "not yet"),
        ({NO, WEAK, DOUBT}, "not yet | said to be done"),
        ({NO, YES}, "not yet | contradicting"),
        ({NO, KEPT}, "not yet | contradicting"),
        ({NO, DID}, "not yet | contradicting"),
        ({NOT_YET, KEPT}, "not yet | contradicting"),
        ({NOT_YET, DID}, "not yet"),
        ({DROPPED, NO}, "dropped"),
        ({DROPPED, DOUBT}, "dropped | doubt"),
        ({DROPPED, YES}, "dropped | contradicting"),
        ({DROPPED, DID}, "dropped | contradicting"),
        ({DROPPED, BEGUN}, "dropped | contradicting"),
        ({DROPPED, PLAN}, "dropped | contradicting"),
        ({PARTLY, DOUBT}, "partly | doubt"),
        ({PARTLY, YES}, "partly"),
        ({PARTLY, NO}, "partly"),
        ({PARTLY, NO, YES}, "partly | contradicting"),
        ({PARTLY, KEPT}, "partly"),
        ({BEGUN, KEPT}, "partly | contradicting"),
    ],
)
def test_weighs_the_signs_of_one_clause(signs: set[Sign], outcome: str) -> None:
    assert judged(("that", signs)) == outcome


def test_says_nothing_of_no_clause() -> None:
    assert judged() == "none"


@pytest.mark.parametrize(
    ("outcome", "against", "is_certain"),
    [(Outcome.KEPT, "", True), (Outcome.KEPT, "doubt", False), (None, "", False), (None, "doubt", False)],
)
def test_is_certain_of_an_outcome_that_nothing_speaks_against(
    outcome: Outcome | None, against: str, *, is_certain: bool
) -> None:
    assert Found(outcome=outcome, against=against).is_certain is is_certain


def test_tells_the_words_that_say_it() -> None:
    found = resolve([read(("that half:partly", {PARTLY})), read(("nice that", {PRAISE})), read(("no", {NO}))])
    assert found.words == "that half no"
    assert len(resolve([read(("x" * 400, {KEPT}))]).words) == 300


@pytest.mark.parametrize(
    ("said", "outcome"),
    [
        pytest.param(
            [("half", {PARTLY}), ("so no:no", {NO})], "not yet", id="so no: what is before it led to it"
        ),
        pytest.param([("half", {PARTLY}), ("no:no", {NO})], "partly", id="no without so is one more thing"),
        pytest.param(
            [("yes", {YES}, 0), ("that", {KEPT}, 1), ("so no:no", {NO}, 1)],
            "not yet | contradicting",
            id="another sentence led to nothing",
        ),
        pytest.param(
            [("yes", {YES}), ("so no:no luck", {NO})],
            "not yet | contradicting",
            id="so no and more concludes nothing",
        ),
        pytest.param(
            [("yes", {YES}), ("so no:no", {NO, DOUBT})],
            "not yet | contradicting",
            id="nor does a doubtful no",
        ),
    ],
)
def test_leaves_out_what_led_to_a_no(said: list[Said], outcome: str) -> None:
    assert judged(*said) == outcome


MORE = "words that say something else"


@pytest.mark.parametrize(
    ("said", "outcome"),
    [
        pytest.param([("done:kept bridge", {KEPT})], "kept", id="kept: words beside it in its clause"),
        pytest.param([("done:kept", {KEPT}), ("bridge", set())], "kept", id="kept: in another"),
        pytest.param([("done:kept bridge", {KEPT}), ("bridge", set())], f"kept | {MORE}", id="kept: in both"),
        pytest.param(
            [("done:kept budget* bridge", {KEPT}), ("bridge", set())], "kept", id="kept: in both, it is named"
        ),
        pytest.param(
            [("asked*:did bridge", {DID}), ("bridge", set())],
            f"kept | {MORE}",
            id="kept: named by its verb alone",
        ),
        pytest.param(
            [("asked*:did budget* bridge", {DID}), ("bridge", set())], "kept", id="kept: by its verb and more"
        ),
        pytest.param(
            [("done:kept budget* bridge", {KEPT, WEAK}), ("bridge", set())],
            f"kept | {MORE}",
            id="kept: weakly",
        ),
        pytest.param(
            [("yes:yes bridge", {KEPT, YES}), ("bridge", set())], "kept", id="kept: in both, and a yes"
        ),
        pytest.param([("half:partly bridge", {PARTLY}), ("bridge", set())], "partly", id="partly: in both"),
        pytest.param([("began:begun", {BEGUN})], "partly", id="begun: none"),
        pytest.param([("began:begun bridge", {BEGUN})], f"partly | {MORE}", id="begun: a word beside it"),
        pytest.param(
            [("began:begun", {BEGUN}), ("bridge", set())], f"partly | {MORE}", id="begun: elsewhere"
        ),
        pytest.param([("will:future", {PLAN})], "not yet", id="planned: none"),
        pytest.param([("will:future bridge", {PLAN})], f"not yet | {MORE}", id="planned: a word beside it"),
        pytest.param([("will:future budget* bridge", {PLAN})], "not yet", id="planned: the promise is named"),
        pytest.param(
            [("will:future budget* bridge", {PLAN}), ("that", {PLAN})],
            "not yet",
            id="planned: it is named once",
        ),
        pytest.param([("will:future", {PLAN}), ("bridge", set())], "not yet", id="planned: one elsewhere"),
        pytest.param(
            [("will:future", {PLAN}), ("bridge wall", set())],
            f"not yet | {MORE}",
            id="planned: two elsewhere",
        ),
        pytest.param(
            [("will:future", {PLAN}), ("budget* bridge wall", set())],
            f"not yet | {MORE}",
            id="planned: the promise is named elsewhere",
        ),
        pytest.param([("no:no bridge", {NO})], "not yet", id="no: a word beside it"),
        pytest.param([("no:no bridge wall", {NO})], f"not yet | {MORE}", id="no: two words beside it"),
        pytest.param([("no:no", {NO}), ("bridge wall", set())], "not yet", id="no: two elsewhere"),
        pytest.param([("later:not_yet bridge wall", {NOT_YET})], "not yet", id="not yet: any words"),
        pytest.param([("off:dropped", {DROPPED})], "dropped", id="dropped: none"),
        pytest.param(
            [("off:dropped bridge", {DROPPED})], f"dropped | {MORE}", id="dropped: a word beside it"
        ),
        pytest.param(
            [("off:dropped", {DROPPED}), ("bridge wall", set())], "dropped", id="dropped: elsewhere"
        ),
        pytest.param(
            [("off:dropped bridge", {DROPPED}), ("off:dropped", {DROPPED})],
            "dropped",
            id="dropped: once plainly",
        ),
        pytest.param(
            [("off:dropped bridge", {DROPPED}), ("no:no", {NO})],
            f"dropped | {MORE}",
            id="dropped: a no beside it ends nothing",
        ),
        pytest.param([("off:dropped since bridge", {DROPPED})], "dropped", id="dropped: since, a reason"),
        pytest.param(
            [("off:dropped because:because bridge", {DROPPED})], "dropped", id="dropped: because, a reason"
        ),
        pytest.param(
            [("off:dropped bridge since because:because wall", {DROPPED})],
            f"dropped | {MORE}",
            id="dropped: a word before the reason",
        ),
        pytest.param([("off:dropped May@past", {DROPPED})], "dropped", id="dropped: in the past"),
        pytest.param([("off:dropped May@future", {DROPPED})], f"dropped | {MORE}", id="dropped: until a day"),
        pytest.param([("off:dropped", {DROPPED, NOT_YET})], f"dropped | {MORE}", id="dropped: only for now"),
    ],
)
def test_asks_where_words_are_left_that_nothing_explains(said: list[Said], outcome: str) -> None:
    assert judged(*said) == outcome


@pytest.mark.parametrize(
    ("said", "outcome"),
    [
        pytest.param(
            [("spoke:did", {DID}), ("read:did", {NOT_YET})], "not yet | contradicting", id="other doing"
        ),
        pytest.param([("read:did", {DID}), ("read:did", {NOT_YET})], "not yet", id="the same doing"),
        pytest.param([("spoke:did", {DID}), ("not", {NOT_YET})], "not yet", id="no doing"),
        pytest.param([("that", {DID}), ("read:did", {NOT_YET})], "not yet", id="no word of what was done"),
        pytest.param(
            [("read:did", {DID}, 0), ("read:did", {NOT_YET}, 1)],
            "not yet | contradicting",
            id="in sentences of their own",
        ),
        pytest.param(
            [("spoke:did that:it", {DID}), ("read:did that:it", {NOT_YET, DID})],
            "not yet",
            id="done and not yet in one clause",
        ),
        pytest.param(
            [("spoke:did that:it", {DID}), ("read:did that:it", {NOT_YET})],
            "not yet | contradicting",
            id="other words are no doing",
        ),
    ],
)
def test_tells_what_was_done_from_what_was_not(said: list[Said], outcome: str) -> None:
    assert judged(*said) == outcome


@pytest.mark.parametrize(
    ("said", "outcome"),
    [
        pytest.param(
            [("off:dropped", {DROPPED}), ("that May@future", {PLAN})], "not yet", id="and a new day"
        ),
        pytest.param(
            [("off:dropped", {DROPPED}), ("that May@future", {PLAN}), ("off:dropped", {DROPPED})],
            "dropped | contradicting",
            id="dropped again behind a new day",
        ),
        pytest.param([("will:future me:me it:it", {YES, PLAN})], "not yet", id="yes, I will do it"),
        pytest.param(
            [("will:future it:it", {YES, PLAN})], "not yet | contradicting", id="yes, it will be so"
        ),
        pytest.param(
            [("half:partly bridge", {BEGUN, PARTLY}), ("done", {KEPT})],
            "partly | contradicting",
            id="a part, and more",
        ),
        pytest.param(
            [("half:partly", {KEPT}), ("began", {BEGUN})],
            "partly | contradicting",
            id="a word of a part, not said as one",
        ),
    ],
)
def test_goes_by_what_comes_last_and_by_who_does_it(said: list[Said], outcome: str) -> None:
    assert judged(*said) == outcome


@pytest.mark.parametrize(
    ("said", "outcome"),
    [
        pytest.param([("that", {KEPT}), ("but:but time", set())], "kept", id="surely done, but"),
        pytest.param([("that", {KEPT}), ("but:but only:only time", set())], "kept | a but", id="but only"),
        pytest.param(
            [("that", {DID}), ("but:but time", set())], "kept | a but", id="done, but in words unknown"
        ),
        pytest.param([("that", {DID}), ("but:but that", set())], "kept", id="but in words that say nothing"),
        pytest.param([("that", {DID}), ("time", set())], "kept", id="no but"),
        pytest.param([("that", {KEPT}), ("stuck:waits", set())], "kept", id="surely done, and waits"),
        pytest.param([("that", {DID}), ("stuck:waits", set())], "kept | waits", id="done, and waits"),
        pytest.param(
            [("that budget*", {DID}), ("stuck:waits", set())], "kept", id="what is named, and waits"
        ),
        pytest.param([("that", {DID}), ("but:but time", {PRAISE})], "kept", id="a but that says something"),
    ],
)
def test_hears_a_but(said: list[Said], outcome: str) -> None:
    assert judged(*said) == outcome


@pytest.mark.parametrize(
    ("said", "outcome"),
    [
        pytest.param(
            [("yes:yes", {YES}, 0), ("will:future", {PLAN}, 1)], "not yet | contradicting", id="apart"
        ),
        pytest.param([("yes:yes", {YES}, 0), ("will:future", {PLAN}, 0)], "not yet", id="in one sentence"),
        pytest.param(
            [("yes:yes bridge", {YES}, 0), ("will:future", {PLAN}, 1)],
            f"not yet | {MORE}",
            id="a yes with other words is no bare one",
        ),
        pytest.param(
            [("that", {KEPT}, 0), ("yes:yes bridge", {YES}, 1), ("half", {PARTLY, KEPT}, 2)],
            "partly",
            id="nor is what isn't a yes",
        ),
        pytest.param([("no:no", {NO}, 0), ("half", {PARTLY}, 1)], "partly | contradicting", id="no. half"),
        pytest.param([("no:no", {NO}, 0), ("half", {PARTLY}, 0)], "partly", id="no, half"),
        pytest.param(
            [("no:no", {NO}, 0), ("half", {PARTLY}, 0), ("half", {PARTLY}, 1)],
            "partly",
            id="in both sentences",
        ),
        pytest.param(
            [("half", {PARTLY}), ("done", {KEPT})], "partly | contradicting", id="half, and done elsewhere"
        ),
        pytest.param([("half", {PARTLY, KEPT}), ("done", {KEPT})], "partly", id="half done, and done"),
        pytest.param([("began", {BEGUN}), ("done", {KEPT})], "partly | contradicting", id="begun, and done"),
        pytest.param(
            [("almost:almost", {PARTLY}), ("no:no", {NO})], "not yet", id="almost, but no: no part is done"
        ),
        pytest.param(
            [("almost:almost half:partly", {PARTLY}), ("no:no", {NO})], "partly", id="almost half is a part"
        ),
        pytest.param([("almost:almost", {PARTLY})], "partly", id="almost, and no no"),
        pytest.param(
            [("half:partly : done", {PARTLY}), ("done", {KEPT})],
            "partly",
            id="partly, and what its parts are",
        ),
        pytest.param(
            [("half:partly , done", {PARTLY}), ("done", {KEPT})], "partly", id="behind a comma, too"
        ),
        pytest.param([("half:partly", {PARTLY}), ("done", {KEPT})], "partly", id="partly alone"),
        pytest.param([("half:partly .", {PARTLY}), ("done", {KEPT})], "partly", id="and its stop"),
        pytest.param(
            [("half:partly bridge", {PARTLY}), ("done", {KEPT})],
            "partly | contradicting",
            id="partly and more",
        ),
        pytest.param(
            [("half:partly . , bridge", {PARTLY}), ("done", {KEPT})],
            "partly | contradicting",
            id="the comma is right behind it",
        ),
        pytest.param(
            [("that half:partly", {PARTLY}), ("done", {KEPT})], "partly | contradicting", id="not at first"
        ),
        pytest.param(
            [("bridge", set()), ("half:partly", {PARTLY}), ("done", {KEPT})],
            "partly | contradicting",
            id="behind other words",
        ),
        pytest.param(
            [("that", set()), ("half:partly", {PARTLY}), ("done", {KEPT})],
            "partly",
            id="behind words that say nothing",
        ),
        pytest.param(
            [("half:partly", {PARTLY}), ("done", {KEPT}), ("perhaps", {DOUBT})],
            "partly | doubt",
            id="in doubt",
        ),
    ],
)
def test_weighs_parts_and_what_is_said_apart(said: list[Said], outcome: str) -> None:
    assert judged(*said) == outcome


@pytest.mark.parametrize(
    ("said", "outcome"),
    [
        pytest.param(
            [("yes:yes", {YES}), ("because:because bridge", set())], "kept | a reason", id="a reason"
        ),
        pytest.param(
            [("bridge yes:yes", {YES}), ("wall", set())], "kept | of a part", id="of what is before it"
        ),
        pytest.param([("bridge yes:yes", {YES}), ("that", set())], "kept", id="nothing is said of the rest"),
        pytest.param(
            [("yes:yes bridge yes:yes", {YES}), ("wall", set())], "kept", id="a yes at first is not"
        ),
        pytest.param(
            [("bridge yes:yes", {YES}), ("wall", {PRAISE, KEPT})], "kept", id="the rest says something"
        ),
        pytest.param([("yes:yes that", {YES, SURELY})], "kept", id="surely, and a word"),
        pytest.param([("yes:yes that bridge", {YES, SURELY})], "kept | perhaps irony", id="two words"),
        pytest.param([("yes:yes that bridge", {YES})], "kept", id="two words without surely"),
        pytest.param([("yes:yes that bridge", {YES, SURELY, PRAISE})], "kept", id="with praise"),
        pytest.param([("that budget* May@past", {YES, SURELY})], "kept", id="a name and a day are none"),
        *(
            pytest.param([(f"that bridge:{sort}", {YES, SURELY})], "kept", id=f"nor is a mark of {sort}")
            for sort in ("yes", "surely", "it", "and", "also", "me", "fine", "did")
        ),
        pytest.param([("that done:kept", {YES, SURELY})], "kept", id="nor is an outcome"),
        pytest.param([("that bridge:they", {YES, SURELY})], "kept | perhaps irony", id="but one of they is"),
    ],
)
def test_takes_no_yes_for_an_answer_that_says_more(said: list[Said], outcome: str) -> None:
    assert judged(*said) == outcome


def test_a_no_apart_from_what_is_sure_is_asked_about() -> None:
    assert judged(("budget* that", {SURELY}), ("that no", {NO})) == "not yet | contradicting"
    assert judged(("budget* that", {SURELY}), ("that bridge", {NOT_YET})) == "not yet | contradicting"
    assert judged(("budget* no", {SURELY, NO})) == "not yet"
    assert judged(("budget* no", {SURELY, NO}), ("that bridge", {NOT_YET})) == "not yet"


def test_asks_whether_who_waits_has_done_their_part() -> None:
    waits = ("waiting:waits", {NOT_YET})
    assert judged(("sent:did", {DID}), waits) == "not yet | contradicting"
    assert judged(("that bridge", set()), waits) == "not yet | contradicting"
    assert judged(waits) == "not yet"
    assert judged(("no:no", {NO}), waits) == "not yet"
