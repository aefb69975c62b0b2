"""The small values of the programme: lines of guidance, keys, references, planned letters, sentences of actions."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest

from by_value import at, on
from peerpact.programme import languages
from peerpact.programme.correspondence import INITIALS, LetterRecord, LetterState, planned
from peerpact.programme.guidance import Guidance, GuidanceKind, GuidanceLine, seeded
from peerpact.programme.keys import event_id, reference, short_key
from peerpact.programme.plan import Action
from peerpact.programme.seen import ProgrammeSeen
from peerpact.programme.sentences import Sentence, say
from peerpact.programme.unseen import LONGEST_NAME, brief, without_unseen

RULE, QUESTION = GuidanceKind.GROUND_RULE, GuidanceKind.MONTHLY_QUESTION
GUIDANCE = Guidance(
    tuple(
        GuidanceLine(kind=kind, language=language, text=text)
        for kind, language, text in [
            (RULE, "en", "Keep it."),
            (RULE, "de", "Vertraulich."),
            (QUESTION, "en", "One?"),
            (QUESTION, "en", "Two?"),
            (QUESTION, "en", "Three?"),
            (RULE, "en", "Be there."),
        ]
    )
)


@pytest.mark.parametrize(
    ("kind", "language", "lines"),
    [
        (RULE, "en", ("Keep it.", "Be there.")),
        (RULE, "de", ("Vertraulich.",)),
        (RULE, "fr", ("Keep it.", "Be there.")),
        (QUESTION, "de", ("One?", "Two?", "Three?")),
        (GuidanceKind.SKILL_PROMPT, "en", ()),
    ],
)
def test_gives_the_lines_of_a_language_or_the_english_ones(
    kind: GuidanceKind, language: str, lines: tuple[str, ...]
) -> None:
    assert GUIDANCE.of(kind, language) == lines


@pytest.mark.parametrize(
    ("number", "line"), [(0, "One?"), (1, "Two?"), (2, "Three?"), (3, "One?"), (7, "Two?")]
)
def test_takes_turns(number: int, line: str) -> None:
    assert GUIDANCE.one_of(QUESTION, "en", number) == line


def test_has_no_turn_where_there_are_no_lines() -> None:
    assert GUIDANCE.one_of(GuidanceKind.SKILL_PROMPT, "en", 3) == ""


KINDS = (*GuidanceKind,)


def of_three(*left_out: GuidanceKind) -> Guidance:
    """Three lines of each kind, numbered."""
    lines = ((kind, n) for kind in KINDS if kind not in left_out for n in range(1, 4))
    return Guidance(tuple(GuidanceLine(kind=kind, language="en", text=f"{kind} {n}") for kind, n in lines))


@pytest.mark.parametrize(("number", "turn"), [(2, 2), (3, 3), (4, 1)])
def test_has_an_exercise_and_a_question_for_each_later_meeting(number: int, turn: int) -> None:
    assert of_three().of_meeting(number, "de") == {
        "number": number,
        "session": f"session {turn}",
        "ground_rules": (),
        "starters": (f"monthly question {turn}",),
    }
    without = of_three(GuidanceKind.SESSION, QUESTION).of_meeting(number, "de")
    assert (without["session"], without["starters"]) == (f"skill prompt {turn}", ())


def test_has_for_a_first_meeting_all_that_it_needs() -> None:
    assert of_three().of_meeting(1, "en") == {
        "session": "session 1",
        "ground_rules": tuple(f"ground rule {n}" for n in (1, 2, 3)),
        "starters": tuple(f"first-meeting question {n}" for n in (1, 2, 3)),
        "listening": tuple(f"listening {n}" for n in (1, 2, 3)),
    }


def test_begins_with_lines_of_every_kind_but_help_in_order_in_every_language() -> None:
    lines = seeded().lines
    assert {(x.kind, x.language) for x in lines} >= {
        (kind, code)
        for kind in KINDS
        if kind is not GuidanceKind.CONFIDENTIAL_HELP
        for code in languages.codes()
    }
    orders = [(x.kind, x.language, x.order) for x in lines]
    assert orders == sorted(orders)
    assert len({x.order for x in lines if x.kind is RULE}) > 1
    assert all(x.text for x in lines)


def test_makes_ids_that_nobody_guesses_who_has_not_the_secret() -> None:
    made = [event_id("first meeting", "r1-x", secret=secret)[:9] for secret in (b"", b"one", b"two")]
    assert made == ["m2pq0an7u", "mpmmldp7s", "m6dg2oe39"]


def test_makes_names_from_all_of_their_parts_and_nothing_else() -> None:
    """Keys of what was done before an upgrade must be found after it: these are as they have always been."""
    assert re.fullmatch(r"m[a-v0-9]{52}", event_id("a"))
    assert re.fullmatch(r"[a-v0-9]{8}", short_key("a", "b"))
    assert short_key("a", "b", length=5) == short_key("a", "b")[:5]
    assert len({short_key("a", "b"), short_key("ab"), short_key("a", "b", ""), short_key("b", "a")}) == 4
    assert re.fullmatch(r"FU-[A-V0-9]{4}-[A-V0-9]{4}", reference("FU", "key"))
    assert (reference("FU", "key"), short_key("pairing", "1"), event_id("x")[:9]) == (
        "FU-CIAM-AJOU",
        "h4kbdieu",
        "m5lohcgln",
    )


def test_plans_a_letter_under_a_reference_of_its_kind() -> None:
    letter = planned(
        "follow-up", "follow-up:a", "a@x", at=at("2026-01-31T23:59:59.9"), pairing="p", about=("c",)
    )
    assert letter == LetterRecord(
        key="follow-up:a",
        kind="follow-up",
        person="a@x",
        reference=reference("FU", "follow-up:a"),
        state=LetterState.PLANNED,
        pairing="p",
        planned=at("2026-01-31T23:59:59"),
        about=("c",),
    )


def test_knows_names_and_the_day() -> None:
    programme = ProgrammeSeen(now=at("2026-01-31T23:59"))
    assert (programme.today, programme.name("a@x")) == (on("2026-01-31"), "a@x")


@pytest.mark.parametrize(
    ("kind", "initials"),
    [
        ("introduction", "IN"),
        ("pick-a-time", "PT"),
        ("partner-left", "PL"),
        ("commitment-request", "CR"),
        ("follow-up", "FU"),
        ("reminder", "RE"),
        ("acknowledgement", "AC"),
        ("ask-again", "AA"),
        ("digest", "DI"),
    ],
)
def test_begins_each_kind_s_references_as_ever(kind: str, initials: str) -> None:
    assert planned(kind, "key", "a@x", at=at("2026-01-01")).reference == reference(initials, "key")
    assert INITIALS[kind] == initials


@dataclass(frozen=True, slots=True, kw_only=True)
class Promised(Action):
    """An action with somebody's words in it."""

    @property
    def key(self) -> str:
        return "key"

    @staticmethod
    def in_number(many: int) -> Sentence:
        return say("{many} promises", many=many)

    @property
    def summary(self) -> str:
        return "Write to Ada"

    @property
    def texts(self) -> tuple[str, ...]:
        return ("“Call Sam”", "“Ask”")


def test_says_people_s_words_only_where_it_is_asked_to() -> None:
    assert Promised().sentence() == "Write to Ada"
    assert Promised().sentence(show_texts=True) == "Write to Ada\n      “Call Sam”\n      “Ask”"


@pytest.mark.parametrize(
    ("typed", "left"),
    [
        ("Ada Byron", "Ada Byron"),
        ("Ada\tB\nC", "Ada\tB\nC"),
        ("A\x07da", "Ada"),
        ("A\u200bda Zo\u00eb", "Ada Zo\u00eb"),
        ("A\u200dda", "Ada"),
        ("\U0001f469\u200d\U0001f4bb", "\U0001f469\u200d\U0001f4bb"),
        ("", ""),
    ],
)
def test_takes_out_what_nobody_sees(typed: str, left: str) -> None:
    assert without_unseen(typed) == left


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("a" * 80, "a" * 80),
        ("a" * 81, "a" * 79 + "…"),
        ("a" * 78 + " b c", "a" * 78 + "…"),
        ("Ada", "Ada"),
    ],
)
def test_shows_names_up_to_eighty_signs(name: str, shown: str) -> None:
    assert brief(name) == shown
    assert len(brief(name)) <= LONGEST_NAME == 80
