"""Bodies written in any form that proto3's JSON mapping allows are taken as what they mean."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workspace_emulator.core import arguments
from workspace_emulator.core.discovery import document, method
from workspace_emulator.core.errors import ApiError

METHODS = (
    "sheets.spreadsheets.batchUpdate",
    "sheets.spreadsheets.create",
    "sheets.spreadsheets.values.batchUpdate",
    "gmail.users.messages.batchModify",
    "gmail.users.settings.updateVacation",
)


def bodies(document_name: str, schema: dict[str, Any], depth: int = 0) -> st.SearchStrategy[Any]:
    """Return valid values of a schema, in the usual form."""
    if "$ref" in schema:
        return bodies(document_name, document(document_name).source["schemas"][schema["$ref"]], depth)
    kind = schema.get("type", "any")
    if kind == "object":
        return objects(document_name, schema, depth)
    if kind == "array":
        return st.lists(bodies(document_name, schema["items"], depth + 1), min_size=1, max_size=2)
    return scalars(schema, kind)


def objects(document_name: str, schema: dict[str, Any], depth: int) -> st.SearchStrategy[Any]:
    known = schema.get("properties", {})
    if depth > 5 or not known:
        return st.just({})
    inner = {name: st.deferred(lambda n=name: bodies(document_name, known[n], depth + 1)) for name in known}
    some = st.lists(st.sampled_from(sorted(known)), max_size=3, unique=True)
    return some.flatmap(lambda names: st.fixed_dictionaries({name: inner[name] for name in names}))


def scalars(schema: dict[str, Any], kind: str) -> st.SearchStrategy[Any]:
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    if kind == "boolean":
        return st.booleans()
    if kind == "integer":
        return st.integers(0, 2**31 - 1)
    if kind == "number":
        return st.floats(-1e6, 1e6, allow_nan=False, width=32)
    if schema.get("format") in {"int64", "uint64"}:
        return st.integers(0, 2**53).map(str)
    return st.just("AAAA") if schema.get("format") == "byte" else st.text("abc ", max_size=4)


def otherwise(value: Any, draw: st.DrawFn) -> Any:
    """Write a value in another form that means the same."""
    if isinstance(value, dict):
        return {otherwise_named(k, draw): otherwise(v, draw) for k, v in value.items()}
    if isinstance(value, list):
        items = [otherwise(v, draw) for v in value]
        alone = len(items) == 1 and isinstance(items[0], dict)
        return draw(st.sampled_from([items, items[0], [items], [[items[0]]]])) if alone else items
    if isinstance(value, bool) or not isinstance(value, int | float):
        return draw(st.sampled_from([value, str(value).lower()])) if isinstance(value, bool) else value
    return draw(st.sampled_from([value, json.dumps(value)]))


def otherwise_named(name: str, draw: st.DrawFn) -> str:
    return draw(st.sampled_from([name, re.sub(r"(?<=[a-z0-9])([A-Z])", lambda m: "_" + m[1].lower(), name)]))


@pytest.mark.parametrize("method_id", METHODS)
@given(data=st.data())
def test_takes_every_form_of_a_body_as_the_usual_one(method_id: str, data: st.DataObject) -> None:
    of = method(method_id)
    assert of.request is not None
    usual = data.draw(bodies(of.document, {"$ref": of.request}))
    written = otherwise(usual, data.draw)
    assert arguments.body(of, json.dumps(written).encode()) == usual


def test_refuses_a_field_that_is_given_in_both_forms() -> None:
    body = {"requests": [{"deleteSheet": {"sheetId": 1, "sheet_id": 2}}]}
    with pytest.raises(ApiError, match="already set"):
        arguments.body(method("sheets.spreadsheets.batchUpdate"), json.dumps(body).encode())


@pytest.mark.parametrize("text", ["", " 7", "7,0", "0x7", "seven", "NaN", "+7", "1_000"])
def test_refuses_text_that_is_no_number(text: str) -> None:
    body = {"requests": [{"deleteSheet": {"sheetId": text}}]}
    with pytest.raises(ApiError, match="TYPE_INT32"):
        arguments.body(method("sheets.spreadsheets.batchUpdate"), json.dumps(body).encode())


def test_refuses_text_that_says_more_than_a_double_holds() -> None:
    body = b'{"requests": [{"updateCells": {"rows": [{"values": [{"userEnteredValue": {"numberValue": "1e309"}}]}]}}]}'
    with pytest.raises(ApiError, match="TYPE_DOUBLE"):
        arguments.body(method("sheets.spreadsheets.batchUpdate"), body)


def test_takes_parameters_with_underscores() -> None:
    of = method("sheets.spreadsheets.values.get")
    query = [("value_render_option", "FORMULA")]
    assert arguments.typed(of, {"spreadsheetId": "x", "range": "A1"}, query)["valueRenderOption"] == "FORMULA"
