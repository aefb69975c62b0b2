"""How a cell's value is shown: the formatted text that readers get unless they ask for more."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from workspace_emulator.sheets.typed import moment_of

_TOKENS = re.compile(
    r"yyyy|yy|MMMM|MMM|MM|M|mmmm|mmm|mm|m|dddd|ddd|dd|d|hh|h|HH|H|ss|s|am/pm|AM/PM|\"[^\"]*\"|."
)
DEFAULTS = {"DATE": "M/d/yyyy", "TIME": "h:mm:ss am/pm", "DATE_TIME": "M/d/yyyy H:mm:ss", "PERCENT": "0.00%"}


def formatted(value: dict[str, Any], number_format: dict[str, str] | None = None) -> str:
    """Return an effective value as text, by the cell's number format if it has one."""
    if "boolValue" in value:
        return "TRUE" if value["boolValue"] else "FALSE"
    if "errorValue" in value:
        return str(value["errorValue"]["type_shown"])
    if "stringValue" in value:
        return str(value["stringValue"])
    number = value.get("numberValue", 0)
    if number_format and number_format.get("type") not in {None, "TEXT", "NUMBER_FORMAT_TYPE_UNSPECIFIED"}:
        return _by_format(number, number_format)
    return plain(number)


def plain(number: float) -> str:
    """Return a number as Sheets shows it in a cell without a format: at most ten significant digits or so."""
    if float(number).is_integer() and abs(number) < 1e15:
        return str(int(number))
    text = f"{number:.10g}"
    if "e" in text:
        mantissa, exponent = text.split("e")
        return f"{float(mantissa):g}E{int(exponent):+03d}"
    return text


def _by_format(number: float, number_format: dict[str, str]) -> str:
    kind = number_format["type"]
    pattern = number_format.get("pattern") or DEFAULTS.get(kind, "")
    if kind in {"DATE", "TIME", "DATE_TIME"}:
        return _moment(moment_of(number), pattern)
    if not pattern:
        return plain(number)
    return _number(number, pattern.split(";")[0])


def _number(number: float, pattern: str) -> str:
    core = re.search(r"[#0,]*[#0](?:\.([#0]+))?", pattern)
    if not core:
        return plain(number)
    scaled = number * 100 if "%" in pattern else number
    decimals = len(core[1] or "")
    if re.search(r"E\+?0", pattern):
        mantissa, exponent = f"{scaled:.{decimals}E}".split("E")
        return f"{mantissa}E{int(exponent):+03d}"
    grouped = "," in core[0]
    text = f"{abs(scaled):{',' if grouped else ''}.{decimals}f}"
    before = pattern[: core.start()].replace('"', "").replace("\\", "")
    after = pattern[core.end() :].replace('"', "").replace("\\", "")
    return f"{'-' if scaled < 0 else ''}{before}{text}{after}"


def _moment(moment: datetime, pattern: str) -> str:
    tokens = _TOKENS.findall(pattern)
    twelve = any(t.lower() == "am/pm" for t in tokens)
    out, previous = [], ""
    for i, token in enumerate(tokens):
        following = next((t for t in tokens[i + 1 :] if t.isalpha()), "")
        out.append(
            _part(moment, token, twelve=twelve, is_minute="h" in previous.lower() or following in {"s", "ss"})
        )
        previous = token if token.isalpha() else previous
    return "".join(out)


def _part(moment: datetime, token: str, *, twelve: bool, is_minute: bool) -> str:
    hour = (moment.hour - 1) % 12 + 1 if twelve else moment.hour
    if token in {"m", "mm"} and is_minute:
        return f"{moment.minute:02}" if token == "mm" else str(moment.minute)
    parts = {
        "yyyy": f"{moment.year:04}",
        "yy": f"{moment.year % 100:02}",
        "mmmm": f"{moment:%B}",
        "mmm": f"{moment:%b}",
        "mm": f"{moment.month:02}",
        "m": str(moment.month),
        "dddd": f"{moment:%A}",
        "ddd": f"{moment:%a}",
        "dd": f"{moment.day:02}",
        "d": str(moment.day),
        "hh": f"{hour:02}",
        "h": str(hour),
        "ss": f"{moment.second:02}",
        "s": str(moment.second),
        "am/pm": "AM" if moment.hour < 12 else "PM",
    }
    return parts.get(token.lower(), token.strip('"'))
