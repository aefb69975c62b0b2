"""Refusals, as Google gives them; how each API renders one is in ``wire.py``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class ApiError(Exception):
    """A refusal, rendered as Google renders it for the API concerned.

    ``reason`` is the old-style reason (``notFound``, ``duplicate``, ``rateLimitExceeded``); ``state`` the
    new-style status (``NOT_FOUND``, ``INVALID_ARGUMENT``), derived from the HTTP status when left out;
    ``details`` the new-style details, if any.
    """

    status: int
    reason: str
    message: str
    state: str | None = None
    location: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    domain: str = "global"
    details: tuple[Mapping[str, Any], ...] = ()


def not_found(what: str = "Requested entity was not found.") -> ApiError:
    return ApiError(404, "notFound", what, "NOT_FOUND")


def bad_request(message: str, reason: str = "badRequest") -> ApiError:
    return ApiError(400, reason, message, "INVALID_ARGUMENT")


def forbidden(message: str = "The caller does not have permission", reason: str = "forbidden") -> ApiError:
    return ApiError(403, reason, message, "PERMISSION_DENIED")


def not_here(what: str) -> ApiError:
    """Return the loud refusal of something that Google can do and the local Workspace can't (yet)."""
    return ApiError(501, "notImplemented", f"The local Workspace does not do {what}.", "UNIMPLEMENTED")
