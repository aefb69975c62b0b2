"""A reaction says no words: its part is read, and nothing of it is somebody's text."""

from __future__ import annotations

import json

import pytest

from peerpact.programme.replies.reply import MailKind, Reply, read_reply

GMAIL = "https://www.google.com/gmail/about/?utm_source=gmail-in-product"


def _reaction(part: str, *, plain: str = f"👍\n\nAnna Lindqvist reacted via Gmail\n<{GMAIL}>") -> Reply:
    kinds = ("text/plain; charset=utf-8", "text/vnd.google.email-reaction+json", "text/html; charset=utf-8")
    bodies = (plain, part, f'<p>👍</p><p>Anna reacted via <a href="{GMAIL}">Gmail</a></p>')
    parts = "".join(f"--b\nContent-Type: {k}\n\n{b}\n" for k, b in zip(kinds, bodies, strict=True))
    head = "From: anna@example.com\nContent-Type: multipart/alternative; boundary=b\n\n"
    return read_reply(f"{head}{parts}--b--\n".encode())


@pytest.mark.parametrize("emoji", ["👍", "❤️", "🎉", "👍🏽", "👨‍👩‍👧", "✅"])
def test_reads_the_part_that_tells_a_reaction(emoji: str) -> None:
    reply = _reaction(json.dumps({"version": 1, "emoji": emoji}))
    assert (reply.kind, reply.text, reply.reaction) == (MailKind.ANSWER, "", emoji)


@pytest.mark.parametrize(
    "part", ["", "{", "[]", '{"emoji": 3}', '{"emoji": "I will send the report"}', "null"]
)
def test_takes_no_words_from_such_a_part(part: str) -> None:
    assert _reaction(part).text == ""


TOLD = [
    "👍\n\nAnna Lindqvist hat über Gmail reagiert",
    "🎉\n\nAnna a réagi via Gmail",
    "❤️\n\nAnna Lindqvist reaccionó a través de Gmail",
    "Anna Lindqvist reacted to your message:",
    "Liked “How did it go? Reply with the number and a word”",
    'Loved "these are the things you promised"',
    "Laughed at “Ask Maria for feedback on my talk”",
]

SAID = [
    "👍",
    "👍 done, thanks",
    "✅ 1",
    "I liked “Thinking, Fast and Slow”",
    'Finished "Deep Work"',
    "Everybody reacted well to the talk that I gave, and I will write the second part of it next month.",
    'Read "Deep Work"',
]


@pytest.mark.parametrize("text", TOLD)
def test_knows_a_reaction_by_what_it_says(text: str) -> None:
    reply = read_reply(
        f"From: anna@example.com\nContent-Type: text/plain; charset=utf-8\n\n{text}\n".encode()
    )
    assert (reply.text, bool(reply.reaction)) == ("", True)


@pytest.mark.parametrize("text", SAID)
def test_leaves_words_and_emoji_of_somebodys_own(text: str) -> None:
    reply = read_reply(
        f"From: anna@example.com\nContent-Type: text/plain; charset=utf-8\n\n{text}\n".encode()
    )
    assert (reply.text, reply.reaction) == (text, "")
