"""What we sent: whatever the language and the client, text that is ours is a quote. Who we are, and our letters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

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
    references: tuple[str, ...] = ()
    """Such as ``FU-7KQ9-M2AA``: a line that carries one is from one of our letters."""
    repeated: tuple[str, ...] = ()
    """What our letters say that people themselves wrote: their promises. Alone it may be theirs again."""

    offered: tuple[str, ...] = ()
    """Answers that the letters offer: as the first line it is theirs, though the letter quoted below has it too."""

    @cached_property
    def _known(self) -> tuple[LetterKnown, ...]:
        return tuple(known for body in self.bodies for known in LetterKnown.both_ways(body))

    @cached_property
    def folded_names(self) -> tuple[str, ...]:
        return tuple(name.casefold() for name in self.names if name.strip())

    def is_from_us(self, address: str) -> bool:
        """Tell whether this is one of our addresses, plus-addresses included."""
        return _without_plus(address) in {_without_plus(a) for a in self.addresses}

    def lines_in(self, texts: Sequence[str], *, beside_a_quote: bool = False) -> frozenset[int]:
        """Return the indexes of the lines that we wrote; a promise on a line of its own is its author's."""
        found = {i for i, text in enumerate(texts) if any(reference in text for reference in self.references)}
        for letter in self._known:
            found |= letter.lines_in(texts)
        repeated = {i for i in found if letters_of(texts[i]).lstrip("0123456789") in self._repeated_letters}
        ours = found if beside_a_quote or found - repeated else found - repeated
        ours = ours - self._tapped_above(ours, texts)
        return frozenset(ours | _drawn_beside(ours, texts))

    def _tapped_above(self, found: set[int], texts: Sequence[str]) -> set[int]:
        """Return the first line, where it is an answer that the letter offered, and the letter quoted below it."""
        first = next((i for i, text in enumerate(texts) if text.strip()), 0)
        said = letters_of(texts[first]) if texts else ""
        again = any(said == letters_of(texts[i]) for i in found if i > first)
        return {first} if again and said in {letters_of(text) for text in self.offered} else set()

    @cached_property
    def _repeated_letters(self) -> frozenset[str]:
        return frozenset(map(letters_of, self.repeated)) - {""}

    def is_mentioned(self, line: str) -> bool:
        """Tell whether the line has our address or one of our names."""
        folded = line.casefold()
        return any(word in folded for word in (*self.folded_names, *self.addresses))


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
