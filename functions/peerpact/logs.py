"""Log lines: one JSON object each, with Cloud Logging's own field names, and nobody's names, addresses or words.

Fields that Cloud Logging takes out of a line: ``severity`` and ``message`` (cloud.google.com/logging/docs/
structured-logging). The others are ours; only those listed here leave.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import logging
import re
import sys
from collections.abc import Mapping
from contextvars import ContextVar
from typing import Any, TextIO

log = logging.getLogger("peerpact")
job: ContextVar[str] = ContextVar("job", default="")
"""Which job is running, for all lines of its run."""
key_secret: ContextVar[bytes] = ContextVar("key_secret", default=b"")
"""What the names of keys in log lines are made with; without it, they have none."""
FIELDS = ("job", "action", "key", "result", "status", "reason")
_ADDRESS = re.compile(r"[^\s\"'<>:,;/]+@[^\s\"'<>:,;/]+")


def opaque(key: str, secret: bytes | None = None) -> str:
    """Return the name that log lines have for a key: nobody without the installation's log key can tell it.

    Keys can be guessed, as they are made of people and months; so each is hashed with a secret that is used for nothing
    else. ``peerpact trace`` takes both.
    """
    secret = secret or key_secret.get()
    digest = hmac.digest(secret, key.encode(), hashlib.sha256) if secret else b""
    return "k-" + base64.b32hexencode(digest).decode().lower()[:16] if digest else "(no log key)"


def note(action: str, key: str, result: str) -> None:
    """Log what came of one action."""
    said = {"action": action, "key": opaque(key), "result": result}
    log.info("%s %s", action, result, extra=said)


def line(severity: str, what: Mapping[str, object], message: str) -> str:
    """Return one line, with addresses taken out of everything that it says."""
    whole = {"severity": severity, "message": message, **what}
    return json.dumps({k: without_addresses(v) for k, v in whole.items()}, ensure_ascii=False)


def without_addresses(value: object) -> object:
    return _ADDRESS.sub("(address)", value) if isinstance(value, str) else value


def to_stream(stream: TextIO | None = None) -> logging.Handler:
    """Let Peerpact's log lines go to a stream (standard output unless told otherwise), one JSON object each."""
    handler = logging.StreamHandler(stream or sys.stdout)
    handler.setFormatter(_Lines())
    log.handlers = [handler]
    log.setLevel(logging.INFO)
    log.propagate = False
    return handler


class _Lines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        said: dict[str, Any] = {"job": job.get()} | vars(record)
        fields = {name: said[name] for name in FIELDS if said.get(name) not in (None, "")}
        return line(record.levelname, fields, record.getMessage())
