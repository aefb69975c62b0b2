"""What somebody says that they want to talk about, or can offer, once they were asked for it."""

from __future__ import annotations

from collections.abc import Sequence

from peerpact.programme.replies.announced import behind_label, behind_words
from peerpact.programme.replies.answer_words import AnswerWords
from peerpact.programme.replies.sentences import plain_words

LONGEST = 300
_MOST_WORDS = 60
WANTS, OFFERS = "wants", "offers"


def topics_in(sentence: str, languages: Sequence[AnswerWords]) -> dict[str, str]:
    """Return what a sentence says that its writer wants to talk about and can offer; empty where it is of neither.

    "I want to talk about feedback and I can offer Python" says both.
    """
    words = sentence.split()[:_MOST_WORDS]
    begins: list[tuple[int, str, int]] = []
    for at in range(len(words)):
        if at and not begins:
            break
        if found := _begins(" ".join(words[at:]), languages):
            sort, said = found
            begins += [(at, sort, len(words) - said)] if not begins or sort != begins[-1][1] else []
    ends = [at for at, _, _ in begins[1:]] + [len(words)] * bool(begins)
    texts = {
        sort: _text(words[first:end], languages) for (_, sort, first), end in zip(begins, ends, strict=True)
    }
    return {sort: text for sort, text in texts.items() if any(map(str.isalnum, text))}


def _begins(tail: str, languages: Sequence[AnswerWords]) -> tuple[str, int] | None:
    """Return what the words begin to say, and how many words that is."""
    for sort in (WANTS, OFFERS):
        if text := behind_label(tail, sort, languages) or behind_words(tail, f"{sort}_to", languages):
            return sort, len(text.split())
    return None


def _text(words: Sequence[str], languages: Sequence[AnswerWords]) -> str:
    """Return what was said, without the "and" that leads to what comes next, or the verb that German ends with."""
    text = " ".join(words).strip(" .,;!")
    for language in languages:
        tokens, ends = plain_words(text, language), language.sentences.get("topics_end")
        last = next((n for n in range(1, len(tokens)) if ends and ends.begins(tokens[n:])), None)
        if last and len(tokens) == len(text.split()):
            return " ".join(text.split()[:last]).strip(" .,;!")[:LONGEST]
        if any(m.sort in {"and", "but"} and m.end == len(tokens) for m in language.answers.in_order(tokens)):
            return " ".join(text.split()[:-1]).strip(" .,;!")[:LONGEST]
    return text[:LONGEST]
