"""Domains of addresses, such as example.com."""

from __future__ import annotations

import re

from peerpact.programme.sentences import say
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
