"""Time zones: IANA's names, Windows' and Google's, cities and countries. Abbreviations and offsets are asked back.

A cell is cut into the parts that programs put together, “(GMT+01:00) Central European Time - Berlin”: at least one must
name a place, all that do must keep the same time, and every other part must be true of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache, lru_cache
from importlib.resources import files
from zoneinfo import ZoneInfo

from peerpact.programme import languages
from peerpact.programme.sentences import any_of, joined, say
from peerpact.tables.cells.cell import Cell, Unusable, close_to, plain, shown, text
from peerpact.tables.cells.places import CITIES, LABELS, SAME_IN_MANY

_OFFSET = re.compile(r"(?:gmt|utc)?\s?([+-])\s?(\d{1,2})(?::?(\d\d))?(?:\s?h)?|gmt|utc|z")
_LEADING_OFFSET = r"(?i)\s*[(\[]?\s*((?:gmt|utc)\s?(?:[+-]\s?\d{1,2}(?::?\d\d)?)?)\s*[)\]]?\s*(?=\S)"
_ABBREVIATIONS = {
    "CET CEST MEZ MESZ": ("Europe/Berlin", "Europe/Paris", "Europe/Madrid"),
    "EET EEST OEZ": ("Europe/Helsinki", "Europe/Athens", "Europe/Bucharest"),
    "WET WEST": ("Europe/Lisbon", "Atlantic/Canary"),
    "BST": ("Europe/London", "Asia/Dhaka"),
    "IST": ("Asia/Kolkata", "Europe/Dublin", "Asia/Jerusalem"),
    "EST EDT ET": ("America/New_York", "America/Toronto", "America/Panama"),
    "CST CDT CT": ("America/Chicago", "America/Mexico_City", "Asia/Shanghai"),
    "MST MDT MT": ("America/Denver", "America/Phoenix", "America/Edmonton"),
    "PST PDT PT": ("America/Los_Angeles", "America/Vancouver", "Asia/Manila"),
    "AST ADT": ("America/Halifax", "America/Puerto_Rico", "Asia/Riyadh"),
    "AKST AKDT": ("America/Anchorage",),
    "HST": ("Pacific/Honolulu",),
    "JST": ("Asia/Tokyo",),
    "KST": ("Asia/Seoul",),
    "SGT": ("Asia/Singapore",),
    "HKT": ("Asia/Hong_Kong",),
    "GST": ("Asia/Dubai",),
    "PKT": ("Asia/Karachi",),
    "MSK": ("Europe/Moscow",),
    "SAST": ("Africa/Johannesburg",),
    "AEST AEDT AET": ("Australia/Sydney", "Australia/Brisbane", "Australia/Melbourne"),
    "ACST ACDT": ("Australia/Adelaide", "Australia/Darwin"),
    "AWST": ("Australia/Perth",),
    "NZST NZDT": ("Pacific/Auckland",),
    "BRT": ("America/Sao_Paulo",),
    "ART": ("America/Argentina/Buenos_Aires",),
    "CAT": ("Africa/Harare", "Africa/Maputo"),
    "EAT": ("Africa/Nairobi",),
    "WAT": ("Africa/Lagos",),
}
_BY_OFFSET = {
    0: ("Europe/London", "Europe/Lisbon", "Africa/Accra"),
    60: ("Europe/Berlin", "Europe/Paris", "Africa/Lagos"),
    120: ("Europe/Helsinki", "Europe/Athens", "Africa/Johannesburg"),
    180: ("Europe/Istanbul", "Africa/Nairobi"),
    240: ("Asia/Dubai",),
    330: ("Asia/Kolkata",),
    480: ("Asia/Singapore", "Asia/Shanghai", "Australia/Perth"),
    540: ("Asia/Tokyo", "Asia/Seoul"),
    600: ("Australia/Sydney", "Australia/Brisbane"),
    -180: ("America/Sao_Paulo", "America/Argentina/Buenos_Aires"),
    -300: ("America/New_York", "America/Toronto", "America/Bogota"),
    -360: ("America/Chicago", "America/Mexico_City"),
    -420: ("America/Denver", "America/Phoenix"),
    -480: ("America/Los_Angeles", "America/Vancouver"),
}
_DAYS_LOOKED_AT = tuple(datetime(2026, month, 15, 12, tzinfo=UTC) for month in (1, 4, 7, 10))
ASK = say("Enter a name such as Europe/Berlin or Asia/Kolkata, or a large city.")


@lru_cache(maxsize=1024)
def read_time_zone(cell: Cell) -> str:
    """Return the IANA name of the time zone that is meant.

    Raises:
        Unusable: no place is named, none that is known, or places that keep different times.
    """
    if text(cell) in _in_use() or text(cell) == "Etc/UTC":
        return text(cell)  # as nearly all are
    wanted = re.sub(r"\s*/\s*", "/", text(cell))
    zone = _zone_named(wanted) or _zone_put_together(text(cell))
    if zone:
        return _today(zone)
    raise _unusable(cell, text(cell))


def _unusable(cell: Cell, wanted: str) -> Unusable:
    suggested = _suggested(wanted)
    if suggested:
        remedy = say("Enter a place in it, such as {places}.", places=any_of(suggested))
        return Unusable(say("the time zone {cell} could be several", cell=shown(cell)), remedy)
    close = close_to(_key(wanted), list(_names()), cutoff=0.8)
    hint = say("Did you mean {name}?", name=_names()[close[0]]) if close else ""
    return Unusable(say("the time zone {cell} is unknown", cell=shown(cell)), joined([ASK, hint]))


def _suggested(wanted: str) -> tuple[str, ...]:
    """Return places in which an abbreviation, an offset or a country of several zones may be meant."""
    for short, zones in _ABBREVIATIONS.items():
        if wanted.upper() in short.split():
            return zones
    offset = _offset(wanted)
    if offset is not None and not wanted.isdigit():
        return _BY_OFFSET.get(offset, ())
    return SAME_IN_MANY.get(_key(wanted), ()) or _zones_of(wanted)[:3]


def _zone_named(wanted: str) -> str:
    """Return the zone of a name that is one as a whole."""
    key = _key(wanted)
    if key in SAME_IN_MANY:
        return ""
    if re.fullmatch(r"[A-Za-z]{2,5}", wanted) and any(
        wanted.upper() in short.split() for short in _ABBREVIATIONS
    ):
        return ""
    return _names().get(key) or LABELS.get(key) or _windows().get(key) or _country_zone(wanted)


def _zone_put_together(wanted: str) -> str:
    parts = [p for p in _parts(wanted) if p]
    zones = [zone for part in parts if _offset(part) is None and (zone := _zone_named(part))]
    if len(parts) < 2 or not zones or any(not _same_time(zones[0], other) for other in zones[1:]):
        return ""
    best = next((z for part in parts if _offset(part) is None and (z := _names().get(_key(part)))), zones[0])
    others = [part for part in parts if _offset(part) is not None or not _zone_named(part)]
    return best if all(_is_true_of(part, best) for part in others) else ""


def _parts(wanted: str) -> Iterator[str]:
    """Yield the offset that comes first, and what brackets, commas and dashes set apart."""
    if lead := re.match(_LEADING_OFFSET, wanted):
        yield lead[1].strip()
        wanted = wanted[lead.end() :]
    zone, bracket, rest = wanted.partition("(")
    whole = [zone, *rest.rpartition(")")[::2]] if bracket and ")" in rest else [wanted]
    for piece in [wanted] if _zone_named(wanted.strip()) else whole:
        if _zone_named(piece.strip()):
            yield piece.strip()
        else:
            yield from (p.strip() for p in re.split(r"\s[-–—]\s|[,;|]|\s/\s", piece))


def _is_true_of(part: str, zone: str) -> bool:
    """Tell whether an offset, an abbreviation, the name of a zone's time or a country belongs to that zone."""
    offset = _offset(part)
    at = [moment.astimezone(ZoneInfo(zone)) for moment in _DAYS_LOOKED_AT]
    if offset is not None:
        return any(moment.utcoffset() == timedelta(minutes=offset) for moment in at)
    if part.upper() in {moment.tzname() for moment in at} or part in _zones_of_label(zone):
        return True
    if zone in _zones_of(part):  # “New York, USA”
        return True
    return zone in next((z for s, z in _ABBREVIATIONS.items() if part.upper() in s.split()), ())


def _zones_of_label(zone: str) -> set[str]:
    """Return what the time of a zone is called in our languages, such as “Central European Time”."""
    from babel.dates import get_timezone_name  # noqa: PLC0415 - only for long labels

    names = set()
    for locale in languages.locales():
        for variant in ("generic", "standard", "daylight"):
            names.add(get_timezone_name(ZoneInfo(zone), width="long", zone_variant=variant, locale=locale))
    return names


def _offset(words: str) -> int | None:
    match = _OFFSET.fullmatch(words.casefold().strip())
    if not match:
        return None
    minutes = int(match[2] or 0) * 60 + int(match[3] or 0)
    return -minutes if match[1] == "-" else minutes


def _same_time(one: str, other: str) -> bool:
    return one == other or all(
        moment.astimezone(ZoneInfo(one)).utcoffset() == moment.astimezone(ZoneInfo(other)).utcoffset()
        for moment in _DAYS_LOOKED_AT
    )


def _key(words: str) -> str:
    return plain(words).replace("_", " ").replace("’", "'").strip().strip(".")


@cache
def _names() -> dict[str, str]:
    """Return the zones by their names and cities, as the pinned tzdata lists them, and by further large cities."""
    names = (files("tzdata") / "zones").read_text(encoding="utf-8").split()
    zones = {_key(name): name for name in names if "/" in name}
    with_cities = [
        name for name in sorted(zones.values()) if name.partition("/")[0] in _REGIONS or name in _in_use()
    ]
    cities = {_key(name.rpartition("/")[2]): name for name in with_cities}
    more = {_key(city): zone for zone, listed in CITIES.items() for city in listed.split(", ")}
    return {**cities, **more, **zones, "utc": "Etc/UTC", "gmt": "Etc/GMT"}


_REGIONS = {"Africa", "America", "Asia", "Atlantic", "Europe", "Indian"}
"""Of others, such as US and Australia, old names are West, East, North: no places."""


@cache
def _in_use() -> frozenset[str]:
    return frozenset(zone for zones in _zones_by_country().values() for zone in zones)


def _today(zone: str) -> str:
    """Return the name that a zone has today: Asia/Kolkata for Asia/Calcutta."""
    while zone not in _in_use() and zone in _links():
        zone = _links()[zone]
    return zone


@cache
def _links() -> dict[str, str]:
    lines = (files("tzdata") / "zoneinfo" / "tzdata.zi").read_text(encoding="utf-8").splitlines()
    return {old: new for line in lines if line.startswith("L ") for _, new, old in [line.split()]}


@cache
def _windows() -> dict[str, str]:
    from tzlocal.windows_tz import win_tz  # noqa: PLC0415 - only where no other name fits

    return {_key(name): zone for name, zone in win_tz.items()}


@cache
def _zones_by_country() -> dict[str, tuple[str, ...]]:
    """Return every country's zones by its code, from tzdata's own table."""
    found: dict[str, tuple[str, ...]] = {}
    for line in (files("tzdata") / "zoneinfo" / "zone.tab").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            code, _, zone = line.split("\t")[:3]
            found[code] = (*found.get(code, ()), zone)
    return found


_PARTS = {
    "Australia/Sydney": "AU-NSW",
    "Australia/Melbourne": "AU-VIC",
    "Australia/Brisbane": "AU-QLD",
    "Australia/Adelaide": "AU-SA",
    "Australia/Perth": "AU-WA",
    "Australia/Hobart": "AU-TAS",
    "Australia/Darwin": "AU-NT",
    "America/Vancouver": "CA-BC",
    "America/Edmonton": "CA-AB",
    "America/Regina": "CA-SK",
    "America/Winnipeg": "CA-MB",
    "America/Moncton": "CA-NB",
    "America/St_Johns": "CA-NL",
    "America/Whitehorse": "CA-YT",
    "America/Anchorage": "US-AK",
    "America/Detroit": "US-MI",
    "America/Indiana/Indianapolis": "US-IN",
    "Pacific/Honolulu": "US-HI",
    "Atlantic/Canary": "ES-CN",
    "Africa/Ceuta": "ES-CE",
    "Atlantic/Madeira": "PT-30",
    "Atlantic/Azores": "PT-20",
}
"""Zones that by tzdata's table are the time of one part of a country, or of little besides."""


def place_of(zone: str) -> str:
    """Return the part of a country that a zone is the time of, such as AU-VIC, else its country; empty for neither."""
    return _PARTS.get(zone) or _PARTS.get(_today(zone)) or country_of(zone)


def country_of(zone: str) -> str:
    """Return the code of the country that tzdata's table has a zone in; empty for one that is of no country."""
    return _countries().get(zone) or _countries().get(_today(zone), "")


@cache
def _countries() -> dict[str, str]:
    return {zone: code for code, zones in _zones_by_country().items() for zone in zones}


def _zones_of(country: str) -> tuple[str, ...]:
    from peerpact.tables.cells.countries import ALIASES, country_code  # noqa: PLC0415 - only where no other name fits

    code = country_code(country) if len(country) > 3 else ALIASES.get(plain(country), "")
    return _zones_by_country().get(code, ())


def _country_zone(country: str) -> str:
    """Return the time of a country that has only one."""
    zones = _zones_of(country)
    return zones[0] if zones and all(_same_time(zones[0], other) for other in zones) else ""
