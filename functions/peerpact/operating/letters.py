"""``peerpact letters``: every letter in every language and case, as files, and their sentences side by side."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from html import escape
from pathlib import Path

from peerpact.letters import folder_of, render, side_by_side
from peerpact.letters.examples import Example, examples
from peerpact.programme import languages
from peerpact.programme.sentences import known_in

_STYLE = "body{font:16px/1.5 sans-serif;margin:2rem}td,th{padding:.3rem 1rem .3rem 0;text-align:left}"


def write_letters(to: Path) -> Iterator[str]:
    """Write each letter as HTML and text, and an index of all; yields what was written, line by line."""
    to.mkdir(parents=True, exist_ok=True)
    rows = []
    spoken = [examples(language=code) for code in languages.codes()]
    for same in zip(*spoken, strict=True):
        cells = [_file(e, code, to) for e, code in zip(same, languages.codes(), strict=True)]
        rows.append(f"<tr><th>{escape(_title(same[0]))}</th>{''.join(cells)}</tr>")
    page = (
        '<!doctype html><html lang="en"><meta charset="utf-8"><title>Mails</title>'
        f"<style>{_STYLE}</style><h1>Mails</h1><table>{''.join(rows)}</table></html>\n"
    )
    (to / "index.html").write_text(page, encoding="utf-8")
    sentences = sentences_side_by_side()
    with (to / "sentences.csv").open("w", encoding="utf-8-sig", newline="") as file:
        table = csv.DictWriter(file, languages.codes())
        table.writeheader()
        table.writerows(sentences)
    yield f"{len(rows)} mails in {len(languages.codes())} languages: {to / 'index.html'}"
    yield f"{len(sentences)} sentences side by side, for whoever corrects a language: {to / 'sentences.csv'}"


def sentences_side_by_side() -> list[dict[str, str]]:
    """Return all that people read in their language, line by line: letters, the spreadsheet, guidance, handbook."""
    return [
        *side_by_side(),
        *_to_admins(),
        *_lines("guidance.csv", "kind", "order"),
        *_lines("handbook.csv", "order"),
    ]


def _to_admins() -> Iterator[dict[str, str]]:
    known = {code: known_in(code) for code in languages.codes()}
    for pattern in dict.fromkeys(pattern for sentences in known.values() for pattern in sentences):
        yield {code: known[code].get(pattern, pattern) for code in known}


def _lines(file: str, *key: str) -> Iterator[dict[str, str]]:
    """Yield the texts of one of the languages' files with their translations."""
    found: dict[tuple[str, ...], dict[str, str]] = {}
    for code in languages.codes():
        for row in languages.lines(code, file):
            found.setdefault(tuple(row[name] for name in key), {})[code] = row["text"]
    yield from found.values()


def _file(example: Example, language: str, to: Path) -> str:
    rendered = render(example.letter, language=language)
    name = re.sub(r"[^a-z]+", "-", f"{_title(example)} {language}".lower())
    (to / f"{name}.html").write_text(rendered.html, encoding="utf-8")
    (to / f"{name}.txt").write_text(f"Subject: {rendered.subject}\n\n{rendered.text}", encoding="utf-8")
    said = escape(rendered.subject)
    return f'<td lang="{language}"><a href="{name}.html">{said}</a> (<a href="{name}.txt">text</a>)</td>'


def _title(example: Example) -> str:
    return f"{folder_of(type(example.letter)).replace('_', ' ')}: {example.case}"
