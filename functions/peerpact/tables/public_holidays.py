"""Public holidays of people's countries and regions, by the library ``holidays``, which knows more of them than others.

It loads at the first question about a day, not before: most runs ask none.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicHolidays:
    """Those of a country (DE) or a part of one (DE-BY), in the first of some languages in which they have names."""

    place: str
    languages: tuple[str, ...] = ()

    def name_on(self, day: date) -> str:
        """Return what a day is called there; empty where it is no holiday, or nobody lists them."""
        return _calendar(self.place, self.languages).get(day) or ""


@cache
def _calendar(place: str, languages: tuple[str, ...]) -> Mapping[Any, str]:
    from holidays import country_holidays  # noqa: PLC0415 - only where a day is asked about

    country, _, part = place.partition("-")
    for region in dict.fromkeys([part, _larger(place) if part else "", ""]):
        try:
            known = country_holidays(country, subdiv=region or None)
            language = _language(languages, known.supported_languages, known.default_language or "")
            return country_holidays(country, subdiv=region or None, language=language or None)
        except NotImplementedError:  # it has no list for this part, or none for the country
            continue
    return {}


def _larger(place: str) -> str:
    """Return the part of a country in which a smaller one lies, as Catalonia has the province of Barcelona."""
    import pycountry  # noqa: PLC0415 - only where there is a country's part

    known: Any = pycountry.subdivisions
    part = known.get(code=place)
    return str(part.parent_code or "").partition("-")[2] if part else ""


def _language(wanted: tuple[str, ...], known: tuple[str, ...], usual: str) -> str:
    """Return the first language that is wanted and known; ``en`` is known as ``en_GB``, too."""
    for language in wanted:
        found = [k for k in (usual, *known) if k.partition("_")[0] == language]
        if found:
            return found[0]
    return usual
