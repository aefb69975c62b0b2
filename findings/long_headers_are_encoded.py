"""Python's e-mail policies rewrite a long header without spaces as encoded words, identifiers and keys included.

CPython 3.11 and 3.13, 2026-11-28: with ``policy.SMTP`` a value of 78 characters and more no longer compares equal on the other
side. Keys stay shorter or are written unbroken (``letters/message.py``).
"""

from __future__ import annotations

from email import policy
from email.message import EmailMessage

from told import verdict

message = EmailMessage(policy=policy.SMTP)
message["X-Key"] = "k" * 100
message.set_content("x")
line = next(part for part in message.as_bytes().split(b"\r\n") if part.startswith(b"X-Key") or b"=?" in part)
verdict(package="python", as_found=b"=?utf-8?" in message.as_bytes(), shown=line[:60])
