"""JSON as clients send it, held to what Google's parser takes, so that what was read can be kept and written again."""

from __future__ import annotations

import json
import math
from typing import Any, NoReturn

import orjson

from workspace_emulator.core.errors import ApiError

_DEEPEST = 100
"""Levels that protobuf's parser of JSON goes down."""


def parsed(content: bytes | str) -> Any:
    """Return what a JSON text says.

    Raises:
        ApiError: It is no JSON (nor are ``NaN``, halves of surrogate pairs and numbers beyond a double), or too deep.
    """
    try:
        value = orjson.loads(content)
    except orjson.JSONDecodeError:
        value = _parsed_leniently(content)
    opened = (b"[", b"{") if isinstance(content, bytes) else ("[", "{")
    if sum(map(content.count, opened)) > _DEEPEST:  # type: ignore[arg-type]
        _hold_to_depth(value)
    return value


def _parsed_leniently(content: bytes | str) -> Any:
    """Take a byte order mark, or say what is wrong."""
    try:
        value = json.loads(content, parse_constant=_no_constant, parse_float=_real, parse_int=_whole)
        json.dumps(value, ensure_ascii=False).encode()
    except RecursionError:
        raise _too_deep() from None
    except UnicodeEncodeError:
        raise _refused("Invalid unicode code point") from None
    except ValueError as error:
        raise _refused(f"{str(error)[:1].upper()}{str(error)[1:]}") from None
    return value


def _no_constant(word: str) -> NoReturn:
    raise ValueError(f"unexpected token: {word}")


def _real(text: str) -> float:
    number = float(text)
    if math.isinf(number):
        raise ValueError("number exceeds the range of double")
    return number


def _whole(text: str) -> int:
    _real(text)
    return int(text)


def _hold_to_depth(value: Any) -> None:
    level = [value]
    for _ in range(_DEEPEST + 1):
        held = [v.values() if isinstance(v, dict) else v for v in level if isinstance(v, dict | list)]
        if not held:
            return
        level = [inner for values in held for inner in values]
    raise _too_deep()


def _too_deep() -> ApiError:
    return _refused("Message too deep. Max recursion depth reached")


def _refused(what: str) -> ApiError:
    return ApiError(400, "parseError", f"Invalid JSON payload received. {what}.", "INVALID_ARGUMENT")
