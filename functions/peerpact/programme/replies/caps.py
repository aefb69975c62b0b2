"""What of a mail goes before it is parsed: attachments, and what is beyond caps on size, lines, parts and nesting.

One pass over the bytes, so that twenty megabytes cost a fraction of a second and no second copy.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

MOST_RAW = 60_000_000
"""Gmail takes 25 MB, which grow by a third on their way, and some senders' headers."""
MOST_BYTES = 3_000_000
MOST_PARTS = 60
_MOST_LINES = 30_000
_MOST_NESTED = 20
_LONGEST_HEADERS = 64_000
_LONGEST_PART_HEADERS = 4_000

_BLANK_LINE = re.compile(rb"\r?\n\r?\n")
_PART = re.compile(rb"\ncontent-type[ \t]*:", re.IGNORECASE)
_NEST = re.compile(rb"content-type[ \t]*:[ \t\r\n]*(?:multipart|message)/", re.IGNORECASE)
_DELIMITER = re.compile(rb"\n--[^\r\n]{1,200}\r?(?=\n)")
_KIND = re.compile(rb"(?:^|\n)content-type[ \t]*:\s*([\w.+-]+)/([\w.+-]+)", re.IGNORECASE)
_ATTACHED = re.compile(rb"\ncontent-disposition[ \t]*:\s*attachment", re.IGNORECASE)
_INTERNATIONAL = re.compile(
    rb"(content-type[ \t]*:\s*)message/global-(?=delivery-status|disposition-notification)", re.IGNORECASE
)
"""Reports of RFC 6533 have the shape of their elders, but the parser only knows those."""
_READ = frozenset({b"text", b"multipart", b"message"})


def capped(raw: bytes) -> bytes:
    """Return a mail without its attachments, and no longer than is read of one."""
    raw = _without_attachments(raw[:MOST_RAW])[:MOST_BYTES]
    raw = _INTERNATIONAL.sub(rb"\1message/", raw)
    blank = _BLANK_LINE.search(raw)
    if blank is None or blank.start() > _LONGEST_HEADERS:
        raw = raw[:_LONGEST_HEADERS] + b"\n\n" + (raw[blank.end() :] if blank else b"")
    for cut in (_nth(_PART, raw, MOST_PARTS), _nth(_NEST, raw, _MOST_NESTED), _nth_line(raw)):
        raw = raw[:cut]
    return raw


def _nth(pattern: re.Pattern[bytes], raw: bytes, number: int) -> int:
    for count, found in enumerate(pattern.finditer(raw)):
        if count == number:
            return found.start()
    return len(raw)


def _nth_line(raw: bytes) -> int:
    """Where the last line that is read ends; most mail has none."""
    if raw.count(b"\n") < _MOST_LINES:
        return len(raw)
    at = -1
    for _ in range(_MOST_LINES):
        at = raw.find(b"\n", at + 1)
    return at


def _without_attachments(raw: bytes) -> bytes:
    """Leave out parts that are never opened: all that isn't text or holds parts, and texts that are attached."""
    if raw.count(b"\n--") < 2:
        return raw
    return b"".join(_read_parts(raw))


def _read_parts(raw: bytes) -> Iterator[bytes]:
    start = 0
    skipping = False
    for found in _DELIMITER.finditer(raw):
        if skipping:
            start = found.start()
        skips = _is_attachment(raw[found.end() : found.end() + _LONGEST_PART_HEADERS])
        if skips and not skipping:
            yield raw[start : found.start()]
        skipping = skips
    if not skipping:
        yield raw[start:]


def _is_attachment(headers: bytes) -> bool:
    blank = _BLANK_LINE.search(headers)
    headers = headers[: blank.start()] if blank else b""
    kind = _KIND.search(headers)
    if kind is None:
        return False
    main, sub = kind[1].lower(), kind[2].lower()
    if main not in _READ:
        return True
    return main == b"text" and sub != b"calendar" and bool(_ATTACHED.search(headers))
