"""What we sent: whatever the language and the client, text that is ours is a quote."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cached_property

_LEAST_LETTERS = 18
"""A line with fewer letters may be our sentence or theirs by chance ("1 done"), and is theirs."""

_LONGEST_BODY = 20_000
_MOST_BODIES = 12


@dataclass(frozen=True, kw_only=True)
class OurLetters:
    """The mailbox and the letters that a reply may quote. Everything may be empty: then only shape decides."""

    addresses: tuple[str, ...] = ()
    """Our mailbox's addresses; a plus-address of one of them counts as well."""
    names: tuple[str, ...] = ("Peerpact",)
    """The names under which our letters come."""
    bodies: tuple[str, ...] = ()
    """The plain text of the letters sent in this thread."""
    subjects: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    """Such as ``FU-7KQ9-M2AA``: a line that carries one is from one of our letters."""

    @cached_property
    def letters(self) -> str:
        """All bodies as one string of lower-case letters and digits, so that line breaks don't matter."""
        texts = (letters_of(body[:_LONGEST_BODY]) for body in (*self.bodies, *self.subjects)[:_MOST_BODIES])
        return "\n".join(texts)

    @cached_property
    def folded_names(self) -> tuple[str, ...]:
        return tuple(name.casefold() for name in self.names if name.strip())

    def is_from_us(self, address: str) -> bool:
        """Tell whether this is one of our addresses, plus-addresses included."""
        return _without_plus(address) in {_without_plus(a) for a in self.addresses}

    def wrote(self, line: str) -> bool:
        """Tell whether a line is certainly from one of our letters."""
        if any(reference in line for reference in self.references):
            return True
        letters = letters_of(line)
        return len(letters) >= _LEAST_LETTERS and letters in self.letters

    def goes_on(self, first: str, second: str) -> bool:
        """Tell whether the second line follows the first in one of our letters, however short it is."""
        letters = letters_of(second)
        return not letters or letters_of(first) + letters in self.letters

    def is_mentioned(self, line: str) -> bool:
        """Tell whether the line has our address or one of our names."""
        folded = line.casefold()
        return any(word in folded for word in (*self.folded_names, *self.addresses))


def letters_of(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(c for c in folded if c.isalnum())


def _without_plus(address: str) -> str:
    local, _, domain = address.strip().casefold().rpartition("@")
    return f"{local.partition('+')[0]}@{domain}"
