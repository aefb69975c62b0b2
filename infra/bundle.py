"""Builds the bundle that is deployed: main.py, and the wheel without what only a laptop runs.

    python infra/bundle.py build/bundle.zip

The same sources give the same bytes, so that the zip can be named by its content.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LEFT_OUT = ("peerpact/demo/", "peerpact/operating/", "peerpact/cli", "peerpact/__main__")
STAMP = (2020, 1, 1, 0, 0, 0)


def build(target: Path) -> list[str]:
    """Write the bundle to a path and return the names of its files."""
    with tempfile.TemporaryDirectory() as folder:
        wheel = _wheel(Path(folder))
        with zipfile.ZipFile(wheel) as packed:
            files = {n: packed.read(n) for n in packed.namelist() if _is_deployed(n)}
    for name in ("main.py", "requirements.txt"):
        files[name] = (ROOT / "functions" / name).read_bytes()
    target.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as bundle:
        for name in sorted(files):
            bundle.writestr(zipfile.ZipInfo(name, STAMP), files[name], zipfile.ZIP_DEFLATED)
    return sorted(files)


def _wheel(folder: Path) -> Path:
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603 - our own words
    return next(folder.glob("*.whl"))


def _is_deployed(name: str) -> bool:
    return ".dist-info/" not in name and not name.startswith(LEFT_OUT)


if __name__ == "__main__":
    built = build(Path(sys.argv[1]))
    sys.stdout.write(f"{len(built)} files in {sys.argv[1]}\n")
