"""Searching files by what ``q`` says."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

_LITERAL = r"('(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"|true|false)"
_CLAUSE = re.compile(
    r"(?:['\"]([^'\"]*)['\"] in (parents|writers|readers|owners)|(\w+)\s*(!=|>=|<=|=|contains|>|<)\s*"
    + _LITERAL
    + ")"
)


def matches(document: Mapping[str, Any], query: str) -> bool:
    """Judge a search of clauses joined by ``and`` (``or`` only between whole clauses)."""
    if not query:
        return True
    return any(
        all(_clause_holds(document, c) for c in _CLAUSE.finditer(part))
        for part in re.split(r"\s+or\s+", query)
    )


def _clause_holds(document: Mapping[str, Any], clause: re.Match[str]) -> bool:
    value, group, field, sign, literal = clause.groups()
    if group == "parents":
        return value in document["parents"]
    if group:
        return any(p.get("emailAddress", "").lower() == value.lower() for p in document["permissions"])
    wanted: Any = (
        literal == "true" if literal in {"true", "false"} else re.sub(r"\\(.)", r"\1", literal[1:-1])
    )
    there: Any = document.get(field)
    if sign == "contains":
        return str(wanted).lower() in str(there).lower()
    if sign in {"=", "!="}:
        return bool((there == wanted) is (sign == "="))
    text = str(there)
    return {">": text > wanted, "<": text < wanted, ">=": text >= wanted, "<=": text <= wanted}[sign] is True
