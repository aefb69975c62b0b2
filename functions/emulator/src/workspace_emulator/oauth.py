"""OAuth 2 and OpenID Connect as Google speaks them, and the discovery documents: paths that no such document names.

Tokens are told apart in ``core/identity.py``; here is what applications ask and the page on which people agree.
"""

from __future__ import annotations

import html
import time
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from workspace_emulator.core import keys
from workspace_emulator.core.dispatch import TOKEN, Plain
from workspace_emulator.core.identity import EVERY_SCOPE, Grant
from workspace_emulator.core.wire import Request, Response, json_response
from workspace_emulator.core.workspace import Workspace

_CONSENT = "/o/oauth2/v2/auth"
_EMAIL = frozenset({"email", "openid", "https://www.googleapis.com/auth/userinfo.email"})


def plain(request: Request) -> tuple[str, Plain] | None:
    """Return the name of what a path asks for, and who answers, if it is one of these."""
    return _PATHS.get(request.path.rstrip("/"))


def _token(workspace: Workspace, request: Request) -> Response:
    here = f"{request.base}{request.path}"
    return workspace.identity.answer_token_request(request.form, here)


def _token_info(workspace: Workspace, request: Request) -> Response:
    asked = {**dict(request.query), **request.form}
    grant = workspace.identity.known_grant(asked.get("access_token", ""))
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
    grant = workspace.identity.known_grant(request.bearer or "")
    if grant is None:
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
            "authorization_endpoint": f"{here}{_CONSENT}",
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


def _consent_page(workspace: Workspace, request: Request) -> Response:
    """Ask who somebody is and whether they agree; with ``prompt=none`` and a known ``login_hint`` nobody is asked."""
    asked = dict(request.query)
    if wrong := _wrong_with(workspace, asked):
        return _page(f"<h1>Access blocked</h1><p>{html.escape(wrong)}</p>", status=400)
    hint = workspace.user(asked.get("login_hint", ""))
    if asked.get("prompt") == "none":
        return (
            _back(asked, code=_code(workspace, hint.email, asked))
            if hint
            else _back(asked, error="login_required")
        )
    accounts = [hint] if hint else workspace.users()
    hidden = "".join(_hidden(name, value) for name, value in asked.items())
    choices = "".join(
        f'<p><button name="account" value="{html.escape(u.email)}">Allow as {html.escape(u.name)} '
        f"({html.escape(u.email)})</button></p>"
        for u in accounts
    )
    scopes = "".join(f"<li>{html.escape(s)}</li>" for s in asked["scope"].split())
    return _page(
        f"<h1>Sign in</h1><p>{html.escape(asked['client_id'])} asks for:</p><ul>{scopes}</ul>"
        f'<form method="post" action="{_CONSENT}">{hidden}{choices}'
        '<p><button name="account" value="">Cancel</button></p></form>'
    )


def _consent(workspace: Workspace, request: Request) -> Response:
    """Take what somebody chose on the page, and send them back to the application."""
    asked = request.form
    origin = request.header("origin")
    if origin not in {"", request.base} or _wrong_with(workspace, asked):
        return _page("<h1>Access blocked</h1><p>This didn't come from the page here.</p>", status=400)
    user = workspace.user(asked.get("account", ""))
    return (
        _back(asked, code=_code(workspace, user.email, asked))
        if user
        else _back(asked, error="access_denied")
    )


def _code(workspace: Workspace, user: str, asked: Mapping[str, str]) -> str:
    return workspace.identity.consents.issue_code(user, asked["scope"].split(), asked)


def _wrong_with(workspace: Workspace, asked: Mapping[str, str]) -> str:
    """Return what is wrong with an application's request; empty when nothing is."""
    for name in ("client_id", "redirect_uri", "scope"):
        if not asked.get(name):
            return f"Error 400: invalid_request. Missing required parameter: {name}"
    if asked.get("response_type", "code") != "code":
        return "Error 400: unsupported_response_type. Only code is done here."
    client = workspace.identity.consents.client(asked["client_id"])
    if client is None and not workspace.identity.accept_any_token:
        return "Error 401: invalid_client. The OAuth client was not found."
    known = client["redirect_uris"] if client else []
    where = asked["redirect_uri"]
    if not where.startswith(("http://", "https://")) or (known and where not in known):
        return f"Error 400: redirect_uri_mismatch. {where} isn't one of the client's addresses."
    return ""


def _back(asked: Mapping[str, str], **answer: str) -> Response:
    state = {"state": asked["state"]} if "state" in asked else {}
    scope = {"scope": asked["scope"]} if "code" in answer else {}
    mark = "&" if "?" in asked["redirect_uri"] else "?"
    where = f"{asked['redirect_uri']}{mark}{urlencode({**state, **answer, **scope})}"
    return Response(status=302, headers={"Location": where})


def _hidden(name: str, value: str) -> str:
    return f'<input type="hidden" name="{html.escape(name)}" value="{html.escape(value)}">'


def _page(content: str, status: int = 200) -> Response:
    text = f'<!DOCTYPE html><html lang="en"><title>Sign in - local Workspace</title><main>{content}</main></html>'
    headers = {"Content-Type": "text/html; charset=UTF-8", "X-Frame-Options": "DENY"}
    return Response(status=status, headers=headers, body=text.encode())


def _refused(error: str, description: str, status: int = 400) -> Response:
    return json_response({"error": error, "error_description": description}, status)


def _auth(workspace: Workspace, request: Request) -> Response:
    return (_consent if request.method == "POST" else _consent_page)(workspace, request)


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
        ("/oauth2/v1/userinfo", "/oauth2/v2/userinfo", "/oauth2/v3/userinfo", "/v1/userinfo"),
        ("oauth2.userinfo", _user_info),
    ),
    **dict.fromkeys(("/revoke", "/o/oauth2/revoke", "/oauth2/v1/revoke"), ("oauth2.revoke", _revoke)),
    **dict.fromkeys(("/oauth2/v1/certs", "/oauth2/v3/certs"), ("oauth2.certs", _certificates)),
    **dict.fromkeys((_CONSENT, "/o/oauth2/auth"), ("oauth2.auth", _auth)),
    "/.well-known/openid-configuration": ("oauth2.configuration", _openid_configuration),
}
