"""JSON bodies checked against a discovery document's schemas, in the words that Google uses to refuse them.

Each schema is compiled once into a function. Requests are read as proto3's JSON mapping reads them: numbers and
booleans as text are converted, names may be written with underscores, a list within a list is one list, null is absent.
Answers are held to the letter, for the sake of the local Workspace's own tests.
"""

from __future__ import annotations

import base64
import binascii
import json
import math
import re
from collections.abc import Callable, Iterator
from datetime import date, datetime
from functools import cache
from typing import Any

from workspace_emulator.core.discovery import OLDER, document

Check = Callable[[Any], Any]
"""Returns the value as it is to be kept, the same object where nothing had to be converted."""

_RANGES = {
    "int32": (-(2**31), 2**31 - 1),
    "uint32": (0, 2**32 - 1),
    "int64": (-(2**63), 2**63 - 1),
    "uint64": (0, 2**64 - 1),
}
_NUMBER = re.compile(r"-?\d+(\.\d+)?([eE][-+]?\d+)?")
_DURATION = re.compile(r"-?\d+(\.\d{1,9})?s")


class Mismatch(Exception):  # noqa: N818 - a finding, turned into an ApiError by whoever asked
    """What is wrong, and where; the path grows while the finding travels outwards."""

    def __init__(self, describe: Callable[[str], str]) -> None:
        super().__init__("mismatch")
        self._describe = describe
        self.path = ""

    def within(self, step: str) -> Mismatch:
        self.path = f"{step}{'' if self.path.startswith('[') or not self.path else '.'}{self.path}"
        return self

    def __str__(self) -> str:
        return self._describe(self.path)


@cache
def request_check(document_name: str, schema: str, keep_nulls: bool = False) -> Check:
    """Return the function that checks (and cleans, in place) request bodies of a schema.

    With ``keep_nulls`` a null stays, as it means "clear this field" in the older APIs' PATCH.
    """
    return _Compiler(document_name, answers=False, keep_nulls=keep_nulls).named(schema)


@cache
def answer_check(document_name: str, schema: str) -> Check:
    """Return the function that holds an answer to the letter of a schema."""
    return _Compiler(document_name, answers=True, keep_nulls=False).named(schema)


class _Compiler:
    def __init__(self, document_name: str, *, answers: bool, keep_nulls: bool) -> None:
        self._schemas = document(document_name).source["schemas"]
        self._answers = answers
        self._older = document_name.partition(".")[0] in OLDER
        self._keep_nulls = keep_nulls
        self._done: dict[str, Check] = {}

    def named(self, name: str) -> Check:
        """Compile a schema by name; recursion in the document goes through ``_done``."""
        if name not in self._done:
            self._done[name] = lambda value: self._done[name](value)  # noqa: PLW0108 - looked up when called
            self._done[name] = self._compile(self._schemas[name], name) or _anything
        return self._done[name]

    def _compile(self, schema: dict[str, Any], name: str) -> Check | None:
        """Return the check of a schema, None when anything goes."""
        if "$ref" in schema:
            return self.named(schema["$ref"])
        kind = schema.get("type", "any")
        if kind == "object":
            return self._object(schema, name)
        if kind == "array":
            item = schema["items"]
            check = _array(self._compile(item, name), lists_only=self._answers)
            joins = "$ref" in item and not self._answers and not self._older
            return _lists_joined(check) if joins else check
        return None if kind == "any" else self._scalar(schema, kind, name)

    def _object(self, schema: dict[str, Any], name: str) -> Check:
        extra = schema.get("additionalProperties")
        known = {key: self._compile(inner, key) for key, inner in schema.get("properties", {}).items()}
        others = self._compile(extra, name) if extra is not None else None
        underscored = {} if self._answers or self._older else {_snake(k): k for k in known if _snake(k) != k}
        drops_nulls = not self._answers and not self._keep_nulls
        allows_null = self._keep_nulls and not self._answers

        def check(value: Any) -> Any:
            if not isinstance(value, dict):
                raise _bad_value(name, value)
            if underscored and not value.keys() <= known.keys():
                _rename(value, underscored)
            if drops_nulls and None in value.values():
                for key in [k for k, v in value.items() if v is None and k in known]:
                    del value[key]
            for key, inner in value.items():
                if key in known:
                    part = known[key]
                elif extra is not None:
                    part = others
                else:
                    raise _unknown_name(key)
                if part is None or (inner is None and allows_null):
                    continue
                try:
                    new = part(inner)
                except Mismatch as mismatch:
                    raise mismatch.within(_snake(key)) from None
                if new is not inner:
                    value[key] = new
            return value

        return check

    def _scalar(self, schema: dict[str, Any], kind: str, name: str) -> Check:
        form = schema.get("format")
        if "enum" in schema:
            return _enumeration(frozenset(schema["enum"]), name)
        if kind == "boolean":
            return _boolean if self._answers else _lenient_boolean
        if form in _RANGES:
            as_text = form in {"int64", "uint64"} and kind == "string"
            return _whole_number_answered(form, as_text) if self._answers else _whole_number(form, as_text)
        if kind in {"number", "integer"}:
            return _number_answered if self._answers else _number
        if form == "byte":
            return _bytes
        return _text(_FORMATS.get(form) if self._answers and form else None)


def _rename(value: dict[str, Any], underscored: dict[str, str]) -> None:
    """Give names that were written with underscores their usual form, in place."""
    for key in [k for k in value if k in underscored]:
        if underscored[key] in value:
            raise _set_twice(underscored[key])
        value[underscored[key]] = value.pop(key)


def _anything(value: Any) -> Any:
    return value


def _array(item: Check | None, *, lists_only: bool) -> Check:
    def check(value: Any) -> Any:
        if not isinstance(value, list):
            if item is None or lists_only:
                raise _bad_value("ListValue", value)
            return [item(value)]  # Google reads one value where a list is due as a list of one
        if item is None:
            return value
        at = 0
        try:
            for at, inner in enumerate(value):
                new = item(inner)
                if new is not inner:
                    value[at] = new
        except Mismatch as mismatch:
            raise mismatch.within(f"[{at}]") from None
        return value

    return check


def _lists_joined(check: Check) -> Check:
    """Let lists within a list be one list, and read nulls over, as Google does where a field repeats."""

    def joined(value: Any) -> Any:
        if isinstance(value, list) and any(inner is None or isinstance(inner, list) for inner in value):
            return check([inner for inner in _flat(value) if inner is not None])
        return check(value)

    return joined


def _flat(values: list[Any]) -> Iterator[Any]:
    for value in values:
        if isinstance(value, list):
            yield from _flat(value)
        else:
            yield value


def _enumeration(allowed: frozenset[str], name: str) -> Check:
    def check(value: Any) -> Any:
        if not isinstance(value, str) or value not in allowed:
            raise _bad_value(name[:1].upper() + name[1:], value)
        return value

    return check


def _boolean(value: Any) -> Any:
    if not isinstance(value, bool):
        raise _bad_type("TYPE_BOOL", value)
    return value


def _lenient_boolean(value: Any) -> bool:
    if value in ("true", "false"):
        return bool(value == "true")
    if not isinstance(value, bool):
        raise _bad_type("TYPE_BOOL", value)
    return value


def _whole_number(form: str, as_text: bool) -> Check:
    """Take a number, or text that says one; keep text where JSON can't hold the number."""
    low, high = _RANGES[form]

    def check(value: Any) -> Any:
        if type(value) is int and not as_text:
            number: float = value
        else:
            number = _as_number(value, f"TYPE_{form.upper()}")
        if number != number // 1 or not low <= number <= high:
            raise _bad_type(f"TYPE_{form.upper()}", value)
        if as_text:
            return value if isinstance(value, str) else str(int(number))
        return int(number)

    return check


def _whole_number_answered(form: str, as_text: bool) -> Check:
    low, high = _RANGES[form]

    def check(value: Any) -> Any:
        good = isinstance(value, str) if as_text else isinstance(value, int) and not isinstance(value, bool)
        if not good or not low <= int(value) <= high:
            raise _bad_type(f"TYPE_{form.upper()}", value)
        return value

    return check


def _number(value: Any) -> Any:
    return value if type(value) in {int, float} else _as_number(value, "TYPE_DOUBLE")


def _as_number(value: Any, kind: str) -> float:
    """Convert text as proto3 does: neither padded nor grouped."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value
    if not isinstance(value, str) or not _NUMBER.fullmatch(value):
        raise _bad_type(kind, value)
    if math.isinf(float(value)):
        raise _bad_type(kind, value)
    return int(value) if value.lstrip("-").isdigit() else float(value)


def _number_answered(value: Any) -> Any:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise _bad_type("TYPE_DOUBLE", value)
    return value


def _bytes(value: Any) -> Any:
    try:
        base64.b64decode(value.replace("-", "+").replace("_", "/") + "==")
    except (AttributeError, binascii.Error, ValueError):
        raise Mismatch(
            lambda path: f"Invalid value at '{path}' (TYPE_BYTES), Base64 decoding failed for {_shown(value)}"
        ) from None
    return value


def _text(fits: Callable[[str], object] | None) -> Check:
    def check(value: Any) -> Any:
        if not isinstance(value, str):
            raise _bad_type("TYPE_STRING", value)
        if fits:
            try:
                fits(value)
            except ValueError:
                raise _bad_type("TYPE_STRING", value) from None
        return value

    return check


def _duration(value: str) -> None:
    if not _DURATION.fullmatch(value):
        raise ValueError(value)


def _moment(value: str) -> None:
    if datetime.fromisoformat(value).tzinfo is None:
        raise ValueError(value)


_FORMATS: dict[str, Callable[[str], object]] = {
    "date-time": _moment,
    "google-datetime": _moment,
    "date": date.fromisoformat,
    "google-duration": _duration,
}


def _bad_type(kind: str, value: Any) -> Mismatch:
    return Mismatch(lambda path: f"Invalid value at '{path}' ({kind}), {_shown(value)}")


def _bad_value(name: str, value: Any) -> Mismatch:
    home = "google.protobuf" if name == "ListValue" else "google.apps"
    return _bad_type(f"type.googleapis.com/{home}.{name}", value)


def _unknown_name(key: str) -> Mismatch:
    def describe(path: str) -> str:
        at = f" at '{path}'" if path else ""
        return f'Invalid JSON payload received. Unknown name "{key}"{at}: Cannot find field.'

    return Mismatch(describe)


def _set_twice(key: str) -> Mismatch:
    return Mismatch(lambda path: f"Invalid value at '{path}': field '{key}' is already set.")


def _shown(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)[:200]


def _snake(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])([A-Z])", lambda m: "_" + m[1].lower(), name)
