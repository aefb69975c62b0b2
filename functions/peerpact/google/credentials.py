"""Who acts: the job's own service account for spreadsheets, the mentoring mailbox for calendar and mail.

The mailbox is reached by keyless domain-wide delegation (signJwt on the delegate account) or by the mailbox's own
consent (a refresh token), as the configuration says. Credentials come with their final scopes; nothing calls
``with_scopes`` on them afterwards, which would drop the subject (google-cloud-python#18428).
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from typing import Any

import google.auth
import google.oauth2.credentials
from google.auth import impersonated_credentials

from peerpact.config import CONSENT, Config
from peerpact.errors import ConfigError
from peerpact.google.scopes import (
    CLOUD,
    SCOPES,
    SHEETS,
)

_FILE = "GOOGLE_APPLICATION_CREDENTIALS"
LOGIN = f"gcloud auth application-default login --scopes={CLOUD},{SHEETS}"
"""How a person signs in so that jobs can be looked at and run from a laptop."""


def runtime_credentials(config: Config, scopes: Sequence[str] = (SHEETS, CLOUD)) -> Any:
    """Return the credentials of the account that this process runs as, or of the person at a laptop.

    A local Workspace needs none, unless an account or a delegate is given as in production. A person's credentials
    must have been given for these scopes; a bare “gcloud auth application-default login” gives CLOUD without SHEETS.

    Raises:
        ConfigError: there are none on this machine.
    """
    given = config.refresh_token or _is_delegated(config) or os.environ.get("GOOGLE_APPLICATION_CREDENTIALS")
    if config.workspace_url and not given:
        return _local(local_account(config))
    try:
        credentials, _ = google.auth.default(scopes=list(scopes))
    except google.auth.exceptions.DefaultCredentialsError as error:
        file = os.environ.get(_FILE, "")
        said = f"{_FILE} names {file}, which holds no credentials that Google's library can use. Correct or unset it."
        raise ConfigError(
            f"{said if file else 'This machine has no Google credentials.'} Sign in with “{LOGIN}”, or set "
            "PEERPACT_WORKSPACE to the address of a local Workspace."
        ) from error
    return credentials


def local_account(config: Config) -> str:
    """Return the account that jobs run as on a local Workspace reached by its address."""
    return f"runtime@{config.domain}"


def _is_delegated(config: Config) -> bool:
    return any(config.delegate(kind) for kind in SCOPES)


def mailbox_credentials(config: Config, source: Any, kind: str, scopes: Sequence[str]) -> Any:
    """Return credentials that act as the mentoring mailbox through the delegate of a kind, with exactly these scopes.

    Raises:
        ConfigError: neither a delegate account nor a refresh token is configured.
    """
    if delegate := config.delegate(kind):
        return impersonated_credentials.Credentials(
            source_credentials=source,
            target_principal=delegate,
            target_scopes=list(scopes),
            subject=config.mailbox,
        )
    if config.refresh_token:
        return _consented(config.refresh_token, scopes)
    if config.workspace_url:
        return _local(config.mailbox)
    raise ConfigError(
        f"Set PEERPACT_{kind.upper()}_DELEGATE or PEERPACT_REFRESH_TOKEN: nothing says how to reach the mailbox."
    )


def _consented(secret: str, scopes: Sequence[str]) -> Any:
    parts = json.loads(secret)
    return google.oauth2.credentials.Credentials(
        token=None,
        **{name: parts[name] for name in CONSENT},
        token_uri="https://oauth2.googleapis.com/token",  # noqa: S106 - an address
        scopes=list(scopes),
    )


def _local(address: str) -> Any:
    """Return a token that a local Workspace started without --strict-tokens takes for that user."""
    return google.oauth2.credentials.Credentials(token=f"local:{address}")
