"""The tab Report: how the programme goes, on one page, for whoever asks. No figure is about fewer than five people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from peerpact.programme.figures.dashboard import BETWEEN, Line, Standing, coming, going
from peerpact.programme.figures.overview import FEWEST_PEOPLE
from peerpact.programme.people import Person
from peerpact.programme.plan import Action
from peerpact.programme.seen import ProgrammeSeen
from peerpact.programme.sentences import Sentence, as_written, say

MOST_SHOWN = 6
"""Departments, and teams, so that it stays one page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RefreshReport(Action):
    """The tab Report, line by line."""

    lines: tuple[Line, ...]

    @property
    def key(self) -> str:
        return "report"

    @staticmethod
    def in_number(_many: int) -> Sentence:
        return say("Report brought up to date")

    @property
    def summary(self) -> str:
        return f"Renew the tab Report: {len(self.lines)} lines"


def one_page(on: Standing) -> tuple[Line, ...]:
    """Return the page's lines as they are read; shares come last, as a chart on Overview is of these rows."""
    programme = on.programme
    following, sentence = coming(on)
    name = as_written(programme.settings.programme_name)
    as_of = Line(topic=name, in_words=say("As of {day}.", day=programme.today))
    shared = [
        *_shares(lambda name: say("Department {name}", name=name), programme, _department),
        *_shares(lambda name: say("Team {name}", name=name), programme, _team),
    ]
    return (as_of, sentence, *going(on), following, BETWEEN, *shared)


def _shares(
    called: Callable[[str], Sentence], programme: ProgrammeSeen, of: Callable[[Person], str]
) -> Iterator[Line]:
    """Yield how many take part of each department or team; of none where that tells of fewer than five."""
    everybody = Counter(of(p) for p in programme.people.values())
    there = Counter(of(p) for p in programme.people.values() if of(p) and p.is_taking_part(programme.today))
    told = [name for name, many in everybody.most_common() if _tells_of_no_few(there[name], many)]
    for name in told[:MOST_SHOWN]:
        yield Line(
            topic=called(name),
            in_words=say("{some} of {all} take part.", some=there[name], all=everybody[name]),
            figure=there[name],
        )


def _tells_of_no_few(there: int, many: int) -> bool:
    return there >= FEWEST_PEOPLE and (many == there or many - there >= FEWEST_PEOPLE)


def _department(person: Person) -> str:
    return person.department


def _team(person: Person) -> str:
    return person.team


def is_news(lines: tuple[Line, ...], there: Mapping[str, tuple[float | None, str]]) -> bool:
    """Tell whether the page says anything else than the tab does; the day, too: last month's looks forgotten."""
    return {line.topic: (line.figure, line.in_words) for line in lines} != dict(there)
