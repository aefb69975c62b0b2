"""The demo in a process of its own, as ``make demo`` starts it: played, then served until it is no longer needed."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import requests

ROOT = Path(__file__).resolve().parents[2]
LONGEST_START = 240
"""Seconds for two months to be played on a slow machine."""


@contextmanager
def served(*arguments: str, within: int = LONGEST_START) -> Iterator[str]:
    """Play and serve the demo with these arguments; yields its address.

    Raises:
        AssertionError: it ended, or wasn't played, ``within`` so many seconds.
    """
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    here = os.pathsep.join([str(ROOT / "functions"), str(ROOT / "functions" / "emulator" / "src")])
    command = [sys.executable, "-m", "peerpact", "demo", "--port", str(port), *arguments]
    demo = subprocess.Popen(
        command,
        env={**os.environ, "PYTHONPATH": here},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    ends = time.monotonic() + within
    url = f"http://127.0.0.1:{port}"
    while time.monotonic() < ends:
        assert demo.poll() is None, demo.stdout.read() if demo.stdout else ""
        try:
            requests.get(url, timeout=20)
            break
        except requests.RequestException:  # it is taken from the beginning, and answers later
            time.sleep(0.5)
    yield url
    demo.terminate()
    demo.wait(timeout=20)
