"""The installation's configuration: where the spreadsheets are and whom the jobs act as, read from the environment.

What admins may tune is not here but in the tab Settings.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from peerpact.errors import ConfigError


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """One installation. Each field is read from the environment variable in the comment beside it."""

    programme_spreadsheet: str  # PEERPACT_PROGRAMME_SPREADSHEET
    ledger_spreadsheet: str  # PEERPACT_LEDGER_SPREADSHEET
    mailbox: str  # PEERPACT_MAILBOX: the address that writes, invites and reads replies
    token_key: str  # PEERPACT_TOKEN_KEY: secret for the tokens in reply addresses
    delegate_account: str = ""  # PEERPACT_DELEGATE_ACCOUNT: keyless account with domain-wide delegation
    refresh_token: str = (
        ""  # PEERPACT_REFRESH_TOKEN: JSON of an OAuth client and refresh token; instead of the above
    )
    lease_bucket: str = ""  # PEERPACT_LEASE_BUCKET
    guests: tuple[str, ...] = ()  # PEERPACT_GUESTS: outside production, the only addresses written to
    workspace_url: str = ""  # PEERPACT_WORKSPACE: base URL of a local Workspace instead of Google

    @property
    def domain(self) -> str:
        return self.mailbox.rpartition("@")[2]

    def may_write_to(self, address: str) -> bool:
        """Tell whether the guest list, if there is one, has this address."""
        return not self.guests or address.lower() in self.guests


REQUIRED = {
    "programme_spreadsheet": "PEERPACT_PROGRAMME_SPREADSHEET",
    "ledger_spreadsheet": "PEERPACT_LEDGER_SPREADSHEET",
    "mailbox": "PEERPACT_MAILBOX",
    "token_key": "PEERPACT_TOKEN_KEY",
}
OPTIONAL = {
    "delegate_account": "PEERPACT_DELEGATE_ACCOUNT",
    "refresh_token": "PEERPACT_REFRESH_TOKEN",
    "lease_bucket": "PEERPACT_LEASE_BUCKET",
    "workspace_url": "PEERPACT_WORKSPACE",
}


ELSEWHERE = ("PEERPACT_GUESTS", "PEERPACT_TIME", "PEERPACT_ACCOUNTS", "PEERPACT_LEDGER_ACCOUNTS")
"""Read below, by the edge's clock, and by ``peerpact init``."""


def from_environment(environment: Mapping[str, str]) -> Config:
    """Read the configuration.

    Raises:
        ConfigError: a variable is missing, misspelt or contradicts another; all faults in one message.
    """
    known = {*REQUIRED.values(), *OPTIONAL.values(), *ELSEWHERE}
    faults = [f"{name} is not set." for name in REQUIRED.values() if not environment.get(name, "").strip()]
    faults += [
        f"{name} is not a variable that Peerpact knows."
        for name in sorted(environment)
        if name.startswith("PEERPACT_") and name not in known
    ]
    if environment.get("PEERPACT_DELEGATE_ACCOUNT") and environment.get("PEERPACT_REFRESH_TOKEN"):
        faults.append("Set PEERPACT_DELEGATE_ACCOUNT or PEERPACT_REFRESH_TOKEN, not both.")
    if faults:
        raise ConfigError(
            " ".join(faults) + " “peerpact init” writes a complete set; “peerpact demo” needs none of it."
        )
    words = {field: environment.get(name, "").strip() for field, name in {**REQUIRED, **OPTIONAL}.items()}
    guests = tuple(g.strip().lower() for g in environment.get("PEERPACT_GUESTS", "").split(",") if g.strip())
    return Config(**words, guests=guests)


def addresses(environment: Mapping[str, str], name: str) -> tuple[str, ...]:
    """Return a variable's addresses, which commas part."""
    return tuple(a.strip() for a in environment.get(name, "").split(",") if a.strip())
