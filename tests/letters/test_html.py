"""Letters as mail programs show them: colours that can be read, light and dark, and the same words as text."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser
from itertools import product
from pathlib import Path
from urllib.parse import unquote

import pytest
from playwright.sync_api import Browser

from peerpact.letters import LETTERS, Digest, Introduction, Invitation, render
from peerpact.letters.examples import Example, examples
from peerpact.operating.letters import write_letters
from peerpact.programme import languages
from peerpact.resources import folder

EXAMPLES = list(examples())
MAILS = [e for e in EXAMPLES if not isinstance(e.letter, Invitation)]
AA = 4.5
"""WCAG 2.2, 1.4.3: the least contrast of text."""
FINGER = 44
"""Pixels: as high and wide as a button must be (WCAG 2.2, 2.5.5)."""
VOID = {"meta", "br", "link", "img", "hr"}


def named(example: Example) -> str:
    return f"{type(example.letter).__name__} {example.case}"


class Looked(HTMLParser):
    """Walks through a mail with the colours that each text has."""

    def __init__(self, dark: dict[str, dict[str, str]]) -> None:
        super().__init__()
        self.dark, self.stack = dark, [{"color": "#000000", "background-color": "#ffffff"}]
        self.tags: list[str] = []
        self.found: list[tuple[str, str, str]] = []
        self.cells: list[dict[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in VOID:
            return
        given = {name: value or "" for name, value in attrs}
        style = {
            k.strip(): v.strip()
            for k, v in (p.split(":", 1) for p in given.get("style", "").split(";") if ":" in p)
        }
        for name in given.get("class", "").split():
            style |= self.dark.get(name, {})
        if tag == "td":
            self.cells.append(given | style)
        self.tags.append(tag)
        self.stack.append(self.stack[-1] | style)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            self.tags.pop()
            self.stack.pop()

    def handle_data(self, data: str) -> None:
        colours = self.stack[-1]
        if (
            data.strip()
            and "style" not in self.tags
            and colours.get("display") != "none"
            and "head" not in self.tags
        ):
            self.found.append((data.strip(), colours["color"], colours["background-color"]))


def dark() -> dict[str, dict[str, str]]:
    text = re.sub(
        r"\{#.*?#\}", "", (folder("templates") / "layout" / "dark.css").read_text("utf-8"), flags=re.DOTALL
    )
    block = text.partition("@media")[2].partition("{")[2].partition("\n}")[0]
    found: dict[str, dict[str, str]] = {}
    for names, body in re.findall(r"([^{}]+)\{([^}]+)\}", block):
        style = {
            k.strip(): v.replace("!important", "").strip() for k, v in re.findall(r"([\w-]+):([^;]+);", body)
        }
        for name in names.split(","):
            found.setdefault(name.strip().removeprefix("."), {}).update(style)
    return found


def looked_at(html: str, *, dark_mode: bool = False) -> Looked:
    it = Looked(dark() if dark_mode else {})
    it.feed(html)
    return it


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, deep = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (deep + 0.05)


def test_has_an_example_of_every_letter() -> None:
    assert {type(example.letter) for example in EXAMPLES} == set(LETTERS)


@pytest.mark.parametrize("dark_mode", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("example", MAILS, ids=named)
def test_can_be_read(example: Example, dark_mode: bool) -> None:
    texts = looked_at(render(example.letter, language="en").html, dark_mode=dark_mode).found
    assert texts
    assert [(t, c, b) for t, c, b in texts if contrast(c, b) < AA] == []


@pytest.mark.parametrize("example", MAILS, ids=named)
def test_has_its_colours_on_cells_as_outlook_draws_those_alone(example: Example) -> None:
    cells = looked_at(render(example.letter, language="en").html).cells
    assert [c for c in cells if c.get("background-color") != c.get("bgcolor")] == []


def buttons(html: str) -> Iterator[str]:
    yield from re.findall(r'<a class="(?:main|other) press"[^>]*>([^<]*)</a>', html)


@pytest.mark.parametrize("language", languages.codes())
@pytest.mark.parametrize("example", MAILS, ids=named)
def test_says_as_text_what_it_says_as_html(example: Example, language: str) -> None:
    rendered = render(example.letter, language=language)
    plain = " ".join(rendered.text.split())
    pressed = set(buttons(rendered.html))
    texts = [t for t, _, _ in looked_at(rendered.html).found if t not in pressed]
    said = [
        " ".join(part.replace("\u2060", "").split())
        for text in texts
        for part in text.split("\n")
        if part.strip()
    ]
    missing = [part for part in said if part.strip("*✓ ().") not in plain.replace("\u2060", "")]
    assert [part for part in missing if not re.fullmatch(r"\d+\.|[–\d %]+", part)] == []


@pytest.mark.parametrize("example", MAILS, ids=named)
def test_leads_as_text_wherever_it_leads_as_html(example: Example) -> None:
    """A button that fills in an answer has its words in the text; any other one leads to a page or a person."""
    rendered = render(example.letter, language="en")
    links = [unescape(link) for link in re.findall(r'href="([^"]*)"', rendered.html)]
    mails = [link for link in links if link.startswith("mailto:") and not re.search("body=.", link)]
    places = [unquote(link.removeprefix("mailto:").partition("?")[0]) for link in mails]
    places += [link for link in links if link.startswith("https:")]
    assert [place for place in places if place not in rendered.text] == []


@pytest.mark.parametrize("example", MAILS, ids=named)
def test_has_lists_that_are_lists(example: Example) -> None:
    texts = looked_at(render(example.letter, language="en").html).found
    assert [text for text, _, _ in texts if text.startswith("* ")] == []


@pytest.mark.parametrize("language", languages.codes())
@pytest.mark.parametrize("example", MAILS, ids=named)
def test_names_the_programme_once_and_begins_as_people_write(example: Example, language: str) -> None:
    rendered = render(example.letter, language=language)
    body = rendered.html.partition("</head>")[2]
    assert re.sub(r'href="[^"]*"', "", body).count("Peer mentoring") == 1
    assert "Peer mentoring" not in rendered.subject
    assert rendered.subject[0].isupper() or rendered.subject[0] in "¿"


@pytest.mark.parametrize("language", languages.codes())
def test_has_a_line_before_the_mail(language: str) -> None:
    """Inboxes show it beside the subject; without one they show the programme's name and a greeting."""
    for example in (e for e in examples(language=language) if not isinstance(e.letter, Invitation)):
        html = render(example.letter, language=language).html
        before = re.findall(r'<div style="display:none;">(.*?)</div>', html, re.DOTALL)
        assert len(before) == 1, named(example)
        said = unescape(" ".join(before[0].split()))
        assert len(said) > 5, named(example)
        assert "<" not in before[0], named(example)
        assert not said.startswith("* "), named(example)


@pytest.mark.parametrize("language", languages.codes())
def test_asks_to_check_a_time_once_whatever_is_in_doubt(language: str) -> None:
    """Each doubt has its words, and the last is what to do, once."""
    letter = next(e.letter for e in examples(language=language) if isinstance(e.letter, Introduction))
    assert letter.meeting
    said: dict[tuple[bool, ...], list[str]] = {}
    for edge, unchecked, guessed in product((False, True), repeat=3):
        meeting = replace(letter.meeting, at_the_edge=edge, unchecked=unchecked, is_zone_guessed=guessed)
        text = " ".join(render(replace(letter, meeting=meeting), language=language).text.split())
        said[edge, unchecked, guessed] = re.split(r"(?<=[.:)]) ", text)
    plain = said[False, False, False]
    for (edge, unchecked, guessed), sentences in said.items():
        added = [s for s in sentences if s not in plain]
        parts = len(re.split(r"(?<=\w)[.] ", " ".join(added))) if added else 0
        assert parts == edge + (unchecked or guessed) + (edge or unchecked or guessed)
    assert len({tuple(sentences) for sentences in said.values()}) == len(said)


def test_writes_them_all_as_files(tmp_path: Path) -> None:
    said = list(write_letters(tmp_path / "letters"))
    assert len(list((tmp_path / "letters").glob("*.html"))) == len(EXAMPLES) * len(languages.codes()) + 1
    index, many = tmp_path / "letters" / "index.html", len(languages.codes())
    assert said[0] == f"{len(EXAMPLES)} mails in {many} languages: {index}"
    with (tmp_path / "letters" / "sentences.csv").open(encoding="utf-8-sig", newline="") as file:
        sentences = list(csv.DictReader(file))
    assert [row["en"] for row in sentences if not all(row.values())] == []
    assert "What is said here stays between you." in [row["en"] for row in sentences]


@pytest.mark.parametrize("language", languages.codes())
def test_puts_the_figures_into_the_digests_subject(language: str) -> None:
    for digest in (e.letter for e in EXAMPLES if isinstance(e.letter, Digest)):
        subject = render(digest, language=language).subject
        waiting = digest.waiting_for_approval + digest.problems + digest.requests + digest.needs_a_person
        rate = ["84"] if dict(digest.figures).get("follow_through") else []
        assert re.findall(r"\d+", subject) == rate + ([str(waiting)] if waiting else [])


@pytest.mark.browser
def test_fits_a_narrow_phone_and_a_finger(browser: Browser) -> None:
    """All mails in all languages at 360 px, on one page: each in a frame that is taken away again."""
    mails = {
        f"{named(e)} {code}": render(e.letter, language=code).html
        for code in languages.codes()
        for e in examples(language=code)
        if not isinstance(e.letter, Invitation)
    }
    page = browser.new_page(viewport={"width": 400, "height": 800})
    seen = page.evaluate(
        """async (mails) => {
            const found = {};
            for (const [name, html] of Object.entries(mails)) {
                const frame = document.createElement("iframe");
                frame.style.cssText = "width:360px;height:600px;border:0";
                frame.srcdoc = html;
                await new Promise((done) => { frame.onload = done; document.body.append(frame); });
                const buttons = [...frame.contentDocument.querySelectorAll("a.press")];
                found[name] = {
                    width: frame.contentDocument.documentElement.scrollWidth,
                    buttons: buttons.map((b) => [b.textContent, b.offsetWidth, b.offsetHeight]),
                };
                frame.remove();
            }
            return found;
        }""",
        mails,
    )
    page.context.close()
    assert len(seen) == len(mails)
    assert {name: one["width"] for name, one in seen.items() if one["width"] > 360} == {}
    buttons = {(name, *button) for name, one in seen.items() for button in one["buttons"]}
    assert len(buttons) > 100
    assert {b for b in buttons if min(b[2:]) < FINGER} == set()
