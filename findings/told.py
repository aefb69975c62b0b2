"""How a finding ends: with what was found then, and whether it is still so."""

from __future__ import annotations

import sys
from importlib.metadata import version


def verdict(*, package: str, as_found: bool, shown: object) -> None:
    """Print what happens now with the version at hand, and whether that is what was found."""
    now = f"{package} {version(package)}" if package != "python" else f"Python {sys.version.split()[0]}"
    sys.stdout.write(f"{now}: {shown}\n{'AS FOUND' if as_found else 'DIFFERENT NOW'}\n")
