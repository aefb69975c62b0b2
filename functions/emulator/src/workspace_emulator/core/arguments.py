"""What a request carries, typed by the discovery document: parameters, the JSON body, an upload's bytes."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from email.parser import BytesParser
from email.policy import HTTP
from typing import Any

from workspace_emulator.core import json_bodies
from workspace_emulator.core.discovery import OLDER, Method, Parameter, Route, document
from workspace_emulator.core.errors import ApiError, bad_request, not_here
from workspace_emulator.core.schemas import Mismatch, request_check

# Taken by every method of every API, whether its document says so or not.
_EVERYWHERE = frozenset(
    (
        *("alt", "fields", "prettyPrint", "key", "quotaUser", "userIp", "callback", "$.xgafv"),
        *("uploadType", "upload_protocol", "access_token", "oauth_token"),
    )
)
_BOOLEANS = {"true": True, "false": False, "True": True, "False": False, "1": True, "0": False}


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """The parts of an upload: its JSON metadata, if any, and the bytes."""

    metadata: bytes
    media: bytes
    media_type: str


def typed(method: Method, path: Mapping[str, str], query: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """Return path and query parameters as the document types them.

    Raises:
        ApiError: A parameter is unknown, missing or of another type.
    """
    given: dict[str, Any] = {
        name: _value(method, method.parameters[name], text) for name, text in path.items()
    }
    for written, text in query:
        name = _usual(method, written)
        parameter = method.parameters.get(name)
        if parameter and parameter.repeated:
            given.setdefault(name, []).append(_value(method, parameter, text))
        elif parameter and (text or parameter.type == "string"):
            given[name] = _value(method, parameter, text)
        elif parameter is None and name in _EVERYWHERE:
            given[name] = text
        elif parameter is None and not _is_ignored(method, name):
            raise _unknown(written)
    _require_all(method, given)
    return given


def body(method: Method, content: bytes) -> Any:
    """Return the checked JSON body, or None when the method takes none.

    Raises:
        ApiError: The body is no JSON, or doesn't fit the method's schema.
    """
    if method.request is None:
        return None
    value = _parsed(content)
    if value is None and method.api in OLDER:
        return None
    value = {} if value is None else value
    if isinstance(value, dict) and method.id.startswith("drive.permissions."):
        value.pop("withLink", None)  # of Drive's version 2: gspread sends it, version 3 reads it over
    keep_nulls = method.api in OLDER and method.http == "PATCH"
    try:
        request_check(method.document, method.request, keep_nulls)(value)
    except Mismatch as mismatch:
        name = _body_name(method.request)
        raise _refused(str(mismatch.within(name) if name else mismatch), mismatch.path) from None
    return value


def upload(route: Route, query: Mapping[str, str], content_type: str, content: bytes) -> Upload:
    """Return the parts of a media or multipart upload.

    Raises:
        ApiError: The upload is of another kind, or its parts can't be told apart.
    """
    kind = query.get("uploadType", "multipart" if content_type.startswith("multipart/") else "media")
    if kind == "media":
        return Upload(metadata=b"", media=content, media_type=content_type or "application/octet-stream")
    if kind != "multipart":
        raise not_here(f"{kind} uploads ({route.method.id})")
    parts = multipart(content_type, content)
    if len(parts) != 2:
        raise bad_request(f"Missing end boundary in multipart body: {len(parts)} parts where 2 are due.")
    (_, metadata), (headers, media) = parts
    return Upload(
        metadata=metadata,
        media=media,
        media_type=headers.get("content-type", "application/octet-stream"),
    )


def multipart(content_type: str, content: bytes) -> list[tuple[dict[str, str], bytes]]:
    """Split a multipart body into its parts' headers (names in lower case) and bytes."""
    frame = BytesParser(policy=HTTP).parsebytes(f"Content-Type: {content_type}\r\n\r\n".encode())
    boundary = frame.get_boundary()
    if not boundary:
        raise bad_request("Multipart content type without a boundary.")
    pieces = (b"\r\n" + content).split(b"\n--" + boundary.encode())[1:]
    return [_part(piece) for piece in pieces if not piece.startswith(b"--")]


def _part(piece: bytes) -> tuple[dict[str, str], bytes]:
    # email's own parser would change line ends inside uploads
    piece = piece.partition(b"\n")[2]
    newline = b"\r\n" if piece.endswith(b"\r") else b"\n"
    if piece.startswith(newline):
        head, content = b"", piece[len(newline) :]
    else:
        head, _, content = piece.partition(newline * 2)
    headers = BytesParser(policy=HTTP).parsebytes(head, headersonly=True)
    named = {name.lower(): str(value) for name, value in headers.items()}
    content = content.removesuffix(b"\r")
    if named.get("content-transfer-encoding", "").lower() == "base64":
        content = base64.b64decode(content)
    return named, content


def _value(method: Method, parameter: Parameter, text: str) -> Any:
    if parameter.enum and text not in parameter.enum:
        raise _mistyped(parameter, text)
    if parameter.type == "boolean":
        if text not in _BOOLEANS:
            raise _mistyped(parameter, text)
        return _BOOLEANS[text]
    if parameter.type == "integer":
        return _number(method, parameter, text)
    if parameter.format in {"int64", "uint64"} and not text.lstrip("-").isdigit():
        raise _mistyped(parameter, text)
    return text


def _number(method: Method, parameter: Parameter, text: str) -> int:
    try:
        number = int(text)
    except ValueError:
        raise _mistyped(parameter, text) from None
    low, high = parameter.minimum, parameter.maximum
    # The newer APIs cut a page size that is too large; only the older ones refuse it.
    if method.api in OLDER and (low is not None and number < low):
        raise _out_of_range(parameter, text)
    if method.api in OLDER and high is not None and number > high:
        raise _out_of_range(parameter, text)
    return number


def _usual(method: Method, name: str) -> str:
    """Return a parameter's usual name; the newer APIs also take it written with underscores."""
    if "_" not in name or method.api in OLDER or name in method.parameters:
        return name
    first, *others = name.split("_")
    camel = first + "".join(part[:1].upper() + part[1:] for part in others)
    return camel if camel in method.parameters else name


def _is_ignored(method: Method, name: str) -> bool:
    """Tell whether a parameter belongs to other methods of an older API, which ignores it (seen in Drive)."""
    return method.api in OLDER and name in document(method.document).parameter_names


def _require_all(method: Method, given: Mapping[str, Any]) -> None:
    for name in method.required:
        if name not in given:
            message = f"Required parameter: {name}"
            raise ApiError(400, "required", message, "INVALID_ARGUMENT", location=name)


def _parsed(content: bytes) -> Any:
    if not content or content.isspace():
        return None
    return json_bodies.parsed(content)


def _body_name(schema: str) -> str:
    """Return what Google calls the whole body in its complaints about a part of it."""
    if schema.endswith("Request"):
        return ""
    return "data" if schema == "ValueRange" else schema[:1].lower() + schema[1:]


def _refused(message: str, path: str) -> ApiError:
    violation = {"field": path, "description": message} if path else {"description": message}
    return ApiError(
        400,
        "invalid",
        message,
        "INVALID_ARGUMENT",
        details=({"@type": "type.googleapis.com/google.rpc.BadRequest", "fieldViolations": [violation]},),
    )


def _mistyped(parameter: Parameter, text: str) -> ApiError:
    kind = parameter.name if parameter.enum else f"TYPE_{(parameter.format or parameter.type).upper()}"
    error = _refused(f"Invalid value at '{parameter.name}' ({kind}), {json.dumps(text)}", parameter.name)
    error.reason, error.location = "invalidParameter", parameter.name
    return error


def _out_of_range(parameter: Parameter, text: str) -> ApiError:
    return ApiError(
        400,
        "invalidParameter",
        f"Invalid value '{text}'. Values must be within the range: [{parameter.minimum}, {parameter.maximum}]",
        "INVALID_ARGUMENT",
        location=parameter.name,
    )


def _unknown(name: str) -> ApiError:
    return _refused(
        f'Invalid JSON payload received. Unknown name "{name}": Cannot bind query parameter. '
        f"Field '{name}' could not be found in request message.",
        "",
    )
