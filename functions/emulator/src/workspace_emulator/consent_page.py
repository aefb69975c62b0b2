"""The page on which somebody says who they are and agrees to what an application asks for."""

from __future__ import annotations

import html
from collections.abc import Mapping
from urllib.parse import urlencode

from workspace_emulator.core.wire import Request, Response
from workspace_emulator.core.workspace import Workspace

CONSENT = "/o/oauth2/v2/auth"


def answer(workspace: Workspace, request: Request) -> Response:
    return (_consent if request.method == "POST" else _consent_page)(workspace, request)


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
        f'<form method="post" action="{CONSENT}">{hidden}{choices}'
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
