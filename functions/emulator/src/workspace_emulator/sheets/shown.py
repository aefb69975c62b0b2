"""How a cell's value is shown: the formatted text that readers get unless they ask for more."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from workspace_emulator.core.errors import not_here
from workspace_emulator.sheets.patterns import Unshowable, shown, text_shown
from workspace_emulator.sheets.typed import EPOCH, moment_of, serial_of

_TOKENS = re.compile(
    r"(?i:y+|m+|d+|h+|s+(?:\.0+)?|am/pm|a/p)|\.0+|\[[hms]+\]|\"[^\"]*\"|\\.|\[[^\]]*\]|_.|\*.|.", re.DOTALL
)
_OF_MOMENTS = frozenset({"DATE", "TIME", "DATE_TIME"})
EARLIEST, LATEST = serial_of(date(1, 1, 2)), serial_of(date(9999, 12, 31)) + 1
"""Numbers that have a day; others, such as 20260101 in a column of dates, are shown as they are."""
_OF_NUMBERS = frozenset({"NUMBER", "PERCENT", "CURRENCY", "SCIENTIFIC"})
DEFAULTS = {"DATE": "M/d/yyyy", "TIME": "h:mm:ss am/pm", "DATE_TIME": "M/d/yyyy H:mm:ss", "PERCENT": "0.00%"}


def formatted(value: dict[str, Any], number_format: dict[str, str] | None = None) -> str:
    """Return an effective value as text, by the cell's number format if it has one."""
    if "boolValue" in value:
        return "TRUE" if value["boolValue"] else "FALSE"
    if "errorValue" in value:
        return str(value["errorValue"]["type_shown"])
    pattern, kind = (number_format or {}).get("pattern", ""), (number_format or {}).get("type")
    if "stringValue" in value:
        text = str(value["stringValue"])
        return _in_place(text_shown, text, pattern) if "@" in pattern or pattern.count(";") == 3 else text
    number = value.get("numberValue", 0)
    if kind not in {None, "TEXT", "NUMBER_FORMAT_TYPE_UNSPECIFIED"}:
        return _by_format(number, kind, pattern)
    return plain(number)


def check_showable(number_format: Mapping[str, Any]) -> None:
    """Refuse a format by which nothing could be shown.

    Raises:
        ApiError: 501, with the pattern.
    """
    pattern, kind = str(number_format.get("pattern", "")), number_format.get("type")
    if kind in _OF_NUMBERS:
        _in_place(shown, 1.0, pattern)
    elif kind in _OF_MOMENTS:
        _moment(1.0, pattern)


def _in_place(show: Callable[..., str], value: object, pattern: str) -> str:
    try:
        return show(value, pattern)
    except Unshowable:
        raise not_here(f"the number format {pattern}") from None


def plain(number: float) -> str:
    """Return a number as Sheets shows it in a cell without a format: at most ten significant digits or so."""
    if float(number).is_integer() and abs(number) < 1e15:
        return str(int(number))
    text = f"{number:.10g}"
    if "e" in text:
        mantissa, exponent = text.split("e")
        return f"{float(mantissa):g}E{int(exponent):+03d}"
    return text


def _by_format(number: float, kind: str, given: str) -> str:
    pattern = given or DEFAULTS.get(kind, "")
    if kind in _OF_MOMENTS:
        return _moment(number, pattern) if EARLIEST <= number < LATEST else plain(number)
    return _in_place(shown, number, pattern) if pattern else plain(number)


def _moment(serial: float, pattern: str) -> str:
    """Show a moment; minutes and months are told apart by what is beside them, as Google does."""
    tokens = _TOKENS.findall(pattern.partition(";")[0])
    twelve = any(t.lower() in {"am/pm", "a/p"} for t in tokens)
    fine = any("." in t and t[-1] == "0" for t in tokens)
    moment = EPOCH + timedelta(milliseconds=round(serial * 86_400_000)) if fine else moment_of(serial)
    letters = [t for t in tokens if t[0].lower() in "ymdhsa[" and t.lower() not in {"am/pm", "a/p"}]
    out, at = [], -1
    for token in tokens:
        at += token in letters
        before = next(iter(letters[at - 1 : at]), "") if at > 0 else ""
        after = next(iter(letters[at + 1 : at + 2]), "")
        is_minute = "h" in before.lower() or after.lower().startswith(("s", "[s"))
        out.append(_part(moment, serial, token, twelve=twelve, is_minute=is_minute))
    return "".join(out)


def _part(moment: datetime, serial: float, token: str, *, twelve: bool, is_minute: bool) -> str:
    name = token.lower()
    if token[0] == '"':
        return token.strip('"')
    if token[0] in "\\_*" and len(token) == 2:
        return token[1] if token[0] == "\\" else " " if token[0] == "_" else ""
    if token[0] == "[":
        return _elapsed(serial, name, token)
    if name in {"am/pm", "a/p"}:
        return _half_of_day(moment, token)
    if name[0] == ".":
        return f".{moment.microsecond:06}"[: len(token)]
    hour = (moment.hour - 1) % 12 + 1 if twelve else moment.hour
    if name[0] == "s":
        whole, _, fine = name.partition(".")
        return f"{moment.second:0{min(len(whole), 2)}}" + (
            f".{moment.microsecond:06}"[: len(fine) + 1] if fine else ""
        )
    if name[0] == "h":
        return f"{hour:0{min(len(name), 2)}}"
    if name[0] == "m" and is_minute and len(name) < 3:
        return f"{moment.minute:0{len(name)}}"
    return _of_date(moment, name) if name[0] in "ymd" else token


def _half_of_day(moment: datetime, token: str) -> str:
    """Capital letters for a capital pattern, as typed."""
    half = (
        ("am" if moment.hour < 12 else "pm") if "/" in token and len(token) > 3 else "ap"[moment.hour >= 12]
    )
    return half.upper() if len(token) > 3 or token.isupper() else half


def _of_date(moment: datetime, name: str) -> str:
    if name[0] == "y":
        return f"{moment.year:04}" if len(name) > 2 else f"{moment.year % 100:02}"
    numbers = {"m": moment.month, "d": moment.day}
    if len(name) < 3:
        return f"{numbers[name[0]]:0{len(name)}}"
    if name[0] == "d":
        return f"{moment:%a}" if len(name) == 3 else f"{moment:%A}"
    return f"{moment:%b}" if len(name) == 3 else f"{moment:%B}"[:1] if len(name) == 5 else f"{moment:%B}"


def _elapsed(serial: float, name: str, token: str) -> str:
    units = {"h": 24, "m": 1440, "s": 86_400}
    letter = name[1:2]
    if letter not in units or set(name[1:-1]) != {letter}:
        raise not_here(f"{token} in the format of a date")
    return f"{int(round(serial * 86_400) / 86_400 * units[letter]):0{len(name) - 2}}"
