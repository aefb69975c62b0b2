"""What of an HTML mail nobody sees: sizes, colours and style sheets, each on both sides of where it turns."""

from __future__ import annotations

import lxml.html  # type: ignore[import-untyped]  # lxml ships no types
import pytest

from peerpact.programme.replies.appearance import (
    Colour,
    Look,
    hidden_classes,
    is_switched_off,
    look_of,
    style_of,
)

WHITE = (255, 255, 255)


@pytest.mark.parametrize(
    ("look", "visible"),
    [
        (Look(), True),
        (Look(tiny=True), False),
        (Look(ink=(0, 0, 0)), True),
        (Look(ink=(0, 0, 0), tiny=True), False),
        (Look(ink=(231, 255, 255)), False),
        (Look(ink=(230, 255, 255)), True),
        (Look(ink=(247, 247, 247)), False),
        (Look(ink=(247, 247, 246)), True),
        (Look(ink=(10, 10, 10), paper=(15, 5, 20)), False),
        (Look(ink=(10, 10, 10), paper=(15, 5, 25)), True),
    ],
)
def test_sees_ink_that_differs_from_its_paper_by_more_than_24(look: Look, *, visible: bool) -> None:
    assert look.is_visible is visible


@pytest.mark.parametrize(
    ("written", "colour"),
    [
        ("white", (255, 255, 255)),
        ("BLACK", (0, 0, 0)),
        ("snow", (255, 250, 250)),
        ("ivory", (255, 255, 240)),
        ("navy", None),
        ("#a1b2c3", (161, 178, 195)),
        ("#A1B2C3", (161, 178, 195)),
        ("#a1b2c3d4", (161, 178, 195)),
        ("#a1c", (170, 17, 204)),
        ("#a1cd", (170, 17, 204)),
        ("#a1b2c", None),
        ("#a1b2c3d", None),
        ("rgb(1,20,255)", (1, 20, 255)),
        ("rgba(1, 20, 255, 0.5)", (1, 20, 255)),
        ("rgb(1.5,20,255)", (1, 20, 255)),
        ("rgb(100,200)", None),
    ],
)
def test_reads_a_colour(written: str, colour: Colour | None) -> None:
    assert look_of({"style": f"color: {written}"}, Look()) == Look(ink=colour)
    assert look_of({"style": f"background: {written}"}, Look()) == Look(paper=colour or WHITE)
    assert look_of({"style": f"background-color:{written}"}, Look()) == Look(paper=colour or WHITE)
    assert look_of({"color": f" {written} "}, Look()) == Look(ink=colour)
    assert look_of({"text": written}, Look()) == Look(ink=colour)
    assert look_of({"bgcolor": written}, Look()) == Look(paper=colour or WHITE)


def test_inherits_what_an_element_does_not_change() -> None:
    around = Look(tiny=True, ink=(1, 2, 3), paper=(4, 5, 6))
    assert look_of({}, around) == around
    assert look_of({"style": "color:navy;background:navy"}, around) == around
    assert look_of({"style": "line-height:0"}, around) == around
    assert look_of({"style": "font-size:large"}, around) == Look(ink=(1, 2, 3), paper=(4, 5, 6))
    assert look_of({"style": "font-family:serif"}, around) == around
    assert look_of({"style": "color:#010203", "color": "#ffffff"}, Look()) == Look(ink=(1, 2, 3))
    assert look_of({"style": "background:#010203", "bgcolor": "#000"}, Look()) == Look(paper=(1, 2, 3))


@pytest.mark.parametrize(
    ("size", "tiny"),
    [
        ("1px", True),
        ("1.1px", False),
        ("1pt", True),
        ("1.1pt", False),
        ("1", True),
        ("1.1", False),
        ("0.1em", True),
        ("0.2em", False),
        ("0.1rem", True),
        ("0.2rem", False),
        ("10%", True),
        ("11%", False),
        ("100%", False),
        ("0", True),
    ],
)
def test_sees_nothing_of_text_without_size(size: str, *, tiny: bool) -> None:
    assert look_of({"style": f"Font-Size: {size}"}, Look()).tiny is tiny
    assert look_of({"style": f"font: bold, {size}"}, Look(tiny=True)).tiny is tiny


@pytest.mark.parametrize(
    ("attributes", "off"),
    [
        ({}, False),
        ({"hidden": ""}, True),
        ({"class": "x gone y"}, True),
        ({"class": "x"}, False),
        ({"class": f"{'x' * 295} gone"}, True),
        ({"class": f"{'x' * 296} gone"}, False),
        ({"style": "display: none"}, True),
        ({"style": "display:block"}, False),
        ({"style": "height:0; overflow:hidden"}, True),
        ({"style": "height:0"}, False),
        ({"style": "height:20px; overflow:hidden"}, False),
        ({"style": "opacity:0"}, True),
        ({"style": "opacity:0.0"}, True),
        ({"style": "opacity:0.5"}, False),
        ({"style": f"{'x' * 587};display:none"}, True),
        ({"style": f"{'x' * 588};display:none"}, False),
    ],
)
def test_knows_what_is_switched_off(attributes: dict[str, str], *, off: bool) -> None:
    assert is_switched_off(attributes, frozenset({"gone"})) is off


def test_reads_a_style_without_its_spaces_and_capitals() -> None:
    assert style_of({"style": "Display : None"}) == "display:none"
    assert style_of({}) == ""
    assert not is_switched_off({"class": "gone"}, frozenset())


def _hidden(*sheets: str) -> set[str]:
    styles = "".join(f"<style>{sheet}</style>" for sheet in sheets)
    return set(hidden_classes(lxml.html.document_fromstring(f"<html><head>{styles}</head><p>x</p></html>")))


@pytest.mark.parametrize(
    ("sheet", "hidden"),
    [
        (".a { Display : None }", {"a"}),
        (".a{display:block}", set()),
        (".a, p.b , #c, div .d {display:none} .e{color:red}", {"a", "b", "d"}),
        (".a .b:hover{display:none}", set()),
        (".a{display:none}.b{display:none}", {"a", "b"}),
        ("@media screen{.a{display:none}}", set()),
        ("@media screen{.a{color:red}.b{display:none}}.c{display:none}", {"c"}),
        ("@media screen{.a{color:red}} .c{display:none} @media print{.d{display:none}}", {"c"}),
        (".a{display:none}@media screen{.b{display:none}}", {"a"}),
        ("@import url(x);.a{display:none}", {"a"}),
        ("@charset 'x';@import 'y';.a{display:none}", {"a"}),
        ("@media x{.b{color:red;display:none}}.a{display:none}", {"a"}),
        ("@media x{.b{display:none;}.c{display:none;}}.a{display:none;}", {"a"}),
        ("@media screen{.a{display:none}", set()),
        ("@font-face{src:x}.a{display:none}", {"a"}),
        ("@media x{@media y{.b{display:none}}.c{display:none}}.a{display:none}", {"a"}),
        (".b{color:red;}.a{display:none;}", {"a"}),
        (".b@x;.a{display:none}", {"a"}),
        ("@media x{.b~.c{display:none}}", set()),
    ],
)
def test_finds_the_classes_that_a_sheet_hides_on_every_screen(sheet: str, hidden: set[str]) -> None:
    assert _hidden(sheet) == hidden


def test_reads_four_sheets_of_20000_signs() -> None:
    sheets = [f".{name}{{display:none}}" for name in "abcde"]
    assert _hidden(*sheets) == set("abcd")
    rule = ".a{display:none}"
    assert _hidden(" " * (20_000 - len(rule)) + rule) == {"a"}
    assert _hidden(" " * (20_001 - len(rule)) + rule) == set()
