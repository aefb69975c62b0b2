"""A sentence above or below a letter that programs quoted in 51 languages: marked, unmarked, wrapped, with footers."""

from __future__ import annotations

import textwrap
from datetime import datetime
from pathlib import Path

import pytest
from babel.dates import format_date, format_time

from peerpact.programme.replies.quotes import newly_written

ROWS = [
    line.split("\t")
    for line in (Path(__file__).parent / "written_in.tsv").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]
AT = datetime(2026, 3, 12, 10, 4)  # noqa: DTZ001 - as a wall shows it
NAME, ADDRESS = "Bob Smith", "bob.smith@example.org"
LETTER = (
    "Hello Anna,\n\nlast month you promised:\n\n  1. Ask Maria for feedback\n\nHow did it go? Reply: 1 done."
)
QUOTED = "\n".join(f"> {line}".rstrip() for line in LETTER.split("\n"))


def _words(locale: str) -> dict[str, str]:
    return {
        "wd": format_date(AT, "EEE", locale=locale),
        "md": format_date(AT, "MMM d" if locale == "en" else "d MMM", locale=locale),
        "y": "2026",
        "t": format_time(AT, "short", locale=locale),
        "num": format_date(AT, "short", locale=locale),
        "n": NAME,
        "a": ADDRESS,
    }


def _header(labels: str, locale: str, *, mark: str = "", address: str = f" <{ADDRESS}>") -> str:
    moment = f"{format_date(AT, 'full', locale=locale)} {format_time(AT, 'short', locale=locale)}"
    values = (f"{NAME}{address}", moment, "Anna Berg", "Your month")
    return "\n".join(
        f"{mark}{label}:{mark} {value}" for label, value in zip(labels.split(","), values, strict=True)
    )


def _wrapped(line: str, width: int) -> str:
    return "\n".join(textwrap.wrap(line, width, break_on_hyphens=False, break_long_words=False))


def _forms(locale: str, gmail: str, labels: str, thunderbird: str, own: str) -> dict[str, str]:
    gm, tb = (told.format(**_words(locale)) for told in (gmail, thunderbird))
    head, rule = _header(labels, locale), "_" * 32
    return {
        "quoted": f"{own}\n\n{gm}\n{QUOTED}",
        "quoted below a blank": f"{own}\n\n{gm}\n\n{QUOTED}",
        "unmarked": f"{own}\n\n{gm}\n\n{LETTER}",
        "unmarked, wrapped": f"{own}\n\n{_wrapped(gm, 60)}\n\n{LETTER}",
        "quoted, torn": f"{own}\n\n{_wrapped(gm, 38)}\n{QUOTED}",
        "quoted with its header": f"{own}\n\n> {gm}\n>\n{QUOTED}",
        "below": f"{gm}\n\n{QUOTED}\n\n{own}",
        "a name alone": f"{own}\n\n{tb}\n{QUOTED}",
        "below a name alone": f"{tb}\n{QUOTED}\n\n{own}",
        "a header": f"{own}\n\n{head}\n\n{LETTER}",
        "a header without a blank": f"{own}\n{head}\n{LETTER}",
        "a header below a rule": f"{own}\n\n{rule}\n{head}\n\n{LETTER}",
        "a bold header": f"{own}\n\n{_header(labels, locale, mark='*')}\n\n{LETTER}",
        "a header of names": f"{own}\n\n{_header(labels, locale, address='')}\n\n{LETTER}",
        "a signature": f"{own}\n\n-- \nAnna Berg\n\n{gm}\n{QUOTED}",
        "a phone": f"{own}\n\nSent from my iPhone\n\n{gm}\n{QUOTED}",
        "Outlook on a phone": f"{own}\n\nGet Outlook for iOS<https://aka.ms/o0ukef>\n{rule}\n{head}\n\n{LETTER}",
    }


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_reads_the_sentence_alone_however_the_letter_was_quoted(row: list[str]) -> None:
    forms = _forms(*row)
    assert {name: newly_written(body) for name, body in forms.items()} == dict.fromkeys(forms, row[-1])
