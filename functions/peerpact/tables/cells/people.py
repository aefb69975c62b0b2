"""People as a cell names them: by address, or by a name that the roster has once. Who that is, the roster knows."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from peerpact.programme.sentences import any_of, joined, say
from peerpact.tables.cells.addresses import read_email
from peerpact.tables.cells.cell import Cell, Unusable, close_to, lines, plain, refuse_errors, shown, text
from peerpact.tables.cells.names import keys_of, read_name

_SEPARATED = re.compile(r"""(?:"[^"]*"|<[^<>]*>|\([^()]*\)|[^;\n"<(]|["<(])+""")

FEW = 3
"""People of one surname, say, up to whom each is offered."""

_DISTINGUISHED = r"(?i)CN=((?:\\.|[^,/\\=])+)[,/]\s*(?:CN|OU|O|DC|C|L)=.+"
"""A name as directories write it: “CN=Manager\\, Max,OU=Staff,DC=example,DC=com”."""


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody whom a cell names otherwise than by an address."""

    name: str


Reference = str | Named
"""An address, lower-case, or a name as it was typed."""


def read_people(cell: Cell) -> tuple[Reference, ...]:
    """Read whom a cell names: addresses, or names, separated by semicolons, line breaks or (addresses) commas.

    “Manager, Max” is one person; so is a cell without any “@”, but for semicolons and line breaks.

    Raises:
        Unusable: it holds neither an address nor what may be a name.
    """
    refuse_errors(cell)
    people: list[Reference] = []
    for part in filter(str.strip, _SEPARATED.findall(lines(cell))):
        people += _people_in(part.strip())
    if not people:
        raise Unusable(
            say("{cell} names nobody", cell=shown(cell)),
            say("Enter an e-mail address such as ada@example.com."),
        )
    return tuple(dict.fromkeys(people))


def read_person(cell: Cell) -> Reference:
    """Read one person.

    Raises:
        Unusable: the cell names nobody, or several.
    """
    people = read_people(cell)
    if len(people) > 1:
        raise Unusable(
            say("{cell} names more than one person", cell=shown(cell)), say("Enter one person a cell.")
        )
    return people[0]


def _people_in(part: str) -> list[Reference]:
    if found := re.fullmatch(_DISTINGUISHED, part):
        part = re.sub(r"\\(.)", r"\1", found[1])
    if "@" not in part:
        read_name(part)
        return [Named(text(part))]
    try:
        return [read_email(part)]
    except Unusable:
        pieces = [p for p in part.split(",") if p.strip()]
        if len(pieces) < 2 or any("@" not in p for p in pieces):
            raise
        return [read_email(p) for p in pieces]


class PeopleByName:
    """Everybody on the roster, to be found by the name that a cell gives."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self._names = names
        """Of each address."""

    @cached_property
    def _by_key(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for address, name in self._names.items():
            for key in keys_of(name):
                found.setdefault(key, set()).add(address)
        return found

    def find(self, who: Reference) -> str:
        """Return the address of whom a reference means.

        Raises:
            Unusable: nobody on the roster is called so, or several are.
        """
        if isinstance(who, str):
            return who
        found = set().union(*(self._by_key.get(key, set()) for key in keys_of(who.name)))
        if len(found) == 1:
            return found.pop()
        if found:
            raise Unusable(
                say("{name} could be {people}", name=shown(who.name), people=any_of(sorted(found))),
                say("Enter the e-mail address of the one who is meant."),
            )
        raise self._unknown(who.name)

    def _unknown(self, name: str) -> Unusable:
        meant = self._with_part(name) or self._close_to(name)
        hint = say("Did you mean {name}?", name=any_of(meant)) if 0 < len(meant) <= FEW else ""
        remedy = joined([say("Enter the e-mail address."), hint])
        return Unusable(say("nobody on the roster is called {name}", name=shown(name)), remedy)

    def _with_part(self, part: str) -> list[str]:
        """Return those of whose name this is a part, such as the family name alone."""
        said = [set(key.split()) for key in keys_of(part)]
        found = {
            a for key, those in self._by_key.items() if any(s < set(key.split()) for s in said) for a in those
        }
        return [f"{self._names[a]} ({a})" for a in sorted(found)]

    def _close_to(self, name: str) -> list[str]:
        by_name = {plain(n): f"{n} ({address})" for address, n in self._names.items()}
        return [by_name[close] for close in close_to(plain(name), by_name)]
