"""What every reader of a cell begins with: the content as one line of text, and what is no content at all.

Values come unformatted, with dates as serial numbers, as Sheets gives them. A reader matches the whole cell or raises
``Unusable``, and raises nothing else.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from peerpact.programme.sentences import Sentence, say
from peerpact.programme.unseen import without_unseen

Cell = str | int | float | bool | None

LONGEST_SHOWN = 60
REMEMBERED = 16_384
"""Names and addresses that are remembered as they were read: of more people, who come in turn, none is found again."""
_JOINERS = re.compile("[\u200c\u200d]")
_BREAKS = re.compile("[\r\n\u2028\u2029\x0b\x0c\x85]+")
_ERRORS = (
    r"#(n/a|nv|n/d|ref!|¡ref!|bezug!|value!|wert!|valeur!|¡valor!|name\?|nom\s?\?|¿nombre\?|nombre\?|num!|zahl!|nombre!|"
    r"¡num!|nul!|null!|¡nulo!|nulo!|div/0!|¡div/0!|error!|erreur!|spill!|calc!|getting_data|field!|blocked!|connect!|"
    r"unknown!|busy!|#+)|#{2,}"
)
_LOADING = r"(loading|wird geladen|laden|chargement|cargando|caricamento|carregando)\s?(\.\.\.|…)"


@dataclass(slots=True)
class Unusable(Exception):  # noqa: N818 - says what the cell is
    """A cell whose content can't be used."""

    what: Sentence
    remedy: Sentence


def text(cell: Cell) -> str:
    """Return a cell as one line of text; whole numbers without a decimal point."""
    return " ".join(as_typed(cell).split())


def lines(cell: Cell) -> str:
    """Return a cell as text in which every kind of line break is a plain one."""
    return _BREAKS.sub("\n", as_typed(cell)).strip()


def as_typed(cell: Cell) -> str:
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    words = without_unseen("" if cell is None else str(cell))
    return words if words.isascii() else _JOINERS.sub("", words)


def shown(cell: Cell) -> Sentence:
    """Return a cell as a sentence quotes it, in its language's signs: one line, and not all of a long one."""
    words = text(cell)
    return say("“{cell}”", cell=words if len(words) <= LONGEST_SHOWN else f"{words[: LONGEST_SHOWN - 1]}…")


def cell_at(cells: Sequence[Cell], place: int) -> Cell:
    """Return the cell at a place of a row, counted from 0; an empty one behind its end."""
    return cells[place] if place < len(cells) and cells[place] is not None else ""


def is_empty(cell: Cell) -> bool:
    if not isinstance(cell, str):
        return cell is None
    return not cell or (not cell[0].isalnum() and not text(cell))  # most cells are told by their first letter


def is_error(cell: Cell) -> bool:
    """Tell whether a formula failed, or had not finished when it was read, in any of the usual languages."""
    if not isinstance(cell, str) or not ("#" in cell or "..." in cell or "…" in cell):
        return False
    words = text(cell).casefold()
    return bool(re.fullmatch(_ERRORS, words) or re.fullmatch(_LOADING, words))


def refuse_errors(cell: Cell) -> None:
    """Stop at what a failed formula leaves.

    Raises:
        Unusable: the cell holds an error value such as #N/A, or “Loading...”.
    """
    if is_error(cell):
        raise Unusable(
            say("the cell shows {cell} instead of a value", cell=shown(cell)),
            say("Correct the formula, or enter the value itself."),
        )


def plain(words: str) -> str:
    """Return words as they are compared: without case, accents and the width of letters."""
    if words.isascii():
        return words.casefold()
    folded = unicodedata.normalize(
        "NFKD", words.casefold().replace("ł", "l").replace("ø", "o").replace("đ", "d")
    )
    return "".join(ch for ch in folded if not unicodedata.combining(ch)).casefold()


def close_to(wanted: str, known: Iterable[str], *, most: int = 1, cutoff: float = 0.7) -> list[str]:
    """Return those known words that look most like the wanted one."""
    return list(_close_to(wanted[:80], tuple(known), most, cutoff))


@lru_cache(maxsize=256)
def _close_to(wanted: str, known: tuple[str, ...], most: int, cutoff: float) -> tuple[str, ...]:
    """What can't be read is read again in each run, and comparing with hundreds of names takes long."""
    from difflib import get_close_matches  # noqa: PLC0415 - only where something can't be read

    return tuple(get_close_matches(wanted, known, n=most, cutoff=cutoff))
