"""How whoever sets up an installation reaches its mailbox, and sees that it is there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from requests.adapters import BaseAdapter

from peerpact.config import Config
from peerpact.errors import ConfigError, GoogleError
from peerpact.google.credentials import mailbox_credentials, runtime_credentials
from peerpact.google.mail import Mailbox
from peerpact.google.scopes import CLOUD
from peerpact.google.session import RedirectAdapter, Session


def meet(mailbox: Mailbox, config: Config) -> None:
    """See that the mailbox is there, lets us in and is who we think, before anything is made."""
    try:
        address = mailbox.address()
    except GoogleError as error:
        if not error.permanent:
            raise
        remedy = (
            "“peerpact local” makes one on the local Workspace."
            if config.workspace_url
            else "It must be an account of its own, with Gmail switched on, and the delegate or consent must be for it."
        )
        raise ConfigError(
            f"The mailbox {config.mailbox} can't be reached, so nothing was made. Check PEERPACT_MAILBOX. {remedy} "
            f"({error})"
        ) from error
    if address != config.mailbox:
        raise ConfigError(
            f"Gmail says that this mailbox is {address}, not {config.mailbox}, so nothing was made. Set "
            "PEERPACT_MAILBOX to the account's own address, not to an alias."
        )


def opened(
    config: Config, scopes: Sequence[str], *, transport: BaseAdapter | None = None, credentials: Any = None
) -> Session:
    """Open a session as the mailbox; what it is reached through needs no more than to sign."""
    redirect = RedirectAdapter(config.workspace_url) if config.workspace_url else None
    source = credentials or (None if config.refresh_token else runtime_credentials(config, [CLOUD]))
    return Session(mailbox_credentials(config, source, "setup", scopes), transport=transport or redirect)
