"""From the words of an answer to an outcome per number. Knows no sentences; requests and questions are gone already."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, field

from peerpact.programme.commitments import Outcome
from peerpact.programme.replies.answer_words import AnswerWords, Meaning

_BREAKS = frozenset(
    {
        ",",
        ".",
        ";",
        "!",
        "\n",
        ":",
        "-",
        "–",
        "(",
        ")",
        "and",
        "but",
        "und",
        "aber",
        "et",
        "mais",
        "y",
        "pero",
        "sondern",
    }
)
_JOINS = frozenset(
    {
        ",",
        "and",
        "und",
        "et",
        "y",
        "e",
        "&",
        "+",
        "/",
        "#",
        "nr",
        "no",
        "number",
        "nummer",
        "numero",
        "punkt",
        "point",
        "punto",
        "the",
        "n",
    }
)
_REACH = 4
_YET_REACH = 8
_SHORT = 3
_NEAR = 1
_STEM = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """``unclear`` is empty, "contradicting", "which" or "unknown"."""

    outcomes: dict[int, Outcome] = field(default_factory=dict)
    unclear: str = ""


@dataclass(slots=True)
class _Group:
    """Some numbers, and what is said between them and the next numbers."""

    numbers: list[int]
    outcomes: set[Outcome] = field(default_factory=set)
    yes: bool = False
    no: bool = False
    doubtful: bool = False
    negation: bool = False
    """A bare "not": says something beside a number only."""

    @property
    def says_something(self) -> bool:
        return bool(self.outcomes) or self.yes or self.no or self.doubtful


def outcomes_in(
    tokens: Sequence[str], *, count: int, words: AnswerWords, about: Container[str] = ()
) -> Found:
    """Read tokens about ``count`` open commitments; ``about`` are the stems of the only one's words."""
    tokens = without_empty(tokens, words)
    groups = _specific(_groups(tokens, count, words))
    if len(groups) > 1:
        return _by_number(groups, count)
    return _overall(groups[0], tokens, count, about)


def without_empty(tokens: Sequence[str], words: AnswerWords) -> list[str]:
    """Leave out "no problem", "not only" and the like before their words are taken for answers."""
    kept: list[str] = []
    at = 0
    while at < len(tokens):
        phrase, meaning = _match(tokens, at, words)
        if meaning is None or meaning.sort != "empty":
            kept += tokens[at : at + len(phrase)]
        at += len(phrase)
    return kept


def _specific(groups: list[_Group]) -> list[_Group]:
    """Beside numbers, "everything" and "nothing" speak of something else: "1 done, everything went well"."""
    if not any(number > 0 for group in groups for number in group.numbers):
        return groups
    return [group for group in groups if group.numbers != [-1] or group.doubtful]


def stem_of(token: str) -> str:
    """The beginning of a word, by which "asked" is known for "ask"; short words have none."""
    return token[:_STEM] if len(token) >= _STEM else token + "*"


def _groups(tokens: Sequence[str], count: int, words: AnswerWords) -> list[_Group]:
    """Split at numbers; the first group has none and holds what is said before the first number."""
    groups = [_Group([])]
    at, joined, excepted = 0, False, -_NEAR - 1
    while at < len(tokens):
        phrase, meaning = _match(tokens, at, words)
        if meaning and meaning.sort == "except":
            excepted = at + len(phrase)
        numbers = _numbers(tokens, at, count, meaning, words)
        if numbers:
            if joined:
                groups[-1].numbers += numbers
            else:
                groups.append(_Group(numbers))
            joined = True
            # "all but the second": what is said is not said of that one
            groups[-1].doubtful |= at - excepted <= _NEAR
            _hear_of_all(groups[-1], tokens, at, meaning, words)
        elif meaning is None:
            groups[-1].negation |= tokens[at] in words.negations
        else:
            _hear(groups[-1], tokens, at, len(phrase), meaning, words)
        joined = joined and (bool(numbers) or tokens[at] in _JOINS)
        at += len(phrase)
    return groups


def _match(tokens: Sequence[str], at: int, words: AnswerWords) -> tuple[tuple[str, ...], Meaning | None]:
    for phrase, meaning in words.answers.get(tokens[at], ()):
        if tuple(tokens[at : at + len(phrase)]) == phrase:
            return phrase, meaning
    return (tokens[at],), None


def _numbers(
    tokens: Sequence[str], at: int, count: int, meaning: Meaning | None, words: AnswerWords
) -> list[int]:
    if tokens[at].isdigit() and len(tokens[at]) < 3:
        number = int(tokens[at])
        return [number] if 1 <= number <= count and not _counts(tokens, at, words) else []
    if meaning is None or count < 2:
        return []
    if meaning.sort == "number" and isinstance(meaning.value, int) and meaning.value <= count:
        return [meaning.value]
    if meaning.sort == "last":
        return [count]
    if meaning.sort == "rest":
        return [0]
    if meaning.sort in {"all", "none"}:
        return [-1]
    return []


def _counts(tokens: Sequence[str], at: int, words: AnswerWords) -> bool:
    """Tell whether a number counts weeks or pages, or is the day of a month."""
    near = [t for t in tokens[at + 1 : at + 3] if t not in {".", "de"}][:1]
    months = words.dates["months"]
    return any(t in words.units or t in months for t in near) or (at > 0 and tokens[at - 1] in months)


def _hear_of_all(
    group: _Group, tokens: Sequence[str], at: int, meaning: Meaning | None, words: AnswerWords
) -> None:
    """Note that "none" is all and a no, and that "not all" says of none in particular."""
    if meaning and meaning.sort == "none":
        group.no = True
    if meaning and meaning.sort == "all" and at and tokens[at - 1] in words.negations:
        group.doubtful = True


def _hear(
    group: _Group, tokens: Sequence[str], at: int, length: int, meaning: Meaning, words: AnswerWords
) -> None:
    if meaning.sort == "yes":
        group.yes = True
    elif meaning.sort == "no" and _goes_on(tokens, at, length, words):
        group.negation = True
    elif meaning.sort in {"no", "none"}:
        group.no = True
    elif meaning.sort == "yet":
        if _is_negated(tokens, at, 0, words, reach=_YET_REACH):
            group.outcomes.add(Outcome.NOT_YET)
    elif meaning.sort == "except":
        group.doubtful = True
    elif isinstance(meaning.value, Outcome):
        after = meaning.value is Outcome.KEPT and words.negates_after
        negated = _is_negated(tokens, at, length if after else 0, words)
        if negated and meaning.value is Outcome.DROPPED:
            group.doubtful = True
        elif negated:
            group.outcomes.add(Outcome.NOT_YET)
        else:
            group.outcomes.add(meaning.value)


def _goes_on(tokens: Sequence[str], at: int, length: int, words: AnswerWords) -> bool:
    """Tell whether a "no" only begins a clause, as Spanish does: "no fue fácil"."""
    after = tokens[at + length] if at + length < len(tokens) else "."
    return length == 1 and tokens[at] in words.negations and after[:1].isalpha() and after not in _BREAKS


def _is_negated(
    tokens: Sequence[str], at: int, length: int, words: AnswerWords, *, reach: int = _REACH
) -> bool:
    """Tell whether a negation stands before the phrase in its clause, or, with a length, soon after it."""
    for token in reversed(tokens[max(0, at - reach) : at]):
        if token in _BREAKS or token.isdigit():
            break
        if token in words.negations:
            return True
    if not length:
        return False
    for token in tokens[at + length : at + length + _REACH]:
        if token in _BREAKS or token.isdigit():
            return False
        if token in words.negations:
            return True
    return False


def _by_number(groups: Sequence[_Group], count: int) -> Found:
    said: dict[int, Outcome] = {}
    contradicted: set[int] = set()
    unclear = ""
    for group in groups[1:]:
        group.no |= group.negation and not group.says_something
    for group in _with_outcomes(groups):
        outcome = _resolved(group)
        if outcome is None and group.says_something:
            unclear = "contradicting"
        for number in _targets(group.numbers, said, count) if outcome else ():
            if said.get(number, outcome) is not outcome:
                unclear = "contradicting"
                contradicted.add(number)
                continue
            said[number] = outcome  # type: ignore[assignment]  # the loop is empty without an outcome
    certain = {number: outcome for number, outcome in said.items() if number not in contradicted}
    return Found(outcomes=certain, unclear=unclear or ("" if certain else "unknown"))


def _with_outcomes(groups: Sequence[_Group]) -> Iterable[_Group]:
    """Give each number what follows it, or what precedes it when that is how they wrote: "done: 1, 2"."""
    first, *numbered = groups
    if first.says_something and not numbered[-1].says_something:
        said = [first, *numbered[:-1]]
        return [
            _Group(group.numbers, before.outcomes, before.yes, before.no, before.doubtful)
            for before, group in zip(said, numbered, strict=True)
        ]
    return numbered


def _targets(numbers: Sequence[int], said: dict[int, Outcome], count: int) -> list[int]:
    """0 stands for the rest, -1 for all."""
    targets = [n for n in numbers if n > 0]
    if -1 in numbers and not targets:
        targets += range(1, count + 1)
    if 0 in numbers:
        targets += [n for n in range(1, count + 1) if n not in said]
    return targets


def _overall(group: _Group, tokens: Sequence[str], count: int, about: Container[str]) -> Found:
    """A bare "not" is an answer when it is all there is, or when it speaks of the commitment's own words."""
    if group.negation and not group.says_something:
        group.no = len(tokens) <= _SHORT or any(stem_of(token) in about for token in tokens)
    outcome = _resolved(group)
    if outcome is None:
        return Found(unclear="contradicting" if group.says_something else "unknown")
    if count == 1:
        return Found(outcomes={1: outcome})
    return Found(unclear="which" if count else "unknown")


def _resolved(group: _Group) -> Outcome | None:
    """None when it says nothing or contradicts itself. Dropped says more than not yet, partly than kept."""
    said = group.outcomes
    if group.doubtful:
        return None
    if Outcome.DROPPED in said:
        return None if Outcome.KEPT in said or group.yes else Outcome.DROPPED
    if Outcome.PARTLY in said:
        return Outcome.PARTLY
    if said == {Outcome.KEPT}:
        return None if group.no else Outcome.KEPT
    if said == {Outcome.NOT_YET}:
        return None if group.yes else Outcome.NOT_YET
    if said or group.yes == group.no:
        return None
    return Outcome.KEPT if group.yes else Outcome.NOT_YET
