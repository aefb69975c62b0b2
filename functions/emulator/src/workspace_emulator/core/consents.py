"""What people allow applications: OAuth clients, codes that are exchanged once, refresh tokens."""

from __future__ import annotations

import base64
import secrets
import time
from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any

from workspace_emulator.core.store import Store
from workspace_emulator.core.wire import json_response

_CODES_LAST = 600
"""Seconds of the machine's clock; Google doesn't say how long."""


class TokenRefused(Exception):  # noqa: N818 - an answer of the token endpoint
    """The token endpoint's refusal: OAuth's error code and its description."""

    def __init__(self, error: str, description: str, *, status: int = 400) -> None:
        super().__init__(description)
        self.response = json_response({"error": error, "error_description": description}, status)


class Consents:
    """The consents of one Workspace's people."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def register(self, client_id: str, redirect_uris: Iterable[str] = ()) -> dict[str, Any]:
        """Register an application; with addresses it may send people back to no others."""
        secret = f"GOCSPX-{sha256(client_id.encode()).hexdigest()[:28]}"
        client = {"client_secret": secret, "redirect_uris": list(redirect_uris)}
        self._collection("clients")[client_id] = client
        return {"client_id": client_id, **client}

    def client(self, client_id: str) -> Mapping[str, Any] | None:
        found: Mapping[str, Any] | None = self._collection("clients").get(client_id)
        return found

    def issue_code(self, user: str, scopes: Iterable[str], request: Mapping[str, str]) -> str:
        """Return the code that an application exchanges, for what it asked with."""
        code = f"4/0{secrets.token_urlsafe(32)}"
        names = (
            "client_id",
            "redirect_uri",
            "code_challenge",
            "code_challenge_method",
            "access_type",
            "nonce",
        )
        asked = {name: request.get(name, "") for name in names}
        kept = {"user": user.lower(), "scopes": sorted(scopes), "until": time.time() + _CODES_LAST, **asked}
        self._collection("codes")[code] = kept
        return code

    def take_code(self, form: Mapping[str, str]) -> Mapping[str, Any]:
        """Return what a code stands for, once.

        Raises:
            TokenRefused: There is no such code any more, or it was given to somebody else, or for another address.
        """
        codes = self._collection("codes")
        kept: dict[str, Any] | None = codes.pop(form.get("code", ""), None)
        if kept is None or kept["until"] < time.time():
            raise TokenRefused("invalid_grant", "Malformed auth code.")
        if form.get("redirect_uri", kept["redirect_uri"]) != kept["redirect_uri"]:
            raise TokenRefused("redirect_uri_mismatch", "Bad Request")
        if form.get("client_id", kept["client_id"]) != kept["client_id"]:
            raise TokenRefused("invalid_grant", "Bad Request")
        if kept["code_challenge"] and _challenge(form, kept) != kept["code_challenge"]:
            raise TokenRefused("invalid_grant", "Invalid code verifier.")
        return kept

    def check_client(self, form: Mapping[str, str], *, any_client: bool) -> None:
        """Refuse an application that is unknown, unless any is good, or doesn't know its secret."""
        client = self.client(form.get("client_id", ""))
        if client is None and not any_client:
            raise TokenRefused("invalid_client", "The OAuth client was not found.", status=401)
        if client and form.get("client_secret", client["client_secret"]) != client["client_secret"]:
            raise TokenRefused("invalid_client", "Unauthorized", status=401)

    def issue_refresh_token(self, user: str, scopes: Iterable[str], client_id: str = "") -> str:
        token = f"1//{secrets.token_urlsafe(32)}"
        kept = {"user": user.lower(), "scopes": sorted(scopes), "client_id": client_id}
        self.refresh_tokens[token] = kept
        return token

    @property
    def refresh_tokens(self) -> Any:
        return self._collection("refresh tokens")

    def _collection(self, name: str) -> Any:
        return self._store.collection(f"identity/{name}")


def _challenge(form: Mapping[str, str], kept: Mapping[str, Any]) -> str:
    """Return the challenge that a verifier answers (RFC 7636)."""
    verifier = form.get("code_verifier", "")
    if kept["code_challenge_method"] != "S256":
        return verifier
    return base64.urlsafe_b64encode(sha256(verifier.encode()).digest()).decode().rstrip("=")
