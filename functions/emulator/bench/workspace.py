"""The local Workspace beside others of its kind, and beside itself with more in it: ``make bench-workspace``.

    python functions/emulator/bench/workspace.py [--only WORD]

Exit status 1 when a row is slower than theirs, fewer than half are at 1.5 times, or a call grows more than 1.5-fold.
The others are installed once into a cache folder of their own; where one can't be, only our own figures are printed.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from contextlib import AbstractContextManager, nullcontext

import calendar_rows
import mail_rows
import sheets_rows
from frame import Client, beside, emulate, growing, our_server, verdict

PARTS = {
    "sheets": (sheets_rows.ROWS, sheets_rows.myworld, sheets_rows.GROWTH),
    "gmail": (mail_rows.ROWS, emulate, mail_rows.GROWTH),
    "calendar": (calendar_rows.ROWS, emulate, calendar_rows.GROWTH),
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--only", default="", help="parts whose name has this in it: sheets, gmail, calendar")
    only = parser.parse_args().only
    multiples: list[float] = []
    ratios: list[float] = []
    for name, (rows, other, growth) in PARTS.items():
        if only in name:
            with our_server() as ours, _other(name, other()) as theirs:
                multiples += beside(name, rows, ours, theirs)
            ratios += growing(growth)
    return verdict(multiples, ratios)


def _other(name: str, server: AbstractContextManager[Client]) -> AbstractContextManager[Client | None]:
    try:
        opened = server.__enter__()
    except (OSError, subprocess.CalledProcessError, TimeoutError) as missing:
        print(f"Nothing to compare {name} with on this machine: {missing}")
        return nullcontext()
    return _Closing(server, opened)


class _Closing(AbstractContextManager["Client | None"]):
    """A server that has been entered already."""

    def __init__(self, server: AbstractContextManager[Client], opened: Client) -> None:
        self._server = server
        self._opened = opened

    def __enter__(self) -> Client:
        return self._opened

    def __exit__(self, *error: object) -> None:
        self._server.__exit__(None, None, None)


if __name__ == "__main__":
    sys.exit(main())
