"""RFC 822 bytes taken apart and put together without ever failing on broken ones.

Header lines are edited as bytes, so that what somebody sent stays as they sent it. Knows no mailbox.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.policy import compat32
from email.utils import formataddr, getaddresses
from functools import lru_cache
from html import escape, unescape

Fields = list[tuple[str, bytes]]

_ADDRESS_HEADERS = frozenset(
    {"from", "to", "cc", "bcc", "reply-to", "sender", "delivered-to", "return-path", "resent-to"}
)
_FIELD_END = re.compile(rb"\r\n(?![ \t])")
_PLAIN_FIELD = re.compile(rb"[A-Za-z-]+:[ -~]*")
_MAY_HAVE_PARTS = re.compile(rb"^content-type:\s*(?:multipart|message)", re.IGNORECASE | re.MULTILINE)
_NAMING = frozenset({"content-disposition", "content-type"})
_PLAIN_TEXT = re.compile(
    rb"(?:content-type: text/plain(?:; charset=\"?utf-8\"?)?\r\n)?(?:content-transfer-encoding: [78]bit\r\n)?\r\n",
    re.IGNORECASE,
)
_UNSEEN = frozenset({"style", "script", "head", "title"})
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*|!)?[^<>]*>")
_REPLY_MARK = re.compile(r"^\s*(?:(?:re|fwd?|aw|wg|antw|sv|tr|rv|res)\s*(?:\[\d+\])?\s*:\s*)+", re.IGNORECASE)
_MOST_TEXT = 100_000
# What Python takes for charsets and no mail program means: slow, or making letters that can't be written.
_TRICKS = frozenset({"punycode", "idna", "unicode_escape", "raw_unicode_escape", "undefined"})


@dataclass(frozen=True, slots=True)
class Mail:
    """A normal message and what it comes apart into: its header fields and its body."""

    raw: bytes
    fields: Fields
    body: bytes


def read(raw: bytes | Mail) -> Mail:
    """Take a message apart, unless it is already."""
    if isinstance(raw, Mail):
        return raw
    raw = normal(raw)
    return Mail(raw, *split(raw))


def written(fields: Fields, body: bytes) -> Mail:
    """Put a message together."""
    return Mail(join(fields, body), fields, body)


def normal(raw: bytes) -> bytes:
    """Return a message with CRLF line ends, as Gmail keeps it."""
    return raw.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")


def split(raw: bytes) -> tuple[Fields, bytes]:
    """Return the header fields (name, whole line without its end) and the body of a normal message."""
    if raw.startswith(b"\r\n"):
        return [], raw[2:]
    head, _, body = raw.partition(b"\r\n\r\n")
    lines = _FIELD_END.split(head.removesuffix(b"\r\n"))
    return [(line.partition(b":")[0].decode("latin-1").strip(), line) for line in lines if line], body


def join(fields: Fields, body: bytes) -> bytes:
    return b"".join(line + b"\r\n" for _, line in fields) + b"\r\n" + body


def field(name: str, value: str) -> tuple[str, bytes]:
    """Make a header field; letters outside ASCII are written as UTF-8."""
    return name, f"{name}: {value}".encode()


def without(fields: Fields, *names: str) -> Fields:
    gone = {name.lower() for name in names}
    return [f for f in fields if f[0].lower() not in gone]


def values(fields: Fields, name: str) -> list[str]:
    """Return all values of a header, unfolded and decoded."""
    wanted = name.lower()
    return [decoded(wanted, line.partition(b":")[2]) for n, line in fields if n.lower() == wanted]


def values_of(fields: Fields, names: Collection[str]) -> dict[str, list[str]]:
    """Return all values of some headers, named in lower case, as ``values`` does, in one pass."""
    found: dict[str, list[str]] = {name: [] for name in names}
    for n, line in fields:
        if (name := n.lower()) in found:
            found[name].append(decoded(name, line.partition(b":")[2]))
    return found


def filled(fields: Fields) -> set[str]:
    """Return the names, in lower case, of the headers that hold something."""
    return {name.lower() for name, line in fields if line.partition(b":")[2].strip()}


def value(fields: Fields, name: str) -> str:
    return next(iter(values(fields, name)), "")


def decoded(name: str, content: bytes | str) -> str:
    """Return a header's value as people read it: unfolded, encoded words decoded."""
    text = _text(content) if isinstance(content, bytes) else _text(content.encode("utf-8", "surrogateescape"))
    text = text.replace("\r\n", "").replace("\n", "").strip()
    if "=?" not in text:
        return text
    if name.lower() in _ADDRESS_HEADERS:
        return ", ".join(_readable_address(n, a) for n, a in _address_list((text,))) or text
    return _words(text)


def addresses(fields: Fields, *names: str) -> list[str]:
    """Return the plain addresses in some headers, each once, in order."""
    wanted = [name.lower() for name in names]
    return list(_addresses(tuple([line for n, line in fields if n.lower() in wanted])))


def parse(raw: bytes) -> Message:
    """Parse a message. One too deeply nested to parse becomes a single text part."""
    try:
        return _single(raw) or message_from_bytes(raw, policy=compat32)
    except RecursionError:
        shell: Message = Message()
        shell["Content-Type"] = "text/plain"
        shell.set_payload(raw)
        return shell


def _single(raw: bytes) -> Message | None:
    """Return a message that has no parts, without looking for any; None when it may have some."""
    fields, body = split(raw)
    if not all(_PLAIN_FIELD.fullmatch(line) for _, line in fields) or _MAY_HAVE_PARTS.search(raw):
        return None
    made: Message = Message(policy=compat32)
    for name, line in fields:
        made[name] = line.partition(b":")[2].decode("ascii").lstrip(" \t")
    made.set_payload(body.decode("ascii", "surrogateescape"))
    return made


def leaves(message: Message) -> Iterator[Message]:
    """Go through the parts that hold content, whole attached messages among them."""
    waiting = [message]
    while waiting:
        part = waiting.pop()
        children = part.get_payload()
        if part.get_content_maintype() == "multipart" and isinstance(children, list):
            waiting.extend(c for c in reversed(children) if isinstance(c, Message))
        else:
            yield part


def filename(part: Message) -> str:
    if not any("name" in str(value).lower() for name, value in part.raw_items() if name.lower() in _NAMING):
        return ""
    try:
        name = part.get_filename() or ""
    except (LookupError, ValueError, TypeError):
        name = ""
    return decoded("filename", name)


def content(part: Message) -> bytes:
    """Return a part's content with its transfer encoding undone."""
    if isinstance(children := part.get_payload(), list):
        return b"\r\n".join(_whole(c) for c in children if isinstance(c, Message))
    try:
        payload = part.get_payload(decode=True)
    except (ValueError, LookupError):
        payload = None
    return payload if isinstance(payload, bytes) else str(children).encode("utf-8", "surrogateescape")


def text_of(part: Message) -> str:
    """Return a text part's words, whatever its charset claims; HTML without its tags."""
    raw = content(part)[: 4 * _MOST_TEXT]
    try:
        charset = part.get_content_charset("utf-8")
    except (LookupError, ValueError):
        charset = None
    text = _decoded(raw, charset)[:_MOST_TEXT]
    return _plain(text) if part.get_content_type() == "text/html" else text


def plain_text(raw: bytes) -> str | None:
    """Return the words of a message that is nothing but text in UTF-8, as most are; None of any other."""
    head = _PLAIN_TEXT.match(raw)
    return raw[head.end() :][: 4 * _MOST_TEXT].decode("utf-8", "replace")[:_MOST_TEXT] if head else None


def snippet(text: str) -> str:
    """Return the beginning of a text as Gmail shows it in lists: one line, HTML-escaped."""
    line = " ".join(text[:1000].split())
    if len(line) > 200:
        line = line[:200].rpartition(" ")[0] or line[:200]
    return escape(line, quote=True).replace("&#x27;", "&#39;")


def plain_subject(subject: str) -> str:
    """Return a subject as threads compare it: without reply marks, in lower case, spaces made even."""
    return " ".join(_REPLY_MARK.sub("", subject).lower().split())


def part(content_type: str, text: str, *headers: tuple[str, bytes]) -> bytes:
    """Write a text as a part of a multipart message, in base64."""
    kind = field("Content-Type", f'{content_type}; charset="UTF-8"')
    fields = [kind, field("Content-Transfer-Encoding", "base64"), *headers]
    return join(fields, normal(base64.encodebytes(text.encode())))


def multipart(content_type: str, boundary: str, *parts: bytes) -> tuple[tuple[str, bytes], bytes]:
    """Return the Content-Type field and the body that holds some parts.

    The boundary is the caller's, who sees to it that no part contains it (base64 never does contain ``=_``).
    """
    mark = f"--{boundary}".encode()
    body = b"".join(mark + b"\r\n" + one + b"\r\n" for one in parts) + mark + b"--\r\n"
    return field("Content-Type", f'{content_type}; boundary="{boundary}"'), body


def to_text(raw: bytes) -> str:
    """Return base64url with padding, as Gmail writes bytes."""
    return base64.urlsafe_b64encode(raw).decode()


def from_text(text: str) -> bytes:
    """Read base64 of either alphabet, padded or not."""
    clean = text.strip().replace("-", "+").replace("_", "/").rstrip("=")
    return base64.b64decode(clean + "=" * (-len(clean) % 4))


def _text(content: bytes) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("latin-1")


def _unfolded(line: bytes) -> str:
    return _text(line.partition(b":")[2]).replace("\r\n", "").strip()


def _words(text: str) -> str:
    try:
        pieces = decode_header(text)
    except (HeaderParseError, ValueError):
        return text
    return "".join(p if isinstance(p, str) else _decoded(p, charset) for p, charset in pieces)


def _decoded(content: bytes, charset: str | None) -> str:
    """Decode bytes; a charset that is unknown, or a trick rather than a charset, counts as Latin-1."""
    name = (charset or "latin-1").lower().replace("-", "_")
    if name not in _TRICKS:
        try:
            return content.decode(name, "replace")
        except (LookupError, ValueError):
            pass
    return content.decode("latin-1")


@lru_cache(maxsize=256)
def _addresses(lines: tuple[bytes, ...]) -> tuple[str, ...]:
    found = _address_list(tuple(_unfolded(line) for line in lines))
    return tuple(dict.fromkeys(a for _, a in found if "@" in a))


@lru_cache(maxsize=256)
def _address_list(lines: tuple[str, ...]) -> list[tuple[str, str]]:
    try:
        return getaddresses([line[:_MOST_TEXT] for line in lines])
    except RecursionError:  # a thousand nested comments
        return []


def _whole(part: Message) -> bytes:
    try:
        return part.as_bytes()
    except (RecursionError, LookupError, ValueError, AttributeError):
        return b""


def _readable_address(name: str, address: str) -> str:
    words = _words(name)
    if not words or words.isascii():
        return formataddr((words, address))
    special = any(c in words for c in '()<>@,;:"[]\\')
    return f'"{words}" <{address}>' if special else f"{words} <{address}>"


def _plain(text: str) -> str:
    """Return HTML without tags and without what browsers don't show, in one pass."""
    pieces, at, inside = [], 0, ""
    for tag in _TAG.finditer(text):
        if not inside:
            pieces.append(text[at : tag.start()])
        name = (tag[2] or "").lower()
        if not inside and not tag[1] and name in _UNSEEN:
            inside = name
        elif tag[1] and name == inside:
            inside = ""
        at = tag.end()
    return unescape(" ".join([*pieces, "" if inside else text[at:]]))
