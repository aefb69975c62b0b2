"""The lines of the tab Start here: what waits for admins, how it goes, what comes next. Pure; it counts nobody's words.

Of meetings and commitments it repeats what the Overview has published, so that no look at it tells more than that.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from peerpact.programme.figures.overview import Row
from peerpact.programme.pairings import PairingState, round_on, standing_in
from peerpact.programme.people import lack_managers
from peerpact.programme.requests import wait_for_an_admin
from peerpact.programme.seen import ProgrammeSeen
from peerpact.programme.sentences import Sentence, counted, joined, say

BARS = "▁▂▃▄▅▆▇█"
MONTHS_SHOWN = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line: what it is about, what is known of it, its figure, its last months as bars, and where to go."""

    topic: Sentence
    in_words: Sentence
    figure: float | None = None
    lately: str = ""
    link: str = ""
    outcome: str = ""
    """What an admin's last answer on it led to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What Start here tells of."""

    programme: ProgrammeSeen
    problems: int = 0
    needs_a_person: int = 0
    """Mails that wait in the mailbox for somebody to look at, as collect_replies counted them last."""
    figures: Mapping[str, Row] = field(default_factory=dict)
    """The Overview's lines by month."""
    links: Mapping[str, str] = field(default_factory=dict)
    """Where each tab opens, by its title."""


def lines(on: Standing, offers: Iterable[Line] = ()) -> tuple[Line, ...]:
    """Return all lines in the order in which they are read, with what admins are offered after what waits."""
    return (*_about(on.programme), *_waiting(on), *offers, *going(on), *coming(on), BETWEEN)


def bars(values: Sequence[float | None]) -> str:
    """Return figures as bars of eight heights, the greatest the highest; a figure that is missing is a dot."""
    known = [v for v in values if v is not None]
    top = max(known, default=0) or 1
    return "".join("·" if v is None else BARS[round(v / top * (len(BARS) - 1))] for v in values)


def _about(programme: ProgrammeSeen) -> Iterator[Line]:
    yield Line(
        topic=say("What this is"),
        in_words=say(
            "{programme_name} pairs colleagues as partners, books their first meeting and asks once a "
            "month what became of what they promised. You work in this spreadsheet; everybody else in "
            "calendar and inbox.",
            programme_name=programme.settings.programme_name,
        ),
    )
    yield Line(
        topic=say("What you do"),
        in_words=say(
            "Keep the tab Roster. Set the first round's day in Settings. Look at Pairings when a round "
            "opens and object in the column Decision, if you want to. Look at Problems now and then. "
            "Where a line here offers something, put yes into its column Answer."
        ),
    )


BETWEEN = Line(
    topic=say("Between the two"),
    in_words=say("What people promise, and how it went, is theirs. It never appears in this spreadsheet."),
)


def _waiting(on: Standing) -> Iterator[Line]:
    proposals, requests = _proposed(on.programme), len(wait_for_an_admin(on.programme.requests))
    yield _to_do(on, say("Proposals"), len(proposals), _deadline(on.programme), tab="Proposals")
    what = counted(requests, "1 waits for your decision.", "{many} wait for your decision.")
    yield _to_do(on, say("Requests"), requests, what, tab="Requests")
    yield Line(
        topic=say("Problems"),
        in_words=joined([say("{many} open: see the tab Problems.", many=on.problems), _endings(on.programme)])
        if on.problems
        else say("None. All rows can be used."),
        figure=on.problems,
        link=on.links.get("Problems", ""),
    )
    mails = say("{many} in the mailbox, under the label “needs a person”.", many=on.needs_a_person)
    yield _to_do(on, say("Mails that need a person"), on.needs_a_person, mails)


def _endings(programme: ProgrammeSeen) -> str:
    """Say how many pairings wait to end by what the roster says."""
    many = sum(not doubt.may_end for doubt in programme.doubts.values())
    if not many:
        return ""
    return counted(
        many,
        "1 pairing would end by what the roster says now; until then nobody in it gets a new mail.",
        "{many} pairings would end by what the roster says now; until then nobody in them gets a new mail.",
    )


def _to_do(on: Standing, topic: Sentence, count: int, words: Sentence, *, tab: str = "") -> Line:
    in_words = words if count else say("None.")
    return Line(topic=topic, in_words=in_words, figure=count, link=on.links.get(tab, ""))


def _proposed(programme: ProgrammeSeen) -> list[date | None]:
    return [p.proposed_on for p in programme.pairings if p.state is PairingState.PROPOSED]


def _approved_on(programme: ProgrammeSeen) -> date | None:
    """Return the first day on which a proposal is approved by itself."""
    days = [day for day in _proposed(programme) if day]
    return min(days) + timedelta(days=programme.settings.review_days) if days else None


def _deadline(programme: ProgrammeSeen) -> Sentence:
    count, day = len(_proposed(programme)), _approved_on(programme)
    if day is None:
        return counted(count, "1 waits for your objection.", "{many} wait for your objection.")
    return counted(
        count,
        "1 waits for your objection; it is approved by itself on {day}.",
        "{many} wait for your objection; the first is approved by itself on {day}.",
        day=day,
    )


def going(on: Standing) -> Iterator[Line]:
    programme = on.programme
    people = say(
        "{some} of {many} people on the roster.", some=_taking_part(programme), many=len(programme.people)
    )
    yield Line(
        topic=say("Taking part"),
        in_words=joined([people, _without_manager(programme)]),
        figure=_taking_part(programme),
        lately=_lately(on, "taking_part"),
        link=on.links.get("Roster", ""),
    )
    yield Line(
        topic=say("Pairings"),
        in_words=_rounds(programme),
        figure=_standing(programme),
        lately=_lately(on, "pairings"),
        link=on.links.get("Pairings", ""),
    )
    month, held = _latest(on, "all_meetings_held")
    yield Line(
        topic=say("Meetings"),
        in_words=say(
            "{held} held in {month:month}: one of them said so, or all had accepted and nobody says otherwise.",
            held=f"{held:.0f}",
            month=_month(month),
        )
        if held is not None
        else say("No figure yet: it takes five people whose meeting was held."),
        figure=held,
        lately=_lately(on, "all_meetings_held"),
        link=on.links.get("Overview", ""),
    )
    yield _follow_through(on)


def _without_manager(programme: ProgrammeSeen) -> str:
    """Say how many have no manager where that may be a slip, as nobody can be kept from a manager who isn't told."""
    everybody = programme.people.values()
    without = sum(not person.managers for person in everybody)
    if without == len(everybody) or not lack_managers(without, len(everybody)):
        return ""
    return say(
        "{many} have no manager there, so they could be paired with whoever that is: if a report named each manager "
        "once for a group, fill in every row.",
        many=without,
    )


def _follow_through(on: Standing) -> Line:
    month, rate = _latest(on, "follow_through")
    row = on.figures.get(month, {})
    return Line(
        topic=say("Follow-through"),
        in_words=say(
            "{rate} % of what was promised and due by the end of {month:month} was kept ({kept} of {due}). The 80 "
            "% that is often quoted comes from a vendor and could not be verified.",
            rate=f"{100 * rate:.0f}",
            month=_month(month),
            kept=f"{row['kept']:.0f}",
            due=f"{row['due']:.0f}",
        )
        if rate is not None and _is_figure(row.get("kept")) and _is_figure(row.get("due"))
        else say(
            "No figure yet: a month's figures are published two weeks after it, about five people and more."
        ),
        figure=rate and round(rate * 100),
        lately=_lately(on, "follow_through"),
        link=on.links.get("Overview", ""),
    )


def _latest(on: Standing, name: str) -> tuple[str, Any]:
    """Return the newest month that has a figure, and the figure; nothing and None before the first."""
    found = [(month, row[name]) for month, row in sorted(on.figures.items()) if _is_figure(row.get(name))]
    return found[-1] if found else ("", None)


def _lately(on: Standing, name: str) -> str:
    values = [row.get(name) for _, row in sorted(on.figures.items())][-MONTHS_SHOWN:]
    shown = [value if _is_figure(value) else None for value in values]
    return bars(shown) if any(value is not None for value in shown) else ""


def _is_figure(value: object) -> bool:
    return isinstance(value, int | float)


def _taking_part(programme: ProgrammeSeen) -> int:
    """Return how many are in: where only who says yes is, that they did, or have a partner."""
    placed = programme.placed
    willing = (p for p in programme.people.values() if p.has_said_yes or p.email in placed)
    return sum(p.is_taking_part(programme.today) for p in willing)


def _standing(programme: ProgrammeSeen) -> int | None:
    current = round_on(programme.today, programme.settings)
    return len(standing_in(programme.pairings, current.number)) if current else None


def _rounds(programme: ProgrammeSeen) -> Sentence:
    current = round_on(programme.today, programme.settings)
    if current is None:
        first = programme.settings.first_round
        return (
            say("The first round opens on {day}.", day=first)
            if first
            else say("No day is set for the first round yet: enter it in Settings, “First round opens on”.")
        )
    standing = standing_in(programme.pairings, current.number)
    waiting = sum(p.state is PairingState.PROPOSED for p in standing)
    following = say("The next round opens on {day}.", day=current.ends)
    return joined([_open(current.number, len(standing), waiting), following])


def _open(number: int, pairings: int, waiting: int) -> Sentence:
    if not pairings:
        return say("Round {round} is open, without pairings yet.", round=number)
    if not waiting:
        return counted(
            pairings,
            "Round {round} is open, with 1 pairing.",
            "Round {round} is open, with {many} pairings.",
            round=number,
        )
    pairs = counted(pairings, "1 pairing", "{many} pairings")
    return counted(
        waiting,
        "Round {round} is open, with {pairings}; 1 of them waits for your objection.",
        "Round {round} is open, with {pairings}; {many} of them wait for your objection.",
        round=number,
        pairings=pairs,
    )


def coming(on: Standing) -> Iterator[Line]:
    programme = on.programme
    current, first = round_on(programme.today, programme.settings), programme.settings.first_round
    opens = current.ends if current else first
    steps = [
        (_approved_on(programme), say("proposals are approved by themselves")),
        (opens, say("a round opens")),
    ]
    said = [say("{day}: {what}", day=day, what=what) for day, what in sorted((d, w) for d, w in steps if d)]
    yield Line(
        topic=say("What happens next"),
        in_words=say("{steps}.", steps=joined(said, "; ")) if said else say("Nothing until a day is set."),
    )
    yield Line(topic=say("In one sentence"), in_words=_one_sentence(on))


def _one_sentence(on: Standing) -> Sentence:
    programme, current = on.programme, round_on(on.programme.today, on.programme.settings)
    parts = [say("{people} colleagues take part", people=_taking_part(programme))]
    if current:
        pairs = counted(_standing(programme) or 0, "1 pairing", "{many} pairings")
        parts = [
            say("{who} in {pairings} of round {round}", who=parts[0], pairings=pairs, round=current.number)
        ]
    month, held = _latest(on, "all_meetings_held")
    due, rate = _latest(on, "follow_through")
    if held is not None:
        meetings = counted(
            held,
            "1 meeting was held in {month:month}",
            "{many} meetings were held in {month:month}",
            month=_month(month),
        )
        parts.append(meetings)
    if rate is not None:
        kept = say(
            "{rate} % of what was promised and due by the end of {month:month} was kept",
            rate=f"{100 * rate:.0f}",
            month=_month(due),
        )
        parts.append(kept)
    return say("{name}: {parts}.", name=programme.settings.programme_name, parts=joined(parts, "; "))


def _month(month: str) -> date:
    """Return the first day of a month of the Overview, such as 2026-01."""
    return date.fromisoformat(f"{month}-01")
