"""How servers are started, asked and compared: calls a second, side by side in one run, and growth with what there is.

Every call goes over HTTP on a connection that stays open, through the thinnest client that Python has, so that what is
measured is the server. Of several rounds the quickest counts: the others say what else the machine did.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPResponse, RemoteDisconnected
from itertools import cycle
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

CACHE = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "workspace-emulator" / "bench"
ROUNDS = 15
SECONDS = 0.06
"""How long one round of calls takes about."""
LEAST, HALF, MOST_GROWTH = 1.0, 1.5, 1.5
"""No row may be below the first, half of them not below the second; growth may not be above the third."""

Ask = Callable[[int], object]


class Client:
    """One connection to a server; paths are those of Google's API behind what the server puts before them."""

    def __init__(self, url: str, *tokens: str, prefix: str = "") -> None:
        self._connection = HTTPConnection(urlsplit(url).netloc, timeout=60)
        self._headers = cycle(
            {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
            for token in tokens or ("local:admin@example.com",)
        )
        self._prefix = prefix

    def call(self, method: str, path: str, body: Any = None) -> Any:
        """Return the answer's JSON.

        Raises:
            RuntimeError: The server refused, or answered nothing useful.
        """
        content = b"" if body is None else json.dumps(body).encode()
        try:
            answer = self._asked(method, path, content)
        except (BrokenPipeError, RemoteDisconnected):  # it lets go of connections that were idle meanwhile
            self._connection.close()
            answer = self._asked(method, path, content)
        text = answer.read()
        if answer.status >= 400:
            raise RuntimeError(f"{method} {path}: {answer.status} {text[:200]!r}")
        return json.loads(text) if text else None

    def _asked(self, method: str, path: str, content: bytes) -> HTTPResponse:
        self._connection.request(method, self._prefix + path, content or None, next(self._headers))
        return self._connection.getresponse()


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One kind of call: ``prepare`` fills a server and returns what makes one call; it gets the call's number."""

    name: str
    prepare: Callable[[Client], Ask]


@dataclass(frozen=True, slots=True, kw_only=True)
class Growth:
    """One kind of call with little and with much there; ``prepare`` fills a server with so many things."""

    name: str
    sizes: tuple[int, int]
    prepare: Callable[[Client, int], Ask]


def beside(name: str, rows: Sequence[Row], ours: Client, theirs: Client | None) -> list[float]:
    """Print calls a second of both servers for each row, and return our multiples of theirs."""
    print(f"\n{name:46} {'ours':>8} {'theirs':>8} {'times':>6}")
    multiples = []
    for row in rows:
        asks = [_tried(row, ours), *([_tried(row, theirs)] if theirs else [])]
        one, other = (*_per_second(asks), 0.0)[:2]
        shown = f"{other:8.0f} {one / other:6.2f}" if other else f"{'-':>8} {'-':>6}"
        print(f"{row.name:46} {one:8.0f} {shown}", flush=True)
        if other:
            multiples.append(one / other)
    return multiples


def growing(rows: Sequence[Growth]) -> list[float]:
    """Print how long a call takes with little and with much there, and return the ratios.

    A mailbox or calendar is filled once for all its rows; each row of Sheets makes a spreadsheet.
    """
    print(f"\n{'growth':46} {'little':>8} {'much':>8} {'times':>6}")
    ratios = []
    with our_server() as small, our_server() as large:
        for row in rows:
            asks = [row.prepare(client, size) for client, size in zip((small, large), row.sizes, strict=True)]
            little, much = (1000 / rate for rate in _per_second(asks))
            ratios.append(much / little)
            print(f"{row.name:46} {little:6.3f}ms {much:6.3f}ms {ratios[-1]:6.2f}", flush=True)
    return ratios


def verdict(multiples: Sequence[float], ratios: Sequence[float]) -> int:
    """Say what isn't as it should be; return the exit status."""
    said = [f"{sum(m < LEAST for m in multiples)} rows are below {LEAST} times their calls a second"] * (
        min(multiples, default=LEAST) < LEAST
    )
    if sum(m >= HALF for m in multiples) * 2 < len(multiples):
        said.append(f"fewer than half of the rows are at {HALF} times or more")
    if max(ratios, default=0) > MOST_GROWTH:
        said.append(f"{sum(r > MOST_GROWTH for r in ratios)} calls grow more than {MOST_GROWTH} times")
    print("\n" + ("; ".join(said) if said else "All as it should be."))
    return bool(said)


@contextmanager
def our_server() -> Iterator[Client]:
    """Serve a local Workspace with its pages on, as the command does."""
    command = [
        sys.executable,
        "-m",
        "workspace_emulator",
        "--port",
        "0",
        "--time",
        "2026-03-02T09:00:00+00:00",
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        try:
            client = Client(process.stdout.readline().split()[-1])
            client.call("POST", "/local/users", {"email": "ben@example.com", "name": "Ben"})
            yield client
        finally:
            process.terminate()


@contextmanager
def emulate() -> Iterator[Client]:
    """Serve emulate of npm, where there is Node."""
    folder = node_tool("emulate@0.12.2")
    (folder / "emulate.mjs").write_bytes(Path(__file__).with_name("emulate.mjs").read_bytes())
    with subprocess.Popen(["node", "emulate.mjs"], cwd=folder, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        try:
            yield Client(process.stdout.readline().strip(), *(f"bench{number}" for number in range(200)))
        finally:
            process.terminate()


def python_tool(requirement: str) -> Path:
    """Return the folder of commands of an environment of its own that holds a package, made if need be."""
    folder = CACHE / requirement
    if not (folder / "bin" / "pip-done").exists():
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        subprocess.run(
            [folder / "bin" / "python", "-m", "pip", "install", "--quiet", requirement], check=True
        )
        (folder / "bin" / "pip-done").touch()
    return folder / "bin"


def node_tool(package: str) -> Path:
    """Return the folder in which a package of npm is installed.

    Raises:
        OSError: There is no Node here.
    """
    if not shutil.which("npm"):
        raise OSError("there is no npm")
    folder = CACHE / package.replace("/", "+")
    if not (folder / "node_modules").exists():
        folder.mkdir(parents=True, exist_ok=True)
        subprocess.run(["npm", "install", "--silent", "--no-fund", package], cwd=folder, check=True)
    return folder


def _tried(row: Row, client: Client) -> Ask | None:
    """Return what asks a server, and has asked once; None when it doesn't know such a call.

    How many calls are a round follows from the quickness of one: it must not be the one that all is made ready for.
    """
    try:
        ask = row.prepare(client)
        ask(0)
    except (RuntimeError, KeyError, OSError) as refused:
        print(f"  ({row.name}: not there: {str(refused)[:90]})")
        return None
    return ask


def _per_second(asks: Sequence[Ask | None]) -> list[float]:
    """Return how many calls a second each makes, turn about, in its quickest round."""
    best = [0.0 for _ in asks]
    counts = [1 for _ in asks]
    for turn in range(ROUNDS + 1):
        for at, ask in enumerate(asks):
            if ask is not None:
                rate = _rate(ask, counts[at], turn)
                best[at] = max(
                    best[at], rate if turn else 0
                )  # the first round warms up, and says how many fit
                counts[at] = max(3, int(rate * SECONDS)) if not turn else counts[at]
    return best


def _rate(ask: Ask, count: int, turn: int) -> float:
    began = time.perf_counter()
    for number in range(count):
        ask(turn * 1_000_000 + number + 1)
    return count / (time.perf_counter() - began)
