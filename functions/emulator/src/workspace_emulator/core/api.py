"""What every emulated Google API is made of: a call and a table of methods. Refusals are in ``errors.py``.

A service module makes one ``Methods`` table and decorates one function per Google method with its id from the
discovery document. The front (``front.py``) finds the method by path, validates the request against the
document, says who is asking, and turns the returned JSON-able value into the answer.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from workspace_emulator.core.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One request, already routed, typed and validated.

    ``params`` holds path and query parameters as the discovery document types them (int, bool, str; repeated
    ones as lists; absent ones are absent); ``body`` the JSON body or None; ``media`` an upload's bytes;
    ``scopes`` what the token is good for, ``*`` standing for everything.
    """

    workspace: Workspace
    method_id: str
    user: str
    params: Mapping[str, Any]
    body: Any = None
    media: bytes | None = None
    media_type: str | None = None
    scopes: frozenset[str] = frozenset({"*"})
    if_match: str = ""
    """The etag that the thing has to have still; empty when the caller does not mind."""


@dataclass(frozen=True, slots=True)
class Binary:
    """An answer that is not JSON: ``alt=media`` downloads, or 204 with no content at all."""

    content: bytes
    content_type: str = "application/octet-stream"
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


Handler = Callable[[Call], Any]


class Methods:
    """The methods of one API that the local Workspace knows, by their id in the discovery document."""

    def __init__(self, api: str, version: str) -> None:
        self.api = api
        self.version = version
        self.handlers: dict[str, Handler] = {}

    def on(self, *method_ids: str) -> Callable[[Handler], Handler]:
        """Register a function for one or more method ids such as ``calendar.events.insert``."""

        def register(handler: Handler) -> Handler:
            for method_id in method_ids:
                assert method_id not in self.handlers, f"{method_id} is registered twice"
                self.handlers[method_id] = handler
            return handler

        return register
