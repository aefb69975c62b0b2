"""Domains of addresses, such as example.com."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from peerpact.programme.sentences import Sentence, any_of, say
from peerpact.tables.cells.cell import Cell, Unusable, lines, shown

_DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{1,61}")


def read_domains(cell: Cell) -> tuple[str, ...]:
    """Read domains separated by commas, semicolons or line breaks; “@example.com” and “*.example.com” are one too.

    Raises:
        Unusable: a part of the cell is no domain.
    """
    parts = [
        p.strip().casefold().removeprefix("@").removeprefix("*.") for p in re.split(r"[,;\s]+", lines(cell))
    ]
    domains = tuple(dict.fromkeys(p for p in parts if p))
    if not domains or not all(_DOMAIN.fullmatch(d) for d in domains):
        raise Unusable(
            say("{cell} is not a domain", cell=shown(cell)), say("Enter a domain such as example.com.")
        )
    return domains


def is_within(address: str, domains: Collection[str]) -> bool:
    """Tell whether an address is of one of these domains, or of one below them; without any, each is."""
    domain = address.casefold().rpartition("@")[2]
    return not domains or domain in domains or any(domain.endswith(f".{d}") for d in domains)


def of_another_domain(name: str, address: str, domains: Sequence[str]) -> tuple[Sentence, Sentence]:
    """Return what is said of somebody's address that is within none of the domains, and what to do about it."""
    return (
        say(
            "The address of {name} is not of {domains}: nothing is sent there.",
            name=name,
            domains=any_of(domains),
        ),
        say(
            "Correct the address, or add {domain} to “Company domains” in Settings.",
            domain=address.rpartition("@")[2],
        ),
    )
