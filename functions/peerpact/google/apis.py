"""google-api-python-client's services, built once for the process; each call brings the session it runs over."""

from __future__ import annotations

from functools import cache
from typing import Any


class _NoTransport:
    """What a service is built with: every call must name its own transport."""

    def request(self, *_: object, **__: object) -> Any:
        raise AssertionError("a call without http= would go round the session")

    def close(self) -> None:
        """Nothing to close."""


@cache
def service(name: str, version: str) -> Any:
    """Return a service such as calendar v3, from the discovery document that the library ships."""
    from googleapiclient.discovery import build  # noqa: PLC0415 - a third of a second, only when needed

    return build(name, version, http=_NoTransport(), cache_discovery=False)
