"""The table in which the modules of this package enter their Gmail methods, and whose mailbox a call means."""

from __future__ import annotations

from workspace_emulator.core.api import Call, Methods
from workspace_emulator.core.errors import ApiError, bad_request, forbidden
from workspace_emulator.gmail.mailbox import Mailbox

methods = Methods("gmail", "v1")


def mailbox_of(call: Call) -> Mailbox:
    """Return the mailbox that ``userId`` names. It is open to its owner only."""
    user = call.workspace.user(call.user)
    if user is None:
        raise ApiError(400, "failedPrecondition", "Mail service not enabled", "FAILED_PRECONDITION")
    wanted = call.params["userId"]
    if wanted != "me" and wanted.lower() not in (user.email.lower(), *(a.lower() for a in user.aliases)):
        raise forbidden(f"Delegation denied for {user.email}")
    return Mailbox(call.workspace, user.email)


def invalid(message: str) -> ApiError:
    """Return the refusal of an argument, with the reason that Gmail gives."""
    return bad_request(message, "invalidArgument")


def page_size(call: Call, *, default: int = 100, most: int = 500) -> int:
    return int(max(1, min(call.params.get("maxResults", default), most)))
