"""How mail travels: out of a mailbox, into others, back as a bounce, answered by a vacation responder.

``deliver`` is the way in for everything: the API's sending, Calendar's invitations, and mail from outside.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime, formataddr
from functools import cache, lru_cache
from hashlib import sha256

from publicsuffixlist import PublicSuffixList

from workspace_emulator.core.accounts import User
from workspace_emulator.core.errors import bad_request
from workspace_emulator.core.workspace import Workspace
from workspace_emulator.gmail import mime
from workspace_emulator.gmail.bounces import bounce
from workspace_emulator.gmail.mailbox import Document, Mailbox
from workspace_emulator.gmail.options import mail_options
from workspace_emulator.gmail.outside import failure_of, keep_outside
from workspace_emulator.gmail.telling import Told, told_by
from workspace_emulator.gmail.vacation import vacation_answer

# Where Calendar lets its own bounces go.
_NOBODY_READS = "@calendar-server.bounces.google.com"
_SERVER = "mail-sor-f41.google.com"
_SERVER_ADDRESS = "209.85.220.41"
_CLIENT_ADDRESS = "192.0.2.44"


Look = Callable[[Workspace, User, bytes], None]
_looks: list[Look] = []


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivered:
    """Where one copy went: into a mailbox here, outside, or nowhere (``bounced``)."""

    recipient: str
    message: Document | None = None
    bounced: bool = False


def on_arrival(look: Look) -> Look:
    """Let something else look at each mail that has come into somebody's mailbox: Calendar does."""
    _looks.append(look)
    return look


def deliver(
    workspace: Workspace,
    raw: bytes | mime.Mail,
    *,
    envelope_from: str,
    recipients: Iterable[str],
    authentication: str | None = None,
    labels: Sequence[str] = ("INBOX", "UNREAD"),
    any_subject: bool = False,
    told: Told | None = None,
) -> list[Delivered]:
    """Carry a message to its recipients as mx.google.com would.

    ``authentication`` is ``pass``, ``fail`` or ``none`` (what the recipient's Authentication-Results say), or
    ``absent`` for no such header; left out, it follows from the envelope's sender: ``pass``, and for internal
    mail what ``MailOptions.vouches_for_internal_mail`` says. An empty ``envelope_from`` is never bounced to.
    ``told`` is what the message tells, where it has been read already.
    """
    mail = mime.read(raw)
    told = told or told_by(mail)
    return [
        _carry(
            workspace, mail, envelope_from, recipient, authentication=authentication,
            labels=labels, any_subject=any_subject, told=told,
        )
        for recipient in dict.fromkeys(recipients)
    ]  # fmt: skip


def send(
    workspace: Workspace,
    user: User,
    mail: mime.Mail,
    *,
    thread_id: str | None = None,
    stays_in: str | None = None,
    new_id: bool = False,
) -> Document:
    """Send a message as a user: keep the copy under SENT, deliver the others, and return the own copy.

    ``stays_in`` is the thread of the draft that it was; ``new_id`` replaces a Message-ID whatever the options.

    Raises:
        ApiError: It is to nobody.
    """
    recipients = _recipients(workspace, mail.fields)
    others = [r for r in recipients if not is_account_of(workspace, user, r)]
    to_self = len(others) < len(recipients)
    labels = ["UNREAD", "SENT", "INBOX"] if to_self else ["SENT"]
    sent = mime.written(outgoing_fields(workspace, user, mail.fields, new_id=new_id), mail.body)
    told = told_by(sent)
    own = Mailbox(workspace, user.email).add(sent, labels, thread_id=thread_id, stays_in=stays_in, told=told)
    _deliver_copies(workspace, user, sent, others, told)
    return own


def deliver_copies(workspace: Workspace, user: User, mail: mime.Mail) -> None:
    """Deliver what a user sends to everybody but themselves.

    Raises:
        ApiError: It is to nobody.
    """
    recipients = _recipients(workspace, mail.fields)
    others = [r for r in recipients if not is_account_of(workspace, user, r)]
    _deliver_copies(workspace, user, mail, others)


def _deliver_copies(
    workspace: Workspace, user: User, mail: mime.Mail, to: list[str], told: Told | None = None
) -> None:
    """Deliver copies, without Bcc; ``told`` is what the message tells with it."""
    fields = mime.without(mail.fields, "Bcc")
    if len(fields) != len(mail.fields):
        mail, told = mime.written(fields, mail.body), None
    deliver(workspace, mail, envelope_from=user.email, recipients=to, told=told)


def _recipients(workspace: Workspace, fields: mime.Fields) -> list[str]:
    named = mime.addresses(fields, "To", "Cc", "Bcc")
    if not named:
        raise bad_request("Recipient address required", "invalidArgument")
    return named if mail_options(workspace).delivers_plus_addresses else [r for r in named if "+" not in r]


def outgoing_fields(
    workspace: Workspace, user: User, fields: mime.Fields, *, new_id: bool = False
) -> mime.Fields:
    """Return the header as it leaves: From is the user's own, Date and Message-ID are there."""
    fields, options = own_sender(user, fields), mail_options(workspace)
    there = mime.filled(fields)
    if "mime-version" not in there:
        fields = [mime.field("MIME-Version", "1.0"), *fields]
    if "date" not in there:
        fields = [mime.field("Date", format_datetime(workspace.clock.now())), *fields]
    if "message-id" not in there or new_id or options.replaces_message_id:
        given = mime.values(fields, "Message-ID")
        kept = [mime.field("X-Google-Original-Message-ID", g) for g in given]
        fields = [new_message_id(workspace), *kept, *mime.without(fields, "Message-ID")]
    if not options.keeps_own_headers:
        fields = mime.without(fields, *(name for name, _ in fields if name.lower().startswith("x-")))
    return fields


def new_message_id(workspace: Workspace) -> tuple[str, bytes]:
    token = sha256(str(workspace.store.next_number("gmail/message-id")).encode()).hexdigest()
    return mime.field("Message-ID", f"<CA+{token[:44]}@mail.gmail.com>")


def is_account_of(workspace: Workspace, user: User, address: str) -> bool:
    """Say whether mail to an address comes to that user (plus-addresses and aliases do)."""
    found = workspace.user(address)
    return found is not None and found.email == user.email


def _carry(
    workspace: Workspace,
    mail: mime.Mail,
    sender: str,
    recipient: str,
    *,
    authentication: str | None,
    labels: Sequence[str],
    any_subject: bool,
    told: Told,
) -> Delivered:
    failure = failure_of(workspace, recipient)
    if failure:
        _return_to_sender(workspace, mail.raw, sender, recipient, failure)
        return Delivered(recipient=recipient, bounced=True)
    user = workspace.user(recipient)
    if user is None:
        keep_outside(workspace, mail.raw, envelope_from=sender, recipient=recipient)
        return Delivered(recipient=recipient)
    arrived = _arrived(workspace, mail, sender, recipient, authentication)
    message = Mailbox(workspace, user.email).add(
        arrived, labels, any_subject=any_subject, told=told.delivered_to(recipient)
    )
    for look in _looks:
        look(workspace, user, mail.raw)
    _answer_automatically(workspace, user, mail, sender)
    return Delivered(recipient=recipient, message=message)


def _return_to_sender(
    workspace: Workspace, raw: bytes, sender: str, recipient: str, failure: tuple[str, str]
) -> None:
    if sender and not sender.endswith(_NOBODY_READS):
        report = bounce(workspace, raw, sender, recipient, failure)
        deliver(
            workspace, report, envelope_from="", recipients=[sender], authentication="pass", any_subject=True
        )


def _answer_automatically(workspace: Workspace, user: User, mail: mime.Mail, sender: str) -> None:
    answer = vacation_answer(workspace, user, mail.fields, sender)
    if answer:
        fields, body = mime.split(answer)
        complete = mime.join([new_message_id(workspace), *fields], body)
        deliver(workspace, complete, envelope_from=user.email, recipients=[sender])


def _arrived(
    workspace: Workspace, mail: mime.Mail, sender: str, recipient: str, authentication: str | None
) -> mime.Mail:
    """Return the message with the header lines that the way through Google puts on top.

    Only what comes in from outside passes mx.google.com, and only there are its authors looked at.
    """
    date = _written_date(workspace.clock.now().replace(microsecond=0))
    number = workspace.store.next_number("gmail/hop")
    verdict = authentication or _usual_verdict(workspace, sender, recipient)
    top = [
        mime.field("Delivered-To", recipient),
        mime.field("Received", f"by 2002:a05:6a20:1 with SMTP id p{number:08d};\r\n        {date}"),
    ]
    back = mime.field("Return-Path", f"<{sender}>")
    if verdict == "absent":
        hop = f"from [{_CLIENT_ADDRESS}] by smtp.gmail.com with ESMTPSA id s{number:08d}"
        top += [back, mime.field("Received", f"{hop}\r\n        for <{recipient}>;\r\n        {date}")]
    else:
        hop = f"from {_SERVER} ({_SERVER}. [{_SERVER_ADDRESS}])\r\n        by mx.google.com with SMTPS id"
        results = _authentication_results(verdict, _author(mail.fields) or sender, sender)
        top += [
            mime.field("ARC-Authentication-Results", f"i=1; {results}"),
            back,
            mime.field("Received", f"{hop} s{number:08d}\r\n        for <{recipient}>;\r\n        {date}"),
            mime.field("Authentication-Results", results),
        ]
    return mime.written([*top, *mime.without(mail.fields, "Delivered-To", "Return-Path")], mail.body)


def _usual_verdict(workspace: Workspace, sender: str, recipient: str) -> str:
    if (user := workspace.user(sender)) and is_account_of(workspace, user, recipient):
        return "absent"  # of what an account sends itself Gmail says nothing
    internal = _domain(sender) == workspace.domain.lower()
    return "absent" if internal and not mail_options(workspace).vouches_for_internal_mail else "pass"


def _author(fields: mime.Fields) -> str:
    return next(iter(mime.addresses(fields, "From")), "")


@lru_cache(maxsize=16)
def _written_date(moment: datetime) -> str:
    return format_datetime(moment)


@lru_cache(maxsize=256)
def _authentication_results(verdict: str, author: str, sender: str) -> str:
    domain = _domain(author)
    spf = {"pass": "pass", "fail": "softfail"}.get(verdict, "none")
    lines = [
        "mx.google.com",
        f"dkim={verdict} header.i=@{domain} header.s=google header.b=Qk3Zx8Wd",
        f"spf={spf} (google.com: domain of {sender or 'postmaster'}) smtp.mailfrom={sender or domain}",
        f"dmarc={verdict} (p=NONE sp=NONE dis=NONE) header.from={_organisation(domain)}",
    ]
    return ";\r\n       ".join(lines)


@lru_cache(maxsize=256)
def _organisation(domain: str) -> str:
    """Return the domain that DMARC looks at: what is registered, without what its owner put before it."""
    return _suffixes().privatesuffix(domain) or domain


@cache
def _suffixes() -> PublicSuffixList:
    return PublicSuffixList()


def _domain(address: str) -> str:
    return address.rpartition("@")[2].lower()


def own_sender(user: User, fields: mime.Fields) -> mime.Fields:
    """Let nobody write in another's name: a foreign From becomes the account's own, as at Gmail."""
    authors = mime.addresses(fields, "From")
    own = {user.email.lower(), *(a.lower() for a in user.aliases)}
    if len(authors) == 1 and authors[0].lower() in own:
        return fields
    original = [mime.field("X-Google-Original-From", v) for v in mime.values(fields, "From")]
    sender = mime.field("From", formataddr((user.name, user.email)))
    return [sender, *original, *mime.without(fields, "From")]
