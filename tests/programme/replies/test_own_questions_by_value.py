"""Questions that ask nobody, each by a question or two in a small language of our own."""

from __future__ import annotations

from pathlib import Path

import pytest
from by_clause import clause_of

from peerpact.programme import languages
from peerpact.programme.replies.answer_words import words_from
from peerpact.programme.replies.own_questions import asks_nobody

WORDS = words_from(
    "xx",
    {
        "language": {"common": ["so", "until", "by", "on", "is"]},
        "answers": {
            "maybe": ["perhaps"],
            "believed": ["think"],
            "almost": ["nearly"],
            "yes": ["yes"],
            "no": ["no"],
            "things": ["promise"],
        },
        "sentences": {"interrogatives": ["which", "what is"]},
        "dates": {
            "until": ["until"],
            "by": ["by"],
            "on": ["on"],
            "next": ["next"],
            "last": ["last"],
            "week": ["week"],
            "weekdays": [["monday"]],
        },
    },
)
SILENT = words_from("xx", {"answers": {"things": ["promise"]}})
REPORT = "report"
"""It names a promise."""


@pytest.fixture(autouse=True)
def without_plain_words(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "xx").mkdir()
    (tmp_path / "xx" / "answers.toml").touch()
    monkeypatch.setattr(languages, "FOLDER", tmp_path)


def _asks_nobody(*clauses: str, of_outcomes: bool = True) -> bool:
    read = [clause_of(text, WORDS, names=[REPORT]) for text in clauses]
    return asks_nobody(" ".join(clauses), read, of_outcomes=of_outcomes)


@pytest.mark.parametrize(
    ("clauses", "nobody"),
    [
        (("report",), True),
        (("report so",), False),
        (("report, report so",), True),
        (("report, report so so",), False),
        (("xy xy xy", "report"), True),
        (("report", "xy xy xy"), True),
        (("xy",), False),
    ],
)
def test_asks_nobody_where_more_than_half_of_a_clause_is_the_promise(
    clauses: tuple[str, ...], *, nobody: bool
) -> None:
    assert _asks_nobody(*clauses, of_outcomes=False) is nobody


@pytest.mark.parametrize(
    ("text", "nobody"),
    [
        ("report so xy until next week", True),
        ("report so xy by next week", True),
        ("report so xy on next week", False),
        ("report so xy next week", False),
        ("report so xy until last week", False),
    ],
)
def test_asks_nobody_for_days_to_come(text: str, *, nobody: bool) -> None:
    assert _asks_nobody(f"{text} xy xy xy") is nobody
    assert not _asks_nobody(f"{text} xy xy xy", of_outcomes=False)


@pytest.mark.parametrize(
    ("clauses", "nobody"),
    [
        (("perhaps",), True),
        (("think so",), True),
        (("nearly so",), True),
        (("so so",), False),
        (("perhaps xy",), False),
        (("perhaps xy yes",), True),
        (("perhaps xy no",), True),
        (("yes no",), False),
        (("perhaps so so so so",), True),
        (("perhaps so so so so so",), False),
        (("xy xy", "perhaps so"), True),
        (("perhaps so", "xy xy"), True),
    ],
)
def test_asks_nobody_by_half_an_answer_of_five_words_at_most(
    clauses: tuple[str, ...], *, nobody: bool
) -> None:
    assert _asks_nobody(*clauses) is nobody
    assert not _asks_nobody(*clauses, of_outcomes=False)


@pytest.mark.parametrize(
    ("clauses", "nobody"),
    [
        (("which report",), True),
        (("so so report",), True),
        (("which so so report",), True),
        (("so which so so report",), False),
        (("which promise",), True),
        (("what is promise",), True),
        (("so which promise",), False),
        (("promise",), False),
        (("which so",), False),
        (("which xy report",), False),
        (("xy", "which report"), True),
        (("which report", "xy"), False),
    ],
)
def test_asks_nobody_which_promise_is_meant_in_four_words_at_most(
    clauses: tuple[str, ...], *, nobody: bool
) -> None:
    assert _asks_nobody(*clauses) is nobody
    assert not _asks_nobody(*clauses, of_outcomes=False)


def test_asks_somebody_where_a_language_lists_no_interrogatives() -> None:
    assert not asks_nobody("promise", [clause_of("promise", SILENT)], of_outcomes=True)
