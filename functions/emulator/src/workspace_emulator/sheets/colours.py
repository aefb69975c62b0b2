"""Colours come back twice from Google: as ``...Color`` and as ``...ColorStyle``. Both are kept, whichever was given.

Where both were, the style counts; a colour of the theme is shown as a new spreadsheet has it.
"""

from __future__ import annotations

from collections.abc import Mapping
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
    """Return a value in which each colour is in both forms."""
    if isinstance(value, list):
        return [with_styles(v) for v in value]
    if not isinstance(value, Mapping):
        return value
    result = {k: v if k in NAMES or k.endswith("ColorStyle") else with_styles(v) for k, v in value.items()}
    for name in NAMES:
        style = f"{name}Style"
        if isinstance(result.get(name), Mapping) and style not in value:
            result[style] = {"rgbColor": result[name]}
        elif style in result:
            given = result[style]
            shown = (
                given["rgbColor"] if "rgbColor" in given else THEME_COLOURS.get(given.get("themeColor", ""))
            )
            if shown is not None:
                result[name] = shown
    return result
