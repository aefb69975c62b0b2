"""What only the local Workspace has: paths under ``/local/`` for its clock, faults, snapshots and users.

They ask for no token. Posted bodies must be called JSON, which keeps other sites' pages in a browser out.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import asdict, fields, replace
from datetime import datetime, timedelta
from typing import Any

import requests

from workspace_emulator.core.accounts import User
from workspace_emulator.core.channels import mail_notice, notice
from workspace_emulator.core.errors import ApiError, bad_request, not_found
from workspace_emulator.core.faults import Effect, Fault
from workspace_emulator.core.identity import AUTH_URI, TOKEN_URI
from workspace_emulator.core.json_bodies import parsed
from workspace_emulator.core.wire import Request, Response, json_response, refusal
from workspace_emulator.core.workspace import Workspace
from workspace_emulator.gmail.mailbox import Mailbox

_HOOKS = frozenset({"before", "after"})


def answer(workspace: Workspace, request: Request) -> Response:
    """Answer a request to a path under ``/local/``."""
    try:
        handler = HANDLERS.get((request.method, request.path.removeprefix("/local/")))
        if handler is None:
            raise not_found(f"The local Workspace has no {request.method} {request.path}.")
        return json_response(_leading_here(handler(workspace, _body(request)), request))
    except ApiError as error:
        return refusal("local", error)
    except KeyError as error:
        said = f"{request.method} {request.path}: {error} is missing, or nothing here has that name."
        return refusal("local", bad_request(said))
    except (ArithmeticError, AttributeError, TypeError, ValueError) as error:
        return refusal("local", bad_request(f"{type(error).__name__}: {error}"))


def _body(request: Request) -> dict[str, Any]:
    if not request.body:
        return {}
    if not request.header("content-type").startswith("application/json"):
        raise bad_request("The body must be sent as application/json.")
    value = parsed(request.body)
    if not isinstance(value, dict):
        raise bad_request("The body must be a JSON object.")
    return value


def _leading_here(value: dict[str, Any], request: Request) -> dict[str, Any]:
    """Let the addresses in a key file lead to where it was asked for."""
    if not request.header("host"):
        return value
    paths = {"token_uri": "/token", "auth_uri": "/o/oauth2/v2/auth"}
    return {
        k: _leading_here(v, request)
        if isinstance(v, dict)
        else f"{request.base}{paths[k]}"
        if k in paths
        else v
        for k, v in value.items()
    }


def _clock(workspace: Workspace, _: dict[str, Any]) -> dict[str, Any]:
    return {"now": workspace.clock.now().isoformat(), "stands_still": workspace.clock.stands_still}


def _set_clock(workspace: Workspace, body: dict[str, Any]) -> dict[str, Any]:
    if "set" in body:
        moment = datetime.fromisoformat(body["set"])
        if moment.tzinfo is None:
            raise bad_request("The moment to set needs a time zone, as in 2026-03-02T09:00:00+00:00.")
        workspace.clock.set(moment)
    if "move" in body:
        workspace.clock.move(timedelta(seconds=body["move"]))
    if body.get("run"):
        workspace.clock.run()
    return _clock(workspace, body)


def _faults(workspace: Workspace, _: dict[str, Any]) -> dict[str, Any]:
    return {
        "faults": [_shown(f) for f in workspace.faults],
        "struck": [_shown(f) for f in workspace.faults.struck],
    }


def _add_fault(workspace: Workspace, body: dict[str, Any]) -> dict[str, Any]:
    fault = Fault(**{k: v for k, v in body.items() if k not in _HOOKS})
    return _shown(workspace.faults.add(replace(fault, effect=Effect(fault.effect))))


def _clear_faults(workspace: Workspace, _: dict[str, Any]) -> dict[str, Any]:
    workspace.faults.clear()
    return {}


def _shown(fault: Fault) -> dict[str, Any]:
    return {f.name: getattr(fault, f.name) for f in fields(fault) if f.name not in _HOOKS}


def _snapshot(workspace: Workspace, _: dict[str, Any]) -> dict[str, Any]:
    name = str(len(workspace.snapshots) + 1)
    workspace.snapshots[name] = workspace.store.snapshot()
    return {"id": name}


def _restore(workspace: Workspace, body: dict[str, Any]) -> dict[str, Any]:
    workspace.store.restore(workspace.snapshots[body["id"]])
    workspace.clock.on_change()
    return {}


def _users(workspace: Workspace, _: dict[str, Any]) -> dict[str, Any]:
    return {"users": [asdict(user) for user in workspace.users()]}


def _add_user(workspace: Workspace, body: dict[str, Any]) -> dict[str, Any]:
    return asdict(workspace.add_user(User(**{**body, "aliases": tuple(body.get("aliases", ()))})))


def _token(workspace: Workspace, body: dict[str, Any]) -> dict[str, Any]:
    return {"access_token": workspace.identity.token_for(body["user"], body.get("scopes", ("*",)))}


def _service_account(workspace: Workspace, body: dict[str, Any]) -> dict[str, Any]:
    """Create a service account, with what it may do: act as users, be signed for by others."""
    identity, email = workspace.identity, body["email"]
    if scopes := body.get("delegated_scopes"):
        identity.authorise_delegation(email, scopes)
    for caller in body.get("signers", ()):
        identity.allow_sign_jwt(caller, email)
    return dict(identity.service_account_info(email))


def _refresh_token(workspace: Workspace, body: dict[str, Any]) -> dict[str, Any]:
    return {"refresh_token": workspace.identity.issue_refresh_token(body["user"], body["scopes"])}


def _oauth_client(workspace: Workspace, body: dict[str, Any]) -> dict[str, Any]:
    """Register an application that asks people for their consent, and return its client file's content."""
    client_id = body.get("client_id") or f"{secrets.randbelow(10**12)}-local.apps.googleusercontent.com"
    known = workspace.identity.consents.register(client_id, body.get("redirect_uris", ()))
    addresses = {"auth_uri": AUTH_URI, "token_uri": TOKEN_URI}
    return {
        "installed": {**known, **addresses, "redirect_uris": known["redirect_uris"] or ["http://localhost"]}
    }


def _api_key(workspace: Workspace, _: dict[str, Any]) -> dict[str, Any]:
    return {"key": workspace.identity.issue_api_key()}


def _revoke(workspace: Workspace, body: dict[str, Any]) -> dict[str, Any]:
    workspace.identity.revoke(body["token_or_user"])
    return {}


def _send_notice(workspace: Workspace, body: dict[str, Any]) -> dict[str, Any]:
    """Tell whoever watches that something changed: a ``channel``, or a mailbox (``user``) at an ``address``."""
    if "channel" in body:
        told = notice(workspace, body["channel"], body.get("state", "exists"))
    else:
        number = Mailbox(workspace, body["user"]).history_id
        told = mail_notice(workspace, body["user"], number, body["address"])
    answer = requests.post(told.address, headers=told.headers, data=told.body, timeout=30)
    return {"address": told.address, "headers": told.headers, "status": answer.status_code}


def _calls(workspace: Workspace, _: dict[str, Any]) -> dict[str, Any]:
    return {"calls": [asdict(call) for call in workspace.calls]}


def _clear_calls(workspace: Workspace, _: dict[str, Any]) -> dict[str, Any]:
    workspace.calls.clear()
    return {}


def _set_quotas(workspace: Workspace, body: dict[str, Any]) -> dict[str, Any]:
    if body["on"]:
        workspace.quotas.switch_on()
    else:
        workspace.quotas.switch_off()
    return {}


HANDLERS: dict[tuple[str, str], Callable[[Workspace, dict[str, Any]], dict[str, Any]]] = {
    ("GET", "clock"): _clock,
    ("POST", "clock"): _set_clock,
    ("GET", "faults"): _faults,
    ("POST", "faults"): _add_fault,
    ("DELETE", "faults"): _clear_faults,
    ("POST", "snapshot"): _snapshot,
    ("POST", "restore"): _restore,
    ("GET", "users"): _users,
    ("POST", "users"): _add_user,
    ("POST", "tokens"): _token,
    ("POST", "service-accounts"): _service_account,
    ("POST", "refresh-tokens"): _refresh_token,
    ("POST", "oauth-clients"): _oauth_client,
    ("POST", "api-keys"): _api_key,
    ("POST", "revoke"): _revoke,
    ("POST", "notices"): _send_notice,
    ("GET", "calls"): _calls,
    ("DELETE", "calls"): _clear_calls,
    ("POST", "quotas"): _set_quotas,
}
