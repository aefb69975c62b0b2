"""Where what somebody quotes runs on as a letter of ours does, and which whole lines of it are there."""

from __future__ import annotations

import pytest

from peerpact.programme.replies.known_letter import LetterKnown, letters_of

PROMISED, ASKED = "You promised to read the guide by Friday.", "How did it go with your team this week?"
LETTER = f"Hi Ada,\n{PROMISED}\n1 done\n{ASKED}\nKind regards"
P, A = letters_of(PROMISED), letters_of(ASKED)
Run = tuple[range, set[str]]


def _runs(body: str, *lines: str) -> list[Run]:
    return LetterKnown.both_ways(body)[0].runs_in(lines)


@pytest.mark.parametrize(
    ("lines", "runs"),
    [
        ((PROMISED,), []),
        ((PROMISED, "1 done"), [(range(2), {P, "done"})]),
        ((f"{PROMISED} 1 done",), [(range(1), {P, "done"})]),
        (("How did it go with your team", "this week?"), [(range(2), {A})]),
        (("How did it go with your team this", "week? Kind"), [(range(2), {A})]),
        (("1 done", ASKED), [(range(2), {"done", A})]),
        (("Hi Ada,", PROMISED), [(range(2), {"hiada", P})]),
        ((PROMISED, "1 done", ASKED), [(range(3), {P, "done", A})]),
        (("x", PROMISED, "1 done", "x"), [(range(1, 3), {P, "done"})]),
        ((PROMISED, "1 done", "x", "1 done", ASKED), [(range(2), {P, "done"}), (range(3, 5), {"done", A})]),
        (("x",), []),
    ],
)
def test_tells_where_lines_run_on_as_in_the_letter(lines: tuple[str, ...], runs: list[Run]) -> None:
    assert _runs(LETTER, *lines) == runs


def test_takes_the_first_place_from_which_lines_run_on() -> None:
    again = "\n".join(f"{PROMISED}\n{word} piece" for word in ("one", "two", "two"))
    assert _runs(again, PROMISED, "two piece") == [(range(2), {P, "twopiece"})]


def test_looks_60_lines_up_and_down() -> None:
    assert _runs(PROMISED, *[""] * 61, PROMISED) == [(range(1, 62), {P})]
    assert _runs(PROMISED, PROMISED, *[""] * 61) == [(range(60), {P})]


@pytest.mark.parametrize(
    ("lines", "repeated", "whole"),
    [
        ((PROMISED, "x", ASKED), (), {0, 2}),
        ((PROMISED, ASKED), (P,), {1}),
        (("1 done",), (), set()),
        (("How did it go with your team", "this week?"), (), {0, 1}),
        (("How did it go with your team", "this week?"), (A,), set()),
        ((f"{PROMISED} {ASKED}",), (), set()),
    ],
)
def test_tells_lines_that_are_whole_ones_and_not_what_people_wrote_themselves(
    lines: tuple[str, ...], repeated: tuple[str, ...], whole: set[int]
) -> None:
    assert LetterKnown.both_ways(LETTER)[0].wholes_in(lines, repeated) == whole


def test_takes_a_number_before_what_people_wrote_for_ours() -> None:
    (known,) = LetterKnown.both_ways(f"12. {PROMISED}")
    assert known.wholes_in([f"12. {PROMISED}"], ()) == {0}
    assert known.wholes_in([f"12. {PROMISED}"], (P,)) == set()


def test_knows_the_first_120000_signs_of_a_letter() -> None:
    for signs, lines in ((120_000, {0}), (120_001, set())):
        filling = "-" * (signs - len(PROMISED) - 1) + "\n"
        (known,) = LetterKnown.both_ways(f"{filling}{PROMISED[:-1]}y")
        assert known.lines_in([f"{PROMISED[:-1]}y"]) == lines


def test_judges_a_line_by_its_first_200_words_signs_left_out() -> None:
    words = [f"word{number}" for number in range(400)]
    (known,) = LetterKnown.both_ways(" ".join(words))
    most = [*words[:90], *words[200:290]]
    strange = [f"strange{number}" for number in range(21)]
    assert known.lines_in([" ".join([*most, *strange[:20]])]) == {0}
    assert known.lines_in([" ".join([*most, *strange])]) == {0}
    assert known.lines_in([" ".join([*strange, *most])]) == set()
    assert known.lines_in(["word1 – word2 – word3 word4 strange0 word7 word8 word9 word10"]) == set()
    assert known.lines_in(["word1 – word2 – word3 word4 word7 word8 word9 word10"]) == {0}
