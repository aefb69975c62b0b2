"""zoneinfo reads the machine's zone files before the tzdata wheel that is pinned, so two machines tell two times.

Python 3.11 to 3.13, 2026-11-28: the wheel is only asked for names that the search path lacks. Every entry of ours empties the
search path (``clock.py``).
"""

from __future__ import annotations

import tempfile
import zoneinfo
from datetime import datetime
from importlib.resources import files
from pathlib import Path

from told import verdict

with tempfile.TemporaryDirectory() as folder:
    old = Path(folder) / "America" / "Vancouver"
    old.parent.mkdir()
    old.write_bytes(files("tzdata").joinpath("zoneinfo", "Asia", "Tokyo").read_bytes())
    zoneinfo.reset_tzpath(to=[folder])
    offset = datetime(2020, 1, 5, tzinfo=zoneinfo.ZoneInfo("America/Vancouver")).utcoffset()
verdict(package="python", as_found=str(offset) == "9:00:00", shown=f"an old file says {offset} for Vancouver")
