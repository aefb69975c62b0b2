"""Rounds of ordinary replies, each written blind and tried once before anything was mended: asked seldom, and right.

``ordinary_*.tsv``: "promises en: a / b", then "@en O2" (letter as in ``phone.tsv``; N asks for a number as well), then
text and meanings: alternatives by " / ", parts by ", ", and "?met" for a part that may be recorded and need not be.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from recorded import parts_of, recorded

from peerpact.programme.replies.meaning import Asked, Understood, understand
from peerpact.programme.requests import Wish

TODAY = date(2026, 1, 12)
HERE = Path(__file__).parent
ROUNDS = sorted(path.stem for path in HERE.glob("ordinary_*.tsv"))
ASKED = {"A": Asked.ANYTHING}
ALSO = {"A": {Asked.TOPICS}, "T": {Asked.NEXT_ROUND}, "N": {Asked.NUMBER}}
MOST_ASKED = 0.25
"""Of those with a plain reading."""


@dataclass(frozen=True, kw_only=True)
class Row:
    """One reply to one letter, with the meanings that may be recorded."""

    language: str
    letter: str
    promises: list[str]
    text: str
    meanings: str

    @property
    def is_plain(self) -> bool:
        return not {"ask", "care"} & {meaning.strip() for meaning in self.meanings.split(" / ")}


def rows(name: str) -> Iterator[Row]:
    promises: dict[str, list[str]] = {}
    language = letter = ""
    for line in (HERE / f"{name}.tsv").read_text(encoding="utf-8").splitlines():
        if line.startswith("promises "):
            of, _, texts = line.removeprefix("promises ").partition(": ")
            promises[of] = texts.split(" / ")
        elif line.startswith("@"):
            language, letter = line.removeprefix("@").split()
        elif line and not line.startswith("#"):
            text, _, meanings = line.partition("\t")
            mine = promises[language][: int(letter[1:] or 0)]
            yield Row(language=language, letter=letter, promises=mine, text=text, meanings=meanings)


def read(row: Row) -> Understood:
    return understand(
        row.text,
        open_commitments=row.promises,
        languages=(row.language,),
        on=TODAY,
        asked=Asked.OUTCOMES if row.promises else ASKED.get(row.letter[0], Asked.COMMITMENT),
        also=ALSO.get(row.letter[0], set()),
    )


def found_in(row: Row) -> set[str]:
    return recorded(read(row), {Wish.NEW_PARTNER: Wish.ANOTHER_PARTNER})


def accepted(meaning: str) -> tuple[set[str], set[str]]:
    """Return what has to be recorded, and what may be beside it."""
    needed: set[str] = set()
    optional: set[str] = set()
    for part in map(str.strip, meaning.split(", ")):
        (optional if part.startswith("?") else needed).update(parts_of(part.removeprefix("?")))
    return needed, optional


def is_in(part: str, accepted: set[str]) -> bool:
    return any(part == a or (a.endswith(" *") and part.startswith(a[:-2])) for a in accepted)


def is_right(found: set[str], meanings: str) -> bool:
    for needed, optional in map(accepted, meanings.split(" / ")):
        is_whole = all(any(is_in(part, {need}) for part in found) for need in needed)
        if is_whole and all(is_in(part, needed | optional) for part in found):
            return True
    return False


def is_safe(found: set[str], meanings: str) -> bool:
    """Tell whether nothing is recorded that no meaning has."""
    return any(
        all(is_in(part, needed | optional) for part in found)
        for needed, optional in map(accepted, meanings.split(" / "))
    )


@pytest.mark.parametrize("name", ROUNDS)
def test_asks_seldom_and_records_next_to_nothing_wrong(name: str) -> None:
    every = list(rows(name))
    missed = [(row, found_in(row)) for row in every]
    missed = [(row, found) for row, found in missed if not is_right(found, row.meanings)]
    wrong = [
        f"{row.text}: {found}, not {row.meanings}"
        for row, found in missed
        if not is_safe(found, row.meanings)
    ]
    asked = [row.text for row, found in missed if row.is_plain and is_safe(found, row.meanings)]
    assert len(wrong) <= 0.02 * len(every), wrong
    assert len(asked) <= MOST_ASKED * sum(row.is_plain for row in every), asked


@pytest.mark.parametrize(
    ("language", "letter", "text", "meaning"),
    [
        ("en", "O3", "Only the note is left", "1=kept 2=kept 3=not yet"),
        ("de", "O3", "Nur noch die Notiz offen", "1=kept 2=kept 3=not yet"),
        ("es", "O3", "solo falta la nota", "1=kept 2=kept 3=not yet"),
        ("en", "O3", "yes yes no", "1=kept 2=kept 3=not yet"),
        ("en", "O3", "all bar the note", "1=kept 2=kept 3=not yet"),
        ("fr", "O2", "Marta non, les jeudis oui", "1=not yet 2=kept"),
        ("es", "O2", "Marta no, los jueves sí", "1=not yet 2=kept"),
        ("en", "O2", "no and no, sorry, it's been one of those months", "1=not yet 2=not yet"),
        ("de", "O2", "Habe beides nicht geschafft; das zweite bitte streichen", "1=not yet 2=dropped"),
        ("en", "O2", "all done, the first not", "ask"),
        ("en", "O2", "1 is done, 2 when Marta is back from leave", "1=kept"),
        ("en", "O2", "1 ✅ 2 next sprint", "1=kept 2=not yet"),
        ("en", "O2", "Neither, we had an outage and everything else stopped", "ask"),
        ("en", "O1", "Hasn't moved since we spoke.", "1=not yet"),
        ("en", "O1", "Their meeting got cancelled so it moved to the 22nd", "1=not yet"),
        ("de", "O1", "Nein, der Termin ist ausgefallen, neuer Termin ist am 22.", "1=not yet"),
        ("en", "O1", "Done! Interview is on the 28th", "1=kept"),
        ("en", "O1", "yes, it starts in May", "ask"),
        ("en", "O1", "Yes. Maybe.", "ask"),
        ("en", "O1", "Done, I think", "ask"),
        ("en", "M0", "We go to lunch together every week", "ask"),
        ("en", "M0", "sadly not, Ines was ill and we rescheduled", "not met"),
        ("en", "M0", "No, too much on this month", "ask"),
        ("en", "C0", "Next for me: shadow Priya for half a day.", "new 1"),
        ("en", "C0", "My boss says: shadow Priya for half a day.", "ask"),
    ],
)
def test_takes_what_stands_beside_an_answer_for_what_it_is(
    language: str, letter: str, text: str, meaning: str
) -> None:
    promises = next(
        row.promises for row in rows("ordinary_g") if row.language == language and row.letter == "O3"
    )
    row = Row(
        language=language,
        letter=letter,
        promises=promises[: int(letter[1:])],
        text=text,
        meanings=meaning,
    )
    found = found_in(row)
    assert is_right(found, meaning), found
