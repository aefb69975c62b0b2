"""A letter from the mailbox to a plus-address of its own, and what Gmail makes of it on the way."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from functools import partial

from peerpact.config import Config
from peerpact.errors import PeerpactError
from peerpact.google.mail import KEY_HEADER, Mail
from peerpact.google.scopes import COMPOSE, METADATA
from peerpact.operating.doctor.findings import PATIENCE, Ailment, Examination, Finding, State, looked_at


@dataclass(frozen=True, slots=True, kw_only=True)
class Journey:
    """What became of the letter. ``searched`` is after how many seconds a search found it; None: it did not."""

    letter: EmailMessage
    came: Mail
    sent_twice: bool
    drafted_under_key: bool
    sent_under_key: bool
    searched: float | None

    @property
    def key(self) -> str:
        return str(self.letter[KEY_HEADER])

    @property
    def arrived(self) -> EmailMessage:
        return message_from_bytes(self.came.raw, policy=policy.SMTP)


def examine(it: Examination) -> Iterator[Finding]:
    """Send the letter and look at what arrives."""
    try:
        journey = _sent_to_itself(it)
    except PeerpactError as error:
        yield Finding(check=NAMES[0], state=State.RED, words=str(error))
        return
    yield Finding(check=NAMES[0], state=State.GREEN, words="arrived at a plus-address of the mailbox.")
    for name, check in CHECKS.items():
        yield looked_at(name, partial(check, journey=journey), it)


def _sent_to_itself(it: Examination) -> Journey:
    letter, since = _letter(it.config), it.clock() - timedelta(minutes=10)
    mailbox, plain = it.mail.mailbox, it.access(COMPOSE, METADATA).mailbox
    key = str(letter[KEY_HEADER])
    draft = mailbox.create_draft(letter)
    drafted = plain.drafts_by_key().get(key) == draft
    mailbox.send_draft(draft)
    sent_twice = mailbox.send_draft(draft) is not None
    sent = key in plain.sent_by_key(since)
    came = _arrival(it, letter, since)
    try:
        searched = _seconds_until_found(it, came)
    finally:
        mailbox.trash(came.message_id)
    return Journey(
        letter=letter,
        came=came,
        sent_twice=sent_twice,
        drafted_under_key=drafted,
        sent_under_key=sent,
        searched=searched,
    )


def _arrival(it: Examination, letter: EmailMessage, since: datetime) -> Mail:
    for seconds in (0, *PATIENCE):
        it.pause(seconds)
        if came := it.mail.mailbox.arrived(letter, since):
            return came
    raise Ailment(
        f"A letter to {letter['To']} did not arrive within a minute. Replies to letters go to such "
        "plus-addresses: in the Admin console look for a routing rule or a filter that "
        "rejects them, then run the doctor again."
    )


MANY = 200
"""Among so many waiting mails the trial's is looked for."""


def _seconds_until_found(it: Examination, came: Mail) -> float | None:
    """Look for the mail as collect_replies looks for replies."""
    waited = 0.0
    for seconds in (0, *PATIENCE):
        it.pause(seconds)
        waited += seconds
        if came.message_id in {w.message_id for w in it.mail.mailbox.unread_replies(MANY, days=1)}:
            return waited
    return None


def _letter(config: Config) -> EmailMessage:
    name, key = config.mailbox.partition("@")[0], f"doctor:{secrets.token_hex(8)}"
    letter = EmailMessage(policy=policy.SMTP)
    letter["From"], letter["To"] = config.mailbox, f"{name}+{key.replace(':', '.')}@{config.domain}"
    letter["Subject"] = "Peerpact doctor: a letter to itself"
    letter["Message-ID"] = f"<{key.replace(':', '.')}@{config.domain}>"
    letter["Auto-Submitted"] = "auto-generated"
    letter[KEY_HEADER] = key
    letter.set_content(
        "“peerpact doctor” wrote this to see how Gmail delivers. It is on its way to the bin.\n"
    )
    return letter


def _draft(_: Examination, journey: Journey) -> str:
    if journey.sent_twice:
        raise Ailment(
            "Gmail sent one draft twice, so people could get a letter twice. Pause the schedules, and tell "
            "Peerpact's makers."
        )
    return "the second time Gmail finds no draft."


def _found_by_key(_: Examination, journey: Journey) -> str:
    """See that the jobs which may neither search nor read find their letters again by the header alone."""
    lost = [
        where
        for where, is_found in (("draft", journey.drafted_under_key), ("sent letter", journey.sent_under_key))
        if not is_found
    ]
    if lost:
        raise Ailment(
            f"With gmail.compose and gmail.metadata alone a {' and a '.join(lost)} is not found by its {KEY_HEADER}. "
            "After a run that died, letters would wait under “needs review” on the tab Letters: look there, and tell "
            "Peerpact's makers."
        )
    return "draft and sent letter are found by their header, without searching or reading."


def _search(_: Examination, journey: Journey) -> str:
    if journey.searched is None:
        raise Ailment(
            f"Gmail's search does not find a mail that arrived {sum(PATIENCE)} seconds ago. Replies are found by "
            "searching: none is lost, but all wait until the search has caught up. Run the doctor again in an hour; "
            "if it is still so, look at Google's Workspace status page."
        )
    return f"a mail that arrived is found after {journey.searched:.0f} seconds."


def _message_id(_: Examination, journey: Journey) -> str:
    if journey.arrived["Message-ID"] == journey.letter["Message-ID"]:
        return "kept as we gave it."
    return "replaced by Gmail: replies are told by their address and thread instead; nothing to do."


def _own_header(_: Examination, journey: Journey) -> str:
    if journey.arrived[KEY_HEADER] != journey.key:
        raise Ailment(
            f"Gmail took away the header {KEY_HEADER}, by which a letter that a crash left behind is found "
            "again. In the Admin console look for a compliance rule that strips headers (Gmail, Compliance)."
        )
    return f"{KEY_HEADER} is kept."


CHECKS = {
    "a draft is sent once": _draft,
    "letters by their key": _found_by_key,
    "search": _search,
    "Message-ID": _message_id,
    "own header": _own_header,
}
NAMES = ("letter to itself", *CHECKS)
