"""Who asks: access tokens, service accounts, domain-wide delegation, refresh tokens and IAM's signJwt.

Tokens live by the machine's clock, as google-auth judges them by it too: moving the Workspace's clock by a
month neither ends a session nor needs a new one. Access tokens are kept in memory only, outside snapshots;
everything else is part of the state.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from typing import Any

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from google.auth import crypt, jwt

from workspace_emulator.core.accounts import Accounts
from workspace_emulator.core.errors import ApiError
from workspace_emulator.core.store import Store
from workspace_emulator.core.wire import Response, json_response

TOKEN_URI = "https://oauth2.googleapis.com/token"
EVERY_SCOPE = frozenset({"*"})
_LIFE = 3600
_JWT_BEARER = "urn:ietf:params:oauth:grant-type:jwt-bearer"
_UNAUTHORISED = (
    "Client is unauthorized to retrieve access tokens using this method, or client not authorized for any of "
    "the scopes requested."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """What an access token stands for. ``expires`` counts in seconds of the machine's clock."""

    user: str
    scopes: frozenset[str]
    expires: float
    source: str = ""

    def covers(self, wanted: frozenset[str]) -> bool:
        return self.scopes == EVERY_SCOPE or not wanted or not wanted.isdisjoint(self.scopes)


class TokenRefused(Exception):  # noqa: N818 - an answer of the token endpoint
    """The token endpoint's refusal: OAuth's error code and its description."""

    def __init__(self, error: str, description: str, *, status: int = 400) -> None:
        super().__init__(description)
        self.response = json_response({"error": error, "error_description": description}, status)


class Identity:
    """The accounts and rights that stand behind access tokens of one Workspace."""

    def __init__(self, store: Store, accounts: Accounts, *, accept_any_token: bool = False) -> None:
        self._store = store
        self._accounts = accounts
        self.accept_any_token = accept_any_token
        self._tokens: dict[str, Grant] = {}

    # What tests and the command line set up

    def token_for(self, user: str, scopes: Iterable[str] = EVERY_SCOPE) -> str:
        """Return a new access token that acts as a user, with every scope unless told otherwise."""
        return self._issue(user, frozenset(scopes), source=user)

    def service_account_info(self, email: str) -> dict[str, str]:
        """Create a service account, if need be, and return its key file's content."""
        self._collection("accounts")[email.lower()] = {}
        return {
            "type": "service_account",
            "project_id": email.partition("@")[2].partition(".")[0],
            "private_key_id": _key_id(self._private_key()),
            "private_key": self._private_key(),
            "client_email": email,
            "client_id": str(int.from_bytes(email.encode()[:8], "big")),
            "token_uri": TOKEN_URI,
            "universe_domain": "googleapis.com",
        }

    def authorise_delegation(self, client_email: str, scopes: Iterable[str]) -> None:
        """Let a service account act as any user for these scopes, as in the Admin console."""
        self._collection("delegations")[client_email.lower()] = sorted(scopes)

    def allow_sign_jwt(self, caller: str, target: str) -> None:
        """Let a caller sign as a service account, as ``iam.serviceAccounts.signJwt`` on it does."""
        self._collection("accounts").setdefault(target.lower(), {})
        signers = self._collection("signers")
        signers[target.lower()] = sorted({*signers.get(target.lower(), ()), caller.lower()})

    def issue_refresh_token(self, user: str, scopes: Iterable[str]) -> str:
        """Return a refresh token: a user's consent to an application."""
        token = f"1//{secrets.token_urlsafe(32)}"
        self._collection("refresh tokens")[token] = {"user": user.lower(), "scopes": sorted(scopes)}
        return token

    def revoke(self, token_or_user: str) -> None:
        """Withdraw a token, or everything that was granted to or for a user or service account."""
        refresh = self._collection("refresh tokens")
        gone = {token_or_user.lower(), token_or_user}
        for token in [t for t, d in refresh.items() if t in gone or d["user"] in gone]:
            del refresh[token]
            gone.add(token)
        self._collection("delegations").pop(token_or_user.lower(), None)
        self._tokens = {
            t: g for t, g in self._tokens.items() if gone.isdisjoint({t, g.user.lower(), g.source})
        }

    def expire_access_tokens(self) -> None:
        """End every access token at once; whoever can get a new one still can."""
        self._tokens.clear()

    # What the front asks

    def grant(self, token: str | None) -> Grant:
        """Return what a token stands for.

        Raises:
            ApiError: There is no token, or it is unknown, expired or revoked (401).
        """
        if token is None:
            raise _unauthenticated(missing=True)
        found = self._tokens.get(token)
        if found and found.expires > time.time():
            return found
        if not found and self.accept_any_token:
            return self._anybody(token)
        raise _unauthenticated(missing=False)

    def answer_token_request(self, form: Mapping[str, str]) -> Response:
        """Answer a request to the OAuth token endpoint."""
        try:
            return json_response(self._exchange(form))
        except TokenRefused as refused:
            return refused.response

    def sign(self, account: str, payload: Mapping[str, Any]) -> dict[str, str]:
        """Return a payload signed as a service account."""
        key = self._private_key()
        signer = _signer(key)
        return {
            "keyId": _key_id(key),
            "signedJwt": jwt.encode(signer, {"iss": account, **payload}).decode(),
        }

    def may_sign_as(self, caller: str, account: str) -> bool:
        return caller.lower() in self._collection("signers").get(account.lower(), ())

    def _exchange(self, form: Mapping[str, str]) -> dict[str, Any]:
        kind = form.get("grant_type", "")
        if kind == _JWT_BEARER:
            token, scopes = self._by_assertion(form.get("assertion", ""))
        elif kind == "refresh_token":
            token, scopes = self._by_refresh_token(form)
        else:
            raise TokenRefused("unsupported_grant_type", f"Invalid grant_type: {kind}")
        answer = {"access_token": token, "expires_in": _LIFE - 1, "token_type": "Bearer"}
        return answer | ({"scope": " ".join(sorted(scopes))} if kind == "refresh_token" else {})

    def _by_assertion(self, assertion: str) -> tuple[str, frozenset[str]]:
        claims = self._verified(assertion)
        client = str(claims.get("iss", "")).lower()
        if client not in self._collection("accounts"):
            raise TokenRefused("invalid_grant", "Invalid grant: account not found")
        scopes = frozenset(str(claims.get("scope", "")).split())
        if not scopes:
            raise TokenRefused("invalid_scope", "Invalid OAuth scope or ID audience provided.")
        subject = str(claims.get("sub", client)).lower()
        if subject != client:
            subject = self._delegated(client, subject, scopes)
        return self._issue(subject, scopes, source=client), scopes

    def _delegated(self, client: str, subject: str, scopes: frozenset[str]) -> str:
        if not scopes <= set(self._collection("delegations").get(client, ())):
            raise TokenRefused("unauthorized_client", _UNAUTHORISED, status=401)
        user = self._accounts.find(subject)
        if user is None:
            raise TokenRefused("invalid_grant", "Invalid email or User ID")
        return user.email

    def _verified(self, assertion: str) -> Mapping[str, Any]:
        key = self._private_key()
        try:
            claims: Mapping[str, Any] = jwt.decode(
                assertion, certs={_key_id(key): _public(key)}, audience=TOKEN_URI
            )
        except ValueError as error:
            wrong = "Invalid JWT Signature." if "signature" in str(error) else f"Invalid JWT: {error}"
            raise TokenRefused("invalid_grant", wrong) from None
        return claims

    def _by_refresh_token(self, form: Mapping[str, str]) -> tuple[str, frozenset[str]]:
        token = form.get("refresh_token", "")
        consent = self._collection("refresh tokens").get(token)
        if consent is None:
            raise TokenRefused("invalid_grant", "Token has been expired or revoked.")
        granted = frozenset(consent["scopes"])
        wanted = frozenset(form.get("scope", "").split()) or granted
        if not wanted <= granted:
            raise TokenRefused("invalid_scope", "Some requested scopes were invalid.")
        return self._issue(consent["user"], wanted, source=token), wanted

    def _issue(self, user: str, scopes: frozenset[str], *, source: str) -> str:
        token = f"ya29.{secrets.token_urlsafe(24)}"
        account = self._accounts.find(user)
        self._tokens[token] = Grant(
            user=account.email if account else user,
            scopes=scopes,
            expires=time.time() + _LIFE,
            source=source,
        )
        return token

    def _anybody(self, token: str) -> Grant:
        name = token.removeprefix("local:") if token.startswith("local:") else ""
        account = self._accounts.find(name) if name else self._accounts.first()
        if account is None and not name:
            raise _unauthenticated(missing=False)
        return Grant(user=account.email if account else name, scopes=EVERY_SCOPE, expires=time.time() + _LIFE)

    def _private_key(self) -> str:
        """Return the key that signs for every service account here; part of the state once used."""
        return str(self._collection("keys").setdefault("all", _generated_key()))

    def _collection(self, name: str) -> Any:
        return self._store.collection(f"identity/{name}")


def _unauthenticated(*, missing: bool) -> ApiError:
    expected = (
        "Expected OAuth 2 access token, login cookie or other valid authentication credential. See "
        "https://developers.google.com/identity/sign-in/web/devconsole-project."
    )
    wrong = "is missing required" if missing else "had invalid"
    return ApiError(
        401,
        "required" if missing else "authError",
        f"Request {wrong} authentication credential{'' if missing else 's'}. {expected}",
        "UNAUTHENTICATED",
        location="Authorization",
        headers={"WWW-Authenticate": 'Bearer realm="https://accounts.google.com/"'},
    )


@cache
def _generated_key() -> str:
    """Return one RSA key for the whole process: making one takes longer than most tests."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ).decode()


@cache
def _public(private: str) -> bytes:
    key = serialization.load_pem_private_key(private.encode(), password=None)
    return key.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )


@cache
def _signer(private: str) -> Any:
    """Return what signs with a key; reading the key takes longer than signing."""
    return crypt.RSASigner.from_string(private, _key_id(private))


@cache
def _key_id(private: str) -> str:
    return sha256(_public(private)).hexdigest()[:40]
