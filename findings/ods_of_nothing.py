"""pyexcel-ods3 reads a file that is no ODS as one without sheets, instead of refusing it.

pyexcel-ods3 0.6.1, 2026-11-28. A roster cut off on its way would look empty, and everybody would leave. We ask first
whether the file is a zip archive, as every ODS is.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from pyexcel_ods3 import get_data
from told import verdict

with tempfile.TemporaryDirectory() as folder:
    path = Path(folder) / "roster.ods"
    path.write_bytes(b"PK\x03\x04 and nothing else")
    try:
        read = dict(get_data(str(path)))
    except Exception as error:  # noqa: BLE001 - any refusal would do
        read = {"refused": str(error)}
verdict(package="pyexcel-ods3", as_found=read == {}, shown=read)
