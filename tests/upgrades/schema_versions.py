"""What sheets_schema describes now, and how its last version left a company's spreadsheets. To be run:

    python tests/upgrades/schema_versions.py "before WHAT COMES"    before the first change to it after a release
    python tests/upgrades/schema_versions.py                        after each change

The first stores the spreadsheets of the present version, and counts ``SCHEMA_VERSION`` up; both bring
``described.json`` up to date.
"""

from __future__ import annotations

import json
import re
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
TESTS = HERE.parent
if __name__ == "__main__":
    sys.path[:0] = [str(TESTS)]

from cast import MONDAY, Cast  # noqa: E402
from peerpact.demo.company import found  # noqa: E402
from peerpact.tables import schema  # noqa: E402
from peerpact.tables.schema import SCHEMA_VERSION, all_tabs, tab, tabs_of  # noqa: E402
from states import met  # noqa: E402
from workspace_emulator import Clock, Workspace  # noqa: E402

DESCRIBED = HERE / "described.json"
VALUES = "https://sheets.googleapis.com/v4/spreadsheets/{key}/values/'{title}'"


def described_now() -> dict[str, Any]:
    """Return each tab's columns and each setting, as far as spreadsheets hang on them."""
    found: dict[str, Any] = {
        t.title: [[c.name, c.type, c.writer, *c.choices, c.formula] for c in t.columns] for t in all_tabs()
    }
    return found | {"Settings, rows": [[s.name, s.type, *s.choices] for s in tab("Settings").settings]}


def as_left(taken_from: str) -> dict[str, Any]:
    """Return the small company's spreadsheets as the present version leaves them, on the day after first meetings."""
    workspace = Workspace(clock=Clock(MONDAY - timedelta(days=3)))
    company = found(
        workspace, roster=TESTS / "roster.csv", first_round=MONDAY.date(), seed=1, calendars=False
    )
    workspace.clock.set(MONDAY)
    cast = Cast(company).bring_to(met)
    config, session = company.config, company.session(company.config.mailbox)
    keys = {"programme": config.programme_spreadsheet, "ledger": config.ledger_spreadsheet}

    def grid(key: str, title: str) -> Any:
        answer = session.get(VALUES.format(key=key, title=title), params={"valueRenderOption": "FORMULA"})
        header, *rows = answer.json()["values"]
        return [header, *((row + [""] * len(header))[: len(header)] for row in rows)]

    left = {kind: {t.title: grid(key, t.title) for t in tabs_of(kind)} for kind, key in keys.items()}
    return {"taken_from": taken_from, "version": SCHEMA_VERSION, "now": cast.clock.now().isoformat(), **left}


def written(value: Any, depth: int = 0) -> str:
    """Return JSON with a row a line."""
    if not isinstance(value, dict | list) or not value or _is_row(value):
        return json.dumps(value, ensure_ascii=False)
    pairs = value.items() if isinstance(value, dict) else (("", v) for v in value)
    lines = [f"{json.dumps(k) + ': ' if k else ''}{written(v, depth + 1)}" for k, v in pairs]
    opened, closed = "{}" if isinstance(value, dict) else "[]"
    inside = ",\n".join(" " * (depth + 1) + line for line in lines)
    return f"{opened}\n{inside}\n{' ' * depth}{closed}"


def _is_row(value: Any) -> bool:
    return isinstance(value, list) and not any(isinstance(v, dict | list) for v in value)


def main(reason: str = "") -> None:
    version = SCHEMA_VERSION
    if reason:
        if json.loads(DESCRIBED.read_text("utf-8"))["described"] != described_now():
            raise SystemExit(
                "sheets_schema has changed already: put that by first (git stash), then run this."
            )
        (HERE / f"version_{version}.json").write_text(
            written(as_left(f"version {version}, {reason}")) + "\n", "utf-8"
        )
        source = Path(schema.__file__)
        counted = re.sub(
            r"(?m)^SCHEMA_VERSION = .*$", f"SCHEMA_VERSION = {version + 1}", source.read_text("utf-8")
        )
        source.write_text(counted, "utf-8")
        version += 1
    DESCRIBED.write_text(written({"version": version, "described": described_now()}) + "\n", "utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:2])
