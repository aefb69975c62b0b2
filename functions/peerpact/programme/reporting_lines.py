"""Who is above whom, at any distance, through managers who don't take part as well; and where nobody can tell."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property


class ReportingLines:
    """The management data of everybody known, as addresses of direct managers by person.

    A manager without an entry of their own is unknown: so are all who may stand above them. The same holds for
    people who are above themselves by somebody's mistake, as one of the managers in such a loop is wrong.
    """

    def __init__(self, managers: Mapping[str, tuple[str, ...]]) -> None:
        self._managers = managers
        self._climbed: dict[tuple[tuple[str, ...], int | None], frozenset[str]] = {}
        self._ends: dict[frozenset[str], frozenset[str]] = {}

    def above(self, person: str, levels: int | None = None) -> frozenset[str]:
        """Return everybody above a person, up to so many levels (None: all the way). Never the person."""
        found = self._climb(person, levels)
        return found - {person} if person in found else found

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

    def open_ends(self, person: str, levels: int | None = None) -> frozenset[str]:
        """Return at whom a person's line can't be followed further, though it goes on within so many levels.

        Only of people with the same open ends is it certain that neither stands above the other unseen.
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
        named = {m for managers in self._managers.values() for m in managers}
        return frozenset(p for p in named if p in self._climb(p, None))

    @cached_property
    def _all_ends(self) -> frozenset[str]:
        bosses = {m for managers in self._managers.values() for m in managers}
        return self.loops | {m for m in bosses if m not in self._managers}

    def _is_end(self, person: str) -> bool:
        return person not in self._managers or person in self.loops

    def _ends_above(self, person: str, levels: int | None) -> frozenset[str]:
        reached = self._climb(person, None if levels is None else levels - 1)
        if reached not in self._ends:
            self._ends[reached] = reached & self._all_ends
        return self._ends[reached]

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
