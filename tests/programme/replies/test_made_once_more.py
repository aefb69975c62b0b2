"""A promise made once more, in the words of the letter that is answered: whatever quotes the letter, it is theirs."""

from __future__ import annotations

import textwrap

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peerpact.programme.replies.quotes import newly_written
from peerpact.programme.replies.reply import OurLetters

PROMISES = (
    "When the meeting starts, I will ask Tom",
    "When I write the report, I will send it to Priya first and ask what is missing, by 3 March",
    "Read the guide",
)
FORMS = ("Next: {}", "Next:\n{}", "{}", "- {}", "I will do this again: {}", "{} again, this time by Monday")
END = """
How did it go? Reply with the number and a word, such as “1 done”, “1 partly” or “1 not yet”.
What is the one solid action that you take from your last conversation? Best as “when …, I will …, by …”.
FU-7KQ9-M2AA
"""
PLAIN = "\n".join(["Hello Anna,", "This is what you promised:", *(f"1. {p}" for p in PROMISES), END])
SEEN = PLAIN.replace("1. ", "").replace(PROMISES[0], f"{PROMISES[0]}\nKept Partly Not yet Dropped")
OURS = OurLetters(
    addresses=("mentoring@example.com",),
    bodies=(PLAIN, SEEN, "\n".join(PROMISES)),
    references=("FU-7KQ9-M2AA",),
    repeated=PROMISES,
)
WROTE = "On Thu, 12 Mar 2026 at 10:04, Peerpact <mentoring@example.com> wrote:\n"
FROM = "From: Peerpact <mentoring@example.com>\nSent: Thursday, 12 March 2026 10:04\nTo: Anna\nSubject: Your month\n"


def _marked(letter: str, mark: str) -> str:
    return "\n".join(mark + line for line in letter.split("\n"))


def _below(way: str, letter: str) -> str:
    quotes = {
        "marked": WROTE + _marked(letter, "> "),
        "marked alone": _marked(letter, "> "),
        "barred": _marked(letter, "| "),
        "below who wrote": WROTE + letter,
        "below a header": FROM + letter,
        "bare": letter,
        "none": "",
    }
    return quotes[way]


def _wrapped(text: str, width: int) -> str:
    lines = (textwrap.wrap(line, width, break_long_words=False) or [""] for line in text.split("\n"))
    return "\n".join(part for parts in lines for part in parts)


def _said(text: str) -> list[str]:
    return [line for line in text.split("\n") if line]


@given(
    way=st.sampled_from(
        ["marked", "marked alone", "barred", "below who wrote", "below a header", "bare", "none"]
    ),
    letter=st.sampled_from([PLAIN, SEEN]),
    promise=st.sampled_from([*PROMISES, PROMISES[1].removesuffix(", by 3 March")]),
    form=st.sampled_from(FORMS),
    first=st.sampled_from(["1 done\n", "Hi,\n\n1 partly\n\n", ""]),
    widths=st.tuples(st.sampled_from([30, 45, 200]), st.sampled_from([40, 72, 200])),
)
@settings(max_examples=300, deadline=None)
def test_is_theirs_above_every_quote_of_a_letter_that_says_the_same(
    way: str, letter: str, promise: str, form: str, first: str, widths: tuple[int, int]
) -> None:
    written = _wrapped(first + form.format(promise), widths[0])
    quoted = _below(way, _wrapped(letter, widths[1]))
    assert _said(newly_written(f"{written}\n\n{quoted}", ours=OURS)) == _said(written)


@pytest.mark.parametrize("number", range(len(PROMISES)))
def test_is_theirs_between_the_marked_lines_of_the_letter(number: int) -> None:
    lines = [f"> {line}" for line in PLAIN.split("\n")]
    text = "\n".join([*lines[:5], "1 done", *lines[5:8], f"Next: {PROMISES[number]}", *lines[8:]])
    assert newly_written(text, ours=OURS) == f"1 done\n\nNext: {PROMISES[number]}"
    kept = "\n".join([*lines[:3], PROMISES[number], *lines[3:]])
    assert newly_written(kept, ours=OURS) == PROMISES[number]


def test_leaves_out_what_was_torn_from_a_marked_line_of_the_letter() -> None:
    torn = "> What is the one solid action that you\ntake from your last conversation? Best as\n> “when …, I will …"
    assert newly_written(f"1 done\n\n> Hello Anna,\n{torn}", ours=OURS) == "1 done"


def test_leaves_out_a_whole_line_of_the_letter_that_stands_alone_and_keeps_a_part_of_one() -> None:
    question = "What is the one solid action that you take from your last conversation?"
    whole = f"{question} Best as “when …, I will …, by …”."
    assert newly_written(f"{whole}\n\nRead it", ours=OURS) == "Read it"
    assert newly_written(f"{question}\n\nRead it", ours=OURS) == f"{question}\n\nRead it"
    assert newly_written(f"{whole}\n\nRead it\n\n{WROTE}> Hello Anna,", ours=OURS) == f"{whole}\n\nRead it"


def test_begins_a_header_below_a_line_of_theirs_that_looks_like_one_of_it() -> None:
    assert newly_written(f"Next: Read the guide\n{FROM}\n{PLAIN}", ours=OURS) == "Next: Read the guide"


ONE, TWO, THREE = (
    "Tell Ben what you learned.",
    "Write the summary for the team.",
    "Plan the third conversation.",
)
THREE_LINES = OurLetters(bodies=(f"{ONE}\n{TWO}\n{THREE}",), repeated=(ONE, TWO), names=("Peerpact", " "))


@pytest.mark.parametrize(
    ("texts", "quoted", "ours"),
    [
        ((TWO, "", "hi", "> so"), {3}, set()),
        (("hi", f"> {ONE}", TWO, f"> {THREE}"), {1, 3}, {1, 3}),
        (("hi", f"> {ONE}", "", TWO, "", f"> {THREE}"), {1, 5}, {1, 2, 4, 5}),
        (("hi", f"> {TWO}", THREE, "> so"), {1, 3}, {1, 2}),
        (("hi", "> so", THREE, f"> {ONE}"), {1, 3}, {3}),
        (("> so", "hi", THREE, "", "hi"), {0}, {2, 3}),
        (("hi", ONE, TWO, "hi"), set(), set()),
        (("hi", TWO, THREE, "hi"), set(), {1, 2}),
        ((THREE, "hi", TWO, THREE), set(), {2, 3}),
        (("---", THREE, "---", "hi"), set(), {0, 1, 2}),
    ],
)
def test_tells_the_lines_of_a_letter_from_the_same_words_of_theirs(
    texts: tuple[str, ...], quoted: set[int], ours: set[int]
) -> None:
    assert THREE_LINES.lines_in(texts, quoted=quoted) == ours


def test_knows_its_names_and_no_blank_one() -> None:
    assert THREE_LINES.folded_names == ("peerpact",)
    assert OURS.is_mentioned("from PEERPACT")
    assert OURS.is_mentioned("mentoring@example.com")
    assert not OURS.is_mentioned("from Bo")
