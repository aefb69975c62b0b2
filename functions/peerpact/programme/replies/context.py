"""What a sentence of an answer is, by what the answer answers: a promise, a greeting, a question to nobody.

It looks at sentences one by one and takes nothing of them; that is ``meaning``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from peerpact.programme.replies.announced import behind_label
from peerpact.programme.replies.answer_words import AnswerWords
from peerpact.programme.replies.clauses import Clause, Cutter
from peerpact.programme.replies.dates import dates_in
from peerpact.programme.replies.hours import over_hours
from peerpact.programme.replies.named import Promises
from peerpact.programme.replies.next_time import is_this_time
from peerpact.programme.replies.own_questions import asks_nobody
from peerpact.programme.replies.phrases import words_of
from peerpact.programme.replies.promises import is_promise
from peerpact.programme.replies.said_days import due_in
from peerpact.programme.replies.sentences import plain_words, sentences
from peerpact.programme.replies.signs import Sign, signs_of
from peerpact.programme.replies.understood import Asked
from peerpact.programme.replies.wishes import Heard, Requested, absence_in, heard_in
from peerpact.programme.requests import Wish

_LONGEST_LABEL = 5
"""Words."""
_LONGEST_OF_IT, _FEW_BESIDE = 8, 3
"""Words beside a day, where "it" or "that" is one of them, and else."""
PLAIN_SIGNS = {Sign.KEPT, Sign.PARTLY, Sign.BEGUN, Sign.NOT_YET, Sign.DROPPED}


@dataclass(kw_only=True)
class Context:
    """What an answer answers, and in which languages."""

    words: Sequence[AnswerWords]
    promises: Promises
    on: date
    asked: Asked
    questions: frozenset[Asked]

    @property
    def main(self) -> AnswerWords:
        return self.words[0]

    @property
    def cutter(self) -> Cutter:
        return Cutter(promises=self.promises, on=self.on, languages=self.words)

    def clauses(self, said: Sequence[str]) -> list[Clause]:
        cutter = self.cutter
        return [c for number, s in enumerate(said) for c in cutter.clauses(s, number)]

    def is_promise(self, text: str, *, in_list: bool = False) -> bool:
        return is_promise(text, self.words, self.on, is_item=in_list)

    def begins(self, sentence: str, sort: str) -> bool:
        phrases = ((la, la.sentences.get(sort)) for la in self.words)
        return any(known.begins(plain_words(sentence, la)) for la, known in phrases if known)

    def is_greeting(self, sentence: str) -> bool:
        for language in self.words:
            words = plain_words(sentence, language)
            phrases = language.sentences.get("greetings")
            length = phrases.begins(words) if phrases else 0
            if length and len(words) <= length + 2 and not self.says(sentence):
                return True
        return False

    def is_only_a_day(self, head: str, *, but: int = 0) -> bool:
        """Tell of what stands before a colon that it only says until when: "By the end of the month:".

        ``but``: so many words of sense may be beside the day, as in "Done by Friday".
        """
        words = words_of(head, self.main.writing.spelling)
        told = {at for w in dates_in(words, self.main, self.on) for at in range(w.start, w.end)}
        beside = [w for at, w in enumerate(words) if at not in told and w[:1].isalnum()]
        return bool(told) and len(beside) <= but

    def day_of_it(self, sentence: str) -> date | None:
        """Read "I'll do that today" and "Should be done by Friday": until when, of what was said before."""
        words = words_of(sentence, self.main.writing.spelling)
        marks = self.main.answers.in_order(words)
        if any(m.sort in {"not", "none", "no", "they", "maybe"} for m in marks) or self.absences(sentence):
            return None
        told = {at for w in dates_in(words, self.main, self.on) for at in range(w.start, w.end)}
        hours = {at for start in told for at in range(start, over_hours(words, start + 1, self.main.dates))}
        beside = [w for at, w in enumerate(words) if at not in told | hours and w[:1].isalnum()]
        it = self.main.writing.lists.get("of_it", frozenset())
        of_it = (m.start for m in self.main.answers.everywhere(words) if m.sort == "it")
        is_it = not told.issuperset(of_it) or not it.isdisjoint(words)
        if sentence.rstrip().endswith("?") or len(beside) > (_LONGEST_OF_IT if is_it else _FEW_BESIDE):
            return None
        return due_in(words, self.main, self.on)

    def day_behind_label(self, sentence: str) -> date | None:
        """Read "By: 1 November" and "Date limite : lundi 26/10"."""
        day = behind_label(sentence, "when", self.words)
        said = [day, *(f"{by} {day}" for by in sorted(self.main.dates.firm))] if day else []
        words = (words_of(text, self.main.writing.spelling) for text in said)
        return next((due for some in words if (due := due_in(some, self.main, self.on))), None)

    def day_in_last(self, text: str) -> date | None:
        """Return until when the last sentence says that what is announced will be done: "Action: ... When: Friday"."""
        _, *more = sentences(text)
        return self.day_behind_label(more[-1]) or self.day_of_it(more[-1]) if more else None

    def is_of_writer(self, head: str) -> bool:
        """Tell of what stands before a colon that the writer speaks of themselves: "Next for me:"."""
        clauses = self.cutter.clauses(head)
        words = sum(len(c.sense) for c in clauses)
        is_told = any(
            signs_of(c) - {Sign.DATE, Sign.PLAN, Sign.STEP} or c.has("they", "not") for c in clauses
        )
        is_strange = sum(len(c.unknown) for c in clauses) > 1
        is_theirs = any(c.has("me") for c in clauses) and not (is_told or is_strange)
        return 0 < words <= _LONGEST_LABEL and is_theirs

    def is_polite(self, sentence: str) -> bool:
        """Tell of "Someone new please": something is asked of us, in whatever words."""
        asked = ((la, la.sentences.get("polite")) for la in self.words)
        return any(polite and polite.everywhere(plain_words(sentence, la)) for la, polite in asked)

    def says(self, sentence: str) -> bool:
        clauses = self.cutter.clauses(sentence)
        return any(signs_of(c) - {Sign.PRAISE, Sign.DATE} for c in clauses)

    def asks(self, text: str) -> bool:
        return any(heard_in(text, la, self.on, asked_for_promise=False).requests for la in self.words)

    def wishes(self, text: str) -> bool:
        heard = [heard_in(text, la, self.on, asked_for_promise=False) for la in self.words]
        return any(h.requests or h.perhaps for h in heard)

    def absences(self, sentence: str) -> list[Requested]:
        found = (absence_in(sentence, language, self.on) for language in self.words)
        return [f for f in found if f][:1]

    def asks_nobody(self, sentence: str) -> bool:
        clauses = self.cutter.clauses(sentence)
        of_outcomes = self.asked is Asked.OUTCOMES
        return self.wonders(sentence) or asks_nobody(sentence, clauses, of_outcomes=of_outcomes)

    def wonders(self, sentence: str) -> bool:
        """Tell of "I could try to speak up more?", which is a promise half made and asks nobody."""
        asks_for_words = self.asked in {Asked.COMMITMENT, Asked.NEXT_ROUND}
        return asks_for_words and self.begins(sentence, "wonders")

    def beside(self, sentence: str) -> str:
        """Return the clauses that say what became of a promise, beside a request in the same sentence."""
        if "?" in sentence[-3:]:
            return ""
        clauses = self.cutter.clauses(sentence)
        plain = [c for c in clauses if not self.asks(c.text) and signs_of(c) & PLAIN_SIGNS]
        return ", ".join(c.text.strip(" ,;.") for c in plain)

    def is_about_promise(self, sentence: str) -> bool:
        """Tell of "haven't spoken to Dina yet", where that was promised: it says nothing of the partner."""
        return any(c.names for c in self.cutter.clauses(sentence))

    def is_of_promise_alone(self, heard: Heard, sentence: str) -> bool:
        """Tell of "focus time works every second week", where that was promised: no wish about meetings."""
        kinds = {r.kind for r in (*heard.requests, *heard.perhaps)}
        rhythm = self.asked is Asked.OUTCOMES and kinds == {Wish.EVERY_WEEKS}
        return rhythm and self.is_about_promise(sentence)

    def is_not_kept_this_time(self, sentence: str) -> bool:
        """Tell of "not this time", which is no wish to sit out a round where none was asked about."""
        offers = self.asked is Asked.ANYTHING or Asked.NEXT_ROUND in self.questions
        return not offers and any(is_this_time(plain_words(sentence, la), la) for la in self.words)

    def drops_a_promise(self, heard: Heard, sentence: str) -> bool:
        """Tell of "I don't want to do this any more, drop it" in answer to a promise: of that, not of the programme."""
        if self.asked is not Asked.OUTCOMES or {r.kind for r in heard.requests} != {Wish.STOP}:
            return False
        clauses = self.cutter.clauses(sentence)
        return any(Sign.DROPPED in signs_of(c) and not self.asks(c.text) for c in clauses)

    def says_only_that_they_met(self, sentence: str) -> bool:
        """Tell of "we met on Monday" in answer to a promise: that the two met says nothing of it."""
        signs = {sign for c in self.cutter.clauses(sentence) for sign in signs_of(c)}
        return self.asked is Asked.OUTCOMES and signs <= {Sign.DID, Sign.WEAK, Sign.PRAISE, Sign.DATE}
