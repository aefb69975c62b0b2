"""Who is above whom, at any distance, through managers who don't take part as well. Loops and doubles do no harm."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property


class ReportingLines:
    """The management data of everybody known, as addresses of direct managers by person."""

    def __init__(self, managers: Mapping[str, tuple[str, ...]]) -> None:
        self._managers = managers

    def above(self, person: str, levels: int | None = None) -> frozenset[str]:
        """Return everybody above a person, up to so many levels (None: all the way). Never the person."""
        found: set[str] = set()
        edge = {person}
        distance = 0
        while edge and (levels is None or distance < levels):
            edge = {m for p in edge for m in self._managers.get(p, ())} - found - {person}
            found |= edge
            distance += 1
        return frozenset(found)

    @cached_property
    def tops(self) -> frozenset[str]:
        """People with nobody above them and somebody below."""
        has_reports = {m for ms in self._managers.values() for m in ms}
        return frozenset(p for p in has_reports if not self._managers.get(p))

    @cached_property
    def loops(self) -> frozenset[str]:
        """People who are above themselves, by somebody's mistake."""
        return frozenset(p for p in self._managers if any(p in self.above(m) for m in self._managers[p]))
