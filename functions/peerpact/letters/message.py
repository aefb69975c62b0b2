"""From a rendered letter to the e-mail that leaves, and the proof that it goes to whom it is meant for.

A name comes from a roster that anybody in the People team may edit, so it is reduced to what can be nothing but a name,
and the finished bytes are read again, by a parser that knows nothing of how they were written.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Sequence
from email import policy
from email.errors import HeaderParseError
from email.headerregistry import Address, HeaderRegistry
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import getaddresses
from typing import Any

from peerpact.errors import LetterError
from peerpact.letters.kinds import Sender
from peerpact.letters.rendering import Rendered, one_line
from peerpact.programme.people import Person
from peerpact.programme.sentences import say

LONGEST_NAME = 60
"""Of a name in a header; longer ones are cut, for show only."""
LONGEST_SUBJECT = 250
_NOT_IN_NAMES = frozenset('<>@,;:"\\()[]=?')
"""What could make more of a display name than a name (RFC 5322 specials; the signs of RFC 2047's encoded words)."""
_IDENTIFIERS = frozenset({"message-id", "in-reply-to", "references", "x-peerpact", "list-unsubscribe"})


class _Headers(HeaderRegistry):
    """Makes the class of a header once; the standard library makes one for each header of each mail."""

    def __init__(self) -> None:
        super().__init__()
        self._made: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        name = name.lower()
        if name not in self._made:
            self._made[name] = super().__getitem__(name)
        return self._made[name]


class _Unbroken(policy.EmailPolicy):
    """Headers that hold identifiers are written in one line: the standard folding makes encoded words of long ones."""

    def fold_binary(self, name: str, value: Any) -> bytes:
        if name.lower() in _IDENTIFIERS and str(value).isascii():
            return f"{name}: {value}{self.linesep}".encode("ascii")
        return bytes(super().fold_binary(name, value))

    def fold(self, name: str, value: Any) -> str:
        if name.lower() in _IDENTIFIERS and str(value).isascii():
            return f"{name}: {value}{self.linesep}"
        return str(super().fold(name, value))


HEADERS = _Headers()
_POLICY = _Unbroken(linesep="\r\n", utf8=False, header_factory=HEADERS)
_READ_BY = policy.SMTP.clone(header_factory=HEADERS)


class Written(EmailMessage):
    """A letter that changes no more once its bytes were made: those that were read again are those that leave."""

    _bytes: bytes | None = None

    def as_bytes(self, unixfrom: bool = False, policy: policy.Policy | None = None) -> bytes:
        if unixfrom or policy:
            return super().as_bytes(unixfrom, policy)
        if self._bytes is None:
            self._bytes = super().as_bytes()
        return self._bytes


def message(
    rendered: Rendered,
    *,
    sender: Sender,
    to: Person,
    reply_to: str,
    key: str,
    in_reply_to: str = "",
    is_answer: bool = False,
    leaving: str = "",
    about: Sequence[str] = (),
    file: tuple[str, str] | None = None,
) -> EmailMessage:
    """Return the e-mail: text and HTML, marked as ours.

    ``file``: the name and text of a file that goes with it.
    ``about``: what its header X-Peerpact-About says of it, for a ledger that lost its row.
    ``leaving``: what its header List-Unsubscribe (RFC 2369) offers. There is none for one click (RFC 8058), as that
    needs a public address.

    Raises:
        LetterError: its bytes, read again, don't go to this one person from this one mailbox.
    """
    mail = Written(policy=_POLICY)
    mail["From"] = _address(sender.programme_name, sender.mailbox)
    mail["To"] = _address(to.name, to.email)
    mail["Reply-To"] = _address(sender.programme_name, reply_to or sender.mailbox)
    mail["Subject"] = _subject(rendered.subject)
    mail["Message-ID"] = _message_id(key, sender)
    if in_reply_to:
        mail["In-Reply-To"] = mail["References"] = one_line(in_reply_to)
    if leaving:
        mail["List-Unsubscribe"] = f"<{leaving}>"
    _mark(mail, key, about, is_answer=is_answer)
    mail.set_content(rendered.text)
    mail.add_alternative(rendered.html, subtype="html")
    _attach(mail, file)
    meant = {"From": sender.mailbox, "To": to.email, "Reply-To": reply_to or sender.mailbox}
    hold_against(mail.as_bytes(), meant | {"Subject": _subject(rendered.subject)})
    return mail


def _mark(mail: EmailMessage, key: str, about: Sequence[str], *, is_answer: bool) -> None:
    """Say which letter it is, and of an answer that no machine is to answer it (RFC 3834).

    Others are not marked as automatic: a responder that tells of somebody's leave would keep silent. By its key a
    letter is known where a spreadsheet lost its row.
    """
    if is_answer:
        mail["Auto-Submitted"] = "auto-replied"
        mail["X-Auto-Response-Suppress"] = "OOF, AutoReply"
    mail["X-Peerpact"] = one_line(key)
    if about:
        mail["X-Peerpact-About"] = one_line(" ".join(about))


def _attach(mail: EmailMessage, file: tuple[str, str] | None) -> None:
    if file:
        mail.add_attachment(file[1].encode(), maintype="application", subtype="json", filename=file[0])


def _message_id(key: str, sender: Sender) -> str:
    return f"<{hashlib.sha256(key.encode()).hexdigest()[:40]}@{sender.mailbox.rpartition('@')[2]}>"


def display_name(name: str) -> str:
    """Return a name as headers may hold it: no control, format or direction marks, and no sign that means more."""
    shown = "".join(
        " " if c in _NOT_IN_NAMES or _is_unseen(c) else c for c in unicodedata.normalize("NFC", name)
    )
    return one_line(shown)[:LONGEST_NAME].strip()


def _is_unseen(character: str) -> bool:
    return unicodedata.category(character) in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def _subject(text: str) -> str:
    """Return a subject as a header may hold it: where a space that holds words together is folded, it is lost."""
    seen = "".join(" " if _is_unseen(c) or unicodedata.category(c) == "Zs" else c for c in text)
    line = one_line(seen.replace("=?", "= ?"))
    return line if len(line) <= LONGEST_SUBJECT else f"{line[: LONGEST_SUBJECT - 1].rstrip()}…"


def _address(name: str, address: str) -> Address:
    try:
        return Address(display_name=display_name(name), addr_spec=address)
    except (HeaderParseError, ValueError, IndexError) as error:
        raise LetterError(
            say("The mail is not sent: “{address}” is no e-mail address. Correct it.", address=address)
        ) from error


def hold_against(written: bytes, meant: dict[str, str]) -> None:
    """Read the bytes that would leave; recipients must be those that were meant, once each, and no others."""
    head = written.partition(b"\r\n\r\n")[0]
    compat = BytesParser(policy=policy.compat32).parsebytes(head, headersonly=True)
    modern = BytesParser(policy=_READ_BY).parsebytes(head, headersonly=True)
    for name in ("From", "To", "Reply-To"):
        found = [address for _, address in getaddresses(compat.get_all(name, []))]
        agreed = [a.addr_spec for header in modern.get_all(name, []) for a in header.addresses]
        if [found, agreed] != [[meant[name]], [meant[name]]]:
            raise LetterError(
                say(
                    "The mail is not sent: its {header} would not be {meant} alone. Correct the name and the "
                    "address on Roster, or the programme's name on Settings.",
                    header=name,
                    meant=meant[name],
                )
            )
    if modern.get_all("Cc", []) or modern.get_all("Bcc", []):
        raise LetterError(say("The mail is not sent: it would have a copy for somebody else."))
    # A subject that fits into a line of its own begins on the next one, which is read as a space before it.
    if [str(s).strip() for s in modern.get_all("Subject", [])] != [meant["Subject"]]:
        raise LetterError(say("The mail is not sent: its subject can't be written as it was meant."))
