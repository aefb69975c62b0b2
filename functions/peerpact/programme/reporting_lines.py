"""Who is above whom, at any distance, through managers who don't take part as well; and where nobody can tell.

Whoever has one manager hangs below them in a tree, in which a number each for the first and the last below somebody
tells who is; so a chain of thousands (as a slip of filling down makes one) needs no list of all pairs in it. At the
root of a tree is whoever has no manager, several, or is above themselves: their lines are climbed.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from functools import cached_property
from graphlib import CycleError, TopologicalSorter
from typing import NamedTuple


class Place(NamedTuple):
    """Where somebody is among the trees: whoever is below has a number from ``number`` + 1 to ``last``."""

    root: str
    number: int
    last: int
    depth: int
    """How many of the tree are above."""


class ReportingLines:
    """The management data of everybody known, as addresses of direct managers by person.

    A manager without an entry of their own is unknown: so are all who may be above them. The same holds for
    people who are above themselves by somebody's mistake, as one of the managers in such a loop is wrong.
    """

    def __init__(self, managers: Mapping[str, tuple[str, ...]]) -> None:
        self._managers = managers
        self._climbed: dict[tuple[tuple[str, ...], int | None], frozenset[str]] = {}
        self._ends: dict[str, frozenset[str]] = {}

    def above(self, person: str, levels: int | None = None) -> frozenset[str]:
        """Return everybody above a person, up to so many levels (None: all the way). Never the person."""
        found = self._climb(person, levels)
        return found - {person} if person in found else found

    def is_above(self, boss: str, person: str, levels: int | None = None) -> bool:
        """Tell whether one is above another, at most so many levels."""
        if boss == person:
            return False
        if levels is not None:
            return boss in self._climb(person, levels)
        at = self.places.get(person)
        if at is None:
            return False
        other = self.places.get(boss)
        is_in_tree = other is not None and other.number < at.number <= other.last
        return is_in_tree or boss in self._climb(at.root, None)

    def forbidden_above(
        self, person: str, levels: int | None = None, *, tops_too: bool = True
    ) -> frozenset[str]:
        """Return everybody above a person whom the rules forbid as a partner.

        Without ``tops_too``, those at the very top count only for those who report to them directly.
        """
        up = self.above(person, levels)
        if tops_too:
            return up
        direct = self.above(person, 1)
        return frozenset(a for a in up if a not in self.tops or a in direct)

    def is_forbidden_above(
        self, boss: str, person: str, levels: int | None = None, *, tops_too: bool = True
    ) -> bool:
        """Tell whether the rules forbid a partner who is above a person."""
        is_line = tops_too or boss not in self.tops or boss in self._managers.get(person, ())
        return is_line and self.is_above(boss, person, levels)

    def open_ends(self, person: str, levels: int | None = None) -> frozenset[str]:
        """Return at whom a person's line can't be followed further, though it goes on within so many levels.

        Only of people with the same open ends is it certain that neither is above the other unseen.
        """
        ends = self._ends_above(person, levels)
        return ends | {person} if self._is_end(person) else ends

    @cached_property
    def tops(self) -> frozenset[str]:
        """People with nobody above them and somebody below."""
        has_reports = {m for ms in self._managers.values() for m in ms}
        return frozenset(p for p in has_reports if p in self._managers and not self._managers[p])

    @cached_property
    def loops(self) -> frozenset[str]:
        """People who are above themselves."""
        with suppress(CycleError):
            TopologicalSorter(self._managers).prepare()
            return frozenset()
        names = list(dict.fromkeys(n for p, ms in self._managers.items() for n in (p, *ms)))
        number = {name: place for place, name in enumerate(names)}
        import rustworkx as rx  # noqa: PLC0415 - nearly always there are none

        graph = rx.PyDiGraph(multigraph=False)
        graph.add_nodes_from(names)
        graph.add_edges_from_no_data([(number[p], number[m]) for p, ms in self._managers.items() for m in ms])
        circles = (circle for circle in rx.strongly_connected_components(graph) if len(circle) > 1)
        own = {p for p, ms in self._managers.items() if p in ms}
        return frozenset(own.union(names[i] for circle in circles for i in circle))

    @cached_property
    def places(self) -> dict[str, Place]:
        """Return where everybody is, those included who are only named as managers."""
        below: dict[str, list[str]] = {}
        roots = dict.fromkeys(m for managers in self._managers.values() for m in managers)
        for person, managers in self._managers.items():
            if len(managers) == 1 and person not in self.loops:
                below.setdefault(managers[0], []).append(person)
                roots.pop(person, None)
            else:
                roots[person] = None
        found: list[tuple[str, str, int]] = []
        for root in roots:
            following = [(root, 0)]
            while following:
                person, depth = following.pop()
                found.append((person, root, depth))
                following += [(p, depth + 1) for p in below.get(person, ())]
        return _placed(found)

    @cached_property
    def _all_ends(self) -> frozenset[str]:
        bosses = {m for managers in self._managers.values() for m in managers}
        return self.loops | {m for m in bosses if m not in self._managers}

    def _is_end(self, person: str) -> bool:
        return person not in self._managers or person in self.loops

    def _ends_above(self, person: str, levels: int | None) -> frozenset[str]:
        """Return the ends above; of a tree, only its root may be one."""
        if levels is not None:
            return self._climb(person, levels - 1) & self._all_ends
        root = self.places[person].root if person in self.places else person
        if root not in self._ends:
            self._ends[root] = self._climb(root, None) & self._all_ends
        ends = self._ends[root]
        return ends | {root} if self._is_end(root) else ends

    def _climb(self, person: str, levels: int | None) -> frozenset[str]:
        """Return everybody above a person; the person too if that leads back to them. Shared by a manager's people."""
        first = self._managers.get(person, ())
        if not first or levels == 0:
            return frozenset()
        key = (first, levels)
        if key not in self._climbed:
            self._climbed[key] = self._climb_from(first, levels)
        return self._climbed[key]

    def _climb_from(self, first: tuple[str, ...], levels: int | None) -> frozenset[str]:
        edge = set(first)
        found = set(edge)
        distance = 1
        while edge and (levels is None or distance < levels):
            edge = {m for p in edge for m in self._managers.get(p, ())} - found
            found |= edge
            distance += 1
        return frozenset(found)


def _placed(found: list[tuple[str, str, int]]) -> dict[str, Place]:
    """Number people in the order in which trees are walked, everybody before those below."""
    last = list(range(len(found)))
    open_: list[int] = []
    for number, (_, _, depth) in enumerate(found):
        while len(open_) > depth:
            last[open_.pop()] = number - 1
        open_.append(number)
    for number in open_:
        last[number] = len(found) - 1
    return {
        person: Place(root=root, number=number, last=last[number], depth=depth)
        for number, (person, root, depth) in enumerate(found)
    }
