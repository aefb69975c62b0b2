"""Colours come back twice from Google: as ``...Color`` and as ``...ColorStyle``. Both are kept, whichever was given.

Where both were, the style counts; a colour of the theme is shown as a new spreadsheet has it.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from struct import pack, unpack
from typing import Any

from workspace_emulator.sheets.defaults import THEME

THEME_COLOURS: dict[str, Any] = {c["colorType"]: c["color"]["rgbColor"] for c in THEME["themeColors"]}
NAMES = (
    "backgroundColor",
    "foregroundColor",
    "tabColor",
    "color",
    "headerColor",
    "firstBandColor",
    "secondBandColor",
)


def twin(name: str) -> str:
    """Return the name of a colour's other form; empty when the name is none of a colour."""
    if name in NAMES:
        return f"{name}Style"
    base = name.removesuffix("Style")
    return base if base in NAMES and base != name else ""


def with_styles(value: Any) -> Any:
    """Return a value in which each colour is in both forms, in steps of 256; a style that names none is left out."""
    if isinstance(value, list):
        return [with_styles(v) for v in value]
    if not isinstance(value, Mapping):
        return value
    result = {k: v if k in NAMES or k.endswith("ColorStyle") else with_styles(v) for k, v in value.items()}
    for name in NAMES:
        style = f"{name}Style"
        if isinstance(result.get(name), Mapping) and style not in value:
            result[name] = _stepped(result[name])
            result[style] = {"rgbColor": result[name]}
        elif style in result:
            _put(result, name, result.pop(style))
    return result


def _put(result: dict[str, Any], name: str, style: Mapping[str, Any]) -> None:
    """Put a colour's style, and what it means, into what holds it."""
    if "rgbColor" in style:
        style = {**style, "rgbColor": _stepped(style["rgbColor"])}
    shown = style["rgbColor"] if "rgbColor" in style else THEME_COLOURS.get(style.get("themeColor", ""))
    if style:
        result[f"{name}Style"] = style
    if shown is not None:
        result[name] = shown
    elif not style:
        result.pop(name, None)


def _stepped(colour: Mapping[str, float]) -> dict[str, float]:
    """Return a colour as Google keeps it: what is 0 is left out."""
    kept = {k: v if k == "alpha" else _step(v) for k, v in colour.items()}
    return {k: v for k, v in kept.items() if v}


@lru_cache(maxsize=1024)
def _step(channel: float) -> float:
    """Return the next of 256 steps below, in the fewest digits that tell it as a float of 32 bits, as recorded."""
    step = int(_single(min(max(channel, 0), 1)) * 255)
    exact = _single(step / 255)
    return next(short for n in range(10) if _single(short := round(exact, n)) == exact)


def _single(number: float) -> float:
    return float(unpack("f", pack("f", number))[0])
