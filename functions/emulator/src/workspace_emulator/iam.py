"""IAM Credentials v1: signing as a service account, for those who may."""

from __future__ import annotations

import json

from workspace_emulator.core.api import Call, Methods
from workspace_emulator.core.errors import ApiError

methods = Methods("iamcredentials", "v1")


@methods.on("iamcredentials.projects.serviceAccounts.signJwt")
def sign_jwt(call: Call) -> dict[str, str]:
    account = call.params["name"].rpartition("/")[2].lower()
    identity = call.workspace.identity
    if not identity.may_sign_as(call.user, account):
        raise _may_not_sign(account)
    try:
        payload = json.loads(call.body.get("payload", ""))
    except ValueError:
        raise ApiError(400, "badRequest", "Request contains an invalid argument.") from None
    return identity.sign(account, payload)


def _may_not_sign(account: str) -> ApiError:
    permission = "iam.serviceAccounts.signJwt"
    message = f"Permission '{permission}' denied on resource (or it may not exist)."
    info = {
        "@type": "type.googleapis.com/google.rpc.ErrorInfo",
        "reason": "IAM_PERMISSION_DENIED",
        "domain": "iam.googleapis.com",
        "metadata": {"permission": permission, "account": account},
    }
    return ApiError(403, "forbidden", message, "PERMISSION_DENIED", details=(info,))
