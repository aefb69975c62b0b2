"""Who asks: access tokens, API keys, service accounts, domain-wide delegation, and what is exchanged for tokens.

Tokens live by the machine's clock, as google-auth judges them by it too: moving the Workspace's clock by a
month neither ends a session nor needs a new one. Access tokens are kept in memory only, outside snapshots;
everything else is part of the state.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from workspace_emulator.core import keys
from workspace_emulator.core.accounts import Accounts, User, user_id
from workspace_emulator.core.consents import Consents, TokenRefused
from workspace_emulator.core.errors import ApiError
from workspace_emulator.core.store import Store
from workspace_emulator.core.wire import Response, json_response

TOKEN_URI = "https://oauth2.googleapis.com/token"
AUTH_URI = "https://accounts.google.com/o/oauth2/v2/auth"
_FORMER_TOKEN_URIS = (
    "https://www.googleapis.com/oauth2/v4/token",
    "https://accounts.google.com/o/oauth2/token",
    "https://accounts.google.com/o/oauth2/v2/token",
)
EVERY_SCOPE = frozenset({"*"})
LIFE = 3600
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


class Identity:
    """The accounts and rights behind access tokens of one Workspace."""

    def __init__(self, store: Store, accounts: Accounts, *, accept_any_token: bool = False) -> None:
        self._store = store
        self._accounts = accounts
        self.accept_any_token = accept_any_token
        self.consents = Consents(store)
        self._tokens: dict[str, Grant] = {}

    # What tests and the command line set up

    def token_for(self, user: str, scopes: Iterable[str] = EVERY_SCOPE) -> str:
        """Return a new access token that acts as a user, with every scope unless told otherwise."""
        return self._issue(user, frozenset(scopes), source=user)

    def service_account_info(self, email: str, token_uri: str = TOKEN_URI) -> dict[str, str]:
        """Create a service account, if need be, and return its key file's content."""
        self._collection("accounts")[email.lower()] = {}
        return {
            "type": "service_account",
            "project_id": email.partition("@")[2].partition(".")[0],
            "private_key_id": keys.key_id(self.private_key),
            "private_key": self.private_key,
            "client_email": email,
            "client_id": str(int.from_bytes(email.encode()[:8], "big")),
            "token_uri": token_uri,
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
        return self.consents.issue_refresh_token(user, scopes)

    def issue_api_key(self) -> str:
        """Return a key that reads what anybody may read."""
        key = f"AIza{secrets.token_urlsafe(26)}"
        self._collection("api keys")[key] = {}
        return key

    def revoke(self, token_or_user: str) -> None:
        """Withdraw a token, or everything that was granted to or for a user or service account."""
        refresh = self.consents.refresh_tokens
        gone = {token_or_user.lower(), token_or_user}
        for token in [t for t, d in refresh.items() if t in gone or d["user"] in gone]:
            del refresh[token]
            gone.add(token)
        self._collection("delegations").pop(token_or_user.lower(), None)
        self._tokens = {
            t: g for t, g in self._tokens.items() if gone.isdisjoint({t, g.user.lower(), g.source})
        }

    def revoke_consent(self, token: str) -> bool:
        """Withdraw an access or refresh token and all that came of the same consent; say whether there was any."""
        found = self._tokens.get(token)
        consent = found.source if found and found.source in self.consents.refresh_tokens else token
        known = found is not None or consent in self.consents.refresh_tokens
        self.revoke(consent)
        self._tokens.pop(token, None)
        return known

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
        if not found and token.count(".") == 2 and (signed := self._by_own_jwt(token)):
            return signed
        if not found and self.accept_any_token:
            return self._anybody(token)
        raise _unauthenticated(missing=False)

    def grant_of_key(self, key: str) -> Grant:
        """Return what an API key stands for: nobody in particular.

        Raises:
            ApiError: There is no such key (400).
        """
        if not self.accept_any_token and key not in self._collection("api keys"):
            raise _invalid_key()
        return Grant(user="", scopes=EVERY_SCOPE, expires=time.time() + LIFE, source="API key")

    def known_grant(self, token: str) -> Grant | None:
        """Return what an access token stands for that was issued here and is still good."""
        found = self._tokens.get(token)
        return found if found and found.expires > time.time() else None

    def answer_token_request(self, form: Mapping[str, str], here: str = TOKEN_URI) -> Response:
        """Answer a request to the OAuth token endpoint, at whatever address it was asked."""
        try:
            return json_response(self._exchange(form, here))
        except TokenRefused as refused:
            return refused.response

    def sign(self, account: str, payload: Mapping[str, Any]) -> dict[str, str]:
        """Return a payload signed as a service account."""
        key = self.private_key
        return {"keyId": keys.key_id(key), "signedJwt": keys.signed(key, {"iss": account, **payload})}

    def id_token(self, user: str, audience: str, **claims: Any) -> str:
        """Return Google's word for who somebody is (OpenID Connect), for an hour."""
        now = int(time.time())
        account = self._accounts.find(user)
        who: dict[str, Any] = {"sub": self.subject_of(user), "email": user, "email_verified": True}
        if account:
            who |= {"hd": account.email.partition("@")[2], "name": account.name}
        times = {"iat": now, "exp": now + LIFE}
        said = {"iss": "https://accounts.google.com", "azp": audience, "aud": audience, **who, **times}
        return keys.signed(self.private_key, said | claims)

    def subject_of(self, user: str) -> str:
        """Return the number that stands for an account."""
        account = self._accounts.find(user)
        return user_id(account) if account else str(int.from_bytes(user.encode()[:8], "big"))

    def account(self, user: str) -> User | None:
        return self._accounts.find(user)

    def access_token_as(self, account: str, scopes: Iterable[str]) -> str:
        """Return a token of a service account's, for those who may sign for it."""
        return self._issue(account, frozenset(scopes), source=account)

    def may_sign_as(self, caller: str, account: str) -> bool:
        return caller.lower() in self._collection("signers").get(account.lower(), ())

    def _exchange(self, form: Mapping[str, str], here: str) -> dict[str, Any]:
        kind = form.get("grant_type", "")
        usual = {"expires_in": LIFE - 1, "token_type": "Bearer"}
        if kind == _JWT_BEARER:
            claims = self._verified(form.get("assertion", ""), here)
            if "target_audience" in claims:
                return {"id_token": self.id_token(str(claims["iss"]), str(claims["target_audience"]))}
            return {"access_token": self._by_assertion(claims), **usual}
        if kind == "refresh_token":
            token, scopes = self._by_refresh_token(form)
            return {"access_token": token, **usual, "scope": " ".join(sorted(scopes))}
        if kind == "authorization_code":
            return usual | self._by_code(form)
        raise TokenRefused("unsupported_grant_type", f"Invalid grant_type: {kind}")

    def _by_code(self, form: Mapping[str, str]) -> dict[str, Any]:
        self.consents.check_client(form, any_client=self.accept_any_token)
        kept = self.consents.take_code(form)
        user, scopes = kept["user"], frozenset(kept["scopes"])
        answer: dict[str, Any] = {"scope": " ".join(sorted(scopes))}
        source = user
        if kept["access_type"] == "offline":
            source = self.consents.issue_refresh_token(user, scopes, kept["client_id"])
            answer["refresh_token"] = source
        if "openid" in scopes:
            nonce = {"nonce": kept["nonce"]} if kept["nonce"] else {}
            answer["id_token"] = self.id_token(user, kept["client_id"], **nonce)
        return {"access_token": self._issue(user, scopes, source=source), **answer}

    def _by_assertion(self, claims: Mapping[str, Any]) -> str:
        client = str(claims.get("iss", "")).lower()
        if client not in self._collection("accounts"):
            raise TokenRefused("invalid_grant", "Invalid grant: account not found")
        scopes = frozenset(str(claims.get("scope", "")).split())
        if not scopes:
            raise TokenRefused("invalid_scope", "Invalid OAuth scope or ID audience provided.")
        subject = str(claims.get("sub", client)).lower()
        if subject != client:
            subject = self._delegated(client, subject, scopes)
        return self._issue(subject, scopes, source=client)

    def _by_own_jwt(self, token: str) -> Grant | None:
        """Return what a token stands for that a service account signed itself, without asking for one."""
        try:
            claims = keys.claims_of(self.private_key, token)
        except ValueError:
            return None
        client = str(claims.get("iss", "")).lower()
        if client not in self._collection("accounts") or str(claims.get("sub", "")).lower() != client:
            return None
        scopes = frozenset(str(claims.get("scope", "")).split()) or EVERY_SCOPE
        return Grant(user=client, scopes=scopes, expires=float(claims["exp"]), source=client)

    def _delegated(self, client: str, subject: str, scopes: frozenset[str]) -> str:
        if not scopes <= set(self._collection("delegations").get(client, ())):
            raise TokenRefused("unauthorized_client", _UNAUTHORISED, status=401)
        user = self._accounts.find(subject)
        if user is None:
            raise TokenRefused("invalid_grant", "Invalid email or User ID")
        return user.email

    def _verified(self, assertion: str, here: str) -> Mapping[str, Any]:
        try:
            return keys.claims_of(self.private_key, assertion, [TOKEN_URI, *_FORMER_TOKEN_URIS, here])
        except ValueError as error:
            wrong = "Invalid JWT Signature." if "signature" in str(error) else f"Invalid JWT: {error}"
            raise TokenRefused("invalid_grant", wrong) from None

    def _by_refresh_token(self, form: Mapping[str, str]) -> tuple[str, frozenset[str]]:
        token = form.get("refresh_token", "")
        consent = self.consents.refresh_tokens.get(token)
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
            expires=time.time() + LIFE,
            source=source,
        )
        return token

    def _anybody(self, token: str) -> Grant:
        name = token.removeprefix("local:") if token.startswith("local:") else ""
        account = self._accounts.find(name) if name else self._accounts.first()
        if account is None and not name:
            raise _unauthenticated(missing=False)
        return Grant(user=account.email if account else name, scopes=EVERY_SCOPE, expires=time.time() + LIFE)

    @property
    def private_key(self) -> str:
        """The key that signs for every service account here; part of the state once used."""
        return str(self._collection("keys").setdefault("all", keys.generated_key()))

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


def _invalid_key() -> ApiError:
    info = {
        "@type": "type.googleapis.com/google.rpc.ErrorInfo",
        "reason": "API_KEY_INVALID",
        "domain": "googleapis.com",
    }
    message = "API key not valid. Please pass a valid API key."
    return ApiError(400, "badRequest", message, "INVALID_ARGUMENT", details=(info,))


def keys_are_not_enough() -> ApiError:
    """Return the refusal of an API key where somebody in particular has to ask."""
    info = {
        "@type": "type.googleapis.com/google.rpc.ErrorInfo",
        "reason": "CREDENTIALS_MISSING",
        "domain": "googleapis.com",
    }
    message = (
        "API keys are not supported by this API. Expected OAuth2 access token or other authentication credentials "
        "that assert a principal. See https://cloud.google.com/docs/authentication"
    )
    return ApiError(401, "required", message, "UNAUTHENTICATED", location="Authorization", details=(info,))
