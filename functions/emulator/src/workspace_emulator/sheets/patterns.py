"""Number formats: a pattern such as ``#,##0.00;[Red](#,##0.00)`` read once, and numbers shown by it.

As Google documents it: up to four sections (positive; negative; zero; text), colours and conditions in brackets,
digits as ``0`` (always), ``#`` (when significant) and ``?`` (or a space), a comma between digits for thousands and
after them for scaling, ``%``, ``E+``, currencies in brackets, literals in quotes or after a backslash, ``_x`` for the
width of a letter and ``*x`` for padding.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import lru_cache

_SPLIT = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|;|.', re.DOTALL)
_COLOUR = re.compile(r"\[(?:black|blue|cyan|green|magenta|red|white|yellow|color ?\d{1,2})\]", re.IGNORECASE)
_CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)(-?\d+(?:\.\d+)?)\]")
_CURRENCY = re.compile(r"\[\$([^\]-]*)(?:-[0-9A-Fa-f]+)?\]")
_DIGITS = frozenset("0#?")
_CONTEXT = Context(prec=700, rounding=ROUND_HALF_UP)
"""Wide enough for the largest number that a cell can hold, and every place behind its point."""


class Unshowable(ValueError):  # noqa: N818 - says what a pattern has
    """The pattern has something that isn't shown here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One section: what is before and after the digits, the digits' places, and how the number is scaled."""

    before: str
    whole: str
    decimals: str
    after: str
    grouped: bool
    scale: int
    exponent: str
    condition: tuple[str, float] | None
    text: bool = False


@lru_cache(maxsize=1000)
def sections(pattern: str) -> tuple[Section, ...]:
    """Read a pattern.

    Raises:
        Unshowable: It has more than four sections, fractions, or brackets of an unknown kind.
    """
    parts: list[list[str]] = [[]]
    for token in _SPLIT.findall(pattern):
        if token == ";":
            parts.append([])
        else:
            parts[-1].append(token)
    if len(parts) > 4:
        raise Unshowable(pattern)
    return tuple(_section(part) for part in parts)


def shown(number: float, pattern: str) -> str:
    """Return a number as a pattern shows it."""
    found = sections(pattern)
    section, signed = _chosen(found, number)
    if section.text:  # @ shows a number as it would be without a format
        return f"{'-' if signed and number < 0 else ''}{section.before}{abs(number):g}{section.after}"
    value = abs(Decimal(repr(number))).scaleb(section.scale, _CONTEXT)
    digits = _scientific(value, section) if section.exponent else _placed(value, section)
    negative = signed and number < 0 and any(c in "123456789" for c in digits)
    return f"{'-' if negative else ''}{section.before}{digits}{section.after}"


def text_shown(text: str, pattern: str) -> str:
    """Return a text as a pattern's fourth section, or one with ``@``, shows it."""
    found = sections(pattern)
    section = found[3] if len(found) == 4 else next((s for s in found if s.text), None)
    return text if section is None else f"{section.before}{text if section.text else ''}{section.after}"


def _chosen(found: tuple[Section, ...], number: float) -> tuple[Section, bool]:
    """Return the section for a number, and whether a minus is still to be shown."""
    if any(s.condition for s in found):
        for section in found:
            if section.condition is None or _holds(section.condition, number):
                return section, section.condition is None or section.condition[0] not in {"<", "<="}
        return found[-1], True
    if number < 0 and len(found) > 1:
        return found[1], False
    return (found[2], False) if number == 0 and len(found) > 2 else (found[0], True)


def _holds(condition: tuple[str, float], number: float) -> bool:
    sign, bound = condition
    tests = {"<": number < bound, ">": number > bound, "=": number == bound}
    tests |= {"<=": number <= bound, ">=": number >= bound, "<>": number != bound}
    return tests[sign]


def _section(tokens: list[str]) -> Section:
    before, after, digits, condition = "", "", "", None
    i = 0
    while i < len(tokens):
        token = tokens[i]
        following = tokens[i + 1] if i + 1 < len(tokens) else ""
        if match := _CONDITION.fullmatch(token):
            condition = match[1], float(match[2])
        elif (
            token in _DIGITS
            or (digits and token in {",", "."} and not after)
            or (token == "." and following in _DIGITS)
        ):
            if after:
                raise Unshowable("".join(tokens))
            digits += token
        elif token in "Ee" and digits and following in {"+", "-"}:
            places = "".join(t for t in tokens[i + 2 :] if t in _DIGITS)
            digits, i = f"{digits}E{following}{places}", i + 1 + len(places)
        else:
            literal, i = _literal(token, following, i)
            before, after = (before, after + literal) if digits else (before + literal, after)
        i += 1
    return _placed_section(before, digits, after, condition)


def _literal(token: str, following: str, at: int) -> tuple[str, int]:
    """Return what a token that is no digit shows, and where reading goes on from."""
    if token.startswith('"'):
        return token[1:-1], at
    if token.startswith("\\") and len(token) == 2:
        return token[1], at
    if match := _CURRENCY.fullmatch(token):
        return match[1], at
    if token.startswith("[") and len(token) > 1:
        if _COLOUR.fullmatch(token):
            return "", at
        raise Unshowable(token)
    if token == "_":
        return " ", at + 1
    if token == "*":
        return "", at + (1 if following else 0)
    if token == "/":
        raise Unshowable(token)
    return token, at


def _placed_section(before: str, digits: str, after: str, condition: tuple[str, float] | None) -> Section:
    mantissa, _, exponent = digits.partition("E")
    whole, point, decimals = mantissa.partition(".")
    last = decimals if point else whole
    scaling = len(last) - len(last.rstrip(","))
    whole, decimals = (whole, decimals.rstrip(",")) if point else (whole.rstrip(","), "")
    text = "@" in before and not digits
    before, _, after = before.partition("@") if text else (before, "", after)
    return Section(
        before=before,
        whole=whole.replace(",", ""),
        decimals=decimals.replace(",", ""),
        after=after,
        grouped="," in whole,
        scale=2 * (before + after).count("%") - 3 * scaling,
        exponent=exponent,
        condition=condition,
        text=text,
    )


def _placed(value: Decimal, section: Section) -> str:
    """Write a number into the places: zeros where they are always shown, nothing where they mean nothing."""
    if not section.whole and not section.decimals:
        return ""
    rounded = value.quantize(Decimal(1).scaleb(-len(section.decimals)), context=_CONTEXT)
    whole, _, decimals = f"{rounded:f}".partition(".")
    whole = whole.lstrip("0")
    least = section.whole.count("0")
    whole = whole.zfill(least) if least else whole
    blank = max(len(section.whole) - len(whole), 0)
    padding = " " * section.whole[:blank].count("?")
    if section.grouped:
        whole = re.sub(r"(?<=\d)(?=(?:\d{3})+$)", ",", whole)
    return padding + whole + _decimals(decimals, section.decimals)


def _decimals(digits: str, places: str) -> str:
    kept = len(digits)
    while kept and digits[kept - 1] == "0" and places[kept - 1] != "0":
        kept -= 1
    shown_digits = digits[:kept] + " " * places[kept:].count("?")
    return (
        f".{shown_digits}" if places and (kept or "?" in places or "0" in places) else "." if places else ""
    )


def _scientific(value: Decimal, section: Section) -> str:
    width = max(len(section.whole), 1)
    power = value.adjusted() if value else 0
    power -= power % width if width > 1 else 0
    mantissa = value.scaleb(-power).quantize(Decimal(1).scaleb(-len(section.decimals)), context=_CONTEXT)
    if mantissa >= 10**width:
        mantissa, power = mantissa / 10, power + 1
    digits = _placed(mantissa, section)
    sign = "-" if power < 0 else "+" if section.exponent.startswith("+") else ""
    return f"{digits}E{sign}{str(abs(power)).zfill(len(section.exponent) - 1)}"
