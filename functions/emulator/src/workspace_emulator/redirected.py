"""Clients that have Google's addresses built in, led here: every call to Google goes to the local Workspace instead.

``python -m workspace_emulator.redirected http://127.0.0.1:8787 gcalcli agenda`` runs a command so; in a program
``redirected("http://127.0.0.1:8787")`` is a block, and ``lead`` lasts. It knows nothing else of this package.
"""

from __future__ import annotations

import re
import runpy
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import httplib2
import requests

_GOOGLE = (
    r"https?://(?:[\w.-]+\.)?(?:googleapis\.com|(?:accounts|docs|calendar|script)\.google\.com)(?::\d+)?"
)


@contextmanager
def redirected(url: str) -> Iterator[None]:
    """Lead what requests and httplib2 ask of Google to another address while the block runs."""
    before = requests.Session.send, httplib2.Http.request
    lead(url)
    try:
        yield
    finally:
        _put(*before)


def lead(url: str) -> None:
    """Lead what requests and httplib2 ask of Google to another address, for good."""
    here = url.rstrip("/")
    # google-api-python-client uploads to an endpoint of one's own by https, whatever it was given.
    led = re.compile(f"(?:{_GOOGLE}|https?://{re.escape(here.partition('://')[2])})(?=/|$)")

    def there(address: str) -> str:
        return led.sub(here, address, count=1)

    _put(_sending(requests.Session.send, there), _requesting(httplib2.Http.request, there))


def _put(send: Any, request: Any) -> None:
    setattr(requests.Session, "send", send)  # noqa: B010 - methods aren't assigned to
    setattr(httplib2.Http, "request", request)  # noqa: B010


def _sending(send: Callable[..., Any], there: Callable[[str], str]) -> Any:
    def sent(session: requests.Session, request: requests.PreparedRequest, **options: Any) -> Any:
        request.url = there(request.url or "")
        return send(session, request, **options)

    return sent


def _requesting(request: Callable[..., Any], there: Callable[[str], str]) -> Any:
    def requested(http: httplib2.Http, uri: str, *arguments: Any, **options: Any) -> Any:
        return request(http, there(uri), *arguments, **options)

    return requested


def main() -> None:
    """Run a Python command that is installed here, with its arguments."""
    if len(sys.argv) < 3:
        sys.exit("Usage: python -m workspace_emulator.redirected URL COMMAND [ARGUMENT ...]")
    url, command, *arguments = sys.argv[1:]
    script = shutil.which(command) or command
    sys.argv = [script, *arguments]
    with redirected(url):
        runpy.run_path(script, run_name="__main__")


if __name__ == "__main__":
    main()
