"""Sentences for admins: English where they are made, and the admins' language where they are shown."""

import ast
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from string import Formatter

import pytest

from peerpact.programme import languages, sentences
from peerpact.programme.sentences import (
    all_of,
    any_of,
    as_written,
    counted,
    day_of_month_in,
    in_english,
    in_every_language,
    in_language,
    joined,
    known_in,
    month_in,
    said_in,
    say,
)
from peerpact.tables.schema import tabs_of
from peerpact.tables.spoken import sentences as told_of

DAY = date(2027, 3, 1)
PACKAGE = Path(sentences.__file__).parent.parent
SAYS = {"say": slice(0, 1), "counted": slice(1, 3)}
"""Where the patterns are among what these are called with."""
SAID_AT_THE_COMMAND_LINE = {"roster_file.py", "layout.py"}
"""What these raise, “peerpact import” and “peerpact init” say, which speak English."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    what: str
    many: int


def test_is_english_text_until_it_is_shown() -> None:
    sentence = counted(2, "1 waits for your objection.", "{many} wait for your objection.")
    assert sentence == "2 wait for your objection."
    assert f"({sentence})" == "(2 wait for your objection.)"
    assert in_language(sentence, "en") == sentence


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "The first round opens on 1 March 2027."),
        ("de", "Die erste Runde beginnt am 1. März 2027."),
        ("fr", "Le premier tour commence le 1er mars 2027."),
        ("es", "La primera ronda empieza el 1 de marzo de 2027."),
        ("it", "The first round opens on 1 March 2027."),
    ],
)
def test_says_its_days_in_the_language_too(language: str, said: str) -> None:
    assert in_language(say("The first round opens on {day}.", day=DAY), language) == said


def test_says_the_sentences_in_it_in_the_same_language() -> None:
    inner = say("{many} rounds ago", many=3)
    outer = joined([say("paired {when}", when=inner), as_written("no common language")], "; ")
    assert in_language(outer, "de") == "zuletzt ein Tandem vor 3 Runden; no common language"


def test_keeps_what_people_wrote_as_it_is_braces_and_all() -> None:
    assert say("“{name}” is empty", name="{day} %s {") == "“{day} %s {” is empty"
    assert in_language(as_written("January {"), "de") == "January {"


def test_lists_with_the_word_of_the_language() -> None:
    assert [all_of(["a"]), all_of("abc"), any_of("ab"), all_of([])] == ["a", "a, b and c", "a or b", ""]
    assert in_language(all_of("abc"), "fr") == "a, b et c"


def test_begins_with_a_capital_where_told_to() -> None:
    problem = say("{what:first}.", what=say("the country {cell} is unknown", cell="“X”"))
    assert problem == "The country “X” is unknown."
    assert in_language(problem, "es") == "El país “X” no se conoce."


def test_says_what_is_in_a_value() -> None:
    value = Shown(what=say("None."), many=3)
    assert said_in(value, "de") == Shown(what="Keine.", many=3)
    assert type(said_in(value, "de").what) is str


@dataclass(frozen=True)
class Made:
    """As a value that makes a field of its own."""

    many: int
    words: str = field(init=False, default=say("None."))


def test_leaves_what_holds_no_sentence_as_it_is() -> None:
    for value in (3, None, Shown, Shown(what="None.", many=3), Made(1)):
        assert said_in(value, "de") is value


@pytest.mark.parametrize(("language", "said"), [("en", "1 March"), ("fr", "1er mars"), ("it", "1 March")])
def test_says_the_first_of_a_month_as_the_language_does_and_no_other_day(language: str, said: str) -> None:
    assert day_of_month_in(DAY, language) == said
    assert day_of_month_in(DAY.replace(day=2), language) == said.replace("1er", "1").replace("1", "2")


def test_knows_a_sentence_again_in_every_language() -> None:
    pause = say("Pause the programme")
    shown = list(in_every_language(pause))
    assert len(set(shown)) == len(shown) == len(languages.codes())
    assert {in_english(text) for text in shown} == {pause}
    assert in_english("Ours") == "Ours"


def patterns() -> dict[str, str]:
    """Return what product code says to admins, by pattern, with the place; fails where a pattern is not written out."""
    found: dict[str, str] = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        source = path.read_text(encoding="utf-8")
        if f"from {sentences.__name__} import" not in source and path != Path(sentences.__file__):
            continue
        for call in (n for n in ast.walk(ast.parse(source)) if isinstance(n, ast.Call)):
            said = SAYS.get(call.func.id) if isinstance(call.func, ast.Name) else None
            for pattern in call.args[said] if said else ():
                place = f"{path.relative_to(PACKAGE)}:{call.lineno}"
                if path != Path(sentences.__file__):
                    assert isinstance(pattern, ast.Constant), (
                        f"{place}: write the pattern out, so that it is found"
                    )
                if isinstance(pattern, ast.Constant):
                    found.setdefault(pattern.value, place)
    seen = [t for t in tabs_of("programme") if not t.hidden]
    return found | {s: f"sheets_schema, {t.title}" for t in seen for s in told_of(t)}


def raised() -> dict[str, ast.expr]:
    """Return with what jobs raise those errors that Problems tells of, by place."""
    found = {}
    for room in ("google", "jobs", "letters", "tables"):
        for path in (PACKAGE / room).rglob("*.py"):
            if path.name in SAID_AT_THE_COMMAND_LINE:
                continue
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call) and node.exc.args:
                    name = node.exc.func.id if isinstance(node.exc.func, ast.Name) else ""
                    if name in {"SheetError", "LetterError", "OddityError", "GoogleError", "kind"}:
                        found[f"{path.relative_to(PACKAGE)}:{node.lineno}"] = node.exc.args[0]
    return found


def test_is_what_every_error_says_that_admins_may_read() -> None:
    """A text that is no sentence is English whatever the admins' language is."""
    plain = (ast.Constant, ast.JoinedStr, ast.BinOp)
    assert len(raised()) > 8
    assert [place for place, words in raised().items() if isinstance(words, plain)] == []


def gaps(pattern: str) -> list[str]:
    return sorted(name for _, name, _, _ in Formatter().parse(pattern) if name)


def words(pattern: str) -> str:
    return "".join(text for text, _, _, _ in Formatter().parse(pattern)).strip(" .,;:()&+")


@pytest.mark.parametrize("language", [code for code in languages.codes() if code != languages.FALLBACK])
def test_is_there_in_every_language_with_the_same_gaps(language: str) -> None:
    """Whoever adds a sentence adds it to each ``admins.toml``, as a native speaker at work would say it."""
    known, wanted = known_in(language), patterns()
    missing = {pattern: place for pattern, place in wanted.items() if words(pattern) and pattern not in known}
    assert missing == {}
    assert [p for p in known if p not in wanted and words(p)] == []
    assert {p: said for p, said in known.items() if set(gaps(said)) - set(gaps(p))} == {}
    left_out = {p: said for p, said in known.items() if set(gaps(p)) != set(gaps(said))}
    assert left_out == {}


@pytest.mark.parametrize(
    ("day", "language", "said"),
    [
        (date(2026, 1, 31), "en", "January 2026"),
        (date(2026, 12, 1), "en", "December 2026"),
        (date(2027, 3, 1), "de", "März 2027"),
    ],
)
def test_says_a_month(day: date, language: str, said: str) -> None:
    assert month_in(day, language) == said
