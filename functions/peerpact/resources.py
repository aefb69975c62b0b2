"""Finds the data files: inside the installed package, else at the checkout's root."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from peerpact.errors import ConfigError


@cache
def folder(name: str) -> Path:
    """Return the folder ``templates`` or ``sheets_schema``.

    Raises:
        ConfigError: it is in neither place, so the installation is incomplete.
    """
    package = Path(__file__).resolve().parent
    for place in (package / name, package.parents[1] / name):
        if place.is_dir():
            return place
    raise ConfigError(f"The folder “{name}” is missing from this installation. Install Peerpact again.")
