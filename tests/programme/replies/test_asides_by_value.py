"""What stands beside an answer and is left out, and what is left of a promise's form nobody filled in. By value."""

from __future__ import annotations

import pytest

from peerpact.programme.replies.answer_words import words_from
from peerpact.programme.replies.asides import without_asides, without_sayings, without_unfilled

BARE = words_from("yy", {})
WORDS = words_from(
    "xx",
    {
        "sentences": {
            "asides": ["lol", "wish me luck", "we will see"],
            "closings": ["cheers", "many thanks"],
        },
        "language": {"common": ["for"]},
    },
)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        pytest.param("Done. We will see.", "Done", id="behind a full stop"),
        pytest.param("Done, lol", "Done", id="behind a comma"),
        pytest.param("1, lol, 2", "1,, 2", id="between numbers"),
        pytest.param("Done - wish me luck", "Done", id="behind a dash"),
        pytest.param("Done… lol", "Done", id="behind dots"),
        pytest.param("Wish me luck! Done, and told", "Done, and told", id="before it, with its sign"),
        pytest.param("Done. lol. Not that, lol, yet", "Done. Not that, yet", id="several of them"),
        pytest.param(
            "Wish me luck with it. Done", "Wish me luck with it. Done", id="in other words it says more"
        ),
        pytest.param("Done? … !", "Done? … !", id="signs are none"),
        pytest.param("lol, wish me luck", "lol, wish me luck", id="never all of a line"),
        pytest.param("lol\nDone. lol\nAnd told, lol", "lol\nDone\nAnd told", id="in each line"),
        pytest.param("Done. Cheers", "Done", id="a closing"),
        pytest.param("Done. Many thanks, lol", "Done", id="a closing before an aside"),
        pytest.param("Done. Cheers Tom", "Done", id="a closing and a name"),
        pytest.param("Done. Cheers Tom Miller", "Done", id="a name of two words"),
        pytest.param(
            "Done. Cheers Tom Miller Smith", "Done. Cheers Tom Miller Smith", id="three words say more"
        ),
        pytest.param("Done. Cheers for Tom", "Done. Cheers for Tom", id="common words are no name"),
        pytest.param("Done. Cheers 2", "Done. Cheers 2", id="a number is none"),
        pytest.param("Done. Tom", "Done. Tom", id="a name alone is no closing"),
        pytest.param("Cheers Tom. Done", "Cheers Tom. Done", id="a closing is last"),
        pytest.param("Cheers Tom", "Cheers Tom", id="a closing alone stays"),
        pytest.param("lol. Cheers Tom", "Cheers Tom", id="beside an aside, too"),
        pytest.param("Done. Cheers\n \n", "Done\n \n", id="in the last line that says anything"),
        pytest.param("Done. Cheers\nand told", "Done. Cheers\nand told", id="in no other line"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_leaves_out_what_says_nothing_of_the_answer(text: str, kept: str) -> None:
    for languages in ((WORDS,), (BARE, WORDS), (WORDS, BARE)):
        assert without_asides(text, languages) == kept


def test_leaves_out_nothing_in_a_language_without_such_words() -> None:
    assert without_asides("Done, lol. Cheers Tom", (BARE,)) == "Done, lol. Cheers Tom"
    assert without_asides("Done, lol. Cheers Tom", ()) == "Done, lol. Cheers Tom"


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        pytest.param("When …, I will …, by …", "", id="nothing was filled in"),
        pytest.param("When ..., I will ..., by ...", "", id="with dots as a keyboard has them"),
        pytest.param("* WHEN … I will, by …", "", id="whatever became of its signs"),
        pytest.param("…\nWhen, I will by", "…", id="a form that lost its dots"),
        pytest.param("When …, I will …, by … 5 May", "", id="but for a day"),
        pytest.param("When we meet, I will …, by 5 May", "", id="but for what is to be done"),
        pytest.param("When …, I will ask Tom, by …", "I will ask Tom", id="only what is to be done"),
        pytest.param("When … we meet, I will … ask", "When we meet, I will ask", id="beside its dots"),
        pytest.param("When …, I will ask Tom, by 5 May.", "I will ask Tom, by 5 May", id="no occasion"),
        pytest.param("When we meet, I will ask Tom, by …", "When we meet, I will ask Tom", id="no day"),
        pytest.param("Wenn …, dann werde ich Tom fragen, bis …", "Dann werde ich Tom fragen", id="in German"),
        pytest.param(
            "When we meet, I will ask Tom, by 5 May.",
            "When we meet, I will ask Tom, by 5 May.",
            id="all of it: as it is",
        ),
        pytest.param("I will ask Tom…", "I will ask Tom…", id="somebody's own dots"),
        pytest.param("Hello\nWhen …, I will …, by …\nTom", "Hello\nTom", id="between other lines"),
        pytest.param(
            "…\nWhen we meet, I will ask Tom, by 5 May.",
            "…\nWhen we meet, I will ask Tom, by 5 May.",
            id="dots in another line",
        ),
    ],
)
def test_leaves_out_what_of_a_form_was_not_filled_in(text: str, kept: str) -> None:
    for languages in (("en", "de"), ("de", "xx", "en")):
        assert without_unfilled(text, languages) == kept


def test_knows_no_form_of_a_language_that_has_none() -> None:
    assert without_unfilled("When …, I will …, by …", ("xx",)) == "When …, I will …, by …"


def test_leaves_out_what_a_saying_says() -> None:
    ironic = words_from("zz", {"answers": {"irony": ["when pigs fly", "as if"]}})
    assert without_sayings("Done when pigs fly, Tom", (BARE, ironic)) == "Done , Tom"
    assert without_sayings("When pigs fly. When pigs fly", (ironic,)) == ". "
    assert without_sayings("As if", (ironic,)) == "As if"
    assert without_sayings("When pigs fly", ()) == "When pigs fly"
