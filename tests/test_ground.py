"""The data files are found wherever Peerpact runs from, and names agree everywhere."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
import venv
import zipfile
from pathlib import Path
from typing import Any

import pytest

import main
from peerpact.jobs.catalogue import JOBS
from peerpact.resources import folder

ROOT = Path(__file__).resolve().parents[1]
TABS = str(len(list((ROOT / "sheets_schema").glob("*.toml"))))
ASK = (
    "from peerpact.resources import folder; from peerpact.tables.schema import all_tabs; from peerpact import letters;"
    "print(len(all_tabs()), (folder('templates') / 'introduction').is_dir(), folder('sheets_schema').parent.name)"
)


def ask(python: str, path: Path | None, cwd: Path) -> list[str]:
    """Ask an interpreter what it finds; ``path`` alone is where it may look beside its installed packages."""
    environment = {k: v for k, v in os.environ.items() if k not in {"PYTHONPATH", "PYTHONHOME"}}
    if path:
        environment["PYTHONPATH"] = str(path)
    answer = subprocess.run(
        [python, "-c", ASK], cwd=cwd, env=environment, capture_output=True, text=True, check=False
    )
    assert answer.returncode == 0, answer.stderr
    return answer.stdout.split()


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(target), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True)
    return next(target.glob("*.whl"))


def test_finds_its_files_in_a_checkout(tmp_path: Path) -> None:
    assert ask(sys.executable, ROOT / "functions", tmp_path) == [TABS, "True", ROOT.name]


def test_finds_its_files_in_an_unpacked_wheel(wheel: Path, tmp_path: Path) -> None:
    zipfile.ZipFile(wheel).extractall(tmp_path)
    assert ask(sys.executable, tmp_path, tmp_path) == [TABS, "True", "peerpact"]


def test_finds_its_files_in_an_editable_install(tmp_path: Path) -> None:
    venv.create(tmp_path / "env", with_pip=True, system_site_packages=False)
    python = str(tmp_path / "env" / "bin" / "python")
    libraries = next(p for p in sys.path if p.endswith("site-packages"))
    (next((tmp_path / "env" / "lib").glob("python*")) / "site-packages" / "libraries.pth").write_text(
        libraries
    )
    install = [
        python,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-deps",
        "--no-build-isolation",
        "--editable",
        str(ROOT),
    ]
    subprocess.run([*install, "--ignore-installed"], check=True, capture_output=True)
    assert ask(python, None, tmp_path) == [TABS, "True", ROOT.name]


def test_finds_its_files_in_the_deployed_bundle(tmp_path: Path) -> None:
    sys.path.insert(0, str(ROOT / "infra"))
    from bundle import build  # noqa: PLC0415 - lives beside the Terraform files that use it

    names = build(tmp_path / "bundle.zip")
    zipfile.ZipFile(tmp_path / "bundle.zip").extractall(tmp_path / "workspace")
    assert ask(sys.executable, tmp_path / "workspace", tmp_path) == [TABS, "True", "peerpact"]
    assert [
        n for n in names if "test" in n.split("/") or n.startswith(("workspace_emulator", "peerpact/demo"))
    ] == []
    assert {"main.py", "requirements.txt", "peerpact/serving.py"} <= set(names)


def test_gives_each_job_one_name_everywhere() -> None:
    modules = {p.stem for p in (ROOT / "functions" / "peerpact" / "jobs").iterdir()}
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    [apart] = [c["modules"] for c in contracts if c["type"] == "independence"]
    assert [getattr(main, job).__name__ for job in JOBS] == list(JOBS)
    assert apart == [f"peerpact.jobs.{job}" for job in JOBS]
    assert set(JOBS) <= modules
    assert not hasattr(main, "run_everything")


def test_opens_the_port_before_googles_clients_are_imported() -> None:
    ask_modules = (
        "import main, sys; print([m for m in ('gspread', 'googleapiclient', 'numpy') if m in sys.modules])"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "functions")}
    answer = subprocess.run(
        [sys.executable, "-c", ask_modules], env=environment, capture_output=True, text=True, check=True
    )
    assert answer.stdout.strip() == "[]"


def test_pins_what_the_cloud_installs_with_hashes() -> None:
    text = (ROOT / "functions" / "requirements.txt").read_text("utf-8")
    pinned = [line for line in text.splitlines() if line and not line.startswith((" ", "#"))]
    assert any(line.startswith("functions-framework==") for line in pinned)
    assert [line for line in pinned if "==" not in line] == []
    assert text.count("--hash=sha256:") >= len(pinned)


def test_installs_what_the_local_workspace_stands_on() -> None:
    def needs(folder: Path) -> dict[str, Any]:
        project: dict[str, Any] = tomllib.loads((folder / "pyproject.toml").read_text("utf-8"))["project"]
        return project

    ours = needs(ROOT)
    listed = {*ours["dependencies"], *ours["optional-dependencies"]["local"]}
    assert set(needs(ROOT / "functions" / "emulator")["dependencies"]) <= listed
    assert not [need for need in listed if "emulator" in need]


def test_keeps_the_local_workspace_out_of_its_wheel(wheel: Path) -> None:
    assert [n for n in zipfile.ZipFile(wheel).namelist() if "emulator" in n] == []


def test_knows_the_schema_folder() -> None:
    assert (folder("sheets_schema") / "roster.toml").is_file()


def test_runs_the_tests_on_the_oldest_python_and_on_the_deployed_one() -> None:
    oldest = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["requires-python"]
    [deployed] = re.findall(
        r'runtime += "python3(\d+)"', (ROOT / "infra" / "functions.tf").read_text("utf-8")
    )
    asked = re.findall(r"^for version in (.*); do$", (ROOT / ".ci" / "run").read_text("utf-8"), re.MULTILINE)
    assert asked == [f"{oldest.removeprefix('>=')} 3.{deployed}"]
