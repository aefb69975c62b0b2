"""Taking from a new value what a field mask names, the mask held against the schema of the value."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from workspace_emulator.core.discovery import document
from workspace_emulator.core.errors import ApiError, bad_request, not_here
from workspace_emulator.sheets.book import Cell
from workspace_emulator.sheets.colours import twin, with_styles
from workspace_emulator.sheets.limits import check_letters
from workspace_emulator.sheets.requests.table import Body
from workspace_emulator.sheets.shown import check_showable

Path = tuple[str, ...]


def masked(old: Body, new: Body, fields: str, *, of: str, skip: tuple[str, ...] = ()) -> dict[str, Any]:
    """Return ``old`` with the fields that the mask names taken from ``new``; absent there means gone.

    ``of`` is the name of the schema of both. Of a colour's two forms the one that was taken last counts.

    Raises:
        ApiError: The mask names nothing, a field that there isn't, or goes on through a list.
    """
    if fields.strip() == "*":
        kept = {k: v for k, v in new.items() if k not in skip}
        return {**{k: v for k, v in old.items() if twin(k) not in kept}, **kept}
    result: dict[str, Any] = dict(old)
    for path in paths(fields, of):
        if path[0] not in skip:
            _take(result, new, path)
    return result


_NOT_KEPT = ("pivotTable", "dataSourceTable", "dataSourceFormula", "chipRuns")


def cell_masked(old: Cell, new: Body, fields: str) -> Cell:
    taken = dict(new) if fields.strip() == "*" else masked(old, new, fields, of="CellData")
    if taken.get("userEnteredValue") == {"stringValue": ""}:
        del taken["userEnteredValue"]
    check_letters(taken.get("userEnteredValue", {}).get("stringValue", ""))
    if lost := [name for name in _NOT_KEPT if taken.get(name)]:
        raise not_here(f"{lost[0]} of cells")
    look = taken.get("userEnteredFormat", {}).get("numberFormat")
    if look and look is not old.get("userEnteredFormat", {}).get("numberFormat"):
        check_showable(look)
    cell = {k: v for k, v in taken.items() if v not in ({}, None, "")}
    return with_styles(cell) if "userEnteredFormat" in cell else cell


@lru_cache(maxsize=512)
def paths(fields: str, of: str) -> tuple[Path, ...]:
    """Split a mask such as ``a.b,c(d,e.f)`` into paths through a schema, in their usual names."""
    if not fields.strip():
        raise bad_request("At least one field must be listed in 'fields'. (Use '*' to indicate all fields.)")
    return tuple(_known(path, of) for path in _split(fields))


def _take(result: dict[str, Any], new: Body, path: Sequence[str]) -> None:
    name, *rest = path
    result.pop(twin(name), None)
    if not rest or rest == ["*"]:
        if name in new:
            result[name] = new[name]
            if twin(name) in new:  # both were given: the style counts, as with Google
                result[twin(name)] = new[twin(name)]
        else:
            result.pop(name, None)
        return
    inner = dict(result.get(name, {}))
    _take(inner, new.get(name, {}), rest)
    result[name] = inner


def _known(path: Sequence[str], of: str) -> Path:
    schemas = document("sheets.v4").source["schemas"]
    schema: Mapping[str, Any] = schemas[of]
    known: list[str] = []
    for step in path:
        properties = schema.get("properties", {})
        name = _usual(step, properties)
        last = len(known) + 1 == len(path)
        if name is None and not (step == "*" and last):
            raise _invalid(path)
        known.append(name or step)
        schema = properties.get(name, {})
        if schema.get("type") == "array" and not (last or path[len(known) :] == ("*",)):
            raise _invalid(path)
        schema = schemas[schema["$ref"]] if "$ref" in schema else schema
    return tuple(known)


def _usual(step: str, properties: Iterable[str]) -> str | None:
    first, *others = step.split("_")
    usual = first + "".join(part[:1].upper() + part[1:] for part in others)
    return usual if usual in properties else None


def _invalid(path: Sequence[str]) -> ApiError:
    return bad_request(f"Invalid field: {'.'.join(path)}")


def _split(fields: str) -> list[Path]:
    found: list[list[str]] = []
    stack: list[list[str]] = [[]]
    for token in re.findall(r"[^,().]+|[,().]", fields.replace(" ", "").replace("/", ".")):
        if token == "(" and found:
            stack.append(list(found.pop()))
        elif token == ")" and len(stack) > 1:
            stack.pop()
        elif token == "." and found:
            found[-1].append("")
        elif token not in {",", "(", ")", "."}:
            if found and found[-1] and found[-1][-1] == "":
                found[-1][-1] = token
            else:
                found.append([*stack[-1], token])
    return [tuple(path) for path in found]
