"""Countries by their names in many languages, codes and everyday names, as two-letter codes."""

from __future__ import annotations

import re
from functools import cache

from peerpact.programme.sentences import joined, say
from peerpact.tables.cells.cell import Cell, Unusable, close_to, plain, shown, text

ALIASES = {
    "uk": "GB",
    "england": "GB",
    "scotland": "GB",
    "schottland": "GB",
    "wales": "GB",
    "northern ireland": "GB",
    "great britain": "GB",
    "grossbritannien": "GB",
    "grande-bretagne": "GB",
    "gran bretana": "GB",
    "usa": "US",
    "u.s.a": "US",
    "u.s": "US",
    "america": "US",
    "united states of america": "US",
    "etats-unis": "US",
    "eeuu": "US",
    "ee. uu": "US",
    "turkey": "TR",
    "holland": "NL",
    "holanda": "NL",
    "uae": "AE",
    "vae": "AE",
    "emirates": "AE",
    "russia": "RU",
    "republic of korea": "KR",
    "korea": "KR",
    "south korea": "KR",
    "czech republic": "CZ",
    "tschechische republik": "CZ",
    "republique tcheque": "CZ",
    "republica checa": "CZ",
    "macedonia": "MK",
    "ivory coast": "CI",
    "elfenbeinkuste": "CI",
    "burma": "MM",
    "swaziland": "SZ",
    "brd": "DE",
}
NOT_ONE = {"ZZ", "XA", "XB", "EU", "EZ", "UN", "QO"}
LANGUAGES = ("en", "de", "fr", "es", "it", "nl", "pt")


def read_country(cell: Cell) -> str:
    """Return a country's two-letter code.

    Raises:
        Unusable: no country is called so.
    """
    code = country_code(text(cell))
    if code:
        return code
    close = close_to(plain(text(cell)), list(_names()))
    hint = say("Did you mean {name}?", name=_territories("en")[_names()[close[0]]]) if close else ""
    remedy = say("Enter a country such as Germany or DE, or a part of one such as Bavaria or DE-BY.")
    raise Unusable(say("the country {cell} is unknown", cell=shown(cell)), joined([remedy, hint]))


def country_code(name: str) -> str:
    """Return the code of a country's name, or of its name and its code (“Germany (DE)”); empty for what is none."""
    if code := _code(name):
        return code
    parts = [part for part in re.split(r"\s*[()\[\]/,:|]\s*|\s+[-–]\s+", name) if part]
    both = {_code(part) for part in parts}
    is_with_code = any(re.fullmatch("[A-Z]{2,3}", part) for part in parts)
    return both.pop() if is_with_code and len(both) == 1 else ""


def _code(name: str) -> str:
    key = plain(name).replace("’", "'").strip(" .")
    return ALIASES.get(key) or _names().get(key) or _official().get(key, "")


@cache
def _names() -> dict[str, str]:
    names: dict[str, str] = {}
    for language in reversed(LANGUAGES):
        names |= {plain(name): code for code, name in _territories(language).items()}
    return names | {code.casefold(): code for code in _territories("en")}


def _territories(language: str) -> dict[str, str]:
    from babel import Locale  # noqa: PLC0415 - only where there is a country

    named = {str(code): str(name) for code, name in Locale(language).territories.items()}
    return {code: n for code, n in named.items() if len(code) == 2 and code.isalpha() and code not in NOT_ONE}


@cache
def _official() -> dict[str, str]:
    """Return countries by their official names and three letters, which loads a table of its own."""
    import pycountry  # noqa: PLC0415 - only where no everyday name fits

    names: dict[str, str] = {}
    for country in pycountry.countries:
        for field in ("alpha_3", "name", "official_name", "common_name"):
            if value := getattr(country, field, ""):
                names[plain(value)] = country.alpha_2
                first, comma, last = value.partition(", ")
                names |= {plain(f"{last} {first}"): country.alpha_2} if comma else {}
    return names
