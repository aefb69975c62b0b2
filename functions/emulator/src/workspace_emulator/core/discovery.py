"""Google's discovery documents, compiled: which method a path means, and the types of its parameters.

The documents are those that google-api-python-client ships; nothing here knows what a method does. How JSON
bodies are checked is in ``schemas.py``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import googleapiclient

_DOCUMENTS = Path(googleapiclient.__file__).parent / "discovery_cache" / "documents"
# The start of a path says which document it belongs to.
_PREFIXES = {
    "/v4/spreadsheets": "sheets.v4",
    "/drive/v3/": "drive.v3",
    "/drive/v2/": "drive.v2",
    "/calendar/v3/": "calendar.v3",
    "/gmail/v1/": "gmail.v1",
    "/admin/directory/v1/": "admin.directory_v1",
    "/storage/v1/": "storage.v1",
    "/v1/projects/": "iamcredentials.v1",
}
# google-api-python-client leaves the service's path out when it is given an endpoint.
_WITH_A_BEGINNING = ("calendar.v3", "drive.v3", "storage.v1")
NAMES = tuple(dict.fromkeys(_PREFIXES.values()))
# Accepted by Google and asked for by google-auth, but not in the document.
_FURTHER_SCOPES = {"iamcredentials.v1": frozenset({"https://www.googleapis.com/auth/iam"})}
_UPLOAD = re.compile(r"^(?:/resumable)?/upload(?=/)")
_DOWNLOAD = re.compile(r"^/download(?=/)")
# Some clients write one slash too many: before the first name, behind the last, before a verb's colon.
_NEEDLESS_SLASHES = re.compile(r"^/+(?=/)|/+(?=:|%3[Aa]|$)")
# APIs on Google's older platform render errors with a list of reasons and clear a field by null.
OLDER = frozenset({"drive", "calendar", "storage"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """One path or query parameter as the document types it."""

    name: str
    type: str
    format: str | None
    repeated: bool
    required: bool
    enum: tuple[str, ...]
    minimum: int | None
    maximum: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Method:
    """One method: where it lives, what it takes, what it answers and who may call it."""

    id: str
    document: str
    http: str
    pattern: re.Pattern[str]
    slashes: int | None
    """How many there are in a path of this method; None where a parameter may hold some."""
    parameters: Mapping[str, Parameter]
    request: str | None
    response: str | None
    scopes: frozenset[str]
    takes_media: bool
    api: str
    required: tuple[str, ...]
    """The parameters that a request can't do without."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """A method found by path, with its path parameters, decoded but not yet typed."""

    method: Method
    path: Mapping[str, str]
    upload: bool
    download: bool


class Document:
    """One discovery document."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.source: dict[str, Any] = json.loads((_DOCUMENTS / f"{name}.json").read_text("utf-8"))
        self._by_shape: dict[tuple[str, int], list[Method]] = {}

    @cached_property
    def methods(self) -> dict[str, Method]:
        return {made.id: made for made in map(self._method, _walk(self.source))}

    @cached_property
    def parameter_names(self) -> frozenset[str]:
        """The names of all parameters that any method here knows."""
        return frozenset(name for m in self.methods.values() for name in m.parameters)

    @cached_property
    def _ordered(self) -> list[Method]:
        # The more literal first: files/generateIds before files/{fileId}, values/{range}:append before values/{range}.
        return sorted(self.methods.values(), key=lambda m: (m.pattern.groups, -len(m.pattern.pattern)))

    def find(self, http: str, path: str) -> tuple[Method, dict[str, str]] | None:
        """Return the method behind a percent-encoded path, with its decoded path parameters."""
        shape = http, path.count("/")
        candidates = self._by_shape.get(shape)
        if candidates is None:
            candidates = self._by_shape[shape] = self._with_shape(*shape)
        for method in candidates:
            if match := method.pattern.fullmatch(path):
                return method, _decoded(match, method)
        return None

    def _with_shape(self, http: str, slashes: int) -> list[Method]:
        """Return the methods of a verb whose paths can have so many slashes."""
        return [m for m in self._ordered if m.http == http and m.slashes in (slashes, None)]

    def _method(self, source: dict[str, Any]) -> Method:
        path = f"/{self.source['servicePath']}{source['path']}"
        parameters = _parameters(source.get("parameters", {}))
        return Method(
            id=source["id"].replace("drive.", "drive_v2.", 1) if self.name == "drive.v2" else source["id"],
            api=source["id"].partition(".")[0],
            document=self.name,
            http=source["httpMethod"],
            pattern=_pattern(path, source.get("parameters", {})),
            slashes=None if "{+" in path else path.count("/"),
            parameters=parameters,
            required=tuple(name for name, p in parameters.items() if p.required),
            request=source.get("request", {}).get("$ref"),
            response=source.get("response", {}).get("$ref"),
            scopes=frozenset(source.get("scopes", ())) | _FURTHER_SCOPES.get(self.name, frozenset()),
            takes_media="mediaUpload" in source,
        )


@cache
def document(name: str) -> Document:
    """Return a document by name such as ``calendar.v3``, read once."""
    return Document(name)


@lru_cache(maxsize=1024)
def find(http: str, path: str) -> Route | None:
    """Return the route that a request's percent-encoded path means, or None when Google has none."""
    return _find_plain(http, path, upload=False, download=False) or _find_led(http, path)


def _find_led(http: str, path: str) -> Route | None:
    """Return the route of a path that begins as uploads and downloads do, or has slashes too many."""
    path = _NEEDLESS_SLASHES.sub("", path)
    upload, download = bool(_UPLOAD.match(path)), bool(_DOWNLOAD.match(path))
    found = _find_plain(http, _DOWNLOAD.sub("", _UPLOAD.sub("", path)), upload=upload, download=download)
    return found if found and (found.method.takes_media or not upload) else None


def _find_plain(http: str, path: str, *, upload: bool, download: bool) -> Route | None:
    for prefix, name in _PREFIXES.items():
        if path.startswith(prefix):
            found = document(name).find(http, path)
            return found and Route(method=found[0], path=found[1], upload=upload, download=download)
    return None


def find_at_root(http: str, path: str) -> Route | None:
    """Return what a path means whose API's own beginning is missing: a client was told the root address alone."""
    for name in _WITH_A_BEGINNING:
        found = document(name).find(http, f"/{document(name).source['servicePath'].rstrip('/')}{path}")
        if found:
            return Route(method=found[0], path=found[1], upload=False, download=False)
    return None


def method(method_id: str) -> Method:
    """Return a method by its id such as ``sheets.spreadsheets.get``.

    Raises:
        KeyError: No shipped document names that method.
    """
    api = method_id.partition(".")[0].removesuffix("_v2")
    for name in _PREFIXES.values():
        if name.partition(".")[0] == {"directory": "admin"}.get(api, api):
            found = document(name).methods.get(method_id)
            if found:
                return found
    raise KeyError(method_id)


def _walk(resource: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield from resource.get("methods", {}).values()
    for inner in resource.get("resources", {}).values():
        yield from _walk(inner)


def _pattern(template: str, parameters: dict[str, Any]) -> re.Pattern[str]:
    """Turn ``/v1/{+name}:signJwt`` into a regular expression over the percent-encoded path."""
    parts = re.split(r"\{(\+?\w+)\}", template)
    return re.compile(
        "".join(_group(part, parameters) if i % 2 else _literal(part) for i, part in enumerate(parts))
    )


def _literal(part: str) -> str:
    # Some clients write a verb's colon as %3A.
    return re.escape(part).replace(":", "(?::|%3[Aa])")


def _group(name: str, parameters: dict[str, Any]) -> str:
    plain = name.lstrip("+")
    inner = parameters[plain]["pattern"].strip("^$") if name.startswith("+") else "[^/]+"
    return f"(?P<{plain}>{inner})"


def _decoded(match: re.Match[str], found: Method) -> dict[str, str]:
    return {name: unquote(value) for name, value in match.groupdict().items() if name in found.parameters}


def _parameters(source: dict[str, Any]) -> dict[str, Parameter]:
    return {name: _parameter(name, p) for name, p in source.items()}


def _parameter(name: str, source: dict[str, Any]) -> Parameter:
    return Parameter(
        name=name,
        type=source["type"],
        format=source.get("format"),
        repeated=source.get("repeated", False),
        required=source.get("required", False),
        enum=tuple(source.get("enum", ())),
        minimum=_whole(source.get("minimum")),
        maximum=_whole(source.get("maximum")),
    )


def _whole(text: str | None) -> int | None:
    return int(text) if text is not None else None
