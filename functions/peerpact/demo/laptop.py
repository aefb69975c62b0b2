"""A local Workspace furnished so that ``peerpact init`` can begin: a mailbox, an admin, a configuration."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3.util import Retry

from peerpact.config import SECRETS, Config
from peerpact.demo.company import Company, init
from peerpact.errors import ConfigError
from peerpact.google.credentials import local_account

TIMEOUT = 10
STARTING = Retry(total=5, connect=5, read=0, redirect=0, backoff_factor=0.1)
"""One that was started a line before is waited for, three seconds at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Furnished:
    """Who is there now, and what to do next."""

    mailbox: str
    admin: str
    lines: tuple[str, ...]


def furnish(workspace: str, file: Path) -> Furnished:
    """Make a mailbox and an admin in a running local Workspace, and write the configuration that reaches it.

    Done again, it makes nobody twice and keeps the file's secrets.

    Raises:
        ConfigError: no local Workspace answers there.
    """
    base = workspace.rstrip("/")
    users = {user["email"]: user for user in _ask(base, "users")["users"]}
    domain = next(iter(users), "@example.com").rpartition("@")[2]
    mailbox = f"mentoring@{domain}"
    admin = next((email for email, user in users.items() if user["is_admin"]), f"people.team@{domain}")
    people: dict[str, dict[str, object]] = {
        mailbox: {"name": "Peer mentoring"},
        admin: {"name": "People Team", "is_admin": True},
    }
    new = {email: who for email, who in people.items() if email not in users}
    for email, who in new.items():
        _ask(base, "users", {"email": email, **who})
    is_new = _write(file, {"PEERPACT_WORKSPACE": base, "PEERPACT_MAILBOX": mailbox})
    lines = (
        f"Mailbox {mailbox}: {'made' if mailbox in new else 'there'}  {base}/mail/{mailbox}",
        f"Admin {admin}: {'made' if admin in new else 'there'}",
        f"{file}: {'written' if is_new else 'up to date'}",
        f"Next: peerpact --env {file} init --admin {admin} --write {file}",
    )
    return Furnished(mailbox=mailbox, admin=admin, lines=lines)


def write_configuration(company: Company, url: str, file: Path) -> None:
    """Write with which configuration another process looks at a company's Workspace once it is served there."""
    away: dict[str, Any] = {field.name: "" for field in fields(Config) if field.name.endswith("_delegate")}
    config = replace(company.config, workspace_url=url, **away)
    account = local_account(config)
    init(company.workspace, company.front, company.config, company.admin, account)
    body = {"type": "user", "role": "writer", "emailAddress": account}
    for key in (config.ledger_spreadsheet, config.wishes_spreadsheet):
        url = f"https://www.googleapis.com/drive/v3/files/{key}/permissions"
        company.session(config.mailbox).post(url, json=body).raise_for_status()
    _write(file, config.environment())


def _ask(base: str, what: str, body: object = None) -> dict[str, list[dict[str, str]]]:
    session = requests.Session()
    session.trust_env = False  # no company's proxy knows this machine
    session.mount(base, HTTPAdapter(max_retries=STARTING))
    try:
        method = "GET" if body is None else "POST"
        answer = session.request(method, f"{base}/local/{what}", json=body, timeout=TIMEOUT)
        answer.raise_for_status()
        found: dict[str, list[dict[str, str]]] = answer.json()
    except (requests.RequestException, ValueError) as error:
        raise ConfigError(
            f"No local Workspace answers at {base}. Start one in another terminal with “python -m workspace_emulator”, "
            "and name its address with --workspace."
        ) from error
    return found


def _write(file: Path, known: dict[str, str]) -> bool:
    """Write the lines that the file lacks or has otherwise; return whether there were any. You alone may read it."""
    before = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
    there = dict(line.split("=", 1) for line in before if "=" in line)
    made = {name: secrets.token_urlsafe(24) for name in SECRETS}
    wanted = made | there | known
    others = [line for line in before if "=" not in line]
    after = [*others, *(f"{name}={value}" for name, value in wanted.items())]
    if sorted(after) == sorted(before):
        return False
    file.touch(mode=0o600)
    file.write_text("\n".join(after) + "\n", encoding="utf-8")
    return True
