"""Reactions: a mail that is nothing but an emoji to one of ours. It says no words, and so promises nothing."""

from __future__ import annotations

import json
import re

from peerpact.programme.replies.client_words import client_words

REACTION_TYPE = "text/vnd.google.email-reaction+json"
"""Gmail's part. https://developers.google.com/workspace/gmail/reactions/format"""
_LONGEST_PART = 2_000
_LONGEST_TEXT = 600
_LONGEST_EMOJI = 24
_TAPBACK = re.compile(r"^\W*([^\W\d_]+(?: \S+){0,2}) [“\"„«‟](.{1,500})[”\"“»…]\W*$", re.DOTALL)
_TICKS = "✓✔✅☑✗✘❌🗸👎"
_ABOUT_GMAIL = "google.com/gmail/about"


def reaction_of(part: str) -> str:
    """Return the emoji that Gmail's part tells; empty where it tells none."""
    try:
        told = json.loads(part[:_LONGEST_PART])
    except ValueError:
        return ""
    emoji = told.get("emoji") if isinstance(told, dict) else None
    return emoji if isinstance(emoji, str) and _is_emoji(emoji) else ""


def reaction_in(text: str) -> str:
    """Return the emoji or the verb of a text that only says that somebody reacted; else an empty text."""
    folded = " ".join(text.split())
    if not folded or len(folded) > _LONGEST_TEXT:
        return ""
    first = text.strip().split("\n")[0].strip()
    words = client_words().reactions
    told = any(said in folded.casefold() for said in words.said)
    if _is_emoji(first) and (told or _ABOUT_GMAIL in folded):
        return first
    tapback = _TAPBACK.match(folded)
    if tapback and tapback[1].casefold().startswith(words.tapbacks):
        return tapback[1]
    return first.split()[-1] if told and len(folded.split()) <= 12 else ""


def _is_emoji(text: str) -> bool:
    return len(text) <= _LONGEST_EMOJI and not any(c.isalnum() or c.isspace() for c in text)


def is_only_a_gesture(text: str) -> bool:
    """Tell of a thumb alone: it may say "done" and it may say "seen"; a tick says what it says."""
    return not any(c.isalnum() or c in _TICKS for c in text)
