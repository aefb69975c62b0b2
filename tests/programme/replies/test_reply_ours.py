"""Our own letter, quoted without a mark: known again however it was wrapped, and what stands between stays."""

from __future__ import annotations

import textwrap

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peerpact.programme.replies.quotes import newly_written
from peerpact.programme.replies.reply import OurLetters

PLAIN = """Hello Anna,

these are the things you promised:

1. Ask Maria for feedback on my talk
2. Read

How did it go? Reply with the number and a word, such as “1 done”, “1 partly” or “1 not yet”.

Plan the next meeting: https://calendar.example.com/r?text=Anna&to=1

Your partner works on this; ask how it goes:

* Bo: write the proposal

FU-7KQ9-M2AA
"""
SEEN = """Hello Anna,
these are the things you promised:
1. Ask Maria for feedback on my talk
Kept Partly Not yet Dropped
2. Read
Kept Partly Not yet Dropped
How did it go? Reply with the number and a word, such as “1 done”, “1 partly” or “1 not yet”.
Plan the next meeting
"""
OURS = OurLetters(
    bodies=(PLAIN, SEEN), references=("FU-7KQ9-M2AA",), repeated=("Ask Maria for feedback on my talk", "Read")
)
WRITTEN = "1 done, 2 I'll do it next week"


def _wrapped(letter: str, width: int) -> str:
    lines = (textwrap.wrap(line, width, break_long_words=False) or [""] for line in letter.split("\n"))
    return "\n".join(part for wrapped in lines for part in wrapped)


@given(
    letter=st.sampled_from([PLAIN, SEEN]),
    width=st.integers(24, 200),
    blanks=st.booleans(),
    prefix=st.sampled_from(["", "  ", "| ", "\t"]),
    below=st.booleans(),
)
@settings(max_examples=120, deadline=None)
def test_knows_its_letter_again_however_it_was_wrapped(
    letter: str, width: int, blanks: bool, prefix: str, below: bool
) -> None:
    lines = [line for line in _wrapped(letter, width).split("\n") if line or blanks]
    quoted = "\n".join(prefix + line for line in lines)
    text = f"{quoted}\n\n{WRITTEN}" if below else f"{WRITTEN}\n\n{quoted}"
    assert newly_written(text, ours=OURS) == WRITTEN


LINKED = [
    "Kept<mailto:m+fu.x@example.com?subject=Re&body=1%20done>Partly<mailto:m@example.com?body=1%20partly>"
    "Not yet<mailto:m@example.com>Dropped<mailto:m@example.com>",
    "Kept\nPartly\nNot yet\nDropped",
    "[Kept] [Partly] [Not yet] [Dropped]",
    "Kept | Partly | Not yet | Dropped",
]


@pytest.mark.parametrize("buttons", LINKED)
def test_takes_no_button_for_an_answer(buttons: str) -> None:
    quoted = SEEN.replace("Kept Partly Not yet Dropped", buttons)
    assert newly_written(f"{WRITTEN}\n\n{quoted}", ours=OURS) == WRITTEN


LONG = PLAIN.replace("&to=1", "&to=1&add=ben%40example.com&details=partly+done+not+yet+kept+and+so+on" * 3)


@given(width=st.integers(24, 120), below=st.booleans())
@settings(max_examples=60, deadline=None)
def test_knows_a_link_again_that_a_program_broke_over_lines(width: int, *, below: bool) -> None:
    quoted = "\n".join(textwrap.wrap(LONG, width))
    text = f"{quoted}\n\n{WRITTEN}" if below else f"{WRITTEN}\n\n{quoted}"
    ours = OurLetters(bodies=(LONG,), references=("FU-7KQ9-M2AA",))
    assert newly_written(text, ours=ours) == WRITTEN


def test_keeps_answers_between_the_lines_of_a_letter_that_nothing_marks() -> None:
    lines = SEEN.split("\n")
    text = "\n".join([*lines[:4], "done", *lines[4:6], "not yet", *lines[6:]])
    assert newly_written(text, ours=OURS) == "done\n\nnot yet"


def test_keeps_an_answer_that_begins_as_the_next_line_of_the_letter() -> None:
    text = SEEN.replace("Kept Partly Not yet Dropped", "Kept")
    assert newly_written(text, ours=OURS) == "Kept\n2. Read\nKept"


def test_keeps_a_promise_that_is_made_once_more() -> None:
    again = "Ask Maria for feedback on my talk"
    assert newly_written(again, ours=OURS) == again
    assert newly_written(f"{again} - done", ours=OURS) == f"{again} - done"
    assert newly_written("I asked Maria for feedback on my talk, it went well", ours=OURS)


def test_finds_a_header_that_nobody_knows_above_its_own_letter() -> None:
    header = "Peerpact, 12.3., skribis:"
    assert newly_written(f"{WRITTEN}\n\n{header}\n{PLAIN}", ours=OURS) == WRITTEN


def test_reads_answers_in_a_letter_below_a_header_with_nothing_above() -> None:
    header = (
        "From: Peerpact <m@example.com>\nSent: Thursday, 12 March 2026 10:04\nTo: Anna\nSubject: Your month\n"
    )
    lines = SEEN.split("\n")
    text = "\n".join([header, *lines[:4], "done", *lines[4:6], "not yet", *lines[6:]])
    assert newly_written(text, ours=OURS) == "done\n\nnot yet"
    assert newly_written(f"{header}\n{SEEN}\n\n{WRITTEN}", ours=OURS) == WRITTEN
    assert newly_written(f"{header}\n{SEEN}", ours=OURS) == ""
    assert newly_written(f"{WRITTEN}\n\n{header}\n{SEEN}", ours=OURS) == WRITTEN


@pytest.mark.parametrize("letter", [PLAIN, "Dear Ben,\n\nDone. I will send it on Friday.\n\nCarla"])
@pytest.mark.parametrize(
    "marker",
    [
        "---------- Forwarded message ---------",
        "Begin forwarded message:\n",
        "-------- Weitergeleitete Nachricht --------",
        "Début du message transféré :\n",
        "________________________________",
    ],
)
def test_takes_nothing_of_a_letter_that_was_forwarded_without_a_word(marker: str, letter: str) -> None:
    header = (
        "From: Bob <b@example.org>\nDate: Thu, 12 Mar 2026 10:04\nSubject: Your month\nTo: Anna <a@b.c>\n"
    )
    assert newly_written(f"{marker}\n{header}\n{letter}", ours=OURS) == ""
    assert newly_written(f"{WRITTEN}\n\n{marker}\n{header}\n{letter}", ours=OURS) == WRITTEN
    forgotten = OurLetters(references=("FU-7KQ9-M2AA",))
    assert newly_written(f"{marker}\n{header}\n{letter}", ours=forgotten) == ""


@pytest.mark.parametrize("end", ["", "\n", "\n\n"])
def test_takes_a_word_that_the_letter_offers_for_an_answer_where_it_stands_alone(end: str) -> None:
    offers = OurLetters(bodies=("Reply “sit out the coming round”.",), repeated=("sit out the coming round",))
    assert newly_written(f"Sit out the coming round{end}", ours=offers) == "Sit out the coming round"


@pytest.mark.parametrize("width", [14, 20, 26, 40])
@pytest.mark.parametrize(
    "line", ["Questions? Write to people@example.com.", "What is the one solid action you take from it?"]
)
def test_knows_one_line_of_its_letter_again_that_was_torn_into_short_ones(line: str, width: int) -> None:
    ours = OurLetters(bodies=(f"Hello Anna,\n\n{line}\n\nFU-7KQ9-M2AA",))
    torn = textwrap.fill(line, width)
    assert newly_written(f"Yes, all done\n\n{torn}", ours=ours).strip() == "Yes, all done"


def test_keeps_a_question_of_theirs_that_is_no_whole_line_of_the_letter() -> None:
    ours = OurLetters(bodies=("Hello Anna,\n\nQuestions? Write to people@example.com.\n",))
    assert newly_written("Questions?\nWrite to me", ours=ours).strip() == "Questions?\nWrite to me"
