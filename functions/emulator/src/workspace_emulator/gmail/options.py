"""How this Gmail behaves where Google's behaviour is not documented or differs between Workspaces."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import Any

from workspace_emulator.core.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class MailOptions:
    """The switches of one local Gmail.

    ``replaces_message_id``: sending through the API gives the message a new Message-ID.
    ``vouches_for_internal_mail``: mail between people of the domain carries Authentication-Results.
    ``delivers_plus_addresses``: mail to name+anything@ arrives in the mailbox of name@; otherwise it is lost.
    ``keeps_own_headers``: sending through the API keeps headers that begin with X-.
    ``answers_that_a_draft_was_sent``: of a draft that its owner sent by hand Gmail says "Message not a draft" (400);
    otherwise that there is no such draft (404).
    ``search_lag_seconds``: how long it takes until searches (``q``) find a message.
    """

    replaces_message_id: bool = False
    vouches_for_internal_mail: bool = True
    delivers_plus_addresses: bool = True
    keeps_own_headers: bool = True
    answers_that_a_draft_was_sent: bool = True
    search_lag_seconds: int = 0


_USUAL = MailOptions()


def mail_options(workspace: Workspace) -> MailOptions:
    changed = workspace.store.collection("gmail/options").get("options")
    return MailOptions(**changed) if changed else _USUAL


def set_mail_options(workspace: Workspace, **changes: Any) -> MailOptions:
    """Change some switches; the others stay as they are."""
    options = replace(mail_options(workspace), **changes)
    workspace.store.collection("gmail/options")["options"] = asdict(options)
    return options
