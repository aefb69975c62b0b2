"""IAM Credentials v1: signing as a service account, and tokens of one, for those who may."""

from __future__ import annotations

import base64
import binascii
import time

from workspace_emulator.core import keys
from workspace_emulator.core.api import Call, Methods
from workspace_emulator.core.errors import ApiError
from workspace_emulator.core.json_bodies import parsed

methods = Methods("iamcredentials", "v1")

_ACCOUNTS = "iamcredentials.projects.serviceAccounts"
_LIFE = 3600


@methods.on(f"{_ACCOUNTS}.signJwt")
def sign_jwt(call: Call) -> dict[str, str]:
    account = _account(call, "signJwt")
    try:
        payload = parsed(call.body.get("payload", ""))
    except ApiError:
        raise _invalid() from None
    return call.workspace.identity.sign(account, payload)


@methods.on(f"{_ACCOUNTS}.signBlob")
def sign_blob(call: Call) -> dict[str, str]:
    _account(call, "signBlob")
    try:
        content = base64.b64decode(call.body.get("payload", ""), validate=True)
    except binascii.Error:
        raise _invalid() from None
    key = call.workspace.identity.private_key
    signed = base64.b64encode(keys.signature(key, content)).decode()
    return {"keyId": keys.key_id(key), "signedBlob": signed}


@methods.on(f"{_ACCOUNTS}.generateAccessToken")
def generate_access_token(call: Call) -> dict[str, str]:
    account = _account(call, "getAccessToken")
    scopes = call.body.get("scope", ())
    if not scopes:
        raise _invalid()
    until = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + _LIFE))
    token = call.workspace.identity.access_token_as(account, scopes)
    return {"accessToken": token, "expireTime": until}


@methods.on(f"{_ACCOUNTS}.generateIdToken")
def generate_id_token(call: Call) -> dict[str, str]:
    account = _account(call, "getOpenIdToken")
    if not call.body.get("audience"):
        raise _invalid()
    return {"token": call.workspace.identity.id_token(account, call.body["audience"])}


def _account(call: Call, permission: str) -> str:
    """Return the service account that a call names.

    Raises:
        ApiError: The caller may not act for it.
    """
    account = call.params["name"].rpartition("/")[2].lower()
    if not call.workspace.identity.may_sign_as(call.user, account):
        raise _may_not(account, f"iam.serviceAccounts.{permission}")
    return str(account)


def _invalid() -> ApiError:
    return ApiError(400, "badRequest", "Request contains an invalid argument.")


def _may_not(account: str, permission: str) -> ApiError:
    message = f"Permission '{permission}' denied on resource (or it may not exist)."
    info = {
        "@type": "type.googleapis.com/google.rpc.ErrorInfo",
        "reason": "IAM_PERMISSION_DENIED",
        "domain": "iam.googleapis.com",
        "metadata": {"permission": permission, "account": account},
    }
    return ApiError(403, "forbidden", message, "PERMISSION_DENIED", details=(info,))
