"""The table of Drive's methods."""

from __future__ import annotations

from workspace_emulator.core.api import Methods

methods = Methods("drive", "v3")
