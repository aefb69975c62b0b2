"""A Google Workspace on this machine: real paths, shapes and behaviour, for development, tests and demonstration.

What most need is here; each name is loaded when it is asked for, as a pytest run that never does should not pay.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from workspace_emulator.core.accounts import User as User
    from workspace_emulator.core.clock import Clock as Clock
    from workspace_emulator.core.faults import Effect as Effect
    from workspace_emulator.core.faults import Fault as Fault
    from workspace_emulator.core.quotas import GOOGLES_LIMITS as GOOGLES_LIMITS
    from workspace_emulator.core.quotas import Limit as Limit
    from workspace_emulator.core.store import Snapshot as Snapshot
    from workspace_emulator.core.workspace import CallRecord as CallRecord
    from workspace_emulator.core.workspace import Workspace as Workspace
    from workspace_emulator.front import Front as Front
    from workspace_emulator.http_server import Server as Server
    from workspace_emulator.http_server import serving as serving
    from workspace_emulator.in_process import InProcessAdapter as InProcessAdapter
    from workspace_emulator.in_process import mount as mount
    from workspace_emulator.in_process import session_for as session_for

_HOMES = {
    "core.accounts": ("User",),
    "core.clock": ("Clock",),
    "core.faults": ("Effect", "Fault"),
    "core.quotas": ("GOOGLES_LIMITS", "Limit"),
    "core.store": ("Snapshot",),
    "core.workspace": ("CallRecord", "Workspace"),
    "front": ("Front",),
    "http_server": ("Server", "serving"),
    "in_process": ("InProcessAdapter", "mount", "session_for"),
}


def __getattr__(name: str) -> object:
    for home, names in _HOMES.items():
        if name in names:
            return getattr(import_module(f"{__name__}.{home}"), name)
    raise AttributeError(f"workspace_emulator has no {name!r}")
