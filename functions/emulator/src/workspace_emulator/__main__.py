"""``python -m workspace_emulator``: serve a local Workspace on this machine."""

from __future__ import annotations

import argparse
import contextlib
import errno
import logging
import socket
import sys
import zoneinfo
from datetime import datetime
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from workspace_emulator.core.accounts import User
from workspace_emulator.core.clock import Clock
from workspace_emulator.core.store import StoreInUse, StoreOfAnotherForm
from workspace_emulator.core.workspace import Workspace
from workspace_emulator.front import Front
from workspace_emulator.http_server import Server


def main(arguments: list[str] | None = None) -> None:
    """Serve until interrupted."""
    zoneinfo.reset_tzpath(to=())  # the tzdata package alone: a machine's own files may be years older
    parser = _parser()
    options = parser.parse_args(arguments)
    if _is_taken(options.host, options.port):
        sys.exit(f"Port {options.port} is taken by another program. Name another one with --port.")
    logging.basicConfig(level=logging.WARNING, format="%(message)s")
    try:
        workspace = _workspace(options)
    except (StoreInUse, StoreOfAnotherForm) as refused:
        sys.exit(str(refused))
    front = Front(workspace)
    if options.pages and find_spec("workspace_emulator.pages"):
        _serve_with_pages(front, options.host, options.port)
    else:
        _serve(front, options.host, options.port)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("python -m workspace_emulator", description=__doc__)
    parser.add_argument("--port", type=int, default=8787, help="0 takes a free one")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--store", type=Path, help="the file to keep everything in (default: memory)")
    parser.add_argument("--domain", default="example.com")
    parser.add_argument("--strict-tokens", action="store_true", help="refuse tokens not issued here")
    parser.add_argument("--no-pages", dest="pages", action="store_false", help="the APIs only")
    parser.add_argument(
        "--time", type=_moment, help="stop the clock at a moment such as 2026-03-02T09:00:00+00:00"
    )
    return parser


def _is_taken(host: str, port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            return error.errno == errno.EADDRINUSE
    return False


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise argparse.ArgumentTypeError(f"{text} needs a time zone, as in 2026-03-02T09:00:00+00:00")
    return moment


def _workspace(options: argparse.Namespace) -> Workspace:
    workspace = Workspace(
        domain=options.domain,
        clock=Clock(options.time) if options.time else None,
        path=options.store,
        accept_any_token=not options.strict_tokens,
    )
    if not workspace.users():
        workspace.add_user(User(email=f"admin@{options.domain}", name="Alex Admin", is_admin=True))
        workspace.store.flush()
    return workspace


def _serve_with_pages(front: Front, host: str, port: int) -> None:
    pages = import_module("workspace_emulator.pages")
    pages.serve(
        front.workspace, front, host=host, port=port, on_ready=lambda url: _announce(front.workspace, url)
    )


def _serve(front: Front, host: str, port: int) -> None:
    with Server(front, host, port) as server:
        _announce(front.workspace, server.url)
        with contextlib.suppress(KeyboardInterrupt):
            server.serve_forever()


def _announce(workspace: Workspace, url: str) -> None:
    print(f"A Google Workspace for {workspace.domain}: {url}", flush=True)  # noqa: T201 - the command's own words


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):  # also while it is still starting
        main()
