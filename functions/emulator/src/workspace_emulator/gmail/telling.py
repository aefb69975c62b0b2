"""What a message tells lists and searches: read off it once, however many copies of it there are."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from typing import Any

from workspace_emulator.gmail import mime
from workspace_emulator.gmail.words import normal_words

_MOST_BODY_WORDS = 100_000
_SEARCHED = ("from", "to", "cc", "bcc", "list-id", "subject")
_READ = frozenset((*_SEARCHED, "message-id", "references", "in-reply-to"))
_TOLD_LATELY = 4_096
_told_lately: dict[bytes, tuple[str, tuple[str, ...], str]] = {}


@dataclass(frozen=True, slots=True)
class Told:
    """The part of a message's document that copies have in common, and the words of its body."""

    document: dict[str, Any]
    words: str

    def delivered_to(self, recipient: str) -> Told:
        """Return what a copy tells that has only been given the lines of its way."""
        words = {**self.document["words"], "delivered-to": normal_words(recipient)}
        return Told({**self.document, "words": words}, self.words)


def told_by(mail: mime.Mail) -> Told:
    """Read a message."""
    content, read, to = [], [], []
    for field in mail.fields:
        name = field[0].lower()
        if name in _READ:
            read.append(field)
        elif name.startswith("content-"):
            content.append(field)
        elif name == "delivered-to":
            to.append(field)
    text, names, words = _content(mime.join(content, mail.body))
    head = _head(tuple(read))
    delivered_to = normal_words(" ".join(mime.values(to, "Delivered-To"))) if to else ""
    document = {
        **head,
        "snippet": text,
        "filenames": normal_words(" ".join(names)),
        "hasAttachment": bool(names),
        "words": {**head["words"], "delivered-to": delivered_to},
    }
    return Told(document, words)


@lru_cache(maxsize=64)
def _head(fields: tuple[tuple[str, bytes], ...]) -> dict[str, Any]:
    """Return what is told by the header fields that copies of a message have in common."""
    headers = mime.values_of(list(fields), _READ)
    return {
        "subject": next(iter(headers["subject"]), ""),
        "rfc822msgid": next(iter(headers["message-id"]), "").strip("<> "),
        "references": _references([*headers["references"], *headers["in-reply-to"]]),
        "words": {name: normal_words(" ".join(headers[name])) for name in _SEARCHED},
    }


def _content(raw: bytes) -> tuple[str, tuple[str, ...], str]:
    """Return the snippet, the files' names and the words of what copies of a message have in common.

    A draft is read when it is made, and sent after thousands of others: what it told is found by its digest.
    """
    key = blake2b(raw, digest_size=16).digest()
    known = _told_lately.pop(key, None)
    if known is None:
        known = _read(raw)
        if len(_told_lately) >= _TOLD_LATELY:
            del _told_lately[next(iter(_told_lately))]
    _told_lately[key] = known
    return known


def _read(raw: bytes) -> tuple[str, tuple[str, ...], str]:
    if (plain := mime.plain_text(raw)) is not None:
        return mime.snippet(plain), (), normal_words(plain[:_MOST_BODY_WORDS])
    parts = [(part, mime.filename(part)) for part in mime.leaves(mime.parse(raw))]
    texts = {
        kind: [(mime.text_of(p), name) for p, name in parts if p.get_content_type() == kind]
        for kind in ("text/plain", "text/html")
    }
    read = next((text for kind in texts.values() for text, name in kind if not name), "")
    words = normal_words("\n".join(text for kind in texts.values() for text, _ in kind)[:_MOST_BODY_WORDS])
    return mime.snippet(read), tuple(name for _, name in parts if name), words


def _references(lines: list[str]) -> list[str]:
    ids = (word.strip("<>,") for word in " ".join(lines).replace("><", "> <").split())
    return list(dict.fromkeys(i for i in ids if i))[-200:]
