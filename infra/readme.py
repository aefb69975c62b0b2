"""Writes what can be derived into infra/README.md: permissions from the jobs, costs, and what Google does not promise.

    python infra/readme.py

A test compares the README with what this would write.
"""

from __future__ import annotations

from pathlib import Path

import costs

from peerpact.jobs.catalogue import JOBS
from peerpact.operating.doctor.unverified import NOTHING_DEPENDS_ON, TRIED_BY

README = Path(__file__).with_name("README.md")


def permissions() -> str:
    """Return the table of permissions in Markdown: job, spreadsheets, scopes."""
    lines = [
        "| job | programme spreadsheet | ledger | private wishes | secrets | signs as delegates for "
        "| scopes asked for as the mailbox |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    for name, job in JOBS.items():
        scopes = [_short(scope) for scope in job.mailbox_scopes]
        scopes += [f"{_short(scope)} (if granted)" for scope in job.optional_scopes]
        ledger = "edits" if job.opens_ledger else "not shared"
        wishes = {"reads": "reads", "writes": "edits"}.get(job.opens_wishes, "not shared")
        secrets = ", ".join(secret.removesuffix("_key") for secret in job.secrets)
        may = f"{', '.join(job.delegates) or 'none'} | {', '.join(scopes) or 'none'}"
        lines.append(f"| `{name}` | edits | {ledger} | {wishes} | {secrets} | {may} |")
    return "\n".join(lines) + "\n"


def unverified() -> str:
    """Return the table of what Google does not promise in Markdown: which check of the doctor's tries it."""
    lines = ["| not promised by Google | `doctor` tries it under, or else |", "| --- | --- |"]
    lines += [f"| {what} | {', '.join(f'*{name}*' for name in names)} |" for what, names in TRIED_BY.items()]
    lines += [f"| {what} | nothing depends on it: {why} |" for what, why in NOTHING_DEPENDS_ON.items()]
    return "\n".join(lines) + "\n"


def written(text: str) -> str:
    """Return the README's text with its tables as they should be."""
    tables = {"permissions": permissions(), "costs": costs.table(), "unverified": unverified()}
    for name, table in tables.items():
        begin, end = f"<!-- {name}: written by infra/readme.py -->\n", f"<!-- end of {name} -->\n"
        before, _, rest = text.partition(begin)
        text = f"{before}{begin}\n{table}\n{end}{rest.partition(end)[2]}"
    return text


def _short(scope: str) -> str:
    return f"`{scope.removeprefix('https://www.googleapis.com/auth/')}`"


if __name__ == "__main__":
    README.write_text(written(README.read_text(encoding="utf-8")), encoding="utf-8")
