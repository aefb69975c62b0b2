"""What a cell holds after somebody typed or a program wrote into it: numbers, dates, booleans, formulas, text.

A typed value is Google's ExtendedValue (``numberValue``, ``stringValue``, ``boolValue``, ``formulaValue``), with the
number format that typing it gives the cell.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import Any

EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - serial numbers have no zone

_NUMBER = re.compile(r"([-+]?)(\$?)((?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d*)?)([eE][-+]?\d+)?(%?)$")
_ISO_DATE = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})$")
_US_DATE = re.compile(r"(\d{1,2})[-/](\d{1,2})[-/](\d{4}|\d{2})$")
_TIME = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?\s*([AaPp][Mm])?$")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAMED_DATE = re.compile(r"(?:(\d{1,2})[ -]([A-Za-z]{3,9})[ -](\d{4})|([A-Za-z]{3,9}) (\d{1,2}),? (\d{4}))$")


def raw(value: Any) -> dict[str, Any] | None:
    """Return what RAW input leaves in a cell: the JSON value itself. An empty string empties the cell."""
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return {"boolValue": value}
    if isinstance(value, int | float):
        return {"numberValue": value}
    return {"stringValue": str(value)}


def entered(value: Any) -> tuple[dict[str, Any] | None, dict[str, str] | None]:
    """Return what USER_ENTERED input leaves: the value as if typed (en_US), and the format typing gives it."""
    if not isinstance(value, str) or value == "":
        return raw(value), None
    if value.startswith("'"):
        return {"stringValue": value[1:]}, None
    if value.startswith("=") and len(value) > 1:
        return {"formulaValue": value}, None
    if value.strip().upper() in {"TRUE", "FALSE"}:
        return {"boolValue": value.strip().upper() == "TRUE"}, None
    found = _number(value.strip()) or _moment(value.strip())
    if found is None:
        return {"stringValue": value}, None
    return {"numberValue": found[0]}, found[1]


def _number(text: str) -> tuple[float, dict[str, str] | None] | None:
    match = _NUMBER.match(text)
    if not match or not re.search(r"\d", match[3] or ""):
        return None
    sign, currency, digits, exponent, percent = match.groups()
    number = float(sign + digits.replace(",", "") + (exponent or ""))
    decimals = len(digits.partition(".")[2])
    if percent:
        return number / 100, {"type": "PERCENT", "pattern": "0.00%" if decimals else "0%"}
    plain: float = int(number) if number.is_integer() and abs(number) < 1e15 else number
    if currency:
        return plain, {"type": "CURRENCY", "pattern": '"$"#,##0.00' if decimals else '"$"#,##0'}
    if exponent:
        return plain, {"type": "SCIENTIFIC", "pattern": "0.00E+00"}
    if "," in digits:
        return plain, {"type": "NUMBER", "pattern": "#,##0.00" if decimals else "#,##0"}
    return plain, None


def _moment(text: str) -> tuple[float, dict[str, str]] | None:
    day, _, clock = text.replace("T", " ").rpartition(" ")
    found_date, found_time = _date(text), _time(text)
    if found_date:
        pattern = "yyyy-mm-dd" if _ISO_DATE.match(text) and "-" in text else "M/d/yyyy"
        return serial_of(found_date), {"type": "DATE", "pattern": pattern}
    if found_time is not None:
        return found_time, {
            "type": "TIME",
            "pattern": "h:mm:ss am/pm" if text.count(":") > 1 else "h:mm am/pm",
        }
    whole, part = _date(day), _time(clock)
    if whole and part is not None:
        pattern = "yyyy-mm-dd h:mm:ss" if _ISO_DATE.match(day) else "M/d/yyyy h:mm:ss"
        return serial_of(whole) + part, {"type": "DATE_TIME", "pattern": pattern}
    return None


def _date(text: str) -> date | None:
    try:
        if match := _ISO_DATE.match(text):
            return date(int(match[1]), int(match[2]), int(match[3]))
        if match := _US_DATE.match(text):
            year = int(match[3])
            return date(year if year > 99 else 2000 + year, int(match[1]), int(match[2]))
        if match := _NAMED_DATE.match(text):
            parts = match.group(1, 2, 3) if match[1] else match.group(5, 4, 6)
            return date(int(parts[2]), _MONTHS.index(parts[1][:3].lower()) + 1, int(parts[0]))
    except ValueError:
        return None
    return None


def _time(text: str) -> float | None:
    match = _TIME.match(text)
    if not match:
        return None
    hour, minute, second = int(match[1]), int(match[2]), int(match[3] or 0)
    if match[4]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if match[4].lower() == "pm" else 0)
    return (
        (hour * 3600 + minute * 60 + second) / 86_400 if hour < 24 and minute < 60 and second < 60 else None
    )


def serial_of(day: date) -> int:
    return (day - EPOCH.date()).days


def moment_of(serial: float) -> datetime:
    return EPOCH + timedelta(seconds=round(serial * 86_400))
