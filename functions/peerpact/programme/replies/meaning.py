"""What an answer says: outcomes by number, new promises, requests, a question, or that somebody needs care.

Rules, in this order: words of distress are nothing else, and of a reply that isn't explained as a whole nothing
counts; a language that we don't read is not read; a line that
begins with *next:* is a new promise; a sentence with a request is that request; a question is a question and nothing
else; the rest says what became of the open promises. What isn't certain is not in the result, but in what to ask.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType

from peerpact.programme.commitments import Outcome
from peerpact.programme.replies.announced import behind_label, behind_words
from peerpact.programme.replies.asides import without_asides, without_sayings, without_unfilled
from peerpact.programme.replies.care import Care, care_beside, care_for, is_read
from peerpact.programme.replies.context import PLAIN_SIGNS, Context
from peerpact.programme.replies.distress import Distress, distress_in, tongues_of
from peerpact.programme.replies.explained import Explained, Said, explained
from peerpact.programme.replies.headings import taken_back, told_each
from peerpact.programme.replies.insights import without_insights
from peerpact.programme.replies.named import Promises, promises_of
from peerpact.programme.replies.next_time import is_next, is_offered_anew, parted, told_then
from peerpact.programme.replies.outcomes import Answered, answered
from peerpact.programme.replies.pauses import pauses_with_days
from peerpact.programme.replies.phrases import words_of
from peerpact.programme.replies.plain import left_over, plain_of
from peerpact.programme.replies.promises import Promised, done_by_a_day, may_be_promise, promised
from peerpact.programme.replies.pulse import number_in
from peerpact.programme.replies.reactions import is_only_a_gesture
from peerpact.programme.replies.resolved import Found
from peerpact.programme.replies.sentences import (
    body,
    is_item,
    items_in,
    joined,
    plain_words,
    sentences,
    without_bullet,
)
from peerpact.programme.replies.signs import Sign, signs_of
from peerpact.programme.replies.tongue import Tongue, tongue_of
from peerpact.programme.replies.topics import OFFERS, WANTS, topics_in
from peerpact.programme.replies.understood import FOR_PEOPLE, Asked, Unclear, Understood
from peerpact.programme.replies.weights import sense_of, weight_of
from peerpact.programme.replies.wishes import (
    NOTHING_HEARD,
    Requested,
    each_once,
    heard_in,
    with_days_apart,
)
from peerpact.programme.requests import Wish

__all__ = ["FOR_PEOPLE", "Asked", "Found", "Promised", "Requested", "Unclear", "Understood", "understand"]

_MOST_READ = 6_000
_LONGEST_COMMITMENT = 500
_MOST_COMMITMENTS = 10
_FEW = 3
"""In so few words the language isn't sure."""
_FEW_BESIDE = 2
"""Words beside the day of "Done by Friday", which goes on from what was promised."""
_SHORT = 5
"""Of so few words a weight says little where all of them are explained."""
_LONGEST_NUMBER = 5
"""Words."""
_SEVERAL = 2
"""Of so many sentences in a line each is read by itself: the number is in one, a wish in another."""
_DENIED = ({Sign.NO}, {Sign.NOT_YET}, {Sign.NO, Sign.NOT_YET})
_HAPPENED = {Sign.KEPT, Sign.DID, Sign.YES, Sign.PRAISE, Sign.DATE}
_PUT_OFF = {Sign.NO, Sign.NOT_YET, Sign.PLAN, Sign.DATE}
_PERHAPS = MappingProxyType({1: Found(outcome=Outcome.KEPT, against="only a gesture")})


def understand(
    text: str,
    *,
    open_commitments: Sequence[str],
    languages: Sequence[str] = (),
    on: date,
    asked: Asked = Asked.OUTCOMES,
    also: Collection[Asked] = (),
) -> Understood:
    """Read an answer in the languages that the writer uses; the language of the letter is one of them.

    ``asked`` is what the letter asked first, ``also`` what else it asked: a number, or what comes next.
    """
    text = without_unfilled(text[:_MOST_READ], languages)
    if not any(c.isalnum() or ord(c) > 0x206F for c in text):
        return Understood(unclear=Unclear.EMPTY)
    names = frozenset(w for c in open_commitments for w in words_of(c[:_LONGEST_COMMITMENT]))
    tongue = tongue_of(text, languages, names)
    distress = distress_in(text)
    if not tongue.words:
        return Understood(care=True) if distress is Distress.SURE else Understood(unclear=Unclear.LANGUAGE)
    weight, sense = _tone_of(text, tongue)
    if (care := care_for(distress, weight)) is not Care.NONE:
        return Understood(
            care=care is Care.SURE, unclear=None if care is Care.SURE else Unclear.NEAR_DISTRESS
        )
    text = without_asides(text, tongue.words)
    if open_commitments and is_only_a_gesture(text):
        return _gestured(len(open_commitments))
    asked = asked if open_commitments or asked is not Asked.OUTCOMES else Asked.COMMITMENT
    promises = promises_of(open_commitments, tongue.words) if asked is Asked.OUTCOMES else Promises()
    questions = frozenset({asked, *also})
    reading = _Reading(words=tongue.words, promises=promises, on=on, asked=asked, questions=questions)
    text = told_each(text, reading.cutter) if asked is Asked.OUTCOMES else text
    read = reading.read(text)
    how = explained(text, tongue.words, promises, on, said_as=reading.said_as)
    is_short = len(text.split()) <= _SHORT or (read.requests and not (read.outcomes or read.promises))
    weight = min(weight, 0.0) if how is Explained.ALL and is_short else weight
    is_meant = reading.is_announced or all(p.due for p in read.promises)
    return _confirmed(read, how, weight, sense, is_meant=is_meant)


def _gestured(open_commitments: int) -> Understood:
    one = open_commitments == 1
    return Understood(unclear=Unclear.UNKNOWN if one else Unclear.WHICH, found=_PERHAPS if one else {})


def _confirmed(
    read: Understood, how: Explained, weight: float, sense: float, *, is_meant: bool
) -> Understood:
    """Return what was read where nothing of the reply speaks against it; else what to ask, or care.

    ``is_meant``: each promise has a day to come, or is announced as one.
    """
    if how is Explained.FOR_PEOPLE:
        read = replace(read, perhaps_promised="")
    care = care_beside(how, weight, says_nothing=read.says_nothing, sense=sense)
    if care is Care.SURE:
        return Understood(care=True)
    perhaps = each_once((*read.perhaps, *read.requests))
    if care is Care.ASK:
        return Understood(unclear=Unclear.BEYOND, perhaps=perhaps)
    if is_read(how, weight, promises=bool(read.promises), is_meant=bool(read.promises) and is_meant):
        return read
    alone = read.promises[0].text if len(read.promises) == 1 and not perhaps else ""
    offered = read.perhaps_promised or (alone if how is Explained.NEARLY else "")
    return Understood(
        unclear=Unclear.UNKNOWN, perhaps=perhaps, perhaps_promised=offered, found=_unsure(read.found)
    )


def _tone_of(text: str, tongue: Tongue) -> tuple[float, float]:
    """Return what a text weighs, and its words of sense."""
    spoken, said = _spoken(text, tongue), without_sayings(text, tongue.words)
    return weight_of(said, spoken), sense_of(said, {code: plain_of(code).between for code in spoken})


def _spoken(text: str, tongue: Tongue) -> set[str]:
    """Return in which languages to weigh a text: a bare "no" may be of any, and is weighed in the one it is read in."""
    read = [words.language for words in tongue.words]
    return {read[0], *(set(read) & set(tongues_of(text)))} if len(text.split()) > _FEW else {read[0]}


def _unsure(found: Mapping[int, Found]) -> Mapping[int, Found]:
    """Return what was found as something to ask about."""
    return {n: replace(f, against=f.against or "not all of it is explained") for n, f in found.items()}


@dataclass(kw_only=True)
class _Reading(Context):
    """One pass over an answer."""

    perhaps: list[Requested] = field(default_factory=list)
    away: list[Requested] = field(default_factory=list)
    """Pauses that somebody may mean who says that they are away."""
    requests: list[Requested] = field(default_factory=list)
    new: list[Promised] = field(default_factory=list)
    question: bool = False
    left: list[str] = field(default_factory=list)
    is_same: bool = False
    is_taken_back: bool = False
    is_announced: bool = False
    """Their promise is behind a label that says what it is."""
    is_unread: bool = False
    """There is an item of a list that is no promise, or a wish about what comes next, and nothing that we know."""
    until: date | None = None
    """The day under a label of its own, before the promise that is to be kept by then."""
    number: int | None = None
    met: bool | None = None
    short_question: bool = False
    """Such as "Did I?": a question to themselves where an answer follows."""
    said: dict[str, str] = field(default_factory=dict)

    def read(self, text: str) -> Understood:
        lines = body(text, self.words)
        lines = joined(lines, self.is_promise if self.asked is Asked.COMMITMENT else lambda _: True)
        if self.asked is Asked.COMMITMENT:
            lines = self._without_taken_back([item for line in lines for item in items_in(line)])
        listed = sum(map(is_item, lines)) > 1
        for line in lines:
            self._take_line(line, listed=listed)
        self.left, self.requests = with_days_apart(self.left, self.requests, self.words, self.on)
        answer = self._outcomes() if self.asked is Asked.OUTCOMES else Answered()
        if self.asked is Asked.COMMITMENT and not (self.new or self.requests or self.question):
            self._take_whether_met(text)
        return self._understood(answer)

    def _without_taken_back(self, lines: list[str]) -> list[str]:
        """Leave out what stands under "Not done:": it is asked about."""
        told = taken_back(lines, self.cutter)
        self.is_unread |= any(is_taken_back for _, is_taken_back in told)
        return [line for line, is_taken_back in told if not is_taken_back]

    def said_as(self, sentence: str) -> Said:
        """Return as what a sentence was taken."""
        if any(t in sentence or sentence in t for t in (*(p.text for p in self.new), *self.said.values())):
            return Said.PROMISE
        kinds = {r.kind for r in self.requests if r.words in sentence or sentence in r.words}
        if kinds:
            return Said.NEVER_WITH if Wish.NEVER_WITH in kinds else Said.REQUEST
        if any(sentence in r.words for r in self.away):
            return Said.QUESTION
        is_number = self.number and len(sentence.split()) <= _LONGEST_NUMBER
        return Said.QUESTION if is_number or (self.question and sentence.endswith("?")) else Said.REST

    def _understood(self, answer: Answered) -> Understood:
        outcomes, self.new = answer.outcomes, without_insights(self.new, self.words)
        self.question |= self.short_question and not (answer.found or self.left)
        anything = outcomes or self.new or self.requests or self.question or self.number or self.said
        unclear = Unclear(answer.unclear) if answer.unclear else None
        if unclear is Unclear.UNKNOWN and anything and not answer.found:
            unclear = None
        if not anything and not unclear:
            unclear = Unclear.SAME if self.is_same else Unclear.UNKNOWN
        unclear = unclear or (Unclear.UNKNOWN if self.is_unread else None)
        unclear = Unclear.CONTRADICTING if self.is_taken_back else unclear
        self.requests = pauses_with_days(self.requests, self.away)
        pauses = [r for r in self.requests if r.kind is Wish.PAUSE]
        if any(r.since and not r.until for r in pauses):
            unclear = Unclear.NO_END
        return Understood(
            outcomes=MappingProxyType(outcomes),
            promises=tuple(self.new[:_MOST_COMMITMENTS]),
            requests=each_once(r for r in self.requests if not (r.since and not r.until)),
            question=self.question,
            number=self.number,
            met=self.met,
            wants=self.said.get(WANTS, ""),
            offers=self.said.get(OFFERS, ""),
            unclear=unclear,
            perhaps=each_once(
                [
                    *self.perhaps,
                    *(r for r in pauses if r.since and not r.until),
                    *(self.away if unclear else ()),
                ]
            ),
            perhaps_promised=self._perhaps_promised() if unclear is Unclear.UNKNOWN and not anything else "",
            found=MappingProxyType(answer.found),
        )

    def _perhaps_promised(self) -> str:
        """Return the one sentence that answers the question for a promise, if not for certain."""
        [text, *more] = [*self.left, ""]
        is_one = self.asked is Asked.COMMITMENT and not any(more) and not (self.perhaps or self.away)
        return text if is_one and may_be_promise(text, self.words, self.on) else ""

    def _take_line(self, line: str, *, listed: bool) -> None:
        """Take new promises, requests and questions out of a line, and keep the rest."""
        in_list = listed and is_item(line)
        if (text := self._announced(line)) is not None:
            self._promise(text)
            self.is_announced = True
            return
        if len(sentences(line)) < _SEVERAL and not (line := self._take_number(line)).strip():
            return
        if in_list and self.asked is Asked.COMMITMENT:
            self._take_item(without_bullet(line))
            return
        numbered = self.asked is Asked.OUTCOMES
        text = line if numbered else without_bullet(line)
        for sentence in sentences(text):
            rest = self._take(said) if (said := self._take_number(sentence)).strip() else ""
            self.left += [rest] if rest else []

    def _take_whether_met(self, text: str) -> None:
        """Take "Yes, we made it at last" and "sadly not, Ines was ill and we rescheduled" for whether they met.

        It is the one question with a yes or a no in a letter that asks for a promise.
        """
        clauses = [c for c in self.clauses(sentences(text)) if c.sense]
        if not clauses or left_over(clauses[0]) or len(clauses[0].sense) > _FEW:
            return
        first, *others = map(signs_of, clauses)
        more = set().union(*others)
        is_past = any(w.tense == "past" for c in clauses for w in c.dates)
        if first == {Sign.YES} and (is_past or more & {Sign.KEPT, Sign.DID}) and more <= _HAPPENED:
            self.met = True
        elif first in _DENIED and Sign.NOT_YET in more and more <= _PUT_OFF:
            self.met = False
            self.requests.append(Requested(kind=Wish.NOT_MET, words=text[:300]))

    def _take_item(self, text: str) -> None:
        if self._heard(text) or self.is_greeting(text):
            return
        if self.is_promise(text, in_list=True):
            self._promise(text)
        else:
            self.is_unread |= not self._is_only_answer(text)

    def _promise(self, text: str, due: date | None = None) -> None:
        text = text.strip().strip("\"'“”„«»").strip()
        if len(plain_words(text, self.main)) >= 1 and not self._is_only_answer(text):
            new = promised(text[:_LONGEST_COMMITMENT], self.words, self.on)
            self.new.append(replace(new, due=due or new.due or self.day_in_last(text) or self.until))

    def _is_only_answer(self, text: str) -> bool:
        words = plain_words(text, self.main)
        same = self.main.sentences.get("same")
        if same and same.begins(words) == len(words):
            self.is_same = True
            return True
        marks = self.main.answers.in_order(words)
        said = {
            at
            for m in marks
            if m.sort in {"outcome", "yes", "no", "fine", "empty", "none"}
            for at in range(m.start, m.end)
        }
        return len(said) == len(words)

    def _announced(self, line: str) -> str | None:
        """Return the promise behind "Next:", "Also:" or "I meant"."""
        for sort in ("next", "additions"):
            if (text := behind_label(line, sort, self.words)) is not None:
                return text
        return behind_words(line, "meant", self.words) if self.asked is Asked.COMMITMENT else None

    def _take_topics(self, sentence: str) -> bool:
        """Take what they want to talk about; not what may be a wish of another kind."""
        topics = topics_in(sentence, self.words) if Asked.TOPICS in self.questions else {}
        is_certain = not any(self.wishes(t) or self.absences(t) or t.endswith("?") for t in topics.values())
        self.said |= topics if is_certain else {}
        return bool(topics) and is_certain

    def _take_number(self, line: str) -> str:
        """Take the number that was asked for, and return the rest of the line."""
        if Asked.NUMBER not in self.questions or self.number:
            return line
        for language in self.words:
            self.number, rest = number_in(line, language, bare=self.asked is Asked.OUTCOMES)
            if self.number:
                return rest
        return line

    def _take(self, sentence: str) -> str:
        """Take a sentence for a promise, a request, a question or a greeting; return what is left to be read."""
        if (text := self._announced(sentence)) is not None:
            self._promise(text)
            return ""
        if self._take_topics(sentence):
            return ""
        sentence = self._without_consequence(sentence)
        self.away += self.absences(sentence)
        if not (sentence := self._without_next(sentence)):
            return ""
        if self._heard(sentence):
            return self.beside(sentence) if self.asked is Asked.OUTCOMES else ""
        if self.is_greeting(sentence):
            return ""
        taken = self._take_new(sentence) if self.asked is Asked.OUTCOMES else self._take_commitment(sentence)
        self.is_unread |= not taken and Asked.NEXT_ROUND in self.questions and self.is_polite(sentence)
        return "" if taken else sentence

    def _without_next(self, sentence: str) -> str:
        """Take "next time I'll bring the budget" behind what was kept for a promise; return what is before."""
        parts = parted(sentence, self.words) if self.asked is Asked.OUTCOMES else None
        if not parts or not is_next(parts[1], self.words) or not self._is_closed(parts[0]):
            return sentence
        self._promise(parts[1])
        return parts[0]

    def _without_consequence(self, sentence: str) -> str:
        """Take "so I will ask Tom" behind a wish or an absence for a promise; return what is before."""
        head, tail = told_then(sentence, self.words) if self.asked is Asked.COMMITMENT else (sentence, "")
        is_told = bool(tail) and self.is_promise(tail) and not self.wishes(tail)
        if not is_told or not (self.absences(head) or self.wishes(head)):
            return sentence
        self._promise(tail)
        self.perhaps += [] if self.asks(head) else self.absences(head)
        return head

    def _take_commitment(self, sentence: str) -> bool:
        if self.asked is not Asked.COMMITMENT:
            return False
        if self._is_only_answer(sentence) or self._goes_on(sentence):
            return True
        head, colon, rest = sentence.partition(":")
        is_item = self.is_only_a_day(head)
        if colon and (is_item or self.is_of_writer(head)) and self.is_promise(rest, in_list=is_item):
            self._promise(sentence if is_item else rest)
            return True
        text = sentence if self.is_promise(sentence) else done_by_a_day(sentence, self.words, self.on)
        if text:
            self._promise(text)
        return bool(text)

    def _goes_on(self, sentence: str) -> bool:
        """Take what says the last promise more closely, or takes it back: "no wait, ..." is asked about."""
        if not self.new:
            until = self.day_behind_label(sentence)
            self.until = until or self.until
            return until is not None or self._goes_on_with(sentence)
        if self.begins(sentence, "takes_back"):
            self.new.pop()
            self.is_taken_back = True
            return True
        last = self.new[-1]
        due = self.day_behind_label(sentence) or (None if last.due else self.day_of_it(sentence))
        is_day = last.due is None and self.is_only_a_day(sentence, but=_FEW_BESIDE)
        if not (due or is_day) and not (self.begins(sentence, "closer") and self.is_promise(sentence)):
            return False
        self.new.pop()
        self._promise(f"{last.text} {sentence}", due)
        return True

    def _goes_on_with(self, sentence: str) -> bool:
        """Take "Je rédige le plan. Ce sera fait vendredi." for a promise: with its day, what somebody does is one."""
        due = self.day_of_it(sentence) if self.left else None
        if due is None or not self.is_promise(text := f"{self.left[-1]} {sentence}"):
            return False
        self.left.pop()
        self._promise(text, due)
        return True

    def _heard(self, sentence: str) -> bool:
        """Note what a sentence asks for; a negated request is none, and nothing else is read from it."""
        heard = NOTHING_HEARD
        for language in self.words:
            heard = heard_in(
                sentence,
                language,
                self.on,
                asked_for_promise=self.asked is Asked.COMMITMENT,
                asked_what_next=Asked.NEXT_ROUND in self.questions,
            )
            if heard.requests or heard.was_negated or heard.met is not None:
                break
        if heard.met is not None and (self.is_about_promise(sentence) or self._is_said_of_promise(sentence)):
            return False
        if {r.kind for r in heard.requests} == {Wish.SKIP} and self.is_not_kept_this_time(sentence):
            return False
        if heard.met is not None:
            self.met = heard.met
            if heard.met and self.asked is not Asked.ANYTHING:
                return self.says_only_that_they_met(sentence)
        if self.is_of_promise_alone(heard, sentence):
            return False
        if self.drops_a_promise(heard, sentence):
            self.perhaps += heard.requests
            return False
        self.requests += heard.requests
        self.perhaps += heard.perhaps
        asks = heard.is_question and not self.asks_nobody(sentence)
        self.question |= asks and not heard.is_short
        self.short_question |= asks and heard.is_short
        return heard is not NOTHING_HEARD and (bool(heard.requests) or heard.is_asked or heard.was_negated)

    def _is_said_of_promise(self, sentence: str) -> bool:
        """Tell of "No, the meeting was cancelled" in answer to a promise: the "no" is of that, and so is the rest.

        Not where they speak of themselves: "not yet, and we haven't met either".
        """
        clauses = self.clauses([*self.left, sentence]) if self.asked is Asked.OUTCOMES else []
        is_denied = any(signs_of(c) in _DENIED and not left_over(c) for c in clauses[:1])
        return is_denied and len(clauses) > 1 and not any(c.has("me") for c in clauses)

    def _take_new(self, sentence: str) -> bool:
        """A new promise beside outcomes: something that the writer will do, and not about an open one."""
        clauses = self.cutter.clauses(sentence)
        signs: set[Sign] = set().union(*(signs_of(c) for c in clauses))
        also = any(c.has("also") for c in clauses)
        own = also or any(c.unknown and not c.has("it") for c in clauses)
        said = signs & (PLAIN_SIGNS | {Sign.YES, Sign.NO} | (set() if own else {Sign.PLAN}))
        beside = not said and self.left and (own or not any(c.is_about_it for c in clauses))
        if not (is_offered_anew(sentence, clauses, self.words) or (beside and self._is_closed())):
            return False
        is_own = any(c.has("me", "also") or c.looks_ahead or c.dates for c in clauses)
        if not is_own or not self.is_promise(sentence):
            return False
        self._promise(sentence)
        return True

    def _is_closed(self, last: str = "") -> bool:
        """Tell whether what was said so far, and ``last``, is that something was kept or dropped."""
        said = [*self.left, *([last] if last else [])]
        found = answered(self.clauses(said), self.promises.count).found.values()
        return any(f.is_certain and f.outcome and f.outcome.is_final for f in found)

    def _outcomes(self) -> Answered:
        clauses = self.clauses(self.left)
        return answered(clauses, self.promises.count) if clauses else Answered()
