"""What we sent: whatever the language and the client, text that is ours is a quote. Who we are, and our letters."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from string import digits

from peerpact.programme.keys import REFERENCE
from peerpact.programme.replies.known_letter import LetterKnown, letters_of

_DRAWN = " \t|>*_-=·"


@dataclass(frozen=True, kw_only=True)
class OurLetters:
    """The mailbox and the letters that a reply may quote. Everything may be empty: then only shape decides."""

    addresses: tuple[str, ...] = ()
    """Our mailbox's addresses; a plus-address of one of them counts as well."""
    names: tuple[str, ...] = ("Peerpact",)
    """The names under which our letters come."""
    bodies: tuple[str, ...] = ()
    """The text of the letters sent in this thread, as plain text and as the lines of the HTML."""
    subjects: tuple[str, ...] = ()
    references: Collection[str] = ()
    """Such as ``FU-7KQ9-M2AA``: a line that carries one is from one of our letters."""
    repeated: tuple[str, ...] = ()
    """What our letters say that people themselves wrote: their promises. Alone it may be theirs again."""

    @cached_property
    def _known(self) -> tuple[LetterKnown, ...]:
        return tuple(known for body in self.bodies for known in LetterKnown.both_ways(body))

    @cached_property
    def folded_names(self) -> tuple[str, ...]:
        return tuple(name.casefold() for name in self.names if name.strip())

    def is_from_us(self, address: str) -> bool:
        """Tell whether this is one of our addresses, plus-addresses included."""
        return _without_plus(address) in {_without_plus(a) for a in self.addresses}

    def lines_in(self, texts: Sequence[str], *, quoted: Collection[int] = ()) -> frozenset[int]:
        """Return the indexes of the lines that we wrote, of which a mail program marked some as ``quoted``.

        What somebody writes may say what our letter says, as a promise made once more: above the quote a line is
        theirs unless it runs on as the letter does, and below its beginning one that stands alone between marked ones.
        Where nothing is quoted, only a whole line of ours is, and no promise.
        """
        named = {
            i for i, text in enumerate(texts) if any(r in self.references for r in REFERENCE.findall(text))
        }
        repeated = self._repeated_letters
        found, wholes, running, begins = set[int](), set[int](), set[int](), min(quoted, default=len(texts))
        for letter in self._known:
            found |= letter.lines_in(texts)
            wholes |= letter.wholes_in(texts, repeated)
            for run, own in letter.runs_in(texts):
                running |= {i for i in run if letters_of(texts[i]).lstrip(digits) not in repeated}
                begins = min(begins, run.start) if len(own) > 1 and not own <= repeated else begins
        if begins == len(texts):
            ours = named | wholes
        else:
            alone = {i for i in found - running if _is_between(i, found, quoted, texts)}
            ours = named | {i for i in found - alone if i >= begins}
        return frozenset(ours | _drawn_beside(ours, texts))

    @cached_property
    def _repeated_letters(self) -> frozenset[str]:
        return frozenset(map(letters_of, self.repeated)) - {""}

    def is_mentioned(self, line: str) -> bool:
        """Tell whether the line has our address or one of our names."""
        folded = line.casefold()
        return any(word in folded for word in (*self.folded_names, *self.addresses))


def _is_between(line: int, found: Collection[int], quoted: Collection[int], texts: Sequence[str]) -> bool:
    """Tell whether an unmarked line stands alone among marked ones."""
    if line in quoted:
        return False
    ways = range(line)[::-1], range(line + 1, len(texts))
    beside = {next((i for i in way if texts[i].strip()), None) for way in ways}
    return not beside.isdisjoint(quoted) and all(i in quoted or i not in found for i in beside)


def _drawn_beside(found: set[int], texts: Sequence[str]) -> set[int]:
    """Return the lines beside ours that only draw something: bars of a quote, rules."""
    drawn: set[int] = set()
    for step in (1, -1):
        for line in found:
            at = line + step
            while (
                0 <= at < len(texts) and at not in found and at not in drawn and not texts[at].strip(_DRAWN)
            ):
                drawn.add(at)
                at += step
    return drawn


def _without_plus(address: str) -> str:
    local, _, domain = address.strip().casefold().rpartition("@")
    return f"{local.partition('+')[0]}@{domain}"
