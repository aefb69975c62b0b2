"""What of ours a mail may quote: the letters that it can have answered, their promises, the answers that they offer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache

from peerpact.programme import languages
from peerpact.programme.correspondence import LetterRecord
from peerpact.programme.replies.ours import OurLetters
from peerpact.programme.replies.seen import MailSeen, RepliesSeen, is_taken

MOST_QUOTED = 4
"""So many letters of ours are looked up for one answer: a thread holds a letter, a reminder and what was said back."""


_SHORT, _LONG = re.compile(r"\\\{(?:day|first)\\\}"), re.compile(r"\\\{promise\\\}")
_WRAPPED = re.compile(r"\r?\n {2}(?=[^\s*])")
"""Before what a point of a letter goes on with."""


def ours_in_any(seen: RepliesSeen, sentences: str) -> OurLetters:
    """Return what every answer may quote: our sentences, and who we are."""
    return OurLetters(
        addresses=(seen.mailbox,),
        names=(seen.programme.settings.programme_name, "Peerpact"),
        bodies=(sentences,),
        repeated=_offered(),
        references=frozenset(letter.reference for letter in seen.letters.values()),
    )


def ours_in(
    mail: MailSeen,
    letters: Sequence[LetterRecord],
    bodies: Sequence[str],
    ours: OurLetters,
    seen: RepliesSeen,
) -> OurLetters:
    """Return what one mail may quote besides: these letters, of which those that were looked up say ``bodies``.

    A point of a letter is one line, however many it takes there: who answers with it doesn't quote two.
    """
    bodies = [_WRAPPED.sub(" ", body) for body in bodies]
    promised = () if is_taken(mail.id, seen.replies) else _promised_between(letters, seen)
    return replace(
        ours,
        bodies=(*bodies, *ours.bodies, "\n".join(promised)),
        repeated=(*ours.repeated, *promised, *_offered_with_days(bodies)),
    )


def sent_before(mail: MailSeen, letters: Iterable[LetterRecord]) -> list[LetterRecord]:
    """Return the letters that a mail may quote: none that came after it, as what we said back to it."""
    answers = f"acknowledgement:{mail.id}"
    return [x for x in letters if x.key != answers and not (x.sent and x.sent > mail.received)]


def looked_up(letters: Iterable[LetterRecord]) -> list[str]:
    """Return the ids of our own mails that are looked up, to know word for word what may be quoted of them."""
    return [letter.message_id for letter in letters if letter.message_id][:MOST_QUOTED]


def _promised_between(letters: Sequence[LetterRecord], seen: RepliesSeen) -> tuple[str, ...]:
    """Return the promises that these letters may quote: their people's. Somebody else's may say the same.

    A promise is quoted by us once it is taken; in the mail that made it, it is theirs.
    """
    people, pairings = {x.person for x in letters}, {x.pairing for x in letters if x.pairing}
    known = (c for c in seen.commitments.values() if c.person in people or c.pairing in pairings)
    return tuple(c.text for c in known if c.text)


@cache
def _offered() -> tuple[str, ...]:
    """Return the words that letters offer as answers: alone they are one, however long."""
    return tuple(word for code in languages.codes() for word in languages.words(code)["buttons"].values())


def _offered_with_days(bodies: Iterable[str]) -> tuple[str, ...]:
    """Return the answers that letters offered and filled in: "pause until 1 March", "My promise: slides by Friday"."""
    lines = (line.strip(" *\r") for body in bodies for line in body.split("\n"))
    return tuple(dict.fromkeys(line for line in lines if any(p.fullmatch(line) for p in _filled_in())))


@cache
def _filled_in() -> tuple[re.Pattern[str], ...]:
    texts = (text for text in _offered() if "{" in text)
    return tuple(re.compile(_LONG.sub(".{1,200}", _SHORT.sub(".{1,30}", re.escape(text)))) for text in texts)
