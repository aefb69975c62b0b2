"""OAuth 2 and OpenID Connect as Google speaks them: paths that no discovery document names.

Tokens are told apart in ``core/identity.py``, people agree in ``consent_page.py``; here is what applications ask.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

from workspace_emulator import consent_page
from workspace_emulator.consent_page import CONSENT
from workspace_emulator.core import keys
from workspace_emulator.core.dispatch import TOKEN, Plain
from workspace_emulator.core.errors import ApiError
from workspace_emulator.core.identity import EVERY_SCOPE, Grant
from workspace_emulator.core.wire import Request, Response, json_response
from workspace_emulator.core.workspace import Workspace

_EMAIL = frozenset({"email", "openid", "https://www.googleapis.com/auth/userinfo.email"})


def plain(request: Request) -> tuple[str, Plain] | None:
    """Return the name of what a path asks for, and who answers, if it is one of these."""
    return _PATHS.get(request.path.rstrip("/"))


def _token(workspace: Workspace, request: Request) -> Response:
    here = f"{request.base}{request.path}"
    return workspace.identity.answer_token_request(request.form, here)


def _token_info(workspace: Workspace, request: Request) -> Response:
    asked = {**dict(request.query), **request.form}
    grant = workspace.identity.known_grant(asked.get("access_token") or request.bearer or "")
    if "id_token" in asked:
        return _about_id_token(workspace, asked["id_token"])
    if grant is None:
        return _refused("invalid_token", "Invalid Value")
    told = _told(workspace, grant)
    if "/v1/" in request.path or "/v2/" in request.path:
        return json_response(_in_older_words(told))
    return json_response(told)


def _told(workspace: Workspace, grant: Grant) -> dict[str, str]:
    subject = workspace.identity.subject_of(grant.user)
    left = int(grant.expires - time.time())
    client = workspace.identity.consents.refresh_tokens.get(grant.source, {}).get("client_id") or subject
    who = {"email": grant.user, "email_verified": "true"} if _tells_address(grant) else {}
    scopes = " ".join(sorted(grant.scopes - EVERY_SCOPE))
    times = {"exp": str(int(grant.expires)), "expires_in": str(left)}
    return {
        "azp": client,
        "aud": client,
        "sub": subject,
        "scope": scopes,
        **times,
        **who,
        "access_type": "offline",
    }


def _in_older_words(told: Mapping[str, str]) -> dict[str, Any]:
    older: dict[str, Any] = {"issued_to": told["azp"], "audience": told["aud"], "user_id": told["sub"]}
    older |= {
        "scope": told["scope"],
        "expires_in": int(told["expires_in"]),
        "access_type": told["access_type"],
    }
    return older | ({"email": told["email"], "verified_email": True} if "email" in told else {})


def _about_id_token(workspace: Workspace, token: str) -> Response:
    try:
        claims = keys.claims_of(workspace.identity.private_key, token)
    except ValueError:
        return _refused("invalid_token", "Invalid Value")
    told = {k: str(v).lower() if isinstance(v, bool) else str(v) for k, v in claims.items()}
    key = keys.key_id(workspace.identity.private_key)
    return json_response({**told, "alg": "RS256", "kid": key, "typ": "JWT"})


def _tells_address(grant: Grant) -> bool:
    return grant.scopes == EVERY_SCOPE or not _EMAIL.isdisjoint(grant.scopes)


def _user_info(workspace: Workspace, request: Request) -> Response:
    try:
        grant = workspace.identity.grant(request.bearer)
    except ApiError:
        return _refused("invalid_request", "Invalid Credentials", status=401)
    account = workspace.identity.account(grant.user)
    subject = workspace.identity.subject_of(grant.user)
    is_new = "/v3/" in request.path or request.path.startswith("/v1/")
    told: dict[str, Any] = {"sub" if is_new else "id": subject}
    if account:
        given, _, family = account.name.partition(" ")
        told |= {"name": account.name, "given_name": given, "family_name": family}
        told["hd"] = account.email.partition("@")[2]
    told |= {"email": grant.user, "email_verified" if is_new else "verified_email": True}
    return json_response(told)


def _revoke(workspace: Workspace, request: Request) -> Response:
    token = {**dict(request.query), **request.form}.get("token", "")
    if not workspace.identity.revoke_consent(token):
        return _refused("invalid_token", "Token expired or revoked")
    return json_response({})


def _certificates(workspace: Workspace, request: Request) -> Response:
    key = workspace.identity.private_key
    if "/v3/" in request.path:
        return json_response({"keys": [keys.web_key(key)]})
    return json_response({keys.key_id(key): keys.certificate(key)})


def _openid_configuration(_: Workspace, request: Request) -> Response:
    here = request.base
    return json_response(
        {
            "issuer": "https://accounts.google.com",
            "authorization_endpoint": f"{here}{CONSENT}",
            "token_endpoint": f"{here}/token",
            "userinfo_endpoint": f"{here}/v1/userinfo",
            "revocation_endpoint": f"{here}/revoke",
            "jwks_uri": f"{here}/oauth2/v3/certs",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "scopes_supported": ["openid", "email", "profile"],
            "code_challenge_methods_supported": ["plain", "S256"],
        }
    )


def _refused(error: str, description: str, status: int = 400) -> Response:
    return json_response({"error": error, "error_description": description}, status)


_PATHS: dict[str, tuple[str, Plain]] = {
    **dict.fromkeys(
        ("/token", "/oauth2/v4/token", "/o/oauth2/token", "/o/oauth2/v2/token", "/oauth2/v3/token"),
        (TOKEN, _token),
    ),
    **dict.fromkeys(
        ("/tokeninfo", "/oauth2/v1/tokeninfo", "/oauth2/v2/tokeninfo", "/oauth2/v3/tokeninfo"),
        ("oauth2.tokeninfo", _token_info),
    ),
    **dict.fromkeys(
        (
            "/oauth2/v1/userinfo",
            "/oauth2/v2/userinfo",
            "/oauth2/v3/userinfo",
            "/v1/userinfo",
            "/userinfo/v2/me",
        ),
        ("oauth2.userinfo", _user_info),
    ),
    **dict.fromkeys(("/revoke", "/o/oauth2/revoke", "/oauth2/v1/revoke"), ("oauth2.revoke", _revoke)),
    **dict.fromkeys(("/oauth2/v1/certs", "/oauth2/v3/certs"), ("oauth2.certs", _certificates)),
    **dict.fromkeys((CONSENT, "/o/oauth2/auth"), ("oauth2.auth", consent_page.answer)),
    "/.well-known/openid-configuration": ("oauth2.configuration", _openid_configuration),
}
