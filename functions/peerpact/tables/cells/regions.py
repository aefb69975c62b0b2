"""Parts of countries with holidays of their own, by their codes and by their names in some languages."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from peerpact.programme.sentences import all_of, say
from peerpact.tables.cells.cell import Cell, Unusable, plain, shown, text
from peerpact.tables.cells.countries import country_code, read_country

_CODE = r"(?i)\s*([a-z]{2})\s*[-/ ]\s*([a-z0-9]{1,3})\s*"
_PARTED = r"\s*[,;:/|(\n]\s*|\s+[-–—]\s+"
ALIASES = {
    "DE-BW": "baden-wurttemberg, baden wurttemberg, bawu",
    "DE-BY": "bavaria, baviere, baviera, freistaat bayern",
    "DE-HE": "hesse, hessen",
    "DE-MV": "mecklenburg-western pomerania, mecklenburg-west pomerania",
    "DE-NI": "lower saxony, basse-saxe, baja sajonia",
    "DE-NW": "north rhine-westphalia, nrw, rhenanie-du-nord-westphalie, renania del norte-westfalia",
    "DE-RP": "rhineland-palatinate, rhenanie-palatinat, renania-palatinado",
    "DE-SN": "saxony, saxe, sajonia, freistaat sachsen",
    "DE-ST": "saxony-anhalt, saxe-anhalt",
    "DE-TH": "thuringia, thuringe, turingia",
    "AT-2": "carinthia, carinthie, carintia",
    "AT-3": "lower austria",
    "AT-4": "upper austria",
    "AT-6": "styria, styrie, estiria",
    "AT-7": "tyrol",
    "AT-9": "vienna, vienne, viena",
    "CH-BE": "bern, berne, berna",
    "CH-FR": "fribourg, freiburg",
    "CH-GE": "geneva, geneve, genf, ginebra",
    "CH-GR": "graubunden, grisons",
    "CH-LU": "lucerne, luzern",
    "CH-NE": "neuchatel, neuenburg",
    "CH-SG": "st. gallen, sankt gallen, saint-gall",
    "CH-TI": "ticino, tessin",
    "CH-VD": "vaud, waadt",
    "CH-VS": "valais, wallis",
    "CH-ZH": "zurich, zuerich",
    "ES-AN": "andalusia, andalousie, andalusien, andalucia",
    "ES-CN": "canary islands, kanarische inseln, canarias, iles canaries",
    "ES-CT": "catalonia, cataluna, catalunya, catalogne, katalonien",
    "ES-IB": "balearic islands, islas baleares, illes balears, balearen",
    "ES-MD": "madrid, community of madrid, comunidad de madrid",
    "ES-NC": "navarre, navarra",
    "ES-PV": "basque country, pais vasco, euskadi, pays basque, baskenland",
    "ES-VC": "valencian community, comunidad valenciana, comunitat valenciana",
    "FR-6AE": "alsace, elsass",
    "FR-57": "moselle",
    "FR-BRE": "brittany, bretagne",
    "GB-ENG": "england, angleterre, inglaterra",
    "GB-NIR": "northern ireland, nordirland, irlande du nord, irlanda del norte",
    "GB-SCT": "scotland, schottland, ecosse, escocia",
    "GB-WLS": "wales, pays de galles, gales",
    "IT-BZ": "south tyrol, sudtirol, alto adige",
    "US-CA": "kalifornien, californie",
    "CA-QC": "quebec",
}


def read_place(cell: Cell) -> str:
    """Return a country's code, such as DE, or that of a part of it, such as DE-BY.

    Raises:
        Unusable: no country or part of one is called so, or several parts are.
    """
    words = text(cell)
    code = _named().get(_key(words)) or country_code(words) or _by_code(words) or _country_and_part(words)
    if code:
        return code
    found = _parts().get(_key(words), ())
    if len(found) == 1:
        return found[0]
    if found:
        countries = all_of(sorted({_country_name(f) for f in found}))
        raise Unusable(
            say("{cell} may be in {countries}", cell=shown(cell), countries=countries),
            say("Write the country, too, or a code such as {code}.", code=found[0]),
        )
    return read_country(cell)


def _by_code(words: str) -> str:
    match = re.fullmatch(_CODE, words)
    if not match:
        return ""
    code = f"{match[1]}-{match[2]}".upper()
    return code if code in _codes() else ""


def _country_and_part(words: str) -> str:
    """Read “Germany, Bavaria”, “Bayern (Deutschland)”, “CH / ZH”: a country and a part of it, either first."""
    parts = [part for part in re.split(_PARTED, words.rstrip(" )")) if part]
    if len(parts) != 2:
        return ""
    for country, part in (parts, parts[::-1]):
        code = country_code(country)
        if code:
            found = _in_country(code, part)
            if found:
                return found
    return ""


def _in_country(country: str, part: str) -> str:
    named = (_named().get(_key(part), ""), *_parts().get(_key(part), ()), f"{country}-{part.upper()}")
    return next((code for code in named if code.startswith(f"{country}-") and code in _codes()), "")


def _key(words: str) -> str:
    return plain(words).replace("’", "'").strip(" .")


@cache
def _named() -> dict[str, str]:
    return {name: code for code, names in ALIASES.items() for name in names.split(", ")}


@cache
def _codes() -> frozenset[str]:
    return frozenset(code for found in _parts().values() for code in found) | ALIASES.keys()


@cache
def _parts() -> dict[str, tuple[str, ...]]:
    """Return the codes of all parts of countries by name; where one lies in another of its name, the larger."""
    import pycountry  # noqa: PLC0415 - only where there is a country's part

    found: dict[str, tuple[str, ...]] = {}
    larger = sorted(pycountry.subdivisions, key=lambda s: (s.parent_code is not None, s.code))
    for part in larger:
        for name in re.split(r"\s*[\[\]/]\s*|\s*, ", part.name):
            known = found.get(_key(name), ())
            if name and not any(code[:2] == part.country_code for code in known):
                found[_key(name)] = (*known, part.code)
    return found | {code.casefold(): (code,) for code in (s.code for s in larger)}


def _country_name(code: str) -> str:
    import pycountry  # noqa: PLC0415 - only where there is a country's part

    country: Any = pycountry.countries.get(alpha_2=code[:2])
    return str(getattr(country, "common_name", country.name))
