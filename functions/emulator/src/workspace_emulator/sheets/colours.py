"""Colours come back twice from Google: as ``...Color`` and as ``...ColorStyle``. Both are kept, whichever was given."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

NAMES = (
    "backgroundColor",
    "foregroundColor",
    "tabColor",
    "color",
    "headerColor",
    "firstBandColor",
    "secondBandColor",
)


def with_styles(value: Any) -> Any:
    """Return a value in which each colour stands in both forms."""
    if isinstance(value, list):
        return [with_styles(v) for v in value]
    if not isinstance(value, Mapping):
        return value
    result = {k: v if k in NAMES or k.endswith("ColorStyle") else with_styles(v) for k, v in value.items()}
    for name in NAMES:
        style = f"{name}Style"
        if isinstance(result.get(name), Mapping) and style not in value:
            result[style] = {"rgbColor": result[name]}
        elif style in result and "rgbColor" in result[style]:
            result[name] = result[style]["rgbColor"]
    return result
