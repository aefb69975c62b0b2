"""From raw bytes to headers, parts and text, by the standard library's parser, with caps before it runs."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes
from email.errors import MessageError
from email.header import decode_header
from email.message import Message
from email.utils import getaddresses, parsedate_to_datetime

from peerpact.programme.replies.caps import MOST_PARTS, capped
from peerpact.programme.replies.clean_text import cleaned_line
from peerpact.programme.replies.reactions import REACTION_TYPE, reaction_of

_LONGEST_HEADER = 8_000
_LONGEST_CONTENT_HEADER = 2_000
_MOST_TEXT_BYTES = 400_000
_MOST_TEXTS = 8

_ANSWERS = frozenset({"REPLY", "COUNTER", "REFRESH", "DECLINECOUNTER"})
"""Calendar methods of an answer. Others are an invitation, unless somebody attached a calendar file to their words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What a message's parts hold; ``plain`` and ``markup`` are of the same body, either may be empty."""

    plain: str = ""
    markup: str = ""
    reaction: str = ""
    """The emoji of a mail that is a reaction."""
    calendar_methods: frozenset[str] = frozenset()
    types: frozenset[str] = frozenset()


def parsed(raw: bytes) -> Message:
    """Parse what is left of the message after the caps on size, lines, parts and nesting."""
    message = message_from_bytes(capped(raw))
    for part in _parts(message):
        _tame(part)
    return message


def _tame(part: Message) -> None:
    """Drop headers about the content whose parameters would take long to read."""
    for name in ("Content-Type", "Content-Disposition"):
        if any(len(str(value)) > _LONGEST_CONTENT_HEADER for value in part.get_all(name, [])):
            del part[name]


def header(message: Message, name: str) -> str:
    """Return a header as one clean, decoded line; empty if it isn't there."""
    return decoded(next(iter(raw_headers(message, name)), ""))


def raw_headers(message: Message, name: str) -> list[str]:
    """Return the values as they came; bytes that nobody encoded are read as UTF-8, else as Windows-1252."""
    wanted = name.casefold()
    values = [str(v)[:_LONGEST_HEADER] for n, v in message.raw_items() if n.casefold() == wanted]
    return [v if v.isascii() else _text_of(v.encode("utf-8", "surrogateescape"), None) for v in values[:20]]


def decoded(value: str) -> str:
    """Decode RFC 2047 words; what can't be decoded stays as it is."""
    value = value[:_LONGEST_HEADER]
    with contextlib.suppress(MessageError, LookupError, ValueError):
        value = "".join(_text_of(chunk, charset) for chunk, charset in decode_header(value))
    return cleaned_line(value)


def addresses(message: Message, *names: str) -> tuple[tuple[str, str], ...]:
    """Return (name, lower-case address) for each address in these headers, at most 200."""
    values = [value for name in names for value in raw_headers(message, name)]
    found: list[tuple[str, str]] = []
    for value in values:
        with contextlib.suppress(ValueError, IndexError, RecursionError):
            found += getaddresses([" ".join(value.split())])
    return tuple((decoded(name), cleaned_line(a).casefold()) for name, a in found[:200] if "@" in a)


def sent_at(message: Message) -> datetime | None:
    with contextlib.suppress(ValueError, TypeError, IndexError, OverflowError):
        return parsedate_to_datetime(str(message.get("Date", ""))[:200])
    return None


def parts_of(message: Message) -> Parts:
    """Return the texts of the body, which a picture may part in several; attachments are never opened."""
    plain: list[str] = []
    markup: list[str] = []
    methods, types, reaction = set(), set(), ""
    for part in _parts(message):
        kind = _kind(part)
        types.add(kind)
        if part.is_multipart():
            continue
        if kind == REACTION_TYPE:
            reaction = reaction or reaction_of(text_of(part))
        elif kind == "text/calendar":
            method = _calendar_method(part)
            methods |= {method} if method in _ANSWERS or not _is_attached(part) else set()
        elif _is_attached(part) or part.get_filename():
            continue
        elif kind == "text/plain":
            plain.append(text_of(part))
        elif kind == "text/html":
            markup.append(text_of(part))
    plain, markup = plain[:_MOST_TEXTS], markup[:_MOST_TEXTS]
    return Parts(
        plain="\n".join(plain)[:_MOST_TEXT_BYTES],
        markup="\n".join(markup)[:_MOST_TEXT_BYTES],
        reaction=reaction,
        calendar_methods=frozenset(methods),
        types=frozenset(types),
    )


def _kind(part: Message) -> str:
    """Return a part's type; one that says it has parts, and has none, is the text that it holds."""
    kind = part.get_content_type()
    if part.is_multipart() or not kind.startswith("multipart/"):
        return kind
    start = str(part.get_payload())[:400].lstrip().casefold()
    return "text/html" if start.startswith(("<html", "<!doctype", "<div", "<p>")) else "text/plain"


def _is_attached(part: Message) -> bool:
    return part.get_content_disposition() == "attachment"


def text_of(part: Message) -> str:
    """Decode a part's text by its declared charset, else UTF-8, else Windows-1252."""
    payload = part.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    if len(data) > _MOST_TEXT_BYTES:
        lines = data[: data.rfind(b"\n", 0, _MOST_TEXT_BYTES) + 1]
        data = lines if lines.strip() else data[:_MOST_TEXT_BYTES]
    return _text_of(data, _charset(part))


def _parts(message: Message) -> Iterator[Message]:
    """Walk without recursion, not into attached messages."""
    waiting = [message]
    for _ in range(4 * MOST_PARTS):
        if not waiting:
            return
        part = waiting.pop()
        yield part
        inner = part.get_payload() if part.is_multipart() else None
        if isinstance(inner, list) and part.get_content_maintype() == "multipart":
            waiting += [p for p in reversed(inner) if isinstance(p, Message)]


def _calendar_method(part: Message) -> str:
    declared = part.get_param("method")
    if isinstance(declared, str):
        return declared.upper()
    found = re.search(r"^METHOD:([A-Z-]{1,20})\s*$", text_of(part)[:5000], re.MULTILINE)
    return found[1] if found else ""


def _charset(part: Message) -> str | None:
    with contextlib.suppress(LookupError, ValueError, UnicodeError):
        return part.get_content_charset()
    return None


def _text_of(chunk: str | bytes, charset: str | None) -> str:
    if isinstance(chunk, str):
        return chunk
    for name in (_known_charset(charset), "utf-8", "cp1252"):
        with contextlib.suppress(LookupError, ValueError):
            if name:
                return chunk.decode(name)
    return chunk.decode(_known_charset(charset) or "utf-8", errors="replace")


def _known_charset(name: str | None) -> str | None:
    """Only codecs that read text: Python's registry also holds zip, base64 and the like."""
    known = {
        "gb2312": "gb18030",
        "gbk": "gb18030",
        "ks_c_5601-1987": "cp949",
        "euc-kr": "cp949",
        "iso-8859-1": "cp1252",
        "unicode-1-1-utf-7": "utf-7",
        "iso-8859-8-i": "iso-8859-8",
        "x-sjis": "cp932",
        "shift_jis": "cp932",
        "big5": "big5hkscs",
        "x-gbk": "gb18030",
    }
    if not name:
        return None
    folded = name.strip().casefold()
    candidate = known.get(folded, folded)
    if not re.fullmatch(
        r"(?:utf|iso|cp|windows|koi8|gb|big5|euc|shift|mac|tis|latin|ansi|hz|johab)[\w\-]{0,20}", candidate
    ):
        return None
    with contextlib.suppress(LookupError, ValueError):
        "".encode(candidate)
        return candidate
    return None
