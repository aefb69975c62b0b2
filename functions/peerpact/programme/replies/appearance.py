"""What of an HTML mail nobody sees: switched off, without size, or written in the colour of its paper."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

_LONGEST_STYLE = 600
_LONGEST_SHEET = 20_000
_OFF = re.compile(
    r"display:none|visibility:(?:hidden|collapse)|mso-hide:all|max-height:0|max-width:0|opacity:0(?:\.0+)?(?![.\d])"
    r"|text-indent:-\d{3}|(?:left|top):-\d{4}|clip:rect\(0"
)
_FLAT = re.compile(r"(?<![-\w])(?:height|width):0(?![.\d])")
_SIZE = re.compile(
    r"(?<![-\w])font(?:-size)?:(?:[\w-]+,)*?(\d{1,4}(?:\.\d{1,3})?)(px|pt|em|rem|%|(?=[;!]|$))"
)
_SIZED = re.compile(r"(?<![-\w])font-size:")
_INK = re.compile(r"(?<![-\w])color:(#[0-9a-f]{3,8}|rgba?\([\d.,%]{5,30}\)|[a-z]{3,20})")
_PAPER = re.compile(r"(?<![-\w])background(?:-color)?:(#[0-9a-f]{3,8}|rgba?\([\d.,%]{5,30}\)|[a-z]{3,20})")
_NUMBERS = re.compile(r"\d{1,3}(?:\.\d+)?")
_RULE = re.compile(r"([^{}]{1,300})\{([^{}]{0,600})\}")
_CLASS = re.compile(r"\.([A-Za-z][\w-]{0,60})\s*$")
_NAMES = {"white": (255, 255, 255), "black": (0, 0, 0), "snow": (255, 250, 250), "ivory": (255, 255, 240)}
_TINY = {"px": 1, "pt": 1, "": 1, "em": 0.1, "rem": 0.1, "%": 10}
"""Sizes up to which nobody reads text."""
_ALIKE = 24
"""Colours that differ by less, all three parts together, can't be told apart."""

Colour = tuple[int, int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How text looks where it is; an element inherits it, and may change it."""

    tiny: bool = False
    ink: Colour | None = None
    """None: the reader's own, which can be seen."""
    paper: Colour = (255, 255, 255)

    @property
    def is_visible(self) -> bool:
        if self.tiny:
            return False
        return self.ink is None or sum(abs(a - b) for a, b in zip(self.ink, self.paper, strict=True)) > _ALIKE


def look_of(element: Any, around: Look) -> Look:
    """Return how text in this element looks, given how it looks around it."""
    style = style_of(element)
    ink = _colour(_found(_INK, style) or element.get("color") or element.get("text"))
    paper = _colour(_found(_PAPER, style) or element.get("bgcolor"))
    look = replace(around, ink=ink or around.ink, paper=paper or around.paper)
    size = _SIZE.search(style) if "font" in style else None
    if size:
        return replace(look, tiny=_is_tiny(float(size[1]), size[2]))
    return replace(look, tiny=False) if _SIZED.search(style) else look


def style_of(element: Any) -> str:
    return (element.get("style") or "")[:_LONGEST_STYLE].casefold().replace(" ", "")


def is_switched_off(element: Any, hidden_classes: frozenset[str]) -> bool:
    """Tell whether an element is not shown at all, with all that is in it."""
    if element.get("hidden") is not None:
        return True
    if hidden_classes and not hidden_classes.isdisjoint((element.get("class") or "")[:300].split()):
        return True
    return _is_off(style_of(element))


def hidden_classes(root: Any) -> frozenset[str]:
    """Return the classes that a style sheet of the mail itself switches off, for any screen."""
    found: set[str] = set()
    for sheet in islice(root.iter("style"), 4):
        for selectors, style in _rules((sheet.text or "")[:_LONGEST_SHEET]):
            if _is_off(style.casefold().replace(" ", "")):
                found |= {name[1] for part in selectors.split(",") if (name := _CLASS.search(part.strip()))}
    return frozenset(found)


def _is_off(style: str) -> bool:
    if not style:
        return False
    return bool(_OFF.search(style)) or ("overflow:hidden" in style and bool(_FLAT.search(style)))


def _rules(sheet: str) -> Iterator[tuple[str, str]]:
    """Yield selectors and style of each rule that counts on every screen: none inside an @media."""
    depth, start, plain = 0, 0, []
    for at, sign in enumerate(sheet):
        if sign == "@" and depth == 0:
            plain.append(sheet[start:at])
            depth = _SKIPPING
        elif depth and sign in "{};":
            depth = _after(depth, sign)
            start = at + 1
    plain.append("" if depth else sheet[start:])
    for found in _RULE.finditer("".join(plain)):
        yield found[1], found[2]


_SKIPPING = 1


def _after(depth: int, sign: str) -> int:
    """Follow the braces of an @-rule: 0 when it ended."""
    if sign == ";":
        return 0 if depth == _SKIPPING else depth
    depth += 1 if sign == "{" else -1
    return 0 if depth <= _SKIPPING else depth


def _found(pattern: re.Pattern[str], style: str) -> str:
    match = pattern.search(style) if style else None
    return match[1] if match else ""


def _is_tiny(number: float, unit: str) -> bool:
    return number <= _TINY[unit]


def _colour(text: str | None) -> Colour | None:
    folded = (text or "").strip().casefold()
    if folded in _NAMES:
        return _NAMES[folded]
    if folded.startswith("rgb"):
        parts = [int(float(n)) for n in _NUMBERS.findall(folded)[:3]]
        return (parts[0], parts[1], parts[2]) if len(parts) == 3 else None
    digits = folded.removeprefix("#")
    if len(digits) in {3, 4}:
        digits = "".join(d * 2 for d in digits)
    if not re.fullmatch("[0-9a-f]{6}(?:[0-9a-f]{2})?", digits):
        return None
    return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:6], 16)
