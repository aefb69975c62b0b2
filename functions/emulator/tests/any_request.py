"""Requests made up from the discovery documents: right in their form, and in what they hold anything at all."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from random import Random
from typing import Any
from urllib.parse import quote, urlencode

from workspace_emulator.core.discovery import Document, Method
from workspace_emulator.core.wire import Request

WORDS = (
    *(
        "",
        "x",
        "é",
        "*",
        "a/b",
        "'",
        '"',
        "(",
        "[",
        ",",
        "\n",
        "-1",
        "0",
        "9" * 30,
        "1e309",
        "true",
        "me",
        "root",
    ),
    *(
        "2026-03",
        "2026-03-03",
        "2026-13-01",
        "2026-03-03T10:00:00",
        "2026-03-03T10:00:00Z",
        "9999-12-31T23:59:59Z",
    ),
    *(
        "2026-03-03T10:00:00 01:00",
        "RRULE:FREQ=DAILY;COUNT=3",
        "RRULE:FREQ=DAILY;UNTIL=2026",
        "Europe/Berlin",
    ),
    *(
        "ada@example.com",
        "ben@example.com",
        "primary",
        "INBOX",
        "from:x",
        "name contains 'x'",
        "'me' in owners",
    ),
    *("A1", "A1:B", "A0", "ZZZZ1", "Sheet1!A1:B2", "=A1", "=1/0", "#,##0", "[Red]0;", "application/json"),
)
NUMBERS = (0, 1, -1, 2, 5, 26, 1000, 2**31 - 1, -(2**31))


def templates(resource: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Go through the ids of a document's methods, with their paths."""
    for method in resource.get("methods", {}).values():
        yield method["id"], method["path"]
    for inner in resource.get("resources", {}).values():
        yield from templates(inner)


class Maker:
    """Makes requests to a method; ``known`` are things that are there, by the name under which paths ask for them."""

    def __init__(self, chance: Random, known: Mapping[str, str]) -> None:
        self._chance = chance
        self._known = known

    def request(self, document: Document, method: Method, template: str) -> Request:
        path = re.sub(r"\{\+?(\w+)\}", lambda m: self._named(method.id, m[1]), template)
        query = dict(self._query(method, template))
        body = b""
        if method.request:
            body = json.dumps(self._object(document, document.source["schemas"][method.request], 5)).encode()
        headers = {"Authorization": "Bearer local:ada@example.com", "Content-Type": "application/json"}
        target = f"/{document.source['servicePath']}{path}" + (f"?{urlencode(query)}" if query else "")
        return Request(method=method.http, target=target, headers=headers, body=body)

    def _named(self, method_id: str, name: str) -> str:
        *_, resource, _ = method_id.split(".")
        known = self._known.get(f"{resource}.{name}", self._known.get(name, "x"))
        return quote(known if self._chance.random() < 0.9 else self._chance.choice(WORDS) or "x", safe="")

    def _query(self, method: Method, template: str) -> Iterator[tuple[str, str]]:
        free = [p for p in method.parameters.values() if f"{p.name}}}" not in template]
        wanted = self._chance.sample(free, min(len(free), self._chance.choice((0, 1, 1, 2, 3))))
        for parameter in (*wanted, *(p for p in free if p.required)):
            kinds: dict[str, tuple[object, ...]] = {"integer": NUMBERS, "boolean": ("true", "false")}
            choice = parameter.enum or kinds.get(parameter.type, WORDS)
            yield parameter.name, str(self._chance.choice(choice))

    def _object(self, document: Document, schema: Mapping[str, Any], depth: int) -> dict[str, Any]:
        properties = schema.get("properties", {}) if depth > 0 else {}
        count = min(self._chance.choice((1, 1, 2, 3, 5, len(properties))), len(properties))
        chosen = self._chance.sample(list(properties), count)
        return {name: self._value(document, properties[name], depth - 1) for name in chosen}

    def _value(self, document: Document, schema: Mapping[str, Any], depth: int) -> Any:
        if "$ref" in schema:
            return self._object(document, document.source["schemas"][schema["$ref"]], depth)
        if "enum" in schema:
            return self._chance.choice(schema["enum"])
        made: dict[str, Callable[[], Any]] = {
            "object": lambda: self._object(document, schema, depth),
            "array": lambda: [self._value(document, schema["items"], depth - 1)] if depth > 0 else [],
            "boolean": lambda: self._chance.random() < 0.5,
            "integer": lambda: self._chance.choice(NUMBERS),
            "number": lambda: self._chance.choice((*NUMBERS, 0.5)),
        }
        return made.get(schema.get("type", "any"), lambda: self._text(schema.get("format", "")))()

    def _text(self, form: str) -> str:
        numbers, base64 = map(str, NUMBERS), ("", "VG86IGJlbkBleGFtcGxlLmNvbQ0KDQp4")
        choice = {"int64": tuple(numbers), "byte": base64}.get(form, WORDS)
        return self._chance.choice(choice)
