"""Whether all of a reply is explained: each sentence about a person, or about how the writer is, in plain words.

Certainty comes from the whole reply. One sentence that we can't place ("He waits for me by the lift") and nothing
of it is recorded, however clear the rest is. Lists of bad words never suffice: here are the plain ones, and what
is said in others is left to people.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from peerpact.programme.replies.answer_words import AnswerWords
from peerpact.programme.replies.clauses import Clause, Cutter
from peerpact.programme.replies.named import Promises
from peerpact.programme.replies.phrases import Mark
from peerpact.programme.replies.plain import Plain, places, plain_of
from peerpact.programme.replies.sentences import body, items_in, plain_words, sentences, without_bullet
from peerpact.programme.replies.signs import Sign, signs_of

_SAYS = {Sign.KEPT, Sign.DID, Sign.PARTLY, Sign.BEGUN, Sign.NOT_YET, Sign.DROPPED, Sign.PLAN}
_LONGEST_NAME = 4
_LONGEST_SALUTED = 3
_MOST_STRANGE = 2
"""So many words of work may be unknown in a mail that is only unclear; one fewer where it speaks of people."""
_LONGEST_BEING = 12
_SAYING = {"outcome", "praise", "empty", "all", "none", "irony"}
"""Sorts that explain what they cover where it is more than one word: "kommt" alone says nothing."""
_CARRIES = {
    "me",
    "it",
    "aux",
    "not",
    "has",
    "number",
    "yes",
    "surely",
    "no",
    "fine",
    "almost",
    "must",
    "also",
    "but",
    "because",
    "and",
}
"""Sorts of words of answers that say nothing about anybody by themselves."""


class Explained(StrEnum):
    """How much of a reply is explained."""

    ALL = "all"
    NEARLY = "nearly"
    """A word or two of work that we don't know: to be asked about as anything else."""
    FOR_PEOPLE = "for people"


class Said(StrEnum):
    """As what a sentence was taken."""

    PROMISE = "promise"
    REQUEST = "request"
    NEVER_WITH = "never with"
    """A request that is itself about somebody, kept where only the pairing reads it."""
    QUESTION = "question"
    REST = "rest"


def explained(
    text: str,
    spoken: Sequence[AnswerWords],
    promises: Promises,
    on: date,
    *,
    said_as: Callable[[str], Said],
) -> Explained:
    """Tell whether each clause of a text is plain; ``said_as`` tells as what a sentence of it was taken."""
    judged = list(_judged(text, spoken, Cutter(promises=promises, on=on, languages=spoken), said_as))
    left = [j for j in judged if not j.is_explained]
    if not left:
        return Explained.ALL
    if any(j.seen.is_touchy for j in judged) or any(j.is_between_people for j in left):
        return Explained.FOR_PEOPLE
    if all(j.seen.is_of_work or j.said is Said.PROMISE for j in left):
        return Explained.NEARLY
    strange = sum(len(j.seen.strange) for j in judged)
    is_of_people = any(j.seen.marks.get("person") for j in judged)
    if strange + is_of_people > _MOST_STRANGE or strange > sum(j.seen.tells for j in left):
        return Explained.FOR_PEOPLE
    return Explained.NEARLY


@dataclass(frozen=True, slots=True, kw_only=True)
class _Judged:
    """A clause, as what it was taken, and whether that explains it."""

    seen: _Seen
    said: Said
    is_explained: bool

    @property
    def is_between_people(self) -> bool:
        """Tell of what is promised or asked about somebody, and of what somebody does to the writer."""
        if self.said is Said.PROMISE and not self.seen.marks.get("partner"):
            return self.seen.is_of_being
        return self.said is not Said.REST or self.seen.is_done_to_me


def _judged(
    text: str, spoken: Sequence[AnswerWords], cutter: Cutter, said_as: Callable[[str], Said]
) -> Iterator[_Judged]:
    is_somebody_named = False
    for line in _lines(text, spoken):
        for number, sentence in enumerate(sentences(without_bullet(line))):
            said, is_of_somebody, has_sense = said_as(sentence), False, False
            for clause in cutter.clauses(sentence, number):
                seen = _Seen.of(clause)
                is_of_somebody = bool(seen.marks.get("person")) or (
                    is_of_somebody and not seen.marks.get("i")
                )
                plain = seen.is_explained(said, names=is_somebody_named, is_of_somebody=is_of_somebody)
                plain |= said is Said.PROMISE and has_sense and seen.is_light
                has_sense |= said is Said.PROMISE and plain
                yield _Judged(seen=seen, said=said, is_explained=plain)
                is_somebody_named |= seen.names_somebody


def _lines(text: str, spoken: Sequence[AnswerWords]) -> Iterator[str]:
    """Yield the lines of a text, each item alone, and of what is under a closing only what is longer than a name."""
    lines, above = text.split("\n"), len(body(text, spoken))
    begins = any(_is_salutation(lines[0], language) for language in spoken)
    yield from (item for line in lines[begins:above] for item in items_in(line))
    yield from (line for line in lines[above:] if len(line.split()) > _LONGEST_NAME)


def _is_salutation(line: str, language: AnswerWords) -> bool:
    """Tell of "Guten Morgen Frau Lindner,": a greeting, and a name of a few words in capitals."""
    phrases, words = language.sentences.get("greetings"), plain_words(line, language)
    length = phrases.begins(words) if phrases else 0
    named = re.findall(r"[^\W\d_]+", line)[length:]
    if not length or not 0 < len(named) <= _LONGEST_SALUTED:
        return False
    ends = line.rstrip()[-1:] in {",", ":", "!"}
    return (ends and named[-1].istitle()) or all(word.istitle() for word in named)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Seen:
    """A clause, and by sort where it has words that matter here."""

    clause: Clause
    plain: Plain
    marks: defaultdict[str, list[Mark]]
    figures: frozenset[int]

    @classmethod
    def of(cls, clause: Clause) -> _Seen:
        plain = plain_of(clause.language.language)
        figures = frozenset((*places(plain.figures.each(clause.words)), *places(clause.dates)))
        marks: defaultdict[str, list[Mark]] = defaultdict(list)
        for mark in plain.words.each(clause.words):
            if not figures.issuperset(range(mark.start, mark.end)):
                marks[mark.sort].append(mark)
        return cls(clause=clause, plain=plain, marks=marks, figures=figures)

    @property
    def names_somebody(self) -> bool:
        """Tell whether it names somebody whom "she" may mean."""
        return bool(self.marks.get("named") or self.clause.names or any(self._names()) or self._may_name())

    def is_explained(self, said: Said, *, names: bool, is_of_somebody: bool) -> bool:
        """``names``: somebody was named before; ``is_of_somebody``: it goes on about a person of its sentence."""
        if said is Said.NEVER_WITH:
            return True
        if self.marks.get("guard"):
            return False
        if said is Said.REQUEST:
            return True
        partner = bool(self.marks.get("partner")) and not (names or self.names_somebody)
        if self.marks.get("private") and not self.clause.names:
            return False
        if said is Said.PROMISE:
            if not self.plain.is_known:
                return not partner
            return self._is_plain if partner or self.is_of_being else self._has_sense or self._is_plain
        if said is Said.QUESTION:
            return not partner or self._is_plain
        return not (is_of_somebody or self._needs_plain_words) or self._is_plain

    @property
    def _needs_plain_words(self) -> bool:
        if signs_of(self.clause) & _SAYS:
            return False
        is_name = (
            self.clause.capitals.issuperset(self.clause.sense) and len(self.clause.sense) <= _LONGEST_NAME
        )
        return bool(self.marks.get("me")) or (self.plain.verbs_say_who and not is_name)

    @property
    def _has_sense(self) -> bool:
        light = set(places(self.marks.get("light", ())))
        carried = {m.start for m in self.clause.marks if m.sort in _CARRIES - {"it"}} | light
        return bool(self.clause.names) or any(m.start not in carried for m in self.marks.get("plain", ()))

    @property
    def is_light(self) -> bool:
        """Tell of "and see whether I get more done": common words, about nobody else, that a promise goes on in."""
        others = (
            self.marks.get("person") or self.is_touchy or any(self._names()) or self.clause.has("it", "they")
        )
        is_said_of_whom = self.plain.verbs_say_who or self.is_of_being or self.is_done_to_me
        return not (others or self.clause.unknown or is_said_of_whom)

    @property
    def is_of_being(self) -> bool:
        """Tell of what somebody wants to be, which is said of work and of much else: "be less of a target"."""
        words = set(self.clause.words)
        return not self.plain.being.isdisjoint(words) and len(words) <= _LONGEST_BEING

    @property
    def is_touchy(self) -> bool:
        """Tell of words that no talk of work needs, whatever else is said."""
        return bool(self.marks.get("guard") or (self.marks.get("private") and not self.clause.names))

    @property
    def tells(self) -> int:
        """How many words of it are of work: plain ones that say something, days, promises, answers."""
        light = {*places(self.marks.get("light", ())), *places(self.marks.get("me", ()))}
        known = {*places(self.marks.get("plain", ())), *places(self.clause.dates)}
        known |= {at for at, _ in self.clause.names}
        return len(known - light) + bool(signs_of(self.clause) & _SAYS)

    @property
    def is_of_work(self) -> bool:
        """Tell of "the quarter's close ate me alive": a thing of work, and nobody but the writer."""
        things = self.plain.things.each(self.clause.words)
        return not (self.marks.get("person") or any(self._names())) and any(True for _ in things)

    @property
    def is_done_to_me(self) -> bool:
        own = {m.start for m in self.marks.get("i", ())}
        is_done = any(m.start not in own for m in self.marks.get("me", ()))
        somebody = self.marks.get("person") or any(self._names())
        return is_done and (bool(somebody) or (self.plain.verbs_say_who and not self.is_of_work))

    @property
    def _is_plain(self) -> bool:
        return not self.strange

    @property
    def strange(self) -> list[int]:
        """The places of words that are not plain."""
        carries = [
            m for m in self.clause.marks if m.sort in _CARRIES or (m.sort in _SAYING and m.end - m.start > 1)
        ]
        known = {*places(carries), *places(self.clause.dates), *self._names(), *self.figures}
        known |= {at for at, _ in self.clause.names}
        for sort in ("light", "plain", "named"):
            known.update(places(self.marks.get(sort, ())))
        words = self.clause.words
        return [
            at for at in self.clause.sense
            if at not in known and len(words[at]) > 1 and not words[at].isdecimal()
        ]  # fmt: skip

    def _names(self) -> Iterator[int]:
        if self.plain.capitals_are_names:
            light = set(places(self.marks["light"]))
            words = self.clause.words
            yield from (at for at in self.clause.capitals - light if at and len(words[at]) > 1)

    def _may_name(self) -> bool:
        """Tell of a capital that no article comes before, in a language that writes all nouns so."""
        if self.plain.capitals_are_names:
            return False
        words, known = self.clause.words, {*places(self.marks["plain"]), *places(self.marks["light"])}
        nouns = {m.end for m in self.marks["before_nouns"]}
        return any(
            at not in known and words[at] not in self.clause.language.common and at not in nouns
            for at in self.clause.capitals
        )
