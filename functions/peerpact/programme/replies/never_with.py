"""Whether "never with Bob" is a wish about who meets whom, or tells with whom something wasn't done.

"Nie mit Bob" and "I'd rather not be paired with Bob" are wishes; "ich habe nie mit Bob gesprochen" says what happened.
"""

from __future__ import annotations

from collections.abc import Sequence

from peerpact.programme.replies.answer_words import AnswerWords
from peerpact.programme.replies.phrases import Mark

_TELLS = {"did", "does", "outcome", "begun"}
_SAYS_OF_THEM = {"must", "aux"}
"""Behind the phrase they make its person one who does something: "anybody but Dina would have answered"."""
_LEADS = ("polite", "leads", "greetings")


def is_about_pairing(words: Sequence[str], mark: Mark, language: AnswerWords) -> bool:
    """Tell whether the words around the phrase ask for something: it begins them, or a word of pairing is there.

    A word of what is done ("sprechen", "parlé") beside those makes it a report.
    """
    start = _start(words, mark.start)
    around = words[start : _end(words, mark.end)]
    pairs = _pairs(around, language)
    marks = language.answers.in_order(around)
    told = {m.start for m in marks if m.sort in _TELLS}
    if pairs:
        return told <= pairs | set(range(mark.start - start, mark.end - start))
    behind = any(m.sort in _SAYS_OF_THEM and m.start >= mark.end - start for m in marks)
    return not told and not behind and _is_led_in(words[: mark.start], language)


def _start(words: Sequence[str], at: int) -> int:
    while at > 0 and words[at - 1][:1].isalnum():
        at -= 1
    return at


def _end(words: Sequence[str], at: int) -> int:
    while at < len(words) and words[at][:1].isalnum():
        at += 1
    return at


def _pairs(words: Sequence[str], language: AnswerWords) -> set[int]:
    phrases = language.sentences.get("pairs")
    marks = phrases.everywhere(words) if phrases else ()
    return {at for m in marks for at in range(m.start, m.end)}


def _is_led_in(before: Sequence[str], language: AnswerWords) -> bool:
    """Tell whether nothing but "please", "and" or "hello" comes before the phrase in its sentence."""
    before = [word for word in before if word[:1].isalnum()]
    while before:
        length = max(
            (language.sentences[sort].begins(before) for sort in _LEADS if sort in language.sentences),
            default=0,
        )
        if not length:
            return False
        before = before[length:]
    return True
