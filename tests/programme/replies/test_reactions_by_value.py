"""What is a reaction and no words: Gmail's part, what programs write in its place, and how long each may be."""

from __future__ import annotations

import pytest

from peerpact.programme.replies.reactions import is_only_a_gesture, reaction_in, reaction_of

THUMB = "👍"
LINK = "https://www.google.com/gmail/about/"


@pytest.mark.parametrize(
    ("emoji", "is_one"),
    [
        (THUMB, True),
        (THUMB * 24, True),
        (THUMB * 25, False),
        ("", False),
        ("ok", False),
        ("👍a", False),
        ("👍 👍", False),
    ],
)
def test_takes_up_to_24_signs_without_a_letter_or_space(emoji: str, *, is_one: bool) -> None:
    assert reaction_of(f'{{"emoji": "{emoji}"}}') == (emoji if is_one else "")


@pytest.mark.parametrize("part", ["", "{", "[]", "null", '"👍"', '{"emoji": 3}', '{"version": 1}'])
def test_reads_no_emoji_where_the_part_tells_none(part: str) -> None:
    assert reaction_of(part) == ""


def test_reads_two_thousand_signs_of_the_part() -> None:
    assert reaction_of(f'{{"emoji": "{THUMB}"'.ljust(1_999) + "}") == THUMB
    assert reaction_of(f'{{"emoji": "{THUMB}"'.ljust(2_000) + "}") == ""


@pytest.mark.parametrize(
    ("text", "reaction"),
    [
        pytest.param(f"{THUMB}\nAda reacted via Gmail", THUMB, id="an emoji, and that it is a reaction"),
        pytest.param(f"{THUMB}\n\n{LINK}", THUMB, id="an emoji, and the link below Gmail's reactions"),
        pytest.param(
            f"{THUMB}\nIn a long, long line of more than twelve words Ada says that she reacted via Gmail",
            THUMB,
            id="below an emoji, in any number of words",
        ),
        pytest.param(f"Done\n\n{LINK}", "", id="that link below words is none"),
        pytest.param(THUMB, "", id="an emoji alone may be an answer"),
        pytest.param("", "", id="nothing"),
        pytest.param("Liked “the plan”", "Liked", id="as a phone says it"),
        pytest.param("Laughed at «the plan»", "Laughed at", id="in two words"),
        pytest.param("Liked the plan", "", id="without what it quotes it is somebody's own"),
        pytest.param("Read “the plan”", "", id="another verb is somebody's own"),
        pytest.param("Liked “the\nplan” ", "Liked", id="over two lines"),
        pytest.param(
            "Ada REACTED to your message", "message", id="the words for it, and the last of its line"
        ),
        pytest.param(
            "one two three four five six seven eight reacted to your message",
            "message",
            id="in twelve words",
        ),
        pytest.param(
            "one two three four five six seven eight nine reacted to your message",
            "",
            id="thirteen are somebody's own",
        ),
    ],
)
def test_tells_a_reaction_by_its_words(text: str, reaction: str) -> None:
    assert reaction_in(text) == reaction


def test_looks_at_texts_of_six_hundred_signs() -> None:
    told = f"{THUMB}\nAda reacted via Gmail\n"
    assert reaction_in(told + "x" * (600 - len(told))) == THUMB
    assert reaction_in(told + "x" * (601 - len(told))) == ""


@pytest.mark.parametrize(
    ("text", "alone"),
    [(THUMB, True), ("🎉 ~!", True), ("✅", False), ("👎", False), ("👍 ok", False), ("5", False)],
)
def test_tells_a_gesture_that_may_only_say_seen(text: str, *, alone: bool) -> None:
    assert is_only_a_gesture(text) is alone
